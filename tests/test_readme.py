"""What the README shows is what the program prints.

`python tests/test_readme.py` runs the shown commands again and writes what they print into the README.
"""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, command

README = PROJECT / "README.md"
CONSOLE = re.compile(r"```console\n\$ presscite (?P<arguments>.*)\n(?P<output>(?:.*\n)*?)```\n")


def shown() -> list[tuple[str, str]]:
    return [(block["arguments"], block["output"]) for block in CONSOLE.finditer(README.read_text(encoding="utf-8"))]


def printed(arguments: str, folder: Path) -> str:
    words = [*shlex.split(arguments), "--index", str(folder)]
    return subprocess.run(command(*words), capture_output=True, text=True, check=True, timeout=300).stdout


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize(("arguments", "output"), shown(), ids=[arguments for arguments, _ in shown()])
def test_a_shown_output_is_what_is_printed(arguments: str, output: str, index: Path) -> None:
    assert printed(arguments, index).rstrip("\n") == output.rstrip("\n")


def test_the_first_answer_stands_in_the_first_thirty_lines() -> None:
    assert shown()[0][0] == 'ask "who is the new prime minister of Kazakhstan?"'
    start = "\n".join(README.read_text(encoding="utf-8").splitlines()[:30])
    assert "\nAlikhan Smailov\n\n  “" in start


def test_the_lines_that_make_stands_for_are_those_of_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    makefile = makefile.replace("$(ENVIRONMENT)", ".venv").replace("$(PYTHON)", "python3")
    blocks = re.findall(r"<!-- ci: \w+ -->\n```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) >= 6
    assert [line for line in lines if f"\t{line}\n" not in makefile] == []


def test_files_that_the_readme_names_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:tests|bot|corpus|index)/[\w/.-]+)`|\]\(([\w/]+(?:\.md)?)\)", text):
        path = next(filter(None, name))
        assert (PROJECT / path).exists(), path


def rewrite() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        text = CONSOLE.sub(
            lambda block: (
                f"```console\n$ presscite {block['arguments']}\n"
                f"{printed(block['arguments'], Path(folder)).rstrip(chr(10))}\n```\n"
            ),
            README.read_text(encoding="utf-8"),
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
