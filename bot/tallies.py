"""Tallies: every count in candidates' sentences, and what, whom, where and as of when it counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from bot.assertions import Assertion, sentence_before, sentences_before
from bot.language.asking import Asked, Sought
from bot.language.dates import dates_in
from bot.language.figures import Figure, FigureKind, figures_in
from bot.language.news_terms import Event, events_in, groups_in
from bot.language.scope import clauses_of, counts_everyone, events_of, long_ago_in, scopes_of
from bot.reader.protocol import Candidate
from index.search import Hit

_DATE_ONLY = re.compile(r"[\W_]*(?:\w+[\W_]+){0,2}\w+[\W_]*")
_NOT_KNOWN = re.compile(
    r"\b(?:(?:still|yet|as yet|remains?)\s+)?(?:unknown|unclear|unconfirmed|under confirmation"
    r"|being (?:clarified|checked|verified|established)"
    r"|not (?:yet )?(?:known|clear|been (?:confirmed|established|released|published)))\b",
    re.IGNORECASE,
)

_OF_THE_EVENT = re.compile(
    r"\b(?:(?:since|from|before|after|when|during)\b|(?:in|by|of|from) (?:the|an?|its)\s+(?:[\w-]+\s+){0,3}?(?:attacks?"
    r"|blast|bombing|clash(?:es)?|collapse|crash|accident|disaster|(?:earth)?quake|explosion|fighting|fires?|floods?"
    r"|protests?|raids?|riots?|shooting|storm|strikes?|tsunami|unrest|violence)\b)[^,;:]*\Z",
    re.IGNORECASE,
)
"""Before a day that is the event's, or the first of those that are counted, and not that of the count."""

PASSED_OVER = 0.1
"""The confidence of a sentence that the reader had nothing to say of, as a share of the best in its passage."""

GOES_ON = 0.5
"""The same, as a share of the sentence before it, for one that goes on with a bare figure: "An agency has 12,000"."""

_ELLIPTIC = re.compile(
    r"\b(?:count(?:s|ed)|sa(?:id|ys)|spoke of|speaks? of|put(?:s)? (?:it|them|the (?:number|figure|total|count)) at"
    r"|estimate[sd]?|gave|reported|told of)\s*\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|from) (?:the )?(?:(?:earlier|first|initial|last|official|original|previous) )?"
    r"(?:(?:figure|count) of )?\Z",
    re.IGNORECASE,
)
"""Before a number that counts what a number before it does."""
_AT_THAT_TIME = re.compile(
    r"\W*(?:(?:at|by) (?:the|that) time|back then|(?:in )?that (?:year|time|winter|spring|summer|autumn|disaster))\b",
    re.IGNORECASE,
)
_TOLL = re.compile(r"\btolls?\b", re.IGNORECASE)
_TALLY = re.compile(r"\b(?:counts?|tally|tallies)\b(?! of)", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:]|\Z)")
"""A number between these counts what the number before it does."""


def counts_in(candidates: Sequence[Candidate]) -> list[Assertion]:
    """All counts in these candidates' sentences, as assertions, in their order; then those of their neighbours.

    The reader gives the best spans of a passage only. Sentences of the same passages that it had nothing to say
    of may count the same thing, too; their confidence is PASSED_OVER of the best in their passage.
    """
    every = [*candidates, *_passed_over(candidates)]
    return [assertion for candidate in every for assertion in _counts_in(candidate)]


