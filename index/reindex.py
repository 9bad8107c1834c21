"""The folder against the store: add, replace, remove; nothing is embedded twice.

Files are read, split and committed as fast as they come, so that their words are found at once; what is to
be embedded is embedded meanwhile on a thread of its own, from the store, a bounded piece at a time. A kill
leaves nothing half done: what is not embedded yet is still pending.
"""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus.article import Article
from corpus.errors import ArticleError, WrongUseError
from corpus.folder import FolderChanges, Stamp, compare_folder, require_folder, stamp_of
from corpus.reading import LARGEST_FILE, read_article
from index.change import Change
from index.embedding import Encoder, Vector, Vectors
from index.passage import Passage, split_passages
from index.records import Problem
from index.reindex_report import Progress, ReindexReport, compared
from index.search import recipe_of, require_recipe, save_vectors
from index.snapshot import Snapshot
from index.store import Store

PASSAGES_A_COMMIT = 256
"""So many passages are embedded between two commits, so that a crash costs seconds."""

FILES_A_COMMIT = 64
MOST_FILES_A_COMMIT = 512
"""The first files are answered from at once; then each commit holds twice as many as the one before, up to this.

The bands of near-duplicates are spread over all of their table: with 64 files a commit, 25,000 articles wrote that
table 250 times over, 7 gigabytes in all.
"""

PIECES_AHEAD = 2
"""Pieces that wait for the embedding thread, so that it never waits for a commit."""

PATIENCE = 600.0
"""Seconds to wait for another process that is indexing the same folder."""


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
    require_folder(folder)
    with store.lock(patience, on_wait):
        if rebuild:
            store.clear()
        with store.snapshot() as before:
            _require_same_corpus(before, folder)
            if before.recipe is not None:
                require_recipe(before.recipe, encoder)
            stamps = before.stamps()
            described = before.corpus == str(folder.resolve()) and before.recipe is not None
            pending = before.pending(0, 1)
        with _Embedding(store, encoder) as embedding:
            changes = compare_folder(folder, stamps, embedding.prepare)
            touched = [*changes.to_read, *changes.gone]
            with store.snapshot() as before:
                hashes = before.hashes_of(touched)
            if not described:
                with store.change() as change:
                    change.describe(str(folder.resolve()), embedding.recipe)
            if changes.any or pending:
                with store.kept_open():
                    _apply(folder, store, changes, largest_file, embedding, on_progress)
        with store.snapshot() as after:
            save_vectors(after, store.vectors_file)
            return replace(
                compared(hashes, after.hashes_of(touched), after.article_count),
                embedded=embedding.done,
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
    changes: FolderChanges,
    largest_file: int,
    embedding: "_Embedding",
    on_progress: Callable[[Progress], None],
) -> None:
    """Commit what has changed, a batch of files at a time, and embed what is pending."""
    files_done = 0

    def tell() -> None:
        on_progress(Progress(files_done, len(changes.to_read), embedding.done, embedding.known))

    for batch in _batches(changes.to_read):
        finished = embedding.finished()
        with store.change() as change:
            change.fill(finished)
            for path in batch:
                # Read one by one, so that no more than one text is held at a time.
                _put(change, _read(folder, path, largest_file))
        files_done += len(batch)
        embedding.count()
        embedding.look_for_more()
        tell()
    if changes.gone:
        # After all else, so that a renamed file still finds its text when it is read under its new name.
        with store.change() as change:
            change.remove(changes.gone)
    embedding.count()
    while embedding.look_for_more():
        finished = embedding.finished(wait=True)
        with store.change() as change:
            change.fill(finished)
        tell()


class _Embedding:
    """Embeds what is pending in a store, on a thread of its own; left early, it stops after the piece at hand."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self.recipe = recipe_of(encoder)
        self.done = 0
        self.known = 0
        self._store = store
        self._encoder = encoder
        self._after = 0
        self._pieces: deque[tuple[list[int], Future[Vectors]]] = deque()
        self._thread = ThreadPoolExecutor(1, "embedding")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def prepare(self) -> None:
        """Load the model, while the rest of the folder is looked at and the first files are read."""
        self._thread.submit(self._encoder.encode, ["warm"])

    def count(self) -> None:
        """Look how many there are to embed; as that takes longer the more there are, not after each piece."""
        with self._store.snapshot() as now:
            self.known = self.done + now.pending_count

    def look_for_more(self) -> bool:
        """Take the next pending pieces in hand; whether there is anything to wait for."""
        while len(self._pieces) < PIECES_AHEAD:
            with self._store.snapshot() as now:
                pending = now.pending(self._after, PASSAGES_A_COMMIT)
            if not pending:
                break
            texts = [embedded_text(p.article.title, p.article.text, p.passage) for p in pending.values()]
            self._pieces.append(([*pending], self._thread.submit(self._encoder.encode, texts)))
            self._after = max(pending)
        return bool(self._pieces)

    def finished(self, *, wait: bool = False) -> dict[int, Vector]:
        """The vectors of pieces that are done, by id; with `wait`, at least one piece's."""
        vectors: dict[int, Vector] = {}
        while self._pieces and (self._pieces[0][1].done() or (wait and not vectors)):
            ids, piece = self._pieces.popleft()
            vectors |= zip(ids, piece.result(), strict=True)
        self.done += len(vectors)
        return vectors


def _batches(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    start, count = 0, FILES_A_COMMIT
    while start < len(paths):
        yield paths[start : start + count]
        start, count = start + count, min(2 * count, MOST_FILES_A_COMMIT)


def _read(folder: Path, path: str, largest_file: int) -> _Read:
    try:
        # Taken before the bytes: a change in between then shows at the next look.
        stamp = stamp_of(folder / path)._replace(looked_at=time.time_ns())
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


def _put(change: Change, read: _Read) -> None:
    if read.article is None:
        change.skip(read.path, read.problem, read.stamp)
    else:
        change.put(read.article, read.stamp, read.passages)


def _unnameable(path: str) -> Problem:
    return Problem(path, f"{path}: its name is not valid text. Rename it.")
