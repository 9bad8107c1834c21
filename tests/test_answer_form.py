"""The form of answers: where they end, and what can be none."""

import pytest

from bot.reader.answer_form import can_answer, trimmed_answer
from bot.reader.other_dates import is_other_date
from bot.reader.span_rules import (
    is_how_long,
    is_left_open,
    is_no_money,
    is_the_other,
    is_who_did_it,
    only_names,
    without_name,
)
from index.sentences import Sentence

TRIMMED = [
    ("There are more than [8,000] detainees.", "more than 8,000"),
    ("There are [more than 8,000] detainees.", "more than 8,000"),
    ("At least [16] died.", "At least 16"),
    ("It cost about [$2.5 million].", "about $2.5 million"),
    ("He said “[a real problem,]” and left.", "a real problem"),
    ('It was under attack by [coordinated "terrorists]", he said.', 'coordinated "terrorists"'),
    ('He said "[a real problem]" and left.', "a real problem"),
    ("More than [half the town] left.", "More than half the town"),
    ("It went over [the bridge].", "the bridge"),
    ("[Only 31] are left.", "31"),
    ("Nothing [...] here.", None),
    ("It struck at [4:12 a.m]. on Monday.", "4:12 a.m."),
    ("He leads [Halvex Inc.], a maker.", "Halvex Inc."),
    ("She lives in the [U.S.]", "U.S."),
    ("He saw [Adam]. Eve left.", "Adam"),
    ("They lost [the battle (1288)] there.", "the battle (1288)"),
    ("They lost [the battle (1288], it says) there.", "the battle"),
    ("The magnitude was [6.6 and not 6.4], it said.", "6.6"),
    ("He lost [weight and not 6 kilos].", "weight and not 6 kilos"),
    ('They sang [A new song ("We raise] it").', "A new song"),
]


@pytest.mark.parametrize(("marked", "answer"), TRIMMED)
def test_answers_are_trimmed_as_people_give_them(marked: str, answer: str | None) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = trimmed_answer(text, Sentence(0, len(text)), start, end)
    assert (text[slice(*span)] if span else None) == answer


NAMED = (
    "The Secretary of State, Antony Blinken, met President Tokayev. The president thanked Blinken for coming."
    " Prime Minister Askar Mamin and Kassym Khomart Nazarov spoke."
)


@pytest.mark.parametrize(
    ("question", "said", "no_more"),
    [
        ("Who is Blinken?", "Antony", True),
        ("who is blinken", "Antony Blinken", True),
        ("Who was Antony Blinken?", "Blinken", True),
        ("Who is Blinken?", "The Secretary of State", False),
        ("Who is Tokayev?", "President", False),
        ("Who is Nazarov?", "Kassym Khomart", True),
        ("Who is Askar Mamin?", "Prime Minister", False),
        ("Who thanked Blinken?", "Antony", False),
        ("Who is Antony Blinken?", "Askar Mamin", True),
        ("Who is Antony Blinken?", "Prime Minister Askar Mamin", False),
        ("Who is the Secretary of State?", "Antony Blinken", False),
    ],
)
def test_who_somebody_is_is_not_answered_with_the_name(question: str, said: str, *, no_more: bool) -> None:
    start = NAMED.index(said)
    assert only_names(question, NAMED, start, start + len(said)) is no_more


@pytest.mark.parametrize(
    ("question", "said", "kept"),
    [
        ("Who is Blinken?", "The Secretary of State, Antony", "The Secretary of State"),
        ("Who is Blinken?", "Secretary of State, Antony Blinken", "Secretary of State, Antony Blinken"),
        ("Who is Tokayev?", "Antony Blinken, met President", "Antony Blinken, met President"),
        ("Who met Blinken?", "The Secretary of State, Antony", "The Secretary of State, Antony"),
    ],
)
def test_an_answer_to_who_somebody_is_ends_before_the_name(question: str, said: str, kept: str) -> None:
    start = NAMED.index(said)
    assert NAMED[start : without_name(question, NAMED, start, start + len(said))] == kept


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("Who was president before Nazarov?", "Kassym Khomart", True),
        ("who spoke besides Mamin?", "Prime Minister Ask", True),
        ("Who spoke besides Askar Mamin?", "Kassym Khomart Nazarov", False),
        ("Who spoke with Mamin?", "Askar Mamin", False),
    ],
)
def test_whom_the_question_sets_apart_is_not_the_answer(question: str, said: str, *, other: bool) -> None:
    start = NAMED.index(said)
    assert is_the_other(question, NAMED, start, start + len(said)) is other


