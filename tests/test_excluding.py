"""Excluding: causes, places and names of which one only can be right, and those that may both be."""

from pathlib import Path

import pytest
from test_comparing import article, ask, said

from bot.answer import Status

FIRE = (
    "A fire destroyed the market hall of Pirou on Monday night. Eighty stalls were lost, and the road to Sorn was"
    " closed until the morning."
)


def told(first: str, second: str) -> dict[str, str]:
    """Two articles on one fire, of which each says something else."""
    return {
        "a.md": article("2024-03-04", "Valley Wire", f"{FIRE} {first}", "Market hall of Pirou destroyed by fire"),
        "b.md": article("2024-03-05", "Harbour Gazette", f"{FIRE} {second}", "Pirou after the market hall fire"),
    }


@pytest.mark.parametrize(
    ("question", "first", "second", "positions"),
    [
        (
            "What caused the fire in the market hall of Pirou?", "The fire was caused by a gas leak, police said.",
            "The fire in the market hall was caused by faulty wiring, the fire brigade said.",
            {"a gas leak", "faulty wiring"},
        ),
        (
            "Where in Pirou did the fire in the market hall begin?",
            "The fire began in the Salvatore bakery, the mayor said.",
            "The fire began in the Kalinka restaurant, according to the fire brigade.",
            {"Salvatore bakery", "Kalinka restaurant"},
        ),
        (
            "Which group set fire to the market hall of Pirou?",
            "A group called the Red Dawn set fire to the market hall, police said.",
            "The Sons of the Well set fire to the market hall, the governor said.",
            {"Red Dawn", "Sons of the Well"},
        ),
    ],
    ids=["cause", "place", "group"],
)  # fmt: skip
def test_one_only_can_be_right(tmp_path: Path, question: str, first: str, second: str, positions: set[str]) -> None:
    answer = ask(tmp_path, question, told(first, second))
    assert answer.status is Status.DISPUTED
    assert {str(each).removeprefix("the ").removeprefix("The ") for each in said(answer)} == positions


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "What caused the fire in the market hall of Pirou?", "The fire was caused by a gas leak, police said.",
            "The fire in the market hall was caused by leaking gas, the fire brigade said.",
        ),
        (
            "Where in Pirou did the fire in the market hall begin?",
            "The fire began in the Salvatore bakery, the mayor said.",
            "The fire began in Garden Street, next to the Salvatore bakery.",
        ),
        (
            "Why did the fire in the market hall of Pirou spread?",
            "It spread because the doors had been left open, police said.",
            "It spread because the wind was strong, the fire brigade said.",
        ),
    ],
    ids=["the same cause", "one place at the other", "reasons"],
)  # fmt: skip
def test_both_may_be_right(tmp_path: Path, question: str, first: str, second: str) -> None:
    assert ask(tmp_path, question, told(first, second)).status is Status.ANSWERED
