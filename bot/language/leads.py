"""Leads: the first paragraph of an article that is no byline, which says whom and what it is about."""

LONGEST_LEAD = 300
"""Characters at the head of an article that are looked at."""

LONGEST_BYLINE = 60
"""Characters of a first paragraph that may be a byline, a place, or a day."""


def lead_in(body: str) -> str:
    """The first paragraph of `body` that is no byline, as far as it stands in its first LONGEST_LEAD characters."""
    paragraphs = body.strip()[:LONGEST_LEAD].split("\n\n")
    return next((each for each in paragraphs if len(each) > LONGEST_BYLINE), paragraphs[0])
