"""Reading files: encodings, formats, and bad articles named after their fault."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import ArticleError
from corpus.reading import decode, read_article

ENGLISH = "The ministry counted more than 8,000 detainees on Monday, it said. “No comment,” said the mayor.\n"
SPANISH = "El presidente de Kazajistán declaró el lunes que los disturbios fueron un intento de golpe. Señaló daños.\n"
RUSSIAN = "По данным министерства, задержаны более 8000 человек. Президент заявил, что порядок восстановлен.\n"

ENCODED = [
    ("utf-8", ENGLISH + RUSSIAN, "utf-8"),
    ("utf-8-sig", ENGLISH, "utf-8"),
    ("utf-16", RUSSIAN, "utf-16"),
    ("utf-16-le", ENGLISH, "utf-16-le"),
    ("utf-16-be", SPANISH, "utf-16-be"),
    ("utf-32", SPANISH, "utf-32"),
    ("cp1251", RUSSIAN, "cp1251"),
    ("koi8-r", RUSSIAN, "koi8_r"),
    ("latin-1", SPANISH, "cp1252"),
    ("cp1252", SPANISH + ENGLISH, "cp1252"),
]


@pytest.mark.parametrize(("written", "text", "detected"), ENCODED, ids=[row[0] for row in ENCODED])
def test_encodings_are_detected(tmp_path: Path, written: str, text: str, detected: str) -> None:
    data = text.encode(written)
    (tmp_path / "a.txt").write_bytes(data)
    article = read_article(tmp_path, "a.txt")
    assert article.encoding == detected
    assert article.body == text
    assert article.text == data.decode(article.encoding)
    assert article.sha256 == hashlib.sha256(data).hexdigest()


def test_offsets_count_what_plain_utf8_decodes_to(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + ENGLISH.encode()
    (tmp_path / "mark.txt").write_bytes(data)
    article = read_article(tmp_path, "mark.txt")
    assert article.text == data.decode("utf-8")
    assert article.body_start == 1


BAD = {
    "empty.txt": (b"", "empty.txt: is empty."),
    "only-white-space.txt": (b" \n\t\r\n ", "only-white-space.txt: is empty."),
    "binary.txt": (bytes(range(256)) * 8, "binary.txt: is not text"),
    "a-pdf.txt": (b"%PDF-1.7\n\x00\x01\x02\xff\xfe\x00\x9c\x8d" * 20, "a-pdf.txt: is not text"),
    "control-characters.txt": (b"\x01\x02\x03\x04 text \x05\x06", "control-characters.txt: is not text"),
    "oversized.txt": (b"a word " * 200, "oversized.txt: 1,400 bytes is more than an article has (at most 1,000)."),
    "only-front-matter.md": (
        b"---\ntitle: Nothing\n---\n\n",
        "only-front-matter.md: has no text below its front matter.",
    ),
    "other-format.docx": (b"PK", "other-format.docx: its format is not one that is read (.txt, .md, .markdown)."),
}


@pytest.mark.parametrize(("name", "data", "message"), [(name, *rest) for name, rest in BAD.items()], ids=list(BAD))
def test_bad_articles_are_named_with_the_reason(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ArticleError) as error:
        read_article(tmp_path, name, largest_file=2048 if name == "binary.txt" else 1000)
    assert str(error.value).startswith(message)
    assert error.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"gone\.txt: cannot be read \(No such file"):
        read_article(tmp_path, "gone.txt")


def test_a_folder_with_the_name_of_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ArticleError, match=r"folder\.txt: cannot be read \(Is a directory"):
        read_article(tmp_path, "folder.txt")


def test_what_an_article_says_of_itself(tmp_path: Path) -> None:
    text = (
        "---\r\ntitle: 'A: B'\r\npublished: 2022-01-10\r\noutlet: Sample Wire\r\nurl: https://example.org/a\r\n"
        "language: en\r\n---\r\n\r\nBody.\r\n"
    )
    (tmp_path / "a.md").write_bytes(text.encode())
    article = read_article(tmp_path, "a.md")
    assert (article.title, article.published, article.outlet) == ("A: B", date(2022, 1, 10), "Sample Wire")
    assert (article.url, article.language, article.warnings) == ("https://example.org/a", "en", ())
    assert article.body == "\r\nBody.\r\n"


TITLES = [
    ("# The heading\n\nBody text.", "The heading"),
    ("Listen to this story\n\n--:--\n\n3:18\n\nThe first line of words\n\nBody.", "The first line of words"),
    ("---\noutlet: X\n---\nNo heading here.", "No heading here."),
    ("3 min read\n", "a"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_titles_where_none_is_given(tmp_path: Path, text: str, title: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert read_article(tmp_path, "a.md").title == title


BAD_FRONT_MATTER = {
    "not-yaml": ("---\ntitle: [unclosed\n---\nBody.", "its front matter is not YAML"),
    "nested-too-deeply": (f"---\ntitle: {'[' * 2000}{']' * 2000}\n---\nBody.", "nested too deeply"),
    "a-list": ("---\n- a\n- b\n---\nBody.", "its front matter is not a list of `name: value` lines"),
    "a-bad-date": (
        "---\ntitle: T\npublished: last week\n---\nBody.",
        "its date of publication 'last week' is not a date",
    ),
    "an-impossible-date": (
        "---\npublished: 2022-13-45\n---\nBody.",
        "its date of publication '2022-13-45' is not a date",
    ),
}


@pytest.mark.parametrize(("text", "warning"), BAD_FRONT_MATTER.values(), ids=list(BAD_FRONT_MATTER))
def test_bad_front_matter_is_a_warning_and_never_body(tmp_path: Path, text: str, warning: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    article = read_article(tmp_path, "a.md")
    assert article.body == "Body."
    assert warning in " ".join(article.warnings)


def test_rules_in_the_body_are_not_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n\n---\n\nMore: text.\n\n---\n", encoding="utf-8")
    assert read_article(tmp_path, "a.md").body_start == 0


def test_decoding_random_bytes_never_fails_otherwise() -> None:
    import random

    chance = random.Random(7)
    for _ in range(300):
        data = chance.randbytes(chance.randrange(1, 200))
        try:
            text, encoding = decode("x.txt", data)
        except ArticleError:
            continue
        assert data.decode(encoding) == text
