"""A turn of the conversation: what was asked, the answer, and what the asker thought of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.answer import Answer, Quote
from bot.feedback import Verdict

MOST_CONVERSATIONS = 30
MOST_QUESTIONS = 40
"""Of one conversation; what is older is forgotten first."""

_FILTERS = ("since", "until", "outlet", "article")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, and the articles that it is narrowed to."""

    question: str
    filters: tuple[tuple[str, str], ...] = ()
    """By name, as the address has them: ("since", "2022-01-09"), ("outlet", "Sample Wire")."""
    standalone: bool = False
    """Whether it stands by itself, whatever was asked before."""

    @property
    def link(self) -> str:
        """The part of the address that asks it again: "?q=how+many%3F&since=2022-01-09"."""
        return "?" + urlencode([("q", self.question), *self.filters])

    def as_json(self) -> dict[str, Any]:
        """As a browser keeps it."""
        return {"question": self.question, "filters": [list(each) for each in self.filters]}


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with its answer, which is None while it is looked for."""

    asked: Asked
    answer: Answer | None = None
    verdict: Verdict | None = None
    corrected: bool = False
    """Whether the asker has also said what would have been right."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that can be opened, each once, in the order in which the card numbers count them."""
        return shown_quotes(self.answer) if self.answer else ()

    @property
    def link(self) -> str:
        """The address of this answer; a follow-up stands in it as it was understood."""
        return self.asked.link


@dataclass(frozen=True, slots=True)
class Conversation:
    """The questions of a conversation that a browser keeps; they are answered anew when it is opened again."""

    questions: tuple[Asked, ...]

    @property
    def title(self) -> str:
        """Its first question."""
        return self.questions[0].question


def shown_quotes(answer: Answer) -> tuple[Quote, ...]:
    """The quotes of an answer, of its positions, and of what was said beside; else the closest passages."""
    positions = [*answer.positions, *answer.also]
    quotes = [*answer.quotes, *(quote for position in positions for quote in position.quotes), *answer.closest]
    return tuple({(quote.article, quote.start, quote.end): quote for quote in reversed(quotes)}.values())[::-1]


def asked_from_address(parameters: Mapping[str, str]) -> Asked | None:
    """What the address of the page asks, if anything; see `Asked.link`."""
    question = parameters.get("q", "").strip()
    if not question:
        return None
    return Asked(question, tuple((name, parameters[name]) for name in _FILTERS if parameters.get(name)), True)


def kept_conversations(value: Any) -> tuple[Conversation, ...]:
    """The conversations that a browser has sent, the newest first; what has another form is left out."""
    kept = []
    for rows in value if isinstance(value, list) else []:
        questions = tuple(filter(None, map(_asked_from_json, rows if isinstance(rows, list) else [])))
        if questions:
            kept.append(Conversation(questions[-MOST_QUESTIONS:]))
    return tuple(kept[:MOST_CONVERSATIONS])


def conversations_as_json(conversations: tuple[Conversation, ...]) -> list[list[dict[str, Any]]]:
    """What the browser is to keep; `kept_conversations` reads it."""
    return [[asked.as_json() for asked in each.questions[-MOST_QUESTIONS:]] for each in conversations][
        :MOST_CONVERSATIONS
    ]


def _asked_from_json(row: Any) -> Asked | None:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or not row["question"].strip():
        return None
    filters = row.get("filters", [])
    pairs = [each for each in filters if isinstance(each, list)] if isinstance(filters, list) else []
    known = tuple((each[0], each[1]) for each in pairs if len(each) == 2 and each[0] in _FILTERS)  # noqa: PLR2004
    return Asked(row["question"], tuple(each for each in known if isinstance(each[1], str)))
