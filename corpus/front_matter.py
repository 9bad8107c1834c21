"""Front matter: the YAML block between two `---` lines at the top of a Markdown file."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says about itself; `end` is where it stops, in characters."""

    end: int = 0
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter at the start of `text`, if there is any.

    Never raises: a block that is not YAML, or a value that is not what it should be, becomes a
    warning, and the block is still no part of the body.
    """
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter(end=1 if text.startswith("\ufeff") else 0)
    try:
        values = yaml.safe_load(block[1]) or {}
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        return FrontMatter(
            end=block.end(), warnings=(f"its front matter is not YAML ({reason}), so it has no title, date or outlet",)
        )
    if not isinstance(values, dict):
        return FrontMatter(
            end=block.end(), warnings=("its front matter is not a list of `name: value` lines and was passed over",)
        )
    published, warnings = _date(values.get("published", values.get("date")))
    return FrontMatter(
        end=block.end(),
        title=_line(values.get("title")),
        published=published,
        outlet=_line(values.get("outlet")),
        url=_line(values.get("url")),
        language=_line(values.get("language")),
        warnings=warnings,
    )


def _line(value: Any) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    return " ".join(str(value).split()) or None


def _date(value: Any) -> tuple[date | None, tuple[str, ...]]:
    if value is None:
        return None, ()
    if isinstance(value, datetime):
        return value.date(), ()
    if isinstance(value, date):
        return value, ()
    try:
        return datetime.fromisoformat(str(value).strip()).date(), ()
    except ValueError:
        return None, (f"its date of publication {str(value)[:40]!r} is not a date like 2022-01-10, so it has none",)
