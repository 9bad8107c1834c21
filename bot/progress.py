"""Progress bars on stderr; the only file that imports tqdm, once it is needed."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tqdm import tqdm


@contextmanager
def progress_bar(what: str, unit: str, total: int | None = None, delay: float = 0.0) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr; gives a function that is told how many are done, of how many, and a note.

    What is over within `delay` seconds shows no bar, and does not load what draws one.
    """
    began = time.monotonic()
    bar: tqdm[NoReturn] | None = None

    def update(done: int, of: int | None = None, note: str = "") -> None:
        nonlocal bar
        if bar is None:
            if time.monotonic() - began < delay:
                return
            bar = _drawn(what, unit, total, began)
        if of is not None:
            bar.total = of
        bar.set_postfix_str(note, refresh=False)
        bar.update(done - bar.n)

    try:
        yield update
    finally:
        if bar is not None:
            bar.close()


def _drawn(what: str, unit: str, total: int | None, began: float) -> "tqdm[NoReturn]":
    from tqdm import tqdm

    bar = tqdm(total=total, desc=what, unit=unit, file=sys.stderr, leave=False)
    # The time left follows from all the time that was taken.
    bar.start_t -= time.monotonic() - began
    return bar
