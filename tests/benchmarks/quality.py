"""Measure answers on labelled questions, beside the plain baseline, and print one table.

    python tests/benchmarks/quality.py QUESTIONS.jsonl GOLD.jsonl --corpus DIR

A line of QUESTIONS: {"id", "question"}; of GOLD: {"id", "answers": [text], "answerable": true or
false, "articles": [name], "evidence": [text]}, of which "articles" and "evidence" may be missing.
Two baselines: sentences weighed by a few features, with an answer of the kind asked for (see
by_question_type.py); and the sentence with the highest cosine to the question, alone, never refusing.

  answer_em/f1   SQuAD's exact match and word F1 of the short answer (unanswered counts 0)
  quote_hit@1    share of answerable questions with a gold answer inside the first quote
  article_hit@1  share whose first quote is from a gold article
  evidence_f1    word F1 of the first quote against the best gold evidence (SQuAD's normalisation)
  refusal_*      precision, recall and F1 of "not found" as a detector of unanswerable questions
  exact_quotes   share of all quotes equal to their slice of the article
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from by_question_type import QuestionTypeReader

from bot.answer import Answer, Status
from bot.answering import answer_question
from bot.evaluating import Evaluation, Judged
from bot.labelled import LabelledQuestion
from bot.library import Library, open_library
from bot.quoting import quote_span

MEASURES = (
    "answered",
    "answer_em",
    "answer_f1",
    "quote_hit@1",
    "article_hit@1",
    "evidence_f1",
    "refusal_precision",
    "refusal_recall",
    "refusal_f1",
    "false_dispute",
    "exact_quotes",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    labelled = read_pair(options.questions, options.gold)
    with tempfile.TemporaryDirectory() as index:
        library = open_library(options.corpus, Path(index))
        library.refresh()
        untrained = replace(library, reader=QuestionTypeReader(library.searcher.encoder), min_confidence=0.05)
        systems = {
            "presscite": lambda question: answer_question(question, library),
            "question types, untrained": lambda question: answer_question(question, untrained),
            "top dense sentence": dense_baseline(library),
        }
        print("| system |", " | ".join(MEASURES), "|")
        print("| --- |", " | ".join("---" for _ in MEASURES), "|")
        for name, system in systems.items():
            evaluation = Evaluation(tuple(Judged(each, system(each.question)) for each in labelled))
            row = evaluation.measures | {"exact_quotes": exact_share(evaluation, options.corpus)}
            print(f"| {name} |", " | ".join(f"{row[each]:.3f}" if each in row else "–" for each in MEASURES), "|")


def read_pair(questions: Path, gold: Path) -> list[LabelledQuestion]:
    """The labelled questions of two files of the same ids."""
    lines = [
        [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for path in (questions, gold)
    ]
    asked = {str(row["id"]): row["question"] for row in lines[0]}
    return [
        LabelledQuestion(
            str(row["id"]),
            asked[str(row["id"])],
            tuple(row["answers"]),
            row["answerable"],
            tuple(row.get("articles", ())),
            tuple(row.get("evidence", ())),
        )
        for row in lines[1]
    ]


def dense_baseline(library: Library) -> Callable[[str], Answer]:
    """The one sentence of all articles that is nearest to the question."""
    with library.store.snapshot() as snapshot:
        found = snapshot.fetch(range(1, snapshot.statistics.passages + 1)).values()
    spans = [(each.article, s.start, s.end) for each in found for s in each.passage.sentences if s.quotable]
    encoder = library.searcher.encoder
    vectors = encoder.encode([article.text[start:end] for article, start, end in spans])

    def answer(question: str) -> Answer:
        article, start, end = spans[int(np.argmax(vectors @ encoder.encode([question])[0]))]
        quote = quote_span(library.folder, article, start, end)
        return Answer(question, Status.ANSWERED, 1.0, (quote,) if quote else ())

    return answer


def exact_share(evaluation: Evaluation, corpus: Path) -> float:
    """The share of all quotes that equal their slice, by one line of Python for UTF-8 articles."""
    quotes = [quote for each in evaluation.judged for quote in each.answer.quotes]
    texts = {quote.article: (corpus / quote.article).read_bytes().decode() for quote in quotes}
    return sum(texts[q.article][q.start : q.end] == q.text for q in quotes) / max(len(quotes), 1)


if __name__ == "__main__":
    main()
