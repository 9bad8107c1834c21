"""The HTML of what articles do not agree on: positions side by side, how a figure changed, and the figure by day."""

from markupsafe import Markup

from bot.answer import Answer, CountedArticles, Position
from bot.web.markup import element, escaped, joined
from bot.web.messages import Messages
from bot.web.quote_card import QuoteCards, day_element, source_in_words
from bot.web.wording import change_in_words, limits_in_words, short_day


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
    change = Markup()
    if answer.change:
        change = element("p", change_in_words(answer.change, say), class_="presscite-change", dir="auto")
    if not answer.timeline:
        return change
    names = element("tr", *(element("th", say(name), scope="col") for name in ("day", "figure", "source")))
    rows = [
        element(
            "tr", *(element("td", cell) for cell in (day_element(figure.published, say), figure.answer, figure.source))
        )
        for figure in answer.timeline
    ]
    table = element("table", element("thead", names), element("tbody", joined(rows)))
    summary = element("summary", say("as_table"))
    return change + element("details", summary, table, class_="presscite-days")


def scope_of(position: Position, say: Messages) -> Markup | None:
    """Whom or what a position is said of, where that is less than everything."""
    if position.scope is None:
        return None
    return element("p", limits_in_words(position.scope, say), class_="presscite-scope", dir="auto")


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
        scope_of(position, say),
        _attributed(position, say),
        _when(position, say),
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


def _when(position: Position, say: Messages) -> Markup:
    articles = {quote.article for quote in position.quotes}
    articles |= {path for quote in position.quotes for path in quote.also_in}
    as_of, published = position.as_of or position.published, position.published
    parts = [say("articles_quoted", count=len(articles))]
    if as_of is not None and published is not None and published > as_of:
        parts.insert(0, say("last_said", day=short_day(published, say)))
    said = day_element(as_of, say) if as_of else escaped(say("undated"))
    return element("p", said, f" · {' · '.join(parts)}", class_="presscite-when")
