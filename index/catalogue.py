"""What is there, by date, outlet and path: which texts a search may be narrowed to."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.words import saying


class Text(NamedTuple):
    """An article as one file holds it, without all that a quote needs."""

    path: str
    title: str
    body: str


class Catalogue:
    """The part of a snapshot that says which articles there are.

    A content is one text, however many files hold it; `allowed` is always the ids of contents, as `contents`
    gives them, and None stands for all.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def outlets(self) -> list[str]:
        """The outlets of all articles, sorted; as many look-ups in an index of SQLite as there are outlets."""
        rows = self._connection.execute(
            "WITH RECURSIVE known (name) AS (SELECT min(outlet) FROM content UNION ALL"
            " SELECT (SELECT min(outlet) FROM content WHERE outlet > name) FROM known WHERE name IS NOT NULL)"
            " SELECT name FROM known WHERE name IS NOT NULL"
        )
        return [str(name) for (name,) in rows]

    def days(self, allowed: Collection[int] | None = None) -> list[date]:
        """The days on which articles were published, ascending."""
        only, values = _only("id", allowed)
        rows = self._connection.execute(
            f"SELECT DISTINCT published FROM content WHERE published IS NOT NULL AND {only} ORDER BY published", values
        )
        return [date.fromisoformat(published) for (published,) in rows]

    def contents(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        outlets: Iterable[str] = (),
        articles: Iterable[str] = (),
    ) -> list[int]:
        """The contents, ascending, for which all of these hold: what is left empty is no condition.

        Published on `since` or later, and on `until` or earlier, which an article without a date is not; by one
        of `outlets`, spelled as the index has them; in one of the files `articles`, by path.
        """
        conditions, values = ["true"], []
        for condition, bound in (("published >= ?", since), ("published <= ?", until)):
            if bound is not None:
                conditions.append(condition)
                values.append(bound.isoformat())
        for column, names in (("outlet", [*outlets]), ("path", [*articles])):
            if names:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(names))
        rows = self._connection.execute(
            "SELECT DISTINCT content.id FROM content JOIN file ON file.content = content.id"
            f" WHERE {' AND '.join(conditions)} ORDER BY content.id",
            values,
        )
        return [int(key) for (key,) in rows]

    def passages_of(self, allowed: Collection[int]) -> tuple[set[int], NDArray[np.int64]]:
        """The ids of the passages of some contents, and of the vectors that are there for them, ascending."""
        only, values = _only("content", allowed)
        rows = self._connection.execute(
            "SELECT passage.id, vector.id FROM passage"
            f" LEFT JOIN vector ON vector = vector.id AND numbers IS NOT NULL WHERE {only}",
            values,
        ).fetchall()
        vectors = np.array([vector for _, vector in rows if vector is not None], dtype=np.int64)
        return {passage for passage, _ in rows}, np.unique(vectors)

    def texts(self, allowed: Collection[int] | None = None) -> Iterator[Text]:
        """Every article of these contents, by path; the same text at two paths is two articles."""
        only, values = _only("content", allowed)
        rows = self._connection.execute(
            f"SELECT path, title, text, body_start FROM file JOIN content ON content = id WHERE {only} ORDER BY path",
            values,
        )
        for path, title, text, body_start in rows:
            yield Text(str(path), str(title), str(text)[body_start:])

    def paths_saying(self, phrase: str, allowed: Collection[int] | None = None) -> set[str]:
        """The paths of the articles in whose title or news the words of `phrase` stand together, in any form.

        By the stems of the full-text index, `index.words`, without diacritics, within one passage.
        """
        only, values = _only("passage.content", allowed)
        rows = self._connection.execute(
            "SELECT DISTINCT path FROM passage JOIN file ON file.content = passage.content"
            f" WHERE passage.id IN (SELECT value FROM json_each(?)) AND {only}",
            [json.dumps(saying(self._connection, phrase.split())), *values],
        )
        return {str(path) for (path,) in rows}


def _only(column: str, allowed: Collection[int] | None) -> tuple[str, list[str]]:
    """The condition that `column` is one of `allowed`, and its value."""
    if allowed is None:
        return "true", []
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps([*allowed])]
