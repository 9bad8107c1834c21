"""What surrounds and what replaces numbers: "more than", "about", "dozens", "several", "a third", "none"."""

import math
import re

from bot.language.number_words import Number, either

# What vague words allow, the least and the most. The lower ends are what the plural or the word says (two
# hundred are the fewest "hundreds", two dozen the fewest "dozens"), the upper ends stop where the next word begins:
# a hundred things are no longer "dozens". "Several" and "a few" stay below ten.
VAGUE_NUMBERS: dict[str, tuple[float, float]] = {
    "a couple": (2, 2),
    "a pair": (2, 2),
    "un par": (2, 2),
    "a handful": (2, 6),
    "a few": (3, 9),
    "several": (3, 9),
    "varios": (3, 9),
    "varias": (3, 9),
    "несколько": (3, 9),
    "tens": (20, 99),
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
    "billions": (2_000_000_000, 9_999_999_999),
    "trillions": (2_000_000_000_000, 9_999_999_999_999),
    "decenas": (20, 99),
    "docenas": (24, 99),
    "cientos": (200, 999),
    "centenares": (200, 999),
    "miles": (2_000, 9_999),
    "millones": (2_000_000, 9_999_999),
    "десятки": (20, 99),
    "сотни": (200, 999),
    "тысячи": (2_000, 9_999),
    "миллионы": (2_000_000, 9_999_999),
}
_MULTIPLIED = {
    word: factor
    for factor, words in {
        12: "dozen",
        100: "hundred сотен",
        1_000: "thousand thousands mil miles тысяч",
        1_000_000: "million millions millones миллионов",
        1_000_000_000: "billion billions миллиардов",
        1_000_000_000_000: "trillion trillions",
    }.items()
    for word in words.split()
}
_FEW = ("a couple", "a few", "several", "a handful", "varios", "varias", "несколько", "un par")
_SPANISH_WITH_OF = ("miles", "decenas", "docenas", "cientos", "centenares", "millones")
_PLURALS = tuple(
    word
    for word in VAGUE_NUMBERS
    if word not in _FEW and word not in _SPANISH_WITH_OF and word not in {"a pair", "tens", "scores"}
)
VAGUE = (
    rf"(?<![\w-])(?:(?:{either(_FEW)})(?:\s(?:of\s|de\s)?(?:{either(_MULTIPLIED)}))?"
    rf"|a\spair(?=\sof\b)|(?:tens"
    rf"|{either(_PLURALS)})\sof\s(?:{either(('thousands', 'millions', 'billions', 'trillions'))})"
    rf"|(?:tens|scores)(?=\sof\b)|scores(?=\s(?:more|dead|killed|injured|were|have)\b|\Z)"
    rf"|(?:{either(_SPANISH_WITH_OF)})\sde\s(?:miles|millones)|(?:{either(_SPANISH_WITH_OF)})(?=\sde\b)"
    rf"|(?:десятки|сотни)\s(?:тысяч|миллионов)|(?:{either(_PLURALS)}))(?!\w)"
)
"""Pattern, without groups, of a vague quantity in lower-case text."""

_OF = re.compile(r"\s(?:(?:of|de)\s)?")


def read_vague(said: str) -> tuple[float, float]:
    """The least and the most that a match of `VAGUE` allows: "tens of thousands" are 20,000 to 99,999."""
    for word in sorted(VAGUE_NUMBERS, key=len, reverse=True):
        if said.startswith(word):
            low, high = VAGUE_NUMBERS[word]
            rest = _OF.sub(" ", said[len(word) :]).strip()
            times = _MULTIPLIED[rest] if rest else 1
            # What is told in thousands ends where the next word begins: "several thousand" are up to 9,999.
            top = high * times + (times - 1 if times % 10 == 0 and low != high else 0)
            return low * times, top
    raise ValueError(said)


NONE_AT_ALL = (
    r"(?<![\w-])(?:(?:no\sone|no-one|nobody|nadie|никто)(?=\s(?:was|were|is|has\sbeen|had\sbeen|died|survived)\b|\s?\Z)"
    r"|none|ninguno|ninguna"
    r"|no(?=\s(?:deaths|casualties|injuries|fatalities|victims|survivors|arrests|people|dead|injured|wounded)\b))(?!\w)"
)
"""Pattern, without groups, of words for zero."""

