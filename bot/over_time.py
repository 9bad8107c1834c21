"""A figure over time: how it changed from day to day, and the line that it draws."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bot.answer import DatedFigure, FigureChange, Step
from bot.assertions import Assertion
from bot.language.asking import stems_of

FEWEST_DAYS = 3
"""So many days with a figure make a timeline."""


def change_of(positions: Sequence[Sequence[Assertion]]) -> FigureChange | None:
    """How a figure changed, if all that tells the positions apart is the day.

    `positions` are groups of assertions that give the same figure. None if any has no figure or no day, or if
    two of them are given for one day or for days that overlap: then they contradict each other. So they do where
    the figure goes up and down and others give it: what the union says is no later count of the company's.
    """
    spans = []
    for group in positions:
        days = [each.as_of for each in group if each.as_of is not None and each.figure is not None]
        if len(days) < len(group):
            return None
        spans.append((min(days), max(days), group))
    spans.sort(key=lambda span: span[:2])
    overlapping = any(last >= first for (_, last, _), (first, _, _) in pairwise(spans))
    in_order = [group for _, _, group in spans]
    if len(spans) <= 1 or overlapping or (_goes_up_and_down(in_order) and _others_say(in_order)):
        return None
    return FigureChange(tuple(Step(last, group[0].text) for _, last, group in spans))


def _goes_up_and_down(groups: Sequence[Sequence[Assertion]]) -> bool:
    least = [group[0].figure.low for group in groups if group[0].figure]
    return len({later > earlier for earlier, later in pairwise(least)}) > 1


def _others_say(groups: Sequence[Sequence[Assertion]]) -> bool:
    """Whether two figures that follow on each other are known to be of sources that have no word in common."""
    sources = [stems_of(" ".join(each.source or "" for each in group)) - stems_of("the of for") for group in groups]
    return any(one and other and not one & other for one, other in pairwise(sources))


def timeline_of(positions: Sequence[Sequence[Assertion]]) -> tuple[DatedFigure, ...]:
    """The surest figure of each day, oldest first; empty for fewer than FEWEST_DAYS days."""
    by_day: dict[date, tuple[float, DatedFigure]] = {}
    for each in (each for group in positions for each in group):
        if each.as_of is None or each.figure is None:
            continue
        value = each.figure.low if each.figure.value is None else each.figure.value
        figure = DatedFigure(each.as_of, value, each.text, each.article.outlet or each.article.path)
        if each.as_of not in by_day or by_day[each.as_of][0] < each.confidence:
            by_day[each.as_of] = (each.confidence, figure)
    figures = tuple(figure for _, (_, figure) in sorted(by_day.items(), key=lambda item: item[0]))
    return figures if len(figures) >= FEWEST_DAYS else ()
