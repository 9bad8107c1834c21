"""Training: a loop over batches that goes on from its checkpoint, whenever it was stopped.

First one passage at a time with hard negatives, then several passages of a question under one softmax,
so that scores of different passages compare. What is kept is a moving average of the weights
(Polyak and Juditsky, 1992), which is steadier than the last ones.
"""

import copy
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from bot.reader.precision import computes_in_bfloat16
from bot.reader.training.batching import Batch, Batcher
from bot.reader.training.losses import loss_of
from bot.reader.training.mix import ONE_BY_ONE, TOGETHER
from bot.reader.training.network import ReaderNetwork
from bot.reader.training.starting_network import load_trained, parameter_groups, trained_tensors
from corpus.errors import WrongUseError

WEIGHT_DECAY = 0.01
LONGEST_GRADIENT = 1.0
LOWEST_WARM_UP = 0.01
ROUNDING = 1e-9
LOSS_MEMORY = 0.95


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: float
    """Passes over the questions, both phases together."""
    rate: float
    """The highest learning rate, reached after `warm_up` and falling evenly to 0."""
    minutes: float | None = None
    """Training time of all runs together, if that is up before the epochs are."""
    head_factor: float = 3.0
    """How much faster the heads learn."""
    warm_up: float = 0.02
    """A share of the whole, as `grouped_from`, where the second phase begins."""
    grouped_from: float = 0.6
    tokens: int = 4096
    """Of a batch, padding included."""
    average: float = 0.997
    """Weight of the past in the moving average, for each step; less at the beginning."""
    checkpoint_seconds: float = 300.0
    seed: int = 1


@dataclass(slots=True)
class Progress:
    """Where a training stands; kept in its checkpoint."""

    seconds: float = 0.0
    steps: int = 0
    epochs: float = 0.0
    """How many were seen; the last of the first phase is left unfinished."""
    epoch: int = 0
    """The number of the one that is running."""
    batches: int = 0
    """How many of its batches are done."""
    grouped: bool = False
    loss: float | None = None
    """The mean of the phase's late steps, each counting less the older it is."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a training tells on its way."""

    stage: str
    """"preparing", "learning" or "measuring"."""
    share: float = 0.0
    """Of the learning, from 0 to 1."""
    steps: int = 0
    loss: float | None = None
    """See `Progress.loss`; higher in the second phase, where it counts the shared softmax too."""


OnProgress = Callable[[Moment], None]


class Trainer:
    """Trains a network; `identity` says what with, so that no other training goes on from `checkpoint`.

    Raises `WrongUseError` where there is a checkpoint that cannot be used.
    """

    def __init__(
        self, network: ReaderNetwork, batcher: Batcher, schedule: Schedule, checkpoint: Path, identity: str
    ) -> None:
        self.network = network
        self.progress = Progress()
        self._batcher = batcher
        self._schedule = schedule
        self._checkpoint = checkpoint
        self._identity = identity
        self._half = computes_in_bfloat16()
        body, heads = parameter_groups(network)
        groups = [{"params": body, "factor": 1.0}, {"params": heads, "factor": schedule.head_factor}]
        self._parameters = body + heads
        self._optimiser = torch.optim.AdamW(groups, lr=schedule.rate, weight_decay=WEIGHT_DECAY, fused=True)
        self._average = {name: value.clone() for name, value in trained_tensors(network).items()}
        self._between_steps = True
        if checkpoint.is_file():
            self._resume()

    @property
    def share(self) -> float:
        """How much of the training is done, from 0 to 1: of its epochs or of its time, whichever is more."""
        done = self.progress.epochs / self._schedule.epochs
        if self._schedule.minutes is not None:
            done = max(done, self.progress.seconds / (60 * self._schedule.minutes))
        return 1.0 if done > 1 - ROUNDING else done

    def train(self, on_progress: OnProgress) -> None:
        """Learn until all is done; interrupted at any moment, it keeps what it has learned."""
        self.network.train()
        saved = before = time.monotonic()
        try:
            for batch, part in self._batches():
                self._step(batch, part)
                now = time.monotonic()
                self.progress.seconds += now - before
                before = now
                on_progress(Moment("learning", self.share, self.progress.steps, self.progress.loss))
                if now - saved > self._schedule.checkpoint_seconds:
                    self._save()
                    saved = time.monotonic()
        finally:
            # Half a step would leave weights and optimiser apart: then the last checkpoint stands.
            if self._between_steps:
                self._save()
            self.network.eval()

    def averaged(self) -> ReaderNetwork:
        """A copy of the network with the averaged weights, for reading."""
        network = copy.deepcopy(self.network)
        load_trained(network, self._average)
        return network.eval()

    def _batches(self) -> Iterator[tuple[Batch, float]]:
        """Batches, each with its share of an epoch, until all is done; from where the progress stands."""
        progress, schedule = self.progress, self._schedule
        while self.share < 1:
            mix = TOGETHER if progress.grouped else ONE_BY_ONE
            seed = schedule.seed * 1000 + progress.epoch
            for number, (batch, part) in enumerate(self._batcher.batches(mix, seed)):
                if number < progress.batches:
                    continue
                if self.share >= (1 if progress.grouped else schedule.grouped_from):
                    break
                yield batch, part
            progress.epoch += 1
            progress.batches = 0
            if progress.grouped != (self.share >= schedule.grouped_from):
                # The two phases' losses have other scales: their mean would say nothing.
                progress.grouped = not progress.grouped
                progress.loss = None

    def _step(self, batch: Batch, part: float) -> None:
        progress = self.progress
        rate = self._rate()
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["factor"]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            loss = loss_of(self.network, batch, grouped=progress.grouped)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, LONGEST_GRADIENT)
        self._between_steps = False
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        progress.steps += 1
        progress.batches += 1
        progress.epochs += part
        value = float(loss.detach())
        progress.loss = value if progress.loss is None else LOSS_MEMORY * progress.loss + (1 - LOSS_MEMORY) * value
        self._follow()
        self._between_steps = True

    def _rate(self) -> float:
        share = self.share
        warm = min(1.0, share / self._schedule.warm_up) if self._schedule.warm_up else 1.0
        return self._schedule.rate * max(warm, LOWEST_WARM_UP) * (1 - share)

    def _follow(self) -> None:
        """Move the average; over few steps it keeps close, so that a short training counts."""
        steps = self.progress.steps
        past = min(self._schedule.average, steps / (steps + 9))
        with torch.no_grad():
            for name, value in trained_tensors(self.network).items():
                self._average[name].lerp_(value, 1 - past)

    def _save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "identity": self._identity,
            "network": trained_tensors(self.network),
            "optimiser": self._optimiser.state_dict(),
            "average": self._average,
            "progress": asdict(self.progress),
        }
        unfinished = self._checkpoint.with_suffix(".unfinished")
        with unfinished.open("wb") as stream:
            torch.save(state, stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(self._checkpoint)

    def _resume(self) -> None:
        try:
            # Only tensors and plain values are unpacked: a checkpoint of another's cannot run a program.
            state: dict[str, Any] = torch.load(self._checkpoint, weights_only=True)
            identity = state["identity"]
        except Exception as error:  # noqa: BLE001 - torch raises many kinds for a file that is not its own
            reason = f"{self._checkpoint} cannot be used ({type(error).__name__})."
            raise WrongUseError(reason, "Delete it to begin anew.") from None
        if identity != self._identity:
            reason = f"{self._checkpoint} is of a training with other labelled files or another start."
            raise WrongUseError(reason, "Give another output folder, or delete it to begin anew.")
        load_trained(self.network, state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._average = state["average"]
        self.progress = Progress(**state["progress"])
