"""Questions that ask which of two things it was."""

import pytest

from bot.language.choices import choice_asked, chosen, span_chosen

FIRED = "Who fired first on the road, the guards or the gunmen?"


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (FIRED, "the guards", "gunmen"),
        ("who started it, police or protesters", "the riot police", "demonstrators"),
        ("Which team won, Ashbourne or Kelham Town?", "Ashbourne", "Kelham"),
        ("where did it begin: in the kitchen or the cellar?", "the kitchen", "a cellar"),
        ("was it an accident or an attack?", "an accident", "the attack"),
        ("Was the fire caused by lightning or by arson?", "lightning", "arson"),
        ("was it a coup or a protest", "a coup", "protests"),
        ("Is the summit in Paris, or in Berlin?", "Paris", "Berlin"),
    ],
)
def test_a_choice_is_between_two(question: str, one: str, other: str) -> None:
    choice = choice_asked(question)
    assert choice is not None
    assert (chosen(choice, one), chosen(choice, other)) == (0, 1)
    assert chosen(choice, "something else") is None
    assert chosen(choice, f"{one} and {other}") is None


@pytest.mark.parametrize(
    "question",
    [
        "Were many people killed or injured in the blast?",
        "what is the name of the ship or boat?",
        "Who was hurt or killed?",
        "Was the bridge near Vell closed or not?",
        "Who resigned, and why or how?",
        "Who would teach from a work like the Quran, Torah or Bible?",
        "What comes from individuals, localities, or regions?",
        "how many were hurt, soldiers or civilians?",
        "Who won?",
        "",
    ],
)
def test_no_choice(question: str) -> None:
    assert choice_asked(question) is None


@pytest.mark.parametrize(
    ("question", "text", "read", "picked"),
    [
        (FIRED, "The guards fired first, a driver said.", "a driver", "The guards"),
        (FIRED, "The guards fired first, a driver said.", "The guards", "The guards"),
        (FIRED, "The guards shot at the gunmen, a driver said.", "a driver", None),
        (FIRED, "It began at noon, a driver said.", "a driver", None),
        (FIRED, "It was not the guards who began.", "the guards", None),
        ("was it an accident or an attack?", "Police ruled out an attack.", "an attack", None),
        ("was it an accident or an attack?", "It was an accident, police said.", "an accident", "an accident"),
        (
            "was it caused by fuel prices or by terrorists?",
            "Dissatisfied with fuel prices, they went out.",
            "Dissatisfied",
            "fuel prices",
        ),
        ("Was the hall quiet or loud?", "It was noisy.", "noisy", "noisy"),
        ("was the ship in the port or at sea?", "It lay in dock.", "in dock", "in dock"),
        ("Who won?", "The guards fired first, a driver said.", "a driver", "a driver"),
    ],
)
def test_what_is_picked_of_a_sentence(question: str, text: str, read: str, picked: str | None) -> None:
    start = text.index(read)
    span = span_chosen(question, text, (0, len(text)), (start, start + len(read)))
    assert (text[slice(*span)] if span else None) == picked
