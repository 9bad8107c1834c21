"""Labelled articles: cut into the passages of a search, with the headings that the reader is given there."""

import json
from pathlib import Path

import numpy as np

from bot.reader.trained import BUNDLED_READER
from bot.reader.training.articles import BESIDE, UNANSWERED, cut_articles
from bot.reader.training.batching import Batcher
from bot.reader.training.labelled import Answer, Example, read_labelled
from bot.reader.training.mix import Mix
from bot.reader.windows import Windower
from index.embedding import bundled_folder
from index.passage import split_passages
from index.tokenising import Tokeniser

TITLE = "Four rescued from the Arden mine"
PARAGRAPHS = [
    "Four miners were rescued from the Arden pit on Friday. "
    + " ".join(f"Crew number {n} had dug since morning." for n in range(12)),
    "Mayor Ilse Horn thanked the crews. " + " ".join(f"Street {n} was full of people." for n in range(14)),
    "The pit belongs to Vell Coal. " + " ".join(f"Shaft {n} was shut in 1990." for n in range(14)),
    "The first of the four came up at noon on Friday. "
    + " ".join(f"Doctor {n} waited at the gate." for n in range(12)),
]
TEXT = "\n\n".join(PARAGRAPHS)


def whole(question: str, answer: str | None) -> Example:
    answers = () if answer is None else (Answer(answer, TEXT.index(answer)),)
    return Example("q", question, TEXT, answers, "news", TITLE)


def test_an_answer_is_learned_from_its_passage_and_none_from_the_likest_other() -> None:
    (own, *others) = cut_articles([whole("Who thanked the crews?", "Ilse Horn")])
    assert own.answers == (Answer("Ilse Horn", own.context.index("Ilse Horn")),)
    assert own.context in {TEXT[passage.start : passage.end] for passage in split_passages(TEXT)}
    assert own.heading.startswith(f"{TITLE}. Crew number")
    assert own.title == ""
    assert len(others) == BESIDE
    assert all(not other.answers and "the" in other.context and "Horn" not in other.context for other in others)


def test_a_passage_that_holds_the_words_of_the_answer_is_left_out() -> None:
    contexts = [each.context for each in cut_articles([whole("When were the miners rescued?", "Friday")])]
    assert sum("Friday" in context for context in contexts) == 1


def test_a_question_without_an_answer_is_asked_of_the_likest_passages() -> None:
    found = list(cut_articles([whole("Who owns the crews of the mine?", None)]))
    assert len(found) == UNANSWERED
    assert not any(each.answers for each in found)
    assert len(list(cut_articles([whole("Qué?", None)]))) == UNANSWERED


def test_what_is_no_article_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    asked = [{"question": "Who owns the pit?", "answers": [{"text": "Vell Coal", "start": TEXT.index("Vell Coal")}]}]
    rows = [{"context": "The army won.", "qas": []}, {"title": TITLE, "context": TEXT, "qas": asked}]
    rows[0]["qas"] = [{"question": "Who won?", "answers": [{"text": "army", "start": 4}]}]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first, article = read_labelled([file]).examples
    assert next(cut_articles([first])) is first
    assert article.title == TITLE


def test_a_passage_is_always_read_below_its_own_heading() -> None:
    windower = Windower(Tokeniser.from_folder(bundled_folder()))
    (own, *_) = cut_articles([whole("Who thanked the crews?", "Ilse Horn")])
    batcher = Batcher([own], [own.context, "The army won."], np.array([[1]], dtype=np.int32), windower, 1024)
    heading = windower.tokeniser.tokens([own.heading])[0].numbers[: windower.maximum_heading].tolist()
    ((batch, _),) = batcher.batches(Mix(negatives=0.0, variants=0.0, headed=0.0, cropped=0.0, no_mark=0.0), 1)
    question = windower.tokeniser.tokens([own.question])[0].numbers
    first = len(question) + 2
    assert batch.numbers[0, first : first + len(heading)].tolist() == heading


def test_the_news_questions_beside_the_reader_can_be_learned_from() -> None:
    file = BUNDLED_READER / "news_questions.jsonl.gz"
    labelled = read_labelled([file])
    assert len(labelled.examples) == 5659
    assert sum(not example.answers for example in labelled.examples) == 2049
    assert labelled.left_out == 0
    learned = list(cut_articles(labelled.examples))
    assert {each.identifier for each in learned} == {each.identifier for each in labelled.examples}


def test_the_kept_news_questions_are_not_among_those_to_learn_from() -> None:
    kept = read_labelled([Path(__file__).parent / "kept_news_questions.jsonl.gz"]).examples
    learned = read_labelled([BUNDLED_READER / "news_questions.jsonl.gz"]).examples
    assert len(kept) == 495
    assert sum(not example.answers for example in kept) == 142
    assert not {each.context for each in kept} & {each.context for each in learned}
    assert not {each.title for each in kept} & {each.title for each in learned}
