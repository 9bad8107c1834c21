"""Reading: the best answer spans of passages to a question, with their scores."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.reader.windows import Window, Windower
from index.tokenising import batches_of_one_length

Floats = NDArray[np.float32]

Headed = tuple[str, str]
"""A passage behind its heading, which may be empty."""

LONGEST_ANSWER = 30
"""Tokens; hardly any labelled answer is longer."""

COST_OF_A_TOKEN = 0.03
"""What each further token takes from the score of a part of a span, when the best part of it is looked for.

Start and end are scored apart, so that a span from one answer to another scores as high as either.
"""

BATCH_TOKENS = 4096

READINGS_REMEMBERED = 4096
"""Of a question and a passage; a few kilobytes each."""


@dataclass(frozen=True, slots=True)
class Span:
    """An answer: characters `start` to `end` of the passage; its score is its start plus its end logit."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in one passage."""

    spans: tuple[Span, ...]
    """Best first; empty for a passage without words."""
    null_score: float
    """SQuAD 2.0's score of "no answer here", of the scale of span scores; the lowest of all windows."""
    nothing: float
    """Logit of the no-answer head; the lowest of all windows."""


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What a network says of one window of m passage tokens."""

    starts: Floats
    """Shape (m,): the score that the answer starts at a token."""
    ends: Floats
    null_score: float
    """Start plus end score of the first token, which stands for "no answer"."""
    nothing: float
    """Logit that the window does not answer."""


class Scorer(Protocol):
    """A network that scores windows."""

    def score(self, windows: Sequence[Window]) -> Sequence[WindowScores]:
        """The scores of each window, in the order given."""
        ...


class SpanReader:
    """Reads passages for a question with a network and its tokeniser.

    `spans` is how many to give for a passage. The last READINGS_REMEMBERED readings are not made again.
    """

    def __init__(self, scorer: Scorer, windower: Windower, *, spans: int = 10) -> None:
        self._scorer = scorer
        self._windower = windower
        self._spans = spans
        self._remembered: OrderedDict[tuple[str, Headed], Reading] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, passages: Sequence[str], headings: Sequence[str] = ()) -> list[Reading]:
        """One reading a passage, in the order given; long passages are read in overlapping windows.

        Of `headings` there is one a passage, which is read before each window of it, or none at all.
        """
        headed: list[Headed] = [*zip(headings or [""] * len(passages), passages, strict=True)]
        with self._lock:
            known = {each: self._remembered.get((question, each)) for each in headed}
        new = [each for each, reading in known.items() if reading is None]
        readings = {each: reading for each, reading in known.items() if reading is not None}
        readings |= zip(new, self._read_new(question, new), strict=True)
        with self._lock:
            for each in readings:
                self._remembered[question, each] = readings[each]
                self._remembered.move_to_end((question, each))
            while len(self._remembered) > READINGS_REMEMBERED:
                self._remembered.popitem(last=False)
        return [readings[each] for each in headed]

    def _read_new(self, question: str, headed: Sequence[Headed]) -> list[Reading]:
        tokeniser = self._windower.tokeniser
        asked = tokeniser.tokens([question])[0].numbers
        headings = tokeniser.tokens([heading for heading, _ in headed])
        passages = tokeniser.tokens([passage for _, passage in headed])
        windows: list[Window] = []
        owners: list[int] = []
        for number, (heading, passage) in enumerate(zip(headings, passages, strict=True)):
            some = self._windower.windows(asked, passage, heading.numbers)
            windows += some
            owners += [number] * len(some)
        found: list[list[Reading]] = [[] for _ in headed]
        for owner, reading in zip(owners, self._read_windows(windows), strict=True):
            found[owner].append(reading)
        return [self._merged(readings) for readings in found]

    def _merged(self, readings: list[Reading]) -> Reading:
        """One reading of a passage from those of its windows."""
        best: dict[tuple[int, int], Span] = {}
        for span in (span for reading in readings for span in reading.spans):
            known = best.get((span.start, span.end))
            if known is None or known.score < span.score:
                best[span.start, span.end] = span
        spans = sorted(best.values(), key=lambda span: -span.score)[: self._spans]
        return Reading(tuple(spans), min(r.null_score for r in readings), min(r.nothing for r in readings))

    def _read_windows(self, windows: Sequence[Window]) -> list[Reading]:
        """The reading of each window, in the order given."""
        readings: dict[int, Reading] = {}
        for batch in batches_of_one_length([len(window.numbers) for window in windows], BATCH_TOKENS):
            some = [windows[number] for number in batch]
            scored = zip(some, self._scorer.score(some), strict=True)
            readings |= zip(batch, [self._reading(*each) for each in scored], strict=True)
        return [readings[number] for number in range(len(windows))]

    def _reading(self, window: Window, scores: WindowScores) -> Reading:
        spans = tuple(
            Span(int(window.offsets[first, 0]), int(window.offsets[last, 1]), score)
            for first, last, score in best_spans(scores.starts, scores.ends, self._spans)
        )
        return Reading(spans, scores.null_score, scores.nothing)


def best_spans(starts: NDArray[np.float32], ends: NDArray[np.float32], count: int) -> list[tuple[int, int, float]]:
    """The best parts of the `count` spans of the highest start plus end score, best first: (first token, last, score).

    `starts` and `ends` have shape (m,); spans have up to LONGEST_ANSWER tokens. The score is that of the whole span, of
    which no other part has a higher one, less COST_OF_A_TOKEN for each token behind its first.
    """
    size = len(starts)
    if not size:
        return []
    width = min(LONGEST_ANSWER, size)
    padded = np.concatenate([ends, np.full(width - 1, -np.inf, dtype=np.float32)])
    flat = (starts[:, None] + np.lib.stride_tricks.sliding_window_view(padded, width)).ravel()
    keep = min(count, flat.size)
    top = np.argpartition(-flat, keep - 1)[:keep]
    top = top[np.argsort(-flat[top], kind="stable")]
    best: dict[tuple[int, int], float] = {}
    for n in top[np.isfinite(flat[top])]:
        best.setdefault(_best_part(starts, ends, int(n // width), int(n // width + n % width)), float(flat[n]))
    return [(first, last, score) for (first, last), score in best.items()]


def _best_part(starts: NDArray[np.float32], ends: NDArray[np.float32], first: int, last: int) -> tuple[int, int]:
    tokens = np.arange(last - first + 1)
    longer = tokens[None, :] - tokens[:, None]
    scores = starts[first : last + 1, None] + ends[None, first : last + 1] - COST_OF_A_TOKEN * longer
    row, column = divmod(int(np.where(longer < 0, -np.inf, scores).argmax()), len(tokens))
    return first + row, first + column
