"""The folder and the index: every change is picked up, nothing is embedded twice, no kill loses anything."""

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from conftest import ARTICLES, command, write

from corpus.errors import IndexMismatchError, WrongUseError
from index.embedding import Encoder
from index.reindex import reindex
from index.reindex_report import Progress
from index.schema import FILE_NAME
from index.search import Searcher
from index.store import Store
from index.vectors import header_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index")


def test_everything_is_added_once(folder: Path, store: Store, encoder: Encoder) -> None:
    seen: list[Progress] = []
    first = reindex(folder, store, encoder, on_progress=seen.append)
    assert first.added == tuple(sorted(ARTICLES))
    assert first.embedded == 3
    assert seen[0] == Progress(3, 3, 0, 3)
    assert seen[-1] == Progress(3, 3, 3, 3)
    second = reindex(folder, store, encoder)
    assert not second.did_anything
    assert (second.unchanged, second.embedded, second.generation) == (3, 0, first.generation)


def test_an_edit_embeds_only_what_is_new(folder: Path, store: Store, encoder: Encoder) -> None:
    long = "\n\n".join(
        f"Paragraph {number} tells of the harbour. " + "It goes on for a while. " * 12 for number in range(6)
    )
    write(folder / "fire.md", f"# Fire\n\n{long}")
    assert reindex(folder, store, encoder).embedded == 8
    write(folder / "fire.md", f"# Fire\n\n{long}\n\nA last paragraph was added.", age=30)
    report = reindex(folder, store, encoder)
    assert report.changed == ("fire.md",)
    assert report.embedded == 1


