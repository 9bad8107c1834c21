"""Scoring windows with the reader's own weights: the encoder, a span head and a no-answer head.

The null score is the one of `[CLS]`, as in BERT's set-up for SQuAD 2.0 (Devlin et al., 2019); beside it
stands a no-answer logit from a small head of its own on `[CLS]` (after the external verifier of Zhang
et al., "Retrospective Reader", 2021).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.reader.inference import WindowScores
from bot.reader.windows import Window
from corpus.errors import ModelError
from index.bert import EncoderShape, Tensors, published_tensors, read_tensors

if TYPE_CHECKING:
    from index.runtime import EncoderNetwork

FROZEN = ("word_embeddings.weight", "position_embeddings.weight")
"""The tensors that stay the published encoder's own, and are not kept with a reader."""


def read_reader_tensors(encoder: Path, weights: Path) -> tuple[EncoderShape, Tensors]:
    """The shape and all tensors of a reader: those of the file `weights`, and the frozen ones of `encoder`.

    Raises `ModelError` where a file cannot be read, or tensors are missing, too many or of other sizes.
    """
    shape = EncoderShape.from_folder(encoder)
    published = published_tensors(encoder, shape)
    trained = read_tensors(weights)
    expected = {name: value.shape for name, value in published.items() if name not in FROZEN} | head_sizes(shape.width)
    found = {name: value.shape for name, value in trained.items()}
    wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if wrong:
        raise ModelError(
            f"{weights}: these are not the weights of a reader over {encoder.name}"
            f" ({wrong[0]}: expected {expected.get(wrong[0], 'none')}, found {found.get(wrong[0], 'none')}).",
            "Give the folder of a trained reader.",
        )
    return shape, {name: published[name] for name in FROZEN} | trained


def head_sizes(width: int) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor of the heads over hidden states of `width` numbers."""
    return {
        "span_head.weight": (2, width),
        "span_head.bias": (2,),
        "nothing_inner.weight": (width, width),
        "nothing_inner.bias": (width,),
        "nothing_outer.weight": (1, width),
        "nothing_outer.bias": (1,),
    }


class ReaderScorer:
    """Scores windows with an encoder on OpenVINO; the heads, for its `width`, are small enough for numpy."""

    def __init__(self, encoder: "EncoderNetwork", tensors: Tensors, width: int) -> None:
        self._encoder = encoder
        self._heads = {name: tensors[name] for name in head_sizes(width)}

    def score(self, windows: Sequence[Window]) -> list[WindowScores]:
        """See `Scorer.score`."""
        hidden = self._encoder.hidden([each.numbers for each in windows], [each.first for each in windows])
        heads, scored = self._heads, []
        for window, states in zip(windows, hidden, strict=True):
            spans = states @ heads["span_head.weight"].T + heads["span_head.bias"]
            inner = np.tanh(states[0] @ heads["nothing_inner.weight"].T + heads["nothing_inner.bias"])
            nothing = inner @ heads["nothing_outer.weight"][0] + heads["nothing_outer.bias"][0]
            inside = spans[window.inside]
            scored.append(WindowScores(inside[:, 0], inside[:, 1], float(spans[0].sum()), float(nothing)))
        return scored
