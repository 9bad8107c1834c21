"""The guard in front of everything: hosts, logins, origins, paths, sizes and rates, one request at a time."""

import asyncio
import base64
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.web.access import Access, Credentials, access_for
from bot.web.guard import Guard
from bot.web.limits import Limits

OPEN_PATHS = [
    "/",
    "/config",
    "/assets/index.js",
    "/static/img/logo.svg",
    "/theme.css",
    "/gradio_api/info",
    "/gradio_api/queue/data",
    "/gradio_api/heartbeat/abc123",
    "/gradio_api/call/ask/0a1b2c",
    "/gradio_api/file=/tmp/gradio/answers.csv",
    "/gradio_api/upload_progress",
]
CLOSED_PATHS = [
    "/gradio_api/proxy=https://evil.example/",
    "/gradio_api/file=http://evil.example/",
    "/gradio_api/file=file:///etc/passwd",
    "/gradio_api/file=/tmp/gradio/../../etc/passwd",
    "/gradio_api/run/ask",
    "/gradio_api/api/ask",
    "/gradio_api/mcp/",
    "/gradio_api/mcp/sse",
    "/gradio_api/vibe-edit",
    "/gradio_api/stream/x",
    "/gradio_api/component_server",
    "/gradio_api/run-history/connect",
    "/gradio_api/deep_link",
    "/monitoring",
    "/login",
    "/docs",
    "/openapi.json",
    "/assets/../../etc/passwd",
    "/assets/a/..",
    "/assets/\x00",
    "//evil.example/",
    "/mcp",
    "/.env",
]
LOGIN = {"authorization": "Basic " + base64.b64encode(b"ada:correct horse").decode()}


Headers = dict[str, str] | list[tuple[str, str]]


