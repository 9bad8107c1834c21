"""What the tab to ask in is made of; nothing happens in it yet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from bot.answer import LONGEST_QUESTION
from bot.web.timeline_chart import timeline_chart

LONGEST_FILTER = 200
"""Characters."""

_SCRIPT = f"<script>{(Path(__file__).parent / 'page.js').read_text(encoding='utf-8')}</script>"


@dataclass(frozen=True, slots=True)
class Components:
    """The components of the tab, as far as anything is read from or shown in them."""

    kept: gr.BrowserState
    turns: gr.State
    earlier: gr.HTML
    log: gr.HTML
    chart: gr.LinePlot
    question: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    outlet: gr.Textbox
    article: gr.HTML
    note: gr.HTML
    reindex: gr.Button

    @property
    def filters(self) -> list[Any]:
        """The fields that narrow a question."""
        return [self.since, self.until, self.outlet]

    @property
    def shown(self) -> list[Any]:
        """All that an answer may change."""
        held = [self.kept, self.turns, self.question, *self.filters]
        return [*held, self.earlier, self.log, self.chart, self.article, self.note]


def conversation_components(i18n: gr.I18n) -> Components:
    """The components, placed in the `gr.Blocks` that is open."""
    # Not a secret: the browser keeps the conversations under it, and must read them after a restart.
    kept = gr.BrowserState([], storage_key="presscite-conversations", secret="presscite")  # noqa: S106
    turns = gr.State(())
    with gr.Row(equal_height=False, elem_id="presscite-columns"):
        with gr.Column(scale=5, elem_id="presscite-asking"):
            earlier = _html("earlier", "fresh reopen forget")
            with _html("conversation", "ask open_quote mark correct stop", template="${value}@children") as log:
                chart = timeline_chart()
            question = gr.Textbox(
                placeholder=i18n("question_placeholder"),
                label=i18n("question"),
                show_label=False,
                container=False,
                max_length=LONGEST_QUESTION,
                submit_btn=True,
                autofocus=True,
                elem_id="presscite-question",
            )
            with gr.Accordion(i18n("only_some"), open=False, elem_id="presscite-filters"), gr.Row():
                since, until, outlet = (
                    gr.Textbox(label=i18n(name), max_length=LONGEST_FILTER, min_width=150)
                    for name in ("since", "until", "outlet")
                )
        with gr.Column(scale=4, elem_id="presscite-reading"):
            article = _html("article", "open_quote")
    with gr.Row(equal_height=True, elem_id="presscite-foot"):
        note = gr.HTML("", elem_id="presscite-note")
        reindex = gr.Button(i18n("reindex"), size="sm", scale=0, elem_id="presscite-reindex")
    return Components(kept, turns, earlier, log, chart, question, since, until, outlet, article, note, reindex)


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
