"""An answer: what was asked, what the articles say, and the quotes that prove it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


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
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles answer to one question; "not found" is an answer, too."""

    question: str
    status: Status
    confidence: float = 0.0
    """The reader's estimate that its answer is right, from 0 to 1."""
    quotes: tuple[Quote, ...] = ()
    """Best first; empty unless answered."""
    closest: tuple[Quote, ...] = ()
    """The passages nearest to the question when it was not found."""
    error: str | None = None
    understood: str | None = None
    """What a follow-up was taken to mean, and was answered as; None where the question stands by itself."""

    @property
    def answered(self) -> bool:
        """Whether there is anything to quote."""
        return self.status in (Status.ANSWERED, Status.DISPUTED)

    @property
    def answer(self) -> str | None:
        """The short answer: a verbatim part of the first quote, if the reader could tell it."""
        return self.quotes[0].answer if self.quotes else None

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
            "closest": [quote.as_json() for quote in self.closest],
            "error": self.error,
        }
