"""What a question and its answer state together, and how the same thing is asked by another question word."""

import re
from collections.abc import Iterable, Iterator

from bot.language.antecedents import Turn
from bot.language.question_phrases import BASE_OF, CIRCUMSTANCES, PAST_OF, Phrase, Phrases, Role, is_count, joined

_LONGEST_ANSWER = 10
"""Words of an answer that a question may repeat."""

_LONGEST_CLAUSE = 25

_CLAUSE_END = re.compile(r"(?<!\d),(?!\d)|;|:|\s[–—-]\s|\b(?:but|although|while|however)\b")
_REPORTING = re.compile(
    r".*\b(?:said|says|say|told \w+(?: \w+)?|announce[ds]|report(?:ed|s)|claim(?:ed|s)|confirm(?:ed|s)|add(?:ed|s)"
    r"|insist(?:ed|s)?|affirm)(?: (?:on \w+day|that))*\s+",
    re.DOTALL,
)
_PRONOUNS = frozenset("he she it they we i this that these those who which".split())
_SMALL = frozenset(
    """
    the a an in on at by for from of there some more about nearly almost least no all most later another both several
    dozens hundreds thousands one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    """.split()
)
_COUNTED_WITH_OF = frozenset("dozens scores hundreds thousands millions".split())
_SUBJECT_ASKED = frozenset("who what which quién qué кто что".split())


def stated(before: Phrases, previous: Turn) -> Iterator[str]:
    """What was stated, as clauses: the last question with its answer, then the quoted sentence's clause."""
    clause = _clause(before, _short(previous.answer))
    if clause:
        yield clause
    quoted = _clause_around(previous.sentence, previous.answer)
    if quoted:
        yield quoted


def asked_by(ask: Phrase, before: Phrases, previous: Turn) -> Iterator[str]:
    """The question of `before` asked by the question word `ask`, with what was answered as given."""
    answer = _short(previous.answer)
    old, rest = (before[0], before[1:]) if before[0].role is Role.ASK else (None, before)
    same = old is not None and old.words == ask.words
    if same or (old is None and rest[0].role is not Role.AUXILIARY):
        yield joined(before) if same else joined([ask, *before])
    elif ask.words[-1] == "else" or "who" in ask.words[:1]:
        yield from _asking_who(ask, before)
    elif ask.words[:2] == ["how", "many"]:
        yield from _asking_how_many(ask, rest, is_subject_asked=old is not None)
    elif old is not None and answer and _asks_for_subject(old, rest):
        # "Who was arrested?" and "who will succeed her?" ask for what stands behind the auxiliary.
        yield joined([ask, rest[0], answer, *rest[1:]])
    elif old is None or (rest and rest[0].role is Role.AUXILIARY):
        yield _swapped(ask, old, rest, answer)
    elif is_count(before):
        yield _of_a_count(ask, rest, answer)
    elif rest:
        yield _of_a_subject(ask, old, rest, answer)


def _asks_for_subject(old: Phrase, rest: Phrases) -> bool:
    """Whether who or what is asked for is the subject: an auxiliary and a verb follow, and no noun between them."""
    auxiliaries = [each for each in rest[:2] if each.role is Role.AUXILIARY]
    verb = rest[len(auxiliaries)] if len(rest) > len(auxiliaries) else None
    is_subject = bool(auxiliaries) and verb is not None and verb.role is Role.VERB
    return is_subject and old.words[0] in _SUBJECT_ASKED and not auxiliaries[0].is_do


def _short(answer: str | None) -> str:
    return _in_mid_sentence(answer) if answer and len(answer.split()) <= _LONGEST_ANSWER else ""


def _in_mid_sentence(text: str) -> str:
    """`text` with its first word in lower case if only the start of a sentence gave it a capital."""
    return f"{text[0].lower()}{text[1:]}" if text.split(maxsplit=1)[0].lower() in _SMALL else text


def _swapped(ask: Phrase, old: Phrase | None, rest: Phrases, answer: str) -> str:
    """Asked by "when", "what did X say about Y" becomes "when did X say this about Y"."""
    if old is not None and old.words[0] == "how" and len(old.words) > 1:
        # "How much did it cost?" asks for a degree, which the answer gave.
        return joined([ask, *_after_verb(rest, answer or "so much")])
    what = old is not None and old.words[0] == "what" and any(each.role is Role.VERB for each in rest)
    if not what:
        return joined([ask, *rest])
    if len(rest[-1].words) == 1 and rest[-1].role is Role.OTHER:
        return joined([ask, *rest, "this"])
    parts = ((each.text, "this") if each.role is Role.VERB else (each.text,) for each in rest)
    return joined([ask, *(text for part in parts for text in part)])


