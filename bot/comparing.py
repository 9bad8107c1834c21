"""Comparing: which assertions say the same, which say something else, and which are of something else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.assertions import Assertion, plain_assertion
from bot.contradicting import contradicts
from bot.grouping import ABOUT_AS_SURE, WORTH_BESIDE_THE_BEST, Claim, confidence_of, grouped, grouped_by_scope
from bot.language.asking import Asked, Sought
from bot.language.figures import FigureKind
from bot.language.matter import same_matter
from bot.placing import place_asked
from bot.reader.protocol import Candidate
from bot.scoping import (
    as_narrow_as_asked,
    beside_what_is_asked,
    counts_something_else,
    counts_what_is_asked,
    is_money,
    is_of_no_event,
    of_one_kind,
    of_one_matter,
    preferring,
    without_what_is_asked,
)
from bot.tallies import counts_in, not_known_in
from index.search import Hit

WORTH_COMPARING = 0.015
"""A figure that counts what is asked is a position if its confidence is at least this share of the best one's.

Low, since the words around it have already shown that it counts the same thing.
"""

WORTH_AS_EVIDENCE = 0.3
"""The same share for a further sentence that says why, or bears on what can be answered by yes or no."""

MOST_EVIDENCE = 3

SURE_OF_SOME = 0.5
"""Asked how many soldiers died, "12 dead" without a word on who they were answers from this confidence on."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the articles say in answer, in groups of assertions that say the same, the surest group first."""

    positions: tuple[Claim, ...] = ()
    """What answers the question: one group, or several that contradict each other."""
    also: tuple[Claim, ...] = ()
    """What is of something else than was asked, or only stands beside the answer."""
    evidence: bool = False
    """Whether the position is made of sentences that bear on the question, rather than of those that say the same."""

    @property
    def disputed(self) -> bool:
        """Whether the articles contradict each other."""
        return len(self.positions) > 1


def compare(
    asked: Asked,
    candidates: Sequence[Candidate],
    min_confidence: float,
    *,
    hits: Sequence[Hit] = (),
    of_then: Callable[[date], bool] | None = None,
) -> Comparison:
    """What `candidates`, the surest first, say in answer; an empty comparison if none is sure enough.

    For a question that a count answers, every count of their sentences is weighed, and what counts something
    else is left out; otherwise the reader's spans are taken as they are. That it is not known how many is
    looked for in all `hits`. `of_then` tells the days that the question is about, if it says so.
    """
    if asked.sought is Sought.COUNT:
        every = counts_in(candidates)
        counted = [each for each in every if counts_what_is_asked(asked, each, candidates[0].confidence)]
        counts = of_one_kind(asked, counted)
        surest = max((each.confidence for each in counts), default=0.0)
        if surest >= min_confidence and not _reads_better(asked, candidates, every, surest):
            return _compare_counts(asked, counts, hits, min_confidence, of_then)
        read = [each for each in every if _overlap(each.answer, each.candidate.answer)]
        others = [each.candidate for each in read if counts_something_else(asked, each) or is_of_no_event(asked, each)]
        candidates = [each for each in candidates if each not in others and not is_money(asked, plain_assertion(each))]
    # The reader learned from questions that a span answers: of yes and no it is less sure than it might be.
    enough = min_confidence / 2 if asked.yes_or_no else min_confidence
    spans = [plain_assertion(each) for each in candidates if each.confidence >= enough]
    if asked.sought is Sought.COUNT:
        spans = [each for each in spans if not each.gives_no_figure]
    if asked.sought is Sought.TIME:
        spans = [each for each in spans if each.figure is None or not each.figure.counted]
    if asked.wants_evidence and spans:
        return Comparison((_evidence(asked, spans),), evidence=True)
    who = asked.speaker
    if who is not None and spans:
        spans = preferring(spans, lambda each: each.is_said_by(who) or each.names(who))
    if asked.wants_share and spans:
        spans = preferring(spans, lambda each: each.figure is not None and each.figure.kind is FigureKind.PERCENT)
    groups = grouped(each for each in spans if each.confidence >= WORTH_BESIDE_THE_BEST * spans[0].confidence)
    rivals = [group for group in groups[1:] if contradicts(asked, group, groups[0])]
    return Comparison((*groups[:1], *rivals), tuple(group for group in groups[1:] if group not in rivals))


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is not None and other is not None and max(one[0], other[0]) < min(one[1], other[1])


