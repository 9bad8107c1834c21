"""Assertions: what candidate sentences say; of a figure, what it counts, of whom, where and as of when."""

import re
from dataclasses import dataclass
from datetime import date

from bot.language.asking import stems_of
from bot.language.attribution import attribution_of, resolved_source
from bot.language.figures import Figure, FigureKind, figure_of, figures_in
from bot.language.news_terms import Event
from bot.language.scope import Scope, counts_everyone
from bot.language.source_names import is_called
from bot.reader.protocol import Candidate
from corpus.article import Article
from index.sentences import Sentence

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


def sentences_before(candidate: Candidate) -> list[Sentence]:
    """The sentences before a candidate in its passage, of those that can be quoted."""
    return [s for s in candidate.hit.found.passage.sentences if s.quotable and s.end <= candidate.start]


def sentence_before(candidate: Candidate) -> Sentence | None:
    """The last of `sentences_before`; None if there is none."""
    return next(reversed(sentences_before(candidate)), None)
