"""An answer with its citations, as text to paste elsewhere: plain, Markdown, or with footnotes."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.answer import Answer, Quote
from bot.rendering import printable

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$])")


class CitationStyle(StrEnum):
    """How sources are named."""

    PLAIN = "plain"
    """Each quote with its source under it."""
    MARKDOWN = "markdown"
    """The same as block quotes, the answer in bold; every character of an article stands for itself."""
    FOOTNOTES = "footnotes"
    """The answer in one line, and numbered sources under it."""


def with_citations(answer: Answer, style: CitationStyle) -> str:
    """The answer and the quotes that prove it, in `style`; what was not found is said to be so."""
    if not answer.answered:
        return printable(f"{_asked(answer)} Not found in the articles.")
    return {CitationStyle.PLAIN: _plain, CitationStyle.MARKDOWN: _markdown, CitationStyle.FOOTNOTES: _footnotes}[style](
        answer
    )


def _plain(answer: Answer) -> str:
    lines = [_asked(answer), *filter(None, [" / ".join(_short(answer))])]
    for quote in _proving(answer):
        lines += ["", f"“{printable(quote.text)}”", f"— {_source(quote)}"]
    return "\n".join(lines)


def _markdown(answer: Answer) -> str:
    short = " / ".join(f"**{_literal(said)}**" for said in _short(answer))
    blocks = [_literal(_asked(answer)), *filter(None, [short])]
    for quote in _proving(answer):
        before, said, after = (_literal(part) for part in _spaced_parts(quote))
        marked = f"**{said}**" if said else ""
        blocks.append(f"> {before}{marked}{after}\n>\n> — {_literal(_source(quote))}")
    return "\n\n".join(blocks)


def _footnotes(answer: Answer) -> str:
    numbers: dict[str, list[int]] = {}
    for number, quote in enumerate(_proving(answer), start=1):
        numbers.setdefault(printable(quote.answer or quote.text), []).append(number)
    said = "; ".join(f"{text} {''.join(f'[{number}]' for number in some)}" for text, some in numbers.items())
    notes = [
        f"[{number}] {_source(quote)}: “{printable(quote.text)}”"
        for number, quote in enumerate(_proving(answer), start=1)
    ]
    return "\n".join([f"{_asked(answer)} {said}", "", *notes])


def _asked(answer: Answer) -> str:
    return printable(answer.understood or answer.question)


def _proving(answer: Answer) -> Sequence[Quote]:
    """The quotes of the answer itself, without those of what is said beside it."""
    return [quote for position in answer.positions for quote in position.quotes] or answer.quotes


def _short(answer: Answer) -> list[str]:
    """The short answer, or those of all positions; of counted articles, that they were counted."""
    if answer.counted is not None:
        return [printable(answer.counted.text)]
    if answer.answer:
        return [printable(answer.answer)]
    return [printable(position.answer) for position in answer.positions if position.answer]


def _source(quote: Quote) -> str:
    return printable(f"{quote.source}, “{quote.title}” ({quote.place})")


def _spaced_parts(quote: Quote) -> tuple[str, str, str]:
    """The quote around its answer, each on one line, without losing the spaces between them."""
    before, said, after = (f"|{part}|" for part in quote.parts)
    return printable(before)[1:-1], printable(said)[1:-1], printable(after)[1:-1]


def _literal(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
