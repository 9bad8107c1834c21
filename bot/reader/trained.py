"""The trained reader: span scores, no-answer scores and retrieval, weighed into one confidence."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from bot.reader.inference import Scorer, SpanReader
from bot.reader.precision import computes_in_bfloat16
from bot.reader.protocol import Candidate
from corpus.errors import ModelError
from index.embedding import BUNDLED_SHA256, bundled_folder
from index.records import StoredPassage
from index.search import Hit
from index.sentences import Sentence

BUNDLED_READER = Path(__file__).parent / "weights"
"""The reader that comes with Presscite; its model card is beside it."""

PORTIONS = (5, 10, 15, 20)
SURE = 0.3
HOPELESS = 0.006
"""The best confidence from which passages further down are not read, and, for each passage read, below which.

Of 680 development questions (SQuAD's over 444 articles, OneStopQA's over its own, SQuAD's over those), reading
twenty passages finds as much with these stops as without them: three differ, one of them not found. Nine passages
are read for a question in the mean, and five for two thirds of them.
"""

AGREEING = 10
"""Of so many passages those that hold the words of a sure answer are read in any case."""

SETTINGS, WEIGHTS = "reader.json", "reader.safetensors"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is weighed of the best span of one passage."""

    margin: float
    """How far the span's score is above the null score."""
    nothing: float
    """The no-answer head's logit."""
    cosine: float
    """Of question and passage."""
    lexical: float
    """BM25 as a share of the best hit's; 0 if the lexical search did not find it."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression from evidence to the probability that the span answers."""

    bias: float
    weights: Evidence

    def probability(self, evidence: Evidence) -> float:
        """From 0 to 1."""
        pairs = zip(astuple(self.weights), astuple(evidence), strict=True)
        return 1 / (1 + math.exp(-(self.bias + sum(weight * value for weight, value in pairs))))


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What `reader.json` says that is needed to use the weights beside it."""

    maximum_length: int
    """Tokens of a window, question and special ones included."""
    stride: int
    """Passage tokens that a window shares with the next."""
    confidence: Calibration


def read_settings(folder: Path) -> ReaderSettings:
    """The settings of the reader in `folder`.

    Raises `ModelError` where they are missing or malformed, or name another encoder than the bundled one.
    """
    file = folder / SETTINGS
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        confidence = Calibration(values["confidence"]["bias"], Evidence(**values["confidence"]["weights"]))
        settings = ReaderSettings(int(values["maximum_length"]), int(values["stride"]), confidence)
        trained_over = values["encoder_sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise ModelError(f"{file} cannot be used ({reason}).", "Give the folder of a trained reader.") from None
    if trained_over != BUNDLED_SHA256:
        raise ModelError(f"{file}: this reader was trained over another encoder.", "Give one over the bundled encoder.")
    return settings


class TrainedReader:
    """Reads passages with an extractive reader, loaded when it is first used.

    `source` is the folder of a reader trained over the bundled encoder, or the folder or name of a
    question answering model of Hugging Face's form. The confidence of the latter is that of the bundled
    reader for the same margin, since nothing else is known of it.
    """

    def __init__(self, source: Path | str = BUNDLED_READER) -> None:
        self._source = source

    def read(self, question: str, hits: Sequence[Hit], *, every: bool = False) -> list[Candidate]:
        """See `Reader.read`; at most one candidate a sentence.

        It reads in PORTIONS, further ones only while the best is neither SURE nor HOPELESS, and then what holds
        the same words.
        """
        found: list[Candidate] = []
        portions = [] if every else [end for end in PORTIONS if end < len(hits)]
        for start, end in pairwise((0, *portions, len(hits))):
            found += self._candidates(question, hits[start:end])
            best = max(found, key=lambda candidate: candidate.confidence, default=None)
            if best is None:
                continue
            if best.confidence < HOPELESS * end:
                break
            if best.confidence >= SURE:
                found += self._candidates(question, _may_agree(best, hits[end:AGREEING]))
                break
        return sorted(found, key=lambda candidate: -candidate.confidence)

    def _candidates(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        confidence = self._settings.confidence
        return [
            Candidate(hit, sentence.start, sentence.end, confidence.probability(evidence), answer)
            for hit, sentence, answer, evidence in self.weigh(question, hits)
        ]

    def weigh(
        self, question: str, hits: Sequence[Hit]
    ) -> Iterator[tuple[Hit, Sentence, tuple[int, int] | None, Evidence]]:
        """The best span of each sentence that has one of its passage's best, best first in each passage."""
        # Not before something is read: its many patterns take as long to load as all else that indexing needs.
        from bot.language.choices import span_chosen
        from bot.reader.answer_form import trimmed_answer
        from bot.reader.headings import heading_of
        from bot.reader.ruling_out import is_ruled_out
        from bot.reader.span_rules import without_name

        texts = [readable_text(question, hit.found) for hit in hits]
        headings = [heading_of(hit.found.article, hit.found.passage.start, hit.found.passage.end) for hit in hits]
        for hit, readable, reading in zip(hits, texts, self.span_reader.read(question, texts, headings), strict=True):
            text, offset = hit.found.article.text, hit.found.passage.start
            seen: set[Sentence] = set()
            for span in reading.spans:
                start, end = offset + span.start, offset + span.end
                if is_ruled_out(question, text, start, end, readable[span.start : span.end]):
                    continue
                end = without_name(question, text, start, end)
                sentence = _sentence_around(hit.found, start, end)
                if sentence is None or sentence in seen:
                    continue
                picked = span_chosen(question, text, (sentence.start, sentence.end), (start, end))
                if picked is not None:
                    seen.add(sentence)
                    margin = span.score - reading.null_score
                    evidence = Evidence(margin, reading.nothing, hit.cosine, hit.lexical)
                    yield hit, sentence, trimmed_answer(text, sentence, *picked), evidence

    @property
    def _folder(self) -> Path | None:
        """The folder of a reader of ours; None for a model of Hugging Face's form."""
        folder = Path(self._source)
        named = not folder.exists() and not folder.is_absolute() and not str(self._source).startswith(".")
        return None if named or ((folder / "config.json").is_file() and not (folder / SETTINGS).is_file()) else folder

    @cached_property
    def _settings(self) -> "ReaderSettings":
        return read_settings(self._folder or BUNDLED_READER)

    @cached_property
    def span_reader(self) -> SpanReader:
        """The reader of single passages beneath, loaded when it is first asked for."""
        if self._folder is None:
            from bot.reader.hugging_face import load_question_answering_model

            return load_question_answering_model(str(self._source))

        from bot.reader.windows import Windower
        from index.tokenising import Tokeniser

        tokeniser = Tokeniser.from_folder(bundled_folder())
        scorer = _scorer(bundled_folder(), self._folder / WEIGHTS, tokeniser.padding)
        return SpanReader(scorer, Windower(tokeniser, self._settings.maximum_length, self._settings.stride))


def _scorer(encoder: Path, weights: Path, padding: int) -> Scorer:
    """The reader's network: on OpenVINO, or where there is none on PyTorch, as it learned."""
    try:
        from index.runtime import EncoderNetwork
    except ImportError:
        from bot.reader.training.network import NetworkScorer, load_network

        return NetworkScorer(load_network(encoder, weights), padding, half=computes_in_bfloat16())
    from bot.reader.scoring import ReaderScorer, read_reader_tensors

    shape, tensors = read_reader_tensors(encoder, weights)
    return ReaderScorer(EncoderNetwork(shape, tensors, padding), tensors, shape.width)


def readable_text(question: str, found: StoredPassage) -> str:
    """A passage's text with all that cannot answer `question` blanked out, so that offsets stay as they are.

    That is what cannot be quoted, and datelines, which say where and when a report was filed.
    """
    from bot.language.datelines import datelines_to_ignore

    offset = found.passage.start
    text = found.article.text[offset : found.passage.end]
    blank = [(s.start - offset, s.end - offset) for s in found.passage.sentences if not s.quotable]
    for start, end in (*blank, *datelines_to_ignore(question, text)):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _may_agree(best: Candidate, hits: Sequence[Hit]) -> list[Hit]:
    """The passages that hold the words of the best answer, so that all who say it can be named."""
    said = best.answer_text.casefold()
    return [hit for hit in hits if said and said in hit.found.text.casefold()]


def _sentence_around(found: StoredPassage, start: int, end: int) -> Sentence | None:
    """The one quotable sentence that holds the whole span, None if there is none; with the next where it is a date.

    A chronicle heads its entries so: "2 January." shows nothing without what happened then.
    """
    from bot.language.dates import is_date_alone

    sentences = [s for s in found.passage.sentences if s.quotable]
    number = next((n for n, s in enumerate(sentences) if s.start <= start and end <= s.end), None)
    if number is None:
        return None
    holds = sentences[number]
    if number + 1 < len(sentences) and is_date_alone(found.article.text[holds.start : holds.end]):
        return Sentence(holds.start, sentences[number + 1].end)
    return holds
