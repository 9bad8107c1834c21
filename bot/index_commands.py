"""The commands that keep an index, and look into it and its articles."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.options import as_json_option, folders, model_option
from bot.terminal import DONE, PROBLEM, note, open_named, print_json, refresh_shown
from corpus.errors import WrongUseError

if TYPE_CHECKING:
    from bot.library import Library


@click.command()
@click.option("--rebuild", is_flag=True, help="Start over: forget the index and make it again.")
@click.option("--check", is_flag=True, help="Prove that texts, words and vectors agree; change nothing.")
@as_json_option
@model_option
@folders
def index(as_json: bool, rebuild: bool, check: bool, **options: Any) -> int:
    """Bring the index up to date with the folder."""
    from bot.reporting import reindex_as_json, reindex_as_text, suffixes

    if check and rebuild:
        raise WrongUseError("--check changes nothing, and --rebuild does.", "Give one of them.")
    library = open_named(**options, no_refresh=True)
    if check:
        return _check(library, as_json=as_json)
    report = refresh_shown(library, rebuild=rebuild)
    if as_json:
        print_json(reindex_as_json(report))
    else:
        click.echo(reindex_as_text(report))
        for problem in report.problems:
            note(f"{'skipped ' if problem.skipped else ''}{problem.reason}")
        if report.ignored:
            note(f"not read, being of other formats: {suffixes(report.ignored)}")
    return PROBLEM if report.skipped else DONE


@click.command()
@as_json_option
@folders
def status(as_json: bool, **options: Any) -> int:
    """Say what is indexed, where, and what has changed since."""
    from bot.reporting import status_of

    current = status_of(open_named(**options, no_refresh=True))
    if as_json:
        print_json(current.as_json())
    else:
        click.echo(current.as_text())
    return DONE


@click.command()
@click.argument("article")
@click.option("--at", "span", metavar="START:END", help="Print these characters only, as quotes give them.")
@folders
def show(article: str, span: str | None, **options: Any) -> int:
    """Print an ARTICLE, or a part of it.

    It is printed as it is quoted: START and END of a quote count its characters.
    """
    from bot.showing import part_of, read_shown

    library = open_named(**options, no_refresh=True)
    shown = read_shown(library, article)
    text = shown.text if span is None else part_of(shown, span)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    if sys.stdout.isatty() and not text.endswith("\n"):
        click.echo()
    return DONE


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@folders
def export_command(file: Path, **options: Any) -> int:
    """Copy the whole index, texts included, into one FILE."""
    from bot.reporting import counted
    from index.copying import export_index

    library = open_named(**options)
    export_index(library.store, file)
    with library.store.snapshot() as snapshot:
        click.echo(f"{counted(snapshot.statistics.articles, 'article')} copied to {file}.")
    return DONE


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--index",
    "index_folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for the index.",
)
def import_command(file: Path, index_folder: Path) -> int:
    """Make an index of a FILE that presscite export wrote.

    It answers without the folder it came from: give only --index DIR when you ask. Given a --corpus as
    well, it is brought up to date with that folder, and belongs to it from then on.
    """
    from bot.reporting import counted
    from index.copying import import_index
    from index.store import Store

    store = Store(index_folder)
    import_index(file, store)
    with store.snapshot() as snapshot:
        articles = counted(snapshot.statistics.articles, "article")
    click.echo(f"{articles} in {index_folder}. Ask with --index {index_folder}")
    return DONE


@click.command()
@click.argument("answers", type=click.Path(path_type=Path))
@as_json_option
@folders
def verify(answers: Path, as_json: bool, **options: Any) -> int:
    """Check an old ANSWERS file against today's articles."""
    from bot.reporting import check_as_json, check_as_text, counted
    from bot.verifying import verify_answers

    library = open_named(**options, no_refresh=True)
    if library.folder is None:
        raise WrongUseError(
            "This index is a copy without its folder.", "Give the folder of articles with --corpus DIR."
        )
    checks = list(verify_answers(answers, library.folder))
    broken = [check for check in checks if not check.holds]
    if as_json:
        print_json([check_as_json(check) for check in checks])
    else:
        for check in checks:
            if check.detail:
                click.echo(check_as_text(check))
        click.echo(f"{counted(len(checks), 'quote')}: {len(checks) - len(broken)} verbatim, {len(broken)} not.")
    return PROBLEM if broken else DONE


def _check(library: "Library", *, as_json: bool) -> int:
    from bot.reporting import index_check_as_text
    from index.checking import check_index

    if not library.store.exists:
        raise WrongUseError(f"There is no index in {library.store.folder}.", "Type: presscite index")
    found = check_index(library.store, library.searcher.encoder)
    if as_json:
        print_json(asdict(found))
    else:
        click.echo(index_check_as_text(found))
    return DONE if found.sound else PROBLEM


INDEX_COMMANDS = (index, status, show, export_command, import_command, verify)
