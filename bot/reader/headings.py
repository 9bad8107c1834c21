"""Headings: what the reader is shown before a passage, so that it knows whom and what the passage is about.

A passage from the middle of an article has "the ship" and "he" where its title and its lead have the names.
"""

from bot.language.leads import lead_in
from corpus.article import Article

LEAD_SHOWN = 120
"""Characters of the lead; 200 and 320 helped no more, for more tokens to read."""


def heading_of(article: Article, passage: str) -> str:
    """The title of `article` and the start of its lead, each as a sentence, without what `passage` holds itself."""
    read = _on_one_line(passage).casefold()
    shown = _on_one_line(article.title), _words_within(_on_one_line(lead_in(article)), LEAD_SHOWN)
    sentences = (each if each[-1] in ".?!" else f"{each}." for each in shown if each and each.casefold() not in read)
    return " ".join(dict.fromkeys(sentences))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _words_within(line: str, length: int) -> str:
    """The whole words among the first `length` characters; of a word that is longer, as much."""
    return line if len(line) <= length else line[: length + 1].rpartition(" ")[0] or line[:length]
