"""Articles that come through the page: written whole, under safe names, over nothing that is there."""

import errno
import filecmp
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path, PurePath
from typing import BinaryIO

from corpus.errors import ArticleError, WrongUseError
from corpus.reading import FORMATS, LARGEST_FILE

LONGEST_STEM = 120
"""Bytes of a file name before its suffix; file systems have 255 for all of it."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
"""Names that are devices on Windows, where the folder may be copied to."""


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """An article that was put into the corpus folder."""

    path: str
    was_there: bool = False
    """Whether the folder had these very bytes under this name already."""


def add_article(folder: Path, name: str, data: bytes) -> AddedArticle:
    """Write an article into `folder` under a safe form of `name`, whole or not at all.

    Another file of that name is kept, and the new one gets a number. Raises `ArticleError` for what could not be
    read as an article afterwards, and `WrongUseError` for a folder that cannot be written to.
    """
    safe = safe_name(name)
    if len(data) > LARGEST_FILE:
        raise ArticleError(f"{safe}: {len(data):,} bytes is more than an article has (at most {LARGEST_FILE:,}).")
    if not data.strip():
        raise ArticleError(f"{safe}: is empty.")
    FORMATS[PurePath(safe).suffix](safe, data)
    return place_file(folder / safe, lambda stream: stream.write(data))


def place_file(wanted: Path, write: Callable[[BinaryIO], object]) -> AddedArticle:
    """Write a file called `wanted`, whole or not at all; another file of that name is kept, and this gets a number.

    Raises `WrongUseError` for a folder that cannot be written to.
    """
    try:
        handle, name_of_part = tempfile.mkstemp(dir=wanted.parent, prefix=".", suffix=".tmp")
        part = Path(name_of_part)
        try:
            with os.fdopen(handle, "wb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.chmod(0o644)
            return _placed(part, wanted)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise WrongUseError(
            f"{wanted.name}: cannot be written ({error.strerror}).", "Check the folder's permissions."
        ) from None


def composed_article(
    text: str, *, title: str = "", outlet: str = "", published: str = "", url: str = "", language: str = ""
) -> tuple[str, bytes]:
    """A file name and the bytes of a Markdown article that was typed in: what is known of it, then its text.

    Raises `ArticleError` for an article without text, and for a date that is none.
    """
    if not text.strip():
        raise ArticleError("The article has no text.", "Paste it, then add it.")
    day = published.strip()
    if day:
        try:
            day = date.fromisoformat(day).isoformat()
        except ValueError:
            raise ArticleError(f"{day[:40]!r} is no date.", "Write it as 2022-01-31.") from None
    known = {"title": title, "outlet": outlet, "published": day, "url": url, "language": language}
    lines = [f"{key}: {_quoted(value, key)}" for key, value in known.items() if value.strip()]
    front_matter = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
    stem = "-".join(part for part in (day, title.strip() or " ".join(text.split()[:8])) if part)
    return safe_name(re.sub(r"[/\\]", "-", f"{stem}.md")), (front_matter + text.strip() + "\n").encode(
        "utf-8", "replace"
    )


def read_upload(file: Path, uploads: Path) -> bytes:
    """The bytes of a file that was uploaded into the folder `uploads`, and one more than an article has at most.

    Raises `WrongUseError` for any other file: a caller of the page's functions may name whatever lies on the disk.
    """
    require_upload(file, uploads)
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def require_upload(file: Path, uploads: Path) -> None:
    """Raise `WrongUseError` unless `file` is one that was uploaded into the folder `uploads`."""
    if not file.resolve().is_relative_to(uploads.resolve()) or not file.is_file():
        raise WrongUseError("This file was not uploaded.", "Choose it again.")


def safe_name(name: str) -> str:
    """A file name that is only that: no folders, no hidden file, no signs that a file system or a shell would read.

    Letters, marks and digits of all scripts stay, and ".", "-", "_"; all else becomes "-". Raises `ArticleError`
    for a suffix of which no article is read.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each if unicodedata.category(each)[0] in "LMN" or each in "._-" else " " for each in last)
    stem, _, ending = re.sub("-{2,}", "-", "-".join(kept.split())).rpartition(".")
    suffix = f".{ending.lower()}"
    if suffix not in FORMATS:
        raise ArticleError(f"{kept.strip()[:80] or 'A file without a name'}: is none of {', '.join(FORMATS)}.")
    stem = stem.strip("._-").encode("utf-8", "ignore")[:LONGEST_STEM].decode("utf-8", "ignore").strip("._-")
    stem = stem or "article"
    return f"{'article-' if stem.split('.')[0].lower() in _RESERVED else ''}{stem}{suffix}"


def _placed(part: Path, wanted: Path) -> AddedArticle:
    """Give `part` the name that is `wanted`, or the first free one after it."""
    for number in count(1):
        target = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        try:
            os.link(part, target)
        except FileExistsError:
            if target.is_file() and filecmp.cmp(part, target, shallow=False):
                return AddedArticle(target.name, was_there=True)
            continue
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV):
                raise
            # A file system without hard links: the empty file holds the name until it is replaced.
            try:
                target.open("xb").close()
            except FileExistsError:
                continue
            part.replace(target)
        return AddedArticle(target.name)
    raise AssertionError


def _quoted(value: str, key: str) -> str:
    """A value of front matter on one line, as YAML reads it back; a date is one without quotes."""
    line = " ".join(value.split())
    return line if key == "published" else '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