def test_an_edit_within_the_same_second_and_size_is_seen(folder: Path, store: Store, encoder: Encoder) -> None:
    write(folder / "school.txt", "The school has 31 pupils.", age=0)
    reindex(folder, store, encoder)
    times = (folder / "school.txt").stat()
    (folder / "school.txt").write_text("The school has 32 pupils.", encoding="utf-8")
    os.utime(folder / "school.txt", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert reindex(folder, store, encoder).changed == ("school.txt",)


def test_a_rename_embeds_nothing(folder: Path, store: Store, encoder: Encoder) -> None:
    reindex(folder, store, encoder)
    (folder / "new").mkdir()
    (folder / "fire.md").rename(folder / "new" / "harbour.md")
    report = reindex(folder, store, encoder)
    assert report.renamed == (("fire.md", "new/harbour.md"),)
    assert (report.embedded, report.added, report.removed) == (0, (), ())


def test_a_deleted_article_is_forgotten(folder: Path, store: Store, encoder: Encoder) -> None:
    reindex(folder, store, encoder)
    (folder / "fire.md").unlink()
    assert reindex(folder, store, encoder).removed == ("fire.md",)
    with store.snapshot() as snapshot:
        assert snapshot.matching(["warehouse"], 5) == []
        assert snapshot.statistics.vectors == 2


def test_one_bad_file_stops_nothing(folder: Path, store: Store, encoder: Encoder) -> None:
    write(folder / "empty.txt", "")
    write(folder / "binary.md", bytes(range(256)) * 4)
    write(folder / "notes.pdf", "%PDF")
    (folder / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    with (folder / "huge.txt").open("wb") as stream:
        stream.truncate(11 * 1024 * 1024)
    report = reindex(folder, store, encoder)
    assert report.added == tuple(sorted(ARTICLES))
    assert [problem.path for problem in report.skipped] == ["binary.md", "dangling.txt", "empty.txt", "huge.txt"]
    assert all(problem.path in problem.reason for problem in report.skipped)
    assert report.ignored == {".pdf": 1}
    write(folder / "empty.txt", "Now it has news.")
    assert reindex(folder, store, encoder).added == ("empty.txt",)


def test_a_name_that_is_not_text_is_reported(folder: Path, store: Store, encoder: Encoder) -> None:
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.txt")).write_text("News.", encoding="utf-8")
    report = reindex(folder, store, encoder)
    assert report.added == tuple(sorted(ARTICLES))
    assert [problem.reason for problem in report.skipped] == ["caf\\udce9.txt: its name is not valid text. Rename it."]


def test_an_index_is_of_one_folder(folder: Path, tmp_path: Path, store: Store, encoder: Encoder) -> None:
    reindex(folder, store, encoder)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(WrongUseError, match="belongs to the folder"):
        reindex(other, store, encoder)
    folder.rename(tmp_path / "moved")
    assert reindex(tmp_path / "moved", store, encoder).embedded == 0


def test_another_model_is_refused_until_rebuilt(folder: Path, store: Store, encoder: Encoder) -> None:
    reindex(folder, store, encoder)
    connection = sqlite3.connect(store.file)
    connection.execute("UPDATE fact SET value = replace(value, '53aa', '0000') WHERE name = 'recipe'")
    connection.commit()
    connection.close()
    with pytest.raises(IndexMismatchError):
        reindex(folder, store, encoder)
    assert reindex(folder, store, encoder, rebuild=True).added == tuple(sorted(ARTICLES))


@pytest.mark.parametrize("fault", ["missing", "a file"])
def test_a_folder_that_is_none(tmp_path: Path, store: Store, encoder: Encoder, fault: str) -> None:
    if fault == "a file":
        (tmp_path / "it").write_text("x", encoding="utf-8")
    with pytest.raises(WrongUseError, match="The corpus folder"):
        reindex(tmp_path / "it", store, encoder)
    assert not store.exists


def many_articles(folder: Path, count: int = 400) -> None:
    for number in range(count):
        words = f"Town {number} counted {number * 7 + 3} visitors. Its market sold {number % 13} kinds of fruit."
        write(folder / f"{number:03}.txt", f"Market day in town {number}\n\n{words}\n\n{words[::-1]}.\n")


def contents(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an index says, whatever its rows are numbered; vectors to two digits."""
    import numpy as np

    connection = sqlite3.connect(index / FILE_NAME)
    rows = connection.execute(
        "SELECT path, content.sha256, start, end, sentences, numbers FROM file"
        " JOIN content ON file.content = content.id JOIN passage ON passage.content = content.id"
        " LEFT JOIN vector ON vector.id = passage.vector ORDER BY path, start"
    ).fetchall()
    words = connection.execute("SELECT count(*) FROM words WHERE words MATCH 'market'").fetchone()
    orphans = connection.execute("SELECT count(*) FROM vector WHERE id NOT IN (SELECT vector FROM passage)").fetchone()
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    plain = [(*row[:5], *np.frombuffer(row[5], np.float16).round(2).tolist()) for row in rows]
    return {"passages": plain, "words": [words], "orphans": [orphans]}


def generation(index: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{index / FILE_NAME}?mode=ro", uri=True)
        row = connection.execute("SELECT value FROM fact WHERE name = 'generation'").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0


@pytest.mark.parametrize("kill_after", [0, 1])
def test_killed_in_the_middle_nothing_is_lost(tmp_path: Path, kill_after: int, encoder: Encoder, store: Store) -> None:
    folder, index = tmp_path / "articles", tmp_path / "killed"
    many_articles(folder)
    process = subprocess.Popen(
        command("index", "--corpus", folder, "--index", index), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and (generation(index) < kill_after or not (index / FILE_NAME).exists()):
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    reindex(folder, store, encoder)
    report = reindex(folder, Store(index), encoder)
    assert len(report.added) + report.unchanged == 400
    if kill_after:
        assert report.unchanged > 0, "what was committed before the kill is still there"
        assert report.embedded < 800
    assert contents(index) == contents(store.folder)


def test_two_processes_at_once_lose_nothing(tmp_path: Path, encoder: Encoder, store: Store) -> None:
    folder, index = tmp_path / "articles", tmp_path / "shared"
    many_articles(folder, 120)
    start = [command("index", "--json", "--corpus", folder, "--index", index)] * 2
    both = [subprocess.Popen(each, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for each in start]
    ended = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    reindex(folder, store, encoder)
    assert contents(index) == contents(store.folder)


class StoppedError(Exception):
    """Stands for whatever ends an indexing early."""


def test_what_is_read_is_found_by_its_words_before_it_is_embedded(folder: Path, store: Store, encoder: Encoder) -> None:
    def stop(progress: Progress) -> None:
        if progress.files_done:
            raise StoppedError

    with pytest.raises(StoppedError):
        reindex(folder, store, encoder, on_progress=stop)
    with store.snapshot() as snapshot:
        assert snapshot.pending_count == 3
        hits = Searcher(encoder).search(snapshot, "Who promised an inquiry?", 5)
        assert [hit.found.article.path for hit in hits] == ["fire.md"]
        assert hits[0].cosine == 0
    report = reindex(folder, store, encoder)
    assert (report.embedded, report.unchanged) == (3, 3)
    with store.snapshot() as snapshot:
        assert snapshot.pending_count == 0
        assert Searcher(encoder).search(snapshot, "Who promised an inquiry?", 5)[0].cosine != 0


def test_many_vectors_have_a_file_that_is_only_a_help(
    folder: Path, store: Store, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("index.vectors", "index.search"):
        monkeypatch.setattr(f"{module}.EXACT_UP_TO", 50)
    many_articles(folder, 80)
    reindex(folder, store, encoder)

    def found() -> list[tuple[str, float]]:
        with store.snapshot() as snapshot:
            hits = Searcher(encoder, store.vectors_file).search(snapshot, "How many kinds of fruit in town 7?", 5)
            return [(hit.found.article.path, hit.score) for hit in hits]

    right = found()
    with store.snapshot() as snapshot:
        identity = snapshot.identity
    whole = store.vectors_file.read_bytes()
    for damage in (lambda data: data[: len(data) // 2], lambda _: b"", lambda data: data[:-9] + bytes(9)):
        store.vectors_file.write_bytes(damage(whole))
        assert found() == right
        assert reindex(folder, store, encoder).embedded == 0
        assert store.vectors_file.read_bytes()[:100] == whole[:100], "it was made anew, without embedding"
    stale = store.vectors_file.read_bytes()
    store.vectors_file.write_bytes(whole[:-9])
    assert not reindex(folder, store, encoder).did_anything
    assert header_of(store.vectors_file, identity) is not None, "a torn one is made anew though nothing has changed"
    write(folder / "new.txt", "How many kinds of fruit are there in town 7? There are 7 kinds of fruit in town 7.")
    reindex(folder, store, encoder)
    assert found()[0][0] == "new.txt"
    store.vectors_file.write_bytes(stale)
    assert found()[0][0] == "new.txt", "a file of an older generation is brought up to date"


def test_a_snapshot_that_was_left_behind_is_still_searched_whole(folder: Path, store: Store, encoder: Encoder) -> None:
    question = "pupils leaving"
    reindex(folder, store, encoder)
    searcher = Searcher(encoder)
    with store.snapshot() as before:
        (folder / "school.txt").unlink()
        write(folder / "new.txt", "Pupils are leaving the school in Morna.")
        reindex(folder, store, encoder)
        with store.snapshot() as after:
            now = [hit.found.article.path for hit in searcher.search(after, question, 5)]
        then = {hit.found.article.path: hit.cosine for hit in searcher.search(before, question, 5)}
    assert "school.txt" not in now
    assert sorted(then) == sorted(ARTICLES)
    assert then["school.txt"] > 0.3


def test_after_a_rebuild_no_vector_is_taken_for_that_of_another_text(
    tmp_path: Path, store: Store, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids begin anew, so that only the identity of a store tells its vectors from those of the one before."""
    monkeypatch.setattr("index.search.DEPTH", 1)
    for module in ("index.vectors", "index.search"):
        monkeypatch.setattr(f"{module}.EXACT_UP_TO", 50)
    folder, searcher = tmp_path / "articles", Searcher(encoder, store.vectors_file)

    def nearest() -> str:
        with store.snapshot() as snapshot:
            (hit,) = searcher.search(snapshot, "Feline pets?", 1)
            return hit.found.article.path

    many_articles(folder, 60)
    write(folder / "zebra.txt", "A cat slept on the sofa.")
    reindex(folder, store, encoder)
    assert nearest() == "zebra.txt"
    of_the_first = store.vectors_file.read_bytes()
    (folder / "zebra.txt").rename(folder / "aardvark.txt")
    (folder / "000.txt").rename(folder / "zebra.txt")
    reindex(folder, store, encoder, rebuild=True)
    assert nearest() == "aardvark.txt", "by a searcher that knew the first"
    store.vectors_file.write_bytes(of_the_first)
    searcher = Searcher(encoder, store.vectors_file)
    assert nearest() == "aardvark.txt", "with a file that was left behind by the first"
