"""The claims in a sentence: who says it, in which words, and how far what is said reaches.

Rules on words, without a parser: a reporting verb and the noun phrase before it (or, turned round,
behind it), and phrases such as "according to". What is said stands behind a verb ("police said that …"), or
before it ("…, police said"), or on both sides; where claims overlap, the shortest is the nearest.
"""

import re
from collections.abc import Iterator

from bot.language.claim_words import (
    ACCORDING_TO,
    CALLING,
    CONTRAST,
    COUNT_OF,
    DOCUMENTS,
    FIGURE_IS,
    PUTTING,
    REPORTED_BY,
    SAYING,
    SAYING_PLURAL,
    SHOWING,
    SPEAKING_OF,
)
from bot.language.clauses import Claim, MaskedSentence, Span, holds_claim, is_reporter
from bot.language.noun_phrases import is_finite, phrase_after, phrase_before, tokens_in
from bot.language.reporting_verbs import claim_of_verb

_COLON = re.compile(r"\s*(?P<who>[^\W\d_][^:;.!?\n]{1,60}?):(?:\s|\Z)")

_FINITE_TO_BE_SOURCE = 8
"""Words that may stand before a colon and name a source."""


def claims_in(masked: str, start: int, end: int) -> list[Claim]:
    """The claims in `masked[start:end]`, a sentence whose quotations are masked, in their order."""
    tokens = tokens_in(masked, start, end)
    sentence = MaskedSentence(masked, start, end, tokens)
    found = list(_phrases(sentence))
    by_verb: list[Claim] = []
    for place in range(len(tokens)):
        token = tokens[place]
        if token.lower in _VERBS and not any(each.start <= token.start < each.end for each in found):
            claim = claim_of_verb(sentence, place, by_verb)
            if claim is not None:
                by_verb.append(claim)
    if not found and not by_verb:
        found.extend(_before_colon(sentence))
    return sorted([*found, *by_verb], key=lambda claim: claim.start)


_VERBS = SAYING | SAYING_PLURAL | SPEAKING_OF | PUTTING | CALLING | SHOWING


def _phrases(sentence: MaskedSentence) -> Iterator[Claim]:
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
    if _COUNTED.search(masked, start, end) is None:
        return
    for counted in COUNT_OF.finditer(masked, start, end):
        yield Claim(
            *counted.span(), counted.span("who"), _both_sides(sentence, counted.start(), counted.end()), speech=False
        )
    for figure in FIGURE_IS.finditer(masked, start, end):
        said = ((figure.end(), sentence.reach_behind(figure.end())),)
        yield Claim(figure.start(), figure.end(), _trimmed(sentence, figure.span("who")), said, speech=False)


_COUNTED = re.compile(r"\b(?:counts?|figures?|tally|estimates?|toll|account|reckoning)\b", re.IGNORECASE)


def _trimmed(sentence: MaskedSentence, who: Span) -> Span:
    named = phrase_before(sentence.masked, sentence.tokens, sentence.after(who[1]) - 1)
    return named if named is not None and named[1] == who[1] and named[0] >= who[0] else who


def _is_participle_of_saying(sentence: MaskedSentence, place: int) -> bool:
    """Whether "citing X" only says whom another source leans on: "police said, citing X, that …"."""
    return holds_claim(sentence.masked[sentence.start : place]) or bool(
        re.search(r",[^,]*\b(?:said|says|reported|reports)\b", sentence.masked[place : sentence.end])
    )


def _both_sides(sentence: MaskedSentence, start: int, end: int) -> tuple[Span, ...]:
    """What a phrase attributes: what is before it, if anything is, and what follows it behind a comma."""
    before = (sentence.reach_before(start), start)
    behind = (end, sentence.reach_behind(end))
    cut = CONTRAST.search(sentence.masked, end, behind[1])
    if sentence.masked[sentence.start : start].strip(" ,;*_") == "":
        return (behind,)
    if cut is not None:
        behind = (end, cut.start())
    return before, behind


def _before_colon(sentence: MaskedSentence) -> Iterator[Claim]:
    """As in "The Interior Ministry: 18 officers killed", or a person, a colon and a quotation."""
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
        and is_reporter(" ".join(words))
    ):
        source_end = phrase_after(sentence.masked, sentence.tokens, 0)
        if is_quote or (source_end is not None and source_end[1] == who[1]):
            name = _LAST_NAME.match(sentence.masked, *who) if is_quote else None
            yield Claim(*who, name.span() if name else who, said, speech=True)


_LAST_NAME = re.compile(r"[^<>]*(?<!^)\b[A-ZÀ-ÞЀ-Я][\w'’-]+")
