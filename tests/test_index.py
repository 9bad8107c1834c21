"""The store and the search: what goes in comes out, whole generations only, known scores."""

import math
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, text_digest
from corpus.errors import IndexBusyError, IndexDamagedError, IndexMismatchError
from corpus.folder import Stamp
from index.embedding import BUNDLED, Encoder, bundled_folder
from index.passage import SPLITTER_VERSION, Passage, split_passages
from index.records import Recipe
from index.schema import FILE_NAME
from index.search import combined, content_words, require_recipe
from index.store import Store
from index.tokenising import batches_of_one_length
from index.vectors import Batch, VectorIndex

STAMP = Stamp(10, 20, 30)


def article(path: str = "a.txt", text: str = "Some news came. More came later.", **known: object) -> Article:
    facts = {"format": "text", "encoding": "utf-8", "body_start": 0, "title": "A title", **known}
    return Article(path=path, text=text, sha256=f"{hash(text):x}", **facts)  # type: ignore[arg-type]


def put(store: Store, *articles: Article) -> None:
    with store.change() as change:
        for each in articles:
            passages = [
                (passage, f"{each.text[passage.start : passage.end]}".encode()) for passage in split_passages(each.text)
            ]
            change.put(each, STAMP, passages)
        pending = change.pending(0, 1_000)
        change.fill({key: np.full(4, len(found.text), np.float32) for key, found in pending.items()})


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1))
@settings(max_examples=60, deadline=None)
def test_save_then_load_is_the_same(tmp_path_factory: pytest.TempPathFactory, text: str, title: str) -> None:
    text, title = (each.encode("utf-8", "ignore").decode() or "x" for each in (text, title))
    store = Store(tmp_path_factory.mktemp("store"))
    saved = article(text=text, title=title, published=date(2022, 1, 10), outlet="O", language="en", warnings=("w",))
    put(store, saved)
    saved = replace(saved, text_sha256=text_digest(text))
    with store.snapshot() as snapshot:
        assert snapshot.article("a.txt") == saved
        found = snapshot.fetch(range(1, 100))
        assert [each.passage for each in found.values()] == list(split_passages(text))
        assert all(each.article == saved for each in found.values())
        assert snapshot.stamps() == {"a.txt": STAMP}


def test_a_change_is_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, article())
    with store.lock(0), pytest.raises(AttributeError), store.change() as change:  # noqa: PT012 - both in one change
        change.remove(["a.txt"])
        change.put(article("b.txt", "Other."), STAMP, [(None, b"no passage at all")])  # type: ignore[list-item]
    with store.snapshot() as snapshot:
        assert snapshot.statistics.articles == 1
        assert snapshot.generation == 1


def test_a_reader_sees_the_generation_it_began_with(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, article())
    with store.snapshot() as before:
        assert before.generation == 1
        put(store, article("b.txt", "Other news."))
        assert before.generation == 1
        assert list(before.hashes()) == ["a.txt"]
    with store.snapshot() as after:
        assert after.generation == 2
        assert list(after.hashes()) == ["a.txt", "b.txt"]


def test_what_no_file_holds_leaves_nothing_behind(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, article(), article("b.txt", "Quite other news."))
    put(store, article("a.txt", "Now it says something else."))
    with store.change() as change:
        change.remove(["b.txt"])
    with store.snapshot() as snapshot:
        assert [row.article.text for row in snapshot.fetch(range(1, 100)).values()] == ["Now it says something else."]
        assert snapshot.matching(["other", "news", "came"], 10) == []
        assert len(snapshot.matching(["something"], 10)) == 1
        assert len(snapshot.vector_ids()) == 1


def test_one_text_in_two_files_is_stored_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, article("b.txt"), article("a.txt"))
    with store.snapshot() as snapshot:
        assert snapshot.statistics.articles == 2
        assert snapshot.statistics.passages == 1
        assert [row.article.path for row in snapshot.fetch([1]).values()] == ["a.txt"]
    with store.change() as change:
        change.remove(["a.txt"])
    with store.snapshot() as snapshot:
        assert [row.article.path for row in snapshot.fetch([1]).values()] == ["b.txt"]


def test_bm25_finds_words_by_their_stem_and_ranks_rare_ones_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(
        store,
        article("a.txt", "Police arrested many people in the town."),
        article("b.txt", "Police spoke to people in the town."),
        article("c.txt", "Nothing at all took place."),
    )
    with store.snapshot() as snapshot:
        found = snapshot.matching(["police", "arrest"], 10)
        texts = [snapshot.fetch([key])[key].article.path for key, _ in found]
        assert texts == ["a.txt", "b.txt"]
        assert found[0][1] > found[1][1]
        assert snapshot.matching(['a"b', "*", "NEAR(x"], 10) == []
        assert snapshot.matching([], 10) == []


