"""Whose claim it is: the words of an article that say who says what an answer says.

An answer from the news is rarely a fact, and often somebody's figure. Deterministic rules on the
sentence, the quotation and the speaker tag around it; every span is a verbatim slice of the article.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language.claims import claims_in
from bot.language.clauses import Claim, Span
from bot.language.noun_phrases import MASK
from bot.language.quotations import Quotation, SpeakerTag, quotations_in, speaker_tag
from bot.language.source_names import antecedent_of, is_called
from index.sentences import Paragraph, split_paragraphs

_CLOSED = '”»」』"’'
_ARTICLES_KEPT = 32
"""Articles whose quotations are remembered; the passages of one question are of fewer."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose claim something is: "Tokayev said", "according to figures from the Ministry of the Interior"."""

    start: int
    end: int
    """The words that attribute, `text[start:end]`."""
    source: Span
    """The span of who or what says it, as it stands there: "Tokayev", "He", "figures from the Ministry"."""
    speech: bool
    """Whether a person or body says it, in direct or reported speech; not so for a document's figure."""


@dataclass(frozen=True, slots=True)
class _Article:
    """An article's paragraphs and quotations, and its text with the quotations masked."""

    text: str
    masked: str
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]

    def paragraph_of(self, place: int) -> int:
        """The paragraph that holds `place`, or the last one that begins before it."""
        return max((each for each, paragraph in enumerate(self.paragraphs) if paragraph.start <= place), default=0)

    def quotation_of(self, span: Span) -> Quotation | None:
        """The quotation that holds the whole of `span`."""
        return next((each for each in self.quotations if each.start <= span[0] and span[1] <= each.end), None)


def attribution_of(text: str, sentence: Span, answer: Span | None, *, body_start: int = 0) -> Attribution | None:
    """Whose claim the `answer` in a sentence is, or without an answer the sentence itself; None if the article's own.

    `sentence` and `answer` are spans of `text`, an article's; its body begins at `body_start`. The
    nearest claim counts: that of the clause which holds the answer, else the speaker of the
    quotation, else the speaker tag before the paragraph. What merely follows somebody's claim in
    another sentence is not attributed.
    """
    article = _read(text, body_start)
    claims = claims_in(article.masked, *sentence)
    if answer is None:
        outer = [claim for claim in claims if any(end > start for start, end in claim.said)]
        if outer:
            return _attribution(max(outer, key=lambda claim: max(end - start for start, end in claim.said)))
    else:
        every = [*_inside_quotation(article, sentence, answer), *claims]
        found = _nearest(every, answer) or _nearest(every, _behind_its_source(every, answer))
        if found is not None:
            return _attribution(found)
    return _speaker(article, sentence, answer)


def resolved_source(text: str, attribution: Attribution, *, body_start: int = 0) -> Span | None:
    """Who is meant by the source: its own span if it is a name, for "He" or "the ministry" the name before it.

    A verbatim span elsewhere in the article; None where it is not safe to say.
    """
    article = _read(text, body_start)
    sentences = [
        (sentence.start, sentence.end)
        for paragraph in article.paragraphs
        for sentence in paragraph.sentences
        if sentence.start < attribution.source[0]
    ]
    return antecedent_of(article.masked, attribution.source, sentences)


def is_said_by(text: str, sentence: Span, name: str, *, body_start: int = 0) -> bool:
    """Whether somebody called `name` says anything in the sentence: "Tokaev", "president Tokayev", "the ministry".

    Spellings may differ; pronouns and descriptions are followed to the name they stand for.
    """
    article = _read(text, body_start)
    found = [_attribution(claim) for claim in claims_in(article.masked, *sentence)]
    speaker = _speaker(article, sentence, None)
    for each in [*found, *([speaker] if speaker else [])]:
        sources = {each.source, resolved_source(text, each, body_start=body_start)}
        if any(source is not None and is_called(text, source, name, body_start) for source in sources):
            return True
    return False


def _behind_its_source(claims: list[Claim], answer: Span) -> Span:
    """The part of an answer that stands behind who says it: of "the ministry denies that …" what it denies."""
    start = max((each.end for each in claims if each.start < answer[1] and answer[0] < each.end), default=answer[0])
    return (start, answer[1]) if start < answer[1] else answer


