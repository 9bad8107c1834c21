"""Noun phrases around a verb, found without a parser: words, and the few that cannot be inside one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.claim_words import (
    CLAUSE_STARTS,
    DETERMINERS,
    FINITE,
    LEADING,
    NOBODY,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SAYING,
    THAT,
    TIME_OR_OCCASION,
)

MASK = "\ue000"
"""Stands for each character of a quotation: a private-use character, so offsets stay as they are."""

_TOKEN = re.compile(
    rf"{MASK}+|(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’.-][^\W_]+)*(?:s['’](?=\s))?|[^\w\s]|_"
)
_BOUNDARY = frozenset(',;:—–()[]!?…|*«»“”"')
_OBJECT_FOLLOWS = re.compile(r"\s+(?:\d|an?\b|the\b|that\b|his\b|her\b|its\b|their\b|more than\b|at least\b)")
_BY = re.compile(r"\s+by\b", re.IGNORECASE)
_LONGEST_NAMED = 12
"""Words; what is longer names nobody."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or a whole quotation, with its place in the text."""

    start: int
    end: int
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.lower[0].isalnum()

    @property
    def is_quotation(self) -> bool:
        """Whether it stands for a quotation."""
        return self.lower[0] == MASK

    @property
    def is_number(self) -> bool:
        """Whether it is a number in digits."""
        return self.lower[0].isdigit()

    @property
    def bounds(self) -> bool:
        """Whether it is a mark that no noun phrase runs over."""
        return self.lower in _BOUNDARY


def tokens_in(masked: str, start: int, end: int) -> list[Token]:
    """The tokens of `masked[start:end]`; a hyphen between spaces is a dash."""
    found = []
    for match in _TOKEN.finditer(masked, start, end):
        word = match[0]
        dash = word == "-" and masked[match.start() - 1 : match.start()].isspace()
        found.append(Token(match.start(), match.end(), "—" if dash else word.lower()))
    while found and found[-1].lower in {".", "!", "?", "…"}:
        found.pop()
    return found


def phrase_before(masked: str, tokens: Sequence[Token], last: int) -> tuple[int, int] | None:
    """The noun phrase that ends with the token `last`: a subject before its verb, with its appositions."""
    if last < 0:
        return None
    if tokens[last].lower != ",":
        return _simple_phrase(masked, tokens, last)
    first, opening = last, last
    while opening > 0:
        opening = _segment_start(tokens, first - 1)
        if first - opening < 1 or not _is_apposition(masked, tokens, opening, first - 1):
            return None
        if opening == 0 or tokens[opening - 1].lower != ",":
            return None
        first = opening - 1
        before = _segment_start(tokens, first - 1)
        head = _simple_phrase(masked, tokens, first - 1)
        if head is not None and not _is_aside(tokens, max(before, _at(tokens, head[0])), first - 1):
            only_head = _is_aside(tokens, first + 1, last - 1) or tokens[first + 1].lower.endswith(
                ("ing", "asked", "meanwhile", "however", "too")
            )
            return head if only_head and tokens[first + 1].lower != "of" else (head[0], tokens[last - 1].end)
        opening = before
    return None


