"""Fit the confidence of a reader on labelled questions over whole corpora, and print it for reader.json.

    python tests/benchmarks/fit_confidence.py --set QUESTIONS.jsonl GOLD.jsonl CORPUS [--set ...] [--reader DIR]

The files are those of quality.py. For every question, the best span of each passage that retrieval
finds is an example, right if it stands in a gold article and either agrees with a gold answer (word F1
of at least 0.5) or its sentence does with the gold evidence (0.4). A logistic regression weighs the
reader's margin, its no-answer logit and the cosine. The weight of the lexical share is given, not
fitted: it compares the passages of one question with each other and says nothing of other questions,
and on questions that were written from their paragraph, as SQuAD's, a fit makes far too much of it.

Then, for some thresholds: precision, recall and F1 of "not found" over all questions, and how much answer F1 it costs;
and, of ten bins of confidence, how often the answer of that confidence is right (`--diagram FILE.svg` draws
it). One half of the questions is measured with what the other half fitted, so nothing is measured on what
it was fitted to; the confidence that is printed is fitted to all.
"""

import argparse
import json
import tempfile
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from quality import read_pair
from scipy.optimize import minimize

from bot.labelled import LabelledQuestion
from bot.library import open_library
from bot.reader.trained import AGREEING, BUNDLED_READER, Evidence, TrainedReader
from bot.squad_measures import word_f1

BINS = 10
THRESHOLDS = (0.02, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)


@dataclass(frozen=True)
class Example:
    """One span of one question: what is weighed of it, whether it is right, and its answer's F1."""

    question: int
    answerable: bool
    evidence: Evidence
    right: bool
    answer_f1: float


@dataclass(frozen=True)
class Judged:
    """The best span of one question, with its confidence."""

    example: Example
    confidence: float


@dataclass(frozen=True)
class Bin:
    """Some questions of about one confidence, and the share of them that was answered right."""

    confidence: float
    questions: int
    right: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, type=Path, action="append", required=True, dest="sets")
    parser.add_argument("--reader", type=Path, default=BUNDLED_READER)
    parser.add_argument("--lexical", type=float, default=2.0)
    parser.add_argument("--diagram", type=Path)
    options = parser.parse_args()
    reader = TrainedReader(options.reader)
    examples: list[Example] = []
    for questions, gold, corpus in options.sets:
        examples += collect(questions, gold, corpus, reader, examples[-1].question + 1 if examples else 0)
    weights = fit(examples, options.lexical)
    bias, values = weights[0], Evidence(*(round(float(weight), 4) for weight in weights[1:]))
    print(json.dumps({"bias": round(float(bias), 4), "weights": asdict(values)}))
    judged = cross_fitted(examples, options.lexical)
    print_thresholds(judged)
    bins = reliability(judged)
    print("| confidence | questions | right |\n| --- | --- | --- |")
    for each in bins:
        print(f"| {each.confidence:.2f} | {each.questions} | {each.right:.2f} |")
    if options.diagram:
        options.diagram.write_text(diagram(bins), encoding="utf-8")


def collect(questions: Path, gold: Path, corpus: Path, reader: TrainedReader, first: int) -> list[Example]:
    examples = []
    with tempfile.TemporaryDirectory() as index:
        library = open_library(corpus, Path(index))
        library.refresh()
        for number, row in enumerate(read_pair(questions, gold), start=first):
            with library.store.snapshot() as snapshot:
                hits = library.searcher.search(snapshot, row.question, AGREEING)
            seen: set[int] = set()
            for hit, sentence, answer, evidence in reader.weigh(row.question, hits):
                if hit.found.id not in seen:
                    seen.add(hit.found.id)
                    article = hit.found.article
                    said = article.text[slice(*answer)] if answer else ""
                    quoted = article.text[sentence.start : sentence.end]
                    examples.append(judge(number, row, article.path, said, quoted, evidence))
    return examples


def judge(number: int, row: LabelledQuestion, path: str, said: str, quoted: str, evidence: Evidence) -> Example:
    answer_f1 = max((word_f1(said, answer) for answer in row.answers), default=0.0)
    evidence_f1 = max((word_f1(quoted, each) for each in row.evidence), default=0.0)
    in_gold = not row.articles or Path(path).stem in {Path(name).stem for name in row.articles}
    right = row.answerable and in_gold and (answer_f1 >= 0.5 or evidence_f1 >= 0.4)
    return Example(number, row.answerable, evidence, right, answer_f1)


