"""Scoping: which assertions count what is asked, and of all whom the question is about."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.assertions import Assertion
from bot.grouping import ABOUT_AS_SURE, WORTH_BESIDE_THE_BEST, confidence_of
from bot.language.asking import Asked, stems_of
from bot.language.figures import FigureKind
from bot.language.matter import same_matter
from bot.language.news_terms import events_in, groups_in
from bot.language.scope import counts_everyone
from bot.placing import is_named_near, is_or_may_be_of, is_said_of, without_general_places

NEARLY_AS_SURE = 0.7
"""The share of the surest confidence that a count of people needs if its sentence has no word of the question."""

_JUST_PEOPLE = "passengers residents villagers inhabitants citizens visitors spectators tourists guests fans"
"""Of whom news says "people", once it is plain who they are."""
_VICTIMS = re.compile(r"victims|casualties|fatalities|losses|lives|víctimas|жертв", re.IGNORECASE)


def counts_what_is_asked(asked: Asked, assertion: Assertion, surest: float) -> bool:
    """Whether an assertion counts what the question does; `surest` is the confidence of the reader's best span."""
    if asked.event is not None:
        return assertion.event is asked.event
    if asked.of_some:
        return bool(asked.groups & assertion.scope.groups) if asked.groups else assertion.scope.part
    if assertion.scope.total or (assertion.event is not None and assertion.confidence < ABOUT_AS_SURE * surest):
        return False
    if asked.groups & assertion.scope.groups:
        return True
    # Of "people" every article counts many: what the question says of them has to stand there, or to be meant.
    of_people = assertion.figure is not None and counts_everyone(assertion.figure.counted)
    enough = (NEARLY_AS_SURE if of_people else WORTH_BESIDE_THE_BEST) * surest
    is_meant = assertion.confidence >= enough or _says_what_is_asked(asked, assertion)
    if _says_no_more(assertion) and assertion.confidence >= surest * (
        WORTH_BESIDE_THE_BEST if _is_theirs(asked, assertion) else 1
    ):
        return True
    return is_meant and _counts_alike(asked, assertion)


def _says_no_more(assertion: Assertion) -> bool:
    """Whether it gives a number and no word on what it counts: "the union says that it was 260"."""
    return assertion.figure is not None and not assertion.figure.counted and assertion.event is None


def _is_theirs(asked: Asked, assertion: Assertion) -> bool:
    """Whether it is given as said by whom the question names."""
    return asked.speaker is not None and assertion.is_said_by(asked.speaker)


def of_one_kind(asked: Asked, assertions: Sequence[Assertion]) -> list[Assertion]:
    """Without those whom something befell, if the question names nothing that did, and the surest names nothing either.

    Asked how many took part in a protest, those who were arrested there are no answer beside the crowd.
    """
    surest = max(assertions, key=lambda each: each.confidence, default=None)
    if surest is None or asked.event is not None or asked.groups or surest.event is not None:
        return [*assertions]
    return [each for each in assertions if each.event is None]


def counts_something_else(asked: Asked, assertion: Assertion) -> bool:
    """Whether an assertion counts whom something else befell, or people where things are asked: "how many homes?"."""
    if asked.event is not None:
        return assertion.event not in (None, asked.event)
    counted = assertion.figure.counted if assertion.figure else ""
    if asked.counts_things and any(groups_in(counted)) and not _counts_alike(asked, assertion):
        return True
    words = asked.text.split()
    people = asked.groups or any(events_in(asked.text)) or any(counts_everyone(word) for word in words)
    if not asked.counted or people or assertion.event is None:
        return False
    return not _counts_alike(asked, assertion)


def is_of_no_event(asked: Asked, assertion: Assertion) -> bool:
    """Whether nothing befell those who are counted, as far as their sentence tells, but was asked.

    "4,000 people joined the strike" are none who died. Victims and the like need no further word.
    """
    if asked.event is None or assertion.figure is None or not assertion.figure.counted:
        return False
    said = assertion.article.text[assertion.candidate.start : assertion.candidate.end]
    return _VICTIMS.search(assertion.figure.counted) is None and not any(events_in(said))


def is_money(asked: Asked, assertion: Assertion) -> bool:
    """Whether an assertion gives money, and the question counts something else: not "how many dollars?"."""
    figure = assertion.figure
    return figure is not None and figure.kind is FigureKind.MONEY and not stems_of(assertion.text) & asked.counted


def of_one_matter(asked: Asked, assertions: Sequence[Assertion]) -> list[Assertion]:
    """Those of articles on the same matter as the surest one of what is asked; at least one assertion is needed.

    They are no longer limited to the place that they are all about.
    """
    named = [each for each in assertions if each.scope.limited and _is_asked_for(asked, each)]
    surest = max(named or assertions, key=lambda each: each.confidence)
    return without_general_places([each for each in assertions if same_matter(surest.article, each.article)])


