"""The listing: pages, searches, orders, days and files that could not be read, against a plain count of them."""

from datetime import date
from pathlib import Path

import pytest
from conftest import write

from bot.library import Library, open_library
from bot.refreshing import RefreshState
from bot.web.listing_html import (
    MOST_BARS,
    days_as_html,
    left_out_as_html,
    progress_as_html,
    table_as_html,
    warned_as_html,
)
from bot.web.messages import Messages
from index.listing import FileState, Listing, ListingPage, Order
from index.records import Problem
from index.reindex_report import Progress

ENGLISH = Messages("en")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("articles")
    for number in range(12):
        day = f"2022-01-{number // 2 + 1:02}"
        title = f"Report {number} of the harbour"
        head = f"title: {title}\noutlet: Sample Gazette {number % 3}\npublished: {day}\nlanguage: en"
        write(folder / f"{number:02}.md", f"---\n{head}\n---\n\nText {number}.\n")
    write(folder / "ru.md", "---\ntitle: Пожар в Порту\nlanguage: ru\n---\n\nВ порту был пожар.\n")
    write(folder / "100%_sure.txt", "Nothing is sure. It was said.\n")
    write(folder / "empty.txt", "")
    write(folder / "binary.md", b"\x00\x01\x02" * 50)
    library = open_library(folder, tmp_path_factory.mktemp("index"))
    library.refresh()
    return library


def page(library: Library, search: str = "", **options: object) -> ListingPage:
    with library.store.snapshot() as snapshot:
        return snapshot.listing.page(search, **{"count": 5, **options})  # type: ignore[arg-type]


def paths(found: ListingPage) -> list[str]:
    return [entry.path for entry in found.entries]


def test_pages_together_are_everything_once(library: Library) -> None:
    pages = [page(library, offset=offset) for offset in (0, 5, 10, 15)]
    everything = [path for each in pages for path in paths(each)]
    assert len(everything) == len(set(everything)) == 16 == pages[0].total
    assert page(library, offset=10_000) == pages[-1]
    assert page(library, offset=-3) == pages[0]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("harbour", 12),
        ("HARBOUR gazette", 12),
        ("gazette 1", 12),
        ("2022-01-03", 2),
        ("harbour 2022-01-03 04.md", 1),
        ("пожар", 1),
        ("ПОЖАР порту", 1),
        ("ru", 1),
        ("100%_", 1),
        ("%", 1),
        ("_", 1),
        ("\\", 0),
        ('"', 0),
        ("'; DROP TABLE file; --", 0),
        ("title:", 0),
        ("NEAR(a b)", 0),
        ("*", 0),
        ("\x00", 16),
        ("report NOT harbour", 0),
    ],
)
def test_every_word_of_a_search_must_match(library: Library, search: str, found: int) -> None:
    assert page(library, search, count=50).total == found


def test_orders(library: Library) -> None:
    dated = [f"{number:02}.md" for number in range(12)]
    newest, oldest = (paths(page(library, order=order, count=50)) for order in (Order.NEWEST, Order.OLDEST))
    assert newest[:2] == ["10.md", "11.md"]
    assert oldest[:12] == dated
    assert set(newest[12:]) == set(oldest[12:]) == {"ru.md", "100%_sure.txt", "empty.txt", "binary.md"}
    assert paths(page(library, order=Order.PATH, count=50)) == sorted([*dated, *newest[12:]])
    by_outlet = [entry.outlet for entry in page(library, "gazette", order=Order.OUTLET, count=50).entries]
    assert by_outlet == sorted(filter(None, by_outlet))


def test_a_day_alone(library: Library) -> None:
    assert paths(page(library, day=date(2022, 1, 2))) == ["02.md", "03.md"]


def test_an_entry_says_how_far_it_is(library: Library) -> None:
    entry = page(library, "00.md").entries[0]
    assert (entry.title, entry.outlet, entry.language) == ("Report 0 of the harbour", "Sample Gazette 0", "en")
    assert (entry.published, entry.state, entry.passages, entry.pending) == (date(2022, 1, 1), FileState.INDEXED, 1, 0)
    left_out = page(library, "empty.txt").entries[0]
    assert left_out.state is FileState.LEFT_OUT
    assert left_out.problem == "empty.txt: is empty. Delete it, or put the article into it."


