"""Labelled questions: what the right answer is, read from JSONL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.answer import Status
from corpus.errors import WrongUseError


@dataclass(frozen=True, slots=True)
class LabelledPosition:
    """One thing that the articles say in answer, and which of them say so."""

    answers: tuple[str, ...]
    """The forms in which they say it, each as good as the others."""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """One question with what the right answer is, as far as it was labelled."""

    id: str
    question: str
    answers: tuple[str, ...] = ()
    """The right answers, each as good as the others; empty for a question that is not answered."""
    answerable: bool = True
    articles: tuple[str, ...] = ()
    """The articles that hold it, by path, with or without the suffix; empty if not labelled."""
    evidence: tuple[str, ...] = ()
    """Sentences that say so; empty if not labelled."""
    status: Status | None = None
    """How it should end; None if not labelled."""
    positions: tuple[LabelledPosition, ...] = ()
    """Everything that the articles say in answer, where they differ."""
    counted: int | None = None
    """How many articles mention what is asked for, if that is the question."""
    kind: str | None = None
    """What kind of question it is, in the labeller's words; figures are given for each."""
    conversation: str | None = None
    """Questions of one conversation follow on each other in the file."""
    columns: Mapping[str, Any] = field(default_factory=dict)
    """All that its line says; the columns that filter, as in a list of questions, do so here, too."""


def read_labelled_questions(path: Path) -> list[LabelledQuestion]:
    """Read a JSONL file of labelled questions.

    A line: {"id", "question", "answers": [text], "answerable": true or false, "articles": [path],
    "evidence": [sentence], "status": "answered", "disputed" or "not_found", "positions": [{"answers": [text],
    "articles": [path]}], "counted": number, "kind": text, "conversation": text}; only "question" is a must.
    Without "answerable", a question is answerable if it has answers, positions or a count.
    Raises `WrongUseError` naming the first line that is none: figures over half a file mislead.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUseError(f"{path}: cannot be read ({error.strerror}).", "Check its name and permissions.") from None
    except UnicodeDecodeError:
        raise WrongUseError(f"{path}: is not UTF-8.", "Save it as UTF-8.") from None
    return [
        _labelled_question(path, number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()
    ]


def _labelled_question(path: Path, number: int, line: str) -> LabelledQuestion:
    expected = 'Expected an object such as {"question": "how many?", "answers": ["16"]}.'
    try:
        values = json.loads(line)
    except ValueError:
        raise WrongUseError(f"{path}: line {number} is not JSON.", expected) from None
    if not isinstance(values, dict) or not isinstance(values.get("question"), str) or not values["question"].strip():
        raise WrongUseError(f"{path}: line {number} has no question.", expected)
    answers, positions, counted = _texts(values.get("answers")), values.get("positions", []), values.get("counted")
    known = bool(answers) or bool(positions) or counted is not None
    answerable = values.get("answerable", known)
    if answers is None or not isinstance(answerable, bool) or (answerable and not known):
        raise WrongUseError(f"{path}: line {number} has no answers, and is not labelled unanswerable.", expected)
    articles, evidence = _texts(values.get("articles")), _texts(values.get("evidence"))
    if articles is None or evidence is None:
        raise WrongUseError(f"{path}: line {number}: articles and evidence are lists of texts.", expected)
    try:
        status = Status(values["status"]) if "status" in values else None
        said = tuple(LabelledPosition(tuple(each["answers"]), tuple(each.get("articles", ()))) for each in positions)
        kind, conversation = (_optional_text(values.get(name)) for name in ("kind", "conversation"))
        counted = None if counted is None else int(counted)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise WrongUseError(
            f"{path}: line {number}: its status, positions or count are not as expected.",
            'Expected {"status": "disputed", "positions": [{"answers": ["16"]}]}, for instance.',
        ) from None
    return LabelledQuestion(
        str(values.get("id", f"q{number}")), values["question"], answers, answerable, articles, evidence, status,
        said, counted, kind, conversation, values,
    )  # fmt: skip


def _optional_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _texts(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)
