"""How near-duplicates are kept and found: the shingles of every text, and a table of their bands to search.

An article of 400 words takes about 3 kB: 2 for its shingles as they lie in the file, 1.1 for the rows of its
bands. Bands follow from shingles, so that nothing but their table keeps them.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

import numpy as np

from index.duplicates import DUPLICATE_FROM, HASHES, Shingles, bands_of, containment
from index.records import NearDuplicate

MOST_CANDIDATES = 1_000
"""Texts that are compared with one, those that share most bands first: some 60 milliseconds for so many."""


def insert_signature(connection: sqlite3.Connection, content: int, shingles: Shingles) -> None:
    """Keep the shingles of a content, which has none yet, and their bands."""
    connection.execute("INSERT INTO signature (content, shingles) VALUES (?, ?)", (content, shingles.tobytes()))
    rows = ((band, content) for band in bands_of(shingles).tolist())
    connection.executemany("INSERT INTO band (hash, content) VALUES (?, ?)", rows)


def delete_signature(connection: sqlite3.Connection, content: int) -> None:
    """Forget the shingles of a content, and their bands."""
    for shingles in kept_shingles(connection, [content]).values():
        rows = ((band, content) for band in bands_of(shingles).tolist())
        connection.executemany("DELETE FROM band WHERE hash = ? AND content = ?", rows)
    connection.execute("DELETE FROM signature WHERE content = ?", (content,))


def kept_shingles(connection: sqlite3.Connection, contents: Iterable[int]) -> dict[int, Shingles]:
    """The shingles of these contents; a content that has no signature is left out."""
    rows = connection.execute(
        "SELECT content, shingles FROM signature WHERE content IN (SELECT value FROM json_each(?))",
        (json.dumps([*contents]),),
    )
    return {content: np.frombuffer(shingles, HASHES) for content, shingles in rows}


def kept_bands(connection: sqlite3.Connection, content: int, shingles: Shingles) -> int:
    """How many of the bands of these shingles are kept for a content."""
    query = "SELECT count(*) FROM json_each(?) JOIN band ON hash = value AND content = ?"
    return int(connection.execute(query, (json.dumps(bands_of(shingles).tolist()), content)).fetchone()[0])


def shares_of(connection: sqlite3.Connection, content: int) -> dict[int, float]:
    """The near-duplicates of a content, by how much they share with it; itself among them, with 1."""
    shares = {content: 1.0}
    for asked in kept_shingles(connection, [content]).values():
        candidates = connection.execute(
            "SELECT content FROM band WHERE hash IN (SELECT value FROM json_each(?)) AND content != ?"
            " GROUP BY content ORDER BY count(*) DESC, content LIMIT ?",
            (json.dumps(bands_of(asked).tolist()), content, MOST_CANDIDATES),
        ).fetchall()
        for other, shingles in kept_shingles(connection, (key for (key,) in candidates)).items():
            share = containment(asked, shingles)
            if share >= DUPLICATE_FROM:
                shares[other] = share
    return shares


def near_duplicates_of(connection: sqlite3.Connection, path: str, content: int) -> tuple[NearDuplicate, ...]:
    """The other files that hold a near-duplicate of the content at `path`, most alike first, then by path."""
    shares = shares_of(connection, content)
    rows = connection.execute(
        "SELECT path, title, outlet, published, content FROM file JOIN content ON content = content.id"
        " WHERE content IN (SELECT value FROM json_each(?))",
        (json.dumps([*shares]),),
    )
    found = [
        NearDuplicate(other, title, outlet, date.fromisoformat(published) if published else None, shares[key])
        for other, title, outlet, published, key in rows
        if other != path
    ]
    return tuple(sorted(found, key=lambda each: (-each.shared, each.path)))
