"""Numbers in news that tell no figure: dates, ages, scores, times, telephone numbers, names, ordinals."""

import re
from collections.abc import Iterator
from functools import cache

from bot.language.date_expressions import date_expressions
from bot.language.number_words import NUMBER, either

BLANK = "\x00"

_NAMES_NUMBERED = (
    r"article|articles|section|chapter|paragraph|clause|resolution|protocol|no\.|nos\.|number|№|page|pages|p\.|pp\."
    r"|channel|route|highway|flight|boeing|airbus|apollo|formula|windows|iphone|falcon|phase|stage|tier|level|category"
    r"|area|zone|gate|platform|room|floor|grade|class|group|round|week|day|game|part|element|elements|volume"
    r"|episode|season|season|act"
    r"|title|rule|order|directive|covid|ward|district|sector|unit|school|block|building|house|apartment|flat|bus"
    r"|psalm|type|mark|version|статья|статьи|artículo|número|rank|ranked|ranking"
)
_SPORT = (
    r"won|lost|beat|beaten|beating|drew|draw|defeat\w*|win|wins|victory|thrash\w*|score\w*|led|lead|trail\w*|voted?"
    r"|loss"
)
_BEFELL = r"\s+(?:still\s+|also\s+|\w+ly\s+)?(?:killed|dead|injured|wounded|hurt|missing|arrested|detained|shot)\b"
_LOOKALIKES = (
    r"https?://\S+|\S+@\S+|www\.\S+",
    # Telephone numbers.
    r"\+\d{1,3}[\s-]?\(?\d{1,4}\)?(?:[\s-]?\d{2,4}){2,}",
    r"(?<![\w-])(?:\d[\s-])?\(\d{3,4}\)\s?\d{2,3}[\s-]\d{2}[\s-]?\d{2}|(?<![\w-])(?:\d-)?\d{3}-\d{3}-\d{4}(?!\d)",
    r"(?<![\w-])\d{3}-\d{2}-\d{2}(?!\d)|(?<!\w)(?:call|dial|dialling|dialing|phone|tel\.?|telephone|hotline"
    r"|text)\s+\d{3,}",
    # Times of day.
    r"(?<![\d:])\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[-–]\s?\d{1,2}[:.]\d{2})?\s?(?:[ap]\.?m\.?|gmt|utc|h)(?!\w)",
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
    r"(?<![\w.,])\d{1,2}\s?[ap]\.?m\.?(?!\w)|(?<!\w)\d{1,2}\s?o['’]clock|(?<!\w)[012]\d{3}\s(?:gmt|utc"
    r"|hours|hrs)(?!\w)",
    r"(?<!\w)\d{1,3}\s+(?:years?\s+of\s+age|años\s+de\s+edad)|(?<!\w)de\s+\d{1,3}\s+años(?!\s+de)(?!\w)",
    r"(?<!\w)(?:m[ae]n|wom[ae]n|boy|girl|child|teenager|pensioner|person|driver|farmer|father|mother|nurse|student"
    r"|teacher|widow|widower|worker)\s+of\s+(?:(?:about|around|nearly)\s+)?\d{1,3}"
    r"(?=\s*[.,;:)]|\s+(?:who|whose|with|and|was|is|has|had|died|from|in)(?!\w)|\s*\Z)",
    r"(?<!\w)(?:under|over)[\s-]?(?:the\s+age\s+of\s+)?\d{1,2}s(?!\w)",
    # Decades of a century or of a life, and ordinals.
    r"(?<!\w)['’]?\d+s(?!\w)|(?<![\w.,])\d[\d,]*\s?(?:st|nd|rd|th|º|ª|-й|-я|-го|-е)(?!\w)",
    # Scores and votes: highest first, level, or beside the words of sport.
    rf"(?<!\w)(?:{_SPORT})\s+(?:[\w’'-]+\s+){{0,5}}?\d{{1,3}}\s?[-–:]\s?\d{{1,3}}(?!\w|[.,]\d)",
    r"(?<![\w.,-])\d{1,3}\s?[-–]\s?\d{1,3}\s+(?:win|victory|defeat|draw|loss|vote|lead|on\s+aggregate|home"
    r"|away|thriller)",
    # Fractions, numbers with several dots, other notations.
    r"(?<![\w.,])\d+(?:/\d+)+|(?<!\w)\d{1,2}(?:\.\d{1,2}){2,}",
    # Names: AK-47, COVID-19, G7, F-16s, MH17, 3D, 5G.
    r"(?<![\w-])[a-z]+-?\d+(?:[-.]\d+)*[a-z]{0,2}(?!\w)|(?<![\w.,])\d+(?:g|d|b|a|c|x|p|ers)(?!\w)",
    rf"(?<!\w)(?:{_NAMES_NUMBERED})[\s-]+\d+(?:[-./]\d+)*(?![\d,.]*\d|\s?%)",
    r"(?<!\w)(?:the|an?)\s+[^\W\d]+\s+one(?!\w|\s+(?:hundred|thousand|million|billion|man|woman|person|child)\b)",
    # "One" as a pronoun, and pairs of words that number nothing.
    rf"(?<!\w)one(?:\s+(?:of|another|by\s+one|can|could|must|should|is(?!{_BEFELL})|was(?!{_BEFELL})|has|who|that|which|knows|would"
    r"|might)(?!\w)|['’]s)",
    r"(?<!\w)(?:whom|if|when|how|as|where)\s+one\s+(?!\w*(?:person|man|woman|child|of)\b)(?=\w+s\b)",
    r"(?<!\w)(?:this|that|which|any|every|each|the|square|day|first|last|next|only|another|some)\s+one(?!\w"
    r"|\s+(?:hundred"
    r"|thousand|million))",
    r"(?<!\w)(?:one|two|three|four|five|six|seven|eight)-(?:sided|off|time|on-one|way|party|state|star"
    r"|wheel|stop|fold)"
    r"(?!\w)|(?<!\w)back\s+to\s+square\s+one|(?<!\w)24\s?[-/]\s?7(?!\w)",
)
_BESIDE_WORDS = (
    (
        ("clock", "morning", "afternoon", "evening", "night"),
        rf"(?<!\w)(?:{NUMBER})(?:\s+o['’]clock|\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)(?!\w))",
    ),
    # Multiples, which compare.
    (
        ("times",),
        rf"(?<!\w)(?:{NUMBER}|several)\s+times\s+(?:higher|lower|more|less|as|larger|bigger|greater|faster|the)(?!\w)",
    ),
    # Ages.
    (
        ("old",),
        rf"(?<!\w)(?:{NUMBER})(?:[\s-](?:and[\s-]a[\s-]half[\s-])?)?(?:to[\s-]\d+[\s-])?(?:year|month|week"
        rf"|day)s?[\s-]olds?(?!\w)",
    ),
    (
        ("age",),
        rf"(?<!\w)(?:aged?|ages)\s+(?:of\s+|between\s+|from\s+|only\s+|just\s+|over\s+"
        rf"|under\s+)?(?:{NUMBER})(?:\s?(?:-|–|to|and|or)\s?(?:{NUMBER}))?(?!\w)",
    ),
    (
        ("number", "top"),
        rf"(?<!\w)number\s+one(?!\w)|(?<!\w)top\s+(?:{NUMBER})(?!\w|\s?%)",
    ),
)
"""Patterns of any number, each with words of which it needs one."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_DIGIT = re.compile(r"\d")
_AGO = ("ago", "назад")
_SCORE = re.compile(r"(?<![\w.,$€£₸-])(\d{1,4})\s?[-–]\s?(\d{1,4})(?![\w]|[.,]\d|-\d)")
_AGE_BEHIND_NAME = re.compile(
    r"\b[^\W\d_]\w+,\s(?P<age>\d{1,2}|10\d|one|two|three|four|five|six|seven|eight|nine|ten)(?=,(?!\d)|\.\s*\Z"
    r"|;|\s(?:and|who)\b)"
)
_AGE_IN_BRACKETS = re.compile(r"\b[^\W\d_]\w+\s\((?P<age>\d{1,2})\)")
_NAME_NUMBER = re.compile(
    r"(?<![.!?:”\"]\s)(?<!\A)\b(?P<name>[A-Z][\w’'-]+)\s(?P<number>\d{1,4})(?![\d.,:]*\d|\w|[-–]\d|\s?[%$€£₸]|[\s-]\w)"
)
_NAMED_IN_WORDS = re.compile(
    rf"(?<=[a-z]\s)(?:{either(w.title() for w in 'one two three four five six seven eight nine ten'.split())})\b"
)
_LOWER = re.compile(r"\b[a-z]{3,}")
_OPENING = re.compile(
    r"(?:In|At|On|To|By|Of|From|With|About|Some|Over|Under|Nearly|Almost|Around|Up|Least|Than|And|Or|But|For|Only|Just"
    r"|All|The|Least|Most|Approximately|Roughly|Between|Kills?|Killed|Hits?|Is|Are|Was|Were|RUB|USD|KZT|EUR|Rs)\Z"
)


def blanked(text: str, lower: str) -> str:
    """The lower-case text with every number that tells no figure replaced by as many `BLANK`."""
    characters = list(lower)
    for start, end in _places(text, lower):
        characters[start:end] = BLANK * (end - start)
    return "".join(characters)


def _places(text: str, lower: str) -> Iterator[tuple[int, int]]:
    for start, end, _ in date_expressions(text):
        if lower.endswith(_AGO, start, end) or _DIGIT.search(lower, start, end):
            yield start, end
    for pattern in _LOOKALIKES:
        for match in _compiled(pattern).finditer(lower):
            yield match.span()
    for words, pattern in _BESIDE_WORDS:
        # Patterns of any number are large, and are not even compiled before a word that they need is seen.
        if any(word in lower for word in words):
            for match in _compiled(pattern).finditer(lower):
                yield match.span()
    for match in _SCORE.finditer(lower):
        if int(match[1]) >= int(match[2]):
            yield match.span()
    yield from _beside_names(text)


def _beside_names(text: str) -> Iterator[tuple[int, int]]:
    """Ages behind a name ("Marat, 41,") and numbers that are part of one ("Boeing 737", "Group of Seven")."""
    for pattern in (_AGE_BEHIND_NAME, _AGE_IN_BRACKETS):
        for match in pattern.finditer(text):
            if match[0][0].isupper():
                yield match.span("age")
    for match in _NAME_NUMBER.finditer(text):
        # A title has capitals everywhere: there a capital before a number makes no name.
        if not _OPENING.match(match["name"]) and _LOWER.search(text, 0, match.start()):
            yield match.span("number")
    for match in _NAMED_IN_WORDS.finditer(text):
        yield match.span()
