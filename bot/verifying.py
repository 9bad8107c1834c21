"""Verifying an old answer file: whether its quotes are still verbatim in today's articles."""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import ArticleError, WrongUseError
from corpus.reading import FORMATS, decode, read_bytes


class QuoteState(StrEnum):
    """What has become of a quote."""

    VERBATIM = "verbatim"
    """It stands where it stood; the rest of the article may have changed."""
    MOVED = "moved"
    """It stands in its article word for word, but elsewhere."""
    CHANGED = "changed"
    """Its article is there, but does not say it any more."""
    VANISHED = "vanished"
    """Its article is not there any more."""
    MALFORMED = "malformed"
    """The answer file does not say what was quoted."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What has become of one quote of an answer file."""

    line: int
    """The line of the answer file."""
    id: Any
    state: QuoteState
    article: str
    detail: str

    @property
    def holds(self) -> bool:
        """Whether today's article still says it, word for word."""
        return self.state in (QuoteState.VERBATIM, QuoteState.MOVED)


def verify_answers(path: Path, folder: Path) -> Iterator[QuoteCheck]:
    """Check every quote of the answer file at `path` against the articles in `folder`.

    Raises `WrongUseError` when the file cannot be read at all; a bad line is a malformed quote.
    """
    for line, row in read_answers(path):
        if row is None:
            yield QuoteCheck(line, None, QuoteState.MALFORMED, "", "not a row of answers with its quotes")
            continue
        for quote in row["quotes"]:
            state, article, detail = _state(quote, folder)
            yield QuoteCheck(line, row.get("id"), state, article, detail)


def _state(quote: Any, folder: Path) -> tuple[QuoteState, str, str]:
    if not _is_quote(quote):
        return QuoteState.MALFORMED, "", "a quote needs text, article, start and end, of an article in the folder"
    article, text, start, end = quote["article"], quote["text"], quote["start"], quote["end"]
    try:
        data = read_bytes(folder, article)
        now, _ = decode(article, data)
    except ArticleError as error:
        if (folder / article).exists():
            return QuoteState.CHANGED, article, str(error)
        return QuoteState.VANISHED, article, "the article is not there any more"
    if now[start:end] == text:
        same = hashlib.sha256(data).hexdigest() == quote.get("sha256")
        return QuoteState.VERBATIM, article, "" if same else "the article has changed elsewhere"
    found = now.find(text)
    if found >= 0:
        return QuoteState.MOVED, article, f"from {start}:{end} to {found}:{found + len(text)}"
    return QuoteState.CHANGED, article, f"the article no longer says: {text[:120]!r}"


def _is_quote(quote: Any) -> bool:
    types = {"article": str, "text": str, "start": int, "end": int}
    if not isinstance(quote, dict) or not all(isinstance(quote.get(name), kind) for name, kind in types.items()):
        return False
    path = PurePosixPath(quote["article"])
    inside = not path.is_absolute() and ".." not in path.parts and path.suffix.lower() in FORMATS
    return inside and 0 <= quote["start"] < quote["end"] and bool(quote["text"])


def read_answers(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """The rows of an answer file (.jsonl or .csv) with their line numbers; None for a bad line.

    Raises `WrongUseError` when the file cannot be read at all.
    """
    if path.suffix.lower() not in (".jsonl", ".csv"):
        raise WrongUseError(f"{path}: an answer file ends in .jsonl or .csv.", "Give one that batch has written.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WrongUseError(f"{path}: cannot be read ({error.strerror}).", "Check its name and permissions.") from None
    except UnicodeDecodeError:
        raise WrongUseError(f"{path}: is not UTF-8.", "Give a file that batch has written.") from None
    yield from _answers_in_csv(text) if path.suffix.lower() == ".csv" else _answers_in_jsonl(text)


def _answers_in_jsonl(text: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _object(line)


def _answers_in_csv(text: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    csv.field_size_limit(sys.maxsize)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        quotes = _json(row.get("quotes") or "")
        yield reader.line_num, {"id": row.get("id"), "quotes": quotes} if isinstance(quotes, list) else None


def _object(line: str) -> dict[str, Any] | None:
    value = _json(line)
    return value if isinstance(value, dict) and isinstance(value.get("quotes"), list) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
