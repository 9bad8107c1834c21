"""Windows: a question and a piece of a passage as token numbers, with the way back to characters.

The form is BERT's `[CLS] question [SEP] passage [SEP]`; a passage too long for one window is cut
into several that overlap (Devlin et al. 2019, section 4.2 and its published code).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from corpus.errors import ModelError

IntegerArray = npt.NDArray[np.int32]

MAXIMUM_LENGTH = 256
MAXIMUM_QUESTION = 64
STRIDE = 128


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's token numbers, shape (n,), and their character offsets, shape (n, 2)."""

    numbers: IntegerArray
    offsets: IntegerArray

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader.

    numbers: shape (n,), the whole input; first: where the passage's tokens start in it;
    offsets: shape (m, 2), the characters in the passage of its m tokens, so n = first + m + 1.
    """

    numbers: IntegerArray
    first: int
    offsets: IntegerArray


class Windower:
    """Cuts texts into tokens and windows, by the tokeniser of one encoder folder.

    folder holds `tokenizer.json`; maximum_length counts all tokens of a window, special ones too;
    stride counts the passage tokens that a window shares with the next.
    Raises `ModelError` where the folder has no tokeniser that can be used.
    """

    def __init__(self, folder: Path, maximum_length: int = MAXIMUM_LENGTH, stride: int = STRIDE) -> None:
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(f"{folder}: there is no tokenizer.json.")
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.start_number = self._special("[CLS]", "<s>")
        self.end_number = self._special("[SEP]", "</s>")
        self.padding_number = self._special("[PAD]", "<pad>")
        self.maximum_length = maximum_length
        self.stride = stride

    def _special(self, *names: str) -> int:
        for name in names:
            number = self._tokenizer.token_to_id(name)
            if number is not None:
                return int(number)
        raise ModelError(f"The tokeniser has none of the tokens {names}.")

    def number_of(self, token: str) -> int | None:
        """The number of a token; None where the vocabulary lacks it."""
        number = self._tokenizer.token_to_id(token)
        return None if number is None else int(number)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, without special ones."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [
            Tokens(np.array(e.ids, dtype=np.int32), np.array(e.offsets, dtype=np.int32).reshape(-1, 2))
            for e in encodings
        ]

    def room(self, question: IntegerArray) -> int:
        """How many passage tokens fit into a window beside this question."""
        return self.maximum_length - min(len(question), MAXIMUM_QUESTION) - 3

    def window(self, question: IntegerArray, passage: Tokens, begin: int = 0) -> Window:
        """The window whose passage part starts at token `begin`, as long as fits."""
        question = question[:MAXIMUM_QUESTION]
        stop = begin + self.room(question)
        piece = passage.numbers[begin:stop]
        start, end = [self.start_number], [self.end_number]
        numbers = np.concatenate([start, question, end, piece, end]).astype(np.int32)
        return Window(numbers, len(question) + 2, passage.offsets[begin:stop])

    def begins(self, question: IntegerArray, passage: Tokens) -> list[int]:
        """Where the windows over a passage start so that together they cover it."""
        room = self.room(question)
        step = max(1, room - self.stride)
        begins = [0]
        while begins[-1] + room < len(passage):
            begins.append(begins[-1] + step)
        return begins

    def windows(self, question: IntegerArray, passage: Tokens) -> list[Window]:
        """All windows over a passage; one for a passage that fits, an empty one too."""
        return [self.window(question, passage, begin) for begin in self.begins(question, passage)]


def token_span(offsets: IntegerArray, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token that cover the characters start to end; None where they are not inside."""
    if not len(offsets) or start < offsets[0, 0] or end > offsets[-1, 1]:
        return None
    first = int(np.searchsorted(offsets[:, 1], start, side="right"))
    last = int(np.searchsorted(offsets[:, 0], end, side="left")) - 1
    return (first, last) if first <= last else None
