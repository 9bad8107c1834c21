"""Near-duplicates: reprints, light edits and cuts are found, other articles on the same event are not."""

import random
import re
import sqlite3
import textwrap
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.library import Library
from bot.settings import sample_articles
from corpus.article import Article
from corpus.folder import Stamp
from corpus.reading import read_article
from index.copying import export_index, import_index
from index.duplicates import DUPLICATE_FROM, HASHES, SHORTEST_CUT, bands_of, containment, min_hashes, shingles_of
from index.passage import split_passages
from index.store import Store

REPRINTED = "2022-01-09-sample-wire-164-dead.md"
REPRINT = "2022-01-09-sample-capital-post-bloodiest-week.md"
AGENCY_TEXTS = [REPRINTED, "2022-01-15-sample-wire-225-bodies.md", "2022-01-10-sample-radio-tulip-attempted-coup.md"]

WORDS = st.lists(st.sampled_from("fuel price protest rose in the town on Monday officials said".split()), max_size=60)


def body_of(name: str) -> str:
    return read_article(sample_articles(), name).body.strip()


def put(store: Store, texts: dict[str, str], **known: object) -> None:
    with store.change() as change:
        for path, text in texts.items():
            facts = {"format": "text", "encoding": "utf-8", "body_start": 0, "title": path, **known}
            article = Article(path=path, text=text, sha256=f"{hash(text):x}", **facts)  # type: ignore[arg-type]
            change.put(article, Stamp(1, 2, 3), [(passage, None) for passage in split_passages(text)])


def duplicates_of(store: Store, path: str) -> list[str]:
    with store.snapshot() as snapshot:
        return [each.path for each in snapshot.near_duplicates([path])[path]]


def rows_kept(store: Store) -> tuple[int, int]:
    connection = sqlite3.connect(store.file)
    try:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("signature", "band")]
    finally:
        connection.close()
    return counts[0], counts[1]


def words_replaced(text: str, share: float) -> str:
    drawn, words = random.Random(7), text.split(" ")
    for place in drawn.sample(range(len(words)), int(share * len(words))):
        words[place] = f"another{place}"
    return " ".join(words)


def first_part(text: str, share: float) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(sentences[: round(share * len(sentences))])


EDITS: dict[str, Callable[[str], str]] = {
    "headline": lambda text: f"Another headline, made by the desk of another paper\n\n{text}",
    "dateline": lambda text: f"ALMATY, Kazakhstan, January 9 (Other Agency) - {text}",
    "furniture": lambda text: f"By Sample Wire\n\n3 min read\n\n{text}\n\nShare on Facebook\n\nComments (12)",
    "lead": lambda text: f"Our own reporter heard it first, in the capital. {text.split('. ', 1)[1]}",
    "last paragraphs": lambda text: text.rsplit("\n\n", 2)[0],
    "wrapped": lambda text: "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in text.split("\n\n")),
    "capitals": str.upper,
    "words": lambda text: words_replaced(text, 0.05),
    "own paragraphs": lambda text: f"{text}\n\n{' '.join(f'Word{number} of ours.' for number in range(40))}",
    "half": lambda text: first_part(text, 0.5),
    "third": lambda text: first_part(text, 0.4),
    "second half": lambda text: text[len(text) // 2 :],
    "half, words": lambda text: words_replaced(first_part(text, 0.5), 0.05),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
@pytest.mark.parametrize("name", AGENCY_TEXTS)
def test_an_edited_text_is_found_from_either_side(tmp_path: Path, name: str, edit: Callable[[str], str]) -> None:
    text = body_of(name)
    store = Store(tmp_path)
    put(store, {"a.txt": text, "b.txt": edit(text)})
    assert duplicates_of(store, "a.txt") == ["b.txt"]
    assert duplicates_of(store, "b.txt") == ["a.txt"]


OTHERS: dict[str, Callable[[str], str]] = {
    "rewritten": lambda text: words_replaced(text, 0.3),
    "quotation": lambda text: first_part(text, 0.15),
    "shuffled": lambda text: " ".join(random.Random(7).sample(text.split(" "), text.count(" ") + 1)),
    "half the same": lambda text: (
        f"{first_part(text, 0.3)} {body_of('2022-01-08-sample-almaty-herald-bread-and-cash.md')}"
    ),
    "furniture alone": lambda _: "Share on Facebook\n\n3 min read\n",
}


@pytest.mark.parametrize("edit", OTHERS.values(), ids=list(OTHERS))
@pytest.mark.parametrize("name", AGENCY_TEXTS)
def test_another_text_is_not(tmp_path: Path, name: str, edit: Callable[[str], str]) -> None:
    text = body_of(name)
    store = Store(tmp_path)
    put(store, {"a.txt": text, "b.txt": edit(text)})
    assert duplicates_of(store, "a.txt") == duplicates_of(store, "b.txt") == []


def test_of_the_sample_articles_four_print_one_text_and_one_is_a_reprint(samples: Library) -> None:
    with samples.store.snapshot() as snapshot:
        found = snapshot.near_duplicates([*snapshot.hashes()])
    assert len(found) == 31
    agency = {path for path, some in found.items() if len(some) > 1}
    assert len(agency) == 4
    assert all({each.path for each in found[path]} == agency - {path} for path in agency)
    assert {path: [each.path for each in some] for path, some in found.items() if len(some) == 1} == {
        REPRINT: [REPRINTED],
        REPRINTED: [REPRINT],
    }
    (reprint,) = found[REPRINTED]
    assert (reprint.outlet, reprint.published) == ("Sample Capital Post", date(2022, 1, 9))
    assert reprint.title.startswith("Bloodiest week")
    assert DUPLICATE_FROM < reprint.shared < 1


def test_the_same_bytes_elsewhere_and_those_most_alike_first(tmp_path: Path) -> None:
    text = body_of(REPRINTED)
    store = Store(tmp_path)
    put(store, {"d.txt": text, "c.txt": words_replaced(text, 0.03), "b.txt": first_part(text, 0.5), "a.txt": text})
    put(store, {"e.txt": body_of(AGENCY_TEXTS[2])})
    with store.snapshot() as snapshot:
        found = snapshot.near_duplicates(["d.txt", "e.txt", "nowhere.txt"])
    assert {path: [each.path for each in some] for path, some in found.items()} == {
        "d.txt": ["a.txt", "b.txt", "c.txt"],
        "e.txt": [],
    }
    assert [each.shared == 1 for each in found["d.txt"]] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Flash: 225 dead in Kazakhstan unrest.", "FLASH - 225 dead in Kazakhstan; unrest.", True),
        ("Flash: 225 dead in Kazakhstan unrest.", "Flash: 226 dead in Kazakhstan unrest.", False),
        ("Dead.", "Dead!", True),
        ("Share on Facebook", "Share on Twitter", False),
        ("Police said so in the town. " * 3, "Police said so in the town. " * 9, True),
    ],
)
def test_short_texts_are_duplicates_only_in_the_same_words(tmp_path: Path, one: str, other: str, same: bool) -> None:
    store = Store(tmp_path)
    put(store, {"a.txt": one, "b.txt": other})
    assert duplicates_of(store, "a.txt") == (["b.txt"] if same else [])


