"""Training a reader: what is learned from, what is measured, and that a stopped training goes on."""

import gzip
import json
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from bot.reader.inference import Reading, Span
from bot.reader.trained import BUNDLED_READER, SETTINGS, WEIGHTS, Calibration, Evidence, TrainedReader, read_settings
from bot.reader.training.batching import Batch, Batcher
from bot.reader.training.calibrating import fitted, logistic_regression
from bot.reader.training.evaluation import area_under_curve, best_overall_f1, figures_of
from bot.reader.training.labelled import Answer, Example, Labelled, concise_answers, read_labelled
from bot.reader.training.losses import loss_of, own_loss, shared_loss
from bot.reader.training.mix import Mix
from bot.reader.training.negatives import NONE, PassageSearch, hard_negatives
from bot.reader.training.starting_network import starting_network, trained_tensors
from bot.reader.training.train import CHECKPOINT, TrainingReport, train_reader
from bot.reader.training.training import Moment, Schedule, Trainer
from bot.reader.training.variants import answer_sentences, unanswerable_variant
from bot.reader.windows import Windower
from bot.squad_measures import normalised, word_f1
from corpus.article import Article
from corpus.errors import ModelError, WrongUseError
from index.embedding import bundled_folder
from index.passage import split_passages
from index.records import StoredPassage
from index.search import Hit
from index.tokenising import Tokeniser

LABELLED = [
    ("A warehouse burned down in the old harbour on Tuesday. Firefighters counted 14 injured workers.",
     [("How many workers were injured?", "14"), ("When did the warehouse burn down?", "Tuesday")]),
    ("The bridge over the Vell was opened on 4 May 2021. It cost 2.5 million euros.",
     [("What did the bridge cost?", "2.5 million euros"), ("Who designed the bridge over the Vell?", None)]),
    ("The school in Morna will close because of falling numbers. Only 31 pupils are left.",
     [("How many pupils are left in the school?", "31")]),
    ("A ferry with 120 passengers ran aground near Tolsund. Nobody was hurt when the ferry stopped.",
     [("Where did the ferry run aground?", "near Tolsund")]),
    ("The museum of clocks reopens in March. Its new hall holds 400 clocks from nine countries.",
     [("When does the museum reopen?", "March"), ("How many clocks does the hall hold?", "400")]),
]  # fmt: skip


def example(question: str, context: str, answer: str | None, source: str = "sample") -> Example:
    answers = () if answer is None else (Answer(answer, context.index(answer)),)
    return Example("q", question, context, answers, source)


EXAMPLES = [example(question, context, answer) for context, asked in LABELLED for question, answer in asked]
PASSAGES = [context for context, _ in LABELLED]


