"""The web chat in a real browser: ask, read, open, copy, mark; by mouse and keyboard, wide and narrow."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PROJECT, write
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from reverse_proxy import proxied
from served import Served, served

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
    " `${alert(1)}` {{constructor}} $x^2$ **said** &lt;he&gt;.\n"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs chromium (see CONTRIBUTING.md)"),
]


TURN = ".presscite-turn:not([aria-busy])"
FERRY = "How many passengers did the ferry carry?"
DISPUTED = "How many people died?"
DETAINED = "how many people were detained"


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("chat") / "articles"
    shutil.copytree(PROJECT / "corpus" / "articles", folder)
    write(folder / "hostile.md", HOSTILE)
    with served(folder, folder.parent / "index") as chat:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", chat.url), chat.url
        yield chat


@pytest.fixture(scope="module")
def beyond(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A chat that is told where a proxy puts it."""
    folder = PROJECT / "corpus" / "articles"
    with served(folder, tmp_path_factory.mktemp("beyond") / "index", "--root-path", "/news") as chat:
        yield chat


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or "none"))
    yield context
    context.close()
    assert hosts <= {"127.0.0.1", "none"}, "the page asked no other host"


@pytest.fixture
def page(context: BrowserContext, chat: Served) -> Page:
    return opened(context, chat.url)


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#presscite-log")).to_be_visible(timeout=30_000)
    return page


def ask(page: Page, question: str) -> Locator:
    """Ask, and wait for the answer; the turn."""
    before = page.locator(TURN).count()
    page.get_by_label("Question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(TURN)).to_have_count(before + 1, timeout=60_000)
    return page.locator(TURN).last


def screenshot(page: Page, name: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png")


def test_an_answer_is_quoted_and_opened_at_its_highlight(page: Page) -> None:
    expect(page.locator(".presscite-welcome")).to_be_visible()
    screenshot(page, "welcome")
    turn = ask(page, "Who is the new prime minister of Kazakhstan?")
    expect(turn.locator(".presscite-answer")).to_have_text("Alikhan Smailov")
    expect(turn.locator(".presscite-quote mark").first).to_have_text("Alikhan Smailov")
    expect(turn.locator(".presscite-confidence")).to_contain_text("articles")
    expect(page.locator("#presscite-open strong")).to_have_text("Alikhan Smailov")
    expect(page.locator("#presscite-article header")).to_contain_text(".md")
    expect(page.locator("#presscite-open")).to_be_in_viewport()
    expect(turn.locator(".presscite-answer")).to_be_in_viewport()
    screenshot(page, "answer")


def test_what_was_found_is_quoted_while_it_is_read(page: Page, chat: Served) -> None:
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const card = document.querySelector(".presscite-turn[aria-busy] .presscite-provisional blockquote");
            if (card) window.seen.push([card.innerText, card.closest(".presscite-turn").innerText]);
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    turn = ask(page, "What did the ministry of health say about the people who were wounded in January?")
    expect(turn.locator(".presscite-provisional")).to_have_count(0)
    seen = page.evaluate("window.seen")
    assert seen, "it was shown before the answer"
    quoted, whole = seen[0]
    assert "not yet the answer" in whole
    articles = (" ".join(path.read_text(encoding="utf-8").split()) for path in chat.folder.glob("*.md"))
    assert any(quoted in article for article in articles)


def test_a_card_opens_its_article_and_the_next_quote_follows(page: Page) -> None:
    turn = ask(page, DISPUTED)
    card = turn.locator(".presscite-quote:visible").nth(1)
    said = card.locator("mark").inner_text()
    card.locator("blockquote").click()
    expect(page.locator("#presscite-open strong")).to_have_text(said)
    expect(page.locator("#presscite-opened")).to_be_focused()
    expect(page.locator("#presscite-open")).to_be_in_viewport()
    place = page.locator(".presscite-count").inner_text()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".presscite-count")).not_to_have_text(place)
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#presscite-open strong")).to_have_text(said)
    assert page.locator(".presscite-text mark").count() > 1, "all quotes of the answer are marked in it"


