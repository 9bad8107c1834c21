"""Expressions of dates in news text, and how each is counted from the day of publication."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from bot.language.calendar_words import (
    AGO,
    COUNTED_AFTER_YEAR,
    COUNTED_YEAR,
    DAY_MONTH,
    DAYS_FROM_PUBLICATION,
    FUTURE_AFTER,
    FUTURE_BEFORE,
    ISO,
    MONTH,
    MONTH_DAY,
    MONTHS,
    NEAR,
    NTH,
    NUMERIC,
    PERIOD,
    PERIODS,
    SPOKEN_BEFORE,
    WEEKDAY,
    WEEKDAYS,
    YEAR_BEFORE,
    YEARS,
)
from bot.language.number_words import read_number

Days = tuple[date, date]
"""The first day and the last."""

_ALMOST_CERTAIN_YEARS = range(1_900, 2_051)
"""A bare number in this range is a year unless the words around it say that it counts something."""

TEXTS_REMEMBERED = 8192
"""Sentences, clauses and passages, which question after question asks for their dates and figures."""

_MONTHS_A_YEAR = 12
_NEARBY = 60
"""Characters around a weekday in which a future tense is looked for."""


def lowered(text: str) -> str:
    """The text in lower case, with every character in its place ("İ" would become two)."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(low if len(low := each.lower()) == 1 else each for each in text)
    )


Resolver = Callable[[date | None], Days | None]
"""Gives the days for a day of publication, None if it takes one and there is none."""

DateExpression = tuple[int, int, Resolver]
"""Where it starts and ends in the text, and how it is resolved."""


@lru_cache(maxsize=TEXTS_REMEMBERED)
def date_expressions(text: str) -> tuple[DateExpression, ...]:
    """Expressions of dates, in order; of those that overlap, the one whose pattern comes first."""
    lower = lowered(text)
    found: list[DateExpression] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(lower):
            start, end = match.span()
            if all(end <= other[0] or start >= other[1] for other in found) and (
                (resolve := read(match, text, lower)) is not None
            ):
                found.append((start, end, resolve))
    return tuple(sorted(found, key=lambda each: each[:2]))


def _read_numbers(match: re.Match[str], _text: str, _lower: str) -> Resolver | None:
    """Of "2022-01-10", "10.01.2022" and "10/01/2022", where the month comes second unless it cannot."""
    parts = match.groupdict()
    year = int(parts["year"])
    if "month" in parts:
        days = _one_day(year, int(parts["month"]), int(parts["day"]))
    else:
        one, two = int(parts["one"]), int(parts["two"])
        days = _one_day(year, two, one) or (_one_day(year, one, two) if parts["by"] == "/" else None)
    return (lambda _published: days) if days else None


def _read_day_and_month(match: re.Match[str], text: str, _lower: str) -> Resolver | None:
    month = _month(match, text)
    if month is None:
        return None
    first = int(match["day"])
    last = int(match["until"] or first)

    def resolve(published: date | None) -> Days | None:
        if match["year"]:
            year = int(match["year"])
        elif published is None:
            return None
        else:
            day = _one_day(published.year, month, first)
            # An article may tell of what is planned: only what lies far ahead was a year ago.
            year = published.year - 1 if day and (day[0] - published).days > _FAR_AHEAD else published.year
        start, end = _one_day(year, month, first), _one_day(year, month, last)
        return (start[0], end[0]) if start and end and start <= end else start

    return resolve


_FAR_AHEAD = 183
"""Days, half a year: a day and month without a year is the one nearest to the publication."""


def _read_month(match: re.Match[str], text: str, lower: str) -> Resolver | None:
    month = _month(match, text)
    if month is None or (
        len(match["month"].rstrip(".")) == len("mar") and not match["year"] and match["month"] != "may"
    ):
        return None
    ambiguous = match["month"] in {"may", "march"}
    if ambiguous and not (
        match["year"] or match["which"] or match["part"] or match["turn"]
        or re.search(r"\b(?:in|of|since|until|by|from|to|during|for|before|after)\s+\Z", lower[: match.start("month")])
        or lower.strip() == match["month"]
    ):  # fmt: skip
        return None

    def resolve(published: date | None) -> Days | None:
        if match["year"]:
            year = int(match["year"])
        elif published is None:
            return None
        elif match["turn"]:
            year = published.year + PERIODS[match["turn"]][1]
        elif match["which"] == "next":
            year = published.year + (month <= published.month)
        else:
            year = published.year - (month > published.month or (match["which"] == "last" and month == published.month))
        return _part_of_month(year, month, match["part"])

    return resolve


def _read_years(match: re.Match[str], text: str, lower: str) -> Resolver | None:
    first = int(match["first"])
    plain = not (match["last"] or match["short"] or match["decade"])
    if plain and not _is_year(match, text, lower):
        return None
    last = first
    if match["last"]:
        last = int(match["last"])
    elif match["short"] and "/" in match[0] and (first + 1) % 100 != int(match["short"]):
        return None
    elif match["short"]:
        last = first // 100 * 100 + int(match["short"])
        last += 100 if last < first else 0
    elif match["decade"]:
        last = first + (99 if first % 100 == 0 and first < _CENTURIES_BEFORE else 9)
    return (lambda _published: (date(first, 1, 1), date(last, 12, 31))) if first <= last else None


