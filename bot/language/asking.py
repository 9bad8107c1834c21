"""What a question asks for: a count, an amount, a time or a name; of what, and of whom."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from bot.language.counted_nouns import counted_at
from bot.language.news_terms import Event, Group, events_in, groups_in
from bot.language.question_forms import speech_asked, yes_no_asked
from index.search import content_words

STEMS_REMEMBERED = 20_000
"""Words; a language in use has about so many, while questions may be of anything."""

_A_TOLL = r"\btoll\b(?! (?:roads?|booths?|plazas?|gates?|bridges?|charges?|fees?|free))(?!.*\b(?:take|taken|took)\b)"
_COUNT = re.compile(
    rf"\bhow many\b|\b(?:number|count|total|tally) of\b|{_A_TOLL}"
    r"|\bcu[aá]nt[oa]s\b|\bсколько\b|\bn[uú]mero de\b|\bчисло\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\bhow (?:much|long|far|old|high|big|large|tall|deep|heavy|often)\b|\bwhat (?:share|percentage|price|sum|amount)\b"
    r"|\b(?:cost|costs|price|percentage|share|amount) of\b|\bcu[aá]nt[oa]\b"
    r"|\A\W*(?:magnitude|turnout|depth|height|length|weight|speed|temperature|salary|budget|revenue|profit|fine|ransom)"
    r" (?:of|in|at|for)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:when|what (?:day|date|year|month|time)|which (?:day|date|year|month))\b|\bcu[aá]ndo\b|\bкогда\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:who|whom|whose|where|which|what (?:is|was) the (?:name|title))\b|\bqui[eé]n(?:es)?\b|\bкто\b", re.IGNORECASE
)


_OF_ANY_PLACE = frozenset("City Ciudad Town Port Province County District Greater Central Downtown".split())
"""Words of a name that people leave out: "Juarez" is Ciudad Juarez."""
_REGIONS = ("region", "province", "district", "oblast", "county")


_IS = r"(?:what(?:'s| is| was| were| are)?\s+)?(?:the\s+)?(?:(?:latest|total|official|current|final|new)\s+)?"
_TOLL = re.compile(rf"\b{_IS}(?:death\s+)?{_A_TOLL}", re.IGNORECASE)
_BLANK, _BLANK_FIRST = re.compile(r"_{2,}"), re.compile(r"\A\W*_{2,}")
"""What is to be filled in: "___ resigned as prime minister"."""
_TOLL_GIVEN = re.compile(
    rf"\bwhat (?:death )?{_A_TOLL} (?:did|does|do|has|have|had) (.{{2,80}}?)"
    r" (?:give|gives|given|report|reported|announce|announced|publish|published|state|stated|name|named)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(rf"\b{_IS}(?:number|count|tally|total) of\s+", re.IGNORECASE)


_COUNTED = re.compile(
    r"\b(?:how many|number of|count of|total of|cu[aá]nt[oa]s|сколько)\s+(?:of (?:the|those|these|them)\s+)?"
    r"((?:(?!(?:are|is|was|were|did|do|does|have|has|had|will|would|can|could|of|in|on|at|by|to|for|from|with|after"
    r"|that|who|which|there)\b)[\w'’-]+\s*){1,3})",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many\b(?: (?:other|more|different|of (?:the|those|these))\b)?", re.IGNORECASE)
_MAY_BE_PEOPLE = re.compile(
    r"\w+(?:ers?|ors?|ists?|ents?|ants?|ians?|men|women|ees?|ives?|ats?|als)|people|persons?|guests?|pupils?|crew|fans?|staff"
    r"|troops?|kids?|boys?|girls?|children|adults?|dead|missing|victims?|casualties|souls|humans?|others|lives|deaths|police"
    r"|youths?|sons?|aides?|priests?|families|jobs|injuries|brigades|units|arrests",
    re.IGNORECASE,
)
_PASSENGERS_AND_CREW = re.compile(
    r"\b(?P<many>how many|number of)(?: (?:of )?the)? (?:passengers and crew(?: members)?|men,? women and children"
    r"|men and women|soldiers and civilians|civilians and soldiers|players and staff)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"\W*(?:why|how come|for what reason|por qu[eé]|почему|зачем)\b", re.IGNORECASE)
_WHAT_IS = re.compile(r"\W*(?:and |but )?what(?:['’]s| is| was| are| were)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:what (?:share|percentage|proportion)|percentage of|how many (?:per ?cent|percent))\b|%", re.IGNORECASE
)
_AGE = re.compile(r"\bhow old\b|\bwhat age\b", re.IGNORECASE)
_REMAINS = ("bodies", "corpses")
_DID = re.compile(r"\b(?:did|do|does|have|has|had)\s+(?:(?:the|local|riot|state|government)\s+)*\Z", re.IGNORECASE)
_TO_SOMEBODY = re.compile(
    r"(?:\s*\b(?:forces?|officers?|say|said|they|he|it|have|had|also|that|were|was))*\s*\b(?:arrest|charge|detain|free|hurt"
    r"|injure|jail|kill|release|rescue|save|shoot|wound|arrested|charged|detained|freed|injured|jailed|killed|released"
    r"|rescued|saved|shot|wounded)\b",
    re.IGNORECASE,
)
_OFTEN_DETAINED = frozenset({Group.PROTESTERS, Group.ATTACKERS})
"""Those who are detained are just "people" in news, whoever asks about them."""
_OF_SOME = re.compile(r"\bhow many of (?:the|them|those|these)\b", re.IGNORECASE)


class Sought(StrEnum):
    """What kind of answer a question is after."""

    COUNT = "count"
    AMOUNT = "amount"
    TIME = "time"
    NAME = "name"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart."""

    text: str
    sought: Sought
    event: Event | None
    """What befell the people who are counted, if one thing is asked about."""
    groups: frozenset[Group]
    """Whom of the people it is about; empty for all."""
    stems: frozenset[str]
    """The stems of its content words."""
    counted: frozenset[str]
    """The stems of the words for what is counted: of "towns" in "how many towns are there?"."""
    counts_things: bool
    """Whether what is to be counted is named, and is no people, as far as the word tells: towns are not."""

    @property
    def speaker(self) -> str | None:
        """Whose words are asked for: "the governor" of "how many died according to the governor"."""
        return speech_asked(self.text)

    @property
    def wants_evidence(self) -> bool:
        """Whether no short answer will do: why, what somebody said, and what can be answered by yes or no."""
        asks_speech = self.sought is Sought.OTHER and self.speaker is not None
        return _WHY.match(self.text) is not None or asks_speech or self.yes_or_no

    @property
    def yes_or_no(self) -> bool:
        """Whether yes or no would answer, which no article says in so many words."""
        return yes_no_asked(self.text)

    @property
    def of_some(self) -> bool:
        """Whether some of those are asked for whom another figure counts: "how many of the 225"."""
        return _OF_SOME.search(self.text) is not None

    @property
    def wants_figure(self) -> bool:
        """Whether a figure may answer: how much, and what something was, such as the turnout."""
        return self.sought is Sought.AMOUNT or (self.sought is Sought.OTHER and _WHAT_IS.match(self.text) is not None)

    @property
    def wants_share(self) -> bool:
        """Whether a share of all is asked for, and no count."""
        return _SHARE.search(self.text) is not None

    @property
    def wants_age(self) -> bool:
        """Whether somebody's age is asked for, which the rules for figures take for none."""
        return _AGE.search(self.text) is not None

    @property
    def to_read(self) -> str:
        """The question as the reader is best asked: it learned from questions, not from "death toll in the city"."""
        asked = _TOLL_GIVEN.sub(r"how many people died according to \1", self.text, count=1)
        asked = _TOLL.sub("how many people died", asked, count=1)
        asked = _NUMBER_OF.sub("how many ", asked, count=1) if asked == self.text else asked
        return _BLANK.sub("which", _BLANK_FIRST.sub("who", asked))

    def names_place(self, place: str) -> bool:
        """Whether the question says the names in the words for a place: "Beirut" of "the port of Beirut"."""
        words = [word for word in place.split() if not word[0].islower() or word in _REGIONS]
        names = [word for word in words if word not in _OF_ANY_PLACE]
        return self.names(" ".join(names or words) or place)

    def names(self, words: str) -> bool:
        """Whether the question says all of these words but the smallest, in any form and case."""
        wanted = stems_of(" ".join(content_words(words)))
        return bool(wanted) and wanted <= self.stems


