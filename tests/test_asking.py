"""Asking from the page: what is found is quoted at once, then the answer comes."""

import threading

import pytest

from bot.answer import Answer, Quote, Status
from bot.answering import answer_question
from bot.library import Library
from bot.provisional import provisional_quote
from bot.web.asking import answer_as_it_comes
from bot.web.turns import Query, Turn
from index.search import Hit

WIRE = (("outlet", "Sample Wire"),)


def told(query: Query, library: Library, before: tuple[Turn, ...] = ()) -> list[Answer | Quote]:
    return [*answer_as_it_comes(query, before, library, None, threading.Event())]


def found(question: str, library: Library) -> tuple[str, list[Hit]]:
    heard: list[tuple[str, list[Hit]]] = []
    answer_question(question, library, on_found=lambda asked, hits: heard.append((asked, [*hits])))
    (only,) = heard
    return only


@pytest.mark.parametrize("filters", [(), WIRE], ids=["all articles", "one outlet"])
def test_a_quote_comes_before_the_answer(samples: Library, filters: tuple[tuple[str, str], ...]) -> None:
    # No two tests may ask the same: what was read before is answered before anything can be shown.
    quote, answer = told(Query(f"Which offices were set on fire by {len(filters)} crowds?", filters), samples)
    assert isinstance(quote, Quote)
    assert isinstance(answer, Answer)
    assert quote.answer is None, "nobody has looked for an answer in it yet"
    assert not filters or quote.outlet == "Sample Wire"
    assert samples.folder is not None
    text = (samples.folder / quote.article).read_text(encoding="utf-8")
    assert text[quote.start : quote.end] == quote.text


def test_of_a_follow_up_one_quote_is_shown(samples: Library) -> None:
    first = "How many police officers were wounded in Almaty that week?"
    before = (Turn(Query(first), answer_question(first, samples)),)
    *quotes, answer = told(Query("and killed?"), samples, before)
    assert isinstance(answer, Answer)
    assert answer.understood
    assert len(quotes) == 1


def test_an_error_is_an_answer_by_itself(samples: Library) -> None:
    (answer,) = told(Query("who?", (("since", "yesterday"),)), samples)
    assert isinstance(answer, Answer)
    assert answer.status is Status.ERROR


def test_the_nearest_sentence_of_the_best_passage_is_chosen(samples: Library) -> None:
    asked, hits = found("How many people have been detained, according to the office of President Tokayev?", samples)
    quote = provisional_quote(asked, hits, samples)
    assert quote is not None
    assert quote.article == hits[0].found.article.path
    assert "detained" in quote.text.lower()


def test_where_nothing_was_found_nothing_is_shown(samples: Library) -> None:
    assert provisional_quote("who?", [], samples) is None


def test_no_answer_comes_once_it_is_stopped(samples: Library) -> None:
    query, stopped = Query("how many detainees?"), threading.Event()
    assert isinstance(told(query, samples)[-1], Answer)

    # The second time it comes at once, before anybody has looked whether it is stopped.
    stopped.set()
    assert [*answer_as_it_comes(query, (), samples, None, stopped)] == []
