"""The article: one text, what is known about it, and the hash that proves it unchanged."""

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it stands in its file.

    `text` is the whole file decoded with `encoding`, nothing added or taken away, so that an
    offset into it can be checked by anyone with `path.read_bytes().decode(encoding)`.
    """

    path: str
    """Where it lies, relative to the corpus folder, with forward slashes."""
    format: str
    """Which function of `corpus.reading` read it: "text" or "markdown"."""
    text: str
    sha256: str
    """SHA-256 of the file's bytes, in hexadecimal."""
    encoding: str
    """The Python codec that decodes the bytes to `text`."""
    body_start: int
    """Where the body begins in `text`, in characters; what stands before is never quoted."""
    title: str
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()
    """What was wrong with the file without making it unreadable, a sentence each."""
    text_sha256: str = ""
    """SHA-256 of the text as UTF-8, noted when it was indexed: the proof where the file itself is elsewhere."""

    @property
    def body(self) -> str:
        """The text without its front matter."""
        return self.text[self.body_start :]


def text_digest(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
