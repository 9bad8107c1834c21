"""The tabs of articles and of lists in a real browser: upload then ask, remove then ask, a list of questions."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PROJECT, write
from playwright.sync_api import HttpCredentials, Page, Route, expect, sync_playwright
from served import HONEST, HONEST_ANSWER, HONEST_ARTICLE, PASSWORD, Served, call, served

from bot.answering import NO_FILTER
from bot.batch import answer_batch, answering_within
from bot.library import open_library
from bot.questions import read_questions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OUTPUT = PROJECT / "tests" / "output"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
QUESTIONS = f"{HONEST}\nWho won the football world cup?\nhow many detainees?\n"
PATIENCE = 60_000
"""Milliseconds."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs chromium (see CONTRIBUTING.md)"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tabs") / "articles"
    shutil.copytree(PROJECT / "corpus" / "articles", folder)
    for number in range(30):
        write(folder / "more" / f"{number:02}.txt", f"Bulletin {number} of the harbour\n\nShip {number} came in.\n")
    write(folder / "hostile.md", '---\ntitle: "<img src=x onerror=alert(1)>"\n---\n\nA text of one sentence.\n')
    write(folder / "empty.txt", "")
    write(folder / "undated.md", "---\npublished: yesterday\n---\n\nA text without a day.\n")
    login = {"PRESSCITE_AUTH": f"ada:{PASSWORD}"}
    with served(folder, folder.parent / "index", "--allow-upload", environment=login) as server:
        yield server


@pytest.fixture(scope="module")
def page(server: Served) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            http_credentials={"username": "ada", "password": PASSWORD},
            locale="en-US",
        )
        page = context.new_page()
        hosts: set[str] = set()
        complaints: list[str] = []
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or "none"))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.goto(server.url)
        yield page
        assert hosts <= {"127.0.0.1", "none"}, "the page asked no other host"
        assert complaints == []
        browser.close()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def listed(page: Page) -> int:
    return page.locator("#presscite-corpus-table tbody tr").count()


def screenshot(page: Page, name: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)


def serious(page: Page) -> list[tuple[str, list[str]]]:
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def answered(server: Served) -> str | None:
    with server.client(auth=("ada", PASSWORD)) as client:
        return str(call(client, "ask", question=HONEST)[1]["answer"])


def asked_in_the_page(page: Page) -> str:
    open_tab(page, "Ask")
    turns = page.locator(".presscite-turn:not([aria-busy])")
    before = turns.count()
    page.locator("#presscite-question :is(textarea, input)").fill(HONEST)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1, timeout=PATIENCE)
    said = turns.last.locator(".presscite-answer, .presscite-none").first.inner_text()
    open_tab(page, "Articles")
    return said


def test_articles_are_listed_a_page_at_a_time(page: Page, server: Served) -> None:
    open_tab(page, "Articles")
    status = page.locator("#presscite-corpus-table [role=status]")
    total = sum(1 for path in server.folder.rglob("*") if path.is_file())
    expect(status).to_have_text(f"1 to 50 of {total}", timeout=PATIENCE)
    assert listed(page) == 50
    page.get_by_role("button", name="Next page").click()
    expect(status).to_have_text(f"51 to {total} of {total}")
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    page.get_by_role("button", name="Previous page").click()
    expect(status).to_have_text(f"1 to 50 of {total}")
    expect(page.locator("#presscite-corpus-days figcaption")).to_contain_text("articles with a date")
    expect(page.locator("#presscite-corpus-table")).to_contain_text("<img src=x onerror=alert(1)>")
    screenshot(page, "articles")


def test_what_could_not_be_read_is_said_with_the_reason(page: Page) -> None:
    for summary in page.locator("#presscite-corpus-left-out summary").all():
        summary.click()
    expect(page.locator("#presscite-corpus-left-out li")).to_have_text(
        [
            "empty.txt: is empty. Delete it, or put the article into it.",
            "undated.md: its date of publication “yesterday” is not a date like 2022-01-10, so it has none.",
        ]
    )


