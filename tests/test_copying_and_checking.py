"""An index that can be proven, and a copy of it that answers elsewhere."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run, write

from bot.answering import answer_question
from bot.library import Library, open_library
from corpus.errors import WrongUseError
from index.checking import check_index
from index.copying import export_index, import_index
from index.embedding import Encoder
from index.store import Store

QUESTION = "Who promised an inquiry into the fire?"


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = open_library(folder, tmp_path / "index")
    library.refresh()
    return library


def test_a_sound_index_is_proven(library: Library, folder: Path, encoder: Encoder) -> None:
    write(folder / "new.txt", "The lighthouse is 61 metres tall.")
    (folder / "bridge.txt").unlink()
    library.refresh()
    check = check_index(library.store, encoder)
    assert (check.sound, check.faults) == (True, ())
    assert (check.articles, check.passages, check.vectors) == (3, 3, 3)


FAULTS: dict[str, tuple[str, str]] = {
    "text": (
        "UPDATE content SET text = replace(text, '14', '15') WHERE title LIKE 'Fire%'",
        "fire.md: its text is not the one that was indexed.",
    ),
    "passage": ("UPDATE passage SET end = 9999 WHERE id = 1", "bridge.txt: a passage lies at 0:9999, outside"),
    "words": ("INSERT INTO words (rowid, title, text) VALUES (99, 'a', 'b')", "The words of the full-text index"),
    "vector": ("UPDATE vector SET numbers = zeroblob(768) WHERE id = 2", "1 of 3 vectors are not of length 1."),
    "swapped vectors": (
        "UPDATE vector SET numbers = (SELECT numbers FROM vector other WHERE other.id = 4 - vector.id)"
        " WHERE id IN (1, 3)",
        "bridge.txt: a vector is not the one that the model gives its text.",
    ),
    "shingles": (
        "UPDATE signature SET shingles = x'00000000' WHERE content = 1",
        "bridge.txt: what near-duplicates are found by is missing or wrong.",
    ),
    "signature": (
        "DELETE FROM signature WHERE content = 3",
        "school.txt: what near-duplicates are found by is missing",
    ),
    "bands": (
        "DELETE FROM band WHERE content = 2 AND hash > 0",
        "fire.md: what near-duplicates are found by is missing",
    ),
    "stray band": ("INSERT INTO band (hash, content) VALUES (1, 99)", "1 bands belong to no article."),
    "orphan": ("UPDATE passage SET vector = NULL WHERE vector = 1", "Vector 1 belongs to no passage."),
}


@pytest.mark.parametrize(("sql", "said"), FAULTS.values(), ids=list(FAULTS))
def test_every_fault_is_found(library: Library, encoder: Encoder, sql: str, said: str) -> None:
    connection = sqlite3.connect(library.store.file)
    connection.execute(sql)
    connection.commit()
    connection.close()
    check = check_index(library.store, encoder)
    assert any(fault.startswith(said) for fault in check.faults), check.faults


def test_a_copy_answers_without_its_folder(library: Library, folder: Path, tmp_path: Path) -> None:
    right = answer_question(QUESTION, library)
    export_index(library.store, tmp_path / "copy.presscite")
    folder.rename(tmp_path / "away")
    assert not answer_question(QUESTION, library).quotes, "the index itself proves its quotes by the files"
    copy = Store(tmp_path / "elsewhere")
    import_index(tmp_path / "copy.presscite", copy)
    detached = open_library(None, copy.folder)
    assert detached.refresh().unchanged == 3
    assert answer_question(QUESTION, detached) == right
    connection = sqlite3.connect(copy.file)
    connection.execute("UPDATE content SET text = replace(text, 'Ada', 'Eda')")
    connection.commit()
    connection.close()
    assert not answer_question(QUESTION, detached).quotes, "a text that was tampered with is not quoted"


def test_a_copy_given_a_folder_belongs_to_it(library: Library, folder: Path, tmp_path: Path) -> None:
    export_index(library.store, tmp_path / "copy")
    import_index(tmp_path / "copy", Store(tmp_path / "elsewhere"))
    with library.store.snapshot() as ours, Store(tmp_path / "elsewhere").snapshot() as theirs:
        assert ours.identity != theirs.identity, "from now on they may give one id to different texts"
    folder = folder.rename(tmp_path / "moved")
    attached = open_library(folder, tmp_path / "elsewhere")
    assert attached.refresh().embedded == 0
    with attached.store.snapshot() as snapshot:
        assert not snapshot.detached


def test_exporting_again_replaces_the_copy_and_nothing_else(library: Library, tmp_path: Path) -> None:
    export_index(library.store, tmp_path / "copy")
    export_index(library.store, tmp_path / "copy")
    write(tmp_path / "notes.txt", "Dear diary")
    with pytest.raises(WrongUseError, match="is no index"):
        export_index(library.store, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "Dear diary"
    with pytest.raises(WrongUseError, match="There is no index"):
        export_index(Store(tmp_path / "none"), tmp_path / "copy")
    with pytest.raises(WrongUseError, match="the copy cannot be written"):
        export_index(library.store, tmp_path / "no" / "such" / "folder")


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "this is not a copy of an index"),
    "text": (lambda _: b"Dear diary", "this is not a copy of an index"),
    "cut": (lambda data: data[: len(data) // 2], "this copy is damaged"),
    "overwritten": (lambda data: data[:8192] + bytes(12288) + data[20480:], "this copy is damaged"),
    "newer": (lambda data: data[:60] + (99).to_bytes(4) + data[64:], "this copy has format 99"),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=list(SPOILT))
def test_what_is_no_copy_is_refused(
    library: Library, tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    export_index(library.store, tmp_path / "copy")
    (tmp_path / "spoilt").write_bytes(spoil((tmp_path / "copy").read_bytes()))
    elsewhere = Store(tmp_path / "elsewhere")
    with pytest.raises(WrongUseError, match=said):
        import_index(tmp_path / "spoilt", elsewhere)
    assert not elsewhere.exists
    with pytest.raises(WrongUseError, match="an index in use"):
        import_index(library.store.file, elsewhere)
    with pytest.raises(WrongUseError, match="already"):
        import_index(tmp_path / "copy", library.store)


def test_the_commands(run: Run, folder: Path, tmp_path: Path) -> None:
    where = ("--corpus", folder, "--index", tmp_path / "index")
    run("index", "--check", *where, code=2)
    run("index", *where)
    checked = run("index", "--check", *where).stdout
    assert checked == "3 articles, 3 passages, 3 vectors: texts, words and vectors agree.\n"
    assert json.loads(run("index", "--check", "--json", *where).stdout)["faults"] == []
    assert run("export", tmp_path / "copy", *where).stdout == f"3 articles copied to {tmp_path}/copy.\n"
    copy = ("--index", tmp_path / "elsewhere")
    assert run("import", tmp_path / "copy", *copy).stdout == (
        f"3 articles in {tmp_path}/elsewhere. Ask with --index {tmp_path}/elsewhere\n"
    )
    folder.rename(tmp_path / "away")
    assert "Ada Lindqvist" in run("ask", QUESTION, *copy).stdout.splitlines()[0]
    assert f"Corpus    {folder} (a copy, answering without it)" in run("status", *copy).stdout
    assert "warehouse burned" in run("show", "fire.md", *copy).stdout
    assert "nope.txt: there is no such article in this index" in run("show", "nope.txt", *copy, code=2).stderr
    assert "a copy without its folder" in run("verify", "answers.jsonl", *copy, code=2).stderr
    assert run("index", *copy).stdout.startswith("3 articles: nothing changed.")
