"""Contradicting: what of other articles cannot be right together with the surest answer, and what may."""

from pathlib import Path

import pytest
from test_comparing import article, ask, said

from bot.answer import Status
from bot.language.asking import asked_of
from bot.language.news_terms import Event, Group

QUAKE = (
    "An earthquake shook the Varzan valley early on Monday and brought down houses in three villages. The town of Pirou"
    " was without water, and the road to Sorn was cut."
)


def told(first: str, second: str) -> dict[str, str]:
    """Two articles on one earthquake, of which each says something else."""
    return {
        "a.md": article("2024-03-04", "Valley Wire", f"{QUAKE} {first}", "Earthquake in the Varzan valley"),
        "b.md": article("2024-03-05", "Harbour Gazette", f"{QUAKE} {second}", "Varzan valley after the earthquake"),
    }


@pytest.mark.parametrize(
    ("question", "first", "second", "positions"),
    [
        (
            "At what time did the quake strike the Varzan valley?", "The quake struck at 4:12 a.m. on Monday.",
            "The quake struck at 4:21 a.m. on Monday.", {"4:12 a.m. on Monday", "4:21 a.m. on Monday"},
        ),
        (
            "How old was the teacher Ilya Denk?", "Among the dead was a teacher, Ilya Denk, 34, who went back.",
            "The teacher Ilya Denk, 36, was buried on Tuesday.", {"34", "36"},
        ),
        (
            "magnitude of the Varzan quake", "The National Institute measured a magnitude of 6.1.",
            "The magnitude was 5.9 and not 6.1, the survey said.", {"6.1", "5.9"},
        ),
        (
            "How many people died in the Varzan quake?", "The quake killed at least 14 people in the Varzan valley.",
            "The number of dead rose to 23, the civil defence said.", {"at least 14", "23"},
        ),
        (
            "how many bodies were found at the camp site?",
            "Bodies lay everywhere. Ten of them were found at the camp site.",
            "Twelve of the dead were found at the camp site, police said.", {"Ten", "Twelve"},
        ),
        (
            "Who opened fire first in the Varzan valley, the guards or the gunmen?",
            "The guards opened fire first, said a driver who got away.",
            "The gunmen opened fire first, the governor said.", {"The guards", "The gunmen"},
        ),
    ],
    ids=["time of day", "age", "no question word", "a place that names the event", "no noun", "which of two"],
)  # fmt: skip
def test_both_are_shown(tmp_path: Path, question: str, first: str, second: str, positions: set[str]) -> None:
    answer = ask(tmp_path, question, told(first, second))
    assert answer.status is Status.DISPUTED
    assert set(said(answer)) == positions


@pytest.mark.parametrize(
    ("question", "first", "second", "expected"),
    [
        (
            "At what time did the quake strike the Varzan valley?", "The quake struck at 4:12 a.m. on Monday.",
            "The quake struck at about 4 a.m. on Monday.", {"4:12 a.m. on Monday", "about 4 a.m. on Monday"},
        ),
        (
            "magnitude of the Varzan quake", "The National Institute measured a magnitude of 6.1.",
            "The strongest of the aftershocks had a magnitude of 5.2.", {"6.1"},
        ),
        (
            "What was the magnitude of the Varzan quake?", "The National Institute measured a magnitude of 6.1.",
            "In 1974 a quake of magnitude 7.1 destroyed the village.", {"6.1"},
        ),
        (
            "How many people died in the Varzan quake?", "The quake killed 14 people in the Varzan valley.",
            "In 1974 a quake shook the same valley. At that time 300 people died.", {"14"},
        ),
    ],
    ids=["about", "aftershocks", "long ago", "at that time"],
)  # fmt: skip
def test_what_is_of_something_else_disputes_nothing(
    tmp_path: Path, question: str, first: str, second: str, expected: set[str]
) -> None:
    answer = ask(tmp_path, question, told(first, second))
    assert answer.status is Status.ANSWERED
    assert answer.answer in expected


def test_what_was_long_ago_is_no_answer_beside_what_is_now(tmp_path: Path) -> None:
    text = (
        "BRUSSELS - Two trains collided in falling snow outside Brussels on Monday, killing 19 people. Belgium had"
        " pledged to put brakes on all its trains after a crash at Pecrot killed eight people in 2001."
    )
    question = "How many people died in the Belgian train crash?"
    assert ask(tmp_path / "dated", question, {"a.md": article("2010-02-16", "Wire", text)}).answer == "19"
    assert ask(tmp_path / "undated", question, {"a.txt": f"A crash\n\n{text}"}).answer == "19"


def test_a_share_among_some_disputes_no_share_of_all(tmp_path: Path) -> None:
    first = "The magazine asked everyone: 41 percent of the union's members voted in the ballot."
    second = "Among the staff of the workshops 67 percent of the union's members voted in the ballot."
    question = "What percentage of the union's members voted in the ballot?"
    assert ask(tmp_path, question, told(first, second)).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("How many protesters did police arrest?", set()),
        ("how many kidnappers did the soldiers kill", set()),
        ("How many people did the police say were killed?", set()),
        ("how many rebels have the security forces killed", {Group.ATTACKERS}),
        ("How many soldiers did the rebels kill?", {Group.SECURITY}),
        ("How many police officers were killed?", {Group.SECURITY}),
    ],
)
def test_who_does_it_is_not_whom_it_befalls(question: str, groups: set[Group]) -> None:
    assert asked_of(question).groups == groups


def test_a_bare_number_is_the_answer_of_whom_the_question_names(tmp_path: Path) -> None:
    text = (
        "The strike began on Monday at the port of Morna. The port said that 4,200 dockers had joined. The rail union"
        " says that it was 2,900."
    )
    question = "How many dockers joined the strike, according to the rail union?"
    answer = ask(tmp_path, question, {"a.md": article("2022-01-13", "One", text)})
    assert answer.answer == "2,900"


def test_who_is_detained_is_just_people() -> None:
    asked = asked_of("How many protesters have been detained since the vote?")
    assert (asked.event, asked.groups) == (Event.DETENTION, frozenset())
    assert asked_of("How many protesters were killed?").groups


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("how many countries sent troops?", True),
        ("How many of the towns saw protests?", True),
        ("how many homes burned", True),
        ("how many soldiers were sent?", False),
        ("how many bus passengers died", False),
        ("How many of those killed were children?", False),
        ("how many were hurt?", False),
        ("What was the death toll?", False),
    ],
)
def test_what_is_counted_may_be_no_people(question: str, *, things: bool) -> None:
    assert asked_of(question).counts_things is things


def test_soldiers_are_no_countries(tmp_path: Path) -> None:
    text = "Russia, who together with its allies sent 2,030 soldiers, promised on Monday that they will leave soon."
    articles = {"a.md": article("2022-01-11", "One", text)}
    assert ask(tmp_path, "how many soldiers were sent?", articles).answer == "2,030"
    assert ask(tmp_path, "how many countries sent soldiers?", articles).status is Status.NOT_FOUND


def test_those_among_them_are_not_all(tmp_path: Path) -> None:
    text = (
        "The crush at the stadium gate injured many. A club lists 260 injured, among them 34 people who were in shock."
    )
    answer = ask(tmp_path, "how many people were injured in the crush?", {"a.md": article("2022-04-24", "One", text)})
    assert answer.answer == "260"


def test_passengers_and_crew_are_people(tmp_path: Path) -> None:
    text = "There were 198 people on board the ferry: 184 with a ticket, and 14 crew."
    question = "how many passengers and crew were on board the ferry?"
    assert ask(tmp_path, question, {"a.md": article("2023-03-03", "One", text)}).answer == "198"
