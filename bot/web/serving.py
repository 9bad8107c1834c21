"""Serving the chat, until it is interrupted."""

import threading
from collections.abc import Callable

from bot.library import Library
from bot.refreshing import Refresher
from bot.watching import watch_folder
from bot.web.asking import answer_or_error
from bot.web.page import build_page, look
from bot.web.turns import Query
from bot.web.welcome import EXAMPLES
from corpus.errors import WrongUseError


def serve_chat(
    library: Library,
    *,
    port: int | None = None,
    refresh: bool = True,
    watch: bool = False,
    open_browser: bool = False,
    language: str | None = None,
    on_start: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve the chat on this machine only, until interrupted.

    `port` is any free one from 7860 on when left out. With `refresh`, every question first looks
    for changes in the folder; with `watch`, they are taken up as they happen. The page speaks `language`,
    one of `bot.web.messages.LANGUAGES`, or the browser's. `on_start` is told the address.
    Raises `WrongUseError` for a port that is taken.
    """
    refresher = Refresher(library)
    page = build_page(library, refresher, refresh=refresh, language=language)
    if refresh or watch:
        refresher.ask()
    if watch and library.folder is not None:
        watch_folder(library.folder, refresher.ask)
    try:
        _, url, _ = page.launch(
            server_name="127.0.0.1",
            server_port=port,
            inbrowser=open_browser,
            share=False,
            prevent_thread_lock=True,
            quiet=True,
            ssr_mode=False,
            footer_links=[],
            **look(language),
        )
    except OSError as error:
        raise WrongUseError(f"Port {port} cannot be used: {error}", "Give another one with --port.") from None
    on_start(url)
    # The first question should not wait for the models.
    threading.Thread(target=lambda: answer_or_error(Query(EXAMPLES[0]), (), library), daemon=True).start()
    try:
        threading.Event().wait()
    finally:
        page.close(verbose=False)
