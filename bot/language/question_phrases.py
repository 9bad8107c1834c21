"""The phrases of a question: what asks, what is asked about, where and when; found by word lists, not a parser."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a phrase does in its question."""

    ASK = "ask"
    AUXILIARY = "auxiliary"
    NOUN = "noun"
    VERB = "verb"
    PLACE = "place"
    TIME = "time"
    OTHER = "other"
    """Any other prepositional phrase."""


CIRCUMSTANCES = (Role.PLACE, Role.TIME)
"""What a follow-up keeps of the question before unless it names another."""

_BE = frozenset("is are was were be been being fue fueron".split())
_DO = frozenset("do does did".split())
_SPANISH_AUXILIARIES = frozenset("fue fueron ha han".split())
_OTHER_AUXILIARIES = frozenset("has have had will would can could should must shall hay hubo había было были".split())
_AUXILIARIES = _BE | _DO | _SPANISH_AUXILIARIES | _OTHER_AUXILIARIES
_PLACE_PREPOSITIONS = frozenset("in at near outside inside around across throughout within en в во на около".split())
_PREPOSITIONS = _PLACE_PREPOSITIONS | frozenset(
    """
    about of by from with without against for to over under between among amid into onto after before during because
    since until than on as according sobre de del por con contra según para entre о об от из для против
    """.split()
)
_ATTACHED = frozenset("of de del".split())
"""Prepositions whose phrase belongs to the noun before them."""
_DETERMINERS = frozenset("the a an this that these those his her its their some any all el la los las un una".split())

_REGULAR = """
    accuse admit allow amount announce appoint approve arrest arrive ask attack blame block burn call cancel carry
    cause change claim close collapse confirm cost count cover crash cut declare decide demand deny describe destroy
    detain die dismiss elect end escape evacuate expect explain explode fail fire follow happen help impose injure
    insist investigate join justify kill land last launch lift live loot mention move name need obtain occur offer open
    order own plan proclaim promise propose protest prove raise reach receive refuse reject release remain reopen
    replace report request rescue resign respond restore result resume return reveal sack say search seem seize
    serve share start stay stop storm suffer support survive suspect suspend target threaten try use visit vote
    want warn withdraw work wound
""".split()
_IRREGULAR = dict(
    pair.split("/")
    for pair in """
    admit/admitted begin/began break/broke bring/brought buy/bought come/came cost/cost cut/cut fall/fell
    fight/fought find/found flee/fled get/got give/gave go/went grow/grew hit/hit hold/held hurt/hurt keep/kept
    know/knew lead/led leave/left lose/lost make/made mean/meant meet/met pay/paid rise/rose run/ran say/said see/saw
    sell/sold send/sent set/set shoot/shot shut/shut speak/spoke spend/spent stop/stopped strike/struck take/took
    tell/told think/thought win/won withdraw/withdrew write/wrote
    """.split()
)
_PARTICIPLES = frozenset(
    "hurt shot cut hit shut lost held sent set found given taken beaten broken stolen known seen left born".split()
)


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search(r"[^aeiou]y\Z", base) else f"{base}ed"


PAST_OF = {base: _past(base) for base in [*_REGULAR, *_IRREGULAR]}
BASE_OF = {past: base for base, past in PAST_OF.items()}

_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december|(?-i:March|May)"
    r"|jan|feb|apr|aug|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]"
    r"|октябр[ья]|ноябр[ья]|декабр[ья])\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d\b"
