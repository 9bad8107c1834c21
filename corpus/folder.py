"""The corpus folder: which article files it holds, and what has changed since they were read."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus.errors import WrongUseError
from corpus.reading import FORMATS

RACY_NANOSECONDS = 2_000_000_000
"""A file touched this shortly before it was looked at may change again within its time stamp.

File systems stamp times as coarsely as two seconds (FAT), so equal size and time then prove
nothing and the bytes are looked at again; git does the same ("racy git" in its documentation).
"""


class Stamp(NamedTuple):
    """What tells cheaply that a file is as it was: bytes, and nanoseconds since the epoch."""

    size: int
    modified: int
    looked_at: int = 0
    """When the bytes were read; 0 for a file that was not read yet."""

    def proves_unchanged(self, now: "Stamp") -> bool:
        """Whether a file stamped so when it was read, and `now` so, surely has the same bytes."""
        size, modified, looked_at = self
        return size == now[0] and modified == now[1] and modified < looked_at - RACY_NANOSECONDS


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """A folder against what is remembered of it; all paths relative, sorted."""

    to_read: tuple[str, ...]
    """New files, and those whose stamp no longer proves them unchanged."""
    gone: tuple[str, ...]
    unchanged: tuple[str, ...]
    ignored: Mapping[str, int]
    """How many files of each suffix are of a format that is not read."""
    unnameable: tuple[str, ...] = ()
    """File names that are not valid text, written with escapes."""

    @property
    def any(self) -> bool:
        """Whether anything has to be done."""
        return bool(self.to_read or self.gone)


def compare_folder(
    folder: Path, known: Mapping[str, Stamp], on_first_to_read: Callable[[], None] = lambda: None
) -> FolderChanges:
    """Compare the article files below `folder` with the stamps of those `known`, by path.

    Looks at names, sizes and times only. Calls `on_first_to_read` as soon as it is known that something is to be
    read, so that what that takes can be got ready. Raises `WrongUseError` if `folder` is not a folder.
    """
    require_folder(folder)
    to_read: list[str] = []
    unchanged, unnameable = [], []
    ignored: dict[str, int] = {}
    for path, stamp in _files(folder):
        suffix = path[path.rfind(".") :].lower()
        if suffix not in FORMATS:
            # A dot in the name of a folder begins no suffix.
            suffix = os.path.splitext(path)[1].lower() or "(none)"  # noqa: PTH122 - a path object for each is slow
            ignored[suffix] = ignored.get(suffix, 0) + 1
        elif not path.isprintable() and not _is_text(path):
            unnameable.append(path.encode("utf-8", "backslashreplace").decode())
        elif (then := known.get(path)) is not None and then.proves_unchanged(stamp):
            unchanged.append(path)
        else:
            if not to_read:
                on_first_to_read()
            to_read.append(path)
    gone = set(known) - set(to_read) - set(unchanged)
    return FolderChanges(
        tuple(sorted(to_read)), tuple(sorted(gone)), tuple(sorted(unchanged)), ignored, tuple(sorted(unnameable))
    )


def require_folder(folder: Path) -> None:
    """Raise `WrongUseError` unless `folder` is a folder that can be listed."""
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise WrongUseError(f"The corpus folder {folder} {what}.", "Give a folder of articles with --corpus DIR.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise WrongUseError(f"The corpus folder {folder} cannot be listed.", "Check its permissions.")


def stamp_of(file: Path) -> Stamp:
    """The stamp of one file as it is now. Raises `OSError` if there is none."""
    status = file.stat()
    return Stamp(status.st_size, status.st_mtime_ns)


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _files(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Every visible file below `folder`; hidden files and folders are not the user's articles."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
                continue
            try:
                status = entry.stat()
            except OSError:
                # A dangling link, or a file that vanished meanwhile: reading it says why.
                yield path, Stamp(-1, -1)
                continue
            if entry.is_file():
                yield path, Stamp(status.st_size, status.st_mtime_ns)
