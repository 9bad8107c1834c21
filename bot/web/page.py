"""The page: its tabs, and how it looks."""

from pathlib import Path
from typing import Any

import gradio as gr

from bot.library import Library
from bot.refreshing import Refresher
from bot.web.conversation import ConversationTab
from bot.web.corpus_tab import CorpusTab
from bot.web.list_tab import ListTab
from bot.web.messages import all_messages
from bot.web.program_endpoints import add_program_endpoints
from bot.web.programs import Programs


def look(language: str | None = None) -> dict[str, Any]:
    """What `gr.Blocks.launch` takes of how the page looks, and of the language it speaks (the browser's if None)."""
    return {
        "theme": gr.themes.Soft(font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace")),
        "css_paths": [Path(__file__).parent / name for name in ("page.css", "corpus.css")],
        "i18n": _i18n(language),
    }


def build_page(
    library: Library,
    refresher: Refresher,
    programs: Programs,
    *,
    refresh: bool = True,
    allow_upload: bool = False,
    language: str | None = None,
) -> gr.Blocks:
    """The page and what its parts do, and what programs may call; not served yet."""
    i18n = _i18n(language)
    page = gr.Blocks(title="Presscite", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        gr.HTML("<h1>Presscite</h1>", elem_id="presscite-title")
        with gr.Tabs():
            with gr.Tab(i18n("tab_ask"), id="ask"):
                asking = ConversationTab(library, refresher, i18n, refresh=refresh, language=language)
            with gr.Tab(i18n("tab_corpus"), id="corpus") as tab:
                CorpusTab(tab, library, refresher, i18n, allow_upload=allow_upload, language=language)
            with gr.Tab(i18n("tab_list"), id="list"):
                ListTab(programs.answer_patiently, i18n, language=language)
        asking.start(page)
        add_program_endpoints(programs)
    return page


def _i18n(language: str | None) -> gr.I18n:
    return gr.I18n(**all_messages(language))
