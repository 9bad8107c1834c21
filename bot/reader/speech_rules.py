"""What a span cannot be the answer to since it only speaks: "police spokeswoman Antje Focken said" of a painting."""

import re
from functools import lru_cache

from bot.language.asking import stems_of
from bot.language.claim_words import SAYING, SAYING_PLURAL, SPEAKING_OF
from index.search import content_words

NEAR = 120
"""Characters around a span, in which the rest of its clause stands."""
QUESTIONS_REMEMBERED = 64
"""Each is asked about hundreds of spans."""
FEWEST_TOLD = 4
"""Words before the comma; "In December," and "To test him," tell nothing yet."""

_VERBS = "|".join(sorted(SAYING | SPEAKING_OF))
_PERSON_ASKED = re.compile(
    r"\W*(?:(?:and|so|but)\s+)?(?:who|whom|whose)\b|.*\bwhat (?:is|was|are|were) the names? of\b", re.IGNORECASE
)
_SPEAKER_ASKED = re.compile(
    rf"\b(?:{'|'.join(sorted(SAYING | SAYING_PLURAL | SPEAKING_OF))}|according|ask|calls?|called|deny|denying"
    r"|interview\w*|quoted?|quotes|recall|respond\w*|reveal|speak\w*|spokes\w+|statements?|suggest|talking|testify|tweet"
    r"|word\w*|witness\w*)\b",
    re.IGNORECASE,
)
_SAYS_BEHIND = re.compile(
    rf"[^\S\n]*(?P<apart>(?:,[^,.;\n]{{1,60}},)?),?[^\S\n]*(?:has |have |had |also |later )?(?:{_VERBS})\b"
    r"(?P<rest>(?:(?! that\b)[^,.;:?!\n]){0,60})[.\n]"
)
_ROLE_BEFORE = re.compile(r",[\"”’']*[^\S\n]+(?P<role>(?:[\w'’-]+[^\S\n]+){0,6}(?:[\w'’-]+,[^\S\n]+)?)\Z")
_SAYS_BEFORE = re.compile(rf",[\"”’']*[^\S\n]+(?:{_VERBS})[^\S\n]+(?P<role>(?:(?!that\b)[\w'’-]+[^\S\n]+){{0,6}})\Z")
_ENDS_BEHIND = re.compile(r"[^\S\n]*(?P<apart>(?:,[^.;:?!\n]{1,80})?)(?P<rest>)[.\n]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_OF_ONESELF = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Oo]urs?|[Uu]s|[Mm]yself)\b")
_TAG_BEHIND = re.compile(r"[^\S\n]{0,2}:\s")


def only_speaks(question: str, text: str, start: int, end: int) -> bool:
    """Whether a person is asked for, not a speaker, and a span is one who only says what its sentence tells.

    So is one behind a sentence ("..., spokeswoman Antje Focken said.") where no word of the question is said of them
    there, and one whose words follow ("HOST: ..."), unless those words are of themselves ("We saw it").
    Of 10,154 labelled answers to such questions 2 are such.
    """
    if not _asks_for_a_doer(question):
        return False
    tag = _TAG_BEHIND.match(text, end)
    if tag and _begins_line(text, start):
        return _OF_ONESELF.search(_SENTENCE_END.split(text[tag.end() : tag.end() + NEAR], 1)[0]) is None
    before, behind = _around(text, start, end)
    if before is None or behind is None:
        return False
    told = _SENTENCE_END.split(text[max(0, before.start() - NEAR) : before.start()])[-1]
    if len(told.split()) < FEWEST_TOLD or _OF_ONESELF.search(told):
        return False
    said_of_them = stems_of(" ".join(content_words(f"{before['role']} {behind['apart']} {behind['rest']}")))
    return not said_of_them & stems_of(" ".join(content_words(question)))


@lru_cache(maxsize=QUESTIONS_REMEMBERED)
def _asks_for_a_doer(question: str) -> bool:
    return _PERSON_ASKED.match(question) is not None and _SPEAKER_ASKED.search(question) is None


def _around(text: str, start: int, end: int) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """What stands before and behind a speaker, where the sentence told it before them."""
    first = max(0, start - NEAR)
    before, behind = _ROLE_BEFORE.search(text, first, start), _SAYS_BEHIND.match(text, end)
    if before and behind:
        return before, behind
    return _SAYS_BEFORE.search(text, first, start), _ENDS_BEHIND.match(text, end)


def _begins_line(text: str, start: int) -> bool:
    return text[:start].rstrip(" \t")[-1:] in {"", "\n", ".", "?", "!", '"', "”"}
