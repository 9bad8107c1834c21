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


def filtering(command: Command) -> Command:
    """The options that say which articles to answer from."""
    for option in (
        click.option("--article", multiple=True, metavar="PATH", help="Only from this article; can be repeated."),
        click.option("--outlet", multiple=True, metavar="NAME", help="Only by this outlet; can be repeated."),
        click.option("--until", metavar="DATE", help="Only articles published up to then: YYYY[-MM[-DD]]."),
        click.option("--since", metavar="DATE", help="Only articles published then or later, likewise."),
    ):
        command = option(command)
    return command


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