def test_the_same_change_twice_is_one_generation(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, article())
    put(store, article())
    with store.change() as change:
        change.link("a.txt", article().sha256, "text", STAMP._replace(looked_at=99))
    with store.snapshot() as snapshot:
        assert snapshot.generation == 1


def test_only_one_process_writes(tmp_path: Path) -> None:
    waited = []
    with (
        Store(tmp_path).lock(0),
        pytest.raises(IndexBusyError, match="Another presscite"),
        Store(tmp_path).lock(0.01, on_wait=lambda: waited.append(1)),
    ):
        pass
    assert waited == [1]


def test_a_damaged_index_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"This is no database, but it is long enough to look like one." * 100)
    with pytest.raises(IndexDamagedError, match=r"damaged.*presscite index --rebuild"), Store(tmp_path).snapshot():
        pass


def test_an_index_of_another_format_says_what_to_type(tmp_path: Path) -> None:
    put(Store(tmp_path), article())
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatchError, match=r"format 99.*presscite index --rebuild"), Store(tmp_path).snapshot():
        pass


def test_an_index_of_another_model_says_what_to_type(encoder: Encoder) -> None:
    with pytest.raises(
        IndexMismatchError, match=r"other-model.*--model other-model, or type: presscite index --rebuild"
    ):
        require_recipe(Recipe("other-model", "0" * 64, SPLITTER_VERSION), encoder)
    with pytest.raises(IndexMismatchError, match="splitter version 0"):
        require_recipe(Recipe(BUNDLED, encoder.fingerprint, 0), encoder)


def test_known_vectors_have_known_cosines() -> None:
    vectors = np.array([[1, 0], [0, 1], [math.sqrt(0.5), math.sqrt(0.5)]], dtype=np.float32)
    index = VectorIndex.build(
        3, lambda: iter([Batch(np.array([7, 8]), vectors[:2]), Batch(np.array([9]), vectors[2:])])
    )
    found = index.nearest(np.array([1, 0], dtype=np.float32), 5)
    assert [key for key, _ in found] == [7, 9, 8]
    assert [cosine for _, cosine in found] == pytest.approx([1, math.sqrt(0.5), 0])
    assert VectorIndex.build(0, lambda: iter([])).nearest(np.array([1, 0], dtype=np.float32), 5) == []


def test_the_combined_score_of_known_scores() -> None:
    assert combined(0.6, 1.0) == pytest.approx(0.8)
    assert combined(0.6, 0.5, share=0.25) == pytest.approx(0.525)
    assert combined(1.0, 1.0) == 1.0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many detainees are there?", ["detainees"]),
        ("¿Cuántos detenidos hay?", ["detenidos"]),
        ("Сколько человек задержано?", ["человек", "задержано"]),
        ("What did he say about it?", []),
    ],
)
def test_content_words(question: str, words: list[str]) -> None:
    assert content_words(question) == words


@given(lengths=st.lists(st.integers(0, 300)), budget=st.integers(1, 1000))
def test_batches_hold_every_row_once_and_no_more_than_fits(lengths: list[int], budget: int) -> None:
    batches = list(batches_of_one_length(lengths, budget))
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        assert (
            len(batch) == 1 or len(batch) * max(lengths[number] for number in batch) <= budget or not lengths[batch[0]]
        )


def test_the_bundled_model_is_the_published_one(encoder: Encoder) -> None:
    assert encoder.fingerprint == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    vectors = encoder.encode(["How many people were detained?", "The number of arrests", "A recipe for bread"])
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]
    assert encoder.encode([]).shape == (0, 384)


def test_the_fast_runtime_gives_the_vectors_of_sentence_transformers(encoder: Encoder) -> None:
    plain = Encoder(str(bundled_folder()))
    texts = ["Protests", "", "Президент сказал: «Нет».", "More than 8,000 people were detained. " * 40]
    texts += [" ".join(["fuel", "price", "Almaty", "tenge"][: 1 + n % 4] * (1 + n)) for n in range(20)]
    ours, theirs = encoder.encode(texts), plain.encode(texts)
    assert (ours * theirs).sum(axis=1).min() > 0.999


def test_passages_without_news_have_no_words() -> None:
    text = "Share on Facebook\n\n3:18\n"
    passage = next(split_passages(text))
    assert passage == Passage(0, 23, passage.sentences)
    assert passage.quotable_text(text) == ""
