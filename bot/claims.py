"""The claims in a sentence: who says it, in which words, and how far what is said reaches.

Rules on words, without a parser: a reporting verb and the noun phrase before it (or, turned round,
behind it), and phrases such as "according to". What is said stands behind a verb ("police said that …"), or
before it ("…, police said"), or on both sides; where claims overlap, the shortest is the nearest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.claim_words import (
    ACCORDING_TO,
    ALSO_NOUNS,
    ALSO_PARTICIPLES,
    BETWEEN,
    CALLING,
    CLAUSE_STARTS,
    COMPARED,
    CONTRAST,
    COUNT_OF,
    DETERMINERS,
    DOCUMENTS,
    FIGURE_IS,
    FINITE,
    INVERTIBLE,
    NEEDS_THAT,
    NEGATIVE,
    NOBODY,
    OF,
    PASSIVE,
    PERHAPS_AFTER,
    PREPOSITIONS,
    PRONOUNS,
    PUTTING,
    REPORTED_BY,
    SAYING,
    SAYING_PLURAL,
    SHOWING,
    SOURCE_HEAD,
    SPEAKING_OF,
    THAT,
    TIME_OR_OCCASION,
    UNREAL,
)
from bot.noun_phrases import Token, is_finite, phrase_after, phrase_before, tokens_in

Span = tuple[int, int]

_HEARERS = re.compile(r"(?:told|tells?|telling|informed|assured|reminded|warned)\Z")
_HEARER_ENDS = frozenset("the a an in on at by from there his her its they he she she'd to".split()) - {
    "the",
    "a",
    "an",
}
_LATER_NUMBER = re.compile(r"[^.;]{0,120}?\b(?:at|as|to|en)\b[^.;]{0,40}?\d|[^.;,]{0,30}\d")
_COLON = re.compile(r"\s*(?P<who>[^\W\d_][^:;.!?\n]{1,60}?):(?:\s|\Z)")
_FINITE_TO_BE_SOURCE = 8
"""Words that may stand before a colon and name a source."""


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


def claims_in(masked: str, start: int, end: int) -> list[Claim]:
    """The claims in `masked[start:end]`, a sentence whose quotations are masked, in their order."""
    tokens = tokens_in(masked, start, end)
    sentence = _Sentence(masked, start, end, tokens)
    found = list(_phrases(sentence))
    by_verb: list[Claim] = []
    for place in range(len(tokens)):
        token = tokens[place]
        if token.lower in _VERBS and not any(each.start <= token.start < each.end for each in found):
            claim = _claim_of_verb(sentence, place, by_verb)
            if claim is not None:
                by_verb.append(claim)
    if not found and not by_verb:
        found.extend(_before_colon(sentence))
    return sorted([*found, *by_verb], key=lambda claim: claim.start)


def subject_in(masked: str, start: int, end: int) -> Span | None:
    """The subject of a sentence: the noun phrase before its first verb, if it begins with one."""
    tokens = tokens_in(masked, start, end)
    found = _first_phrase(_Sentence(masked, start, end, tokens), len(tokens))
    if found is None:
        name = _NAME_FIRST.match(masked, start, end)
        return name.span("name") if name and name["name"].lower() not in _NO_NAMES else None
    return found


_NAME_FIRST = re.compile(
    r"[\s*]*(?P<name>[A-ZÀ-ÞЀ-Я][\w'’-]+(?: [A-ZÀ-ÞЀ-Я][\w'’-]+)*)(?:,| (?-i:[a-zа-я]+(?:s|ed|ет|ит|ал|ил)\b))"
)
_NO_NAMES = PREPOSITIONS | DETERMINERS | PRONOUNS | NOBODY | CLAUSE_STARTS


@dataclass(frozen=True, slots=True)
class _Sentence:
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
        """How far back what is said before `place` goes: to the sentence's start, or a contrast that parts two claims."""
        cut = self.start
        for contrast in CONTRAST.finditer(self.masked, self.start, place):
            if _holds_claim(self.masked[self.start : contrast.start()]):
                cut = contrast.end()
        return cut


_VERBS = SAYING | SAYING_PLURAL | SPEAKING_OF | PUTTING | CALLING | SHOWING
_ANY_CLAIM = re.compile(
    rf"(?:{ACCORDING_TO.pattern}|\b(?:{'|'.join(sorted(SAYING | SPEAKING_OF | PUTTING))})\b)", re.IGNORECASE
)


def _holds_claim(part: str) -> bool:
    return _ANY_CLAIM.search(part) is not None


