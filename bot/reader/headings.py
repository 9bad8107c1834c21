"""Headings: what the reader is shown before a passage, so that it knows whom and what the passage is about.

A passage from the middle of an article has "the ship" and "he" where its title and the sentences before have the names.
"""

import re

from corpus.article import Article

BEFORE_SHOWN = 200
"""Characters of the text before; 150 helped less, and 250 and 350 not everywhere more, for more tokens to read."""

SHORTEST_SHOWN = 40
"""Characters that are left at least when the first of them, the end of a sentence, are left out."""

_NEW_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+(?![a-zа-я])")


def heading_of(article: Article, start: int, end: int) -> str:
    """What stands above the passage `article.text[start:end]`: the article's title, and what is said right before.

    On one line, in whole words, from the beginning of a sentence where there is one. A title that the passage itself
    holds, or what stands before, is not said twice.
    """
    title, before = _on_one_line(article.title), _said_before(article, start)
    shown = f"{before} {_on_one_line(article.text[start:end])}".casefold()
    if title and title.casefold() in shown:
        title = ""
    return " ".join(filter(None, (title if not title or title[-1] in ".?!" else f"{title}.", before)))


def _said_before(article: Article, start: int) -> str:
    first = max(article.body_start, start - BEFORE_SHOWN)
    before = article.text[first:start]
    if first > article.body_start and not article.text[first - 1].isspace():
        before = before[len(before.split(maxsplit=1)[0]) :] if before.strip() else ""
    begins = _NEW_SENTENCE.search(before)
    rest = _on_one_line(before[begins.end() :]) if begins else ""
    return rest if len(rest) >= SHORTEST_SHOWN else _on_one_line(before)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
