"""The command line: the only place that prints, exits, and turns errors into messages."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.options import answering, as_json_option, folders, model_option
from bot.progress import progress_bar
from bot.settings import default_index_folder, sample_articles
from corpus.errors import IndexReadOnlyError, PressciteError, WrongUseError

if TYPE_CHECKING:
    from bot.library import Library
    from index.reindex import Progress, ReindexReport

DONE, PROBLEM, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


_HELP = """Ask a folder of news articles; get the sentences that answer, quoted and sourced.

\b
presscite ask "how many detainees?"            one question
presscite chat                                 a web page to ask in
presscite batch questions.txt -o answers.csv   a list of questions

Every quote is verbatim, checked against its article at the moment of answering. What the articles
do not answer is "not found". Exit codes: 0 done, 1 a problem was found, 2 wrong use.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="presscite", message="presscite %(version)s")
def presscite() -> None:
    """Every command is one of these."""


@presscite.command()
@click.argument("question")
@as_json_option
@answering
@folders
def ask(question: str, as_json: bool, **options: Any) -> int:
    """Answer one QUESTION."""
    from bot.answer import Status
    from bot.answering import answer_question
    from bot.rendering import as_text

    library = _open(**options)
    answer = answer_question(question, library)
    if as_json:
        _print_json(answer.as_json())
    else:
        click.echo(as_text(answer, highlight=lambda text: click.style(text, bold=True, fg="green")))
    return PROBLEM if answer.status is Status.ERROR else DONE


@presscite.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="ANSWERS", help="A .jsonl or .csv file."
)
@answering
@folders
def batch(questions: Path, output: Path, **options: Any) -> int:
    """Answer a list of QUESTIONS into a file.

    QUESTIONS is .jsonl, .csv, or .txt with one a line; ANSWERS is .jsonl or .csv.

    Killed, it goes on where it stopped when it is started again. A bad line becomes a row with
    the status "error".
    """
    from bot.answering import answer_question
    from bot.batch import answer_batch, writer_for
    from bot.questions import read_questions
    from bot.reporting import counted

    writer_for(output)
    if output.exists() and output.samefile(questions):
        raise WrongUseError(f"{output}: the answers would replace the questions.", "Give another file with -o.")
    asked = read_questions(questions)
    library = _open(**options)
    settings = [library.min_confidence, str(options["reader"])]
    made_from = json.dumps([library.state(), str(library.folder and library.folder.resolve()), *settings])
    with progress_bar("Answering", "question", total=len(asked.rows)) as update:
        report = answer_batch(
            asked, output, lambda text: answer_question(text, library), made_from=made_from, on_row=update
        )
    if report.resumed:
        _note(f"{report.resumed} of {report.total} had been answered before the last run was stopped.")
    counts = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in sorted(report.by_status.items()))
    click.echo(f"{counted(report.total, 'question')}: {counts or 'nothing to answer'}. Written to {output}.")
    if report.errors:
        _note(f"{counted(report.errors, 'row')} could not be answered; the column error says why.")
    return PROBLEM if report.errors else DONE


@presscite.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.  [default: 7860, or the next free]")
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser.  [default: open]")
@click.option("--watch", is_flag=True, help="Take up changes of the folder as they happen.")
@answering
@folders
def chat(port: int | None, open_browser: bool, watch: bool, **options: Any) -> int:
    """Start the web chat, on this machine only.

    It answers while it indexes.
    """
    library = _open(**{**options, "no_refresh": True})
    _note("starting the chat; Ctrl-C stops it.")
    from bot.chat import serve_chat

    try:
        serve_chat(
            library,
            port=port,
            refresh=not options["no_refresh"],
            watch=watch,
            open_browser=open_browser,
            on_start=click.echo,
        )
    except KeyboardInterrupt:
        _note("the chat has stopped.")
    return DONE


@presscite.command()
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
    library = _open(**options, no_refresh=True)
    if check:
        return _check(library, as_json=as_json)
    report = _refresh(library, rebuild=rebuild)
    if as_json:
        _print_json(reindex_as_json(report))
    else:
        click.echo(reindex_as_text(report))
        for problem in report.problems:
            _note(f"{'skipped ' if problem.skipped else ''}{problem.reason}")
        if report.ignored:
            _note(f"not read, being of other formats: {suffixes(report.ignored)}")
    return PROBLEM if report.skipped else DONE


