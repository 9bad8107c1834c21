"""Reporting verbs and their subjects: "police said that …", "…, said the mayor", "…, he added"."""

import re
from collections.abc import Sequence

from bot.language.claim_words import (
    ALSO_NOUNS,
    ALSO_PARTICIPLES,
    BETWEEN,
    CALLING,
    DETERMINERS,
    DOCUMENTS,
    INVERTIBLE,
    NEEDS_THAT,
    NEGATIVE,
    OF,
    PASSIVE,
    PERHAPS_AFTER,
    PREPOSITIONS,
    PRONOUNS,
    PUTTING,
    SAYING,
    SAYING_PLURAL,
    SHOWING,
    SPEAKING_OF,
    THAT,
    TIME_OR_OCCASION,
    UNREAL,
)
from bot.language.clauses import Claim, MaskedSentence, Span, first_phrase, is_reporter, that_follows, verb_follows
from bot.language.noun_phrases import is_finite, phrase_after, phrase_before

_HEARERS = re.compile(r"(?:told|tells?|telling|informed|assured|reminded|warned)\Z")

_HEARER_ENDS = frozenset("in on at by from there his her its they he she to".split())

_LATER_NUMBER = re.compile(r"[^.;]{0,120}?\b(?:at|as|to|en)\b[^.;]{0,40}?\d|[^.;,]{0,30}\d")


def claim_of_verb(sentence: MaskedSentence, place: int, earlier: Sequence[Claim]) -> Claim | None:
    """The claim whose reporting verb is the token at `place`, if it is one there.

    `earlier` are the claims of the verbs before it: "X said … and added …" shares its subject.
    """
    verb = sentence.tokens[place]
    if verb.lower == "saying" and sentence.word(place - 1) == "as":
        return _quoted_as_saying(sentence, place)
    before = _subject_end(sentence, place)
    if before is None:
        return None
    turned = _inverted(sentence, place, before) if verb.lower in INVERTIBLE else None
    if turned is not None:
        return turned
    source, shared = _subject(sentence, place, before, earlier) if _governs(sentence, place) else (None, None)
    if source is None or not _can_say(sentence, place, source, shared=shared):
        return None
    if shared is not None:
        behind = (verb.end, sentence.reach_behind(verb.end))
        return Claim(shared.start, shared.end, source, (behind,), shared.speech)
    end = _extended(sentence, place)
    speech = verb.lower not in SHOWING or DOCUMENTS.search(sentence.masked, *source) is None
    said = _said_around(sentence, source[0], verb.end, end)
    end = source[1] if verb.start - source[1] > _LONGEST_GAP else max(end, source[1])
    return Claim(source[0], end, source, said, speech)


def _subject_end(sentence: MaskedSentence, place: int) -> int | None:
    """The token before a verb with what belongs to it; None where it is denied, unreal, passive, or no verb."""
    before = place - 1
    while before >= 0 and (sentence.word(before) in BETWEEN or _is_adverb(sentence, before)):
        before -= 1
    before = _before_time(sentence, before)
    previous = sentence.word(before)
    if previous in NEGATIVE | UNREAL | DETERMINERS | PREPOSITIONS:
        return None
    if previous in PASSIVE:
        return before - 1 if sentence.word(place).endswith("ing") else None
    return before


_LONGEST_GAP = 40
"""Characters between a subject and its verb; what is further apart is not shown as the words that attribute."""


def _before_time(sentence: MaskedSentence, last: int) -> int:
    """The token before a time that parts a subject and its verb: "the president on Tuesday described …"."""
    tokens = sentence.tokens
    for first in range(last, max(last - _LONGEST_TIME, 0), -1):
        if tokens[first].lower in PREPOSITIONS and TIME_OR_OCCASION.fullmatch(
            sentence.masked, tokens[first].start, tokens[last].end
        ):
            return first - 1
    return last


_LONGEST_TIME = 4
"""Words of a time between a subject and its verb."""


def _is_adverb(sentence: MaskedSentence, place: int) -> bool:
    word = sentence.word(place)
    if not word.endswith("ly") or word in {"family", "assembly", "italy", "july", "ally"}:
        return False
    return sentence.word(place - 1) not in DETERMINERS


def _governs(sentence: MaskedSentence, place: int) -> bool:
    """Whether the words behind a verb's form let it be the verb of a report."""
    verb, following = sentence.word(place), sentence.word(place + 1)
    if following in {"by", "missing", "dead"} or _is_other_sense(sentence, place):
        return False
    if verb in SPEAKING_OF and verb not in SAYING:
        return _speaks_of(sentence, place)
    if verb in PUTTING:
        return _LATER_NUMBER.match(sentence.masked, sentence.tokens[place].end, sentence.end) is not None
    if verb in ALSO_NOUNS and verb not in SPEAKING_OF and sentence.word(place - 1) not in PRONOUNS:
        return following in THAT or _starts_content(sentence, place + 1)
    return not _is_order(sentence, place)


def _is_other_sense(sentence: MaskedSentence, place: int) -> bool:
    """Whether a verb that reports elsewhere does not here: "said to own", "calls on", "ruled", "asked them to go"."""
    verb, following = sentence.word(place), sentence.word(place + 1)
    if verb in {"said", "reported", "believed"} and following == "to":
        return True
    if verb in NEEDS_THAT and not that_follows(sentence, place + 1) and place + 1 < len(sentence.tokens):
        return True
    if verb in CALLING and following in {"on", "for", "off", "at", "up", "back"}:
        return True
    if verb in {"asked", "asks"}:
        return following.isalpha() and following not in {"whether", "if", "why", "how", "what", "who"}
    if verb in {"pointed", "points", "point", "ruled"}:
        return following not in {"out", "to"}
    return verb in ALSO_PARTICIPLES and verb_follows(sentence, place)


