"""The interface text, in every language that the page speaks; messages.toml has it."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter

LANGUAGES = ("en", "es", "ru", "ko")
"""ISO 639-1; the first is spoken where none of the others is asked for."""

LONGEST_PROBLEM = 2_000
"""Characters of a problem that is translated; a value in it may be hostile, and a form costs the square of them."""


class Messages:
    """What the page says in one of LANGUAGES."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]

    def __call__(self, name: str, /, **values: object) -> str:
        """The message called `name`, with `values` put in; plain text, to be escaped like any other."""
        return _messages()[name][self.language].format(**values)

    def problem(self, raised: str) -> str:
        """What a `PressciteError` says, in the page's language; as it stands, in English, if messages.toml has it not.

        Problems are raised in English wherever they are met, and kept so in the index: they are known by their form.
        """
        if len(raised) > LONGEST_PROBLEM:
            return raised
        for name, form in raised_forms().items():
            found = form.fullmatch(raised)
            if found:
                return self(name, **found.groupdict())
        return raised


def messages_for(accept_language: str, forced: str | None = None) -> Messages:
    """The messages for a browser by its Accept-Language header (RFC 9110, 12.5.4), unless a language is forced."""
    if forced is not None:
        return Messages(forced)
    return Messages(next((name for name in _by_preference(accept_language) if name in LANGUAGES), LANGUAGES[0]))


def all_messages(forced: str | None = None) -> dict[str, dict[str, str]]:
    """By language all messages by name, as they stand; with a forced language, its own for every language."""
    return {
        language: {name: texts[forced or language] for name, texts in _messages().items()} for language in LANGUAGES
    }


@cache
def _messages() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))


@cache
def raised_forms() -> dict[str, re.Pattern[str]]:
    """By name of the messages that say a problem, its form as it is raised: anything may stand for what is put in."""
    return {name: _form(texts["raised"]) for name, texts in _messages().items() if "raised" in texts}


def _form(text: str) -> re.Pattern[str]:
    parts = ((re.escape(before), f"(?P<{name}>.+?)" if name else "") for before, name, _, _ in Formatter().parse(text))
    return re.compile("".join(before + value for before, value in parts), re.DOTALL)


def _by_preference(accept_language: str) -> Iterable[str]:
    """The primary language tags of the header, the most wanted first."""
    wanted: list[tuple[float, int, str]] = []
    for entry in accept_language.split(","):
        tag, _, parameter = entry.partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        wanted.append((-weight, len(wanted), tag.strip().split("-")[0].lower()))
    return [tag for _, _, tag in sorted(wanted)]
