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
    cuts: list[tuple[int, int]] = []
    free = [True] * len(words)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        for first in range(len(words) - len(form) + 1):
            last = first + len(form)
            if tuple(folded[first:last]) != form or not all(free[first:last]):
                continue
            free[first:last] = [False] * len(form)
            span = words[first].start(), words[last - 1].end()
            before, after = _BEFORE.search(question, 0, span[0]), _AFTER.match(question, span[1])
            if _is_source(before, after, one_word=len(form) == 1):
                found.update(dict.fromkeys(forms[form]))
                is_owner = after is not None and (after["its"] or after["of_it"])
                if before is not None and before["asked"] is None and not is_owner:
                    cuts.append((before.start(), _end_of_phrase(question, span[1])))
                elif is_owner and _OF_THEM.search(question, 0, span[0]):
                    cuts.append(span)
    return OutletNamed(tuple(found), _without(question, cuts))


def _is_source(before: re.Match[str] | None, after: re.Match[str] | None, *, one_word: bool) -> bool:
    if before is not None and before["source"]:
        return True
    if one_word:
        return before is not None and before["asked"] is not None and after is not None
    return after is not None or (before is not None and before["place"] is not None)


def _end_of_phrase(question: str, end: int) -> int:
    comma = _COMMA.match(question, end)
    return comma.end() if comma else end


def _without(question: str, cuts: Sequence[tuple[int, int]]) -> str:
    """The question without some spans; all of it, if no word would be left."""
    rest = question
    for start, end in sorted(cuts, reverse=True):
        rest = f"{rest[:start].rstrip(' ,')} {rest[end:]}"
    rest = re.sub(r"\s+([?.!,])", r"\1", rest).strip()
    return rest if _WORD.search(rest) else question


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in _WORD.findall(name))


def _short(name: str) -> tuple[str, ...]:
    words = _words(name)
    return tuple(word for word in words if word not in _ADDED) or words
