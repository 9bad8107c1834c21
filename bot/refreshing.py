"""Bringing a library up to date in the background, while it goes on answering."""

import threading
from dataclasses import dataclass

from bot.library import Library
from corpus.errors import PressciteError
from index.reindex_report import Progress

MANY_FILES = 500
MANY_PASSAGES = 500
"""Some seconds of reading, and of embedding, on two cores."""

WORTH_WAITING = 2.0
"""Seconds that a question waits for the index to take up what has changed; then it is answered from what is there."""

WORTH_WAITING_FIRST = 60.0
"""Seconds, while nothing at all is indexed yet."""


@dataclass(frozen=True, slots=True)
class RefreshState:
    """How far the library is behind its folder, as far as is known."""

    progress: Progress | None = None
    """Of the refresh that is running; None if none is."""
    problem: str = ""
    """Why the last one came to nothing."""

    @property
    def takes_long(self) -> bool:
        """Whether the refresh that is running will not be over in a moment."""
        if self.progress is None:
            return False
        unread = self.progress.files_to_read - self.progress.files_done
        return unread > MANY_FILES or self.progress.to_embed - self.progress.embedded > MANY_PASSAGES


class Refresher:
    """Refreshes a library on a thread of its own, whenever it is asked to; requests that come together are one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._changed = threading.Condition()
        self._wanted = 0
        self._begun = 0
        self._ended = 0
        self._state = RefreshState()
        threading.Thread(target=self._run, name="refreshing", daemon=True).start()

    @property
    def state(self) -> RefreshState:
        """What is being done."""
        return self._state

    def ask(self) -> None:
        """Ask for a refresh that sees the folder as it is now."""
        self.refresh(wait=0)

    def catch_up(self) -> bool:
        """Ask for a refresh, and wait as long for it as a question should; whether it came to its end."""
        if not self._library.store.exists:
            return self.refresh(WORTH_WAITING_FIRST)
        return self.refresh(0.0 if self._state.takes_long else WORTH_WAITING)

    def refresh(self, wait: float) -> bool:
        """Ask for one, and wait up to `wait` seconds for its end; whether it came."""
        with self._changed:
            # One that is running may have passed by what has changed since.
            target = max(self._wanted, self._begun + 1)
            self._wanted = target
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._ended >= target, timeout=wait)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted > self._begun)
                self._begun = self._wanted
            problem = ""
            try:
                self._library.refresh(on_progress=self._tell)
            except PressciteError as error:
                problem = str(error)
            except Exception as error:  # noqa: BLE001 - a thread that ends here would never refresh again
                problem = f"The articles could not be indexed: {type(error).__name__}: {error}"
            with self._changed:
                self._state = RefreshState(problem=problem)
                self._ended = self._begun
                self._changed.notify_all()

    def _tell(self, progress: Progress) -> None:
        self._state = RefreshState(progress)
