"""The folder against the store: add, replace, remove; nothing is embedded twice."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus.article import Article
from corpus.errors import ArticleError, WrongUseError
from corpus.folder import FolderChanges, Stamp, compare_folder, stamp_of
from corpus.reading import LARGEST_FILE, read_article
from index.change import Change
from index.embedding import Encoder
from index.passage import Passage, split_passages
from index.records import Problem
from index.search import recipe_of, require_recipe
from index.snapshot import Snapshot
from index.store import Store

PASSAGES_A_COMMIT = 256
"""About so many passages are embedded between two commits, so that a crash costs seconds."""

PATIENCE = 600.0
"""Seconds to wait for another process that is indexing the same folder."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reindexing is."""

    files_done: int
    files_to_read: int
    passages: int
    """Passages embedded so far."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What one reindexing did, in paths; `problems` are all that the folder has now."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    embedded: int = 0
    """How many passages had to be embedded."""
    problems: tuple[Problem, ...] = ()
    ignored: dict[str, int] = field(default_factory=dict)
    """How many files of each suffix are of a format that is not read."""
    generation: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """How many articles are indexed now."""
        return self.unchanged + len(self.added) + len(self.changed) + len(self.renamed)

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """The files that could not be indexed."""
        return tuple(problem for problem in self.problems if problem.skipped)

    @property
    def did_anything(self) -> bool:
        """Whether the index holds something else than before."""
        return bool(self.added or self.changed or self.renamed or self.removed)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file that was looked at: an article, or the reason why there is none."""

    path: str
    stamp: Stamp
    article: Article | None = None
    problem: str = ""
    passages: tuple[tuple[Passage, bytes | None], ...] = ()


def reindex(
    folder: Path,
    store: Store,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    patience: float = PATIENCE,
    largest_file: int = LARGEST_FILE,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_wait: Callable[[], None] = lambda: None,
) -> ReindexReport:
    """Bring `store` up to date with the articles in `folder`, in whole generations.

    Waits up to `patience` seconds for another process that is indexing the same, having called
    `on_wait`; calls `on_progress` after each commit. With `rebuild`
    it starts from nothing. Raises `WrongUseError` for a folder that cannot be indexed,
    `IndexMismatchError`, `IndexBusyError`, `IndexDamagedError` and `ModelError` as they come.
    """
    began = time.monotonic()
    compare_folder(folder, {})
    with store.lock(patience, on_wait):
        if rebuild:
            store.clear()
        with store.snapshot() as before:
            _require_same_corpus(before, folder)
            if before.recipe is not None:
                require_recipe(before.recipe, encoder)
            stamps, indexed = before.stamps(), before.hashes()
            never_described = before.corpus != str(folder.resolve()) or before.recipe is None
        changes = compare_folder(folder, stamps)
        if changes.any or never_described:
            embedded = _apply(folder, store, encoder, changes, largest_file, on_progress)
        else:
            embedded = 0
        with store.snapshot() as after:
            return replace(
                _compare(indexed, after.hashes()),
                embedded=embedded,
                problems=(*after.problems(), *map(_unnameable, changes.unnameable)),
                ignored=dict(changes.ignored),
                generation=after.generation,
                seconds=time.monotonic() - began,
            )


def embedded_text(title: str, text: str, passage: Passage) -> str:
    """What of a passage is embedded: its article's title, so that it says what it is about, and its news."""
    news = passage.quotable_text(text)
    return f"{title}\n{news}" if news else ""


def _require_same_corpus(before: Snapshot, folder: Path) -> None:
    other = before.corpus
    if other is not None and other != str(folder.resolve()) and Path(other).is_dir():
        raise WrongUseError(
            f"This index belongs to the folder {other}, not to {folder}.",
            "Give another folder with --index DIR, or leave it out for one of its own.",
        )


def _apply(
    folder: Path,
    store: Store,
    encoder: Encoder,
    changes: FolderChanges,
    largest_file: int,
    on_progress: Callable[[Progress], None],
) -> int:
    """Commit what has changed, a batch of files at a time; returns how many passages were embedded."""
    embedded = done = 0
    with store.change() as change:
        change.describe(str(folder.resolve()), recipe_of(encoder))
    for batch in _batches(folder, changes.to_read, largest_file):
        with store.snapshot() as now:
            texts = _texts_to_embed(now, batch)
        vectors = dict(zip(texts, encoder.encode(list(texts.values())), strict=True)) if texts else {}
        with store.change() as change:
            for read in batch:
                _put(change, read, vectors)
        embedded += len(vectors)
        done += len(batch)
        on_progress(Progress(done, len(changes.to_read), embedded))
    if changes.gone:
        # Last, so that a renamed file still finds its vectors when it is read under its new name.
        with store.change() as change:
            change.remove(changes.gone)
    return embedded


def _batches(folder: Path, paths: Sequence[str], largest_file: int) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    passages = 0
    for path in paths:
        batch.append(_read(folder, path, largest_file))
        passages += len(batch[-1].passages)
        if passages >= PASSAGES_A_COMMIT:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _read(folder: Path, path: str, largest_file: int) -> _Read:
    try:
        # Taken before the bytes: a change in between then shows at the next look.
        stamp = replace(stamp_of(folder / path), looked_at=time.time_ns())
    except OSError:
        stamp = Stamp(-1, -1)
    try:
        article = read_article(folder, path, largest_file)
    except ArticleError as error:
        return _Read(path, stamp, problem=str(error))
    passages = []
    for passage in split_passages(article.text, article.body_start):
        text = embedded_text(article.title, article.text, passage)
        passages.append((passage, hashlib.sha256(text.encode()).digest() if text else None))
    return _Read(path, stamp, article, passages=tuple(passages))


def _texts_to_embed(now: Snapshot, batch: Sequence[_Read]) -> dict[bytes, str]:
    texts = {}
    for read in batch:
        if read.article is not None:
            for passage, digest in read.passages:
                if digest is not None:
                    texts[digest] = embedded_text(read.article.title, read.article.text, passage)
    known = now.known_vectors(texts)
    return {digest: text for digest, text in texts.items() if digest not in known}


def _put(change: Change, read: _Read, vectors: dict[bytes, np.ndarray]) -> None:
    if read.article is None:
        change.skip(read.path, read.problem, read.stamp)
    else:
        change.put(read.article, read.stamp, read.passages, vectors)


def _compare(before: dict[str, str], after: dict[str, str]) -> ReindexReport:
    """The report of what two states of the store, SHA-256 by path, differ in."""
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    by_hash = {before[path]: path for path in sorted(gone, reverse=True)}
    renamed = []
    for path in sorted(new):
        old = by_hash.pop(after[path], None)
        if old is not None:
            renamed.append((old, path))
    return ReindexReport(
        added=tuple(sorted(new - {path for _, path in renamed})),
        changed=tuple(sorted(path for path in before.keys() & after.keys() if before[path] != after[path])),
        renamed=tuple(renamed),
        removed=tuple(sorted(gone - {path for path, _ in renamed})),
        unchanged=sum(before[path] == after[path] for path in before.keys() & after.keys()),
    )


def _unnameable(path: str) -> Problem:
    return Problem(path, f"{path}: its name is not valid text. Rename it.")
