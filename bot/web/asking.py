"""Asking from the page: one question of a conversation, and what is shown while it is answered."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from bot.answer import Answer, Quote, Status
from bot.answering import answer_question
from bot.filters import known_filter
from bot.following_up import answer_in_conversation, turn_of
from bot.library import Library
from bot.provisional import provisional_quote
from bot.refreshing import Refresher, RefreshState
from bot.web.turns import Query, Turn
from corpus.errors import PressciteError
from index.search import Hit

WORTH_WAITING = 2.0
"""Seconds that a question waits for the index to take up what has changed; then it is answered from what is there."""

WORTH_WAITING_FIRST = 60.0
"""Seconds, while nothing at all is indexed yet."""

LOOKED_EVERY = 0.3
"""Seconds between two looks at whether the asker has stopped waiting."""


@dataclass(frozen=True, slots=True)
class _Found:
    question: str
    hits: Sequence[Hit]


def answer_or_error(
    query: Query, before: Sequence[Turn], library: Library, on_found: Callable[[str, Sequence[Hit]], None]
) -> Answer:
    """The answer in the conversation so far; a problem of the index or the model is one with the status "error"."""

    def answer(text: str) -> Answer:
        return answer_question(text, library, within, on_found)

    try:
        with library.store.snapshot() as snapshot:
            within = known_filter(query.within, snapshot)
        if query.standalone:
            return answer(query.question)
        remembered = [turn_of(turn.answer) for turn in before if turn.answer is not None]
        conversation = [turn for turn in remembered if turn is not None]
        return answer_in_conversation(query.question, conversation, answer)
    except PressciteError as error:
        return Answer(query.question, Status.ERROR, error=str(error))


def answer_as_it_comes(
    query: Query, before: Sequence[Turn], library: Library, refresher: Refresher | None, stopped: threading.Event
) -> Iterator[Answer | Quote]:
    """The answer at the end; before it, as soon as passages are found, the sentence that is nearest to the question.

    There is no answer once `stopped` is set.
    """
    told = _told(query, before, library, refresher)
    shown = False
    while True:
        try:
            heard = told.get(timeout=LOOKED_EVERY)
        except Empty:
            if stopped.is_set():
                return
            continue
        if isinstance(heard, Answer):
            if not stopped.is_set():
                yield heard
            return
        if isinstance(heard, BaseException):
            raise heard
        # A follow-up may be read in several ways, the likeliest first: what is found for that one is shown.
        quote = None if shown or stopped.is_set() else provisional_quote(heard.question, heard.hits, library)
        # By now a question that was asked before is answered.
        if quote is not None and told.empty():
            shown = True
            yield quote


def _told(
    query: Query, before: Sequence[Turn], library: Library, refresher: Refresher | None
) -> SimpleQueue[_Found | Answer | BaseException]:
    """What is found, and in the end the answer, or the error that there was instead."""
    told: SimpleQueue[_Found | Answer | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            if refresher is not None:
                refresher.refresh(wait=worth_waiting(library, refresher.state))
            told.put(answer_or_error(query, before, library, lambda question, hits: told.put(_Found(question, hits))))
        except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is awaited
            told.put(error)

    # Nobody waits for this thread when the asker stops waiting: its answer is then thrown away.
    threading.Thread(target=work, name="answering", daemon=True).start()
    return told


def worth_waiting(library: Library, state: RefreshState) -> float:
    """The seconds that a question waits for the index, see WORTH_WAITING."""
    if not library.store.exists:
        return WORTH_WAITING_FIRST
    return 0.0 if state.takes_long else WORTH_WAITING
