"""Days, notes, changes and limits in the page's language (Unicode's CLDR, by Babel); articles' words stay theirs."""

from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from bot.answer import FigureChange, Limits
from bot.notes import Days, DaysFirst, NoMention, Note, OnlyArticles, OtherForms, WordsOf
from bot.web.messages import Messages

_LOCALES = {"en": "en_001"}
"""Of a language that writes dates in several ways: English as the world writes it, the day first."""


def short_day(day: date, say: Messages) -> str:
    """A day for a card or a column: "10 Jan 2022", "10 ene 2022"."""
    return str(format_date(day, "medium", _locale(say)))


def long_day(day: date, say: Messages) -> str:
    """A day within a sentence: "10 January 2022", "2022년 1월 10일"."""
    return str(format_date(day, "long", _locale(say)))


def note_in_words(note: Note, say: Messages) -> str:
    """A note as a sentence."""
    match note:
        case OnlyArticles():
            return say("only_articles", which=", ".join(_which(note, say)))
        case DaysFirst(days, published):
            return say("articles_first" if published else "passages_first", days=days_in_words(days, say))
        case NoMention(term):
            return say("no_mention", term=term)
        case OtherForms(count):
            return say("other_forms", count=f"{count:,}")
        case WordsOf(who, found):
            return say("words_first" if found else "words_of_others", who=who)


def days_in_words(days: Days, say: Messages) -> str:
    """Days as they stand behind "articles": "of January 2022", "desde el 9 de enero de 2022"."""
    if days.first is None:
        return say("up_to", last=long_day(days.last, say)) if days.last else ""
    if days.last is None:
        return say("from_on", first=long_day(days.first, say))
    match days.unit:
        case "day":
            return say("of_day", day=long_day(days.first, say))
        case "month":
            return say("of_month", month=format_skeleton("yMMMM", days.first, locale=_locale(say)))
        case "year":
            return say("of_year", year=format_skeleton("y", days.first, locale=_locale(say)))
        case _:
            return say("from_to", first=long_day(days.first, say), last=long_day(days.last, say))


def change_in_words(change: FigureChange, say: Messages) -> str:
    """A change in a line: "5,800 (9 de enero) → 9,900 (12 de enero)"."""

    def said(day: date) -> str:
        return long_day(day, say) if change.over_years else format_skeleton("MMMMd", day, locale=_locale(say))

    return " → ".join(f"{step.answer} ({said(step.day)})" for step in change.steps)


def limits_in_words(limits: Limits, say: Messages) -> str:
    """The limits of a figure: "members of the security forces, in Almaty"."""
    place = say("limited_to_place", place=limits.place) if limits.place else None
    return ", ".join(filter(None, (limits.whom, place, limits.time)))


def _which(note: OnlyArticles, say: Messages) -> Iterator[str]:
    within = note.within
    if within.since or within.until:
        yield days_in_words(Days(within.since, within.until), say)
    if within.outlets:
        yield say("by_outlet", names=_any_of(within.outlets, say))
    if within.articles:
        yield say("in_articles", names=_any_of(within.articles, say))


def _any_of(names: Sequence[str], say: Messages) -> str:
    return str(format_list(names, "or", _locale(say)))


def _locale(say: Messages) -> str:
    return _LOCALES.get(say.language, say.language)
