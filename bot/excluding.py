"""Excluding: which two answers to one question cannot both be right, as far as their words tell."""

import re

from bot.assertions import Assertion
from bot.grouping import MOST_NAMES, same_time
from bot.language.asking import Asked, Sought, stems_of
from bot.language.choices import choice_asked, chosen
from bot.language.figures import FigureKind, figure_of
from bot.language.matter import ANYWHERE
from bot.language.places import is_country
from bot.language.source_names import is_of_a_body, spelled_alike
from index.search import content_words

MOST_WORDS = 10
"""Of a cause; what is longer tells a story, of which two may both be true."""

_ONE_PERSON = re.compile(r"\W*who(?:['’]s|m)?\s+(?!(?:are|were|else)\b)", re.IGNORECASE)
_AND = r"\W*(?:and |so |but )?"
_CAUSE_ASKED = re.compile(
    rf"{_AND}(?:what|which \w+) (?:\w+ly |first )?"
    r"(?:caused?|triggered|started|sparked|set off|led to|set fire to|brought down|sank)\b"
    rf"|{_AND}(?:what(?:['’]s| is| was) )?(?:the )?(?:likely |main |real )?(?:cause|reason|motive)\b",
    re.IGNORECASE,
)
_PLACE = (
    "airport|area|border|bridge|church|city|district|hospital|island|place|port|prison|province|region|river|school|station"
    "|street|suburb|town|village"
)
_WHERE_ASKED = re.compile(
    rf"{_AND}(?:(?:in|at|to|from|near|on) )?(?:where\b|(?:which|what) (?:{_PLACE})\b)", re.IGNORECASE
)
_BODY = (
    "army|bank|brand|club|company|country|firm|gang|group|judge|make|militia|minister|movement|organi[sz]ation|outlet"
    "|paper|party|plane|player|ship|side|state|team|tribe|unit"
)
_ONE_NAME = re.compile(rf"{_AND}(?:(?:by|for|to|of) )?which (?:\w+ )?(?:{_BODY})\b", re.IGNORECASE)


def exclude_each_other(asked: Asked, one: Assertion, other: Assertion) -> bool:
    """Whether two answers cannot both be right.

    Two amounts of one unit exclude each other, two ages, days or times of day, the two things between which the
    question asks to choose, two people, bodies or places by their names where one is asked for, unless where one is
    named the other is, too, and two causes in a few words each, of which none has a word of the other.
    Other words do not: of two reasons or opinions both may be true.
    """
    choice = choice_asked(asked.text)
    if choice is not None:
        return {chosen(choice, one.text), chosen(choice, other.text)} == {0, 1}
    if _CAUSE_ASKED.match(asked.text):
        return _are_two_causes(asked, one, other)
    if asked.sought is Sought.TIME:
        return same_time(one, other) is False
    if asked.wants_age or asked.wants_figure or asked.wants_share or asked.sought is Sought.COUNT:
        return _are_two_figures(asked, one, other)
    return _are_two_names(asked, one, other)


def _are_two_figures(asked: Asked, one: Assertion, other: Assertion) -> bool:
    if asked.wants_age:
        ages = figure_of(one.text), figure_of(other.text)
        return None not in ages and ages[0] != ages[1]
    units = [(each.figure.kind, each.figure.unit) if each.figure else None for each in (one, other)]
    if asked.sought is Sought.COUNT:
        # Only of what the rules for counts know nothing about: "ten of them", "twelve of the dead".
        return all(unit is not None and unit[0] is FigureKind.COUNT for unit in units)
    return units[0] is not None and units[0] == units[1]


def _are_two_causes(asked: Asked, one: Assertion, other: Assertion) -> bool:
    words = [stems_of(" ".join(content_words(each.text))) - asked.stems for each in (one, other)]
    short = all(0 < len(each.text.split()) <= MOST_WORDS for each in (one, other))
    return short and all(words) and not words[0] & _said_around(other) and not words[1] & _said_around(one)


def _are_two_names(asked: Asked, one: Assertion, other: Assertion) -> bool:
    names = one.text.split(), other.text.split()
    if any(spelled_alike(word, another) for word in names[0] for another in names[1]):
        return False
    if _ONE_PERSON.match(asked.text):
        return all(map(_is_a_person, names))
    place = _WHERE_ASKED.match(asked.text) is not None
    if not place and _ONE_NAME.match(asked.text) is None:
        return False
    if place and any(is_country(each.text) for each in (one, other)):
        return False
    proper = [stems_of(" ".join(_proper(words))) for words in names]
    return all(proper) and not proper[0] & _said_around(other) and not proper[1] & _said_around(one)


def _said_around(assertion: Assertion) -> frozenset[str]:
    """The stems of the words of its passage: a place that it names, too, may be where the other is."""
    return stems_of(assertion.candidate.hit.found.text)


def _proper(words: list[str]) -> list[str]:
    return [word for word in words if word[:1].isupper() and word not in ANYWHERE]


def _is_a_person(words: list[str]) -> bool:
    """Whether an answer is a name, as far as its words tell: no office alone, no ministry."""
    return (
        0 < len(words) <= MOST_NAMES
        and bool(_proper(words))
        and all(word[0].isupper() for word in words)
        and not is_of_a_body(words)
    )
