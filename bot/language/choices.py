"""Choices: the two things between which a question asks to choose, and which of them is said."""

import re
from functools import lru_cache

from bot.language.asking import stems_of
from bot.language.news_terms import groups_in
from index.search import content_words

_WORD = r"[\w'’-]+"
_FEW = rf"{_WORD}(?:\s+{_WORD}){{0,3}}"
_OPENS = r"(?:an?|the|by|in|at|on|from|because of|due to)\s+"
_AND = r"\A\W*(?:(?:and|but|so)\s+)?"
_OF_A_LIST = r"(?!.*\b(?:like|such as|including|before)(?:\s+[\w'’-]+){1,3},)"
_WHICH_OF_TWO = re.compile(
    rf"{_AND}(?:who|whom|what|which|where)\b{_OF_A_LIST}[^,:;]*[,:;–—]\s*(?P<one>{_FEW})\s+or\s+(?P<other>{_FEW})\W*\Z",
    re.IGNORECASE,
)
_WAS_IT = re.compile(
    rf"{_AND}(?:was|is|were|are)\b(?:.*\s|\s+)(?P<one>{_OPENS}{_FEW}),?\s+or\s+(?P<other>{_FEW})\W*\Z", re.IGNORECASE
)
_WITH_ARTICLE = re.compile(rf"(?:\b(?:the|an?)\s+)?{_WORD}", re.IGNORECASE)
_NO_OPTION = re.compile(
    r"(?:and|not|no|never|both|neither|who|what|when|where|why|how|anyone|anything|else)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|neither|without|den(?:y|ies|ied)|rul(?:e[sd]?|ing) out|reject(?:s|ed)?|dismiss(?:es|ed)?"
    r"|exclud(?:es?|ed)|rather than|instead of)\b(?:\W+[\w'’-]+){0,4}\W*\Z",
    re.IGNORECASE,
)
"""Before what is said not to be so: "ruled out a bomb"."""

Choice = tuple[frozenset[str], frozenset[str]]
"""The stems of what tells each of two things from the other."""


@lru_cache(maxsize=100)
def choice_asked(question: str) -> Choice | None:
    """The two things of which `question` asks which it was: "who began, police or protesters?"; None if it does not."""
    asked = " ".join(question.split())
    found = _WHICH_OF_TWO.match(asked) or _WAS_IT.match(asked)
    if found is None or any(_NO_OPTION.match(found[each]) for each in ("one", "other")):
        return None
    one, other = (_named_by(found[each]) for each in ("one", "other"))
    return (one - other, other - one) if one - other and other - one else None


def chosen(choice: Choice, said: str) -> int | None:
    """Which of the two is `said`, 0 or 1; None for neither, and for both."""
    named = _named_by(said)
    one, other = (bool(each & named) for each in choice)
    return None if one is other else int(other)


def span_chosen(question: str, text: str, sentence: tuple[int, int], span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a sentence of `text` says which of the two it was, if `question` asks to choose; else the reader's `span`.

    That is the span itself, or the words of the sentence for the only one of the two that it names: of "the guards
    fired first, a driver said" the guards. None where neither is said, or it is said not to be so.
    "Was it quiet or loud?" may be answered in other words; "who began, police or protesters?" may not.
    """
    choice = choice_asked(question)
    if choice is None:
        return span
    if chosen(choice, text[slice(*span)]) is not None:
        return None if _is_denied(text, sentence, span) else span
    found = _mention(choice, text, sentence)
    if found is not None and not _is_denied(text, sentence, found):
        return found
    return span if _WAS_IT.match(question) else None


def _is_denied(text: str, sentence: tuple[int, int], span: tuple[int, int]) -> bool:
    return _DENIED.search(text, sentence[0], span[0]) is not None


def _mention(choice: Choice, text: str, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """The first words for the only one of the two that the sentence names."""
    if chosen(choice, text[slice(*sentence)]) is None:
        return None
    words = [match.span() for match in _WITH_ARTICLE.finditer(text, *sentence)]
    named = [chosen(choice, text[slice(*word)]) is not None for word in words]
    if not any(named):
        return None
    first = last = named.index(True)
    while last + 1 < len(named) and named[last + 1] and not text[words[last][1] : words[last + 1][0]].strip():
        last += 1
    return words[first][0], words[last][1]


def _named_by(words: str) -> frozenset[str]:
    """The stems of the words that carry meaning, and the kinds of people they name: protesters are demonstrators."""
    return stems_of(" ".join(content_words(words))) | {group.value for _, _, group in groups_in(words)}
