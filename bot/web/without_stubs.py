"""Importing Gradio in about half the time."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_stubs() -> Iterator[None]:
    """Within this, an import of Gradio writes no `.pyi` file for each of its components.

    It does so at every start, parsing the source of each several times and writing where it is installed. A class
    whose file `inspect.getfile` does not find is passed over (`gradio.component_meta.create_or_modify_pyi`), so
    none of Gradio's is found here. Meant for one thread, while nothing else is imported.
    """
    find = inspect.getfile

    def find_others(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError
        return find(thing)

    inspect.getfile = find_others  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = find
