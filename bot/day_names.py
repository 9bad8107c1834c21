"""The few forms of dates that narrowing needs: days, months and years by name or number, and weekdays."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = """
    january jan enero января январь январе|february feb febrero февраля февраль феврале|march mar marzo марта март марте
    |april apr abril апреля апрель апреле|may mayo мая май мае|june jun junio июня июнь июне
    |july jul julio июля июль июле
    |august aug agosto августа август августе|september sept sep septiembre setiembre сентября сентябрь сентябре
    |october oct octubre октября октябрь октябре|november nov noviembre ноября ноябрь ноябре
    |december dec diciembre декабря декабрь декабре
"""
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()}
_VERBS = frozenset({"may", "march"})
_SHORT = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec ene abr ago мае марте".split())
"""No months where they stand without a day or a year: "mar" is the sea in Spanish."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR_BEHIND = r"(?:,?\s+(?:de\s+|of\s+)?(?P<{}>(?:19|20)\d\d)\b)?"
_TO = r"\s*(?:-|–|—|to|and|until)\s*"
_FORMS = re.compile(
    r"\b(?:"
    r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    rf"|(?:(?P<from_day>\d{{1,2}}){_ORDINAL}{_TO})?(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+|de\s+)?(?P<month>{_NAME})\b\.?"
    + _YEAR_BEHIND.format("year")
    + rf"|(?P<month_first>{_NAME})\b\.?\s+(?P<day_first>\d{{1,2}}){_ORDINAL}(?:{_TO}(?P<to_day>\d{{1,2}}){_ORDINAL})?"
    r"(?![\d:]|[.,]\d)" + _YEAR_BEHIND.format("year_first") + rf"|(?P<month_alone>{_NAME})\b\.?"
    + _YEAR_BEHIND.format("year_alone")
    + rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    r"|(?P<bare_year>(?:19|20)\d\d)"
    r")(?!\w)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An expression in a text, and the days from `first` to `last` that it names."""

    start: int
    end: int
    first: date
    last: date


def dates_in(text: str, published: date | None) -> list[DateSpan]:
    """The dates that `text` names, in order.

    A date without a year is the latest one that is not after `published`, a weekday likewise; without a date of
    publication they are left out. So are "may" and "march" without a capital, a day or a year.
    """
    return [*_dates(text, published)]


def _dates(text: str, published: date | None) -> Iterator[DateSpan]:
    for found in _FORMS.finditer(text):
        try:
            days = _days(found, published)
        except ValueError:
            # The 31st of June.
            continue
        if days is not None:
            yield DateSpan(found.start(), found.start() + len(found[0].rstrip(" .")), *days)


def _days(found: re.Match[str], published: date | None) -> tuple[date, date] | None:
    if found["iso"]:
        day = date.fromisoformat(found["iso"])
        return day, day
    if found["bare_year"]:
        return date(int(found["bare_year"]), 1, 1), date(int(found["bare_year"]), 12, 31)
    if found["weekday"]:
        if published is None:
            return None
        back = (published.weekday() - _WEEKDAYS.index(found["weekday"].lower())) % 7
        return (published - timedelta(days=back),) * 2
    return _days_of_a_month(found, published)


def _days_of_a_month(found: re.Match[str], published: date | None) -> tuple[date, date] | None:
    name = found["month"] or found["month_first"] or found["month_alone"]
    said_year = found["year"] or found["year_first"] or found["year_alone"]
    month = MONTH_NUMBERS[name.lower()]
    is_alone = found["month_alone"] is not None and said_year is None
    no_month = is_alone and (name in _VERBS or name.lower() in _SHORT)
    if no_month or (said_year is None and published is None):
        return None
    if found["month_alone"]:
        return _month(month, published) if said_year is None and published else _whole_month(int(said_year), month)
    last = int(found["day"] or found["to_day"] or found["day_first"])
    first = int(found["from_day"] or found["day_first"] or last)
    if said_year is None and published is not None:
        year = published.year if (month, first) <= (published.month, published.day) else published.year - 1
    else:
        year = int(said_year)
    return date(year, month, first), date(year, month, last)


def _month(month: int, published: date) -> tuple[date, date]:
    return _whole_month(published.year if month <= published.month else published.year - 1, month)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
