"""The mix: what an epoch is made of, and the groups of windows planned from it."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.reader.training.labelled import Example
from bot.reader.training.negatives import NONE
from bot.reader.training.variants import answer_sentences, unanswerable_variant

SHORTENED = 0.5
"""Of the unanswerable variants; the others are changed questions."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What an epoch is made of; all shares are from 0 to 1."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """How often the questions of a source are seen in one epoch: 1 where not named; a fraction: some of them."""
    negatives: float = 0.3
    """Hard negatives a question; 0.3: three questions in ten have one."""
    strangers: float = 0.15
    """Share of the negatives that are any passage instead, as a search gives where the corpus is silent."""
    variants: float = 0.25
    """Share of the answered questions that are also asked so that they cannot be answered."""
    without_variants: tuple[str, ...] = ("qamr", "tydi")
    """Sources whose passages are single sentences."""
    grouped: bool = False
    """Keep the windows of a question together, for the softmax that they share."""
    no_mark: float = 0.25
    """Share of the questions without their question mark."""
    elliptic: float = 0.24
    """Share of those without a mark that lack their small words too."""
    cropped: float = 0.5
    """Share of the passages cut to the length of a search's passages."""
    headed: float = 0.6
    """Share of the windows without a title that stand behind a heading, too: the start of a passage."""
    whole_sources: tuple[str, ...] = ("squad20",)
    """Sources whose own passages are never cropped."""


ONE_BY_ONE = Mix({"squad20": 1.5, "qamr": 0.5})
TOGETHER = Mix({"squad20": 1.0, "squadshifts": 0.25, "qamr": 0.12, "tydi": 0.4}, negatives=1.1, grouped=True)
"""The two phases. The weights by source are those of the bundled reader's recipe, chosen on development data."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One group of an epoch before it is cut into windows."""

    example: int
    """Its number."""
    negatives: tuple[int, ...]
    """Numbers of other passages to read with it."""
    own: bool = True
    """Whether to read its own passage."""
    variant: str | None = None
    """Ask this instead, which nothing answers."""
    without: tuple[tuple[int, int], ...] = ()
    """Characters to leave out of its own passage, so that nothing answers."""


class Planner:
    """Plans epochs over examples; `negatives` are those of `hard_negatives` among the `passages`."""

    def __init__(self, examples: Sequence[Example], passages: Sequence[str], negatives: NDArray[np.int32]) -> None:
        self._examples = examples
        self._passages = passages
        self._negatives = negatives

    def plans(self, mix: Mix, chance: random.Random) -> list[Plan]:
        """The groups of one epoch, in random order."""
        plans: list[Plan] = []
        for number, example in enumerate(self._examples):
            weight = mix.weights.get(example.source, 1.0)
            for _ in range(_rounded(weight, chance)):
                plans.extend(self._plans_of(number, mix, chance))
        chance.shuffle(plans)
        return plans

    def _plans_of(self, number: int, mix: Mix, chance: random.Random) -> Iterator[Plan]:
        example = self._examples[number]
        known = [int(passage) for passage in self._negatives[number] if passage != NONE]
        sampled = chance.sample(known, min(_rounded(mix.negatives, chance), len(known)))
        chosen = tuple(self._stranger(example, chance) if chance.random() < mix.strangers else n for n in sampled)
        if mix.grouped:
            yield Plan(number, chosen)
        else:
            yield Plan(number, ())
            yield from (Plan(number, (negative,), own=False) for negative in chosen)
        if example.answers and example.source not in mix.without_variants and chance.random() < mix.variants:
            without = tuple(answer_sentences(example)) if chance.random() < SHORTENED else ()
            similar = self._passages[chance.choice(known)] if known else ""
            variant = None if without else unanswerable_variant(example, chance, similar)
            if without or variant is not None:
                yield Plan(number, (), variant=variant, without=without)

    def _stranger(self, example: Example, chance: random.Random) -> int:
        """The number of any passage but the example's own."""
        number = chance.randrange(len(self._passages) - 1)
        return number if self._passages[number] != example.context else len(self._passages) - 1


def _rounded(number: float, chance: random.Random) -> int:
    """A whole number that is `number` on average."""
    return int(number) + (chance.random() < number % 1)