async def application(scope: Scope, _: Receive, send: Send) -> None:
    """Says which path came through."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def request(guard: Guard, method: str = "GET", path: str = "/", headers: Headers | None = None) -> httpx.Response:
    """One request as a server hands it on; no client tidies up its path."""
    given = list(headers.items()) if isinstance(headers, dict) else [*(headers or ())]
    named = [(name.lower().encode(), value.encode()) for name, value in given]
    if b"host" not in dict(named):
        named.append((b"host", b"localhost:7860"))
    scope = {"type": "http", "method": method, "path": path, "headers": named, "client": ("10.0.0.1", 1)}
    sent: list[Any] = []

    async def ask() -> None:
        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        await guard(scope, receive, send)

    asyncio.run(ask())
    return httpx.Response(sent[0]["status"], headers=sent[0]["headers"], content=sent[1]["body"])


@pytest.fixture
def guard() -> Guard:
    return Guard(application, Access(), Limits())


@pytest.fixture
def locked() -> Guard:
    access = access_for("127.0.0.1", credentials=Credentials({"ada": "correct horse"}))
    return Guard(application, access, Limits(), mcp=True)


@pytest.mark.parametrize("path", OPEN_PATHS)
def test_what_a_page_needs_is_open(guard: Guard, path: str) -> None:
    answer = request(guard, path=path)
    assert (answer.status_code, answer.text) == (200, path)


@pytest.mark.parametrize("path", CLOSED_PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_else_is_closed(guard: Guard, method: str, path: str) -> None:
    assert request(guard, method, path).status_code == 404


@pytest.mark.parametrize("path", [*OPEN_PATHS, *CLOSED_PATHS])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_without_a_login_nothing_is_told_of_any_path(locked: Guard, method: str, path: str) -> None:
    answer = request(locked, method, path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_with_a_login_all_that_is_served_is_open(locked: Guard) -> None:
    assert all(request(locked, path=path, headers=LOGIN).status_code == 200 for path in OPEN_PATHS)
    assert request(locked, "POST", "/mcp", LOGIN).status_code == 200
    assert {request(locked, method, "/mcp", LOGIN).status_code for method in ("GET", "DELETE", "PUT")} == {405}


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic " + base64.b64encode(b"ada").decode(),
        "Basic " + base64.b64encode(b"ada:correct hors").decode(),
        "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
        "Bearer correct horse",
        LOGIN["authorization"].replace("Basic", "Digest"),
    ],
)
def test_what_is_no_login_is_refused(locked: Guard, given: str) -> None:
    assert request(locked, headers={"authorization": given}).status_code == 401


def test_guesses_are_slowed_down_for_the_name_that_is_guessed_at(locked: Guard) -> None:
    guess = {"authorization": "Basic " + base64.b64encode(b"ada:guess").decode()}
    codes = [request(locked, headers=guess).status_code for _ in range(Limits().failed_logins_at_once + 1)]
    assert codes[:-1] == [401] * Limits().failed_logins_at_once
    refused = request(locked, headers=LOGIN)
    assert refused.status_code == codes[-1] == 429
    assert int(refused.headers["retry-after"]) > 0
    other = {"authorization": "Basic " + base64.b64encode(b"olga:guess").decode()}
    assert request(locked, headers=other).status_code == 401


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"origin": "http://localhost:7860"}, True),
        ({"origin": "http://LOCALHOST:7860"}, True),
        ({"origin": "http://localhost:3000"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://localhost:7860.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ({"host": "evil.example"}, False),
        ({"host": "evil.example:7860", "origin": "http://evil.example:7860"}, False),
        ({"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:7860"}, True),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_pages_may_not_use_the_server(guard: Guard, method: str, headers: dict[str, str], passes: bool) -> None:
    path = "/gradio_api/queue/join" if method == "POST" else "/"
    assert request(guard, method, path, headers=headers).status_code == (200 if passes else 403)


def test_a_link_from_another_page_may_be_followed_but_nothing_be_sent(guard: Guard) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert request(guard, headers=link).status_code == 200
    assert request(guard, "POST", "/gradio_api/upload", headers=link).status_code == 403


def test_behind_a_proxy_its_name_and_its_path_are_known() -> None:
    access = access_for("127.0.0.1", without_login=True, allowed_hosts=["news.example.org"], root_path="/news")
    proxied = Guard(application, access, Limits())
    for path, seen in [("/news/config", "/config"), ("/config", "/config"), ("/news", "/"), ("/news/", "/")]:
        answer = request(proxied, path=path, headers={"host": "news.example.org"})
        assert (answer.status_code, answer.text) == (200, seen)
    assert request(proxied, path="/newsletter").status_code == 404
    # One proxy passes Host on, another one puts the address of the server into it.
    origin = {"origin": "https://news.example.org"}
    assert request(proxied, "POST", "/gradio_api/queue/join", headers=origin).status_code == 200
    assert request(proxied, "POST", "/gradio_api/queue/join", headers={"origin": "https://x.org"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/gradio_api/queue/join", Limits().body, 200),
        ("/gradio_api/queue/join", Limits().body + 1, 413),
        ("/gradio_api/upload", Limits().body + 1, 200),
        ("/gradio_api/upload", Limits().upload + 1, 413),
    ],
)
def test_a_request_has_a_size(guard: Guard, path: str, size: int, status: int) -> None:
    assert request(guard, "POST", path, headers={"content-length": str(size)}).status_code == status


@pytest.mark.parametrize("length", ["-1", "1e9", "９", "", " ", "0x10", "9" * 40])
def test_a_length_is_a_number(guard: Guard, length: str) -> None:
    assert request(guard, "POST", "/gradio_api/upload", {"content-length": length}).status_code == 413


@pytest.mark.parametrize("hosts", [[], ["localhost:7860", "evil.example"], ["localhost:7860", "localhost:7860"]])
def test_a_request_names_one_host(guard: Guard, hosts: list[str]) -> None:
    headers = [("host", host) for host in hosts] or [("host", "")]
    assert request(guard, headers=headers).status_code == 403


def test_a_body_without_a_length_is_refused(guard: Guard) -> None:
    answer = request(guard, "POST", "/gradio_api/upload", headers={"transfer-encoding": "chunked"})
    assert answer.status_code == 411


def test_a_client_that_is_too_fast_is_told_when_to_come_again() -> None:
    limits = replace(
        Limits(), requests_per_second=0.001, requests_at_once=3, uploads_per_minute=0.01, uploads_at_once=1
    )
    hurried = Guard(application, Access(), limits)
    uploads = [request(hurried, "POST", "/gradio_api/upload").status_code for _ in range(2)]
    assert uploads == [200, 429]
    answers = [request(hurried) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[-1].headers["retry-after"]) > 1
    assert "Too many requests" in answers[-1].json()["error"]
    assert request(hurried, path="/assets/index.js").status_code == 200


def test_every_answer_tells_the_browser_to_keep_to_this_server(guard: Guard) -> None:
    for answer in (request(guard), request(guard, path="/none"), request(guard, headers={"host": "x"})):
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers.get_list("x-frame-options") == ["SAMEORIGIN"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_web_sockets_are_closed_at_once(guard: Guard) -> None:
    sent: list[Any] = []

    async def connect() -> None:
        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        await guard({"type": "websocket", "path": "/", "headers": []}, receive, send)

    asyncio.run(connect())
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(("status", "told"), [(200, 200), (503, 429), (500, 400), (404, 404)])
def test_a_call_that_is_not_taken_says_why(status: int, told: int) -> None:
    async def busy(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"no"})
        if status == 500:
            raise ValueError

    answer = request(Guard(busy, Access(), Limits()), "POST", "/gradio_api/call/ask")
    assert answer.status_code == told
    assert answer.text == "no" if told == status else answer.json()["error"]
    assert request(Guard(busy, Access(), Limits()), "POST", "/gradio_api/queue/join").status_code == status
