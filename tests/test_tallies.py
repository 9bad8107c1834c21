"""Tallies: what a count goes on with, which spelling and which day it stands under, and what is no place."""

from pathlib import Path
from time import perf_counter

import pytest
from test_comparing import article, ask, said

from bot.language.asking import Sought, asked_of
from bot.language.figures import figures_in
from bot.language.news_terms import Event
from bot.language.scope import clauses_of, events_of, places_in

TOLLS = {
    "a.md": (
        "2020-08-11",
        "Radio Tulip",
        "The governor of Velmora, Marwan Abdul, said on Monday that 220 people had been killed by the explosion in the"
        " port and 110 were missing. Many of the missing were lorry drivers, he said. On the same day the Health"
        " Ministry's count stood at about 160.",
    ),
    "b.md": (
        "2020-08-08",
        "Morning Wire",
        "The explosion of Velmora killed 154 people, the Health Ministry said on Friday. On Saturday the"
        " minister gave 158 dead.",
    ),
}


def test_a_count_goes_on_with_what_was_counted_last(tmp_path: Path) -> None:
    answer = ask(tmp_path, "How many people died?", {name: article(*each) for name, each in TOLLS.items()})
    assert "about 160" in said(answer)
    missing = ask(tmp_path, "How many people are missing in Velmora?", {})
    assert said(missing) == ["110"]


def test_who_speaks_of_the_place_in_the_sentence_speaks_of_the_place(tmp_path: Path) -> None:
    answer = ask(tmp_path, "How many people died in Velmora?", {name: article(*each) for name, each in TOLLS.items()})
    assert said(answer) == ["220", "158", "154"]


def test_an_inexact_figure_stands_with_the_nearest_that_it_agrees_with(tmp_path: Path) -> None:
    answer = ask(tmp_path, "How many people died?", {name: article(*each) for name, each in TOLLS.items()})
    about = next(position for position in answer.positions if "about 160" in [q.answer for q in position.quotes])
    assert "154" not in [quote.answer for quote in about.quotes]


@pytest.mark.parametrize(
    ("question", "event", "speaker", "to_read"),
    [
        ("what toll did the ministry give?", Event.DEATH, "the ministry", "how many people died according to"),
        ("What death toll has the mayor announced?", Event.DEATH, "the mayor", "how many people died according to"),
        ("what is the toll?", Event.DEATH, None, "how many people died?"),
        ("toll of the injured in May", Event.INJURY, None, "how many people died"),
    ],
)
def test_a_toll_is_of_the_dead(question: str, event: Event, speaker: str | None, to_read: str) -> None:
    asked = asked_of(question)
    assert (asked.sought, asked.event) == (Sought.COUNT, event)
    assert asked.to_read.startswith(to_read)
    assert asked_of(asked.to_read).speaker == speaker


@pytest.mark.parametrize("question", ["how long is the toll road?", "What toll did the war take on children?"])
def test_no_other_toll_is(question: str) -> None:
    asked = asked_of(question)
    assert asked.sought is not Sought.COUNT
    assert asked.event is None
    assert asked.to_read == question


AGENCY = (
    "The Interior Ministry had counted 9,900 detained by Tuesday. One foreign news agency writes of nearly 14,000."
    " It is not clear who counted."
)


def test_a_sentence_that_goes_on_counting_is_not_passed_over(tmp_path: Path) -> None:
    articles = {
        "a.md": article("2022-01-13", "Courier", f"The families wait at the gate in Aktau for news.\n\n{AGENCY}")
    }
    assert said(ask(tmp_path, "how many people have been detained?", articles)) == ["nearly 14,000", "9,900"]


SPELLINGS = {
    "a.md": (
        "2022-01-10",
        "Capital Post",
        "NUR-SULTAN - After the unrest President Tokayev spoke with Vladimir Lukin of the CSTO alliance, which the"
        " leader of Russia praised. Police said 7,939 people had been detained.",
    ),
    "b.md": (
        "2022-01-08",
        "Steppe Courier",
        "For Karim Massimov of the KNB, Aidos Ukibay, Bolat of Aktau and Ermek Sagim in Almaty it was over when Tokaev"
        " spoke. Police said on Saturday that 4,404 people had been detained.",
    ),
}


