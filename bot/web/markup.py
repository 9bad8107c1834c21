"""HTML out of text that nobody trusts: whatever is not `Markup` already is escaped."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

# Control characters, and those that make text read in another order than it stands.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_EMPTY = frozenset({"input", "br"})
"""Elements that have no end (HTML standard, 13.1.2, void elements)."""


def escaped(text: str) -> Markup:
    """`text` as HTML on one line: it is shown, and does nothing else; hidden characters are made visible."""
    return escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", text)))


def escaped_lines(text: str) -> Markup:
    """The same with its lines kept."""
    return escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n")))


def element(tag: str, /, *children: str | None, **attributes: str | int | None) -> Markup:
    """One element of HTML; children and attributes that are not `Markup` are text.

    Underscores in the names of attributes stand for hyphens, a last one for nothing ("class_", "data_do").
    An attribute that is None or False is left out, True has no value; a child that is None is left out.
    """
    opening = _raw(tag)
    for key, value in attributes.items():
        name = _raw(key.rstrip("_").replace("_", "-"))
        if value is True:
            opening += _raw(" ") + name
        elif value is not None and value is not False:
            opening += _raw(' {}="{}"').format(name, _attribute(str(value)))
    inside = joined([child if isinstance(child, Markup) else escaped(child) for child in children if child is not None])
    if tag in _EMPTY:
        return _raw("<{}>").format(opening)
    return _raw("<{}>{}</{}>").format(opening, inside, _raw(tag))


def joined(parts: Iterable[Markup]) -> Markup:
    """One after the other."""
    return Markup("").join(parts)


def _attribute(value: str) -> Markup:
    # Lines in an attribute survive only as references.
    return _raw(str(escaped_lines(value)).replace("\n", "&#10;"))


def _raw(html: str) -> Markup:
    """What this file itself writes as HTML."""
    return Markup(html)  # noqa: S704 - names of elements and attributes, and text that was escaped before
