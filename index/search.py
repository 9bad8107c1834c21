"""Search: what means the same (dense) and what says the same (lexical), weighed together."""

import re
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexMismatchError, IndexReadOnlyError
from index.embedding import Encoder, Vector
from index.languages import STOP_WORDS, language_of
from index.passage import SPLITTER_VERSION
from index.records import Recipe, StoredPassage
from index.schema import CHECK_DISK, REBUILD
from index.snapshot import Snapshot
from index.vectors import EXACT_UP_TO, VectorIndex, header_of, nearest_of

DEPTH = 50
"""How many passages either search hands to the fusion."""

DENSE_SHARE = 0.5
"""How much the cosine counts in the sum of both searches; the share of the best BM25 counts the rest.

A convex combination of scores orders better than reciprocal rank fusion, which forgets by how much the
first is ahead (Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023); here
too, and anything from 0.3 to 0.6 does about as well: `tests/benchmarks/retrieval.py`.
"""

FEW = 5_000
"""Up to so many vectors of a narrowed search are compared one by one, as the store has them.

Some fifteen milliseconds of reading; an inverted file would not visit most of them.
"""

BEHIND = 0.02
"""The share of its vectors that may differ from the store's before the vector file is written again."""

_WORD = re.compile(r"\w+")

_STOP_WORDS = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and how."""

    found: StoredPassage
    score: float
    """Of both searches together, see `combined`: at most 1."""
    cosine: float
    """Cosine of question and passage; 0 for a passage that has no vector."""
    bm25: float
    """BM25 of the question's words; 0 if the lexical search did not find it."""
    lexical: float
    """The share that this is of the best passage's BM25."""


def content_words(question: str) -> list[str]:
    """The words of a question that say what it is about, in lower case, each once."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(question))
    return [word for word in words if word not in _STOP_WORDS]


def lexical(
    snapshot: Snapshot, question: str, count: int, allowed: Collection[int] | None = None
) -> list[tuple[int, float]]:
    """The `count` passages that the words of `question` match best, see `Snapshot.matching`."""
    return snapshot.matching(content_words(question), count, allowed, language_of(question, least=0.0))


def combined(cosine: float, lexical: float, share: float = DENSE_SHARE) -> float:
    """The weighted sum of a cosine and the share that a passage's BM25 is of the best one."""
    return share * cosine + (1 - share) * lexical


