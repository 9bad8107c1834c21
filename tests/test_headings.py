"""Headings: what the reader is shown before a passage, and that nothing in it is an answer."""

import numpy as np
import pytest

from bot.reader.headings import BEFORE_SHOWN, heading_of
from bot.reader.trained import TrainedReader
from bot.reader.windows import MAXIMUM_HEADING, Windower
from corpus.article import Article
from index.embedding import bundled_folder
from index.tokenising import Tokeniser

LEAD = (
    "A ferry named Amani capsized on Lake Kivu on Friday night with more than a hundred people on board, and its"
    " captain has been charged, prosecutors said. He was, they said, seen drinking before it left."
)
PASSAGE = "It was bound for Goma."


@pytest.fixture(scope="module")
def windower() -> Windower:
    return Windower(Tokeniser.from_folder(bundled_folder()), 128, 32)


@pytest.mark.parametrize(
    ("title", "before", "heading"),
    [
        ("Ferry captain charged", f"{LEAD}\n\n", f"Ferry captain charged. {LEAD.partition('. ')[2]}"),
        (
            "Ferry captain charged",
            "It sank. He was seen drinking.\n",
            "Ferry captain charged. It sank. He was seen drinking.",
        ),
        ("Who sank  the\nAmani?", "It sank.\n", "Who sank the Amani? It sank."),
        ("Ferry captain charged", "", "Ferry captain charged."),
        ("It was bound for Goma", "", ""),
        ("It sank.", "# It sank.\n\n", "# It sank."),
        ("", "", ""),
        ("", f"{'x' * 400} y ", "y"),
        ("", f"He saw {'x ' * 99}and left. Then ", f"{'x ' * 92}and left. Then".strip()),
    ],
    ids=[
        "all",
        "a sentence",
        "question",
        "first passage",
        "title in it",
        "title before it",
        "nothing",
        "long word",
        "short end",
    ],
)
def test_a_heading_is_the_title_and_what_stands_before(title: str, before: str, heading: str) -> None:
    text = f"title: not read\n{before}{PASSAGE} Nobody survived."
    start = text.index(before + PASSAGE)
    article = Article("a.txt", "text", text, "00", "utf-8", start, title)
    start += len(before)
    shown = heading_of(article, start, start + len(PASSAGE))
    assert shown == heading
    assert len(shown) <= len(title) + 2 + BEFORE_SHOWN


def test_every_window_has_the_heading_and_no_span_is_in_it(windower: Windower) -> None:
    tokeniser = windower.tokeniser
    text = "The toll rose to 164 — in «Алматы» and elsewhere. " * 20
    question, heading, passage = (each.numbers for each in tokeniser.tokens(["how many?", "Ferry sinks.", text]))
    windows = windower.windows(question, tokeniser.tokens([text])[0], heading)
    plain = windower.windows(question, tokeniser.tokens([text])[0])
    assert len(windows) > len(plain) - 1 > 2
    for window in windows:
        assert len(window.numbers) <= 128
        assert window.numbers[window.first : window.first + len(heading)].tolist() == heading.tolist()
        inside = window.numbers[window.inside]
        begin = next(n for n in range(len(passage)) if np.array_equal(passage[n : n + len(inside)], inside))
        assert len(inside) == len(window.offsets)
        assert begin == 0 or window is not windows[0]
        assert window.numbers[window.inside.stop :].tolist() == [tokeniser.end]
    covered = {place for window in windows for start, end in window.offsets for place in range(start, end)}
    assert all(place in covered for place, char in enumerate(text) if not char.isspace())
    endless = windower.window(question, tokeniser.tokens([text])[0], heading=np.tile(heading, 50))
    assert endless.heading == 32
    assert len(endless.offsets) > 64
    assert Windower(tokeniser).maximum_heading == MAXIMUM_HEADING


def test_what_the_heading_says_is_no_answer() -> None:
    reader = TrainedReader().span_reader
    passage = "The captain was drunk, the prosecutors say, and the crew had no life jackets."
    (headed,) = reader.read("How many people died on the ferry?", [passage], ["Ferry sinks, 58 dead."])
    (bare,) = reader.read("How many people died on the ferry?", [passage])
    assert headed.null_score != bare.null_score, "read anew: the heading is part of what is read"
    assert headed.spans
    assert all(0 <= span.start < span.end <= len(passage) for span in headed.spans)
    assert all("58" not in passage[span.start : span.end] for span in headed.spans)


BOAT = "When it went down, the boat was bound for Goma with a cargo of cement."


@pytest.mark.parametrize("boat", ["Amani", "Zawadi"])
def test_what_is_only_called_the_boat_is_known_by_the_heading(boat: str) -> None:
    headings = [f"Ferry {name} sinks on Lake Kivu. Divers searched for those on board." for name in ("Amani", "Zawadi")]
    readings = TrainedReader().span_reader.read(f"Where was the {boat} bound?", [BOAT, BOAT], headings)
    nothing = dict(zip(("Amani", "Zawadi"), (reading.nothing for reading in readings), strict=True))
    assert min(nothing, key=lambda name: nothing[name]) == boat
