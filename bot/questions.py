"""A list of questions: reading it from JSONL, CSV or plain text, a bad line being a row like any other."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import WrongUseError


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of a list; `problem` says why it cannot be asked, if it cannot."""

    id: Any
    """The row's own `id`, as it stands; "q" and the number of its line where it has none."""
    question: str
    extra: dict[str, Any] = field(default_factory=dict)
    """The columns that Presscite does not know."""
    problem: str | None = None

    @property
    def conversation(self) -> str | None:
        """The column "conversation" as JSON: rows with the same value follow up on each other; None without."""
        value = self.extra.get("conversation")
        return None if value in (None, "") else json.dumps(value, sort_keys=True)


@dataclass(frozen=True, slots=True)
class QuestionList:
    """All questions of one file, in its order, and the SHA-256 of its bytes."""

    rows: tuple[QuestionRow, ...]
    sha256: str


def read_questions(path: Path) -> QuestionList:
    """Read a list of questions by its suffix: .jsonl, .csv, or .txt with a question a line.

    Raises `WrongUseError` when the file as a whole cannot be read: it is not there, not UTF-8, of
    another suffix, or a CSV file without a column "question". One bad line becomes a row with a
    problem, and stops nothing.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise WrongUseError(f"{path}: a list of questions ends in one of {known}.", "Rename or convert it.")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise WrongUseError(f"{path}: cannot be read ({error.strerror}).", "Check its name and permissions.") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WrongUseError(f"{path}: line {line} is not UTF-8.", "Save the file as UTF-8.") from None
    return QuestionList(tuple(reader(text)), hashlib.sha256(data).hexdigest())


def _read_jsonl(text: str) -> Iterator[QuestionRow]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            yield QuestionRow(f"q{number}", line.strip()[:200], problem=f"Line {number} is not JSON: {reason}.")
            continue
        if isinstance(values, dict):
            yield _row(number, values)
        else:
            expected = 'Expected an object such as {"question": "how many?"}.'
            yield QuestionRow(f"q{number}", line.strip()[:200], problem=f"Line {number} is not an object. {expected}")


def _read_csv(text: str) -> Iterator[QuestionRow]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    columns = [name.strip() for name in reader.fieldnames or []]
    if "question" not in columns:
        raise WrongUseError(
            f'The list has no column "question"; its first line says: {", ".join(columns)[:200] or "nothing"}.',
            "Name the columns in the first line.",
        )
    reader.fieldnames = columns
    while True:
        number = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield QuestionRow(f"q{number}", "", problem=f"Line {number} is not CSV: {error}.")
            continue
        surplus = values.pop("", None)
        if surplus is not None:
            yield QuestionRow(
                values.get("id") or f"q{number}",
                values.get("question") or "",
                problem=f"Line {number} has more fields than the {len(columns)} columns of the first line.",
            )
        else:
            yield _row(number, values)


def _read_plain_text(text: str) -> Iterator[QuestionRow]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield QuestionRow(f"q{number}", line.strip())


_READERS = {".jsonl": _read_jsonl, ".csv": _read_csv, ".txt": _read_plain_text}


def _row(number: int, values: dict[str, Any]) -> QuestionRow:
    question, identity = values.get("question"), values.get("id")
    extra = {name: value for name, value in values.items() if name not in ("id", "question")}
    problem = None
    if not isinstance(question, str) or not question.strip():
        what = "has no question" if question in (None, "") else f"has no text as its question, but {question!r:.80}"
        problem = f"Line {number} {what}."
    return QuestionRow(
        f"q{number}" if identity in (None, "") else identity,
        question if isinstance(question, str) else "",
        extra,
        problem,
    )
