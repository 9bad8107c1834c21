"""Other dates than that of what happened: of who reported it, and of what it is compared with."""

import re

from bot.language.asking import stems_of
from bot.language.claim_words import SAYING
from bot.language.date_expressions import date_expressions
from index.search import content_words

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
_COMPARED_BEFORE = re.compile(r"\b(?:first|last|most|worst|least|only|[a-z]+est)\b[^.,;:]*\bsince\s+\Z", re.IGNORECASE)
_MOMENT_ASKED = re.compile(
    r"\b(?:start|begin|began|beginning|started|break out|broke out|end|ended|stop|die|died|born|founded|resign|resigned"
    r"|arrested|killed|launch|launched|open|opened)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"since\s+", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+after\s+(?!which\b)(?P<what>[^,.;:!?\n]+)", re.IGNORECASE
)
_THAT = re.compile(r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+that\b", re.IGNORECASE)
_DECLARED = re.compile(
    rf"\b(?:{'|'.join(sorted(SAYING))})(?:\s+(?:late|early|later))?(?:\s+(?:on|in))?\s+\Z", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.?!:]\s")
_FEWEST_BEFORE = 3
"""Words of what came after, which stand before its day: of "In 1912, after two thousand years" there are none."""
_YEARS = re.compile(r"\b\d{4}\s*(?:to|until|till|through|and|[-–—])\s*\d{4}\b")


def is_other_date(question: str, text: str, start: int, end: int) -> bool:
    """Whether an answer to "when", `text[start:end]`, is of a statement, a comparison, a term or what came after.

    "Ten people died, the ministry said [on Wednesday]" and "Ten people died in the worst fire since [1991]" do not say
    when they died. Asked when something was said or published, the first may. "Four were feared dead [on Monday] after
    a helicopter crashed" does not say when it crashed. And nothing starts or ends "from [1989 to 2019]", which is how
    long somebody led the country. Of 5,324 labelled answers the third rule refuses 1.
    """
    if _WHEN_ASKED.match(question) is None:
        return False
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    start, end = start - line_start, end - line_start
    years = _YEARS.finditer(line) if _MOMENT_ASKED.search(question) else ()
    if any(start < each.end() and each.start() < end for each in years):
        return True
    since = _SINCE.match(line, start, end)
    if _COMPARED_BEFORE.search(line, 0, since.end() if since else start):
        return True
    if _is_of_what_followed(question, line, start, end):
        return True
    return _SAYING_ASKED.search(question) is None and _is_report_date(line, start, end)


def _is_of_what_followed(question: str, line: str, start: int, end: int) -> bool:
    """Whether it is the day of what came after, or of what was said of it: "feared dead on Monday after a crash"."""
    after = _AFTER.match(line, end)
    told = _SENTENCE_END.split(line[:start])[-1]
    declared = _THAT.match(line, end) is not None and _DECLARED.search(told) is not None
    if not (after or declared) or len(told.split()) < _FEWEST_BEFORE:
        return False
    names = {word.lower() for word in re.findall(r"[^\W\d_]+", question)[1:] if word[0].isupper()}
    asked = stems_of(" ".join(word for word in content_words(question) if word not in names))
    followed = declared or (after is not None and bool(asked & stems_of(after["what"])))
    return followed and not asked & stems_of(told)


def _is_report_date(line: str, start: int, end: int) -> bool:
    dates = [(first, last) for first, last, _ in date_expressions(line)]
    # "On Wednesday [evening]" is of the day before it.
    named = [each for each in dates if each[0] < end and start <= each[1] + 1] or [(start, end)]
    return all(_SAID_BEFORE.search(line, 0, first) is not None for first, _ in named)
