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
  refusal_f1     F1 of "not found" as a detector of unanswerable questions
  exact_quotes   share of all quotes equal to their slice of the article
"""

import argparse
import json
import re
import string
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from by_question_type import QuestionTypeReader

from bot.answer import Answer, Status
from bot.answering import answer_question
from bot.library import Library, open_library
from bot.quoting import quote_span

MEASURES = (
    "answered",
    "answer_em",
    "answer_f1",
    "quote_hit@1",
    "article_hit@1",
    "evidence_f1",
    "refusal_f1",
    "exact_quotes",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    asked = {str(row["id"]): row["question"] for row in read_lines(options.questions)}
    gold = read_lines(options.gold)
    with tempfile.TemporaryDirectory() as index:
        library = open_library(options.corpus, Path(index))
        library.refresh()
        untrained = replace(library, reader=QuestionTypeReader(library.searcher.encoder), min_confidence=0.05)
        systems = {
            "presscite": lambda question: answer_question(question, library),
            "question types, untrained": lambda question: answer_question(question, untrained),
            "top dense sentence": dense_baseline(library),
        }
        rows = {name: measure(gold, asked, system, options.corpus) for name, system in systems.items()}
    print("| system |", " | ".join(MEASURES), "|")
    print("| --- |", " | ".join("---" for _ in MEASURES), "|")
    for name, row in rows.items():
        print(f"| {name} |", " | ".join(f"{row[each]:.3f}" if each in row else "–" for each in MEASURES), "|")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


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


def measure(
    gold: list[dict[str, Any]], asked: dict[str, str], system: Callable[[str], Answer], corpus: Path
) -> dict[str, float]:
    sums: Counter[str] = Counter()
    answerable = unanswerable = refused = refused_rightly = quotes = exact = 0
    for row in gold:
        answer = system(asked[str(row["id"])])
        refused += not answer.answered
        for quote in answer.quotes:
            quotes += 1
            exact += (corpus / quote.article).read_bytes().decode()[quote.start : quote.end] == quote.text
        if not row["answerable"]:
            unanswerable += 1
            refused_rightly += not answer.answered
            continue
        answerable += 1
        first = answer.quotes[0] if answer.quotes else None
        said = answer.answer or ""
        sums["answer_em"] += any(normalised(said) == normalised(each) for each in row["answers"])
        sums["answer_f1"] += max(word_f1(said, each) for each in row["answers"])
        sums["answered"] += answer.answered
        text = normalised(first.text) if first else ""
        sums["quote_hit@1"] += any(normalised(each) in text for each in row["answers"] if normalised(each))
        if "articles" in row:
            sums["article_hit@1"] += first is not None and Path(first.article).stem in {
                Path(a).stem for a in row["articles"]
            }
        if "evidence" in row:
            sums["evidence_f1"] += max(word_f1(first.text, each) for each in row["evidence"]) if first else 0.0
    result = {name: total / answerable for name, total in sums.items()}
    if quotes:
        result["exact_quotes"] = exact / quotes
    if unanswerable:
        precision, recall = refused_rightly / max(refused, 1), refused_rightly / unanswerable
        result["refusal_f1"] = 2 * precision * recall / (precision + recall) if refused_rightly else 0.0
    return result


def normalised(text: str) -> str:
    """As SQuAD's evaluation has it: lower case, no punctuation, no articles, single spaces."""
    text = "".join(" " if char in string.punctuation + "“”‘’—–" else char for char in text.lower())
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def word_f1(one: str, other: str) -> float:
    left, right = normalised(one).split(), normalised(other).split()
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right)) if same else 0.0


if __name__ == "__main__":
    main()
