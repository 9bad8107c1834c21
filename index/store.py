"""The store: articles, passages, vectors and words in one durable place.

One SQLite file in write-ahead mode is the truth. Everything that belongs together is committed
together, and each commit that changes anything is one generation. Readers see the generation that
was whole when they began, however long they take. This file opens the store; `index.schema` has its
tables, `index.snapshot` reads one generation, with `index.catalogue`, `index.stored_vectors` and `index.listing` as
parts of it, `index.change` makes the next, both with `index.signatures` and `index.words`. Nothing outside these nine
knows how it is kept.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import IndexBusyError, IndexReadOnlyError
from index.change import Change
from index.schema import FILE_NAME, VECTORS_NAME, connect, connect_unwritable, damage_named, remove_database
from index.snapshot import Snapshot


class Store:
    """The store in one folder; opening it costs nothing until it is read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / FILE_NAME
        self.vectors_file = folder / VECTORS_NAME

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.file.is_file()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Read one generation, the newest that is whole; later commits do not show in it."""
        with self._transaction("BEGIN", read_only=self.exists) as connection:
            snapshot = Snapshot(connection)
            # SQLite settles what a transaction sees with its first look, not with BEGIN.
            _ = snapshot.generation
            yield snapshot

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Change the store: all of it is committed at the end as one generation, or none of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            change = Change(connection)
            yield change
            change.finish()

    @contextmanager
    def lock(
        self, patience: float, on_wait: Callable[[], None] = lambda: None, *, name: str = "writer"
    ) -> Iterator[None]:
        """Be the only process that indexes here, waiting up to `patience` seconds for it.

        Another `name` is another lock, for what is kept beside the index. Calls `on_wait` if there is
        another process. Raises `IndexBusyError` after that, and `IndexReadOnlyError` where nothing can
        be written. The lock of a process that was killed is let go by the system.
        """
        from filelock import FileLock, Timeout

        with damage_named(self.file), _folder_made(self.folder):
            lock = FileLock(self.folder / f"{name}.lock")
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_wait()
                lock.acquire(timeout=patience)
        except OSError as error:
            if isinstance(error, Timeout):
                raise IndexBusyError(
                    f"Another presscite is writing to the index {self.folder}.", "Wait for it to end, then try again."
                ) from None
            raise IndexReadOnlyError(
                f"The index {self.folder} cannot be written to ({error.strerror or error}).",
                "Check the folder's permissions, or give another one with --index DIR.",
            ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Make many changes cheaper: the last connection that closes writes all of the log to its place."""
        with damage_named(self.file), _folder_made(self.folder), closing(connect(self.file)):
            yield

    def clear(self) -> None:
        """Forget everything, damaged or not; called under `lock`."""
        remove_database(self.folder)

    @contextmanager
    def _transaction(self, begin: str, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
        with damage_named(self.file), _folder_made(self.folder):
            unwritable = read_only and not os.access(self.folder, os.W_OK)
            connection = connect_unwritable(self.file) if unwritable else connect(self.file)
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
