"""A sentence to be searched for claims, and what a claim is: who says what, as spans of the article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.claim_words import (
    ACCORDING_TO,
    CLAUSE_STARTS,
    COMPARED,
    CONTRAST,
    DETERMINERS,
    DOCUMENTS,
    FINITE,
    NOBODY,
    PREPOSITIONS,
    PRONOUNS,
    PUTTING,
    SAYING,
    SOURCE_HEAD,
    SPEAKING_OF,
    THAT,
    TIME_OR_OCCASION,
)
from bot.language.noun_phrases import Token, is_finite, phrase_before, tokens_in

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says something in a sentence, all as spans of the article's text."""

    start: int
    end: int
    source: Span
    said: tuple[Span, ...]
    """Where what is said stands; behind and before the words that attribute it, or on one side."""
    speech: bool

    def reach(self, place: Span) -> int | None:
        """The length of the part of what is said that holds `place`; None if it does not."""
        return min((end - start for start, end in self.said if start <= place[0] and place[1] <= end), default=None)


def subject_in(masked: str, start: int, end: int) -> Span | None:
    """The subject of a sentence: the noun phrase before its first verb, if it begins with one."""
    tokens = tokens_in(masked, start, end)
    found = first_phrase(MaskedSentence(masked, start, end, tokens), len(tokens))
    if found is None:
        name = _NAME_FIRST.match(masked, start, end)
        return name.span("name") if name and name["name"].lower() not in _NO_NAMES else None
    return found


_NAME_FIRST = re.compile(
    r"[\s*]*(?P<name>[A-ZÀ-ÞЀ-Я][\w'’-]+(?: [A-ZÀ-ÞЀ-Я][\w'’-]+)*)(?:,| (?-i:[a-zа-я]+(?:s|ed|ет|ит|ал|ил)\b))"
)

_NO_NAMES = PREPOSITIONS | DETERMINERS | PRONOUNS | NOBODY | CLAUSE_STARTS


@dataclass(frozen=True, slots=True)
class MaskedSentence:
    """A sentence as a span of an article's masked text, with its tokens."""

    masked: str
    start: int
    end: int
    tokens: Sequence[Token]

    def after(self, place: int) -> int:
        """The first token that starts at or behind `place`."""
        return next((index for index, token in enumerate(self.tokens) if token.start >= place), len(self.tokens))

    def word(self, index: int) -> str:
        """The token at `index` in lower case; empty outside the sentence."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def reach_behind(self, place: int) -> int:
        """How far what is said behind `place` goes: to where the article compares, or doubts it."""
        compared = COMPARED.search(self.masked, place, self.end)
        return compared.start() if compared else self.end

    def reach_before(self, place: int) -> int:
        """How far back what is said before `place` goes: to the start, or a contrast that parts two claims."""
        cut = self.start
        for contrast in CONTRAST.finditer(self.masked, self.start, place):
            if holds_claim(self.masked[self.start : contrast.start()]):
                cut = contrast.end()
        return cut


_ANY_CLAIM = re.compile(
    rf"(?:{ACCORDING_TO.pattern}|\b(?:{'|'.join(sorted(SAYING | SPEAKING_OF | PUTTING))})\b)", re.IGNORECASE
)


def holds_claim(part: str) -> bool:
    """Whether a part of a sentence has any word that attributes."""
    return _ANY_CLAIM.search(part) is not None


def verb_follows(sentence: MaskedSentence, place: int) -> bool:
    """Whether a finite verb follows a participle, and the time that goes with it: "the plan announced on Monday is"."""
    when = TIME_OR_OCCASION.match(sentence.masked, sentence.tokens[place].end, sentence.end)
    following = sentence.word(sentence.after(when.end()) if when else place + 1)
    return following in FINITE and following not in SAYING


def is_reporter(words: str) -> bool:
    """Whether a noun phrase can name a source: a person, a body, a document, or a name."""
    parts = words.replace(",", " ").split()
    if parts[0][0].isdigit():
        return any(SOURCE_HEAD.fullmatch(part) for part in parts)
    return parts[0].lower() in PRONOUNS or (
        any(SOURCE_HEAD.fullmatch(part.strip("’'\"")) for part in parts)
        or any(part[0].isupper() for part in parts[1:])
        or (parts[0][0].isupper() and len(parts) == 1 and not parts[0].endswith("s"))
        or DOCUMENTS.search(words) is not None
    )


def first_phrase(sentence: MaskedSentence, place: int) -> Span | None:
    """The subject of a sentence: what stands before its first verb."""
    for index in range(1, place):
        if is_finite(sentence.masked, sentence.tokens, index) or sentence.word(index).endswith("ed"):
            found = phrase_before(sentence.masked, sentence.tokens, index - 1)
            if found is not None:
                return found
    return None


def that_follows(sentence: MaskedSentence, place: int) -> bool:
    """Whether "that" stands at or behind a token, before the next mark."""
    for token in sentence.tokens[place:]:
        if token.bounds:
            return False
        if token.lower in THAT:
            return True
    return False
