"""Measure an index of many articles: size, memory, search, the cost of a change, a cold start; prints one table.

    python tests/benchmarks/large_folder.py [--articles 25000] [--place DIR]

The articles are generated (see generated.py). Only SAMPLE of their passages are really embedded: the other
vectors are copies of those with some noise, so that this takes minutes and not hours; everything else is as
always. "index, ..." and "ask" are processes of their own, start to end. The questions are those on the sample
articles. `--place` keeps the folder and the index for another run.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from generated import articles, write_folder

from index.embedding import Encoder, Vectors
from index.passage import split_passages
from index.reindex import reindex
from index.search import DEPTH, Searcher, built, lexical
from index.store import Store
from index.vectors import VectorIndex

SAMPLE = 3_000
NOISE = 0.5
SAMPLE_QUESTIONS = Path(__file__).parent.parent / "sample_questions.jsonl"
REPEATS = 3


class NoisyEncoder(Encoder):
    """Gives each text a vector near that of one of a sample, chosen and disturbed by chance."""

    def prepare(self) -> None:
        texts = [
            text[passage.start : passage.end] for text in articles(SAMPLE // 10) for passage in split_passages(text)
        ]
        object.__setattr__(self, "_sample", super().encode(texts[:SAMPLE]))
        object.__setattr__(self, "_chance", np.random.default_rng(1))

    def encode(self, texts: Sequence[str]) -> Vectors:
        chance, sample = self._chance, self._sample
        noise = chance.normal(size=(len(texts), sample.shape[1])) / np.sqrt(sample.shape[1])
        vectors = sample[chance.integers(0, len(sample), len(texts))] + NOISE * noise
        return np.ascontiguousarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=25_000)
    parser.add_argument("--place", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.place or Path(temporary)
        folder, store = place / "articles", Store(place / "index")
        if not folder.exists():
            write_folder(folder, options.articles)
        rows = build(folder, store) + searches(store) + processes(folder, store)
    print("| what | figure |\n| --- | --- |")
    for name, figure in rows:
        print(f"| {name} | {figure} |")


def build(folder: Path, store: Store) -> list[tuple[str, str]]:
    encoder = NoisyEncoder()
    encoder.prepare()
    began = time.perf_counter()
    report = reindex(folder, store, encoder)
    seconds = time.perf_counter() - began
    with store.snapshot() as snapshot:
        statistics_ = snapshot.statistics
    size = sum(file.stat().st_size for file in store.folder.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        ("articles", f"{statistics_.articles:,}"),
        ("passages", f"{statistics_.passages:,}"),
        ("built without embedding", f"{seconds:.0f} s" if report.did_anything else "before"),
        ("on disk", f"{size / 1e6:,.0f} MB"),
        ("peak memory of building", f"{peak / 1e3:,.0f} MB"),
    ]


def searches(store: Store) -> list[tuple[str, str]]:
    questions = [json.loads(line)["question"] for line in SAMPLE_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    searcher = Searcher(Encoder(), store.vectors_file)
    with store.snapshot() as snapshot:
        asked = searcher.encoder.encode(questions)
        searcher.search(snapshot, questions[0], 10)
        nearest = VectorIndex.load(store.vectors_file, snapshot.identity) or built(snapshot)
        rows = [
            ("dense, ms", milliseconds([lambda q=q: nearest.nearest(q, DEPTH) for q in asked])),
            ("words, ms", milliseconds([lambda q=q: lexical(snapshot, q, DEPTH) for q in questions])),
            ("both and encoding, ms", milliseconds([lambda q=q: searcher.search(snapshot, q, 20) for q in questions])),
        ]
        ids, vectors = map(np.concatenate, zip(*snapshot.vector_batches(), strict=True))
        hits = 0
        for query in asked:
            right = set(ids[np.argpartition(-(vectors @ query), 10)[:10]].tolist())
            hits += len(right & {key for key, _ in nearest.nearest(query, DEPTH)})
    return [*rows, ("recall@10 of dense", f"{hits / (10 * len(asked)):.4f}")]


def milliseconds(calls: Sequence[Callable[[], object]]) -> str:
    taken = []
    for call in calls:
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    return f"median {statistics.median(taken):.0f}, 95th percentile {statistics.quantiles(taken, n=20)[-1]:.0f}"


def processes(folder: Path, store: Store) -> list[tuple[str, str]]:
    where = ["--corpus", str(folder), "--index", str(store.folder)]
    edited = folder / "000" / "000000.txt"

    def edit(number: int) -> None:
        edited.write_text(f"Edited {number} times. {next(articles(1, seed=number + 2))}", encoding="utf-8")

    rows = [("index, nothing changed", taken(["index", *where]))]
    rows.append(("index, one article edited", taken(["index", *where], before=edit)))
    rows.append(("ask, cold", taken(["ask", "how many detainees?", *where])))
    return rows


def taken(arguments: list[str], before: Callable[[int], None] = lambda _: None) -> str:
    seconds = []
    for number in range(REPEATS):
        before(number)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", *arguments], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - began)
    return f"{statistics.median(seconds):.1f} s"


if __name__ == "__main__":
    main()
