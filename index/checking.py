"""Checking an index: whether texts, passages, words, vectors and signatures say the same."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from corpus.article import text_digest
from index.duplicates import bands_of, shingles_of
from index.embedding import Encoder
from index.languages import stemmed_language
from index.passage import news_of
from index.reindex import embedded_text
from index.snapshot import Snapshot
from index.store import Store
from index.vectors import VectorIndex
from index.words import insert_words, kept_words, stems_for

AT_ONCE = 500

EMBEDDED_AGAIN = 64
"""Vectors, evenly spread, that are compared with what the model says now."""

SAME = 0.99
"""Cosine from which two computations of one vector are the same; half precision and bfloat16 cost 0.0001."""


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """What a check looked at, and what is wrong, a sentence each."""

    articles: int
    passages: int
    vectors: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check_index(store: Store, encoder: Encoder) -> IndexCheck:
    """Check one generation of `store`, reading all of it; embeds a sample again with `encoder`."""
    with store.snapshot() as snapshot:
        statistics = snapshot.statistics
        faults = list(snapshot.faults())
        if not faults:
            faults += _passage_faults(snapshot)
            faults += _word_faults(snapshot)
            faults += _vector_faults(snapshot, encoder)
            faults += _signature_faults(snapshot)
            faults += _file_faults(store, snapshot.identity)
        return IndexCheck(statistics.articles, statistics.passages, statistics.vectors, tuple(faults))


def _passage_faults(snapshot: Snapshot) -> Iterator[str]:
    for found in snapshot.all_passages(AT_ONCE):
        article, passage = found.article, found.passage
        if text_digest(article.text) != article.text_sha256:
            yield f"{article.path}: its text is not the one that was indexed."
        elif not 0 <= passage.start < passage.end <= len(article.text):
            yield f"{article.path}: a passage lies at {passage.start}:{passage.end}, outside of its text."


def _word_faults(snapshot: Snapshot) -> Iterator[str]:
    """Index all words anew in memory, and compare where every one of them stands."""
    fresh = sqlite3.connect(":memory:")
    try:
        for table in snapshot.word_tables:
            fresh.execute(table)
        for found in snapshot.all_passages(AT_ONCE):
            title, words = found.article.title, found.passage.quotable_text(found.article.text)
            stems = stems_for(title, words, stemmed_language(found.article.language, found.article.body))
            insert_words(fresh, found.id, title, words, stems)
        right = _digest(kept_words(fresh))
    finally:
        fresh.close()
    if _digest(snapshot.words()) != right:
        yield "The words of the full-text index are not those of the passages."


def _digest(rows: Iterable[tuple[Any, ...]]) -> bytes:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.digest()


def _vector_faults(snapshot: Snapshot, encoder: Encoder) -> Iterator[str]:
    ids = snapshot.vector_ids()
    wrong = sum(
        int((abs(np.linalg.norm(batch.vectors, axis=1) - 1) > 1 - SAME).sum()) for batch in snapshot.vector_batches()
    )
    if wrong:
        yield f"{wrong} of {len(ids)} vectors are not of length 1."
    digests, sample = snapshot.digests(), set(ids[:: max(1, len(ids) // EMBEDDED_AGAIN)].tolist())
    paths: dict[int, str] = {}
    texts: dict[int, str] = {}
    for key, found in snapshot.passage_of_each_vector(AT_ONCE):
        if found is None:
            yield f"Vector {key} belongs to no passage."
            continue
        text = embedded_text(found.article.title, found.article.text, found.passage)
        if hashlib.sha256(text.encode()).digest() != digests[key]:
            yield f"{found.article.path}: a vector belongs to another text than its passage's."
        if key in sample:
            texts[key], paths[key] = text, found.article.path
    again = encoder.encode(list(texts.values()))
    for key, vector, stored in zip(texts, again, snapshot.numbers_of([*texts]), strict=True):
        if float(vector @ stored) < SAME:
            yield f"{paths[key]}: a vector is not the one that the model gives its text."


def _signature_faults(snapshot: Snapshot) -> Iterator[str]:
    """Make all shingles and bands anew, and compare; passages of one text have ids that follow each other."""
    bands = 0
    for path, passages in groupby(snapshot.all_passages(AT_ONCE), key=lambda found: found.article.path):
        found = list(passages)
        shingles = shingles_of(news_of(found[0].article.text, (each.passage for each in found)))
        bands += len(bands_of(shingles))
        if not snapshot.signed(path, shingles):
            yield f"{path}: what near-duplicates are found by is missing or wrong."
    if snapshot.band_count > bands:
        yield f"{snapshot.band_count - bands} bands belong to no article."


def _file_faults(store: Store, identity: str) -> Iterator[str]:
    if store.vectors_file.exists() and VectorIndex.load(store.vectors_file, identity) is None:
        yield f"{store.vectors_file.name} is damaged; delete it, and presscite index makes it anew."
