"""Known answers give known figures."""

import json
from pathlib import Path

import pytest
from conftest import PROJECT, Run, write

from bot.answer import Answer, Position, Quote, Status
from bot.evaluating import Evaluation, Judged, evaluation_as_text
from bot.labelled import LabelledQuestion, read_labelled_questions
from bot.squad_measures import word_f1
from corpus.errors import WrongUseError


def quote(text: str, answer: str, article: str = "a.txt") -> Quote:
    return Quote(text, article, "T", None, None, 0, len(text), "00", answer, text.index(answer))


def judged(labels: LabelledQuestion, confidence: float, *quotes: Quote) -> Judged:
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    return Judged(labels, Answer(labels.question, status, confidence, quotes))


EVALUATION = Evaluation(
    (
        judged(
            LabelledQuestion(
                "1", "how many?", ("8,000", "more than 8,000"), True, ("a",), ("There were 8,000 of them.",)
            ),
            0.95,
            quote("There were more than 8,000 of them.", "more than 8,000"),
        ),
        judged(
            LabelledQuestion("2", "who?", ("Ada Lindqvist",), True, ("b.txt",)),
            0.85,
            quote("The mayor did.", "The mayor"),
        ),
        judged(LabelledQuestion("3", "why?", ("the noise",)), 0.05),
        judged(LabelledQuestion("4", "when?", (), answerable=False), 0.02),
        judged(
            LabelledQuestion("5", "where?", (), answerable=False), 0.55, quote("In the old harbour.", "the old harbour")
        ),
    )
)


def test_known_answers_give_known_figures() -> None:
    measures = EVALUATION.measures
    assert measures == pytest.approx(
        {
            "answered": 2 / 3,
            "answer_em": 1 / 3,
            "answer_f1": 1 / 3,
            "quote_hit@1": 1 / 3,
            "quote_hit@3": 1 / 3,
            "article_hit@1": 1 / 3,
            "false_dispute": 0.0,
            "evidence_f1": (2 * 6 / (6 + 8)) / 3,
            "refusal_precision": 1 / 2,
            "refusal_recall": 1 / 2,
            "refusal_f1": 1 / 2,
            "false_answer": 1 / 2,
        }
    )


def test_a_disputed_answer_is_measured_as_its_row_says_it() -> None:
    """No one answer, which has no F1; its quotes count."""
    labels = LabelledQuestion("1", "how many?", ("8,000",), True, ("a",))
    quotes = (quote("There were 8,000 of them.", "8,000"), quote("There were 5,800.", "5,800", "b.txt"))
    positions = tuple(Position((each,), confidence) for each, confidence in zip(quotes, (0.9, 0.5), strict=True))
    disputed = Judged(labels, Answer("how many?", Status.DISPUTED, 0.9, quotes, positions))
    assert disputed.answer.as_json()["answer"] is None
    assert (disputed.exact, disputed.f1, disputed.quote_hit(1), disputed.article_hit) == (0, 0, 1, 1)
    assert disputed.right


def test_a_right_answer_without_words_is_matched_by_none() -> None:
    assert judged(LabelledQuestion("1", "which?", ("the",)), 0.9, quote("It was a lot.", "a")).exact == 0


def test_confidence_is_held_against_what_was_right() -> None:
    bins = [(each.count, each.confidence, each.right) for each in EVALUATION.reliability]
    assert bins == [(1, 0.55, 0.0), (1, 0.85, 0.0), (1, 0.95, 1.0)]
    assert EVALUATION.calibration_error == pytest.approx((0.55 + 0.85 + 0.05) / 3)
    assert [each.labelled.id for each in EVALUATION.worst(2)] == ["2", "5"]
    text = evaluation_as_text(EVALUATION, EVALUATION.worst(1))
    assert text.endswith("The worst:\n  2: who? [The mayor; wanted: Ada Lindqvist]")
    assert "answer_f1           0.333" in text


def test_word_f1_of_known_pairs() -> None:
    assert word_f1("The mayor", "mayor") == 1.0
    assert word_f1("more than 8,000", "8,000") == pytest.approx(2 * 2 / 6)
    assert word_f1("a", "") == 1.0
    assert word_f1("x", "y") == 0.0


BAD_LINES = [
    ("{", "is not JSON"),
    ("[]", "has no question"),
    ('{"question": " ", "answers": ["1"]}', "has no question"),
    ('{"question": "who?", "answers": "Ada"}', "has no answers"),
    ('{"question": "who?", "answers": [], "answerable": true}', "has no answers"),
    ('{"question": "who?", "answers": ["a"], "articles": "a.txt"}', "articles and evidence are lists"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    write(tmp_path / "l.jsonl", '{"question": "who?", "answers": ["Ada"]}\n' + line)
    with pytest.raises(WrongUseError, match=rf"l\.jsonl: line 2:? {message}"):
        read_labelled_questions(tmp_path / "l.jsonl")


def test_the_sample_questions_are_labelled_with_what_the_articles_say() -> None:
    questions = read_labelled_questions(PROJECT / "tests" / "sample_questions.jsonl")
    articles = {path.name: path.read_text(encoding="utf-8") for path in (PROJECT / "corpus" / "articles").iterdir()}
    assert len(questions) == 60
    for each in questions:
        assert all(any(sentence in articles[name] for name in each.articles) for sentence in each.evidence), each.id


def test_evaluate_prints_a_table_and_json(folder: Path, tmp_path: Path, run: Run) -> None:
    lines = [
        {"id": "a", "question": "how many pupils are left?", "answers": ["31"], "articles": ["school.txt"]},
        {"id": "b", "question": "Who won the football world cup?", "answers": [], "answerable": False},
    ]
    write(tmp_path / "l.jsonl", "\n".join(map(json.dumps, lines)))
    where = ("--corpus", folder, "--index", tmp_path / "index")
    figures = json.loads(run("evaluate", tmp_path / "l.jsonl", "--json", *where).stdout)
    assert (figures["questions"], figures["answer_em"], figures["article_hit@1"]) == (2, 1.0, 1.0)
    assert (figures["refusal_f1"], figures["false_answer"]) == (1.0, 0.0)
    assert [(each["id"], each["right"]) for each in figures["worst"]] == [("a", True), ("b", True)]
    assert figures["worst"][0].items() >= {"status": "answered", "answer": "31", "wanted": ["31"]}.items()
    table = run("evaluate", tmp_path / "l.jsonl", *where).stdout
    assert "\nanswer_em           1.000\n" in table
