"""Names of sources: whether two spellings name one, and whom "he" or "the ministry" stands for."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.language.claim_words import DETERMINERS, NOBODY, PRONOUNS, SOURCE_HEAD
from bot.language.claims import claims_in
from bot.language.clauses import Span, subject_in

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_SMALL_WORDS = frozenset(
    "the a an its his her their our of for in to and de del la el los las mr mrs ms dr sr sra".split()
) | {"s"}
_PERSON_HEADS = frozenset(
    """
    president minister governor mayor chancellor king queen prince pope premier chairman chairwoman director chief
    secretary spokesman spokeswoman spokesperson ambassador senator general colonel judge leader commander ombudswoman
    captain admiral bishop archbishop executive manager coach owner
    ombudsman deputy adviser envoy prosecutor presidente presidenta ministro ministra gobernador gobernadora alcalde
    alcaldesa
    """.split()
)
_BODY_HEADS = frozenset(
    """
    ministry police army government committee commission council agency office department company operator group
    organisation organization union bank service court embassy alliance party parliament chamber network newspaper
    channel television authority hospital institute association federation university airline
    ministerio gobierno fiscalía
    """.split()
)
_SENTENCES_BACK = 6
"""A pronoun is not followed further back."""
_FEMALE = re.compile(
    r"\b(?:\w+woman|mother|sister|daughter|queen|nurse|she|her|mrs|ms|ministra|presidenta)\b", re.IGNORECASE
)
_MALE = re.compile(r"\b(?:\w+sman|\w+rman|father|brother|son|king|prince|he|his|mr)\b", re.IGNORECASE)
_NAME = r"(?-i:[A-ZÀ-ÞЀ-Я][\w'’-]*(?:[ -]{1,2}[A-ZÀ-ÞЀ-Я][\w'’-]*){0,4})"


def folded(word: str) -> str:
    """A word without case, diacritics and possessive: "Nazarbáyev's" is "nazarbayev"."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return re.sub(r"['’]s?$", "", plain.casefold())


def spelled_alike(one: str, other: str) -> bool:
    """Whether two words may be spellings of one name: "Tokaev" and "Tokayev".

    By the edit distance of Levenshtein (1966): none in words of up to 4 letters, 1 up to 7, else 2;
    the first letter must agree, since transcriptions differ in vowels and endings.
    """
    one, other = folded(one), folded(other)
    if one == other:
        return True
    shortest = min(len(one), len(other))
    bound = 0 if shortest <= 4 else 1 if shortest <= 7 else 2  # noqa: PLR2004 - the lengths that are documented above
    if not bound or one[0] != other[0] or abs(len(one) - len(other)) > bound:
        return False
    return _edits(one, other) <= bound


def _edits(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, another in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != another))
    return row[-1]


def is_of_a_body(words: Iterable[str]) -> bool:
    """Whether these words of a name say that it is no person's: "Interior Ministry"."""
    return any(folded(word) in _BODY_HEADS for word in words)


def is_called(text: str, source: Span, name: str, body_start: int = 0) -> bool:
    """Whether the source at a span of an article is called `name`: by last name, in full, or by office.

    A bare office ("the president") is that of its first bearer in the article where several have one.
    """
    words = [word for word in map(folded, _WORD.findall(name)) if word not in _SMALL_WORDS]
    said = [folded(word) for word in _WORD.findall(text[slice(*source)])]
    if not words or not said:
        return False
    is_office = words[-1] in _PERSON_HEADS
    if is_office or words[-1] in _BODY_HEADS or re.search(r"\b(?:of|de)\b", name):
        bearers = _bearers(text, words[-1], len(text), body_start) if is_office and len(words) == 1 else []
        if bearers:
            last = text[slice(*bearers[0])].rsplit(maxsplit=1)[-1]
            return any(spelled_alike(last, word) for word in said) or said in ([words[-1]], ["the", words[-1]])
        return all(any(spelled_alike(word, each) for each in said) for word in words)
    return any(spelled_alike(words[-1], each) for each in said)


