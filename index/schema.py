"""How the store lies on disk: the tables, and opening them safely."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMismatchError, IndexReadOnlyError

FILE_NAME = "index.sqlite"
VECTORS_NAME = "vectors.faiss"

SCHEMA_VERSION = 4
"""Counts up whenever the tables change; kept in SQLite's own `user_version`."""

APPLICATION_ID = 0x50524331
"""Tells an index from any other SQLite file; kept in SQLite's own `application_id`."""

BUSY_SECONDS = 30.0

CACHE_KIBIBYTES = 64 * 1024
"""Of SQLite's pages, a connection at most: with its 2 MB, inserts at random places write each page many times."""

CHECKPOINT_PAGES = 4_000
"""16 MB: so much of what is committed may wait in the write-ahead log before it is written to its place."""

CHECK_DISK = "Check the disk's space and the folder's permissions."

REBUILD = "Type: presscite index --rebuild (with the same --corpus and --index)"

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One text, however many files hold it: the same bytes read by the same function.
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    body_start INTEGER NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    outlet TEXT,
    url TEXT,
    language TEXT,
    warnings TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    stemmed TEXT NOT NULL,
    UNIQUE (sha256, format)
);
CREATE INDEX content_warned ON content (id) WHERE warnings != '[]';
CREATE INDEX content_by_stemmed ON content (stemmed);
CREATE INDEX content_by_outlet ON content (outlet, published);
CREATE INDEX content_listed ON content (published, title, outlet, language);

CREATE TABLE file (
    path TEXT PRIMARY KEY,
    content INTEGER REFERENCES content (id),
    problem TEXT,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    looked_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_by_content ON file (content);

-- Numbers are half-precision floats; NULL until the text is embedded. No id is ever given twice: the
-- derived vector index knows a vector by it.
CREATE TABLE vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 BLOB NOT NULL UNIQUE,
    numbers BLOB
);
CREATE INDEX vector_pending ON vector (id) WHERE numbers IS NULL;

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES content (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    stems TEXT NOT NULL,
    vector INTEGER REFERENCES vector (id)
);
CREATE INDEX passage_by_content ON passage (content, start);
CREATE INDEX passage_by_vector ON passage (vector);

-- What near-duplicates are found by, see `index.signatures`. A content's bands follow from its shingles, so
-- that they are deleted without an index by content.
CREATE TABLE signature (
    content INTEGER PRIMARY KEY REFERENCES content (id),
    shingles BLOB NOT NULL
);
CREATE TABLE band (
    hash INTEGER NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (hash, content)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE stems USING fts5 (
    title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
"""


@contextmanager
def damage_named(file: Path) -> Iterator[None]:
    """Turn what SQLite says of a bad disk or database into an error that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise IndexReadOnlyError(f"The index {file} cannot be written to ({error}).", CHECK_DISK) from error
        raise IndexDamagedError(f"The index {file} cannot be used: {error}.", CHECK_DISK) from error
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError(f"The index {file} is damaged: {error}.", REBUILD) from error


def connect(file: Path) -> sqlite3.Connection:
    """Open the database at `file`, making it if there is none.

    Raises `IndexMismatchError` when another version of Presscite made it, and `sqlite3.Error` as
    it comes: callers wrap their whole work in `damage_named`.
    """
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            version = _create(connection)
        _require_version(version, file)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_unwritable(file: Path) -> sqlite3.Connection:
    """Open the database at `file` for reading where nothing can be written, not even SQLite's own notes.

    SQLite then takes it to be unchanging, as its documentation says of `immutable`. Raises as `connect` does.
    """
    connection = sqlite3.connect(
        f"{file.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        _require_version(connection.execute("PRAGMA user_version").fetchone()[0], file)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_version(version: int, file: Path) -> None:
    if version != SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index {file} has format {version}; this version of Presscite reads format {SCHEMA_VERSION}.", REBUILD
        )


def _create(connection: sqlite3.Connection) -> int:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version == 0:
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        name_anew(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        version = SCHEMA_VERSION
    connection.execute("COMMIT")
    return version


def name_anew(connection: sqlite3.Connection) -> None:
    """Give the database an identity of its own, by which what is derived from it is known to be of no other."""
    connection.execute("INSERT OR REPLACE INTO fact (name, value) VALUES ('identity', lower(hex(randomblob(16))))")


def remove_database(folder: Path) -> None:
    """Delete the database in `folder`, whatever state it is in."""
    for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", VECTORS_NAME):
        (folder / name).unlink(missing_ok=True)