def test_two_spellings_of_one_name_are_of_one_matter(tmp_path: Path) -> None:
    answer = ask(
        tmp_path, "how many people have been detained?", {name: article(*each) for name, each in SPELLINGS.items()}
    )
    assert said(answer) == ["7,939", "4,404"]


CRIMINALS = {
    "a.md": ("2022-01-07", "Radio", 'The Interior Ministry: 18 officers killed, 26 "armed criminals" killed in Aktau.'),
    "b.md": ("2022-01-15", "Wire", "Of the 225 bodies in Aktau 26, it is thought, may have been those of attackers."),
}


def test_a_word_of_the_question_is_not_preferred_to_what_is_surer(tmp_path: Path) -> None:
    articles = {name: article(*each) for name, each in CRIMINALS.items()}
    answer = ask(tmp_path, "how many dead attackers has the interior ministry admitted to?", articles)
    assert said(answer) == ["26"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In the morning the Interior Ministry had counted 5,135.", set()),
        ("In a statement Interpol spoke of 20.", set()),
        ("Ten died in the port of Beirut.", {"the port of Beirut"}),
        ("Ten died in the northwestern Pakistani city of Peshawar.", {"Peshawar"}),
        ("Ten died in the Mexican border city of Ciudad Juarez, officials said.", {"Ciudad Juarez"}),
        ("Ten died in the Kazakh city.", set()),
        ("Researchers at the Harvard School looked at ten.", set()),
        ("Ten died in the eastern city of Aktau.", {"the eastern city of Aktau"}),
    ],
)
def test_a_place_is_no_time_and_no_paper(text: str, places: set[str]) -> None:
    assert places_in(text) == places


def test_many_hyphens_take_no_time() -> None:
    started = perf_counter()
    places_in(f"in {'-'.join(['Aa'] * 40)} x")
    assert perf_counter() - started < 1


REHAB = {
    "a.txt": (
        "2010-06-11",
        "News",
        "CIUDAD JUAREZ, Mexico (CNN) -- Gunmen burst into a drug rehabilitation center in the Mexican border city of"
        " Ciudad Juarez and opened fire, killing 18 people, officials said.\n\n"
        "More than 1,400 people have been killed in the city this year, according to a count by a newspaper.",
    )
}
FLOODED = {
    "a.txt": (
        "2008-06-11",
        "News",
        "The Cedar River rose in northeastern Iowa on Tuesday, swamping downtown Waterloo and forcing some 3,800 people"
        " from their homes. The Coast Guard pulled 14 people out of the water.",
    )
}


@pytest.mark.parametrize(
    ("question", "articles", "answer"),
    [
        ("How many were killed in the Juarez rehab center?", REHAB, "18"),
        ("How many people have been killed in Juarez this year?", REHAB, "More than 1,400"),
        ("How many people had to leave their homes in Waterloo?", FLOODED, "some 3,800"),
        ("How many people were rescued by the coast guard?", FLOODED, "14"),
    ],
)
def test_what_happened_is_told_from_what_happens_all_year(
    tmp_path: Path, question: str, articles: dict[str, tuple[str, str, str]], answer: str
) -> None:
    assert said(ask(tmp_path, question, {name: article(*each) for name, each in articles.items()})) == [answer]