def as_narrow_as_asked(
    asked: Asked,
    assertions: Sequence[Assertion],
    place: str | None,
    of_then: Callable[[date], bool] | None,
    min_confidence: float,
) -> list[Assertion]:
    """Those about all whom the question is about, of `place` if it is limited to one.

    What says a name, day or speaker of the question comes instead of the rest, if it is sure enough to answer.
    """
    found = [each for each in assertions if _is_asked_for(asked, each) and (not place or is_said_of(place, each))]
    found = preferring(found, lambda each: asked.names(each.scope.time or ""), min_confidence)
    named = {_sentence_of(each) for each in found if asked.names_place(each.scope.place or "")}
    # Of two figures in one sentence the place is said of the one whose clause names it.
    told = {_sentence_of(each) for each in found if place and is_named_near(place, each)} - named
    for wanted in (
        lambda each: _is_theirs(asked, each),
        lambda each: (
            place is not None
            and (_sentence_of(each) in told if each.scope.place is None else asked.names_place(each.scope.place))
        ),
        lambda each: asked.names(each.scope.whom or ""),
        lambda each: of_then is not None and each.as_of is not None and of_then(each.as_of),
        lambda each: asked.of_some and each.scope.part,
    ):
        found = preferring(found, wanted, min_confidence)
    return found


def _sentence_of(assertion: Assertion) -> tuple[str, int]:
    return assertion.article.path, assertion.candidate.start


def without_what_is_asked(asked: Asked, assertion: Assertion) -> Assertion:
    """The assertion without those limits that the question has set itself."""
    scope = assertion.scope
    whom = None if asked.groups or asked.names(scope.whom or "") else scope.whom
    place = None if asked.names_place(scope.place or "") else scope.place
    return replace(assertion, scope=replace(scope, whom=whom, place=place))


def beside_what_is_asked(asked: Asked, assertions: Sequence[Assertion], place: str | None) -> list[Assertion]:
    """Those about some of all; where the question itself is about some, others are beside its point.

    Of a `place` is what names it, however else it is limited: "in Sunderland" of Newcastle's trains.
    """
    if asked.groups:
        assertions = [each for each in assertions if asked.groups & each.scope.groups and not each.scope.total]
    if place:
        return [each for each in assertions if each.scope.limited and is_or_may_be_of(place, asked, each)]
    if any(asked.names_place(each.scope.place) for each in assertions if each.scope.place):
        return []
    return [each for each in assertions if each.scope.limited]


def preferring(assertions: list[Assertion], wanted: Callable[[Assertion], bool], least: float = 0.0) -> list[Assertion]:
    """Those that are wanted; all of them where none is, or none that is worth showing beside the surest.

    Nor are they preferred where they are all less sure than `least`, and others are not.
    """
    chosen = [each for each in assertions if wanted(each)]
    if not chosen or confidence_of(chosen) < max(WORTH_BESIDE_THE_BEST * confidence_of(assertions), least):
        return assertions
    return chosen


def _counts_alike(asked: Asked, assertion: Assertion) -> bool:
    """Whether both count the same by name: "police cars" are "cars", no "police stations"; "job cuts" are "jobs"."""
    counted = assertion.figure.counted.split() if assertion.figure else []
    if counted and asked.counted & stems_of(_JUST_PEOPLE) and counts_everyone(counted[0]):
        return True
    if len(asked.counted) > 1:
        counted = counted[-1:]
    return bool(stems_of(" ".join(counted)) & asked.counted)


def _says_what_is_asked(asked: Asked, assertion: Assertion) -> bool:
    """Whether the sentence has any word of the question besides the one for what is counted."""
    article, candidate = assertion.article, assertion.candidate
    return bool(stems_of(article.text[candidate.start : candidate.end]) & (asked.stems - asked.counted))


def _is_asked_for(asked: Asked, assertion: Assertion) -> bool:
    """Whether an assertion is about all whom the question is about, and about nothing less."""
    scope = assertion.scope
    if asked.groups:
        whom = bool(asked.groups & scope.groups) or (_says_no_more(assertion) and _is_theirs(asked, assertion))
    else:
        # "80 of them in the capital" are all, for who asks about the capital.
        of_place = scope.place is not None and asked.names_place(scope.place)
        whom = asked.names(scope.whom) if scope.whom else asked.of_some or of_place or not scope.part
    where = scope.place is None or asked.names_place(scope.place)
    return whom and where and (scope.time is None or asked.names(scope.time))
