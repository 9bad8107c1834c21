"""Unanswerable variants: questions changed so that their passage answers them no longer.

After the ways that the authors of SQuAD 2.0 describe (Rajpurkar et al., 2018, table 2): an opposite, a
negation, another number or name. The other way round, a passage without the sentence that answers.
"""

import random
import re
from collections.abc import Callable
from itertools import pairwise

from bot.reader.training.labelled import Example
from bot.reader.training.negatives import plain

NEGATED = 0.12
"""Of the variants; more would be too easy to see."""

CONTRACTED = 0.5
SMALLEST_REST = 1 / 3

_WORD = re.compile(r"\w+")
_AUXILIARY = re.compile(r"\b(is|are|was|were|did|does|do|could|would|has|have|had|should)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[A-Z0-9\"'(\[])")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*")
_PAIRS = """first last;most least;more less;largest smallest;before after;highest lowest;north south;east west;
northern southern;eastern western;start end;begin finish;began ended;increase decrease;increased decreased;
win lose;won lost;best worst;early late;new old;large small;high low;good bad;male female;men women;
agree disagree;always never;all none;inside outside;major minor;public private;modern ancient;above below;
accept reject;accepted rejected;allow forbid;allowed banned;support oppose;supported opposed;born buried;
maximum minimum;oldest youngest;longer shorter;longest shortest;buy sell;bought sold;positive negative;
earliest latest;attack defend;attacked defended;richest poorest;strong weak;easy difficult;cause prevent;
caused prevented;create destroy;created destroyed;common rare;fast slow;higher lower;larger smaller"""
OPPOSITES = {one: other for pair in _PAIRS.split(";") for one, other in (pair.split(), pair.split()[::-1])}


def unanswerable_variant(example: Example, chance: random.Random, similar: str = "") -> str | None:
    """A question like the example's that its passage most likely does not answer; None if no way fits.

    Other numbers and names are taken from the same passage or from the text `similar`.
    """
    pool = f"{example.context} {similar}"
    ways: list[Callable[[], str | None]] = [
        lambda: _opposite(example, chance),
        lambda: _swapped(example, chance, _NUMBER, pool),
        lambda: _swapped(example, chance, _NAME, pool),
    ]
    chance.shuffle(ways)
    if chance.random() < NEGATED:
        ways.insert(0, lambda: _negated(example, chance))
    return next((changed for way in ways if (changed := way()) and changed != example.question), None)


def answer_sentences(example: Example) -> list[tuple[int, int]]:
    """The characters of the sentences that hold an answer, so that leaving them out makes it unanswerable.

    Empty where that cannot be: there is no answer, or it stands elsewhere too, or too little would remain.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(example.context)]
    bounds = list(pairwise([0, *ends, len(example.context)]))
    gone = [(a, b) for a, b in bounds if any(x.start < b and x.end > a for x in example.answers)]
    rest = "".join(example.context[a:b] for a, b in bounds if (a, b) not in gone)
    if not gone or len(rest) < SMALLEST_REST * len(example.context):
        return []
    flat = plain(rest)
    return [] if any(plain(answer.text) in flat for answer in example.answers) else gone


def _opposite(example: Example, chance: random.Random) -> str | None:
    places = [match for match in _WORD.finditer(example.question) if match.group().lower() in OPPOSITES]
    if not places:
        return None
    place = chance.choice(places)
    return _replaced(example.question, place, OPPOSITES[place.group().lower()])


def _negated(example: Example, chance: random.Random) -> str | None:
    place = _AUXILIARY.search(example.question)
    if place is None or " not " in example.question or "n't" in example.question:
        return None
    if chance.random() < CONTRACTED:
        return _replaced(example.question, place, f"{place.group()}n't")
    return _replaced(example.question, place, f"{place.group()} {chance.choice(('never', 'not'))}")


def _swapped(example: Example, chance: random.Random, pattern: re.Pattern[str], pool: str) -> str | None:
    """The question with one number or name replaced by another of `pool` that is no answer's."""
    places = [match for match in pattern.finditer(example.question) if match.group() in example.context]
    if not places:
        return None
    place = chance.choice(places)
    answers = " ".join(answer.text for answer in example.answers)
    others = {match.group() for match in pattern.finditer(pool)}
    others = {text for text in others if text not in example.question + answers and place.group() not in text}
    return _replaced(example.question, place, chance.choice(sorted(others))) if others else None


def _replaced(text: str, place: re.Match[str], other: str) -> str:
    return f"{text[: place.start()]}{other}{text[place.end() :]}"
