"""Measure answers while the folder changes: 8 clients ask, 500 articles come and 500 go; prints one table.

    python tests/benchmarks/while_it_changes.py [--clients 8] [--articles 500]

Every answer is checked: no error, and each quote is the slice that it says of a file with the hash that it
says, as that file was at some moment of the run.
"""

import argparse
import hashlib
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

from generated import articles

from bot.answer import Answer, Status
from bot.answering import answer_question
from bot.library import open_library
from bot.refreshing import Refresher
from bot.settings import sample_articles

SAMPLE_QUESTIONS = Path(__file__).parent.parent / "sample_questions.jsonl"
PAUSE = 0.02


class Folder:
    """A corpus folder that remembers every text that a file of it ever had."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.texts: dict[str, str] = {}
        place.mkdir()

    def write(self, name: str, text: str) -> None:
        self.texts[hashlib.sha256(text.encode()).hexdigest()] = text
        (self.place / name).write_text(text, encoding="utf-8")

    def wrong(self, answer: Answer) -> str:
        if answer.status is Status.ERROR:
            return answer.error or "an error"
        quotes = [*answer.quotes, *answer.closest]
        slices = (self.texts.get(quote.sha256, "")[quote.start : quote.end] == quote.text for quote in quotes)
        return "" if all(slices) else "a quote is not verbatim"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--articles", type=int, default=500)
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in SAMPLE_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    over, seconds, faults = threading.Event(), [], []
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place, "articles"))
        for file in sample_articles().glob("*.md"):
            folder.write(file.name, file.read_text(encoding="utf-8"))
        texts = list(articles(2 * options.articles))
        for number, text in enumerate(texts[: options.articles]):
            folder.write(f"{number:04}.txt", text)
        library = open_library(folder.place, Path(place, "index"))
        library.refresh()
        refresher = Refresher(library)

        def ask(first: int) -> None:
            number = first
            while not over.is_set():
                began = time.perf_counter()
                answer = answer_question(questions[number % len(questions)], library)
                seconds.append(time.perf_counter() - began)
                faults.extend(filter(None, [folder.wrong(answer)]))
                number += 1

        clients = [threading.Thread(target=ask, args=(7 * number,)) for number in range(options.clients)]
        for client in clients:
            client.start()
        for number, text in enumerate(texts[options.articles :]):
            folder.write(f"new{number:04}.txt", text)
            (folder.place / f"{number:04}.txt").unlink()
            refresher.ask()
            time.sleep(PAUSE)
        ended = refresher.refresh(wait=600)
        over.set()
        for client in clients:
            client.join()
    times = f"{1000 * statistics.median(seconds):.0f} | {1000 * statistics.quantiles(seconds, n=20)[-1]:.0f}"
    print("| clients | answers | faults | up to date at the end | median ms | 95th percentile ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| {options.clients} | {len(seconds)} | {len(faults)} | {'yes' if ended else 'no'} | {times} |")
    for fault in sorted(set(faults)):
        print(f"- {fault}")


if __name__ == "__main__":
    main()
