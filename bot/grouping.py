"""Grouping: which assertions say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf

from bot.assertions import Assertion
from bot.language.asking import stems_of
from bot.language.clock_times import clock_time_in
from bot.language.dates import date_of
from bot.language.matter import same_matter
from bot.language.source_names import spelled_alike

ABOUT_AS_SURE = 0.5
"""Of two confidences the share of the greater that the other must have."""

WORTH_BESIDE_THE_BEST = 0.14
"""What is at least this share as sure as the best is shown beside it.

Chosen on the sample articles, whose figures contradict each other.
"""

MOST_NAMES = 4
"""Words of a person's name."""

Claim = tuple[Assertion, ...]
"""Assertions that say the same, the surest first."""


def grouped(assertions: Iterable[Assertion]) -> list[Claim]:
    """Assertions that say the same together, the surest first; one that says nothing in short is by itself."""
    groups: list[list[Assertion]] = []
    # Exact figures first: "more than 200" agrees with 225 and with 238, which do not agree with each other.
    for assertion in sorted(assertions, key=lambda each: (each.vague, -each.confidence)):
        same = [group for group in groups if _say_the_same(group[0], assertion)]
        if same:
            min(same, key=lambda group: _distance(group[0], assertion)).append(assertion)
        else:
            groups.append([assertion])
    return sorted(map(_best_first, groups), key=confidence_of, reverse=True)


def _best_first(group: Sequence[Assertion]) -> Claim:
    """The surest first; but an exact figure of about the same confidence is better than a vague one."""
    surest = max(each.confidence for each in group)
    return tuple(
        sorted(group, key=lambda each: (each.vague or each.confidence < ABOUT_AS_SURE * surest, -each.confidence))
    )


def grouped_by_scope(assertions: Sequence[Assertion]) -> list[Claim]:
    """As `grouped`, but only assertions of the same scope can say the same."""
    by_scope: dict[object, list[Assertion]] = {}
    for each in assertions:
        by_scope.setdefault(replace(each.scope, whom=None), []).append(each)
    groups = [group for some in by_scope.values() for group in grouped(some)]
    return sorted(groups, key=confidence_of, reverse=True)


def confidence_of(group: Sequence[Assertion]) -> float:
    """That of its surest assertion."""
    return max(each.confidence for each in group)


def _distance(one: Assertion, other: Assertion) -> float:
    """How far their figures are from each other: "about 160" agrees with 154 and 158, and is nearer to 158."""
    values = [each.figure.value for each in (one, other) if each.figure is not None and each.figure.value is not None]
    return max(values) - min(values) if len(values) > 1 else inf


def _say_the_same(one: Assertion, other: Assertion) -> bool:
    if one.figure is not None and other.figure is not None:
        return one.figure.agrees_with(other.figure)
    if not one.text or not other.text:
        return False
    same = same_time(one, other)
    if same is not None:
        return same
    return stems_of(one.text) == stems_of(other.text) or _are_one_name(one, other)


def same_time(one: Assertion, other: Assertion) -> bool | None:
    """Whether two answers may name the same day, and time of day; None if they do not both name either."""
    days = date_of(one.text, one.article.published), date_of(other.text, other.article.published)
    times = clock_time_in(one.text), clock_time_in(other.text)
    known = [days[0].agrees_with(days[1])] if days[0] and days[1] else []
    known += [times[0].agrees_with(times[1])] if times[0] and times[1] else []
    return all(known) if known else None


def _are_one_name(one: Assertion, other: Assertion) -> bool:
    """Whether two answers are one name: "Nursultan Nazarbayev" and "Nazarbáyeb", in articles on the same matter.

    The last words must be spellings of each other, and so must the first where both have one.
    """
    names = one.text.split(), other.text.split()
    if not all(0 < len(name) <= MOST_NAMES and all(word[0].isupper() for word in name) for name in names):
        return False
    alike = spelled_alike(names[0][-1], names[1][-1])
    first = min(len(names[0]), len(names[1])) == 1 or spelled_alike(names[0][0], names[1][0])
    return alike and first and same_matter(one.article, other.article)
