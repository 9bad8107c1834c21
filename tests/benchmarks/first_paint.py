"""How long a fresh `presscite chat` takes to show its page, and to give its first answers, in Chromium.

    python tests/benchmarks/first_paint.py [--runs 3]

Prints one table, in milliseconds: medians over runs, each with a server and a browser of its own. First and largest
paint are those of the Paint Timing and Largest Contentful Paint interfaces of the W3C; "ready" is when the page can be
typed into, counted from the request. The index is made beforehand, as it is for a person who comes back.
"""

import argparse
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from conftest import PROJECT, command
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TURN = ".presscite-turn:not([aria-busy])"

_PAINTS = """
() => new Promise((done) => {
  const paints = performance.getEntriesByType("paint");
  new PerformanceObserver((list) => {
    const largest = list.getEntries().at(-1).startTime;
    done([paints.find((each) => each.name === "first-contentful-paint").startTime, largest]);
  }).observe({ type: "largest-contentful-paint", buffered: true });
})
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as temporary:
        folder, index = Path(temporary) / "articles", Path(temporary) / "index"
        shutil.copytree(PROJECT / "corpus" / "articles", folder)
        subprocess.run(command("index", "--corpus", folder, "--index", index), check=True, capture_output=True)
        measured = [one_run(folder, index) for _ in range(runs)]
    print(f"{'what':<42} {'median':>8} {'least':>8} {'most':>8}")
    for name in measured[0]:
        values = [run[name] for run in measured]
        print(f"{name:<42} {statistics.median(values):>8.0f} {min(values):>8.0f} {max(values):>8.0f}")


def one_run(folder: Path, index: Path) -> dict[str, float]:
    begun = time.perf_counter()
    start = command("chat", "--no-open", "--corpus", folder, "--index", index)
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        started = 1000 * (time.perf_counter() - begun)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                return {"from the command until it serves": started, **in_the_browser(page, url)}
        finally:
            process.send_signal(signal.SIGINT)


def in_the_browser(page: Page, url: str) -> dict[str, float]:
    figures = {"page ready to type in": timed(lambda: visit(page, url))}
    figures["first contentful paint"], figures["largest contentful paint"] = page.evaluate(_PAINTS)
    figures["question shown"] = timed(lambda: ask(page, "How many people died?", ".presscite-turn"))
    answered = timed(lambda: page.wait_for_selector(TURN, timeout=120_000))
    figures["first answer, counts compared"] = figures["question shown"] + answered
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector(".presscite-welcome")
    figures["second answer"] = timed(lambda: ask(page, "Who was nominated as prime minister?", TURN))
    page.wait_for_selector("#presscite-open")
    figures["page again, cached"] = timed(lambda: visit(page, url))
    link = f"{url}?q=Who+was+nominated+as+prime+minister%3F"
    figures["a shared link, until its answer"] = timed(lambda: page.goto(link) and page.wait_for_selector(TURN))
    return figures


def visit(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".presscite-welcome")


def ask(page: Page, question: str, until: str) -> None:
    page.get_by_label("Question").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(until, timeout=120_000)


def timed(action: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
