"""An answer with its citations, to paste elsewhere."""

from datetime import date

import pytest

from bot.answer import Answer, Position, Quote, Status
from bot.citing import CitationStyle, with_citations


def quote(text: str, answer: str | None, article: str = "a.md", title: str = "Title *one*") -> Quote:
    start = text.index(answer) if answer else None
    return Quote(text, article, title, date(2022, 1, 10), "Sample Wire", 5, 5 + len(text), "00", answer, start)


SIXTEEN = quote("There were 16 dead.", "16")
DOZENS = quote("Dozens [of them] died.", "Dozens", "b.md", "Two")
ANSWERED = Answer("how many?", Status.ANSWERED, 0.9, (SIXTEEN,), (Position((SIXTEEN,), 0.9),))
DISPUTED = Answer(
    "how many?", Status.DISPUTED, 0.9, (SIXTEEN, DOZENS), (Position((SIXTEEN,), 0.9), Position((DOZENS,), 0.5))
)


def test_plain() -> None:
    assert with_citations(ANSWERED, CitationStyle.PLAIN) == (
        "how many?\n16\n\n“There were 16 dead.”\n— Sample Wire, 2022-01-10, “Title *one*” (a.md 5:24)"
    )


def test_markdown_shows_every_character_as_it_is() -> None:
    assert with_citations(DISPUTED, CitationStyle.MARKDOWN) == (
        "how many?\n\n**16** / **Dozens**\n\n"
        "> There were **16** dead.\n>\n> — Sample Wire, 2022-01-10, “Title \\*one\\*” (a.md 5:24)\n\n"
        "> **Dozens** \\[of them\\] died.\n>\n> — Sample Wire, 2022-01-10, “Two” (b.md 5:27)"
    )


def test_footnotes_number_the_sources() -> None:
    text = with_citations(DISPUTED, CitationStyle.FOOTNOTES)
    assert text.splitlines()[0] == "how many? 16 [1]; Dozens [2]"
    assert text.splitlines()[-1].startswith("[2] Sample Wire, 2022-01-10, “Two” (b.md 5:27): “Dozens")


def test_what_is_said_beside_the_answer_is_not_cited_as_the_answer() -> None:
    answer = Answer(
        "how many?",
        Status.ANSWERED,
        0.9,
        (SIXTEEN, DOZENS),
        (Position((SIXTEEN,), 0.9),),
        also=(Position((DOZENS,), 0.4),),
    )
    assert with_citations(answer, CitationStyle.FOOTNOTES) == with_citations(ANSWERED, CitationStyle.FOOTNOTES)


@pytest.mark.parametrize("style", CitationStyle)
def test_hostile_text_stays_text_on_its_line(style: CitationStyle) -> None:
    hostile = quote("<b>16</b>\n> # [x](javascript:1)\u202e dead", "16", "x.md", "T\n# heading")
    text = with_citations(Answer("q\n\n# x?", Status.ANSWERED, 0.9, (hostile,)), style)
    assert "\u202e" not in text
    assert not any(line.startswith("#") for line in text.splitlines())
    if style is CitationStyle.MARKDOWN:
        assert "](" not in text.replace("\\](", "")
        assert "\\<b\\>" in text


@pytest.mark.parametrize("style", CitationStyle)
def test_what_was_not_found_is_said_to_be_so(style: CitationStyle) -> None:
    assert with_citations(Answer("who?", Status.NOT_FOUND), style) == "who? Not found in the articles."