def _phrases(sentence: _Sentence) -> Iterator[Claim]:
    """Claims made by a phrase and not by a verb."""
    masked, start, end = sentence.masked, sentence.start, sentence.end
    taken = start
    for found in sorted(
        [*ACCORDING_TO.finditer(masked, start, end), *REPORTED_BY.finditer(masked, start, end)],
        key=lambda match: match.start(),
    ):
        stops = frozenset({"and"}) if "attributed" in found[0].lower() else frozenset[str]()
        source = phrase_after(masked, sentence.tokens, sentence.after(found.end()), stops)
        if found.start() < taken or source is None:
            continue
        if re.match(r"(?i)citing|quoting|со ссылкой", found[0]) and _is_participle_of_saying(sentence, found.start()):
            continue
        taken = source[1]
        speech = DOCUMENTS.search(masked, *source) is None and "attributed" not in found[0].lower()
        yield Claim(found.start(), source[1], source, _both_sides(sentence, found.start(), source[1]), speech)
    for counted in COUNT_OF.finditer(masked, start, end):
        yield Claim(
            *counted.span(), counted.span("who"), _both_sides(sentence, counted.start(), counted.end()), speech=False
        )
    for figure in FIGURE_IS.finditer(masked, start, end):
        said = ((figure.end(), sentence.reach_behind(figure.end())),)
        yield Claim(figure.start(), figure.end(), _trimmed(sentence, figure.span("who")), said, speech=False)


def _trimmed(sentence: _Sentence, who: Span) -> Span:
    named = phrase_before(sentence.masked, sentence.tokens, sentence.after(who[1]) - 1)
    return named if named is not None and named[1] == who[1] and named[0] >= who[0] else who


def _is_participle_of_saying(sentence: _Sentence, place: int) -> bool:
    """Whether "citing X" only says whom another source leans on: "police said, citing X, that …"."""
    return _holds_claim(sentence.masked[sentence.start : place]) or bool(
        re.search(r",[^,]*\b(?:said|says|reported|reports)\b", sentence.masked[place : sentence.end])
    )


def _both_sides(sentence: _Sentence, start: int, end: int) -> tuple[Span, ...]:
    """What a phrase attributes: what is before it, if anything is, and what follows it behind a comma."""
    before = (sentence.reach_before(start), start)
    behind = (end, sentence.reach_behind(end))
    cut = CONTRAST.search(sentence.masked, end, behind[1])
    if sentence.masked[sentence.start : start].strip(" ,;*_") == "":
        return (behind,)
    if cut is not None:
        behind = (end, cut.start())
    return before, behind


def _claim_of_verb(sentence: _Sentence, place: int, earlier: Sequence[Claim]) -> Claim | None:
    """The claim whose reporting verb is the token at `place`, if it is one there."""
    tokens, masked = sentence.tokens, sentence.masked
    verb = tokens[place]
    before = place - 1
    while before >= 0 and (tokens[before].lower in BETWEEN or _is_adverb(sentence, before)):
        before -= 1
    previous = sentence.word(before)
    quoted_as = verb.lower == "saying" and sentence.word(place - 1) == "as"
    if quoted_as:
        return _quoted_as_saying(sentence, place)
    if previous in NEGATIVE or previous in UNREAL or previous in DETERMINERS or previous in PREPOSITIONS:
        return None
    if previous in PASSIVE:
        if not verb.lower.endswith("ing"):
            return None
        before -= 1
    if verb.lower in INVERTIBLE:
        turned = _inverted(sentence, place, before)
        if turned is not None:
            return turned
    if not _governs(sentence, place):
        return None
    source, shared = _subject(sentence, place, before, earlier)
    if source is None or not _can_say(sentence, place, source, shared=shared):
        return None
    end = _extended(sentence, place)
    start = min(source[0], verb.start)
    if shared is not None:
        return Claim(shared.start, shared.end, source, ((verb.end, sentence.reach_behind(verb.end)),), shared.speech)
    if verb.start - source[1] > _LONGEST_GAP and source[1] < tokens[max(before, 0)].start:
        start, end = source
    speech = verb.lower not in SHOWING or DOCUMENTS.search(masked, *source) is None
    return Claim(start, max(end, source[1]), source, _said_around(sentence, source[0], verb.end, end), speech)


_LONGEST_GAP = 40
"""Characters between a subject and its verb; what is further apart is not shown as the words that attribute."""


