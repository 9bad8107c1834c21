"""The derived vector index: as good as exact search, and never trusted further than it can be checked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.vectors
from index.embedding import Vectors
from index.vectors import Batch, VectorIndex, nearest_of

COUNT, DIMENSION = 3_000, 24


@pytest.fixture
def vectors() -> Vectors:
    """Vectors in clusters, as texts on some subjects have."""
    chance = np.random.default_rng(3)
    centres = chance.normal(size=(60, DIMENSION))
    drawn = centres[chance.integers(0, len(centres), COUNT)] + 0.4 * chance.normal(size=(COUNT, DIMENSION))
    return np.ascontiguousarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(autouse=True)
def _soon_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.vectors, "EXACT_UP_TO", 1_000)


def ids_of(vectors: Vectors) -> np.ndarray:
    return np.arange(10, 10 + len(vectors), dtype=np.int64)


def build(ids: np.ndarray, vectors: Vectors) -> VectorIndex:
    pieces = range(0, len(ids), 700)
    return VectorIndex.build(
        len(ids), lambda: (Batch(ids[some : some + 700], vectors[some : some + 700]) for some in pieces)
    )


def recall(found: VectorIndex, ids: np.ndarray, vectors: Vectors) -> float:
    hits = 0
    for query in vectors[::30]:
        right = set(ids[np.argsort(-(vectors @ query))[:10]].tolist())
        hits += len(right & {key for key, _ in found.nearest(query, 10)})
    return hits / (10 * len(vectors[::30]))


def test_many_vectors_are_found_nearly_as_by_exact_search(vectors: Vectors) -> None:
    many = build(ids_of(vectors), vectors)
    few = build(ids_of(vectors)[:900], vectors[:900])
    assert few.exact
    assert recall(few, ids_of(vectors)[:900], vectors[:900]) == 1
    assert not many.exact
    assert recall(many, ids_of(vectors), vectors) >= 0.99


@pytest.mark.parametrize("count", [900, COUNT])
def test_a_narrowed_search_finds_only_and_all_that_is_allowed(vectors: Vectors, count: int) -> None:
    ids = ids_of(vectors)
    built = build(ids[:count], vectors[:count])
    among = ids[:count:3]
    for query in vectors[:50]:
        right = nearest_of(among, vectors[:count:3], query, 10)
        found = built.nearest(query, 10, among)
        assert {key for key, _ in found} <= set(among.tolist())
        assert len({key for key, _ in found} & {key for key, _ in right}) >= (10 if built.exact else 8)
    assert built.nearest(vectors[0], 10, ids[:0]) == []
    assert next(key for key, _ in nearest_of(ids[:3], vectors[:3], vectors[1], 9)) == 11


@pytest.mark.parametrize("count", [900, COUNT])
def test_it_follows_what_is_added_and_removed(vectors: Vectors, count: int) -> None:
    ids = ids_of(vectors)
    built = build(ids[:count], vectors[:count])
    asked: list[int] = []

    def numbers_of(wanted: Sequence[int]) -> Vectors:
        asked.extend(wanted)
        return vectors[[key - 10 - count for key in wanted]]

    left = np.concatenate([ids[100:count], np.arange(10 + count, 60 + count)])
    followed = built.followed(left, numbers_of)
    assert followed is not None
    assert asked == list(range(10 + count, 60 + count))
    now = np.concatenate([vectors[100:count], vectors[:50]])
    assert followed.size == len(now)
    assert recall(followed, left, now) >= 0.99
    assert followed.followed(left[:10], numbers_of) is None, "so much has changed that it is better built anew"


def test_saved_and_loaded_it_is_the_same(vectors: Vectors, tmp_path: Path) -> None:
    file = tmp_path / "vectors"
    built = build(ids_of(vectors), vectors)
    built.save(file, "one")
    loaded = VectorIndex.load(file, "one")
    assert loaded is not None
    assert np.array_equal(loaded.ids, built.ids)
    assert [loaded.nearest(query, 5) for query in vectors[:20]] == [built.nearest(query, 5) for query in vectors[:20]]


def test_a_file_that_is_not_whole_is_not_used(vectors: Vectors, tmp_path: Path) -> None:
    file = tmp_path / "vectors"
    assert VectorIndex.load(file, "one") is None
    build(ids_of(vectors), vectors).save(file, "one")
    whole = file.read_bytes()
    chance = np.random.default_rng(4)
    for _ in range(100):
        place = int(chance.integers(0, len(whole)))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << int(chance.integers(0, 8))
        for damaged in (whole[:place], bytes(flipped)):
            file.write_bytes(damaged)
            assert VectorIndex.load(file, "one") is None
    file.write_bytes(whole.replace(b"faiss ", b"faiss 0.", 1))
    assert VectorIndex.load(file, "one") is None, "another version of FAISS wrote it"
    file.write_bytes(whole)
    assert VectorIndex.load(file, "another") is None, "it holds the vectors of another store"
    assert VectorIndex.load(file, "one") is not None
