"""The store: articles, passages, vectors and words in one durable place.

One SQLite file in write-ahead mode is the truth. Everything that belongs together is committed
together, and each commit is one generation. Readers see the generation that was whole when they
began, however long they take. Nothing outside this file and `index.schema` knows how it is kept.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from corpus.article import Article
from corpus.errors import IndexBusyError
from corpus.folder import Stamp
from index.embedding import Vectors
from index.passage import Passage
from index.records import Problem, Recipe, Statistics, StoredPassage
from index.schema import FILE_NAME, connect, damage_named, remove_database
from index.sentences import Sentence

_ARTICLE_COLUMNS = "format, sha256, encoding, body_start, title, published, outlet, url, language, warnings, text"


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
            f"SELECT path, {_ARTICLE_COLUMNS} FROM file JOIN content ON content = id WHERE path = ?", (path,)
        ).fetchone()
        return None if row is None else _article(row)

    def vectors(self) -> tuple[list[int], Vectors]:
        """All vectors: their ids, and an array of shape (count, dimension)."""
        rows = self._connection.execute("SELECT id, numbers FROM vector ORDER BY id").fetchall()
        numbers = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
        return [row[0] for row in rows], numbers.reshape(len(rows), -1) if rows else np.zeros((0, 1), np.float32)

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

    def fetch(self, passages: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages with these ids and their articles; an id that is not there is left out."""
        rows = list(self._rows("SELECT id, content, start, end, sentences FROM passage WHERE id IN", passages))
        articles = {
            row[0]: _article(row[1:])
            for row in self._rows(
                f"SELECT id, (SELECT min(path) FROM file WHERE content = id), {_ARTICLE_COLUMNS}"
                " FROM content WHERE id IN",
                sorted({row[1] for row in rows}),
            )
        }
        return {
            key: StoredPassage(key, articles[content], Passage(start, end, _sentences(sentences)))
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


class Change(Snapshot):
    """What one transaction changes; valid inside `Store.change` only, and then a generation."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._dropped: set[int] = set()
        self._differs = False

    def describe(self, corpus: str, recipe: Recipe) -> None:
        """Say which folder is indexed, and what makes its vectors."""
        names = ("model", "fingerprint", "splitter_version")
        self._set("recipe", json.dumps(dict(zip(names, astuple(recipe), strict=True))))
        self._set("corpus", corpus)

    def has_content(self, sha256: str, format: str) -> bool:
        """Whether this very text is stored, under whatever path."""
        return self._content(sha256, format) is not None

    def link(self, path: str, sha256: str, format: str, stamp: Stamp) -> None:
        """Say that the file at `path` holds a text that is stored already."""
        self._put_file(path, self._content(sha256, format), None, stamp)

    def skip(self, path: str, problem: str, stamp: Stamp) -> None:
        """Say that the file at `path` cannot be indexed, and why."""
        self._put_file(path, None, problem, stamp)

    def put(
        self,
        article: Article,
        stamp: Stamp,
        passages: Sequence[tuple[Passage, bytes | None]],
        vectors: Mapping[bytes, np.ndarray],
    ) -> None:
        """Store an article whole, with its passages, each with the SHA-256 of its embedded text.

        `vectors` has the vector of every such hash that is not stored yet.
        """
        if not self.has_content(article.sha256, article.format):
            content = self._insert_content(article)
            for passage, digest in passages:
                vector = None if digest is None else self._vector(digest, vectors)
                row = (content, passage.start, passage.end, _sentences_as_json(passage), vector)
                key = self._connection.execute(
                    "INSERT INTO passage (content, start, end, sentences, vector) VALUES (?, ?, ?, ?, ?)", row
                ).lastrowid
                words = passage.quotable_text(article.text)
                self._connection.execute(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (key, article.title, words)
                )
        self.link(article.path, article.sha256, article.format, stamp)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget these files."""
        for path in paths:
            self._replace(path, (None, None))
            self._connection.execute("DELETE FROM file WHERE path = ?", (path,))
            self._differs = True

    def finish(self) -> None:
        """Make this change a generation of its own if it changed anything; called by `Store.change`."""
        for content in sorted(self._dropped):
            if not self._count(f"file WHERE content = {content}"):
                self._forget_content(content)
        if self._differs:
            self._set("generation", str(self.generation + 1))
            self._set("updated", datetime.now(UTC).isoformat(timespec="seconds"))

    def _forget_content(self, content: int) -> None:
        title, text = self._connection.execute("SELECT title, text FROM content WHERE id = ?", (content,)).fetchone()
        rows = self._connection.execute("SELECT id, sentences, vector FROM passage WHERE content = ?", (content,))
        passages = rows.fetchall()
        for key, sentences, _ in passages:
            # A contentless full-text table forgets a row only when told what it held.
            words = Passage(0, 0, _sentences(sentences)).quotable_text(text)
            self._connection.execute(
                "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)", (key, title, words)
            )
        self._connection.execute("DELETE FROM passage WHERE content = ?", (content,))
        self._connection.execute("DELETE FROM content WHERE id = ?", (content,))
        self._connection.executemany(
            "DELETE FROM vector WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM passage WHERE vector = ?1)",
            {(vector,) for _, _, vector in passages if vector is not None},
        )

    def _replace(self, path: str, holds: tuple[int | None, str | None]) -> None:
        """Note what the file at `path` held until now, so that it goes if nothing else holds it."""
        held = self._connection.execute("SELECT content, problem FROM file WHERE path = ?", (path,)).fetchone()
        if held != holds:
            self._differs = True
            if held is not None and held[0] is not None:
                self._dropped.add(held[0])

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, value))

    def _content(self, sha256: str, format: str) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM content WHERE sha256 = ? AND format = ?", (sha256, format)
        ).fetchone()
        return None if row is None else int(row[0])

    def _put_file(self, path: str, content: int | None, problem: str | None, stamp: Stamp) -> None:
        self._replace(path, (content, problem))
        row = (path, content, problem, stamp.size, stamp.modified, stamp.looked_at)
        self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def _insert_content(self, article: Article) -> int | None:
        published = article.published.isoformat() if article.published else None
        row = (
            article.format, article.sha256, article.encoding, article.body_start, article.title, published,
            article.outlet, article.url, article.language, json.dumps(article.warnings), article.text,
        )  # fmt: skip
        holes = ", ".join("?" * len(row))
        return self._connection.execute(f"INSERT INTO content ({_ARTICLE_COLUMNS}) VALUES ({holes})", row).lastrowid

    def _vector(self, digest: bytes, vectors: Mapping[bytes, np.ndarray]) -> int | None:
        row = self._connection.execute("SELECT id FROM vector WHERE sha256 = ?", (digest,)).fetchone()
        if row is not None:
            return int(row[0])
        numbers = np.ascontiguousarray(vectors[digest], dtype=np.float32).tobytes()
        return self._connection.execute(
            "INSERT INTO vector (sha256, numbers) VALUES (?, ?)", (digest, numbers)
        ).lastrowid


