"""Comparing sources: what agrees is one answer, what differs is shown whole, what is of others is no dispute."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import write

from bot.answer import Answer, Position, Quote, Status
from bot.answering import answer_question
from bot.language.asking import Sought, asked_of
from bot.language.news_terms import Event, Group
from bot.library import open_library

TOLL = """---
title: "Riots are an attempted coup, says president"
published: 2022-01-10
outlet: Evening Post
---

They are the worst riots in the nation for thirty years. The total death toll is still unknown.

The president said that the number of dead citizens was being checked and spoke of 16 dead and more than 1,600 wounded \
among the state security forces. However, the local media affirm that the fatalities are counted by dozens.

So far there are more than 8,000 detainees, according to official figures from the Ministry of the Interior.
"""

DAYS = {
    "a.md": ("2022-01-08", "Morning Wire", "Police said 4,400 people had been detained in the unrest."),
    "b.md": ("2022-01-09", "Morning Wire", "About 5,800 people have been detained, the president's office said."),
    "c.md": (
        "2022-01-10",
        "Capital Post",
        "The Interior Ministry counts more than 8,000 detainees across the country.",
    ),
    "d.md": ("2022-01-12", "Capital Post", "By now 9,900 people have been detained, the ministry said on Wednesday."),
}


def article(published: str, outlet: str, text: str, title: str = "The unrest") -> str:
    return f"---\ntitle: {title}\npublished: {published}\noutlet: {outlet}\n---\n\n{text}\n"


def ask(tmp_path: Path, question: str, articles: dict[str, str]) -> Answer:
    for name, text in articles.items():
        write(tmp_path / "corpus" / name, text)
    library = open_library(tmp_path / "corpus", tmp_path / "index")
    library.refresh()
    return answer_question(question, library)


def said(answer: Answer) -> list[str | None]:
    return [position.answer for position in answer.positions]


def test_the_dead_of_the_security_forces_are_not_all_the_dead(tmp_path: Path) -> None:
    answer = ask(tmp_path, "how many people died?", {"toll.md": TOLL})

    assert answer.status is Status.DISPUTED
    assert answer.answer is None
    assert set(said(answer)) == {"dozens", "still unknown", "16"}
    (dozens,) = [position for position in answer.positions if position.answer == "dozens"]
    assert (dozens.low, dozens.high, dozens.scope) == (24, 99, None)
    assert dozens.attribution is not None
    assert "local media" in dozens.attribution
    (limited,) = [position for position in answer.positions if position.answer == "16"]
    assert (limited.value, limited.high) == (16, 16)
    assert limited.scope is not None
    assert "security forces" in limited.scope.text


def test_asked_of_the_security_forces_theirs_is_the_answer(tmp_path: Path) -> None:
    answer = ask(tmp_path, "how many members of the security forces were killed?", {"toll.md": TOLL})

    assert answer.status is Status.ANSWERED
    assert said(answer) == ["16"]


def test_a_figure_that_grows_by_the_day_is_a_change(tmp_path: Path) -> None:
    answer = ask(tmp_path, "how many detainees?", {name: article(*each) for name, each in DAYS.items()})

    assert answer.status is Status.DISPUTED
    assert said(answer) == ["9,900", "more than 8,000", "About 5,800", "4,400"]
    assert answer.change is not None
    assert answer.change.text == (
        "4,400 (8 January) → About 5,800 (9 January) → more than 8,000 (10 January) → 9,900 (12 January)"
    )
    assert [(figure.published.day, figure.value) for figure in answer.timeline] == [
        (8, 4400),
        (9, 5800),
        (10, 8000),
        (12, 9900),
    ]


def test_of_an_article_that_was_edited_since_no_figure_is_shown_in_any_form(tmp_path: Path) -> None:
    for name, each in DAYS.items():
        write(tmp_path / "corpus" / name, article(*each))
    library = open_library(tmp_path / "corpus", tmp_path / "index")
    library.refresh()
    write(tmp_path / "corpus" / "d.md", article("2022-01-12", "Capital Post", "The count was withdrawn."))
    answer = answer_question("how many detainees?", library)

    assert said(answer) == ["more than 8,000", "About 5,800", "4,400"]
    assert answer.change is not None
    assert "9,900" not in answer.change.text
    assert "9,900" not in {figure.answer for figure in answer.timeline}


def test_figures_that_agree_are_one_answer_with_its_sources(tmp_path: Path) -> None:
    texts = {
        "a.md": article("2022-01-10", "One", "The ministry said more than 8,000 people had been detained."),
        "b.md": article("2022-01-10", "Two", "Over 8 000 people have been detained so far."),
        "c.md": article("2022-01-10", "Three", "Some eight thousand people were detained, officials say."),
    }
    answer = ask(tmp_path, "How many people were detained?", texts)

    assert answer.status is Status.ANSWERED
    (position,) = answer.positions
    assert {quote.article for quote in position.quotes} == {"a.md", "b.md", "c.md"}


def test_two_sources_of_one_day_that_contradict_each_other_are_a_dispute(tmp_path: Path) -> None:
    texts = {
        "a.md": article("2022-01-10", "One", "The ministry said 12 people had died in the fire."),
        "b.md": article("2022-01-10", "Two", "Doctors at the hospital said 31 people had died in the fire."),
    }
    answer = ask(tmp_path, "How many people died in the fire?", texts)

    assert answer.status is Status.DISPUTED
    assert set(said(answer)) == {"12", "31"}
    assert answer.change is None
    assert not answer.timeline


def test_the_same_text_in_several_outlets_is_one_source(tmp_path: Path) -> None:
    story = (
        "A fire broke out in the market on Monday night, and it took four hours to put it out. "
        "The ministry said 12 people had died in the fire. Traders said that the exits had been locked. "
        "The mayor promised an inquiry and compensation for all who lost their stalls."
    )
    texts = {
        name: article("2022-01-10", name, story, title) for name, title in [("a.md", "Fire"), ("b.md", "Night fire")]
    }
    answer = ask(tmp_path, "How many people died in the fire?", texts)

    assert answer.status is Status.ANSWERED
    (quote,) = answer.quotes
    assert {quote.article, *quote.also_in} == {"a.md", "b.md"}


def test_two_spellings_of_one_name_are_one_answer(tmp_path: Path) -> None:
    texts = {
        "a.md": article(
            "2022-01-10", "One", "Nursultan Nazarbayev ruled Kazakhstan until 2019, and Tokayev after him."
        ),
        "b.md": article("2022-01-10", "Two", "Nazarbáyev ruled Kazakhstan until 2019. Then Tokayev came, in Astana."),
    }
    answer = ask(tmp_path, "Who ruled Kazakhstan until 2019?", texts)

    assert answer.status is Status.ANSWERED
    (position,) = answer.positions
    assert {quote.article for quote in position.quotes} == {"a.md", "b.md"}


def test_a_weekday_and_its_date_are_one_answer(tmp_path: Path) -> None:
    texts = {
        "a.md": article("2022-01-12", "One", "The mayor of Morna resigned on Monday after the fire in the market."),
        "b.md": article("2022-01-13", "Two", "The mayor of Morna resigned on 10 January after the fire in the market."),
    }
    answer = ask(tmp_path, "When did the mayor of Morna resign?", texts)

    assert answer.status is Status.ANSWERED
    (position,) = answer.positions
    assert {quote.article for quote in position.quotes} == {"a.md", "b.md"}


MORNA = "The market of Morna burned down, and the mayor of Morna, who was on leave in Calder, did not come back. "


@pytest.mark.parametrize(
    ("question", "one", "other", "positions"),
    [
        (
            "When did the mayor of Morna resign?", "The mayor of Morna resigned on 10 January.",
            "The mayor of Morna resigned on 12 January.", {"10 January", "12 January"},
        ),
        (
            "Who was appointed mayor of Morna?", "Anna Keller was appointed mayor of Morna.",
            "Piet Oster was appointed mayor of Morna.", {"Anna Keller", "Piet Oster"},
        ),
        (
            "How much did the market of Morna cost?", "The market of Morna cost 12 million euros.",
            "The market of Morna cost 19 million euros.", {"12 million euros", "19 million euros"},
        ),
    ],
)  # fmt: skip
def test_other_days_people_and_amounts_are_a_dispute(
    tmp_path: Path, question: str, one: str, other: str, positions: set[str]
) -> None:
    texts = {"a.md": article("2022-01-13", "One", MORNA + one), "b.md": article("2022-01-14", "Two", MORNA + other)}
    answer = ask(tmp_path, question, texts)

    assert answer.status is Status.DISPUTED
    assert answer.answer is None
    assert set(said(answer)) == positions


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Who was appointed mayor of Morna?", "Anna Keller was appointed mayor of Morna.",
            "Keller was appointed mayor of Morna.",
        ),
        (
            "When did the mayor of Morna resign?", "The mayor of Morna resigned in January.",
            "The mayor of Morna resigned on 10 January.",
        ),
        (
            "Where did the mayor of Morna resign?", "The mayor of Morna resigned in Calder.",
            "The mayor of Morna resigned at the town hall.",
        ),
    ],
)  # fmt: skip
def test_what_may_both_be_true_is_no_dispute(tmp_path: Path, question: str, one: str, other: str) -> None:
    texts = {"a.md": article("2022-01-13", "One", MORNA + one), "b.md": article("2022-01-14", "Two", MORNA + other)}

    assert ask(tmp_path, question, texts).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "sought", "event", "groups"),
    [
        ("how many detainees?", Sought.COUNT, Event.DETENTION, set()),
        ("death toll in almaty", Sought.COUNT, Event.DEATH, set()),
        ("How many police officers were killed?", Sought.COUNT, Event.DEATH, {Group.SECURITY}),
        ("number of children hurt", Sought.COUNT, Event.INJURY, {Group.CHILDREN}),
        ("¿Cuántos muertos?", Sought.COUNT, Event.DEATH, set()),
        ("сколько человек погибло", Sought.COUNT, Event.DEATH, set()),
        ("how much did gas cost?", Sought.AMOUNT, None, set()),
        ("when was he arrested?", Sought.TIME, Event.DETENTION, set()),
        ("who was arrested?", Sought.NAME, Event.DETENTION, set()),
        ("why did people protest?", Sought.OTHER, None, set()),
    ],
)
def test_questions_are_taken_apart(question: str, sought: Sought, event: Event | None, groups: set[Group]) -> None:
    asked = asked_of(question)

    assert (asked.sought, asked.event, asked.groups) == (sought, event, groups)


PLACES = {
    "everywhere.md": ("2022-01-10", "Capital Post", "More than 8,000 people were detained, the ministry said."),
    "one-city.md": ("2022-01-11", "Morning Wire", "Police said that 1,650 people had been detained in Taraz."),
}


@pytest.mark.parametrize(
    ("question", "names", "expected"),
    [
        ("how many people were detained?", ["everywhere.md"], "More than 8,000"),
        ("how many people were detained in Taraz?", ["everywhere.md"], None),
        ("how many people were detained in Taraz?", ["everywhere.md", "one-city.md"], "1,650"),
        ("how many people were detained in taraz?", ["everywhere.md", "one-city.md"], "1,650"),
        ("how many people were detained in Aktau?", ["everywhere.md", "one-city.md"], None),
        ("how many people were detained in Kazakhstan?", ["everywhere.md"], "More than 8,000"),
    ],
)
def test_a_count_for_the_country_is_none_for_a_town(
    tmp_path: Path, question: str, names: list[str], expected: str | None
) -> None:
    answer = ask(tmp_path, question, {name: article(*PLACES[name]) for name in names})
    assert answer.answer == expected


def test_an_article_on_a_town_counts_for_the_town(tmp_path: Path) -> None:
    text = article(*PLACES["everywhere.md"], title="Raids go on in Taraz")
    assert ask(tmp_path, "how many people were detained in Taraz?", {"a.md": text}).answer == "More than 8,000"
    everywhere = text.replace("were detained", "were detained in different regions")
    assert ask(tmp_path, "how many people were detained in Taraz?", {"a.md": everywhere}).answer is None


def test_the_dead_are_no_homes(tmp_path: Path) -> None:
    said = (
        "The explosion killed at least 135 people, hurt 95 police officers, destroyed homes and cost 40 billion tenge."
    )
    text = article("2022-01-10", "Capital Post", said)
    for question in ("how many homes were destroyed?", "how many police cars were destroyed?"):
        assert ask(tmp_path, question, {"a.md": text}).answer is None


RESCUE = {
    "a.md": (
        "2021-11-19",
        "Mainland Gazette",
        "At least 31 people died when the ferry sank off Sarn. It carried 240 people, and 149 were rescued, the"
        " coastguard said. Some 2,600 villagers had to leave their homes in the storm.",
    ),
    "b.md": ("2021-11-23", "Coast Radio", "Some two thousand people walked behind the coffins of Sarn on Tuesday."),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people were rescued?", "149"),
        ("How many people survived?", "149"),
        ("How many people had to leave their homes?", "Some 2,600"),
    ],
)
def test_those_rescued_and_those_who_left_home_are_counted_apart(tmp_path: Path, question: str, expected: str) -> None:
    assert said(ask(tmp_path, question, {name: article(*each) for name, each in RESCUE.items()})) == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [("How many people died?", "Two"), ("How many people are missing?", "one")],
)
def test_the_drowned_are_dead_and_not_missing(tmp_path: Path, question: str, expected: str) -> None:
    text = article("2023-08-02", "River News", "Two people drowned and one is missing, police said.")
    assert said(ask(tmp_path, question, {"a.md": text})) == [expected]


CLASHES = (
    "Seven police officers, 26 protesters and two journalists were injured in clashes on Monday, the ministry said."
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many police officers were injured?", "Seven"),
        ("How many protesters were injured?", "26"),
        ("How many journalists were injured?", "two"),
    ],
)
def test_what_befell_several_is_said_once_behind_them_all(tmp_path: Path, question: str, expected: str) -> None:
    assert said(ask(tmp_path, question, {"a.md": article("2022-06-01", "One", CLASHES)})) == [expected]


FLOOD = {
    "a.md": (
        "2023-08-03",
        "Valley Mirror",
        "The flood reached the city of Mirow on Thursday. In the whole country 9 people have died, the interior"
        " ministry said; four of them died in Pellin.",
    ),
    "b.md": (
        "2023-08-05",
        "River News",
        "The flood killed 14 people in the country, the ministry said on Saturday. The dam above Pellin was opened too"
        " late. Four firefighters died in Mirow, the fire service said.",
    ),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people died in Pellin?", ["four"]),
        ("How many firefighters died?", ["Four"]),
        ("How many firefighters died in Pellin?", []),
    ],
)
def test_what_is_said_of_a_part_answers_who_asks_about_it(tmp_path: Path, question: str, expected: list[str]) -> None:
    assert said(ask(tmp_path, question, {name: article(*each) for name, each in FLOOD.items()})) == expected


def test_a_count_of_one_town_is_not_given_for_its_neighbour(tmp_path: Path) -> None:
    text = "The water rose in Mirow all day. In Pellin 800 people were evacuated from the flood."
    assert (
        said(ask(tmp_path, "How many people were evacuated in Mirow?", {"a.md": article("2023-08-03", "One", text)}))
        == []
    )


FERRY = {
    "a.md": (
        "2021-11-18",
        "Island Post",
        'The "Lady Maren" had 212 people on board, the shipping company said. The coastguard said 240 people had been'
        " on board, more than the ship was allowed to carry.",
    ),
    "b.md": (
        "2021-11-23",
        "Coast Radio",
        "The bishop said that the island had lost a generation. Behind the coffins walked two thousand people.",
    ),
}
PROTEST = {
    "a.md": ("2022-05-16", "One", "About 20,000 people took part in a protest in Ostrava Bay, the organisers said."),
    "b.md": (
        "2022-05-18",
        "Two",
        "The ministry said that 130 people had been arrested in the protests of Ostrava Bay.",
    ),
}
SOLDIERS = {
    "a.md": ("2023-08-03", "One", "The government sent 1,100 soldiers to fill sandbags against the flood in Pellin."),
    "b.md": ("2023-08-05", "Two", "The flood has killed 14 people in Pellin, police said, among them two soldiers."),
}


@pytest.mark.parametrize(
    ("question", "articles", "expected"),
    [
        ("How many people were on board?", FERRY, {"240", "212"}),
        ("How many people took part in the protest?", PROTEST, {"About 20,000"}),
        ("How many soldiers died?", SOLDIERS, {"two"}),
    ],
)
def test_not_all_who_are_counted_somewhere_are_counted_for_what_is_asked(
    tmp_path: Path, question: str, articles: dict[str, tuple[str, str, str]], expected: set[str]
) -> None:
    assert {*said(ask(tmp_path, question, {name: article(*each) for name, each in articles.items()}))} == expected


QUAKE = {
    "a.md": ("2023-03-05", "One", "At least 38 people were killed in the earthquake on Sunday, the agency said."),
    "b.md": (
        "2023-03-06",
        "Two",
        "The number of people killed by Sunday's earthquake has risen to 87, the agency said.",
    ),
    "c.md": ("2023-03-08", "Three", "The agency has counted 112 people killed since Sunday."),
}


def test_the_day_of_the_event_is_not_the_day_of_the_count(tmp_path: Path) -> None:
    answer = ask(tmp_path, "How many people were killed?", {name: article(*each) for name, each in QUAKE.items()})
    assert answer.change is not None
    assert answer.change.text == "At least 38 (5 March) → 87 (6 March) → 112 (8 March)"


AMOUNTS = {
    "a.md": (
        "2022-05-15",
        "One",
        "Turnout in Tessaly was 68 per cent, the commission said. Farmers estimate the damage at 70 million crowns. The"
        " insurers' association puts the damage at between 120 and 150 million crowns.",
    ),
    "b.md": ("2022-05-18", "Two", "Turnout in Tessaly was 66.9 per cent, the commission said in its final report."),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was the turnout?", {"68 per cent", "66.9 per cent"}),
        ("How high was turnout?", {"68 per cent", "66.9 per cent"}),
        ("How high is the damage?", {"70 million", "between 120 and 150 million"}),
    ],
)
def test_amounts_differ_however_they_are_asked_for(tmp_path: Path, question: str, expected: set[str]) -> None:
    answer = ask(tmp_path, question, {name: article(*each) for name, each in AMOUNTS.items()})
    assert {(each or "").removesuffix(" crowns") for each in said(answer)} == expected


def test_a_number_among_many_words_is_no_figure(tmp_path: Path) -> None:
    text = "The ferry capsized because the cars on its deck slid to one side, the prosecutors said on Monday."
    answer = ask(tmp_path, "Why did the ferry capsize?", {"a.md": article("2021-11-22", "One", text)})
    assert answer.answer is not None
    assert "one side" in answer.answer
    assert answer.positions[0].value is None


JOBS = {
    "a.md": ("2024-01-10", "Ledger", "The phone maker Brightline will cut 1,500 jobs, the company said on Wednesday."),
    "b.md": ("2024-01-12", "Voice", "The metalworkers' union says that Brightline plans to cut 2,300 jobs."),
    "c.md": ("2024-02-20", "Ledger", "Brightline will cut 1,900 jobs this year, the company said on Tuesday."),
}


def test_what_another_source_says_in_between_is_no_change(tmp_path: Path) -> None:
    articles = {name: article(*each) for name, each in JOBS.items()}
    answer = ask(tmp_path, "How many jobs will Brightline cut?", articles)
    assert said(answer) == ["1,900", "2,300", "1,500"]
    assert answer.change is None
    del articles["b.md"]
    (tmp_path / "corpus" / "b.md").unlink()
    again = ask(tmp_path, "How many jobs will Brightline cut?", articles)
    assert again.change is not None
    assert again.change.text == "1,500 (10 January) → 1,900 (20 February)"


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("How many jobs will Brightline cut according to the union?", ["What “the union” says first."]),
        (
            "How many jobs will Brightline cut according to the mayor?",
            ["Nothing of this is given as said by “the mayor”."],
        ),
        ("How many jobs will Brightline cut?", []),
        ("What did Nordlin say about the ship?", ["What “Nordlin” says first."]),
    ],
)
def test_whose_words_were_asked_for_is_said(tmp_path: Path, question: str, notes: list[str]) -> None:
    ship = "The shipping company Nordlin denied this. It said the ship had been inspected in September."
    articles = {**JOBS, "d.md": ("2024-03-01", "Post", ship)}
    answer = ask(tmp_path, question, {name: article(*each) for name, each in articles.items()})
    assert [note.text for note in answer.notes] == notes
    assert ("union" in question) is (said(answer) == ["2,300"])


def test_a_town_named_further_down_is_not_what_the_article_counts_for(tmp_path: Path) -> None:
    text = (
        "Some 640 people were injured by the earthquake in the province of Velmora, the agency said on Monday.\n\n"
        "In Karsen alone 52 people died, the town's mayor said."
    )
    articles = {"a.md": article("2023-03-06", "One", text)}
    assert said(ask(tmp_path, "How many people were injured in Karsen?", articles)) == []
    assert said(ask(tmp_path, "How many people were injured in Velmora?", articles)) == ["Some 640"]


STRIKE = {
    "a.md": (
        "2024-06-03",
        "City Chronicle",
        "The nurses' union said that 4,200 people had joined the strike; the health department counted 2,900. The union"
        " demands 9 per cent more pay. In all 612 operations were cancelled.",
    ),
    "b.md": (
        "2024-06-05",
        "Daily Beacon",
        "A man of 63 died in the hospital of Ardell. More than four thousand people have joined the strike, according"
        " to the union. Both sides agreed on 6.5 per cent more pay, the mayor of Ardell said.",
    ),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people joined the strike?", {"2,900", "More than four thousand"}),
        ("How many people joined the strike according to the health department?", {"2,900"}),
        ("How much more pay does the union demand?", {"9 per cent"}),
        ("How many people died?", set()),
        ("When were operations cancelled?", set()),
    ],
)
def test_a_figure_is_for_what_was_asked(tmp_path: Path, question: str, expected: set[str]) -> None:
    assert {*said(ask(tmp_path, question, {name: article(*each) for name, each in STRIKE.items()}))} == expected


def test_evidence_is_not_attributed_to_who_says_the_next_sentence() -> None:
    ended = Quote("It ended on Friday night.", "a.md", "Strike", None, None, 0, 25, "0", "Friday night", 12)
    other = replace(ended, text="Fees rose, the union said.", answer="Fees rose", attribution="the union said")
    assert Position((ended, other), 0.5).attribution is None
    assert Position((ended, replace(other, answer="Friday night")), 0.5).attribution == "the union said"
    assert Position((ended, other), 0.5, low=5.0).attribution == "the union said"
