"""Measure searching many passages beside txtai, on the same passages and vectors; prints one table, in milliseconds.

    python tests/benchmarks/search_beside_txtai.py --place DIR --txtai PYTHON

DIR is a folder that large_folder.py has filled (`--place DIR`), PYTHON that of an environment with txtai. It makes
its hybrid index with content of the passages as they are, with the vectors of ours, its settings as they come.
The questions are those on the sample articles, embedded before: no row embeds anything. "dense" are the nearest
100, "words" the best 100 by BM25, "both" the best 20 with their texts; "recall@10" is that of the first ten of
"dense" against exact search, before our search ranks all 100 again by their exact vectors. Building txtai's
index takes minutes, and is not measured.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Encoder, Vectors
from index.search import DEPTH, Searcher, built, lexical
from index.snapshot import Snapshot
from index.store import Store
from index.vectors import VectorIndex

SAMPLE_QUESTIONS = Path(__file__).parent.parent / "sample_questions.jsonl"
COUNT = 20

TXTAI = """
import json, sys, time
import numpy as np
from txtai import Embeddings
place, count, depth = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
questions = json.load(open(f"{place}/questions.json"))
texts = [json.loads(line) for line in open(f"{place}/texts.jsonl")]
vectors, asked = np.load(f"{place}/vectors.npy"), np.load(f"{place}/asked.npy")
rows = {text: vectors[number] for number, text in enumerate(texts)} | dict(zip(questions, asked))
embeddings = Embeddings(method="external", transform=lambda some: np.array([rows[text] for text in some]),
                        hybrid=True, content=True)
embeddings.index((number, text, None) for number, text in enumerate(texts))
def times(call, arguments):
    found, taken = [], []
    for argument in arguments:
        began = time.perf_counter()
        found.append(call(argument))
        taken.append(time.perf_counter() - began)
    return found, taken
embeddings.search(questions[0], count)
nearest, dense = times(lambda vector: embeddings.ann.search(vector[None], depth), asked)
_, words = times(lambda question: embeddings.scoring.search(question, depth), questions)
_, both = times(lambda question: embeddings.search(question, count), questions)
near = [[int(key) for key, _ in found[0][:10]] for found in nearest]
print(json.dumps({"dense": dense, "words": words, "both": both, "near": near}))
"""


class Embedded(Encoder):
    """Knows the vectors of some questions."""

    def __init__(self, questions: Sequence[str], vectors: Vectors) -> None:
        super().__init__()
        object.__setattr__(self, "_known", dict(zip(questions, vectors, strict=True)))

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--place", type=Path, required=True)
    parser.add_argument("--txtai", type=Path, required=True, metavar="PYTHON")
    options = parser.parse_args()
    store = Store(options.place / "index")
    questions = [json.loads(line)["question"] for line in SAMPLE_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = Encoder().encode(questions)
    with store.snapshot() as snapshot:
        ids, vectors = map(np.concatenate, zip(*snapshot.vector_batches(), strict=True))
        exact = [np.argpartition(-(vectors @ query), 10)[:10] for query in asked]
        rows = {"presscite": ours(snapshot, store, questions, asked, ids)}
        with tempfile.TemporaryDirectory() as place:
            texts = {key: passage.text for key, passage in snapshot.passage_of_each_vector(1024) if passage}
            with Path(place, "texts.jsonl").open("w", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(texts[key])}\n" for key in ids.tolist())
            np.save(Path(place, "vectors.npy"), vectors)
            np.save(Path(place, "asked.npy"), asked)
            Path(place, "questions.json").write_text(json.dumps(questions), encoding="utf-8")
            command = [str(options.txtai), "-c", TXTAI, place, str(COUNT), str(DEPTH)]
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows["txtai"] = json.loads(said.splitlines()[-1])
    print(f"{len(ids):,} passages, {len(questions)} questions; median and 95th percentile\n")
    print("| | dense | words | both | recall@10 |\n| --- | --- | --- | --- | --- |")
    for name, row in rows.items():
        shown = " | ".join(milliseconds(row[part]) for part in ("dense", "words", "both"))
        right = sum(len(set(near) & set(best.tolist())) for near, best in zip(row["near"], exact, strict=True))
        print(f"| {name} | {shown} | {right / (10 * len(questions)):.4f} |")


def ours(
    snapshot: Snapshot, store: Store, questions: Sequence[str], asked: Vectors, ids: np.ndarray
) -> dict[str, list[Any]]:
    nearest = VectorIndex.load(store.vectors_file, snapshot.identity) or built(snapshot)
    searcher = Searcher(Embedded(questions, asked), store.vectors_file)
    searcher.search(snapshot, questions[0], COUNT)
    found, dense = times(lambda query: nearest.nearest(query, DEPTH), asked)
    _, words = times(lambda question: lexical(snapshot, question, DEPTH), questions)
    _, both = times(lambda question: searcher.search(snapshot, question, COUNT), questions)
    places = {key: number for number, key in enumerate(ids.tolist())}
    near = [[places[key] for key, _ in some[:10]] for some in found]
    return {"dense": dense, "words": words, "both": both, "near": near}


def times(call: Callable[[Any], Any], arguments: Iterable[Any]) -> tuple[list[Any], list[float]]:
    found, taken = [], []
    for argument in arguments:
        began = time.perf_counter()
        found.append(call(argument))
        taken.append(time.perf_counter() - began)
    return found, taken


def milliseconds(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f}, {1000 * statistics.quantiles(seconds, n=20)[-1]:.0f}"


if __name__ == "__main__":
    main()
