"""Measure a reader alone, each question over its own passage; prints one table.

    python tests/benchmarks/reading.py LABELLED... [--reader NAME]

A line of LABELLED (.jsonl, .jsonl.gz) is as `presscite train-reader` reads it. Nothing is retrieved, and
nothing learns.

  F1, exact     SQuAD's, of the questions with an answer, never refusing
  overall F1    of all questions, refusing where it pays most for these ("best F1" of SQuAD 2.0's program)
  area          under the curve of the no-answer score: of the head alone, and of head and margin together
"""

import argparse
from pathlib import Path

from bot.reader.trained import BUNDLED_READER, TrainedReader
from bot.reader.training.evaluation import area_under_curve, figures_of
from bot.reader.training.labelled import read_labelled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--reader", default=BUNDLED_READER)
    options = parser.parse_args()
    examples = read_labelled(options.labelled).examples
    reader = TrainedReader(options.reader).span_reader
    readings = [reader.read(each.question, [each.context])[0] for each in examples]
    figures = figures_of(examples, readings)
    head = area_under_curve([each.nothing for each in readings], [not each.answers for each in examples])
    shown = (figures.f1, figures.exact, figures.overall_f1, head, figures.area)
    print("| questions | F1 | exact | overall F1 | area, head | area, both |\n| --- | --- | --- | --- | --- | --- |")
    print(f"| {figures.questions:,} | {' | '.join('–' if each is None else f'{each:.3f}' for each in shown)} |")


if __name__ == "__main__":
    main()