def _passed_over(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    best: dict[int, Candidate] = {}
    for each in candidates:
        known = best.get(each.hit.found.id)
        best[each.hit.found.id] = known if known and known.confidence >= each.confidence else each
    read = {(each.hit.found.id, each.end): each.confidence for each in candidates}
    for each in best.values():
        found, before = each.hit.found, 0.0
        for sentence in found.passage.sentences:
            if not sentence.quotable:
                continue
            confidence = read.get((found.id, sentence.end))
            if confidence is None:
                least = PASSED_OVER * each.confidence
                if _goes_on(found.article.text[sentence.start : sentence.end]):
                    least = max(least, GOES_ON * before)
                yield Candidate(each.hit, sentence.start, sentence.end, least)
            before = confidence or 0.0


def _goes_on(text: str) -> bool:
    """Whether the last figure of a sentence is a count that does not say what it counts."""
    figures = list(figures_in(text))
    return bool(figures) and figures[-1].kind is FigureKind.COUNT and not figures[-1].counted


def not_known_in(hits: Iterable[Hit], event: Event, confidence: float) -> Iterator[Assertion]:
    """The sentences of these passages that say that it is not known how many, and give no count either.

    The reader, which looks for a number, has no score for them: they all have `confidence`.
    """
    for hit in hits:
        text = hit.found.article.text
        for sentence in hit.found.passage.sentences:
            said = text[sentence.start : sentence.end]
            unknown = _NOT_KNOWN.search(said)
            of_all = event is _last_event(said) and not any(groups_in(said)) and not figures_in(said)
            if sentence.quotable and unknown and of_all:
                answer = (sentence.start + unknown.start(), sentence.start + unknown.end())
                yield Assertion(
                    Candidate(hit, sentence.start, sentence.end, confidence, answer), answer, event=event,
                    as_of=hit.found.article.published,
                )  # fmt: skip


def gives_such_a_figure(asked: Asked, text: str) -> bool:
    """Whether `text` may give a count or an amount as is asked for; cheap, since it chooses what is worth reading."""
    if asked.sought not in (Sought.COUNT, Sought.AMOUNT):
        return False
    if asked.event is not None and not any(each == asked.event for _, _, each in events_in(text)):
        return False
    counted = asked.sought is Sought.COUNT
    return any((each.kind is FigureKind.COUNT) is counted for each in figures_in(text))


def _counts_in(candidate: Candidate) -> Iterator[Assertion]:
    article = candidate.hit.found.article
    text = article.text[candidate.start : candidate.end]
    figures = _completed(text, [each for each in figures_in(text) if each.kind is FigureKind.COUNT])
    clauses = clauses_of(text, figures)
    events = events_of(clauses)
    event = _event_before(candidate, text)
    said = False
    then = _time_before(candidate, text)
    for number, scope in enumerate(scopes_of(clauses, article.published)):
        figure, clause, named = figures[number], clauses[number], events[number]
        # What happened is said once of several figures: "two died in Almaty, three in the east".
        event = named or event
        of_it = event if named or said or not clause.counted else None
        said = said or named is not None
        answer = (candidate.start + figure.start, candidate.start + figure.end)
        dated = replace(scope, time=scope.time or then, part=scope.part or _is_item(text, figures[0], figure))
        yield Assertion(candidate, answer, figure, of_it, dated, _as_of(candidate, clause.text))


def _is_item(text: str, first: Figure, figure: Figure) -> bool:
    """Whether a number is an item of which the first of the sentence is the sum: "198 people: 184 guests, 14 crew"."""
    listed = text.find(": ", first.end, figure.start) >= 0 and counts_everyone(first.counted)
    return listed and first.low > figure.high


def _time_before(candidate: Candidate, text: str) -> str | None:
    """Of "At that time 300 died" the time that the sentence before names, if that is long ago."""
    before = sentence_before(candidate)
    if before is None or _AT_THAT_TIME.match(text) is None:
        return None
    article = candidate.hit.found.article
    return long_ago_in(article.text[before.start : before.end], article.published)


def _completed(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures, with what is counted where it was said of one before.

    "The union said that 4,200 people had joined; the ministry counted 2,900." What is compared counts what the
    figure nearest to it does: "2,030 soldiers with 250 vehicles, fewer than the 2,500 mentioned before".
    """
    complete: list[Figure] = []
    for figure in figures:
        like = _said_before(text, complete, figure) if complete and not figure.counted else None
        complete.append(replace(figure, counted=like.counted) if like else figure)
    return complete


def _said_before(text: str, earlier: Sequence[Figure], figure: Figure) -> Figure | None:
    """The figure that says what this one counts, None if none does."""
    before, after = text[earlier[-1].end : figure.start], text[figure.end :]
    if _COMPARED.search(before):
        return min(earlier, key=lambda each: _ratio(each, figure))
    return earlier[-1] if _ELLIPTIC.search(before) and _ENDS.match(after) else None


def _ratio(one: Figure, other: Figure) -> float:
    """How many times the smaller value the greater one is; infinite where one is zero, or has no value."""
    if not one.value or not other.value:
        return inf
    return max(one.value, other.value) / min(one.value, other.value)


def _last_event(text: str) -> Event | None:
    events = [event for _, _, event in events_in(text)]
    return events[-1] if events else None


def _event_before(candidate: Candidate, text: str) -> Event | None:
    """What `text` goes on counting, by the sentence before it.

    A toll is of the dead. A count without a further word goes on with what was counted last, not with what was spoken
    of last, and is of the dead where they were: "220 were killed and 110 were missing. Many of the missing were
    drivers. The ministry's count stood at 160."
    """
    article = candidate.hit.found.article
    before = [article.text[each.start : each.end] for each in sentences_before(candidate)]
    if _TOLL.search(text):
        return Event.DEATH
    if _TALLY.search(text):
        counted = next((each for each in reversed(before) if any(events_in(each)) and any(figures_in(each))), "")
        if any(event is Event.DEATH for _, _, event in events_in(counted)):
            return Event.DEATH
    return _last_event(before[-1]) if before else None


def _as_of(candidate: Candidate, clause: str) -> date | None:
    """The day that the clause names; else the day that heads a chronicle's entry; else the article's own."""
    article = candidate.hit.found.article
    named = [
        day.first
        for day in dates_in(clause, article.published)
        if day.first == day.last
        and _OF_THE_EVENT.search(clause, 0, day.start) is None
        and not clause.startswith(("'s", "’s"), day.end)
    ]
    if named:
        return named[-1]
    for sentence in reversed(candidate.hit.found.passage.sentences):
        text = article.text[sentence.start : sentence.end]
        if sentence.end <= candidate.start and _DATE_ONLY.fullmatch(text):
            heading = [day.first for day in dates_in(text, article.published) if day.first == day.last]
            if heading:
                return heading[0]
    return article.published
