"""Front matter: the YAML block between two `---` lines at the top of a Markdown file."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)

_NOTHING = ("", "~", "null")


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
    # Most files that a large folder holds have not changed, and are not read.
    import yaml

    try:
        # The base loader takes every value as it is written: "no" is Norwegian, not false.
        values = yaml.load(block[1], Loader=yaml.BaseLoader) or {}  # noqa: S506 - it makes nothing but text
    except (yaml.YAMLError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else getattr(error, "problem", None) or error
        reason = " ".join(str(reason).split())
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
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return None if line in _NOTHING else line


def _date(value: Any) -> tuple[date | None, tuple[str, ...]]:
    line = _line(value)
    if line is None:
        return None, ()
    try:
        return datetime.fromisoformat(line).date(), ()
    except ValueError:
        return None, (f"its date of publication {line[:40]!r} is not a date like 2022-01-10, so it has none",)
