"""The HTML of answers, articles and conversations: what it shows, and that hostile text does nothing in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import (
    Answer,
    CountedArticle,
    CountedArticles,
    DatedFigure,
    FigureChange,
    Limits,
    Position,
    Quote,
    Status,
    Step,
)
from bot.answering import answer_question
from bot.feedback import Verdict
from bot.filters import Filter
from bot.library import Library
from bot.notes import NoMention, OnlyArticles
from bot.web.article_panel import Mark, article_as_html, opened_article
from bot.web.cards import confidence_in_words, turn_as_html
from bot.web.earlier import earlier_as_html
from bot.web.markup import element, escaped
from bot.web.messages import LANGUAGES, Messages
from bot.web.turns import (
    Conversation,
    Query,
    Turn,
    conversations_as_json,
    kept_conversations,
    query_from_address,
    shown_quotes,
    with_room_for_one,
)
from bot.web.welcome import about_articles

SAY = Messages("en")
OURS = set(
    "section h3 h4 div p ul li blockquote mark footer button cite span details summary table thead tbody tr th td "
    "form label input q header nav strong figure figcaption time".split()
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "'><svg/onload=alert(1)>",
    "</div></section><h1>owned</h1>",
    "**bold** [x](javascript:alert(1)) $x^2$ `${alert(1)}` {{constructor}}",
    "&lt;b&gt; &amp; &#60;",
    "\u202eright to left\u202c \u2066x\u2069 \u200f\u061c",
    "\x00\x1b[31mred\x07",
    "x" * 5_000,
    "line\r\nline\u2028line",
]


class Parsed(HTMLParser):
    """What a browser makes of some HTML: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "every element ends where it should"

    def handle_data(self, data: str) -> None:
        self.text += data

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]


def quote(text: str = "There were 16 dead.", answer: str | None = "16", **values: object) -> Quote:
    start = text.index(answer) if answer else None
    plain = Quote(text, "a.md", "A title", date(2022, 1, 10), "Sample Wire", 5, 5 + len(text), "00", answer, start)
    return replace(plain, **values)  # type: ignore[arg-type]


def answers(text: str) -> Iterator[Answer]:
    """Answers of every kind in which everything that can be is `text`."""
    said = quote(f"a {text} b", text, title=text, outlet=text, article=text, attribution=text, also_in=(text,))
    other = replace(said, start=90, end=99)
    position = Position((said, other), 0.9, scope=Limits(text, text, text))
    change = FigureChange((Step(date(2022, 1, 1), text), Step(date(2022, 1, 2), text)))
    notes = (OnlyArticles(Filter(outlets=(text,), articles=(text,))), NoMention(text))
    days = tuple(DatedFigure(date(2022, 1, day), day, text, text) for day in (1, 2, 3))
    yield Answer(text, Status.ANSWERED, 0.9, (said,), (position,), notes=notes, understood=text)
    yield Answer(text, Status.DISPUTED, 0.9, (said, other), (position, position), change=change, timeline=days)
    yield Answer(text, Status.ANSWERED, 0.5, (said,), also=(position, replace(position, scope=None)))
    yield Answer(text, Status.NOT_FOUND, closest=(replace(said, answer=None, answer_start=None),))
    yield Answer(text, Status.ERROR, error=text)
    articles = (CountedArticle(text, text, text, None, said), CountedArticle(text, text, None, None))
    yield Answer(text, Status.ANSWERED, 1.0, (said,), counted=CountedArticles(text, articles, in_other_forms=True))


def shown(answer: Answer, **values: object) -> Parsed:
    return Parsed(turn_as_html(replace(Turn(Query(answer.question), answer), **values), 0, SAY))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", range(6))
def test_hostile_text_only_shows(kind: int, text: str) -> None:
    answer = list(answers(text))[kind]
    for verdict in (None, Verdict.WRONG):
        html = turn_as_html(Turn(Query(text), answer, verdict), 0, SAY)
        parsed = Parsed(html)
        assert parsed.open == []
        assert {tag for tag, _ in parsed.elements} <= OURS
        names = {name for _, attributes in parsed.elements for name in attributes}
        assert not [name for name in names if name.startswith("on") or name in ("src", "href", "style")]
        assert "\n" not in html
        assert not set(html) & set("\u202e\u202c\u2066\u2069\u200f\u061c\x00\x1b\x07\r")
        assert escaped(text) in html


@given(st.text())
def test_any_text_is_escaped_in_text_and_attributes(text: str) -> None:
    html = element("p", text, title=text)
    parsed = Parsed(html)
    assert [tag for tag, _ in parsed.elements] == ["p"]
    assert list(parsed.elements[0][1]) == ["title"]
    assert "\n" not in html


