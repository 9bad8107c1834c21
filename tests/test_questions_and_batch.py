"""Lists of questions: every format, every fault a row, killed and resumed as if undisturbed."""

import csv
import json
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, command, write

from bot.answer import Answer, Quote, Status
from bot.batch import answer_batch, answer_row
from bot.questions import QuestionRow, read_questions
from corpus.errors import WrongUseError

QUOTE = Quote("Only 31 pupils are left.", "school.txt", "Title", None, None, 55, 79, "ab" * 32, "31", 5)


def answered(row: QuestionRow) -> Answer:
    return Answer(row.question, Status.ANSWERED, 0.5, (QUOTE,))


def read(tmp_path: Path, name: str, data: str | bytes) -> list[QuestionRow]:
    write(tmp_path / name, data)
    return list(read_questions(tmp_path / name).rows)


def test_jsonl_rows_keep_what_they_bring(tmp_path: Path) -> None:
    rows = read(
        tmp_path, "q.jsonl", '\ufeff{"id": 7, "question": "who?", "topic": ["a"]}\n\n{"question": "a\u2028b?"}\n'
    )
    assert rows == [QuestionRow(7, "who?", {"topic": ["a"]}), QuestionRow("q3", "a\u2028b?")]


def test_csv_rows_keep_what_they_bring(tmp_path: Path) -> None:
    rows = read(tmp_path, "q.csv", 'id,question,topic\r\n1,"who, then?",a\r\n,"over\ntwo lines",b\r\n')
    assert rows == [
        QuestionRow("1", "who, then?", {"topic": "a"}),
        QuestionRow("q3", "over\ntwo lines", {"topic": "b"}),
    ]


def test_plain_text_is_a_question_a_line(tmp_path: Path) -> None:
    assert read(tmp_path, "q.txt", "who?\n\n  how many? \n") == [
        QuestionRow("q1", "who?"),
        QuestionRow("q3", "how many?"),
    ]


FAULTS: list[tuple[str, str, str]] = [
    ("q.jsonl", "{bad", "Line 1 is not JSON"),
    ("q.jsonl", '["a"]', "Line 1 is not an object"),
    ("q.jsonl", '"a question"', "Line 1 is not an object"),
    ("q.jsonl", '{"id": 1}', "Line 1 has no question"),
    ("q.jsonl", '{"question": 5}', "Line 1 has no text as its question, but 5"),
    ("q.jsonl", '{"question": "  "}', "Line 1 has no text as its question"),
    ("q.jsonl", "[" * 100_000, "Line 1 is not JSON"),
    ("q.csv", "question,id\nwho?,1,2\n", "Line 2 has more fields than the 2 columns"),
    ("q.csv", "question,id\n,1\n", "Line 2 has no question"),
    ("q.csv", 'question\n"who?"x\n', "Line 2 is not CSV"),
]


