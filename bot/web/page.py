"""The page: the conversation, and beside it the quoted article."""

from pathlib import Path
from typing import Any

import gradio as gr

from bot.answer import Answer, Quote, Status
from bot.answering import LONGEST_QUESTION, answer_question
from bot.library import Library
from bot.quoting import verified_text
from bot.refreshing import Refresher, RefreshState
from bot.rendering import Mark, article_as_html, as_html, escaped
from bot.reporting import counted
from corpus.errors import PressciteError

EXAMPLES = [
    "how many detainees?",
    "How many people died?",
    "Why did people protest?",
    "What did the president say about foreign fighters?",
]

LOOK: dict[str, Any] = {
    "theme": gr.themes.Soft(font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace")),
    "css_paths": Path(__file__).parent / "page.css",
}
"""What `gr.Blocks.launch` takes of how the page looks."""

WORTH_WAITING = 2.0
"""Seconds that a question waits for the index to take up what has changed; then it is answered from what is there."""

WORTH_WAITING_FIRST = 60.0
"""Seconds, while nothing at all is indexed yet."""

NOTED_EVERY = 2.0
"""Seconds between two looks at how far the index is."""

_WELCOME = "Ask the articles a question. The answer is quoted from them, or there is none."
_NOTHING_OPEN = "<p>The article of a quote opens here.</p>"

# The page fills in a moment after the event, so both places are looked for until they stand still.
_SCROLL_TO_QUOTE = """
() => {
  const bringUp = (element, share) => {
    let panel = element && element.parentElement;
    while (panel && !(panel.scrollHeight > panel.clientHeight && /auto|scroll/.test(getComputedStyle(panel).overflowY)))
      panel = panel.parentElement;
    if (!panel || panel === document.documentElement || panel === document.body) return;
    const offset = element.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop += offset - panel.clientHeight * share;
  };
  let tries = 20;
  const look = () => {
    const answers = document.querySelectorAll("#presscite-chat .presscite-answer, #presscite-chat .presscite-none");
    bringUp(answers[answers.length - 1], 0.2);
    bringUp(document.getElementById("presscite-open"), 0.33);
    if (tries-- > 0) setTimeout(look, 50);
  };
  look();
}
"""


def build_page(library: Library, refresher: Refresher, *, refresh: bool = True) -> gr.Blocks:
    """The page and what its parts do; not served yet."""
    page = gr.Blocks(title="Presscite", analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        gr.Markdown("## Presscite")
        answered = gr.State(None)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5):
                chat = gr.Chatbot(
                    elem_id="presscite-chat",
                    show_label=False,
                    label="Conversation",
                    placeholder=_WELCOME,
                    latex_delimiters=[],
                    buttons=[],
                    feedback_options=None,
                    layout="bubble",
                    autoscroll=False,
                )
                question = gr.Textbox(
                    placeholder="how many detainees?",
                    label="Question",
                    max_length=LONGEST_QUESTION,
                    submit_btn=True,
                    autofocus=True,
                )
                gr.Examples(EXAMPLES, question, label="For example")
            with gr.Column(scale=4):
                source = gr.HTML("", elem_id="presscite-source")
                choice = gr.Radio([], label="Quotes of this answer", visible=False)
                article = gr.HTML(_NOTHING_OPEN, elem_id="presscite-article")
        with gr.Row(equal_height=True):
            note = gr.Markdown(_note(library, refresher.state), elem_id="presscite-note")
            reindex = gr.Button("Reindex", size="sm", scale=0, elem_id="presscite-reindex")

        def ask(asked: str, history: list[Any]) -> tuple[Any, ...]:
            if refresh:
                refresher.refresh(wait=_worth_waiting(library, refresher.state))
            answer = answer_or_error(asked, library)
            said = [*history, _message("user", f"<div>{escaped(asked)}</div>"), _message("assistant", as_html(answer))]
            shown = answer.quotes or answer.closest
            names = [f"{number}. {quote.source}" for number, quote in enumerate(shown, start=1)]
            label = "Quotes of this answer" if answer.quotes else "The closest passages"
            radio = gr.Radio(names, value=names[0] if names else None, label=label, visible=len(names) > 1)
            return "", said, answer, radio, *_opened(library, shown, 0), _note(library, refresher.state)

        def open_quote(answer: Answer | None, name: str | None) -> tuple[str, str]:
            shown = (answer.quotes or answer.closest) if answer else ()
            return _opened(library, shown, int(name.split(".")[0]) - 1 if name else 0)

        def look_again() -> str:
            refresher.refresh(wait=WORTH_WAITING)
            return _note(library, refresher.state)

        reindex.click(look_again, None, note, api_visibility="private")
        gr.Timer(NOTED_EVERY).tick(
            lambda: _note(library, refresher.state), None, note, api_visibility="private", show_progress="hidden"
        )
        question.submit(
            ask,
            [question, chat],
            [question, chat, answered, choice, source, article, note],
            api_name="converse",
            api_visibility="private",
        ).then(None, js=_SCROLL_TO_QUOTE)
        choice.input(open_quote, [answered, choice], [source, article], api_visibility="private").then(
            None, js=_SCROLL_TO_QUOTE
        )
    return page


def _worth_waiting(library: Library, state: RefreshState) -> float:
    """The seconds that a question waits for the index, see WORTH_WAITING."""
    if not library.store.exists:
        return WORTH_WAITING_FIRST
    return 0.0 if state.takes_long else WORTH_WAITING


def answer_or_error(asked: str, library: Library) -> Answer:
    """The answer; a problem of the index or the model is an answer with the status "error"."""
    try:
        return answer_question(asked, library)
    except PressciteError as error:
        return Answer(asked, Status.ERROR, error=str(error))


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _opened(library: Library, quotes: tuple[Quote, ...], number: int) -> tuple[str, str]:
    """The head and the text of the article of one quote, all quotes of it marked."""
    if not quotes:
        return "", _NOTHING_OPEN
    opened = quotes[number]
    with library.store.snapshot() as snapshot:
        article = snapshot.article(opened.article)
    text = verified_text(library.folder, article) if article and article.sha256 == opened.sha256 else None
    if article is None or text is None:
        return "", "<p>This article has changed since it was quoted. Ask again.</p>"
    marks = []
    for quote in quotes:
        if quote.article == opened.article:
            said = None
            if quote.answer is not None and quote.answer_start is not None:
                start = quote.start + quote.answer_start
                said = (start, start + len(quote.answer))
            marks.append(Mark(quote.start, quote.end, said, is_open=quote is opened))
    head = (
        f"<h3>{escaped(opened.title)}</h3>"
        f"<p>{escaped(opened.source)} · {escaped(opened.article)} · characters {opened.start} to {opened.end}</p>"
    )
    return head, article_as_html(text, marks, article.body_start)


def _note(library: Library, state: RefreshState) -> str:
    """How many articles are indexed, when, and what is being done about the rest."""
    try:
        with library.store.snapshot() as snapshot:
            statistics = snapshot.statistics
            skipped = sum(problem.skipped for problem in snapshot.problems())
    except PressciteError as error:
        return escaped(str(error))
    when = f", last changed {statistics.updated:%Y-%m-%d %H:%M} UTC" if statistics.updated else ""
    left_out = f"; {counted(skipped, 'file')} could not be read" if skipped else ""
    note = f"{counted(statistics.articles, 'article')} indexed{when}{left_out}."
    if state.progress is not None:
        unread = state.progress.files_to_read - state.progress.files_done
        todo = [f"{counted(unread, 'file')} to read"] if unread else []
        todo += (
            [f"{counted(statistics.pending, 'passage')} to embed, found by their words only"]
            if statistics.pending
            else []
        )
        note += f" Indexing: {', '.join(todo) or 'nearly done'}."
    return note + (f" {escaped(state.problem)}" if state.problem else "")
