"""A served chat and the real clients of programs: Gradio's and MCP's, with a login and without one."""

import asyncio
import base64
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from conftest import PROJECT, Run, command, write
from gradio_client import Client as GradioClient
from gradio_client.exceptions import AppError
from mcp import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from served import HONEST, HONEST_ANSWER, HONEST_ARTICLE, PASSWORD, Served, call, served

from bot.answering import NO_FILTER, answer_question
from bot.batch import answer_rows, answering_within
from bot.library import Library
from bot.questions import read_questions

QUESTION = "how many detainees?"
ARTICLE = "2022-01-10-sample-radio-tulip-attempted-coup.md"
LOGIN = ("ada", PASSWORD)
BASIC = {"authorization": "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()}


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("open") / "articles"
    shutil.copytree(PROJECT / "corpus" / "articles", folder)
    with served(folder, folder.parent / "index", "--mcp") as server:
        yield server


@pytest.fixture(scope="module")
def locked_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("locked") / "articles"
    shutil.copytree(PROJECT / "corpus" / "articles", folder)
    write(folder / "lighthouse.txt", HONEST_ARTICLE)
    logins = folder.parent / "logins"
    logins.write_text(":".join(LOGIN))
    logins.chmod(0o600)
    options = ("--mcp", "--allow-upload", "--auth-file", logins, "--root-path", "/news")
    with served(folder, folder.parent / "index", *options) as server:
        yield server


def gradio_client(server: Served, **options: Any) -> GradioClient:
    return GradioClient(server.url.removesuffix("news/"), verbose=False, analytics_enabled=False, **options)


def mcp_calls(server: Served, *calls: tuple[str, dict[str, Any]], headers: dict[str, str] | None = None) -> list[Any]:
    async def ask() -> list[Any]:
        async with httpx2.AsyncClient(headers=headers, timeout=120) as http:
            transport = streamable_http_client(f"http://127.0.0.1:{server.port}/mcp", http_client=http)
            async with McpClient(transport) as client:
                tools = sorted(tool.name for tool in (await client.list_tools()).tools)
                assert tools == ["ask", "read_article", "search"]
                return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(ask())


def test_the_api_gives_the_json_of_an_answer(open_server: Served, samples: Library) -> None:
    client = gradio_client(open_server)
    answer = client.predict(question=QUESTION, api_name="/ask")
    assert answer == json.loads(json.dumps(answer_question(QUESTION, samples).as_json()))
    quote = answer["quotes"][0]
    read = client.predict(article=quote["article"], start=quote["start"], end=quote["end"], api_name="/read_article")
    assert read["text"] == quote["text"]
    assert read["sha256"] == quote["sha256"]
    found = client.predict(query="detainees", count=3, api_name="/search")
    assert len(found["passages"]) == 3
    for passage in found["passages"]:
        text = (open_server.folder / passage["article"]).read_text(encoding="utf-8")
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_the_api_says_what_it_takes(open_server: Served) -> None:
    with open_server.client() as client:
        endpoints = client.get("gradio_api/info").json()["named_endpoints"]
    assert sorted(endpoints) == ["/ask", "/read_article", "/search"]
    parameters = {
        name: [(each["parameter_name"], each["python_type"]["type"]) for each in endpoint["parameters"]]
        for name, endpoint in endpoints.items()
    }
    assert [name for name, _ in parameters["/ask"]] == ["question", "since", "until", "outlets", "articles", "earlier"]
    assert parameters["/ask"][0] == ("question", "str")
    assert parameters["/search"] == [("query", "str"), ("count", "int")]
    assert [name for name, _ in parameters["/read_article"]] == ["article", "start", "end"]
    assert all(endpoint["description"] for endpoint in endpoints.values())


@pytest.mark.parametrize(
    ("endpoint", "values", "said"),
    [
        ("/ask", {"question": "and?", "earlier": "who?"}, "earlier: Input should be a valid list"),
        ("/ask", {"question": "and?", "earlier": [7]}, "earlier.0: Input should be a valid string"),
        ("/ask", {"question": "and?", "earlier": ["who?"] * 11}, "earlier: List should have at most 10 items"),
        (
            "/ask",
            {"question": "and?", "earlier": ["", "x" * 1_001]},
            "earlier.0: .* at least 1 .*earlier.1: .* at most",
        ),
        ("/search", {"query": "x", "count": 51}, "count: Input should be less than or equal to 50"),
        ("/search", {"query": "  "}, "A query has 1 to 1,000 characters"),
        ("/read_article", {"article": "none.md"}, "no such article"),
        ("/read_article", {"article": ARTICLE, "start": 10, "end": 10}, "no span"),
        ("/read_article", {"article": ARTICLE, "start": 10**9}, "no span"),
    ],
)
def test_the_api_says_what_is_wrong(open_server: Served, endpoint: str, values: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError, match=said):
        gradio_client(open_server).predict(**values, api_name=endpoint)


def test_an_assistant_gets_the_same_answer(open_server: Served, samples: Library) -> None:
    asked, read, searched = mcp_calls(
        open_server,
        ("ask", {"question": QUESTION}),
        ("read_article", {"article": ARTICLE, "start": 1968, "end": 2066}),
        ("search", {"query": "detainees", "count": 2}),
    )
    assert asked.structured_content == json.loads(json.dumps(answer_question(QUESTION, samples).as_json()))
    assert json.loads(asked.content[0].text) == asked.structured_content
    assert read.structured_content["text"] == (open_server.folder / ARTICLE).read_text()[1968:2066]
    assert len(searched.structured_content["passages"]) == 2
    assert not asked.is_error


def test_a_question_may_be_narrowed(open_server: Served) -> None:
    client = gradio_client(open_server)
    narrowed = client.predict(
        question=QUESTION, since="2022-01", until="2022-01-10", outlets=["Sample Radio Tulip"], api_name="/ask"
    )
    assert {quote["outlet"] for quote in narrowed["quotes"]} == {"Sample Radio Tulip"}
    refused = client.predict(question=QUESTION, outlets=["No Such Outlet"], api_name="/ask")
    assert refused["status"] == "error"
    assert "No Such Outlet" in refused["error"]
    (asked,) = mcp_calls(open_server, ("ask", {"question": QUESTION, "since": "yesterday"}))
    assert "is no date" in asked.structured_content["error"]


def test_a_follow_up_is_understood_after_earlier_questions(
    open_server: Served, samples: Library, tmp_path: Path
) -> None:
    earlier = ["How many people died in Almaty?", "and wounded?"]
    follow_up = "and detained?"
    answer = gradio_client(open_server).predict(question=follow_up, earlier=earlier, api_name="/ask")
    assert answer["question"] == follow_up
    assert "detained" in answer["understood"]
    assert "Almaty" in answer["understood"]
    (asked,) = mcp_calls(open_server, ("ask", {"question": follow_up, "earlier": earlier}))
    assert asked.structured_content == answer
    rows = [{"question": question, "conversation": "c"} for question in (*earlier, follow_up)]
    listed = tmp_path / "questions.jsonl"
    listed.write_text("\n".join(map(json.dumps, rows)))
    (*_, row) = answer_rows(read_questions(listed).rows, answering_within(samples, NO_FILTER))
    assert json.loads(json.dumps(row)) == answer | {"id": "q3", "conversation": "c"}, "as a row of a conversation is"


def test_a_question_that_stands_by_itself_is_not_changed_by_earlier_ones(open_server: Served) -> None:
    client = gradio_client(open_server)
    with_earlier = client.predict(question=QUESTION, earlier=["Who is the president?"] * 10, api_name="/ask")
    assert with_earlier == client.predict(question=QUESTION, api_name="/ask")
    assert with_earlier["understood"] is None


def test_what_is_in_the_folder_now_is_answered(open_server: Served) -> None:
    new = open_server.folder / "lighthouse.txt"
    new.write_text(HONEST_ARTICLE)
    with open_server.client() as client:
        assert call(client, "ask", question=HONEST)[1]["answer"] == HONEST_ANSWER
        new.unlink()
        assert call(client, "read_article", article="lighthouse.txt")[0] == "error"


def test_every_way_in_is_closed_without_a_login(locked_server: Served) -> None:
    ways = [
        ("GET", "/", {}),
        ("GET", "/news/", {}),
        ("GET", "/config", {}),
        ("GET", "/theme.css", {}),
        ("GET", "/gradio_api/info", {}),
        ("POST", "/gradio_api/call/ask", {"json": {"data": [QUESTION]}}),
        ("POST", "/gradio_api/queue/join", {"json": {"data": [], "fn_index": 0, "session_hash": "x"}}),
        ("GET", "/gradio_api/queue/data?session_hash=x", {}),
        ("POST", "/gradio_api/upload", {"files": {"files": ("a.md", b"text")}}),
        ("GET", f"/gradio_api/file={locked_server.folder / ARTICLE}", {}),
        ("POST", "/gradio_api/run/ask", {"json": {"data": [QUESTION]}}),
        ("POST", "/mcp", {"json": {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}}),
        ("GET", "/mcp", {}),
        ("DELETE", "/mcp", {}),
        ("POST", "/gradio_api/mcp/", {"json": {}}),
        ("GET", "/assets/index.js", {}),
    ]
    with httpx.Client(base_url=f"http://127.0.0.1:{locked_server.port}") as client:
        for method, path, options in ways:
            refused = client.request(method, path, **options)
            assert (path, refused.status_code) == (path, 401)
            assert QUESTION not in refused.text
            # Another name each time, since guesses at one name are slowed down.
            assert client.request(method, path, auth=(f"guest{path}", LOGIN[1]), **options).status_code == 401
    with pytest.raises(Exception, match=r"401|login"):
        gradio_client(locked_server)
    with pytest.raises(BaseException):  # noqa: B017, PT011 - the client's own groups of errors
        mcp_calls(locked_server)


def test_with_a_login_every_way_in_is_open(locked_server: Served) -> None:
    client = gradio_client(locked_server, headers=BASIC)
    assert client.predict(question=HONEST, api_name="/ask")["answer"] == HONEST_ANSWER
    (asked,) = mcp_calls(locked_server, ("ask", {"question": HONEST}), headers=BASIC)
    assert asked.structured_content["answer"] == HONEST_ANSWER
    with httpx.Client(base_url=f"http://127.0.0.1:{locked_server.port}", auth=LOGIN) as http:
        assert http.get("/").status_code == http.get("/news/").status_code == 200
        assert json.loads(http.get("/news/config").text)["root"].endswith("/news")


def test_no_secret_is_in_what_the_server_tells_its_browser(locked_server: Served) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{locked_server.port}", auth=LOGIN) as http:
        told = http.get("/").text + http.get("/config").text + http.get("/gradio_api/info").text
    assert LOGIN[1] not in told
    assert str(locked_server.index) not in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "needs a login"),  # noqa: S104
        (["--allow-host", "news.example.org"], "needs a login"),
        (["--auth-file", "none"], "none: cannot be read"),
        (["--host", "192.0.2.1", "--without-login"], "cannot be used"),
        (["--host", "no such host", "--without-login"], "--host no such host"),
        (["--root-path", "news"], "--root-path news"),
    ],
)
def test_wrong_use_is_said_before_anything_is_served(run: Run, options: list[str], said: str) -> None:
    done = run("chat", "--no-open", *options, code=2)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_port_that_is_taken_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} of 127.0.0.1 cannot be used" in run("chat", "--no-open", "--port", port, code=2).stderr