def antecedent_of(masked: str, source: Span, sentences: Sequence[Span]) -> Span | None:  # noqa: PLR0911 - one for each kind of source
    """The name that a source stands for, from the sentences of the article up to it; None where that is not safe."""
    words = masked[slice(*source)].split()
    first = folded(words[0])
    if len(words) > 1 and _is_named(masked, source, sentences):
        return source
    if first in {"he", "she", "his", "her", "him", "él", "ella", "он", "она"}:
        return _person_before(masked, source[0], sentences, first)
    if first in {"it", "its", "they", "their"}:
        return _body_before(masked, source[0], sentences, plural=first.startswith("the"))
    if _is_named(masked, source, sentences):
        return source
    head = folded(words[-1])
    if first not in DETERMINERS or first in {"a", "an", "some"}:
        return None
    if head in _PERSON_HEADS and len(words) == 2:  # noqa: PLR2004 - a determiner and the office
        return _bearer_before(masked, head, source[0], sentences)
    if head in _BODY_HEADS and len(words) == 2:  # noqa: PLR2004 - a determiner and the body
        return _named_body_before(masked, head, source[0], sentences)
    return None


def _is_named(masked: str, source: Span, sentences: Sequence[Span]) -> bool:
    starts = any(start == source[0] for start, _ in sentences)
    for place, word in enumerate(_WORD.finditer(masked, *source)):
        common = folded(word[0]) in DETERMINERS | PRONOUNS or SOURCE_HEAD.fullmatch(folded(word[0])) is not None
        if word[0][0].isupper() and not (place == 0 and (common or starts) and not _one_name(masked, source, common)):
            return True
        if not word[0].isascii() and word[0][0].isalpha() and not word[0].islower() and not word[0].isupper():
            return True
    return False


def _one_name(masked: str, source: Span, common: bool) -> bool:
    return not common and " " not in masked[slice(*source)]


def _sources_before(masked: str, place: int, sentences: Sequence[Span]) -> list[tuple[Span, list[Span]]]:
    """For each sentence up to `place`, nearest first: its subject, and the sources of its claims."""
    found = []
    for start, end in reversed(sentences[-_SENTENCES_BACK - 1 :]):
        claims = [claim.source for claim in claims_in(masked, start, end)]
        subject = subject_in(masked, start, end)
        spans = [
            *claims,
            *([subject] if subject and not any(subject[0] >= c[0] and subject[1] <= c[1] for c in claims) else []),
        ]
        found.append(((start, end), sorted({span for span in spans if span[1] <= place}, reverse=True)))
    return found


_FULL_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][a-zà-ÿ'’-]+ [A-ZÀ-Þ][a-zà-ÿ'’-]{3,}\b", re.MULTILINE)


def _person_before(masked: str, place: int, sentences: Sequence[Span], pronoun: str) -> Span | None:
    for (start, end), spans in _sources_before(masked, place, sentences):
        persons = []
        for span in spans:
            words = masked[slice(*span)]
            if not _is_person(words) or " and " in words:
                continue
            if (pronoun in {"he", "his", "him"} and _FEMALE.search(words)) or (
                pronoun in {"she", "her"} and _MALE.search(words)
            ):
                continue
            persons.append(span)
        if not persons:
            described = [span for span in spans if _is_office(masked[slice(*span)])]
            if len(described) == 1:
                return antecedent_of(masked, described[0], [each for each in sentences if each[0] < described[0][0]])
        if persons:
            names = {folded(masked[slice(*span)].rsplit(maxsplit=1)[-1]) for span in persons}
            return persons[0] if len(names) == 1 else None
        same = any(folded(masked[slice(*span)]) in PRONOUNS for span in spans)
        if not same and _FULL_NAME.search(masked, start, min(end, place)) is not None:
            return None
    return None


_NO_NAMES = (
    PRONOUNS
    | NOBODY
    | frozenset(
        """
    one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands some many most several few
    others both all each more less half
    """.split()
    )
)


def _is_person(words: str) -> bool:
    """Whether a phrase, or one that stands in apposition, is the name of a person."""
    for part in words.split(", "):
        core = re.split(r" (?:of|in|at|for|from|de) ", part)[0].split()
        core = core[1:] if core and folded(core[0]) in DETERMINERS else core
        if not core or not core[-1][0].isupper() or folded(core[-1]) in _BODY_HEADS | _PERSON_HEADS:
            continue
        if len(core) > 1:
            return True
        if (
            part == core[0]
            and (not part.endswith("s") or part != words)
            and SOURCE_HEAD.fullmatch(core[0].lower()) is None
            and folded(core[0]) not in _NO_NAMES
        ):
            return True
    return False


