"""Copying a whole index into one file, and back: texts, passages, vectors and words.

The copy is an SQLite file like the index itself. Imported, it is detached: it answers from the texts in it,
without their folder, until it is indexed with a folder again.
"""

import os
import shutil
import sqlite3
from pathlib import Path

from corpus.errors import WrongUseError
from index.schema import APPLICATION_ID, FILE_NAME, SCHEMA_VERSION, name_anew
from index.store import Store

REMEDY = "Give a file that presscite export wrote."


def export_index(store: Store, file: Path) -> None:
    """Write the newest whole generation of `store` to `file`, all at once.

    Raises `WrongUseError` for an index that is not there, and for a `file` that is something else already.
    """
    if not store.exists:
        raise WrongUseError(f"There is no index in {store.folder}.", "Type: presscite index")
    if file.exists() and not _is_index(file):
        raise WrongUseError(f"{file}: it is there already, and is no index.", "Give another file.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        _copy(store.file, unfinished)
        unfinished.replace(file)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise WrongUseError(f"{file}: the copy cannot be written ({error}).", "Give another file.") from error


def import_index(file: Path, store: Store) -> None:
    """Make the copy in `file` the index of `store`, which must have none.

    Raises `WrongUseError` where there is one, and where `file` is no copy, of another format, or damaged.
    """
    if store.exists:
        raise WrongUseError(f"There is an index in {store.folder} already.", "Give another folder with --index DIR.")
    _require_whole(file)
    unfinished = store.folder / f"{FILE_NAME}.unfinished"
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, unfinished)
        connection = sqlite3.connect(unfinished)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            with connection:
                name_anew(connection)
        finally:
            connection.close()
        _sync(unfinished)
        unfinished.replace(store.file)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise WrongUseError(f"{store.folder}: the index cannot be written ({error}).", "Give another one.") from error


def _copy(index: Path, file: Path) -> None:
    source, copy = sqlite3.connect(index), sqlite3.connect(file, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("INSERT OR REPLACE INTO fact (name, value) VALUES ('detached', 'yes')")
        copy.execute("VACUUM")
    finally:
        source.close()
        copy.close()
    _sync(file)


def _require_whole(file: Path) -> None:
    if not file.is_file() or not _is_index(file):
        raise WrongUseError(f"{file}: this is not a copy of an index.", REMEDY)
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        detached = connection.execute("SELECT count(*) FROM fact WHERE name = 'detached'").fetchone()[0]
    except sqlite3.DatabaseError:
        sound, version, detached = False, SCHEMA_VERSION, True
    finally:
        connection.close()
    if not sound:
        raise WrongUseError(f"{file}: this copy is damaged.", "Export it again.")
    if version != SCHEMA_VERSION:
        raise WrongUseError(
            f"{file}: this copy has format {version}; this version of Presscite reads format {SCHEMA_VERSION}.",
            "Export it again with this version.",
        )
    if not detached:
        raise WrongUseError(f"{file}: this is an index in use, not a copy of one.", REMEDY)


def _is_index(file: Path) -> bool:
    """Whether the head of `file` is that of an index: SQLite's documentation has the places."""
    try:
        with file.open("rb") as stream:
            head = stream.read(100)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4)


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
