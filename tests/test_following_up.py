"""Follow-up questions: what they mean by the rules, which reading is chosen, and whole conversations."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Run, write
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Quote, Status
from bot.answering import answer_question
from bot.batch import answer_batch
from bot.following_up import (
    MARGIN,
    MOST_READINGS,
    answer_in_conversation,
    looks_like_follow_up,
    readings,
    turn_of,
    understood,
)
from bot.language.antecedents import Turn, names_in
from bot.language.question_phrases import Role, phrases_of
from bot.library import Library
from bot.questions import read_questions

DIED = Turn("How many people died in Almaty?", "149", "Officials said on Sunday that 149 people died in Almaty.")
KILLED = Turn("How many people were killed in Almaty on 5 January?", "12")
WOUNDED = Turn("how many wounded in almaty?", "1,600")
DETAINEES = Turn(
    "how many detainees?", "more than 8,000", "There are more than 8,000 detainees, according to the ministry."
)
SAID = Turn("What did Tokayev say about foreign fighters?", "they were there")
HEAD = Turn(
    "Who replaced Massimov at the agency?", "Ermek Sagimbaev", "The president gave the post to Ermek Sagimbaev."
)
WHERE = Turn("Where did the protests start?", "in Zhanaozen", "The protests began in Zhanaozen.")
PRICE = Turn("How much did LPG cost in Mangystau?", "120 tenge")
BRIDGE = Turn(
    "When was the bridge over the Vell opened?", "4 May 2021", "The bridge over the Vell was opened on 4 May."
)
CURFEW = Turn("When did the curfew in Almaty start?", "5 January")
RESIGNED = Turn("Did the government resign?", None)
MUERTOS = Turn("¿Cuántos muertos hubo en Almaty?", "149")

FIRST_READINGS = [
    # a noun or a participle for what was counted
    ("And wounded?", DIED, "How many wounded in Almaty?"),
    ("and the wounded?", DIED, "How many wounded in Almaty?"),
    ("and detainees?", DIED, "How many detainees in Almaty?"),
    ("and injured?", KILLED, "How many people were injured in Almaty on 5 January?"),
    ("and missing?", KILLED, "How many people were missing in Almaty on 5 January?"),
    ("and arrests?", KILLED, "How many arrests in Almaty on 5 January?"),
    ("what about police officers?", DIED, "How many police officers died in Almaty?"),
    ("What about children?", KILLED, "How many children were killed in Almaty on 5 January?"),
    ("and soldiers?", WOUNDED, "how many soldiers wounded in almaty?"),
    ("and children?", DETAINEES, "how many children among the detainees?"),
    ("how about deaths?", Turn("how many arrests were there in Beirut?"), "how many deaths were there in Beirut?"),
    ("wounded?", DIED, "How many wounded in Almaty?"),
    ("and wounded?", Turn("death toll in Beirut"), "how many wounded in Beirut?"),
    ("and wounded in Aktau?", DIED, "How many wounded in Aktau?"),
    ("¿y heridos?", MUERTOS, "¿Cuántos heridos hubo en Almaty?"),
    ("а раненых?", Turn("Сколько погибших в Алма-Ате?"), "Сколько раненых в Алма-Ате?"),
    # who was asked for is the subject
    ("when?", Turn("Who was arrested?", "Captain Jorn Aske"), "When was Captain Jorn Aske arrested?"),
    ("and where?", Turn("Who has been arrested?", "the captain"), "Where has the captain been arrested?"),
    ("when?", Turn("Who will succeed Dana Ruiz?", "Peter Olin"), "When will Peter Olin succeed Dana Ruiz?"),
    ("why?", Turn("What was closed?", "the airport"), "Why was the airport closed?"),
    ("who said that?", Turn("How many people joined the strike?", "4,200"),
     "Who said that 4,200 people joined the strike?"),
    # a place for a place, a time for a time, or added
    ("in Almaty?", DETAINEES, "how many detainees in Almaty?"),
    ("in Aktau?", DIED, "How many people died in Aktau?"),
    ("and in Aktau?", KILLED, "How many people were killed in Aktau on 5 January?"),
    ("what about Aktau?", DIED, "How many people died in Aktau?"),
    ("and in Almaty?", PRICE, "How much did LPG cost in Almaty?"),
    ("how many in aktau", DIED, "How many people died in aktau?"),
    ("¿y en Aktau?", MUERTOS, "¿Cuántos muertos hubo en Aktau?"),
    ("and on 10 January?", DIED, "How many people died in Almaty on 10 January?"),
    ("and on 10 January?", KILLED, "How many people were killed in Almaty on 10 January?"),
    ("and 10 January?", KILLED, "How many people were killed in Almaty on 10 January?"),
    ("10 January?", DETAINEES, "how many detainees on 10 January?"),
    ("and in 2011?", DIED, "How many people died in Almaty in 2011?"),
    ("and yesterday?", DETAINEES, "how many detainees yesterday?"),
    ("by Monday?", DETAINEES, "how many detainees by Monday?"),
    ("and in the whole country on 11 January?", KILLED,
     "How many people were killed in the whole country on 11 January?"),
    ("who was it before him?", Turn("When did Smailov become minister?", "Tuesday"), "Who was it before Smailov?"),
    ("among police officers?", DIED, "How many people died in Almaty among police officers?"),
    # a name, a thing or a verb for another
    ("and Putin?", SAID, "What did Putin say about foreign fighters?"),
    ("and about Putin?", SAID, "What did Tokayev say about Putin?"),
    ("and diesel?", PRICE, "How much did diesel cost in Mangystau?"),
    ("and Smailov?", Turn("Who is Karim Massimov?"), "Who is Smailov?"),
    ("and end?", CURFEW, "When did the curfew in Almaty end?"),
    ("and the turnout?", Turn("What share of the vote said yes?"), "What was the turnout?"),
    # a question word asks the same of something else
    ("when?", DIED, "When did people die in Almaty?"),
    ("when?", KILLED, "When were people killed in Almaty on 5 January?"),
    ("when?", DETAINEES, "when were there more than 8,000 detainees?"),
    ("When?", WOUNDED, "when were people wounded in almaty?"),
    ("when was that?", HEAD, "When did Ermek Sagimbaev replace Massimov at the agency?"),
    ("why?", RESIGNED, "Why did the government resign?"),
    ("and why?", CURFEW, "Why did the curfew in Almaty start?"),
    ("why?", PRICE, "Why did LPG cost 120 tenge in Mangystau?"),
    ("when?", SAID, "When did Tokayev say this about foreign fighters?"),
    ("where?", Turn("what happened on 5 January?", "the city hall burned"), "where did this happen on 5 January?"),
    ("where?", Turn("Which buildings were set on fire?", "the akimat"), "Where were the buildings set on fire?"),
    ("how many?", Turn("Were police officers injured?"), "How many police officers were injured?"),
    ("how many?", Turn("Did people die?"), "How many people died?"),
    ("who?", KILLED, "Who was killed in Almaty on 5 January?"),
    ("who else?", Turn("Who was detained?", "Massimov"), "Who else was detained?"),
    ("¿cuándo?", Turn("¿Dónde fue detenido Massimov?"), "¿Cuándo fue detenido Massimov?"),
    # who says so, and what came after it
    ("who said that?", DIED, "Who said that 149 people died in Almaty?"),
    ("who said that?", DETAINEES, "who said that there were more than 8,000 detainees?"),
    ("according to whom?", HEAD, "Who said that Ermek Sagimbaev replaced Massimov at the agency?"),
    ("who said so?", Turn("How many of the dead were boys?", "Two"), "Who said that two of the dead were boys?"),
    ("says who?", KILLED, "Who said that 12 people were killed in Almaty on 5 January?"),
    ("¿quién lo dijo?", Turn("¿Quién fue detenido?", "Massimov"), "¿Quién dijo que Massimov fue detenido?"),
    ("what happened next?", CURFEW, "What happened after the curfew in Almaty started?"),
    ("and then?", RESIGNED, "What happened after the government resigned?"),
    # pronouns
    ("how many of them were children?", DIED, "How many of the people who died in Almaty were children?"),
    ("how many of them were children?", WOUNDED, "how many of the wounded in almaty were children?"),
    ("And how many were children?", DIED, "How many of the people who died in Almaty were children?"),
    ("how many of those were released?", DETAINEES, "how many of the detainees were released?"),
    ("did he resign?", SAID, "Did Tokayev resign?"),
    ("did he resign?", HEAD, "Did Ermek Sagimbaev resign?"),
    ("what is his job?", Turn("Who is Karim Massimov?"), "What is Karim Massimov’s job?"),
    ("what did they ask her?", Turn("Who is Asel Artakshinova?"), ""),
    ("was she there?", Turn("Where is Asel Artakshinova?", "in Almaty"), "Was Asel Artakshinova in Almaty?"),
    ("did he resign?", Turn("what did the president say?", None, "Tokayev said no."), "did the president resign?"),
    ("how old is he?", Turn("where is nazarbayev?"), "how old is nazarbayev?"),
    ("what happened there?", WHERE, "What happened in Zhanaozen?"),
    ("who came from there?", DIED, "Who came from Almaty?"),
    ("what happened there?", RESIGNED, ""),
    ("what happened that day?", KILLED, "What happened on 5 January?"),
    ("how much did it cost?", BRIDGE, "How much did the bridge over the Vell cost?"),
    ("when did it end?", CURFEW, "When did the curfew in Almaty end?"),
    ("what did they want?", Turn("Who seized the airport?", "protesters"), "What did protesters want?"),
    ("where are they now?", Turn("How many CSTO soldiers came?"), "Where are the CSTO soldiers now?"),
    ("when did they say that?", DIED, "When did they say that 149 people died in Almaty?"),
    ("when did the governor say that?", KILLED,
     "When did the governor say that 12 people were killed in Almaty on 5 January?"),
    ("where was it kept?", Turn("How much ammonium nitrate was there?"), "Where was the ammonium nitrate kept?"),
    ("and according to the ministry?", Turn("How many died according to the governor?"),
     "How many died according to the ministry?"),
    # the same place and time for a whole question after "and"
    ("And how many were wounded?", KILLED, "How many were wounded in Almaty on 5 January?"),
    ("and how many police officers died?", DIED, "How many police officers died in Almaty?"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "previous", "first"), FIRST_READINGS)
def test_what_a_follow_up_means(question: str, previous: Turn, first: str) -> None:
    assert looks_like_follow_up(question)
    assert next(iter(readings(question, previous)), "") == first


FURTHER_READINGS = [
    ("and Putin?", SAID, "What did Tokayev say about Putin?"),
    ("did he resign?", HEAD, "Did Massimov resign?"),
    ("and police officers?", DIED, "How many police officers in Almaty?"),
    ("who said that", Turn("How many died?", "225", "The bodies of 225 people were brought to morgues, they said."),
     "Who said that the bodies of 225 people were brought to morgues?"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "previous", "other"), FURTHER_READINGS)
def test_what_else_it_may_mean(question: str, previous: Turn, other: str) -> None:
    assert other in readings(question, previous)[1:]


STANDS_ALONE = [
    "How many people died in Almaty?",
    "how many detainees?",
    "how many died?",
    "death toll in almaty",
    "price of gas in Mangystau in January",
    "What did the president say about his predecessor?",
    "Did Nazarbayev leave his country?",
    "How many people lost their lives?",
    "Did the ministry say how many people it had detained?",
    "How many police officers were there?",
    "Is there any evidence of foreign fighters?",
    "Were there snipers?",
    "Is it true that the internet was cut?",
    "How long does it take to count the dead?",
    "Who said that the army fired on protesters?",
    "What happened in Zhanaozen in December 2011?",
    "Did Tokayev say that he would resign?",
    "Yesterday the price rose, why is that so in all of Kazakhstan and not abroad",
    "Why did people protest?",
    "Who is the prime minister?",
    "¿Cuántos muertos hubo en Almaty?",
    "Сколько погибших в Алма-Ате?",
    "thanks",
    "Thank you!",
    "",
    "?!",
    "and",
]


@pytest.mark.parametrize("question", STANDS_ALONE)
def test_what_stands_by_itself(question: str) -> None:
    assert readings(question, DIED) == ()
    assert understood(question, [DIED], lambda _: 1.0) == question


def never(_: str) -> float:
    raise AssertionError("There was nothing to choose.")


@pytest.mark.parametrize(
    ("questions", "last"),
    [
        (["how many people died?", "and wounded?", "in Almaty?"], "how many wounded in Almaty?"),
        (["how many people died?", "in Almaty?", "and on 5 January?"], "how many people died in Almaty on 5 January?"),
        (["How many wounded?", "in Almaty?", "and in Aktau?", "when?"], "When were people wounded in Aktau?"),
        (["how many died in Almaty?", "and wounded?", "who said that?", "and in Aktau?"], "how many wounded in Aktau?"),
        (["Who is Karim Massimov?", "what is his job?", "when was he detained?"], "When was Karim Massimov detained?"),
        (
            ["Who is Karim Massimov?", "Where did the war start?", "why was he sacked?"],
            "Why was Karim Massimov sacked?",
        ),
        (["how many died in Almaty?", "Who is the mayor?", "and in Aktau?"], "Who is the mayor in Aktau?"),
    ],
)
def test_a_chain(questions: list[str], last: str) -> None:
    conversation: list[Turn] = []
    for question in questions:
        conversation.append(Turn(understood(question, conversation, lambda _: 0.5)))
    assert conversation[-1].question == last


def test_the_first_question_is_taken_as_it_is() -> None:
    assert understood("and wounded?", [], never) == "and wounded?"


def test_one_reading_needs_no_score() -> None:
    assert understood("And wounded?", [DIED], never) == "How many wounded in Almaty?"


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [((0.5, 0.5), 0), ((0.5, 0.5 + 0.9 * MARGIN), 0), ((0.5, 0.5 + 1.1 * MARGIN), 1), ((0.0, 0.0), 0)],
)
def test_a_less_likely_reading_must_be_clearly_better(scores: tuple[float, float], chosen: int) -> None:
    meant = ("What did Putin say about foreign fighters?", "What did Tokayev say about Putin?")
    assert understood("and Putin?", [SAID], dict(zip(meant, scores, strict=True)).__getitem__) == meant[chosen]


def test_a_question_that_may_stand_alone_does_where_that_is_clearly_better() -> None:
    scores = {"did he resign?": 0.9, "Did Tokayev resign?": 0.2}
    assert understood("did he resign?", [SAID], scores.__getitem__) == "did he resign?"
    scores["did he resign?"] = 0.25
    assert understood("did he resign?", [SAID], scores.__getitem__) == "Did Tokayev resign?"


WORDS = st.lists(
    st.sampled_from(
        "and how many who when there were was he they it that in on Almaty people died wounded ? , « - of them his did"
        " 5 January about ¿ y the said resign what where also so".split()
    ),
    max_size=9,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=60)), WORDS, st.one_of(st.none(), WORDS, st.text(max_size=30)), WORDS)
def test_any_words_have_few_readings_that_are_questions(
    question: str, before: str, answer: str | None, sentence: str
) -> None:
    found = readings(question, Turn(before, answer, sentence))
    assert len(found) <= MOST_READINGS
    assert len(set(found)) == len(found)
    assert all(each.endswith("?") and len(each) > 1 for each in found)
    assert not found or looks_like_follow_up(question)


@given(st.one_of(WORDS, st.text(max_size=80)))
def test_phrases_are_all_the_words(question: str) -> None:
    words = " ".join(each.text for each in phrases_of(question)).split()
    assert words == question.strip('?!.,;:¿¡…"“”«» ').split()


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("How many people died in Almaty?", "ask noun verb place"),
        ("how many people in Almaty died on 5 January", "ask noun place verb time"),
        ("how many wounded in Almaty", "ask noun place"),
        ("Did the army fire on protesters?", "auxiliary noun verb other"),
        ("when did the state of emergency in almaty start", "ask auxiliary noun place verb"),
        ("Who is the chairman of the Security Council?", "ask auxiliary noun"),
        ("What happened in Zhanaozen in December 2011?", "ask verb place time"),
        ("may I ask in May", "noun time"),
        ("сколько раненых в Алма-Ате?", "ask noun place"),
    ],
)
def test_the_phrases_of_a_question(question: str, roles: str) -> None:
    assert [each.role for each in phrases_of(question)] == [Role(role) for role in roles.split()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Kassym-Jomart Tokayev accepted it.", ["Kassym-Jomart Tokayev"]),
        ("The Interior Ministry said so on Monday in Almaty.", []),
        ("On Sunday Serik Shalabayev, head of the office, told reporters.", ["Serik Shalabayev"]),
        ("Russian troops of the CSTO met Prime Minister Askar Mamin.", ["Askar Mamin"]),
        ("Nazarbayev's spokesman, Aidos Ukibay, spoke.", ["Nazarbayev", "Aidos Ukibay"]),
    ],
)
def test_names_of_persons(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names


def answered(question: str) -> Answer:
    text = "In all 12 people were hurt."
    return Answer(question, Status.ANSWERED, 0.5, (Quote(text, "a.txt", "A", None, None, 0, 27, "ab", "12", 7),))


def test_an_answer_says_what_was_understood() -> None:
    conversation = [turn for turn in [turn_of(answered("How many died in Almaty?"))] if turn]
    answer = answer_in_conversation("and wounded?", conversation, answered)
    assert (answer.question, answer.understood) == ("and wounded?", "How many wounded in Almaty?")
    assert turn_of(answer) == Turn("How many wounded in Almaty?", "12", "In all 12 people were hurt.")
    alone = answer_in_conversation("Who resigned?", conversation, answered)
    assert (alone.question, alone.understood) == ("Who resigned?", None)
    assert turn_of(Answer("", Status.ERROR, error="The question is empty.")) is None


@pytest.mark.parametrize(
    ("question", "filled_in_is_answered", "shown"),
    [
        ("did he resign?", True, "Did Tokayev resign?"),
        ("did he resign?", False, None),
        # It may be a new topic, of which no word needs to be filled in.
        ("and how many miners left?", True, None),
    ],
)
def test_he_by_himself_is_asked_of_only_where_nothing_is_said_of_him(
    question: str, filled_in_is_answered: bool, shown: str | None
) -> None:
    def surest_as_it_is(text: str) -> Answer:
        if text == question:
            return replace(answered(text), confidence=0.9)
        found = replace(answered(text), confidence=0.2)
        return found if filled_in_is_answered else replace(found, status=Status.NOT_FOUND, quotes=())

    before = SAID if "he" in question.split() else Turn("How many people died in Almaty?", "12")
    assert answer_in_conversation(question, [before], surest_as_it_is).understood == shown


ROWS = [
    ({"question": "How many died in Almaty?", "conversation": "a"}, None),
    ({"question": "and wounded?", "conversation": 1}, None),
    ({"question": "and wounded?", "conversation": "a"}, "How many wounded in Almaty?"),
    ({"question": "and wounded?"}, None),
    ({"question": "  ", "conversation": "a"}, None),
    ({"question": "and wounded?", "conversation": ""}, None),
    ({"question": "in Aktau?", "conversation": "a"}, "How many wounded in Aktau?"),
    ({"question": "when?", "conversation": "a"}, "When were people wounded in Aktau?"),
]


def batch(folder: Path, name: str, answer: Callable[[str], Answer]) -> list[dict[str, object]]:
    write(folder / "q.jsonl", "".join(json.dumps(row) + "\n" for row, _ in ROWS))
    answer_batch(read_questions(folder / "q.jsonl"), folder / name, lambda row: answer(row.question), made_from="m")
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def test_rows_of_a_conversation_are_understood_after_each_other(tmp_path: Path) -> None:
    rows = batch(tmp_path, "a.jsonl", answered)
    assert [row["understood"] for row in rows] == [meant for _, meant in ROWS]
    assert [row.get("conversation") for row in rows] == [row.get("conversation") for row, _ in ROWS]
    assert list(rows[0])[:3] == ["id", "question", "understood"]


class Killed(BaseException):
    """Stands for a kill signal: nothing in the program catches it."""


@pytest.mark.parametrize("count", range(1, 7))
def test_a_conversation_that_was_stopped_goes_on_as_it_would_have(tmp_path: Path, count: int) -> None:
    left = iter(range(count))

    def stopping(question: str) -> Answer:
        if next(left, None) is None:
            raise Killed
        return answered(question)

    with pytest.raises(Killed):
        batch(tmp_path, "a.jsonl", stopping)
    assert batch(tmp_path, "a.jsonl", answered) == batch(tmp_path, "b.jsonl", answered)


REAL = [
    ["How many people died in Almaty?", ("and wounded?", None)],
    ["how many detainees?", ("who said that?", "Interior Ministry"), ("in Almaty?", None)],
    ["Who is Karim Massimov?", ("what is he suspected of?", "treason"), ("when was he detained?", "January")],
    ["How big was the CSTO force?", ("who is its commander?", "Serdyukov"), ("when did it leave?", None)],
    ["How many CSTO soldiers came?", ("and pieces of equipment?", "250")],
    ["Who is Vikram Ruzakhunov?", ("where is he from?", "Kyrgyzstan"), ("how much was he offered?", "200 dollars")],
    ["How many supermarkets are to open?", ("when?", "Sunday")],
    ["What share of the vote said yes?", ("and the turnout?", "68.06")],
    ["What did Putin say about the protests?", ("and Tokayev?", None)],
    ["How many police officers were killed?", ("and injured?", None), ("on 7 January?", None)],
    ["When did the state of emergency start?", ("when did it end?", "19 January")],
    ["How many bodies were taken to morgues?", ("how many of them were police officers?", "Nineteen")],
]  # fmt: skip


@pytest.mark.parametrize("asked", REAL, ids=lambda asked: str(asked[0]))
def test_real_conversations_about_the_samples(asked: list[object], samples: Library) -> None:
    first, *follow_ups = asked
    answers = [answer_question(str(first), samples)]
    for question, says in follow_ups:  # type: ignore[misc]
        conversation = [turn for turn in map(turn_of, answers) if turn]
        answers.append(answer_in_conversation(question, conversation, lambda text: answer_question(text, samples)))
        assert answers[-1].understood is not None, question
        # What the articles say of it, not how sure the reader is, is the matter here.
        quoted = " ".join(quote.text for quote in answers[-1].quotes)
        assert says is None or says in quoted, quoted
    assert all(one.understood != other.understood for one, other in pairwise(answers))


def test_a_conversation_in_a_csv_file(tmp_path: Path, folder: Path, run: Run) -> None:
    write(
        tmp_path / "q.csv",
        "conversation,question\nk1,How many injured workers did firefighters count in the harbour?\nk1,who said that?\n"
        "k2,When was the bridge opened?\nk2,how much did it cost?\n",
    )
    run("batch", tmp_path / "q.csv", "-o", tmp_path / "a.jsonl", "--corpus", folder, "--index", tmp_path / "index")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["understood"] for row in rows[2:]] == [None, "How much did the bridge cost?"]
    assert rows[3]["answer"] == "2.5 million euros"


@pytest.mark.parametrize("words", ["and ", "why ", "a b ", "who said that "])
def test_what_is_too_long_to_be_asked_is_no_follow_up(words: str) -> None:
    """It is told within moments: the patterns would take hours over it."""
    assert not looks_like_follow_up(words * 100_000)
    assert readings(words * 100_000, Turn("How many people died?")) == ()
