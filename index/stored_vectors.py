"""The vectors that a generation of the store keeps, and the passages that they stand for."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vector, Vectors
from index.vectors import Batch

STORED = np.dtype("<f2")
"""Vectors are kept in half precision, whose error is less than that of computing them in bfloat16."""

VECTORS_AT_ONCE = 10_000


class StoredVectors:
    """The part of a snapshot that has its vectors; one stands for every passage that says just the same."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def pending_count(self) -> int:
        """How many texts wait to be embedded, identical ones counted once."""
        return self._count("vector WHERE numbers IS NULL")

    def vector_ids(self) -> NDArray[np.int64]:
        """The ids of all vectors that are there, ascending."""
        rows = self._connection.execute("SELECT id FROM vector WHERE numbers IS NOT NULL ORDER BY id")
        return np.fromiter((key for (key,) in rows), dtype=np.int64)

    def numbers_of(self, vectors: Sequence[int]) -> Vectors:
        """Those of the vectors with these ids, all of them there, in this order: shape (count, dimension)."""
        found = dict(self._rows("SELECT id, numbers FROM vector WHERE id IN", vectors))
        return _as_vectors([found[key] for key in vectors])

    def vector_batches(self) -> Iterator[Batch]:
        """All vectors that are there, by id, VECTORS_AT_ONCE at a time."""
        rows = self._connection.execute("SELECT id, numbers FROM vector WHERE numbers IS NOT NULL ORDER BY id")
        while some := rows.fetchmany(VECTORS_AT_ONCE):
            yield Batch(np.array([row[0] for row in some], dtype=np.int64), _as_vectors([row[1] for row in some]))

    def vectors_since(self, newest: int) -> tuple[int, int]:
        """How many of the vectors that are there have ids up to `newest`, and how many have later ones."""
        later = "SELECT count(*) FROM vector WHERE numbers IS NOT NULL AND id > ?"
        new = int(self._connection.execute(later, (newest,)).fetchone()[0]) if newest else 0
        # Counted by the difference, since SQLite can count these two without reading a vector.
        there = self._count("vector") - self.pending_count
        return (there - new, new) if newest else (0, there)

    def vectors_of(self, passages: Sequence[int]) -> dict[int, Vector]:
        """The vectors of the passages with these ids; of those that have one."""
        query = (
            "SELECT passage.id, numbers FROM passage JOIN vector ON vector = vector.id"
            " WHERE numbers IS NOT NULL AND passage.id IN"
        )
        return {key: _as_vectors([numbers])[0] for key, numbers in self._rows(query, passages)}

    def passages_with(self, vectors: Sequence[int]) -> dict[int, list[int]]:
        """For each vector's id, the ids of the passages that it stands for."""
        found: dict[int, list[int]] = {vector: [] for vector in vectors}
        for passage, vector in self._rows("SELECT id, vector FROM passage WHERE vector IN", vectors):
            found[vector].append(passage)
        return found

    def digests(self) -> dict[int, bytes]:
        """The SHA-256 of each vector's text, by the vector's id."""
        return dict(self._connection.execute("SELECT id, sha256 FROM vector"))

    def _rows(self, query: str, keys: Sequence[int] | Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that ends in IN, for any number of keys."""
        for some in range(0, len(keys), 500):
            chunk = keys[some : some + 500]
            yield from self._connection.execute(f"{query} ({','.join('?' * len(chunk))})", chunk)

    def _count(self, what: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _as_vectors(stored: Sequence[bytes]) -> Vectors:
    numbers = np.frombuffer(b"".join(stored), dtype=STORED).astype(np.float32)
    return numbers.reshape(len(stored), -1) if stored else np.zeros((0, 1), np.float32)
