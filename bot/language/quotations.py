"""Quotations in an article, and the tags that name a speaker before what is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import Paragraph

_CLOSING = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", '"': '"', "‘": "’", "”": "”"}
_MARK = re.compile(r"[“”„«»「」『』\"]|(?<!\w)‘|’(?!\w)")
_TAG = re.compile(
    r"\s*(?:[<\[【](?P<tag>[^<>\[\]【】\n]{1,80})[>\]】](?!\()"
    r"|(?P<caps>[^\W\d_a-zа-яё][^\W\da-zа-яё.]*(?:[ .'’-]+[^\W\da-zа-яё.]+){0,5}"
    r"(?:\s*\([^()\n]{1,60}\))?)(?=:\s))[:\s]*"
)
_NAME_IN_TAG = re.compile(r"\s*(?P<name>[^/|(\n]*[^/|(\s])")
_LETTERS_IN_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, the marks included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpeakerTag:
    """A tag such as "<Name / Office>" or "MINISTER:" before what that person says."""

    start: int
    end: int
    name: tuple[int, int]
    """Span of the name alone."""


def speaker_tag(text: str, start: int, end: int) -> SpeakerTag | None:
    """The tag at the start of a paragraph, if it has one."""
    found = _TAG.match(text, start, end)
    if found is None:
        return None
    group = "tag" if found["tag"] is not None else "caps"
    if group == "caps" and sum(letter.isalpha() for letter in found["caps"]) < _LETTERS_IN_CAPITALS:
        return None
    name = _NAME_IN_TAG.match(text, *found.span(group))
    if name is None:
        return None
    return SpeakerTag(found.start(group), found.end(group), name.span("name"))


def quotations_in(text: str, paragraphs: list[Paragraph]) -> Iterator[Quotation]:
    """The outermost quotations, in order; one that runs over paragraphs is one for each.

    A mark that nothing closes opens a quotation to the end of its paragraph if it stands at the
    paragraph's start or behind a colon or comma; anywhere else it is a slip.
    """
    for paragraph in paragraphs:
        opened: re.Match[str] | None = None
        for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
            if opened is None:
                if _opens(text, mark):
                    opened = mark
            elif mark[0] in _CLOSING[opened[0]] and not (mark[0] == '"' and _opens(text, mark, strictly=True)):
                yield Quotation(opened.start(), mark.end())
                opened = None
        if opened is not None and _starts_what_is_said(text, paragraph.start, opened.start()):
            yield Quotation(opened.start(), paragraph.end)


def _opens(text: str, mark: re.Match[str], *, strictly: bool = False) -> bool:
    if mark[0] not in _CLOSING:
        return False
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    spaced = (not before or before.isspace() or before in "([—–>:") and not after.isspace()
    if strictly:
        return spaced and after.isalpha()
    return spaced or mark[0] not in '"”'


def _starts_what_is_said(text: str, start: int, place: int) -> bool:
    before = text[start:place].rstrip()
    return not before or before[-1] in ":,>]"