_CENTURIES_BEFORE = 2_000
"""The "1800s" are a century, the "2000s" the years to 2009."""


def _is_year(match: re.Match[str], text: str, lower: str) -> bool:
    before = lower[max(0, match.start() - 16) : match.start()]
    sign_before = re.search(r"[$€£¥₸₽#+-]\s?\Z|\bno\.?\s\Z", before)
    if sign_before or COUNTED_YEAR.search(before):
        return False
    if COUNTED_AFTER_YEAR.match(lower, match.end()):
        return False
    return bool(YEAR_BEFORE.search(before)) or int(match["first"]) in _ALMOST_CERTAIN_YEARS or text.strip() == match[0]


def _read_weekday(match: re.Match[str], text: str, lower: str) -> Resolver | None:
    weekday = WEEKDAYS[match["weekday"]]
    if match["weekday"].isascii() and not text[match.start("weekday")].isupper() and match["weekday"].endswith("day"):
        return None
    which = match["which"] or ""
    after = lower[match.end() : match.end() + _NEARBY].split(". ", maxsplit=1)[0]
    before = lower[max(0, match.start() - _NEARBY) : match.start()].rsplit(". ", maxsplit=1)[-1]
    coming = which in {"next", "this coming", "el próximo"} or (
        which not in {"last", "this past", "el pasado"}
        and not SPOKEN_BEFORE.search(before)
        and bool(FUTURE_BEFORE.search(before) or FUTURE_AFTER.match(after))
    )

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        back = (published.weekday() - weekday) % 7
        if coming:
            ahead = -back % 7
            day = published + timedelta(days=ahead or (7 if which == "next" else 0))
        else:
            day = published - timedelta(days=back or (7 if which == "last" else 0))
        return day, day

    return resolve


def _read_nth(match: re.Match[str], _text: str, _lower: str) -> Resolver:
    number = int(match["day"][:-2])

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        year, month = published.year, published.month
        if number > published.day or match["month"] == "last":
            year, month = _months_on(year, month, -1)
        return _one_day(year, month, number)

    return resolve


def _read_ago(match: re.Match[str], _text: str, _lower: str) -> Resolver | None:
    if match["number"] is None:
        return lambda _published: None
    many = 1 if match["number"] in {"a", "an"} else int(read_number(match["number"]).value)
    unit = match["unit"]
    if many > _LONGEST_AGO:
        return None

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        if unit in {"day", "week"}:
            day = published - timedelta(days=many * (7 if unit == "week" else 1))
            return (day, day) if unit == "day" else _week(day)
        if unit == "month":
            return _part_of_month(*_months_on(published.year, published.month, -many), None)
        year = published.year - many * (10 if unit == "decade" else 1)
        return (date(year, 1, 1), date(year, 12, 31)) if year > 0 else None

    return resolve


_LONGEST_AGO = 400


def _read_near(match: re.Match[str], _text: str, _lower: str) -> Resolver:
    days = timedelta(days=DAYS_FROM_PUBLICATION[match[0]])
    return lambda published: None if published is None else (published + days, published + days)


def _read_period(match: re.Match[str], _text: str, _lower: str) -> Resolver:
    unit, turn = PERIODS[match[0]]

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        if unit == "week":
            return _week(published + timedelta(days=7 * turn))
        if unit == "weekend":
            is_now = turn < 0 and published.weekday() >= calendar.SATURDAY and match[0].startswith("the")
            sunday = _week(published + timedelta(days=0 if is_now else 7 * turn))[1]
            return sunday - timedelta(days=1), sunday
        if unit == "month":
            return _part_of_month(*_months_on(published.year, published.month, turn), None)
        return date(published.year + turn, 1, 1), date(published.year + turn, 12, 31)

    return resolve


_Reader = Callable[[re.Match[str], str, str], Resolver | None]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (ISO, _read_numbers),
    (NUMERIC, _read_numbers),
    (DAY_MONTH, _read_day_and_month),
    (MONTH_DAY, _read_day_and_month),
    (AGO, _read_ago),
    (NEAR, _read_near),
    (NTH, _read_nth),
    (MONTH, _read_month),
    (YEARS, _read_years),
    (PERIOD, _read_period),
    (WEEKDAY, _read_weekday),
)


def _month(match: re.Match[str], text: str) -> int | None:
    """The month's number; None for "may" and "march" in lower case, which are verbs."""
    word = match["month"].rstrip(".")
    if word in {"may", "march", "mar", "sep", "dec", "jan", "jun", "august"} and text[match.start("month")].islower():
        return None
    return MONTHS[word]


def _one_day(year: int, month: int, day: int) -> Days | None:
    if year >= 1 and 1 <= month <= _MONTHS_A_YEAR and 1 <= day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day), date(year, month, day)
    return None


def _week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    years, below = divmod(month - 1 + months, _MONTHS_A_YEAR)
    return year + years, below + 1


def _part_of_month(year: int, month: int, part: str | None) -> Days:
    end = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, end)}.get(part or "", (1, end))
    return date(year, month, first), date(year, month, last)
