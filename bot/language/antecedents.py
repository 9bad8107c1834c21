"""What pronouns stand for: names and nouns of the question before, its answer and the sentence that was quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bot.language.question_phrases import (
    EDGE,
    Phrase,
    Phrases,
    Role,
    bare,
    is_count,
    is_verb,
    joined,
    phrases_of,
    with_small_letter,
)

MOST = 3
"""Antecedents that are tried for one pronoun."""


_LONGEST_NAME = 5
"""Words of an answer that "it" may stand for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it."""

    question: str
    """As it was understood: it stands by itself."""
    answer: str | None = None
    """The short answer, if there was any."""
    sentence: str = ""
    """The sentence that was quoted first."""


_PERSON = frozenset("he she him his her hers él ella".split())
_GROUP = frozenset("they them their theirs these those ellos ellas".split())
_THING = frozenset("it its this that".split())
_PLACE = frozenset("there allí ahí".split())
_PRONOUNS = {"person": _PERSON, "group": _GROUP, "thing": _THING, "place": _PLACE}
_DEMONSTRATIVES = frozenset("these those this that".split())
_AFTER_A_DEMONSTRATIVE = frozenset("happened is are was were have has".split())
_POSSESSIVE = frozenset("his hers her their theirs its".split())
_OBJECT = frozenset("him them it this that these those".split())
"""Not bound in their own clause (principle B of Chomsky, "Lectures on Government and Binding", 1981)."""

_SAME_TIME = re.compile(
    r"\b(?:on |in |at |by )?(?:that|the same) (?:day|night|morning|evening|week|month|year)\b", re.IGNORECASE
)
_EXPLETIVE_IT = re.compile(
    r"\bwho (?:is|was) it\b"
    r"|\bit (?:true|possible|clear|known|safe|take|takes|mean|means|like)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(.+?)['’]s? ")
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яáéíóúñ][\w'’.-]*(?: [^\W\d_a-zа-яáéíóúñ][\w'’-]+)*")
_LED_TO_PLACE = re.compile(r"\b(?:in|at|near|across|of|from|outside|en|de|в|на|из)(?: the)? \Z", re.IGNORECASE)
_PLACE_NAMED = re.compile(r"\b(?:in|at|near|en|в) ((?:the )?(?:[A-ZА-ЯÁÉÍÓÚÑ][\w-]+)(?: [A-ZА-ЯÁÉÍÓÚÑ][\w-]+)*)")

_TITLES = frozenset(
    """
    president prime minister secretary general mayor king queen prince princess chancellor senator judge governor
    colonel captain major sergeant officer chairman chairwoman chief deputy first vice former foreign defence defense
    interior health justice finance pope mr mrs ms dr sir spokesman spokeswoman director ambassador presidente ministro
    ministra alcalde президент министр
    """.split()
)
_PERSON_NOUNS = _TITLES | frozenset(
    """
    man woman boy girl child pensioner doctor nurse teacher leader adviser suspect driver student lawyer journalist
    reporter pianist actor singer player coach victim witness resident volunteer commander ruler head author
    """.split()
)
_BODIES = frozenset(
    """
    ministry committee council organisation organization party agency court police government parliament army bank
    office service union nations commission company corporation university club press house headquarters airport square
    street station residence palace hospital ministerio gobierno fiscalía министерство
    """.split()
)
_BUILDINGS = frozenset("house headquarters airport square street station residence palace hospital office".split())
_NO_NAMES = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday i he she it they we you the a an this that these those in on at by for from of to
    and but so as if then there his her its their our when where while who what how many after before until no not
    """.split()
)
_PLURALS = frozenset("people police children men women media troops personas agentes".split())


def has_unbound_pronoun(question: str) -> bool:
    """Whether it has a pronoun that nothing in the question itself can stand for."""
    return _SAME_TIME.search(question) is not None or any(_unbound(question))


def resolved(question: str, previous: Turn) -> Iterator[str]:
    """`question` with its pronouns replaced by what they may stand for in `previous`, likeliest first.

    All of a question's pronouns of one kind stand for the same; of a second kind only the likeliest
    antecedent is taken. Nothing is given if there is a pronoun without any antecedent.
    """
    before = phrases_of(with_small_letter(previous.question))
    question, had_time = _with_time(question.strip(EDGE), before, previous)
    unbound = list(_unbound(question))
    if not unbound:
        if had_time:
            yield question
        return
    kinds = dict.fromkeys(kind for _, kind in unbound)
    antecedents = {kind: list(dict.fromkeys(_CANDIDATES[kind](before, previous)))[:MOST] for kind in kinds}
    if not all(antecedents.values()):
        return
    first = next(iter(kinds))
    for candidate in antecedents[first]:
        chosen = {kind: found[0] for kind, found in antecedents.items()} | {first: candidate}
        yield _replaced(question, unbound, chosen, before)