def test_what_articles_say_differently_stands_side_by_side(page: Page) -> None:
    turn = ask(page, DISPUTED)
    expect(turn.locator(".presscite-disputed")).to_be_visible()
    positions = turn.locator(".presscite-position")
    first, second = positions.nth(0).bounding_box(), positions.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    disputed = turn.locator(".presscite-positions:not(.presscite-also) .presscite-position")
    days = [each.get_attribute("datetime") or "" for each in disputed.locator(".presscite-when time").all()]
    assert days == sorted(days, reverse=True), "the newest first"
    screenshot(page, "disputed")
    chart = page.locator("#presscite-chart svg")
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_in_viewport()
    page.wait_for_timeout(500)
    screenshot(page, "chart")
    ask(page, FERRY)
    expect(chart).to_have_count(0)


def test_not_found_says_so_and_folds_the_closest(page: Page) -> None:
    turn = ask(page, "Who won the football world cup?")
    expect(turn.locator(".presscite-none")).to_contain_text("Not found")
    what_can_be_asked = turn.locator(".presscite-hint:visible")
    expect(what_can_be_asked.first).to_contain_text("a person or a place by name")
    expect(what_can_be_asked.nth(1)).to_contain_text("Outlets: ")
    expect(turn.locator(".presscite-quote").first).to_be_hidden()
    turn.locator("summary", has_text="The closest passages").click()
    expect(turn.locator(".presscite-quote").first).to_be_visible()
    screenshot(page, "not-found")


def test_a_follow_up_is_shown_as_it_was_understood_and_can_be_put_right(page: Page) -> None:
    ask(page, "how many people died in Almaty?")
    turn = ask(page, "and wounded?")
    understood = turn.get_by_label("Understood as")
    expect(understood).to_have_value(re.compile("wounded.* in Almaty"))
    understood.fill(FERRY)
    understood.press("Enter")
    expect(page.locator(TURN)).to_have_count(3, timeout=60_000)
    expect(page.locator(".presscite-answer").last).to_have_text("482")
    screenshot(page, "follow-up")


def test_a_link_asks_again_with_its_filters(page: Page, context: BrowserContext, chat: Served) -> None:
    ask(page, FERRY)
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url == f"{chat.url}?q=How+many+passengers+did+the+ferry+carry%3F"
    other = opened(context, f"{chat.url}?q=How+many+soldiers+did+the+alliance+send%3F&until=2022-01-10")
    expect(other.locator(".presscite-notes")).to_contain_text("Only articles up to 10 January 2022.", timeout=60_000)
    other.get_by_role("button", name="Only some articles").click()
    expect(other.get_by_label("Until (YYYY-MM-DD)")).to_have_value("2022-01-10")
    assert other.url.endswith("&until=2022-01-10")
    unknown = opened(context, f"{chat.url}?q=who%3F&since=yesterday")
    expect(unknown.locator(".presscite-none")).to_contain_text("yesterday", timeout=60_000)


def test_filters_narrow_what_is_asked(page: Page) -> None:
    page.get_by_role("button", name="Only some articles").click()
    page.get_by_label("Outlet", exact=True).fill("sample wire")
    turn = ask(page, "how many detainees?")
    expect(turn.locator(".presscite-notes")).to_contain_text("Sample Wire")
    sources = turn.locator(".presscite-quote .presscite-source").all_text_contents()
    assert sources
    assert [source for source in sources if not source.startswith("Sample Wire,")] == []
    screenshot(page, "filters")


def test_an_answer_is_copied_with_its_citations(page: Page) -> None:
    turn = ask(page, FERRY)
    for choice, begins in (
        ("With sources, as text", f"{FERRY}\n482\n\n“The <script>"),
        ("With sources, as Markdown", f"{FERRY}\n\n**482**\n\n> The \\<script\\>"),
        ("With footnotes", f"{FERRY} 482 [1]\n\n[1] "),
    ):
        turn.locator("summary", has_text="Copy").click()
        turn.get_by_role("button", name=choice).click()
        expect(page.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)


def test_a_mark_lands_beside_the_index(page: Page, chat: Served) -> None:
    turn = ask(page, FERRY)
    turn.get_by_role("button", name="Right", exact=True).click()
    expect(turn.get_by_role("button", name="Right", exact=True)).to_have_attribute("aria-pressed", "true")
    marked = chat.index / "marked" / "questions.jsonl"
    row = json.loads(marked.read_text(encoding="utf-8").split("\n")[0])
    assert (row["question"], row["answers"], row["articles"]) == (FERRY, ["482"], ["hostile.md"])
    turn.get_by_role("button", name="Wrong").click()
    expect(turn.locator(".presscite-wrong")).to_be_in_viewport()
    screenshot(page, "wrong")
    turn.get_by_label("Or in the article's own words").fill("483 or so")
    page.keyboard.press("Enter")
    expect(turn.get_by_text("Noted beside the index")).to_be_visible()
    row = json.loads(marked.read_text(encoding="utf-8").split("\n")[0])
    assert row["answers"] == ["483 or so"]