@presscite.command()
@as_json_option
@folders
def status(as_json: bool, **options: Any) -> int:
    """Say what is indexed, where, and what has changed since."""
    from bot.reporting import status_of

    current = status_of(_open(**options, no_refresh=True))
    if as_json:
        _print_json(current.as_json())
    else:
        click.echo(current.as_text())
    return DONE


@presscite.command()
@click.argument("article")
@click.option("--at", "span", metavar="START:END", help="Print these characters only, as quotes give them.")
@folders
def show(article: str, span: str | None, **options: Any) -> int:
    """Print an ARTICLE, or a part of it.

    It is printed as it is quoted: START and END of a quote count its characters.
    """
    from bot.showing import part_of, read_shown

    library = _open(**options, no_refresh=True)
    shown = read_shown(library, article)
    text = shown.text if span is None else part_of(shown, span)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    if sys.stdout.isatty() and not text.endswith("\n"):
        click.echo()
    return DONE


@presscite.command()
@click.argument("labelled", type=click.Path(path_type=Path))
@click.option("--worst", type=click.IntRange(0), default=10, show_default=True, help="How many of the worst to show.")
@as_json_option
@answering
@folders
def evaluate(labelled: Path, worst: int, as_json: bool, **options: Any) -> int:
    """Measure the answers on your own LABELLED questions.

    A line of LABELLED (.jsonl): {"question": "how many?", "answers": ["16", "sixteen"]}, and as you
    like "articles": [paths], "evidence": [sentences], "answerable": false.
    """
    from bot.answering import answer_question
    from bot.evaluating import Evaluation, Judged, evaluation_as_text, read_labelled_questions

    questions = read_labelled_questions(labelled)
    library = _open(**options)
    judged = []
    with progress_bar("Asking", "question", total=len(questions)) as update:
        for each in questions:
            judged.append(Judged(each, answer_question(each.question, library)))
            update(len(judged))
    evaluation = Evaluation(tuple(judged))
    if as_json:
        _print_json(evaluation.as_json())
    else:
        click.echo(evaluation_as_text(evaluation, evaluation.worst(worst)))
    return DONE


