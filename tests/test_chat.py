"""The web chat in a real browser: ask, see the quote, see the highlight; and no other host is asked."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import PROJECT, command, write
from playwright.sync_api import Page, expect, sync_playwright

from index.store import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OUTPUT = PROJECT / "tests" / "output"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HOSTILE = (
    '---\ntitle: "<img src=x onerror=alert(1)> a title"\noutlet: "**Sample** <b>Gazette</b>"\n---\n\n'
    "The <script>document.title='owned'</script> ferry carried 482 passengers,"
    " `${alert(1)}` $x^2$ **said** &lt;he&gt;.\n"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs chromium (see CONTRIBUTING.md)"),
]


class Chat:
    """A chat over a folder, and the folder."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = tmp_path_factory.mktemp("chat") / "articles"
    shutil.copytree(PROJECT / "corpus" / "articles", folder)
    write(folder / "hostile.md", HOSTILE)
    start = command("chat", "--no-open", "--corpus", folder, "--index", folder.parent / "index")
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url), url
        yield Chat(folder, url)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, "Ctrl-C is clean"


@pytest.fixture(scope="module")
def page(chat: Chat) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        hosts: set[str] = set()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or "none"))
        page.goto(chat.url)
        yield page
        assert hosts <= {"127.0.0.1", "none"}, "the page asked no other host"
        browser.close()


def ask(page: Page, question: str) -> None:
    before = page.locator("#presscite-chat .presscite-answer, #presscite-chat .presscite-none").count()
    page.get_by_label("Question").fill(question)
    page.keyboard.press("Enter")
    answers = page.locator("#presscite-chat .presscite-answer, #presscite-chat .presscite-none")
    expect(answers).to_have_count(before + 1, timeout=60_000)


def screenshot(page: Page, name: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png")


def test_an_answer_is_quoted_and_opened_at_its_highlight(page: Page) -> None:
    ask(page, "how many detainees?")
    expect(page.locator(".presscite-answer").last).to_have_text("more than 8,000")
    expect(page.locator(".presscite-quote mark").first).to_have_text("more than 8,000")
    expect(page.locator(".presscite-quote footer").first).to_contain_text("Sample Radio Tulip, 2022-01-10")
    opened = page.locator("#presscite-open")
    expect(opened).to_contain_text("there are now more than 8,000 detainees")
    expect(opened.locator("strong")).to_have_text("more than 8,000")
    expect(page.locator("#presscite-source")).to_contain_text("2022-01-10-sample-radio-tulip-attempted-coup.md")
    page.wait_for_timeout(2500)
    expect(opened).to_be_in_viewport()
    expect(page.locator(".presscite-answer").last).to_be_in_viewport()
    screenshot(page, "answer")


def test_another_quote_opens_its_article(page: Page) -> None:
    second = page.locator("#presscite-chat .presscite-quote").nth(1)
    said, source = second.locator("mark").inner_text(), second.locator("footer").inner_text().split(" · ")[0]
    assert said != "more than 8,000"
    page.get_by_role("radio").nth(1).check()
    expect(page.locator("#presscite-open strong")).to_have_text(said)
    expect(page.locator("#presscite-source")).to_contain_text(source)


def test_not_found_says_so_and_folds_the_closest(page: Page) -> None:
    ask(page, "Who won the football world cup?")
    expect(page.locator(".presscite-none").last).to_contain_text("Not found")
    expect(page.locator("details summary").last).to_have_text("The closest passages")
    screenshot(page, "not-found")


def test_hostile_articles_are_text(page: Page) -> None:
    ask(page, "How many passengers did the ferry carry?")
    expect(page.locator(".presscite-answer").last).to_have_text("482")
    shown = (
        "<script>document.title='owned'</script> ferry carried 482 passengers, `${alert(1)}` $x^2$ **said** &lt;he&gt;."
    )
    expect(page.locator("#presscite-open")).to_contain_text(shown)
    expect(page.locator(".presscite-quote").last).to_contain_text(shown)
    expect(page.locator("#presscite-source h3")).to_have_text("<img src=x onerror=alert(1)> a title")
    assert page.title() == "Presscite"
    ask(page, "<b>who</b> **said** $x$ <img src=x>?")
    expect(page.locator("#presscite-chat")).to_contain_text("<b>who</b> **said** $x$ <img src=x>?")
    screenshot(page, "hostile")


def test_an_article_added_edited_and_deleted_while_it_runs(page: Page, chat: Chat) -> None:
    expect(page.locator("#presscite-note")).to_contain_text("21 articles indexed")
    write(chat.folder / "new.txt", "The lighthouse of Ostrava is 61 metres tall, its keeper said.\n")
    ask(page, "How tall is the lighthouse?")
    expect(page.locator(".presscite-answer").last).to_have_text("61 metres")
    expect(page.locator("#presscite-note")).to_contain_text("22 articles indexed")
    write(chat.folder / "new.txt", "The lighthouse of Ostrava is 59 metres tall, its keeper said.\n", age=30)
    ask(page, "How tall is the lighthouse?")
    expect(page.locator(".presscite-answer").last).to_have_text("59 metres")
    (chat.folder / "new.txt").unlink()
    ask(page, "How tall is the lighthouse of Ostrava?")
    expect(page.locator("#presscite-note")).to_contain_text("21 articles indexed")
    expect(page.locator("#presscite-open")).not_to_contain_text("lighthouse")


def test_the_button_takes_up_what_has_changed(page: Page, chat: Chat) -> None:
    write(chat.folder / "newer.txt", "The lighthouse of Ostrava is 61 metres tall, its keeper said.\n")
    page.get_by_role("button", name="Reindex").click()
    expect(page.locator("#presscite-note")).to_contain_text("22 articles indexed")
    (chat.folder / "newer.txt").unlink()
    page.get_by_role("button", name="Reindex").click()
    expect(page.locator("#presscite-note")).to_contain_text("21 articles indexed")


def test_a_narrow_page_in_the_dark(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    screenshot(page, "narrow")


def test_a_question_does_not_wait_for_somebody_elses_indexing(page: Page, chat: Chat) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    with Store(chat.folder.parent / "index").lock(0):
        ask(page, "how many detainees?")
    expect(page.locator(".presscite-answer").last).to_contain_text("8,000")