def test_hostile_articles_and_questions_are_text(page: Page) -> None:
    turn = ask(page, FERRY)
    shown = (
        "<script>document.title='owned'</script> ferry carried 482 passengers,"
        " `${alert(1)}` {{constructor}} $x^2$ **said** &lt;he&gt;."
    )
    expect(page.locator("#presscite-open")).to_contain_text(shown)
    expect(turn.locator(".presscite-quote")).to_contain_text(shown)
    expect(page.locator("#presscite-opened")).to_have_text("<img src=x onerror=alert(1)> a title")
    assert page.title() == "Presscite"
    asked = "<b>who</b> **said** $x$ <img src=x onerror=alert(1)> ${1+1} {{1+1}}?"
    turn = ask(page, asked)
    expect(turn.locator(".presscite-asked")).to_have_text(asked)
    assert page.locator("#presscite-log img, #presscite-log b, #presscite-earlier img").count() == 0
    screenshot(page, "hostile")


def test_conversations_are_kept_and_opened_again(page: Page) -> None:
    ask(page, FERRY)
    ask(page, "Who won the football world cup?")
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator(TURN)).to_have_count(2, timeout=60_000)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".presscite-welcome")).to_be_visible()
    assert "?q=" not in page.url
    ask(page, "How many soldiers did the alliance send?")
    page.locator("summary", has_text="Earlier conversations (2)").click()
    screenshot(page, "earlier")
    page.get_by_role("button", name=FERRY).click()
    expect(page.locator(TURN)).to_have_count(2, timeout=60_000)
    expect(page.locator(".presscite-asked").first).to_have_text(FERRY)
    page.locator("summary", has_text="Earlier conversations (2)").click()
    page.get_by_role("button", name="Forget all of them").click()
    expect(page.locator("summary", has_text="Earlier conversations")).to_have_count(0)


def test_a_search_can_be_stopped(page: Page, chat: Served) -> None:
    # None of them like another: what is embedded once would be embedded before anybody can stop it.
    lines = (f"Line {number} is about the weather in the harbour on day {number}.\n" for number in range(3_000))
    write(chat.folder / "many.txt", "".join(lines))
    page.get_by_label("Question").fill("What did the keeper say?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before there was an answer.")).to_be_visible()
    expect(page.get_by_label("Question")).to_have_value("What did the keeper say?")
    (chat.folder / "many.txt").unlink()
    turn = ask(page, FERRY)
    expect(turn.locator(".presscite-answer")).to_have_text("482")
    expect(page.locator(TURN)).to_have_count(1)


def test_an_article_added_edited_and_deleted_while_it_runs(page: Page, chat: Served) -> None:
    note = page.locator("#presscite-note")
    count = len([*chat.folder.iterdir()])
    write(chat.folder / "new.txt", "The lighthouse of Ostrava is 61 metres tall, its keeper said.\n")
    turn = ask(page, "How tall is the lighthouse?")
    expect(turn.locator(".presscite-answer")).to_have_text("61 metres")
    expect(note).to_contain_text(f"Articles indexed: {count + 1}")
    write(chat.folder / "new.txt", "The lighthouse of Ostrava is 59 metres tall, its keeper said.\n", age=30)
    page.get_by_role("button", name="Look for changes").click()
    page.wait_for_timeout(3_000)
    turn.locator(".presscite-open").first.click()
    expect(page.locator("#presscite-article")).to_contain_text("has changed since it was quoted")
    expect(ask(page, "How tall is the lighthouse?").locator(".presscite-answer")).to_have_text("59 metres")
    (chat.folder / "new.txt").unlink()
    page.get_by_role("button", name="Look for changes").click()
    expect(note).to_contain_text(f"Articles indexed: {count}", timeout=15_000)


