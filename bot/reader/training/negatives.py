"""Hard negatives: passages that a search finds for a question but that do not hold its answer.

Found by BM25 (Robertson and Zaragoza, 2009) among all labelled passages, so that training sees what
the reader will see behind a search.
"""

import re
import string
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.reader.training.labelled import Example

SATURATION = 1.2
LENGTH_WEIGHT = 0.75
NONE = -1

KEPT = 8
LOOKED_AT = 24
LONGEST_EVERYWHERE = 2
"""Characters; an answer as short as that would stand in nearly all passages, and disqualify them."""

_WORD = re.compile(r"\w+")
_BLANKS = str.maketrans(dict.fromkeys(string.punctuation, " "))


def words(text: str) -> list[str]:
    """The lower-case words of a text."""
    return _WORD.findall(text.lower())


def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces, a space at both ends: for "is it inside?"."""
    return f" {' '.join(text.lower().translate(_BLANKS).split())} "


class PassageSearch:
    """BM25 over a list of passages: for each word, the passages that hold it and what it is worth there."""

    def __init__(self, passages: Sequence[str]) -> None:
        self._size = len(passages)
        numbers: dict[str, int] = {}
        split = [[numbers.setdefault(word, len(numbers)) for word in words(passage)] for passage in passages]
        self._numbers = numbers
        lengths = np.array([len(each) for each in split], dtype=np.float32)
        places = np.repeat(np.arange(len(split)), lengths.astype(np.int64))
        flat = np.array([number for each in split for number in each], dtype=np.int64)
        # One key for a word in a passage, in the order of the words, so that a word's passages lie together.
        keys, counts = np.unique(flat * max(1, self._size) + places, return_counts=True)
        columns, self._passages = np.divmod(keys, max(1, self._size))
        self._begins = np.searchsorted(columns, np.arange(len(numbers) + 1))
        documents = np.diff(self._begins)
        rarity = np.log1p((self._size - documents + 0.5) / (documents + 0.5))
        relative = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths / max(float(lengths.mean()), 1.0)
        saturated = counts + SATURATION * relative[self._passages]
        self._worth = (counts * (SATURATION + 1) / saturated * rarity[columns]).astype(np.float32)

    def best(self, question: str, count: int) -> list[int]:
        """The numbers of up to `count` passages that share a word with the question, best first."""
        scores = np.zeros(self._size, dtype=np.float32)
        for word in dict.fromkeys(words(question)):
            number = self._numbers.get(word)
            if number is not None:
                inside = slice(self._begins[number], self._begins[number + 1])
                scores[self._passages[inside]] += self._worth[inside]
        top = np.argpartition(-scores, min(count, self._size) - 1)[:count]
        top = top[np.argsort(-scores[top], kind="stable")]
        return [int(number) for number in top if scores[number] > 0]


def hard_negatives(
    examples: Sequence[Example], passages: Sequence[str], keep: int = KEPT, look: int = LOOKED_AT
) -> NDArray[np.int32]:
    """For each example up to `keep` of the `passages` that BM25 ranks high and that do not hold its answer.

    Nor is one taken that is labelled to answer the same question otherwise, as accounts of one event do. `look` is
    how many passages to take from the search. Gives numbers of passages, shape (examples, keep), best first, NONE
    where there are fewer.
    """
    search = PassageSearch(passages)
    answering = {(example.question, example.context) for example in examples if example.answers}
    flat = [plain(passage) for passage in passages]
    found = np.full((len(examples), keep), NONE, dtype=np.int32)
    for row, example in enumerate(examples):
        forbidden = [plain(answer.text) for answer in example.answers if len(answer.text) > LONGEST_EVERYWHERE]
        fitting = [
            number
            for number in search.best(example.question, look)
            if passages[number] != example.context
            and (example.question, passages[number]) not in answering
            and not any(text in flat[number] for text in forbidden)
        ][:keep]
        found[row, : len(fitting)] = fitting
    return found
