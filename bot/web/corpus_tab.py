"""The tab of the articles: what is indexed, the days it is of, what could not be read; adding and removing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
from index.listing import ListingPage, Order

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
        self._connect(tab)
        if self.removable is not None:
            self._connect_changes(self.removable)
        else:
            gr.Markdown(i18n("corpus_read_only"))

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
        looking = [self.search, self.order, self.offset]
        tab.select(self._look, looking, self._looked, **_QUIET)
        self.timer.tick(self._look_again, looking, self._looked, **_QUIET)
        self.reindex.click(self._look_for_changes, looking, self._looked, **_QUIET)
        for event in (self.search.submit, self.search.change, self.order.input):
            event(self._look_anew, [self.search, self.order], self._looked, trigger_mode="always_last", **_QUIET)
        self.previous.click(self._turn(-PAGE), looking, self._looked, **_QUIET)
        self.next.click(self._turn(PAGE), looking, self._looked, **_QUIET)

    def _connect_changes(self, removable: gr.Dropdown) -> None:
        looking = [self.search, self.order, self.offset]
        fields = [self.text, self.title, self.outlet, self.published]
        changed = [*self._looked, self.told]
        self.add_files.click(self._add_files, [self.files, *looking], [*changed, self.files], **_QUIET)
        self.add_text.click(self._add_text, [*fields, self.search, self.order], [*changed, *fields], **_QUIET)
        self.remove.click(self._remove, [removable, *looking], changed, **_QUIET)
        self.restore.click(self._restore, [self.removed, *looking], changed, **_QUIET)

    @property
    def _looked(self) -> list[Any]:
        shown = [self.state, self.days, self.table, self.offset, self.previous, self.next, self.left_out, self.timer]
        return [*shown, self.removable, self.removed] if self.removable is not None else shown

    # What happens.

    def _look(self, search: str, order: str, offset: int, request: gr.Request) -> Shown:
        say = self._say(request)
        state = self._refresher.state
        note = element("p", index_note(self._library, state, say))
        shown: Shown = {
            self.state: joined([note, progress_as_html(state, say)]),
            self.timer: gr.Timer(active=state.progress is not None),
        }
        try:
            with self._library.store.snapshot() as snapshot:
                listing = snapshot.listing
                page = listing.page(str(search)[:LONGEST_SEARCH], order=_order(order), offset=offset, count=PAGE)
                days, left_out = listing.days(), listing.left_out(MOST_LEFT_OUT)
                skipped = listing.left_out_count()
                warned = [problem for problem in snapshot.problems() if not problem.skipped]
        except PressciteError as error:
            return {**shown, self.table: _told([say.problem(str(error))])}
        return {
            **shown,
            self.days: days_as_html(days, say),
            self.left_out: left_out_as_html(left_out, skipped, say) + warned_as_html(warned, say),
            **self._leafed(page, say),
        }

    def _leafed(self, page: ListingPage, say: Messages) -> Shown:
        shown: Shown = {
            self.table: table_as_html(page, say),
            self.offset: page.offset,
            self.previous: gr.Button(interactive=page.offset > 0),
            self.next: gr.Button(interactive=page.offset + len(page.entries) < page.total),
        }
        if self.removable is not None:
            shown[self.removable] = gr.Dropdown([entry.path for entry in page.entries], value=[])
            removed = [(_removed(each), each.key) for each in removed_articles(self._trash, MOST_REMOVED)]
            shown[self.removed] = gr.Dropdown(removed, value=[])
        return shown

    def _look_again(self, search: str, order: str, offset: int, request: gr.Request) -> Shown:
        shown = self._look(search, order, offset, request)
        # What is being chosen is not taken back by looking how far the index is.
        choosing = [self.removable, self.removed] if self.removable is not None else []
        return {component: value for component, value in shown.items() if component not in choosing}

    def _look_anew(self, search: str, order: str, request: gr.Request) -> Shown:
        return self._look(search, order, 0, request)

    def _look_for_changes(self, search: str, order: str, offset: int, request: gr.Request) -> Shown:
        self._refresher.refresh(wait=WORTH_WAITING)
        return self._look(search, order, offset, request)

    def _turn(self, by: int) -> Callable[..., Shown]:
        def turn(search: str, order: str, offset: int, request: gr.Request) -> Shown:
            return self._look(search, order, offset + by, request)

        return turn

    def _add_files(self, files: list[str] | None, search: str, order: str, offset: int, request: gr.Request) -> Shown:
        say = self._say(request)
        told = [self._added_file(file, say) for file in map(Path, files or [])]
        return self._changed(told or [say("corpus_no_files")], (search, order, offset), request) | {self.files: None}

    def _add_text(
        self, text: str, title: str, outlet: str, published: str, search: str, order: str, request: gr.Request
    ) -> Shown:
        say = self._say(request)
        try:
            name, data = composed_article(text, title=title, outlet=outlet, published=published)
        except PressciteError as error:
            return {self.told: _told([say.problem(str(error))])}
        emptied = (self.text, self.title, self.outlet, self.published)
        shown = self._changed([self._added(name, data, say)], (search, order, 0), request)
        return shown | dict.fromkeys(emptied, "")

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

    def _remove(self, paths: list[str], search: str, order: str, offset: int, request: gr.Request) -> Shown:
        say, told = self._say(request), []
        for path in paths or []:
            try:
                with self._library.store.snapshot() as snapshot:
                    known = snapshot.listing.has(path)
                kept = move_to_trash(self._writable, path, self._trash) if known else None
                told.append(say("corpus_removed", path=path, place=kept) if kept else say("corpus_unknown", path=path))
            except PressciteError as error:
                told.append(say.problem(str(error)))
        return self._changed(told or [say("corpus_none_chosen")], (search, order, offset), request)

    def _restore(self, keys: list[str], search: str, order: str, offset: int, request: gr.Request) -> Shown:
        say, told = self._say(request), []
        for key in keys or []:
            try:
                added = restore_article(self._writable, self._trash, key)
                told.append(say("corpus_was_there" if added.was_there else "corpus_restored", path=added.path))
            except PressciteError as error:
                told.append(say.problem(str(error)))
        return self._changed(told or [say("corpus_none_chosen")], (search, order, offset), request)

    def _changed(self, told: list[str], looking: tuple[str, str, int], request: gr.Request) -> Shown:
        self._refresher.refresh(wait=WORTH_WAITING)
        return self._look(*looking, request) | {self.told: _told(told)}

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
