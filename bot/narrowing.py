"""What a question itself says of where to look: an outlet narrows the search, a date says what comes first."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.day_names import MONTH_NUMBERS, dates_in
from bot.filters import Filter
from bot.outlets import outlet_named
from bot.reader.protocol import Candidate
from index.search import Hit, Searcher
from index.snapshot import Snapshot

SOON = timedelta(days=3)
"""News of a day is printed on that day and on the few that follow."""

A_WEEK = timedelta(days=7)

SOON_AFTER = 0.7
OTHER_DAYS = 0.4
"""What a confidence is multiplied with if neither its article is of the days that were asked about nor its passage
names one of them: in an article of the few days after them, and in any other.

Chosen so that of equal statements the one of the day comes first, and a sure one of another day is still an answer.
"""

_OPENING = re.compile(
    r"(?P<before>before|prior to)|(?P<after>after)|(?P<since>since|from)|(?P<until>until|till|by|up to|as of|through)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(before|prior to|after|since|from|until|till|by|up to|as of|through|on|in|of|during|at|between|and|for)"
    r"(?:\s+(?:the|early|late|mid|end of|start of|beginning of|night of|morning of|evening of|day of))*\s*\Z",
    re.IGNORECASE,
)
_MONTH_OR_VERB = re.compile(r"\b((?:in|of|during|since|until|before|after|by|from)\s+)(may|march)\b")
_RANGE = re.compile(r"\d\s*(?:-|–|—|to|and|until)\s*\d")
_YEAR = re.compile(r"\b\d{4}\b")
_MONTH = ("", *calendar.month_name[1:])


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question asks about; an end that is left open is None."""

    first: date | None
    last: date | None

    @property
    def text(self) -> str:
        """In words: "10 January 2022", "June 2022", "before 9 January 2022", "since 10 January 2022"."""
        first, last = self.first, self.last
        if first is None or last is None:
            if first is None:
                return f"up to {_day(last)}" if last else ""
            return f"from {_day(first)} on"
        if first == last:
            return f"of {_day(first)}"
        whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if whole_months and (first.year, first.month) == (last.year, last.month):
            return f"of {_MONTH[first.month]} {first.year}"
        if whole_months and (first.month, last.month, first.year) == (1, 12, last.year):
            return f"of {first.year}"
        return f"from {_day(first)} to {_day(last)}"

    def has(self, first: date | None, last: date | None) -> bool:
        """Whether any of the days from `first` to `last` is one of these."""
        if first is None or last is None:
            return False
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)

    def is_named_by(self, first: date, last: date) -> bool:
        """Whether who names the days from `first` to `last` means these: "2022" does not name 10 January."""
        inside = (self.first is None or self.first <= first) and (self.last is None or last <= self.last)
        return inside or (last - first < A_WEEK and self.has(first, last))

    @property
    def printed(self) -> "Period":
        """The days in which news of these is printed."""
        soon = self.last + SOON if self.first is not None and self.last is not None else self.last
        return Period(self.first, soon)


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

    @property
    def notes(self) -> tuple[str, ...]:
        """What the answer has to say of it, a sentence each."""
        only = [f"Only articles {each.text}." for each in self.filters if each.applies]
        if self.period is None:
            return tuple(only)
        what = f"Articles {self.period.text}" if self.first else f"Passages that name days {self.period.text}"
        return (*only, f"{what} first.")

    def only_of(self, when: str, snapshot: Snapshot) -> "Narrowing":
        """Narrowed to the articles of the days that `when` names, "of 10 January", without any that come first."""
        period = period_asked(when, snapshot.days(self.allowed))
        if period is None:
            return Narrowing(self.question, self.allowed, self.filters)
        days = Filter(since=period.first, until=period.last)
        return Narrowing(self.question, _both(self.allowed, days.contents(snapshot)), (*self.filters, days))

    def search(self, searcher: Searcher, snapshot: Snapshot, count: int) -> list[Hit]:
        """The `count` passages to read, up to half of them from the articles that come first."""
        hits = searcher.search(snapshot, self.question, count, self.allowed)
        if not self.first:
            return hits
        of_then = searcher.search(snapshot, self.question, count // 2, self.first)
        return [*({hit.found.id: hit for hit in (*of_then, *hits)}.values())][:count]

    def weighed(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first, with the confidence that they answer of the days asked about."""
        if self.period is None:
            return [*candidates]
        weighed = [replace(each, confidence=each.confidence * self._weight(each)) for each in candidates]
        return sorted(weighed, key=lambda each: -each.confidence)

    def _weight(self, candidate: Candidate) -> float:
        period, found = self.period, candidate.hit.found
        if period is None:
            return 1.0
        published = found.article.published
        named = dates_in(found.text, published)
        if period.has(published, published) or any(period.is_named_by(day.first, day.last) for day in named):
            return 1.0
        return SOON_AFTER if period.printed.has(published, published) else OTHER_DAYS


def narrowing_of(question: str, within: Filter, snapshot: Snapshot) -> Narrowing:
    """Where `question` says to look, of the articles `within`.

    An outlet narrows: nothing else is searched. A date says what comes first only, since articles that were
    published later tell of that day, too; and nothing where every article is of that time.
    """
    said = outlet_named(question, snapshot.outlets())
    named = Filter(outlets=said.outlets)
    allowed = _both(within.contents(snapshot), named.contents(snapshot))
    days = snapshot.days(allowed) if _YEAR.search(question) or dates_in(question, date.max) else []
    period = period_asked(said.rest, days) if days else None
    if period is None or all(period.has(day, day) for day in days):
        return Narrowing(said.rest, allowed, (within, named))
    printed = period.printed
    first = _both(allowed, snapshot.contents(since=printed.first, until=printed.last))
    return Narrowing(said.rest, allowed, (within, named), period, first)


def period_asked(question: str, days: Sequence[date]) -> Period | None:
    """The days that `question` asks about, if it names any; `days` are those of the articles, ascending, not none.

    A day or month without a year is of the latest year in which an article is of that time, or of the few days
    after; if there is none, of the latest year.
    """
    first: list[date] = []
    last: list[date] = []
    for opening, period in _periods(question, days):
        starts, ends = period.first, period.last
        if starts is None or ends is None:
            continue
        match opening:
            case "before":
                last.append(starts - timedelta(days=1))
            case "until":
                last.append(ends)
            case "after":
                first.append(ends + timedelta(days=1))
            case "since":
                first.append(starts)
            case _:
                first.append(starts)
                last.append(ends)
    if not first and not last:
        return None
    asked = Period(min(first, default=None), max(last, default=None))
    return None if first and last and min(first) > max(last) else asked


def _periods(question: str, days: Sequence[date]) -> Iterator[tuple[str | None, Period]]:
    """The dates of a question, each with what opens it: "before", "after", "since", "until" or nothing."""
    capitals = _MONTH_OR_VERB.sub(lambda found: f"{found[1]}{found[2].title()}", question)
    for span in dates_in(capitals, days[-1].replace(month=12, day=31)):
        said = question[span.start : span.end]
        if not re.search(r"\d", said) and not {*said.lower().split()} & MONTH_NUMBERS.keys():
            # "On Monday" is of the day of asking, which no article knows.
            continue
        preposition = _PREPOSITION.search(question, 0, span.start)
        is_bare = not re.search(r"\d", said) or _YEAR.fullmatch(said) is not None
        if is_bare and preposition is None:
            # "May" and "March" are words, "2022" is a number.
            continue
        period = Period(span.first, span.last)
        if _YEAR.search(said) is None:
            period = _in_its_year(period, days)
        opening = _OPENING.match(preposition[1]) if preposition and not _RANGE.search(said) else None
        yield opening.lastgroup if opening else None, period


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


def _day(day: date) -> str:
    return f"{day.day} {_MONTH[day.month]} {day.year}"
