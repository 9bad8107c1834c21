"""An answer as text for a terminal; nothing of it is trusted."""

import re
from collections.abc import Callable

from bot.answer import Answer, Quote, Status

# Control characters could drive a terminal, and direction overrides make text read as it is not.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_NOT_FOUND = "Not found: the articles do not seem to answer this."


def printable(text: str) -> str:
    """`text` on one line, with white space folded and control characters made visible."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def as_text(answer: Answer, highlight: Callable[[str], str] = str) -> str:
    """The answer for a terminal; `highlight` marks the part of a quote that answers."""
    if answer.status is Status.ERROR:
        return f"No answer: {printable(answer.error or '')}"
    if not answer.answered:
        lines = [_NOT_FOUND]
        if answer.closest:
            lines += ["", "The closest passages:"]
        lines += [line for quote in answer.closest for line in ("", *_quote_lines(quote, str))]
        return "\n".join(lines)
    lines = [highlight(printable(answer.answer))] if answer.answer else []
    same, others = _same_and_other(answer)
    for quote in same:
        lines += ["", *_quote_lines(quote, highlight)]
    if others:
        lines += ["", "The articles also say:"]
    for quote in others:
        lines += ["", *_quote_lines(quote, highlight)]
    return "\n".join(lines).strip("\n")


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
    return [f"  “{text}”", f"  — {printable(quote.source)}: {printable(quote.title)}", f"    {printable(quote.place)}"]


def _on_one_line(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", text))
