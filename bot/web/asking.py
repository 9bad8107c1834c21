"""Asking from the page: one question of a conversation, and what is looked at while it is answered."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from bot.answer import Answer, Status
from bot.answering import LONGEST_QUESTION, PASSAGES_READ, answer_question
from bot.filters import known_filter
from bot.following_up import answer_in_conversation, turn_of
from bot.library import Library
from bot.refreshing import Refresher, RefreshState
from bot.web.turns import Query, Turn
from corpus.errors import PressciteError

WORTH_WAITING = 2.0
"""Seconds that a question waits for the index to take up what has changed; then it is answered from what is there."""

WORTH_WAITING_FIRST = 60.0
"""Seconds, while nothing at all is indexed yet."""

WORTH_TELLING = 0.3
"""Seconds without an answer after which the page names the articles that are being read."""

MOST_TOLD = 3


def answer_or_error(query: Query, before: Sequence[Turn], library: Library) -> Answer:
    """The answer in the conversation so far; a problem of the index or the model is one with the status "error"."""
    try:
        with library.store.snapshot() as snapshot:
            within = known_filter(query.within, snapshot)
        if query.standalone:
            return answer_question(query.question, library, within)
        remembered = [turn_of(turn.answer) for turn in before if turn.answer is not None]
        conversation = [turn for turn in remembered if turn is not None]
        return answer_in_conversation(query.question, conversation, lambda text: answer_question(text, library, within))
    except PressciteError as error:
        return Answer(query.question, Status.ERROR, error=str(error))


def answer_as_it_comes(
    query: Query, before: Sequence[Turn], library: Library, refresher: Refresher | None, stopped: threading.Event
) -> Iterator[Answer | list[str]]:
    """The answer at the end; before it, if it takes a while, the sources of the passages that are being read.

    There is no answer once `stopped` is set.
    """
    future: Future[Answer] = Future()

    def work() -> None:
        try:
            if refresher is not None:
                refresher.refresh(wait=worth_waiting(library, refresher.state))
            future.set_result(answer_or_error(query, before, library))
        except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is awaited
            future.set_exception(error)

    # Nobody waits for this thread when the asker stops waiting: its answer is then thrown away.
    threading.Thread(target=work, name="answering", daemon=True).start()
    told: list[str] = []
    while True:
        try:
            answer = future.result(timeout=WORTH_TELLING)
        except TimeoutError:
            if stopped.is_set():
                return
            if not told:
                told = nearest_sources(query.question, library)
                yield told
        else:
            yield answer
            return


def nearest_sources(question: str, library: Library) -> list[str]:
    """Where the passages nearest to the question are from, the nearest first; none where that is not known."""
    if not library.store.exists or len(question) > LONGEST_QUESTION:
        return []
    try:
        with library.store.snapshot() as snapshot:
            hits = library.searcher.search(snapshot, question, PASSAGES_READ)
    except PressciteError:
        return []
    articles = {hit.found.article.path: hit.found.article for hit in hits}
    named = [
        ", ".join(filter(None, [article.outlet or path, str(article.published or "")]))
        for path, article in articles.items()
    ]
    return list(dict.fromkeys(named))[:MOST_TOLD]


def worth_waiting(library: Library, state: RefreshState) -> float:
    """The seconds that a question waits for the index, see WORTH_WAITING."""
    if not library.store.exists:
        return WORTH_WAITING_FIRST
    return 0.0 if state.takes_long else WORTH_WAITING