def test_passages_that_wait_are_told(tmp_path: Path, library: Library) -> None:
    fresh = open_library(library.folder, tmp_path)
    fresh.refresh()
    with fresh.store.change() as change:
        change._connection.execute("UPDATE vector SET numbers = NULL")
    entry = page(fresh, "00.md").entries[0]
    assert (entry.state, entry.pending) == (FileState.EMBEDDING, 1)


def test_days_and_files_left_out(library: Library) -> None:
    with library.store.snapshot() as snapshot:
        listing: Listing = snapshot.listing
        days, left_out, count = listing.days(), listing.left_out(1), listing.left_out_count()
        assert listing.has("empty.txt")
        assert not listing.has("../empty.txt")
    assert days == {date(2022, 1, number): 2 for number in range(1, 7)}
    assert [entry.path for entry in left_out] == ["binary.md"]
    assert count == 2
    assert "and 1 more" in left_out_as_html(left_out, count, ENGLISH)


def test_what_is_wrong_in_files_that_were_read_is_said() -> None:
    problems = [Problem(f"{number}.md", f"{number}.md: <b> is wrong.", skipped=False) for number in range(102)]
    html = warned_as_html(problems, ENGLISH)
    assert "something wrong in them (102)" in html
    assert "0.md: &lt;b&gt; is wrong." in html
    assert "and 2 more" in html
    assert warned_as_html([], ENGLISH) == ""


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (RefreshState(), ""),
        (
            RefreshState(Progress(files_done=1, files_to_read=4, embedded=12, to_embed=30)),
            "1 of 4 files read, 12 of 30 passages embedded",
        ),
        (RefreshState(problem="<b>of the disk"), "&lt;b&gt;of the disk"),
    ],
)
def test_how_far_a_reindexing_is(state: RefreshState, said: str) -> None:
    html = progress_as_html(state, ENGLISH)
    assert said in html
    assert bool(html) == bool(said)
    assert ('<progress value="13" max="34"' in html) == (state.progress is not None)


def test_the_table_shows_text_only(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    write(folder / "<b>.md", "---\ntitle: '<script>alert(1)</script>'\noutlet: \"<img src=x>\"\n---\n\nText.\n")
    hostile = open_library(folder, tmp_path / "index")
    hostile.refresh()
    html = table_as_html(page(hostile), ENGLISH)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("days", "bars", "unit"),
    [
        ({date(2022, 1, 1): 3}, 1, "1 Jan 2022."),
        ({date(2022, 1, 1): 1, date(2022, 1, 10): 2}, 10, "on 10 Jan 2022"),
        ({date(2020, 1, 1): 1, date(2022, 1, 1): 2}, 105, "week of 27 Dec 2021"),
        ({date(2014, 1, 31): 1, date(2022, 1, 31): 2}, 97, "month from 1 Jan 2022"),
        ({date(1950, 1, 1): 1, date(2022, 1, 31): 2}, 73, "year from 1 Jan 2022"),
        ({date(1, 1, 1): 1, date(9999, 12, 31): 2}, MOST_BARS, "year from 1 Jan 9999"),
    ],
)
def test_the_strip_has_few_enough_bars(days: dict[date, int], bars: int, unit: str) -> None:
    html = days_as_html(days, ENGLISH)
    assert html.count("height: ") == bars
    assert unit in html
    assert days_as_html({}, ENGLISH) == ""


def test_a_large_listing_is_read_a_page_at_a_time(library: Library) -> None:
    """The work of a page does not grow with the articles: SQLite looks at the passages of that page only."""
    with library.store.snapshot() as snapshot:
        statements: list[str] = []
        snapshot._connection.set_trace_callback(statements.append)
        snapshot.listing.page(count=3)
    counted = [each for each in statements if "FROM passage" in each]
    assert len(counted) == 3
