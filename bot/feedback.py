"""Answers marked right or wrong, kept beside the index as labelled questions.

Two files, one for each command that learns from them: `presscite evaluate` reads QUESTIONS_NAME, and
`presscite train-reader` reads PASSAGES_NAME. Nothing leaves the machine.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.answer import Answer, Quote, Status
from bot.library import Library
from bot.quoting import verified_text
from corpus.errors import IndexReadOnlyError

FOLDER_NAME = "marked"
QUESTIONS_NAME = "questions.jsonl"
PASSAGES_NAME = "passages.jsonl"

PATIENCE = 5.0
"""Seconds to wait for another process that marks an answer of the same index."""


class Verdict(StrEnum):
    """What the asker thinks of an answer."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Correction:
    """What would have been right instead of a wrong answer: a quote, words, or that no article says it."""

    quote: Quote | None = None
    words: str = ""

    @property
    def nowhere(self) -> bool:
        """Whether no article says it."""
        return self.quote is None and not self.words.strip()


def mark_answer(
    library: Library,
    answer: Answer,
    verdict: Verdict,
    correction: Correction | None = None,
    *,
    narrowed: bool = False,
) -> Path:
    """Keep what the asker thinks of `answer`; the folder that holds both files.

    A second mark of one question replaces the first. A wrong answer without a `correction` is no
    labelled question, since the right answer is not known; its passage still teaches the reader
    what does not answer; likewise one that was `narrowed` by filters, since `presscite evaluate` asks
    all articles. Raises `IndexReadOnlyError` where nothing can be written, and `IndexBusyError`
    where another process holds the files for longer than PATIENCE.
    """
    asked = answer.understood or answer.question
    identity = "marked-" + hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:16]
    question = None if narrowed else _labelled_question(identity, asked, answer, verdict, correction)
    right, wrong = _judged_quotes(answer, verdict, correction)
    passages = [] if answer.counted else _labelled_passages(library, identity, asked, right, wrong)
    folder = library.store.folder / FOLDER_NAME
    with library.store.lock(PATIENCE, name="marked"):
        try:
            folder.mkdir(exist_ok=True)
            _replace_rows(folder / QUESTIONS_NAME, identity, [question] if question else [])
            _replace_rows(folder / PASSAGES_NAME, identity, passages)
        except OSError as error:
            raise IndexReadOnlyError(
                f"{folder}: the mark could not be kept ({error.strerror or error}).", "Check the folder's permissions."
            ) from None
    return folder


def _labelled_question(
    identity: str, asked: str, answer: Answer, verdict: Verdict, correction: Correction | None
) -> dict[str, Any] | None:
    """A line for `presscite evaluate`; see `bot.labelled.read_labelled_questions`."""
    if verdict is Verdict.WRONG and correction is None:
        return None
    right, _ = _judged_quotes(answer, verdict, correction)
    answers = [quote.answer or quote.text for quote in right]
    if correction is not None and correction.words.strip():
        answers = [" ".join(correction.words.split())]
    row = {
        "id": identity,
        "question": asked,
        "answers": list(dict.fromkeys(answers)),
        "answerable": bool(answers),
        "articles": list(dict.fromkeys(quote.article for quote in right)),
        "evidence": list(dict.fromkeys(quote.text for quote in right)),
    }
    if verdict is Verdict.RIGHT and answer.counted is not None:
        return {"id": identity, "question": asked, "counted": answer.counted.count}
    if verdict is Verdict.RIGHT and answer.status is Status.DISPUTED:
        positions = [
            {
                "answers": list(dict.fromkeys(quote.answer or quote.text for quote in position.quotes)),
                "articles": list(dict.fromkeys(quote.article for quote in position.quotes)),
            }
            for position in answer.positions
        ]
        return {**row, "status": answer.status.value, "positions": positions}
    return row


def _judged_quotes(
    answer: Answer, verdict: Verdict, correction: Correction | None
) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The quotes that answer, and those that do not.

    What an answer says beside its positions is not judged.
    """
    judged = tuple(quote for position in answer.positions for quote in position.quotes) or answer.quotes
    if verdict is Verdict.RIGHT:
        # That nothing was found is right: then none of the closest passages answers.
        return judged, () if answer.answered else answer.closest
    right = (correction.quote,) if correction and correction.quote else ()
    return right, tuple(quote for quote in judged if quote not in right)


def _labelled_passages(
    library: Library, identity: str, question: str, right: Iterable[Quote], wrong: Iterable[Quote]
) -> list[dict[str, Any]]:
    """Lines for `presscite train-reader`: the paragraph of each quote; see `bot.reader.training.labelled`."""
    rows: dict[str, dict[str, Any]] = {}
    for quote, answers in [*((quote, True) for quote in right), *((quote, False) for quote in wrong)]:
        paragraph = _paragraph(library, quote)
        if paragraph is None or (answers and quote.answer is None) or paragraph[0] in rows:
            continue
        context, start = paragraph
        spans = [{"text": quote.answer, "start": start + (quote.answer_start or 0)}] if answers else []
        qas = [{"id": f"{identity}-{len(rows)}", "question": question, "answers": spans}]
        rows[context] = {"id": identity, "source": "marked", "context": context, "qas": qas}
    return list(rows.values())


def _paragraph(library: Library, quote: Quote) -> tuple[str, int] | None:
    """The paragraph that a quote stands in, and where in it; None if the article has changed since."""
    with library.store.snapshot() as snapshot:
        article = snapshot.article(quote.article)
    if article is None or article.sha256 != quote.sha256:
        return None
    text = verified_text(library.folder, article)
    if text is None or text[quote.start : quote.end] != quote.text:
        return None
    gaps = (gap.end() for gap in re.finditer(r"\n\s*\n", text[: quote.start]))
    start = max(article.body_start, *gaps, 0)
    after = re.search(r"\n\s*\n", text[quote.end :])
    end = quote.end + after.start() if after else len(text)
    return text[start:end].rstrip(), quote.start - start


def _replace_rows(file: Path, identity: str, rows: list[dict[str, Any]]) -> None:
    """Put `rows` at the end of the file, in place of those with the same id; the file is whole at every moment."""
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    kept = [line for line in lines if line.strip() and _identity(line) != identity]
    kept += [json.dumps(row, ensure_ascii=False) for row in rows]
    draft = file.with_suffix(".new")
    with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in kept)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _identity(line: str) -> Any:
    try:
        row = json.loads(line)
    except ValueError:
        # Somebody's own line: it stays.
        return None
    return row.get("id") if isinstance(row, dict) else None
