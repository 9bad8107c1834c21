"""Outlets by name: which of the index's outlets a question or a flag names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_ADDED = frozenset({"sample", "the"})
"""Words that people leave out of an outlet's name, or put before it."""

_REPORTING = r"(?:report|say|write|tell|publish|print|claim|state|describe|mention|put|give|cover|quote|carr|note)"
_BEFORE = re.compile(
    r"(?:(?P<source>according to|as reported (?:by|in)|reported (?:by|in)|written (?:by|in)|published (?:by|in))"
    r"|(?P<place>\b(?:in|by|from|per|on|articles? of|reports? of|stories of))"
    r"|(?P<asked>\b(?:did|does|do|has|have|had|will)))"
    r"(?:\s+the)?\s*[\"'“‘]?\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?P<its>[\"'”’]?\s+(?:articles?|reports?|stor(?:y|ies)|pieces?|account|figures?)\b)"
    rf"|[\"'”’]?\s+(?:{_REPORTING}\w*|has|had|have)\b"
    r"|(?P<of_it>[\"'”’]s?\s+(?:figures?|reports?|articles?|account|stor(?:y|ies)|version|estimates?|coverage)\b)",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\b(?:how many|which|what|all|list|list the|all the)\s+\Z", re.IGNORECASE)
_LEFT_OVER = re.compile(r"^(?:and|or)\b[\s,]*|\s*\b(?:and|or)(?=[\s?.!]*\Z)", re.IGNORECASE)
"""What joined two names that are both gone."""
_WHAT = re.compile(r"\bwhat\s+\Z", re.IGNORECASE)
_ABOUT = re.compile(r"\s+(?:about|on|of)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\s*how (?:many|much)\b", re.IGNORECASE)
_COMMA = re.compile(r"[\"'”’]?\s*,?\s*")


@dataclass(frozen=True, slots=True)
class OutletNamed:
    """Outlets that a question asks for; `rest` is the question without the words that do nothing else."""

    outlets: tuple[str, ...]
    rest: str


def outlets_called(name: str, known: Iterable[str]) -> list[str]:
    """Those of the `known` outlets that `name` names.

    Case, diacritics and punctuation do not count, nor do "Sample" and "The"; an outlet that has the name with
    them is meant before those that have it without.
    """
    known = [*known]
    exact = [each for each in known if _words(each) == _words(name)]
    return exact or [each for each in known if _short(each) == _short(name)]


def outlet_named(question: str, known: Sequence[str]) -> OutletNamed:
    """The `known` outlets as which `question` asks to be answered: "according to …", "what did … report".

    A name counts as whole words, longest first, and only where it is a source: "Who owns the Steppe Courier?"
    names none. Of a name of one word more is wanted, since it may be a word like any other: "according to" or
    "reported by" before it, or "did" before and a verb of reporting behind.
    """
    forms: dict[tuple[str, ...], list[str]] = {}
    for each in known:
        for form in {_words(each), _short(each)} - {()}:
            forms.setdefault(form, []).append(each)
    words = [*_WORD.finditer(question)]
    folded = [_folded(word[0]) for word in words]
    found: dict[str, None] = {}
    changes: list[tuple[int, int, str]] = []
    free = [True] * len(words)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        for first in range(len(words) - len(form) + 1):
            last = first + len(form)
            if tuple(folded[first:last]) != form or not all(free[first:last]):
                continue
            free[first:last] = [False] * len(form)
            named = _Named(question, words[first].start(), words[last - 1].end(), is_one_word=len(form) == 1)
            if named.is_source:
                found.update(dict.fromkeys(forms[form]))
                changes += named.changes
    return OutletNamed(tuple(found), _changed(question, changes))


class _Named:
    """A place in a question where an outlet's name stands, and what stands around it."""

    def __init__(self, question: str, start: int, end: int, *, is_one_word: bool) -> None:
        self._question, self._start, self._end, self._is_one_word = question, start, end, is_one_word
        before, after = _BEFORE.search(question, 0, start), _AFTER.match(question, end)
        self._before, self._after = before, after
        self._is_introduced = before is not None and before["source"] is not None
        self._has_place = before is not None and before["place"] is not None
        self._is_asked = before is not None and before["asked"] is not None
        # "Did … report": after "did" it is a verb.
        owned = after is not None and (after["of_it"] or (None if self._is_asked else after["its"]))
        self._is_owner = bool(owned)

    @property
    def is_source(self) -> bool:
        """Whether the question asks what it reports."""
        if self._is_one_word:
            return self._is_introduced or (self._is_asked and self._after is not None and not self._is_owner)
        return self._is_introduced or self._has_place or self._after is not None

    @property
    def changes(self) -> list[tuple[int, int, str]]:
        """What to put into the question instead, since no article says its own outlet: (start, end, words)."""
        question, start, before, after = self._question, self._start, self._before, self._after
        if self._is_owner:
            return [(start, self._end, "")] if _OF_THEM.search(question, 0, start) else []
        if before is not None and not self._is_asked:
            comma = _COMMA.match(question, self._end)
            return [(before.start(), comma.end() if comma else self._end, "")]
        if before is not None and after is not None:
            if _WHAT.search(question, 0, before.start()) and _ABOUT.match(question, after.end()):
                return [(before.start(), after.end(), "is said")]
            if _HOW_MANY.match(question) and not _WORD.search(question, after.end()):
                return [(before.start(), after.end(), "")]
        return []


def _changed(question: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """The question with other words at some places; as it was, if no word would be left."""
    rest = question
    for start, end, words in sorted(changes, reverse=True):
        rest = f"{rest[:start].rstrip(' ,')} {words} {rest[end:].lstrip()}"
    rest = re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split()))
    rest = _LEFT_OVER.sub("", rest) if changes else rest
    return rest if _WORD.search(rest) else question


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in _WORD.findall(name))


def _short(name: str) -> tuple[str, ...]:
    words = _words(name)
    return tuple(word for word in words if word not in _ADDED) or words
