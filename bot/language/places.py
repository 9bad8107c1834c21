"""Places: which names are countries; by Babel, which the page also takes for dates."""

from functools import cache

LANGUAGES = ("en", "es", "ru")


def is_country(name: str) -> bool:
    """Whether `name` is that of a country or territory in one of LANGUAGES (Unicode's CLDR, by Babel)."""
    return name.removeprefix("the ").casefold() in _countries()


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    names = (Locale(language).territories for language in LANGUAGES)
    # Codes of three digits are those of continents and regions.
    return frozenset(name.casefold() for some in names for code, name in some.items() if code.isalpha())
