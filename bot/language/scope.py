"""Scope: what a figure counts, of whom, where and when, by the words around it.

Rules and no model: a figure's clause runs from the figure before it to the figure behind it, and what is
named in it is taken to be said of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.dates import DateSpan, dates_in
from bot.language.figures import Figure
from bot.language.news_terms import Event, Group, events_in, groups_in

LONG_AGO = timedelta(days=365)
"""A figure that is dated so long before its article is of another time than the article's."""

A_YEAR = timedelta(days=364)
"""From its first to its last day."""

FAR_APART = 4
"""Words between two groups of people that are not named together."""

_ALL = re.compile(
    r"(?:people|persons?|citizens|residents|others|inhabitants|lives|more|human|victims?|casualties|deaths|losses"
    r"|personas|víctimas|человек|людей)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:\w+ ){0,2}of (?:them|those|these|whom|the (?:dead|killed|victims|wounded|injured)\b)", re.IGNORECASE
)
_AMONG_THEM = re.compile(
    r"\b(?:among|of) (?:them|these|those|whom|which)\s+(?:(?:were|are|at least|about|some|more than|over)\s+)*\Z",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"(?:[\s:]+(?:tolls?|counts?|tally|total|figures?|number(?:s|ed)?|has|had|have|now|is|was|were|are|at|to|by|stands?|stood|rises?|rose"
    r"|risen|climbed|grew|grown|increased|jumped|reached|fell|remains?|remained))*[\s:]*\Z",
    re.IGNORECASE,
)
"""Between what befell people and the number of them: "the injured at 7,000", "the death toll rose to 12"."""
_NEXT_COUNT = re.compile(r"[,;]\s*(?:and |but |while )?(?:the )?(?:number of )?(?:the )?\Z", re.IGNORECASE)
"""Before what befell those of the next figure: "1,100 soldiers, and the dead at 64"."""
_OF_ALL = re.compile(r"\s*of (?:the|a total of|all)\s*\Z", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:among|of|for|entre|de|среди)\s+(?:the |los |las )?(?:\w+ ){0,2}\Z|\b(?:number|count|toll|losses)\b[^,;:]*\Z",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"\W*(?:[\w-]+\W+){0,2}(?:and|but|y|и|,)\W+(?:[\w-]+\W+){0,2}\Z", re.IGNORECASE)
_SUBJECT_STARTS = re.compile(r"(?:\A|[,;:—–]|\b(?:that|said|and|but|which))\W*(?:\w+ly\W+)?\Z", re.IGNORECASE)
_RUNS_ON = re.compile(r"(?:\s+[\w'’-]+){1,4}?(?:,|,?\s+(?:and|or|y|и))\s+\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:of|on|for|about|with|from|in|into|by|after)\b", re.IGNORECASE)
_CALENDAR = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_NAME = rf"(?!(?:{_CALENDAR})\b)[^\W\d_a-zа-я][\w-]+"
_NO_PLACE = (
    "the|an?|his|her|its|their|this|that|all|mornings?|afternoons?|evenings?|nights?|hours?|days?|weeks?|months?|years?"
    "|statements?|interviews?|reports?|letters?|posts?|cases?"
)
"""Between the preposition and the name: "in the morning the Interior Ministry had counted 5,135"."""
# A hyphen is part of a name, and no separator too: there would be more ways to read "Aa-Aa-Aa" than can be tried.
_NAMES = rf"{_NAME}(?:\s+{_NAME})*"
_TOWN = "city|town|village|capital|port|suburb|district|province|region|state|county|resort|enclave|island|territory"
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Ee]n|[Вв])\s+(?:"
    # "in the northwestern Pakistani city of Peshawar": a town is what it is in, and a people is no place.
    rf"(?:the\s+)?(?:[a-z-]+\s+){{0,3}}{_NAMES}\s+(?:[a-z-]+\s+){{0,2}}(?:{_TOWN})\s+of\s+(?P<town>{_NAMES})"
    rf"|(?P<place>(?:the\s+)?(?:(?!{_NO_PLACE}\b)[a-z]+\s+){{0,3}}{_NAMES}(?:\s+(?:region|province|district|oblast|county))?)"
    rf"(?!\s+(?:[a-z-]+\s+){{0,2}}(?:city|town|village|capital)\b))"
    r"(?!['’]s?\b)(?!\w)"
)
_YEARS = re.compile(
    r"\b(?:this|last|each|every) year|\bannually|\b(?:in|over|during) the (?:past|last) (?:[\w-]+ )?(?:years?|decades?)"
    r"|\bsince (?:(?:late|early|mid)[ -])?(?:the )?(?:19|20)\d\d",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:researchers?|scientists?|professors?|experts?|analysts?|economists?|team|authors?|doctors?|nurses?|surgeons?"
    r"|physicians?|medics?|clerks?|spokes(?:man|woman|person))\s+\Z",
    re.IGNORECASE,
)
"""Before a place that is where they work: "a doctor at the Varzan hospital counted 12 dead"."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is limited to; without limits it is of all that is counted."""

    groups: frozenset[Group] = frozenset()
    """Whom of the people it counts."""
    whom: str | None = None
    """The same in the article's own words: "members of the security forces", "Syrians"."""
    place: str | None = None
    """Where, in the article's own words: "Almaty"."""
    time: str | None = None
    """When, if that is long before the article, or far more than an event takes: "December 2011", "this year"."""
    part: bool = False
    """Whether it counts some of those that were counted before: "19 of them"."""
    total: bool = False
    """Whether it only says of how many another figure is a part: the 98 of "33 of the 98"."""

    @property
    def limited(self) -> bool:
        """Whether it is of less than everything."""
        return bool(self.groups or self.whom or self.place or self.time or self.part)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands around one figure: from the figure before it to the figure behind it."""

    before: str
    after: str
    counted: str
    """What is counted, as `Figure.counted`."""

    @property
    def text(self) -> str:
        """The clause without the figure."""
        return f"{self.before} {self.after}"

    @property
    def part(self) -> bool:
        """Whether the figure counts some of those that were counted before, or of the next figure: "175 of the 225"."""
        before = _AMONG_THEM.search(self.before) is not None
        return before or _PART.match(self.after) is not None or self.leads_on

    @property
    def leads_on(self) -> bool:
        """Whether the next figure is what this one is a part of: "175 of the 225"."""
        return _OF_ALL.fullmatch(self.after) is not None

    @property
    def runs_on(self) -> bool:
        """Whether what befell those of the next figure befell these, too: "seven officers and 26 men were injured"."""
        whose = self.counted and (any(groups_in(self.counted)) or counts_everyone(self.counted))
        starts = _SUBJECT_STARTS.search(self.before) is not None
        return bool(whose) and starts and _RUNS_ON.fullmatch(self.after) is not None and self.event is None

    @property
    def of_people(self) -> bool:
        """Whether what is counted may be people, as far as the words tell: not the "two counts of the dead"."""
        ahead = next(events_in(self.after), None)
        if not self.counted or _ALL.match(self.counted) or any(events_in(self.counted)) or ahead is None:
            return True
        between = f"{self.counted} {self.after[: ahead[0]]}"
        return any(groups_in(between)) or not _BETWEEN.search(between)

    @property
    def event(self) -> Event | None:
        """The event named nearest to the figure: right before it ("killed two"), else behind it, else before."""
        if not self.of_people:
            return None
        behind, ahead = _besides_abduction(self.before), _besides_abduction(self.after)
        if ahead and _NEXT_COUNT.search(self.after, 0, ahead[0][0]) and _LEADS_TO.match(self.after, ahead[0][1]):
            ahead = []
        if behind and (not ahead or _LEADS_TO.match(self.before, behind[-1][1])):
            return behind[-1][2]
        return ahead[0][2] if ahead else None

    @property
    def place(self) -> str | None:
        """Where, as the clause has it."""
        return next(_places_named(self.after), None) or next(_places_named(self.before), None)

    def whom(self, following: "Clause | None", elided: str | None) -> str | None:
        """The words that say whom of the people the figure counts; None for all of them.

        `following` is the clause of the next figure, which may say it for both ("16 dead and 1,600 wounded among
        the security forces"); `elided` is what was said of the figure before ("12 officers were killed and 353
        injured").
        """
        if self.part:
            return _people(self.after)
        return None if _ALL.match(self.counted) else self._limit(following, elided)

    def _limit(self, following: "Clause | None", elided: str | None) -> str | None:
        near = re.split(r"[,;:.]", self.after, maxsplit=1)[0]
        if any(groups_in(near)):
            return _people(near)
        if self.counted and not any(events_in(self.counted)):
            return self.counted
        if following is not None and _ELIDED.fullmatch(self.after) and any(groups_in(following.after)):
            return _people(following.after)
        if (people := _people(self.before, last=True)) and _WHOSE.search(self.before[: self.before.rfind(people)]):
            return people
        return elided if _ELIDED.fullmatch(self.before) else None


def places_in(text: str) -> frozenset[str]:
    """The names of places in `text`, as far as a preposition and a capital tell them: "Almaty" of "in Almaty"."""
    return frozenset(_places_named(text))


def _places_named(text: str) -> Iterator[str]:
    for found in _PLACE.finditer(text):
        if _STAFF.search(text, 0, found.start()) is None:
            yield found["town"] or found["place"]


def counts_everyone(counted: str) -> bool:
    """Whether what is counted is said to be just people: "people", "others", "victims"."""
    return _ALL.match(counted) is not None


def events_of(clauses: Sequence[Clause]) -> list[Event | None]:
    """What befell those whom each of these clauses of one sentence counts, where the sentence says it."""
    events: list[Event | None] = []
    for number, clause in reversed([*enumerate(clauses)]):
        # "175 of the 225 died": what is said of the second is said of the first.
        shared = number + 1 < len(clauses) and (clause.leads_on or clause.runs_on)
        events.append(events[-1] if shared else clause.event)
    return events[::-1]


def clauses_of(text: str, figures: Sequence[Figure]) -> list[Clause]:
    """The clause of each of these figures of `text`, all of its counts, in their order."""
    ends = [0, *(figure.end for figure in figures)]
    starts = [*(figure.start for figure in figures), len(text)]
    return [
        Clause(text[ends[n] : figure.start], text[figure.end : starts[n + 1]], figure.counted)
        for n, figure in enumerate(figures)
    ]


def scopes_of(clauses: Sequence[Clause], published: date | None) -> list[Scope]:
    """The scope of the figure of each of these clauses, which follow on each other in one sentence."""
    scopes: list[Scope] = []
    for number, clause in enumerate(clauses):
        following = clauses[number + 1] if number + 1 < len(clauses) else None
        whom = clause.whom(following, scopes[-1].whom if scopes else None)
        groups = frozenset(group for _, _, group in groups_in(whom or ""))
        total = number > 0 and _OF_ALL.fullmatch(clause.before) is not None
        scopes.append(Scope(groups, whom, clause.place, _other_time(clause, published), clause.part, total))
    return scopes


def _other_time(clause: Clause, published: date | None) -> str | None:
    text = clause.text
    years = _YEARS.search(text)
    if years and clause.event is not None:
        return years[0]
    return long_ago_in(text, published)


def long_ago_in(text: str, published: date | None) -> str | None:
    """The words of `text` that name a day long before the article was `published`; None if none do.

    An article whose date is not known does not name its own year, but "2001" of what it compares with.
    """
    past = (day for day in dates_in(text, published) if _is_past(day, published))
    return next((text[day.start : day.end] for day in past), None)


def _is_past(day: DateSpan, published: date | None) -> bool:
    return published - day.last > LONG_AGO if published else day.last - day.first >= A_YEAR


def _besides_abduction(text: str) -> list[tuple[int, int, Event]]:
    """What befell people, as `events_in`; of hostages that were killed, that they were killed."""
    events = list(events_in(text))
    return [each for each in events if each[2] is not Event.ABDUCTION] or events


def _people(text: str, *, last: bool = False) -> str | None:
    """The groups that `text` names together, the first of them or the last; None if it names none."""
    runs: list[tuple[int, int]] = []
    for start, end, _ in groups_in(text):
        if runs and len(text[runs[-1][1] : start].split()) <= FAR_APART:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return " ".join(text[slice(*runs[-1 if last else 0])].split()) if runs else None