_DATE = (
    rf"(?:(?:the )?{_DAY}(?: of| de)? (?:{_MONTH}|march\b|may\b)(?:,?(?: de)? {_YEAR})?"
    rf"|(?:{_MONTH}|march|may) {_DAY}\b(?:,? {_YEAR})?|(?:(?:early|late|mid) )?{_MONTH}(?:,?(?: de)? {_YEAR})?"
    rf"|\d{{4}}-\d\d(?:-\d\d)?|{_YEAR}|the \d{{1,2}}(?:st|nd|rd|th)|(?:that |last |next )?{_WEEKDAY}"
    r"(?: (?:morning|afternoon|evening|night))?|today|yesterday|tonight|tomorrow|ayer|hoy|вчера|сегодня"
    r"|(?:last|this|next|that|the same|the next|the following|the previous) "
    r"(?:week(?:end)?|month|year|day|night|morning|evening|summer|autumn|fall|winter|spring))"
)
_TIME_PREPOSITION = (
    r"(?:on|in|by|before|after|since|until|till|during|from|as of|at|el|en|desde|hasta|antes del?|после|до|в|на|с|к)"
)
_TIME = re.compile(rf"(?:{_TIME_PREPOSITION} )?{_DATE}(?: (?:to|and|until) {_DATE})?(?=\W|\Z)", re.IGNORECASE)
_ASK = re.compile(
    r"(?:(?:by|to|from|since|until|in|at|for|with|on) )?(?:how (?:many|much|long|often|far|big|large|high|old|soon|bad)"
    r"|when|where|why|whose|whom|who|which|what|how|(?:desde )?cu[aá]ndo|cu[aá]nt[oa]s?|d[oó]nde|por qu[eé]"
    r"|qui[eé]n(?:es)?|qu[eé]|c[oó]mo|cu[aá]l(?:es)?|сколько|когда|где|почему|зачем|кто|что|как)(?: else)?(?=\W|\Z)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"how many|cu[aá]nt[oa]s|сколько", re.IGNORECASE)
EDGE = '?!.,;:¿¡…"“”«» '

_OUTCOMES = frozenset(
    """
    dead deaths death casualties fatalities injuries arrests detainees prisoners victims missing hurt shot
    muertos muertas heridos heridas detenidos detenidas fallecidos desaparecidos arrestados evacuados
    погибших раненых задержанных пострадавших убитых арестованных
    """.split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a question that stand together, as they were typed."""

    role: Role
    text: str

    @property
    def words(self) -> list[str]:
        """In lower case, without punctuation."""
        return [bare(word) for word in self.text.split()]

    @property
    def is_be(self) -> bool:
        """Whether it is a form of "be", which a participle follows."""
        return self.words[-1] in _BE

    @property
    def is_do(self) -> bool:
        """Whether it is a form of "do", which the base of a verb follows."""
        return self.words[-1] in _DO

    @property
    def preposition(self) -> str | None:
        """The preposition that it begins with, as typed."""
        return self.text.split()[0] if len(self.words) > 1 and self.words[0] in _PREPOSITIONS else None

    @property
    def content(self) -> str:
        """The phrase without its preposition."""
        return self.text.split(maxsplit=1)[1] if self.preposition else self.text

    @property
    def is_outcome(self) -> bool:
        """Whether it says what became of people: "wounded", "detainees", "the dead"; for news, what is counted most."""
        return self.words[-1] in _OUTCOMES or self.is_participle

    @property
    def is_participle(self) -> bool:
        """Whether "were" can stand before it: "wounded", "killed", "missing"."""
        last = self.words[-1]
        predicative = last in _PARTICIPLES or last in ("dead", "missing")
        return predicative or (last.endswith("ed") and last not in PAST_OF and last not in ("died", "hundred"))


Phrases = tuple[Phrase, ...]


def bare(word: str) -> str:
    """A word in lower case, without the punctuation around it and the possessive ending."""
    return re.sub(r"['’]s\Z", "", word.strip(EDGE).lower())


def phrases_of(question: str) -> Phrases:
    """The phrases of `question` in order; together they are all its words.

    A shallow parse in one pass from left to right (Abney, "Parsing by Chunks", 1991): closed lists tell
    question words, auxiliaries and prepositions, endings and a list of verbs of the news tell verbs, and
    what is left is nouns. It takes about 0.3 milliseconds.
    """
    return tuple(_merged(_scan(question.strip(EDGE).split())))


def is_count(phrases: Phrases) -> bool:
    """Whether it asks for a number of things: "how many", in English, Spanish or Russian."""
    return bool(phrases) and phrases[0].role is Role.ASK and _COUNT.match(phrases[0].text) is not None


def with_small_letter(question: str) -> str:
    """`question` with its first word in lower case if that is a question word or an auxiliary, and no name."""
    first = phrases_of(question)[:1]
    opens = bool(first) and first[0].role in (Role.ASK, Role.AUXILIARY)
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].lower(), question, count=1) if opens else question


def is_verb(word: str) -> bool:
    """Whether a word is the base of a verb that news use."""
    return word in PAST_OF


def joined(phrases: Iterable[Phrase | str]) -> str:
    """The words of `phrases`, one blank between them."""
    return " ".join(part if isinstance(part, str) else part.text for part in phrases if part)


def with_circumstance(phrases: Phrases, new: Phrase) -> Phrases:
    """`phrases` with a place or a time put for the one that they have, or at the end."""
    old = next((each for each in phrases if each.role is new.role and _may_replace(each, new)), None)
    if old is None:
        return (*phrases, new if new.preposition or new.role is Role.OTHER else Phrase(new.role, _placed(new)))
    text = new.text if new.preposition or not old.preposition else f"{old.preposition} {new.text}"
    return tuple(Phrase(new.role, text) if each is old else each for each in phrases)


def _may_replace(old: Phrase, new: Phrase) -> bool:
    return new.role is not Role.OTHER or old.words[0] == new.words[0]


def _placed(new: Phrase) -> str:
    """A place or time that came without a preposition, with the usual one."""
    if new.role is Role.PLACE or re.fullmatch(rf"{_YEAR}|{_MONTH}(?: {_YEAR})?", new.text, re.IGNORECASE):
        return f"in {new.text}"
    adverb = re.match(r"today|yesterday|to|ayer|hoy|last|this|next|that|el |вчера|сегодня", new.text, re.IGNORECASE)
    return new.text if adverb else f"on {new.text}"


def _scan(tokens: list[str]) -> Iterator[Phrase]:
    at, before = 0, Phrase(Role.ASK, "what")
    base_expected = False
    text = " ".join(tokens)
    ask = _ASK.match(text)
    if ask is not None:
        at = len(ask[0].split())
        before = Phrase(Role.ASK, " ".join(tokens[:at]))
        yield before
    while at < len(tokens):
        time = _TIME.match(" ".join(tokens[at:]))
        word = bare(tokens[at])
        if time is not None:
            role, end = Role.TIME, at + len(time[0].split())
        elif word in _AUXILIARIES:
            role, end = Role.AUXILIARY, at + 1
        elif word in _PREPOSITIONS:
            role, end = _prepositional(tokens, at, before, base_expected=base_expected)
        elif _is_verb_here(word, before, base_expected=base_expected):
            role, end = Role.VERB, at + 1
        else:
            role, end = Role.NOUN, at + 1
        before = Phrase(role, joined([*([before.text] if _merges(before, role) else []), *tokens[at:end]]))
        yield Phrase(role, " ".join(tokens[at:end]))
        base_expected = before.is_do if role is Role.AUXILIARY else base_expected and role is not Role.VERB
        at = end


def _is_verb_here(word: str, before: Phrase, *, base_expected: bool) -> bool:
    if before.role is Role.NOUN and before.words[-1] in _DETERMINERS:
        return False
    if before.role is Role.ASK:
        # "How many wounded" counts the wounded; nobody counts "the died".
        return word in ("died", "fled", "left") if is_count((before,)) else word in BASE_OF or word.endswith("ed")
    if base_expected:
        return before.role not in (Role.AUXILIARY, Role.VERB) and word in PAST_OF
    if before.role is Role.AUXILIARY:
        spanish = before.words[-1] in _SPANISH_AUXILIARIES and re.search(r"[ai]d[oa]s?\Z", word) is not None
        return spanish or word in _PARTICIPLES or word in BASE_OF or word.endswith(("ed", "ing"))
    return before.role is not Role.VERB and (word in BASE_OF or word.endswith("ed") or word in _PARTICIPLES)


def _prepositional(tokens: list[str], at: int, before: Phrase, *, base_expected: bool) -> tuple[Role, int]:
    """The role and the end of the phrase that the preposition at `at` begins."""
    end = at + (2 if [bare(word) for word in tokens[at : at + 2]] == ["according", "to"] else 1)
    while end < len(tokens):
        word = bare(tokens[end])
        led = bare(tokens[end - 1]) in _DETERMINERS or end == at + 1
        verb = not led and (word in BASE_OF or (base_expected and word in PAST_OF))
        closes = verb or word in _AUXILIARIES or (word in _PREPOSITIONS and word not in _ATTACHED)
        if closes or (end > at + 1 and _TIME.match(" ".join(tokens[end:]))):
            break
        end += 1
    word = bare(tokens[at])
    if word in _ATTACHED and before.role in (Role.NOUN, Role.PLACE):
        return before.role, end
    is_place = word in _PLACE_PREPOSITIONS and end > at + 1
    return Role.PLACE if is_place else Role.OTHER, end


def _merges(before: Phrase, role: Role) -> bool:
    return before.role is role and role in (Role.NOUN, Role.VERB)


def _merged(phrases: Iterator[Phrase]) -> Iterator[Phrase]:
    """Nouns that follow each other as one phrase, so too verbs."""
    waiting: Phrase | None = None
    for each in phrases:
        attached = each.words[0] in _ATTACHED and waiting is not None and waiting.role is each.role
        if waiting is not None and (_merges(waiting, each.role) or attached):
            waiting = Phrase(each.role, f"{waiting.text} {each.text}")
            continue
        if waiting is not None:
            yield waiting
        waiting = each
    if waiting is not None:
        yield waiting
