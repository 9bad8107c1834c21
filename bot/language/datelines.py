"""Datelines: where, when and by whom a report was filed, before its first sentence: "BAGHDAD, Iraq (CNN) -- "."""

import re

from bot.language.calendar_words import MONTHS, WEEKDAYS
from bot.language.number_words import either

_CAPITALS = r"[^\W\d_a-zà-ÿа-яё](?:[^\W\d_a-zà-ÿа-яё]|[.'’-](?=[^\W\d_a-zà-ÿа-яё]))+"
_NAME = r"[^\W\d_a-zà-ÿа-яё][\w.'’-]*"
_NAMES = rf"{_NAME}(?:[ ]{_NAME}){{0,3}}"
_MONTH = rf"(?i:{either(MONTHS)})\.?"
_DAY = rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} (?:de )?{_MONTH})(?:,? (?:de )?\d{{4}})?\.?)"
_DASH = r"\.?[ ]*[-–—]{1,2}[ ]+"
_AGENCY = rf"(?:\([^()\n]{{2,40}}\){_DASH}|/[^/\n]{{2,20}}/\.?[ ]+(?:[-–—]{{1,2}}[ ]+)?)"
_DATELINE = re.compile(
    # A day at the head of an entry, "Saturday, 9 May - ", says when it happened.
    rf"^[ \t]*(?!(?i:{either(WEEKDAYS)}|{either(MONTHS)})\b)(?:"
    # With the agency, whatever the case of the place: "(CNN) -- ", "Beirut, Lebanon (dpa) - ".
    rf"(?:{_NAMES}(?:[,/] ?{_NAMES}){{0,3}}{_DAY}?,? ?)?{_AGENCY}"
    # With the day: "MOSCOW, January 5 - ".
    rf"|{_NAMES}(?:[,/] ?{_NAMES}){{0,3}}{_DAY}{_DASH}"
    # With neither, only in capitals: "NUR-SULTAN - ", "KYIV, Ukraine — ".
    rf"|{_CAPITALS}(?:[ ]{_CAPITALS}){{0,3}}(?:, {_NAMES}){{0,2}}{_DASH}"
    # What follows is a sentence: in "NATO - the alliance that …" it is not.
    rf")(?=[\"“'‘«]?(?:\d|{_NAME}))",
    re.MULTILINE,
)
_PLACE_ASKED = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:city|town|village|country|state|place|region|capital)\b", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:in|into|at|near|from|to|of|off|across|through|towards?|outside|around|on)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}"
    rf"(?!(?i:{either(WEEKDAYS)}|{either(MONTHS)})\b){_NAME}"
)
"""What may be a place."""


def datelines_to_ignore(question: str, text: str) -> list[tuple[int, int]]:
    """The datelines of `text` that cannot answer `question`: all, but where a place is asked for and no other is named.

    "KABUL (Agency) - A bomb killed three." says where only in its dateline.
    """
    found = datelines_in(text)
    if _PLACE_ASKED.search(question) is None:
        return found
    return [(start, end) for start, end in found if _NAMED.search(text, end)]


def datelines_in(text: str) -> list[tuple[int, int]]:
    """Where `text` has a dateline, at the start of a line: its start and the start of the sentence behind it."""
    return [match.span() for match in _DATELINE.finditer(text)]
