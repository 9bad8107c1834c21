"""The same answer as text for a terminal and as HTML for the chat; nothing of it is trusted."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.answer import Answer, CountedArticles, Position, Quote, Status

# Control characters could drive a terminal, and direction overrides make text read as it is not.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

MOST_QUOTES = 5
"""So many quotes of an answer are written out; of each of several positions one is, and the others are named."""

LISTED = 10
"""So many counted articles are named in a terminal."""

_NOT_FOUND = "Not found: the articles do not seem to answer this."


def printable(text: str) -> str:
    """`text` on one line, with white space folded and control characters made visible."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def as_text(answer: Answer, highlight: Callable[[str], str] = str) -> str:
    """The answer for a terminal; `highlight` marks the part of a quote that answers."""
    if answer.status is Status.ERROR:
        return f"No answer: {printable(answer.error or '')}"
    notes = "".join(f"{printable(note)}\n" for note in answer.notes)
    return f"{notes}\n{_answer_as_text(answer, highlight)}" if notes else _answer_as_text(answer, highlight)


def _answer_as_text(answer: Answer, highlight: Callable[[str], str]) -> str:
    if answer.counted is not None:
        return "\n".join(_counted_lines(answer.counted))
    if not answer.answered:
        lines = [_NOT_FOUND]
        if answer.closest:
            lines += ["", "The closest passages:"]
        lines += [line for quote in answer.closest for line in ("", *_quote_lines(quote, str))]
        return "\n".join(lines)
    lines = _differing(answer) if answer.status is Status.DISPUTED else []
    for position in answer.positions:
        lines += _position_lines(position, highlight, at_most=1 if answer.status is Status.DISPUTED else MOST_QUOTES)
    for heading, beside in (
        ("Of others, or of a part only:", _limited(answer)),
        ("The articles also say:", _free(answer)),
    ):
        lines += ["", heading] if beside else []
        lines += [line for position in beside for line in _position_lines(position, highlight, at_most=1)]
    return "\n".join(lines).strip("\n")


def _differing(answer: Answer) -> list[str]:
    return [
        f"The articles say that it changed: {printable(answer.change)}" if answer.change else "The articles differ."
    ]


def _limited(answer: Answer) -> list[Position]:
    return [position for position in answer.also if position.scope]


def _free(answer: Answer) -> list[Position]:
    return [position for position in answer.also if not position.scope]


def _position_lines(position: Position, highlight: Callable[[str], str], *, at_most: int) -> list[str]:
    scope = f" ({printable(position.scope)})" if position.scope else ""
    claim = f" – {printable(position.attribution)}" if at_most == 1 and position.attribution else ""
    lines = ["", highlight(printable(position.answer)) + scope + claim] if position.answer else []
    for quote in position.quotes[:at_most]:
        lines += ["", *_quote_lines(quote, highlight)]
    further = [f"    also {printable(quote.source)}: {printable(quote.place)}" for quote in position.quotes[at_most:]]
    return lines + further


def _counted_lines(counted: CountedArticles) -> Iterator[str]:
    yield f"{printable(counted.text)}:"
    for article in counted.articles[:LISTED]:
        yield ""
        if article.quote is not None:
            yield from _quote_lines(article.quote, str)
        else:
            yield from (
                f"  — {printable(article.source)}: {printable(article.title)}",
                f"    {printable(article.path)}",
            )
    if counted.count > LISTED:
        yield f"\n  … and {counted.count - LISTED:,} more; --json lists them all."


def as_html(answer: Answer) -> str:
    """The answer for the chat: one line of HTML, in which every text is escaped."""
    if answer.status is Status.ERROR:
        return f'<div class="presscite-none">{escaped(answer.error or "")}</div>'
    notes = "".join(f'<div class="presscite-note">{escaped(note)}</div>' for note in answer.notes)
    return notes + _answer_as_html(answer)


def _answer_as_html(answer: Answer) -> str:
    if answer.counted is not None:
        head = f'<div class="presscite-answer">{escaped(answer.counted.text)}</div>'
        return head + "".join(map(_card, answer.quotes))
    if not answer.answered:
        closest = "".join(map(_card, answer.closest))
        folded = f"<details><summary>The closest passages</summary>{closest}</details>" if closest else ""
        return f'<div class="presscite-none">{_NOT_FOUND}</div>{folded}'
    same, others = _same_and_other(answer)
    head = f'<div class="presscite-answer">{escaped(answer.answer)}</div>' if answer.answer else ""
    rest = '<div class="presscite-others">The articles also say</div>'
    return head + "".join(map(_card, same)) + (rest + "".join(map(_card, others)) if others else "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of an article to mark, in characters; the open one is what is scrolled to."""

    start: int
    end: int
    answer: tuple[int, int] | None = None
    is_open: bool = False


def article_as_html(text: str, marks: Iterable[Mark], start: int = 0) -> str:
    """An article's text from `start` on, escaped, with `marks` around the quoted spans."""
    pieces, end = [], start
    for mark in sorted(marks, key=lambda mark: (mark.start, not mark.is_open)):
        if mark.start < end:
            continue
        inside = _escaped_lines(text[mark.start : mark.end])
        if mark.answer is not None:
            before, after = text[mark.start : mark.answer[0]], text[mark.answer[1] : mark.end]
            spoken = f"<strong>{_escaped_lines(text[slice(*mark.answer)])}</strong>"
            inside = f"{_escaped_lines(before)}{spoken}{_escaped_lines(after)}"
        name = ' id="presscite-open" tabindex="-1"' if mark.is_open else ""
        pieces += [_escaped_lines(text[end : mark.start]), f"<mark{name}>{inside}</mark>"]
        end = mark.end
    return "".join(pieces) + _escaped_lines(text[end:])


def _same_and_other(answer: Answer) -> tuple[list[Quote], list[Quote]]:
    """The quotes that give the short answer, and those that give another or none."""
    same = [
        quote for quote in answer.quotes if quote is answer.quotes[0] or (quote.answer == answer.answer is not None)
    ]
    return same, [quote for quote in answer.quotes if quote not in same]


def _quote_lines(quote: Quote, highlight: Callable[[str], str]) -> list[str]:
    before, said, after = quote.parts
    marked = highlight(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", said)) if said else ""
    text = f"{_on_one_line(before)}{marked}{_on_one_line(after)}".strip()
    lines = [f"  “{text}”", f"  — {printable(quote.source)}: {printable(quote.title)}", f"    {printable(quote.place)}"]
    return [*lines, f"    also in {printable(', '.join(quote.also_in))}"] if quote.also_in else lines


def _on_one_line(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", text))


def _card(quote: Quote) -> str:
    before, said, after = (escaped(part) for part in quote.parts)
    marked = f"<mark>{said}</mark>" if said else ""
    return (
        f'<blockquote class="presscite-quote">{before}{marked}{after}'
        f"<footer>{escaped(quote.source)} · <cite>{escaped(quote.title)}</cite></footer></blockquote>"
    )


def escaped(text: str) -> str:
    """`text` as HTML on one line: it is shown, and does nothing else."""
    return html.escape(_on_one_line(text))


def _escaped_lines(text: str) -> str:
    return html.escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n")))
