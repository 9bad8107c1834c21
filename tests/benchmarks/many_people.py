"""Measure a served chat while many people ask it; prints one table.

    python tests/benchmarks/many_people.py [--people 20] [--seconds 60] [--pause 5] [--corpus DIR]

Each of the people asks the questions of tests/sample_questions.jsonl in an order of their own, over HTTP as a program
does, waits for the answer, checks that every quote is verbatim, and pauses as one who reads it would. With
`--pause 0` they ask as fast as answers come. The times are those from the question to the whole answer.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS))

from served import Served, call, served  # noqa: E402 - it lies one folder up

from bot.settings import sample_articles  # noqa: E402

SAMPLE_QUESTIONS = TESTS / "sample_questions.jsonl"


@dataclass
class Measured:
    """What all people saw."""

    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=5.0)
    parser.add_argument("--corpus", type=Path, default=sample_articles())
    options = parser.parse_args()
    lines = SAMPLE_QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    measured = Measured()
    with tempfile.TemporaryDirectory() as index, served(options.corpus, Path(index)) as server:
        with server.client() as client:
            for question in questions[:3]:
                call(client, "ask", question=question)
        end = time.monotonic() + options.seconds
        people = [
            threading.Thread(target=person, args=(server, questions, number, options.pause, end, measured))
            for number in range(options.people)
        ]
        for each in people:
            each.start()
        for each in people:
            each.join()
    quantiles = statistics.quantiles(measured.seconds, n=20)
    print("| people | pause s | answers | answers a second | p50 s | p95 s | longest s | errors |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    print(
        f"| {options.people} | {options.pause:g} | {len(measured.seconds):,} |"
        f" {len(measured.seconds) / options.seconds:.1f} | {statistics.median(measured.seconds):.2f} |"
        f" {quantiles[-1]:.2f} | {max(measured.seconds):.2f} | {len(measured.problems)} |"
    )
    for problem in sorted(set(measured.problems))[:5]:
        print(problem, file=sys.stderr)
    sys.exit(1 if measured.problems else 0)


def person(server: Served, questions: list[str], number: int, pause: float, end: float, measured: Measured) -> None:
    """Ask until `end`, a moment of `time.monotonic`."""
    chance = random.Random(number)
    mine = chance.sample(questions, len(questions))
    # People do not come at the same moment, unless they do not pause at all.
    time.sleep(chance.uniform(0, pause))
    with server.client() as client:
        while time.monotonic() < end:
            for question in mine:
                if time.monotonic() >= end:
                    return
                began = time.perf_counter()
                ended, answer = call(client, "ask", question=question)
                measured.seconds.append(time.perf_counter() - began)
                if ended != "complete" or answer["status"] == "error":
                    measured.problems.append(f"{question}: {ended} {answer}"[:300])
                else:
                    measured.problems.extend(f"{question}: {wrong}" for wrong in not_verbatim(server, answer))
                time.sleep(chance.uniform(0.5, 1.5) * pause)


def not_verbatim(server: Served, answer: dict[str, list[dict[str, str]]]) -> list[str]:
    """The quotes that are no slice of their article."""
    wrong = []
    for quote in [*answer["quotes"], *answer["closest"]]:
        text = (server.folder / quote["article"]).read_text(encoding="utf-8")
        if text[int(quote["start"]) : int(quote["end"])] != quote["text"]:
            wrong.append(quote["text"])
    return wrong


if __name__ == "__main__":
    main()
