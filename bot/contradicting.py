"""Contradicting: what others say on the same matter that cannot be right together with the surest answer.

Counts have rules of their own, see `bot.scoping`.
"""

import re

from bot.assertions import Assertion, sentence_before
from bot.excluding import exclude_each_other
from bot.grouping import ABOUT_AS_SURE, Claim, confidence_of
from bot.language.asking import Asked, Sought, stems_of
from bot.language.leads import lead_in
from bot.language.matter import same_matter
from bot.language.scope import long_ago_in

RIVAL = 0.3
"""The least confidence of what disputes the surest answer."""

BEARING = 0.5
"""The share of a question's content words."""

_BESIDE_THE_EVENT = re.compile(r"\b(?:aftershocks?|foreshocks?)\b", re.IGNORECASE)
_OF_A_PART = re.compile(r"\bamong\b", re.IGNORECASE)


def contradicts(asked: Asked, other: Claim, best: Claim) -> bool:
    """Whether `other` is said by others on the matter of `best`, is nearly as sure, and excludes it.

    They are other articles, or other sources in one: "farmers say 70 million, insurers 120 million".
    """
    one, another = best[0], other[0]
    elsewhere = {each.article.path for each in other} - {each.article.path for each in best}
    sure = confidence_of(other) >= max(ABOUT_AS_SURE * confidence_of(best), RIVAL)
    if not (elsewhere or _other_sources(other, best)) or not sure or not exclude_each_other(asked, one, another):
        return False
    if any(_is_of_another_event(asked, each) for each in (one, another)):
        return False
    return _bears_on(asked, one) and _bears_on(asked, another) and same_matter(one.article, another.article)


def _other_sources(other: Claim, best: Claim) -> bool:
    """Whether both name whose claim they are, and it is not the same."""
    sources = {each.source for each in best}
    return None not in sources and any(each.source not in {*sources, None} for each in other)


def _bears_on(asked: Asked, assertion: Assertion) -> bool:
    """Whether its sentence, with what its article is about, has BEARING of the question's words; else it is a guess.

    One of the words must be in the sentence itself, or in the one before.
    """
    article, before = assertion.article, sentence_before(assertion.candidate)
    start = before.start if before else assertion.candidate.start
    said = asked.stems & stems_of(article.text[start : assertion.candidate.end])
    about = asked.stems & stems_of(f"{article.title} {lead_in(article)}")
    return bool(said) and len(said | about) >= BEARING * len(asked.stems)


def _is_of_another_event(asked: Asked, assertion: Assertion) -> bool:
    """Whether its sentence tells of something long ago, or beside the event asked about, as far as words tell."""
    article, candidate = assertion.article, assertion.candidate
    said = article.text[candidate.start : candidate.end]
    beside = _BESIDE_THE_EVENT.search(said)
    if beside and not asked.names(beside[0]):
        return True
    if asked.wants_share and _OF_A_PART.search(said) and not _OF_A_PART.search(asked.text):
        return True
    then = long_ago_in(said, article.published)
    return then is not None and asked.sought is not Sought.TIME and not asked.names(then)