@presscite.command("train-reader")
@click.argument("labelled", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder of the reader.")
@click.option(
    "--start-from",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Go on from the reader in this folder.  [default: begin with the bundled encoder]",
)
@click.option("--epochs", type=float, default=2.0, show_default=True, help="How often to see each question.")
@click.option("--minutes", type=float, help="Learn no longer than this.")
def train_reader_command(
    labelled: tuple[Path, ...], output: Path, start_from: Path | None, epochs: float, minutes: float | None
) -> int:
    """Train a reader on LABELLED passages (.jsonl, .jsonl.gz).

    A line: {"context": "…", "qas": [{"question": "…", "answers": [{"text": "…", "start": 12}]}]}, with no
    answers where the context does not say. Stopped, it goes on from its checkpoint when it is started again.
    Use what it makes with --reader DIR.
    """
    from bot.reader.training.train import train_reader
    from bot.reader.training.training import Moment
    from bot.reporting import training_as_text
    from index.embedding import bundled_folder

    with progress_bar("Training", "‰", total=1000) as update:

        def show(moment: Moment) -> None:
            update(round(1000 * moment.share))

        report = train_reader(
            labelled,
            output,
            encoder=bundled_folder(),
            start_from=start_from,
            epochs=epochs,
            minutes=minutes,
            on_progress=show,
        )
    click.echo(training_as_text(report))
    return DONE


@presscite.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@folders
def export_command(file: Path, **options: Any) -> int:
    """Copy the whole index, texts included, into one FILE."""
    from bot.reporting import counted
    from index.copying import export_index

    library = _open(**options)
    export_index(library.store, file)
    with library.store.snapshot() as snapshot:
        click.echo(f"{counted(snapshot.statistics.articles, 'article')} copied to {file}.")
    return DONE


@presscite.command("import")
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


@presscite.command()
@click.argument("answers", type=click.Path(path_type=Path))
@as_json_option
@folders
def verify(answers: Path, as_json: bool, **options: Any) -> int:
    """Check an old ANSWERS file against today's articles."""
    from bot.reporting import check_as_json, check_as_text, counted
    from bot.verifying import verify_answers

    library = _open(**options, no_refresh=True)
    if library.folder is None:
        raise WrongUseError(
            "This index is a copy without its folder.", "Give the folder of articles with --corpus DIR."
        )
    checks = list(verify_answers(answers, library.folder))
    broken = [check for check in checks if not check.holds]
    if as_json:
        _print_json([check_as_json(check) for check in checks])
    else:
        for check in checks:
            if check.detail:
                click.echo(check_as_text(check))
        click.echo(f"{counted(len(checks), 'quote')}: {len(checks) - len(broken)} verbatim, {len(broken)} not.")
    return PROBLEM if broken else DONE


def main() -> None:
    """Run the command line; every error that Presscite raises on purpose ends here."""
    for stream in (sys.stdout, sys.stderr):
        # Articles hold any character; a terminal that cannot show one must not stop the answer.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = presscite.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message())
        code = WRONG_USE
    except click.ClickException as error:
        error.show()
        code = WRONG_USE
    except PressciteError as error:
        click.echo(f"presscite: {error}", err=True)
        code = WRONG_USE if isinstance(error, WrongUseError) else PROBLEM
    except (KeyboardInterrupt, click.Abort):
        click.echo("\npresscite: stopped; what was done is kept.", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has stopped reading; there is nobody left to tell.
        sys.stderr.close()
        code = DONE
    sys.exit(code)


def _open(
    *,
    corpus: Path | None,
    index_folder: Path | None,
    model: str | None = None,
    reader: str | None = None,
    min_confidence: float | None = None,
    no_refresh: bool = False,
) -> "Library":
    """The library that the options name, up to date unless they say not to."""
    from bot.library import MIN_CONFIDENCE, is_detached, open_library
    from bot.reader.trained import BUNDLED_READER

    folder = corpus
    if folder is None and (index_folder is None or not is_detached(index_folder)):
        folder = sample_articles()
    library = open_library(
        folder,
        index_folder if index_folder is not None else default_index_folder(folder or sample_articles()),
        model=model,
        reader=BUNDLED_READER if reader is None else reader,
        min_confidence=MIN_CONFIDENCE if min_confidence is None else min_confidence,
    )
    if not no_refresh:
        from bot.reporting import counted

        try:
            report = _refresh(library)
        except IndexReadOnlyError as error:
            if not library.store.exists:
                raise
            _note(f"{error.message} Answering from what was indexed before.")
            return library
        if report.skipped:
            _note(f"{counted(len(report.skipped), 'file')} could not be read; type presscite status to see why.")
        if not report.total:
            where = folder or index_folder
            _note(f"there are no articles in {where}; put .txt or .md files into it, or give another --corpus.")
    return library


def _check(library: "Library", *, as_json: bool) -> int:
    from bot.reporting import index_check_as_text
    from index.checking import check_index

    if not library.store.exists:
        raise WrongUseError(f"There is no index in {library.store.folder}.", "Type: presscite index")
    found = check_index(library.store, library.searcher.encoder)
    if as_json:
        _print_json(asdict(found))
    else:
        click.echo(index_check_as_text(found))
    return DONE if found.sound else PROBLEM


def _refresh(library: "Library", *, rebuild: bool = False) -> "ReindexReport":
    with progress_bar("Indexing", "passage", delay=0.5) as update:

        def show(progress: "Progress") -> None:
            left = progress.files_to_read - progress.files_done
            update(progress.embedded, progress.to_embed, f"{left:,} files to read" if left else "")

        return library.refresh(
            rebuild=rebuild, on_progress=show, on_wait=lambda: _note("another presscite is indexing; waiting for it.")
        )


def _note(text: str) -> None:
    click.echo(f"presscite: {text}", err=True)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