def test_on_a_phone_the_article_slides_over_and_closes(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    turn = ask(page, FERRY)
    expect(page.locator("#presscite-reading")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.emulate_media(color_scheme="dark")
    screenshot(page, "narrow")
    turn.locator(".presscite-quote blockquote").click()
    expect(page.locator("#presscite-open")).to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(300)
    screenshot(page, "narrow-article")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#presscite-reading') !== null"), "what is behind is inert"
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#presscite-reading")).to_be_hidden()
    expect(turn.locator(".presscite-open")).to_be_focused()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    expect(page.get_by_label("Question")).to_be_focused()
    page.keyboard.type(FERRY)
    page.keyboard.press("Enter")
    expect(page.locator(TURN)).to_have_count(1, timeout=60_000)
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.presscite-open')"):
            break
    card = page.locator(".presscite-open").first
    expect(card).to_be_focused()
    assert card.evaluate("element => getComputedStyle(element).outlineStyle") == "solid", "the focus is seen"
    page.keyboard.press("Enter")
    expect(page.locator("#presscite-opened")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_focused()
    page.locator("summary", has_text="Copy").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "label", "language", "note"),
    [
        ("es-ES", "Pregunta", "es", "Solo artículos de Sample Wire."),
        ("ru-RU", "Вопрос", "ru", "Только статьи (издание: Sample Wire)"),
        ("ko-KR", "질문", "ko", "다음 기사만 찾음 (언론사: Sample Wire)"),
        ("fr-FR", "Question", "en", "Only articles by Sample Wire."),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(
    browser: Browser, chat: Served, locale: str, label: str, language: str, note: str
) -> None:
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 800})
    page = opened(context, chat.url)
    expect(page.get_by_label(label, exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_label(label, exact=True).fill(DISPUTED)
    page.keyboard.press("Enter")
    expect(page.locator(TURN)).to_have_count(1, timeout=60_000)
    screenshot(page, f"language-{language}")
    page.get_by_label(label, exact=True).fill(f"{DETAINED} on 10 January, according to Sample Wire")
    page.keyboard.press("Enter")
    expect(page.locator(TURN)).to_have_count(2, timeout=60_000)
    expect(page.locator(".presscite-notes").first).to_have_text(note)
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, chat: Served, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context, chat.url)
    assert serious(page) == []
    ask(page, DISPUTED)
    ask(page, "and wounded?")
    turn = ask(page, FERRY)
    turn.get_by_role("button", name="Wrong").click()
    expect(turn.locator(".presscite-wrong")).to_be_visible()
    page.wait_for_timeout(500)
    screenshot(page, f"axe-{scheme}-{width}")
    assert serious(page) == []
    if width < 900:
        turn.locator(".presscite-open").first.click()
        page.wait_for_timeout(500)
        assert serious(page) == []
    context.close()


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_a_question_does_not_wait_for_somebody_elses_indexing(page: Page, chat: Served) -> None:
    with Store(chat.index).lock(0):
        turn = ask(page, FERRY)
    expect(turn.locator(".presscite-answer")).to_have_text("482")


@pytest.mark.parametrize("takes_off", [True, False], ids=["path taken off", "path left on"])
def test_behind_a_reverse_proxy_it_is_all_under_its_path(
    context: BrowserContext, beyond: Served, *, takes_off: bool
) -> None:
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).path))
    with proxied(beyond.port, "/news", takes_off=takes_off) as url:
        page = opened(context, url)
        turn = ask(page, "Who is the new prime minister of Kazakhstan?")
        expect(turn.locator(".presscite-answer")).to_have_text("Alikhan Smailov")
        expect(page.locator("#presscite-open strong")).to_have_text("Alikhan Smailov")
        assert page.url.startswith(f"{url}?q=Who+is+the+new")
        page.reload()
        expect(page.locator(".presscite-answer")).to_have_text("Alikhan Smailov", timeout=60_000)
        page.get_by_role("tab", name="List of questions").click()
        page.get_by_label("Or one question a line").fill(DETAINED)
        page.get_by_role("button", name="Answer them").click()
        expect(page.locator("#presscite-list-progress")).to_contain_text("1 of 1 answered", timeout=60_000)
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Download CSV").or_(page.get_by_role("button", name="Download CSV")).click()
        assert DETAINED in Path(downloading.value.path()).read_text(encoding="utf-8")
        page.close()
    assert [path for path in asked if not path.startswith("/news/")] == []
