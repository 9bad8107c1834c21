"""Measure a reader alone, each question over its own passage, beside the untrained one; prints one table.

    python tests/benchmarks/reading.py LABELLED... [--reader NAME]

A line of LABELLED (.jsonl, .jsonl.gz) is as `presscite train-reader` reads it. Nothing is retrieved, and
nothing learns. "question types, untrained" is what the product read with before it had a reader: sentences
weighed by a few features (see by_question_type.py).

  F1, exact     SQuAD's, of the questions with an answer, never refusing
  overall F1    of all questions, refusing where it pays most for these ("best F1" of SQuAD 2.0's program)
  area          under the curve of the no-answer score: of the head alone, and of head and margin together
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from by_question_type import QuestionTypeReader

from bot.reader.inference import Reading, Span
from bot.reader.trained import BUNDLED_READER, TrainedReader
from bot.reader.training.evaluation import area_under_curve, figures_of
from bot.reader.training.labelled import Example, read_labelled
from corpus.article import Article
from index.embedding import Encoder
from index.passage import split_passages
from index.records import StoredPassage
from index.search import Hit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--reader", default=BUNDLED_READER)
    options = parser.parse_args()
    examples = read_labelled(options.labelled).examples
    reader = TrainedReader(options.reader).span_reader
    systems = {
        "presscite": [reader.read(each.question, [each.context])[0] for each in examples],
        "question types, untrained": untrained(examples),
    }
    print(f"{len(examples):,} questions\n")
    print("| reader | F1 | exact | overall F1 | area, head | area, both |\n| --- | --- | --- | --- | --- | --- |")
    for name, readings in systems.items():
        figures = figures_of(examples, readings)
        head = area_under_curve([each.nothing for each in readings], [not each.answers for each in examples])
        shown = (figures.f1, figures.exact, figures.overall_f1, head, figures.area)
        print(f"| {name} | {' | '.join('–' if each is None else f'{each:.3f}' for each in shown)} |")


def untrained(examples: Sequence[Example]) -> list[Reading]:
    """What the untrained reader says; it knows no null score, so that its doubt is all that refuses."""
    reader, readings = QuestionTypeReader(Encoder()), []
    for each in examples:
        article = Article("a.txt", "text", each.context, "00", "utf-8", 0, "")
        passages = enumerate(split_passages(each.context))
        hits = [Hit(StoredPassage(number, article, passage), 1.0, 1.0, 1.0, 1.0) for number, passage in passages]
        best = next(iter(reader.read(each.question, hits)), None)
        if best is None:
            readings.append(Reading((), 0.0, 0.0))
        else:
            readings.append(Reading((Span(*(best.answer or (best.start, best.end)), 0.0),), 0.0, -best.confidence))
    return readings


if __name__ == "__main__":
    main()
