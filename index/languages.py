"""The language of a text, and the stems of its words: Snowball's stemmers, in every language that they know.

English is not stemmed here: the full-text index does that itself, see `index.schema`.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

_WORD = re.compile(r"\w+")

ENGLISH = "en"

STOP_WORDS = {
    ENGLISH: frozenset(
        """
        a about after all also an and any are as at be been before being but by can could did do does doing for from had
        has have having he her hers him his how i if in into is it its just many me more most much my no not now of on
        or other our out over say said says she should so some such than that the their them then there these they this
        those to too up us was we were what when where which while who whom whose why will with would you your
        """.split()
    ),
    "es": frozenset(
        """
        a al como con cual cuando cuanta cuantas cuanto cuantos cuál cuándo cuánta cuántas cuánto cuántos cómo de del
        donde dónde el en es esta este fue fueron ha han hay la las le lo los más ni no o para pero por porque qué que
        quien quién quienes quiénes se ser si sin sobre su sus un una y
        """.split()
    ),
    "ru": frozenset(
        """
        а без бы был была были было быть в во вот все где для до его ее если есть за и из или им их к как какая какие
        какой ко когда кого который кто ли мы на не нет но о об он она они от по почему при с сколько со так такое то
        что чтобы это я
        """.split()
    ),
}
"""Words that say nothing of what a text is about, by language."""

_FREQUENT_WORDS = STOP_WORDS | {
    "de": frozenset(
        """
        als am an auch auf aus bei das dass dem den der des die ein eine einem einen einer er es für haben hat im in ist
        mit nach nicht sich sie sind und vom von wann war was wer werden wie wo wurde zu zum zur
        """.split()
    ),
    "fr": frozenset(
        """
        au aux avec ce cette combien d dans de des du elle en est et il l la le les n ne ont par pas plus pour qu quand
        que qui s se selon ses son sont sur un une été où
        """.split()
    ),
    "it": frozenset(
        """
        a al alla anche che chi come con da dal dei del della delle di dove e gli ha hanno i il in l la le lo ma nel
        nella non per più quando quanti secondo si sono stato sua suo un una è
        """.split()
    ),
    "pt": frozenset(
        """
        a ao aos as com como da das de do dos e em foi mais mas na nas no nos não o onde os para pela pelo por quando
        quantos que quem se segundo seu sua são um uma à é
        """.split()
    ),
    "uk": frozenset(
        """
        але був була було в вона він від він де для до є з за й його коли на не після про скільки та те у хто це що як і
        із їх
        """.split()
    ),
}
"""What tells one language from another: of some, only the most frequent words."""

LOOKED_AT = 2_000
"""Characters of a text that tell its language."""

LEAST_SHARE = 0.1
"""A text with fewer frequent words is in none of these languages; Russian news has 0.2 of them, others more."""


def language_of(text: str, least: float = LEAST_SHARE) -> str:
    """The ISO 639-1 code of the language that `text` is in, of the few that are known; empty if that cannot be told.

    By its most frequent words: those of one language must be more than those of any other, and the share `least` of
    all words (Grefenstette, "Comparing two language identification schemes", 1995).
    """
    words = _WORD.findall(text[:LOOKED_AT].lower())
    counts = {language: sum(map(known.__contains__, words)) for language, known in _FREQUENT_WORDS.items()}
    first, second, *_ = sorted(counts, key=lambda language: -counts[language])
    told = counts[first] > counts[second] and counts[first] >= least * len(words)
    return first if told else ""


def stemmed_language(stated: str | None, text: str) -> str:
    """The language whose stems an article's words are kept by; empty for English, and where there is no stemmer.

    `stated` is what the article says of itself, such as "es" or "es-KZ"; without it, what `text` looks like.
    """
    language = re.split(r"[-_\s]", stated.strip().lower())[0] if stated and stated.strip() else language_of(text)
    return language if language not in ("", ENGLISH, "eng", "english") and _stemmer(language) else ""


def stems_of(words: Iterable[str], language: str) -> list[str]:
    """The stems of some words, in lower case; the words themselves where Snowball does not know the language."""
    stem = _stemmer(language)
    lowered = [word.lower() for word in words]
    return lowered if stem is None else [stem(word) for word in lowered]


def stems_in(text: str, language: str) -> str:
    """The stems of all words of a text, joined by spaces."""
    return " ".join(stems_of(_WORD.findall(text), language))


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    from Stemmer import Stemmer

    try:
        stem: Callable[[str], str] = Stemmer(language).stemWord
    except (KeyError, UnicodeEncodeError):
        return None
    return stem