WIRE = (
    "BEIRUT, Aug 8 (Sample Wire) - A fire broke out on Tuesday evening, the ministry said on Friday morning.\n"
    "Saturday, 9 May - The bridge was opened. Its owner told reporters late on Sunday the toll would end in June.\n"
    "The mayor, who said little, resigned on Monday. It was the worst fire in Lebanon since 1991, "
    "and has gone on since 2020."
)


@pytest.mark.parametrize(
    ("question", "said", "reported"),
    [
        ("When did the fire break out?", "Tuesday evening", False),
        ("When did the fire break out?", "Friday morning", True),
        ("What day did the fire break out?", "morning", True),
        ("When did the ministry say so?", "Friday morning", False),
        ("When was the bridge opened?", "9 May", False),
        ("When was the bridge opened?", "Saturday, 9 May", False),
        ("When will the toll end?", "Sunday", True),
        ("When will the toll end?", "June", False),
        ("When did the mayor resign?", "Monday", False),
        ("When did the ministry say that the fire began?", "1991", True),
        ("When did the fire begin?", "since 1991", True),
        ("Since when has it burned?", "2020", False),
    ],
)
def test_the_day_of_a_report_or_comparison_is_not_when_it_happened(question: str, said: str, *, reported: bool) -> None:
    start = WIRE.index(said)
    assert is_other_date(question, WIRE, start, start + len(said)) is reported


def test_nothing_starts_for_thirty_years() -> None:
    text = "The protests were directed at Nazarbayev, who led the country from 1989 to 2019."
    start = text.index("1989")
    assert is_other_date("When did the protests start?", text, start, len(text) - 1)
    assert is_other_date("When did the protests start?", text, start, start + 4)
    assert not is_other_date("When did Nazarbayev lead the country?", text, start, len(text) - 1)


@pytest.mark.parametrize(
    ("question", "said", "can"),
    [
        ("How many aircraft were damaged?", "The Almaty akimat", False),
        ("how many died", "dozens of people", True),
        ("So how many were there?", "sixteen", True),
        ("How many?", "8,000", True),
        ("How many?", "nobody", True),
        ("Who said how often?", "the mayor", True),
        ("How did it end?", "the mayor resigned", True),
        ("where did Nazarbayev go?", "Nazarbáyev", False),
        ("Who met Anna Keller?", "Keller", False),
        ("Who met Anna Keller?", "Piet Keller", True),
        ("Who won, Keller or Oster?", "Oster", True),
        ("Where was it, at home?", "at home in bed", True),
        ("Who was she going to marry?", "19, who lost her leg", False),
        ("How long had he been a dentist?", "51", False),
        ("When did the protests start?", "Kazakhstan", False),
        ("When did the protests start?", "out of the blue", False),
        ("When did the protests start?", "the 2nd", True),
        ("when was it ended", "after the vote", True),
        ("When buyers want more, what do they create?", "demand", True),
        ("How long had he been a dentist?", "20 years", True),
        ("Which streaming series was the first?", "Streaming series", False),
        ("Which version of Windows was it?", "Windows 10", True),
        ("What is the name of the clinic where she is staying?", "clinic", False),
        ("Which country promised the most?", "Nairobi", False),
        ("In which European country did it land?", "the Kazakh steppe", True),
        ("What country was that?", "Côte d'Ivoire", True),
        ("Which country won?", "England's women", True),
        ("What nation lost?", "the Dutch", True),
        ("Which country singer fell ill?", "Tobias Reyne", True),
        ("which city was bombed?", "Lebanon", False),
        ("Which coastal town was hit?", "Port Vila", True),
        ("What percentage of them voted?", "a mayor", False),
        ("What share did he own?", "two thirds", True),
        ("how many cars were burned?", "16:50", False),
        ("how many cars were burned?", "16", True),
        ("How did the tiger get out?", "Whispering Oaks Animal Park", False),
        ("how did he count the days", "about 3 a.m.", False),
        ("How did the tiger get out?", "through a gate", True),
        ("How is the name spelled?", "Kassym Jomart", True),
        ("What is the name of the poodle that disappeared?", "miniature", False),
        ("name of the school the champion goes to", "gnathonic", False),
        ("what is the policeman's name", "tear gas", False),
        ("what is the ship's name", "the Bonnie Jean", True),
        ("What is the name of the principle?", "special relativity", True),
        ("Which TV network airs it?", "The network", False),
        ("At what time did the earthquake strike?", "Tuesday", False),
        ("At what time did the earthquake strike?", "before dawn on Tuesday", True),
        ("For how many years had the volcano been quiet?", "1811", False),
        ("For how many years had the volcano been quiet?", "212", True),
        ("who took over?", 'their families," its director', False),
        ("what did she say?", 'We sing," and left: "now.', True),
        ("What evidence did Tokayev present?", "future", False),
        ("Why was the quarterback released?", "December", False),
        ("Why was the quarterback released?", "he was hurt in December", True),
        ("Which town did they leave?", "on Monday", False),
        ("What evidence did Tokayev present?", "a video of last week", True),
        ("Which study says so?", "2012", True),
        ("What day was the vote?", "Monday", True),
        ("What happened?", "Monday", True),
    ],
)
def test_what_can_answer_at_all(question: str, said: str, *, can: bool) -> None:
    assert can_answer(question, said) is can


