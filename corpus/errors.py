"""Every error that Presscite raises on purpose; imports nothing.

A message says what is wrong, naming the file or the value; a remedy says what to do next.
`bot.cli.main` is the one place that turns them into words on a terminal and an exit code.
"""


class PressciteError(Exception):
    """A problem that a person can mend: `message` says what is wrong, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class WrongUseError(PressciteError):
    """A value given by the user cannot be used; the command line ends with code 2."""


class ArticleError(PressciteError):
    """One file cannot be read as an article; the others still can."""


class ModelError(PressciteError):
    """The embedding model is missing, or is not the one it says it is."""


class IndexMismatchError(PressciteError):
    """The index was made by another model or another version of Presscite."""


class IndexBusyError(PressciteError):
    """Another process is writing to the index."""


class IndexDamagedError(PressciteError):
    """The index on disk cannot be read, or cannot be written."""


class IndexReadOnlyError(PressciteError):
    """The index cannot be written to; what was indexed can still be answered from."""


class ServerBusyError(PressciteError):
    """More is being asked than can be answered in time."""
