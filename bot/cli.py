"""The command line: the commands that answer, and the one place that exits and turns errors into messages."""

import gc
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.chat_command import chat
from bot.index_commands import INDEX_COMMANDS
from bot.options import answering, as_json_option, filtering, folders
from bot.progress import progress_bar
from bot.terminal import DONE, INTERRUPTED, PROBLEM, WRONG_USE, note, open_named, print_json
from corpus.errors import PressciteError, WrongUseError

_HELP = """Ask a folder of news articles; get the sentences that answer, quoted and sourced.

\b
presscite ask "how many detainees?"            one question
presscite chat                                 a web page to ask in
presscite batch questions.txt -o answers.csv   a list of questions

Every quote is verbatim, checked against its article at the moment of answering. What the articles
do not answer is "not found". Exit codes: 0 done, 1 a problem was found, 2 wrong use.
"""

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's own is 700."""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="presscite", message="presscite %(version)s")
def presscite() -> None:
    """Every command is one of these."""


@presscite.command()
@click.argument("question")
@as_json_option
@filtering
@answering
@folders
def ask(
    question: str,
    as_json: bool,
    since: str | None,
    until: str | None,
    outlet: tuple[str, ...],
    article: tuple[str, ...],
    **options: Any,
) -> int:
    """Answer one QUESTION."""
    from bot.answer import Status
    from bot.answering import answer_question
    from bot.filters import known_filter, read_filter
    from bot.rendering import as_text

    within = read_filter(since, until, outlet, article)
    library = open_named(**options)
    with library.store.snapshot() as snapshot:
        within = known_filter(within, snapshot)
    answer = answer_question(question, library, within)
    if as_json:
        print_json(answer.as_json())
    else:
        click.echo(as_text(answer, highlight=lambda text: click.style(text, bold=True, fg="green")))
    return PROBLEM if answer.status is Status.ERROR else DONE


@presscite.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="ANSWERS", help="A .jsonl or .csv file."
)
@filtering
@answering
@folders
def batch(
    questions: Path,
    output: Path,
    since: str | None,
    until: str | None,
    outlet: tuple[str, ...],
    article: tuple[str, ...],
    **options: Any,
) -> int:
    """Answer a list of QUESTIONS into a file.

    QUESTIONS is .jsonl, .csv, or .txt with one a line; ANSWERS is .jsonl or .csv. The columns since,
    until, outlet and article of a row, if it has them, stand before the options of the same name.

    Killed, it goes on where it stopped when it is started again. A bad line becomes a row with
    the status "error".
    """
    from bot.batch import answer_batch, answering_within, writer_for
    from bot.filters import known_filter, read_filter
    from bot.questions import read_questions
    from bot.reporting import counted

    writer_for(output)
    if output.exists() and output.samefile(questions):
        raise WrongUseError(f"{output}: the answers would replace the questions.", "Give another file with -o.")
    asked = read_questions(questions)
    within = read_filter(since, until, outlet, article)
    library = open_named(**options)
    with library.store.snapshot() as snapshot:
        within = known_filter(within, snapshot)
    settings = [library.min_confidence, str(options["reader"]), within.as_json()]
    made_from = json.dumps([library.state(), str(library.folder and library.folder.resolve()), *settings])
    with progress_bar("Answering", "question", total=len(asked.rows)) as update:
        report = answer_batch(asked, output, answering_within(library, within), made_from=made_from, on_row=update)
    if report.resumed:
        note(f"{report.resumed} of {report.total} had been answered before the last run was stopped.")
    counts = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in sorted(report.by_status.items()))
    click.echo(f"{counted(report.total, 'question')}: {counts or 'nothing to answer'}. Written to {output}.")
    if report.errors:
        note(f"{counted(report.errors, 'row')} could not be answered; the column error says why.")
    return PROBLEM if report.errors else DONE


@presscite.command()
@click.argument("labelled", type=click.Path(path_type=Path))
@click.option(
    "--where", multiple=True, metavar="NAME=VALUE", help="Ask only the lines that say so, such as half=final."
)
@click.option("--worst", type=click.IntRange(0), default=10, show_default=True, help="How many of the worst to show.")
@as_json_option
@answering
@folders
def evaluate(labelled: Path, worst: int, where: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Measure the answers on your own LABELLED questions.

    A line of LABELLED (.jsonl): {"question": "how many?", "answers": ["16", "sixteen"]}, and as you
    like "articles": [paths], "evidence": [sentences], "answerable": false, "status": "disputed",
    "positions": [{"answers": ["16"]}], "kind": for a figure of each kind, "conversation" for follow-ups.
    """
    from bot.batch import answering_within
    from bot.evaluating import Evaluation, evaluation_as_text, judged_in_order
    from bot.filters import Filter
    from bot.labelled import read_labelled_questions

    questions = [each for each in read_labelled_questions(labelled) if _has(each.columns, where)]
    library = open_named(**options)
    judged = []
    with progress_bar("Asking", "question", total=len(questions)) as update:
        for each in judged_in_order(questions, answering_within(library, Filter())):
            judged.append(each)
            update(len(judged))
    evaluation = Evaluation(tuple(judged))
    if as_json:
        print_json(evaluation.as_json())
    else:
        click.echo(evaluation_as_text(evaluation, evaluation.worst(worst)))
    return DONE


def _has(columns: Mapping[str, Any], where: tuple[str, ...]) -> bool:
    for each in where:
        name, equals, value = each.partition("=")
        if not equals:
            raise WrongUseError(f'--where "{each}" names no value.', "Give NAME=VALUE, such as half=final.")
        if str(columns.get(name)) != value:
            return False
    return True


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


for command in (chat, *INDEX_COMMANDS):
    presscite.add_command(command)


def main() -> None:
    """Run the command line; every error that Presscite raises on purpose ends here."""
    # Starting makes many objects and drops few: looking for those again and again took a tenth of a short command.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
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
