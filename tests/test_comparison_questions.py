"""The labelled questions that compare sources: every label is a part of the articles, and no half is favoured."""

import json
import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from corpus.reading import read_article

PROJECT = Path(__file__).parent.parent
ARTICLES = PROJECT / "corpus" / "articles"
BODIES = {file.name: read_article(ARTICLES, file.name).body for file in sorted(ARTICLES.glob("*.md"))}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (PROJECT / "tests" / "comparison_questions.jsonl").read_text("utf-8").splitlines()
]
KINDS = {
    "single", "agreed", "disputed", "changed", "scope", "count", "yes_no", "who_where", "why", "said", "follow_up",
    "filter", "not_found",
}  # fmt: skip


def stands_in(part: str, article: str) -> bool:
    """Whether `part` is in the article's body, neither end of it inside a word."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", BODIES[article]) is not None


def each(*fields: str) -> list[Any]:
    """The questions that have all the fields, as parameters that are named by their ids."""
    return [pytest.param(row, id=row["id"]) for row in QUESTIONS if all(row.get(field) for field in fields)]


def test_there_are_enough_questions_and_no_two_are_alike() -> None:
    assert len(QUESTIONS) >= 160
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS)
    alike = Counter((row["question"].casefold(), row.get("conversation")) for row in QUESTIONS)
    assert max(alike.values()) == 1


@pytest.mark.parametrize("row", each("id"))
def test_the_fields_of_a_question_agree_with_each_other(row: dict[str, Any]) -> None:
    assert row["kind"] in KINDS
    assert row["half"] in {"build", "final"}
    assert row["status"] in {"answered", "disputed", "not_found"}
    assert row["answerable"] == (row["status"] != "not_found") == bool(row["articles"])
    assert bool(row["answers"]) == bool(row["evidence"]) == row["answerable"]
    assert (len(row.get("positions", ())) > 1) == (row["status"] == "disputed")


@pytest.mark.parametrize("row", each("answers"))
def test_every_answer_and_every_evidence_stands_in_an_article_that_is_named(row: dict[str, Any]) -> None:
    for part in row["answers"] + row["evidence"]:
        assert any(stands_in(part, article) for article in row["articles"]), part
    for article in row["articles"]:
        assert any(stands_in(answer, article) for answer in row["answers"]), article
        assert any(stands_in(sentence, article) for sentence in row["evidence"]), article


@pytest.mark.parametrize("row", each("positions"))
def test_every_article_of_a_position_says_it(row: dict[str, Any]) -> None:
    for position in row["positions"]:
        assert set(position["answers"]) <= set(row["answers"])
        assert set(position["articles"]) <= set(row["articles"])
        for article in position["articles"]:
            assert any(stands_in(answer, article) for answer in position["answers"]), article
    stated = Counter(answer for position in row["positions"] for answer in set(position["answers"]))
    assert max(stated.values()) == 1, "one answer in two positions"


@pytest.mark.parametrize("row", each("other_scope"))
def test_what_has_another_scope_is_said_somewhere_but_not_an_answer(row: dict[str, Any]) -> None:
    for part in row["other_scope"]:
        assert any(stands_in(part, article) for article in BODIES), part
        assert part not in row["answers"]


@pytest.mark.parametrize("row", each("counted"))
def test_the_articles_that_are_counted_are_all_that_have_the_words(row: dict[str, Any]) -> None:
    words = re.compile("|".join(rf"\b{re.escape(term)}\b" for term in row["terms"]), re.IGNORECASE)
    assert row["articles"] == [article for article, body in BODIES.items() if words.search(body)]
    assert row["counted"] == len(row["articles"])


def test_every_kind_is_in_both_halves_alike() -> None:
    halves = Counter((row["kind"], row["half"]) for row in QUESTIONS)
    for kind in KINDS:
        build, final = halves[kind, "build"], halves[kind, "final"]
        assert min(build, final) >= 5, kind
        assert abs(build - final) <= 2, kind


def test_a_conversation_stands_together_and_begins_with_a_plain_question() -> None:
    runs = [list(rows) for name, rows in groupby(QUESTIONS, lambda row: row.get("conversation")) if name is not None]
    assert len(runs) == len({rows[0]["conversation"] for rows in runs})
    for rows in runs:
        assert len(rows) > 1
        assert len({row["half"] for row in rows}) == 1
        assert ["understood" in row for row in rows] == [False] + [True] * (len(rows) - 1)
