"""The network that training begins with: the published encoder, or a reader trained before."""

import hashlib
from pathlib import Path

import torch
from torch import Tensor, nn

from bot.reader.scoring import FROZEN
from bot.reader.trained import WEIGHTS
from bot.reader.training.network import ReaderNetwork, load_network
from corpus.errors import ModelError
from index.bert import EncoderShape, published_tensors
from index.embedding import BUNDLED_SHA256

HEAD_PREFIXES = ("span_head.", "nothing_")
HEAD_DEVIATION = 0.02
"""BERT's own for fresh weights (Devlin et al., 2019)."""


def starting_network(encoder: Path, start_from: Path | None, seed: int) -> ReaderNetwork:
    """The reader exported to the folder `start_from`, or the `encoder` folder's encoder with fresh heads.

    Word and position embeddings do not learn: they stay the encoder's own, and need not be exported.
    Raises `ModelError` where either folder holds something else.
    """
    network = _fresh(encoder, seed) if start_from is None else _trained_before(encoder, start_from)
    network.word_embeddings.weight.requires_grad_(False)
    network.position_embeddings.weight.requires_grad_(False)
    return network


def _trained_before(encoder: Path, folder: Path) -> ReaderNetwork:
    if file_sha256(encoder / "model.safetensors") != BUNDLED_SHA256:
        raise ModelError(f"{folder}: this reader was not trained over {encoder}.", "Go on over the bundled encoder.")
    return load_network(encoder, folder / WEIGHTS)


def _fresh(encoder: Path, seed: int) -> ReaderNetwork:
    """A network with the encoder of a folder and heads that have learned nothing."""
    shape = EncoderShape.from_folder(encoder)
    network = ReaderNetwork(shape)
    published = published_tensors(encoder, shape)
    try:
        load_trained(network, {name: torch.from_numpy(value) for name, value in published.items()})
    except RuntimeError as error:
        reason = f"{encoder}: config.json and weights are not of one encoder ({error})."
        raise ModelError(reason, "Give the folder of a published encoder.") from None
    generator = torch.Generator().manual_seed(seed)
    for head in (network.span_head, network.nothing_inner, network.nothing_outer):
        nn.init.normal_(head.weight, std=HEAD_DEVIATION, generator=generator)
        nn.init.zeros_(head.bias)
    return network


def trained_tensors(network: ReaderNetwork) -> dict[str, Tensor]:
    """The tensors that training changes: all but word and position embeddings."""
    return {name: value for name, value in network.state_dict().items() if name not in FROZEN}


def load_trained(network: ReaderNetwork, tensors: dict[str, Tensor]) -> None:
    """Set some tensors; the others stay as they are. Raises `RuntimeError` where names or sizes do not fit."""
    network.load_state_dict(network.state_dict() | tensors)


def parameter_groups(network: ReaderNetwork) -> tuple[list[Tensor], list[Tensor]]:
    """The parameters that learn: those of the encoder and those of the heads."""
    body: list[Tensor] = []
    heads: list[Tensor] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (heads if name.startswith(HEAD_PREFIXES) else body).append(parameter)
    return body, heads


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
