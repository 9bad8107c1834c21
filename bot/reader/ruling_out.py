"""Ruling out: all the rules that say of a span what it cannot be the answer to, asked one after the other."""

import re

from bot.reader.answer_form import can_answer
from bot.reader.other_dates import is_other_date
from bot.reader.span_rules import (
    is_denied,
    is_how_long,
    is_left_open,
    is_no_language,
    is_no_money,
    is_the_other,
    is_who_did_it,
    only_names,
)
from bot.reader.speech_rules import only_speaks

_GOES_ON = re.compile(r"(?<=\d)[:.,]?\d")
"""Of a number or a time of day, from the character before on."""

_SAYS_SOMETHING_ELSE = (
    only_names,
    is_the_other,
    is_who_did_it,
    is_how_long,
    is_left_open,
    is_denied,
    only_speaks,
    is_other_date,
    is_no_language,
    is_no_money,
)


def is_ruled_out(question: str, text: str, start: int, end: int, said: str) -> bool:
    """Whether characters `start` to `end` of `text` cannot answer `question`; `said` is what can be read of them."""
    if not can_answer(question, said) or _cuts_a_number(text, start, end):
        return True
    return any(says_else(question, text, start, end) for says_else in _SAYS_SOMETHING_ELSE)


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    """Whether a span is a part of a number or time: "50" of "17:50". Of 83,253 labelled answers 18 are, by mistake."""
    if _GOES_ON.match(text, end):
        return True
    return text[start].isdigit() and any(_GOES_ON.fullmatch(text, start - n, start + 1) for n in (0, 1) if start > n)
