"""The listing as HTML: the table of articles, the days they are of, and the files that could not be read."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.refreshing import RefreshState
from bot.web.markup import element, joined
from bot.web.messages import Messages
from bot.web.wording import short_day
from index.listing import FileState, ListedFile, ListingPage
from index.records import Problem

MOST_BARS = 120
"""Of the strip of days; more would be thinner than a pixel on a phone."""

MOST_WARNED = 100
"""Files that were read with something wrong with them, of which the reasons are listed."""

_COLUMNS = ("title", "outlet", "date", "language", "passages", "state")


def table_as_html(page: ListingPage, say: Messages) -> Markup:
    """One page of the listing, and which part of the whole it is."""
    if not page.entries:
        return element("p", say("articles_none"), class_="presscite-hint", role="status")
    head = joined([element("th", say(f"column_{name}"), scope="col") for name in _COLUMNS])
    body = joined([_row(entry, say) for entry in page.entries])
    first, last = page.offset + 1, page.offset + len(page.entries)
    shown = say("articles_shown", first=f"{first:,}", last=f"{last:,}", total=f"{page.total:,}")
    return joined(
        [
            scrollable(
                element("table", element("thead", element("tr", head)), element("tbody", body)), say("tab_corpus")
            ),
            element("p", shown, class_="presscite-hint", role="status"),
        ]
    )


def scrollable(table: Markup, name: str) -> Markup:
    """A table that scrolls by itself where it is wider than the page, with the keyboard, too."""
    return element("div", table, class_="presscite-table", role="region", tabindex="0", aria_label=name)


def left_out_as_html(entries: Sequence[ListedFile], total: int, say: Messages) -> Markup:
    """The files that could not be read, each with the reason; nothing if there are none."""
    if not total:
        return Markup("")
    listed = joined([element("li", say.problem(entry.problem or "") or entry.path) for entry in entries])
    more = [element("p", say("more_of_them", count=f"{total - len(entries):,}"))] if total > len(entries) else []
    summary = element("summary", say("articles_left_out", count=f"{total:,}"))
    return element("details", summary, element("ul", listed), *more, class_="presscite-left-out")


def warned_as_html(problems: Sequence[Problem], say: Messages) -> Markup:
    """The files that were read although something is wrong with them, each with what it is; nothing if there are none.

    The first MOST_WARNED are listed.
    """
    if not problems:
        return Markup("")
    listed = joined([element("li", say.problem(each.reason)) for each in problems[:MOST_WARNED]])
    more = len(problems) - MOST_WARNED
    summary = element("summary", say("articles_warned", count=f"{len(problems):,}"))
    rest = element("p", say("more_of_them", count=f"{more:,}")) if more > 0 else None
    return element("details", summary, element("ul", listed), rest, class_="presscite-left-out")


def days_as_html(days: Mapping[date, int], say: Messages) -> Markup:
    """How many articles there are of each day, week, month or year, whichever makes a strip of MOST_BARS at most."""
    if not days:
        return Markup("")
    unit, bars = _bars(days)
    most = max(bars.values())
    drawn = joined(
        [
            element(
                "span",
                # Any article at all is worth a visible bar.
                style=f"height: {max(8, round(100 * count / most)) if count else 0}%",
                title=f"{short_day(begin, say)}: {count:,}",
            )
            for begin, count in bars.items()
        ]
    )
    first, last, busiest = min(days), max(days), max(bars, key=lambda begin: bars[begin])
    summary = say(
        f"days_by_{unit}",
        count=f"{sum(days.values()):,}",
        first=short_day(first, say),
        last=short_day(last, say),
        busiest=short_day(busiest, say),
        most=f"{most:,}",
    )
    ends = [element("span", short_day(first, say)), element("span", short_day(last, say))]
    return element(
        "figure",
        element("div", drawn, class_="presscite-bars", role="img", aria_label=summary),
        element("div", *ends, class_="presscite-ends", aria_hidden="true"),
        element("figcaption", summary, class_="presscite-hint"),
        class_="presscite-strip",
    )


def progress_as_html(state: RefreshState, say: Messages) -> Markup:
    """How far the reindexing is that is running; nothing if none is."""
    progress = state.progress
    if progress is None:
        return (
            element("p", say.problem(state.problem), class_="presscite-none", role="alert")
            if state.problem
            else Markup("")
        )
    done, total = progress.files_done + progress.embedded, progress.files_to_read + progress.to_embed
    said = say(
        "reindexing",
        read=f"{progress.files_done:,}",
        to_read=f"{progress.files_to_read:,}",
        embedded=f"{progress.embedded:,}",
        to_embed=f"{progress.to_embed:,}",
    )
    bar = element("progress", value=done, max=max(total, 1), aria_label=said)
    return element("div", bar, element("p", said, class_="presscite-hint"), class_="presscite-progress")


def _row(entry: ListedFile, say: Messages) -> Markup:
    title = [element("strong", entry.title)] if entry.title else []
    name = element("td", *title, element("span", entry.path, class_="presscite-path"))
    state = say(f"state_{entry.state.name.lower()}", count=f"{entry.pending:,}")
    reason = [element("span", say.problem(entry.problem), class_="presscite-path")] if entry.problem else []
    return element(
        "tr",
        name,
        element("td", entry.outlet or ""),
        element("td", entry.published.isoformat() if entry.published else "", class_="presscite-short"),
        element("td", entry.language or ""),
        element(
            "td", f"{entry.passages:,}" if entry.state is not FileState.LEFT_OUT else "", class_="presscite-number"
        ),
        element("td", element("span", state, class_=f"presscite-state-{entry.state.name.lower()}"), *reason),
    )


def _bars(days: Mapping[date, int]) -> tuple[str, dict[date, int]]:
    """The unit of the strip and its bars in order, empty ones included, each by its first day.

    Of more than MOST_BARS years the last ones are drawn.
    """
    first, last = min(days), max(days)
    unit = next((unit for unit, (number, _) in _UNITS.items() if number(last) - number(first) < MOST_BARS), "year")
    number, first_day = _UNITS[unit]
    counts = Counter[int]()
    for day, count in days.items():
        counts[number(day)] += count
    drawn = range(max(number(first), number(last) - MOST_BARS + 1), number(last) + 1)
    return unit, {first_day(each): counts[each] for each in drawn}


_UNITS: dict[str, tuple[Callable[[date], int], Callable[[int], date]]] = {
    "day": (date.toordinal, date.fromordinal),
    # Day 1 of the calendar was a Monday.
    "week": (lambda day: (day.toordinal() - 1) // 7, lambda number: date.fromordinal(7 * number + 1)),
    "month": (lambda day: 12 * day.year + day.month - 1, lambda number: date(number // 12, number % 12 + 1, 1)),
    "year": (lambda day: day.year, lambda number: date(number, 1, 1)),
}
"""By unit, the number of the one that a day lies in, and the first day of the one that has a number."""
