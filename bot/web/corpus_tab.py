"""The tab of the articles: what is indexed, the days it is of, what could not be read; adding and removing."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.utils import get_upload_folder

from bot.library import Library
from bot.refreshing import Refresher
from bot.rendering import printable
from bot.web.index_note import index_note
from bot.web.listing_html import days_as_html, left_out_as_html, progress_as_html, table_as_html, warned_as_html
from bot.web.markup import element, joined
from bot.web.messages import Messages, messages_for
from bot.web.trash import RemovedArticle, move_to_trash, removed_articles, restore_article
from bot.web.uploads import add_article, composed_article, read_upload
from corpus.errors import PressciteError, WrongUseError
from corpus.reading import FORMATS, LARGEST_FILE
from index.listing import Order

PAGE = 50
"""Articles that the table shows at once."""

MOST_LEFT_OUT = 100
"""Files that could not be read, of which the reasons are listed."""

MOST_REMOVED = 200
"""Removed articles that can be chosen to be restored, the last ones."""

LONGEST_SEARCH = 200
WORTH_WAITING = 2.0
"""Seconds that a click waits for the index; what takes longer shows its progress."""

LOOKED_EVERY = 1.0
"""Seconds between two looks at how far the index is, while it is being made."""

Shown = dict[Any, Any]
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class _Page:
    """What the table was last made for, and what could be chosen with it."""

    search: str = ""
    order: str = Order.NEWEST.value
    paths: Sequence[str] = ()
    removed: Sequence[tuple[str, str]] = ()


class CorpusTab:
    """The components of the tab, and what happens in them; made within its `gr.Tab`."""

    def __init__(
        self,
        tab: gr.Tab,
        library: Library,
        refresher: Refresher,
        i18n: gr.I18n,
        *,
        allow_upload: bool,
        language: str | None,
    ) -> None:
        self._library = library
        self._refresher = refresher
        self._language = language
        self._folder = library.folder if allow_upload else None
        self._build(i18n)
        self.removable = self._build_changes(i18n) if self._folder is not None else None
        if self.removable is None:
            gr.Markdown(i18n("corpus_read_only"))
        self._connect(tab)

    def _build(self, i18n: gr.I18n) -> None:
        with gr.Row(equal_height=False):
            self.state = gr.HTML("", elem_id="presscite-corpus-state")
            self.reindex = gr.Button(i18n("reindex"), size="sm", scale=0, elem_id="presscite-corpus-reindex")
        self.days = gr.HTML("", elem_id="presscite-corpus-days")
        with gr.Row():
            self.search = gr.Textbox(
                label=i18n("corpus_search"),
                placeholder=i18n("corpus_search_hint"),
                max_length=LONGEST_SEARCH,
                scale=3,
                elem_id="presscite-corpus-search",
            )
            orders = [(i18n(f"order_{order.value}"), order.value) for order in Order]
            self.order = gr.Dropdown(orders, value=Order.NEWEST.value, label=i18n("corpus_order"), filterable=False)
        self.table = gr.HTML("", elem_id="presscite-corpus-table")
        self.offset = gr.State(0)
        self.shown = gr.State(_Page())
        self.looked_for = gr.State("")
        with gr.Row():
            self.previous = gr.Button(i18n("page_previous"), size="sm", scale=0, min_width=160, interactive=False)
            self.next = gr.Button(i18n("page_next"), size="sm", scale=0, min_width=160, interactive=False)
        self.left_out = gr.HTML("", elem_id="presscite-corpus-left-out")
        self.timer = gr.Timer(LOOKED_EVERY, active=False)

    def _build_changes(self, i18n: gr.I18n) -> gr.Dropdown:
        with gr.Accordion(i18n("corpus_add"), open=False, elem_id="presscite-corpus-add"):
            self.files = gr.File(
                label=i18n("corpus_files"), file_count="multiple", file_types=[*FORMATS], type="filepath", height=140
            )
            self.add_files = gr.Button(i18n("corpus_add_files"), size="sm")
            with gr.Row():
                self.title = gr.Textbox(label=i18n("column_title"), max_length=300)
                self.outlet = gr.Textbox(label=i18n("column_outlet"), max_length=200)
                self.published = gr.Textbox(label=i18n("column_date"), placeholder="2022-01-31", max_length=20)
            self.text = gr.Textbox(label=i18n("corpus_text"), lines=6, max_lines=20, max_length=LARGEST_FILE)
            self.add_text = gr.Button(i18n("corpus_add_text"), size="sm")
        with gr.Accordion(i18n("corpus_remove"), open=False, elem_id="presscite-corpus-remove"):
            removable = gr.Dropdown([], label=i18n("corpus_removable"), multiselect=True, filterable=True)
            self.remove = gr.Button(i18n("corpus_remove_chosen"), size="sm", variant="stop")
        with gr.Accordion(i18n("corpus_restore"), open=False, elem_id="presscite-corpus-restore"):
            self.removed = gr.Dropdown([], label=i18n("corpus_removed_last"), multiselect=True, filterable=True)
            self.restore = gr.Button(i18n("corpus_restore_chosen"), size="sm")
        self.told = gr.HTML("", elem_id="presscite-corpus-told")
        return removable

    def _connect(self, tab: gr.Tab) -> None:
        searched = (self.search.submit, self.search.change, self.order.input)
        gr.on(
            # One listener for all: a look under way never comes back over what was asked for after it.
            [tab.select, self.timer.tick, *searched, self.offset.change, self.looked_for.change],
            self._look,
            [self.search, self.order, self.offset, self.shown],
            self._looked,
            trigger_mode="always_last",
            **_QUIET,
        )
        self.reindex.click(self._wait_for_the_index, None, self.looked_for, **_QUIET)
        for button, by in zip(self._turns, (-PAGE, PAGE), strict=True):
            button.click(partial(operator.add, by), self.offset, self.offset, **_QUIET)
        if self.removable is not None:
            self._connect_changes(self.removable)

    def _connect_changes(self, removable: gr.Dropdown) -> None:
        fields = [self.text, self.title, self.outlet, self.published]
        told = [self.told, self.looked_for]
        self.add_files.click(self._add_files, self.files, [*told, self.files], **_QUIET)
        self.add_text.click(self._add_text, fields, [*told, *fields], **_QUIET)
        self.remove.click(self._remove, removable, told, **_QUIET)
        self.restore.click(self._restore, self.removed, told, **_QUIET)

    @property
    def _looked(self) -> list[Any]:
        made = [self.state, self.days, self.table, self.offset, self.shown, self.left_out, self.timer]
        return [*made, *self._turns, *self._choices]

    @property
    def _turns(self) -> list[gr.Button]:
        return [self.previous, self.next]

    @property
    def _choices(self) -> list[gr.Dropdown]:
        return [self.removable, self.removed] if self.removable is not None else []

    # What happens.

    def _look(self, search: str, order: str, offset: int, before: _Page, request: gr.Request) -> Shown:
        say = self._say(request)
        state = self._refresher.state
        note = element("p", index_note(self._library, state, say))
        shown: Shown = {
            self.state: joined([note, progress_as_html(state, say)]),
            self.timer: gr.Timer(active=state.progress is not None),
        }
        offset = offset if (search, order) == (before.search, before.order) else 0
        try:
            with self._library.store.snapshot() as snapshot:
                listing = snapshot.listing
                page = listing.page(str(search)[:LONGEST_SEARCH], order=_order(order), offset=offset, count=PAGE)
                days, left_out = listing.days(), listing.left_out(MOST_LEFT_OUT)
                skipped = listing.left_out_count()
                warned = [problem for problem in snapshot.problems() if not problem.skipped]
        except PressciteError as error:
            return {**shown, self.table: _told([say.problem(str(error))])}
        now = _Page(search, order, [entry.path for entry in page.entries], self._restorable())
        return {
            **shown,
            self.days: days_as_html(days, say),
            self.left_out: left_out_as_html(left_out, skipped, say) + warned_as_html(warned, say),
            self.table: table_as_html(page, say),
            self.offset: page.offset,
            self.previous: gr.Button(interactive=page.offset > 0),
            self.next: gr.Button(interactive=page.offset + len(page.entries) < page.total),
            self.shown: now,
            **self._chosen_from(now, before),
        }

    def _chosen_from(self, now: _Page, before: _Page) -> Shown:
        # What is being chosen is not taken back by a look that finds nothing new.
        chosen: Shown = {}
        if self.removable is not None and now.paths != before.paths:
            chosen[self.removable] = gr.Dropdown(now.paths, value=[])
        if self.removable is not None and now.removed != before.removed:
            chosen[self.removed] = gr.Dropdown(now.removed, value=[])
        return chosen

    def _restorable(self) -> list[tuple[str, str]]:
        if self._folder is None:
            return []
        return [(_removed(each), each.key) for each in removed_articles(self._trash, MOST_REMOVED)]

    def _wait_for_the_index(self) -> str:
        self._refresher.refresh(wait=WORTH_WAITING)
        # A state tells its listener only of a value that is not the one before.
        return uuid4().hex

    def _add_files(self, files: list[str] | None, request: gr.Request) -> Shown:
        say = self._say(request)
        told = [self._added_file(file, say) for file in map(Path, files or [])]
        return {**self._changed(told or [say("corpus_no_files")]), self.files: None}

    def _add_text(self, text: str, title: str, outlet: str, published: str, request: gr.Request) -> Shown:
        say = self._say(request)
        try:
            name, data = composed_article(text, title=title, outlet=outlet, published=published)
        except PressciteError as error:
            return {self.told: _told([say.problem(str(error))])}
        emptied = (self.text, self.title, self.outlet, self.published)
        return {**self._changed([self._added(name, data, say)]), **dict.fromkeys(emptied, "")}

    def _added_file(self, file: Path, say: Messages) -> str:
        try:
            return self._added(file.name, read_upload(file, Path(get_upload_folder())), say)
        except PressciteError as error:
            return say.problem(str(error))

    def _added(self, name: str, data: bytes, say: Messages) -> str:
        try:
            added = add_article(self._writable, name, data)
        except PressciteError as error:
            return say.problem(str(error))
        return say("corpus_was_there" if added.was_there else "corpus_added", path=added.path)

    def _remove(self, paths: list[str], request: gr.Request) -> Shown:
        say, told = self._say(request), []
        for path in paths or []:
            try:
                with self._library.store.snapshot() as snapshot:
                    known = snapshot.listing.has(path)
                kept = move_to_trash(self._writable, path, self._trash) if known else None
                told.append(say("corpus_removed", path=path, place=kept) if kept else say("corpus_unknown", path=path))
            except PressciteError as error:
                told.append(say.problem(str(error)))
        return self._changed(told or [say("corpus_none_chosen")])

    def _restore(self, keys: list[str], request: gr.Request) -> Shown:
        say, told = self._say(request), []
        for key in keys or []:
            try:
                added = restore_article(self._writable, self._trash, key)
                told.append(say("corpus_was_there" if added.was_there else "corpus_restored", path=added.path))
            except PressciteError as error:
                told.append(say.problem(str(error)))
        return self._changed(told or [say("corpus_none_chosen")])

    def _changed(self, told: list[str]) -> Shown:
        return {self.looked_for: self._wait_for_the_index(), self.told: _told(told)}

    @property
    def _writable(self) -> Path:
        if self._folder is None:
            raise WrongUseError("Articles cannot be changed here.", "Start the chat with --allow-upload.")
        return self._folder

    @property
    def _trash(self) -> Path:
        return self._library.store.folder / "trash"

    def _say(self, request: gr.Request) -> Messages:
        return messages_for(request.headers.get("accept-language", ""), self._language)


def _told(lines: list[str]) -> str:
    return element("div", joined([element("p", line) for line in lines]), role="status", class_="presscite-told")


def _removed(article: RemovedArticle) -> str:
    return f"{printable(article.path)} · {article.removed:%Y-%m-%d %H:%M} UTC"


def _order(value: str) -> Order:
    return Order(value) if value in list(Order) else Order.NEWEST
