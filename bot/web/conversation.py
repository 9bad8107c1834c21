"""The tab to ask in: the conversation, and beside it the article of a quote."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from bot.answering import LONGEST_QUESTION
from bot.feedback import Correction, Verdict, mark_answer
from bot.library import Library
from bot.refreshing import Refresher
from bot.web.article_panel import nothing_open, opened_article
from bot.web.asking import WORTH_WAITING, answer_as_it_comes
from bot.web.cards import turn_as_html
from bot.web.earlier import earlier_as_html
from bot.web.index_note import index_note
from bot.web.markup import element, joined
from bot.web.messages import Messages, messages_for
from bot.web.timeline_chart import timeline_chart, timeline_update
from bot.web.turns import Asked, Conversation, Turn, asked_from_address, conversations_as_json, kept_conversations
from bot.web.welcome import welcome_as_html
from corpus.errors import PressciteError

AT_ONCE = 4
"""Questions answered at the same time; others wait for their turn."""

NOTED_EVERY = 5.0
"""Seconds between two looks at how far the index is."""

_SCRIPT = f"<script>{(Path(__file__).parent / 'page.js').read_text(encoding='utf-8')}</script>"

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
        self._build(i18n)
        self._connect()

    def start(self, page: gr.Blocks) -> None:
        """Fill the tab when the page is opened: with what its address asks, or with a welcome."""
        page.load(self._open_page, [self.kept], self._all, api_visibility="private", show_progress="hidden")

    def _build(self, i18n: gr.I18n) -> None:
        # Not a secret: the browser keeps the conversations under it, and must read them after a restart.
        self.kept = gr.BrowserState([], storage_key="presscite-conversations", secret="presscite")  # noqa: S106
        self.turns = gr.State(())
        with gr.Row(equal_height=False, elem_id="presscite-columns"):
            with gr.Column(scale=5, elem_id="presscite-asking"):
                self.earlier = _html("earlier", "fresh reopen forget")
                with _html(
                    "conversation", "ask open_quote mark correct stop", template="${value}@children"
                ) as self.log:
                    self.chart = timeline_chart()
                self.question = gr.Textbox(
                    placeholder=i18n("question_placeholder"),
                    label=i18n("question"),
                    max_length=LONGEST_QUESTION,
                    submit_btn=True,
                    autofocus=True,
                    elem_id="presscite-question",
                )
            with gr.Column(scale=4, elem_id="presscite-reading"):
                self.article = _html("article", "open_quote")
        with gr.Row(equal_height=True, elem_id="presscite-foot"):
            self.note = gr.HTML("", elem_id="presscite-note")
            self.reindex = gr.Button(i18n("reindex"), size="sm", scale=0, elem_id="presscite-reindex")

    def _connect(self) -> None:
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asking = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "asking"}
        state = [self.turns, self.kept]
        running = [
            self.question.submit(self._ask_typed, [self.question, *state], self._all, **asking),
            self.log.ask(self._ask_sent, state, self._all, **asking),
            self.earlier.reopen(self._reopen, [self.kept], self._all, **asking),
        ]
        self.log.stop(self._stopped, [self.turns], self._all, cancels=running, **quiet)
        self.earlier.fresh(self._start_anew, [self.kept], self._all, cancels=running, **quiet)
        self.earlier.forget(self._forget, None, [self.kept, self.earlier], **quiet)
        for component in (self.log, self.article):
            component.open_quote(self._open_quote, [self.turns], [self.article], **quiet)
        self.log.mark(self._mark, [self.turns], [self.turns, self.log], **quiet)
        self.log.correct(self._correct, [self.turns], [self.turns, self.log], **quiet)
        self.reindex.click(self._look_again, None, [self.note], **quiet)
        gr.Timer(NOTED_EVERY).tick(self._note, None, [self.note], **quiet)

    @property
    def _all(self) -> list[Any]:
        return [self.turns, self.kept, self.question, self.log, self.chart, self.article, self.earlier, self.note]

    # What happens.

    def _open_page(self, kept: Any, request: gr.Request) -> Iterator[Shown]:
        say = self._say(request)
        conversations = kept_conversations(kept)
        asked = asked_from_address(request.query_params)
        yield {**self._welcome(say), self.earlier: earlier_as_html(conversations, say), self.note: self._note(request)}
        if asked is None:
            return
        # A page that is loaded again goes on with the conversation that it showed.
        if conversations and conversations[0].questions[-1].link == asked.link:
            yield from self._ask_all(conversations[0].questions, conversations[1:], request)
        else:
            yield from self._ask(asked, (), kept, request)

    def _ask_typed(self, question: str, turns: tuple[Turn, ...], kept: Any, request: gr.Request) -> Iterator[Shown]:
        if question.strip():
            yield from self._ask(Asked(question), turns, kept, request)

    def _ask_sent(
        self, turns: tuple[Turn, ...], kept: Any, event: gr.EventData, request: gr.Request
    ) -> Iterator[Shown]:
        question = _sent(event, "question", str) or ""
        if question.strip():
            yield from self._ask(Asked(question, standalone=True), turns, kept, request)

    def _ask(self, asked: Asked, turns: tuple[Turn, ...], kept: Any, request: gr.Request) -> Iterator[Shown]:
        conversations = kept_conversations(kept)
        # The first of those kept is the one that is shown, once anything was asked in it.
        others = conversations[1:] if turns else conversations
        for answered, shown in self._answered(asked, turns, self._say(request)):
            yield shown
            turns = answered
        yield self._done(turns, others, request)

    def _ask_all(
        self, questions: tuple[Asked, ...], others: tuple[Conversation, ...], request: gr.Request
    ) -> Iterator[Shown]:
        turns: tuple[Turn, ...] = ()
        for asked in questions:
            for answered, shown in self._answered(asked, turns, self._say(request)):
                yield shown
                turns = answered
        yield self._done(turns, others, request)

    def _answered(
        self, asked: Asked, turns: tuple[Turn, ...], say: Messages
    ) -> Iterator[tuple[tuple[Turn, ...], Shown]]:
        """The turns with one more, first without and then with its answer, and what to show of them meanwhile."""
        waiting = (*turns, Turn(asked))
        refresher = self._refresher if self._refresh else None
        yield turns, {self.log: self._turns_as_html(waiting, say), self.question: "", self.turns: waiting}
        for told in answer_as_it_comes(asked, turns, self._library, refresher):
            if isinstance(told, list):
                yield turns, {self.log: self._turns_as_html(waiting, say, told)}
            else:
                waiting = (*turns, Turn(asked, told))
        yield waiting, {self.log: self._turns_as_html(waiting, say), self.turns: waiting}

    def _done(self, turns: tuple[Turn, ...], others: tuple[Conversation, ...], request: gr.Request) -> Shown:
        say = self._say(request)
        conversations = (Conversation(tuple(turn.asked for turn in turns)), *others)
        last = len(turns) - 1
        return {
            self.turns: turns,
            self.kept: conversations_as_json(conversations),
            self.log: self._turns_as_html(turns, say),
            self.chart: timeline_update(turns[-1].answer, say),
            self.article: opened_article(self._library, last, turns[-1].quotes, 0, say),
            self.earlier: earlier_as_html(conversations, say),
            self.note: self._note(request),
        }

    def _reopen(self, kept: Any, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        conversations = kept_conversations(kept)
        number = _sent(event, "conversation", int)
        if number is None or not 0 <= number < len(conversations):
            return
        others = (*conversations[:number], *conversations[number + 1 :])
        yield self._welcome(self._say(request))
        yield from self._ask_all(conversations[number].questions, others, request)

    def _start_anew(self, kept: Any, request: gr.Request) -> Shown:
        say = self._say(request)
        return {**self._welcome(say), self.earlier: earlier_as_html(kept_conversations(kept), say), self.question: ""}

    def _forget(self, request: gr.Request) -> Shown:
        return {self.kept: [], self.earlier: earlier_as_html((), self._say(request))}

    def _stopped(self, turns: tuple[Turn, ...], request: gr.Request) -> Shown:
        say = self._say(request)
        kept = tuple(turn for turn in turns if turn.answer is not None)
        if not kept:
            return self._welcome(say)
        return {self.turns: kept, self.log: self._turns_as_html(kept, say)}

    def _open_quote(self, turns: tuple[Turn, ...], event: gr.EventData, request: gr.Request) -> Shown:
        say = self._say(request)
        number, quote = _sent(event, "turn", int), _sent(event, "quote", int)
        if number is None or quote is None or not 0 <= number < len(turns):
            return {self.article: nothing_open(say)}
        return {self.article: opened_article(self._library, number, turns[number].quotes, quote, say)}

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
            mark_answer(self._library, answer, verdict, correction)
        except PressciteError as error:
            raise gr.Error(str(error), print_exception=False) from None
        turn = replace(turns[number], verdict=verdict, corrected=correction is not None)
        marked = (*turns[:number], turn, *turns[number + 1 :])
        return {self.turns: marked, self.log: self._turns_as_html(marked, self._say(request))}

    def _look_again(self, request: gr.Request) -> str:
        self._refresher.refresh(wait=WORTH_WAITING)
        return self._note(request)

    def _note(self, request: gr.Request) -> str:
        return element("p", index_note(self._library, self._refresher.state, self._say(request)))

    # What is shown.

    def _welcome(self, say: Messages) -> Shown:
        return {
            self.turns: (),
            self.log: self._log(welcome_as_html(self._library, say), say),
            self.chart: timeline_update(None, say),
            self.article: nothing_open(say),
        }

    def _turns_as_html(self, turns: tuple[Turn, ...], say: Messages, looked_at: list[str] | None = None) -> str:
        shown = [turn_as_html(turn, number, say, looked_at or ()) for number, turn in enumerate(turns)]
        return self._log(joined(shown), say)

    def _log(self, inside: str, say: Messages) -> str:
        return element(
            "div",
            inside,
            id="presscite-log",
            role="log",
            aria_label=say("conversation"),
            data_language=say.language,
            data_copied=say("copied"),
        )

    def _say(self, request: gr.Request) -> Messages:
        return messages_for(request.headers.get("accept-language", ""), self._language)


def _html(name: str, events: str, template: str = "${value}") -> gr.HTML:
    """A part of the page that page.js looks after; `events` are the names of those that it sends."""
    listed = ", ".join(f"'{event}'" for event in events.split())
    return gr.HTML(
        "",
        html_template=template,
        elem_id=f"presscite-{name}",
        head=_SCRIPT,
        js_on_load=f"window.presscite.{name}(element, trigger, watch, [{listed}]);",
        apply_default_css=False,
    )


def _sent(event: gr.EventData, name: str, kind: type[Any]) -> Any:
    """One value of an event as a browser sent it; None if it is not there, or not of its kind."""
    value = event._data.get(name) if isinstance(event._data, dict) else None  # noqa: SLF001 - it has no other way
    return value if isinstance(value, kind) and not isinstance(value, bool) else None
