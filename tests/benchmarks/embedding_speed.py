"""Measure how fast passages are embedded and indexed, beside the plain ways; prints one table.

    python tests/benchmarks/embedding_speed.py [--articles 60] [--txtai PYTHON]

Every row has the same passages of generated articles and the same model, one after the other in one run,
each once for warming up on a tenth of them. "presscite index" is the whole way: reading, splitting, embedding,
words and commits. `--txtai` is a Python of an environment that has txtai, whose hybrid index with content is
given the passages as they are. `cosine` is the mean cosine with the vectors of sentence-transformers.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from generated import articles, write_folder
from sentence_transformers import SentenceTransformer

from bot.library import open_library
from index.embedding import Encoder, bundled_folder
from index.passage import split_passages
from index.reindex import embedded_text

TXTAI = """
import json, sys, time
from txtai import Embeddings
texts, model = json.load(open(sys.argv[1])), sys.argv[2]
embeddings = Embeddings(path=model, hybrid=True, content=True, gpu=False)
embeddings.index(texts[: len(texts) // 10])
began = time.perf_counter()
embeddings.index(texts)
print(time.perf_counter() - began)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--txtai", type=Path, metavar="PYTHON")
    options = parser.parse_args()
    texts = [
        embedded_text(f"Article {number}", text, passage)
        for number, text in enumerate(articles(options.articles))
        for passage in split_passages(text)
    ]
    ours, plain = Encoder(), SentenceTransformer(str(bundled_folder()), device="cpu")
    theirs, seconds = timed(lambda some: plain.encode(some, normalize_embeddings=True), texts)
    rows = [("SentenceTransformer.encode", seconds, 1.0)]
    vectors, seconds = timed(ours.encode, texts)
    rows.append(("presscite's encoder", seconds, float((vectors * theirs).sum(axis=1).mean())))
    rows.append(("presscite index", indexing(options.articles), float("nan")))
    if options.txtai:
        rows.append(("txtai index", txtai(options.txtai, texts), float("nan")))
    print(
        f"{len(texts)} passages\n\n| what | passages a second | times the first | cosine |\n| --- | --- | --- | --- |"
    )
    for name, taken, cosine in rows:
        shown = "" if np.isnan(cosine) else f"{cosine:.4f}"
        print(f"| {name} | {len(texts) / taken:.0f} | {rows[0][1] / taken:.2f} | {shown} |")


def timed(encode: Callable[[list[str]], np.ndarray], texts: list[str]) -> tuple[np.ndarray, float]:
    encode(texts[: len(texts) // 10])
    began = time.perf_counter()
    vectors = encode(texts)
    return vectors, time.perf_counter() - began


def indexing(count: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        write_folder(Path(place, "articles"), count)
        library = open_library(Path(place, "articles"), Path(place, "index"))
        library.searcher.encoder.encode(["warm"])
        began = time.perf_counter()
        library.refresh()
        return time.perf_counter() - began


def txtai(python: Path, texts: list[str]) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        command = [str(python), "-c", TXTAI, file.name, str(bundled_folder())]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


if __name__ == "__main__":
    main()