def _is_office(words: str) -> bool:
    """Whether a phrase is "the president" and nothing more."""
    parts = [folded(part) for part in words.split()]
    return len(parts) == 2 and parts[0] in DETERMINERS and parts[1] in _PERSON_HEADS  # noqa: PLR2004 - as it says


def _is_body(words: str) -> bool:
    core = re.split(r",| (?:of|in|at|for|from|de) ", words)[0].split()
    # "The shipping company Nordlin" has its name behind what it is.
    named = len(core) > 1 and core[-1][0].isupper() and folded(core[-2]) in _BODY_HEADS
    return bool(core) and (named or folded(core[-1]) in _BODY_HEADS)


def _body_before(masked: str, place: int, sentences: Sequence[Span], *, plural: bool) -> Span | None:
    for _, spans in _sources_before(masked, place, sentences):
        for span in spans:
            words = masked[slice(*span)]
            last = folded(words.split()[-1])
            if last in PRONOUNS:
                continue
            if plural and (last.endswith("s") or last in {"police", "people", "media"}):
                return span
            if not plural and _is_body(words):
                return antecedent_of(masked, span, [each for each in sentences if each[0] < span[0]])
        if any(folded(masked[slice(*span)].rsplit(maxsplit=1)[-1]) not in PRONOUNS for span in spans):
            return None
    return None


def _bearers(text: str, office: str, before: int, start: int = 0) -> list[Span]:
    """Everyone in the article that is named with an office, in order."""
    patterns = (
        rf"\b{office}\s+(?P<name>{_NAME})",
        rf"\b{office}(?:,? of [^,.;:]{{2,40}}?)?,\s+(?P<name>{_NAME})(?=[,.])",
        rf"(?P<name>{_NAME}),\s+(?:the |a )?(?:[\w’'-]+ ){{0,3}}{office}\b",
        rf"<(?P<name>[^<>/\n]+?) / {office}\b",
    )
    found = {
        match.span("name")
        for pattern in patterns
        for match in re.finditer(pattern, text[:before], re.IGNORECASE)
        if match.start() >= start
    }
    return sorted(found)


def _bearer_before(masked: str, office: str, place: int, sentences: Sequence[Span]) -> Span | None:
    bearers = _bearers(masked, office, place, sentences[0][0] if sentences else 0)
    if not bearers:
        return None
    last_names = [masked[slice(*bearer)].rsplit(maxsplit=1)[-1] for bearer in bearers]
    if all(spelled_alike(last_names[0], each) for each in last_names):
        return bearers[-1]
    for _, spans in _sources_before(masked, place, sentences)[:3]:
        for span in spans:
            last = masked[slice(*span)].rsplit(maxsplit=1)[-1]
            fitting = [bearer for bearer, each in zip(bearers, last_names, strict=True) if spelled_alike(each, last)]
            if fitting:
                return fitting[-1]
    return None


def _named_body_before(masked: str, head: str, place: int, sentences: Sequence[Span]) -> Span | None:
    pattern = (
        rf"(?!The |A )(?:(?-i:[A-ZÀ-Þ][\w’'-]*) ){{1,4}}(?-i:{head.capitalize()})\b"
        rf"|(?-i:{head.capitalize()}) (?:of|for) (?:the )?{_NAME}"
        rf"|(?!The |A )(?:(?-i:[A-ZÀ-Þ][\w’'-]*) ){{1,4}}{head}\b"
    )
    start = sentences[max(0, len(sentences) - _SENTENCES_BACK - 1)][0] if sentences else 0
    found = [match.span() for match in re.finditer(pattern, masked[:place], re.IGNORECASE) if match.start() >= start]
    if not found:
        return None
    latest = max(start for start, end in sentences if start <= found[-1][0])
    near = {masked[slice(*span)].casefold() for span in found if span[0] >= latest}
    return found[-1] if len(near) == 1 else None
