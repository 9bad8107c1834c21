"""Report dates: when something was said or sent in, which is not when it happened."""

import re

from bot.language.calendar_words import MONTHS, WEEKDAYS
from bot.language.date_expressions import date_expressions

_WHEN_ASKED = re.compile(
    r"\W*(?:(?:and|so|but|since|until|from|by|on|in|at)\s+)?(?:when|(?:what|which) (?:day|date|time|month|year))\b",
    re.IGNORECASE,
)
_SAYING = r"(?:said|says?|told|tells?|stated|wrote|writes?|tweeted|added|reported)"
_SAYING_ASKED = re.compile(
    rf"\b(?:{_SAYING}|saying|reports?|confirm(?:ed)?|announced?|statement|speech|interview|publish(?:ed)?|article)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    rf"\b{_SAYING}(?:\s+(?:reporters|journalists|the media|state television))?"
    r"(?:\s+in an? (?:\w+\s+)?(?:statement|interview|address|speech|briefing|tweet|post|report))?"
    r"(?:\s+(?:late|early|later))?(?:\s+(?:on|in|at|by|during|through)(?:\s+the)?)?\s+\Z",
    re.IGNORECASE,
)
_PLACES = re.compile(r"[\W_]*(?:[^\W\d_a-zа-я][\w.'’-]*[\s,/]+){1,6}")
_DASH = re.compile(r"\.?\s*(?:\([^()\n]{2,40}\)\s*)?[-–—]{1,2}\s")
_NO_PLACES = MONTHS.keys() | WEEKDAYS.keys()


def is_report_date(question: str, text: str, start: int, end: int) -> bool:
    """Whether an answer to "when", `text[start:end]`, is the day of a statement or of a dateline.

    "Ten people died, the ministry said [on Wednesday]", "BEIRUT, [Aug 8] (Wire) - Ten people died": neither says when
    they died. Asked when something was said or published, it may.
    """
    if _WHEN_ASKED.match(question) is None or _SAYING_ASKED.search(question):
        return False
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start:].partition("\n")[0]
    start, end = start - line_start, end - line_start
    dates = [(first, last) for first, last, _ in date_expressions(line)]
    if any(start < last and _in_dateline(line, first, last) for first, last in dates[:1]):
        return True
    # "On Wednesday [evening]" is of the day before it.
    named = [each for each in dates if each[0] < end and start <= each[1] + 1] or [(start, end)]
    return all(_SAID_BEFORE.search(line, 0, first) is not None for first, _ in named)


def _in_dateline(line: str, start: int, end: int) -> bool:
    """Whether nothing but places stands before a date in its line, and a dash behind it."""
    before = line[:start]
    words = {word.lower() for word in re.findall(r"\w+", before)}
    return _PLACES.fullmatch(before) is not None and not words & _NO_PLACES and _DASH.match(line, end) is not None
