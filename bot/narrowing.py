"""What a question itself says of where to look: an outlet narrows the search, a date says what comes first."""

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.filters import Filter
from bot.language.calendar_words import MONTHS
from bot.language.dates import dates_in
from bot.notes import Days, DaysFirst, Note, OnlyArticles
from bot.outlets import outlet_named
from bot.reader.protocol import Candidate, Reader
from index.search import Hit, Searcher, content_words
from index.snapshot import Snapshot

SOON = timedelta(days=3)
"""News of a day is printed on that day and on the few that follow."""

A_WEEK = timedelta(days=7)

SOON_AFTER = 0.7
OTHER_DAYS = 0.4
OTHER_DAY_NAMED = 0.1
"""What a confidence is multiplied with where it is not plain that the sentence is of the days asked about.

In an article of the few days after them; in any other article; in another article, and dated otherwise itself.
Chosen on the sample articles, so that of statements that are equally sure the one of the day comes first, and a sure
one that has no date is still an answer.
"""

_PREPOSITION = re.compile(
    r"\b(before|prior to|after|since|from|until|till|by|up to|as of|through|on|in|of|during|at|between|and|for)"
    r"(?:\s+(?:the|early|late|mid|end of|start of|beginning of|night of|morning of|evening of|day of))*\s*\Z",
    re.IGNORECASE,
)
_MONTH_OR_VERB = re.compile(r"\b((?:in|of|during|since|until|before|after|by|from)\s+)(may|march)\b")
_FROM_ON = re.compile(r"\s+(?:on|onwards?)\b", re.IGNORECASE)
_HAPPENED = frozenset("happen happened happens went going took place occur occurred occurs news events".split())
_RANGE = re.compile(r"\d\s*(?:-|–|—|to|and|until)\s*\d")
_YEAR = re.compile(r"\b\d{4}\b")
_SOME_DAY = date(2000, 12, 31)
"""Stands for the day of publication where it matters only whether a date is named at all."""


@dataclass(frozen=True, slots=True)
class Period(Days):
    """Days that a question asks about."""

    def has(self, first: date | None, last: date | None) -> bool:
        """Whether any of the days from `first` to `last` is one of these."""
        if first is None or last is None:
            return False
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)

    def is_named_by(self, first: date, last: date) -> bool:
        """Whether who names the days from `first` to `last` means these: "2022" does not name 10 January."""
        inside = (self.first is None or self.first <= first) and (self.last is None or last <= self.last)
        return inside or (last - first < A_WEEK and self.has(first, last))

    def weight(self, candidate: Candidate) -> float:
        """What the confidence of a candidate is multiplied with, from 0 to 1: as it is said of these days or others."""
        article, passage = candidate.hit.found.article, candidate.hit.found.passage
        named = [
            (passage.start + day.start, day.first, day.last)
            for day in dates_in(article.text[passage.start : candidate.end], article.published)
        ]
        inside = [each for each in named if each[0] >= candidate.start]
        # The dates of the sentence itself, or else the last before it: a chronology begins its paragraphs with them.
        in_force = inside or named[-1:]
        if any(self.is_named_by(first, last) for _, first, last in in_force):
            return 1.0
        paragraph = article.text.rfind("\n", 0, candidate.start) + 1
        if any(start >= paragraph and last - first < A_WEEK for start, first, last in in_force):
            return SOON_AFTER if self.has(article.published, article.published) else OTHER_DAY_NAMED
        if self.has(article.published, article.published):
            return 1.0
        return SOON_AFTER if self.printed.has(article.published, article.published) else OTHER_DAYS

    @property
    def printed(self) -> "Period":
        """The days in which news of these is printed."""
        soon = self.last + SOON if self.first is not None and self.last is not None else self.last
        return Period(self.first, soon)


