"""The HTML of what articles do not agree on: positions side by side, how a figure changed, and the figure by day."""

from markupsafe import Markup

from bot.answer import Answer, Position
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.quote_card import QuoteCards


def positions_section(answer: Answer, cards: QuoteCards, say: Messages) -> Markup:
    """The positions of a disputed answer side by side, in their order: the newest first, and none is the winner."""
    columns = [_position(position, cards, say) for position in answer.positions]
    return element("div", joined(columns), class_="presscite-positions", role="group", aria_label=say("disputed"))


def also_section(answer: Answer, cards: QuoteCards, say: Messages) -> Markup:
    """What is said of a part only, under the answer."""
    if not answer.also:
        return Markup()
    columns = [_position(position, cards, say) for position in answer.also]
    heading = element("h4", say("of_a_part"), class_="presscite-others")
    return heading + element("div", joined(columns), class_="presscite-positions presscite-also")


def change_section(answer: Answer, say: Messages) -> Markup:
    """How a figure changed from day to day, and all its days as a table."""
    change = element("p", answer.change, class_="presscite-change", dir="auto") if answer.change else Markup()
    if not answer.timeline:
        return change
    names = element("tr", *(element("th", say(name), scope="col") for name in ("day", "figure", "source")))
    rows = [
        element("tr", *(element("td", cell) for cell in (figure.published.isoformat(), figure.answer, figure.source)))
        for figure in answer.timeline
    ]
    table = element("table", element("thead", names), element("tbody", joined(rows)))
    summary = element("summary", say("as_table"))
    return change + element("details", summary, table, class_="presscite-days")


def _position(position: Position, cards: QuoteCards, say: Messages) -> Markup:
    first, *others = position.quotes
    facts = [
        element("p", position.answer or first.text, class_="presscite-value", dir="auto"),
        element("p", position.scope, class_="presscite-scope", dir="auto") if position.scope else None,
        _attributed(position, say),
        element("p", _when(position, say), class_="presscite-when"),
    ]
    parts = [*filter(None, facts), cards.listed([first])]
    if others:
        summary = element("summary", say("more_say_so", count=len(others)))
        parts.append(element("details", summary, cards.listed(others)))
    return element("section", *parts, class_="presscite-position", aria_label=position.answer)


def _attributed(position: Position, say: Messages) -> Markup | None:
    if position.attribution is None:
        return None
    return element("p", say("attribution"), " ", element("q", position.attribution, dir="auto"))


def _when(position: Position, say: Messages) -> str:
    articles = {quote.article for quote in position.quotes}
    articles |= {path for quote in position.quotes for path in quote.also_in}
    day = position.published.isoformat() if position.published else say("undated")
    return f"{day} · {say('articles_quoted', count=len(articles))}"
