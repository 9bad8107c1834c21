"""A quote as a card: the sentence with its answer marked, whose it is, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.answer import CountedArticle, Quote
from bot.web.markup import element, escaped, joined
from bot.web.messages import Messages
from bot.web.wording import short_day

LONGEST_SIDE = 600
"""Characters of a quote shown before and after its answer; the open article has all of it."""

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class QuoteCards:
    """The cards of one turn; each knows its number among the quotes of the turn."""

    turn: int
    quotes: tuple[Quote, ...]
    say: Messages

    def listed(self, quotes: Sequence[Quote], *, attributed: bool = True) -> Markup:
        """The cards of `quotes` as a list; without their attributions where these stand elsewhere."""
        cards = [self.card(quote, attributed=attributed) for quote in quotes]
        return element("ul", joined(cards), class_="presscite-cards")

    def card(self, quote: Quote, *, attributed: bool = True) -> Markup:
        """One card; a click on it, or on its title, opens the article at the quote."""
        number = self.quotes.index(quote)
        title = element("cite", _shortened(quote.title, LONGEST_SIDE), dir="auto")
        opener = element(
            "button",
            title,
            element("span", self.say("open_at_quote"), class_="presscite-unseen"),
            type="button",
            class_="presscite-open",
            data_do="open",
            data_turn=self.turn,
            data_quote=number,
        )
        footer = element("footer", opener, source_line(quote, self.say))
        return element(
            "li",
            element("blockquote", _marked(quote), dir="auto"),
            self._attribution(quote) if attributed else None,
            footer,
            self._also_in(quote),
            class_="presscite-quote",
            data_turn=self.turn,
            data_quote=number,
        )

    def _attribution(self, quote: Quote) -> Markup | None:
        if quote.attribution is None:
            return None
        said = element("q", quote.attribution, dir="auto")
        return element("p", self.say("attribution"), " ", said, class_="presscite-attribution")

    def _also_in(self, quote: Quote) -> Markup | None:
        if not quote.also_in:
            return None
        summary = element("summary", self.say("also_in", count=len(quote.also_in)))
        paths = joined([element("li", path, dir="auto") for path in quote.also_in])
        return element("details", summary, element("ul", paths), class_="presscite-also-in")


def provisional_card(quote: Quote, say: Messages) -> Markup:
    """A quote that was found and may not answer: it cannot be opened, since the answer is about to take its place."""
    title = element("cite", _shortened(quote.title, LONGEST_SIDE), dir="auto")
    return element(
        "figure",
        element("blockquote", _marked(quote), dir="auto"),
        element("figcaption", title, source_line(quote, say)),
        class_="presscite-provisional",
    )


def source_line(quote: Quote, say: Messages) -> Markup:
    """Outlet and day below a quote or a title; the day is not broken over two lines."""
    day = day_element(quote.published, say) if quote.published else escaped(say("undated"))
    return element("p", f"{quote.outlet or quote.article}, ", day, class_="presscite-source", dir="auto")


def source_in_words(quote: Quote | CountedArticle, say: Messages) -> str:
    """Outlet and date in the page's language, or what of them is known."""
    path = quote.article if isinstance(quote, Quote) else quote.path
    return f"{quote.outlet or path}, {short_day(quote.published, say) if quote.published else say('undated')}"


def day_element(day: date, say: Messages) -> Markup:
    """A day in words, and for programs in ISO 8601."""
    return element("time", short_day(day, say), datetime=day.isoformat())


def _marked(quote: Quote) -> Markup:
    before, said, after = quote.parts
    if not said:
        return escaped(_shortened(before, 2 * LONGEST_SIDE))
    if len(before) > LONGEST_SIDE:
        before = _ELLIPSIS + before[-LONGEST_SIDE:]
    mark = element("mark", _shortened(said, LONGEST_SIDE))
    return escaped(before) + mark + escaped(_shortened(after, LONGEST_SIDE))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + _ELLIPSIS
