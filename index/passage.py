"""Passages: runs of whole sentences, short enough to embed and to read, as (start, end)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.sentences import Sentence, split_paragraphs

SPLITTER_VERSION = 2
"""Counts up whenever the same text would be split otherwise; an older index is then rebuilt."""

TARGET_LENGTH = 600
"""Characters of a full passage, about 120 tokens of English: the encoder reads at most 256."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article's text, in characters, and the sentences that make it up."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]

    def quotable_text(self, text: str) -> str:
        """The sentences of this passage that are news, joined by spaces; may be empty."""
        return " ".join(text[s.start : s.end] for s in self.sentences if s.quotable)


def news_of(text: str, passages: Iterable[Passage]) -> str:
    """All sentences of these passages of `text` that are news, joined by spaces; may be empty."""
    return " ".join(filter(None, (passage.quotable_text(text) for passage in passages)))


def split_passages(text: str, start: int = 0, target_length: int = TARGET_LENGTH) -> Iterator[Passage]:
    """Split `text` from `start` on into passages of about `target_length` characters.

    Sentences are never cut. A paragraph stays whole where it fits, and a passage that is at
    least half full ends with its paragraph. Every character that is not white space lies in
    exactly one passage.
    """
    waiting: list[Sentence] = []
    for paragraph in split_paragraphs(text, start):
        for sentence in paragraph.sentences:
            if waiting and sentence.end - waiting[0].start > target_length:
                yield _passage(waiting)
                waiting = []
            waiting.append(sentence)
        if waiting and waiting[-1].end - waiting[0].start >= target_length / 2:
            yield _passage(waiting)
            waiting = []
    if waiting:
        yield _passage(waiting)


def _passage(sentences: list[Sentence]) -> Passage:
    return Passage(sentences[0].start, sentences[-1].end, tuple(sentences))