def _is_adverb(sentence: _Sentence, place: int) -> bool:
    word = sentence.word(place)
    if not word.endswith("ly") or word in {"family", "assembly", "italy", "july", "ally"}:
        return False
    return sentence.word(place - 1) not in DETERMINERS


def _governs(sentence: _Sentence, place: int) -> bool:
    """Whether the words behind a verb's form let it be the verb of a report."""
    verb, following = sentence.word(place), sentence.word(place + 1)
    token = sentence.tokens[place]
    if following in {"by", "missing", "dead"} or (following == "to" and verb in {"said", "reported", "believed"}):
        return False
    if verb in NEEDS_THAT and not _that_follows(sentence, place + 1) and place + 1 < len(sentence.tokens):
        return False
    if verb in CALLING and following in {"on", "for", "off", "at", "up", "back"}:
        return False
    if verb in {"asked", "asks"}:
        return following in {"whether", "if", "why", "how", "what", "who"} or not following.isalpha()
    if verb in ALSO_PARTICIPLES and _verb_follows(sentence, place):
        return False
    if verb in {"pointed", "points", "point", "ruled"}:
        return following in {"out", "to"}
    if verb in SPEAKING_OF and verb not in SAYING:
        when = TIME_OR_OCCASION.match(sentence.masked, token.end, sentence.end)
        behind = sentence.word(sentence.after(when.end())) if when else sentence.word(place + 2)
        return following in OF or ((when is not None or _is_adverb(sentence, place + 1)) and behind in OF)
    if verb in PUTTING and verb not in SHOWING - PUTTING:
        return _LATER_NUMBER.match(sentence.masked, token.end, sentence.end) is not None
    if verb in ALSO_NOUNS and verb not in SPEAKING_OF and sentence.word(place - 1) not in PRONOUNS:
        return following in THAT or _starts_content(sentence, place + 1)
    return not _is_order(sentence, place)


def _verb_follows(sentence: _Sentence, place: int) -> bool:
    """Whether a finite verb follows a participle, and the time that goes with it: "the plan announced on Monday is"."""
    when = TIME_OR_OCCASION.match(sentence.masked, sentence.tokens[place].end, sentence.end)
    following = sentence.word(sentence.after(when.end()) if when else place + 1)
    return following in FINITE and following not in SAYING


def _is_order(sentence: _Sentence, place: int) -> bool:
    """ "He told the army to open fire" says what he wants, and no fact."""
    if _HEARERS.match(sentence.word(place)) is None:
        return False
    if sentence.word(place + 1) in _OBJECTS:
        return sentence.word(place + 2) == "to"
    hearer = phrase_after(sentence.masked, sentence.tokens, place + 1, _HEARER_ENDS)
    return hearer is not None and sentence.word(sentence.after(hearer[1])) == "to"


_BEFORE_A_FIGURE = DETERMINERS | frozenset(
    "more less fewer about around nearly almost over up at out hearing seeing dozens hundreds thousands".split()
)


def _starts_content(sentence: _Sentence, place: int) -> bool:
    if place >= len(sentence.tokens):
        return sentence.word(place - 1) in {"claim", "report", "estimate"}
    token = sentence.tokens[place]
    if token.lower == "to":
        return sentence.word(place - 1).startswith(("promise", "pledge"))
    return token.is_number or token.is_quotation or token.lower in _BEFORE_A_FIGURE


def _can_say(sentence: _Sentence, place: int, source: Span, *, shared: Claim | None) -> bool:
    """Whether a subject can be the source of this verb: a document shows, a plan "announced on Monday" says nothing."""
    verb = sentence.word(place)
    words = sentence.masked[slice(*source)]
    if words[0].isdigit() and not _is_reporter(words):
        return False
    if verb in SHOWING and verb not in SAYING and verb not in PUTTING and verb not in SPEAKING_OF:
        return DOCUMENTS.search(words) is not None
    if verb in ALSO_PARTICIPLES and shared is None and not _is_reporter(words):
        following = sentence.word(place + 1)
        if TIME_OR_OCCASION.match(sentence.masked, sentence.tokens[place].end) and not _that_follows(sentence, place):
            return False
        return following in THAT or sentence.tokens[place - 1].end > source[1]
    return True


def _is_reporter(words: str) -> bool:
    parts = words.replace(",", " ").split()
    if parts[0][0].isdigit():
        return any(SOURCE_HEAD.fullmatch(part) for part in parts)
    return parts[0].lower() in PRONOUNS or (
        any(SOURCE_HEAD.fullmatch(part.strip("’'\"")) for part in parts)
        or any(part[0].isupper() for part in parts[1:])
        or (parts[0][0].isupper() and len(parts) == 1 and not parts[0].endswith("s"))
        or DOCUMENTS.search(words) is not None
    )


