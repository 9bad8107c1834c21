"""The command line: tables of commands with their whole output."""

import json
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Run, command, write

from bot import cli
from bot.settings import sample_articles
from corpus.reading import read_article

DESIGN_KEYS = ["id", "question", "understood", "status", "answer", "confidence", "quotes", "positions", "also"]
DESIGN_KEYS += ["change", "timeline", "closest", "notes", "counted", "error"]
QUOTE_KEYS = [
    "text", "answer", "answer_start", "article", "title", "published", "outlet", "start", "end", "sha256",
    "attribution", "also_in",
]  # fmt: skip


def test_help_reads_well() -> None:
    output = CliRunner().invoke(cli.presscite, ["--help"]).output
    for name in ("ask", "batch", "chat", "index", "show", "status", "verify"):
        assert re.search(rf"^  {name} +[A-Z].*\.$", output, re.MULTILINE), name
        page = CliRunner().invoke(cli.presscite, [name, "--help"]).output
        assert "--corpus DIR" in page
        assert "--index DIR" in page
    assert '\n  presscite ask "how many detainees?"            one question\n' in output


WRONG_USE = [
    (["ask"], "Error: Missing argument 'QUESTION'."),
    (["ask", "x", "--min-confidence", "2"],
     "Error: Invalid value for '--min-confidence': 2.0 is not in the range 0<=x<=1."),
    (["nonsense"], "Error: No such command 'nonsense'."),
    (["ask", "x", "--corpus", "nowhere"],
     "presscite: The corpus folder nowhere does not exist. Give a folder of articles with --corpus DIR."),
    (["index", "--corpus", "file"],
     "presscite: The corpus folder file is a file, not a folder. Give a folder of articles with --corpus DIR."),
    (["status", "--index", "file"], "presscite: The index folder file is a file. Give a folder with --index DIR."),
    (["batch", "nowhere.txt", "-o", "a.jsonl"],
     "presscite: nowhere.txt: cannot be read (No such file or directory). Check its name and permissions."),
    (["batch", "file", "-o", "a.xml"],
     "presscite: a.xml: answers are written to .jsonl or .csv. Give such a file with -o."),
    (["batch", "questions.txt", "-o", "same.jsonl"],
     "presscite: same.jsonl: the answers would replace the questions. Give another file with -o."),
    (["batch", "file", "-o", "a.jsonl"],
     "presscite: file: a list of questions ends in one of .jsonl, .csv, .txt. Rename or convert it."),
    (["show", "../file"],
     "presscite: ../file: is not below the corpus folder {samples}. Give the path as quotes show it."),
    (["show", "nope.md", "--corpus", "."],
     "presscite: nope.md: there is no such article in .. Give the path as quotes show it."),
    (["verify", "nowhere.jsonl"],
     "presscite: nowhere.jsonl: cannot be read (No such file or directory). Check its name and permissions."),
    (["verify", "file"],
     "presscite: file: an answer file ends in .jsonl or .csv. Give one that batch has written."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE, ids=[" ".join(row[0]) for row in WRONG_USE])
def test_wrong_use_says_what_to_do(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "questions.txt").write_text("who?", encoding="utf-8")
    (tmp_path / "same.jsonl").hardlink_to(tmp_path / "questions.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.argv", ["presscite", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    captured = capsys.readouterr()
    assert ended.value.code == 2
    assert captured.out == ""
    assert captured.err.endswith(f"{message.format(samples=sample_articles())}\n")


def test_a_folder_from_its_first_question_to_its_last(folder: Path, run: Run, tmp_path: Path) -> None:
    where = ("--corpus", folder, "--index", tmp_path / "index")
    write(folder / "empty.txt", "")
    write(folder / "notes.pdf", "%PDF")

    indexed = run("index", *where, code=1)
    assert re.fullmatch(
        r"3 articles: 3 added; 1 file skipped\. 3 passages embedded in \d+\.\d s\.\n", indexed.stdout
    ), indexed.stdout
    assert "presscite: skipped empty.txt: is empty. Delete it, or put the article into it.\n" in indexed.stderr
    assert "presscite: not read, being of other formats: 1 .pdf\n" in indexed.stderr
    (folder / "empty.txt").unlink()

    again = json.loads(run("index", "--json", *where).stdout)
    assert (again["articles"], again["unchanged"], again["passages_embedded"], again["skipped"]) == (3, 3, 0, [])

    status = run("status", *where).stdout
    assert re.fullmatch(
        rf"Corpus    {folder}\nIndex     {tmp_path}/index\nArticles  3 \(3 passages\)\n"
        r"Indexed   \d{4}-\d\d-\d\d \d\d:\d\d UTC \(generation \d\)\nModel     all-MiniLM-L6-v2\n"
        r"Not read  1 \.pdf \(other formats\)\n",
        status,
    ), status
    assert json.loads(run("status", "--json", *where).stdout)["articles"] == 3

    answer = json.loads(run("ask", "how many pupils are left?", "--json", *where).stdout)
    assert list(answer) == DESIGN_KEYS
    assert list(answer["quotes"][0]) == QUOTE_KEYS
    assert (answer["status"], answer["answer"], answer["error"]) == ("answered", "31", None)
    quote = answer["quotes"][0]
    text = read_article(folder, "school.txt").text
    assert quote["text"] == text[quote["start"] : quote["end"]] == "Only 31 pupils are left."

    shown = run("show", "school.txt", "--at", f"{quote['start']}:{quote['end']}", *where)
    assert shown.stdout == quote["text"]
    assert run("show", "school.txt", *where).stdout == text
    assert "--at 9:5: is no span of school.txt" in run("show", "school.txt", "--at", "9:5", *where, code=2).stderr

    write(tmp_path / "questions.csv", "question,topic\nhow many pupils are left?,school\n,nothing\n")
    batch = run("batch", tmp_path / "questions.csv", "-o", tmp_path / "answers.jsonl", *where, code=1)
    assert batch.stdout == f"2 questions: 1 answered, 1 error. Written to {tmp_path}/answers.jsonl.\n"
    assert "Answering" in batch.stderr
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(rows[0]) == [*DESIGN_KEYS, "topic"]
    assert [row["id"] for row in rows] == ["q2", "q3"]

    for suffix in ("jsonl", "csv"):
        output = tmp_path / f"good.{suffix}"
        write(tmp_path / "one.txt", "how many pupils are left?\n")
        run("batch", tmp_path / "one.txt", "-o", output, *where)
        assert run("verify", output, *where).stdout == "1 quote: 1 verbatim, 0 not.\n"
    write(folder / "school.txt", "News first. " + text, age=30)
    moved = run("verify", tmp_path / "good.csv", *where).stdout
    assert re.fullmatch(
        r"line 2 \(q1\): moved: school\.txt: from \d+:\d+ to \d+:\d+\n1 quote: 1 verbatim, 0 not\.\n", moved
    )
    write(folder / "school.txt", "Only 27 pupils are left.", age=30)
    changed = run("verify", tmp_path / "good.jsonl", *where, code=1).stdout
    assert changed.startswith("line 1 (q1): changed: school.txt: the article no longer says: 'Only 31 pupils")
    (folder / "school.txt").unlink()
    vanished = run("verify", tmp_path / "good.jsonl", "--json", *where, code=1).stdout
    assert [check["state"] for check in json.loads(vanished)] == ["vanished"]

    assert "Changes   1 file gone; type presscite index" in run("status", *where).stdout
    assert json.loads(run("index", "--json", *where).stdout)["removed"] == ["school.txt"]


BAD_ANSWERS = [
    "{torn",
    '{"id": 1}',
    '{"id": 1, "quotes": [5]}',
    '{"id": 1, "quotes": [{"article": "../../etc/passwd.txt", "text": "x", "start": 0, "end": 1}]}',
    '{"id": 1, "quotes": [{"article": "/etc/passwd.txt", "text": "x", "start": 0, "end": 1}]}',
    '{"id": 1, "quotes": [{"article": "school.txt", "text": "x", "start": "0", "end": 1}]}',
    '{"id": 1, "quotes": [{"article": "school.txt", "text": "", "start": 0, "end": 0}]}',
]


@pytest.mark.parametrize("line", BAD_ANSWERS)
def test_bad_answer_files_are_malformed_not_fatal(line: str, folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "answers.jsonl", line + "\n")
    result = CliRunner().invoke(
        cli.presscite,
        ["verify", str(tmp_path / "answers.jsonl"), "--corpus", str(folder), "--index", str(tmp_path / "index")],
        standalone_mode=False,
    )
    assert result.return_value == 1
    assert ": malformed:" in result.output
    assert "1 quote: 0 verbatim, 1 not." in result.output


def test_an_unknown_model_says_what_to_give(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    failed = run("index", "--model", "no-such-model", "--corpus", folder, "--index", tmp_path / "index", code=1)
    assert "presscite: The embedding model 'no-such-model' cannot be loaded:" in failed.stderr
    assert "Give a sentence-transformers folder or name with --model" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_damaged_index_is_mended_as_it_says(folder: Path, tmp_path: Path, run: Run) -> None:
    where = ("--corpus", folder, "--index", tmp_path / "index")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "index.sqlite").write_bytes(b"This is no database at all, sorry." * 200)
    assert "presscite index --rebuild" in run("status", *where, code=1).stderr
    assert "3 articles: 3 added." in run("index", "--rebuild", *where).stdout


def test_interrupting_is_clean(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for number in range(2_000):
        write(folder / f"{number}.txt", f"Town {number} has {number} trees. It has {number * 3} benches, too.")
    process = subprocess.Popen(
        command("index", "--corpus", folder, "--index", tmp_path / "index"),
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has them ignore the signal, and their children, too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    )
    while not (tmp_path / "index" / "index.sqlite").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.endswith("presscite: stopped; what was done is kept.\n")
    assert "Traceback" not in errors


def test_an_empty_folder_says_so(tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    asked = run("ask", "how many?", "--corpus", tmp_path / "empty", "--index", tmp_path / "index")
    assert asked.stdout == "Not found: the articles do not seem to answer this.\n"
    assert f"there are no articles in {tmp_path}/empty; put .txt or .md files into it" in asked.stderr


def test_a_port_that_is_taken_says_so(folder: Path, tmp_path: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        where = ("--corpus", folder, "--index", tmp_path / "index", "--no-open", "--port", port)
        assert f"presscite: Port {port} of 127.0.0.1 cannot be used" in run("chat", *where, code=2).stderr
