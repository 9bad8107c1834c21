"""One generation of the store, for reading."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from corpus.article import Article
from corpus.folder import Stamp
from index.embedding import Vector, Vectors
from index.passage import Passage
from index.records import Problem, Recipe, Statistics, StoredPassage
from index.sentences import Sentence

ARTICLE_COLUMNS = "format, sha256, encoding, body_start, title, published, outlet, url, language, warnings, text"


class Snapshot:
    """One generation of the store, for reading; valid inside `Store.snapshot` only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def generation(self) -> int:
        """Counts up by one with every commit; 0 for a store that nothing was put into."""
        return int(self._fact("generation") or 0)

    @property
    def recipe(self) -> Recipe | None:
        """What made this index; None for a store that nothing was put into."""
        recipe = self._fact("recipe")
        return Recipe(**json.loads(recipe)) if recipe is not None else None

    @property
    def corpus(self) -> str | None:
        """The folder that was indexed."""
        return self._fact("corpus")

    @property
    def statistics(self) -> Statistics:
        """How much there is."""
        updated = self._fact("updated")
        return Statistics(
            articles=self._count("file WHERE content IS NOT NULL"),
            passages=self._count("passage"),
            vectors=self._count("vector"),
            generation=self.generation,
            updated=datetime.fromisoformat(updated) if updated else None,
        )

    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file that was looked at, by path, unreadable ones included."""
        rows = self._connection.execute("SELECT path, size, modified, looked_at FROM file")
        return {path: Stamp(size, modified, looked_at) for path, size, modified, looked_at in rows}

    def problems(self) -> list[Problem]:
        """Files that were skipped, and warnings about files that were not; by path."""
        rows = self._connection.execute(
            "SELECT path, problem, warnings FROM file LEFT JOIN content ON content = id"
            " WHERE problem IS NOT NULL OR warnings != '[]' ORDER BY path"
        )
        found = []
        for path, problem, warnings in rows:
            if problem is not None:
                found.append(Problem(path, problem))
            else:
                found += [Problem(path, f"{path}: {warning}.", skipped=False) for warning in json.loads(warnings)]
        return found

    def hashes(self) -> dict[str, str]:
        """The SHA-256 of every indexed article's bytes, by path, sorted."""
        return dict(
            self._connection.execute("SELECT path, sha256 FROM file JOIN content ON content = id ORDER BY path")
        )

    def known_vectors(self, hashes: Iterable[bytes]) -> set[bytes]:
        """Which of these texts, by SHA-256, have a vector already."""
        known = "SELECT 1 FROM vector WHERE sha256 = ?"
        return {digest for digest in hashes if self._connection.execute(known, (digest,)).fetchone()}

    def article(self, path: str) -> Article | None:
        """The article at `path` as it was indexed, if it was."""
        row = self._connection.execute(
            f"SELECT path, {ARTICLE_COLUMNS} FROM file JOIN content ON content = id WHERE path = ?", (path,)
        ).fetchone()
        return None if row is None else _article(row)

    def vectors(self) -> tuple[list[int], Vectors]:
        """All vectors: their ids, and an array of shape (count, dimension)."""
        rows = self._connection.execute("SELECT id, numbers FROM vector ORDER BY id").fetchall()
        numbers = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
        return [row[0] for row in rows], numbers.reshape(len(rows), -1) if rows else np.zeros((0, 1), np.float32)

    def vectors_of(self, passages: Sequence[int]) -> dict[int, Vector]:
        """The vectors of the passages with these ids; of those that have one."""
        query = "SELECT passage.id, numbers FROM passage JOIN vector ON vector = vector.id WHERE passage.id IN"
        return {key: np.frombuffer(numbers, dtype=np.float32) for key, numbers in self._rows(query, passages)}

    def passages_with(self, vectors: Sequence[int]) -> dict[int, list[int]]:
        """For each vector's id, the ids of the passages that it stands for."""
        found: dict[int, list[int]] = {vector: [] for vector in vectors}
        for passage, vector in self._rows("SELECT id, vector FROM passage WHERE vector IN", vectors):
            found[vector].append(passage)
        return found

    def matching(self, words: Sequence[str], count: int) -> list[tuple[int, float]]:
        """The `count` passages that match any of `words` best, as (id, BM25 score), best first.

        BM25 as SQLite's FTS5 has it (k1 = 1.2, b = 0.75), higher is better; a match in the title
        counts half as much as one in the text. Equal scores come in no particular order.
        """
        if not words:
            return []
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        rows = self._connection.execute(
            "SELECT rowid, -rank FROM words WHERE words MATCH ? AND rank MATCH 'bm25(0.5, 1.0)' ORDER BY rank LIMIT ?",
            (query, count),
        )
        return [(rowid, score) for rowid, score in rows]

    def places(self, passages: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Where the passages with these ids stand: the SHA-256 of their text, and their start in it."""
        query = "SELECT passage.id, sha256, start FROM passage JOIN content ON content = content.id WHERE passage.id IN"
        return {key: (sha256, start) for key, sha256, start in self._rows(query, passages)}

    def fetch(self, passages: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages with these ids and their articles; an id that is not there is left out."""
        rows = list(self._rows("SELECT id, content, start, end, sentences FROM passage WHERE id IN", passages))
        articles = {
            row[0]: _article(row[1:])
            for row in self._rows(
                f"SELECT id, (SELECT min(path) FROM file WHERE content = id), {ARTICLE_COLUMNS}"
                " FROM content WHERE id IN",
                sorted({row[1] for row in rows}),
            )
        }
        return {
            key: StoredPassage(key, articles[content], Passage(start, end, sentences_from_json(sentences)))
            for key, content, start, end, sentences in rows
        }

    def _rows(self, query: str, keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that ends in IN, for any number of keys."""
        for some in range(0, len(keys), 500):
            chunk = keys[some : some + 500]
            yield from self._connection.execute(f"{query} ({','.join('?' * len(chunk))})", chunk)

    def _fact(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _count(self, what: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _article(row: Sequence[Any]) -> Article:
    path, format, sha256, encoding, body_start, title, published, outlet, url, language, warnings, text = row
    return Article(
        path=str(path), format=str(format), sha256=str(sha256), encoding=str(encoding), body_start=int(str(body_start)),
        title=str(title), published=date.fromisoformat(str(published)) if published else None,
        outlet=_optional(outlet), url=_optional(url), language=_optional(language),
        warnings=tuple(json.loads(str(warnings))), text=str(text),
    )  # fmt: skip


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def sentences_from_json(as_json: object) -> tuple[Sentence, ...]:
    """The sentences of a passage as they are kept: a list of [start, end, quotable]."""
    return tuple(Sentence(start, end, bool(quotable)) for start, end, quotable in json.loads(str(as_json)))
