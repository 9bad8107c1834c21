"""The reader's network as it learns; imports torch. `bot.reader.scoring` says what its heads are."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.reader.inference import WindowScores
from bot.reader.scoring import read_reader_tensors
from bot.reader.windows import Window
from index.bert import EncoderShape

MASKED = -1.0e4


class Scores(NamedTuple):
    """What the network says of a batch of b windows of n tokens."""

    start: Tensor
    """Shape (b, n): any real number, MASKED outside the passage and `[CLS]`."""
    end: Tensor
    nothing: Tensor
    """Shape (b,): logit that the window does not answer the question."""


class Layer(nn.Module):
    """One transformer layer, normalised after each sum, as BERT's."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.attention_output = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Take `hidden` of shape (b, n, width) and `mask` of (b, 1, 1, n), 0 or MASKED; give (b, n, width)."""
        rows, length, width = hidden.shape
        joined = self.query_key_value(hidden).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(rows, length, width)
        hidden = self.attention_norm(hidden + self.attention_output(mixed))
        inner = functional.gelu(self.inner(hidden))
        normed: Tensor = self.output_norm(hidden + self.outer(inner))
        return normed


class ReaderNetwork(nn.Module):
    """Encoder and heads; word and position embeddings are the encoder's own."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.shape = shape
        self.word_embeddings = nn.Embedding(shape.vocabulary, shape.width)
        self.position_embeddings = nn.Embedding(shape.positions, shape.width)
        self.kind_embeddings = nn.Embedding(shape.kinds, shape.width)
        self.embedding_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.span_head = nn.Linear(shape.width, 2)
        self.nothing_inner = nn.Linear(shape.width, shape.width)
        self.nothing_outer = nn.Linear(shape.width, 1)

    def forward(self, numbers: Tensor, kinds: Tensor, lengths: Tensor) -> Scores:
        """Score a batch.

        `numbers` and `kinds` have shape (b, n), kinds 1 on the passage and its `[SEP]`; `lengths` has
        shape (b,), the real tokens of a row.
        """
        places = torch.arange(numbers.shape[1], device=numbers.device).expand_as(numbers)
        readable = (kinds == 1) & (places < lengths[:, None] - 1)
        readable[:, 0] = True
        hidden = self.word_embeddings(numbers) + self.position_embeddings(places) + self.kind_embeddings(kinds)
        hidden = self.embedding_norm(hidden)
        mask = (places >= lengths[:, None])[:, None, None, :].to(hidden.dtype) * MASKED
        for layer in self.layers:
            hidden = layer(hidden, mask)
        nothing = self.nothing_outer(torch.tanh(self.nothing_inner(hidden[:, 0]))).float().squeeze(-1)
        scores = self.span_head(hidden).float().masked_fill(~readable[..., None], MASKED)
        return Scores(scores[..., 0], scores[..., 1], nothing)


def load_network(encoder: Path, weights: Path) -> ReaderNetwork:
    """The network whose embeddings are those of the `encoder` folder and the rest the file `weights`.

    Raises `ModelError` where a file cannot be read, or tensors are missing or of other sizes.
    """
    shape, tensors = read_reader_tensors(encoder, weights)
    network = ReaderNetwork(shape)
    network.load_state_dict({name: torch.from_numpy(value) for name, value in tensors.items()})
    return network.eval()


class NetworkScorer:
    """Scores windows with a network that may go on learning.

    `padding` is the token that fills short windows; `half` computes in bfloat16.
    """

    def __init__(self, network: ReaderNetwork, padding: int, *, half: bool) -> None:
        self._network = network
        self._padding = padding
        self._half = half

    def score(self, windows: Sequence[Window]) -> list[WindowScores]:
        """See `Scorer.score`."""
        longest = max(len(window.numbers) for window in windows)
        numbers = np.full((len(windows), longest), self._padding, dtype=np.int64)
        kinds = np.zeros_like(numbers)
        for row, window in enumerate(windows):
            numbers[row, : len(window.numbers)] = window.numbers
            kinds[row, window.first : len(window.numbers)] = 1
        lengths = torch.tensor([len(window.numbers) for window in windows])
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            scores = self._network(torch.from_numpy(numbers), torch.from_numpy(kinds), lengths)
        starts, ends, nothing = scores.start.numpy(), scores.end.numpy(), scores.nothing.numpy()
        scored = []
        for row, window in enumerate(windows):
            inside = window.inside
            null_score = float(starts[row, 0] + ends[row, 0])
            scored.append(WindowScores(starts[row, inside], ends[row, inside], null_score, float(nothing[row])))
        return scored