def _of_a_count(ask: Phrase, rest: Phrases, answer: str) -> str:
    noun = rest[0].text if rest and rest[0].role is Role.NOUN else ""
    said = rest[1:] if noun else rest
    circumstances = [each for each in rest if each.role in CIRCUMSTANCES]
    if said and said[0].role is Role.AUXILIARY:
        if said[0].is_do:
            return joined([ask, *_after_verb(said, _quantity(answer, noun))])
        return joined([ask, said[0], noun or "people", *said[1:]])
    if said and said[0].role is Role.VERB and not _is_passive(said):
        return _with_support(ask, noun or "people", said)
    if rest and rest[0].role is Role.NOUN and rest[0].is_participle:
        return joined([ask, "were people", noun, *said])
    if said and said[0].role is Role.VERB:
        return joined([ask, "were", noun, *said])
    return joined([ask, "were there", _quantity(answer, noun), *circumstances])


def _of_a_subject(ask: Phrase, old: Phrase, rest: Phrases, answer: str) -> str:
    """Asked by "when", "who replaced X" becomes "when did Y replace X"."""
    if rest[0].role is Role.NOUN and len(rest) > 1:
        # "Which buildings were set on fire?"
        noun, said = f"the {rest[0].text}", rest[1:]
        auxiliary = next((each for each in said if each.role is Role.AUXILIARY), None)
        if auxiliary is None:
            return _with_support(ask, noun, said)
        if auxiliary.is_do:
            return joined([ask, *_after_verb(said[said.index(auxiliary) :], noun)])
        return joined([ask, auxiliary, noun, *(each for each in said if each is not auxiliary)])
    if rest[0].role is not Role.VERB:
        return joined([ask, *rest])
    if rest[0].words[0].startswith("happen"):
        return _with_support(ask, "this", rest)
    return _with_support(ask, answer or ("someone" if old.words[0] == "who" else "something"), rest)


def _is_passive(said: Phrases) -> bool:
    """Whether it begins with a participle that has no object: "killed in the city", but not "joined the strike"."""
    has_object = len(said) > 1 and said[1].role is Role.NOUN
    return said[0].is_participle and not has_object


def _with_support(ask: Phrase, subject: str, said: Phrases) -> str:
    """Inverted with "did" where the verb's base is known, and cleft where it is not."""
    verb, *rest = said
    base = BASE_OF.get(verb.words[0]) if len(verb.words) == 1 else None
    if base is None:
        return joined([ask, "was it that", subject, *said])
    return joined([ask, "did", subject, base, *rest])


def _asking_who(ask: Phrase, before: Phrases) -> Iterator[str]:
    rest = before[1:] if before[0].role is Role.ASK else before
    noun = rest[0] if rest and rest[0].role is Role.NOUN else None
    said = rest[1:] if noun else rest
    if said and said[0].text == "were":
        said = (Phrase(Role.AUXILIARY, "was"), *said[1:])
    if ask.words[-1] == "else" and before[0].words[0] == ask.words[0]:
        yield joined([ask, *rest])
    elif is_count(before) and said and not (said[0].role is Role.AUXILIARY and said[0].is_do):
        needs_be = noun is not None and (noun.is_outcome or said[0].role in CIRCUMSTANCES)
        if noun is not None and noun.is_participle:
            yield joined([ask, "was", noun, *said])
        else:
            yield joined([ask, "were the", noun, *said] if noun and needs_be else [ask, *said])
    elif is_count(before) and noun is not None and not said:
        yield joined([ask, "was" if noun.is_participle else "were the", noun])
    elif before[0].role is Role.AUXILIARY and before[0].is_be and noun is None and len(rest) > 1:
        # "Were police officers injured?"
        yield joined([ask, "was", *(each for each in rest[1:] if each.role is not Role.NOUN)])


def _asking_how_many(ask: Phrase, rest: Phrases, *, is_subject_asked: bool) -> Iterator[str]:
    if rest and rest[0].role is Role.AUXILIARY and len(rest) > 1 and rest[1].role is Role.NOUN:
        auxiliary, noun, *said = rest
        if not auxiliary.is_do:
            yield joined([ask, noun, auxiliary, *said])
        elif said and said[0].words[0] in PAST_OF:
            yield joined([ask, noun, PAST_OF[said[0].words[0]], *said[1:]])
    elif is_subject_asked and rest:
        yield joined([ask, "were" if rest[0].text == "was" else rest[0], *rest[1:]])