def row(context: str, *asked: tuple[str, str | None, int]) -> str:
    qas = [
        {"question": question, "answers": [] if text is None else [{"text": text, "start": start}]}
        for question, text, start in asked
    ]
    return json.dumps({"context": context, "qas": qas}) + "\n"


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """So few words are read slower by several threads that wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "labelled.jsonl"
    rows = [row(text, *((q, a, text.index(a) if a else 0) for q, a in asked)) for text, asked in LABELLED]
    file.write_text("".join(rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def batcher() -> Batcher:
    return Batcher(
        EXAMPLES, PASSAGES, hard_negatives(EXAMPLES, PASSAGES), Windower(Tokeniser.from_folder(bundled_folder())), 1024
    )


GOOD = row("The army left. The army won.", ("Who won?", "The army", 0))
FAULTS: dict[str, tuple[str, bytes, str]] = {
    "not-json": ("a.jsonl", (GOOD + "{").encode(), "a.jsonl: line 2 is not JSON: Expecting property name"),
    "deep": ("a.jsonl", b"[" * 200_000, "a.jsonl: line 1 is not JSON: it cannot be taken in"),
    "not-utf-8": ("a.jsonl", GOOD.encode() + b'\n{"context": "\xe9"}', "a.jsonl: line 3 is not UTF-8"),
    "no-object": ("a.jsonl", b"[]", "a.jsonl: line 1: expected an object"),
    "no-context": ("a.jsonl", b'{"qas": []}', 'a.jsonl: line 1: "context" must be text, found nothing'),
    "blank": ("a.jsonl", b'{"context": " ", "qas": []}', 'a.jsonl: line 1: "context" is empty'),
    "no-qas": ("a.jsonl", b'{"context": "x", "qas": {}}', 'a.jsonl: line 1: "qas" must be a list, found {}'),
    "qas": ("a.jsonl", b'{"context": "x", "qas": ["y"]}', 'a.jsonl: line 1: "qas" must be a list of objects'),
    "start": (
        "a.jsonl",
        b'{"context": "x", "qas": [{"question": "y", "answers": [{"text": "x", "start": true}]}]}',
        'a.jsonl: line 1: "start" must be a whole number, found True',
    ),
    "no-gzip": ("a.jsonl.gz", GOOD.encode(), "a.jsonl.gz: this is not a whole gzip file"),
    "half-gzip": ("a.jsonl.gz", gzip.compress(GOOD.encode())[:-9], "a.jsonl.gz: this is not a whole gzip file"),
    "suffix": ("a.csv", GOOD.encode(), "a.csv: a labelled file ends in .jsonl or .jsonl.gz"),
    "no-answer": ("a.jsonl", row("x", ("y?", None, 0)).encode(), "hold no question with an answer"),
    "one-passage": ("a.jsonl", GOOD.encode(), "hold a single passage"),
}


@pytest.mark.parametrize(("name", "data", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_labelled_file_that_cannot_be_used_says_where(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WrongUseError) as error:
        read_labelled([tmp_path / name])
    assert message in error.value.message
    assert error.value.remedy


def test_a_labelled_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"none\.jsonl: cannot be read \(No such file or directory\)"):
        read_labelled([tmp_path / "none.jsonl"])


def test_wrong_offsets_are_moved_and_answers_that_stand_nowhere_left_out(tmp_path: Path) -> None:
    text = "The army left. The army won."
    rows = row(text, (" Who  won? ", "army ", 17), ("Who left?", "navy", 0), ("Who lost?", None, 0)) + "\n"
    file = tmp_path / "named.jsonl.gz"
    file.write_bytes(gzip.compress(("\ufeff" + rows + row("There are 12.", ("How many?", "12", 10))).encode()))
    found = read_labelled([file])
    assert found.left_out == 1
    assert found.examples[0] == Example("named:1:1", "Who won?", text, (Answer("army", 19),), "named")
    assert [each.question for each in found.examples] == ["Who won?", "Who lost?", "How many?"]


def test_held_out_passages_are_not_learned_and_stay_the_same() -> None:
    texts = [f"Passage {number} has {number} words." for number in range(40)]
    examples = [example("How many?", text, str(number)) for number, text in enumerate(texts)]
    learned, held_out = Labelled(tuple(examples * 2), 0).split()
    assert len({each.context for each in held_out}) == 4
    assert len(held_out) == 8
    assert not {each.context for each in learned} & {each.context for each in held_out}
    fewer = {each.context for each in Labelled(tuple(examples[:30]), 0).split(0.2)[1]}
    assert {each.context for each in held_out if each.context in texts[:30]} <= fewer


def test_sentence_long_answers_give_way_to_short_ones() -> None:
    short, long = Answer("two delegates", 30), Answer("each brotherhood elects two delegates who then all take part", 0)
    assert concise_answers((long, short)) == (short,)
    assert concise_answers((long,)) == (long,)
    assert concise_answers(()) == ()


@pytest.mark.parametrize(
    ("prediction", "gold", "f1"),
    [("The Army!", "army", 1.0), ("more than 8,000", "8,000", 2 * 2 / 6), ("rain", "sun", 0.0), ("", "the", 1.0)],
)
def test_a_known_f1(prediction: str, gold: str, f1: float) -> None:
    assert word_f1(prediction, gold) == pytest.approx(f1)


def test_a_known_normalisation_area_and_overall_f1() -> None:
    assert normalised("The “Old” harbour—a port.") == "old harbour port"
    assert area_under_curve([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == pytest.approx(0.75)
    assert area_under_curve([1.0, 1.0, 0.0], [True, False, False]) == pytest.approx(0.75)
    assert area_under_curve([1.0, 2.0], [True, True]) is None
    # Answering the first two gives 1 + 0.5, refusing the third 1; the last would have been answered well.
    assert best_overall_f1([1.0, 0.5, None, 0.4], [-3, -2, 0, 1]) == pytest.approx(2.5 / 4)
    assert best_overall_f1([None, None], [1, 2]) == 1


def test_known_figures() -> None:
    context = LABELLED[0][0]
    spans = [context.index(text) for text in ("14", "on Tuesday")]
    readings = [
        Reading((Span(spans[0], spans[0] + 2, 9.0),), 1.0, -3.0),
        Reading((Span(spans[1], spans[1] + 10, 5.0),), 4.0, 0.0),
        Reading((), 4.0, 2.0),
    ]
    figures = figures_of([*EXAMPLES[:2], example("Who lit it?", context, None)], readings)
    assert (figures.questions, figures.exact, figures.area) == (3, 0.5, 1.0)
    assert figures.f1 == pytest.approx((1 + 2 / 3) / 2)
    assert figures.overall_f1 == pytest.approx((1 + 2 / 3 + 1) / 3)


def test_the_search_ranks_shared_rare_words_first() -> None:
    search = PassageSearch(["the army left", "the minister spoke", "the the the", ""])
    assert search.best("what did the minister say", 2)[0] == 1
    assert search.best("nothing shared", 2) == []
    # ln(1 + (4 - 1 + 0.5) / (1 + 0.5)), and the length that is not average.
    worth = math.log(1 + 3.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2.25))
    assert search._worth[search._begins[search._numbers["army"]]] == pytest.approx(worth)


def test_negatives_do_not_hold_the_answer_and_are_not_the_passage_itself() -> None:
    passages = ["The army left the city.", "The Army guarded the city gates.", "Nobody left the city."]
    asked = [example("Who left the city?", passages[0], "army"), example("Who left the city?", passages[2], None)]
    found = hard_negatives(asked, passages, keep=3)
    # The first passage answers the second's question, too: it would teach that it does not.
    assert found.tolist() == [[2, NONE, NONE], [1, NONE, NONE]]
    for numbers, each in zip(hard_negatives(EXAMPLES, PASSAGES), EXAMPLES, strict=True):
        others = [PASSAGES[number] for number in numbers if number != NONE]
        assert each.context not in others
        assert all(len(answer.text) < 3 or answer.text not in text for answer in each.answers for text in others)


def test_variants_change_the_question_but_never_to_an_answer() -> None:
    context = "The station opened in 1990, and Lord Palmer closed it in 1995. Then Lady Jane Grey bought it."
    asked = example("When was the first station of Lord Palmer closed, in 1990?", context, "1995")
    texts = {unanswerable_variant(asked, random.Random(seed)) for seed in range(60)} - {None}
    assert any("last station" in text for text in texts if text)
    assert any("Lady Jane Grey" in text for text in texts if text)
    assert any("wasn't" in text or "was not" in text or "was never" in text for text in texts if text)
    assert all(text != asked.question and "1995" not in text for text in texts if text)


def test_answer_sentences_are_left_out_only_where_the_answer_goes_with_them() -> None:
    text = "It opened in 1990. Lord Palmer closed it in 1995. It is a museum. Nobody works there now."
    (span,) = answer_sentences(example("When did Palmer close it?", text, "1995"))
    assert text[slice(*span)] == "Lord Palmer closed it in 1995. "
    assert answer_sentences(example("When?", f"{text} It was sold in 1995, they say.", "1995")) == []
    assert answer_sentences(example("What is it?", "It is a museum.", "museum")) == []


EVERYTHING = Mix(negatives=2.0, variants=1.0, grouped=True)


def test_gold_spans_lead_back_to_the_answer(batcher: Batcher) -> None:
    windower = Windower(Tokeniser.from_folder(bundled_folder()))
    long = replace(EXAMPLES[1], context=f"{'It rained again. ' * 90}{PASSAGES[0]}{' It went on raining.' * 90}")
    long = example(long.question, long.context, "Tuesday")
    cropping = Batcher([long], [long.context, PASSAGES[1]], np.array([[1]], dtype=np.int32), windower, 1024)
    golds = {normalised(answer.text) for each in EXAMPLES for answer in each.answers}
    seen = set()
    for one, seed in [(batcher, 1), (batcher, 2), *((cropping, seed) for seed in range(5))]:
        for batch, _ in one.batches(EVERYTHING, seed):
            for place in range(len(batch.lengths)):
                starts, ends = batch.start[place].nonzero().ravel(), batch.end[place].nonzero().ravel()
                if not batch.answered[place]:
                    assert starts.tolist() == ends.tolist() == [0]
                    continue
                said = windower.tokeniser._tokeniser.decode(batch.numbers[place, starts[0] : ends[0] + 1].tolist())
                seen.add("".join(said.split()))
                assert batch.lengths[place] <= windower.maximum_length
    assert seen == {gold.replace(" ", "") if gold != "2 5 million euros" else "2.5millioneuros" for gold in golds}


def test_the_same_seed_gives_the_same_batches_and_the_whole_epoch(batcher: Batcher) -> None:
    first, second = list(batcher.batches(EVERYTHING, 5)), list(batcher.batches(EVERYTHING, 5))
    assert sum(part for _, part in first) == pytest.approx(1)
    assert all(torch.equal(one.numbers, other.numbers) for (one, _), (other, _) in zip(first, second, strict=True))
    assert all(batch.numbers.numel() <= 1024 for batch, _ in first)


def test_groups_stay_together_and_hold_one_answer_at_most(batcher: Batcher) -> None:
    sizes = []
    for batch, _ in batcher.batches(replace(EVERYTHING, variants=0), 1):
        for group in range(int(batch.groups[-1]) + 1):
            inside = batch.groups == group
            assert int(batch.answered[inside].sum()) <= 1
            sizes.append(int(inside.sum()))
    assert len(sizes) == len(EXAMPLES)
    assert max(sizes) == 3


def test_questions_are_worn_as_people_type_them(batcher: Batcher) -> None:
    windower = Windower(Tokeniser.from_folder(bundled_folder()))
    asked = set()
    for seed in range(6):
        for batch, _ in batcher.batches(Mix(negatives=0, variants=0, no_mark=1, elliptic=0.5), seed):
            for numbers, kinds in zip(batch.numbers, batch.kinds, strict=True):
                asked.add(windower.tokeniser._tokeniser.decode(numbers[1 : int(kinds.argmax()) - 1].tolist()))
    assert "how many workers were injured" in asked
    assert "how many workers injured" in asked


def test_losses_are_the_cross_entropies_they_claim(batcher: Batcher) -> None:
    batch, _ = next(batcher.batches(replace(EVERYTHING, variants=0), 0))
    scores = torch.zeros(batch.numbers.shape)
    assert float(own_loss(scores, batch.start)) == pytest.approx(math.log(scores.shape[1]), abs=1e-4)
    sizes = [int((batch.groups == number).sum()) for number in range(int(batch.groups[-1]) + 1)]
    answered = [bool(batch.answered[batch.groups == number].any()) for number in range(len(sizes))]
    counted = [size for size, has in zip(sizes, answered, strict=True) if has and size > 1]
    expected = sum(math.log(size * (scores.shape[1] - 1)) for size in counted) / len(counted)
    assert float(shared_loss(scores, batch.start, batch)) == pytest.approx(expected, abs=1e-4)
    alone = Batch(**{name: getattr(batch, name)[:1] for name in Batch.__slots__})
    assert float(shared_loss(scores[:1], alone.start, alone)) == 0


def test_a_known_logistic_regression() -> None:
    # Three in four of one column, one in four of the other: without a penalty the odds are 3 and 1 / 3.
    evidence = np.array([[1.0, 0.0]] * 4000 + [[1.0, 1.0]] * 4000)
    truth = np.array(([1.0] * 3000 + [0.0] * 1000) + ([1.0] * 1000 + [0.0] * 3000))
    assert logistic_regression(evidence, truth) == pytest.approx([math.log(3), -2 * math.log(3)], abs=0.01)


def test_the_confidence_is_fitted_where_there_are_enough_questions() -> None:
    given = Calibration(-1.0, Evidence(0.3, -0.8, 2.0, 4.0))
    sure, unsure = Reading((Span(0, 1, 9.0),), 1.0, -2.0), Reading((Span(0, 1, 1.0),), 3.0, 2.0)
    right = [True] * 29 + [False] * 1 + [True] * 1 + [False] * 29
    confidence = fitted([sure] * 30 + [unsure] * 30, right, given)
    assert confidence is not None
    assert (confidence.weights.cosine, confidence.weights.lexical) == (2.0, 4.0)
    assert confidence.probability(Evidence(8.0, -2.0, 0.5, 0.75)) == pytest.approx(29 / 30, abs=0.02)
    assert confidence.probability(Evidence(-2.0, 2.0, 0.5, 0.75)) == pytest.approx(1 / 30, abs=0.02)
    assert fitted([sure] * 30 + [unsure] * 30, [True] * 50 + [False] * 10, given) is None


def test_training_lowers_the_loss_and_leaves_the_embeddings_alone(tmp_path: Path, batcher: Batcher) -> None:
    network = starting_network(bundled_folder(), None, 1)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    schedule = Schedule(epochs=4, rate=3e-4, tokens=1024, warm_up=0, grouped_from=0.5)
    trainer = Trainer(network, batcher, schedule, tmp_path / CHECKPOINT, "this one")
    batch, _ = next(batcher.batches(EVERYTHING, 9))
    first = loss_of(network, batch, grouped=True).item()
    trainer.train(lambda _moment: None)
    assert loss_of(network, batch, grouped=True).item() < first
    assert loss_of(trainer.averaged(), batch, grouped=True).item() < first
    assert trainer.progress.grouped
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert changed == set(trained_tensors(network))


def stopping_after(steps: int) -> Callable[[Moment], None]:
    def stop(moment: Moment) -> None:
        if moment.steps == steps and moment.stage == "learning":
            raise KeyboardInterrupt

    return stop


def trained(labelled: Path, output: Path, epochs: float = 5, **options: object) -> TrainingReport:
    return train_reader([labelled], output, encoder=bundled_folder(), epochs=epochs, **options)  # type: ignore[arg-type]


def test_a_stopped_training_goes_on_as_if_it_had_not_been(labelled: Path, tmp_path: Path) -> None:
    moments: list[Moment] = []
    straight = trained(labelled, tmp_path / "straight", on_progress=moments.append)
    with pytest.raises(KeyboardInterrupt):
        trained(labelled, tmp_path / "stopped", on_progress=stopping_after(2))
    assert not (tmp_path / "stopped" / WEIGHTS).exists()
    stopped = trained(labelled, tmp_path / "stopped")
    assert (stopped.steps, stopped.epochs, stopped.loss) == (straight.steps, straight.epochs, straight.loss)
    one, other = (load_file(tmp_path / name / WEIGHTS) for name in ("straight", "stopped"))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert [each.stage for each in moments] == ["preparing", *["learning"] * straight.steps, "measuring"]
    assert [each.share for each in moments[1:]] == sorted(each.share for each in moments[1:])
    assert moments[-1].share == 1
    assert (straight.before, straight.calibrated) == (None, False)

    again = trained(labelled, tmp_path / "stopped", epochs=6)
    assert again.steps > stopped.steps
    with pytest.raises(WrongUseError, match="training with other labelled files or another start"):
        trained(labelled, tmp_path / "stopped", start_from=BUNDLED_READER)


def test_a_reader_goes_on_learning_is_exported_and_reads(labelled: Path, tmp_path: Path) -> None:
    output = tmp_path / "made" / "reader"
    report = trained(labelled, output, minutes=0.0001, epochs=50, start_from=BUNDLED_READER)
    assert report.steps == 1
    assert report.learned + report.after.questions == len(EXAMPLES)
    assert report.before is not None
    assert read_settings(output).confidence == read_settings(BUNDLED_READER).confidence
    written = json.loads((output / SETTINGS).read_text(encoding="utf-8"))
    assert set(written) == {"encoder_sha256", "maximum_length", "stride", "confidence"}
    assert {value.dtype for value in load_file(output / WEIGHTS).values()} == {torch.float16}
    assert {path.name for path in output.iterdir()} == {CHECKPOINT, SETTINGS, WEIGHTS}
    text = "The city was quiet. So far there are more than 8,000 detainees, they said. It rained."
    article = Article("a.txt", "text", text, "00", "utf-8", 0, "Title")
    hits = [Hit(StoredPassage(n, article, p), 0.75, 0.5, 2.0, 1.0) for n, p in enumerate(split_passages(text))]
    assert "8,000" in TrainedReader(output).read("how many detainees?", hits)[0].answer_text


REFUSED: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "epochs": ({"epochs": 0}, WrongUseError, "The epochs of a training must be more than 0, not 0"),
    "minutes": ({"minutes": -1.0}, WrongUseError, "The minutes of a training must be more than 0"),
    "rate": ({"rate": math.nan}, WrongUseError, "The rate of a training must be more than 0, not nan"),
    "itself": ({"start_from": Path("out")}, WrongUseError, "cannot replace the one it goes on from"),
    "no-reader": ({"start_from": Path("none")}, ModelError, "cannot be used"),
    "file": ({"output": Path("labelled.jsonl")}, WrongUseError, "no folder can be made here"),
    "no-encoder": ({"encoder": Path("none")}, ModelError, "there is no tokenizer.json"),
}


@pytest.mark.parametrize(("changed", "kind", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_done_is_refused(
    labelled: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], kind: type[Exception], message: str
) -> None:
    monkeypatch.chdir(labelled.parent)
    options = {"output": Path("out"), "encoder": bundled_folder()} | changed
    with pytest.raises(kind) as error:
        train_reader([labelled], **options)  # type: ignore[arg-type]
    assert message in str(error.value)


def test_broken_files_of_a_training_are_named(labelled: Path, tmp_path: Path) -> None:
    (tmp_path / CHECKPOINT).write_bytes(b"no checkpoint")
    with pytest.raises(WrongUseError, match=r"checkpoint\.pt cannot be used .* Delete it to begin anew"):
        trained(labelled, tmp_path)
    half = tmp_path / "half"
    half.mkdir()
    (half / SETTINGS).write_bytes((BUNDLED_READER / SETTINGS).read_bytes())
    with pytest.raises(ModelError, match=r"reader\.safetensors cannot be used"):
        starting_network(bundled_folder(), half, 1)
    (half / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="only BERT encoders"):
        starting_network(half, None, 1)
    (half / "config.json").write_bytes((bundled_folder() / "config.json").read_bytes())
    with pytest.raises(ModelError, match=r"model\.safetensors cannot be used"):
        starting_network(half, None, 1)