def test_an_answer_shows_first_and_large_with_its_cards() -> None:
    parsed = shown(Answer("how many?", Status.ANSWERED, 0.9, (quote(also_in=("b.md", "c.md"), attribution="he said"),)))
    assert "16" in parsed.text
    assert "Also in others: 2" in parsed.text
    assert "he said" in parsed.text
    assert [tag for tag, _ in parsed.elements].index("mark") > 0
    (card,) = parsed.with_class("presscite-quote")
    assert (card["data-turn"], card["data-quote"]) == ("0", "0")


def test_where_nothing_was_found_it_says_what_the_articles_are(samples: Library) -> None:
    about = about_articles(samples, SAY)
    assert re.search(r"from \d+ \w+ 20\d\d to \d+ \w+ 20\d\d\. Outlets: .*Sample Almaty Herald", about)
    html = turn_as_html(Turn(Query("who?"), Answer("who?", Status.NOT_FOUND)), 0, SAY, about=about)
    assert about in Parsed(html).text


def test_positions_stand_side_by_side_in_their_order() -> None:
    older = quote("Dozens died.", "Dozens", article="b.md", published=date(2022, 1, 6))
    positions = (
        Position((quote(),), 0.9, scope=Limits(place="Almaty"), as_of=date(2022, 1, 9)),
        Position((older,), 0.5),
    )
    change = FigureChange((Step(date(2022, 1, 6), "dozens"), Step(date(2022, 1, 10), "16")))
    answer = Answer("?", Status.DISPUTED, 0.9, (quote(), older), positions, change=change)
    parsed = shown(answer)
    assert [each["aria-label"] for each in parsed.with_class("presscite-position")] == ["16", "Dozens"]
    for said in (
        "The articles do not agree",
        "in Almaty",
        "dozens (6 January) → 16 (10 January)",
        "6 Jan 2022",
        "9 Jan 2022 · last said 10 Jan 2022",
    ):
        assert said in parsed.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2022, 1, 10), date(2022, 1, 6)), "the newest first: 2 versions"),
        ((date(2022, 1, 10), None), "What they say: 2 versions"),
        ((None, None), "What they say: 2 versions"),
    ],
)
def test_newest_first_is_said_of_days_only(days: tuple[date | None, date | None], said: str) -> None:
    quotes = tuple(quote(article=f"{day}.md", published=day, start=number) for number, day in enumerate(days))
    positions = tuple(Position((each,), 0.9) for each in quotes)
    assert said in shown(Answer("?", Status.DISPUTED, 0.9, quotes, positions)).text


def test_two_answers_of_one_sentence_are_two_quotes() -> None:
    sentence = "Two died in Almaty, three in the east."
    two, three = quote(sentence, "Two"), quote(sentence, "three")
    answer = Answer("?", Status.DISPUTED, 0.9, (two, three), (Position((two,), 0.9), Position((three,), 0.8)))
    assert shown_quotes(answer) == (two, three)
    assert [each["data-quote"] for each in shown(answer).with_class("presscite-quote")] == ["0", "1"]


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.95, "Very likely"), (0.75, "Very likely"), (0.5, "Probably"), (0.1, "Not sure")]
)
def test_confidence_is_said_in_words(confidence: float, words: str) -> None:
    answer = Answer("?", Status.ANSWERED, confidence, (quote(also_in=("b.md",)),))
    said = confidence_in_words(answer, SAY)
    assert said.startswith(words)
    assert said.endswith("Articles: 2")
    assert "0." not in said


