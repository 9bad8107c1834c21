"""Reading: the best answer spans of passages to a question, with their scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.reader.windows import Window, Windower

if TYPE_CHECKING:
    from bot.reader.network import ReaderNetwork

LONGEST_ANSWER = 30
"""Tokens; hardly any labelled answer is longer."""

BATCH_TOKENS = 4096


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


class SpanReader:
    """Reads passages for a question with a network and its tokeniser.

    `half` computes in bfloat16, which is worth it on processors that have it; `spans` is how many to
    give for a passage.
    """

    def __init__(self, network: "ReaderNetwork", windower: Windower, *, half: bool, spans: int = 8) -> None:
        self._network = network
        self._windower = windower
        self._half = half
        self._spans = spans

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """One reading a passage, in the order given; long passages are read in overlapping windows."""
        asked = self._windower.tokens([question])[0].numbers
        windows: list[Window] = []
        owners: list[int] = []
        for number, tokens in enumerate(self._windower.tokens(passages)):
            some = self._windower.windows(asked, tokens)
            windows += some
            owners += [number] * len(some)
        found: list[list[Reading]] = [[] for _ in passages]
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
        """The reading of each window, run in batches of similar length so that little is padded."""
        order = sorted(range(len(windows)), key=lambda number: -len(windows[number].numbers))
        readings: dict[int, Reading] = {}
        while order:
            size = max(1, BATCH_TOKENS // len(windows[order[0]].numbers))
            batch, order = order[:size], order[size:]
            readings |= zip(batch, self._run([windows[number] for number in batch]), strict=True)
        return [readings[number] for number in range(len(windows))]

    def _run(self, windows: Sequence[Window]) -> list[Reading]:
        import torch

        numbers, kinds, lengths = map(torch.from_numpy, _padded(windows, self._windower.padding_number))
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            scores = self._network(numbers, kinds, lengths)
        starts, ends, nothing = scores.start.numpy(), scores.end.numpy(), scores.nothing.numpy()
        readings = []
        for row, window in enumerate(windows):
            inside = slice(window.first, window.first + len(window.offsets))
            placed = tuple(
                Span(int(window.offsets[first, 0]), int(window.offsets[last, 1]), score)
                for first, last, score in best_spans(starts[row, inside], ends[row, inside], self._spans)
            )
            readings.append(Reading(placed, float(starts[row, 0] + ends[row, 0]), float(nothing[row])))
        return readings


def best_spans(starts: NDArray[np.float32], ends: NDArray[np.float32], count: int) -> list[tuple[int, int, float]]:
    """The `count` spans of the highest start plus end score, best first, as (first token, last token, score).

    `starts` and `ends` have shape (m,); spans have up to LONGEST_ANSWER tokens.
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
    return [(int(n // width), int(n // width + n % width), float(flat[n])) for n in top if np.isfinite(flat[n])]


def _padded(windows: Sequence[Window], padding: int) -> tuple[NDArray[np.int64], ...]:
    """Token numbers and kinds, each of shape (windows, longest), and lengths of shape (windows,)."""
    longest = max(len(window.numbers) for window in windows)
    numbers = np.full((len(windows), longest), padding, dtype=np.int64)
    kinds = np.zeros_like(numbers)
    for row, window in enumerate(windows):
        numbers[row, : len(window.numbers)] = window.numbers
        kinds[row, window.first : len(window.numbers)] = 1
    return numbers, kinds, np.array([len(window.numbers) for window in windows], dtype=np.int64)
