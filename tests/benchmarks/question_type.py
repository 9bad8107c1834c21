"""What kind of answer a question asks for, and where in a sentence such an answer stands.

Question typing by its first words is the oldest method of question answering that still works
without training (for example Li & Roth, "Learning Question Classifiers", 2002, whose coarse
classes these are); English first, with the question words of Spanish and Russian.
"""

import re
from collections.abc import Iterator
from enum import Enum


class QuestionType(Enum):
    """The kind of answer asked for; the value is the pattern of its question words."""

    MONEY = r"how much (?:money|did .* cost|does .* cost|will .* cost|is .* worth|was .* worth)|what (?:price|cost)\b"
    COUNT = (
        r"how (?:many|much|few|long|old|far|tall|large|big|fast|high|often)\b"
        r"|(?:what|which) (?:number|percentage|percent|proportion|share|amount|figure|age|toll)\b"
        r"|what (?:is|was|were) the (?:\w+ )?(?:number|percentage|proportion|share|amount|figure|age|toll|price|cost)\b"
        r"|cuánt[oa]s?\b|cuantos\b|сколько\b|number of\b|count of\b"
    )
    DATE = (
        r"when\b|(?:on |in |since |by )?(?:what|which) (?:day|date|year|month|time)\b"
        r"|(?:desde )?cu[aá]ndo\b|когда\b|what (?:is|was) the date\b"
    )
    PLACE = (
        r"where\b|(?:in |at |from |to )?(?:what|which) (?:city|cities|country|countries|town|region)\b"
        r"|(?:in |at )?(?:what|which) (?:place|state|location)\b"
        r"|d[oó]nde\b|где\b|куда\b|откуда\b"
    )
    PERSON = (
        r"who(?:m|se)?\b|(?:what|which) (?:person|man|woman|president|minister)\b|qui[eé]n(?:es)?\b|кто\b|кого\b|кем\b"
    )
    REASON = (
        r"why\b|how come\b|what (?:is|was|were) the (?:reason|cause)s?\b|what (?:caused|led)\b"
        r"|por qu[eé]\b|почему\b|зачем\b"
    )
    OTHER = r""


