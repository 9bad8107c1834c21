"""An answer as text for a terminal; nothing of it is trusted."""

import re
from collections.abc import Callable, Iterator

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
    notes = "".join(f"{printable(note.text)}\n" for note in answer.notes)
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
        f"The articles say that it changed: {printable(answer.change.text)}"
        if answer.change
        else "The articles differ."
    ]


def _limited(answer: Answer) -> list[Position]:
    return [position for position in answer.also if position.scope]


def _free(answer: Answer) -> list[Position]:
    return [position for position in answer.also if not position.scope]


def _position_lines(position: Position, highlight: Callable[[str], str], *, at_most: int) -> list[str]:
    scope = f" ({printable(position.scope.text)})" if position.scope else ""
    said_by = position.quotes[0].attribution
    claim = f" – {printable(said_by)}" if at_most == 1 and said_by else ""
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


def _quote_lines(quote: Quote, highlight: Callable[[str], str]) -> list[str]:
    before, said, after = quote.parts
    marked = highlight(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", said)) if said else ""
    text = f"{_on_one_line(before)}{marked}{_on_one_line(after)}".strip()
    lines = [f"  “{text}”", f"  — {printable(quote.source)}: {printable(quote.title)}", f"    {printable(quote.place)}"]
    return [*lines, f"    also in {printable(', '.join(quote.also_in))}"] if quote.also_in else lines


def _on_one_line(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", text))
