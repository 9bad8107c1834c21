"""Figures of a reader on labelled questions: SQuAD's exact match and F1, and how well it refuses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.reader.inference import Reading
from bot.reader.training.labelled import Example
from bot.squad_measures import normalised, word_f1

NO_SPAN_MARGIN = -20.0
"""Of a passage without words: far below what a network gives."""

MARGIN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Figures:
    """Reading alone, each question over its own passage; None where no question can tell."""

    questions: int
    exact: float | None
    """Of the questions with an answer, never refusing; as `f1`."""
    f1: float | None
    overall_f1: float
    """Of all questions, refusing where it pays most (the "best F1" of SQuAD 2.0's program)."""
    area: float | None
    """Area under the curve of `refusal_score`, telling the questions without an answer."""


def answer_f1(example: Example, reading: Reading) -> float:
    """The F1 of the best span with the gold answer nearest to it; 0 where there is none."""
    text = best_text(example, reading)
    return max((word_f1(text, answer.text) for answer in example.answers), default=0.0)


def best_text(example: Example, reading: Reading) -> str:
    """What the best span of a reading of the example's passage says; empty if there is no span."""
    return example.context[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""


def margin(reading: Reading) -> float:
    """How far the best span's score is above the null score."""
    return reading.spans[0].score - reading.null_score if reading.spans else NO_SPAN_MARGIN


def refusal_score(reading: Reading) -> float:
    """One number that grows with "no answer here": the no-answer logit less half the span's margin."""
    return reading.nothing - MARGIN_WEIGHT * margin(reading)


def area_under_curve(scores: Sequence[float], truth: Sequence[bool]) -> float | None:
    """The chance that a true one scores above a false one, ties counting half (Mann and Whitney, 1947).

    None if there are not both.
    """
    true = np.asarray(truth, dtype=bool)
    positive, negative = int(true.sum()), int((~true).sum())
    if not positive or not negative:
        return None
    _, inverse, counts = np.unique(np.asarray(scores, dtype=np.float64), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[true].sum() - positive * (positive + 1) / 2) / (positive * negative))


def best_overall_f1(gains: Sequence[float | None], refusals: Sequence[float]) -> float:
    """The mean F1 over all questions at the refusal score that is best for it.

    `gains` holds the F1 of answering, None for a question without an answer: refused, it counts 1.
    """
    order = np.argsort(np.asarray(refusals, dtype=np.float64), kind="stable")
    changes = np.array([-1.0 if gain is None else gain for gain in gains])[order]
    refused = sum(gain is None for gain in gains)
    return float((np.concatenate([[0.0], np.cumsum(changes)]) + refused).max() / len(gains))


def figures_of(examples: Sequence[Example], readings: Sequence[Reading]) -> Figures:
    """The figures of at least one example, each with the reading of its own passage."""
    pairs = list(zip(examples, readings, strict=True))
    gains = [answer_f1(example, reading) if example.answers else None for example, reading in pairs]
    exact = [
        any(normalised(best_text(example, reading)) == normalised(answer.text) for answer in example.answers)
        for example, reading in pairs
        if example.answers
    ]
    answered = [gain for gain in gains if gain is not None]
    refusals = [refusal_score(reading) for reading in readings]
    return Figures(
        questions=len(examples),
        exact=sum(exact) / len(exact) if exact else None,
        f1=sum(answered) / len(answered) if answered else None,
        overall_f1=best_overall_f1(gains, refusals),
        area=area_under_curve(refusals, [gain is None for gain in gains]),
    )
