"""Positions: groups of assertions, each with its quotes proven, the same text in several outlets quoted once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import isinf
from pathlib import Path

from bot.answer import Limits, Position, Quote
from bot.assertions import Assertion
from bot.comparing import Comparison
from bot.language.attribution import attribution_of, resolved_source
from bot.quoting import quote_span, verified_text
from index.snapshot import Snapshot

_PRONOUN = re.compile(r"(?:its|their)\b.*|he|she|it|they|his|hers?|él|ella|ellos|он|она|они|его|её|их", re.IGNORECASE)

MOST_QUOTES = 5
"""Of one position."""

MOST_BESIDE = 5
"""Positions of a limited scope, or that only stand beside the answer."""


def provable(found: Comparison, folder: Path | None) -> Comparison:
    """`found` without what stands in articles that are not what was indexed: no change is made of it either."""
    articles = {each.article.path: each.article for group in (*found.positions, *found.also) for each in group}
    proven = {path for path, article in articles.items() if verified_text(folder, article) is not None}

    def kept(groups: Sequence[Sequence[Assertion]]) -> tuple[tuple[Assertion, ...], ...]:
        left = (tuple(each for each in group if each.article.path in proven) for group in groups)
        return tuple(group for group in left if group)

    return replace(found, positions=kept(found.positions), also=kept(found.also))


def proven_positions(
    found: Comparison, snapshot: Snapshot, folder: Path | None
) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
    """The positions that can be proven, and what else is said.

    Of a dispute those of a limited scope are positions, too; the newest first, and so are the quotes of each.
    Otherwise there is one, or none, and the surest come first.
    """
    differing = found.disputed
    positions = [
        _proven(group, snapshot, folder, newest_first=differing, every_sentence=found.evidence)
        for group in found.positions
    ]
    also = [_proven(group, snapshot, folder, newest_first=differing) for group in found.also[:MOST_BESIDE]]
    said, beside = tuple(filter(None, positions)), tuple(filter(None, also))
    if differing:
        limited, others = [each for each in beside if each.scope], tuple(each for each in beside if not each.scope)
        return tuple(sorted((*said, *limited), key=lambda each: each.as_of or date.min, reverse=True)), others
    return said or beside[:1], beside if said else beside[1:]


def _proven(
    group: Sequence[Assertion],
    snapshot: Snapshot,
    folder: Path | None,
    *,
    newest_first: bool,
    every_sentence: bool = False,
) -> Position | None:
    quotes = list(_quotes(group, snapshot, folder, every_sentence=every_sentence))[:MOST_QUOTES]
    if newest_first:
        quotes.sort(key=lambda quote: quote.published or date.min, reverse=True)
    return _position(group, quotes) if quotes else None


def _position(group: Sequence[Assertion], quotes: Sequence[Quote]) -> Position:
    first = quotes[0]
    shown = next(each for each in group if (each.article.path, each.candidate.start) == (first.article, first.start))
    figure, limits = shown.figure, Limits(shown.scope.whom, shown.scope.place, shown.scope.time)
    return Position(
        quotes=tuple(quotes),
        confidence=max(each.confidence for each in group),
        value=figure.value if figure else None,
        low=figure.low if figure else None,
        high=figure.high if figure and not isinf(figure.high) else None,
        unit=figure.unit if figure else None,
        as_of=max((each.as_of for each in group if each.as_of), default=None),
        scope=limits if limits.text else None,
    )


def _quotes(
    assertions: Sequence[Assertion], snapshot: Snapshot, folder: Path | None, *, every_sentence: bool
) -> Iterator[Quote]:
    """A proven quote of each article, and none of an article that prints the same sentence of the same text."""
    duplicates = snapshot.near_duplicates({assertion.article.path for assertion in assertions})
    quoted: set[tuple[str, int]] = set()
    for assertion in assertions:
        article = assertion.article
        sentence = assertion.candidate.start if every_sentence else 0
        if (article.path, sentence) in quoted:
            continue
        quote = quote_span(folder, article, assertion.candidate.start, assertion.candidate.end, assertion.answer)
        if quote is None:
            continue
        also_in = tuple(
            other.path
            for other in duplicates.get(article.path, ())
            if (article_there := snapshot.article(other.path))
            and _on_one_line(quote.text) in _on_one_line(verified_text(folder, article_there) or "")
        )
        yield replace(quote, also_in=also_in, attribution=_attribution(assertion))
        quoted |= {(path, sentence) for path in (article.path, *also_in)}


def _attribution(assertion: Assertion) -> str | None:
    """Whose claim it is, in the article's own words: "Tokayev said", and for "he said" the name that he goes by."""
    text, body_start = assertion.article.text, assertion.article.body_start
    sentence = (assertion.candidate.start, assertion.candidate.end)
    said_by = attribution_of(text, sentence, assertion.answer, body_start=body_start)
    if said_by is None:
        return None
    if _PRONOUN.fullmatch(text[slice(*said_by.source)]):
        named = resolved_source(text, said_by, body_start=body_start)
        if named:
            return text[slice(*named)]
    return text[said_by.start : said_by.end]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
