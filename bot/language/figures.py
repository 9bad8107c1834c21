"""Figures in news text: counts, sums of money, shares, durations and measures, and whether two of them agree."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.language.amounts import Amount, next_amount
from bot.language.counted_nouns import counted_at
from bot.language.date_expressions import TEXTS_REMEMBERED, lowered
from bot.language.lookalikes import blanked
from bot.language.quantifiers import BOUND_AFTER, BOUND_BEFORE, LONGEST_BOUND, bound_of, bounds
from bot.language.units import FigureKind

__all__ = ["Figure", "FigureKind", "figure_of", "figures_in"]

OPEN_END = 0.25
"""How far an open end of a number that is not round reaches, as a share of the number."""

ROUNDED = 0.05
"""The most that a round number may stand away from the precise one that it stands for."""

_NOT_ROUND = 0.1
"""A number whose granularity is a smaller share of it is not round."""

_LEAST_ROUNDED_COUNT = 100
"""Counts below it are taken as they are told: "20 dead" and "21 dead" differ."""

_SOMEWHERE = re.compile(r"(?:at|in|on) one (?:case|day|hand|moment|occasion|place|point|side|stage|time|way)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text tells it, in `text[start:end]`: with bound words, currency and unit, without the counted noun.

    `value` is the number named, None for a range and for "dozens". `low` and `high` are the least and the
    most that the words allow, in `unit` ("" for counts, an ISO 4217 code, "%", "hour", ...): infinite for "more
    than", 0 for "up to". `counted` is what is counted, in lower case as it stands, "" if unclear.
    `granularity` is the step in which the number is told: 1,000 for 8,000, and 10 for 2,030.
    """

    start: int
    end: int
    kind: FigureKind
    value: float | None
    low: float
    high: float
    unit: str
    counted: str
    granularity: float = field(default=1.0, repr=False)
    base: str = field(default="", repr=False)
    factor: float = field(default=1.0, repr=False)

    @property
    def reach(self) -> tuple[float, float]:
        """The least and the most that is meant, where the words leave an end open.

        People understand "more than 8,000" as below 9,000: up to the next number of the same granularity
        (Cummins, Sauerland and Solt 2012, "Granularity and scalar implicature in numerical expressions").
        So an open end reaches one step of granularity; where that is less than a tenth of the number, which is then
        not round, it reaches `OPEN_END` of the number ("at least 14" covers 16, not 164); and
        at least two where things are counted. An end that is open downwards ("up to", "fewer than") likewise, but
        never further than half the number. The upper end is exclusive only where it was open.
        """
        if self.value is None or self.low == self.high:
            return self.low, self.high
        step = self.granularity if self.granularity >= self.value * _NOT_ROUND else self.value * OPEN_END
        if self.kind is FigureKind.COUNT:
            step = max(step, 2.0)
        low = self.value - min(step, self.value / 2) if self.low == 0 and self.high == self.value else self.low
        high = math.nextafter(self.value + step, 0) if math.isinf(self.high) else self.high
        return low, high

    def agrees_with(self, other: "Figure") -> bool:
        """Whether both can be true of one thing: kind and unit are the same, and what they reach overlaps.

        Durations and measures are converted, money is not. Two exact numbers agree if the rounder one is what the
        other rounds to: 8,000 and 8,012, 1.6 million and 1,599,000, but not 20 and 21.
        """
        if self.kind is not other.kind or self.base != other.base:
            return False
        if self.low == self.high and other.low == other.high:
            ours, theirs = self.low * self.factor, other.low * other.factor
            apart = abs(ours - theirs)
            converted = self.unit != other.unit
            return math.isclose(ours, theirs) or apart < max(
                _rounding(self, converted=converted), _rounding(other, converted=converted)
            )
        (our_low, our_high), (their_low, their_high) = self.reach, other.reach
        tiny = 1 + 1e-9  # 0.3 + 0.6 is not 0.9, and conversions round
        return (
            our_low * self.factor <= their_high * other.factor * tiny
            and their_low * other.factor <= our_high * self.factor * tiny
        )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def figures_in(text: str) -> tuple[Figure, ...]:
    """All figures of the text, in order, not overlapping.

    Numbers that tell none are left out: dates, years, times, ages, scores, ordinals, telephone numbers, and
    those that are part of a name ("COVID-19", "Boeing 737").
    """
    lower = lowered(text)
    if next_amount(text, lower, 0) is None:
        return ()
    return tuple(_figures(text, blanked(text, lower)))


def figure_of(answer: str) -> Figure | None:
    """The figure that an answer names ("more than 8,000", "16 dead", "dozens"), the first if there are more.

    None if there is none, as in a date, an age, a score, an ordinal or a telephone number.
    """
    return next(iter(figures_in(answer)), None)


def _figures(text: str, searched: str) -> Iterator[Figure]:
    position = 0
    while (amount := next_amount(text, searched, position)) is not None:
        figure = _figure(searched, amount, position)
        if not _is_pronoun(searched, figure):
            yield figure
        position = figure.end


def _is_pronoun(searched: str, figure: Figure) -> bool:
    """Whether it is a "one" that counts nothing: "a new one", "in one place"."""
    if searched[figure.start : figure.end] != "one" or searched.strip() == "one":
        return False
    return not figure.counted or _SOMEWHERE.match(searched, max(0, figure.start - len("at "))) is not None


def _figure(searched: str, amount: Amount, position: int) -> Figure:
    """The amount with the words around it that bound it, and what it counts."""
    start, end, low, high = amount.start, amount.end, amount.low, amount.high
    before = BOUND_BEFORE.search(searched, max(position, start - LONGEST_BOUND), start)
    after = BOUND_AFTER.match(searched, end)
    bound = bound_of(before["bound"]) if before else after.lastgroup if after else None
    if bound in {"from", "to"} or (bound and amount.value is not None):
        least, most = bounds(low, bound)[0], bounds(high, bound)[1]
        low, high = (least, most) if amount.value is not None or bound == "from" else (low, most)
    start = before.start() if before else start
    end = after.end() if after else end
    counted = counted_at(searched, start, end) if amount.unit.kind is FigureKind.COUNT else ""
    return Figure(
        start,
        end,
        amount.unit.kind,
        amount.value,
        low,
        high,
        amount.unit.name,
        counted,
        amount.granularity,
        amount.unit.base,
        amount.unit.factor,
    )


def _rounding(figure: Figure, *, converted: bool) -> float:
    """How far, in the base unit, a precise number may lie from this one that stands for it."""
    half = figure.granularity / 2
    if figure.kind is FigureKind.PERCENT:
        half = min(half, 0.5)
    elif figure.low < _LEAST_ROUNDED_COUNT and not converted and figure.granularity >= 1:
        return 0.0
    return min(half, figure.low * ROUNDED) * figure.factor
