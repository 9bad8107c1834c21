"""Answers: proven quotes or none, from real articles with the real model."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import write
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Position, Quote, Status
from bot.answering import answer_question
from bot.library import Library, open_library
from bot.quoting import quote_span
from bot.rendering import as_text
from corpus.boilerplate import is_boilerplate
from corpus.errors import ArticleError
from corpus.reading import read_article
from index.passage import split_passages


def opened(folder: Path, tmp_path: Path) -> Library:
    library = open_library(folder, tmp_path / "index")
    library.refresh()
    return library


def assert_quotes_are_slices(answer: Answer, folder: Path) -> None:
    for quote in (*answer.quotes, *answer.closest):
        article = read_article(folder, quote.article)
        assert (folder / quote.article).read_bytes().decode(article.encoding)[quote.start : quote.end] == quote.text
        assert article.sha256 == quote.sha256
        if quote.answer is not None and quote.answer_start is not None:
            assert quote.text[quote.answer_start :].startswith(quote.answer)


@given(
    text=st.text(min_size=1).map(lambda text: text.encode("utf-8", "ignore").decode()).filter(str.strip),
    newline=st.sampled_from(["\n", "\r\n", "\r", "\u2028"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=150, deadline=None)
def test_every_quote_equals_its_slice(
    tmp_path_factory: pytest.TempPathFactory, text: str, newline: str, encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    data = text.replace("\n", newline).encode(encoding)
    (folder / "a.txt").write_bytes(data)
    try:
        article = read_article(folder, "a.txt")
    except ArticleError:
        # Control characters are no text; what is read at all is what this test is about.
        return
    covered: set[int] = set()
    for passage in split_passages(article.text, article.body_start):
        covered.update(range(passage.start, passage.end))
        for sentence in passage.sentences:
            quote = quote_span(folder, article, sentence.start, sentence.end, (sentence.start, sentence.start + 1))
            assert quote is not None
            assert quote.text == data.decode(article.encoding)[quote.start : quote.end]
            assert quote.parts == ("", quote.text[:1], quote.text[1:])
    assert all(
        place in covered for place in range(article.body_start, len(article.text)) if not article.text[place].isspace()
    )


def test_what_has_changed_is_not_quoted(folder: Path) -> None:
    article = read_article(folder, "school.txt")
    assert quote_span(folder, article, 0, 10) is not None
    assert quote_span(folder, article, 0, len(article.text) + 1) is None
    assert quote_span(folder, article, 5, 5) is None
    assert quote_span(folder, article, -5, 5) is None
    write(folder / "school.txt", article.text + "!")
    assert quote_span(folder, article, 0, 10) is None
    (folder / "school.txt").unlink()
    assert quote_span(folder, article, 0, 10) is None


def test_a_number_is_answered_with_its_source(folder: Path, tmp_path: Path) -> None:
    answer = answer_question("how many injured workers?", opened(folder, tmp_path))
    assert answer.status is Status.ANSWERED
    assert answer.answer == "14"
    quote = answer.quotes[0]
    assert quote.text == "Firefighters counted 14 injured workers."
    assert (quote.article, quote.outlet, quote.published) == ("fire.md", "Sample Gazette", date(2022, 3, 1))
    assert_quotes_are_slices(answer, folder)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football world cup?",
        "How do I prune roses?",
        "What is the capital of Peru?",
        "asdf qwerty",
    ],
)
def test_what_the_articles_do_not_say_is_not_found(samples: Library, question: str) -> None:
    answer = answer_question(question, samples)
    assert answer.status is Status.NOT_FOUND
    assert answer.answer is None
    assert not answer.quotes
    assert 1 <= len(answer.closest) <= 3
    assert all(quote.answer is None for quote in answer.closest)
    assert_quotes_are_slices(answer, samples.folder)


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_an_error(samples: Library, question: str) -> None:
    assert answer_question(question, samples).error == "The question is empty."


@pytest.mark.parametrize("question", ["?" * 1001, "how " * 300])
def test_a_question_that_is_too_long_is_an_error(samples: Library, question: str) -> None:
    assert answer_question(question, samples).status is Status.ERROR


@pytest.mark.parametrize(
    "question", ["\ud800 who?", "'; DROP TABLE words; --", 'NEAR("a" b)', "* OR -", "\x00 how many?", "…"]
)
def test_hostile_questions_are_questions(samples: Library, question: str) -> None:
    answer = answer_question(question, samples)
    assert answer.status in (Status.ANSWERED, Status.NOT_FOUND)
    json.dumps(answer.as_json())


def test_the_threshold_can_be_moved(samples: Library) -> None:
    question = "how many detainees?"
    usual = answer_question(question, samples)
    assert usual.answered
    above = (1 + usual.confidence) / 2
    strict = answer_question(question, replace(samples, min_confidence=above))
    assert (strict.status, strict.quotes, bool(strict.closest)) == (Status.NOT_FOUND, (), True)
    nowhere = "Who won the football world cup?"
    assert not answer_question(nowhere, samples).answered
    assert answer_question(nowhere, replace(samples, min_confidence=0)).answered


def test_the_newcomers_question(samples: Library) -> None:
    answer = answer_question("how many detainees?", samples)
    assert answer.status is Status.DISPUTED
    by_answer = {position.answer: position for position in answer.positions}
    assert by_answer["more than 8,000"].quotes[0].article == "2022-01-10-sample-radio-tulip-attempted-coup.md"
    assert len(answer.positions) > 1, "other articles give other figures, and are shown"
    assert_quotes_are_slices(answer, samples.folder)


def test_a_chronicle_s_date_is_quoted_with_what_happened(folder: Path, tmp_path: Path) -> None:
    write(
        folder / "days.md", "# Days of the flood\n\n**2 May.** The rain began.\n\n**4 May.** The dam of Lorn broke.\n"
    )
    answer = answer_question("When did the dam of Lorn break?", opened(folder, tmp_path))

    assert answer.answer == "4 May"
    assert answer.quotes[0].text == "**4 May.** The dam of Lorn broke."


def test_edits_and_deletions_show_in_the_next_answer(folder: Path, tmp_path: Path) -> None:
    library = opened(folder, tmp_path)
    assert answer_question("how many pupils are left?", library).answer == "31"
    write(folder / "school.txt", "The school in Morna will close. Only 27 pupils are left.\n", age=30)
    assert answer_question("how many pupils are left?", library).answer is None, "the old text is not quoted any more"
    library.refresh()
    assert answer_question("how many pupils are left?", library).answer == "27"
    (folder / "school.txt").unlink()
    library.refresh()
    assert answer_question("how many pupils are left?", library).status is Status.NOT_FOUND


def test_furniture_is_never_quoted(samples: Library) -> None:
    for question in (
        "how many minutes to read?",
        "Who shares on Facebook?",
        "What comments are there?",
        "Who wrote this?",
    ):
        answer = answer_question(question, samples)
        for quote in (*answer.quotes, *answer.closest):
            assert not is_boilerplate(quote.text)
            assert not quote.text.startswith("<")


def test_text_for_a_terminal_cannot_drive_it() -> None:
    quote = Quote("Five\x1b[31m red\u202e men\ncame.", "a\x07.md", "T", None, None, 0, 24, "00", "Five", 0)
    answer = Answer("?", Status.ANSWERED, 0.9, (quote,), positions=(Position((quote,), 0.9),))
    text = as_text(answer, highlight=lambda part: f"[{part}]")
    assert text == (
        "[Five]\n\n  “[Five]\N{REPLACEMENT CHARACTER}[31m red\N{REPLACEMENT CHARACTER} men came.”\n"
        "  — a\N{REPLACEMENT CHARACTER}.md, undated: T\n    a\N{REPLACEMENT CHARACTER}.md 0:24"
    )
