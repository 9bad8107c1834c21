"""The HTML of an article, opened at a quote, with all quotes of the same answer marked in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from bot.answer import Quote
from bot.library import Library
from bot.quoting import verified_text
from bot.web.markup import element, escaped_lines, joined
from bot.web.messages import Messages
from bot.web.quote_card import day_element, source_line

MOST_SHOWN = 200_000
"""Characters of an article shown around the open quote: a browser lays out more only slowly."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of an article to mark, in characters; the open one is what is scrolled to."""

    start: int
    end: int
    answer: tuple[int, int] | None = None
    is_open: bool = False


def nothing_open(say: Messages) -> Markup:
    """The panel before anything was opened."""
    return element("p", say("nothing_open"), class_="presscite-hint")


def opened_article(library: Library, turn: int, quotes: tuple[Quote, ...], number: int, say: Messages) -> Markup:
    """The article of quote `number` with its title and source, and the way to the quotes before and after it."""
    if not 0 <= number < len(quotes):
        return nothing_open(say)
    quote = quotes[number]
    with library.store.snapshot() as snapshot:
        article = snapshot.article(quote.article)
    text = verified_text(library.folder, article) if article and article.sha256 == quote.sha256 else None
    if article is None or text is None:
        body = element("p", say("article_changed"), class_="presscite-none", role="alert")
        return _head(turn, quotes, number, say) + body
    marks = [_mark(each, is_open=each is quote) for each in quotes if each.article == quote.article]
    body_start = len(text) - len(text[article.body_start :].lstrip())
    start = max(body_start, quote.start - MOST_SHOWN // 2)
    end = min(len(text), quote.end + MOST_SHOWN // 2)
    shown = article_as_html(text[:end], [mark for mark in marks if start <= mark.start and mark.end <= end], start)
    cut = start > body_start or end < len(text)
    parts = [
        _head(turn, quotes, number, say),
        element("p", say("article_cut"), class_="presscite-hint") if cut else None,
        element(
            "div",
            shown,
            class_="presscite-text",
            id="presscite-text",
            tabindex=0,
            role="region",
            aria_label=say("article_text"),
            lang=article.language,
            dir="auto",
        ),
    ]
    return joined([part for part in parts if part is not None])


def article_as_html(text: str, marks: Iterable[Mark], start: int = 0) -> Markup:
    """An article's text from `start` on, escaped, with `marks` around the quoted spans."""
    pieces, end = [], start
    for mark in _apart(marks):
        inside = escaped_lines(text[mark.start : mark.end])
        if mark.answer is not None:
            before, after = text[mark.start : mark.answer[0]], text[mark.answer[1] : mark.end]
            spoken = element("strong", escaped_lines(text[slice(*mark.answer)]))
            inside = escaped_lines(before) + spoken + escaped_lines(after)
        name = "presscite-open" if mark.is_open else None
        pieces += [escaped_lines(text[end : mark.start]), element("mark", inside, id=name)]
        end = mark.end
    return joined([*pieces, escaped_lines(text[end:])])


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Those that do not overlap, in their order; the open one first of all, as one sentence may be quoted twice."""
    chosen: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (not mark.is_open, mark.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.start)


def _mark(quote: Quote, *, is_open: bool) -> Mark:
    said = None
    if quote.answer is not None and quote.answer_start is not None:
        start = quote.start + quote.answer_start
        said = (start, start + len(quote.answer))
    return Mark(quote.start, quote.end, said, is_open=is_open)


def _head(turn: int, quotes: tuple[Quote, ...], number: int, say: Messages) -> Markup:
    quote = quotes[number]
    steps = [
        _step(turn, number - 1, "previous", say, enabled=number > 0),
        element("span", say("quote_of", number=number + 1, count=len(quotes)), class_="presscite-count"),
        _step(turn, number + 1, "next", say, enabled=number + 1 < len(quotes)),
        element(
            "button",
            say("close"),
            type="button",
            class_="presscite-button presscite-close",
            data_do="close",
        ),
    ]
    return element(
        "header",
        element("h3", quote.title, id="presscite-opened", tabindex=-1, dir="auto", data_quote=f"{turn} {number}"),
        _source(quote, say),
        element("p", say("place", path=quote.article, start=quote.start, end=quote.end), class_="presscite-place"),
        element("nav", *steps, aria_label=say("quotes_of_answer"), class_="presscite-row"),
        class_="presscite-head",
    )


def _source(quote: Quote, say: Messages) -> Markup | None:
    # A card names the file where there is no outlet; here the next line does.
    if quote.outlet:
        return source_line(quote, say)
    return element("p", day_element(quote.published, say), class_="presscite-source") if quote.published else None


def _step(turn: int, number: int, name: str, say: Messages, *, enabled: bool) -> Markup:
    return element(
        "button",
        say(name),
        type="button",
        class_="presscite-button",
        id=f"presscite-{name}",
        data_do="open",
        data_turn=turn,
        data_quote=number,
        disabled=not enabled,
    )
