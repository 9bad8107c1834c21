"""The trained reader: known scores, spans in their sentences, answers as people give them."""

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.library import Library
from bot.reader.answer_form import (
    can_answer,
    is_no_money,
    is_the_other,
    only_names,
    trimmed_answer,
    without_name,
)
from bot.reader.inference import Scorer, WindowScores, best_spans
from bot.reader.other_dates import is_other_date
from bot.reader.trained import (
    BUNDLED_READER,
    Calibration,
    Evidence,
    TrainedReader,
    read_settings,
    readable_text,
)
from bot.reader.windows import Window, Windower
from corpus.article import Article
from corpus.errors import ModelError
from index.embedding import bundled_folder
from index.passage import split_passages
from index.records import StoredPassage
from index.search import Hit
from index.sentences import Sentence
from index.tokenising import Tokeniser


def hits_of(text: str) -> list[Hit]:
    article = Article("a.txt", "text", text, "00", "utf-8", 0, "Title")
    return [Hit(StoredPassage(n, article, p), 0.75, 0.5, 2.0, 1.0) for n, p in enumerate(split_passages(text))]


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader()


def test_of_a_span_the_best_part_is_given() -> None:
    starts = np.array([5, 0, 0, 0], dtype=np.float32)
    ends = np.array([4.95, 0, 0, 5], dtype=np.float32)
    assert best_spans(starts, ends, 1) == [(0, 0, 10.0)]
    ends[0] = 4.5
    assert best_spans(starts, ends, 1) == [(0, 3, 10.0)]


def test_best_spans_of_known_scores() -> None:
    starts = np.array([1, 5, 0, 2], dtype=np.float32)
    ends = np.array([0, 1, 4, 3], dtype=np.float32)
    assert best_spans(starts, ends, 1) == [(1, 2, 9.0)]
    assert best_spans(starts, ends, 3) == [(1, 2, 9.0), (1, 1, 6.0)]
    assert best_spans(starts[:0], ends[:0], 3) == []
    long = np.zeros(100, dtype=np.float32)
    assert all(last - first < 30 for first, last, _ in best_spans(long, long, 50))


def test_a_known_probability() -> None:
    calibration = Calibration(-1.0, Evidence(0.5, -2.0, 1.0, 0.0))
    assert calibration.probability(Evidence(4.0, 0.5, 1.0, 9.0)) == pytest.approx(1 / (1 + math.exp(-1)))


def test_windows_cover_long_passages_and_lead_back_to_characters() -> None:
    windower = Windower(Tokeniser.from_folder(bundled_folder()), 64, 16)
    text = "The toll rose to 164 — in «Алматы» and elsewhere. " * 30
    question = windower.tokeniser.tokens(["how many?"])[0].numbers
    windows = windower.windows(question, windower.tokeniser.tokens([text])[0])
    assert len(windows) > 5
    assert all(len(window.numbers) <= 64 for window in windows)
    covered = {place for window in windows for start, end in window.offsets for place in range(start, end)}
    assert all(place in covered for place, char in enumerate(text) if not char.isspace())
    assert len(windower.windows(question, windower.tokeniser.tokens([""])[0])) == 1


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


def test_furniture_is_blanked_where_it_stands() -> None:
    text = "3 min read\n\n<Anna / resident> “I saw 12 men.”\n\nShare on Facebook\n"
    (hit,) = hits_of(text)
    readable = readable_text("How many men?", hit.found)
    assert len(readable) == len(hit.found.text)
    assert readable.split() == ["“I", "saw", "12", "men.”"]
    assert readable.index("12") == hit.found.text.index("12")


READ = [
    ("how many detainees?", "The city was quiet. So far there are more than 8,000 detainees, they said. It rained.",
     "more than 8,000"),
    ("Who promised an inquiry?", "The mayor, Ada Lindqvist, promised an inquiry. Nobody else spoke.", "Ada Lindqvist"),
    ("where did it burn down", "A warehouse burned down in the old harbour on Tuesday.", "in the old harbour"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "answer"), READ)
def test_it_reads(reader: TrainedReader, question: str, text: str, answer: str) -> None:
    best = reader.read(question, hits_of(text))[0]
    assert answer in best.answer_text or answer.endswith(best.answer_text)
    assert best.answer_text in text[best.start : best.end]
    assert best.confidence > 0.5


