"""BERT's weights as numbers: the shape of an encoder, and its tensors under this project's names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from corpus.errors import ModelError

WEIGHTS = "model.safetensors"

Tensors = dict[str, NDArray[np.float32]]


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
        try:
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
        except (OSError, ValueError, KeyError, AttributeError) as error:
            raise ModelError(
                f"{folder}: there is no config.json of an encoder ({type(error).__name__}: {error}).",
                "Give the folder of a published encoder.",
            ) from None


def read_tensors(file: Path) -> Tensors:
    """The floating-point tensors of a safetensors file; raises `ModelError` where it is none."""
    try:
        tensors = load_file(file)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{file} cannot be used ({error}).", "Give the folder of a trained model.") from None
    return {name: value.astype(np.float32, copy=False) for name, value in tensors.items() if value.dtype.kind == "f"}


def published_tensors(folder: Path, shape: EncoderShape) -> Tensors:
    """The tensors of a published BERT encoder under this project's names.

    Query, key and value of a layer are joined into one, `layers.0.query_key_value.weight` of shape
    (3 * width, width). Raises `ModelError` where the folder holds something else.
    """
    published = {name.removeprefix("bert."): value for name, value in read_tensors(folder / WEIGHTS).items()}
    try:
        return _renamed(published, shape.layers)
    except KeyError as error:
        raise ModelError(
            f"{folder}: these are not the weights of a BERT encoder ({error} is missing).",
            "Give the folder of a published encoder.",
        ) from None


def _renamed(published: Mapping[str, NDArray[np.float32]], layers: int) -> Tensors:
    renamed = {
        "word_embeddings.weight": published["embeddings.word_embeddings.weight"],
        "position_embeddings.weight": published["embeddings.position_embeddings.weight"],
        "kind_embeddings.weight": published["embeddings.token_type_embeddings.weight"],
    }
    for part in ("weight", "bias"):
        renamed[f"embedding_norm.{part}"] = published[f"embeddings.LayerNorm.{part}"]
        for number in range(layers):
            theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
            joined = [published[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            renamed[f"{ours}query_key_value.{part}"] = np.concatenate(joined)
            renamed[f"{ours}attention_output.{part}"] = published[f"{theirs}attention.output.dense.{part}"]
            renamed[f"{ours}attention_norm.{part}"] = published[f"{theirs}attention.output.LayerNorm.{part}"]
            renamed[f"{ours}inner.{part}"] = published[f"{theirs}intermediate.dense.{part}"]
            renamed[f"{ours}outer.{part}"] = published[f"{theirs}output.dense.{part}"]
            renamed[f"{ours}output_norm.{part}"] = published[f"{theirs}output.LayerNorm.{part}"]
    return renamed
