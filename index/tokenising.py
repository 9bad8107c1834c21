"""Tokens: a text as the numbers that a network reads, with the way back to characters; imports tokenizers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IntegerArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's token numbers, shape (n,), and their character offsets, shape (n, 2)."""

    numbers: IntegerArray
    offsets: IntegerArray

    def __len__(self) -> int:
        return len(self.numbers)


class Tokeniser:
    """Cuts texts into tokens as one model was trained to.

    `separators` is how many end tokens stand between the texts of a pair: 1 for BERT, 2 for RoBERTa
    and its kin. Raises `ModelError` where the tokeniser lacks the tokens that mark start, end and padding.
    """

    def __init__(self, tokeniser: "Tokenizer", separators: int = 1) -> None:
        self._tokeniser = tokeniser
        self._tokeniser.no_truncation()
        self._tokeniser.no_padding()
        self.start = self._special("[CLS]", "<s>")
        self.end = self._special("[SEP]", "</s>")
        self.padding = self._special("[PAD]", "<pad>")
        self.separators = separators

    @classmethod
    def from_folder(cls, folder: Path) -> "Tokeniser":
        """The tokeniser in a model's folder. Raises `ModelError` where it has none that can be used."""
        from tokenizers import Tokenizer

        file = folder / "tokenizer.json"
        if not file.is_file():
            raise ModelError(f"{folder}: there is no tokenizer.json.", "Give the folder of a published encoder.")
        return cls(Tokenizer.from_file(str(file)))

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, without special ones."""
        encodings = self._tokeniser.encode_batch(list(texts), add_special_tokens=False)
        return [
            Tokens(np.array(each.ids, dtype=np.int32), np.array(each.offsets, dtype=np.int32).reshape(-1, 2))
            for each in encodings
        ]

    def number_of(self, token: str) -> int | None:
        """The number of a token; None where the vocabulary lacks it."""
        number = self._tokeniser.token_to_id(token)
        return None if number is None else int(number)

    def _special(self, *names: str) -> int:
        for name in names:
            number = self.number_of(name)
            if number is not None:
                return number
        raise ModelError(f"The tokeniser has none of the tokens {names}.", "Give another model.")


def batches_of_one_length(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """The numbers of some rows in batches, longest first, so that little of a batch is padding.

    A batch has up to `budget` tokens, padding included, and at least one row.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    while order:
        size = max(1, budget // max(1, lengths[order[0]]))
        yield order[:size]
        order = order[size:]