class Searcher:
    """Searches any generation of one store; keeps the vectors of the last one it saw.

    `file` is where the derived index of many vectors lies, if anywhere.
    """

    def __init__(self, encoder: Encoder, file: Path | None = None) -> None:
        self.encoder = encoder
        self._file = file
        self._lock = threading.Lock()
        self._vectors: _Known | None = None

    def search(
        self, snapshot: Snapshot, question: str, count: int, allowed: Collection[int] | None = None
    ) -> list[Hit]:
        """The `count` passages of `snapshot` that are most likely to answer `question`, best first.

        `allowed` are the contents to search, see `Snapshot.contents`; None for all. Both searches look at nothing
        else, so that few of them still give `count` passages, if they have so many. The scores of a passage are the
        same however much is searched: the best BM25 is that of the whole index.

        Raises `IndexMismatchError` when the index was made by another model or splitter.
        """
        require_recipe(snapshot.recipe, self.encoder)
        asked = self.encoder.encode([question])[0]
        scores = dict(lexical(snapshot, question, DEPTH, allowed))
        places = snapshot.places([*{*self._dense(snapshot, asked, allowed), *scores}])
        vectors = snapshot.vectors_of([*places])
        cosines = {key: float(vectors[key] @ asked) if key in vectors else 0.0 for key in places}
        best_of_all = scores if allowed is None else dict(lexical(snapshot, question, DEPTH))
        best_bm25 = max(best_of_all.values(), default=0.0) or 1.0
        shares = {key: scores.get(key, 0.0) / best_bm25 for key in places}
        total = {key: combined(cosines[key], shares[key]) for key in places}
        # Equal scores are told apart by what is said, never by when it was indexed.
        best = sorted(places, key=lambda key: (-total[key], places[key]))[:count]
        found = snapshot.fetch(best)
        return [Hit(found[key], total[key], cosines[key], scores.get(key, 0.0), shares[key]) for key in best]

    def _dense(self, snapshot: Snapshot, asked: Vector, allowed: Collection[int] | None) -> list[int]:
        if allowed is None:
            passages, nearest = None, self._nearest(snapshot, asked)
        else:
            passages, among = snapshot.passages_of(allowed)
            if len(among) <= FEW:
                nearest = nearest_of(among, snapshot.numbers_of(among.tolist()), asked, DEPTH) if len(among) else []
            else:
                nearest = self._nearest(snapshot, asked, among)
        found = snapshot.passages_with([key for key, _ in nearest])
        # A text that is embedded once may stand in an article that is not allowed, too.
        return [each for some in found.values() for each in some if passages is None or each in passages]

    def _nearest(
        self, snapshot: Snapshot, asked: Vector, among: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        # Searched under the lock: bringing the index to another generation changes it.
        with self._lock:
            store, generation = snapshot.identity, snapshot.generation
            if self._vectors is not None and self._vectors.store != store:
                # The index was rebuilt: the same ids now stand for other texts.
                self._vectors = None
            if self._vectors is not None and self._vectors.generation > generation:
                return _nearest_behind(self._vectors.vectors, snapshot, asked, among)
            if self._vectors is None and self._file is not None and self._file.exists():
                loaded = VectorIndex.load(self._file, store)
                self._vectors = _Known(store, -1, loaded) if loaded else None
                if loaded is None:
                    # It is of no use to anyone; the next indexing makes it anew.
                    with suppress(OSError):
                        self._file.unlink()
            if self._vectors is None or self._vectors.generation != generation:
                before = self._vectors.vectors if self._vectors else None
                self._vectors = _Known(store, generation, current(before, snapshot))
            return self._vectors.vectors.nearest(asked, DEPTH, among)


class _Known(NamedTuple):
    """The vectors of one generation of the store with this identity."""

    store: str
    generation: int
    vectors: VectorIndex


def _nearest_behind(
    ahead: VectorIndex, snapshot: Snapshot, asked: Vector, among: NDArray[np.int64] | None
) -> list[tuple[int, float]]:
    """As `VectorIndex.nearest`, for a snapshot that another thread's index has left behind.

    An answer is of one generation: what that index does not hold any more is looked at one by one, and
    what it holds already has no passage in the snapshot.
    """
    there = snapshot.vector_ids() if among is None else among
    missing = np.setdiff1d(there, ahead.ids, assume_unique=True).tolist()
    cosines = (snapshot.numbers_of(missing) @ asked).tolist() if missing else []
    return [*ahead.nearest(asked, DEPTH, among), *zip(missing, cosines, strict=True)]


def built(snapshot: Snapshot) -> VectorIndex:
    """The vectors of `snapshot`, indexed anew."""
    return VectorIndex.build(sum(snapshot.vectors_since(0)), snapshot.vector_batches)


def current(known: VectorIndex | None, snapshot: Snapshot) -> VectorIndex:
    """The vectors of `snapshot`, indexed: from an index that is `known` of another generation, or anew."""
    return (known and known.followed(snapshot.vector_ids(), snapshot.numbers_of)) or built(snapshot)


def save_vectors(snapshot: Snapshot, file: Path) -> None:
    """Bring the derived vector index in `file` to `snapshot`, if it is far behind.

    A few changes are made up for when it is loaded. A small index needs no file, and has none. Raises
    `IndexReadOnlyError` where it cannot be written; all can be answered without it, a cold start only takes longer.
    """
    header = header_of(file, snapshot.identity)
    known, new = snapshot.vectors_since(header.newest if header else 0)
    try:
        if known + new <= EXACT_UP_TO:
            file.unlink(missing_ok=True)
        elif header is None or header.count - known + new > BEHIND * header.count:
            current(VectorIndex.load(file, snapshot.identity), snapshot).save(file, snapshot.identity)
    except OSError as error:
        raise IndexReadOnlyError(f"{file} cannot be written ({error.strerror or error}).", CHECK_DISK) from error


def recipe_of(encoder: Encoder) -> Recipe:
    """What an index made now, with `encoder`, is made by."""
    return Recipe(encoder.name, encoder.fingerprint, SPLITTER_VERSION)


def require_recipe(made_by: Recipe | None, encoder: Encoder) -> None:
    """Raise `IndexMismatchError` unless an index made by `made_by` fits `encoder` and this splitter."""
    if made_by is None:
        return
    if made_by.splitter_version != SPLITTER_VERSION:
        raise IndexMismatchError(
            f"The index was made by splitter version {made_by.splitter_version}; this is version {SPLITTER_VERSION}.",
            REBUILD,
        )
    if made_by.fingerprint != encoder.fingerprint:
        raise IndexMismatchError(
            f"The index was made with the model {made_by.model} (weights {made_by.fingerprint[:12]}), not with"
            f" {encoder.name} (weights {encoder.fingerprint[:12]}).",
            f"Ask with --model {made_by.model}, or {REBUILD[0].lower()}{REBUILD[1:]}.",
        )
