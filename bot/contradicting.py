"""Contradicting: which other amount, day or person of other articles cannot be right together with the surest one.

Counts have rules of their own, see `bot.scoping`.
"""

import re

from bot.assertions import Assertion, sentence_before
from bot.grouping import ABOUT_AS_SURE, MOST_NAMES, Claim, confidence_of, same_time
from bot.language.asking import Asked, Sought, stems_of
from bot.language.choices import choice_asked, chosen
from bot.language.figures import FigureKind, figure_of
from bot.language.leads import lead_in
from bot.language.matter import ANYWHERE, same_matter
from bot.language.scope import long_ago_in
from bot.language.source_names import is_of_a_body, spelled_alike

RIVAL = 0.3
"""The least confidence of what disputes the surest answer."""

BEARING = 0.5
"""The share of a question's content words."""

_BESIDE_THE_EVENT = re.compile(r"\b(?:aftershocks?|foreshocks?)\b", re.IGNORECASE)
_OF_A_PART = re.compile(r"\bamong\b", re.IGNORECASE)
_ONE_PERSON = re.compile(r"\W*who(?:['’]s|m)?\s+(?!(?:are|were|else)\b)", re.IGNORECASE)


def contradicts(asked: Asked, other: Claim, best: Claim) -> bool:
    """Whether `other` is said by others on the matter of `best`, is nearly as sure, and excludes it.

    They are other articles, or, of an amount, other sources in one: "farmers say 70 million, insurers 120 million".

    Two amounts of one unit exclude each other, two ages, days or times of day, two people where one is asked for, and
    the two things between which the question asks to choose. Other words do not: a place may lie in the other, and two
    reasons may both be true.
    """
    one, another = best[0], other[0]
    by_others = {each.article.path for each in other} - {each.article.path for each in best} or (
        (another.figure is not None or choice_asked(asked.text) is not None) and _other_sources(other, best)
    )
    sure = confidence_of(other) >= max(ABOUT_AS_SURE * confidence_of(best), RIVAL)
    if not by_others or not sure or not _exclude(asked, one, another):
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


def _exclude(asked: Asked, one: Assertion, other: Assertion) -> bool:
    choice = choice_asked(asked.text)
    if choice is not None:
        return {chosen(choice, one.text), chosen(choice, other.text)} == {0, 1}
    if asked.wants_age:
        ages = figure_of(one.text), figure_of(other.text)
        return None not in ages and ages[0] != ages[1]
    if asked.sought is Sought.COUNT:
        # Only of what the rules for counts know nothing about: "ten of them", "twelve of the dead".
        return all(each.figure is not None and each.figure.kind is FigureKind.COUNT for each in (one, other))
    if asked.wants_figure or asked.wants_share:
        return _unit_of(one) is not None and _unit_of(one) == _unit_of(other)
    if asked.sought is Sought.TIME:
        return same_time(one, other) is False
    return _ONE_PERSON.match(asked.text) is not None and _are_two_people(one.text.split(), other.text.split())


def _are_two_people(one: list[str], other: list[str]) -> bool:
    alike = any(spelled_alike(word, another) for word in one for another in other)
    return _is_a_person(one) and _is_a_person(other) and not alike


def _unit_of(assertion: Assertion) -> tuple[FigureKind, str] | None:
    figure = assertion.figure
    return (figure.kind, figure.unit) if figure else None


def _is_a_person(words: list[str]) -> bool:
    """Whether an answer is a name, as far as its words tell: no office alone, no ministry."""
    named = [word for word in words if word not in ANYWHERE]
    return (
        0 < len(words) <= MOST_NAMES
        and bool(named)
        and all(word[0].isupper() for word in words)
        and not is_of_a_body(words)
    )
