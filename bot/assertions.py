"""Assertions: what candidate sentences say; of a figure, what it counts, of whom, where and as of when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.language.asking import Asked, Sought, stems_of
from bot.language.attribution import attribution_of, resolved_source
from bot.language.dates import dates_in
from bot.language.figures import Figure, FigureKind, figure_of, figures_in
from bot.language.news_terms import Event, events_in, groups_in
from bot.language.scope import Scope, clauses_of, counts_everyone, events_of, scopes_of
from bot.language.source_names import is_called
from bot.reader.protocol import Candidate
from corpus.article import Article
from index.search import Hit
from index.sentences import Sentence

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
_TALLY = re.compile(r"\b(?:tolls?|counts?|tally|tallies)\b(?! of)", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:]|\Z)")
"""A number between these counts what the number before it does."""

_NUMBER = re.compile(r"\d[\d.,]*")
MOST_WORDS_BESIDE = 3
"""Words of an answer that is a figure, besides the figure."""

ANYTHING = Scope()
"""No limits."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that a candidate's sentences say; offsets count characters of the article's text."""

    candidate: Candidate
    answer: tuple[int, int] | None
    """Where the short answer stands: the reader's span, or the figure that counts what is asked."""
    figure: Figure | None = None
    """None for what is no figure; its own offsets are those of the text it was found in."""
    event: Event | None = None
    """What befell those who are counted."""
    scope: Scope = ANYTHING
    """What the figure is limited to."""
    as_of: date | None = None
    """The day for which a figure is given."""

    @property
    def confidence(self) -> float:
        """The reader's, of the sentence."""
        return self.candidate.confidence

    @property
    def may_be_of_some(self) -> bool:
        """Whether it gives a figure and no word on whose: "12 dead", but not "12 people"."""
        return self.figure is not None and not counts_everyone(self.figure.counted)

    @property
    def vague(self) -> bool:
        """Whether it gives a figure that may be any of several numbers."""
        return self.figure is not None and self.figure.low != self.figure.high

    def is_said_by(self, name: str) -> bool:
        """Whether the article gives it as the words, or the figure, of whom `name` names."""
        sentence = (self.candidate.start, self.candidate.end)
        text, body_start = self.article.text, self.article.body_start
        said_by = attribution_of(text, sentence, self.answer, body_start=body_start)
        if said_by is None:
            return False
        meant = resolved_source(text, said_by, body_start=body_start)
        return any(is_called(text, each, name, body_start) for each in {said_by.source, meant or said_by.source})

    def names(self, name: str) -> bool:
        """Whether its sentence has the last word of `name`: "the union" in "the union demands 9 per cent"."""
        said = self.article.text[self.candidate.start : self.candidate.end]
        last = name.split()[-1:]
        return bool(last) and stems_of(last[0]) <= stems_of(said)

    @property
    def gives_no_figure(self) -> bool:
        """Whether its number tells none in its sentence: the age of "a man of 63 died", a day, a score."""
        told = figure_of(self.text) is not None and any(map(str.isdigit, self.text))
        return told and _figure_told(self.candidate) is None

    @property
    def source(self) -> str | None:
        """The words of the article for who says it; None if it is the article's own."""
        sentence = (self.candidate.start, self.candidate.end)
        said_by = attribution_of(self.article.text, sentence, self.answer, body_start=self.article.body_start)
        return self.article.text[slice(*said_by.source)] if said_by else None

    @property
    def article(self) -> Article:
        """Whose assertion it is."""
        return self.candidate.hit.found.article

    @property
    def text(self) -> str:
        """The short answer, as it stands in the article; empty if there is none."""
        return self.article.text[slice(*self.answer)] if self.answer else ""


def plain_assertion(candidate: Candidate) -> Assertion:
    """What the reader found, taken as it is."""
    published = candidate.hit.found.article.published
    figure, answer = _figure_read(candidate)
    return Assertion(candidate, answer, figure, as_of=published)


def _figure_read(candidate: Candidate) -> tuple[Figure | None, tuple[int, int] | None]:
    """The figure that the reader found, as its sentence tells it, and the answer with its bound and its currency.

    Of "between 120 and 150 million crowns" the reader may give "120 and 150 million", of "below 43,000 dollars" the
    number. Asked how many years, "six" is enough. An answer that has a number among many words is no figure: "they
    slid to one side".
    """
    told = _figure_told(candidate)
    if candidate.answer is None or told is None:
        return None, candidate.answer
    start, end = (each - candidate.start for each in candidate.answer)
    text = candidate.hit.found.article.text[candidate.start : candidate.end]
    around = f"{text[start : max(start, told.start)]} {text[min(end, told.end) : end]}"
    if len(around.split()) > MOST_WORDS_BESIDE:
        return None, candidate.answer
    if len(_NUMBER.findall(text, start, end)) < len(_NUMBER.findall(text, told.start, told.end)):
        # One end of a range is a figure of its own.
        return figure_of(candidate.answer_text), candidate.answer
    end = max(end, told.end) if told.kind in (FigureKind.MONEY, FigureKind.PERCENT) else end
    return told, (candidate.start + min(start, told.start), candidate.start + end)


def _figure_told(candidate: Candidate) -> Figure | None:
    """The figure of its sentence that the answer is, or has a part of."""
    if candidate.answer is None:
        return None
    start, end = (each - candidate.start for each in candidate.answer)
    text = candidate.hit.found.article.text[candidate.start : candidate.end]
    return next((each for each in figures_in(text) if each.start < end and start < each.end), None)


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


def sentences_before(candidate: Candidate) -> list[Sentence]:
    """The sentences before a candidate in its passage, of those that can be quoted."""
    return [s for s in candidate.hit.found.passage.sentences if s.quotable and s.end <= candidate.start]


def sentence_before(candidate: Candidate) -> Sentence | None:
    """The last of `sentences_before`; None if there is none."""
    return next(reversed(sentences_before(candidate)), None)


def _counts_in(candidate: Candidate) -> Iterator[Assertion]:
    article = candidate.hit.found.article
    text = article.text[candidate.start : candidate.end]
    figures = [each for each in figures_in(text) if each.kind is FigureKind.COUNT]
    clauses = clauses_of(text, figures)
    events = events_of(clauses)
    event = _event_before(candidate, text)
    said = False
    for number, scope in enumerate(scopes_of(clauses, article.published)):
        figure, clause, named = figures[number], clauses[number], events[number]
        # What happened is said once of several figures: "two died in Almaty, three in the east".
        event = named or event
        of_it = event if named or said or not clause.counted else None
        said = said or named is not None
        if number > 0 and not figure.counted and _ELLIPTIC.search(clause.before) and _ENDS.match(clause.after):
            # "The union said that 4,200 people had joined; the ministry counted 2,900."
            figure = replace(figure, counted=figures[number - 1].counted)
        answer = (candidate.start + figure.start, candidate.start + figure.end)
        yield Assertion(candidate, answer, figure, of_it, scope, _as_of(candidate, clause.text))


def _last_event(text: str) -> Event | None:
    events = [event for _, _, event in events_in(text)]
    return events[-1] if events else None


def _event_before(candidate: Candidate, text: str) -> Event | None:
    """What `text` goes on counting, by the sentence before it.

    A count or a toll without a further word goes on with what was counted last, not with what was spoken of last,
    and is of the dead where they were: "220 were killed and 110 were missing. Many of the missing were drivers. The
    ministry's count stood at 160."
    """
    article = candidate.hit.found.article
    before = [article.text[each.start : each.end] for each in sentences_before(candidate)]
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