def _is_apposition(masked: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    if tokens[first].lower in RELATIVE or tokens[first].lower in {"known", "himself", "herself", "itself"}:
        return True
    if tokens[first].lower in CLAUSE_STARTS:
        return False
    return not any(is_finite(masked, tokens, place) for place in range(first, last + 1))


def _at(tokens: Sequence[Token], place: int) -> int:
    return next((index for index, token in enumerate(tokens) if token.start >= place), len(tokens))


def _is_aside(tokens: Sequence[Token], first: int, last: int) -> bool:
    """An age, or a phrase with a preposition: nothing that an apposition explains."""
    return (first == last and tokens[first].is_number) or tokens[first].lower in PREPOSITIONS


def _segment_start(tokens: Sequence[Token], last: int) -> int:
    while last >= 0 and not tokens[last].bounds and not tokens[last].is_quotation:
        last -= 1
    return last + 1


def is_finite(masked: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a token is a finite verb, as far as its form and the next word tell."""
    token = tokens[place]
    if token.lower in FINITE:
        return place == 0 or tokens[place - 1].lower not in DETERMINERS
    if not token.lower.endswith("ed") or masked[token.start].isupper():
        return False
    return _OBJECT_FOLLOWS.match(masked, token.end) is not None


def _simple_phrase(masked: str, tokens: Sequence[Token], last: int) -> tuple[int, int] | None:
    """The phrase that ends with `last` inside its segment; with a relative clause that belongs to it."""
    opening = _segment_start(tokens, last)
    first = last + 1
    place = last
    while place >= opening:
        if _cannot_be_inside(masked, tokens, place):
            relative = _relative_before(masked, tokens, place, opening)
            if relative is None:
                break
            place = relative
        first = place
        place -= 1
    else:
        first = opening
    if place >= opening:
        joined = [index for index in range(first, last) if tokens[index].lower in {"and", "y", "и"}]
        first = joined[-1] + 1 if joined and tokens[place].lower not in THAT else first
    return _named(masked, tokens, first, last)


def _cannot_be_inside(masked: str, tokens: Sequence[Token], place: int) -> bool:
    lower = tokens[place].lower
    return lower in CLAUSE_STARTS or lower in RELATIVE or lower in SAYING or is_finite(masked, tokens, place)


def _relative_before(masked: str, tokens: Sequence[Token], place: int, opening: int) -> int | None:
    """Where the relative pronoun of the clause stands that a verb ends, if it follows a noun at once."""
    for index in range(place - 1, opening, -1):
        lower = tokens[index].lower
        if lower in RELATIVE or (lower == "that" and tokens[index - 1].lower not in SAYING):
            return index
        if lower in CLAUSE_STARTS or lower in SAYING or is_finite(masked, tokens, index):
            return None
    return None


_ARTICLES = frozenset("the a an his her its their".split())
_BEFORE_AN_ARTICLE = PREPOSITIONS | DETERMINERS | frozenset("and or half but de".split())


def _named(masked: str, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """What is left of a phrase without what only leads up to it; None if nobody is named by it."""
    if first > last:
        return None
    start, end = tokens[first].start, tokens[last].end
    while (leading := LEADING.match(masked, start, end)) is not None:
        after = leading.end() + len(masked[leading.end() : end]) - len(masked[leading.end() : end].lstrip())
        if after >= end:
            return None
        start = after
    words = [token for token in tokens[first : last + 1] if token.start >= start]
    if not words or not words[0].is_word or len(words) > 2 * _LONGEST_NAMED:
        return None
    if words[-1].lower in PRONOUNS and len(words) > 1:
        words = words[-1:]
    for place in range(1, len(words)):
        # A noun, then an article: a relative clause without its pronoun ("a claim the army denies").
        if words[place].lower in _ARTICLES and words[place - 1].lower not in _BEFORE_AN_ARTICLE:
            start = words[place].start
    words = [token for token in words if token.start >= start]
    head, ending = words[0].lower, words[-1].lower
    if (
        head in NOBODY
        or (ending in NOBODY and (ending != "there" or len(words) == 1))
        or ending in DETERMINERS
        or ending in PREPOSITIONS
    ):
        return None
    return None if TIME_OR_OCCASION.fullmatch(masked, words[0].start, end) else (words[0].start, end)


def phrase_after(
    masked: str, tokens: Sequence[Token], first: int, stops: frozenset[str] = frozenset()
) -> tuple[int, int] | None:
    """The noun phrase that starts with the token `first`: who "according to" is followed by."""
    place = first
    while place < len(tokens) and not _ends_phrase(masked, tokens, place, first, stops):
        place += 1
    if place == first or tokens[first].lower in NOBODY or not tokens[first].is_word:
        return None
    return tokens[first].start, tokens[place - 1].end


def _ends_phrase(masked: str, tokens: Sequence[Token], place: int, first: int, stops: frozenset[str]) -> bool:
    token = tokens[place]
    lower = token.lower
    if token.bounds or token.is_quotation or lower in stops:
        return True
    if place == first:
        return False
    if lower in CLAUSE_STARTS or lower in RELATIVE or lower in PRONOUNS or token.is_number:
        return True
    if lower in FINITE or is_finite(masked, tokens, place):
        return True
    if lower in {"and", "y", "и"}:
        return _clause_follows(masked, tokens, place + 1)
    when = TIME_OR_OCCASION.match(masked, token.start)
    return when is not None and _BY.match(masked, when.end()) is None


def _clause_follows(masked: str, tokens: Sequence[Token], place: int) -> bool:
    while place < len(tokens) and not tokens[place].bounds:
        if is_finite(masked, tokens, place):
            return True
        place += 1
    return False
