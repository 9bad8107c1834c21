"""Killed at any moment, out of disk, damaged: the index loses nothing, and no reader sees half of a change."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run, command, write
from test_reindex import contents, many_articles

from corpus.errors import IndexReadOnlyError
from index.checking import check_index
from index.embedding import Encoder
from index.reindex import FILES_A_COMMIT, reindex
from index.search import save_vectors
from index.store import Store


def shuffle(folder: Path, chance: random.Random) -> None:
    """Add, edit and delete some articles."""
    for _ in range(chance.randint(1, 12)):
        file = folder / f"{chance.randrange(60):03}.txt"
        if file.exists() and chance.random() < 0.4:
            file.unlink()
        else:
            visitors = chance.randrange(1000)
            write(
                file,
                f"Market day\n\nThe town counted {visitors} visitors at the market.\n\nIt rained {visitors} times.",
            )


def whole_generations_seen(index: Store, until: float) -> None:
    """Read `index` until then, as somebody does who asks meanwhile: every generation is whole."""
    while time.monotonic() < until:
        if index.exists:
            with index.snapshot() as snapshot:
                passages = [*snapshot.all_passages(100)]
                texts = {found.article.sha256 for found in passages}
                assert texts == {*snapshot.hashes().values()}, "an article has passages, and a passage its article"
                assert len(snapshot.matching(["market"], 500)) == len(passages), "and words"
        time.sleep(0.02)


@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_killed_at_random_moments_the_next_run_ends_as_an_undisturbed_one(
    tmp_path: Path, encoder: Encoder, kills: int
) -> None:
    chance = random.Random(kills)
    folder, index = tmp_path / "articles", tmp_path / "killed"
    many_articles(folder, 40)
    began = time.monotonic()
    subprocess.run(command("index", "--corpus", folder, "--index", tmp_path / "whole"), check=True, capture_output=True)
    takes = time.monotonic() - began
    for _ in range(kills):
        process = subprocess.Popen(
            command("index", "--corpus", folder, "--index", index), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        whole_generations_seen(Store(index), until=time.monotonic() + takes * chance.uniform(0.3, 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if Store(index).exists:
            check = check_index(Store(index), encoder)
            assert check.sound, check.faults
        # The next run is one of a copy, so that the killed index lives to be killed again.
        next_run, undisturbed = tmp_path / "next", tmp_path / "undisturbed"
        for place in (next_run, undisturbed):
            shutil.rmtree(place, ignore_errors=True)
        if index.exists():
            shutil.copytree(index, next_run)
        for place in (next_run, undisturbed):
            reindex(folder, Store(place), encoder)
        assert contents(next_run) == contents(undisturbed)
        shuffle(folder, chance)
    assert Store(index).exists, "some kills came after the start"


def test_a_reader_never_sees_half_of_a_change(tmp_path: Path, encoder: Encoder) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    for number in range(80):
        write(folder / f"{number:02}.txt", "The first edition names 1 town.")
    reindex(folder, Store(index), encoder)
    for number in range(80):
        write(folder / f"{number:02}.txt", f"The second edition names town {number} too.", age=30)
    process = subprocess.Popen(command("index", "--corpus", folder, "--index", index), stdout=subprocess.DEVNULL)
    seen = set()
    while process.poll() is None:
        with Store(index).snapshot() as snapshot:
            hashes = snapshot.hashes()
            places = [found.article.path for found in snapshot.all_passages(100)]
            assert len(hashes) == 80, "an article that is edited is there before and after"
            assert snapshot.statistics.passages == len(places) == len(snapshot.matching(["edition"], 100))
            seen.add(len(set(hashes.values())))
    assert process.returncode == 0
    assert seen <= {1, FILES_A_COMMIT + 1, 80}, "only whole commits were seen"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; skipped where none can be had."""
    place = tmp_path / "small"
    place.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    options = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if not mount or not unmount or os.geteuid() != 0 or subprocess.run([mount, *options], check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run([unmount, place], check=True)


def test_a_full_disk_is_named_and_what_was_indexed_still_answers(
    tmp_path: Path, small_disk: Path, encoder: Encoder, run: Run
) -> None:
    folder, store = tmp_path / "articles", Store(small_disk / "index")
    many_articles(folder, 20)
    reindex(folder, store, encoder)
    before = contents(store.folder)
    with store.snapshot() as snapshot:
        hashes = snapshot.hashes()
    many_articles(folder, 1_500)
    with pytest.raises(IndexReadOnlyError, match=r"index\.sqlite cannot be written to \(.*full\)\. Check the disk's"):
        reindex(folder, store, encoder)
    with store.snapshot() as snapshot:
        assert hashes.items() <= snapshot.hashes().items()
        assert snapshot.matching(["market"], 5)
    done = run("ask", "How many visitors did town 7 count?", "--corpus", folder, "--index", store.folder)
    assert "“Town 7 counted 52 visitors.”" in done.stdout
    assert done.stderr.endswith("is full). Answering from what was indexed before.\n")
    for number in range(20, 1_500):
        (folder / f"{number:03}.txt").unlink()
    subprocess.run([str(shutil.which("mount")), "-o", "remount,size=32m", small_disk], check=True)
    assert reindex(folder, store, encoder).total == 20
    assert contents(store.folder) == before


def test_a_vector_file_that_does_not_fit_on_the_disk_is_named_and_leaves_nothing(
    tmp_path: Path, small_disk: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("index.vectors", "index.search"):
        monkeypatch.setattr(f"{module}.EXACT_UP_TO", 50)
    folder, store = tmp_path / "articles", Store(tmp_path / "index")
    many_articles(folder, 60)
    reindex(folder, store, encoder)
    file = small_disk / "vectors.faiss"
    (small_disk / "ballast").write_bytes(bytes(2 * 1024 * 1024 - 16 * 1024))
    with (
        store.snapshot() as snapshot,
        pytest.raises(IndexReadOnlyError, match=r"vectors\.faiss cannot be written \(No space left.*Check the disk"),
    ):
        save_vectors(snapshot, file)
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]


def test_an_index_that_cannot_be_written_still_answers(tmp_path: Path, small_disk: Path, run: Run) -> None:
    folder, index = tmp_path / "articles", small_disk / "index"
    write(folder / "lighthouse.txt", "The lighthouse is 61 metres tall.")
    where = ("--corpus", folder, "--index", index)
    run("index", *where)
    subprocess.run([str(shutil.which("mount")), "-o", "remount,ro", small_disk], check=True)
    write(folder / "new.txt", "The tower is 17 metres tall.")
    done = run("ask", "How tall is the lighthouse?", *where)
    assert done.stdout.startswith("61 metres")
    assert done.stderr == (
        f"presscite: The index {index} cannot be written to (Read-only file system)."
        " Answering from what was indexed before.\n"
    )
    assert "cannot be written to (Read-only file system). Check" in run("index", *where, code=1).stderr
    assert "1 file to read" in run("status", *where).stdout