def test_articles_are_searched_and_sorted(page: Page) -> None:
    page.get_by_label("Search the articles").fill("bulletin harbour 2")
    expect(page.locator("#presscite-corpus-table [role=status]")).to_contain_text("of 12", timeout=PATIENCE)
    page.get_by_label("Search the articles").fill("no such article")
    expect(page.locator("#presscite-corpus-table")).to_contain_text("No article matches.")
    page.get_by_label("Search the articles").fill("2022-01-10")
    expect(page.locator("#presscite-corpus-table tbody tr").first).to_contain_text("2022-01-10")
    page.get_by_label("Search the articles").fill("")
    page.get_by_label("Order").click()
    page.get_by_role("option", name="By file").click()
    expect(page.locator("#presscite-corpus-table tbody tr").first).to_contain_text("2020-08-05")


def test_a_look_that_comes_late_does_not_undo_a_search(page: Page) -> None:
    open_tab(page, "Ask")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/queue/join*", hold, times=1)
    open_tab(page, "Articles")
    page.get_by_label("Search the articles").fill("no such article")
    table = page.locator("#presscite-corpus-table")
    page.wait_for_timeout(1_000)
    with page.expect_response("**/queue/join*"):
        late[0].continue_()
    page.wait_for_timeout(1_000)
    expect(table).to_contain_text("No article matches.", timeout=PATIENCE)
    page.get_by_label("Search the articles").fill("")
    expect(table.locator("[role=status]")).to_contain_text("1 to 50", timeout=PATIENCE)


def test_an_article_is_uploaded_asked_and_removed_again(page: Page, server: Served, tmp_path: Path) -> None:
    article = tmp_path / "Light house.txt"
    article.write_text(HONEST_ARTICLE)
    page.get_by_role("button", name="Add articles").click()
    page.locator("#presscite-corpus-add input[type=file]").set_input_files(article)
    expect(page.locator("#presscite-corpus-add")).to_contain_text("Light house", timeout=PATIENCE)
    assert serious(page) == [], "with a file chosen, too"
    page.get_by_role("button", name="Add the files").click()
    told = page.locator("#presscite-corpus-told")
    expect(told).to_have_text("Added as Light-house.txt.", timeout=PATIENCE)
    assert (server.folder / "Light-house.txt").read_text() == HONEST_ARTICLE
    assert asked_in_the_page(page) == HONEST_ANSWER

    page.get_by_label("Search the articles").fill("Light-house")
    expect(page.locator("#presscite-corpus-table [role=status]")).to_have_text("1 to 1 of 1", timeout=PATIENCE)
    page.get_by_role("button", name="Remove articles").click()
    page.get_by_label("Of those in the table").click()
    page.get_by_role("option", name="Light-house.txt").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(told).to_contain_text("Removed Light-house.txt. It is kept as", timeout=PATIENCE)
    screenshot(page, "removed")
    assert not (server.folder / "Light-house.txt").exists()
    (kept,) = (server.index / "trash").rglob("Light-house.txt")
    assert kept.read_text() == HONEST_ARTICLE
    assert str(kept) in told.inner_text()
    assert asked_in_the_page(page) != HONEST_ANSWER


def test_a_removed_article_comes_back(page: Page, server: Served) -> None:
    page.get_by_role("button", name="Restore removed articles").click()
    page.get_by_label("Removed articles, the last ones first").click()
    page.get_by_role("option", name="Light-house.txt").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.locator("#presscite-corpus-told")).to_have_text("Restored as Light-house.txt.", timeout=PATIENCE)
    assert (server.folder / "Light-house.txt").read_text() == HONEST_ARTICLE
    expect(page.locator("#presscite-corpus-table [role=status]")).to_have_text("1 to 1 of 1", timeout=PATIENCE)
    assert answered(server) == HONEST_ANSWER
    screenshot(page, "restored")
    assert list((server.index / "trash").rglob("Light-house.txt")) == []
    (server.folder / "Light-house.txt").unlink()


def test_an_article_is_pasted(page: Page, server: Served) -> None:
    add = page.locator("#presscite-corpus-add")
    add.get_by_label("Title").fill('The "light" house')
    add.get_by_label("Outlet").fill("Sample Gazette")
    add.get_by_label("Date").fill("2022-03-01")
    add.get_by_label("Or the text of an article").fill(HONEST_ARTICLE)
    page.get_by_role("button", name="Add the article").click()
    expect(page.locator("#presscite-corpus-told")).to_have_text("Added as 2022-03-01-The-light-house.md.")
    page.get_by_label("Search the articles").fill("light 2022-03-01")
    expect(page.locator("#presscite-corpus-table tbody tr").first).to_contain_text(
        'The "light" house', timeout=PATIENCE
    )
    # Where the answer ends, "61 metres" or "61 metres tall", is the reader's to say.
    assert answered(server).startswith(HONEST_ANSWER)


