"""An answer: what was asked, what the articles say, and the quotes that prove it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.notes import Note

LONGEST_QUESTION = 1_000
"""Characters; what is longer is no question, and the encoder reads 256 tokens only."""


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    DISPUTED = "disputed"
    NOT_FOUND = "not_found"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article, verbatim, and where they stand.

    `text` is `article_text[start:end]`, checked against the article's bytes when the answer was
    given; `article_text` is the file decoded as `presscite show` says.
    """

    text: str
    article: str
    """The article's path, relative to the corpus folder."""
    title: str
    published: date | None
    outlet: str | None
    start: int
    end: int
    sha256: str
    answer: str | None = None
    """The part of `text` that answers, if the reader could tell."""
    answer_start: int | None = None
    """Where `answer` begins in `text`, in characters."""
    attribution: str | None = None
    """Whose claim it is, in the article's own words, as far as they could be told: "according to the ministry"."""
    also_in: tuple[str, ...] = ()
    """Paths of other articles that are the same text but for small edits, as an agency's text is in many outlets."""

    @property
    def source(self) -> str:
        """Outlet and date, or what of them is known: "Sample Wire, 2022-01-10"."""
        known = [self.outlet or self.article, self.published.isoformat() if self.published else "undated"]
        return ", ".join(known)

    @property
    def place(self) -> str:
        """The article and the characters, as `presscite show --at` takes them."""
        return f"{self.article} {self.start}:{self.end}"

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before the answer, the answer, and the text after it."""
        if self.answer is None or self.answer_start is None:
            return self.text, "", ""
        end = self.answer_start + len(self.answer)
        return self.text[: self.answer_start], self.answer, self.text[end:]

    def as_json(self) -> dict[str, Any]:
        """As in the JSON of an answer."""
        return {
            "text": self.text,
            "answer": self.answer,
            "answer_start": self.answer_start,
            "article": self.article,
            "title": self.title,
            "published": self.published.isoformat() if self.published else None,
            "outlet": self.outlet,
            "start": self.start,
            "end": self.end,
            "sha256": self.sha256,
            "attribution": self.attribution,
            "also_in": list(self.also_in),
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """What a figure is limited to, in the article's own words; at least one of them is known."""

    whom: str | None = None
    """Of whom: "members of the security forces"."""
    place: str | None = None
    """Where: "Almaty"."""
    time: str | None = None
    """When, if that is long before the article: "December 2011"."""

    @property
    def text(self) -> str:
        """All of them: "members of the security forces, in Almaty"."""
        return ", ".join(filter(None, (self.whom, self.place and f"in {self.place}", self.time)))


