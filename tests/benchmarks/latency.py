"""Measure how long a warm answer takes, and where the time goes; prints one table in milliseconds.

    python tests/benchmarks/latency.py [--corpus DIR] [--questions QUESTIONS.jsonl] [--most 60]

Each question is asked once, after three that are not counted. "encode" embeds the question, "search"
finds the passages in vectors and words, "read" is the reader, "compare" holds what it found against
each other, "quote" proves the quotes; "whole" is an answer from question to quotes, that of a question
for a count, for which more passages are read and compared, by itself. "cold" is `presscite ask` as a
new process, start to end, five times.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.answering import PASSAGES_READ, answer_question
from bot.comparing import compare
from bot.language.asking import Sought, asked_of
from bot.library import Library, open_library
from bot.positions import proven_positions
from bot.settings import sample_articles

SAMPLE_QUESTIONS = Path(__file__).parent.parent / "sample_questions.jsonl"
WARMING_UP = ("What happened?", "Who said so?", "When was it?")
COLD_STARTS = 5
WHOLE = ("whole, one answer", "whole, comparing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=sample_articles())
    parser.add_argument("--questions", type=Path, default=SAMPLE_QUESTIONS)
    parser.add_argument("--most", type=int, default=60)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()[: options.most]
    questions = [json.loads(line)["question"] for line in lines]
    times: dict[str, list[float]] = {name: [] for name in ("encode", "search", "read", "compare", "quote", *WHOLE)}
    with tempfile.TemporaryDirectory() as index:
        library, taken_apart = (open_library(options.corpus, Path(index)) for _ in range(2))
        library.refresh()
        times["cold"] = [cold(options.corpus, index) for _ in range(COLD_STARTS + len(WARMING_UP))]
        for question in [*WARMING_UP, *questions]:
            # Two libraries, since one would remember what it has read.
            for part, seconds in parts(question, taken_apart).items():
                times[part].append(seconds)
            began = time.perf_counter()
            answer_question(question, library)
            comparing = asked_of(question).sought is Sought.COUNT
            times[WHOLE[comparing]].append(time.perf_counter() - began)
    print("| part | median ms | 95th percentile ms |")
    print("| --- | --- | --- |")
    for name, values in times.items():
        counted = [1000 * value for value in (values if name == WHOLE[True] else values[len(WARMING_UP) :])]
        print(f"| {name} | {statistics.median(counted):.0f} | {statistics.quantiles(counted, n=20)[-1]:.0f} |")


def cold(corpus: Path, index: str) -> float:
    """The seconds of one answer in a process of its own."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "ask", "how many detainees?", "--corpus", str(corpus), "--index", index]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def parts(question: str, library: Library) -> dict[str, float]:
    """The seconds of each part of an answer, one after the other."""
    moments = [time.perf_counter()]
    library.searcher.encoder.encode([question])
    moments.append(time.perf_counter())
    with library.store.snapshot() as snapshot:
        hits = library.searcher.search(snapshot, question, PASSAGES_READ)
    moments.append(time.perf_counter())
    candidates = library.reader.read(question, hits)
    moments.append(time.perf_counter())
    found = compare(asked_of(question), candidates, library.min_confidence)
    moments.append(time.perf_counter())
    with library.store.snapshot() as snapshot:
        proven_positions(found, snapshot, library.folder)
    moments.append(time.perf_counter())
    encode, search, read, compared, quote = (after - before for before, after in itertools.pairwise(moments))
    return {"encode": encode, "search": search - encode, "read": read, "compare": compared, "quote": quote}


if __name__ == "__main__":
    main()
