"""A turn of the conversation: what was asked, the answer, and what the asker thought of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.answer import Answer, Quote
from bot.feedback import Verdict
from bot.filters import FILTER_COLUMNS, Filter, read_filter

MOST_CONVERSATIONS = 30
MOST_QUESTIONS = 40
"""Of one conversation; what is older is forgotten first."""

SHOWN_FILTERS = ("since", "until", "outlet")
"""Those that have a field on the page."""

_MOST_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was asked, and the articles that it is narrowed to."""

    question: str
    filters: tuple[tuple[str, str], ...] = ()
    """By name, as the address has them: ("since", "2022-01-09"), ("outlet", "Sample Wire")."""
    standalone: bool = False
    """Whether it stands by itself, whatever was asked before."""
    understood: str | None = None
    """What it was taken to mean when it was answered, if that was something else."""

    @property
    def link(self) -> str:
        """The part of the address that asks it again: "?q=how+many%3F&since=2022-01-09"."""
        return "?" + urlencode([("q", self.understood or self.question), *self.filters])

    @property
    def within(self) -> Filter:
        """The filter that its own filters say. Raises `WrongUseError` where they say none."""
        by_name: dict[str, list[str]] = {}
        for name, value in self.filters:
            by_name.setdefault(name, []).append(value)
        since, until = (by_name.get(name, [None])[-1] for name in ("since", "until"))
        return read_filter(since, until, by_name.get("outlet", []), by_name.get("article", []))

    def first(self, name: str) -> str:
        """The first value of the filter called `name`; empty if it has none."""
        return next((value for each, value in self.filters if each == name), "")

    def as_json(self) -> dict[str, Any]:
        """As a browser keeps it."""
        return {
            "question": self.question,
            "filters": [list(each) for each in self.filters],
            "standalone": self.standalone,
            "understood": self.understood,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with its answer, which is None while it is looked for."""

    query: Query
    answer: Answer | None = None
    verdict: Verdict | None = None
    corrected: bool = False
    """Whether the asker has also said what would have been right."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that can be opened, each once, in the order in which the card numbers count them."""
        return shown_quotes(self.answer) if self.answer else ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """The questions of a conversation that a browser keeps; they are answered anew when it is opened again."""

    questions: tuple[Query, ...]

    @property
    def title(self) -> str:
        """Its first question."""
        return self.questions[0].question


def with_room_for_one(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The last turns, fewer than MOST_QUESTIONS: the whole conversation is sent with every answer, and kept."""
    return turns[-(MOST_QUESTIONS - 1) :]


def shown_quotes(answer: Answer) -> tuple[Quote, ...]:
    """The quotes of an answer, of its positions, and of what was said beside; else the closest passages."""
    positions = [*answer.positions, *answer.also]
    counted = [each.quote for each in answer.counted.articles if each.quote] if answer.counted else []
    quotes = [quote for position in positions for quote in position.quotes]
    quotes = [*quotes, *answer.quotes, *counted, *answer.closest]
    return tuple(dict.fromkeys(quotes))


def filters_of(*values: str | None) -> tuple[tuple[str, str], ...]:
    """The filters of a query by the fields of the page: one value for each of SHOWN_FILTERS, None if never shown."""
    pairs = zip(SHOWN_FILTERS, values, strict=True)
    return tuple((name, " ".join(value.split())) for name, value in pairs if value and value.strip())


def query_from_address(parameters: str) -> Query | None:
    """What the parameters of the address ask, if anything; see `Query.link`."""
    pairs = parse_qsl(parameters.removeprefix("?"), max_num_fields=_MOST_PARAMETERS, errors="replace")
    question = next((value.strip() for name, value in pairs if name == "q"), "")
    if not question:
        return None
    return Query(question, tuple((name, value) for name, value in pairs if name in FILTER_COLUMNS and value), True)


def kept_conversations(value: Any) -> tuple[Conversation, ...]:
    """The conversations that a browser has sent, the newest first; what has another form is left out."""
    kept = []
    for rows in value if isinstance(value, list) else []:
        questions = tuple(filter(None, map(_query_from_json, rows if isinstance(rows, list) else [])))
        if questions:
            kept.append(Conversation(questions[-MOST_QUESTIONS:]))
    return tuple(kept[:MOST_CONVERSATIONS])


def conversations_as_json(conversations: tuple[Conversation, ...]) -> list[list[dict[str, Any]]]:
    """What the browser is to keep; `kept_conversations` reads it."""
    return [[asked.as_json() for asked in each.questions[-MOST_QUESTIONS:]] for each in conversations][
        :MOST_CONVERSATIONS
    ]


def _query_from_json(row: Any) -> Query | None:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or not row["question"].strip():
        return None
    filters = row.get("filters", [])
    pairs = [each for each in filters if isinstance(each, list)] if isinstance(filters, list) else []
    known = tuple((each[0], each[1]) for each in pairs if len(each) == 2 and each[0] in FILTER_COLUMNS)  # noqa: PLR2004
    understood = row.get("understood")
    return Query(
        row["question"],
        tuple(each for each in known if isinstance(each[1], str)),
        row.get("standalone") is True,
        understood if isinstance(understood, str) else None,
    )
