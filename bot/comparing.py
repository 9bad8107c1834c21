"""Comparing: which assertions say the same, which say something else, and which are of something else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.assertions import Assertion, counts_in, not_known_in, plain_assertion
from bot.language.asking import Asked, Sought, stems_of
from bot.language.dates import date_of
from bot.language.matter import same_matter
from bot.language.places import is_country
from bot.language.source_names import spelled_alike
from bot.reader.protocol import Candidate
from index.search import Hit

WORTH_COMPARING = 0.015
"""A figure that counts what is asked is a position if its confidence is at least this share of the best one's.

Low, since the words around it have already shown that it counts the same thing.
"""

WORTH_BESIDE_THE_BEST = 0.14
"""The same share for what is no such figure: only what the reader finds nearly as good is shown beside.

Chosen on the sample articles, whose figures contradict each other.
"""

WORTH_AS_EVIDENCE = 0.3
"""The same share for a further sentence that says why, or bears on what can be answered by yes or no."""

MOST_EVIDENCE = 3

MOST_NAMES = 4
"""Words of a person's name."""

SURE_OF_SOME = 0.5
"""Asked how many soldiers died, "12 dead" without a word on who they were answers from this confidence on."""

RIVAL = 0.3
"""The least confidence of an amount that disputes another."""

SURE_ENOUGH = 0.5
"""Asked about nothing that befell people, what says how many died answers only if the reader is about as sure of it."""

GENERAL = 0.5
"""The share of the assertions' articles whose titles name a place which they all are about."""

FEWEST_ARTICLES = 3
"""With fewer articles their titles do not tell."""

Group = tuple[Assertion, ...]
"""Assertions that say the same, the surest first."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the articles say in answer, in groups of assertions that say the same, the surest group first."""

    positions: tuple[Group, ...] = ()
    """What answers the question: one group, or several that contradict each other."""
    also: tuple[Group, ...] = ()
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
        counts = [each for each in every if _counts_what_is_asked(asked, each, candidates[0].confidence)]
        surest = max((each.confidence for each in counts), default=0.0)
        if surest >= min_confidence and not _reads_better(asked, candidates, every, surest):
            return _compare_counts(asked, counts, hits, min_confidence, of_then)
    # The reader learned from questions that a span answers: of yes and no it is less sure than it might be.
    enough = min_confidence / 2 if asked.yes_or_no else min_confidence
    spans = [plain_assertion(each) for each in candidates if each.confidence >= enough]
    if asked.wants_evidence and spans:
        return Comparison((_evidence(asked, spans),), evidence=True)
    groups = _grouped(each for each in spans if each.confidence >= WORTH_BESIDE_THE_BEST * spans[0].confidence)
    rivals = [group for group in groups[1:] if asked.sought is Sought.AMOUNT and _is_rival(groups[0], group)]
    return Comparison((*groups[:1], *rivals), tuple(group for group in groups[1:] if group not in rivals))


def _reads_better(asked: Asked, candidates: Sequence[Candidate], counts: Sequence[Assertion], surest: float) -> bool:
    """Whether the reader is far surer of a span of which the rules cannot tell what it counts."""
    for each in candidates:
        if SURE_ENOUGH * each.confidence <= surest:
            return False
        events = {count.event for count in counts if count.candidate is each}
        if not events - {asked.event, None}:
            return True
    return False


def _is_rival(best: Group, other: Group) -> bool:
    """Whether another amount of the same unit, of which the reader is nearly as sure, is given by other articles."""
    one, two = best[0].figure, other[0].figure
    if one is None or two is None or (one.kind, one.unit) != (two.kind, two.unit):
        return False
    others = {each.article.path for each in other} - {each.article.path for each in best}
    sure = _confidence(other) >= max(SURE_ENOUGH * _confidence(best), RIVAL)
    return sure and bool(others) and same_matter(best[0].article, other[0].article)


def _evidence(asked: Asked, spans: Sequence[Assertion]) -> Group:
    """The sentences that bear on a question which no short answer will do, the surest first.

    Asked what somebody said, what that somebody says comes first.
    """
    said = _preferring([*spans], lambda each: asked.speaker is not None and each.is_said_by(asked.speaker))
    return tuple(each for each in said if each.confidence >= WORTH_AS_EVIDENCE * said[0].confidence)[:MOST_EVIDENCE]


def _counts_what_is_asked(asked: Asked, assertion: Assertion, surest: float) -> bool:
    if asked.event is not None:
        return assertion.event is asked.event
    if asked.of_some:
        return assertion.scope.part and (not asked.groups or bool(asked.groups & assertion.scope.groups))
    if assertion.scope.total or (assertion.event is not None and assertion.confidence < SURE_ENOUGH * surest):
        return False
    counted = assertion.figure.counted if assertion.figure else ""
    return bool(stems_of(counted) & asked.counted) or bool(asked.groups & assertion.scope.groups)


