"""The full-text index: what of a passage is in it, and how it is asked; BM25 by SQLite's FTS5.

Every passage stands in the table of words as it is, stemmed as English by FTS5 itself (Porter, "An algorithm for suffix
stripping", 1980), which changes little in other languages. Those of articles in other languages stand in the table
of stems as well (`index.languages`), and what they score in both is added: so a name is found in whatever
language it is asked for, and no table knows words by the stemmer of another language.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from index.languages import ENGLISH, stems_in, stems_of

MOST_MATCHES = 15_000
"""Rows that a full-text query may have to score; some 20 milliseconds of SQLite's time."""

TABLES = ("words", "stems")


def insert_words(connection: sqlite3.Connection, passage: int, title: str, text: str, stems: str) -> None:
    """Make a passage found by its words, and by its stems as `stems_for` gives them."""
    for table, columns in _held(title, text, stems):
        row = (passage, *columns)
        connection.execute(f"INSERT INTO {table} (rowid, title, text) VALUES (?, ?, ?)", row)


def delete_words(connection: sqlite3.Connection, passage: int, title: str, text: str, stems: str) -> None:
    """Forget a passage; a contentless full-text table forgets a row only when told just what it held."""
    for table, columns in _held(title, text, stems):
        row = (passage, *columns)
        connection.execute(f"INSERT INTO {table} ({table}, rowid, title, text) VALUES ('delete', ?, ?, ?)", row)


def stems_for(title: str, text: str, language: str) -> str:
    """What is kept of a passage's stems, a line each for title and text; empty for an empty `language`.

    That is its article's `index.languages.stemmed_language`.
    """
    return f"{stems_in(title, language)}\n{stems_in(text, language)}" if language else ""


def tables(connection: sqlite3.Connection) -> list[str]:
    """The SQL that makes each of TABLES."""
    query = "SELECT sql FROM sqlite_schema WHERE name = ?"
    return [str(connection.execute(query, (table,)).fetchone()[0]) for table in TABLES]


def kept_words(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Every word of each of TABLES: (term, passage, column, place), in this order."""
    for table in TABLES:
        connection.execute(f"CREATE VIRTUAL TABLE temp.{table}_term USING fts5vocab (main, {table}, instance)")
        yield from connection.execute(f"SELECT term, doc, col, offset FROM temp.{table}_term")


def stemmed_languages(connection: sqlite3.Connection) -> list[str]:
    """The languages whose stems are kept, empty for that of articles that have none; one look-up each."""
    rows = connection.execute(
        "WITH RECURSIVE known (name) AS (SELECT min(stemmed) FROM content UNION ALL"
        " SELECT (SELECT min(stemmed) FROM content WHERE stemmed > name) FROM known WHERE name IS NOT NULL)"
        " SELECT name FROM known WHERE name IS NOT NULL"
    )
    return [str(name) for (name,) in rows]


def matching_words(
    connection: sqlite3.Connection,
    words: Sequence[str],
    count: int,
    allowed: Collection[int] | None = None,
    language: str = "",
) -> list[tuple[int, float]]:
    """See `Snapshot.matching`."""
    languages = _asked_languages(stemmed_languages(connection), language)
    as_is = [_phrase([word]) for word in words]
    if not languages:
        return _Asked(connection, "words", as_is, MOST_MATCHES).best(count, allowed)
    stems = [_one_of([word], languages) for word in words]
    asked = [_Asked(connection, *each, MOST_MATCHES // 2) for each in (("words", as_is), ("stems", stems))]
    scores = {passage: 0.0 for each in asked for passage, _ in each.best(count, allowed)}
    for each in asked:
        for passage, score in each.scores([*scores]):
            scores[passage] += score
    return sorted(scores.items(), key=lambda item: -item[1])[:count]


def saying(connection: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    """The passages where `words` stand together, in any form."""
    languages = [language for language in stemmed_languages(connection) if language]
    asked = [("words", _phrase(words)), *([("stems", _one_of(words, languages))] if languages else [])]
    rows = (connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (query,)) for table, query in asked)
    return sorted({passage for some in rows for (passage,) in some})


class _Asked:
    """A question to one table."""

    def __init__(self, connection: sqlite3.Connection, table: str, terms: Sequence[str], most: int) -> None:
        self._connection = connection
        self._table = table
        self._query = self._affordable(terms, most)

    def best(self, count: int, allowed: Collection[int] | None) -> list[tuple[int, float]]:
        """The best passages of these contents, with their BM25."""
        if allowed is None:
            return self._rows("ORDER BY score DESC LIMIT ?", [count])
        only = "SELECT id FROM passage WHERE content IN (SELECT value FROM json_each(?))"
        # The plus keeps SQLite from running the whole query anew for each of these rows.
        return self._rows(f"AND +rowid IN ({only}) ORDER BY score DESC LIMIT ?", [json.dumps([*allowed]), count])

    def scores(self, passages: Sequence[int]) -> list[tuple[int, float]]:
        """The BM25 of those of these passages that match."""
        return self._rows("AND +rowid IN (SELECT value FROM json_each(?))", [json.dumps(passages)])

    def _rows(self, rest: str, values: Sequence[str | int]) -> list[tuple[int, float]]:
        if not self._query:
            return []
        # Not by FTS5's own "rank": it sorts all that matches, where SQLite keeps the best few.
        return self._connection.execute(
            f"SELECT rowid, -bm25({self._table}, 0.5, 1.0) AS score FROM {self._table}"
            f" WHERE {self._table} MATCH ? {rest}",
            (self._query, *values),
        ).fetchall()

    def _affordable(self, terms: Sequence[str], most: int) -> str:
        """The query for the rarest of these terms; for both of the two rarest, if even one is too common."""
        limited = f"SELECT count(*) FROM (SELECT 1 FROM {self._table} WHERE {self._table} MATCH ? LIMIT ?)"
        matches = {each: int(self._connection.execute(limited, (each, most + 1)).fetchone()[0]) for each in terms}
        rarest = sorted((each for each in terms if matches[each]), key=lambda each: matches[each])
        chosen: list[str] = []
        for each in rarest:
            if sum(matches[one] for one in chosen) + matches[each] > most:
                break
            chosen.append(each)
        return " OR ".join(chosen) if chosen else " AND ".join(rarest[:2])


def _held(title: str, text: str, stems: str) -> list[tuple[str, tuple[str, ...]]]:
    """What each table holds of a passage."""
    return [("words", (title, text)), *([("stems", tuple(stems.split("\n")))] if stems else [])]


def _asked_languages(kept: Sequence[str], language: str) -> list[str]:
    """By the stems of which languages a question is asked: its own, and without one in doubt all."""
    if language and language in kept:
        return [language]
    if language == ENGLISH and "" in kept:
        return []
    return [each for each in kept if each]


def _one_of(words: Sequence[str], languages: Sequence[str]) -> str:
    return f"({' OR '.join(dict.fromkeys(_phrase(stems_of(words, language)) for language in languages))})"


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'
