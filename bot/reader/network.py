"""The reader's network: a BERT encoder with a span head and a no-answer head; imports torch.

Input `[CLS] question [SEP] passage [SEP]`; output a start and an end score a token, as in BERT's set-up
for SQuAD 2.0 (Devlin et al., 2019), where the null score is the one of `[CLS]`, and beside it a
no-answer logit from a small head of its own on `[CLS]` (after the external verifier of Zhang et al.,
"Retrospective Reader", 2021).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from corpus.errors import ModelError

MASKED = -1.0e4
FROZEN_PREFIXES = ("word_embeddings.", "position_embeddings.")


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of a BERT encoder, as in its `config.json`."""

    vocabulary: int
    positions: int
    kinds: int
    width: int
    heads: int
    layers: int
    inner: int
    epsilon: float

    @classmethod
    def from_folder(cls, folder: Path) -> "EncoderShape":
        """Read `config.json`; raises `ModelError` where it is not BERT's."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise ModelError(f"{folder}: only BERT encoders with gelu can be read, not {config.get('model_type')}.")
        return cls(
            vocabulary=config["vocab_size"],
            positions=config["max_position_embeddings"],
            kinds=config["type_vocab_size"],
            width=config["hidden_size"],
            heads=config["num_attention_heads"],
            layers=config["num_hidden_layers"],
            inner=config["intermediate_size"],
            epsilon=config["layer_norm_eps"],
        )


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
    network = ReaderNetwork(EncoderShape.from_folder(encoder))
    try:
        published, trained = load_file(encoder / "model.safetensors"), load_file(weights)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{weights} cannot be used ({error}).", "Give the folder of a trained reader.") from None
    published = {name.removeprefix("bert.").removeprefix("embeddings."): value for name, value in published.items()}
    tensors = {name: value.float() for name, value in trained.items()}
    tensors |= {name: published[name] for name in network.state_dict() if name.startswith(FROZEN_PREFIXES)}
    try:
        network.load_state_dict(tensors)
    except RuntimeError as error:
        reason = str(error).split("\n", 2)[1].strip()
        raise ModelError(f"{weights}: these are not the weights of a reader over {encoder.name} ({reason}).") from None
    return network.eval()