def test_starting_writes_nothing_where_gradio_is_installed(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    watched = (
        "import sys\n"
        f"seen = open({str(seen)!r}, 'w')\n"
        "def hear(event, values):\n"
        "    if event == 'open' and str(values[0]).endswith('.pyi'): print(values[0], file=seen)\n"
        "sys.addaudithook(hear)\n"
        "from bot.cli import main\n"
        "sys.exit(main())\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        chat = ["chat", "--no-open", "--port", str(taken.getsockname()[1]), "--index", str(tmp_path / "index")]
        done = subprocess.run([sys.executable, "-c", watched, *chat], capture_output=True, text=True, check=False)
    assert "cannot be used" in done.stderr, "it came as far as listening"
    assert seen.read_text() == "", "no stubs, which take half of Gradio's import"


def test_a_login_in_the_environment_is_not_told(tmp_path: Path) -> None:
    environment = {"PRESSCITE_AUTH": ":".join(LOGIN)}
    shutil.copy(PROJECT / "corpus" / "articles" / ARTICLE, tmp_path)
    with served(tmp_path, tmp_path / "index", environment=environment) as server:
        with server.client() as client:
            assert client.get("").status_code == 401
            assert client.get("", auth=LOGIN).status_code == 200
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(0.1)


def test_help_names_the_options() -> None:
    done = subprocess.run(command("chat", "--help"), capture_output=True, text=True, check=True)
    for option in "--host --auth-file --without-login --allow-upload --mcp --root-path --allow-host".split():
        assert option in done.stdout
