"""The trained reader: known scores, spans in their sentences, answers as people give them."""

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.library import Library
from bot.reader.inference import Scorer, WindowScores, best_spans
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
