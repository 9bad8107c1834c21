"""What the page says of an answer in each of its languages: days, notes, changes and limits."""

from datetime import date

import pytest

from bot.answer import FigureChange, Limits, Step
from bot.filters import Filter
from bot.notes import Days, DaysFirst, NoMention, Note, OnlyArticles, OtherForms, WordsOf
from bot.web.messages import LANGUAGES, Messages
from bot.web.wording import change_in_words, days_in_words, limits_in_words, note_in_words

NINTH, TENTH = date(2022, 1, 9), date(2022, 1, 10)

DAYS = [
    (Days(TENTH, TENTH), "of 10 January 2022", "del 10 de enero de 2022", "за 10 января 2022 г.", "2022년 1월 10일"),
    (
        Days(NINTH, TENTH),
        "from 9 January 2022 to 10 January 2022",
        "del 9 de enero de 2022 al 10 de enero de 2022",
        "с 9 января 2022 г. по 10 января 2022 г.",
        "2022년 1월 9일부터 2022년 1월 10일까지",
    ),
    (Days(None, TENTH), "up to 10 January 2022", "hasta el 10 de enero de 2022", "по 10 января 2022 г.", "10일까지"),
    (Days(TENTH, None), "from 10 January 2022 on", "desde el 10 de enero de 2022", "с 10 января 2022 г.", "10일부터"),
    (
        Days(date(2022, 1, 1), date(2022, 1, 31)),
        "of January 2022",
        "de enero de 2022",
        "за январь 2022 г.",
        "2022년 1월",
    ),
    (Days(date(2022, 1, 1), date(2022, 12, 31)), "of 2022", "de 2022", "за 2022 год", "2022년"),
    (Days(None, None), "", "", "", ""),
]
NOTES: list[tuple[Note, str]] = [
    (OnlyArticles(Filter(outlets=("Wire", "Herald"))), "Only articles by Wire or Herald."),
    (OnlyArticles(Filter(since=TENTH, articles=("a.md",))), "Only articles from 10 January 2022 on, in a.md."),
    (DaysFirst(Days(TENTH, TENTH), published=True), "Articles of 10 January 2022 first."),
    (DaysFirst(Days(None, TENTH), published=False), "Passages that name days up to 10 January 2022 first."),
    (NoMention("zebras"), "0 articles mention “zebras”."),
    (OtherForms(2, "snipers"), "Counted are the very words, in any case; articles with other forms of them only: 2."),
    (WordsOf("the union", found=True), "What “the union” says first."),
    (WordsOf("the union", found=False), "Nothing of this is given as said by “the union”."),
]


@pytest.mark.parametrize(("days", "english", "spanish", "russian", "korean"), DAYS)
def test_days_are_said_in_every_language(days: Days, english: str, spanish: str, russian: str, korean: str) -> None:
    assert days.text == english
    # Babel sets narrow spaces.
    said = [" ".join(days_in_words(days, Messages(language)).split()) for language in LANGUAGES]
    assert said[:3] == [english, spanish, russian]
    assert said[3].endswith(korean)


@pytest.mark.parametrize(("note", "english"), NOTES)
def test_notes_are_said_in_every_language(note: Note, english: str) -> None:
    said = [note_in_words(note, Messages(language)) for language in LANGUAGES]
    assert said[0] == english
    assert len({*said}) == len(LANGUAGES), "each in its own words"
    assert not [each for each in said if each.endswith("..")]


def test_what_articles_say_stays_as_it_is() -> None:
    change = FigureChange((Step(NINTH, "about 5,800"), Step(TENTH, "more than 8,000")))
    assert [change_in_words(change, Messages(language)) for language in LANGUAGES] == [
        "about 5,800 (9 January) → more than 8,000 (10 January)",
        "about 5,800 (9 de enero) → more than 8,000 (10 de enero)",
        "about 5,800 (9 января) → more than 8,000 (10 января)",
        "about 5,800 (1월 9일) → more than 8,000 (1월 10일)",
    ]
    limits = Limits("members of the security forces", "Almaty", "December 2011")
    assert limits.text == limits_in_words(limits, Messages("en"))
    assert limits_in_words(limits, Messages("es")) == "members of the security forces, en Almaty, December 2011"
    assert limits_in_words(Limits(place="Almaty"), Messages("ru")) == "место: Almaty"


def test_days_of_several_years_name_theirs() -> None:
    change = FigureChange((Step(date(2021, 12, 31), "5"), Step(TENTH, "6")))
    assert change.text == change_in_words(change, Messages("en")) == "5 (31 December 2021) → 6 (10 January 2022)"