_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "mitad": 2, "tercio": 3, "половина": 2, "треть": 3, "четверть": 4,
}  # fmt: skip
_TIMES = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_COUNTED = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_SHARE_ENDS = r"(?=\s(?:of|de|to|or)\b|\s?[.,;:)]|\s*\Z)"
SHARE = (
    r"(?<![\w-])(?<!first\s)(?<!second\s)(?<!other\s)(?:half(?=\s(?:of|the|its|their|all|his|her|our|as)\b|\s*\Z)"
    rf"|(?:{either(_TIMES)})[\s-](?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?{_SHARE_ENDS}"
    rf"|(?:{either(_COUNTED)}|\d{{1,2}})\s(?:in|out\sof)\s(?:every\s)?(?:{either(_COUNTED)}|10|100)(?!\w|[.,]\d"
    rf"|\s(?:days|years|hours"
    rf"|weeks|months|minutes|districts|cities|places|countries|different))"
    r"|la\smitad|un\stercio|половина|треть|четверть)(?!\w)"
)
"""Pattern, without groups, of a share in words; "a third man" and "the first half" are none."""


def read_share(said: str) -> Number:
    """The percentage that a match of `SHARE` names, told as coarsely as half of one part: half is between 25 and 75."""
    words = re.split(r"[\s-]", said)
    if "in" in words or "out" in words:
        many, whole = (float(_COUNTED.get(word) or word) for word in (words[0], words[-1]))
    else:
        part = words[-1] if words[-1] in _PARTS else words[-1].removesuffix("s")
        many, whole = float(_TIMES.get(words[0], 1) if len(words) > 1 else 1), float(_PARTS[part])
    return Number(100 * many / whole, 50 / whole)


ABOUT = 0.1
"""What "about" allows on either side, and "nearly" below, as a share of the number."""

_BOUNDS = {
    "from": (
        "more than|greater than|over|above|at least|no fewer than|no less than|not less than|not fewer than"
        "|in excess of"
        "|upwards of|upward of|north of|exceeding|a minimum of|as few as|as little as|well over|well above"
        "|far more than"
        "|minimum of|more than an estimated|more than some|más de|al menos|por lo menos|no menos de|como mínimo"
        "|более чем"
        "|более|больше|свыше|не менее|как минимум|по меньшей мере|не меньше"
    ),
    "to": (
        "less than|fewer than|under|below|at most|no more than|not more than|up to|a maximum of|as many as|as much as"
        "|maximum of|well under|menos de|hasta|no más de|como máximo|менее|меньше|не более|не больше|до"
    ),
    "nearly": (
        "nearly|almost|close to|just under|just short of|just below|approaching|nearing|a little under"
        "|slightly less than"
        "|slightly fewer than|little less than|casi|почти"
    ),
    "above": "just over|just above|slightly more than|slightly over|a little over|a little more than|little more than",
    "about": (
        "about|around|approximately|approx.|approx|roughly|some|circa|c.|an estimated|estimated|more or less"
        "|around some"
        "|in the region of|on the order of|of the order of|an average of|unos|unas|cerca de|alrededor de"
        "|aproximadamente"
        "|около|примерно|порядка"
    ),
}
_BOUND_WORDS = {word: bound for bound, words in _BOUNDS.items() for word in words.split("|")} | {
    "~": "about",
    "≈": "about",
}
BOUND_BEFORE = re.compile(
    rf"(?<!\w)(?P<bound>{either(_BOUND_WORDS)})(?:(?:(?<=[~≈])|\s+)(?:an\s+estimated|about|some|around|approximately))?"
    r"(?:(?<=[~≈])|\s+)\Z"
)
"""A bound word, with the gap to the number behind it, in lower-case text that ends there."""

BOUND_AFTER = re.compile(
    r"(?P<from>\+(?!\w)|\s+or\s+(?:more|above|over|greater)(?!\w)|\s+o\s+más(?!\w)|\s+at\s+least(?=[.,;]|\s*\Z))"
    r"|(?P<to>\s+or\s+(?:fewer|less|under)(?!\w))|(?P<about>\s+or\s+so(?!\w))|(?P<above>-odd(?!\w))"
)
LONGEST_BOUND = 36
"""Characters before a number in which its bound words stand."""


def bounds(value: float, bound: str) -> tuple[float, float]:
    """The least and the most that a number allows behind the words of a bound."""
    if bound == "from":
        return value, math.inf
    if bound == "to":
        return 0.0, value
    near = value * ABOUT
    return value - (0 if bound == "above" else near), value + (0 if bound == "nearly" else near)


def bound_of(said: str) -> str:
    """The kind of bound that the words name: "from", "to", "nearly", "above" or "about"."""
    return _BOUND_WORDS[said]
