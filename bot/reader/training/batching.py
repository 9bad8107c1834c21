"""Batches: from planned groups to padded tensors, sorted by length so that little is padded."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.reader.training.labelled import Answer, Example, concise_answers
from bot.reader.training.mix import Mix, Plan, Planner
from bot.reader.windows import NO_HEADING, Window, Windower, token_span
from index.tokenising import IntegerArray, Tokens

ROUND_TO = 8
"""Tokens; lengths are rounded up, so that fewer shapes occur."""

CROPPED = (64, 144)
"""Tokens, fewest and most: as long as the passages of a search."""

HEADING = (6, 48)
"""Tokens, fewest and most."""
FEWEST_LEFT = 2
CUT_AT_ONCE = 64
USUAL_LENGTH = 160

SUPERFLUOUS = ("is", "are", "was", "were", "did", "does", "do", "has", "have", "had", "been", "the", "a", "an", "there")


@dataclass(frozen=True, slots=True)
class Item:
    """One window to learn from."""

    window: Window
    spans: tuple[tuple[int, int], ...]
    """The gold spans, first and last token, as places in the window; none: it does not answer."""


@dataclass(frozen=True, slots=True)
class Batch:
    """b windows of n tokens, which fall into groups of one question each."""

    numbers: Tensor
    """Shape (b, n), as `kinds`."""
    kinds: Tensor
    lengths: Tensor
    """Shape (b,)."""
    start: Tensor
    """Shape (b, n), as `end`: true at the gold places, at `[CLS]` where there is no answer."""
    end: Tensor
    answered: Tensor
    """Shape (b,), true or false."""
    groups: Tensor
    """Shape (b,): the group of each window, from 0 on."""


class Batcher:
    """Makes the batches of an epoch; the same seed gives the same batches.

    `negatives` are those of `hard_negatives` among the `passages`, which hold the examples' own too;
    `tokens` is how many a batch has at most, padding included.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        passages: Sequence[str],
        negatives: NDArray[np.int32],
        windower: Windower,
        tokens: int,
    ) -> None:
        self._examples = [replace(example, answers=concise_answers(example.answers)) for example in examples]
        self._planner = Planner(self._examples, passages, negatives)
        self._windower = windower
        self._budget = tokens
        self._passages = windower.tokeniser.tokens(passages)
        self._questions = windower.tokeniser.tokens([example.question for example in examples])
        numbers = {passage: number for number, passage in enumerate(passages)}
        known = {numbers[example.context]: example.heading for example in examples if example.heading}
        self._headings = dict(zip(known, windower.tokeniser.tokens(list(known.values())), strict=True))
        self._own = [numbers[example.context] for example in examples]
        self._mark = windower.tokeniser.number_of("?")
        self._small = {number for word in SUPERFLUOUS if (number := windower.tokeniser.number_of(word)) is not None}

    def batches(self, mix: Mix, seed: int) -> Iterator[tuple[Batch, float]]:
        """The batches of one epoch, each with the share of the epoch that it is."""
        chance = random.Random(seed)  # noqa: S311 - it shuffles, and guards nothing
        plans = self._planner.plans(mix, chance)
        groups = [self._group(plan, mix, chance) for plan in plans]
        size = CUT_AT_ONCE * max(1, self._budget // USUAL_LENGTH)
        for start in range(0, len(groups), size):
            batches = list(_cut(sorted(groups[start : start + size], key=_longest), self._budget))
            chance.shuffle(batches)
            for batch in batches:
                yield collate(batch, self._windower.tokeniser.padding), len(batch) / len(groups)

    def _group(self, plan: Plan, mix: Mix, chance: random.Random) -> list[Item]:
        example = self._examples[plan.example]
        answers = () if plan.variant is not None or plan.without else example.answers
        question = self._questions[plan.example].numbers
        if plan.variant is not None:
            question = self._windower.tokeniser.tokens([plan.variant])[0].numbers
        question = self._worn(question, mix, chance)
        items = []
        if plan.own:
            cropped = 0.0 if example.source in mix.whole_sources else mix.cropped
            passage = _left_out(self._passages[self._own[plan.example]], plan.without)
            heading = self._heading(self._own[plan.example], mix, chance)
            items.append(self._item(question, heading, passage, answers, self._limit(cropped, chance), chance))
        for number in plan.negatives:
            heading, limit = self._heading(number, mix, chance), self._limit(mix.cropped, chance)
            items.append(self._item(question, heading, self._passages[number], (), limit, chance))
        return items

    def _heading(self, number: int, mix: Mix, chance: random.Random) -> IntegerArray:
        """A passage's heading; one without any stands now and then below the start of itself, or of one beside it."""
        if number in self._headings:
            return self._headings[number].numbers
        if chance.random() >= mix.headed:
            return NO_HEADING
        beside = min(max(0, number + chance.choice((-1, 0, 1))), len(self._passages) - 1)
        return self._passages[beside].numbers[: chance.randint(*HEADING)]

    def _limit(self, cropped: float, chance: random.Random) -> int:
        """How many tokens of a passage to read at most."""
        return chance.randint(*CROPPED) if chance.random() < cropped else self._windower.maximum_length

    def _worn(self, question: IntegerArray, mix: Mix, chance: random.Random) -> IntegerArray:
        """The question as people type it: now and then without its mark, or its small words too.

        Lower case needs no doing: the encoder's tokeniser makes everything lower case.
        """
        if chance.random() < mix.no_mark and len(question) > 1 and question[-1] == self._mark:
            question = question[:-1]
            if chance.random() < mix.elliptic:
                kept = [number for number in question if int(number) not in self._small]
                if len(kept) >= FEWEST_LEFT:
                    question = np.array(kept, dtype=np.int32)
        return question

    def _item(
        self,
        question: IntegerArray,
        heading: IntegerArray,
        passage: Tokens,
        answers: Sequence[Answer],
        limit: int,
        chance: random.Random,
    ) -> Item:
        """One window over at most `limit` tokens: around a gold answer if there is one, anywhere if not."""
        offsets = passage.offsets
        spans = [span for a in answers if (span := token_span(offsets, a.start, a.end)) is not None]
        room = min(self._windower.room(question, heading), limit)
        spare = max(0, len(passage) - room)
        begin = chance.randint(0, spare)
        if spare and spans:
            first, last = chance.choice(spans)
            low, high = max(0, min(last - room + 1, spare)), min(first, spare)
            begin = chance.randint(min(low, high), high)
        piece = Tokens(passage.numbers[begin : begin + room], offsets[begin : begin + room])
        window = self._windower.window(question, piece, heading=heading)
        inside = [(s - begin, e - begin) for s, e in spans if s >= begin and e - begin < len(window.offsets)]
        at = window.inside.start
        return Item(window, tuple((s + at, e + at) for s, e in inside))


def _left_out(passage: Tokens, ranges: Sequence[tuple[int, int]]) -> Tokens:
    """The passage's tokens without those of some ranges of characters."""
    starts = passage.offsets[:, 0]
    kept = np.ones(len(passage), dtype=bool)
    for start, end in ranges:
        kept &= (starts < start) | (starts >= end)
    return Tokens(passage.numbers[kept], passage.offsets[kept])


def _longest(group: Sequence[Item]) -> int:
    return max(len(item.window.numbers) for item in group)


def _cut(groups: Sequence[list[Item]], budget: int) -> Iterator[list[list[Item]]]:
    """Cut groups sorted by length into batches of at most `budget` padded tokens, or of a single group."""
    batch: list[list[Item]] = []
    rows = 0
    for group in groups:
        if batch and (rows + len(group)) * _rounded_up(_longest(group)) > budget:
            yield batch
            batch, rows = [], 0
        batch.append(group)
        rows += len(group)
    if batch:
        yield batch


def _rounded_up(length: int) -> int:
    return -(-length // ROUND_TO) * ROUND_TO


def collate(groups: Sequence[Sequence[Item]], padding: int) -> Batch:
    """The tensors of a batch of groups."""
    items = [item for group in groups for item in group]
    lengths = [len(item.window.numbers) for item in items]
    numbers = torch.full((len(items), _rounded_up(max(lengths))), padding)
    kinds = torch.zeros_like(numbers)
    start, end = torch.zeros_like(numbers, dtype=torch.bool), torch.zeros_like(numbers, dtype=torch.bool)
    for row, (item, length) in enumerate(zip(items, lengths, strict=True)):
        numbers[row, :length] = torch.from_numpy(item.window.numbers)
        kinds[row, item.window.first : length] = 1
        for first, last in item.spans or ((0, 0),):
            start[row, first] = True
            end[row, last] = True
    return Batch(
        numbers=numbers,
        kinds=kinds,
        lengths=torch.tensor(lengths),
        start=start,
        end=end,
        answered=torch.tensor([bool(item.spans) for item in items]),
        groups=torch.tensor([number for number, group in enumerate(groups) for _ in group]),
    )
