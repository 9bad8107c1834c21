"""What the tests share: the real bundled model, and small folders of real text."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library import Library, open_library
from bot.settings import sample_articles
from index.embedding import Encoder

PROJECT = Path(__file__).parent.parent

ARTICLES = {
    "fire.md": (
        '---\ntitle: "Fire in the old harbour"\npublished: 2022-03-01\noutlet: Sample Gazette\n---\n\n'
        "A warehouse burned down in the old harbour on Tuesday. Firefighters counted 14 injured workers.\n\n"
        "The mayor, Ada Lindqvist, promised an inquiry. The cause of the fire is not known.\n"
    ),
    "bridge.txt": (
        "New bridge opens\n\n3 min read\n\n"
        "The bridge over the Vell was opened on 4 May 2021. It cost 2.5 million euros.\n"
    ),
    "school.txt": "The school in Morna will close because of falling numbers. Only 31 pupils are left.\n",
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the user's own index or settings."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("PRESSCITE_CORPUS", "PRESSCITE_INDEX", "PRESSCITE_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus folder of three short articles, old enough for their times to be trusted."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        write(folder / name, text)
    return folder


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The sample articles, indexed with the real model."""
    library = open_library(sample_articles(), tmp_path_factory.mktemp("samples"))
    library.refresh()
    return library


def write(path: Path, text: str | bytes, age: float = 60.0) -> None:
    """Write a file as if `age` seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program as a user does, in a process of its own, in an empty folder."""
    home = tmp_path / "home"
    home.mkdir()

    def run_presscite(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command(*arguments), capture_output=True, text=True, cwd=home, timeout=300, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run_presscite


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, arguments)]