@dataclass(frozen=True, slots=True)
class PeriodAsked:
    """The days that a question asks about, and the question without them."""

    period: Period
    rest: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Where to look for the answer to one question."""

    question: str
    """The question without the words that name an outlet."""
    allowed: list[int] | None
    """The contents to answer from, see `Snapshot.contents`; None for all."""
    filters: tuple[Filter, ...] = ()
    """What was asked for in flags, and what in words."""
    period: Period | None = None
    """The days whose articles come first."""
    first: list[int] | None = None
    """The contents of these days, of those allowed."""
    undated: str = ""
    """The question without its dates: as articles of these days are asked, which need not say what day it is."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the answer has to say of it."""
        only = dict.fromkeys(OnlyArticles(each) for each in self.filters if each.applies)
        if self.period is None:
            return tuple(only)
        return (*only, DaysFirst(self.period, published=bool(self.first)))

    @property
    def is_of_then(self) -> Callable[[date], bool] | None:
        """Whether a day is one of those that the question asks about; None if it asks about none."""
        period = self.period
        return None if period is None else lambda day: period.has(day, day)

    def only_of(self, when: str, snapshot: Snapshot) -> "Narrowing":
        """Narrowed to the articles of the days that `when` names, "of 10 January", without any that come first."""
        published = snapshot.days(self.allowed)
        asked = period_asked(when, published) if published else None
        if asked is None:
            return Narrowing(self.question, self.allowed, self.filters)
        days = Filter(since=asked.period.first, until=asked.period.last)
        return Narrowing(self.question, _both(self.allowed, days.contents(snapshot)), (*self.filters, days))

    def search(self, searcher: Searcher, snapshot: Snapshot, count: int) -> list[Hit]:
        """The `count` passages to read, up to half of them from the articles that come first."""
        hits = searcher.search(snapshot, self.question, count, self.allowed)
        if not self.first:
            return hits
        of_then = searcher.search(snapshot, self.undated, count // 2, self.first)
        return [*({hit.found.id: hit for hit in (*of_then, *hits)}.values())][:count]

    def read(self, reader: Reader, hits: Sequence[Hit], *, every: bool = False) -> list[Candidate]:
        """As `reader` reads them, with the confidence that it is an answer of the days asked about."""
        period = self.period
        if period is None:
            return reader.read(self.question, hits, every=every)
        days = [hit.found.article.published for hit in hits]
        of_then = [hit for hit, day in zip(hits, days, strict=True) if period.has(day, day)]
        others = [hit for hit, day in zip(hits, days, strict=True) if not period.has(day, day)]
        asked = ((self.undated, of_then), (self.question, others))
        candidates = [each for question, some in asked for each in reader.read(question, some, every=every)]
        weighed = [replace(each, confidence=each.confidence * period.weight(each)) for each in candidates]
        return sorted(weighed, key=lambda each: -each.confidence)


def narrowing_of(question: str, within: Filter, snapshot: Snapshot) -> Narrowing:
    """Where `question` says to look, of the articles `within`.

    An outlet narrows: nothing else is searched. A date says what comes first only, since articles that were
    published later tell of that day, too; and nothing where every article is of that time.
    """
    said = outlet_named(question, snapshot.outlets())
    named = Filter(outlets=said.outlets)
    allowed = _both(within.contents(snapshot), named.contents(snapshot))
    days = snapshot.days(allowed) if _YEAR.search(question) or dates_in(question, _SOME_DAY) else []
    asked = period_asked(said.rest, days) if days else None
    if asked is None or all(asked.period.has(day, day) for day in days):
        return Narrowing(said.rest, allowed, (within, named))
    printed = asked.period.printed
    first = _both(allowed, snapshot.contents(since=printed.first, until=printed.last))
    return Narrowing(said.rest, allowed, (within, named), asked.period, first, asked.rest)


def period_asked(question: str, days: Sequence[date]) -> PeriodAsked | None:
    """The days that `question` asks about, if it names any; `days` are those of the articles, ascending, not none.

    A day or month without a year is of the latest year in which an article is of that time, or of the few days
    after; if there is none, of the latest year.
    """
    asked = [*_periods(question, days)]
    if not asked:
        return None
    first = max((each.first for each in asked if each.first and each.last is None), default=None)
    last = min((each.last for each in asked if each.last and each.first is None), default=None)
    closed = [(each.first, each.last) for each in asked if each.first and each.last]
    if closed:
        first, last = min(day for day, _ in closed), max(day for _, day in closed)
    if first and last and first > last:
        return None
    rest = question
    for each in sorted(asked, key=lambda each: -each.start):
        rest = f"{rest[: each.start].rstrip(' ,')} {rest[each.end :].lstrip(' ,')}"
    rest = re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split()))
    says_enough = {*content_words(rest)} - _HAPPENED
    return PeriodAsked(Period(first, last), rest if says_enough else question)


@dataclass(frozen=True, slots=True)
class _Said:
    """Days that a question names, and where it does, with the preposition."""

    start: int
    end: int
    first: date | None
    last: date | None


def _periods(question: str, days: Sequence[date]) -> Iterator[_Said]:
    capitals = _MONTH_OR_VERB.sub(lambda found: f"{found[1]}{found[2].title()}", question)
    for span in dates_in(capitals, days[-1].replace(month=12, day=31)):
        said = question[span.start : span.end]
        if not {*said.lower().replace(".", "").split()} & MONTHS.keys() and not _YEAR.search(said):
            # "On Monday" and "3 days ago" are of the day of asking, which no article knows.
            continue
        preposition = _PREPOSITION.search(question, 0, span.start)
        is_bare = not re.search(r"\d", said) or _YEAR.fullmatch(said) is not None
        if is_bare and (preposition is None or preposition[0].lower().rstrip().endswith("the")):
            # "May" and "March" are words, "2022" is a number, as in "of the 2022".
            continue
        period = Period(span.first, span.last)
        if _YEAR.search(said) is None:
            period = _in_its_year(period, days)
        word = preposition[1].lower() if preposition and not _RANGE.search(said) else ""
        onwards = _FROM_ON.match(question, span.end)
        start, end = preposition.start() if preposition else span.start, onwards.end() if onwards else span.end
        first, last = _opened(period, "since" if onwards else word)
        yield _Said(start, end, first, last)


def _opened(period: Period, preposition: str) -> tuple[date | None, date | None]:
    """The first and last day of "before", "after", "since" or "until" a period, or of the period itself."""
    first, last = period.first, period.last
    if first is None or last is None:
        return first, last
    match preposition:
        case "before" | "prior to":
            return None, first - timedelta(days=1)
        case "after":
            return last + timedelta(days=1), None
        case "since":
            return first, None
        case "until" | "till" | "by" | "up to" | "as of" | "through":
            return None, last
        case _:
            return first, last


def _in_its_year(period: Period, days: Sequence[date]) -> Period:
    years = sorted({day.year for day in days}, reverse=True)
    for year in years:
        moved = Period(_moved(period.first, year), _moved(period.last, year))
        if any(moved.printed.has(day, day) for day in days):
            return moved
    return Period(_moved(period.first, years[0]), _moved(period.last, years[0])) if years else period


def _moved(day: date | None, year: int) -> date | None:
    if day is None:
        return None
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _both(some: list[int] | None, others: list[int] | None) -> list[int] | None:
    if some is None or others is None:
        return others if some is None else some
    return sorted(set(some) & set(others))