def _subject(
    sentence: _Sentence, place: int, before: int, earlier: Sequence[Claim]
) -> tuple[Span | None, Claim | None]:
    """Who says it; and the claim before that it shares its subject with, if it has none of its own."""
    tokens, masked = sentence.tokens, sentence.masked
    previous = sentence.word(before)
    participle = tokens[place].lower.endswith("ing")
    if previous in {"who", "which"}:
        antecedent = _antecedent(sentence, before)
        return antecedent if antecedent and _is_reporter(masked[slice(*antecedent)]) else None, None
    if not participle and previous not in {"and", "but", "or", "y", "и"}:
        found = phrase_before(masked, tokens, before)
        if found is not None:
            return found, None
    if tokens[place].lower in SAYING_PLURAL:
        return None, None
    if earlier and earlier[-1].start < tokens[place].start:
        return earlier[-1].source, earlier[-1]
    if participle or previous in {"and", "but", "y", "и"}:
        return _first_phrase(sentence, place), None
    return None, None


def _antecedent(sentence: _Sentence, place: int) -> Span | None:
    tokens = sentence.tokens
    if place > 0 and tokens[place - 1].lower == ",":
        return phrase_before(sentence.masked, tokens, place - 2)
    return phrase_before(sentence.masked, tokens, place - 1)


def _first_phrase(sentence: _Sentence, place: int) -> Span | None:
    """The subject of a sentence: what stands before its first verb."""
    for index in range(1, place):
        if is_finite(sentence.masked, sentence.tokens, index) or sentence.word(index).endswith("ed"):
            found = phrase_before(sentence.masked, sentence.tokens, index - 1)
            if found is not None:
                return found
    return None


def _quoted_as_saying(sentence: _Sentence, place: int) -> Claim | None:
    tokens = sentence.tokens
    for index in range(place - 1, 0, -1):
        if tokens[index].lower in {"quoted", "cited"}:
            before = index - 1
            while before > 0 and (tokens[before].lower in PASSIVE or tokens[before].lower in BETWEEN):
                before -= 1
            source = phrase_before(sentence.masked, tokens, before)
            if source is None:
                return None
            end = tokens[place].end
            return Claim(source[0], end, source, ((end, sentence.reach_behind(end)),), speech=True)
    return None


def _inverted(sentence: _Sentence, place: int, before: int) -> Claim | None:
    """A claim whose verb stands before its subject: "…, said the mayor"."""
    tokens, masked = sentence.tokens, sentence.masked
    if before < 0 or not (tokens[before].is_quotation or tokens[before].lower in {",", "—", "–"}):
        return None
    if before + 1 != place or sentence.word(place + 1) in THAT:
        return None
    if not tokens[before].is_quotation and phrase_before(masked, tokens, before) is not None:
        return None
    source = phrase_after(masked, tokens, place + 1)
    if source is None or sentence.word(place + 1) in PREPOSITIONS or TIME_OR_OCCASION.match(masked, source[0]):
        return None
    behind = sentence.after(source[1])
    if behind < len(tokens) and is_finite(masked, tokens, behind):
        return None
    said = [(sentence.reach_before(tokens[place].start), tokens[place].start)]
    said += [(token.start, token.end) for token in tokens[behind:] if token.is_quotation]
    return Claim(tokens[place].start, source[1], source, tuple(said), speech=True)


def _extended(sentence: _Sentence, place: int) -> int:
    """Where the words that attribute end: with whom it was told, and when and where."""
    masked, tokens = sentence.masked, sentence.tokens
    end = tokens[place].end
    if _HEARERS.match(tokens[place].lower):
        hearer = phrase_after(masked, tokens, place + 1, _HEARER_ENDS)
        if sentence.word(place + 1) in _OBJECTS:
            end = tokens[place + 1].end
        elif hearer is not None and sentence.word(place + 1) not in PREPOSITIONS and _is_whole(sentence, hearer):
            end = hearer[1]
    elif sentence.word(place + 1) == "out" or (
        sentence.word(place + 1) in {"of", "about"} and tokens[place].lower in SPEAKING_OF
    ):
        end = tokens[place + 1].end
    while (more := TIME_OR_OCCASION.match(masked, end, sentence.end)) is not None and more.end() > end:
        end = more.end()
    return end


_OBJECTS = frozenset({"him", "her", "them", "us", "me", "reporters", "journalists", "afp", "reuters", "cnn", "bbc"})