def test_a_wrong_answer_is_asked_what_is_right() -> None:
    answer = Answer("?", Status.ANSWERED, 0.9, (quote(), quote("9 died.", "9", article="b.md")))
    assert not shown(answer).with_class("presscite-wrong")
    assert "“9” — Sample Wire, 10 Jan 2022" in shown(answer, verdict=Verdict.WRONG).text
    assert not shown(answer, verdict=Verdict.WRONG, corrected=True).with_class("presscite-wrong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_answer_shows_in_every_language(language: str) -> None:
    for answer in answers("x"):
        assert Parsed(turn_as_html(Turn(Query("x"), answer), 0, Messages(language))).text


def test_a_searching_turn_can_be_stopped() -> None:
    parsed = Parsed(turn_as_html(Turn(Query("who?")), 2, SAY))
    assert "Searching" in parsed.text
    assert "stop" in [attributes.get("data-do") for _, attributes in parsed.elements]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_while_it_is_read_is_quoted_and_called_no_answer(language: str) -> None:
    say, found = Messages(language), quote(answer=None, published=None)
    parsed = Parsed(turn_as_html(Turn(Query("who?")), 2, say, found))
    for said in (found.text, found.title, f"Sample Wire, {say('undated')}", say("still_reading")):
        assert said in parsed.text
    assert not [tag for tag, _ in parsed.elements if tag == "mark"], "nothing is marked as an answer"
    assert [each.get("data-do") for tag, each in parsed.elements if tag == "button"] == ["stop"], "nothing opens"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_only_shows_while_it_is_read(text: str) -> None:
    found = quote(f"a {text} b", None, title=text, outlet=text, article=text)
    parsed = Parsed(turn_as_html(Turn(Query(text)), 0, SAY, found))
    assert parsed.open == []
    assert {tag for tag, _ in parsed.elements} <= OURS


def test_marks_stand_at_their_places_and_nothing_is_lost() -> None:
    text = "Head\nOne <two> three. Four."
    html = article_as_html(text, [Mark(5, 21, (9, 14), is_open=True), Mark(22, 27)], 5)
    assert html == ('<mark id="presscite-open">One <strong>&lt;two&gt;</strong> three.</mark> <mark>Four.</mark>')


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.booleans()), max_size=6))
def test_any_marks_leave_the_text_as_it_is(spans: list[tuple[int, int, bool]]) -> None:
    text = "The <b>ferry</b> carried 482 passengers, it said."
    marks = [Mark(start, start + length, is_open=is_open) for start, length, is_open in spans]
    html = article_as_html(text, marks)
    assert Parsed(html).text == text
    assert ("presscite-open" in html) == any(mark.is_open for mark in marks)


def test_an_article_is_opened_at_its_quote(samples: Library) -> None:
    quotes = shown_quotes(answer_question("how many detainees?", samples))
    parsed = Parsed(opened_article(samples, 3, quotes, 0, SAY))
    assert quotes[0].text in parsed.text
    assert quotes[0].title in parsed.text
    assert f"Quote 1 of {len(quotes)}" in parsed.text
    steps = {attributes["id"]: attributes for _, attributes in parsed.elements if attributes.get("data-do") == "open"}
    assert "disabled" in steps["presscite-previous"]
    assert steps["presscite-next"]["data-quote"] == "1"
    changed = tuple(replace(each, sha256="0") for each in quotes)
    assert "has changed" in Parsed(opened_article(samples, 3, changed, 0, SAY)).text
    assert "opens here" in Parsed(opened_article(samples, 3, quotes, 99, SAY)).text


@pytest.mark.parametrize("day", [None, date(2022, 1, 10)])
@pytest.mark.parametrize("outlet", [None, "Sample Wire"])
def test_an_opened_article_names_its_file_once(samples: Library, outlet: str | None, day: date | None) -> None:
    plain = answer_question("how many detainees?", samples).quotes[0]
    parsed = Parsed(opened_article(samples, 0, (replace(plain, outlet=outlet, published=day),), 0, SAY))
    assert parsed.text.count(plain.article) == 1
    assert ("Sample Wire" in parsed.text.split(plain.article)[0]) == (outlet is not None)
    assert [each["datetime"] for tag, each in parsed.elements if tag == "time"] == ([day.isoformat()] if day else [])


def test_an_address_asks_what_it_was_made_from() -> None:
    query = Query("¿cuántos & cómo?", (("since", "2022-01-09"), ("outlet", "A"), ("outlet", "B")), True)
    assert query_from_address(query.link) == query
    assert query_from_address("?__theme=dark") is None
    assert query_from_address("?q=%20") is None
    assert Query("and wounded?", understood="how many wounded?").link == "?q=how+many+wounded%3F"


@pytest.mark.parametrize(
    "sent",
    [None, 1, "x", [], [[]], [["x"]], [[{"question": 1}]], [[{"question": " "}]], {"a": 1}, [[{"filters": []}]]],
)
def test_a_browser_that_sends_nonsense_has_no_conversations(sent: object) -> None:
    assert kept_conversations(sent) == ()


def test_conversations_are_kept_as_they_were() -> None:
    kept = (Conversation((Query("who?"), Query("when?", (("since", "2022"),), True, "when was it?"))),)
    assert kept_conversations(conversations_as_json(kept)) == kept
    many = tuple(Conversation((Query(str(number)),)) for number in range(99))
    assert kept_conversations(conversations_as_json(many)) == many[:30]


def test_a_conversation_does_not_grow_for_ever() -> None:
    turns = tuple(Turn(Query(str(number))) for number in range(99))
    assert with_room_for_one(turns) == turns[-39:]
    assert with_room_for_one(turns[:3]) == turns[:3]


def test_earlier_conversations_are_named_by_their_first_question() -> None:
    parsed = Parsed(earlier_as_html([Conversation((Query("<b>who?"), Query("when?")))], SAY))
    assert "<b>who?" in parsed.text
    assert "when?" not in parsed.text