@pytest.mark.parametrize(("name", "text", "problem"), FAULTS)
def test_a_bad_line_is_a_row(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (row,) = read(tmp_path, name, text)
    assert row.problem is not None
    assert row.problem.startswith(problem)
    assert answer_row(row, answered)["status"] == "error"


WHOLE_FILE_FAULTS = [
    ("q.xlsx", b"PK", "a list of questions ends in one of .jsonl, .csv, .txt"),
    ("q.csv", b"id,text\n1,who?\n", 'no column "question"; its first line says: id, text'),
    ("q.csv", b"", 'no column "question"; its first line says: nothing'),
    ("q.txt", b"who?\n\xff\xfe\n", "line 2 is not UTF-8"),
]


@pytest.mark.parametrize(("name", "data", "message"), WHOLE_FILE_FAULTS)
def test_a_file_that_is_no_list(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(WrongUseError, match=message.replace(".", r"\.")):
        read(tmp_path, name, data)
    with pytest.raises(WrongUseError, match="cannot be read"):
        read_questions(tmp_path / "missing.txt")


def test_the_json_of_a_row() -> None:
    row = answer_row(QuestionRow("a", "how many pupils?", {"topic": "x", "answer": "gold"}), answered)
    assert row == {
        "id": "a",
        "question": "how many pupils?",
        "understood": None,
        "status": "answered",
        "answer": "31",
        "confidence": 0.5,
        "quotes": [
            {
                "text": "Only 31 pupils are left.",
                "answer": "31",
                "answer_start": 5,
                "article": "school.txt",
                "title": "Title",
                "published": None,
                "outlet": None,
                "start": 55,
                "end": 79,
                "sha256": "ab" * 32,
                "attribution": None,
                "also_in": [],
            }
        ],
        "positions": [],
        "also": [],
        "change": None,
        "timeline": [],
        "closest": [],
        "notes": [],
        "counted": None,
        "error": None,
        "topic": "x",
        "input_answer": "gold",
    }


def batch(
    folder: Path, answer: Callable[[QuestionRow], Answer], name: str = "a.jsonl", made_from: str = "m"
) -> list[dict[str, Any]]:
    questions = folder / "q.txt"
    if not questions.exists():
        write(questions, "".join(f"question {number}?\n" for number in range(5)))
    answer_batch(read_questions(questions), folder / name, answer, made_from=made_from)
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


class Killed(BaseException):
    """Stands for a kill signal: nothing in the program catches it."""


def stopping_after(count: int) -> Callable[[QuestionRow], Answer]:
    left = iter(range(count))

    def answer(row: QuestionRow) -> Answer:
        if next(left, None) is None:
            raise Killed
        return answered(row)

    return answer


def test_a_stopped_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        batch(tmp_path, stopping_after(3))
    assert not (tmp_path / "a.jsonl").exists(), "an output that is there is whole"
    with (tmp_path / "a.jsonl.partial").open("a") as partial:
        partial.write('{"id": "q4", "torn')
    rows = batch(tmp_path, stopping_after(2))
    assert rows == batch(tmp_path, answered, "b.jsonl")
    assert not (tmp_path / "a.jsonl.partial").exists()


@pytest.mark.parametrize("change", ["questions", "articles"])
def test_a_stopped_batch_starts_afresh_when_things_changed(tmp_path: Path, change: str) -> None:
    with pytest.raises(Killed):
        batch(tmp_path, stopping_after(3))
    if change == "questions":
        write(tmp_path / "q.txt", "Something else?\n")
    rows = batch(tmp_path, lambda row: replace(answered(row), confidence=0.9), made_from=change)
    assert {row["confidence"] for row in rows} == {0.9}


def test_a_finished_batch_is_replaced_whole(tmp_path: Path) -> None:
    batch(tmp_path, answered)
    with pytest.raises(Killed):
        batch(tmp_path, stopping_after(3))
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 5


def test_csv_has_the_first_quote_in_columns_and_all_of_them_as_json(tmp_path: Path) -> None:
    write(tmp_path / "q.jsonl", '{"question": "how many?", "topic": {"a": 1}}\n{"question": "\\ud800 who?"}\n{')
    answer_batch(read_questions(tmp_path / "q.jsonl"), tmp_path / "a.csv", answered, made_from="m")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["status"] for row in rows] == ["answered", "answered", "error"]
    assert rows[0]["quote_text"] == QUOTE.text
    assert json.loads(rows[0]["quotes"])[0]["start"] == 55
    assert [row["topic"] for row in rows] == ['{"a": 1}', "", ""]


@pytest.mark.parametrize(
    ("output", "message"),
    [("a.xlsx", "answers are written to .jsonl or .csv"), ("nowhere/a.jsonl", "its folder does not exist")],
)
def test_an_output_that_cannot_be(tmp_path: Path, output: str, message: str) -> None:
    write(tmp_path / "q.txt", "who?\n")
    with pytest.raises(WrongUseError, match=message.replace(".", r"\.")):
        answer_batch(read_questions(tmp_path / "q.txt"), tmp_path / output, answered, made_from="m")


def test_killed_for_real_in_the_middle(tmp_path: Path, folder: Path, run: Run) -> None:
    questions = tmp_path / "questions.txt"
    write(questions, "".join(f"How many pupils are left in school number {number}?\n" for number in range(60)))
    arguments = ("batch", questions, "--corpus", folder, "--index", tmp_path / "index")
    partial = tmp_path / "killed.jsonl.partial"
    process = subprocess.Popen(
        command(*arguments, "-o", tmp_path / "killed.jsonl"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (partial.exists() and partial.read_bytes().count(b"\n") > 3):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "killed.jsonl").exists()
    again = run(*arguments, "-o", tmp_path / "killed.jsonl")
    assert "of 60 had been answered before the last run was stopped." in again.stderr
    run(*arguments, "-o", tmp_path / "whole.jsonl")
    assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