def _quantity(answer: str, noun: str) -> str:
    """The answer with the noun that it counts: "more than 8,000" and "detainees"."""
    if answer and (not noun or noun.lower() in answer.lower()):
        return answer
    of = answer.rsplit(maxsplit=1)[-1].lower() in _COUNTED_WITH_OF if answer else False
    return joined([answer, "of" if of else "", noun])


def _after_verb(said: Iterable[Phrase], inserted: str) -> list[str]:
    """The texts of `said` with `inserted` behind its first verb."""
    texts, is_done = [], False
    for each in said:
        texts.append(each.text)
        if each.role is Role.VERB and not is_done:
            texts.append(inserted)
            is_done = True
    return texts if is_done else [*texts, inserted]


def _clause(before: Phrases, answer: str) -> str:
    """The question with its answer, as a statement; empty where it cannot be one."""
    old, rest = (before[0], before[1:]) if before[0].role is Role.ASK else (None, before)
    if old is not None and is_count(before):
        return _count_clause(rest, answer)
    if [each.role for each in rest[:2]] == [Role.AUXILIARY, Role.NOUN]:
        filled = answer if old is not None and old.words[0] in (*_SUBJECT_ASKED, "how") else ""
        return _inverted_back(rest, filled)
    if old is None or old.words[0] not in _SUBJECT_ASKED or not rest or not answer:
        return ""
    said = rest[1:] if rest[0].role is Role.NOUN else rest
    happened = said and said[0].words[0].startswith("happen")
    return answer if happened else joined([answer, *said])


def _inverted_back(rest: Phrases, answer: str) -> str:
    """The statement of "did X say" or "was X detained", with the answer where what was asked for stands."""
    auxiliary, subject, *said = rest
    if subject.words[0] == "there":
        return joined(["there", auxiliary, *subject.text.split()[1:], *said])
    if not auxiliary.is_do:
        return joined([subject, auxiliary, *said, answer])
    verb = next((each for each in said if each.role is Role.VERB), None)
    if verb is None or verb.words[0] not in PAST_OF:
        return ""
    past = Phrase(Role.VERB, PAST_OF[verb.words[0]])
    return joined([subject, *_after_verb([past if each is verb else each for each in said], answer)])


def _count_clause(rest: Phrases, answer: str) -> str:
    noun = rest[0].text if rest and rest[0].role is Role.NOUN else ""
    said = rest[1:] if noun else rest
    quantity = _quantity(answer, noun)
    if rest and rest[0].words[0] == "of":
        return joined([answer or "some", *rest])
    if said and said[0].role is Role.AUXILIARY and said[0].is_do:
        subject, verb = said[1:2], said[2:3]
        if not verb or verb[0].words[0] not in PAST_OF:
            return ""
        return joined([*subject, PAST_OF[verb[0].words[0]], quantity, *said[3:]])
    if said and said[0].role in (Role.AUXILIARY, Role.VERB) and not rest[0].is_participle:
        return joined([quantity, *(["were"] if said[0].role is Role.VERB and _is_passive(said) else []), *said])
    if rest and rest[0].is_participle:
        return joined([answer or "people", "were" if noun else "", rest[0], *rest[1:]])
    return joined(["there were", quantity, *said])


def _clause_around(sentence: str, answer: str | None) -> str:
    """The part of `sentence`, between commas and without who reports it, in which the answer stands."""
    at = sentence.find(answer) if answer else -1
    if at < 0 or answer is None:
        return ""
    ends = [0, *(end for mark in _CLAUSE_END.finditer(sentence) for end in mark.span()), len(sentence)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end >= at + len(answer)), default=len(sentence))
    reporting = _REPORTING.match(sentence, start, at)
    clause = sentence[reporting.end() if reporting else start : end].strip(" ,.;:\"'“”«»")
    clause = re.sub(r"\A(?:that|and|so far) ", "", clause, flags=re.IGNORECASE)
    words = clause.split()
    if not 1 < len(words) <= _LONGEST_CLAUSE or words[0].lower() in _PRONOUNS:
        return ""
    return _in_mid_sentence(clause)
