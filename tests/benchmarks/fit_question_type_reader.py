"""Fit the weights of the question type reader on labelled questions, and print them.

    python tests/benchmarks/fit_question_type_reader.py LABELLED.jsonl.gz... [--questions 2000]

Each line of a labelled file: {"context", "qas": [{"id", "question", "answers": [{"text", "start"}]}]}.
Every context becomes an article; a sentence is right if it holds a labelled answer of its question.
Needs scikit-learn, which sentence-transformers brings along.
"""

import argparse
import gzip
import json
import random
import tempfile
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from by_question_type import Features, QuestionTypeReader
from sklearn.linear_model import LogisticRegression

from index.embedding import Encoder
from index.reindex import reindex
from index.search import Searcher
from index.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--contexts", type=int, default=1200, help="articles a file")
    parser.add_argument("--questions", type=int, default=2000)
    options = parser.parse_args()
    chance = random.Random(0)
    encoder = Encoder()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "articles")
        folder.mkdir()
        asked = [each for path in options.labelled for each in _write_articles(path, folder, options.contexts, chance)]
        store = Store(Path(temporary, "index"))
        reindex(folder, store, encoder)
        rows, labels = _weigh(chance.sample(asked, min(options.questions, len(asked))), store, encoder)
    fit = LogisticRegression(C=10.0, max_iter=1000).fit(rows, labels)
    print(f"{len(labels)} sentences, {sum(labels)} right")
    print("bias", round(float(fit.intercept_[0]), 3))
    for field, weight in zip(fields(Features), fit.coef_[0], strict=True):
        print(field.name, round(float(weight), 3))


def _write_articles(path: Path, folder: Path, contexts: int, chance: random.Random) -> list[tuple[str, str, list[str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    asked = []
    for number, entry in enumerate(chance.sample(entries, min(contexts, len(entries)))):
        name = f"{path.name.split('.')[0]}-{number}.txt"
        (folder / name).write_text(entry["context"], encoding="utf-8")
        asked += [(qa["question"], name, [answer["text"] for answer in qa["answers"]]) for qa in entry["qas"]]
    return asked


def _weigh(asked: list[tuple[str, str, list[str]]], store: Store, encoder: Encoder) -> tuple[np.ndarray, list[bool]]:
    searcher, reader = Searcher(encoder), QuestionTypeReader(encoder)
    rows, labels = [], []
    with store.snapshot() as snapshot:
        for question, name, answers in asked:
            hits = searcher.search(snapshot, question, 10)
            for hit, start, end, features in reader.weigh(question, hits):
                sentence = hit.found.article.text[start:end]
                rows.append(astuple(features))
                labels.append(hit.found.article.path == name and any(answer in sentence for answer in answers))
    return np.array(rows), labels


if __name__ == "__main__":
    main()
