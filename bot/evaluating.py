"""Measuring the bot on labelled questions: answers, quotes, refusals, and whether confidence is honest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from statistics import fmean
from typing import Any

from bot.answer import Answer, Position, Status
from bot.following_up import answer_in_conversation, turn_of
from bot.labelled import LabelledPosition, LabelledQuestion
from bot.language.antecedents import Turn
from bot.language.figures import figure_of
from bot.questions import QuestionRow
from bot.rendering import printable
from bot.squad_measures import normalised, word_f1

RELIABILITY_BINS = 10

AGREES = 0.5
"""Word F1 from which an answer, or the sentence quoted for it, counts as right."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer beside its labels; every measure is from 0 to 1, or None where nothing was labelled."""

    labelled: LabelledQuestion
    answer: Answer

    @property
    def exact(self) -> float:
        """SQuAD's exact match; an unanswered question has none, nor has a disputed one, which has no one answer."""
        wanted = [answer for answer in map(normalised, self.labelled.answers) if answer]
        return float(self.answer.answered and normalised(self.answer.answer or "") in wanted)

    @property
    def f1(self) -> float:
        """SQuAD's word F1 against the best of the right answers; 0 when unanswered or disputed."""
        return self._f1_of(self.answer.answer or "")

    @property
    def article_hit(self) -> float | None:
        """Whether the first quote is from a labelled article."""
        if not self.labelled.articles:
            return None
        right = {PurePosixPath(name).stem for name in self.labelled.articles}
        return float(any(PurePosixPath(quote.article).stem in right for quote in self.answer.quotes[:1]))

    @property
    def evidence_f1(self) -> float | None:
        """Word F1 of the first quote against the best of the labelled sentences; 0 when unanswered."""
        if not self.labelled.evidence:
            return None
        return max((word_f1(q.text, e) for q in self.answer.quotes[:1] for e in self.labelled.evidence), default=0.0)

    def quote_hit(self, count: int) -> float:
        """Whether a right answer stands in the first `count` quotes."""
        texts = [normalised(quote.text) for quote in self.answer.quotes[:count]]
        answers = [answer for answer in map(normalised, self.labelled.answers) if answer]
        return float(any(answer in text for answer in answers for text in texts))

    def as_json(self) -> dict[str, Any]:
        """One question, what was answered, and what is right."""
        return {
            "id": self.labelled.id,
            "question": self.labelled.question,
            "status": self.answer.status.value,
            "answer": self.answer.answer,
            "wanted": list(self.labelled.answers),
            "confidence": round(self.answer.confidence, 4),
            "right": self.right,
        }

    @property
    def right(self) -> bool:
        """Whether the answer stands in its first quote, or the right sentences were quoted, or rightly none."""
        if not self.labelled.answerable:
            return not self.answer.answered
        if self.labelled.counted is not None:
            return self.answer.counted is not None and self.answer.counted.count == self.labelled.counted
        if self.labelled.positions and self.answer.status is Status.DISPUTED:
            return self.positions_found == 1
        return bool(self.quote_hit(1)) or max(self._f1_of(self._surest), self.evidence_f1 or 0.0) >= AGREES

    @property
    def status_right(self) -> float | None:
        """Whether it ended as it was labelled."""
        return None if self.labelled.status is None else float(self.answer.status is self.labelled.status)

    @property
    def positions_found(self) -> float | None:
        """The share of the labelled positions that the answer has."""
        if not self.labelled.positions:
            return None
        return fmean(any(_says(said, each) for said in self.answer.positions) for each in self.labelled.positions)

    @property
    def falsely_disputed(self) -> bool:
        """Whether it is said to be disputed, and is labelled otherwise."""
        return self.answer.status is Status.DISPUTED and self.labelled.status is not Status.DISPUTED

    def _f1_of(self, said: str) -> float:
        if not self.answer.answered:
            return 0.0
        return max((word_f1(said, answer) for answer in self.labelled.answers), default=0.0)

    @property
    def _surest(self) -> str:
        """The short answer; of a disputed one the surest position's."""
        surest = max(self.answer.positions, key=lambda position: position.confidence, default=None)
        return self.answer.answer or (surest and surest.answer) or ""


