"""The tab to ask in: the conversation, and beside it the article of a quote."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from bot.answer import Quote, Status
from bot.feedback import Correction, Verdict, mark_answer
from bot.library import Library
from bot.refreshing import Refresher
from bot.web.article_panel import nothing_open, opened_article
from bot.web.asking import WORTH_WAITING, answer_as_it_comes
from bot.web.cards import log_as_html, turn_as_html
from bot.web.components import conversation_components
from bot.web.earlier import earlier_as_html
from bot.web.index_note import index_note
from bot.web.markup import element, joined
from bot.web.messages import Messages, messages_for
from bot.web.timeline_chart import timeline_update
from bot.web.turns import (
    SHOWN_FILTERS,
    Conversation,
    Query,
    Turn,
    conversations_as_json,
    filters_of,
    kept_conversations,
    query_from_address,
    with_room_for_one,
)
from bot.web.welcome import about_articles, welcome_as_html
from corpus.errors import PressciteError

AT_ONCE = 4
"""Questions answered at the same time; others wait for their turn."""

NOTED_EVERY = 5.0
"""Seconds between two looks at how far the index is."""

Shown = dict[Any, Any]
"""What a handler shows: the components that it changes, with their new values."""


class ConversationTab:
    """The components of the tab, and what happens in them; made within a `gr.Blocks`."""

    def __init__(
        self, library: Library, refresher: Refresher, i18n: gr.I18n, *, refresh: bool, language: str | None
    ) -> None:
        self._library = library
        self._refresher = refresher
        self._refresh = refresh
        self._language = language
        self._stops: dict[str, threading.Event] = {}
        self._parts = conversation_components(i18n)
        self._connect()

    def start(self, page: gr.Blocks) -> None:
        """Fill the tab when the page is opened: with what its address asks, or with a welcome."""
        parts = self._parts
        page.load(self._open_page, [parts.kept], parts.shown, api_visibility="private", show_progress="hidden")

    def _connect(self) -> None:
        parts = self._parts
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asking = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "asking"}
        state = [parts.turns, parts.kept, *parts.filters]
        parts.question.submit(self._ask_typed, [parts.question, *state], parts.shown, **asking)
        parts.log.ask(self._ask_sent, state, parts.shown, **asking)
        parts.earlier.reopen(self._reopen, [parts.kept], parts.shown, **asking)
        # Not by Gradio's own way of cancelling: what was on its way would still arrive, after the stop.
        parts.log.stop(self._stop, None, None, **quiet)
        parts.earlier.fresh(self._start_anew, [parts.kept], parts.shown, **quiet)
        parts.earlier.forget(self._forget, None, [parts.kept, parts.earlier], **quiet)
        for component in (parts.log, parts.article):
            component.open_quote(self._open_quote, [parts.turns], [parts.article], **quiet)
        parts.log.mark(self._mark, [parts.turns], [parts.turns, parts.log], **quiet)
        parts.log.correct(self._correct, [parts.turns], [parts.turns, parts.log], **quiet)
        parts.reindex.click(self._look_again, None, [parts.note], **quiet)
        gr.Timer(NOTED_EVERY).tick(self._note, None, [parts.note], **quiet)

    # What happens.

    def _open_page(self, kept: Any, request: gr.Request) -> Iterator[Shown]:
        say = self._say(request)
        conversations = kept_conversations(kept)
        query = query_from_address(str(request.query_params))
        yield {
            **self._welcome(say),
            self._parts.earlier: earlier_as_html(conversations, say),
            self._parts.note: self._note(request),
        }
        if query is None:
            return
        yield {field: query.first(name) for field, name in zip(self._parts.filters, SHOWN_FILTERS, strict=True)}
        # A page that is loaded again goes on with the conversation that it showed.
        if conversations and conversations[0].questions[-1].link == query.link:
            yield from self._ask_all(conversations[0].questions, (), conversations[1:], request)
        else:
            yield from self._ask(query, (), kept, request)

    def _ask_typed(
        self,
        question: str,
        turns: tuple[Turn, ...],
        kept: Any,
        since: str | None,
        until: str | None,
        outlet: str | None,
        request: gr.Request,
    ) -> Iterator[Shown]:
        if question.strip():
            yield from self._ask(Query(question, filters_of(since, until, outlet)), turns, kept, request)

    def _ask_sent(
        self,
        turns: tuple[Turn, ...],
        kept: Any,
        since: str | None,
        until: str | None,
        outlet: str | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Shown]:
        question = _sent(event, "question", str) or ""
        if question.strip():
            query = Query(question, filters_of(since, until, outlet), standalone=True)
            yield from self._ask(query, turns, kept, request)

    def _ask(self, query: Query, turns: tuple[Turn, ...], kept: Any, request: gr.Request) -> Iterator[Shown]:
        conversations = kept_conversations(kept)
        turns = tuple(turn for turn in turns if turn.answer is not None)
        # The first of those kept is the one that is shown, once anything was asked in it.
        others = conversations[1:] if turns else conversations
        yield from self._ask_all((query,), turns, others, request)

    def _ask_all(
        self,
        queries: Sequence[Query],
        turns: tuple[Turn, ...],
        others: tuple[Conversation, ...],
        request: gr.Request,
    ) -> Iterator[Shown]:
        """Ask one after the other, until it is stopped."""
        session = request.session_hash or ""
        stopped = self._stops[session] = threading.Event()
        try:
            for query in queries:
                before = with_room_for_one(turns)
                for answered, shown in self._answered(query, before, stopped, self._say(request)):
                    turns = answered
                    if shown:
                        yield shown
                if len(turns) == len(before):
                    return
                if stopped.is_set():
                    # It was answered while the stop was on its way.
                    break
        finally:
            self._stops.pop(session, None)
        yield self._done(turns, others, request)

    def _answered(
        self, query: Query, turns: tuple[Turn, ...], stopped: threading.Event, say: Messages
    ) -> Iterator[tuple[tuple[Turn, ...], Shown]]:
        """The turns with one more once it is answered, and what to show of them meanwhile."""
        waiting = (*turns, Turn(query))
        yield turns, {self._parts.log: self._turns_as_html(waiting, say), self._parts.question: ""}
        refresher = self._refresher if self._refresh else None
        for told in answer_as_it_comes(query, turns, self._library, refresher, stopped):
            if isinstance(told, Quote):
                yield turns, {self._parts.log: self._turns_as_html(waiting, say, told)}
            else:
                turns = (*turns, Turn(replace(query, understood=told.understood), told))
        if stopped.is_set() and len(turns) < len(waiting):
            log = self._turns_as_html(turns, say, hint=say("stopped"))
            yield turns, {self._parts.log: log, self._parts.turns: turns, self._parts.question: query.question}
        else:
            yield turns, {}

    def _done(self, turns: tuple[Turn, ...], others: tuple[Conversation, ...], request: gr.Request) -> Shown:
        say = self._say(request)
        conversations = (Conversation(tuple(turn.query for turn in turns)), *others)
        last = turns[-1]
        # An article beside "not found" would look like an answer.
        opened = last.quotes if last.answer and last.answer.answered else ()
        return {
            self._parts.turns: turns,
            self._parts.kept: conversations_as_json(conversations),
            self._parts.log: self._turns_as_html(turns, say),
            self._parts.chart: timeline_update(last.answer, say),
            self._parts.article: opened_article(self._library, len(turns) - 1, opened, 0, say),
            self._parts.earlier: earlier_as_html(conversations, say),
            self._parts.note: self._note(request),
        }

    def _reopen(self, kept: Any, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        conversations = kept_conversations(kept)
        number = _sent(event, "conversation", int)
        if number is None or not 0 <= number < len(conversations):
            return
        others = (*conversations[:number], *conversations[number + 1 :])
        yield self._welcome(self._say(request))
        yield from self._ask_all(conversations[number].questions, (), others, request)

    def _start_anew(self, kept: Any, request: gr.Request) -> Shown:
        say = self._say(request)
        return {
            **self._welcome(say),
            self._parts.earlier: earlier_as_html(kept_conversations(kept), say),
            self._parts.question: "",
        }

    def _forget(self, request: gr.Request) -> Shown:
        return {self._parts.kept: [], self._parts.earlier: earlier_as_html((), self._say(request))}

    def _stop(self, request: gr.Request) -> None:
        stopped = self._stops.get(request.session_hash or "")
        if stopped is not None:
            stopped.set()

    def _open_quote(self, turns: tuple[Turn, ...], event: gr.EventData, request: gr.Request) -> Shown:
        say = self._say(request)
        number, quote = _sent(event, "turn", int), _sent(event, "quote", int)
        if number is None or quote is None or not 0 <= number < len(turns):
            return {self._parts.article: nothing_open(say)}
        return {self._parts.article: opened_article(self._library, number, turns[number].quotes, quote, say)}

    def _mark(self, turns: tuple[Turn, ...], event: gr.EventData, request: gr.Request) -> Shown:
        number, said = _sent(event, "turn", int), _sent(event, "verdict", str)
        if number is None or said not in list(Verdict):
            return {}
        return self._marked(turns, number, Verdict(said), None, request)

    def _correct(self, turns: tuple[Turn, ...], event: gr.EventData, request: gr.Request) -> Shown:
        number, quote, words = _sent(event, "turn", int), _sent(event, "quote", int), _sent(event, "words", str) or ""
        if number is None or not 0 <= number < len(turns):
            return {}
        quotes = turns[number].quotes
        chosen = quotes[quote] if quote is not None and 0 <= quote < len(quotes) else None
        return self._marked(turns, number, Verdict.WRONG, Correction(chosen, words[:300]), request)

    def _marked(
        self,
        turns: tuple[Turn, ...],
        number: int,
        verdict: Verdict,
        correction: Correction | None,
        request: gr.Request,
    ) -> Shown:
        if not 0 <= number < len(turns) or (answer := turns[number].answer) is None:
            return {}
        try:
            mark_answer(self._library, answer, verdict, correction, narrowed=bool(turns[number].query.filters))
        except PressciteError as error:
            raise gr.Error(self._say(request).problem(str(error)), print_exception=False) from None
        turn = replace(turns[number], verdict=verdict, corrected=correction is not None)
        marked = (*turns[:number], turn, *turns[number + 1 :])
        return {self._parts.turns: marked, self._parts.log: self._turns_as_html(marked, self._say(request))}

    def _look_again(self, request: gr.Request) -> str:
        self._refresher.refresh(wait=WORTH_WAITING)
        return self._note(request)

    def _note(self, request: gr.Request) -> str:
        return element("p", index_note(self._library, self._refresher.state, self._say(request)))

    # What is shown.

    def _welcome(self, say: Messages) -> Shown:
        return {
            self._parts.turns: (),
            self._parts.log: log_as_html(welcome_as_html(self._library, say), say),
            self._parts.chart: timeline_update(None, say),
            self._parts.article: nothing_open(say),
        }

    def _turns_as_html(self, turns: tuple[Turn, ...], say: Messages, found: Quote | None = None, hint: str = "") -> str:
        none = any(turn.answer is not None and turn.answer.status is Status.NOT_FOUND for turn in turns)
        about = about_articles(self._library, say) if none else ""
        shown = [turn_as_html(turn, number, say, found, about) for number, turn in enumerate(turns)]
        if hint:
            shown.append(element("p", hint, class_="presscite-hint", role="status"))
        return log_as_html(joined(shown), say)

    def _say(self, request: gr.Request) -> Messages:
        return messages_for(request.headers.get("accept-language", ""), self._language)


def _sent(event: gr.EventData, name: str, kind: type[Any]) -> Any:
    """One value of an event as a browser sent it; None if it is not there, or not of its kind."""
    value = event._data.get(name) if isinstance(event._data, dict) else None  # noqa: SLF001 - it has no other way
    return value if isinstance(value, kind) and not isinstance(value, bool) else None
