"""What a reader is: the one small protocol between retrieval and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.search import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in an article that may answer; offsets count characters of the article's text."""

    hit: Hit
    """The passage that holds it."""
    start: int
    end: int
    """The sentences to quote."""
    confidence: float
    """The probability that it answers, from 0 to 1, comparable across passages and questions."""
    answer: tuple[int, int] | None = None
    """The part that answers, within `start` and `end`, if the reader can tell."""

    @property
    def answer_text(self) -> str:
        """The part that answers, as it stands in the article; empty if there is none."""
        return self.hit.found.article.text[slice(*self.answer)] if self.answer else ""


class Reader(Protocol):
    """Reads passages for a question."""

    def read(self, question: str, hits: Sequence[Hit], *, every: bool = False) -> list[Candidate]:
        """What in these passages may answer `question`, best first; empty if nothing may.

        `every` passage is to be read; otherwise a reader may stop when it is sure.
        """
        ...
