"""Fit the confidence of a reader on labelled questions over whole corpora, and print it for reader.json.

    python tests/benchmarks/fit_confidence.py --set QUESTIONS.jsonl GOLD.jsonl CORPUS [--set ...] [--reader DIR]

The files are those of quality.py. For every question, the best span of each passage that retrieval
finds is an example, right if it stands in a gold article and either agrees with a gold answer (word F1
of at least 0.5) or its sentence does with the gold evidence (0.4). A logistic regression weighs the
reader's margin, its no-answer logit and the cosine. The weight of the lexical share is given, not
fitted: it compares the passages of one question with each other and says nothing of other questions,
and on questions that were written from their paragraph, as SQuAD's, a fit makes far too much of it.

Then, for some thresholds: the F1 of "not found" over all questions, and how much answer F1 it costs.
"""

import argparse
import json
import tempfile
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

import numpy as np
from quality import read_pair
from scipy.optimize import minimize

from bot.answering import PASSAGES_READ
from bot.evaluating import LabelledQuestion
from bot.library import open_library
from bot.reader.trained import BUNDLED_READER, Evidence, TrainedReader
from bot.squad_measures import word_f1

THRESHOLDS = (0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)


@dataclass(frozen=True)
class Example:
    """One span of one question: what is weighed of it, whether it is right, and its answer's F1."""

    question: int
    answerable: bool
    evidence: Evidence
    right: bool
    answer_f1: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, type=Path, action="append", required=True, dest="sets")
    parser.add_argument("--reader", type=Path, default=BUNDLED_READER)
    parser.add_argument("--lexical", type=float, default=2.0)
    options = parser.parse_args()
    reader = TrainedReader(options.reader)
    examples: list[Example] = []
    for questions, gold, corpus in options.sets:
        examples += collect(questions, gold, corpus, reader, len(examples))
    weights = fit(examples, options.lexical)
    bias, values = weights[0], Evidence(*(round(float(weight), 4) for weight in weights[1:]))
    print(json.dumps({"bias": round(float(bias), 4), "weights": asdict(values)}))
    print_thresholds(examples, weights)


def collect(questions: Path, gold: Path, corpus: Path, reader: TrainedReader, first: int) -> list[Example]:
    examples = []
    with tempfile.TemporaryDirectory() as index:
        library = open_library(corpus, Path(index))
        library.refresh()
        for number, row in enumerate(read_pair(questions, gold), start=first):
            with library.store.snapshot() as snapshot:
                hits = library.searcher.search(snapshot, row.question, PASSAGES_READ)
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


def print_thresholds(examples: list[Example], weights: np.ndarray) -> None:
    best: dict[int, tuple[float, Example]] = {}
    for each in examples:
        logit = weights[0] + float(np.dot(weights[1:], astuple(each.evidence)))
        if each.question not in best or logit > best[each.question][0]:
            best[each.question] = (logit, each)
    confidence = np.array([1 / (1 + np.exp(-logit)) for logit, _ in best.values()])
    answerable = np.array([each.answerable for _, each in best.values()])
    answer_f1 = np.array([each.answer_f1 for _, each in best.values()])
    print("| threshold | answered | not found F1 | answer F1 lost |\n| --- | --- | --- | --- |")
    for threshold in THRESHOLDS:
        refused = confidence < threshold
        rightly = (refused & ~answerable).sum()
        refusal_f1 = 2 * rightly / max(refused.sum() + (~answerable).sum(), 1)
        lost = answer_f1[answerable & refused].sum() / max(answerable.sum(), 1)
        print(f"| {threshold} | {(~refused[answerable]).mean():.3f} | {refusal_f1:.3f} | {lost:.3f} |")


if __name__ == "__main__":
    main()
