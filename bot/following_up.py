"""Follow-up questions: what "And wounded?" means after a question, by rules, and the reader choosing among readings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from bot.answer import LONGEST_QUESTION, Answer, Status
from bot.language.antecedents import Turn, has_unbound_pronoun, names_in, resolved
from bot.language.fragments import asked_of
from bot.language.question_phrases import (
    CIRCUMSTANCES,
    Phrase,
    Phrases,
    Role,
    is_count,
    joined,
    phrases_of,
    with_circumstance,
    with_small_letter,
)
from bot.language.statements import asked_by, stated

MOST_READINGS = 3
"""Readings that are tried; each is one more question for the search and the reader."""

SURE = 0.7
"""From this confidence on a reading is taken, and no less likely one is looked at.

In the table of the reader's model card, answers so sure are right seven times in ten.
"""

MARGIN = 0.15
"""How much more confident a less likely reading must be, on the confidence's scale from 0 to 1.

Less says nothing: in the table of the reader's model card, answers of confidence 0.27 and 0.43 are right
equally often.
"""

TURNS_BACK = 3
"""Earlier turns that are looked at for an antecedent, the last one first."""

_OPENING = re.compile(
    r"\s*[¿¡]?\s*(?:(?P<adding>and|but|y|e|pero|а|и|но)\b|(?:so|then|also|ok|okay|well)\b(?=,| ))?,?\s*[¿¡]?\s*"
    r"(?P<about>(?:what|how) about|what of|qué hay de|qué pasa con|что насчёт)?\b\s*",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?:who|which source|which paper) (?:said|says|claims|claimed|reported|reports|announced|confirmed|told you)"
    r"(?: (?:that|this|so|it))?"
    r"|says who|according to (?:whom|who)|who is the source|what is the source|whose (?:claim|figure|number)"
    r" is (?:that|it)|quién (?:lo dijo|dijo eso|lo dice)|según quién|кто (?:это )?(?:сказал|говорит)(?: это)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"¿?(?:who said that|quién dijo que) ", re.IGNORECASE)
"""A question about the last quote's source; what is asked after it goes on from the question before."""

_WHEN_WAS_THAT = re.compile(
    r"(?P<ask>when|where|why|how) (?:was|is|did|does|has) (?:that|this|it|so)(?: happen(?:ed)?| be| so| the case)?",
    re.IGNORECASE,
)
_SAID_THAT = re.compile(
    r"\b(say|said|claim|claimed|announced?|report|reported|confirm|confirmed|den(?:y|ied)) (?:that|this|it|so)\Z",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:and )?(?:what happened (?:next|then|afterwards?|after(?: that| this)?)|then what|what (?:next|then)|then"
    r"|¿?y después|qué pasó después|что (?:было )?(?:потом|дальше))",
    re.IGNORECASE,
)
_COURTESY = frozenset(
    "thanks thank hello hi hey yes no really sure please great good ok okay gracias hola спасибо".split()
)
_LONGEST_FRAGMENT = 6
"""Words; a longer run without a verb is a search of its own, not a follow-up."""

_LONGEST_WITHOUT_OPENING = 3


class _Kind(Enum):
    """What is left out of a follow-up; the value says what of it is asked besides its readings."""

    ATTRIBUTION = "who said that?"
    NEXT = "what happened next?"
    QUESTION_WORD = "when?"
    PRONOUN = "did he resign?"
    FRAGMENT = "and wounded?"
    SEARCH_WORDS = "wounded?"
    CONTINUED = "and how many were wounded?"


_OF_THEM = re.compile(r"\bhow many of (?:them|these|those)\b", re.IGNORECASE)
_MAY_STAND_ALONE = (_Kind.PRONOUN, _Kind.SEARCH_WORDS, _Kind.CONTINUED)


def looks_like_follow_up(question: str) -> bool:
    """Whether something in `question` is left out or referred to, so that it cannot stand by itself."""
    return _kind(question) is not None


def readings(question: str, previous: Turn) -> tuple[str, ...]:
    """The questions that stand by themselves which `question` may mean after `previous`, likeliest first.

    At most MOST_READINGS; empty if it stands by itself, or if no rule can make a question of it. A
    fragment takes the place of the phrase of its kind in the question before, a question word asks the
    same of something else, and a pronoun is replaced by what was named. These are the non-sentential
    utterances of Fernández, Ginzburg & Lappin, "Classifying Non-Sentential Utterances in Dialogue"
    (2007), as far as they are questions.
    """
    kind = _kind(question)
    before = phrases_of(with_small_letter(previous.question))
    if kind is None or not before:
        return ()
    rest = _without_opening(question)
    found = dict.fromkeys(_as_question(text, previous.question) for text in _READINGS[kind](rest, before, previous))
    return tuple(text for text in found if text.lower() != _as_question(question, previous.question).lower())[
        :MOST_READINGS
    ]


