"""Words and their stems: the language of a text, and what a question finds by it."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.folder import Stamp
from index.checking import check_index
from index.embedding import Encoder
from index.languages import language_of, stemmed_language, stems_in
from index.passage import split_passages
from index.search import content_words, lexical
from index.snapshot import Snapshot
from index.store import Store

ENGLISH = "Police detained the demonstrators in Almaty, the ministry said on Friday."
SPANISH = "La policía detuvo a los manifestantes en la ciudad de Almaty, informó el ministerio."
RUSSIAN = "Полиция задержала на площади участников митинга, и об этом сообщило министерство."
TEXTS = {"en.txt": ENGLISH, "es.txt": SPANISH, "ru.txt": RUSSIAN}


def put(store: Store, path: str, text: str, language: str | None = None) -> None:
    article = Article(
        path=path, format="text", text=text, sha256=path, encoding="utf-8", body_start=0, title="", language=language
    )
    with store.change() as change:
        change.put(article, Stamp(1, 2, 3), [(passage, None) for passage in split_passages(text)])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for path, text in TEXTS.items():
        put(store, path, text)
    return store


def found(snapshot: Snapshot, question: str) -> list[str]:
    hits = lexical(snapshot, question, 10)
    passages = snapshot.fetch([key for key, _ in hits])
    return [passages[key].article.path for key, _ in hits]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        (RUSSIAN, "ru"),
        ("La police a arrêté deux cents personnes dans le centre de la ville, selon le ministère.", "fr"),
        ("A polícia prendeu duzentas pessoas no centro da cidade, segundo o ministério do Interior.", "pt"),
        ("La polizia ha arrestato duecento persone nel centro della città, secondo il ministero.", "it"),
        ("Die Polizei hat in der Stadt zweihundert Menschen festgenommen, wie das Ministerium mitteilt.", "de"),
        ("Поліція затримала в центрі міста двісті осіб після протестів, і це не все.", "uk"),
        ("", ""),
        ("Almaty 2022", ""),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("es", ENGLISH, "es"),
        ("ES-kz", "", "es"),
        ("pt_BR", "", "pt"),
        ("en", SPANISH, ""),
        ("English", SPANISH, ""),
        ("kk", SPANISH, ""),
        (None, SPANISH, "es"),
        (" ", RUSSIAN, "ru"),
        (None, ENGLISH, ""),
        (None, "Almaty", ""),
    ],
)
def test_what_an_article_says_of_its_language_comes_first(stated: str | None, text: str, language: str) -> None:
    assert stemmed_language(stated, text) == language


@given(text=st.text(), stated=st.none() | st.text())
def test_any_text_has_a_language_or_none_and_stems(text: str, stated: str | None) -> None:
    language = stemmed_language(stated, text)
    assert "\n" not in stems_in(text, language), "title and text are kept a line each"


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("¿A quién se detuvo en la manifestación?", ["es.txt"]),
        ("manifestantes", ["es.txt"]),
        ("manifestante", ["es.txt"]),
        ("Сколько было участников митингов?", ["ru.txt"]),
        ("площадь", ["ru.txt"]),
        ("Who is detaining the demonstrator?", ["en.txt"]),
        ("Which city was not named?", []),
        ('a"b * NEAR(x', []),
        ("", []),
    ],
)
def test_a_question_is_stemmed_as_its_language_is(store: Store, question: str, paths: list[str]) -> None:
    with store.snapshot() as snapshot:
        assert found(snapshot, question) == paths


def test_a_name_is_found_in_every_language(store: Store) -> None:
    with store.snapshot() as snapshot:
        assert sorted(found(snapshot, "What happened in Almaty?")) == ["en.txt", "es.txt"]
        assert sorted(found(snapshot, "¿Qué ocurrió en Almaty?")) == ["en.txt", "es.txt"]


def test_an_english_question_scores_as_if_there_were_only_english(tmp_path: Path, store: Store) -> None:
    alone = Store(tmp_path / "alone")
    put(alone, "en.txt", ENGLISH)
    for number in range(2):
        put(alone, f"{number}.txt", list(TEXTS.values())[1 + number], language="en")
    with store.snapshot() as mixed, alone.snapshot() as english:
        question = "Did the police detain demonstrators in Almaty?"
        assert [score for _, score in lexical(mixed, question, 10)] == pytest.approx(
            [score for _, score in lexical(english, question, 10)]
        )


def test_a_passage_scores_the_same_however_much_is_searched(store: Store) -> None:
    question = "¿Qué informó el ministerio de Almaty sobre los manifestantes?"
    with store.snapshot() as snapshot:
        all_scores = dict(lexical(snapshot, question, 10))
        for content in snapshot.contents():
            for passage, score in lexical(snapshot, question, 10, [content]):
                assert score == pytest.approx(all_scores[passage])
        assert dict(lexical(snapshot, question, 1)).items() <= all_scores.items()


def test_a_phrase_is_found_in_any_form_of_its_words(store: Store) -> None:
    with store.snapshot() as snapshot:
        assert snapshot.paths_saying("участники митингов") == {"ru.txt"}
        assert snapshot.paths_saying("manifestante") == {"es.txt"}
        assert snapshot.paths_saying("demonstrator") == {"en.txt"}
        assert snapshot.paths_saying("участники", snapshot.contents(articles=["es.txt"])) == set()
        assert snapshot.paths_saying("") == set()


def test_what_no_file_holds_leaves_no_stems_even_of_another_stemmer(store: Store) -> None:
    connection = sqlite3.connect(store.file)
    # As another version of the stemmer would have kept them.
    passage, kept = connection.execute("SELECT id, stems FROM passage WHERE stems LIKE '%полиц%'").fetchone()
    connection.execute("INSERT INTO stems (stems, rowid, title, text) VALUES ('delete', ?, '', ?)", (passage, kept[1:]))
    connection.execute("INSERT INTO stems (rowid, title, text) VALUES (?, '', 'полици площ')", (passage,))
    connection.execute("UPDATE passage SET stems = char(10) || 'полици площ' WHERE id = ?", (passage,))
    connection.commit()
    connection.close()
    with store.change() as change:
        change.remove([*TEXTS])
    with store.snapshot() as snapshot:
        assert list(snapshot.words()) == []


def test_missing_stems_are_found(store: Store, encoder: Encoder) -> None:
    assert check_index(store, encoder).sound
    connection = sqlite3.connect(store.file)
    connection.execute("INSERT INTO stems (stems) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    assert any("words of the full-text index" in fault for fault in check_index(store, encoder).faults)


def test_content_words_leave_out_what_says_nothing() -> None:
    assert content_words("Сколько было участников митинга?") == ["участников", "митинга"]
