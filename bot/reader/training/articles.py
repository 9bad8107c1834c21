"""Labelled articles: cut into passages as a search shows them, so that a reader learns from what it will be given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.reader.headings import heading_of
from bot.reader.training.labelled import Answer, Example
from bot.reader.training.negatives import PassageSearch, plain
from corpus.article import Article
from index.passage import split_passages

UNANSWERED = 3
"""Passages of its article that a question is asked of in vain: those that share its words are the hardest."""
BESIDE = 1
"""Of a question that is answered, beside the passage that answers it."""


def cut_articles(examples: Iterable[Example]) -> Iterator[Example]:
    """The examples, those over a whole article as the ones over its passages; the others as they are."""
    for example in examples:
        if example.title:
            yield from _over_passages(example)
        else:
            yield example


def _over_passages(whole: Example) -> Iterator[Example]:
    """What a question of an article asks of the passages that answer it, and of those likest to it that do not.

    A passage that merely holds the words of an answer is left out: it may answer, too.
    """
    article = Article("", "text", whole.context, "", "utf-8", 0, whole.title)
    parts = [_Part(heading_of(article, p.start, p.end), p.start, p.end) for p in split_passages(whole.context)]
    texts = [whole.context[part.start : part.end] for part in parts]
    forbidden = [plain(answer.text) for answer in whole.answers]
    answering = [number for number, part in enumerate(parts) if part.answers_of(whole)]
    likest = list(dict.fromkeys((*PassageSearch(texts).best(whole.question, len(texts)), *range(len(texts)))))
    others = [n for n in likest if n not in answering and not any(said in plain(texts[n]) for said in forbidden)]
    for number in (*answering, *others[: BESIDE if answering else UNANSWERED]):
        part = parts[number]
        yield replace(whole, context=texts[number], answers=part.answers_of(whole), title="", heading=part.heading)


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    start: int
    end: int

    def answers_of(self, whole: Example) -> tuple[Answer, ...]:
        """The answers that stand in this passage, by their places in it."""
        inside = (a for a in whole.answers if self.start <= a.start and a.end <= self.end)
        return tuple(Answer(answer.text, answer.start - self.start) for answer in inside)
