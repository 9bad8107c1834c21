"""The options that several commands share; click, like the command line itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def folders(command: Command) -> Command:
    """The options that every command takes."""
    for option in (
        click.option(
            "--index",
            "index_folder",
            type=click.Path(path_type=Path),
            envvar="PRESSCITE_INDEX",
            metavar="DIR",
            help="Folder of the index.  [default: one for each corpus, in your data directory]",
        ),
        click.option(
            "--corpus",
            type=click.Path(path_type=Path),
            envvar="PRESSCITE_CORPUS",
            metavar="DIR",
            help="Folder of articles (.txt, .md).  [default: $PRESSCITE_CORPUS, else the sample articles]",
        ),
    ):
        command = option(command)
    return command


def model_option(command: Command) -> Command:
    """The option of the commands that embed."""
    return click.option(
        "--model",
        envvar="PRESSCITE_MODEL",
        metavar="NAME",
        help="A sentence-transformers model, by name or folder.  [default: the index's, else all-MiniLM-L6-v2]",
    )(command)


ANSWERING_OPTIONS = ("corpus", "index_folder", "model", "reader", "min_confidence", "no_refresh")
"""What `folders` and `answering` pass on, by name."""


def answering(command: Command) -> Command:
    """The options of the commands that answer."""
    for option in (
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            metavar="0..1",
            help='Answer "not found" below this confidence.  [default: chosen on development questions]',
        ),
        click.option(
            "--reader",
            metavar="NAME",
            help="Folder of another trained reader, or a Hugging Face question answering model, by folder or name."
            "  [default: the bundled one]",
        ),
        click.option("--no-refresh", is_flag=True, help="Do not bring the index up to date with the folder first."),
    ):
        command = option(command)
    return model_option(command)


def serving(command: Command) -> Command:
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


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
