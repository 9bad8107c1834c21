"""Notes: what an answer has to say of where was searched and what was counted; each in English as its `text`."""

import calendar
from dataclasses import dataclass
from datetime import date

from bot.filters import Filter

_MONTH = ("", *calendar.month_name[1:])


@dataclass(frozen=True, slots=True)
class Days:
    """Days, both ends included; an end that is left open is None."""

    first: date | None
    last: date | None

    @property
    def unit(self) -> str | None:
        """What they are one of: "day", "month" or "year"; None for any other run of days."""
        first, last = self.first, self.last
        if first is None or last is None:
            return None
        if first == last:
            return "day"
        if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1] or first.year != last.year:
            return None
        if first.month == last.month:
            return "month"
        return "year" if (first.month, last.month) == (1, 12) else None

    @property
    def text(self) -> str:
        """In words: "of 10 January 2022", "of June 2022", "up to 8 January 2022", "from 10 January 2022 on"."""
        first, last = self.first, self.last
        if first is None:
            return f"up to {_day(last)}" if last else ""
        if last is None:
            return f"from {_day(first)} on"
        match self.unit:
            case "day":
                return f"of {_day(first)}"
            case "month":
                return f"of {_MONTH[first.month]} {first.year}"
            case "year":
                return f"of {first.year}"
            case _:
                return f"from {_day(first)} to {_day(last)}"


@dataclass(frozen=True, slots=True)
class OnlyArticles:
    """Nothing else than these articles was searched."""

    within: Filter

    @property
    def text(self) -> str:
        """In a sentence: "Only articles by Sample Wire."."""
        return f"Only articles {self.within.text}."


@dataclass(frozen=True, slots=True)
class DaysFirst:
    """What is of these days came first; the rest was searched, too."""

    days: Days
    published: bool
    """Whether articles of these days came first; where there are none, passages did that name such days."""

    @property
    def text(self) -> str:
        """In a sentence: "Articles of 10 January 2022 first."."""
        return f"{'Articles' if self.published else 'Passages that name days'} {self.days.text} first."


@dataclass(frozen=True, slots=True)
class NoMention:
    """No article mentions a term that was to be counted."""

    term: str

    @property
    def text(self) -> str:
        """In a sentence."""
        return f"0 articles mention “{self.term}”."


@dataclass(frozen=True, slots=True)
class OtherForms:
    """So many articles have only other forms of the words that were counted."""

    count: int
    term: str

    @property
    def text(self) -> str:
        """In a sentence."""
        forms = f"{self.count:,} more in other forms of the word{'s' * (' ' in self.term)}"
        return f"Counted are the very words, in any case; there {'is' if self.count == 1 else 'are'} {forms}."


@dataclass(frozen=True, slots=True)
class WordsOf:
    """The question asks for what somebody says."""

    who: str
    """As the question calls them."""
    found: bool
    """Whether any of the answer is theirs, which then came first; otherwise it is what others say."""

    @property
    def text(self) -> str:
        """In a sentence: "What “the union” says first."."""
        return f"What “{self.who}” says first." if self.found else f"Nothing of this is given as said by “{self.who}”."


Note = OnlyArticles | DaysFirst | NoMention | OtherForms | WordsOf


def _day(day: date) -> str:
    return f"{day.day} {_MONTH[day.month]} {day.year}"
