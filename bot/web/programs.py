"""What programs may do, in JSON: ask, search and read articles; the same over HTTP and over MCP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.answer import LONGEST_QUESTION, Answer, Status
from bot.answering import NO_FILTER, answer_question
from bot.batch import answering_within
from bot.filters import known_filter, read_filter
from bot.following_up import answer_after
from bot.library import Library
from bot.questions import QuestionRow
from bot.quoting import quote_span, verified_text
from bot.refreshing import Refresher
from corpus.errors import PressciteError, ServerBusyError, WrongUseError

AT_ONCE = 2
"""Calls that are worked on at a time; each uses all cores, and further ones only add to memory."""

MOST_EARLIER = 10
"""Questions of a conversation before the one that is asked; each may have to be answered again."""

MOST_FOUND = 50
LONGEST_READ = 100_000
"""Characters of an article that one call reads."""


class _Arguments(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AskArguments(_Arguments):
    """What `Programs.ask` takes."""

    question: str = Field(description=f"One question in plain words, of at most {LONGEST_QUESTION:,} characters.")
    since: str | None = Field(
        default=None, description="Only articles of this day or later: YYYY-MM-DD, YYYY-MM or YYYY."
    )
    until: str | None = Field(default=None, description="Only articles of this day or earlier, likewise.")
    outlets: list[str] | None = Field(default=None, description="Only articles of these outlets.")
    articles: list[str] | None = Field(default=None, description="Only these articles, by their paths.")
    earlier: list[Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]] | None = Field(
        default=None,
        max_length=MOST_EARLIER,
        description="The questions asked before, the oldest first: after them, “and wounded?” is understood.",
    )


class SearchArguments(_Arguments):
    """What `Programs.search` takes."""

    query: str = Field(description="Words or a question; passages are found by their words and their meaning.")
    count: int = Field(default=10, ge=1, le=MOST_FOUND, description="How many passages to find at most.")


class ReadArticleArguments(_Arguments):
    """What `Programs.read_article` takes."""

    article: str = Field(description="The article's path, as quotes and search results have it.")
    start: int = Field(default=0, ge=0, description="The first character to read; quotes have such offsets.")
    end: int | None = Field(
        default=None,
        ge=0,
        description=f"The character to stop before; at most {LONGEST_READ:,} after `start` in one call.",
    )


class Programs:
    """What is called from outside, for one library; from any number of threads.

    `waiting` calls may wait beyond the AT_ONCE that are worked on; a further one gets `ServerBusyError`. With
    `refresher`, a question first waits a little for what has changed in the folder.
    """

    def __init__(self, library: Library, refresher: Refresher | None = None, *, waiting: int = 100) -> None:
        self._library = library
        self._refresher = refresher
        self._places = threading.BoundedSemaphore(AT_ONCE + waiting)
        self._working = threading.BoundedSemaphore(AT_ONCE)

    def ask(self, arguments: AskArguments) -> dict[str, Any]:
        """The JSON of an answer, see `bot.answer`; a problem is an answer with the status "error"."""
        with self._turn():
            if self._refresher is not None:
                self._refresher.catch_up()
            try:
                said = read_filter(arguments.since, arguments.until, arguments.outlets or (), arguments.articles or ())
                with self._library.store.snapshot() as snapshot:
                    within = known_filter(said, snapshot)
                earlier = arguments.earlier or ()
                answer = answer_after(
                    arguments.question, earlier, lambda text: answer_question(text, self._library, within)
                )
                return answer.as_json()
            except PressciteError as error:
                return Answer(arguments.question, Status.ERROR, error=str(error)).as_json()

    def answer_patiently(self, row: QuestionRow) -> Answer:
        """The answer to one of a long list: from the articles as they are, however long others are waited for."""
        with self._working:
            try:
                return answering_within(self._library, NO_FILTER)(row)
            except PressciteError as error:
                return Answer(row.question, Status.ERROR, error=str(error))

    def search(self, arguments: SearchArguments) -> dict[str, Any]:
        """The passages nearest to a query, best first, each verbatim with its article, offsets and score.

        Raises `WrongUseError` for a query that is none, and what `answer_question` raises.
        """
        query = " ".join(arguments.query.encode("utf-8", "replace").decode().split())
        if not 0 < len(query) <= LONGEST_QUESTION:
            raise WrongUseError(f"A query has 1 to {LONGEST_QUESTION:,} characters.")
        with self._turn():
            with self._library.store.snapshot() as snapshot:
                hits = self._library.searcher.search(snapshot, query, arguments.count)
            found = []
            for hit in hits:
                span = hit.found.passage
                quote = quote_span(self._library.folder, hit.found.article, span.start, span.end)
                if quote is not None:
                    found.append(quote.as_json() | {"score": round(hit.score, 4)})
        return {"query": arguments.query, "passages": found}

    def read_article(self, arguments: ReadArticleArguments) -> dict[str, Any]:
        """Characters `start` to `end` of an indexed article, as its file holds them now, and what is known of it.

        Raises `WrongUseError` for a path that is not indexed, for a file that was changed since, and for a span
        that the article does not have.
        """
        with self._turn():
            with self._library.store.snapshot() as snapshot:
                article = snapshot.article(arguments.article) if self._library.store.exists else None
            if article is None:
                raise WrongUseError("There is no such article in the index.", "Give a path as quotes have it.")
            text = verified_text(self._library.folder, article)
        if text is None:
            raise WrongUseError("The article has changed since it was indexed.", "Ask or search again.")
        start = arguments.start
        end = min(len(text), start + LONGEST_READ, len(text) if arguments.end is None else arguments.end)
        if not start < end:
            raise WrongUseError(f"The article has {len(text):,} characters; this is no span of it.")
        return {
            "article": article.path,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "outlet": article.outlet,
            "url": article.url,
            "language": article.language,
            "sha256": article.sha256,
            "length": len(text),
            "start": start,
            "end": end,
            "text": text[start:end],
        }

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise ServerBusyError("Too many questions are waiting.", "Try again in a few seconds.")
        try:
            with self._working:
                yield
        finally:
            self._places.release()


def mistakes(error: ValidationError) -> str:
    """What is wrong with the arguments of a call, in a sentence each; their values are not repeated."""
    said = (f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}." for each in error.errors())
    return " ".join(said)
