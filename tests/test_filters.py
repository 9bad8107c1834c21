"""Filters: as flags, as columns, and in the words of a question; nothing is ever silently widened."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import write
from hypothesis import given
from hypothesis import strategies as st

from bot import cli
from bot.answer import Status
from bot.answering import answer_question
from bot.batch import answering_within
from bot.filters import Filter, filter_of_row, known_filter, read_filter
from bot.language.dates import dates_in
from bot.library import Library, open_library
from bot.narrowing import Period, narrowing_of, period_asked
from bot.outlets import outlet_named, outlets_called
from bot.questions import QuestionRow
from corpus.errors import WrongUseError

WIRE, HERALD, TULIP, COURIER = "Sample Wire", "Sample Almaty Herald", "Sample Radio Tulip", "Sample Steppe Courier"
KNOWN = [HERALD, TULIP, COURIER, WIRE, "Sample Wire Service", "TASS", "Образец Вестник (sample)", "El Día"]


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2022-01-10", "2022-01-12", date(2022, 1, 10), date(2022, 1, 12)),
        ("2022-02", "2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021", "2022", date(2021, 1, 1), date(2022, 12, 31)),
        (" 2022-12 ", None, date(2022, 12, 1), None),
        (None, "2022", None, date(2022, 12, 31)),
    ],
)
def test_dates_of_flags(since: str | None, until: str | None, first: date | None, last: date | None) -> None:
    assert read_filter(since, until) == Filter(first, last)


@pytest.mark.parametrize("said", ["10 January", "2022-13", "2022-02-30", "22-01-01", "2022-1-1", "0000", "tomorrow"])
def test_what_is_no_date_says_what_is(said: str) -> None:
    with pytest.raises(WrongUseError, match=r"is no date\. Give YYYY-MM-DD, YYYY-MM or YYYY\."):
        read_filter(since=said)


def test_a_period_that_ends_before_it_begins() -> None:
    with pytest.raises(WrongUseError, match="from 2022-02 on and up to 2022-01"):
        read_filter("2022-02", "2022-01")


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_every_date_reads_back(one: date, other: date) -> None:
    first, last = sorted([one, other])
    said = read_filter(first.isoformat(), last.isoformat())
    assert said == Filter(first, last)
    assert read_filter(said.as_json()["since"], said.as_json()["until"]) == said


@pytest.mark.parametrize(
    ("within", "text"),
    [
        (Filter(), ""),
        (Filter(date(2022, 1, 10), outlets=(WIRE,)), "from 2022-01-10 on, by Sample Wire"),
        (Filter(until=date(2022, 1, 10)), "up to 2022-01-10"),
        (Filter(date(2022, 1, 9), date(2022, 1, 10)), "from 2022-01-09 to 2022-01-10"),
        (Filter(date(2022, 1, 9), date(2022, 1, 9), ("A", "B"), ("a.md",)), "of 2022-01-09, by A or B, in a.md"),
    ],
)
def test_a_filter_in_words(within: Filter, text: str) -> None:
    assert within.text == text
    assert within.applies == bool(text)


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("sample wire", [WIRE]),
        ("WIRE", [WIRE]),
        ("the Wire", [WIRE]),
        ("Wire Service", ["Sample Wire Service"]),
        ("образец вестник", ["Образец Вестник (sample)"]),
        ("el dia", ["El Día"]),
        ("Radio", []),
        ("", []),
    ],
)
def test_an_outlet_by_name(name: str, outlets: list[str]) -> None:
    assert outlets_called(name, KNOWN) == outlets


NAMED: list[tuple[str, list[str], str]] = [
    ("according to Sample Wire, how many died?", [WIRE], "how many died?"),
    ("how many died according to the wire?", [WIRE], "how many died?"),
    ("how many died, as reported by Wire Service?", ["Sample Wire Service"], "how many died?"),
    ("How many were hurt in the Steppe Courier?", [COURIER], "How many were hurt?"),
    ("what did Radio Tulip report about detainees?", [TULIP], "what is said about detainees?"),
    ("What does the Almaty Herald say on bread?", [HERALD], "What is said on bread?"),
    ("how many dead did Sample Wire report?", [WIRE], "how many dead?"),
    ("How many died by Radio Tulip's account?", [TULIP], "How many died by Radio Tulip's account?"),
    ("how many Radio Tulip articles mention bread?", [TULIP], "how many articles mention bread?"),
    ("which articles in the steppe courier mention bread?", [COURIER], "which articles mention bread?"),
    ("according to Radio Tulip and according to TASS, who won?", ["TASS", TULIP], "who won?"),
    ("según el dia, according to El Dia who won?", ["El Día"], "según el dia who won?"),
    ("did TASS report losses?", ["TASS"], "did TASS report losses?"),
    # No outlet, or none that is asked:
    ("according to the Interior Ministry, how many?", [], "according to the Interior Ministry, how many?"),
    ("did the bank wire the money?", [], "did the bank wire the money?"),
    ("who cut the wire in Almaty?", [], "who cut the wire in Almaty?"),
    ("Who owns the Steppe Courier?", [], "Who owns the Steppe Courier?"),
    ("what happened in Almaty?", [], "what happened in Almaty?"),
    ("according to the wires, how many?", [], "according to the wires, how many?"),
]


@pytest.mark.parametrize(("question", "outlets", "rest"), NAMED, ids=[row[0] for row in NAMED])
def test_an_outlet_in_a_question(question: str, outlets: list[str], rest: str) -> None:
    named = outlet_named(question, KNOWN)
    assert sorted(named.outlets) == sorted(outlets)
    assert named.rest == rest


DAYS = [date(2021, 6, 4), date(2022, 1, 9), date(2022, 1, 10), date(2022, 6, 6), date(2022, 9, 5)]
ASKED: list[tuple[str, tuple[int, ...] | None, tuple[int, ...] | None]] = [
    ("how many on 10 January?", (2022, 1, 10), (2022, 1, 10)),
    ("how many on January 10 2022?", (2022, 1, 10), (2022, 1, 10)),
    ("how many on the 10th of January, 2021?", (2021, 1, 10), (2021, 1, 10)),
    ("how many on 2022-01-10?", (2022, 1, 10), (2022, 1, 10)),
    ("how many died Jan. 9?", (2022, 1, 9), (2022, 1, 9)),
    ("what changed in June?", (2022, 6, 1), (2022, 6, 30)),
    ("what changed on 3 June?", (2022, 6, 3), (2022, 6, 3)),
    ("what changed on 1 June?", (2021, 6, 1), (2021, 6, 1)),  # the latest year in which an article follows soon
    ("what changed in June 2021?", (2021, 6, 1), (2021, 6, 30)),
    ("what happened in may", (2022, 5, 1), (2022, 5, 31)),
    ("what happened in 2021?", (2021, 1, 1), (2021, 12, 31)),
    ("how many before 9 January?", None, (2022, 1, 8)),
    ("how many until 9 January?", None, (2022, 1, 9)),
    ("how many by 9 January?", None, (2022, 1, 9)),
    ("how many since 10 January?", (2022, 1, 10), None),
    ("how many after 10 January?", (2022, 1, 11), None),
    ("how many from 10 January on?", (2022, 1, 10), None),
    ("how many from 10 January?", (2022, 1, 10), (2022, 1, 10)),
    ("how many between 5 January and 8 January?", (2022, 1, 5), (2022, 1, 8)),
    ("how many from 5 to 8 January?", (2022, 1, 5), (2022, 1, 8)),
    ("how many since 5 January and before 8 January?", (2022, 1, 5), (2022, 1, 7)),
    ("¿cuántos el 10 de enero?", (2022, 1, 10), (2022, 1, 10)),
    ("сколько 10 января?", (2022, 1, 10), (2022, 1, 10)),
]


@pytest.mark.parametrize(("question", "first", "last"), ASKED, ids=[row[0] for row in ASKED])
def test_the_days_that_a_question_asks_about(
    question: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    asked = period_asked(question, DAYS)
    assert asked is not None
    assert asked.period == Period(first and date(*first), last and date(*last))


@pytest.mark.parametrize(
    "question",
    [
        "how many on Monday?",
        "may the army shoot?",
        "who joined the march?",
        "how many of the 2030 came?",
        "31 June?",
        "who?",
    ],
)
def test_a_question_without_a_date(question: str) -> None:
    assert period_asked(question, DAYS) is None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("how many detained on 10 January?", "how many detained?"),
        ("On 5 January, who resigned?", "who resigned?"),
        ("who resigned from 5 January on?", "who resigned?"),
        ("What happened on 5 January?", "What happened on 5 January?"),
    ],
)
def test_the_question_without_its_date(question: str, rest: str) -> None:
    asked = period_asked(question, DAYS)
    assert asked is not None
    assert asked.rest == rest


@given(st.text())
def test_any_text_has_dates_within_it(text: str) -> None:
    for span in dates_in(f"{text} 3 May {text}", date(2022, 1, 12)):
        assert 0 <= span.start < span.end <= len(text) * 2 + 7
        assert span.first <= span.last


@pytest.mark.parametrize(
    "within",
    [
        Filter(outlets=(WIRE,)),
        Filter(since=date(2022, 1, 15)),
        Filter(until=date(2022, 1, 6)),
        Filter(articles=("2022-01-13-sample-market-ledger-damage-bill.md",)),
        Filter(date(2022, 1, 9), date(2022, 1, 10), (WIRE, TULIP)),
    ],
    ids=lambda within: within.text,
)
def test_a_narrow_search_still_finds_as_many_as_there_are(samples: Library, within: Filter) -> None:
    with samples.store.snapshot() as snapshot:
        allowed = within.contents(snapshot)
        assert allowed
        passages, vectors = snapshot.passages_of(allowed)
        hits = samples.searcher.search(snapshot, "how many detainees?", 10, allowed)
        assert len(hits) == min(10, len(passages)) <= len(vectors)
        assert {hit.found.id for hit in hits} <= passages
        everywhere = {hit.found.id: hit for hit in samples.searcher.search(snapshot, "how many detainees?", 50)}
        assert all(everywhere[hit.found.id] == hit for hit in hits if hit.found.id in everywhere), "the same scores"
        assert samples.searcher.search(snapshot, "how many detainees?", 10, []) == []


def test_an_undated_article_is_of_no_period(folder: Path, tmp_path: Path) -> None:
    library = open_library(folder, tmp_path / "index")
    library.refresh()
    with library.store.snapshot() as snapshot:
        assert snapshot.outlets() == ["Sample Gazette"]
        assert snapshot.days() == [date(2022, 3, 1)]
        assert len(snapshot.contents()) == 3
        assert len(snapshot.contents(since=date(1000, 1, 1))) == 1
        assert len(snapshot.contents(articles=["bridge.txt", "nowhere.txt"])) == 1
        assert snapshot.contents(since=date(1000, 1, 1), articles=["bridge.txt"]) == []


@pytest.mark.parametrize(
    ("question", "within", "notes"),
    [
        ("how many dead according to Sample Wire?", Filter(), ("Only articles by Sample Wire.",)),
        ("how many dead according to Sample Wire?", Filter(outlets=(WIRE,)), ("Only articles by Sample Wire.",)),
        ("how many dead?", Filter(since=date(2022, 1, 9)), ("Only articles from 2022-01-09 on.",)),
        ("how many detainees on 10 January?", Filter(), ("Articles of 10 January 2022 first.",)),
        ("how many detainees in June?", Filter(outlets=(TULIP,)),
         ("Only articles by Sample Radio Tulip.", "Articles of June 2022 first.")),
        ("how many detainees before 9 January?", Filter(), ("Articles up to 8 January 2022 first.",)),
        ("what happened in December 2011?", Filter(), ("Passages that name days of December 2011 first.",)),
        ("how many dead in January 2022?", Filter(since=date(2022, 1, 1), until=date(2022, 1, 31)),
         ("Only articles from 2022-01-01 to 2022-01-31.",)),
        ("how many detainees according to the Interior Ministry?", Filter(),
         ("What “the Interior Ministry” says first.",)),
    ],
)  # fmt: skip
def test_an_answer_says_where_it_looked(
    samples: Library, question: str, within: Filter, notes: tuple[str, ...]
) -> None:
    answer = answer_question(question, samples, within)
    assert tuple(note.text for note in answer.notes) == notes
    assert answer.as_json()["notes"] == [*notes]
    for quote in (*answer.quotes, *answer.closest):
        assert not within.outlets or quote.outlet in within.outlets
        assert "Wire" not in question or quote.outlet == WIRE


@pytest.mark.parametrize(
    ("question", "within"),
    [
        ("how many detainees according to Radio Tulip?", Filter(outlets=(WIRE,))),
        ("how many detainees?", Filter(since=date(2023, 1, 1))),
        ("how many bitcoin miners went offline, according to the Almaty Herald?", Filter(until=date(2022, 1, 4))),
    ],
)
def test_where_nothing_is_left_nothing_is_found(samples: Library, question: str, within: Filter) -> None:
    answer = answer_question(question, samples, within)
    assert answer.status is Status.NOT_FOUND
    assert answer.notes
    assert answer.closest == ()


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("10 January", {"8,000", "7,939"}),
        ("9 January", {"5,135", "5,800"}),
        ("8 January", {"4,404"}),
        ("11 January", {"9,900", "7,939"}),
    ],
)
def test_what_is_said_of_the_day_comes_first(samples: Library, day: str, figures: set[str]) -> None:
    answer = answer_question(f"how many people were detained on {day}?", samples)
    assert any(figure in answer.quotes[0].text for figure in figures)


def test_only_the_days_are_weighed_not_the_order_of_equals(samples: Library) -> None:
    with samples.store.snapshot() as snapshot:
        plain = narrowing_of("how many detainees?", Filter(), snapshot)
        hits = plain.search(samples.searcher, snapshot, 20)
        assert hits == samples.searcher.search(snapshot, "how many detainees?", 20)
        assert plain.read(samples.reader, hits) == samples.reader.read("how many detainees?", hits)
        dated = narrowing_of("how many detainees on 10 January?", Filter(), snapshot)
        hits = dated.search(samples.searcher, snapshot, 20)
        assert len(hits) == len({hit.found.id for hit in hits}) == 20
        confidences = [each.confidence for each in dated.read(samples.reader, hits)]
        assert confidences == sorted(confidences, reverse=True)


def test_unknown_names_say_which_are_known(samples: Library) -> None:
    with samples.store.snapshot() as snapshot:
        assert known_filter(Filter(outlets=("the wire", "TULIP radio", "radio tulip")[::2]), snapshot) == Filter(
            outlets=(WIRE, TULIP)
        )
        with pytest.raises(
            WrongUseError, match=r'No article is by an outlet "Sampel Wyre"\. The nearest .*: Sample Wire'
        ):
            known_filter(Filter(outlets=("Sampel Wyre",)), snapshot)
        with pytest.raises(WrongUseError, match=r'There is no article "164-dead\.md"\. The nearest .*164-dead\.md'):
            known_filter(Filter(articles=("164-dead.md",)), snapshot)


ROWS: list[tuple[dict[str, object], Filter]] = [
    ({}, Filter(date(2022, 1, 1), outlets=(WIRE,))),
    ({"topic": "x", "since": "", "outlet": None}, Filter(date(2022, 1, 1), outlets=(WIRE,))),
    ({"since": "2022-01-10"}, Filter(date(2022, 1, 10), outlets=(WIRE,))),
    ({"outlet": "A; B"}, Filter(date(2022, 1, 1), outlets=("A", "B"))),
    ({"outlet": ["A; B"], "until": "2022"}, Filter(date(2022, 1, 1), date(2022, 12, 31), ("A; B",))),
    ({"article": "a.md"}, Filter(date(2022, 1, 1), outlets=(WIRE,), articles=("a.md",))),
]


@pytest.mark.parametrize(("columns", "expected"), ROWS)
def test_a_row_has_columns_of_its_own(columns: dict[str, object], expected: Filter) -> None:
    assert filter_of_row(columns, Filter(date(2022, 1, 1), outlets=(WIRE,))) == expected


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"since": "soon"}, '--since "soon" is no date.'),
        ({"since": 2022}, "The column since holds 2022. Give text, or a list of texts."),
        ({"until": ["2021", "2022"]}, "The column until has 2 values. Give one date."),
        ({"until": "2021"}, "No article can be from"),
        ({"outlet": "Nowhere News"}, 'No article is by an outlet "Nowhere News".'),
        ({"article": ["nowhere.md", 5]}, "The column article holds"),
    ],
)
def test_a_bad_value_is_a_row_with_an_error(samples: Library, columns: dict[str, object], error: str) -> None:
    answer = answering_within(samples, Filter(date(2022, 1, 5)))(QuestionRow("q", "how many detainees?", columns))
    assert answer.status is Status.ERROR
    assert (answer.error or "").startswith(error)


def test_a_row_is_answered_within_its_columns(samples: Library) -> None:
    answer = answering_within(samples, Filter())(QuestionRow("q", "how many detainees?", {"outlet": "wire"}))
    assert answer.answered
    assert {quote.outlet for quote in answer.quotes} == {WIRE}
    assert [note.text for note in answer.notes] == ["Only articles by Sample Wire."]


def test_flags_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: object) -> tuple[int, str, str]:
        words = ["presscite", *map(str, arguments), "--index", str(tmp_path / "index")]
        monkeypatch.setattr("sys.argv", words)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out, captured.err

    code, out, _ = run(
        "ask", "how many detainees?", "--outlet", "wire", "--outlet", "radio tulip", "--until", "2022-01-09"
    )
    assert code == 0
    assert out.startswith("Only articles up to 2022-01-09, by Sample Wire or Sample Radio Tulip.\n\n")
    code, out, _ = run("ask", "how many detainees?", "--json", "--since", "2022-09")
    assert {quote["published"] for quote in json.loads(out)["quotes"]} <= {"2022-09-05"}
    code, _, err = run("ask", "how many detainees?", "--since", "soon")
    assert (code, err) == (2, 'presscite: --since "soon" is no date. Give YYYY-MM-DD, YYYY-MM or YYYY.\n')
    code, _, err = run("ask", "how many detainees?", "--outlet", "wyre")
    assert code == 2
    assert 'No article is by an outlet "wyre". The nearest that there are: Sample Wire, ' in err

    write(tmp_path / "q.csv", "question,since,outlet\nhow many detainees?,,wire\nhow many detainees?,soon,\n")
    code, out, _ = run("batch", tmp_path / "q.csv", "-o", tmp_path / "a.jsonl", "--until", "2022-01-10")
    assert code == 1
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["status"] for row in rows] == ["disputed", "error"]
    assert rows[0]["notes"] == ["Only articles up to 2022-01-10, by Sample Wire."]
    assert rows[0]["outlet"] == "wire"
