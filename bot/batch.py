"""A list of questions in, a row of answer each out; killed at any moment, it goes on where it was."""

import csv
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from bot.answer import Answer, Status
from bot.answering import answer_question
from bot.filters import Filter, filter_of_row, known_filter
from bot.following_up import answer_in_conversation
from bot.language.antecedents import Turn
from bot.library import Library
from bot.questions import QuestionList, QuestionRow
from corpus.errors import WrongUseError

ANSWER_FIELDS = (
    "id", "question", "understood", "status", "answer", "confidence", "quotes", "positions", "also", "change",
    "timeline", "closest", "notes", "counted", "error",
)  # fmt: skip

_CSV_QUOTE_FIELDS = ("text", "article", "title", "published", "outlet", "start", "end", "sha256")
"""Of the first quote, each in a column of its own, since people read CSV in a spreadsheet."""

_ESCAPED = "backslashreplace"
"""JSON may name half a character ("\\ud800"), which UTF-8 cannot; written so, it is the same JSON."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How a batch ended: rows by status, and how many an earlier run had answered already."""

    by_status: dict[str, int]
    resumed: int

    @property
    def total(self) -> int:
        """How many rows were written."""
        return sum(self.by_status.values())

    @property
    def errors(self) -> int:
        """How many rows could not be asked."""
        return self.by_status.get(Status.ERROR.value, 0)


def answer_batch(
    questions: QuestionList,
    output: Path,
    answer: Callable[[QuestionRow], Answer],
    *,
    made_from: str,
    on_row: Callable[[int], None] = lambda _: None,
) -> BatchReport:
    """Answer all `questions` into `output` (.jsonl or .csv), which appears only when it is whole.

    Rows are kept in `output` + ".partial" as they are answered. A later run goes on from there if
    it asks the same questions of the same state of the articles, which `made_from` stands for;
    otherwise it starts afresh. A row of a conversation is understood after the rows of the same
    conversation before it, which are in the file already, so that stopping changes nothing.
    `on_row` is told how many rows are done. Raises `WrongUseError` when `output` cannot be written.
    """
    write = writer_for(output)
    partial = output.with_name(f"{output.name}.partial")
    header = {"questions": questions.sha256, "made_from": made_from}
    rows = _rows_so_far(partial, header)[: len(questions.rows)]
    resumed = len(rows)
    on_row(resumed)
    try:
        with partial.open("a" if rows else "w", encoding="utf-8", errors=_ESCAPED, newline="\n") as stream:
            if not rows:
                _append(stream, header)
            for row in answer_rows(questions.rows, answer, tuple(rows)):
                rows.append(row)
                _append(stream, row)
                on_row(len(rows))
        write_atomically(output, lambda stream: write(stream, rows))
    except OSError as error:
        raise WrongUseError(f"{output}: cannot be written ({error.strerror}).", "Give another file with -o.") from None
    partial.unlink()
    return BatchReport(dict(Counter(str(row["status"]) for row in rows)), resumed)


def answering_within(library: Library, within: Filter) -> Callable[[QuestionRow], Answer]:
    """Answers a row from the articles `within`, or those that its own columns name, see `FILTER_COLUMNS`."""

    def answer(row: QuestionRow) -> Answer:
        try:
            said = filter_of_row(row.extra, within)
            if said != within:
                with library.store.snapshot() as snapshot:
                    said = known_filter(said, snapshot)
        except WrongUseError as error:
            return Answer(row.question, Status.ERROR, error=str(error))
        return answer_question(row.question, library, said)

    return answer


def answer_rows(
    questions: Sequence[QuestionRow],
    answer: Callable[[QuestionRow], Answer],
    answered: Sequence[dict[str, Any]] = (),
) -> Iterator[dict[str, Any]]:
    """The rows of all `questions` beyond those that are `answered`, one after the other.

    A row of a conversation is understood after those of the same conversation before it.
    """
    conversations: dict[str, list[Turn]] = {}
    for question, row in zip(questions, answered, strict=False):
        _remember(conversations, question, row)
    for question in questions[len(answered) :]:
        row = answer_row(question, answer, conversations.get(question.conversation or "", []))
        _remember(conversations, question, row)
        yield row


def answer_row(
    question: QuestionRow, answer: Callable[[QuestionRow], Answer], conversation: Sequence[Turn] = ()
) -> dict[str, Any]:
    """One row: the JSON of the answer, then the columns of the question that Presscite does not know.

    A column that has the name of one of the answer's becomes "input_" and its name. A follow-up is
    understood after `conversation`, its last turn being the last one.
    """
    if question.problem is not None:
        answered = Answer(question.question, Status.ERROR, error=question.problem)
    else:
        answered = answer_in_conversation(
            question.question, conversation, lambda text: answer(replace(question, question=text))
        )
    row = answered.as_json(question.id)
    return row | {f"input_{name}" if name in row else name: value for name, value in question.extra.items()}


def _remember(conversations: dict[str, list[Turn]], question: QuestionRow, row: dict[str, Any]) -> None:
    """Add a row that was answered to its conversation, if it has one."""
    if question.conversation is None or row["status"] == Status.ERROR.value:
        return
    first = row["quotes"][0]["text"] if row["quotes"] else ""
    turn = Turn(row["understood"] or row["question"], row["answer"], first)
    conversations.setdefault(question.conversation, []).append(turn)


def writer_for(output: Path) -> Callable[[TextIO, Sequence[dict[str, Any]]], None]:
    """The function that writes rows to a file with this suffix. Raises `WrongUseError` for others."""
    writer = {".jsonl": _write_jsonl, ".csv": _write_csv}.get(output.suffix.lower())
    if writer is None:
        raise WrongUseError(f"{output}: answers are written to .jsonl or .csv.", "Give such a file with -o.")
    if not output.parent.is_dir():
        raise WrongUseError(f"{output}: its folder does not exist.", "Make it, or give another file with -o.")
    return writer


def write_atomically(output: Path, write: Callable[[TextIO], None]) -> None:
    """Replace `output` by what `write` writes, all at once: nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=_ESCAPED, newline="") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)


def _rows_so_far(partial: Path, header: dict[str, str]) -> list[dict[str, Any]]:
    """The whole rows of an unfinished run with the same `header`; its torn last line is cut off."""
    try:
        lines = partial.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    whole = [line for line in lines[:-1] if line]
    try:
        values = [json.loads(line) for line in whole]
    except ValueError:
        return []
    if not values or values[0] != header:
        return []
    with partial.open("r+b") as stream:
        stream.truncate(sum(len(line) + 1 for line in whole))
    return values[1:]


def _append(stream: TextIO, value: dict[str, Any]) -> None:
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")
    stream.flush()


def _write_jsonl(stream: TextIO, rows: Sequence[dict[str, Any]]) -> None:
    stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_csv(stream: TextIO, rows: Sequence[dict[str, Any]]) -> None:
    extra = dict.fromkeys(name for row in rows for name in row if name not in ANSWER_FIELDS)
    quote_columns = [f"quote_{name}" for name in _CSV_QUOTE_FIELDS]
    columns = [*ANSWER_FIELDS[:6], *quote_columns, *ANSWER_FIELDS[6:], *extra]
    writer = csv.DictWriter(stream, columns, restval="")
    writer.writeheader()
    for row in rows:
        first = row["quotes"][0] if row["quotes"] else {}
        flat = {f"quote_{name}": first.get(name) for name in _CSV_QUOTE_FIELDS}
        writer.writerow({name: _cell(value) for name, value in {**row, **flat}.items()})


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
