"""Problems that a page meets: each is really raised, in English, and said in the language of the page."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write

from bot.answer import Answer, Status
from bot.answering import NO_FILTER, answer_question
from bot.feedback import Verdict, mark_answer
from bot.filters import Filter, filter_of_row, known_filter, read_filter
from bot.library import Library, open_library
from bot.questions import read_questions
from bot.web.cards import turn_as_html
from bot.web.list_tab import MOST_QUESTIONS, read_list, rows_as_html
from bot.web.listing_html import left_out_as_html
from bot.web.messages import LANGUAGES, LONGEST_PROBLEM, Messages, raised_forms
from bot.web.trash import move_to_trash, restore_article
from bot.web.turns import Query, Turn
from bot.web.uploads import add_article, composed_article, read_upload
from corpus.errors import PressciteError
from corpus.folder import require_folder
from corpus.reading import LARGEST_FILE, read_article
from index.listing import ListedFile
from index.store import Store

MOMENT = "2022-01-10T10-00-00"


def known(library: Library, **said: tuple[str, ...]) -> Filter:
    with library.store.snapshot() as snapshot:
        return known_filter(Filter(**said), snapshot)  # type: ignore[arg-type]


def file(folder: Path, name: str, data: bytes = b"x") -> Path:
    write(folder / name, data)
    return folder / name


def locked(folder: Path) -> None:
    with Store(folder / "index").lock(0), Store(folder / "index").lock(0):
        pass


def looked_into(index: Path) -> None:
    with Store(index).snapshot():
        pass


def written_to(index: Path) -> None:
    with Store(index).lock(0):
        pass


def listed(folder: Path, name: str, text: str) -> str | None:
    return read_questions(file(folder, name, text.encode())).rows[0].problem


def warning(folder: Path, front_matter: str) -> str:
    write(folder / "articles" / "a.md", f"---\n{front_matter}\n---\n\nSome text of it.\n")
    library = open_library(folder / "articles", folder / "index")
    library.refresh()
    with library.store.snapshot() as snapshot:
        (problem,) = snapshot.problems()
    assert not problem.skipped
    return problem.reason


def without(folder: Path) -> Library:
    return open_library(folder, folder / "index")


RAISERS: dict[str, Callable[[Path, Library], object]] = {
    "question_empty": lambda _, samples: answer_question(" ", samples).error,
    "question_long": lambda _, samples: answer_question("a" * 1_001, samples).error,
    "no_date": lambda *_: read_filter(since="yesterday"),
    "no_such_days": lambda *_: read_filter("2022-01-10", "2022-01-09"),
    "no_outlet": lambda _, samples: known(samples, outlets=("Wired\nand more",)),
    "no_outlets": lambda folder, _: known(without(folder), outlets=("Wired",)),
    "no_article": lambda _, samples: known(samples, articles=("none.md",)),
    "no_articles": lambda folder, _: known(without(folder), articles=("none.md",)),
    "index_unusable": lambda folder, _: looked_into(file(folder, "a")),
    "index_damaged": lambda folder, _: looked_into(file(folder, "a/index.sqlite", b"no database" * 99).parent),
    "index_read_only": lambda folder, _: written_to(file(folder, "a/writer.lock/b").parent.parent),
    "index_busy": lambda folder, _: locked(folder),
    "folder_gone": lambda folder, _: require_folder(folder / "gone"),
    "not_indexed": lambda *_: "The articles could not be indexed: MemoryError: of 9 GiB",
    "mark_not_kept": lambda folder, samples: mark_answer(
        open_library(samples.folder, file(folder, "index/marked").parent), Answer("?", Status.NOT_FOUND), Verdict.WRONG
    ),
    "file_large": lambda folder, _: read_article(file(folder, "a.txt", b"x" * 99).parent, "a.txt", 98),
    "upload_large": lambda folder, _: add_article(folder, "a.txt", b"x" * (LARGEST_FILE + 1)),
    "file_unreadable": lambda folder, _: read_article(folder, "gone.txt"),
    "file_empty": lambda folder, _: read_article(file(folder, "a.txt", b" ").parent, "a.txt"),
    "upload_empty": lambda folder, _: add_article(folder, "a.txt", b" "),
    "file_not_text": lambda folder, _: add_article(folder, "a.txt", bytes(range(256))),
    "file_without_text": lambda folder, _: add_article(folder, "a.md", b"---\ntitle: x\n---\n"),
    "front_matter_not_yaml": lambda folder, _: warning(folder, "title: [unclosed"),
    "front_matter_no_list": lambda folder, _: warning(folder, "only words"),
    "front_matter_no_date": lambda folder, _: warning(folder, "published: yesterday"),
    "upload_format": lambda folder, _: add_article(folder, "a.pdf", b"x"),
    "not_written": lambda folder, _: add_article(folder / "gone", "a.txt", b"x"),
    "pasted_nothing": lambda *_: composed_article(" "),
    "pasted_no_date": lambda *_: composed_article("x", published="yesterday"),
    "not_uploaded": lambda folder, _: read_upload(file(folder, "a.txt"), folder / "uploads"),
    "not_there": lambda folder, _: move_to_trash(folder, "gone.txt", folder / "trash"),
    "not_removed": lambda folder, _: restore_article(folder, folder / "trash", "gone"),
    "not_moved": lambda folder, _: move_to_trash(folder, file(folder, "a.txt").name, file(folder, "trash")),
    "not_restored": lambda folder, _: (
        file(folder, f"trash/{MOMENT}/b/a.txt"),
        file(folder, "b"),
        restore_article(folder, folder / "trash", f"{MOMENT}/b/a.txt"),
    ),
    "list_format": lambda folder, _: read_list(str(file(folder, "a.pdf")), ""),
    "list_not_utf8": lambda folder, _: read_list(str(file(folder, "a.txt", b"why?\n\xff")), ""),
    "list_no_column": lambda folder, _: read_list(str(file(folder, "a.csv", b"words\nwhy?")), ""),
    "list_nothing": lambda *_: read_list(None, " "),
    "list_long": lambda *_: read_list(None, "why?\n" * (MOST_QUESTIONS + 1)),
    "line_not_json": lambda folder, _: listed(folder, "a.jsonl", "{"),
    "line_no_object": lambda folder, _: listed(folder, "a.jsonl", "7"),
    "line_not_csv": lambda folder, _: listed(folder, "a.csv", 'question\n"why'),
    "line_too_wide": lambda folder, _: listed(folder, "a.csv", "question\nwhy,how"),
    "line_no_question": lambda folder, _: listed(folder, "a.jsonl", "{}"),
    "line_no_text": lambda folder, _: listed(folder, "a.jsonl", '{"question": 7}'),
    "column_many": lambda *_: filter_of_row({"since": "2022;2023"}, NO_FILTER),
    "column_no_text": lambda *_: filter_of_row({"outlet": 7}, NO_FILTER),
}


def raised(name: str, folder: Path, samples: Library) -> str:
    try:
        return str(RAISERS[name](folder, samples))
    except PressciteError as error:
        return str(error)


def test_every_problem_that_is_translated_is_raised_here() -> None:
    assert {f"problem_{name}" for name in RAISERS} == set(raised_forms())


@pytest.mark.parametrize("name", RAISERS)
def test_a_problem_is_said_in_the_language_of_the_page(name: str, tmp_path: Path, samples: Library) -> None:
    english = raised(name, tmp_path, samples)
    forms = [each for each, form in raised_forms().items() if form.fullmatch(english)]
    assert forms == [f"problem_{name}"], english
    values = raised_forms()[forms[0]].fullmatch(english)
    assert values is not None
    told = {language: Messages(language).problem(english) for language in LANGUAGES}
    assert len(set(told.values())) == len(LANGUAGES)
    for language in LANGUAGES:
        assert "--since" not in told[language], "nobody types options into a page"
        assert all(value in told[language] for field, value in values.groupdict().items() if field != "field")


def test_what_is_not_known_stays_as_it_is_and_hostile_length_costs_nothing() -> None:
    say = Messages("ru")
    assert say.problem("") == ""
    assert say.problem("The model is missing.") == "The model is missing."
    begun = time.process_time()
    for length in (LONGEST_PROBLEM, 100_000):
        hostile = 'No article is by an outlet "' + ": " * (length // 2)
        assert say.problem(hostile[:length]) == hostile[:length]
    assert time.process_time() - begun < 2


def test_problems_show_in_the_language_of_the_page_and_stay_english_in_json() -> None:
    say, empty = Messages("es"), "The question is empty."
    answer = Answer("", Status.ERROR, error=empty)
    assert "La pregunta está vacía." in turn_as_html(Turn(Query("?"), answer), 0, say)
    assert json.loads(json.dumps(answer.as_json()))["error"] == empty
    assert "La pregunta está vacía." in rows_as_html([answer.as_json()], say)
    file = ListedFile("a.txt", None, None, None, None, 0, 0, problem="a.txt: is empty.")
    assert "a.txt: está vacío." in left_out_as_html((file,), 1, say)