def _reads_better(asked: Asked, candidates: Sequence[Candidate], counts: Sequence[Assertion], surest: float) -> bool:
    """Whether the reader is far surer of a span of which the rules cannot tell what it counts.

    A count that says both what befell them and whom needs to be less sure: "two of the dead are soldiers" of all
    the soldiers who are counted.
    """
    told = any(count.event is asked.event and asked.groups & count.scope.groups for count in counts)
    enough = WORTH_BESIDE_THE_BEST if asked.event is not None and told else ABOUT_AS_SURE
    for each in candidates:
        if enough * each.confidence <= surest:
            return False
        events = {count.event for count in counts if count.candidate is each}
        if not events - {asked.event, None}:
            return True
    return False


def _evidence(asked: Asked, spans: Sequence[Assertion]) -> Claim:
    """The sentences that bear on a question which no short answer will do, the surest first.

    Asked what somebody said, what that somebody says comes first.
    """
    said = preferring([*spans], lambda each: asked.speaker is not None and each.is_said_by(asked.speaker))
    worth = [each for each in said if each.confidence >= WORTH_AS_EVIDENCE * said[0].confidence]
    return tuple(replace(each, figure=None) for each in worth[:MOST_EVIDENCE])


def _compare_counts(
    asked: Asked,
    counts: Sequence[Assertion],
    hits: Sequence[Hit],
    min_confidence: float,
    of_then: Callable[[date], bool] | None,
) -> Comparison:
    """The counts of all whom the question is about as positions, and those of some of them beside."""
    surest = max(each.confidence for each in counts)
    worth = of_one_matter(asked, [each for each in counts if each.confidence >= WORTH_COMPARING * surest])
    place = place_asked(asked, worth)
    in_scope = as_narrow_as_asked(asked, worth, place, of_then, min_confidence)
    positions = grouped(without_what_is_asked(asked, each) for each in in_scope)
    of_some = [each for each in beside_what_is_asked(asked, worth, place) if each not in in_scope]
    theirs = asked.groups and in_scope and confidence_of(in_scope) >= min_confidence
    of_some = [] if theirs else of_some
    limited = grouped_by_scope([each for each in of_some if each.confidence >= WORTH_BESIDE_THE_BEST * surest])
    if positions and confidence_of(positions[0]) >= max(min_confidence, WORTH_BESIDE_THE_BEST * surest):
        unknown = _not_known(asked, hits, in_scope, min_confidence)
        return Comparison((*positions, *unknown), tuple(limited))
    if asked.groups and not in_scope:
        unnamed = [each for each in worth if not each.scope.limited and each.may_be_of_some]
        positions = grouped(each for each in unnamed if each.confidence >= SURE_OF_SOME)
    # Nothing is said of all: the surest of some answers, and disputes nothing; but what was long ago is no answer.
    of_now = [group for group in limited if group[0].scope.time is None]
    every = sorted([*positions, *(of_now or limited)], key=confidence_of, reverse=True)
    if not every or confidence_of(every[0]) < min_confidence:
        return Comparison()
    return Comparison(tuple(every[:1]), tuple(every[1:]))


def _not_known(
    asked: Asked, hits: Sequence[Hit], in_scope: Sequence[Assertion], confidence: float
) -> tuple[Claim, ...]:
    """That it is not known how many, as a position, unless an article of a later day says how many."""
    if asked.event is None or asked.groups or any(each.scope.whom for each in in_scope):
        return ()
    about = in_scope[0].article
    same = [hit for hit in hits if same_matter(about, hit.found.article)]
    newest = max((each.as_of for each in in_scope if each.as_of), default=None)
    said = [
        each
        for each in not_known_in(same, asked.event, confidence)
        if newest is None or (each.as_of is not None and each.as_of >= newest)
    ]
    return (tuple(said),) if said else ()
