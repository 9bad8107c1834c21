from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import DateSpan, date_of, dates_in, is_date_alone

MONDAY = date(2022, 1, 10)
"""The day of publication in most of the cases: Monday, 10 January 2022."""

DAY_BY_DAY = [
    ("10 January", "10 January", "2022-01-10", "2022-01-10"),
    ("10 January 2022", "10 January 2022", "2022-01-10", "2022-01-10"),
    ("10th January 2022", "10th January 2022", "2022-01-10", "2022-01-10"),
    ("January 10", "January 10", "2022-01-10", "2022-01-10"),
    ("January 10, 2022", "January 10, 2022", "2022-01-10", "2022-01-10"),
    ("Jan. 6", "Jan. 6", "2022-01-06", "2022-01-06"), ("Jan 6, 2021", "Jan 6, 2021", "2021-01-06", "2021-01-06"),
    ("the 5th of January", "the 5th of January", "2022-01-05", "2022-01-05"),
    ("Sunday, January 9", "Sunday, January 9", "2022-01-09", "2022-01-09"),
    ("Tuesday 8th April, 2014", "Tuesday 8th April, 2014", "2014-04-08", "2014-04-08"),
    ("2-11 January", "2-11 January", "2022-01-02", "2022-01-11"),
    ("from 2 to 11 January 2022", "2 to 11 January 2022", "2022-01-02", "2022-01-11"),
    ("January 5 and 6", "January 5 and 6", "2022-01-05", "2022-01-06"),
    ("2022-01-10", "2022-01-10", "2022-01-10", "2022-01-10"),
    ("2022/01/10", "2022/01/10", "2022-01-10", "2022-01-10"),
    ("10.01.2022", "10.01.2022", "2022-01-10", "2022-01-10"),
    ("10/01/2022", "10/01/2022", "2022-01-10", "2022-01-10"),
    ("01/23/2022", "01/23/2022", "2022-01-23", "2022-01-23"),
    ("30 December", "30 December", "2021-12-30", "2021-12-30"),
    ("19 January", "19 January", "2022-01-19", "2022-01-19"), ("1 March", "1 March", "2022-03-01", "2022-03-01"),
    ("May 9", "May 9", "2022-05-09", "2022-05-09"),
    ("29 February 2020", "29 February 2020", "2020-02-29", "2020-02-29"),
    ("January 2022", "January 2022", "2022-01-01", "2022-01-31"),
    ("in January", "January", "2022-01-01", "2022-01-31"), ("In December", "December", "2021-12-01", "2021-12-31"),
    ("in May", "May", "2021-05-01", "2021-05-31"), ("last December", "last December", "2021-12-01", "2021-12-31"),
    ("next March", "next March", "2022-03-01", "2022-03-31"),
    ("August last year", "August last year", "2021-08-01", "2021-08-31"),
    ("early January 2022", "early January 2022", "2022-01-01", "2022-01-10"),
    ("mid-December", "mid-December", "2021-12-11", "2021-12-20"),
    ("late February 2020", "late February 2020", "2020-02-21", "2020-02-29"),
    ("2019", "2019", "2019-01-01", "2019-12-31"), ("since 1991.", "1991", "1991-01-01", "1991-12-31"),
    ("from 1989 to 2019", "1989 to 2019", "1989-01-01", "2019-12-31"),
    ("1989-2019", "1989-2019", "1989-01-01", "2019-12-31"), ("2021-22", "2021-22", "2021-01-01", "2022-12-31"),
    ("2021/22", "2021/22", "2021-01-01", "2022-12-31"), ("the 1990s", "1990s", "1990-01-01", "1999-12-31"),
    ("the 1800s", "1800s", "1800-01-01", "1899-12-31"), ("in 1848", "1848", "1848-01-01", "1848-12-31"),
    ("in 2030", "2030", "2030-01-01", "2030-12-31"), ("today", "today", "2022-01-10", "2022-01-10"),
    ("yesterday", "yesterday", "2022-01-09", "2022-01-09"), ("tomorrow", "tomorrow", "2022-01-11", "2022-01-11"),
    ("last night", "last night", "2022-01-09", "2022-01-09"),
    ("the day before yesterday", "the day before yesterday", "2022-01-08", "2022-01-08"),
    ("on Monday", "Monday", "2022-01-10", "2022-01-10"), ("on Sunday", "Sunday", "2022-01-09", "2022-01-09"),
    ("last Monday", "last Monday", "2022-01-03", "2022-01-03"),
    ("next Monday", "next Monday", "2022-01-17", "2022-01-17"),
    ("next Tuesday", "next Tuesday", "2022-01-11", "2022-01-11"),
    ("on the 2nd", "on the 2nd", "2022-01-02", "2022-01-02"), ("the 28th", "the 28th", "2021-12-28", "2021-12-28"),
    ("on the 5th of this month", "on the 5th of this month", "2022-01-05", "2022-01-05"),
    ("on the 5th of last month", "on the 5th of last month", "2021-12-05", "2021-12-05"),
    ("last week", "last week", "2022-01-03", "2022-01-09"), ("this week", "this week", "2022-01-10", "2022-01-16"),
    ("next week", "next week", "2022-01-17", "2022-01-23"),
    ("last weekend", "last weekend", "2022-01-08", "2022-01-09"),
    ("this weekend", "this weekend", "2022-01-15", "2022-01-16"),
    ("last month", "last month", "2021-12-01", "2021-12-31"), ("this year", "this year", "2022-01-01", "2022-12-31"),
    ("last year", "last year", "2021-01-01", "2021-12-31"),
    ("two days ago", "two days ago", "2022-01-08", "2022-01-08"),
    ("3 days ago", "3 days ago", "2022-01-07", "2022-01-07"),
    ("a week ago", "a week ago", "2022-01-03", "2022-01-09"),
    ("two months ago", "two months ago", "2021-11-01", "2021-11-30"),
    ("three years ago", "three years ago", "2019-01-01", "2019-12-31"),
    ("a decade ago", "a decade ago", "2012-01-01", "2012-12-31"),
    ("10 de enero de 2022", "10 de enero de 2022", "2022-01-10", "2022-01-10"),
    ("el lunes", "el lunes", "2022-01-10", "2022-01-10"), ("ayer", "ayer", "2022-01-09", "2022-01-09"),
    ("la semana pasada", "la semana pasada", "2022-01-03", "2022-01-09"),
    ("10 января 2022 года", "10 января 2022 года", "2022-01-10", "2022-01-10"),
    ("в воскресенье", "воскресенье", "2022-01-09", "2022-01-09"), ("вчера", "вчера", "2022-01-09", "2022-01-09"),
    ("5 января", "5 января", "2022-01-05", "2022-01-05"),
    ("в прошлом году", "в прошлом году", "2021-01-01", "2021-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "first", "last"), DAY_BY_DAY)
def test_the_days_that_an_expression_names(text: str, said: str, first: str, last: str) -> None:
    found = dates_in(text, MONDAY)
    assert [(text[each.start : each.end], each.first.isoformat(), each.last.isoformat()) for each in found] == [
        (said, first, last)
    ]


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("On Tuesday, the Kazakh president is due to present the new government", MONDAY, "2022-01-11"),
        ("On Monday the food factories are to begin working again.", date(2022, 1, 8), "2022-01-10"),
        ("Troops will start to leave on Thursday.", date(2022, 1, 11), "2022-01-13"),
        ("He said on Monday that Russian troops will soon leave the country.", date(2022, 1, 11), "2022-01-10"),
        ("The ministry said on Sunday that talks are due to begin.", MONDAY, "2022-01-09"),
        ("The riots ended on Friday. The army will leave.", MONDAY, "2022-01-07"),
        ("Parliament meets next Monday.", date(2022, 1, 7), "2022-01-10"),
        ("residents poured out on the 31st, when", date(2022, 1, 10), "2021-12-31"),
        ("He arrived on 30 December.", date(2022, 1, 2), "2021-12-30"),
        ("The vote is on 2 January.", date(2021, 12, 30), "2021-01-02"),
    ],
)
def test_weekdays_and_days_by_the_day_of_publication(text: str, published: date, day: str) -> None:
    assert [each.first.isoformat() for each in dates_in(text, published)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "2,030 soldiers", "2030 soldiers", "more than 2000", "killed 1900 people", "they may 5 times",
        "march 5 miles", "the 2nd floor", "the 2nd Battalion", "$2000", "2000 tenge", "31 people", "10:30", "1-3",
        "8,000", "the second person", "30 February 2022", "1.2022", "Article 5", "may", "sunday's best", "13/13/2022",
        "2023 people", "no date at all",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text, MONDAY) == []


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    text = "On Monday, on the 2nd, on 5 January, last week, in May, two years ago; but 10 January 2022, May 2021, 2019."
    assert [text[each.start : each.end] for each in dates_in(text, None)] == ["10 January 2022", "May 2021", "2019"]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("**2 January.**", True), ("Monday, 3 January 2022 –", True), ("On 2 January people met.", False),
        ("January is cold.", False), ("", False), ("1.", False),
    ],
)  # fmt: skip
def test_a_date_that_heads_an_entry_stands_alone(text: str, *, alone: bool) -> None:
    assert is_date_alone(text) is alone