def understood(question: str, conversation: Sequence[Turn], score: Callable[[str], float]) -> str:
    """The reading of `question` that the articles answer best, or `question` where it stands by itself.

    `score` is the confidence of the best answer to a question. A less likely reading must be better by
    MARGIN; `question` as it is counts as the least likely one, unless it is a mere fragment. Where one
    reading is all that there is, nothing is scored.
    """
    kind = _kind(question)
    turns = [turn for turn in reversed(conversation) if kind is _Kind.PRONOUN or not _ASIDE.match(turn.question)]
    for previous in turns[:TURNS_BACK]:
        found = readings(question, previous)
        if found:
            alone = (question,) if kind in _MAY_STAND_ALONE and not _OF_THEM.search(question) else ()
            return _best([*found, *alone], score)
    return question


def answer_in_conversation(question: str, conversation: Sequence[Turn], answer: Callable[[str], Answer]) -> Answer:
    """Answer `question` as it is understood after `conversation`, the last turn being the last one.

    `answer` answers a question that stands by itself, such as `bot.answering.answer_question`; it is asked
    once for each reading. The answer's `understood` is None where the question was taken as it is: with "he" in it,
    only where none of the readings that say who is meant is answered, since by itself it asks of anybody.
    """
    answers: dict[str, Answer] = {}

    def answered(text: str) -> Answer:
        if text not in answers:
            answers[text] = answer(text)
        return answers[text]

    meant = understood(question, conversation, lambda text: answered(text).confidence)
    if meant == question and _kind(question) is _Kind.PRONOUN:
        filled_in = [text for text, found in answers.items() if text != question and found.quotes]
        meant = max(filled_in, key=lambda text: answers[text].confidence, default=question)
    if meant == question:
        return answered(question)
    return replace(answered(meant), question=question, understood=meant)


def answer_after(question: str, earlier: Sequence[str], answer: Callable[[str], Answer]) -> Answer:
    """Answer `question` as it is understood after the questions `earlier`, the oldest first.

    They are answered one after the other, as the rows of a conversation in a batch are, and only where `question`
    leaves something out: a question that stands by itself costs no more than without them.
    """
    conversation: list[Turn] = []
    for each in earlier if looks_like_follow_up(question) else ():
        turn = turn_of(answer_in_conversation(each, conversation, answer))
        if turn is not None:
            conversation.append(turn)
    return answer_in_conversation(question, conversation, answer)


def turn_of(answer: Answer) -> Turn | None:
    """What a conversation remembers of an answer; None if the question could not be asked."""
    if answer.status is Status.ERROR:
        return None
    return Turn(answer.understood or answer.question, answer.answer, answer.quotes[0].text if answer.quotes else "")


def _best(options: Sequence[str], score: Callable[[str], float]) -> str:
    if len(options) == 1:
        return options[0]
    best, best_score = options[0], score(options[0])
    for option in options[1:]:
        if best_score >= SURE:
            break
        if score(option) > best_score + MARGIN:
            best, best_score = option, score(option)
    return best


def _kind(question: str) -> _Kind | None:
    # It is not answered at all, and the patterns would take the longer the more there is.
    if len(question) > LONGEST_QUESTION:
        return None
    opening = _OPENING.match(question)
    rest = _without_opening(question)
    phrases = phrases_of(rest)
    roles = [each.role for each in phrases]
    if not phrases or phrases[0].words[0] in _COURTESY:
        return None
    asks_only = roles[0] is Role.ASK and all(role in CIRCUMSTANCES for role in roles[1:])
    by_form = {
        _Kind.ATTRIBUTION: _ATTRIBUTION.fullmatch(rest),
        _Kind.NEXT: _NEXT.fullmatch(question.strip(" ?!.")),
        _Kind.QUESTION_WORD: _WHEN_WAS_THAT.fullmatch(rest) or (asks_only and phrases[0].words != ["what"]),
        _Kind.PRONOUN: has_unbound_pronoun(rest),
    }
    first = next((kind for kind, fits in by_form.items() if fits), None)
    if first is not None:
        return first
    opened = opening is not None and bool(opening["adding"] or opening["about"])
    if roles[0] is Role.ASK or Role.AUXILIARY in roles:
        return _Kind.CONTINUED if opened else None
    return _kind_of_fragment(phrases, opened=opened)