@lru_cache(maxsize=_ARTICLES_KEPT)
def _read(text: str, body_start: int) -> _Article:
    paragraphs = list(split_paragraphs(text, body_start))
    quotations = tuple(quotations_in(text, paragraphs))
    parts, place = [], 0
    for each in quotations:
        parts += [text[place : each.start], MASK * (each.end - each.start)]
        place = each.end
    return _Article(text, "".join([*parts, text[place:]]), tuple(paragraphs), quotations)


def _attribution(claim: Claim) -> Attribution:
    return Attribution(claim.start, claim.end, claim.source, claim.speech)


def _nearest(claims: list[Claim], answer: Span) -> Claim | None:
    """The claim with the shortest part that holds the answer; of equals the later one."""
    reaches = [(reach, -claim.start, claim) for claim in claims if (reach := claim.reach(answer)) is not None]
    return min(reaches, key=lambda each: each[:2])[2] if reaches else None


def _inside_quotation(article: _Article, sentence: Span, answer: Span) -> list[Claim]:
    """What the speaker of a quotation says that others say."""
    quotation = article.quotation_of(answer)
    if quotation is None:
        return []
    start, end = max(sentence[0], quotation.start), min(sentence[1], quotation.end)
    while start < end and not article.text[start].isalnum():
        start += 1
    while end > start and article.text[end - 1] in f"{_CLOSED} ":
        end -= 1
    return claims_in(article.text, start, end)


def _speaker(article: _Article, sentence: Span, answer: Span | None) -> Attribution | None:
    """Who speaks where a sentence stands in a quotation, or behind a speaker tag."""
    place = answer or sentence
    quotation = article.quotation_of(place) or (_quotation_at_start(article, sentence) if answer is None else None)
    at = article.paragraph_of(place[0])
    if quotation is not None:
        claim = _claim_of_quotation(article, at, quotation)
        if claim is not None:
            return _attribution(claim)
    tag = _tag(article, at)
    while tag is None and quotation is not None and at > 0 and _runs_on(article, at - 1, quotation):
        at -= 1
        quotation = article.quotation_of((article.paragraphs[at].end - 1, article.paragraphs[at].end))
        claim = _claim_of_quotation(article, at, quotation) if quotation else None
        if claim is not None:
            return _attribution(claim)
        tag = _tag(article, at)
    if tag is None or place[0] < tag.end:
        return None
    return Attribution(tag.start, tag.end, tag.name, speech=True)


def _quotation_at_start(article: _Article, sentence: Span) -> Quotation | None:
    return article.quotation_of((sentence[0], sentence[0] + 1))


def _tag(article: _Article, at: int) -> SpeakerTag | None:
    return speaker_tag(article.text, article.paragraphs[at].start, article.paragraphs[at].end)


def _runs_on(article: _Article, before: int, quotation: Quotation) -> bool:
    """Whether a quotation goes on from the paragraph `before`, which opens one and does not close it."""
    end = article.paragraphs[before].end
    opened = article.quotation_of((end - 1, end))
    starts = not article.text[article.paragraphs[before + 1].start : quotation.start].strip()
    return starts and opened is not None and article.text[end - 1] not in _CLOSED


def _claim_of_quotation(article: _Article, at: int, quotation: Quotation) -> Claim | None:
    """Who is said to say a quotation: in its own sentence, else in those before it in the paragraph.

    An agency names a speaker once in a paragraph: «"…," said Timur, who sells parts. "So …"».
    """
    earlier: Claim | None = None
    for start, end in _claim_sentences(article, at):
        claims = claims_in(article.masked, start, end)
        if start < quotation.end and end > quotation.start:
            clipped = (max(start, quotation.start), min(end, quotation.end))
            own = _nearest(claims, clipped)
            if own is not None:
                return own
        elif start < quotation.start:
            earlier = next((claim for claim in reversed(claims) if claim.speech), earlier)
    return earlier


def _claim_sentences(article: _Article, at: int) -> Iterator[Span]:
    """The sentences of a paragraph, after the one that leads up to it with a colon."""
    if at > 0 and article.text[article.paragraphs[at - 1].end - 1] == ":":
        before = article.paragraphs[at - 1].sentences[-1]
        yield before.start, before.end
    for sentence in article.paragraphs[at].sentences:
        yield sentence.start, sentence.end
