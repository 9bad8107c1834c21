"""Showing an article as it is quoted."""

import re
from pathlib import PurePosixPath

from bot.library import Library
from corpus.article import Article
from corpus.errors import WrongUseError
from corpus.reading import read_article

_SPAN = re.compile(r"(\d+):(\d+)")


def read_shown(library: Library, path: str) -> Article:
    """The article at `path` below the corpus folder, read now; of a copy without one, as it was kept.

    Raises `WrongUseError` for a path that leads out of the folder or to nothing, and
    `ArticleError` for a file that is no article.
    """
    folder = library.folder
    if folder is None:
        with library.store.snapshot() as snapshot:
            kept = snapshot.article(path)
        if kept is None:
            raise WrongUseError(f"{path}: there is no such article in this index.", "Give the path as quotes show it.")
        return kept
    relative = PurePosixPath(path)
    file = folder / relative
    if relative.is_absolute() or ".." in relative.parts:
        raise WrongUseError(f"{path}: is not below the corpus folder {folder}.", "Give the path as quotes show it.")
    if not file.is_file():
        raise WrongUseError(f"{path}: there is no such article in {folder}.", "Give the path as quotes show it.")
    return read_article(folder, path)


def part_of(article: Article, span: str) -> str:
    """The characters of `article` that "START:END" names. Raises `WrongUseError` if there are none."""
    numbers = _SPAN.fullmatch(span.strip())
    start, end = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    if not start < end <= len(article.text):
        raise WrongUseError(
            f"--at {span}: is no span of {article.path}, which has {len(article.text):,} characters.",
            "Give two numbers as quotes show them, such as 120:245.",
        )
    return article.text[start:end]
