"""The interface text: every message in every language, and every one that is said is there."""

import re
from string import Formatter

import pytest
from conftest import PROJECT

from bot.web.messages import LANGUAGES, Messages, all_messages, messages_for, raised_forms

ALL = all_messages()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ALL["en"])
def test_a_message_is_there_in_every_language_with_the_same_fields(name: str) -> None:
    for language in LANGUAGES:
        assert ALL[language][name].strip()
        assert fields(ALL[language][name]) == fields(ALL["en"][name])
    assert len({ALL[language][name] for language in LANGUAGES}) > 1, "translated"


def test_every_message_is_said_and_every_said_one_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "bot" / "web").glob("*.py"))
    made_of_values = tuple(re.findall(r'f"(\w+_)\{', code))
    named = set(re.findall(r"\w+", code))
    known = named | set(raised_forms())
    assert [name for name in ALL["en"] if name not in known and not name.startswith(made_of_values)] == []
    said = re.findall(r"""\b(?:say|i18n)\("(\w+)\"""", code)
    assert len(said) > 50
    assert [name for name in said if name not in ALL["en"]] == []


@pytest.mark.parametrize(
    ("header", "forced", "language"),
    [
        ("", None, "en"),
        ("ru", None, "ru"),
        ("es-MX,es;q=0.9,en;q=0.8", None, "es"),
        ("de,fr;q=0.9,ko;q=0.5,en;q=0.3", None, "ko"),
        ("en;q=0.1, ru;q=0.8", None, "ru"),
        ("fr", None, "en"),
        ("ru", "es", "es"),
        (";;q=x,,*", None, "en"),
    ],
)
def test_the_browser_is_answered_in_its_language(header: str, forced: str | None, language: str) -> None:
    assert messages_for(header, forced).language == language


def test_values_are_put_in() -> None:
    assert Messages("en")("quote_of", number=2, count=5) == "Quote 2 of 5"
    assert all_messages("ru")["en"] == ALL["ru"]


def test_the_command_line_offers_the_same_languages() -> None:
    from bot.cli import chat

    option = next(each for each in chat.params if each.name == "language")
    assert tuple(option.type.choices) == LANGUAGES  # type: ignore[attr-defined]
