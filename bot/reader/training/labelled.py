"""Labelled questions: reading them from files, one `Example` a question and its passage.

A file is JSON lines, plain or gzipped, a passage a line:
`{"context", "qas": [{"question", "answers": [{"text", "start"}]}]}`, where no answers means that the
passage does not answer the question; a line may name its `source`, and a question its `id`. A line with a
`title` is a whole article, to be cut into passages as a search shows them.
"""

import gzip
import hashlib
import json
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import WrongUseError

LONG_ANSWER_WORDS = 8
LONG_ANSWER_RATIO = 2.5

HELD_OUT = 0.1
MOST_HELD_OUT = 1000
FEWEST_PASSAGES = 2

_FORM = 'A line looks like {"context": "…", "qas": [{"question": "…", "answers": [{"text": "…", "start": 0}]}]}.'
_PACKED = "Pack it again with gzip."

_Kind = TypeVar("_Kind")


class _FaultError(Exception):
    """What is wrong with a line; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold answer and where it stands: characters of the passage."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The character after its last."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Example:
    """One question over one passage; no answers means "not answered here"."""

    identifier: str
    question: str
    context: str
    answers: tuple[Answer, ...]
    source: str
    title: str = ""
    """Of an article, where the context is a whole one."""
    heading: str = ""
    """What is read above the passage, where that is known; see `bot.reader.headings`."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The examples of some files, in their order."""

    examples: tuple[Example, ...]
    left_out: int
    """Questions whose answers all stand nowhere in their passage."""

    def split(self, share: float = HELD_OUT) -> tuple[list[Example], list[Example]]:
        """Those to learn from and those to measure with, which share no passage.

        The passages held out are `share` of all, at least one, until they bring MOST_HELD_OUT questions.
        They are chosen by the hash of their text, so that they stay the same when other files are added.
        """
        passages = {example.context: 0 for example in self.examples}
        for example in self.examples:
            passages[example.context] += 1
        order = sorted(passages, key=lambda text: hashlib.sha256(text.encode("utf-8", "replace")).digest())
        chosen: set[str] = set()
        questions = 0
        for passage in order[: math.ceil(share * len(order))]:
            if questions < MOST_HELD_OUT:
                chosen.add(passage)
                questions += passages[passage]
        learned = [example for example in self.examples if example.context not in chosen]
        return learned, [example for example in self.examples if example.context in chosen]


def read_labelled(files: Sequence[Path]) -> Labelled:
    """The examples of all files.

    Answers whose offset is wrong are moved to the nearest place where their text stands. Raises
    `WrongUseError` for a file that cannot be read, naming its first bad line, and where all files
    together hold too little to learn from.
    """
    examples: list[Example] = []
    left_out = 0
    for file in files:
        for example in _examples_in(file):
            if example is None:
                left_out += 1
            else:
                examples.append(example)
    if not any(example.answers for example in examples):
        raise WrongUseError("The labelled files hold no question with an answer.", _FORM)
    if len({example.context for example in examples}) < FEWEST_PASSAGES:
        raise WrongUseError("The labelled files hold a single passage.", "One is held out to measure with: add others.")
    return Labelled(tuple(examples), left_out)


def concise_answers(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers to learn from: a sentence-long one is left out where another annotator gave a short one."""
    words = [len(answer.text.split()) for answer in answers]
    limit = max(LONG_ANSWER_WORDS, LONG_ANSWER_RATIO * min(words, default=0))
    return tuple(answer for answer, count in zip(answers, words, strict=True) if count <= limit)


def _examples_in(file: Path) -> Iterator[Example | None]:
    """The examples of one file; None for a question whose answers stand nowhere."""
    if not file.name.endswith((".jsonl", ".jsonl.gz")):
        raise WrongUseError(f"{file}: a labelled file ends in .jsonl or .jsonl.gz.", _FORM)
    name = file.name.removesuffix(".gz").removesuffix(".jsonl")
    try:
        for number, line in _lines(file):
            try:
                if line.strip():
                    yield from _examples_of(json.loads(line.decode("utf-8-sig")), name, number)
            except UnicodeDecodeError:
                raise WrongUseError(f"{file}: line {number} is not UTF-8.", "Save the file as UTF-8.") from None
            except (ValueError, RecursionError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be taken in"
                raise WrongUseError(f"{file}: line {number} is not JSON: {reason}.", _FORM) from None
            except _FaultError as fault:
                raise WrongUseError(f"{file}: line {number}: {fault}.", _FORM) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise WrongUseError(f"{file}: this is not a whole gzip file ({error}).", _PACKED) from None
    except OSError as error:
        raise WrongUseError(f"{file}: cannot be read ({error.strerror}).", "Check its name and permissions.") from None


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as stream:
        yield from enumerate(stream, start=1)


def _examples_of(row: Any, source: str, line: int) -> Iterator[Example | None]:
    """The examples of one line. Raises `_FaultError` where it has another form."""
    if not isinstance(row, dict):
        raise _FaultError("expected an object")
    context = _text(row, "context")
    source = _text(row, "source") if "source" in row else source
    title = _text(row, "title") if "title" in row else ""
    for number, entry in enumerate(_objects(row, "qas"), start=1):
        question = " ".join(_text(entry, "question").split())
        given = [(_text(answer, "text"), _value(answer, "start", int)) for answer in _objects(entry, "answers")]
        answers = [placed for text, start in given if (placed := _placed(context, text, start))]
        identifier = str(entry.get("id", f"{source}:{line}:{number}"))
        unique = tuple(dict.fromkeys(answers))
        yield None if given and not answers else Example(identifier, question, context, unique, source, title)


def _value(row: dict[str, Any], name: str, kind: type[_Kind]) -> _Kind:
    value = row.get(name)
    # A bool is an int to Python, and never an offset to a person.
    if not isinstance(value, kind) or isinstance(value, bool):
        found = "nothing" if value is None else f"{value!r:.80}"
        raise _FaultError(f'"{name}" must be {_NAMES[kind]}, found {found}')
    return value


_NAMES: dict[type, str] = {str: "text", int: "a whole number", list: "a list"}


def _text(row: dict[str, Any], name: str) -> str:
    value = _value(row, name, str)
    if not value.strip():
        raise _FaultError(f'"{name}" is empty')
    return value


def _objects(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = _value(row, name, list)
    if not all(isinstance(value, dict) for value in values):
        raise _FaultError(f'"{name}" must be a list of objects')
    return values


def _placed(context: str, text: str, start: int) -> Answer | None:
    """The answer without outer white space, where it stands nearest to `start`; None where it stands nowhere."""
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    places = []
    place = context.find(stripped)
    while place >= 0:
        places.append(place)
        place = context.find(stripped, place + 1)
    if not places:
        return None
    return Answer(stripped, min(places, key=lambda found: abs(found - start)))