def _is_whole(sentence: _Sentence, hearer: Span) -> bool:
    """Whether whom it was told to is told apart from what was told: by "that", a mark, a pronoun, a number."""
    index = sentence.after(hearer[1])
    return index >= len(sentence.tokens) or not is_finite(sentence.masked, sentence.tokens, index)


def _said_around(sentence: _Sentence, start: int, verb_end: int, end: int) -> tuple[Span, ...]:
    """Where what is said stands, around the words from `start` to `end`."""
    tokens = sentence.tokens
    first, following = sentence.after(start), sentence.after(end)
    behind = (verb_end, sentence.reach_behind(verb_end))
    if sentence.word(first - 1) in {"what", "lo"}:
        return ((verb_end, _next_verb(sentence, sentence.after(verb_end), behind[1])),)
    if not _content_before(sentence, first):
        inserted = sentence.word(first - 1) == "," and sentence.word(following) == ","
        return ((sentence.reach_before(start), start), behind) if inserted else (behind,)
    back = (sentence.reach_before(start), start)
    word = sentence.word(following)
    ends = following >= len(tokens) or word in {",", ";", "—", "–", ")"}
    if ends or (word in PERHAPS_AFTER and not _that_follows(sentence, following)):
        return (back, behind) if word in {",", "—", "–"} or _quotation_follows(sentence, following) else (back,)
    if tokens[following].is_quotation and tokens[first - 1].is_quotation:
        return back, behind
    return (behind,)


def _next_verb(sentence: _Sentence, place: int, end: int) -> int:
    """Where "what he calls …" ends: before the next finite verb."""
    for index in range(place, len(sentence.tokens)):
        if is_finite(sentence.masked, sentence.tokens, index):
            return min(sentence.tokens[index].start, end)
    return end


def _quotation_follows(sentence: _Sentence, place: int) -> bool:
    return any(token.is_quotation for token in sentence.tokens[place:])


def _that_follows(sentence: _Sentence, place: int) -> bool:
    for token in sentence.tokens[place:]:
        if token.bounds:
            return False
        if token.lower in THAT:
            return True
    return False


def _content_before(sentence: _Sentence, first: int) -> bool:
    """Whether what stands before a subject, behind a comma or a quotation, can be what is said."""
    tokens = sentence.tokens
    if first < 1 or not (tokens[first - 1].is_quotation or tokens[first - 1].lower in {",", "—", "–", "?", "!"}):
        return False
    earlier = tokens[: first - 1]
    if tokens[first - 1].is_quotation or any(token.is_quotation for token in earlier):
        return True
    if not earlier or earlier[0].lower in _SUBORDINATE:
        return False
    return any(
        is_finite(sentence.masked, tokens, index) or token.lower.endswith("ed") for index, token in enumerate(earlier)
    )


_SUBORDINATE = frozenset({"when", "after", "while", "although", "though", "if", "because", "before", "since", "as"})


def _before_colon(sentence: _Sentence) -> Iterator[Claim]:
    """ "The Interior Ministry: 18 officers killed", or a person, a colon and a quotation."""
    colon = _COLON.match(sentence.masked, sentence.start, sentence.end)
    if colon is None:
        return
    who = colon.span("who")
    words = sentence.masked[slice(*who)].split()
    quoted = sentence.tokens[sentence.after(colon.end()) :][:1]
    is_quote = quoted[0].is_quotation if quoted else colon.end() >= sentence.end
    finite = [
        index for index, token in enumerate(sentence.tokens)
        if token.end <= who[1] and is_finite(sentence.masked, sentence.tokens, index)
    ]  # fmt: skip
    said = ((colon.end(), sentence.end),)
    if finite and is_quote:
        source = phrase_before(sentence.masked, sentence.tokens, finite[0] - 1)
        if source is not None:
            yield Claim(*who, source, said, speech=True)
    elif (
        not finite
        and len(words) <= _FINITE_TO_BE_SOURCE
        and (is_quote or len(words) > 1)
        and _is_reporter(" ".join(words))
    ):
        source_end = phrase_after(sentence.masked, sentence.tokens, 0)
        if is_quote or (source_end is not None and source_end[1] == who[1]):
            name = _LAST_NAME.match(sentence.masked, *who) if is_quote else None
            yield Claim(*who, name.span() if name else who, said, speech=True)


_LAST_NAME = re.compile(r"[^<>]*(?<!^)\b[A-ZÀ-ÞЀ-Я][\w'’-]+")
