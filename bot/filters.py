"""Filters: which articles to answer from, as flags and the columns of a list say it."""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.outlets import outlets_called
from corpus.errors import WrongUseError
from index.snapshot import Snapshot

FILTER_COLUMNS = ("since", "until", "outlet", "article")
"""The columns of a list of questions that filter; in one field, several outlets or articles stand with ";" between."""

_SUGGESTED = 3

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles to answer from: all conditions hold, and an empty one is none."""

    since: date | None = None
    """Published on this day or later; an article without a date is not."""
    until: date | None = None
    """Published on this day or earlier."""
    outlets: tuple[str, ...] = ()
    """By one of these outlets."""
    articles: tuple[str, ...] = ()
    """In one of these files, by their paths in the corpus folder."""

    @property
    def applies(self) -> bool:
        """Whether it is a filter at all."""
        return self != Filter()

    @property
    def text(self) -> str:
        """In words: "from 2022-01-10 on, by Sample Wire"; empty if it does not apply."""
        if self.since and self.until:
            when = f"of {self.since}" if self.since == self.until else f"from {self.since} to {self.until}"
        else:
            when = f"from {self.since} on" if self.since else f"up to {self.until}" if self.until else ""
        outlets = f"by {' or '.join(self.outlets)}" if self.outlets else ""
        articles = f"in {' or '.join(self.articles)}" if self.articles else ""
        return ", ".join(filter(None, (when, outlets, articles)))

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "outlets": list(self.outlets),
            "articles": list(self.articles),
        }

    def contents(self, snapshot: Snapshot) -> list[int] | None:
        """The contents that it leaves, see `Snapshot.contents`; None if it does not apply."""
        if not self.applies:
            return None
        return snapshot.contents(since=self.since, until=self.until, outlets=self.outlets, articles=self.articles)


def read_filter(
    since: str | None = None, until: str | None = None, outlets: Iterable[str] = (), articles: Iterable[str] = ()
) -> Filter:
    """The filter that a user's words say; a month or a year as `until` counts to its last day.

    Raises `WrongUseError` for what is no date, and for a period that ends before it begins.
    """
    first = _days(since, "since")[0] if since else None
    last = _days(until, "until")[1] if until else None
    if first and last and last < first:
        raise WrongUseError(
            f"No article can be from {since} on and up to {until}.", "Give a --since that is not after --until."
        )
    return Filter(first, last, tuple(dict.fromkeys(outlets)), tuple(dict.fromkeys(articles)))


def filter_of_row(columns: Mapping[str, Any], within: Filter) -> Filter:
    """What the columns FILTER_COLUMNS of one question say; where they say nothing, what `within` does.

    Raises `WrongUseError` as `read_filter` does, and for a value that is neither text nor a list of texts.
    """
    since, until, outlets, articles = (_texts(columns.get(name), name) for name in FILTER_COLUMNS)
    if not (since or until or outlets or articles):
        return within
    for name, values in (("since", since), ("until", until)):
        if len(values) > 1:
            raise WrongUseError(f"The column {name} has {len(values)} values.", "Give one date.")
    said = read_filter(
        since[0] if since else within.since.isoformat() if within.since else None,
        until[0] if until else within.until.isoformat() if within.until else None,
    )
    return replace(said, outlets=outlets or within.outlets, articles=articles or within.articles)


def known_filter(said: Filter, snapshot: Snapshot) -> Filter:
    """`said` with its outlets as the index spells them.

    Raises `WrongUseError` for an outlet or an article that the index does not have, and names the nearest.
    """
    known = snapshot.outlets() if said.outlets else []
    outlets: dict[str, None] = {}
    for name in said.outlets:
        called = outlets_called(name, known)
        if not called:
            raise WrongUseError(f'No article is by an outlet "{name}".', _nearest(name, known, "outlet"))
        outlets.update(dict.fromkeys(called))
    for path in said.articles:
        if snapshot.article(path) is None:
            raise WrongUseError(f'There is no article "{path}".', _nearest(path, snapshot.hashes(), "article"))
    return replace(said, outlets=tuple(outlets))


def _days(said: str, name: str) -> tuple[date, date]:
    """The first and the last day of a date, a month or a year."""
    expected = f'--{name} "{said}" is no date.', "Give YYYY-MM-DD, YYYY-MM or YYYY."
    form = _DATE.fullmatch(said.strip())
    if form is None:
        raise WrongUseError(*expected)
    year, month, day = (int(part) if part else None for part in form.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise WrongUseError(*expected) from None
    if day:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _texts(value: Any, name: str) -> tuple[str, ...]:
    values = value.split(";") if isinstance(value, str) else [] if value is None else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise WrongUseError(f"The column {name} holds {value!r:.60}.", "Give text, or a list of texts.")
    return tuple(each.strip() for each in values if each.strip())


def _nearest(name: str, known: Iterable[str], thing: str) -> str:
    folded = {each.casefold(): each for each in known}
    nearest = [folded[each] for each in get_close_matches(name.casefold(), folded, _SUGGESTED, cutoff=0.0)]
    if not nearest:
        return f"The index knows no {thing}."
    return f"The nearest that there are: {', '.join(nearest)}."