def test_a_script_without_spaces(tmp_path: Path) -> None:
    text = "哈萨克斯坦内务部星期日表示，全国共有五千八百人被拘留，其中许多是外国人。阿拉木图市中心仍能听到零星枪声。"
    store = Store(tmp_path)
    put(
        store,
        {
            "a.txt": text,
            "b.txt": text.partition("。")[0] + "。",
            "c.txt": "总统说，秩序已在各地区恢复，所有被占领的建筑物都已收回。",
        },
    )
    assert duplicates_of(store, "a.txt") == ["b.txt"]


def test_a_changed_or_deleted_article_is_no_duplicate_any_more(tmp_path: Path) -> None:
    text = body_of(REPRINTED)
    store = Store(tmp_path)
    put(store, {"a.txt": text, "b.txt": first_part(text, 0.5), "c.txt": f"Also here. {text}"})
    assert duplicates_of(store, "a.txt") == ["b.txt", "c.txt"]
    put(store, {"c.txt": body_of(AGENCY_TEXTS[2])})
    assert duplicates_of(store, "a.txt") == ["b.txt"]
    assert duplicates_of(store, "c.txt") == []
    with store.change() as change:
        change.remove(["b.txt", "c.txt"])
    assert duplicates_of(store, "a.txt") == []
    signatures, bands = rows_kept(store)
    assert (signatures, bands) == (1, len(bands_of(shingles_of(text))))
    with store.change() as change:
        change.remove(["a.txt"])
    assert rows_kept(store) == (0, 0)


def test_a_copy_of_the_index_has_them_too(tmp_path: Path) -> None:
    text = body_of(REPRINTED)
    store, copy = Store(tmp_path / "index"), Store(tmp_path / "copy")
    put(store, {"a.txt": text, "b.txt": first_part(text, 0.5)})
    export_index(store, tmp_path / "file")
    import_index(tmp_path / "file", copy)
    assert duplicates_of(copy, "b.txt") == ["a.txt"]


@given(WORDS, WORDS)
def test_what_two_texts_share_is_mutual(one: list[str], other: list[str]) -> None:
    first, second = shingles_of(" ".join(one)), shingles_of(" ".join(other))
    assert containment(first, second) == containment(second, first)
    assert 0 <= containment(first, second) <= 1
    assert containment(first, first) == (1 if one else 0)
    assert len(np.intersect1d(bands_of(first), bands_of(first))) == len(bands_of(first)) == (64 if one else 0)


@given(st.text(max_size=80))
@example("\U0001f110")
def test_any_text_has_shingles(text: str) -> None:
    shingles = shingles_of(text)
    assert shingles.dtype == HASHES
    assert np.array_equal(shingles, np.unique(shingles_of(unicodedata.normalize("NFD", text))))
    assert (len(shingles) > 0) == any(
        letter.isalnum() or letter == "_" for letter in unicodedata.normalize("NFKC", text)
    )


@pytest.mark.parametrize(("common", "apart"), [(0, 200), (50, 150), (200, 100), (380, 10), (20_000, 5_000)])
def test_values_agree_as_often_as_texts_are_alike(common: int, apart: int) -> None:
    drawn = np.random.default_rng(7).choice(2**32, common + 2 * apart, replace=False).astype(HASHES)
    one, other = min_hashes(drawn[: common + apart]), min_hashes(np.delete(drawn, slice(common, common + apart)))
    similarity = common / (common + 2 * apart)
    # Three standard errors of a share of 128.
    assert abs((one == other).mean() - similarity) <= 3 * (similarity * (1 - similarity) / 128) ** 0.5


def test_a_text_of_a_third_shares_a_band() -> None:
    drawn = np.random.default_rng(7)
    found = 0
    for _ in range(200):
        text = drawn.choice(2**32, 300, replace=False).astype(HASHES)
        found += len(np.intersect1d(bands_of(text), bands_of(text[:100]))) > 0
    assert found >= 198


def test_what_is_shorter_than_a_quarter_is_a_quotation() -> None:
    text = np.arange(100, dtype=HASHES)
    quarter = int(100 * SHORTEST_CUT)
    assert containment(text, text[:quarter]) == 1
    assert containment(text, text[: quarter - 1]) == 0
