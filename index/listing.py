"""The listing of one generation: its articles a page at a time, and how many there are of each day.

All of it is SQL, so that a page costs the same among twenty articles and among tens of thousands.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_WORD = re.compile(r"\w+")

_FROM = "FROM file LEFT JOIN content ON content = content.id"

_MATCHES = (
    "(path LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\' OR outlet LIKE ? ESCAPE '\\'"
    " OR language = ? OR published LIKE ? ESCAPE '\\'"
    " OR content IN (SELECT passage.content FROM words JOIN passage ON passage.id = words.rowid WHERE words MATCH ?))"
)
"""One word of a search. LIKE folds the case of ASCII only; the titles' full-text index folds that of any script."""


class Order(StrEnum):
    """What a listing is sorted by; what has no date comes last, equal articles come by path."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    OUTLET = "outlet"
    PATH = "path"


_ORDER_BY = {
    Order.NEWEST: "published DESC, path",
    Order.OLDEST: "published IS NULL, published, path",
    Order.TITLE: "title IS NULL, title COLLATE NOCASE, path",
    Order.OUTLET: "outlet IS NULL, outlet COLLATE NOCASE, published DESC, path",
    Order.PATH: "path",
}


class FileState(StrEnum):
    """How far a file of the corpus folder is."""

    INDEXED = "indexed"
    EMBEDDING = "embedding"
    """Found by its words; some of its passages wait to be embedded."""
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file of the corpus folder as the index knows it."""

    path: str
    title: str | None
    outlet: str | None
    published: date | None
    language: str | None
    passages: int
    pending: int
    """How many of its passages wait to be embedded."""
    problem: str | None
    """Why it was left out, if it was."""

    @property
    def state(self) -> FileState:
        """How far it is."""
        if self.problem is not None:
            return FileState.LEFT_OUT
        return FileState.EMBEDDING if self.pending else FileState.INDEXED


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Some entries of all that match a search."""

    entries: tuple[ListedFile, ...]
    offset: int
    """How many matching entries stand before the first of these."""
    total: int
    """How many match in all."""


class Listing:
    """The files of one generation; valid as long as the `Snapshot` that gave it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def page(
        self, search: str = "", *, day: date | None = None, order: Order = Order.NEWEST, offset: int = 0, count: int
    ) -> ListingPage:
        """At most `count` entries from `offset` on, of those that match every word of `search`.

        A word matches a file if it is part of its path, title, outlet or date, or is its language. `day` leaves
        only articles of that day. An offset beyond the last entry gives the last page.
        """
        where, values = _condition(search, day)
        total = int(self._connection.execute(f"SELECT count(*) {_FROM} WHERE {where}", values).fetchone()[0])
        last_page = max(0, (total - 1) // count * count)
        begin = max(0, min(offset, last_page))
        rows = self._connection.execute(
            f"SELECT path, title, outlet, published, language, content, problem {_FROM} WHERE {where}"
            f" ORDER BY {_ORDER_BY[order]} LIMIT ? OFFSET ?",
            (*values, count, begin),
        ).fetchall()
        return ListingPage(tuple(self._entry(row) for row in rows), begin, total)

    def days(self) -> dict[date, int]:
        """How many articles each day has, by day; those without a date are not counted."""
        rows = self._connection.execute(
            "SELECT published, count(*) FROM content JOIN file ON file.content = content.id"
            " WHERE published IS NOT NULL GROUP BY published ORDER BY published"
        )
        return {date.fromisoformat(published): count for published, count in rows}

    def left_out(self, count: int) -> list[ListedFile]:
        """The first `count` files that could not be indexed, by path."""
        rows = self._connection.execute(
            "SELECT path, NULL, NULL, NULL, NULL, NULL, problem FROM file WHERE problem IS NOT NULL"
            " ORDER BY path LIMIT ?",
            (count,),
        )
        return [self._entry(row) for row in rows]

    def left_out_count(self) -> int:
        """How many files could not be indexed."""
        return int(self._connection.execute("SELECT count(*) FROM file WHERE problem IS NOT NULL").fetchone()[0])

    def has(self, path: str) -> bool:
        """Whether the file at `path` is known, as an article or as one that was left out."""
        return self._connection.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone() is not None

    def _entry(self, row: Sequence[str | int | None]) -> ListedFile:
        path, title, outlet, published, language, content, problem = row
        passages, pending = self._connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE vector.id IS NOT NULL AND numbers IS NULL)"
            " FROM passage LEFT JOIN vector ON vector = vector.id WHERE content = ?",
            (content,),
        ).fetchone()
        return ListedFile(
            path=str(path),
            title=_text(title),
            outlet=_text(outlet),
            published=date.fromisoformat(str(published)) if published else None,
            language=_text(language),
            passages=int(passages),
            pending=int(pending),
            problem=_text(problem),
        )


def _condition(search: str, day: date | None) -> tuple[str, list[str]]:
    """The WHERE clause of a search and its values."""
    clauses, values = [], []
    # To SQLite a NUL ends a text.
    for word in search.replace("\x00", " ").split():
        part = "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
        clauses.append(_MATCHES)
        # A word of signs only is none to the full-text index, and would be an error in its query.
        phrase = " ".join(_WORD.findall(word))
        values += [part, part, part, word.lower(), part, f'title : "{phrase}" *' if phrase else '""']
    if day is not None:
        clauses.append("published = ?")
        values.append(day.isoformat())
    return " AND ".join(clauses) or "1", values


def _text(value: object) -> str | None:
    return None if value is None else str(value)
