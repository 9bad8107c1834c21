"""What the commands share: exit codes, the library that the options name, progress, notes and JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.progress import progress_bar
from bot.settings import default_index_folder, sample_articles
from corpus.errors import IndexReadOnlyError

if TYPE_CHECKING:
    from bot.library import Library
    from index.reindex_report import Progress, ReindexReport

DONE, PROBLEM, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def open_named(
    *,
    corpus: Path | None,
    index_folder: Path | None,
    model: str | None = None,
    reader: str | None = None,
    min_confidence: float | None = None,
    no_refresh: bool = False,
) -> "Library":
    """The library that the options name, up to date unless they say not to."""
    from bot.library import MIN_CONFIDENCE, is_detached, open_library
    from bot.reader.trained import BUNDLED_READER

    folder = corpus
    if folder is None and (index_folder is None or not is_detached(index_folder)):
        folder = sample_articles()
    library = open_library(
        folder,
        index_folder if index_folder is not None else default_index_folder(folder or sample_articles()),
        model=model,
        reader=BUNDLED_READER if reader is None else reader,
        min_confidence=MIN_CONFIDENCE if min_confidence is None else min_confidence,
    )
    if not no_refresh:
        from bot.reporting import counted

        try:
            report = refresh_shown(library)
        except IndexReadOnlyError as error:
            if not library.store.exists:
                raise
            note(f"{error.message} Answering from what was indexed before.")
            return library
        if report.skipped:
            note(f"{counted(len(report.skipped), 'file')} could not be read; type presscite status to see why.")
        if not report.total:
            where = folder or index_folder
            note(f"there are no articles in {where}; put .txt or .md files into it, or give another --corpus.")
    return library


def refresh_shown(library: "Library", *, rebuild: bool = False) -> "ReindexReport":
    """Bring a library up to date under a progress bar."""
    with progress_bar("Indexing", "passage", delay=0.5) as update:

        def show(progress: "Progress") -> None:
            left = progress.files_to_read - progress.files_done
            update(progress.embedded, progress.to_embed, f"{left:,} files to read" if left else "")

        return library.refresh(
            rebuild=rebuild, on_progress=show, on_wait=lambda: note("another presscite is indexing; waiting for it.")
        )


def note(text: str) -> None:
    """Tell the user something beside the product, on stderr."""
    click.echo(f"presscite: {text}", err=True)


def print_json(value: Any) -> None:
    """Print JSON as the product."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
