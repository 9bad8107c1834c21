"""Times of day in news, and which of them may be the same."""

import pytest

from bot.language.clock_times import clock_time_in


@pytest.mark.parametrize(
    ("said", "minutes", "is_rough"),
    [
        ("4:12 a.m.", 252, False),
        ("at 4.21 am on Monday", 261, False),
        ("around 7.30 pm", 1170, True),
        ("12 a.m.", 0, True),
        ("12:05 p.m.", 725, False),
        ("16:20", 980, False),
        ("10 o'clock", 600, True),
        ("at noon", 720, True),
        ("shortly after midnight", 0, True),
        ("24:00", 0, False),
    ],
)
def test_times_of_day(said: str, minutes: int, is_rough: bool) -> None:
    found = clock_time_in(said)
    assert found is not None
    assert (found.minutes, found.is_rough) == (minutes, is_rough)


@pytest.mark.parametrize(
    "said", ["Monday", "7.30", "1.600", "2022-01-10", "20:05:10", "nine", "2.5 million", "4:75", ""]
)
def test_what_is_no_time_of_day(said: str) -> None:
    assert clock_time_in(said) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("4:12 a.m.", "4:21 a.m.", False),
        ("4:12 a.m.", "4:12 p.m.", False),
        ("4:12 a.m.", "4:12", True),
        ("4:12 a.m.", "about 4 a.m.", True),
        ("4:12 a.m.", "4:10 a.m.", True),
        ("4:12 a.m.", "5 a.m.", False),
        ("11:50 p.m.", "midnight", True),
        ("16:20", "4:20 pm", True),
        ("16:20", "4:20", True),
        ("noon", "midnight", False),
    ],
)
def test_which_times_may_be_the_same(one: str, other: str, agree: bool) -> None:
    times = clock_time_in(one), clock_time_in(other)
    assert times[0] is not None
    assert times[1] is not None
    assert times[0].agrees_with(times[1]) is agree
    assert times[1].agrees_with(times[0]) is agree
