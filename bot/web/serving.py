"""Serving the chat, until it is interrupted: the page, the API for programs and MCP, all behind one guard."""

import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from bot.library import Library
from bot.refreshing import Refresher
from bot.watching import watch_folder
from bot.web.access import Access, is_loopback
from bot.web.guard import Guard
from bot.web.limits import Limits
from bot.web.page import build_page, look
from bot.web.programs import AskArguments, Programs
from bot.web.welcome import EXAMPLES
from corpus.errors import WrongUseError

FIRST_PORT, PORTS = 7860, 100
"""Where to look for a free port when none is given."""

KEPT_SECONDS = 3600
"""How long what was uploaded to be read, or made to be downloaded, is kept."""

SESSIONS = 300
"""Visits that Gradio remembers, those that were longest silent being forgotten first.

It takes each call of a program for a visit, and keeps some 100 KiB for it; its own default is 10,000 of them.
"""

UNFETCHED = 300
"""Calls and visits for which Gradio keeps what nobody has fetched yet, the oldest being forgotten first.

An answer is some 50 KiB, and its own default is 2,000 of them.
"""

_GRACE = 2
"""Seconds that what is being answered has when the server is stopped."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is served beside answers, to whom, and how much."""

    access: Access = field(default_factory=Access)
    limits: Limits = field(default_factory=Limits)
    refresh: bool = True
    """Whether a question first looks for changes in the folder."""
    allow_upload: bool = False
    """Whether articles may be added and removed through the page."""
    mcp: bool = False
    language: str | None = None
    """One of `bot.web.messages.LANGUAGES` that the page speaks; the browser's if None."""


def serve_chat(
    library: Library,
    service: Service,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    watch: bool = False,
    open_browser: bool = False,
    on_start: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve the chat on `host` until interrupted.

    `port` is any free one from FIRST_PORT on when left out. With `watch`, changes of the folder are taken up as
    they happen. `on_start` is told the address. Raises `WrongUseError` for a host or port that cannot be used.
    """
    listening = listen(host, port)
    refresher = Refresher(library)
    if service.refresh or watch:
        refresher.ask()
    if watch and library.folder is not None:
        watch_folder(library.folder, refresher.ask)
    with tempfile.TemporaryDirectory(prefix="presscite-") as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads
        application = application_for(library, refresher, service)
        # The first question should not wait for the models. No daemon: ending while they load crashes in their code.
        threading.Thread(target=Programs(library).ask, args=[AskArguments(question=EXAMPLES[0])]).start()
        url = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}{service.access.root_path}/"

        def started() -> None:
            on_start(url)
            if open_browser:
                webbrowser.open(url)

        behind_proxy = bool(service.access.root_path or service.access.given_hosts) and is_loopback(host)
        configuration = uvicorn.Config(
            application,
            # Questions are nobody's business, so there is no log of requests.
            access_log=False,
            log_level="warning",
            proxy_headers=behind_proxy,
            server_header=False,
            limit_concurrency=service.limits.connections,
            timeout_graceful_shutdown=_GRACE,
        )
        if threading.current_thread() is threading.main_thread():
            # Stopped by a service manager it ends as by Ctrl-C, and leaves no files behind.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        _Server(configuration, started).run(sockets=[listening])


def application_for(library: Library, refresher: Refresher, service: Service) -> ASGIApp:
    """All that is served, as one ASGI application behind the guard; its lifespan has to be run."""
    programs = Programs(library, refresher if service.refresh else None, waiting=service.limits.questions_waiting)
    page = build_page(
        library,
        refresher,
        programs,
        refresh=service.refresh,
        allow_upload=service.allow_upload,
        language=service.language,
    )
    # Gradio checks that the files which a caller names were uploaded only where it serves the page by itself.
    page.has_launched = True
    # After every call Gradio sums up the last 10,000 for a dashboard, which is not served.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    page.queue(api_open=False, max_size=service.limits.questions_waiting, default_concurrency_limit=4)
    page._queue.pending_messages_per_session.max_size = UNFETCHED  # noqa: SLF001 - it has no setting
    page.state_session_capacity = SESSIONS
    page.delete_cache = (KEPT_SECONDS // 4, KEPT_SECONDS)
    outer = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    if service.mcp:
        _add_mcp(outer, programs)
    gr.mount_gradio_app(
        outer,
        page,
        path="/",
        root_path=service.access.root_path or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=service.limits.upload,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        **look(service.language),
    )
    return Guard(outer, service.access, service.limits, mcp=service.mcp)


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens on `host`; `port` is the first free one from FIRST_PORT on when left out.

    Raises `WrongUseError` for a host that is not this machine's, and for a port that is taken.
    """
    problem: OSError | None = None
    for number in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
            listening = socket.socket(family, kind, protocol)
        except OSError as error:
            raise WrongUseError(f"--host {host}: {error.strerror}.", "Give an address of this machine.") from None
        try:
            if os.name == "posix":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            # Only listening takes the port from others for certain.
            listening.listen()
        except OSError as error:
            listening.close()
            problem = error
            continue
        return listening
    reason = problem.strerror if problem else "none"
    raise WrongUseError(f"Port {port or FIRST_PORT} of {host} cannot be used: {reason}.", "Give another with --port.")


def _add_mcp(outer: FastAPI, programs: Programs) -> None:
    from bot.web.mcp_server import mcp_application

    mcp = mcp_application(programs)
    outer.router.routes.extend(mcp.routes)
    lifespan = outer.router.lifespan_context

    @asynccontextmanager
    async def both(application: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(lifespan(application))
            await stack.enter_async_context(mcp.router.lifespan_context(mcp))
            yield

    outer.router.lifespan_context = both


class _Server(uvicorn.Server):
    def __init__(self, configuration: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(configuration)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A page keeps connections open all the time; it is not waited for, but told.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets)
