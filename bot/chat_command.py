"""The command that serves the chat, and its options."""

from pathlib import Path
from typing import Any

import click

from bot.options import Command, answering, folders
from bot.terminal import DONE, note, open_named
from corpus.errors import WrongUseError


def _serving(command: Command) -> Command:
    """The options of who may use the chat, and for what."""
    for option in (
        click.option("--mcp", is_flag=True, help="Serve the Model Context Protocol to assistants, at /mcp."),
        click.option("--allow-upload", is_flag=True, help="Let the page add articles to the folder and remove them."),
        click.option(
            "--root-path", default="", metavar="PATH", help="Where a reverse proxy puts the chat, such as /news."
        ),
        click.option(
            "--allow-host", multiple=True, metavar="NAME", help="A further name that it is reached under; repeatable."
        ),
        click.option("--without-login", is_flag=True, help="Let everyone in who can reach it."),
        click.option(
            "--auth-file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Who may use it: a line user:password each.  [default: the one in $PRESSCITE_AUTH, if any]",
        ),
        click.option(
            "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on."
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.  [default: 7860, or the next free]")
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser.  [default: open]")
@click.option("--watch", is_flag=True, help="Take up changes of the folder as they happen.")
@click.option(
    "--language", type=click.Choice(["en", "es", "ru", "ko"]), help="What the page speaks.  [default: the browser's]"
)
@_serving
@answering
@folders
def chat(  # noqa: PLR0913 - click passes each option by its name
    *,
    host: str,
    auth_file: Path | None,
    without_login: bool,
    allow_host: tuple[str, ...],
    root_path: str,
    allow_upload: bool,
    mcp: bool,
    port: int | None,
    open_browser: bool,
    watch: bool,
    language: str | None,
    **options: Any,
) -> int:
    """Start the web chat, on this machine only unless --host says more.

    It answers while it indexes. Programs ask it over HTTP, and with --mcp over the Model Context Protocol.
    """
    from bot.web.access import access_for, read_credentials
    from bot.web.without_stubs import without_stubs

    access = access_for(
        host,
        credentials=read_credentials(auth_file),
        without_login=without_login,
        allowed_hosts=allow_host,
        root_path=root_path,
    )
    library = open_named(**{**options, "no_refresh": True})
    if allow_upload and library.folder is None:
        raise WrongUseError("--allow-upload: this index is a copy without a folder.", "Leave --allow-upload out.")
    note("starting the chat; Ctrl-C stops it.")
    with without_stubs():
        from bot.web.serving import Service, serve_chat

    service = Service(access, refresh=not options["no_refresh"], allow_upload=allow_upload, mcp=mcp, language=language)
    try:
        serve_chat(library, service, host=host, port=port, watch=watch, open_browser=open_browser, on_start=click.echo)
    except KeyboardInterrupt:
        note("the chat has stopped.")
    return DONE
