"""Articles that go through the page, and come back: they are moved away rather than deleted."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path, PurePosixPath

from bot.web.uploads import AddedArticle, place_file
from corpus.errors import WrongUseError
from corpus.reading import FORMATS

_MOMENT = "%Y-%m-%dT%H-%M-%S"
_FOLDER = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-(\d+))?")
"""A moment; of the same second there may be several, with a number each."""


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """An article in the trash."""

    folder: str
    """In the trash; its name is the moment."""
    path: str
    """Below the corpus folder, where it was."""

    @property
    def key(self) -> str:
        """Where it lies in the trash, which `restore_article` takes."""
        return f"{self.folder}/{self.path}"

    @property
    def removed(self) -> datetime:
        """When it was removed."""
        return datetime.strptime(self.folder[:19], _MOMENT).replace(tzinfo=UTC)


def move_to_trash(folder: Path, path: str, trash: Path) -> Path:
    """Move the file at `path` below `folder` into `trash`, where it lies under the moment and its path; where that is.

    Raises `WrongUseError` for a path that leads out of `folder` or to nothing, and when it cannot be moved.
    """
    file = _below(folder, path)
    if not file.is_file():
        raise WrongUseError(f"{path}: there is no such article.", "Somebody else may have removed it.")
    moment = f"{datetime.now(UTC):{_MOMENT}}"
    try:
        for number in count(1):
            kept = trash / (moment if number == 1 else f"{moment}-{number}") / path
            if not kept.exists():
                break
        kept.parent.mkdir(parents=True, exist_ok=True)
        _move(file, kept)
    except OSError as error:
        raise WrongUseError(f"{path}: cannot be moved ({error.strerror}).", "Check the permissions.") from None
    return kept


def removed_articles(trash: Path, most: int) -> list[RemovedArticle]:
    """Up to `most` articles that were moved to `trash`, those that were removed last coming first."""
    folders = [each.name for each in trash.iterdir() if each.is_dir()] if trash.is_dir() else []
    moments = [(found[1], int(found[2] or 1), found[0]) for found in map(_FOLDER.fullmatch, folders) if found]
    named = (each for *_, name in sorted(moments, reverse=True) for each in _files_of(trash / name))
    return [*islice(named, most)]


def restore_article(folder: Path, trash: Path, key: str) -> AddedArticle:
    """Put the article that lies in `trash` under `key` back to its path below `folder`; where it is now.

    Another file that has its name by now is kept, and the article gets a number. Raises `WrongUseError` for a key
    that leads out of the trash, out of `folder`, or to nothing, and when the folder cannot be written to.
    """
    moment, _, path = key.partition("/")
    kept = _below(trash, key)
    if _FOLDER.fullmatch(moment) is None or not path or not _is_article(kept):
        raise WrongUseError("There is no such removed article.", "Somebody else may have restored it.")
    target = _below(folder, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with kept.open("rb") as stream:
            placed = place_file(target, lambda part: shutil.copyfileobj(stream, part))
        kept.unlink()
    except OSError as error:
        raise WrongUseError(f"{path}: cannot be restored ({error.strerror}).", "Check the permissions.") from None
    _remove_empty(kept.parent, trash)
    return replace(placed, path=(PurePosixPath(path).parent / placed.path).as_posix())


def _files_of(folder: Path) -> Iterator[RemovedArticle]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            if _is_article(file):
                yield RemovedArticle(folder.name, file.relative_to(folder).as_posix())


def _is_article(file: Path) -> bool:
    # A link in the trash would bring back what it points to.
    return file.suffix in FORMATS and file.is_file() and not file.is_symlink()


def _below(folder: Path, path: str) -> Path:
    """The file at `path` below `folder`. Raises `WrongUseError` for a path that leads out of it, by links, too."""
    relative = PurePosixPath(path)
    inside = not relative.is_absolute() and ".." not in relative.parts and "\x00" not in path
    if not inside or not (folder / relative).parent.resolve().is_relative_to(folder.resolve()):
        raise WrongUseError("This path is not below the corpus folder.", "Give it as the table has it.")
    return folder / relative


def _remove_empty(folder: Path, trash: Path) -> None:
    while folder != trash and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _move(file: Path, kept: Path) -> None:
    try:
        file.rename(kept)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Another disk: the file goes only when its copy is whole.
        part = kept.with_name(f".{kept.name}.tmp")
        shutil.copy2(file, part)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(kept)
        file.unlink()
