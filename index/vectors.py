"""Nearest vectors by cosine; the only file that imports faiss.

Everything here is derived from the vectors in the store, and can be lost at any moment.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vector, Vectors

if TYPE_CHECKING:
    import faiss

EXACT_UP_TO = 50_000
"""Vectors that are searched one by one: some ten milliseconds on two cores."""

VECTORS_A_CELL = 40
"""FAISS wants at least 39 training vectors a cell of an inverted file (its documentation)."""

TRAINED_ON = 200
"""Vectors a cell that training looks at, at most: more make it slower and no better."""

GROWN = 1.5
"""From this many times the vectors that it was trained on, an inverted file is trained anew."""

RECALL = 0.995
"""Of the ten nearest, measured when an inverted file is trained; decides how many cells a search visits."""

MEASURED_ON = 200
MARGIN = 4
"""The compressed search gives so many times what is asked for, as the caller ranks exactly."""

Ids = NDArray[np.int64]

HEADER = b"presscite vectors 1\n"


class VectorIndex:
    """Inner-product search over the vectors of one generation of the store.

    Exact for up to EXACT_UP_TO vectors. Beyond that an inverted file of 8-bit vectors (Jégou, Douze &
    Schmid, 2011), whose result has to be ranked exactly from the stored vectors.
    """

    def __init__(self, index: "faiss.Index", ids: Ids, trained_on: int) -> None:
        """`ids` are those of the vectors in `index`, ascending; `trained_on` is 0 for an exact one."""
        self._faiss = index
        self._ids = ids
        self._trained_on = trained_on

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """Index `vectors`, of shape (len(ids), dimension); `ids` are the store's, ascending."""
        import faiss

        if len(ids) <= EXACT_UP_TO:
            exact = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
            if len(ids):
                exact.add_with_ids(vectors, ids)
            return cls(exact, ids, 0)
        inverted = _inverted_file(vectors)
        inverted.add_with_ids(vectors, ids)
        _visit_enough_cells(inverted, ids, vectors)
        return cls(inverted, ids, len(ids))

    @property
    def exact(self) -> bool:
        """Whether the cosines that it gives are exact, and none is missed."""
        return not self._trained_on

    @property
    def ids(self) -> Ids:
        """The ids of its vectors, ascending."""
        return self._ids

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return len(self._ids)

    def nearest(self, query: Vector, count: int) -> list[tuple[int, float]]:
        """The `count` ids nearest to `query` with their cosine, best first; more, and about, if not `exact`."""
        count = min(count if self.exact else MARGIN * count, self.size)
        if count == 0:
            return []
        cosines, ids = self._faiss.search(query.reshape(1, -1), count)
        return [(int(key), float(cosine)) for key, cosine in zip(ids[0], cosines[0], strict=True) if key >= 0]

    def followed(self, ids: Ids, numbers_of: Callable[[Sequence[int]], Vectors]) -> "VectorIndex | None":
        """Bring it to the vectors `ids`, ascending; None if it is better built anew.

        `numbers_of` gives the vectors of some ids. Of the two only the result may be used on.
        """
        if len(ids) > EXACT_UP_TO and (self.exact or len(ids) > GROWN * self._trained_on):
            return None
        import faiss

        gone = np.setdiff1d(self._ids, ids, assume_unique=True)
        new = np.setdiff1d(ids, self._ids, assume_unique=True)
        if len(gone) + len(new) > len(ids) // 2:
            return None
        if len(gone):
            self._faiss.remove_ids(faiss.IDSelectorBatch(gone))
        if len(new):
            self._faiss.add_with_ids(numbers_of(new.tolist()), new)
        return VectorIndex(self._faiss, ids, self._trained_on)

    def save(self, file: Path) -> None:
        """Write the index to `file`, all at once, with a checksum."""
        import faiss

        parts = [np.int64(self._trained_on).tobytes(), np.int64(len(self._ids)).tobytes(), self._ids.tobytes()]
        body = b"".join([*parts, faiss.serialize_index(self._faiss).tobytes()])
        unfinished = file.with_name(f"{file.name}.unfinished")
        with unfinished.open("wb") as stream:
            stream.write(HEADER + _version() + hashlib.sha256(body).digest())
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)

    @classmethod
    def load(cls, file: Path) -> "VectorIndex | None":
        """The index in `file`; None if there is none, or it is torn, or of another version of FAISS."""
        import faiss

        try:
            data = file.read_bytes()
        except OSError:
            return None
        start = HEADER + _version()
        body = memoryview(data)[len(start) + hashlib.sha256().digest_size :]
        if not data.startswith(start) or hashlib.sha256(body).digest() != data[len(start) : len(data) - len(body)]:
            return None
        trained_on, count = np.frombuffer(body[:16], dtype=np.int64)
        ids = np.frombuffer(body[16 : 16 + 8 * int(count)], dtype=np.int64)
        index = faiss.deserialize_index(np.frombuffer(body[16 + 8 * int(count) :], dtype=np.uint8))
        return cls(index, ids, int(trained_on))


def _version() -> bytes:
    import faiss

    return f"faiss {faiss.__version__}\n".encode()


def _inverted_file(vectors: Vectors) -> "faiss.IndexIVFScalarQuantizer":
    """An empty inverted file for vectors like these, trained."""
    import faiss

    cells = max(1, min(int(4 * len(vectors) ** 0.5), len(vectors) // VECTORS_A_CELL))
    dimension = vectors.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    chosen = np.random.default_rng(0).permutation(len(vectors))[: TRAINED_ON * cells]
    index.train(np.ascontiguousarray(vectors[np.sort(chosen)]))
    return index


def _visit_enough_cells(index: "faiss.IndexIVFScalarQuantizer", ids: Ids, vectors: Vectors) -> None:
    """Make searches visit so many cells that they find RECALL of the ten nearest of some of the vectors."""
    import faiss

    places = np.random.default_rng(1).permutation(len(vectors))[:MEASURED_ON]
    queries = np.ascontiguousarray(vectors[places])
    _, right = faiss.knn(queries, vectors, 10, metric=faiss.METRIC_INNER_PRODUCT)
    index.nprobe = 8
    while index.nprobe < index.nlist:
        _, found = index.search(queries, 10 * MARGIN)
        hits = sum(len(np.intersect1d(ids[want], have)) for want, have in zip(right, found, strict=True))
        if hits >= RECALL * right.size:
            return
        index.nprobe = min(2 * index.nprobe, index.nlist)
