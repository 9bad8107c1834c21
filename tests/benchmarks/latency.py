"""Measure how long a warm answer takes, and where the time goes; prints one table in milliseconds.

    python tests/benchmarks/latency.py [--corpus DIR] [--questions QUESTIONS.jsonl] [--most 60]

Each question is asked once, after three that are not counted. "encode" embeds the question, "search"
finds the passages in vectors and words, "read" is the reader, "quote" proves the quotes.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from bot.answering import PASSAGES_READ, answer_question
from bot.library import open_library
from bot.settings import sample_articles

SAMPLE_QUESTIONS = Path(__file__).parent.parent / "sample_questions.jsonl"
UNCOUNTED = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=sample_articles())
    parser.add_argument("--questions", type=Path, default=SAMPLE_QUESTIONS)
    parser.add_argument("--most", type=int, default=60)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()[: options.most]
    questions = [json.loads(line)["question"] for line in lines]
    times: dict[str, list[float]] = {name: [] for name in ("encode", "search", "read", "quote", "whole")}
    with tempfile.TemporaryDirectory() as index:
        library = open_library(options.corpus, Path(index))
        library.refresh()
        for question in [*questions[:UNCOUNTED], *questions]:
            began = time.perf_counter()
            library.searcher.encoder.encode([question])
            encoded = time.perf_counter()
            with library.store.snapshot() as snapshot:
                hits = library.searcher.search(snapshot, question, PASSAGES_READ)
            searched = time.perf_counter()
            library.reader.read(question, hits)
            read = time.perf_counter()
            answer_question(question, library)
            ended = time.perf_counter()
            encode = encoded - began
            search = searched - encoded - encode
            times["encode"].append(encode)
            times["search"].append(max(search, 0.0))
            times["read"].append(read - searched)
            times["whole"].append(ended - read)
            times["quote"].append(max(ended - read - (read - encoded), 0.0))
    print("| part | median ms | 95th percentile ms |")
    print("| --- | --- | --- |")
    for name, values in times.items():
        counted = [1000 * value for value in values[UNCOUNTED:]]
        print(f"| {name} | {statistics.median(counted):.0f} | {statistics.quantiles(counted, n=20)[-1]:.0f} |")


if __name__ == "__main__":
    main()