@dataclass(frozen=True, slots=True)
class Position:
    """One thing that articles say in answer, and all that say so."""

    quotes: tuple[Quote, ...]
    """The newest first; articles that are the same text count once."""
    confidence: float
    value: float | None = None
    """Of a figure: the number that is named; None for "dozens", and for what is no figure."""
    low: float | None = None
    """Of a figure: the least that the words allow."""
    high: float | None = None
    """Of a figure: the most that the words allow; None if they set no bound."""
    unit: str | None = None
    """Of a figure: "" for a count, "USD", "%", "day"; None for what is no figure."""
    as_of: date | None = None
    """The day for which it is said: of a figure that a later article only repeats, the earlier day."""
    scope: Limits | None = None
    """Whom or what it is said of where that is less than what was asked."""

    @property
    def answer(self) -> str | None:
        """The short answer, a verbatim part of the first quote."""
        return self.quotes[0].answer

    @property
    def attribution(self) -> str | None:
        """Whose claim it is, in the words of the newest article that says so; of evidence, that of the answer."""
        same = [each for each in self.quotes if self.low is not None or each.answer == self.answer]
        return next((quote.attribution for quote in same if quote.attribution), None)

    @property
    def published(self) -> date | None:
        """When it was last said; None if no article that says so has a date."""
        return max((quote.published for quote in self.quotes if quote.published), default=None)

    def as_json(self) -> dict[str, Any]:
        """As in the JSON of an answer."""
        return {
            "answer": self.answer,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "scope": self.scope.text if self.scope else None,
            "attribution": self.attribution,
            "published": self.published.isoformat() if self.published else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "confidence": round(self.confidence, 4),
            "quotes": [quote.as_json() for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure as it was given on one day."""

    published: date
    value: float
    answer: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """As in the JSON of an answer."""
        return {
            "published": self.published.isoformat(),
            "value": self.value,
            "answer": self.answer,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A figure in an article's words, and the last day on which it was given."""

    day: date
    answer: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """How a figure grew or shrank from day to day."""

    steps: tuple[Step, ...]
    """The oldest first."""

    @property
    def over_years(self) -> bool:
        """Whether the days are not all of one year, so that they need theirs to be named."""
        return len({step.day.year for step in self.steps}) > 1

    @property
    def text(self) -> str:
        """In a line: "5,800 (9 January) → 9,900 (12 January)"."""
        year = " %Y" if self.over_years else ""
        return " → ".join(f"{step.answer} ({step.day.day} {step.day:%B{year}})" for step in self.steps)


@dataclass(frozen=True, slots=True)
class CountedArticle:
    """An article in which something is mentioned."""

    path: str
    title: str
    outlet: str | None
    published: date | None
    quote: Quote | None = None
    """The first sentence that mentions it; of the first few articles only."""

    @property
    def source(self) -> str:
        """Outlet and date, as `Quote.source`."""
        return f"{self.outlet or self.path}, {self.published.isoformat() if self.published else 'undated'}"

    def as_json(self) -> dict[str, Any]:
        """As in the JSON of an answer."""
        return {
            "article": self.path,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published.isoformat() if self.published else None,
            "quote": self.quote.as_json() if self.quote else None,
        }


@dataclass(frozen=True, slots=True)
class CountedArticles:
    """The articles that mention a term: what Presscite counted, and no article says."""

    term: str
    articles: tuple[CountedArticle, ...]
    """The newest first; those without a date last."""
    in_other_forms: bool = False
    """Whether no article has the very words, so that other forms of them were counted."""

    @property
    def count(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    @property
    def text(self) -> str:
        """In words: "3 articles mention “snipers” (counted by Presscite)"."""
        mention = "article mentions" if self.count == 1 else "articles mention"
        forms = " in other forms of the words" if self.in_other_forms else ""
        return f"{self.count:,} {mention} “{self.term}”{forms} (counted by Presscite)"

    def as_json(self) -> dict[str, Any]:
        """As in the JSON of an answer."""
        return {
            "term": self.term,
            "count": self.count,
            "in_other_forms": self.in_other_forms,
            "articles": [article.as_json() for article in self.articles],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles answer to one question; "not found" is an answer, too."""

    question: str
    status: Status
    confidence: float = 0.0
    """The reader's estimate that its answer is right, from 0 to 1."""
    quotes: tuple[Quote, ...] = ()
    """Best first; empty unless answered. Disputed: those of all positions, in their order."""
    positions: tuple[Position, ...] = ()
    """One if answered, several if disputed: the newest first, and no winner among them."""
    also: tuple[Position, ...] = ()
    """What is said of a part only, or of something near it, where an answered question has such figures, too."""
    change: FigureChange | None = None
    """How a figure grew or shrank by day, where that is the difference."""
    timeline: tuple[DatedFigure, ...] = ()
    """The figure by day, oldest first, where at least three days give one."""
    closest: tuple[Quote, ...] = ()
    """The passages nearest to the question when it was not found."""
    notes: tuple[Note, ...] = ()
    """What was searched, where that is not everything alike: "Only articles by Sample Wire."."""
    counted: CountedArticles | None = None
    """The articles that were counted, if that was asked; then nobody has said the answer."""
    error: str | None = None
    understood: str | None = None
    """What a follow-up was taken to mean, and was answered as; None where the question stands by itself."""

    @property
    def answered(self) -> bool:
        """Whether there is anything to quote."""
        return self.status in (Status.ANSWERED, Status.DISPUTED)

    @property
    def answer(self) -> str | None:
        """The short answer: a verbatim part of the first quote, if it is known and undisputed."""
        return self.quotes[0].answer if self.quotes and self.status is Status.ANSWERED else None

    @property
    def others(self) -> tuple[Quote, ...]:
        """Quotes that give another answer than the first one does."""
        return tuple(quote for quote in self.quotes[1:] if quote.answer and quote.answer != self.answer)

    def as_json(self, identity: Any = None) -> dict[str, Any]:
        """One answer as JSON values; `identity` is what the asker calls the question, if anything."""
        return {
            "id": identity,
            "question": self.question,
            "understood": self.understood,
            "status": self.status.value,
            "answer": self.answer,
            "confidence": round(self.confidence, 4),
            "quotes": [quote.as_json() for quote in self.quotes],
            "positions": [position.as_json() for position in self.positions],
            "also": [position.as_json() for position in self.also],
            "change": self.change.text if self.change else None,
            "timeline": [figure.as_json() for figure in self.timeline],
            "closest": [quote.as_json() for quote in self.closest],
            "notes": [note.text for note in self.notes],
            "counted": self.counted.as_json() if self.counted else None,
            "error": self.error,
        }
