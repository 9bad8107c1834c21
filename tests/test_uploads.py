"""Articles that come and go through the page: names are safe, nothing is overwritten, nothing is lost."""

import os
from pathlib import Path

import pytest
from conftest import write
from hypothesis import given
from hypothesis import strategies as st

from bot.web.trash import move_to_trash, removed_articles, restore_article
from bot.web.uploads import LONGEST_STEM, AddedArticle, add_article, composed_article, safe_name
from corpus.errors import ArticleError, PressciteError, WrongUseError
from corpus.reading import LARGEST_FILE, read_article

TEXT = b"The lighthouse is 61 metres tall.\n"

NAMES = [
    ("fire.md", "fire.md"),
    ("Fire In The Harbour.TXT", "Fire-In-The-Harbour.txt"),
    ("../../etc/passwd.txt", "passwd.txt"),
    ("..\\..\\windows\\system.md", "system.md"),
    ("/absolute/name.md", "name.md"),
    ("C:\\news\\fire.md", "fire.md"),
    (".hidden.md", "hidden.md"),
    ("...md", "article.md"),
    ("a\x00b.md", "a-b.md"),
    ("a\nb.md", "a-b.md"),
    ("\u202egpj.md", "gpj.md"),
    ("con.txt", "article-con.txt"),
    ("LPT1.backup.md", "article-LPT1.backup.md"),
    ("$(rm -rf ~).md", "rm-rf.md"),
    ("<script>.md", "script.md"),
    ("카자흐스탄.md", "카자흐스탄.md"),
    ("cafe\u0301.md", "caf\u00e9.md"),
    ("हिन्दी.md", "हिन्दी.md"),
    ("-rf.md", "rf.md"),
    ("a|b;c&d`e.markdown", "a-b-c-d-e.markdown"),
]


@pytest.mark.parametrize(("name", "safe"), NAMES)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name", ["", "article", "page.html", "a.md.exe", "a.txt/", "x.md/..", "\ud800", "a.TXT\x00.php"]
)
def test_a_file_that_is_no_article_is_refused(name: str) -> None:
    with pytest.raises(ArticleError, match="none of"):
        safe_name(name)


@given(st.text(st.characters(), max_size=300), st.sampled_from([".md", ".txt", ".MARKDOWN"]))
def test_every_safe_name_stays_one_plain_file(stem: str, suffix: str) -> None:
    safe = safe_name(stem + suffix)
    assert Path(safe).name == safe
    assert not safe.startswith((".", "-"))
    assert safe_name(safe) == safe
    assert len(safe.encode()) <= LONGEST_STEM + len("article-.markdown")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    assert add_article(tmp_path, "a.md", TEXT) == AddedArticle("a.md")
    assert add_article(tmp_path, "a.md", TEXT) == AddedArticle("a.md", was_there=True)
    assert add_article(tmp_path, "a.md", TEXT + b"More.\n") == AddedArticle("a-2.md")
    assert add_article(tmp_path, "a.md", TEXT + b"More.\n") == AddedArticle("a-2.md", was_there=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.md", "a.md"]
    assert (tmp_path / "a.md").read_bytes() == TEXT


def test_a_link_in_the_folder_is_not_written_through(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.md", tmp_path / "articles"
    folder.mkdir()
    write(outside, "Untouched.\n")
    (folder / "a.md").symlink_to(outside)
    assert add_article(folder, "a.md", TEXT).path == "a-2.md"
    assert outside.read_text() == "Untouched.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\x00\x01\x02" * 100, "is not text"),
        (b"---\ntitle: x\n---\n", "no text below"),
        (b"x" * (LARGEST_FILE + 1), "more than an article has"),
    ],
    ids=["nothing", "white space", "binary", "front matter only", "too large"],
)
def test_what_could_not_be_read_is_not_kept(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        add_article(tmp_path, "a.md", data)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WrongUseError, match="cannot be written"):
        add_article(tmp_path, "a.md", TEXT)


def test_a_pasted_article_is_read_back_as_it_was_typed(tmp_path: Path) -> None:
    title = 'He said: "no" \\ yes --- #1'
    name, data = composed_article(
        "The text.\n\nMore.", title=title, outlet="O'Neill & Co\n", published=" 2022-01-31 ", language="en"
    )
    assert name == "2022-01-31-He-said-no-yes-1.md"
    added = add_article(tmp_path, name, data)
    article = read_article(tmp_path, added.path)
    assert (article.title, article.outlet, article.language) == (title, "O'Neill & Co", "en")
    assert article.published is not None
    assert article.published.isoformat() == "2022-01-31"
    assert article.body.strip() == "The text.\n\nMore."
    assert article.warnings == ()


@given(st.text(max_size=80), st.text(max_size=40), st.text(min_size=1, max_size=200))
def test_whatever_is_pasted_is_an_article_or_refused(title: str, outlet: str, text: str) -> None:
    try:
        name, data = composed_article(text, title=title, outlet=outlet)
    except ArticleError:
        assert not text.strip()
    else:
        assert safe_name(name) == name
        assert data.decode().endswith("\n")


@pytest.mark.parametrize("published", ["yesterday", "2022-13-01", "01/02/2022", "2022-01-01; DROP TABLE"])
def test_a_date_that_is_none_is_said(published: str) -> None:
    with pytest.raises(ArticleError, match="is no date"):
        composed_article("Text.", published=published)


