"""Leads: the first paragraph of an article that is no byline, which says whom and what it is about."""

import re

from corpus.article import Article

LONGEST_LEAD = 300
"""Characters at the head of an article that are looked at."""

LONGEST_BYLINE = 60
"""Characters of a first paragraph that may be a byline, a place, or a day."""


_SOMETHING = re.compile(r"\S")


def lead_in(article: Article) -> str:
    """The first paragraph of `article` that is no byline, as far as it stands in its first LONGEST_LEAD characters."""
    begins = _SOMETHING.search(article.text, article.body_start)
    start = begins.start() if begins else article.body_start
    paragraphs = article.text[start : start + LONGEST_LEAD].rstrip().split("\n\n")
    return next((each for each in paragraphs if len(each) > LONGEST_BYLINE), paragraphs[0])
