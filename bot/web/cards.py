"""The HTML of a turn: the short answer, and under it each quote as a card that opens its article."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.answer import Answer, Quote, Status
from bot.web.comparison import also_section, change_section, positions_section
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.quote_card import QuoteCards
from bot.web.turn_actions import actions
from bot.web.turns import Turn

LIKELY = 0.75
PERHAPS = 0.4
"""Confidences from which an answer is called likely, or possible; below, it is called unsure.

The model card has the reliability of the confidence: of the answers around a confidence, about that
share is right.
"""


def turn_as_html(turn: Turn, number: int, say: Messages, looked_at: Sequence[str] = ()) -> Markup:
    """One question and its answer; while there is none yet, `looked_at` are the sources being read."""
    heading = element("h3", turn.asked.question, class_="presscite-asked", dir="auto")
    if turn.answer is None:
        body = _searching(say, looked_at)
    else:
        body = joined([_understood(turn.answer, say), *_answer(turn.answer, QuoteCards(number, turn.quotes, say), say)])
        body += actions(turn, number, say)
    return element(
        "section",
        heading,
        body,
        class_="presscite-turn",
        id=f"presscite-turn-{number}",
        aria_label=say("turn", number=number + 1),
        aria_busy="true" if turn.answer is None else None,
        data_link=turn.link if turn.answer is not None else None,
    )


def confidence_in_words(answer: Answer, say: Messages) -> str:
    """How sure the answer is, and how many articles say so."""
    names = {quote.article for quote in answer.quotes} | {path for quote in answer.quotes for path in quote.also_in}
    level = "likely" if answer.confidence >= LIKELY else "perhaps" if answer.confidence >= PERHAPS else "unsure"
    return f"{say(level)} {say('articles_quoted', count=len(names))}"


def _answer(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    notes = [_note(note) for note in _notes(answer)]
    if answer.status is Status.ERROR:
        return [*notes, element("p", answer.error or "", class_="presscite-none", role="alert")]
    if answer.status is Status.DISPUTED:
        return [*notes, *_disputed(answer, cards, say)]
    if answer.answered:
        return [*notes, *_answered(answer, cards, say)]
    return [*notes, *_not_found(answer, cards, say)]


def _notes(answer: Answer) -> tuple[str, ...]:
    """What the answer was narrowed to, in words."""
    return ()


def _note(note: str) -> Markup:
    return element("p", note, class_="presscite-notes", dir="auto")


def _answered(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    same = [quote for quote in answer.quotes if _says_the_same(quote, answer)]
    others = [quote for quote in answer.quotes if quote not in same]
    head = [element("p", answer.answer, class_="presscite-answer", dir="auto")] if answer.answer else []
    parts = [*head, element("p", confidence_in_words(answer, say), class_="presscite-confidence")]
    parts += [change_section(answer, say), cards.listed(same)]
    if others:
        parts += [element("h4", say("also_say"), class_="presscite-others"), cards.listed(others)]
    return [*parts, also_section(answer, cards, say)]


def _says_the_same(quote: Quote, answer: Answer) -> bool:
    first = answer.positions[0].quotes if answer.positions else answer.quotes[:1]
    return quote in first or (quote.answer == answer.answer is not None)


def _disputed(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    count = len(answer.positions)
    return [
        element("p", say("disputed"), class_="presscite-answer presscite-disputed"),
        element("p", say("positions", count=count), class_="presscite-confidence"),
        change_section(answer, say),
        positions_section(answer, cards, say),
        also_section(answer, cards, say),
    ]


def _not_found(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    closest = Markup()
    if answer.closest:
        summary = element("summary", say("closest", count=len(answer.closest)))
        closest = element("details", summary, cards.listed(answer.closest), class_="presscite-closest")
    hint = element("p", say("not_found_hint"), class_="presscite-hint")
    return [element("p", say("not_found"), class_="presscite-none"), hint, closest]


def _understood(answer: Answer, say: Messages) -> Markup:
    """How a follow-up was understood, to be put right and asked again."""
    return Markup()


def _searching(say: Messages, looked_at: Sequence[str]) -> Markup:
    reading = [element("p", say("reading", sources="; ".join(looked_at)), class_="presscite-hint")] if looked_at else []
    return element(
        "div",
        element("p", say("searching"), class_="presscite-searching"),
        *reading,
        element("button", say("stop"), type="button", class_="presscite-button", data_do="stop"),
        role="status",
    )