_TYPES = [
    (kind, re.compile(rf"[^\w]*(?:and |but |so |y |а |и )?(?:{kind.value})", re.IGNORECASE)) for kind in QuestionType
]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre"
    r"|diciembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b\.?"
)
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|lunes\b|martes\b|miércoles\b|jueves\b|viernes\b|sábado\b|domingo\b"
    r"|понедельник\b|вторник\b|сред[ау]\b|четверг\b|пятниц[ау]\b|суббот[ау]\b|воскресенье\b"
)
_YEAR = r"(?:1[5-9]|20)\d\d\b"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)\b"
_DATE = re.compile(
    rf"(?:(?:on|in|since|by|from|until|during|late|early) (?:the )?)?"
    rf"(?:(?:{_WEEKDAY})(?:,? (?:the )?(?:{_ORDINAL}|\d{{1,2}})?(?: (?:of |de )?{_MONTH})?(?:,? {_YEAR})?)?"
    rf"|(?:{_ORDINAL}|\d{{1,2}}) (?:of |de )?{_MONTH}(?:,? (?:de )?{_YEAR})?"
    rf"|{_MONTH} (?:{_ORDINAL}|\d{{1,2}})(?:,? {_YEAR})?|{_MONTH},? {_YEAR}|{_ORDINAL}|{_YEAR}"
    rf"|(?:last|next|this) (?:week|month|year|night|summer|winter|spring|autumn)\b|yesterday\b|today\b|tomorrow\b"
    rf"|{_MONTH}(?= )|the same day\b)",
    re.IGNORECASE,
)

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|hundreds?|thousands?|dozens?|scores|half a million|a million|a hundred|a dozen|half|a quarter|decenas|cientos"
    r"|miles|десятки|сотни|тысячи)"
)
_SCALE = (
    r"(?:hundred|thousand|million|billion|trillion|bn|mln|mil|millones|тысяч[аи]?|тыс\.?|млн|миллион(?:а|ов)?|млрд)\b"
)
_BOUND = (
    r"(?:(?:more|less|fewer|greater) than|no (?:more|fewer|less) than|at (?:least|most)|as (?:many|much) as|up to|over"
    r"|under|about|around|nearly|almost|approximately|roughly|some|an estimated|más de|menos de|unos|casi|cerca de"
    r"|al menos|более|больше|менее|около|почти|свыше|не менее)"
)
_NUMBER = re.compile(
    rf"(?:{_BOUND} )?(?:[$€£¥₸] ?)?(?<![\w.,])"
    rf"(?:\d{{1,3}}(?:[,.\u00a0\u202f ]\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?|{_NUMBER_WORD}\b)"
    rf"(?:[ \u00a0-]{_SCALE})?(?:[ \u00a0]?(?:%|percent\b|per cent\b|por ciento\b|процент(?:а|ов)?\b))?",
    re.IGNORECASE,
)
_MONEY_UNIT = re.compile(
    r"[ \u00a0](?:dollars?|euros?|pounds?|tenge|rubles?|roubles?|yen|yuan|pesos?|тенге|рубл\w+|доллар\w+)\b",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d")
_LENGTH_UNIT = re.compile(
    r"[ \u00a0-](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|metres?|meters?|kilomet(?:er|re)s?|km"
    r"|miles?|feet|kilograms?|kg|tonn?es?|tons?|años?|días?|horas?|лет|дн(?:ей|я)|час(?:ов|а))\b",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-ZÀ-ÞЀ-Я][\w'’-]*"
_NAME = re.compile(rf"{_NAME_WORD}\.?(?:(?: (?:of|de|del|la|von|van|bin|al|the))? {_NAME_WORD})*")
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|over|after|since|so that|in order to|in protest (?:at|against)|thanks to"
    r"|as a result of|dissatisfied with|angry (?:at|about|over)|triggered by|sparked by|caused by|led by|following"
    r"|porque|debido a|a causa de|из-за|потому что|so as to)\b\s+(?P<reason>[^.;:!?]+)",
    re.IGNORECASE,
)
_MEASURE_QUESTION = re.compile(r"how (?:long|old|far|tall|large|big|fast|high|much)\b", re.IGNORECASE)


def type_of(question: str) -> QuestionType:
    """The kind of answer that `question` asks for, by its first words."""
    return next(kind for kind, pattern in _TYPES if pattern.match(question))


def answer_spans(question: str, kind: QuestionType, sentence: str) -> Iterator[tuple[int, int]]:
    """The spans of `sentence`, as (start, end), that are of the kind asked for, in order."""
    if kind in (QuestionType.COUNT, QuestionType.MONEY):
        yield from _numbers(sentence, measures=_MEASURE_QUESTION.match(question) is not None)
    elif kind is QuestionType.DATE:
        yield from (match.span() for match in _DATE.finditer(sentence))
    elif kind in (QuestionType.PERSON, QuestionType.PLACE):
        asked = {word.lower() for word in re.findall(r"\w+", question)}
        for match in _NAME.finditer(sentence):
            words = re.findall(r"\w+", match[0].lower())
            is_first_word = match.start() == 0 and len(words) == 1
            if not asked.issuperset(words) and not is_first_word:
                yield match.span()
    elif kind is QuestionType.REASON:
        yield from (match.span("reason") for match in _REASON.finditer(sentence))


def _numbers(sentence: str, *, measures: bool) -> Iterator[tuple[int, int]]:
    dates = [match.span() for match in _DATE.finditer(sentence) if re.search(r"\d", match[0])]
    times = [match.span() for match in _TIME_OF_DAY.finditer(sentence)]
    for match in _NUMBER.finditer(sentence):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in dates + times):
            continue
        unit = _MONEY_UNIT.match(sentence, end) or (_LENGTH_UNIT.match(sentence, end) if measures else None)
        yield start, unit.end() if unit else end
