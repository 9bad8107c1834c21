"""HTML out of text that nobody trusts: whatever is not `Markup` already is escaped."""

import re

from markupsafe import Markup, escape

# Control characters, and those that make text read in another order than it stands.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> Markup:
    """`text` as HTML on one line: it is shown, and does nothing else; hidden characters are made visible."""
    return escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\s+", " ", text)))


def escaped_lines(text: str) -> Markup:
    """The same with its lines kept."""
    return escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n")))


def element(name: str, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """One element of HTML; children and attributes that are not `Markup` are text.

    Underscores in the names of attributes stand for hyphens, a last one for nothing ("class_", "data_do").
    An attribute that is None or False is left out, True has no value; a child that is None is left out.
    """
    said = Markup("").join(
        Markup(" {}").format(Markup(key.rstrip("_").replace("_", "-")))
        if value is True
        else Markup(' {}="{}"').format(Markup(key.rstrip("_").replace("_", "-")), _attribute(value))
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    inside = Markup("").join(
        child if isinstance(child, Markup) else escaped(child) for child in children if child is not None
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), said, inside)


def joined(parts: list[Markup]) -> Markup:
    """One after the other."""
    return Markup("").join(parts)


def _attribute(value: str | int) -> Markup:
    # Lines in an attribute survive only as references.
    return Markup(str(escaped_lines(str(value))).replace("\n", "&#10;"))
