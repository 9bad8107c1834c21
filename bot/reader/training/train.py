"""The whole of a training: labelled files in, a reader and its figures out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.reader.inference import Reading, SpanReader
from bot.reader.precision import computes_in_bfloat16
from bot.reader.trained import BUNDLED_READER, WEIGHTS, Calibration, read_settings
from bot.reader.training.articles import cut_articles
from bot.reader.training.batching import Batcher
from bot.reader.training.calibrating import fitted
from bot.reader.training.evaluation import Figures, answer_f1, figures_of
from bot.reader.training.exporting import export_reader
from bot.reader.training.labelled import Example, read_labelled
from bot.reader.training.negatives import NONE, hard_negatives
from bot.reader.training.network import NetworkScorer, ReaderNetwork
from bot.reader.training.starting_network import file_sha256, starting_network
from bot.reader.training.training import Moment, OnProgress, Schedule, Trainer
from bot.reader.windows import Windower
from corpus.errors import WrongUseError
from index.tokenising import Tokeniser

CHECKPOINT = "checkpoint.pt"

EPOCHS = 2.0
RATE = 1.5e-4
RATE_GOING_ON = 8e-5
"""For a reader that has learned before; both were chosen on development data."""

RIGHT_FROM = 0.5
"""The F1 from which a span counts as right when the confidence is fitted."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training did, all runs together."""

    reader: Path
    """The folder of the reader."""
    learned: int
    """Questions."""
    left_out: int
    """Questions whose answers all stand nowhere in their passage."""
    steps: int
    epochs: float
    seconds: float
    loss: float | None
    before: Figures | None
    """On the held-out questions, of the reader that training went on from; None from the plain encoder."""
    after: Figures
    """On the held-out questions, of the reader that was written."""
    calibrated: bool
    """Whether its confidence was fitted; too few questions were held out for it otherwise."""


def train_reader(
    labelled: Sequence[Path],
    output: Path,
    *,
    encoder: Path,
    start_from: Path | None = None,
    minutes: float | None = None,
    epochs: float = EPOCHS,
    rate: float | None = None,
    on_progress: OnProgress = lambda _moment: None,
) -> TrainingReport:
    """Train a reader on labelled files and write it to the folder `output`.

    It begins with the folder `encoder` of a published encoder, or goes on from the exported reader in
    `start_from`, and learns for `epochs` or `minutes`, whichever end first, with the learning rate `rate`
    (RATE, or RATE_GOING_ON). Interrupted, it goes on from `output`/checkpoint.pt when called again with
    the same files; called again with more epochs or minutes, it learns on. A tenth of the passages is
    held out to measure with. `on_progress` is called after each step.
    Raises `WrongUseError` for values, files or folders that cannot be used, `ModelError` for an encoder
    or a reader that is none.
    """
    schedule = Schedule(epochs, rate or (RATE_GOING_ON if start_from else RATE), minutes)
    _check(schedule, output, start_from)
    settings = read_settings(start_from or BUNDLED_READER)
    on_progress(Moment("preparing"))
    questions = read_labelled(labelled)
    questions = replace(questions, examples=tuple(cut_articles(questions.examples)))
    learned, held_out = questions.split()
    windower = Windower(Tokeniser.from_folder(encoder), settings.maximum_length, settings.stride)
    network = starting_network(encoder, start_from, schedule.seed)
    exam = _Exam(held_out, list(dict.fromkeys(example.context for example in questions.examples)), windower)
    before = figures_of(held_out, exam.sat_by(network).own) if start_from else None
    batcher = _batcher(learned, windower, schedule)
    identity = _identity(learned, encoder, start_from, schedule)
    trainer = Trainer(network, batcher, schedule, output / CHECKPOINT, identity)
    trainer.train(on_progress)
    on_progress(Moment("measuring", trainer.share, trainer.progress.steps, trainer.progress.loss))
    averaged = trainer.averaged()
    results = exam.sat_by(averaged)
    calibration = results.calibration(held_out, settings.confidence)
    export_reader(output, averaged, windower, encoder, calibration or settings.confidence)
    return TrainingReport(
        reader=output,
        learned=len(learned),
        left_out=questions.left_out,
        steps=trainer.progress.steps,
        epochs=trainer.progress.epochs,
        seconds=trainer.progress.seconds,
        loss=trainer.progress.loss,
        before=before,
        after=figures_of(held_out, results.own),
        calibrated=calibration is not None,
    )


@dataclass(frozen=True, slots=True)
class _Results:
    """The readings of the held-out questions: over their own passages, and over passages like those."""

    own: list[Reading]
    others: list[Reading]

    def calibration(self, examples: Sequence[Example], given: Calibration) -> Calibration | None:
        """See `fitted`: what a reader says of a wrong passage counts as wrong."""
        pairs = zip(examples, self.own, strict=True)
        right = [answer_f1(example, reading) >= RIGHT_FROM for example, reading in pairs]
        return fitted(self.own + self.others, right + [False] * len(self.others), given)


class _Exam:
    """The held-out questions, each with its own passage and the hardest other one of the `passages`."""

    def __init__(self, examples: Sequence[Example], passages: Sequence[str], windower: Windower) -> None:
        self._examples = examples
        self._windower = windower
        negatives = hard_negatives(examples, passages, keep=1)[:, 0]
        self._others = [[passages[number]] if number != NONE else [] for number in negatives]

    def sat_by(self, network: ReaderNetwork) -> _Results:
        """What a network reads."""
        scorer = NetworkScorer(network.eval(), self._windower.tokeniser.padding, half=computes_in_bfloat16())
        reader = SpanReader(scorer, self._windower, spans=1)
        results = _Results([], [])
        for example, others in zip(self._examples, self._others, strict=True):
            own, *rest = reader.read(example.question, [example.context, *others])
            results.own.append(own)
            results.others.extend(rest)
        return results


def _batcher(learned: Sequence[Example], windower: Windower, schedule: Schedule) -> Batcher:
    passages = list(dict.fromkeys(example.context for example in learned))
    return Batcher(learned, passages, hard_negatives(learned, passages), windower, schedule.tokens)


def _check(schedule: Schedule, output: Path, start_from: Path | None) -> None:
    """Raise `WrongUseError` for what cannot be done; make the output folder."""
    numbers = {"epochs": schedule.epochs, "minutes": schedule.minutes, "rate": schedule.rate}
    for name, value in numbers.items():
        if value is not None and not 0 < value < float("inf"):
            raise WrongUseError(f"The {name} of a training must be more than 0, not {value}.", "Give another number.")
    if start_from is not None and start_from.resolve() == output.resolve():
        raise WrongUseError(
            f"{output}: a reader cannot replace the one it goes on from.", "Give another output folder."
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUseError(f"{output}: no folder can be made here ({error.strerror}).", "Give another one.") from None


def _identity(learned: Sequence[Example], encoder: Path, start_from: Path | None, schedule: Schedule) -> str:
    """A hash of all that has to stay the same for a training to go on; its length and rate may change."""
    digest = hashlib.sha256()
    digest.update(repr(replace(schedule, epochs=0, minutes=None, rate=0, checkpoint_seconds=0)).encode())
    digest.update(file_sha256(encoder / "model.safetensors").encode())
    if start_from is not None:
        digest.update(file_sha256(start_from / WEIGHTS).encode())
    for example in learned:
        digest.update(repr(example).encode("utf-8", "replace"))
    return digest.hexdigest()