def test_looking_for_changes_shows_how_far_it_is(page: Page, server: Served) -> None:
    lines = (f"Ship {n} of the harbour came in at noon with {n * 7} crates of fruit.\n\n" for n in range(4_000))
    write(server.folder / "many.txt", "".join(lines))
    page.locator("#presscite-corpus-reindex").click()
    state = page.locator("#presscite-corpus-state")
    expect(state.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE)
    expect(state).to_contain_text(re.compile(r"\d+ of \d+ files read, [\d,]+ of [\d,]+ passages embedded"))
    screenshot(page, "reindexing")
    (server.folder / "many.txt").unlink()
    page.locator("#presscite-corpus-reindex").click()
    expect(state.get_by_role("progressbar")).to_have_count(0, timeout=2 * PATIENCE)
    expect(state).to_contain_text("Articles indexed: ")


def test_a_list_is_answered_as_a_batch_is(page: Page, server: Served, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(QUESTIONS)
    open_tab(page, "List of questions")
    page.get_by_label("Or one question a line").fill(QUESTIONS)
    page.get_by_role("button", name="Answer them").click()
    expect(page.locator("#presscite-list-progress")).to_contain_text("3 of 3 answered", timeout=PATIENCE)
    rows = page.locator("#presscite-list-table tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text(HONEST_ANSWER)
    expect(rows.nth(1)).to_contain_text("Not found")
    screenshot(page, "list")
    files = []
    for name in ("JSONL", "CSV"):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=f"Download {name}").or_(
                page.get_by_role("link", name=f"Download {name}")
            ).click()
        files.append(Path(downloading.value.path()))
    library = open_library(server.folder, server.index)
    expected = tmp_path / "answers.jsonl", tmp_path / "answers.csv"
    for output in expected:
        answer_batch(read_questions(questions), output, answering_within(library, NO_FILTER), made_from="")
    assert [file.read_bytes() for file in files] == [output.read_bytes() for output in expected]


def test_a_list_is_uploaded_and_a_bad_one_is_said(page: Page, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("words\nwhy?\n")
    chooser = page.locator("#presscite-list-file input[type=file]")
    chooser.set_input_files(bad)
    expect(page.locator("#presscite-list-file")).to_contain_text("bad", timeout=PATIENCE)
    page.get_by_role("button", name="Answer them").click()
    expect(page.locator("#presscite-list-progress [role=alert]")).to_contain_text('no column "question"')


def test_problems_are_said_in_the_language_of_the_page(page: Page, server: Served) -> None:
    browser = page.context.browser
    assert browser is not None
    login: HttpCredentials = {"username": "ada", "password": PASSWORD}
    context = browser.new_context(viewport={"width": 1280, "height": 900}, http_credentials=login, locale="es-ES")
    spanish = context.new_page()
    spanish.goto(f"{server.url}?q=%C2%BFcu%C3%A1ntos%3F&outlet=None+Such")
    said = spanish.locator("#presscite-log [role=alert]")
    expect(said).to_contain_text("Ningún artículo es de un medio «None Such». Los más parecidos: ", timeout=PATIENCE)
    open_tab(spanish, "Artículos")
    left_out = spanish.locator("#presscite-corpus-left-out")
    left_out.locator("summary").first.click()
    expect(left_out.locator("li").first).to_have_text("empty.txt: está vacío. Bórrelo, o ponga en él el artículo.")
    spanish.get_by_role("button", name="Añadir artículos").click()
    spanish.get_by_role("button", name="Añadir el artículo").click()
    told = spanish.locator("#presscite-corpus-told")
    expect(told).to_have_text("El artículo no tiene texto. Péguelo y después añádalo.", timeout=PATIENCE)
    screenshot(spanish, "problems-es")
    open_tab(spanish, "Lista de preguntas")
    spanish.locator("#presscite-list-start").click()
    alert = spanish.locator("#presscite-list-progress [role=alert]")
    expect(alert).to_contain_text("No hay preguntas.", timeout=PATIENCE)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_both_tabs_at_any_width_and_light(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for name in ("Articles", "List of questions"):
        open_tab(page, name)
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        screenshot(page, f"{name.split()[0].lower()}-{scheme}-{width}")
        assert serious(page) == []
