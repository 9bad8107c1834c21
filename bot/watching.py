"""Watching the corpus folder for changes; the only file that imports watchfiles."""

import threading
from collections.abc import Callable
from pathlib import Path, PurePath

from corpus.reading import FORMATS

SETTLED = 300
"""Milliseconds without a change after which several are reported as one."""

LONGEST = 1_500
"""Milliseconds after which changes are reported though more come in."""


def watch_folder(folder: Path, on_change: Callable[[], None]) -> None:
    """Call `on_change` after every change of an article below `folder`, from now on, on a thread of its own."""
    threading.Thread(target=_watch, args=(folder, on_change), name="watching", daemon=True).start()


def _watch(folder: Path, on_change: Callable[[], None]) -> None:
    from watchfiles import Change, watch

    def matters(_: Change, path: str) -> bool:
        # A folder that comes or goes takes its articles with it, and has no suffix.
        return PurePath(path).suffix.lower() in {*FORMATS, ""}

    for _ in watch(folder, watch_filter=matters, step=SETTLED, debounce=LONGEST, raise_interrupt=False):
        on_change()