def test_it_doubts_what_is_not_there(reader: TrainedReader) -> None:
    text = "The mayor, Ada Lindqvist, promised an inquiry into the fire. The harbour was closed on Tuesday."
    there = reader.read("Who promised an inquiry?", hits_of(text))[0].confidence
    not_there = reader.read("How many penguins live in the zoo?", hits_of(text))
    assert max((candidate.confidence for candidate in not_there), default=0.0) < 0.3 * there


def test_candidates_are_sorted_and_stand_in_their_sentences(samples: Library) -> None:
    with samples.store.snapshot() as snapshot:
        hits = samples.searcher.search(snapshot, "how many people were killed?", 10)
    candidates = samples.reader.read("how many people were killed?", hits)
    assert [each.confidence for each in candidates] == sorted((each.confidence for each in candidates), reverse=True)
    assert len({(each.hit.found.id, each.start) for each in candidates}) == len(candidates)
    for each in candidates:
        spans = {(s.start, s.end) for s in each.hit.found.passage.sentences if s.quotable}
        assert (each.start, each.end) in spans
        assert each.answer is None or each.start <= each.answer[0] < each.answer[1] <= each.end


def test_nothing_to_read_is_no_candidate(reader: TrainedReader) -> None:
    assert reader.read("how many?", []) == []
    assert reader.read("how many?", hits_of("Share on Facebook\n")) == []


class Counting:
    """A scorer that counts what it is given."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.windows: list[int] = []

    def score(self, windows: Sequence[Window]) -> Sequence[WindowScores]:
        self.windows += [len(window.numbers) for window in windows]
        return self.scorer.score(windows)


@pytest.fixture
def counting(reader: TrainedReader, monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(reader.span_reader._scorer)
    monkeypatch.setattr(reader.span_reader, "_scorer", counting)
    return counting


def test_no_passage_is_read_twice_for_a_question_and_long_ones_come_first(
    reader: TrainedReader, counting: Counting
) -> None:
    texts = ["It rained.", "The ferry ran aground near Tolsund on Monday morning.", "It rained."]
    first = reader.span_reader.read("Where did the ferry strand?", texts)
    assert first[0] == first[2]
    assert len(counting.windows) == 2
    assert counting.windows == sorted(counting.windows, reverse=True)
    assert reader.span_reader.read("Where did the ferry strand?", texts[:2]) == first[:2]
    assert len(counting.windows) == 2
    reader.span_reader.read("When did the ferry strand?", texts[:1])
    assert len(counting.windows) == 3


def test_it_stops_reading_when_it_is_sure_and_when_there_is_no_hope(reader: TrainedReader, counting: Counting) -> None:
    dull = [hits_of(f"Day {number} of the harbour fair was a quiet one for the stalls.")[0] for number in range(19)]
    sure = hits_of("The governor, Mara Odell, promised a review. Nobody else spoke.")
    assert reader.read("Who promised a review?", [*sure, *dull])[0].answer_text.endswith("Mara Odell")
    assert len(counting.windows) == 5
    reader.read("How many penguins live in the zoo?", [*sure, *dull])
    hopeless = len(counting.windows) - 5
    assert hopeless in (5, 10)
    reader.read("Who promised a review?", [*sure, *dull], every=True)
    assert len(counting.windows) == 5 + hopeless + 15


FAULTS = {
    "missing": ("", "cannot be used (No such file or directory)"),
    "not-json": ("{", "cannot be used (JSONDecodeError"),
    "no-confidence": ('{"maximum_length": 256, "stride": 128}', "cannot be used (KeyError: 'confidence')"),
    "another-encoder": (None, "this reader was trained over another encoder"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_folder_that_holds_no_reader_says_so(tmp_path: Path, text: str | None, message: str) -> None:
    if text is None:
        settings = json.loads((BUNDLED_READER / "reader.json").read_text(encoding="utf-8"))
        text = json.dumps(settings | {"encoder_sha256": "00"})
    if text:
        (tmp_path / "reader.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as error:
        read_settings(tmp_path)
    assert message in str(error.value)


def test_weights_of_something_else_are_refused(tmp_path: Path) -> None:
    shutil.copy(BUNDLED_READER / "reader.json", tmp_path)
    shutil.copy(bundled_folder() / "model.safetensors", tmp_path / "reader.safetensors")
    with pytest.raises(ModelError, match="these are not the weights of a reader"):
        TrainedReader(tmp_path).read("how many?", hits_of("There are 12 men."))
