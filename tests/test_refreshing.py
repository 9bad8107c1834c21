"""The index in the background: it follows the folder while questions are answered."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write

from bot.answering import answer_question
from bot.library import Library, open_library
from bot.refreshing import Refresher, RefreshState
from bot.watching import watch_folder
from bot.web.messages import Messages
from index.reindex_report import Progress
from index.store import Store

SECONDS = 3.0
"""Within so many a change has to be answered from."""


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = open_library(folder, tmp_path / "index")
    library.refresh()
    answer_question("Who promised an inquiry?", library)
    return library


def soon(holds: Callable[[], bool]) -> bool:
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.05)
    return False


def said(library: Library) -> str:
    return answer_question("How tall is the lighthouse?", library).answer or ""


def test_what_is_asked_for_is_seen(library: Library, folder: Path) -> None:
    refresher = Refresher(library)
    for height in (61, 59, 57):
        write(folder / "lighthouse.txt", f"The lighthouse is {height} metres tall.")
        assert refresher.refresh(wait=30)
        assert f"{height} metres" in said(library)


def test_a_refresh_that_cannot_be_done_is_told_and_tried_again(library: Library, folder: Path) -> None:
    refresher = Refresher(library)
    folder.rename(folder.with_name("away"))
    assert refresher.refresh(wait=30)
    assert "does not exist" in refresher.state.problem
    folder.with_name("away").rename(folder)
    assert refresher.refresh(wait=30)
    assert refresher.state.problem == ""


def test_whatever_goes_wrong_it_goes_on_refreshing(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresher = Refresher(library)
    with monkeypatch.context() as broken:
        broken.setattr("bot.library.reindex", None)
        assert refresher.refresh(wait=30)
        problem = refresher.state.problem
        assert problem.startswith("The articles could not be indexed: ")
        assert Messages("ru").problem(problem).startswith("Статьи не удалось проиндексировать: ")
    write(folder / "lighthouse.txt", "The lighthouse is 61 metres tall.")
    assert refresher.refresh(wait=30)
    assert "61 metres" in said(library)


def test_only_a_long_refresh_is_not_worth_waiting_for() -> None:
    assert not RefreshState().takes_long
    assert not RefreshState(Progress(20, 20, 0, 95)).takes_long
    assert RefreshState(Progress(64, 25_000, 0, 700)).takes_long
    assert RefreshState(Progress(25_000, 25_000, 1_000, 300_000)).takes_long


def test_it_does_not_wait_for_somebody_elses_indexing(library: Library) -> None:
    refresher = Refresher(library)
    with Store(library.store.folder).lock(0):
        assert not refresher.refresh(wait=0.2)
        assert answer_question("Who promised an inquiry?", library).answered
    assert refresher.refresh(wait=30)


def test_a_watched_folder_is_followed_within_seconds(library: Library, folder: Path) -> None:
    refresher = Refresher(library)
    watch_folder(folder, refresher.ask)
    time.sleep(0.5)
    write(folder / "new" / "lighthouse.txt", "The lighthouse is 61 metres tall.")
    assert soon(lambda: "61 metres" in said(library))
    write(folder / "new" / "lighthouse.txt", "The lighthouse is 59 metres tall.")
    assert soon(lambda: "59 metres" in said(library))
    (folder / "new" / "lighthouse.txt").unlink()
    assert soon(lambda: not said(library))


def test_questions_are_answered_while_articles_come_and_go(library: Library, folder: Path) -> None:
    refresher = Refresher(library)
    wrong: list[str] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            answer = answer_question("Who promised an inquiry into the fire?", library)
            if answer.answer is None or "Ada Lindqvist" not in answer.answer:
                wrong.append(str(answer))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(40):
        write(folder / f"town{number}.txt", f"Town {number} counted {number + 3} visitors on its market day.")
        if number >= 10:
            (folder / f"town{number - 10}.txt").unlink()
        refresher.refresh(wait=10 if number % 10 == 0 else 0)
    assert refresher.refresh(wait=60)
    over.set()
    for thread in threads:
        thread.join()
    assert not wrong