def _says(said: Position, wanted: LabelledPosition) -> bool:
    """Whether a position is the labelled one: the same figure, or words that share more than half with it."""
    answer = said.answer or said.quotes[0].text
    figure = figure_of(answer)
    for each in wanted.answers:
        other = figure_of(each)
        if figure and other:
            if figure.agrees_with(other):
                return True
        elif word_f1(answer, each) >= AGREES or normalised(each) in normalised(answer):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers of like confidence: how sure they were, and how many were right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All judged answers of one labelled file."""

    judged: tuple[Judged, ...]

    @property
    def measures(self) -> dict[str, float]:
        """By name; over the answerable questions, but for refusals, which are over all.

        `refusal_*` measure "not found" as a detector of unanswerable questions; `false_answer` is the share
        of those that were answered all the same.
        """
        answerable = [each for each in self.judged if each.labelled.answerable]
        hits = [each.article_hit for each in answerable]
        evidence = [each.evidence_f1 for each in answerable]
        values = {
            "answered": [float(each.answer.answered) for each in answerable],
            "answer_em": [each.exact for each in answerable],
            "answer_f1": [each.f1 for each in answerable],
            "quote_hit@1": [each.quote_hit(1) for each in answerable],
            "quote_hit@3": [each.quote_hit(3) for each in answerable],
            "article_hit@1": [] if all(hit is None for hit in hits) else [hit or 0.0 for hit in hits],
            "evidence_f1": [] if all(f1 is None for f1 in evidence) else [f1 or 0.0 for f1 in evidence],
        }
        return {name: fmean(some) for name, some in values.items() if some} | self._comparing() | self._refusals()

    def _comparing(self) -> dict[str, float]:
        """Over all questions that are labelled so: the right status, positions found; disputes where there is none."""
        answered = [each for each in self.judged if each.answer.answered]
        values = {
            "status_accuracy": [each.status_right for each in self.judged if each.status_right is not None],
            "position_recall": [each.positions_found for each in self.judged if each.positions_found is not None],
            "false_dispute": [float(each.falsely_disputed) for each in answered],
        }
        return {name: fmean(some) for name, some in values.items() if some}

    @property
    def by_kind(self) -> dict[str, dict[str, float]]:
        """For each kind of question, in the order of the file: how many, and how many ended right."""
        kinds = dict.fromkeys(each.labelled.kind for each in self.judged if each.labelled.kind)
        return {kind: _of_kind([each for each in self.judged if each.labelled.kind == kind]) for kind in kinds}

    def _refusals(self) -> dict[str, float]:
        unanswerable = sum(not each.labelled.answerable for each in self.judged)
        if not unanswerable:
            return {}
        refused = sum(not each.answer.answered for each in self.judged)
        rightly = sum(not each.answer.answered and not each.labelled.answerable for each in self.judged)
        precision, recall = rightly / max(refused, 1), rightly / unanswerable
        f1 = 2 * precision * recall / (precision + recall) if rightly else 0.0
        return {
            "refusal_precision": precision,
            "refusal_recall": recall,
            "refusal_f1": f1,
            "false_answer": 1 - recall,
        }

    @property
    def reliability(self) -> tuple[Bin, ...]:
        """Answers in bins of equal width of confidence, lowest first; empty bins are left out."""
        bins: list[list[Judged]] = [[] for _ in range(RELIABILITY_BINS)]
        for each in self.judged:
            if each.answer.answered:
                place = int(each.answer.confidence * RELIABILITY_BINS)
                bins[min(place, RELIABILITY_BINS - 1)].append(each)
        return tuple(
            Bin(len(some), fmean(e.answer.confidence for e in some), fmean(float(e.right) for e in some))
            for some in bins
            if some
        )

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: how far confidence is from being right, averaged over answers.

        Naeini, Cooper & Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015.
        """
        total = sum(each.count for each in self.reliability)
        return sum(each.count * abs(each.confidence - each.right) for each in self.reliability) / max(total, 1)

    def worst(self, count: int) -> list[Judged]:
        """The `count` questions that went most wrong: wrong ones first, the surest of them first."""
        return sorted(self.judged, key=lambda each: (each.right, -each.answer.confidence))[:count]

    def as_json(self, worst: int = 0) -> dict[str, Any]:
        """All figures, the reliability of the confidence, and the `worst` questions, so many of them."""
        return {
            "questions": len(self.judged),
            "unanswerable": sum(not each.labelled.answerable for each in self.judged),
            **{name: round(value, 4) for name, value in self.measures.items()},
            "by_kind": self.by_kind,
            "calibration_error": round(self.calibration_error, 4),
            "reliability": [
                {"count": each.count, "confidence": round(each.confidence, 4), "right": round(each.right, 4)}
                for each in self.reliability
            ],
            "worst": [each.as_json() for each in self.worst(worst)],
        }


def judged_in_order(questions: Sequence[LabelledQuestion], answer: Callable[[QuestionRow], Answer]) -> Iterator[Judged]:
    """Each question answered and judged, those of a conversation as what they mean after the ones before."""
    conversations: dict[str | None, list[Turn]] = {}
    for each in questions:
        before = conversations.setdefault(each.conversation, []) if each.conversation else []
        row = QuestionRow(each.id, each.question, dict(each.columns))
        said = answer_in_conversation(each.question, before, _answers_as(row, answer))
        before += [turn] if (turn := turn_of(said)) else []
        yield Judged(each, said)


def _answers_as(row: QuestionRow, answer: Callable[[QuestionRow], Answer]) -> Callable[[str], Answer]:
    return lambda text: answer(replace(row, question=text))


def _of_kind(judged: Sequence[Judged]) -> dict[str, float]:
    values = {
        "right": [float(each.right) for each in judged],
        "status": [each.status_right for each in judged if each.status_right is not None],
        "positions": [each.positions_found for each in judged if each.positions_found is not None],
    }
    return {"questions": len(judged)} | {name: round(fmean(some), 4) for name, some in values.items() if some}


def evaluation_as_text(evaluation: Evaluation, worst: Sequence[Judged]) -> str:
    """A table of the figures, the reliability of the confidence, and the worst rows."""
    lines = [f"{'questions':<18} {len(evaluation.judged):>6}"]
    lines += [f"{name:<18} {value:>6.3f}" for name, value in evaluation.measures.items()]
    lines += [f"{'calibration_error':<18} {evaluation.calibration_error:>6.3f}", "", "confidence  right  answers"]
    lines += [f"{each.confidence:>10.2f} {each.right:>6.2f} {each.count:>8}" for each in evaluation.reliability]
    if evaluation.by_kind:
        lines += ["", f"{'kind':<12} {'questions':>9}  right status positions"]
    for kind, figures in evaluation.by_kind.items():
        shown = (
            f"{figures[name]:>6.2f}" if name in figures else f"{'–':>6}" for name in ("right", "status", "positions")
        )
        lines.append(f"{kind:<12} {figures['questions']:>9} {' '.join(shown)}")
    if worst:
        lines += ["", "The worst:"]
    for each in worst:
        wanted = " | ".join(each.labelled.answers[:2]) or "not found"
        said = each.answer.answer or each.answer.status.value.replace("_", " ")
        lines.append("  " + printable(f"{each.labelled.id}: {each.labelled.question} [{said}; wanted: {wanted}]"))
    return "\n".join(lines)
