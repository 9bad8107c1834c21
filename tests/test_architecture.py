"""The house: imports point one way, and each heavy library has one room."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

ORDER = ["corpus", "index", "bot"]
ONE_FILE_EACH = {
    "charset_normalizer": "corpus/reading.py",
    "faiss": "index/vectors.py",
    "fastapi": "bot/web/serving.py",
    "filelock": "index/store.py",
    "mcp": "bot/web/mcp_server.py",
    "openvino": "index/runtime.py",
    "platformdirs": "bot/settings.py",
    "sentence_transformers": "index/embedding.py",
    "tokenizers": "index/tokenising.py",
    "tqdm": "bot/progress.py",
    "uvicorn": "bot/web/serving.py",
    "watchfiles": "bot/watching.py",
    "yaml": "corpus/front_matter.py",
}
MODULES = sorted(path for package in ORDER for path in (PROJECT / package).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add((node.module or "").split(".")[0])
    return names


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(PROJECT).parts[0]
    allowed = set(ORDER[: ORDER.index(package) + 1])
    assert imports_of(path) & set(ORDER) <= allowed


@pytest.mark.parametrize(("library", "home"), ONE_FILE_EACH.items())
def test_a_heavy_library_is_imported_in_one_file(library: str, home: str) -> None:
    assert [str(path.relative_to(PROJECT)) for path in MODULES if library in imports_of(path)] == [home]


def test_only_the_web_chat_imports_gradio() -> None:
    users = {
        str(path.relative_to(PROJECT).parent) for path in MODULES if imports_of(path) & {"gradio", "gradio_client"}
    }
    assert users == {"bot/web"}


def test_models_that_a_user_names_are_loaded_in_two_files() -> None:
    users = [str(path.relative_to(PROJECT)) for path in MODULES if "transformers" in imports_of(path)]
    assert users == ["bot/reader/hugging_face.py", "index/embedding.py"]


def test_asking_loads_no_library_for_training() -> None:
    program = (
        "import sys\nfrom bot.cli import presscite\n"
        "presscite.main(['ask', 'how many detainees?'], standalone_mode=False)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_without_openvino_it_asks_as_well() -> None:
    program = (
        "import sys\nsys.modules['openvino'] = None\nfrom bot.cli import presscite\n"
        "presscite.main(['ask', 'how many detainees?'], standalone_mode=False)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "\nmore than 8,000 – " in done.stdout


def test_errors_import_nothing() -> None:
    assert imports_of(PROJECT / "corpus/errors.py") == set()


def test_only_the_command_line_and_the_chat_know_a_person_is_there() -> None:
    for path in MODULES:
        if path.name in ("cli.py", "__main__.py"):
            continue
        calls = [
            node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        names = {call.id for call in calls if isinstance(call, ast.Name)}
        assert not names & {"print", "exit", "input"}, path


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom bot.cli import presscite\n"
        "presscite.main(['--help'], standalone_mode=False)\n"
        "heavy = {'numpy', 'torch', 'faiss', 'gradio', 'sentence_transformers', 'transformers', 'sqlite3'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=PROJECT)


def test_the_story_of_an_answer_is_short() -> None:
    tree = ast.parse((PROJECT / "bot/answering.py").read_text(encoding="utf-8"))
    story = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "answer_question")
    assert story.end_lineno is not None
    assert story.end_lineno - story.lineno < 50