PAID = "A crew of 16 went free for $2.3 million; 2,874 others paid 70 crowns, half of it in May, or 5 percent."


@pytest.mark.parametrize(
    ("question", "said", "refused"),
    [
        ("How much ransom was paid?", "16", True),
        ("How much did the others pay?", "2,874", True),
        ("How much ransom was paid?", "2.3 million", False),
        ("How much ransom was paid?", "$2.3 million", False),
        ("how much of their money did they pay", "70", False),
        ("How much did it cost?", "half of it", False),
        ("How much did it cost?", "5", False),
        ("How many went free?", "16", False),
    ],
)
def test_money_is_answered_with_money(question: str, said: str, *, refused: bool) -> None:
    start = PAID.index(said)
    assert is_no_money(question, PAID, start, start + len(said)) is refused


@pytest.mark.parametrize(
    ("question", "text", "said", "did_it"),
    [
        ("What was attacked?", "His nation had been attacked by terrorists.", "terrorists", True),
        ("What was attacked?", "His nation had been attacked by terrorists.", "His nation", False),
        ("who was arrested in Almaty?", "He was arrested by the riot police.", "riot police", True),
        ("Which two towns were taken?", "Both were quickly taken by the rebels.", "rebels", True),
        ("Who was he arrested by?", "He was arrested by police.", "police", False),
        ("What was attacked by the mob?", "The shop was attacked by men.", "men", True),
        ("Who attacked them?", "They were attacked by terrorists.", "terrorists", False),
        ("What was closed?", "It was used by soldiers.", "soldiers", False),
    ],
)
def test_what_it_befell_is_not_who_did_it(question: str, text: str, said: str, *, did_it: bool) -> None:
    start = text.index(said)
    assert is_who_did_it(question, text, start, start + len(said)) is did_it


@pytest.mark.parametrize(
    ("question", "text", "said", "how_long"),
    [
        ("when did the internet come back?", "The internet came back for some hours.", "some hours", True),
        ("When did it rain?", "It rained for about three days in May.", "three days", True),
        ("When did it rain?", "It rained for about three days in May.", "May", False),
        ("when did he leave", "He left for Paris three days ago.", "three days ago", False),
        ("when did he leave", "He left three days before the vote.", "three days before the vote", False),
        ("How long did it rain?", "It rained for three days.", "three days", False),
    ],
)
def test_for_how_long_is_not_when(question: str, text: str, said: str, *, how_long: bool) -> None:
    start = text.index(said)
    assert is_how_long(question, text, start, start + len(said)) is how_long


@pytest.mark.parametrize(
    ("question", "text", "said", "left_open"),
    [
        ("Who won the world cup?", "I do not care which office wins.", "office", True),
        ("Which team won?", "Nobody knows whether Ashbourne won.", "Ashbourne", True),
        ("Which team won?", "It was the year in which Ashbourne won.", "Ashbourne", False),
        ("Who won?", "It was a match, which Ashbourne won.", "Ashbourne", False),
        ("What did it do?", "It was a storm which brought down trees.", "brought down trees", False),
    ],
)
def test_what_is_left_open_answers_nothing(question: str, text: str, said: str, *, left_open: bool) -> None:
    start = text.index(said)
    assert is_left_open(question, text, start, start + len(said)) is left_open
