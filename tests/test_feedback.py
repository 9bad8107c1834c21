"""Answers marked right or wrong become labelled questions that the other commands read."""

import json
from pathlib import Path

import pytest
from conftest import Run

from bot.answer import Answer, Status
from bot.answering import answer_question
from bot.feedback import Correction, Verdict, mark_answer
from bot.labelled import read_labelled_questions
from bot.library import Library, open_library
from bot.reader.training.labelled import read_labelled


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = open_library(folder, tmp_path / "index")
    library.refresh()
    return library


def injured(library: Library) -> Answer:
    answer = answer_question("How many workers were injured?", library)
    assert answer.status is Status.ANSWERED
    return answer


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_a_right_answer_is_a_labelled_question(library: Library) -> None:
    answer = injured(library)
    folder = mark_answer(library, answer, Verdict.RIGHT)
    (labelled,) = read_labelled_questions(folder / "questions.jsonl")
    assert (labelled.question, labelled.answers, labelled.articles) == (answer.question, ("14",), ("fire.md",))
    assert labelled.evidence == (answer.quotes[0].text,)


def test_its_paragraph_teaches_the_reader(library: Library, folder: Path) -> None:
    answer = injured(library)
    marked = mark_answer(library, answer, Verdict.RIGHT)
    (row,) = rows(marked / "passages.jsonl")
    context, (question,) = row["context"], row["qas"]  # type: ignore[misc]
    assert context in (folder / "fire.md").read_text(encoding="utf-8")
    assert context.startswith("A warehouse")  # type: ignore[attr-defined]
    (span,) = question["answers"]
    assert context[span["start"] :][: len(span["text"])] == span["text"] == "14"  # type: ignore[index]
    mark_answer(library, answer_question("How many pupils are left?", library), Verdict.RIGHT)
    assert len(read_labelled([marked / "passages.jsonl"]).examples) == 2


def test_a_wrong_answer_alone_teaches_only_what_does_not_answer(library: Library) -> None:
    folder = mark_answer(library, injured(library), Verdict.WRONG)
    assert read_labelled_questions(folder / "questions.jsonl") == []
    assert [row["qas"][0]["answers"] for row in rows(folder / "passages.jsonl")] == [[]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("correction", "answers", "answerable"),
    [(Correction(), (), False), (Correction(words="fourteen  workers"), ("fourteen workers",), True)],
)
def test_a_corrected_answer_is_labelled_with_what_is_right(
    library: Library, correction: Correction, answers: tuple[str, ...], answerable: bool
) -> None:
    folder = mark_answer(library, injured(library), Verdict.WRONG, correction)
    (labelled,) = read_labelled_questions(folder / "questions.jsonl")
    assert (labelled.answers, labelled.answerable) == (answers, answerable)


def test_another_quote_can_be_the_right_one(library: Library) -> None:
    pupils = answer_question("How many pupils are left?", library).quotes[0]
    folder = mark_answer(library, injured(library), Verdict.WRONG, Correction(pupils))
    (labelled,) = read_labelled_questions(folder / "questions.jsonl")
    assert (labelled.answers, labelled.articles) == ((pupils.answer,), ("school.txt",))
    answered = [bool(row["qas"][0]["answers"]) for row in rows(folder / "passages.jsonl")]  # type: ignore[index]
    assert answered == [True, False]


def test_rightly_not_found_is_unanswerable(library: Library) -> None:
    answer = answer_question("Who won the football world cup?", library)
    assert answer.status is Status.NOT_FOUND
    (labelled,) = read_labelled_questions(mark_answer(library, answer, Verdict.RIGHT) / "questions.jsonl")
    assert not labelled.answerable


def test_a_second_mark_replaces_the_first_and_leaves_the_others(library: Library) -> None:
    answer = injured(library)
    folder = mark_answer(library, answer_question("How many pupils are left?", library), Verdict.RIGHT)
    own = '{"question": "Whose line?", "answers": ["mine\u2028and hers"]}'
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(f"{own}\n")
    mark_answer(library, answer, Verdict.RIGHT)
    mark_answer(library, answer, Verdict.WRONG, Correction())
    labelled = read_labelled_questions(folder / "questions.jsonl")
    assert [each.answerable for each in labelled] == [True, True, False]
    assert labelled[1].answers == ("mine\u2028and hers",)


def test_disputed_answers_are_labelled_with_their_positions(samples: Library) -> None:
    answer = answer_question("How many people died?", samples)
    assert answer.status is Status.DISPUTED
    labelled = read_labelled_questions(mark_answer(samples, answer, Verdict.RIGHT) / "questions.jsonl")[-1]
    assert labelled.status is Status.DISPUTED
    assert [each.answers[0] for each in labelled.positions] == [each.answer for each in answer.positions]


def test_a_narrowed_answer_is_no_labelled_question(library: Library) -> None:
    folder = mark_answer(library, injured(library), Verdict.RIGHT, narrowed=True)
    assert read_labelled_questions(folder / "questions.jsonl") == []


def test_evaluate_reads_what_was_marked(library: Library, folder: Path, run: Run) -> None:
    marked = mark_answer(library, injured(library), Verdict.RIGHT)
    arguments = ("--corpus", folder, "--index", library.store.folder)
    figures = json.loads(run("evaluate", marked / "questions.jsonl", "--json", *arguments).stdout)
    assert (figures["questions"], figures["answer_em"]) == (1, 1.0)