def test_a_blank_is_asked_for() -> None:
    assert asked_of("___ resigned as prime minister.").to_read == "who resigned as prime minister."
    assert asked_of("The spacecraft ___ crashed there.").to_read == "The spacecraft which crashed there."


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("It puts the injured at 7,000 and the displaced at 300,000.",
         [("7,000", Event.INJURY), ("300,000", Event.DISPLACEMENT)]),
        ("The death toll rose to 12 and 30 were injured.", [("12", Event.DEATH), ("30", Event.INJURY)]),
        ("The dead numbered 40, and 15 were rescued.", [("40", Event.DEATH), ("15", Event.RESCUE)]),
        ("At least 40 evacuated, 30 rescued and 20 displaced by floods.",
         [("At least 40", Event.DISPLACEMENT), ("30", Event.RESCUE), ("20", Event.DISPLACEMENT)]),
        ("He puts those who followed him at 1,100, and the dead at 64.", [("1,100", None), ("64", Event.DEATH)]),
        ("The union has a list of 31 people who were held.", [("31", Event.DETENTION)]),
        ("The match was held before 31 people.", [("31", None)]),
        ("Gunmen took eleven engineers hostage.", [("eleven", Event.ABDUCTION)]),
        ("Nine hostages were freed.", [("Nine", Event.RELEASE)]),
        ("Forty reporters came to the hostage crisis.", [("Forty", None)]),
        ("Outside a detention centre sixty people were waiting.", [("sixty", None)]),
        ("The refugee camp of 4,000 tents has no water.", [("4,000", None)]),
        ("The refugees are 4,000 by now.", [("4,000", Event.DISPLACEMENT)]),
    ],
)  # fmt: skip
def test_what_befell_them_is_said_before_the_number_or_behind(
    text: str, counted: list[tuple[str, Event | None]]
) -> None:
    figures = figures_in(text)
    said = events_of(clauses_of(text, figures))
    assert [(text[figure.start : figure.end], event) for figure, event in zip(figures, said, strict=True)] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The force has 2,500 mentioned when it was sent.", ""),
        ("12,000 arrested in the city", "arrested"),
        ("3,000 unarmed protesters", "unarmed protesters"),
        ("5 hundred pages", "pages"),
        ("Of the 40 invited, none came.", ""),
    ],
)
def test_a_participle_is_nothing_that_is_counted(text: str, counted: str) -> None:
    assert [figure.counted for figure in figures_in(text)][:1] == [counted]


COMPARED = (
    "The president put the strength of the force at 2,030 soldiers with 250 vehicles, fewer than the 2,500 named when"
    " it was sent."
)


def test_what_is_compared_counts_what_it_is_compared_with(tmp_path: Path) -> None:
    articles = {"a.md": article("2022-01-13", "Courier", f"The force in Velmora goes home.\n\n{COMPARED}")}
    assert sorted(said(ask(tmp_path, "How many soldiers did the force in Velmora have?", articles))) == [
        "2,030",
        "2,500",
    ]


def test_a_toll_is_no_count_of_what_stands_before_it(tmp_path: Path) -> None:
    text = (
        "The explosion in Velmora killed at least 218 people. It puts the displaced at 300,000. The ministry's tolls of"
        " the first week, from 50 on the evening itself to 171 later, were counts of bodies."
    )
    articles = {"a.md": article("2022-01-13", "Courier", text)}
    assert said(ask(tmp_path, "How many people were displaced by the explosion in Velmora?", articles)) == ["300,000"]


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("How many workers were taken hostage?", Event.ABDUCTION),
        ("How many hostages were freed?", Event.RELEASE),
        ("how many people are being held?", Event.DETENTION),
        ("How many elections were held?", None),
    ],
)
def test_hostages_are_abducted_and_who_is_held_is_detained(question: str, event: Event | None) -> None:
    assert asked_of(question).event is event


def test_who_works_at_a_place_counts_none_of_that_place_alone() -> None:
    assert places_in("A doctor at the Varzan Clinic had seen seven dead.") == frozenset()


CRUSH = {
    "a.md": (
        "2022-04-24",
        "Pan News",
        "People were crushed to death in Montalva on Saturday. The health department said that 86 people had been"
        " injured.",
    ),
    "b.md": (
        "2022-09-14",
        "Faro Mail",
        "Five people are on trial in Montalva over the crush at the Belrosa stadium. It injured 171 people, the"
        " indictment says.",
    ),
}


def test_where_the_one_event_was_is_no_limit_of_a_count(tmp_path: Path) -> None:
    articles = {name: article(*each, title="Montalva crush") for name, each in CRUSH.items()}
    assert said(ask(tmp_path, "How many people were injured in the crush at the Belrosa stadium?", articles)) == [
        "171",
        "86",
    ]
    assert said(ask(tmp_path, "How many people were injured in Belrosa?", {})) == ["171"]
