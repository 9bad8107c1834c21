"""A fragment in the place of a phrase: "how many people died in Almaty?" asked of the wounded, or of children."""

import re
from collections.abc import Iterator

from bot.language.antecedents import names_in
from bot.language.question_phrases import CIRCUMSTANCES, Phrase, Phrases, Role, is_count, phrases_of, with_circumstance


def asked_of(before: Phrases, new: Phrase) -> Iterator[Phrases]:
    """The questions that `before` becomes with `new` for a noun, a name, a verb or a place of its, likeliest first.

    A count is told by what it counts: "wounded" is another thing that became of people, "children" are
    other people. In other questions, `new` takes the place of what is most like it.
    """
    is_name = new.text[:1].isupper() and next(names_in(f"said {new.text}"), None) is not None
    place = next((each for each in before if each.role is Role.PLACE), None)
    if is_count(before):
        if is_name:
            yield with_circumstance(before, Phrase(Role.PLACE, new.text))
        yield from _counted_instead(before, new)
        return
    if new.is_outcome and not is_name:
        circumstances = [each for each in before if each.role in CIRCUMSTANCES]
        yield (Phrase(Role.ASK, "How many"), Phrase(Role.NOUN, _without_article(new.text)), *circumstances)
    verb = next((each for each in before if each.role is Role.VERB), None)
    if verb is not None and phrases_of(f"what did it {new.text}")[-1].role is Role.VERB:
        yield tuple(new if each is verb else each for each in before)
        return
    if before[0].words[0] in ("what", "which") and before[1:2] and before[1].role is Role.NOUN and not is_name:
        # Another thing than the one that was asked for: "What share said yes?" – "and the turnout?"
        circumstances = [each for each in before if each.role in CIRCUMSTANCES]
        yield (Phrase(Role.ASK, "what"), Phrase(Role.AUXILIARY, "was"), new, *circumstances)
    if is_name and place is not None:
        yield with_circumstance(before, Phrase(Role.PLACE, new.text))
    replaceable = [each for each in before if each.role in (Role.NOUN, Role.OTHER) and each.content]
    if is_name:
        replaceable.sort(key=lambda each: next(names_in(f"said {each.content}"), None) is None)
    for each in replaceable:
        text = f"{each.preposition} {new.text}" if each.preposition else new.text
        yield tuple(Phrase(each.role, text) if other is each else other for other in before)
    if not replaceable:
        yield (*before, new)


def _counted_instead(before: Phrases, new: Phrase) -> Iterator[Phrases]:
    """A count of `new`: "wounded" is another thing that became of people, "children" are other people."""
    ask, *rest = before
    noun = rest[0] if rest and rest[0].role is Role.NOUN else None
    said = rest[1:] if noun else rest
    plain = Phrase(Role.NOUN, _without_article(new.text))
    circumstances = [each for each in rest if each.role in CIRCUMSTANCES]
    verb = next((each for each in said if each.role not in CIRCUMSTANCES and not _is_auxiliary(each)), None)
    if new.is_outcome:
        if noun is not None and noun.is_outcome:
            yield (ask, plain, *said)
        elif verb is not None and verb.is_participle and plain.is_participle and any(map(_is_auxiliary, said)):
            yield tuple(plain if each is verb else each for each in before)
        else:
            yield (ask, plain, *circumstances)
        return
    if noun is not None and noun.is_outcome and verb is None:
        yield (ask, plain, noun if noun.is_participle else Phrase(Role.OTHER, f"among the {noun.text}"), *said)
    elif any(each.role not in CIRCUMSTANCES for each in said):
        yield (ask, plain, *said)
    yield (ask, plain, *circumstances)


def _is_auxiliary(phrase: Phrase) -> bool:
    return phrase.role is Role.AUXILIARY


def _without_article(text: str) -> str:
    return re.sub(r"\A(?:the|los|las) ", "", text, flags=re.IGNORECASE)