def test_a_removed_article_lies_in_the_trash(tmp_path: Path) -> None:
    folder, trash = tmp_path / "articles", tmp_path / "index" / "trash"
    write(folder / "sub" / "a.md", TEXT)
    kept = [move_to_trash(folder, "sub/a.md", trash)]
    write(folder / "sub" / "a.md", b"Another.\n")
    kept.append(move_to_trash(folder, "sub/a.md", trash))
    assert [path.read_bytes() for path in kept] == [TEXT, b"Another.\n"]
    assert all(path.is_relative_to(trash) and path.parts[-2:] == ("sub", "a.md") for path in kept)
    assert not (folder / "sub" / "a.md").exists()


@pytest.mark.parametrize(
    "path",
    ["../outside.md", "/etc/passwd", "sub/../../outside.md", "linked/outside.md", "no.md", "sub", "a\x00.md", ""],
)
def test_only_articles_of_the_folder_are_removed(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    write(tmp_path / "outside.md", TEXT)
    (folder / "linked").symlink_to(tmp_path)
    with pytest.raises(PressciteError):
        move_to_trash(folder, path, tmp_path / "trash")
    assert (tmp_path / "outside.md").read_bytes() == TEXT


@pytest.fixture
def removed(tmp_path: Path) -> tuple[Path, Path, str]:
    """A folder, a trash with one article in it, and its key."""
    folder, trash = tmp_path / "articles", tmp_path / "index" / "trash"
    write(folder / "sub" / "a.md", TEXT)
    move_to_trash(folder, "sub/a.md", trash)
    (folder / "sub").rmdir()
    (listed,) = removed_articles(trash, 9)
    assert (listed.path, listed.key) == ("sub/a.md", f"{listed.folder}/sub/a.md")
    return folder, trash, listed.key


def test_a_removed_article_comes_back_to_its_place(removed: tuple[Path, Path, str]) -> None:
    folder, trash, key = removed
    assert restore_article(folder, trash, key) == AddedArticle("sub/a.md")
    assert (folder / "sub" / "a.md").read_bytes() == TEXT
    assert removed_articles(trash, 9) == []
    assert [*trash.iterdir()] == [], "no empty folders stay behind"
    with pytest.raises(WrongUseError, match="no such removed article"):
        restore_article(folder, trash, key)


def test_restoring_overwrites_nothing(removed: tuple[Path, Path, str]) -> None:
    folder, trash, key = removed
    write(folder / "sub" / "a.md", b"Another.\n")
    assert restore_article(folder, trash, key) == AddedArticle("sub/a-2.md")
    assert (folder / "sub" / "a.md").read_bytes() == b"Another.\n"
    assert (folder / "sub" / "a-2.md").read_bytes() == TEXT
    move_to_trash(folder, "sub/a-2.md", trash)
    write(folder / "sub" / "a-2.md", TEXT)
    (again,) = removed_articles(trash, 9)
    assert restore_article(folder, trash, again.key) == AddedArticle("sub/a-2.md", was_there=True)


def test_those_removed_last_come_first(tmp_path: Path) -> None:
    for name in ("2022-01-09T10-00-00", "2022-01-10T10-00-00", "2022-01-10T10-00-00-2", "2022-01-10T10-00-00-10"):
        write(tmp_path / "trash" / name / "a.md", TEXT)
    write(tmp_path / "trash" / "other" / "a.md", TEXT)
    write(tmp_path / "trash" / "2022-01-11T10-00-00" / "a.exe", TEXT)
    listed = removed_articles(tmp_path / "trash", 3)
    assert [each.folder[8:] for each in listed] == ["10T10-00-00-10", "10T10-00-00-2", "10T10-00-00"]
    assert listed[0].removed.isoformat() == "2022-01-10T10:00:00+00:00"
    assert removed_articles(tmp_path / "none", 3) == []


MOMENT = "2022-01-10T10-00-00"


@pytest.mark.parametrize(
    "key",
    [
        "",
        MOMENT,
        f"{MOMENT}/",
        f"{MOMENT}/../../outside.md",
        f"{MOMENT}/../{MOMENT}/a.md",
        "../outside.md",
        "/etc/passwd",
        f"{MOMENT}//etc/passwd",
        f"{MOMENT}/link.md",
        f"{MOMENT}/linked/outside.md",
        f"{MOMENT}/away/inside.md",
        f"{MOMENT}/a.exe",
        f"{MOMENT}/a\x00.md",
        f"{MOMENT}/sub",
        "other/a.md",
    ],
)
def test_only_removed_articles_are_restored(tmp_path: Path, key: str) -> None:
    folder, trash = tmp_path / "articles", tmp_path / "trash"
    folder.mkdir()
    write(tmp_path / "outside.md", TEXT)
    write(tmp_path / "elsewhere" / "there.md", TEXT)
    for name in ("a.md", "a.exe", "sub/a.md", "away/inside.md"):
        write(trash / MOMENT / name, TEXT)
    write(trash / "other" / "a.md", TEXT)
    (trash / MOMENT / "link.md").symlink_to(tmp_path / "outside.md")
    (trash / MOMENT / "linked").symlink_to(tmp_path)
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PressciteError):
        restore_article(folder, trash, key)
    assert sorted(tmp_path.rglob("*")) == before
