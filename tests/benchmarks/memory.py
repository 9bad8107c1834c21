"""Measure the memory of a served chat over many questions; prints one table.

    python tests/benchmarks/memory.py [--questions 5000] [--every 500] [--clients 4] [--most-growth 0.1]

The questions of tests/sample_questions.jsonl are asked over HTTP, again and again, each time with a number behind them
so that no two are the same. The memory is what the server holds resident (VmRSS of Linux's /proc), in MiB. It
ends with 1 if the second half of the questions makes it grow by more than `--most-growth` of what it was.
"""

import argparse
import itertools
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS))

from served import Served, call, served  # noqa: E402 - it lies one folder up

from bot.settings import sample_articles  # noqa: E402

SAMPLE_QUESTIONS = TESTS / "sample_questions.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--every", type=int, default=500)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--most-growth", type=float, default=0.1)
    options = parser.parse_args()
    lines = SAMPLE_QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    numbered = (f"{question} ({number})" for number, question in enumerate(itertools.cycle(questions)))
    print("| questions | resident MiB | seconds |")
    print("| --- | --- | --- |")
    resident: list[float] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as index, served(sample_articles(), Path(index)) as server:
        for done in range(0, options.questions + 1, options.every):
            if done:
                ask_all(server, [next(numbered) for _ in range(options.every)], options.clients)
            resident.append(resident_of(server))
            print(f"| {done:,} | {resident[-1]:.0f} | {time.monotonic() - began:.0f} |", flush=True)
    # The models and the threads' own memory are there after the first half.
    growth = resident[-1] / resident[len(resident) // 2] - 1
    print(f"\nGrowth over the second half: {growth:.1%}")
    sys.exit(1 if growth > options.most_growth else 0)


def ask_all(server: Served, questions: list[str], clients: int) -> None:
    """Ask all of these, shared out among so many clients."""

    def ask(mine: list[str]) -> None:
        with server.client() as client:
            for question in mine:
                ended, answer = call(client, "ask", question=question)
                assert ended == "complete", answer

    threads = [threading.Thread(target=ask, args=(questions[number::clients],)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def resident_of(server: Served) -> float:
    """MiB that the server's process holds resident."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