class Store:
    """The store in one folder; opening it costs nothing until it is read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / FILE_NAME

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.file.is_file()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Read one generation, the newest that is whole; later commits do not show in it."""
        with self._transaction("BEGIN") as connection:
            yield Snapshot(connection)

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Change the store: all of it is committed at the end as one generation, or none of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            change = Change(connection)
            yield change
            change.finish()

    @contextmanager
    def lock(self, patience: float, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Be the only process that indexes here, waiting up to `patience` seconds for it.

        Calls `on_wait` if there is another. Raises `IndexBusyError` after that. The lock of a
        process that was killed is let go by the system.
        """
        from filelock import FileLock, Timeout

        with damage_named(self.file), _folder_made(self.folder):
            lock = FileLock(self.folder / "writer.lock")
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_wait()
                lock.acquire(timeout=patience)
        except Timeout:
            raise IndexBusyError(
                f"Another presscite is writing to the index {self.folder}.", "Wait for it to end, then try again."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def clear(self) -> None:
        """Forget everything, damaged or not; called under `lock`."""
        remove_database(self.folder)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with damage_named(self.file), _folder_made(self.folder):
            connection = connect(self.file)
            try:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
            finally:
                # Without a COMMIT, closing rolls everything back.
                connection.close()


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise sqlite3.OperationalError(f"{error.strerror or error}") from error
    yield


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


def _sentences(as_json: object) -> tuple[Sentence, ...]:
    return tuple(Sentence(start, end, bool(quotable)) for start, end, quotable in json.loads(str(as_json)))


def _sentences_as_json(passage: Passage) -> str:
    return json.dumps([[s.start, s.end, int(s.quotable)] for s in passage.sentences], separators=(",", ":"))
