"""Counting articles: as a person counts with a text search, marked as counted, and nothing else is ever counted."""

import re
from pathlib import Path

import pytest
from conftest import write
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Status
from bot.answering import answer_question
from bot.counting import Mention, mention_asked
from bot.filters import Filter
from bot.library import Library, open_library
from bot.rendering import as_text
from bot.settings import sample_articles
from corpus.reading import read_article

ASKED = [
    ("How many articles mention snipers?", Mention("snipers")),
    ("how many articles mention the snipers", Mention("snipers")),
    ("How many reports talk about looting?", Mention("looting")),
    ("how many stories are about the Interior Ministry?", Mention("Interior Ministry")),
    ("How many of the articles mention Tokayev?", Mention("Tokayev")),
    ("how many articles are there about bread?", Mention("bread")),
    ('How many articles use the word "bandits"?', Mention("bandits")),
    ("How many articles mention “the bandits”?", Mention("the bandits")),
    ("How many articles mention 10 January?", Mention("10 January")),
    ("which articles mention snipers?", Mention("snipers")),
    ("Which reports of 10 January talk about looting?", Mention("looting", "of 10 January")),
    ("How many articles published in June 2022 mention the vote?", Mention("vote", "in June 2022")),
    ("how many articles from 5 to 8 January mention Almaty?", Mention("Almaty", "from 5 to 8 January")),
    ("List the articles about bitcoin.", Mention("bitcoin")),
    ("show me all articles that mention bitcoin", Mention("bitcoin")),
    ("In how many articles is Massimov mentioned?", Mention("Massimov")),
    ("in which articles does bread appear?", Mention("bread")),
    ("What is the number of articles mentioning the airport?", Mention("airport")),
    ("how many articles in the corpus mention gas?", Mention("gas")),
]  # fmt: skip


@pytest.mark.parametrize(("question", "mention"), ASKED, ids=[row[0] for row in ASKED])
def test_a_question_that_counts_articles(question: str, mention: Mention) -> None:
    assert mention_asked(question) == mention


@pytest.mark.parametrize(
    "question",
    [
        "How many towns saw protests?",
        "How many detainees?",
        "How many reports of looting were there?",
        "How many articles of the constitution were changed?",
        "Which articles of the constitution mention the president?",
        "How many articles of the constitution mention the president?",
        "How many people mentioned snipers?",
        "What do the articles say about snipers?",
        "How many articles mention ?",
        "Who mentioned the articles?",
        "how many times did he mention snipers?",
        "",
    ],
)
def test_a_question_that_does_not(question: str) -> None:
    assert mention_asked(question) is None


@given(st.text(max_size=80))
def test_any_text_is_a_question(text: str) -> None:
    for question in (text, f"how many articles mention {text}", f"which articles {text} mention {text}"):
        mention = mention_asked(question)
        assert mention is None or mention.term in question


@pytest.mark.parametrize(
    "term", ["Almaty", "interior ministry", "bandits", "TOKAYEV", "Казахстана", "muertos", "coup attempt", "2011"]
)
def test_the_count_is_what_a_text_search_counts(samples: Library, term: str) -> None:
    folder = sample_articles()
    words = r"\s+".join(term.split())
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    right = []
    for file in folder.glob("*.md"):
        article = read_article(folder, file.name)
        if found.search(f"{article.title}\n{article.body}"):
            right.append(file.name)
    answer = answer_question(f"How many articles mention “{term}”?", samples)
    assert right
    assert answer.status is Status.ANSWERED
    assert answer.counted is not None
    assert sorted(each.path for each in answer.counted.articles) == sorted(right)
    assert answer.counted.count == len(right)
    days = [each.published for each in answer.counted.articles if each.published]
    assert days == sorted(days, reverse=True)
    for each in answer.counted.articles:
        if each.quote is not None:
            assert found.search(each.quote.text)
            text = read_article(folder, each.path).text
            assert text[each.quote.start : each.quote.end] == each.quote.text


def test_nobody_has_said_a_count(samples: Library) -> None:
    answer = answer_question("How many articles mention bitcoin?", samples)
    as_json = answer.as_json()
    assert (as_json["status"], as_json["answer"], as_json["counted"]["count"]) == ("answered", None, 1)
    assert list(as_json["counted"]["articles"][0]) == ["article", "title", "outlet", "published", "quote"]
    assert as_text(answer).startswith("1 article mentions “bitcoin” (counted by Presscite):\n\n  “")


