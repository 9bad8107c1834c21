"""Places: which names are countries; by Babel, which the page also takes for dates."""

import re
from functools import cache

LANGUAGES = ("en", "es", "ru")

_ALSO = frozenset(
    """england scotland wales britain british english scottish welsh korea korean america american holland swiss saudi
    bosnia bosnian trinidad us u.s usa u.s.a uk u.k uae ussr soviet inglaterra escocia gales англия шотландия уэльс
    сша""".split()
)
"""What news calls a country, in English above all, and CLDR does not."""

_WORD = re.compile(r"[^\W\d_](?:[\w.]*\w)?")
_SHARED = 4
"""Letters that a country has in common with its people: "Kazakh", "Norwegian"."""


def is_country(name: str) -> bool:
    """Whether `name` is that of a country or territory in one of LANGUAGES (Unicode's CLDR, by Babel)."""
    return name.removeprefix("the ").casefold() in _countries()


def says_a_country(text: str) -> bool:
    """Whether `text` has the name of a country in it, or of its people: "the Kazakh steppe"."""
    words = [word.casefold() for word in _WORD.findall(re.sub(r"['’]s\b", "", text))]
    if any(word in _ALSO or word in _languages() or word in _countries() for word in words):
        return True
    if any(word[:_SHARED] in _beginnings() for word in words):
        return True
    said = f" {' '.join(words)} "
    return any(f" {name} " in said for name in _countries_in_words())


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    names = (Locale(language).territories for language in LANGUAGES)
    # Codes of three digits are those of continents and regions.
    return frozenset(name.casefold() for some in names for code, name in some.items() if code.isalpha())


@cache
def _countries_in_words() -> frozenset[str]:
    """The names of several words, as `says_a_country` reads them."""
    return frozenset(" ".join(words) for name in _countries() if len(words := _WORD.findall(name)) > 1)


@cache
def _languages() -> frozenset[str]:
    """Of CLDR's languages those in one word, which are what many a people is called: "Dutch", "Swedish"."""
    from babel import Locale

    names = (name.casefold() for language in LANGUAGES for name in Locale(language).languages.values())
    return frozenset(name for name in names if " " not in name)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(name[:_SHARED] for name in _countries() if len(name) > _SHARED and _WORD.fullmatch(name))
