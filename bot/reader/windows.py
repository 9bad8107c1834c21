"""Windows: a question and a piece of a passage as token numbers, with the way back to characters.

The form is BERT's `[CLS] question [SEP] passage [SEP]`, or RoBERTa's, which has two separators; a
passage too long for one window is cut into several that overlap (Devlin et al. 2019, section 4.2 and
its published code).
"""

from dataclasses import dataclass

import numpy as np

from index.tokenising import IntegerArray, Tokeniser, Tokens

MAXIMUM_LENGTH = 256
MAXIMUM_QUESTION = 64
MAXIMUM_HEADING = 64
HEADING_SHARE = 0.25
"""Of a window at most, so that a network that takes few tokens still reads the passage."""
STRIDE = 128

NO_HEADING: IntegerArray = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader.

    numbers: shape (n,), the whole input; first: where its second text starts in it, which is the heading, if there is
    one, and the passage; heading: how many tokens the heading has; offsets: shape (m, 2), the characters in the passage
    of its m tokens, so n = first + heading + m + 1.
    """

    numbers: IntegerArray
    first: int
    offsets: IntegerArray
    heading: int = 0

    @property
    def inside(self) -> slice:
        """Where the passage's own tokens stand in the input."""
        start = self.first + self.heading
        return slice(start, start + len(self.offsets))


class Windower:
    """Cuts questions and passages into windows.

    maximum_length counts all tokens of a window, special ones too; stride counts the passage tokens
    that a window shares with the next. A heading is the tokens of what stands before every piece of a passage, such as
    its article's title; of it no span is an answer.
    """

    def __init__(self, tokeniser: Tokeniser, maximum_length: int = MAXIMUM_LENGTH, stride: int = STRIDE) -> None:
        self.tokeniser = tokeniser
        self.maximum_length = maximum_length
        self.stride = stride
        self.maximum_heading = min(MAXIMUM_HEADING, int(HEADING_SHARE * maximum_length))

    def room(self, question: IntegerArray, heading: IntegerArray = NO_HEADING) -> int:
        """How many passage tokens fit into a window beside this question and heading."""
        beside = min(len(question), MAXIMUM_QUESTION) + min(len(heading), self.maximum_heading)
        return self.maximum_length - beside - 2 - self.tokeniser.separators

    def window(
        self, question: IntegerArray, passage: Tokens, begin: int = 0, heading: IntegerArray = NO_HEADING
    ) -> Window:
        """The window whose passage part starts at token `begin`, as long as fits."""
        question, heading = question[:MAXIMUM_QUESTION], heading[: self.maximum_heading]
        stop = begin + self.room(question, heading)
        piece = passage.numbers[begin:stop]
        start, end = [self.tokeniser.start], [self.tokeniser.end]
        between = end * self.tokeniser.separators
        numbers = np.concatenate([start, question, between, heading, piece, end], dtype=np.int32)
        return Window(numbers, len(question) + 1 + len(between), passage.offsets[begin:stop], len(heading))

    def begins(self, question: IntegerArray, passage: Tokens, heading: IntegerArray = NO_HEADING) -> list[int]:
        """Where the windows over a passage start so that together they cover it."""
        room = self.room(question, heading)
        step = max(1, room - self.stride)
        begins = [0]
        while begins[-1] + room < len(passage):
            begins.append(begins[-1] + step)
        return begins

    def windows(self, question: IntegerArray, passage: Tokens, heading: IntegerArray = NO_HEADING) -> list[Window]:
        """All windows over a passage; one for a passage that fits, an empty one too."""
        begins = self.begins(question, passage, heading)
        return [self.window(question, passage, begin, heading) for begin in begins]


def token_span(offsets: IntegerArray, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token that cover the characters start to end; None where they are not inside."""
    if not len(offsets) or start < offsets[0, 0] or end > offsets[-1, 1]:
        return None
    first = int(np.searchsorted(offsets[:, 1], start, side="right"))
    last = int(np.searchsorted(offsets[:, 0], end, side="left")) - 1
    return (first, last) if first <= last else None