def _kind_of_fragment(phrases: Phrases, *, opened: bool) -> _Kind | None:
    if all(each.role in CIRCUMSTANCES for each in phrases):
        return _Kind.FRAGMENT
    length = sum(len(each.words) for each in phrases)
    if length > _LONGEST_FRAGMENT:
        return None
    if opened or all(each.preposition for each in phrases):
        return _Kind.FRAGMENT
    return _Kind.SEARCH_WORDS if len(phrases) == 1 and length <= _LONGEST_WITHOUT_OPENING else None


def _without_opening(question: str) -> str:
    """`question` without "and", "what about" and the like, and without its question marks."""
    opening = _OPENING.match(question)
    rest = question[opening.end() :] if opening else question
    return " ".join(rest.strip(" ?!.¿¡").split())


def _attributions(_rest: str, before: Phrases, previous: Turn) -> Iterator[str]:
    spanish = previous.question.startswith("¿")
    for statement in stated(before, previous):
        yield f"quién dijo que {statement}" if spanish else f"who said that {statement}"


def _nexts(_rest: str, before: Phrases, previous: Turn) -> Iterator[str]:
    for statement in stated(before, previous):
        yield f"what happened after {statement}"


def _question_words(rest: str, before: Phrases, previous: Turn) -> Iterator[str]:
    that = _WHEN_WAS_THAT.fullmatch(rest)
    ask, *circumstances = phrases_of(that["ask"] if that else rest)
    for asked in asked_by(ask, before, previous):
        yield _with_all(phrases_of(asked) if circumstances else asked, circumstances)


def _pronouns(rest: str, before: Phrases, previous: Turn) -> Iterator[str]:
    said = _SAID_THAT.search(rest)
    if said is None or phrases_of(rest)[0].words[0] == "what":
        yield from resolved(rest, previous)
        return
    # "When did the governor say that?" refers to the whole statement.
    for statement in stated(before, previous):
        yield f"{rest[: said.end(1)]} that {statement}"


def _fragments(rest: str, before: Phrases, _previous: Turn) -> Iterator[str]:
    phrases = phrases_of(rest)
    led = [each for each in phrases if each.role is Role.OTHER and each.preposition and each is phrases[0]]
    circumstances = [*led, *(each for each in phrases if each.role in CIRCUMSTANCES)]
    said = joined(each for each in phrases if each not in circumstances)
    if not said:
        yield _with_all(before, circumstances)
        return
    for asked in asked_of(before, Phrase(Role.NOUN, said)):
        yield _with_all(asked, circumstances)


def _continuations(rest: str, before: Phrases, previous: Turn) -> Iterator[str]:
    """A whole question after "and" is asked of the same place and time, where it names none."""
    phrases = phrases_of(rest)
    missing = [
        each for each in before if each.role in CIRCUMSTANCES and each.role not in {phrase.role for phrase in phrases}
    ]
    counted = is_count(phrases) and [each.role for each in phrases[1:3]] == [Role.AUXILIARY, Role.NOUN]
    if counted and is_count(before) and not phrases[2].is_participle:
        # "And how many were children?" counts some of those who were counted.
        yield from resolved(joined([phrases[0], "of them", *phrases[1:]]), previous)
    elif missing and not any(True for _ in names_in(rest)):
        yield joined([*phrases, *missing])


_READINGS = {
    _Kind.ATTRIBUTION: _attributions,
    _Kind.NEXT: _nexts,
    _Kind.QUESTION_WORD: _question_words,
    _Kind.PRONOUN: _pronouns,
    _Kind.FRAGMENT: _fragments,
    _Kind.SEARCH_WORDS: _fragments,
    _Kind.CONTINUED: _continuations,
}


def _with_all(asked: Phrases | str, circumstances: Iterable[Phrase]) -> str:
    if isinstance(asked, str):
        return asked
    for each in circumstances:
        asked = with_circumstance(asked, each)
    return joined(asked)


def _as_question(text: str, like: str) -> str:
    """`text` with a question mark, and a capital where the question before had one."""
    text = " ".join(text.split()).strip("?!.¿¡ ")
    first = next((character for character in like if character.isalpha()), "")
    text = f"{text[:1].upper() if first.isupper() else text[:1].lower()}{text[1:]}"
    return f"{'¿' if like.startswith('¿') else ''}{text}?"
