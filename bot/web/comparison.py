"""The HTML of what articles do not agree on: positions side by side, how a figure changed, and the figure by day."""

from markupsafe import Markup

from bot.answer import Answer, CountedArticles, Position
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.quote_card import QuoteCards, source_in_words


def positions_section(answer: Answer, cards: QuoteCards, say: Messages) -> Markup:
    """The positions of a disputed answer side by side, in their order: the newest first, and none is the winner."""
    columns = [_position(position, cards, say) for position in answer.positions]
    return element("div", joined(columns), class_="presscite-positions", role="group", aria_label=say("disputed"))


def also_section(answer: Answer, cards: QuoteCards, say: Messages) -> Markup:
    """What is said besides: first of others or of a part, then of the whole."""
    limited = [position for position in answer.also if position.scope]
    free = [position for position in answer.also if not position.scope]
    return joined([_beside(limited, "of_a_part", cards, say), _beside(free, "also_say", cards, say)])


def counted_section(counted: CountedArticles, cards: QuoteCards, say: Messages) -> list[Markup]:
    """The articles in which something is mentioned, and that it was Presscite who counted them."""
    said = say("counted_articles", term=counted.term, count=f"{counted.count:,}")
    quotes = [each.quote for each in counted.articles if each.quote is not None]
    others = [each for each in counted.articles if each.quote is None]
    parts = [element("p", f"{counted.count:,}", class_="presscite-answer"), element("p", said), cards.listed(quotes)]
    if counted.in_other_forms:
        parts.insert(2, element("p", say("in_other_forms"), class_="presscite-hint"))
    if others:
        names = [
            element("li", f"{each.title} — {source_in_words(each, say)} ({each.path})", dir="auto") for each in others
        ]
        summary = element("summary", say("more_articles", count=f"{len(others):,}"))
        parts.append(element("details", summary, element("ul", joined(names)), class_="presscite-also-in"))
    return parts


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


def _beside(positions: list[Position], heading: str, cards: QuoteCards, say: Messages) -> Markup:
    if not positions:
        return Markup()
    columns = [_position(position, cards, say) for position in positions]
    head = element("h4", say(heading), class_="presscite-others")
    return head + element("div", joined(columns), class_="presscite-positions presscite-also")


def _position(position: Position, cards: QuoteCards, say: Messages) -> Markup:
    first, *others = position.quotes
    facts = [
        element("p", position.answer or first.text, class_="presscite-value", dir="auto"),
        element("p", position.scope, class_="presscite-scope", dir="auto") if position.scope else None,
        _attributed(position, say),
        element("p", _when(position, say), class_="presscite-when"),
    ]
    parts = [*filter(None, facts), cards.listed([first], attributed=False)]
    if others:
        summary = element("summary", say("more_say_so", count=len(others)))
        parts.append(element("details", summary, cards.listed(others, attributed=False)))
    return element("section", *parts, class_="presscite-position", aria_label=position.answer)


def _attributed(position: Position, say: Messages) -> Markup | None:
    said_by = position.quotes[0].attribution
    if said_by is None:
        return None
    said = element("q", said_by, dir="auto")
    return element("p", say("attribution"), " ", said, class_="presscite-attribution")


def _when(position: Position, say: Messages) -> str:
    articles = {quote.article for quote in position.quotes}
    articles |= {path for quote in position.quotes for path in quote.also_in}
    as_of, published = position.as_of or position.published, position.published
    parts = [as_of.isoformat() if as_of else say("undated")]
    if published is not None and published != as_of:
        parts.append(say("last_said", day=published.isoformat()))
    return " · ".join([*parts, say("articles_quoted", count=len(articles))])
