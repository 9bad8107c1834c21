"""What can be done with an answer: copy it with its citations, link to it, and mark it right or wrong."""

from markupsafe import Markup

from bot.answer import Answer, Status
from bot.citing import CitationStyle, with_citations
from bot.feedback import Verdict
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.quote_card import source_in_words
from bot.web.turns import Turn

MOST_CHOICES = 6


def actions(turn: Turn, number: int, say: Messages) -> Markup:
    """The row of buttons under an answer; none under an error."""
    if turn.answer is None or turn.answer.status is Status.ERROR:
        return Markup()
    row = element(
        "div", _copy_menu(turn.answer, say), _link(turn, say), _verdict(turn, number, say), class_="presscite-row"
    )
    return row + _correction(turn, number, say)


def _copy_menu(answer: Answer, say: Messages) -> Markup:
    buttons = [
        element(
            "button",
            say(f"copy_{style.value}"),
            type="button",
            class_="presscite-button",
            data_do="copy",
            data_copy=with_citations(answer, style),
        )
        for style in CitationStyle
    ]
    choices = element("div", joined(buttons), class_="presscite-choices")
    return element(
        "details", element("summary", say("copy"), class_="presscite-button"), choices, class_="presscite-menu"
    )


def _link(turn: Turn, say: Messages) -> Markup:
    return element(
        "button", say("copy_link"), type="button", class_="presscite-button", data_do="link", data_link=turn.query.link
    )


def _verdict(turn: Turn, number: int, say: Messages) -> Markup:
    buttons = [
        element(
            "button",
            say(f"mark_{verdict.value}"),
            type="button",
            class_="presscite-button",
            data_do="mark",
            data_turn=number,
            data_verdict=verdict.value,
            aria_pressed="true" if turn.verdict is verdict else "false",
        )
        for verdict in Verdict
    ]
    # Seen by those who see the buttons; a screen reader has it as their name.
    asked = element("span", say("mark"), aria_hidden="true", class_="presscite-hint")
    return element("div", asked, *buttons, role="group", aria_label=say("mark"), class_="presscite-verdict")


def _correction(turn: Turn, number: int, say: Messages) -> Markup:
    """After "right" a word of thanks, after "wrong" the question what would have been right."""
    if turn.verdict is None or turn.answer is None:
        return Markup()
    if turn.verdict is Verdict.RIGHT or turn.corrected:
        return element("p", say("marked"), class_="presscite-hint", role="status")
    said = {
        (quote.answer or quote.text).casefold(): place
        for place, quote in reversed(list(enumerate(turn.quotes)))
        if place or not turn.answer.answered
    }
    choices = []
    for place in sorted(said.values())[:MOST_CHOICES]:
        quote = turn.quotes[place]
        choices.append(_choice(f"“{quote.answer or quote.text[:80]}” — {source_in_words(quote, say)}", number, place))
    if turn.answer.answered:
        choices.append(_choice(say("not_in_articles"), number))
    name = f"presscite-words-{number}"
    words = element(
        "form",
        element("label", say("right_words"), for_=name),
        element("input", id=name, name="words", maxlength=300, autocomplete="off", dir="auto"),
        element("button", say("send"), class_="presscite-button"),
        data_do="correct",
        data_turn=number,
    )
    asked = element("p", say("what_is_right"))
    return element("div", asked, element("div", *choices, class_="presscite-choices"), words, class_="presscite-wrong")


def _choice(text: str, turn: int, quote: int | None = None) -> Markup:
    return element(
        "button",
        text,
        type="button",
        class_="presscite-button",
        data_do="correct",
        data_turn=turn,
        data_quote=quote,
    )
