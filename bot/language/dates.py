"""Dates in news text: the days that an expression names, counted from the day of publication where it must be."""

import re
from dataclasses import dataclass
from datetime import date

from bot.language.date_expressions import date_expressions


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An expression in a text, `text[start:end]`, and the days that it names, both ends included."""

    start: int
    end: int
    first: date
    last: date

    def agrees_with(self, other: "DateSpan") -> bool:
        """Whether both may mean the same day."""
        return self.first <= other.last and other.first <= self.last


def dates_in(text: str, published: date | None) -> list[DateSpan]:
    """The dates in the text, in order, not overlapping.

    What cannot be resolved without the day of publication is left out when it is None. A weekday is the
    latest one not after the publication ("Monday" on a Monday is that day), or the coming one with
    "next" or near a future tense ("on Tuesday the president is due to"). A month without a year is the
    latest that had begun, "on the 2nd" the latest 2nd; "last week" the calendar week before, from Monday
    to Sunday. "Early", "mid" and "late" are the days 1 to 10, 11 to 20, and from 21 on.
    """
    spans = []
    for start, end, resolve in date_expressions(text):
        days = resolve(published)
        if days is not None:
            spans.append(DateSpan(start, end, *days))
    return spans


def date_of(answer: str, published: date | None) -> DateSpan | None:
    """The date that an answer names, the first if there are more; None if there is none."""
    return next(iter(dates_in(answer, published)), None)


def is_date_alone(text: str) -> bool:
    """Whether a text says nothing but a date, as the head of a chronicle's entry does: "**2 January.**"."""
    said = "".join(text[start:end] for start, end, _ in date_expressions(text))
    return bool(said) and len(re.findall(r"\w", said)) == len(re.findall(r"\w", text))