def names_in(text: str) -> Iterator[str]:
    """Capitalised names of persons in `text` as they stand there, without titles; those of places left out."""
    for run in _CAPITALISED.finditer(text):
        words = run[0].rstrip(".").split()
        titles = [number for number, word in enumerate(words) if bare(word) in _TITLES]
        words = words[titles[-1] + 1 :] if titles else words
        while words and bare(words[0]) in _NO_NAMES:
            words = words[1:]
        name = re.sub(r"['’]s?\Z", "", " ".join(words))
        is_body = any(bare(word) in _BODIES or (word.isupper() and len(word) > 1) for word in words)
        if not words or is_body or bare(words[-1]) in _NO_NAMES or _LED_TO_PLACE.search(text, 0, run.start()):
            continue
        follows = re.match(r" ([^\W\d_]+)", text[run.end() :])
        is_adjective = len(words) == 1 and re.search(r"(?:ian|ish|ese|ean|kh)\Z", name) is not None
        if not (is_adjective and follows and follows[1].islower() and not titles):
            yield name


def _unbound(question: str) -> Iterator[tuple[int, str]]:
    """The words that are such pronouns, by number, with their kind."""
    words = [bare(word) for word in question.strip(EDGE).split()]
    phrases, subject, at = phrases_of(question), False, 0
    for number, phrase in enumerate(phrases):
        for word in phrase.words:
            kind = _kind(words, at, question)
            if kind is not None and not (subject and word not in _OBJECT and kind in ("person", "group", "thing")):
                yield at, kind
            at += 1
        after_auxiliary = number > 0 and phrases[number - 1].role is Role.AUXILIARY
        counted = number == 1 and is_count(phrases) and "they" not in words
        is_noun = phrase.role is Role.NOUN and not any(_kind([word], 0, word) for word in phrase.words)
        subject = subject or (is_noun and (after_auxiliary or counted))


