"""The tab of a list of questions: the same as `presscite batch`, watched as it goes and downloaded at the end."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import gradio as gr
from gradio.utils import get_upload_folder
from markupsafe import Markup

from bot.answer import Answer
from bot.batch import answer_rows, write_atomically, writer_for
from bot.questions import QuestionRow, read_questions
from bot.web.listing_html import scrollable
from bot.web.markup import element, joined
from bot.web.messages import Messages, messages_for
from bot.web.uploads import require_upload
from corpus.errors import PressciteError, WrongUseError

MOST_QUESTIONS = 1_000
"""Of one list; `presscite batch` takes any number."""

MOST_ROWS_SHOWN = 200
LISTS_AT_ONCE = 2
SHOWN_EVERY = 0.5
"""Seconds."""

LONGEST_PASTED = 200_000
"""Characters."""

SUFFIXES = (".jsonl", ".csv", ".txt")
_COLUMNS = ("question", "answer", "status", "quote")

Shown = dict[Any, Any]
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class ListTab:
    """The components of the tab, and what happens in them; made within its `gr.Tab`.

    `answer` is asked one question after the other.
    """

    def __init__(self, answer: Callable[[QuestionRow], Answer], i18n: gr.I18n, *, language: str | None) -> None:
        self._answer = answer
        self._language = language
        with gr.Row():
            self.file = gr.File(
                label=i18n("list_file"),
                file_types=[*SUFFIXES],
                type="filepath",
                height=140,
                elem_id="presscite-list-file",
            )
            self.pasted = gr.Textbox(
                label=i18n("list_pasted"),
                lines=5,
                max_lines=12,
                max_length=LONGEST_PASTED,
                elem_id="presscite-list-text",
            )
        with gr.Row():
            self.start = gr.Button(
                i18n("list_start"), variant="primary", size="sm", scale=0, min_width=180, elem_id="presscite-list-start"
            )
            self.stop = gr.Button(i18n("list_stop"), size="sm", scale=0, min_width=120, interactive=False)
        self.progress = gr.HTML("", elem_id="presscite-list-progress")
        with gr.Row():
            # Its label may be translated like any other; the type says less than the page can do.
            self.as_jsonl, self.as_csv = (
                gr.DownloadButton(
                    cast("str", i18n(f"list_{name}")), size="sm", scale=0, min_width=180, interactive=False
                )
                for name in ("jsonl", "csv")
            )
        self.table = gr.HTML("", elem_id="presscite-list-table")
        running = self.start.click(
            self._run, [self.file, self.pasted], self._all, concurrency_limit=LISTS_AT_ONCE, **_QUIET
        )
        self.stop.click(self._stopped, None, self._all, cancels=[running], **_QUIET)

    @property
    def _all(self) -> list[Any]:
        return [self.progress, self.table, self.as_jsonl, self.as_csv, self.start, self.stop]

    def _run(self, file: str | None, pasted: str, request: gr.Request) -> Iterator[Shown]:
        say = messages_for(request.headers.get("accept-language", ""), self._language)
        try:
            if file is not None:
                require_upload(Path(file), Path(get_upload_folder()))
            questions = read_list(file, pasted)
        except PressciteError as error:
            said = element("p", say.problem(str(error)), role="alert", class_="presscite-none")
            yield {**self._so_far([], 0, say), **self._idle(said)}
            return
        rows: list[dict[str, Any]] = []
        shown = time.monotonic()
        yield self._so_far(rows, len(questions), say)
        for row in answer_rows(questions, self._answer):
            rows.append(row)
            if time.monotonic() - shown > SHOWN_EVERY:
                yield self._so_far(rows, len(questions), say)
                shown = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="presscite-list-") as folder:
            written = {name: _written(rows, Path(folder) / f"answers.{name}") for name in ("jsonl", "csv")}
            # The page takes copies of the files before it comes back for more.
            yield {
                **self._so_far(rows, len(questions), say),
                self.as_jsonl: gr.DownloadButton(value=written["jsonl"], interactive=True),
                self.as_csv: gr.DownloadButton(value=written["csv"], interactive=True),
                self.start: gr.Button(interactive=True),
                self.stop: gr.Button(interactive=False),
            }

    def _so_far(self, rows: Sequence[dict[str, Any]], total: int, say: Messages) -> Shown:
        said = say("list_progress", done=f"{len(rows):,}", total=f"{total:,}")
        bar = element("progress", value=len(rows), max=max(total, 1), aria_label=said)
        return {
            self.progress: element("div", bar, element("p", said, role="status"), class_="presscite-progress"),
            self.table: rows_as_html(rows, say),
            self.as_jsonl: gr.DownloadButton(interactive=False),
            self.as_csv: gr.DownloadButton(interactive=False),
            self.start: gr.Button(interactive=False),
            self.stop: gr.Button(interactive=True),
        }

    def _stopped(self) -> Shown:
        return self._idle(gr.skip())

    def _idle(self, progress: Any) -> Shown:
        return {
            self.progress: progress,
            self.start: gr.Button(interactive=True),
            self.stop: gr.Button(interactive=False),
        }


def read_list(file: str | None, pasted: str) -> tuple[QuestionRow, ...]:
    """The questions of an uploaded list, or of pasted lines, one each.

    Raises `WrongUseError` for a list that is none, that is empty, or longer than MOST_QUESTIONS.
    """
    if file is not None:
        try:
            rows = read_questions(Path(file)).rows
        except WrongUseError as error:
            # Where the upload was put is nobody's business.
            raise WrongUseError(error.message.replace(str(file), Path(file).name), error.remedy) from None
    else:
        with tempfile.TemporaryDirectory(prefix="presscite-list-") as folder:
            lines = Path(folder) / "questions.txt"
            lines.write_text(pasted[:LONGEST_PASTED], encoding="utf-8", errors="replace")
            rows = read_questions(lines).rows
    if not rows:
        raise WrongUseError("There are no questions in it.", "Give a file, or paste one question a line.")
    if len(rows) > MOST_QUESTIONS:
        raise WrongUseError(
            f"The list has {len(rows):,} questions; the page takes {MOST_QUESTIONS:,}.", "Use presscite batch for it."
        )
    return rows


def rows_as_html(rows: Sequence[dict[str, Any]], say: Messages) -> Markup:
    """The first MOST_ROWS_SHOWN rows of a batch as a table."""
    if not rows:
        return Markup("")
    head = joined([element("th", say(f"column_{name}"), scope="col") for name in _COLUMNS])
    body = joined([_row(row, say) for row in rows[:MOST_ROWS_SHOWN]])
    table = scrollable(element("table", element("thead", element("tr", head)), element("tbody", body)), say("tab_list"))
    more = len(rows) - MOST_ROWS_SHOWN
    return table + (element("p", say("more_of_them", count=f"{more:,}"), class_="presscite-hint") if more > 0 else "")


def _row(row: dict[str, Any], say: Messages) -> Markup:
    quote = row["quotes"][0] if row["quotes"] else None
    # What is disputed has no answer, but several.
    positions = " · ".join(filter(None, (position["answer"] for position in row["positions"])))
    source = ", ".join(filter(None, [quote["outlet"] or quote["article"], quote["published"]])) if quote else ""
    return element(
        "tr",
        element("td", str(row["question"])),
        element("td", element("strong", row["answer"] or positions)),
        element(
            "td",
            element("span", say(f"status_{row['status']}"), class_="presscite-short"),
            *([element("p", say.problem(row["error"]))] if row["error"] else []),
        ),
        element(
            "td",
            quote["text"] if quote else "",
            element("span", source, class_="presscite-path"),
            class_="presscite-wide",
        ),
    )


def _written(rows: Sequence[dict[str, Any]], output: Path) -> Path:
    write = writer_for(output)
    write_atomically(output, lambda stream: write(stream, rows))
    return output
