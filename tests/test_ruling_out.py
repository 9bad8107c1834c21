"""What a span cannot be the answer to: one who only speaks, and what its sentence sets the answer against."""

import pytest

from bot.reader.other_dates import is_other_date
from bot.reader.ruling_out import is_ruled_out
from bot.reader.span_rules import is_denied, is_no_language
from bot.reader.speech_rules import only_speaks

BARN = "It was wrapped in a blanket and lay behind a tractor"


@pytest.mark.parametrize(
    ("question", "text", "said", "speaks"),
    [
        ("Who painted it?", f"{BARN}, police spokeswoman Antje Focken said.", "Antje Focken", True),
        ("Who painted it?", f"{BARN}, police spokeswoman Antje Focken told reporters on Friday.", "Antje Focken", True),
        ("Who painted it?", f"{BARN}, said Antje Focken, a police spokeswoman.", "Antje Focken", True),
        ("Who chairs the club?", f"{BARN}, the board's chairwoman, Fotini Maleas, said.", "Fotini Maleas", True),
        ("Who is the chairwoman?", f"{BARN}, the board's chairwoman, Fotini Maleas, said.", "Fotini Maleas", False),
        ("Who found it?", f"{BARN}, said Antje Focken, who found it.", "Antje Focken", False),
        ("Who said that it was wrapped?", f"{BARN}, Antje Focken said.", "Antje Focken", False),
        ("Who is the police spokeswoman?", f"{BARN}, Antje Focken said.", "Antje Focken", False),
        ("Who found it?", "“We saw it behind the tractor,” farmer Jan Pool said.", "Jan Pool", False),
        ("Who asked for a donation?", "To test him, Chanakya asked for a donation.", "Chanakya", False),
        ("What lay in the barn?", f"{BARN}, Antje Focken said.", "Antje Focken", False),
        ("Who threw the flare?", "HOST: And who threw it?\nABARA: A boy of fifteen.", "ABARA", True),
        ("Who threw the flare?", "HOST: And who threw it?\nABARA: I did, and I am sorry.", "ABARA", False),
        ("Who spoke of a boy?", "HOST: And who threw it?\nABARA: A boy of fifteen.", "ABARA", False),
    ],
)
def test_who_only_speaks_did_nothing(question: str, text: str, said: str, *, speaks: bool) -> None:
    start = text.index(said)
    assert only_speaks(question, text, start, start + len(said)) is speaks


@pytest.mark.parametrize(
    ("question", "text", "said", "denied"),
    [
        ("Where did he spend Christmas?", "Not in Switzerland but at Ober Tann, with friends.", "Switzerland", True),
        ("Where did he spend Christmas?", "Not in Switzerland but at Ober Tann, with friends.", "Ober Tann", False),
        ("What did the bag look like?", "It was not a grey suitcase but a green bag.", "grey suitcase", True),
        ("Why did he go?", "He went not because of his heart but because of an envelope.", "his heart", True),
        ("Who scored?", "The goal is credited to Lennard and no longer to Dele Okoro.", "Dele Okoro", True),
        ("Who pays?", "The insurer pays rather than the museum.", "museum", True),
        ("Who pays?", "Not only the insurer but the museum pays.", "insurer", False),
        ("Where was he not seen?", "Not in Switzerland but at Ober Tann, with friends.", "Switzerland", False),
        ("What do they use instead of plates?", "They use leaves instead of plates.", "plates", False),
        ("How long may they speak?", "They may speak no longer than thirty minutes.", "thirty minutes", False),
        ("Where was he seen?", "He was not seen in Zurich.", "Zurich", False),
    ],
)
def test_what_is_set_against_the_answer_is_none(question: str, text: str, said: str, *, denied: bool) -> None:
    start = text.index(said)
    assert is_denied(question, text, start, start + len(said)) is denied


def test_one_rule_is_enough() -> None:
    text = f"{BARN}, police spokeswoman Antje Focken said."
    spans = {said: text.index(said) for said in ("Antje Focken", "behind a tractor")}
    ruled_out = {said: is_ruled_out("Who painted it?", text, at, at + len(said), said) for said, at in spans.items()}
    assert ruled_out == {"Antje Focken": True, "behind a tractor": False}
    assert is_ruled_out("How many were there?", text, 0, len("It"), "It")


@pytest.mark.parametrize(
    ("text", "said", "cut"),
    [
        ("17:50 Dagny Holm spoke.", "50", True),
        ("17:50 Dagny Holm spoke.", "17", True),
        ("17:50 Dagny Holm spoke.", "17:50", False),
        ("26,000 people came.", "6,000", True),
        ("26,000 people came.", "26", True),
        ("2.5 metres", "5 metres", True),
        ("In 2019, 50 came.", "50", False),
        ("In 2019, 50 came.", "In 2019", False),
        ("Aged 50.", "50", False),
    ],
)
def test_a_part_of_a_number_is_no_answer(text: str, said: str, *, cut: bool) -> None:
    start = text.index(said)
    assert is_ruled_out("What was it?", text, start, start + len(said), said) is cut


LOST = "Vassakis and three others were feared dead on Monday after a helicopter of his company was lost off Anthiri."


@pytest.mark.parametrize(
    ("question", "text", "said", "other"),
    [
        ("When was the Vassakis helicopter lost?", LOST, "Monday", True),
        ("On what day did the helicopter crash?", LOST, "Monday", True),
        ("When was Vassakis feared dead?", LOST, "Monday", False),
        ("When did the search begin?", LOST, "Monday", False),
        ("When was the helicopter lost?", "In May, after a helicopter was lost, they met.", "In May", False),
        ("When was it lost?", "The helicopter was lost on Sunday after a storm.", "Sunday", False),
        ("When did the protests start?", "Tokayev declared on Monday that order had been restored.", "Monday", True),
        ("When did Tokayev declare it?", "Tokayev declared on Monday that order had been restored.", "Monday", False),
        ("When was it formed?", "It was not until 1950 that the association was formed.", "1950", False),
        ("When did they split?", "They left for a tour in 1967, after which they split.", "1967", False),
    ],
)
def test_the_day_of_what_came_after_is_not_when_it_happened(
    question: str, text: str, said: str, *, other: bool
) -> None:
    start = text.index(said)
    assert is_other_date(question, text, start, start + len(said)) is other


@pytest.mark.parametrize(
    ("question", "text", "said", "no_language"),
    [
        ("In which language is he quoted?", "The Kazakh President spoke of a coup.", "Kazakh", True),
        ("what language did they speak", "Two Russian military officials spoke of a coup.", "Russian", True),
        ("In which language did he speak?", "He spoke Kazakh and then Russian.", "Kazakh", False),
        ("Which president spoke?", "The Kazakh President spoke of a coup.", "Kazakh", False),
    ],
)
def test_whose_president_somebody_is_names_no_language(
    question: str, text: str, said: str, *, no_language: bool
) -> None:
    start = text.index(said)
    assert is_no_language(question, text, start, start + len(said)) is no_language