def test_none_is_not_found(samples: Library) -> None:
    answer = answer_question("How many articles mention zebras?", samples)
    assert (answer.status, answer.counted) == (Status.NOT_FOUND, None)
    assert [note.text for note in answer.notes] == ["0 articles mention “zebras”."]


def test_towns_are_not_counted(samples: Library) -> None:
    answer = answer_question("How many towns saw protests?", samples)
    assert answer.counted is None


def test_it_counts_within_filters_in_flags_and_words(samples: Library) -> None:
    question = "which articles in the Steppe Courier mention Almaty?"
    answer = answer_question(question, samples)
    assert answer.notes[0].text == "Only articles by Sample Steppe Courier."
    assert answer.counted is not None
    assert {each.outlet for each in answer.counted.articles} == {"Sample Steppe Courier"}
    nothing = answer_question(question, samples, Filter(outlets=("Sample Wire",)))
    assert nothing.status is Status.NOT_FOUND
    of_a_day = answer_question("Which reports of 10 January mention the Interior Ministry?", samples)
    assert of_a_day.notes[0].text == "Only articles of 2022-01-10."
    assert of_a_day.counted is not None
    assert {str(each.published) for each in of_a_day.counted.articles} == {"2022-01-10"}


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("towns") / "articles"
    write(folder / "one.txt", "A sniper fired from the roof. Snipers were seen later.\n")
    write(folder / "two.md", "---\ntitle: Snipers in town\n---\n\nNobody knows who fired.\n")
    write(folder / "three.txt", "The\nsnipers left. It is the ministry’s view.\n")
    write(
        folder / "four.txt",
        'Sniping went on from a sniper’s nest. A small art party was held; "Straße" and İstanbul.\n',
    )
    write(folder / "copy/one.txt", "A sniper fired from the roof. Snipers were seen later.\n")
    library = open_library(folder, folder.parent / "index")
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("term", "paths", "note"),
    [
        ("snipers", ["copy/one.txt", "one.txt", "three.txt", "two.md"], "there is 1 more in other forms of the word."),
        ("the snipers", ["copy/one.txt", "one.txt", "three.txt", "two.md"], ""),
        ("“the snipers”", ["three.txt"], ""),
        ("ministry's view", ["three.txt"], ""),
        ("art", ["four.txt"], ""),
        ("STRAẞE", ["four.txt"], ""),
        ("parties", ["four.txt"], ""),
    ],
)
def test_known_counts(towns: Library, term: str, paths: list[str], note: str) -> None:
    answer = answer_question(f"how many articles mention {term}?", towns)
    assert answer.counted is not None
    assert [each.path for each in answer.counted.articles] == paths
    assert note in " ".join(each.text for each in answer.notes)
    assert answer.counted.in_other_forms == (term == "parties")


def test_other_forms_are_counted_only_where_the_answer_says_so(towns: Library) -> None:
    answer = answer_question("how many articles mention parties?", towns)
    assert as_text(answer).startswith(
        "1 article mentions “parties” in other forms of the words (counted by Presscite):"
    )
    assert "art party" in answer.quotes[0].text


def test_a_mention_in_the_title_has_no_quote(towns: Library) -> None:
    answer = answer_question("which articles mention snipers?", towns)
    assert answer.counted is not None
    assert [each.path for each in answer.counted.articles if each.quote is None] == ["two.md"]
    assert "  — two.md, undated: Snipers in town\n    two.md" in as_text(answer)


def test_what_has_changed_since_is_not_counted(towns: Library) -> None:
    assert towns.folder is not None
    question, file = "which articles mention the ministry's view?", towns.folder / "three.txt"
    before = file.read_text(encoding="utf-8")
    assert answer_question(question, towns).status is Status.ANSWERED
    write(file, "Nothing.\n", age=30)
    assert answer_question(question, towns).status is Status.NOT_FOUND
    write(file, before)


def test_a_long_list_is_cut_in_a_terminal_only(tmp_path: Path) -> None:
    for number in range(25):
        write(tmp_path / "articles" / f"{number:02}.txt", f"Town {number} has a well of its own.\n")
    library = open_library(tmp_path / "articles", tmp_path / "index")
    library.refresh()
    answer = answer_question("how many articles mention wells?", library)
    assert answer.counted is not None
    assert len(answer.as_json()["counted"]["articles"]) == answer.counted.count == 25
    assert as_text(answer).endswith("… and 15 more; --json lists them all.")
