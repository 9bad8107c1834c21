"""Progress bars on stderr; the only file that imports tqdm, once it is needed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(what: str, unit: str, total: int | None = None, delay: float = 0.0) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr; gives a function that is told how many are done, of how many, and a note."""
    from tqdm import tqdm

    with tqdm(total=total, desc=what, unit=unit, delay=delay, file=sys.stderr, leave=False) as bar:

        def update(done: int, of: int | None = None, note: str = "") -> None:
            if of is not None:
                bar.total = of
            bar.set_postfix_str(note, refresh=False)
            bar.update(done - bar.n)

        yield update
