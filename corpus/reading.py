"""Reading a file into an `Article`: one function a format, and one that detects the encoding."""

import codecs
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from corpus.article import Article
from corpus.boilerplate import is_boilerplate
from corpus.errors import ArticleError
from corpus.front_matter import FrontMatter, read_front_matter

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes; a news article is a thousandth of it, so a larger file is something else."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY_ENCODINGS = ["cp1252", "latin_1", "cp1251", "koi8_r", "shift_jis", "euc_kr", "gb18030"]
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LONGEST_TITLE = 200


def read_article(folder: Path, path: str, largest_file: int = LARGEST_FILE) -> Article:
    """Read the file at `path` (relative to `folder`, forward slashes) as an article.

    Raises `ArticleError`, naming the file and the reason, when it is not readable, empty, larger
    than `largest_file` bytes, binary, or of a format that no function here reads.
    """
    reader = FORMATS.get(Path(path).suffix.lower())
    if reader is None:
        known = ", ".join(FORMATS)
        raise ArticleError(f"{path}: its format is not one that is read ({known}).", "Convert it to one of them.")
    return reader(path, read_bytes(folder, path, largest_file))


def read_bytes(folder: Path, path: str, largest_file: int = LARGEST_FILE) -> bytes:
    """The bytes of one file, or an `ArticleError` that says why there are none."""
    file = folder / path
    try:
        size = file.stat().st_size
        if size > largest_file:
            raise ArticleError(
                f"{path}: {size:,} bytes is more than an article has (at most {largest_file:,}).",
                "Split it, or move it out of the folder.",
            )
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArticleError(f"{path}: cannot be read ({reason}).", "Check that it exists and its permissions.") from None
    if not data.strip():
        raise ArticleError(f"{path}: is empty.", "Delete it, or put the article into it.")
    return data


def read_plain_text(path: str, data: bytes) -> Article:
    """A `.txt` file: all of it is body, and its first line of words is the title."""
    text, encoding = decode(path, data)
    body_start = 1 if text.startswith("\ufeff") else 0
    return _article(path, "text", data, text, encoding, FrontMatter(end=body_start))


def read_markdown(path: str, data: bytes) -> Article:
    """A `.md` file: front matter first, if there is any, then the body."""
    text, encoding = decode(path, data)
    return _article(path, "markdown", data, text, encoding, read_front_matter(text))


FORMATS: dict[str, Callable[[str, bytes], Article]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
"""By suffix in lower case, the function that reads it; a new format is a line here."""


def decode(path: str, data: bytes) -> tuple[str, str]:
    """Decode `data`; returns the text and the name of the codec that gave it.

    A byte order mark decides; then UTF-8, which other encodings hardly ever imitate; then
    charset-normalizer's guess among the encodings that news files have. A UTF-8 byte order mark
    stays in the text as its first character, so that a plain "utf-8" decodes to the same offsets.
    Raises `ArticleError` when the bytes are not text.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = "utf-8" if b"\x00" not in data else _two_byte_encoding(path, data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = _decode_legacy(path, data)
    if len(_CONTROL.findall(text)) > len(text) // 200:
        raise _not_text(path)
    return text, encoding


def _two_byte_encoding(path: str, data: bytes) -> str:
    """UTF-16 without a byte order mark: white space and digits have a zero byte, all on one side."""
    low_first, high_first = data[1::2].count(0), data[0::2].count(0)
    if low_first and high_first:
        raise _not_text(path)
    return "utf-16-le" if low_first else "utf-16-be"


def _decode_legacy(path: str, data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None or b"\x00" in data:
        raise _not_text(path)
    return data.decode(best.encoding), best.encoding


def _not_text(path: str) -> ArticleError:
    return ArticleError(f"{path}: is not text (binary, or in no known encoding).", "Save it as UTF-8 text.")


def _article(path: str, format: str, data: bytes, text: str, encoding: str, front_matter: FrontMatter) -> Article:
    body = text[front_matter.end :]
    if not body.strip():
        raise ArticleError(f"{path}: has no text below its front matter.", "Put the article into it, or delete it.")
    return Article(
        path=path,
        format=format,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        body_start=front_matter.end,
        title=front_matter.title or _title_of(body) or Path(path).stem,
        published=front_matter.published,
        outlet=front_matter.outlet,
        url=front_matter.url,
        language=front_matter.language,
        warnings=front_matter.warnings,
    )


def _title_of(body: str) -> str | None:
    heading = _HEADING.search(body)
    if heading is not None:
        return heading[1][:_LONGEST_TITLE]
    for line in body.splitlines():
        if line.strip() and not is_boilerplate(line):
            return " ".join(line.split())[:_LONGEST_TITLE]
    return None
