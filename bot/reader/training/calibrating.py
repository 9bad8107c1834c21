"""Calibrating: from margins and no-answer logits to the probability that a span answers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.reader.inference import Reading
from bot.reader.trained import Calibration
from bot.reader.training.evaluation import margin

FEWEST_OF_EACH = 25
"""Right and wrong readings; with fewer the fit would follow chance."""

USUAL_COSINE = 0.5
USUAL_LEXICAL = 0.75
"""Of a passage that a search finds."""

PENALTY = 1.0
STEPS = 50
PRECISION = 1e-8

Numbers = NDArray[np.float64]


def fitted(readings: Sequence[Reading], right: Sequence[bool], given: Calibration) -> Calibration | None:
    """A calibration that tells readings whose best span is right; None if there are too few of either kind.

    Margin and no-answer logit are weighed by logistic regression. How much the search counts cannot be
    learned without one: those weights stay as `given`, and the bias makes up for what they usually add.
    """
    if min(sum(right), len(right) - sum(right)) < FEWEST_OF_EACH:
        return None
    evidence = np.array([[1.0, margin(reading), reading.nothing] for reading in readings])
    bias, of_margin, of_nothing = logistic_regression(evidence, np.array(right, dtype=np.float64))
    usual = given.weights.cosine * USUAL_COSINE + given.weights.lexical * USUAL_LEXICAL
    weights = replace(given.weights, margin=float(of_margin), nothing=float(of_nothing))
    return Calibration(float(bias) - usual, weights)


def logistic_regression(evidence: Numbers, truth: Numbers) -> Numbers:
    """The weights, shape (columns,), that make `truth` likeliest, by Newton's method.

    `evidence` has shape (rows, columns), its first column 1; `truth`, shape (rows,), is 0 or 1. The
    squares of all weights but the first are penalised, which keeps them finite.
    """
    weights = np.zeros(evidence.shape[1])
    penalty = np.diag([0.0] + [PENALTY] * (len(weights) - 1))
    for _ in range(STEPS):
        # The same as 1 / (1 + exp(-x)), without overflow.
        likely = 0.5 * (1 + np.tanh(evidence @ weights / 2))
        slope = evidence.T @ (likely - truth) + penalty @ weights
        curve = (evidence * (likely * (1 - likely))[:, None]).T @ evidence + penalty
        step = np.linalg.lstsq(curve, slope, rcond=None)[0]
        weights = weights - step
        if float(np.abs(step).max()) < PRECISION:
            break
    return weights