def fit(examples: list[Example], lexical: float) -> np.ndarray:
    """Logistic regression with the lexical weight held fast: bias, then the weights of `Evidence`."""
    rows = np.array([astuple(each.evidence) for each in examples])
    right = np.array([each.right for each in examples], dtype=float)
    free = np.column_stack([np.ones(len(rows)), rows[:, :3]])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = free @ weights + lexical * rows[:, 3]
        value = np.mean(np.logaddexp(0, logits) - right * logits)
        return float(value), free.T @ (1 / (1 + np.exp(-logits)) - right) / len(right)

    return np.append(minimize(loss, np.zeros(4), jac=True, method="L-BFGS-B").x, lexical)


def cross_fitted(examples: list[Example], lexical: float) -> list[Judged]:
    """The best span of each question, its confidence fitted on the questions of the other half."""
    best: dict[int, Judged] = {}
    for half in (0, 1):
        weights = fit([each for each in examples if each.question % 2 != half], lexical)
        for each in (each for each in examples if each.question % 2 == half):
            logit = weights[0] + float(np.dot(weights[1:], astuple(each.evidence)))
            confidence = float(1 / (1 + np.exp(-logit)))
            if each.question not in best or confidence > best[each.question].confidence:
                best[each.question] = Judged(each, confidence)
    return [best[number] for number in sorted(best)]


def print_thresholds(judged: list[Judged]) -> None:
    confidence = np.array([each.confidence for each in judged])
    answerable = np.array([each.example.answerable for each in judged])
    answer_f1 = np.array([each.example.answer_f1 for each in judged])
    columns = ("threshold", "answered", "not found precision", "recall", "F1", "answer F1 lost")
    print(f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}")
    for threshold in THRESHOLDS:
        refused = confidence < threshold
        rightly = (refused & ~answerable).sum()
        precision, recall = rightly / max(refused.sum(), 1), rightly / max((~answerable).sum(), 1)
        refusal_f1 = 2 * rightly / max(refused.sum() + (~answerable).sum(), 1)
        lost = answer_f1[answerable & refused].sum() / max(answerable.sum(), 1)
        figures = ((~refused[answerable]).mean(), precision, recall, refusal_f1, lost)
        print(f"| {threshold} | {' | '.join(f'{each:.3f}' for each in figures)} |")


def reliability(judged: list[Judged]) -> list[Bin]:
    """Ten bins of equally many questions, by confidence."""
    ordered = sorted(judged, key=lambda each: each.confidence)
    return [
        Bin(fmean(each.confidence for each in some), len(some), fmean(each.example.right for each in some))
        for some in (ordered[len(ordered) * n // BINS : len(ordered) * (n + 1) // BINS] for n in range(BINS))
        if some
    ]


def diagram(bins: list[Bin]) -> str:
    """A reliability diagram as SVG: how often right against confidence, beside the line of perfect honesty."""
    side, edge = 320, 48
    points = [(edge + side * each.confidence, edge + side * (1 - each.right)) for each in bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    ticks = "".join(
        f'<text x="{edge + side * n / 4:.0f}" y="{edge + side + 18}" text-anchor="middle">{n / 4:g}</text>'
        f'<text x="{edge - 8}" y="{edge + side * (1 - n / 4) + 4:.0f}" text-anchor="end">{n / 4:g}</text>'
        for n in range(5)
    )
    whole = side + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif">'
        f'<rect width="{whole}" height="{whole}" fill="white"/>'
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#bbb"/>'
        f'<path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#bbb" stroke-dasharray="5"/>'
        f'<polyline points="{line}" fill="none" stroke="#0b6e4f" stroke-width="2"/><g fill="#0b6e4f">{dots}</g>{ticks}'
        f'<text x="{whole / 2:.0f}" y="{whole - 10}" text-anchor="middle">confidence</text>'
        f'<text x="14" y="{whole / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {whole / 2:.0f})">right</text>'
        "</svg>\n"
    )


if __name__ == "__main__":
    main()
