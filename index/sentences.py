"""Sentences as (start, end) over an article's text: nothing copied, nothing lost.

News pages break every rule of prose: abbreviations, initials, dotted countries, quotations that
hold sentences, speaker tags, headings without a full stop, lines wrapped by a mail program. A
period ends a sentence here unless one of the few reasons below says that it does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.boilerplate import is_boilerplate, speaker_tag_length

LONGEST_SENTENCE = 1_000
"""Characters; a longer run without an end is cut at white space, so that passages stay short."""

_HEADING_WORDS = 12
"""A line of at most so many words that ends without punctuation is a heading or a name."""

_WRAP_WIDTHS = range(50, 121)
"""Columns at which mail programs and old news systems wrap lines."""

_FEWEST_WRAPS = 2
"""A single line end says nothing about the width of lines."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|\Z)")
_MARKER = re.compile(r"\s*(?:(?P<heading>#{1,6})(?=\s)|[>*•·‣–-](?=\s)|\d{1,2}[.)](?=\s+[^\W\d]))\s*")
_TERMINAL = re.compile(r"(?P<mark>[.!?…]+)[\"'”’»)\]*_]*(?=\s+(?P<next>\S+))|[。！？]+[\"'”’»）」』]*")
_FINAL = re.compile(r"[.!?…。！？:;]+[\"'”’»)\]*_」』）]*\s*\Z")
_LAST_WORD = re.compile(r"[^\s(\[\"'“”‘’«»]*\Z")
_FIRST_LETTER = re.compile(r"[^\W_]")

_BEFORE_A_NAME = frozenset(
    """
    mr mrs ms dr prof gen col maj lt sgt capt cpl pvt adm cmdr sen rep gov pres hon rev fr st mt ft messrs v vs cf
    approx dept sr sra srta lic ing d dña ud uds pág núm art av avda им ул пр просп д стр гр т тов акад проф ген
    полк г-н г-жа см ср
    """.split()
)
_BEFORE_A_NUMBER = frozenset(
    """
    no nos p pp art fig sec vol ch jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)
_MAY_END = frozenset(
    """
    etc inc ltd co corp bros jr a.m p.m e.g i.e u.s u.k u.n e.u d.c ee.uu am pm etc г гг млн млрд тыс руб др пр
    """.split()
)
_STARTERS = frozenset(
    """
    the a an this that these those he she it they we i you but and in on at for from by as after before when while
    if there his her its their our according however meanwhile officials police el la los las un una en por pero
    según в на по но он она они это и как
    """.split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article's text, in characters; boilerplate and headings are not quotable."""

    start: int
    end: int
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together in the article, in order; never empty."""

    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Where its first sentence starts."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where its last sentence ends."""
        return self.sentences[-1].end


def split_paragraphs(text: str, start: int = 0) -> Iterator[Paragraph]:
    """Split `text` from `start` on into paragraphs of sentences.

    Every character that is not white space lies in exactly one sentence; sentences follow each
    other in order, neither begin nor end with white space, and do not overlap.
    """
    for block_start, block_end in _blocks(text, start):
        sentences = tuple(_sentences(text, block_start, block_end))
        if sentences:
            yield Paragraph(sentences)


def _blocks(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Lines, or paragraphs of wrapped lines, that are not blank."""
    lines = [line.span() for line in _LINE.finditer(text, start) if line.end() > line.start()]
    wrapped = _wraps(text, lines)
    block: tuple[int, int] | None = None
    for line_start, line_end in lines:
        if not text[line_start:line_end].strip():
            if block is not None:
                yield block
            block = None
        elif block is not None and wrapped and _MARKER.match(text, line_start, line_end) is None:
            block = (block[0], line_end)
        else:
            if block is not None:
                yield block
            block = (line_start, line_end)
    if block is not None:
        yield block


def _wraps(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends inside a paragraph are wrapping: the next word would not have fitted."""
    contents = [text[start:end].rstrip() for start, end in lines]
    pairs = [(line, after.split()[0]) for line, after in pairwise(contents) if line and after]
    width = max((len(line) for line in contents), default=0)
    if len(pairs) < _FEWEST_WRAPS or width not in _WRAP_WIDTHS:
        return False
    full = sum(len(line) + 1 + len(word) > width for line, word in pairs)
    return full >= 0.7 * len(pairs)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    marker = _MARKER.match(text, start, end)
    if marker is not None:
        yield from _span(text, start, marker.end(), quotable=False)
        start = marker.end()
    tag = speaker_tag_length(text[start:end])
    if tag:
        yield from _span(text, start, start + tag, quotable=False)
        start += tag
    content = text[start:end].strip()
    is_heading = marker is not None and marker["heading"] is not None
    is_list_item = marker is not None and not is_heading
    if is_heading or is_boilerplate(content) or (not is_list_item and _looks_like_heading(content)):
        yield from _span(text, start, end, quotable=False)
        return
    for boundary in [*_boundaries(text, start, end), end]:
        yield from _span(text, start, boundary, quotable=True)
        start = boundary


def _span(text: str, start: int, end: int, *, quotable: bool) -> Iterator[Sentence]:
    """The span without the white space around it, in pieces where it is too long; or nothing."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = max((m.start() for m in re.finditer(r"\s", text[start : start + LONGEST_SENTENCE])), default=0)
        middle = start + (cut or LONGEST_SENTENCE)
        yield from _span(text, start, middle, quotable=quotable)
        start = middle
        while text[start].isspace():
            start += 1
    if start < end:
        yield Sentence(start, end, quotable)


def _looks_like_heading(line: str) -> bool:
    return _FINAL.search(line) is None and len(line.split()) <= _HEADING_WORDS and len(line) < LONGEST_SENTENCE


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    for terminal in _TERMINAL.finditer(text, start, end):
        if terminal["mark"] is None or _ends_sentence(text, start, terminal):
            yield terminal.end()


def _ends_sentence(text: str, start: int, terminal: re.Match[str]) -> bool:
    following = terminal["next"]
    letter = _FIRST_LETTER.search(following)
    if letter is not None and letter[0].islower():
        return False
    if terminal["mark"] != ".":
        return True
    before = _LAST_WORD.search(text, max(start, terminal.start() - 40), terminal.start())
    word = before[0].lower() if before is not None else ""
    starts_sentence = following.strip("\"'“”‘’«»(),.").lower() in _STARTERS
    if word in _BEFORE_A_NAME:
        return False
    if word in _BEFORE_A_NUMBER and letter is not None and letter[0].isdigit():
        return False
    is_initial = len(word) == 1 and word.isalpha() and before is not None and before[0].isupper()
    if (
        is_initial
        or word in _MAY_END
        or ("." in word and len(word) <= len("U.S.S.R") and word.replace(".", "").isalpha())
    ):
        return starts_sentence
    return True
