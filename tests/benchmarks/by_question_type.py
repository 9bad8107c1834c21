"""A reader without training: it weighs sentences by a few features and types the answer.

It needs nothing but the encoder that the index has, and it is the baseline that a trained reader
must beat.
"""

import math
import re
import threading
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache

import numpy as np
from question_type import QuestionType, answer_spans, type_of

from bot.reader.protocol import Candidate
from index.embedding import Encoder, Vectors
from index.search import Hit, content_words

_MOST_VECTORS = 20_000

_WORD = re.compile(r"\w+")
_ENDING = re.compile(
    r"(?<=\w{3})(?:ations?|ings?|ments?|ees?|ers?|ies|ied|ed|es|s|y|e|ly|al|ов|ами|ах|ей|ый|ые|ого|а|ы|и)$"
)

_SAME_IN_THE_NEWS = (
    "dead died dies die death deaths killed kill killing fatality fatalities toll victim victims",
    "wounded wound injured injuries hurt casualties",
    "detained detainee detainees detention arrested arrests arrest custody",
    "soldier soldiers troop troops servicemen military army",
    "protest protests protesters demonstration demonstrators rally rallies unrest riots rioters",
    "start started starts begin began begun start",
    "leader president head",
    "say said says told stated declared claimed announced according",
)
"""Words that news articles use for one another where an asker means one thing."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is weighed of one sentence for one question; each about 0 to 1."""

    sentence_cosine: float
    passage_cosine: float
    """The best cosine of a sentence in the same passage."""
    sentence_coverage: float
    """The share of the question's words that the sentence has."""
    passage_coverage: float
    """The share that the passage and its article's title have."""
    corpus_coverage: float
    """The share that any of the passages found has."""
    has_type: float
    """1 if it holds an answer of the kind asked for, -1 if it lacks one, 0 if any will do."""


# Logistic regression; see tests/benchmarks/fit_question_type_reader.py for how to fit it again.
_BIAS = -8.0
_WEIGHTS = Features(4.8, 3.388, 2.985, 2.13, -1.465, 0.851)

_SURE_KINDS = (QuestionType.COUNT, QuestionType.MONEY, QuestionType.DATE)
"""Kinds of answer that are recognised surely enough to doubt a sentence without one."""

_WITHOUT_ITS_KIND = 0.2
"""What such a sentence's confidence is multiplied with; chosen on OneStopQA and the seeds."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A short form that words of one root share, crudely: "detainees" and "detained" both give "detain"."""
    for group in _SAME_IN_THE_NEWS:
        if word in group.split():
            return group.split()[0]
    return _ENDING.sub("", word)


def stems(text: str) -> set[str]:
    """The stems of all words of `text`."""
    return {stem(word) for word in _WORD.findall(text.lower())}


class QuestionTypeReader:
    """Chooses sentences by likeness to the question, and in them a span of the kind asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._vectors: dict[str, np.ndarray] = {}

    def read(self, question: str, hits: Sequence[Hit], *, every: bool = False) -> list[Candidate]:  # noqa: ARG002 (it reads all)
        """See `Reader.read`."""
        kind = type_of(question)
        found = []
        for hit, start, end, features in self.weigh(question, hits):
            score = _BIAS + sum(w * f for w, f in zip(astuple(_WEIGHTS), astuple(features), strict=True))
            doubt = _WITHOUT_ITS_KIND if kind in _SURE_KINDS and features.has_type < 0 else 1.0
            found.append(Candidate(hit, start, end, doubt / (1 + math.exp(-score))))
        found.sort(key=lambda candidate: -candidate.confidence)
        return [replace(each, answer=choose_span(question, kind, each)) for each in found]

    def weigh(self, question: str, hits: Sequence[Hit]) -> list[tuple[Hit, int, int, Features]]:
        """Every quotable sentence of `hits` as (hit, start, end, features), in their order."""
        spans = [
            (rank, hit, sentence.start, sentence.end)
            for rank, hit in enumerate(hits, start=1)
            for sentence in hit.found.passage.sentences
            if sentence.quotable
        ]
        texts = [hit.found.article.text[start:end] for _, hit, start, end in spans]
        vectors = self._encode([question, *texts])
        cosines = [float(cosine) for cosine in vectors[1:] @ vectors[0]]
        best_of: dict[int, float] = {}
        for (rank, *_), cosine in zip(spans, cosines, strict=True):
            best_of[rank] = max(cosine, best_of.get(rank, 0.0))
        wanted = {stem(word) for word in content_words(question)}
        of_passage = [stems(f"{hit.found.article.title}\n{hit.found.text}") for hit in hits]
        anywhere = set().union(*of_passage) if of_passage else set()
        kind = type_of(question)
        return [
            (
                hit,
                start,
                end,
                Features(
                    sentence_cosine=cosine,
                    passage_cosine=best_of[rank],
                    sentence_coverage=_share(wanted, stems(text)),
                    passage_coverage=_share(wanted, of_passage[rank - 1]),
                    corpus_coverage=_share(wanted, anywhere),
                    has_type=_has_type(question, kind, text),
                ),
            )
            for (rank, hit, start, end), text, cosine in zip(spans, texts, cosines, strict=True)
        ]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, remembering the latest: sentences come back with the next question."""
        with self._lock:
            if len(self._vectors) > _MOST_VECTORS:
                self._vectors.clear()
            new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
            return np.stack([self._vectors[text] for text in texts])


def choose_span(question: str, kind: QuestionType, candidate: Candidate) -> tuple[int, int] | None:
    """The span of the kind asked for that stands nearest to the question's own words.

    In characters of the article's text; None if the sentence holds none, or any kind will do.
    """
    sentence = candidate.hit.found.article.text[candidate.start : candidate.end]
    wanted = {stem(word) for word in content_words(question)}
    places = [match.start() for match in _WORD.finditer(sentence) if stem(match[0].lower()) in wanted]

    def distance(span: tuple[int, int]) -> int:
        start, end = span
        # What is counted follows its number, so words behind the span are nearer than those before.
        return min((place - end if place >= end else 2 * (start - place) for place in places), default=0)

    best = min(answer_spans(question, kind, sentence), key=distance, default=None)
    return None if best is None else (candidate.start + best[0], candidate.start + best[1])


def _share(wanted: set[str], found: set[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _has_type(question: str, kind: QuestionType, sentence: str) -> float:
    if kind is QuestionType.OTHER:
        return 0.0
    return 1.0 if any(True for _ in answer_spans(question, kind, sentence)) else -1.0