def asked_of(question: str) -> Asked:
    """`question` taken apart by its words; whatever is not recognised is `Sought.OTHER`."""
    question = _PASSENGERS_AND_CREW.sub(r"\g<many> people", question)
    # Bodies that are counted are a matter of their own: asked about them, not every count of the dead answers.
    events = {event for start, end, event in events_in(question) if question[start:end].lower() not in _REMAINS}
    if not events and _TOLL.search(question):
        events = {Event.DEATH}
    if len(events) > 1:
        # Of the hostages that were freed the question is how many were freed.
        events -= {Event.ABDUCTION}
    event = events.pop() if len(events) == 1 else None
    things = _things_counted(question)
    # "How many countries sent troops?" is not about troops.
    named = [] if things else [*groups_in(question)]
    groups = frozenset(group for start, end, group in named if not _is_who_does_it(question, start, end))
    return Asked(
        question,
        _sought(question),
        event,
        groups - _OFTEN_DETAINED if event is Event.DETENTION else groups,
        stems_of(" ".join(content_words(question))),
        stems_of(things or (counted[1] if (counted := _COUNTED.search(question)) else "")),
        bool(things),
    )


def _things_counted(question: str) -> str:
    """The words for what is to be counted where they are no people, as far as the words tell; else none."""
    asked = question.lower()
    many = _HOW_MANY.search(asked)
    named = counted_at(asked, many.start(), many.end()) if many else ""
    people = any(events_in(named)) or any(groups_in(named)) or any(map(_MAY_BE_PEOPLE.fullmatch, named.split()))
    return "" if people else named


def _is_who_does_it(question: str, start: int, end: int) -> bool:
    """Whether the group at these characters is whom it did not befall: the police of "did the police arrest"."""
    return _DID.search(question, 0, start) is not None and _TO_SOMEBODY.match(question, end) is not None


def _sought(question: str) -> Sought:
    patterns = ((_COUNT, Sought.COUNT), (_AMOUNT, Sought.AMOUNT), (_TIME, Sought.TIME), (_NAME, Sought.NAME))
    found = [(match.start(), sought) for pattern, sought in patterns if (match := pattern.search(question))]
    return min(found, key=lambda each: each[0])[1] if found else Sought.OTHER


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of `text`, by Snowball's English stemmer (Porter, 2001), diacritics folded."""
    return frozenset(_stem(word) for word in re.findall(r"\w+", text.lower()))


@lru_cache(maxsize=STEMS_REMEMBERED)
def _stem(word: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _stemmer()(folded)


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem: Callable[[str], str] = Stemmer("english").stemWord
    return stem
