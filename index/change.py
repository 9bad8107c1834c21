"""What one transaction changes in the store, which is then its next generation."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import numpy as np

from corpus.article import Article, text_digest
from corpus.folder import Stamp
from index.duplicates import shingles_of
from index.embedding import Vector
from index.languages import stemmed_language
from index.passage import Passage, news_of
from index.records import Recipe
from index.signatures import delete_signature, insert_signature
from index.snapshot import ARTICLE_COLUMNS, Snapshot, sentences_from_json
from index.stored_vectors import STORED
from index.words import delete_words, insert_words, stems_for


class Change(Snapshot):
    """What one transaction changes; valid inside `Store.change` only, and then a generation."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._dropped: set[int] = set()
        self._differs = False

    def describe(self, corpus: str, recipe: Recipe) -> None:
        """Say which folder is indexed, and what makes its vectors."""
        self._set("recipe", json.dumps(asdict(recipe)))
        self._set("corpus", corpus)
        self._connection.execute("DELETE FROM fact WHERE name = 'detached'")

    def has_content(self, sha256: str, format: str) -> bool:
        """Whether this very text is stored, under whatever path."""
        return self._content(sha256, format) is not None

    def link(self, path: str, sha256: str, format: str, stamp: Stamp) -> None:
        """Say that the file at `path` holds a text that is stored already."""
        self._put_file(path, self._content(sha256, format), None, stamp)

    def skip(self, path: str, problem: str, stamp: Stamp) -> None:
        """Say that the file at `path` cannot be indexed, and why."""
        self._put_file(path, None, problem, stamp)

    def put(self, article: Article, stamp: Stamp, passages: Sequence[tuple[Passage, bytes | None]]) -> None:
        """Store an article whole, with its passages, each with the SHA-256 of the text to embed.

        Texts that have no vector yet are then `Snapshot.pending`; None is for a passage without words.
        """
        if not self.has_content(article.sha256, article.format):
            language = stemmed_language(article.language, article.body)
            content = self._insert_content(article, language)
            for passage, digest in passages:
                vector = None if digest is None else self._vector(digest)
                words = passage.quotable_text(article.text)
                stems = stems_for(article.title, words, language)
                row = (content, passage.start, passage.end, _sentences_as_json(passage), stems, vector)
                key = self._connection.execute(
                    "INSERT INTO passage (content, start, end, sentences, stems, vector) VALUES (?, ?, ?, ?, ?, ?)", row
                ).lastrowid
                insert_words(self._connection, int(key or 0), article.title, words, stems)
            news = news_of(article.text, (passage for passage, _ in passages))
            insert_signature(self._connection, content, shingles_of(news))
        self.link(article.path, article.sha256, article.format, stamp)

    def fill(self, vectors: Mapping[int, Vector]) -> None:
        """Store the vectors of pending texts, by id; one that is not wanted any more is passed over."""
        rows = [(np.asarray(numbers, dtype=STORED).tobytes(), key) for key, numbers in vectors.items()]
        self._connection.executemany("UPDATE vector SET numbers = ? WHERE id = ?", rows)
        self._differs = self._differs or bool(rows)

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
        passages = self._connection.execute(
            "SELECT id, sentences, stems, vector FROM passage WHERE content = ?", (content,)
        ).fetchall()
        for key, sentences, stems, _ in passages:
            words = Passage(0, 0, sentences_from_json(sentences)).quotable_text(text)
            # The stems that are kept: those of another version of the stemmer may differ.
            delete_words(self._connection, key, title, words, stems)
        self._connection.execute("DELETE FROM passage WHERE content = ?", (content,))
        delete_signature(self._connection, content)
        self._connection.execute("DELETE FROM content WHERE id = ?", (content,))
        self._connection.executemany(
            "DELETE FROM vector WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM passage WHERE vector = ?1)",
            {(vector,) for *_, vector in passages if vector is not None},
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
        # INSERT OR REPLACE would begin a savepoint, at which FTS5 writes all words that it has gathered.
        self._connection.execute("DELETE FROM file WHERE path = ?", (path,))
        row = (path, content, problem, stamp.size, stamp.modified, stamp.looked_at)
        self._connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", row)

    def _insert_content(self, article: Article, language: str) -> int:
        published = article.published.isoformat() if article.published else None
        row = (
            article.format, article.sha256, article.encoding, article.body_start, article.title, published,
            article.outlet, article.url, article.language, json.dumps(article.warnings), article.text,
            text_digest(article.text), language,
        )  # fmt: skip
        holes = ", ".join("?" * len(row))
        done = self._connection.execute(f"INSERT INTO content ({ARTICLE_COLUMNS}, stemmed) VALUES ({holes})", row)
        return int(done.lastrowid or 0)

    def _vector(self, digest: bytes) -> int | None:
        row = self._connection.execute("SELECT id FROM vector WHERE sha256 = ?", (digest,)).fetchone()
        if row is not None:
            return int(row[0])
        return self._connection.execute("INSERT INTO vector (sha256) VALUES (?)", (digest,)).lastrowid


def _sentences_as_json(passage: Passage) -> str:
    return json.dumps([[s.start, s.end, int(s.quotable)] for s in passage.sentences], separators=(",", ":"))
