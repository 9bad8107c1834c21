"""The HTML of a turn: the short answer, and under it each quote as a card that opens its article."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.answer import LONGEST_QUESTION, Answer, Quote, Status
from bot.web.comparison import also_section, change_section, counted_section, positions_section, scope_of
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.quote_card import QuoteCards, provisional_card
from bot.web.turn_actions import actions
from bot.web.turns import Turn
from bot.web.wording import note_in_words

LIKELY = 0.75
PERHAPS = 0.4
"""Confidences from which an answer is called likely, or possible; below, it is called unsure.

The model card has the reliability of the confidence: of the answers around a confidence, about that
share is right.
"""


def turn_as_html(turn: Turn, number: int, say: Messages, found: Quote | None = None, about: str = "") -> Markup:
    """One question and its answer; while there is none yet, with the nearest sentence that was `found` so far.

    `about` tells of the articles where nothing was found in them.
    """
    name = f"presscite-asked-{number}"
    heading = element("h3", turn.query.question, class_="presscite-asked", id=name, dir="auto")
    if turn.answer is None:
        body = _searching(say, found)
    else:
        cards = QuoteCards(number, turn.quotes, say)
        body = joined([_understood(turn, number, say), *_answer(turn.answer, cards, say, about)])
        body += actions(turn, number, say)
    return element(
        "section",
        heading,
        body,
        class_="presscite-turn",
        id=f"presscite-turn-{number}",
        aria_labelledby=name,
        aria_busy="true" if turn.answer is None else None,
        data_link=turn.query.link if turn.answer is not None else None,
    )


def log_as_html(inside: Markup, say: Messages) -> Markup:
    """The conversation around its turns, or around a welcome."""
    return element(
        "div",
        inside,
        id="presscite-log",
        role="log",
        aria_label=say("conversation"),
        data_language=say.language,
        data_copied=say("copied"),
    )


def confidence_in_words(answer: Answer, say: Messages) -> str:
    """How sure the answer is, and how many articles say so."""
    same = _proving(answer)
    names = {quote.article for quote in same} | {path for quote in same for path in quote.also_in}
    level = "likely" if answer.confidence >= LIKELY else "perhaps" if answer.confidence >= PERHAPS else "unsure"
    return f"{say(level)} {say('articles_quoted', count=len(names))}"


def _answer(answer: Answer, cards: QuoteCards, say: Messages, about: str) -> list[Markup]:
    notes = [element("p", note_in_words(note, say), class_="presscite-notes", dir="auto") for note in answer.notes]
    if answer.status is Status.ERROR:
        return [*notes, element("p", say.problem(answer.error or ""), class_="presscite-none", role="alert")]
    if answer.counted is not None:
        return [*notes, *counted_section(answer.counted, cards, say)]
    if answer.status is Status.DISPUTED:
        return [*notes, *_disputed(answer, cards, say)]
    if answer.answered:
        return [*notes, *_answered(answer, cards, say)]
    return [*notes, *_not_found(answer, cards, say, about)]


def _answered(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    head = [element("p", answer.answer, class_="presscite-answer", dir="auto")] if answer.answer else []
    confidence = element("p", confidence_in_words(answer, say), class_="presscite-confidence")
    scope = [scope_of(each, say) for each in answer.positions]
    parts = [*head, *filter(None, scope), confidence, change_section(answer, say), cards.listed(_proving(answer))]
    return [*parts, also_section(answer, cards, say)]


def _proving(answer: Answer) -> Sequence[Quote]:
    """The quotes of the answer itself, without those of what is said beside it."""
    return [quote for position in answer.positions for quote in position.quotes] or answer.quotes


def _disputed(answer: Answer, cards: QuoteCards, say: Messages) -> list[Markup]:
    dated = [each for each in answer.positions if each.as_of or each.published]
    # Of one day or none there is nothing that is newer.
    heading = "positions_newest_first" if len(dated) > 1 else "positions"
    return [
        element("p", say("disputed"), class_="presscite-answer presscite-disputed"),
        element("p", say(heading, count=len(answer.positions)), class_="presscite-confidence"),
        change_section(answer, say),
        positions_section(answer, cards, say),
        also_section(answer, cards, say),
    ]


def _not_found(answer: Answer, cards: QuoteCards, say: Messages, about: str) -> list[Markup]:
    closest = Markup()
    if answer.closest:
        summary = element("summary", say("closest", count=len(answer.closest)))
        closest = element("details", summary, cards.listed(answer.closest), class_="presscite-closest")
    hints = [element("p", each, class_="presscite-hint") for each in (say("not_found_hint"), about) if each]
    return [element("p", say("not_found"), class_="presscite-none"), *hints, closest]


def _understood(turn: Turn, number: int, say: Messages) -> Markup:
    """How a follow-up was understood, to be put right and asked again."""
    if turn.answer is None or turn.answer.understood is None:
        return Markup()
    name = f"presscite-understood-{number}"
    return element(
        "form",
        element("label", say("understood"), for_=name),
        element(
            "input",
            id=name,
            name="question",
            value=turn.answer.understood,
            maxlength=LONGEST_QUESTION,
            autocomplete="off",
            dir="auto",
        ),
        element("button", say("ask_again"), class_="presscite-button"),
        class_="presscite-understood",
        data_do="ask",
        data_turn=number,
    )


def _searching(say: Messages, found: Quote | None) -> Markup:
    said = element("p", say("still_reading" if found else "searching"), class_="presscite-searching")
    stop = element("button", say("stop"), type="button", class_="presscite-button", data_do="stop")
    return element("div", said, provisional_card(found, say) if found else None, stop, role="status")