def _kind(words: Sequence[str], at: int, question: str) -> str | None:
    """The kind of antecedent that the word at `at` has as a pronoun; None if it is none."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    kind = next((kind for kind, pronouns in _PRONOUNS.items() if word in pronouns), None)
    if word in _DEMONSTRATIVES:
        # Before a noun it is none: "that day".
        return kind if not after or is_verb(after) or after in _AFTER_A_DEMONSTRATIVE else None
    if kind == "thing" and _EXPLETIVE_IT.search(question):
        return None
    if kind == "place":
        expletive = (
            at > 0 and words[at - 1] in ("is", "are", "was", "were", "been", "be") and (after or "many" in words)
        )
        return None if expletive or (at == 0 and after) else kind
    return kind


def _replaced(question: str, unbound: Sequence[tuple[int, str]], chosen: dict[str, str], before: Phrases) -> str:
    words = question.split()
    for at, kind in unbound:
        word, text = bare(words[at]), chosen[kind]
        after_of = at > 0 and bare(words[at - 1]) == "of"
        if kind == "group" and after_of:
            text = _counted_before(before) or text
        elif kind == "place":
            led = at > 0 and _role_of(words[at - 1]) is Role.OTHER
            text = text.split(maxsplit=1)[-1] if led and Phrase(Role.PLACE, text).preposition else text
        is_owner = word in _POSSESSIVE and at + 1 < len(words) and not (word == "her" and _closes(words[at + 1]))
        ending = ("’" if text.endswith("s") and kind == "group" else "’s") if is_owner else ""
        words[at] = text + ending
    return " ".join(words)


def _closes(word: str) -> bool:
    """Whether "her" before this word is no possessive."""
    return _role_of(word) is not Role.NOUN


def _role_of(word: str) -> Role | None:
    phrases = phrases_of(word)
    return phrases[0].role if phrases else None


def _counted_before(before: Phrases) -> str | None:
    """What a count counted: "how many people died in Almaty" counts "the people who died in Almaty"."""
    if not is_count(before) or len(before) == 1:
        return None
    rest = before[1:]
    noun = rest[0].text if rest[0].role is Role.NOUN else ""
    said = rest[1:] if noun else rest
    if said and said[0].role is Role.AUXILIARY and said[0].is_do:
        return f"the {noun}" if noun else None
    verb = said[0].role if said else None
    if verb is Role.AUXILIARY or (verb is Role.VERB and not rest[0].is_outcome and not said[0].is_participle):
        return joined([f"the {noun}" if noun else "those", "who", *said])
    return joined([f"the {noun}" if noun else "those who", *said])


def _with_time(question: str, before: Phrases, previous: Turn) -> tuple[str, bool]:
    """`question` with "that day" and "then" replaced by the time that was named; and whether it was."""
    time = next(_times(before, previous), None)
    if time is None:
        return question, False
    text = _SAME_TIME.sub(time, question, count=1)
    return text, text != question


def _times(before: Phrases, previous: Turn) -> Iterator[str]:
    yield from (each.text for each in before if each.role is Role.TIME)
    if previous.answer:
        yield from (each.text for each in phrases_of(previous.answer) if each.role is Role.TIME)


def _persons(before: Phrases, previous: Turn) -> Iterator[str]:
    answer = list(names_in(previous.answer or ""))
    if before and before[0].words[0] in ("who", "quién", "кто"):
        yield from answer
    subjects = [each for each in before if each.role in (Role.NOUN, Role.OTHER)]
    yield from (name for each in subjects for name in names_in(each.content))
    yield from (each.text for each in subjects if each.role is Role.NOUN and _head(each) in _PERSON_NOUNS)
    nouns = [
        noun for auxiliary, noun in pairwise(before) if auxiliary.role is Role.AUXILIARY and noun.role is Role.NOUN
    ]
    yield from (noun.text for noun in nouns if len(noun.words) == 1 and noun.text.islower() and not _is_plural(noun))
    yield from answer
    yield from names_in(previous.sentence)


def _groups(before: Phrases, previous: Turn) -> Iterator[str]:
    nouns = _nouns(before, plural=True)
    if before and before[0].words[0] in ("who", "which") and previous.answer and _is_plural(_as_noun(previous.answer)):
        yield previous.answer
    for each in nouns:
        asked = each is before[1] if len(before) > 1 else False
        yield f"the {each.content}" if asked and is_count(before) else each.content
    if is_count(before) and any(each.is_outcome for each in before[1:]):
        yield _counted_before(before) or "the people"
    if previous.answer and not re.search(r"\d", previous.answer) and _is_plural(_as_noun(previous.answer)):
        yield previous.answer
    yield from (each.text for each in before if each.role is Role.NOUN and _head(each) in _BODIES - _BUILDINGS)


def _things(before: Phrases, previous: Turn) -> Iterator[str]:
    nouns = [each for each in _nouns(before, plural=False) if _head(each) not in _PERSON_NOUNS]
    for number, each in enumerate(before):
        if each in nouns:
            asked = number == 1 and before[0].role is Role.ASK
            text = joined([each, *_attached(before[number + 1 :])])
            text = text if each.role is Role.NOUN else each.content
            yield f"the {text}" if asked and each.text.islower() and each.words[0] != "the" else text
    yield from (owner[1] for each in before if (owner := _OWNER.match(each.text)))
    answer = previous.answer or ""
    names_thing = before[0].words[0] in ("what", "which", "where")
    if names_thing and 0 < len(answer.split()) <= _LONGEST_NAME and not re.search(r"\d", answer):
        yield answer


def _attached(after: Phrases) -> Phrases:
    """The prepositional phrases between a noun and the verb that it is the subject of."""
    verb = next((number for number, each in enumerate(after) if each.role is Role.VERB), 0)
    between = after[:verb]
    return between if all(each.role in (Role.OTHER, Role.PLACE) for each in between) else ()


def _places(before: Phrases, previous: Turn) -> Iterator[str]:
    if before and before[0].words[0] in ("where", "dónde", "где") and previous.answer:
        named = phrases_of(previous.answer)[0]
        yield previous.answer if named.preposition else f"in {previous.answer}"
    yield from (each.text for each in before if each.role is Role.PLACE)
    yield from (f"in {named[1]}" for named in islice(_PLACE_NAMED.finditer(previous.sentence), 1))


def _nouns(before: Phrases, *, plural: bool) -> Phrases:
    """The noun phrases of one number; those behind a preposition only where there are no others."""
    by_role = ([each for each in before if each.role is role] for role in (Role.NOUN, Role.OTHER))
    fitting = ([each for each in nouns if _is_plural(each) is plural] for nouns in by_role)
    return tuple(next(filter(None, fitting), ()))


def _as_noun(text: str) -> Phrase:
    return Phrase(Role.NOUN, text)


def _head(noun: Phrase) -> str:
    """The last word before any "of": what the noun phrase is about."""
    words = noun.words
    return words[max(words.index("of") - 1, 0) if "of" in words else -1]


def _is_plural(noun: Phrase) -> bool:
    head = _head(noun)
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or head.endswith("ых")


_CANDIDATES = {"person": _persons, "group": _groups, "thing": _things, "place": _places}
