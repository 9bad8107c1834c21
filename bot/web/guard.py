"""The guard: one ASGI layer around everything that is served, which no route can be mounted past."""

import base64
import json
import logging
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.access import Access
from bot.web.limits import Limits, RateLimit

_logger = logging.getLogger(__name__)

MCP_PATH = "/mcp"

_OPEN = re.compile(
    r"/|/config/?|/(?:assets|static|svelte)/.*|/favicon\.ico|/theme\.css|/robots\.txt|/manifest\.json|/pwa_icon.*"
    r"|/gradio_api/(?:info/?|openapi\.json|app_id/?|startup-events|theme\.css|heartbeat/[\w-]+|reset/?|cancel"
    r"|queue/(?:join|data)|call/(?:v2/)?(?:ask|search|read_article)(?:/\w+)?|upload|upload_progress|file=(?!\w\w+:).*)"
)
"""The paths of Gradio that a page or a client of Presscite uses. It has more: a proxy, streams, code assistants."""

_UPLOAD = "/gradio_api/upload"
_FILES_OF_THE_PAGE = ("/assets/", "/static/", "/svelte/")

_HEADERS = {
    # The page asks no other host, and the browser sees to it; Gradio needs inline scripts and styles.
    "content-security-policy": (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self';"
        " form-action 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...] = ()

    async def send(self, send: Send) -> None:
        """Answer with it, as JSON."""
        body = json.dumps({"error": self.reason, "detail": self.reason}).encode()
        headers = [("content-type", "application/json"), ("content-length", str(len(body))), *self.headers]
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": self.status, "headers": encoded})
        await send({"type": "http.response.body", "body": body})


class Guard:
    """Lets a request through to `app` if its host, login, origin, path, size and rate are as they should be.

    In this order: what is not for this server is not answered, who is not known learns nothing, and only then
    is it looked at what is asked. HTTP Basic (RFC 7617) is the login, since browsers, `gradio_client`
    and MCP clients all have it; Origin and Sec-Fetch-Site keep other pages from using a browser's login.
    """

    def __init__(self, app: ASGIApp, access: Access, limits: Limits, *, mcp: bool = False) -> None:
        self._app = app
        self._access = access
        self._limits = limits
        self._mcp = mcp
        self._requests = RateLimit(limits.requests_per_second, limits.requests_at_once)
        self._uploads = RateLimit(limits.uploads_per_minute / 60, limits.uploads_at_once)
        self._failed_logins = RateLimit(limits.failed_logins_per_minute / 60, limits.failed_logins_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application (https://asgi.readthedocs.io, version 3)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # Nothing here is served over web sockets.
            await send({"type": "websocket.close", "code": 1008})
            return
        scope = self._without_root_path(scope)
        refusal = self._refusal(scope)
        with_headers = _with_headers(send)
        sender = _call_answered(with_headers) if "/call/" in scope["path"] else with_headers
        if refusal is not None:
            await refusal.send(sender)
            return
        try:
            await self._app(scope, receive, sender)
        except Exception as error:  # noqa: BLE001 - it was answered with 500 before it came here, and ends with that
            _logger.warning("%s at %s", type(error).__name__, scope["path"])

    def _without_root_path(self, scope: Scope) -> Scope:
        root = self._access.root_path
        path: str = scope["path"]
        if not root or not (path == root or path.startswith(f"{root}/")):
            return scope
        # A proxy may leave its prefix on or take it off.
        raw = scope.get("raw_path") or path.encode()
        return {**scope, "path": path[len(root) :] or "/", "raw_path": raw.removeprefix(root.encode()) or b"/"}

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        client = scope["client"][0] if scope.get("client") else ""
        return (
            self._foreign_host(headers)
            or self._unknown_user(headers, client)
            or self._foreign_page(scope, headers)
            or self._closed_path(scope)
            or self._too_large(scope, headers)
            or self._too_fast(scope, client)
        )

    def _foreign_host(self, headers: Headers) -> Refusal | None:
        hosts = headers.getlist("host")
        if len(hosts) == 1 and self._access.answers_for(hosts[0]):
            return None
        return Refusal(403, "This server does not answer under that name; --allow-host NAME makes it do so.")

    def _unknown_user(self, headers: Headers, client: str) -> Refusal | None:
        if self._access.credentials is None:
            return None
        given = _basic_login(headers.get("authorization", ""))
        if given is not None:
            # One who guesses at a name does not lock out others behind the same address.
            guesser = f"{client} {given[0][:200]}"
            wait = self._failed_logins.spent(guesser)
            if wait:
                return _too_many("Too many failed logins.", wait)
            if self._access.credentials.accept(*given):
                return None
            self._failed_logins.take(guesser)
        challenge = 'Basic realm="Presscite", charset="UTF-8"'
        return Refusal(401, "A login is needed.", (("www-authenticate", challenge),))

    def _foreign_page(self, scope: Scope, headers: Headers) -> Refusal | None:
        """A request that a browser makes for a page of another origin; a link to the page itself may be followed."""
        follows_link = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        site = headers.get("sec-fetch-site", "same-origin")
        foreign = site not in ("same-origin", "none") and not follows_link
        for origin in headers.getlist("origin"):
            where = urlsplit(origin).netloc.lower()
            foreign = foreign or not (where and (where == headers["host"].lower() or self._is_named(where)))
        return Refusal(403, "Pages of other origins may not use this server.") if foreign else None

    def _is_named(self, origin: str) -> bool:
        """Whether an origin is a name that was given for this server, which a proxy may not pass on as Host."""
        return origin.partition(":")[0] in self._access.given_hosts

    def _closed_path(self, scope: Scope) -> Refusal | None:
        path = scope["path"]
        if self._mcp and path == MCP_PATH:
            # Without sessions there is nothing to listen to, so no stream is held open for it.
            return None if scope["method"] == "POST" else Refusal(405, "Only POST is served.", (("allow", "POST"),))
        is_open = _OPEN.fullmatch(path)
        if is_open and "\x00" not in path and ".." not in path.split("/"):
            return None
        return Refusal(404, "There is nothing here.")

    def _too_large(self, scope: Scope, headers: Headers) -> Refusal | None:
        if "transfer-encoding" in headers:
            return Refusal(411, "Say how long the request is (Content-Length).")
        limit = self._limits.upload if scope["path"] == _UPLOAD else self._limits.body
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and int(length) <= limit:
            return None
        return Refusal(413, f"A request like this may have {limit:,} bytes.")

    def _too_fast(self, scope: Scope, client: str) -> Refusal | None:
        if scope["path"].startswith(_FILES_OF_THE_PAGE):
            return None
        wait = self._requests.take(client)
        if scope["path"] == _UPLOAD and not wait:
            wait = self._uploads.take(client)
        return _too_many("Too many requests.", wait) if wait else None


def _too_many(what: str, seconds: int) -> Refusal:
    unit = "second" if seconds == 1 else "seconds"
    return Refusal(429, f"{what} Try again in {seconds} {unit}.", (("retry-after", str(seconds)),))


def _basic_login(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:
        return "", ""
    return (name, password) if colon else ("", "")


def _call_answered(send: Send) -> Send:
    """`send` for a call of a program, in which Gradio says nothing helpful of a full queue and of unknown arguments."""
    replaced = False

    async def sender(message: Message) -> None:
        nonlocal replaced
        refusal = _CALL_REFUSED.get(message["status"]) if message["type"] == "http.response.start" else None
        if refusal is not None:
            replaced = True
            await refusal.send(send)
        elif not replaced:
            await send(message)

    return sender


def _with_headers(send: Send) -> Send:
    """`send`, adding what every response says."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in _ADDED]
            message = {**message, "headers": [*kept, *_ENCODED]}
        await send(message)

    return sender


_CALL_REFUSED = {
    HTTPStatus.SERVICE_UNAVAILABLE: _too_many("Too many questions are waiting.", 5),
    HTTPStatus.INTERNAL_SERVER_ERROR: Refusal(400, "This endpoint takes other arguments; /gradio_api/info has them."),
}
_ENCODED = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
_ADDED = {name for name, _ in _ENCODED}
