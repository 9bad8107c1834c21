"""The words and patterns by which news tells dates, in English and, where they are cheap, in Spanish and Russian."""

import re

from bot.language.number_words import NUMBER, either

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan enero января январе январь",
            "february feb febrero февраля феврале февраль",
            "march mar marzo марта марте март",
            "april apr abril апреля апреле апрель",
            "may mayo мая мае май",
            "june jun junio июня июне июнь",
            "july jul julio июля июле июль",
            "august aug agosto августа августе август",
            "september sept sep septiembre сентября сентябре сентябрь",
            "october oct octubre октября октябре октябрь",
            "november nov noviembre ноября ноябре ноябрь",
            "december dec diciembre декабря декабре декабрь",
        ),
        1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday lunes понедельник понедельника",
            "tuesday martes вторник вторника",
            "wednesday miércoles среду",
            "thursday jueves четверг четверга",
            "friday viernes пятницу",
            "saturday sábado субботу",
            "sunday domingo воскресенье",
        )
    )
    for word in words.split()
}
"""By the number that `date.weekday` gives."""

DAYS_FROM_PUBLICATION = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "anteayer": -2,
    "позавчера": -2,
    "yesterday": -1,
    "last night": -1,
    "ayer": -1,
    "вчера": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "hoy": 0,
    "сегодня": 0,
    "tomorrow": 1,
    "завтра": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "послезавтра": 2,
}
PERIODS = {
    "last week": ("week", -1),
    "this week": ("week", 0),
    "next week": ("week", 1),
    "last weekend": ("weekend", -1),
    "this weekend": ("weekend", 0),
    "the weekend": ("weekend", -1),
    "next weekend": ("weekend", 1),
    "last month": ("month", -1),
    "this month": ("month", 0),
    "next month": ("month", 1),
    "last year": ("year", -1),
    "this year": ("year", 0),
    "next year": ("year", 1),
    "la semana pasada": ("week", -1),
    "esta semana": ("week", 0),
    "el mes pasado": ("month", -1),
    "el año pasado": ("year", -1),
    "на прошлой неделе": ("week", -1),
    "на этой неделе": ("week", 0),
    "в прошлом месяце": ("month", -1),
    "в прошлом году": ("year", -1),
    "в этом году": ("year", 0),
}
"""Calendar weeks (from Monday), months and years, counted from the one of the publication."""

_SHORT = [word for word in MONTHS if len(word) <= len("sept") and word not in {"may", "mayo", "june", "july", "мая"}]
_MONTH = rf"(?:(?:{either(MONTHS)})(?![\w.])|(?:{either(_SHORT)})\.|(?:{either(MONTHS)})(?!\w))"
_WEEKDAY = rf"(?:{either(WEEKDAYS)})(?!\w)"
_DAY = r"(?<![\w.,:$€£₸])(?:[12]\d|3[01]|0?[1-9])(?![\d:%])"
_YEAR = r"(?<![\w.,/])(?:1[5-9]\d\d|20\d\d)(?!\d|[.,:]\d)"
_NTH = r"(?:\s?(?:st|nd|rd|th|º))?"
_TO = r"\s?(?:[-–—]|to|and|until|through|al|y|по|и)\s?"
_OF_YEAR = rf"(?:,?\s+(?:(?:of|de|del|in)\s+)?(?P<year>{_YEAR})(?:\s+(?:года|г\.))?)?"
_BEFORE_WEEKDAY = rf"(?<!\w)(?:{_WEEKDAY},?\s+)?(?:the\s+)?"

ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})(?P<by>[-/])(?P<month>0\d|1[0-2])(?P=by)(?P<day>[0-3]\d)(?![\w-]\d)")
NUMERIC = re.compile(r"(?<![\w/.])(?P<one>\d{1,2})(?P<by>[/.])(?P<two>\d{1,2})(?P=by)(?P<year>\d{4})(?![\w/])")
DAY_MONTH = re.compile(
    rf"{_BEFORE_WEEKDAY}(?P<day>{_DAY}){_NTH}(?:{_TO}(?P<until>{_DAY}){_NTH})?\s+(?:(?:day\s+)?of\s+|de\s+)?"
    rf"(?P<month>{_MONTH}){_OF_YEAR}"
)
MONTH_DAY = re.compile(
    rf"{_BEFORE_WEEKDAY}(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_DAY}){_NTH}(?!\s?(?:%|per\s?cent))"
    rf"(?:{_TO}(?P<until>{_DAY}){_NTH}(?!\w|\s?[%])(?!\s+(?:people|were|killed)))?{_OF_YEAR}"
)
MONTH = re.compile(
    rf"(?<!\w)(?:(?P<part>early|mid|late)[\s-])?(?:(?P<which>last|next|this)\s+)?(?P<month>{_MONTH})"
    rf"(?:,?\s+(?:(?:of|de|del)\s+)?(?P<year>{_YEAR})|\s+(?P<turn>last year|this year|next year))?"
)
YEARS = re.compile(
    rf"(?P<first>{_YEAR})(?:\s?[-–—/]\s?(?P<short>\d\d(?!\d))|(?:\s?[-–—]\s?|\s+(?:to|until|through|a|hasta|по|до)\s+)"
    rf"(?P<last>{_YEAR}))?(?P<decade>s|-х)?(?![\w%])(?!-(?!year))"
)
WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<which>last|next|this|this coming|this past|el|el pasado|el próximo)\s+)?(?P<weekday>{_WEEKDAY})"
)
NTH = re.compile(
    r"(?<!\w)(?:(?:on|since|until|till|by|from|before|after)\s+)?the\s+(?P<day>[12]?(?:1st|2nd|3rd|[4-9]th|0th)"
    r"|1[123]th"
    r"|30th|31st)(?!\w)(?:\s+of\s+(?P<month>this|last)\s+month)?(?=\W*\Z|[,.;:!?)]|\s+(?:in|at|to"
    r"|and|when|as|for|after|that|with|by|but|the|a|he|she|they|it)(?!\w))"
)
AGO = re.compile(
    rf"(?<!\w)(?P<number>an?|{NUMBER})[\s-](?P<unit>day|week|month|year|decade)s?\s+ago(?!\w)"
    rf"|(?<!\w)(?P<many>{NUMBER}|una?)\s+(?:дн\w+|лет|años?|días?)\s+назад"
)
NEAR = re.compile(rf"(?<!\w)(?:{either(DAYS_FROM_PUBLICATION)})(?!\w)")
PERIOD = re.compile(rf"(?<!\w)(?:{either(PERIODS)})(?!\w)")

YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:in|since|by|until|till|from|before|after|during|year|years|early|late|mid|for|of|to|and|en|desde|año|de"
    r"|hasta|в|с|до|около|january|february|march|april|may|june|july|august|september|october|november|december|spring"
    r"|summer|autumn|winter|fall|circa|the)[\s-]+\Z"
)
COUNTED_YEAR = re.compile(
    r"(?<!\w)(?:than|at least|about|around|nearly|almost|over|under|some|approximately|roughly|least|most"
    r"|estimated|many"
    r"|killed|killing|wounded|injured|detained|arrested|total of|only|sent|más de|unos|unas|casi|более|менее|около"
    r"|свыше|почти)\s+\Z"
)
COUNTED_AFTER_YEAR = re.compile(
    r"\s+(?:[^\W\d_]+(?:an|ish|ese|ed|y|al)\s+)?(?:people|soldiers|troops|men|women|children|detainees"
    r"|protesters|protestors|demonstrators|officers"
    r"|police|workers|residents|homes|houses|buildings|vehicles|cars|cases|deaths|injuries|arrests|victims|jobs|votes"
    r"|refugees|migrants|fighters|militants|personas|soldados|человек|dead|wounded|injured|others|employees|students"
    r"|patients|prisoners|tenge|dollars|euros|rubles|roubles|pounds|yuan|yen|km|kilometres|kilometers|miles"
    r"|metres|meters"
    r"|tonnes|tons|litres|hectares|acres|barrels|degrees|mw|calories)(?!\w)|\s?[$€£₸₽%]"
)
FUTURE_AFTER = re.compile(
    r"(?:[,\s]+(?!(?:that|which|who|but|and|said|after)\b)[\w’'-]+){0,10}?"
    r"[,\s]+(?:(?:is|are)\s+(?:due|set|expected|scheduled|to|planning|likely|going)|will|plans\s+to|shall)\b"
)
FUTURE_BEFORE = re.compile(
    r"\b(?:will|(?:is|are)\s+(?:due|set|expected|scheduled|to|planning|going)|plans\s+to|due|scheduled\s+for|starting"
    r"|beginning)\b(?:\s+(?!that\b|said\b|told\b|announced\b)[\w’'-]+){0,8}?\s*\Z"
)
SPOKEN_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|added|reported|declared|claimed)(?:\s+[\w’'-]+)?\s+(?:on\s+)?\Z"
)