def _speaks_of(sentence: MaskedSentence, place: int) -> bool:
    when = TIME_OR_OCCASION.match(sentence.masked, sentence.tokens[place].end, sentence.end)
    if when is not None:
        return sentence.word(sentence.after(when.end())) in OF
    skipped = 1 if _is_adverb(sentence, place + 1) or sentence.word(place + 1) == "примерно" else 0
    return sentence.word(place + 1 + skipped) in OF


def _is_order(sentence: MaskedSentence, place: int) -> bool:
    """Whether it tells somebody to do something, "he told the army to open fire", and reports nothing."""
    if _HEARERS.match(sentence.word(place)) is None:
        return False
    if sentence.word(place + 1) in _OBJECTS:
        return sentence.word(place + 2) == "to"
    hearer = phrase_after(sentence.masked, sentence.tokens, place + 1, _HEARER_ENDS)
    return hearer is not None and sentence.word(sentence.after(hearer[1])) == "to"


_BEFORE_A_FIGURE = DETERMINERS | frozenset(
    "more less fewer about around nearly almost over up at out hearing seeing dozens hundreds thousands".split()
)


def _starts_content(sentence: MaskedSentence, place: int) -> bool:
    if place >= len(sentence.tokens):
        return sentence.word(place - 1) in {"claim", "report", "estimate"}
    token = sentence.tokens[place]
    if token.lower == "to":
        return sentence.word(place - 1).startswith(("promise", "pledge"))
    return token.is_number or token.is_quotation or token.lower in _BEFORE_A_FIGURE


def _can_say(sentence: MaskedSentence, place: int, source: Span, *, shared: Claim | None) -> bool:
    """Whether a subject can be the source of this verb: a document shows, a plan "announced on Monday" says nothing."""
    verb = sentence.word(place)
    words = sentence.masked[slice(*source)]
    if words[0].isdigit() and not is_reporter(words):
        return False
    if verb in SHOWING and verb not in SAYING and verb not in PUTTING and verb not in SPEAKING_OF:
        return DOCUMENTS.search(words) is not None
    if verb in ALSO_PARTICIPLES and shared is None and not is_reporter(words):
        following = sentence.word(place + 1)
        when = TIME_OR_OCCASION.match(sentence.masked, sentence.tokens[place].end)
        if when is not None and not that_follows(sentence, place):
            ends = sentence.after(when.end()) >= len(sentence.tokens)
            return ends and _content_before(sentence, sentence.after(source[0]))
        return following in THAT or sentence.tokens[place - 1].end > source[1]
    return True


def _subject(
    sentence: MaskedSentence, place: int, before: int, earlier: Sequence[Claim]
) -> tuple[Span | None, Claim | None]:
    """Who says it; and the claim before that it shares its subject with, if it has none of its own."""
    tokens, masked = sentence.tokens, sentence.masked
    previous = sentence.word(before)
    participle = tokens[place].lower.endswith("ing")
    if previous in {"who", "which"}:
        antecedent = _antecedent(sentence, before)
        return antecedent if antecedent and is_reporter(masked[slice(*antecedent)]) else None, None
    if not participle and previous not in {"and", "but", "or", "y", "и"}:
        found = phrase_before(masked, tokens, before)
        if found is not None:
            return found, None
    if tokens[place].lower in SAYING_PLURAL:
        return None, None
    if earlier and earlier[-1].start < tokens[place].start:
        return earlier[-1].source, earlier[-1]
    if participle or previous in {"and", "but", "y", "и"}:
        return first_phrase(sentence, place), None
    return None, None


def _antecedent(sentence: MaskedSentence, place: int) -> Span | None:
    tokens = sentence.tokens
    if place > 0 and tokens[place - 1].lower == ",":
        return phrase_before(sentence.masked, tokens, place - 2)
    return phrase_before(sentence.masked, tokens, place - 1)


def _quoted_as_saying(sentence: MaskedSentence, place: int) -> Claim | None:
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


def _inverted(sentence: MaskedSentence, place: int, before: int) -> Claim | None:
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


def _extended(sentence: MaskedSentence, place: int) -> int:
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


def _is_whole(sentence: MaskedSentence, hearer: Span) -> bool:
    """Whether whom it was told to is told apart from what was told: by "that", a mark, a pronoun, a number."""
    index = sentence.after(hearer[1])
    return index >= len(sentence.tokens) or not is_finite(sentence.masked, sentence.tokens, index)


def _said_around(sentence: MaskedSentence, start: int, verb_end: int, end: int) -> tuple[Span, ...]:
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
    if ends or (word in PERHAPS_AFTER and not that_follows(sentence, following)):
        return (back, behind) if word in {",", "—", "–"} or _quotation_follows(sentence, following) else (back,)
    if tokens[following].is_quotation and tokens[first - 1].is_quotation:
        return back, behind
    return (behind,)


def _next_verb(sentence: MaskedSentence, place: int, end: int) -> int:
    """Where "what he calls …" ends: before the next finite verb."""
    for index in range(place, len(sentence.tokens)):
        if is_finite(sentence.masked, sentence.tokens, index):
            return min(sentence.tokens[index].start, end)
    return end


def _quotation_follows(sentence: MaskedSentence, place: int) -> bool:
    return any(token.is_quotation for token in sentence.tokens[place:])


def _content_before(sentence: MaskedSentence, first: int) -> bool:
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
