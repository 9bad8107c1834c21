"""The library: everything that an answer is made of, opened together."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.reader.protocol import Reader
from bot.reader.trained import BUNDLED_READER, TrainedReader
from corpus.errors import IndexDamagedError, IndexMismatchError, WrongUseError
from corpus.folder import require_folder
from index.embedding import BUNDLED, Encoder
from index.reindex import PATIENCE, reindex
from index.reindex_report import Progress, ReindexReport
from index.search import Searcher
from index.store import Store

MIN_CONFIDENCE = 0.05
"""The lowest confidence of an answer; see the model card for what other thresholds cost."""


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of articles, its index, and a reader."""

    folder: Path | None
    """The corpus folder, which quotes are checked against; None for a copy that answers without it."""
    store: Store
    searcher: Searcher
    reader: Reader
    min_confidence: float = MIN_CONFIDENCE
    """Below this, from 0 to 1, the answer is "not found"."""

    def refresh(
        self,
        *,
        rebuild: bool = False,
        patience: float = PATIENCE,
        on_progress: Callable[[Progress], None] = lambda _: None,
        on_wait: Callable[[], None] = lambda: None,
    ) -> ReindexReport:
        """Bring the index up to date with the folder; see `index.reindex.reindex`. A copy stays as it is."""
        if self.folder is None:
            with self.store.snapshot() as snapshot:
                return ReindexReport(unchanged=snapshot.statistics.articles, generation=snapshot.generation)
        return reindex(
            self.folder,
            self.store,
            self.searcher.encoder,
            rebuild=rebuild,
            patience=patience,
            on_progress=on_progress,
            on_wait=on_wait,
        )

    def state(self) -> str:
        """A word that changes whenever the indexed articles or the model do."""
        with self.store.snapshot() as snapshot:
            recipe = snapshot.recipe
            hashes = snapshot.hashes()
        parts = [*(f"{path} {digest}" for path, digest in hashes.items()), repr(recipe)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def open_library(
    folder: Path | None,
    index_folder: Path,
    *,
    model: str | None = None,
    reader: Path | str = BUNDLED_READER,
    min_confidence: float = MIN_CONFIDENCE,
) -> Library:
    """Open the articles in `folder` with the index in `index_folder`, which need not exist yet.

    Without a folder, the index must be a copy that was imported: its own texts then prove its quotes.
    `model` is the encoder's name or folder; left out, it is the one that made the index, or the
    bundled one. `reader` is what `bot.reader.trained.TrainedReader` takes. Nothing heavy is loaded before it is
    needed. Raises `WrongUseError` for a folder that is none, and `IndexDamagedError` or
    `IndexMismatchError` for an index of no use.
    """
    if folder is not None:
        require_folder(folder)
    if index_folder.exists() and not index_folder.is_dir():
        raise WrongUseError(f"The index folder {index_folder} is a file.", "Give a folder with --index DIR.")
    store = Store(index_folder)
    encoder = Encoder(model or recorded_model(store) or BUNDLED)
    return Library(folder, store, Searcher(encoder, store.vectors_file), TrainedReader(reader), min_confidence)


def recorded_model(store: Store) -> str | None:
    """The model that made the index, if there is an index that can be read."""
    if not store.exists:
        return None
    try:
        with store.snapshot() as snapshot:
            return snapshot.recipe.model if snapshot.recipe else None
    except (IndexDamagedError, IndexMismatchError):
        # Whoever reads it next is told; a rebuild goes on without it.
        return None


def is_detached(index_folder: Path) -> bool:
    """Whether the index in `index_folder` is a copy that was imported, which answers without its folder."""
    store = Store(index_folder)
    if not store.exists:
        return False
    with store.snapshot() as snapshot:
        return snapshot.detached
