"""One generation of the store, for reading."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from corpus.article import Article
from corpus.folder import Stamp
from index.catalogue import Catalogue
from index.duplicates import Shingles, bands_of
from index.listing import Listing
from index.passage import Passage
from index.records import NearDuplicate, Problem, Recipe, Statistics, StoredPassage
from index.sentences import Sentence
from index.signatures import kept_bands, kept_shingles, near_duplicates_of
from index.stored_vectors import StoredVectors
from index.words import kept_words, matching_words, tables

ARTICLE_COLUMNS = (
    "format, sha256, encoding, body_start, title, published, outlet, url, language, warnings, text, text_sha256"
)


class Snapshot(Catalogue, StoredVectors):
    """One generation of the store, for reading; valid inside `Store.snapshot` only."""

    @property
    def generation(self) -> int:
        """Counts up by one with every commit; 0 for a store that nothing was put into."""
        return int(self._fact("generation") or 0)

    @property
    def identity(self) -> str:
        """Tells this store from every other, also from one that was in its place before; empty for an old one."""
        return self._fact("identity") or ""

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
    def detached(self) -> bool:
        """Whether this is a copy that answers without its folder, see `index.copying`."""
        return self._fact("detached") is not None

    @property
    def statistics(self) -> Statistics:
        """How much there is."""
        updated = self._fact("updated")
        return Statistics(
            articles=self.article_count,
            passages=self._count("passage"),
            vectors=self._count("vector"),
            pending=self.pending_count,
            generation=self.generation,
            updated=datetime.fromisoformat(updated) if updated else None,
        )

    @property
    def listing(self) -> Listing:
        """The files a page at a time, as people look at them."""
        return Listing(self._connection)

    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file that was looked at, by path, unreadable ones included."""
        rows = self._connection.execute("SELECT path, size, modified, looked_at FROM file")
        return {row[0]: Stamp._make(row[1:]) for row in rows}

    def problems(self) -> list[Problem]:
        """Files that were skipped, and warnings about files that were not; by path."""
        rows = self._connection.execute(
            "SELECT path, problem, NULL FROM file WHERE problem IS NOT NULL UNION ALL"
            " SELECT path, NULL, warnings FROM content CROSS JOIN file ON file.content = content.id"
            " WHERE warnings != '[]'"
            " ORDER BY path"
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

    def hashes_of(self, paths: Sequence[str]) -> dict[str, str]:
        """The same of these paths only, in no order; a path that is not indexed is left out."""
        return dict(self._rows("SELECT path, sha256 FROM file JOIN content ON content = id WHERE path IN", paths))

    @property
    def article_count(self) -> int:
        """How many files are indexed as articles."""
        return self._count("file WHERE content IS NOT NULL")

    def article(self, path: str) -> Article | None:
        """The article at `path` as it was indexed, if it was."""
        row = self._connection.execute(
            f"SELECT path, {ARTICLE_COLUMNS} FROM file JOIN content ON content = id WHERE path = ?", (path,)
        ).fetchone()
        return None if row is None else _article(row)

    def pending(self, after: int, count: int) -> dict[int, StoredPassage]:
        """The first `count` vectors that are not there yet, of ids beyond `after`, each with a passage to embed."""
        rows = self._connection.execute(
            "SELECT vector.id, (SELECT min(passage.id) FROM passage WHERE vector = vector.id)"
            " FROM vector WHERE numbers IS NULL AND vector.id > ? ORDER BY vector.id LIMIT ?",
            (after, count),
        ).fetchall()
        passages = self.fetch([passage for _, passage in rows])
        return {vector: passages[passage] for vector, passage in rows}

    def matching(
        self, words: Sequence[str], count: int, allowed: Collection[int] | None = None, language: str = ""
    ) -> list[tuple[int, float]]:
        """The `count` passages that match any of `words` best, as (id, BM25 score), best first.

        Of the contents `allowed` only, if they are given; how rare a word is still counts over all. `language` is that
        of the question, by `index.languages.language_of`: where it cannot be told, the words' stems in every language
        of the index match, too.

        BM25 as SQLite's FTS5 has it (k1 = 1.2, b = 0.75), higher is better; a match in the title
        counts half as much as one in the text. Equal scores come in no particular order. Of words so
        common that more than `index.words.MOST_MATCHES` passages would have to be scored the most common are left
        out: they tell passages apart least.
        """
        return matching_words(self._connection, words, count, allowed, language)

    def near_duplicates(self, paths: Collection[str]) -> dict[str, tuple[NearDuplicate, ...]]:
        """For each of these articles, the others that print the same text, most alike first, then by path.

        The same bytes under another path are among them. A path that is not indexed is left out. Near-duplicates
        of one article need not be near-duplicates of each other: two may be different parts of it.
        """
        held = self._rows("SELECT path, content FROM file WHERE content IS NOT NULL AND path IN", [*paths])
        return {path: near_duplicates_of(self._connection, path, content) for path, content in [*held]}

    def signed(self, path: str, shingles: Shingles) -> bool:
        """Whether just these shingles, and all their bands, are kept for an article."""
        contents = self._rows("SELECT content FROM file WHERE content IS NOT NULL AND path IN", [path])
        return any(
            np.array_equal(kept, shingles)
            and kept_bands(self._connection, content, shingles) == len(bands_of(shingles))
            for content, kept in kept_shingles(self._connection, [key for (key,) in contents]).items()
        )

    @property
    def band_count(self) -> int:
        """How many bands are kept."""
        return self._count("band")

    def faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong with the file."""
        for (said,) in self._connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"SQLite: {said}."

    def all_passages(self, at_once: int) -> Iterator[StoredPassage]:
        """Every passage with its article, by id, fetched `at_once` at a time."""
        query = "SELECT id FROM passage WHERE id > ? ORDER BY id LIMIT ?"
        keys = [0]
        while keys := [key for (key,) in self._connection.execute(query, (keys[-1], at_once))]:
            yield from self.fetch(keys).values()

    def passage_of_each_vector(self, at_once: int) -> Iterator[tuple[int, StoredPassage | None]]:
        """The id of every vector that is there, with one of its passages, fetched `at_once` at a time."""
        ids = self.vector_ids().tolist()
        for start in range(0, len(ids), at_once):
            passages = self.passages_with(ids[start : start + at_once])
            found = self.fetch([some[0] for some in passages.values() if some])
            yield from ((key, found[some[0]] if some else None) for key, some in passages.items())

    @property
    def word_tables(self) -> list[str]:
        """The SQL that makes the full-text tables."""
        return tables(self._connection)

    def words(self) -> Iterator[tuple[Any, ...]]:
        """Every word of the full-text index: (term, passage, column, place), in this order."""
        return kept_words(self._connection)

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

    def _fact(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])


def _article(row: Sequence[Any]) -> Article:
    path, format, sha256, encoding, body_start, title, published, outlet, url, language, warnings, text, proof = row
    return Article(
        path=str(path), format=str(format), sha256=str(sha256), encoding=str(encoding), body_start=int(str(body_start)),
        title=str(title), published=date.fromisoformat(str(published)) if published else None,
        outlet=_optional(outlet), url=_optional(url), language=_optional(language),
        warnings=tuple(json.loads(str(warnings))), text=str(text), text_sha256=str(proof),
    )  # fmt: skip


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def sentences_from_json(as_json: object) -> tuple[Sentence, ...]:
    """The sentences of a passage as they are kept: a list of [start, end, quotable]."""
    return tuple(Sentence(start, end, bool(quotable)) for start, end, quotable in json.loads(str(as_json)))