def _compare_counts(
    asked: Asked,
    counts: Sequence[Assertion],
    hits: Sequence[Hit],
    min_confidence: float,
    of_then: Callable[[date], bool] | None,
) -> Comparison:
    surest = max(counts, key=lambda each: each.confidence)
    worth = [each for each in counts if each.confidence >= WORTH_COMPARING * surest.confidence]
    about = [each for each in worth if each.scope.limited and _is_asked_for(asked, each)]
    anchor = max(about, default=surest, key=lambda each: each.confidence)
    worth = [each for each in worth if same_matter(anchor.article, each.article)]
    worth = _without_general_places(worth)
    in_scope = [each for each in worth if _is_asked_for(asked, each)]
    # What is named in the question is preferred to what is said without it.
    in_scope = _preferring(in_scope, lambda each: asked.names_place(each.scope.place or ""))
    in_scope = _preferring(in_scope, lambda each: asked.names(each.scope.whom or ""))
    in_scope = _preferring(
        in_scope, lambda each: of_then is not None and each.as_of is not None and of_then(each.as_of)
    )
    if asked.of_some:
        in_scope = _preferring(in_scope, lambda each: each.scope.part)
    if asked.speaker is not None:
        in_scope = _preferring(in_scope, lambda each: each.is_said_by(asked.speaker or ""))
    positions = _grouped(_as_asked(asked, each) for each in in_scope)
    # Asked about some, what is said of others is beside the point.
    narrow = asked.groups or any(asked.names_place(each.scope.place) for each in worth if each.scope.place)
    of_a_part = [] if narrow else [each for each in worth if each.scope.limited and each not in in_scope]
    limited = _grouped_by_scope([e for e in of_a_part if e.confidence >= WORTH_BESIDE_THE_BEST * surest.confidence])
    enough = max(min_confidence, WORTH_BESIDE_THE_BEST * surest.confidence)
    if positions and _confidence(positions[0]) >= enough:
        unknown = _not_known(asked, hits, in_scope, min_confidence)
        return Comparison((*positions, *unknown), tuple(limited))
    if asked.groups and not in_scope:
        unnamed = [each for each in worth if not each.scope.limited and each.may_be_of_some]
        positions = _grouped(each for each in unnamed if each.confidence >= SURE_OF_SOME)
    every = sorted([*positions, *limited], key=_confidence, reverse=True)
    if not every or _confidence(every[0]) < min_confidence:
        return Comparison()
    return Comparison(tuple(every[:1]), tuple(every[1:]))


def _preferring(assertions: list[Assertion], wanted: Callable[[Assertion], bool]) -> list[Assertion]:
    """Those that are wanted; all of them where none is."""
    return [each for each in assertions if wanted(each)] or assertions


def _is_asked_for(asked: Asked, assertion: Assertion) -> bool:
    """Whether an assertion is about all whom the question is about, and about nothing less."""
    scope = assertion.scope
    if asked.groups:
        whom = bool(asked.groups & scope.groups)
    else:
        whom = asked.names(scope.whom) if scope.whom else asked.of_some or not scope.part
    where = scope.place is None or asked.names_place(scope.place)
    return whom and where and (scope.time is None or asked.names(scope.time))


def _as_asked(asked: Asked, assertion: Assertion) -> Assertion:
    """The assertion without those limits that the question has set itself."""
    scope = assertion.scope
    whom = None if asked.groups or asked.names(scope.whom or "") else scope.whom
    place = None if asked.names_place(scope.place or "") else scope.place
    return replace(assertion, scope=replace(scope, whom=whom, place=place))


def _without_general_places(assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions, no longer limited to the place that they are all about.

    That is a country, or what most of their articles are about by their titles: "Beirut", and with it "the port of
    Beirut".
    """
    articles = {each.article.path: each.article for each in assertions}.values()
    places = {each.scope.place for each in assertions if each.scope.place}
    titles = [article.title for article in articles]
    general = {
        place
        for place in places
        if is_country(place)
        or sum(_names_of(place) in title for title in titles) >= max(GENERAL * len(titles), FEWEST_ARTICLES)
    }
    return [
        replace(each, scope=replace(each.scope, place=None)) if each.scope.place in general else each
        for each in assertions
    ]


def _names_of(place: str) -> str:
    return " ".join(word for word in place.split() if not word[0].islower())


def _not_known(
    asked: Asked, hits: Sequence[Hit], in_scope: Sequence[Assertion], confidence: float
) -> tuple[Group, ...]:
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


def _grouped(assertions: Iterable[Assertion]) -> list[Group]:
    """Assertions that say the same together, the surest first; one that says nothing in short is by itself."""
    groups: list[list[Assertion]] = []
    # Exact figures first: "more than 200" agrees with 225 and with 238, which do not agree with each other.
    for assertion in sorted(assertions, key=lambda each: (each.vague, -each.confidence)):
        same = next((group for group in groups if _say_the_same(group[0], assertion)), None)
        if same is None:
            groups.append([assertion])
        else:
            same.append(assertion)
    return sorted(map(_best_first, groups), key=_confidence, reverse=True)


def _best_first(group: Sequence[Assertion]) -> Group:
    """The surest first; but an exact figure of about the same confidence is better than a vague one."""
    surest = max(each.confidence for each in group)
    return tuple(sorted(group, key=lambda each: (each.vague or each.confidence < surest / 2, -each.confidence)))


def _grouped_by_scope(assertions: Sequence[Assertion]) -> list[Group]:
    """As `_grouped`, but only assertions of the same scope can say the same."""
    by_scope: dict[object, list[Assertion]] = {}
    for each in assertions:
        by_scope.setdefault(replace(each.scope, whom=None), []).append(each)
    groups = [group for some in by_scope.values() for group in _grouped(some)]
    return sorted(groups, key=_confidence, reverse=True)


def _confidence(group: Sequence[Assertion]) -> float:
    return max(each.confidence for each in group)


def _say_the_same(one: Assertion, other: Assertion) -> bool:
    if one.figure is not None and other.figure is not None:
        return one.figure.agrees_with(other.figure)
    if not one.text or not other.text:
        return False
    days = date_of(one.text, one.article.published), date_of(other.text, other.article.published)
    if days[0] and days[1]:
        return days[0].agrees_with(days[1])
    return stems_of(one.text) == stems_of(other.text) or _are_one_name(one, other)


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