def test_the_date_of_an_answer() -> None:
    found = date_of("between 2 and 11 January 2022", None)
    assert found is not None
    assert (found.first, found.last) == (date(2022, 1, 2), date(2022, 1, 11))
    assert date_of("more than 8,000", MONDAY) is None
    assert date_of("Monday", None) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("10 January 2022", "on Monday", True), ("January 2022", "10 January", True), ("2022", "last week", True),
        ("yesterday", "Sunday", True), ("2019", "from 1989 to 2019", True), ("2 January", "on the 2nd", True),
        ("10 January 2022", "10 January 2021", False), ("2019", "2020", False), ("last week", "on Monday", False),
        ("2 January", "on the 3rd", False),
    ],
)  # fmt: skip
def test_dates_agree_where_their_days_overlap(one: str, other: str, agree: bool) -> None:
    first, second = date_of(one, MONDAY), date_of(other, MONDAY)
    assert first is not None
    assert second is not None
    assert first.agrees_with(second) is second.agrees_with(first) is agree


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2050, 12, 31))


@given(DAYS, DAYS)
def test_however_a_day_is_written_it_is_that_day(day: date, published: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y", "%b %d, %Y"):
        text = f"It was on {day.strftime(form)} that it happened."
        assert [(each.first, each.last) for each in dates_in(text, published)] == [(day, day)]


@given(DAYS)
def test_weekdays_without_more_are_in_the_last_seven_days(published: date) -> None:
    for text in ("Monday", "Wednesday", "Sunday"):
        found = date_of(f"It happened on {text}.", published)
        assert found is not None
        assert found.first.strftime("%A") == text
        assert timedelta(0) <= published - found.first < timedelta(days=7)


@given(st.text(alphabet="0123456789 .,-/agoMondyJanurythe2ndlastweek:\xa0İ\n", max_size=60), st.none() | DAYS)
def test_dates_are_spans_in_order_whatever_the_text(text: str, published: date | None) -> None:
    found = dates_in(text, published)
    assert all(isinstance(each, DateSpan) and 0 <= each.start < each.end <= len(text) for each in found)
    assert all(each.first <= each.last for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
