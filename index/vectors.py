"""Nearest vectors by cosine; the only file that imports faiss.

Everything here is derived from the vectors in the store, and can be lost at any moment.
"""

import hashlib
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vector, Vectors

if TYPE_CHECKING:
    import faiss

EXACT_UP_TO = 50_000
"""Vectors that are searched one by one: some ten milliseconds on two cores."""

VECTORS_A_CELL = 40
"""FAISS wants at least 39 training vectors a cell of an inverted file (its documentation)."""

TRAINED_ON = 64
"""Vectors a cell that training looks at, at most: more make it slower and no better."""

GROWN = 1.5
"""From this many times the vectors that it was trained on, an inverted file is trained anew."""

VISITED = 4
"""A search visits one in so many cells.

Far more than usual: questions lie off the passages, whose cells are no guide to them. Of the ten nearest it
finds 0.995 for questions over 294,000 passages, in some five milliseconds: `tests/benchmarks/large_folder.py`.
"""

MARGIN = 4
"""The compressed search gives so many times what is asked for, as the caller ranks exactly."""

Ids = NDArray[np.int64]


class Batch(NamedTuple):
    """Some vectors with their ids, ascending: shapes (count,) and (count, dimension)."""

    ids: Ids
    vectors: Vectors


Batches = Callable[[], Iterator[Batch]]
"""Goes through all vectors, by id, a bounded piece at a time; it can be called again."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of the vectors in it, before all else."""

    count: int
    newest: int
    """The highest of their ids."""
    trained_on: int
    size: int
    """Bytes of the rest."""


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
    def build(cls, count: int, batches: Batches) -> "VectorIndex":
        """Index the `count` vectors that `batches` gives; the ids are the store's."""
        import faiss

        if count > EXACT_UP_TO:
            return cls(*_inverted_file(count, batches), count)
        index, ids = None, [np.zeros(0, dtype=np.int64)]
        for batch in batches():
            index = index or faiss.IndexIDMap2(faiss.IndexFlatIP(batch.vectors.shape[1]))
            index.add_with_ids(batch.vectors, batch.ids)
            ids.append(batch.ids)
        return cls(index or faiss.IndexIDMap2(faiss.IndexFlatIP(1)), np.concatenate(ids), 0)

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

    def nearest(self, query: Vector, count: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The `count` ids nearest to `query` with their cosine, best first; more, and about, if not `exact`.

        Only of the ids `among`, if they are given. An inverted file still visits one cell in VISITED, so that
        few of them, far from `query`, may not be found: see `nearest_of`.
        """
        count = min(count if self.exact else MARGIN * count, self.size if among is None else len(among))
        if count == 0:
            return []
        cosines, ids = self._faiss.search(query.reshape(1, -1), count, params=self._selecting(among))
        return [(int(key), float(cosine)) for key, cosine in zip(ids[0], cosines[0], strict=True) if key >= 0]

    def _selecting(self, among: Ids | None) -> "faiss.SearchParameters | None":
        if among is None:
            return None
        import faiss

        # The stubs of FAISS do not know that its parameters can be given when they are made.
        chosen: dict[str, Any] = {"sel": faiss.IDSelectorBatch(among)}
        if self.exact:
            return faiss.SearchParameters(**chosen)
        chosen["nprobe"] = getattr(self._faiss, "nprobe")  # noqa: B009 - nor what an inverted file has
        return faiss.SearchParametersIVF(**chosen)

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

    def save(self, file: Path, store: str) -> None:
        """Write the index to `file`, all at once, with a checksum, as that of the store of this identity.

        Raises `OSError` where that cannot be done, and leaves nothing unfinished.
        """
        import faiss

        body = b"".join([self._ids.tobytes(), faiss.serialize_index(self._faiss).tobytes()])
        newest = int(self._ids[-1]) if len(self._ids) else 0
        header = _HEADER.pack(len(self._ids), newest, self._trained_on, len(body))
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            with unfinished.open("wb") as stream:
                stream.write(_head(store) + header + hashlib.sha256(header + body).digest())
                stream.write(body)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)

    @classmethod
    def load(cls, file: Path, store: str) -> "VectorIndex | None":
        """The index in `file`; None if there is none, or it is torn, or of another store or version of FAISS."""
        import faiss

        header = header_of(file, store)
        if header is None:
            return None
        data = np.fromfile(file, dtype=np.uint8)
        head = len(_head(store))
        proof = bytes(data[head + _HEADER.size : head + _HEADER.size + _PROOF])
        body = data[head + _HEADER.size + _PROOF :]
        digest = hashlib.sha256(data[head : head + _HEADER.size].data)
        digest.update(body.data)
        if digest.digest() != proof:
            return None
        ids = body[: 8 * header.count].view(np.int64)
        return cls(faiss.deserialize_index(body[8 * header.count :]), ids, header.trained_on)


def nearest_of(ids: Ids, vectors: Vectors, query: Vector, count: int) -> list[tuple[int, float]]:
    """The `count` of these vectors nearest to `query`, by exact search: (id, cosine), best first."""
    cosines = vectors @ query
    best = np.argsort(-cosines, kind="stable")[:count]
    return [(int(ids[place]), float(cosines[place])) for place in best]


_HEADER = struct.Struct("<qqqq")
_PROOF = hashlib.sha256().digest_size


def header_of(file: Path, store: str) -> Header | None:
    """What `file` says is in it, unproven; None if it is torn, or of another store or version of FAISS.

    The ids of its vectors tell how far it is behind: one store never gives an id twice, but another one does.
    """
    try:
        with file.open("rb") as stream:
            head = _head(store)
            before = len(head) + _HEADER.size + _PROOF
            start, size = stream.read(before), os.fstat(stream.fileno()).st_size
    except OSError:
        return None
    if len(start) < before or not start.startswith(head):
        return None
    header = Header(*_HEADER.unpack_from(start, len(head)))
    return header if header.size == size - before else None


@cache
def _head(store: str) -> bytes:
    # Importing FAISS takes longer than all else that is done with the head of a file.
    from importlib import metadata

    try:
        faiss_version = metadata.version("faiss-cpu")
    except metadata.PackageNotFoundError:
        import faiss

        faiss_version = faiss.__version__
    return f"presscite vectors 3, faiss {faiss_version}, of {store}\n".encode()


def _inverted_file(count: int, batches: Batches) -> "tuple[faiss.IndexIVFScalarQuantizer, Ids]":
    """An inverted file that is trained on some of the vectors, and holds all; and their ids."""
    import faiss

    cells = max(1, min(int(4 * count**0.5), count // VECTORS_A_CELL))
    chance = np.random.default_rng(0)
    share = min(1.0, TRAINED_ON * cells / count)
    some = np.concatenate([batch.vectors[chance.random(len(batch.ids)) < share] for batch in batches()])
    dimension = some.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.train(some)
    index.nprobe = max(1, cells // VISITED)
    ids = []
    for batch in batches():
        index.add_with_ids(batch.vectors, batch.ids)
        ids.append(batch.ids)
    return index, np.concatenate(ids)
