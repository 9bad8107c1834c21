"""What figures are told in: money, percent, durations and measures, in the words and signs of news."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.language.number_words import either


class FigureKind(StrEnum):
    """What a figure tells."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical name; `factor` of them make one `base`, in which units of one kind are compared."""

    name: str
    kind: FigureKind
    base: str
    factor: float = 1.0


NO_UNIT = Unit("", FigureKind.COUNT, "")
PERCENT = Unit("%", FigureKind.PERCENT, "%")

_DAY = 86_400.0

_SIGNS = {
    "US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₸": "KZT", "₽": "RUB", "₴": "UAH", "₹": "INR",
    "₩": "KRW", "₺": "TRY", "₦": "NGN", "₪": "ILS", "₫": "VND", "₱": "PHP", "C$": "CAD", "CA$": "CAD", "A$": "AUD",
    "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD", "Rs": "INR",
}  # fmt: skip
_CODES = (
    "USD EUR GBP JPY CNY RUB KZT UAH INR TRY CHF CAD AUD NZD HKD SGD BRL MXN KRW SEK NOK DKK PLN CZK HUF ILS AED SAR"
    " IRR PKR BDT ZAR NGN KES EGP UZS KGS TJS BYN GEL AMD AZN THB IDR MYR PHP VND TWD ARS CLP COP PEN"
).split()
_MONEY_WORDS = {
    "USD": "dollar dollars bucks dólar dólares доллар доллара долларов долл us=dollars u.s.=dollars american=dollars",
    "EUR": "euro euros евро",
    "GBP": "pound pounds pounds=sterling libras фунтов",
    "KZT": "tenge tenges тенге kazakh=tenge",
    "RUB": "ruble rubles rouble roubles russian=rubles russian=roubles rublos рубль рубля рублей руб",
    "UAH": "hryvnia hryvnias hryvnya гривен гривна гривны",
    "CNY": "yuan renminbi rmb юаней юаня yuanes",
    "JPY": "yen иен yenes",
    "INR": "rupee rupees indian=rupees рупий rupias",
    "PKR": "pakistani=rupees",
    "TRY": "lira liras turkish=lira лир",
    "CHF": "swiss=francs swiss=franc",
    "CAD": "canadian=dollars",
    "AUD": "australian=dollars",
    "NZD": "new=zealand=dollars",
    "HKD": "hong=kong=dollars",
    "KGS": "kyrgyz=som som soms",
    "SEK": "swedish=kronor swedish=crowns kronor",
    "PLN": "zloty zlotys zlotych",
    "ZAR": "rand",
    "ILS": "shekel shekels",
    "MXN": "mexican=pesos",
    "BRL": "reais",
    # Of several countries, which the word alone does not tell apart.
    "crown": "crowns kroner",
    "dinar": "dinars",
    "franc": "francs",
    "peso": "pesos",
    "rial": "rials riyals",
    "shilling": "shillings",
}
_CENTS = {"USD": "cent cents centavos", "GBP": "pence", "RUB": "kopecks kopeks копеек"}
_PERCENT_WORDS = "% percent per=cent pct per-cent por=ciento процент процента процентов проц"
_POINT_WORDS = "percentage=points percentage=point percent=points pp p.p. puntos=porcentuales процентных=пунктов"

_DURATIONS = {
    ("second", 1.0): "second seconds segundo segundos секунд секунды секунду",
    ("minute", 60.0): "minute minutes min mins minuto minutos минут минуты минуту",
    ("hour", 3_600.0): "hour hours hr hrs hora horas час часа часов",
    ("day", _DAY): "day days día días день дня дней сутки суток",
    ("week", 7 * _DAY): "week weeks semana semanas неделя недели недель неделю",
    ("month", 365.25 / 12 * _DAY): "month months mes meses месяц месяца месяцев",
    ("year", 365.25 * _DAY): "year years año años год года лет",
    ("decade", 3_652.5 * _DAY): "decade decades década décadas",
    ("century", 36_525.0 * _DAY): "century centuries siglos",
}
"""Seconds; months and years by their mean length in the Julian calendar year of 365.25 days."""

_MEASURES = {
    ("metre", "metre", 1.0): "metre metres meter meters metros m метр метра метров",
    ("kilometre", "metre", 1_000.0): "kilometre kilometres kilometer kilometers km kms kilómetros км километров",
    ("centimetre", "metre", 0.01): "centimetre centimetres centimeter centimeters cm см",
    ("millimetre", "metre", 0.001): "millimetre millimetres millimeter millimeters mm мм",
    ("mile", "metre", 1_609.344): "mile miles",
    ("foot", "metre", 0.3048): "foot feet ft",
    ("inch", "metre", 0.0254): "inch inches",
    ("yard", "metre", 0.9144): "yard yards",
    ("nautical mile", "metre", 1_852.0): "nautical=miles nautical=mile",
    ("kilogram", "kilogram", 1.0): "kilogram kilograms kilogramme kilogrammes kilo kilos kg кг килограммов",
    ("gram", "kilogram", 0.001): "gram grams gramme grammes",
    ("tonne", "kilogram", 1_000.0): "tonne tonnes metric=tons metric=ton toneladas тонн тонны",
    ("ton", "kilogram", 907.18474): "ton tons",
    ("litre", "litre", 1.0): "litre litres liter liters litros литр литра литров",
    ("gallon", "litre", 3.785411784): "gallon gallons",
    ("barrel", "litre", 158.987294928): "barrel barrels barriles баррелей bpd",
    ("cubic metre", "litre", 1_000.0): "cubic=metres cubic=meters cubic=metre cubic=meter",
    ("square metre", "square metre", 1.0): "square=metres square=meters sq=m m² m2",
    ("square kilometre", "square metre", 1e6): "square=kilometres square=kilometers sq=km km² km2 sq=kms",
    ("square mile", "square metre", 2_589_988.110336): "square=miles square=mile",
    ("hectare", "square metre", 10_000.0): "hectare hectares hectáreas гектаров га",
    ("acre", "square metre", 4_046.8564224): "acre acres",
    ("kilometre per hour", "kilometre per hour", 1.0): "km/h kmh kph kilometres=per=hour kilometers=per=hour",
    ("mile per hour", "kilometre per hour", 1.609344): "mph miles=per=hour miles=an=hour",
    ("degree", "degree", 1.0): "degree degrees °",
    ("degree Celsius", "degree Celsius", 1.0): "°c ºc degrees=celsius degrees=centigrade",
    ("degree Fahrenheit", "degree Fahrenheit", 1.0): "°f degrees=fahrenheit",
    ("watt", "watt", 1.0): "watt watts",
    ("megawatt", "watt", 1e6): "megawatt megawatts mw",
    ("gigawatt", "watt", 1e9): "gigawatt gigawatts gw",
    ("kilowatt hour", "kilowatt hour", 1.0): "kilowatt=hours kilowatt-hours kwh",
}
"""Metric and customary units; a ton is the American short one, a gallon the American one, a barrel one of oil."""


def _spelled(words: str) -> list[str]:
    return [word.replace("=", " ") for word in words.split()]


def _units_after() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code in _CODES:
        units[code.lower()] = Unit(code, FigureKind.MONEY, code)
    for sign, code in _SIGNS.items():
        if not sign.isalnum():
            units[sign.lower()] = Unit(code, FigureKind.MONEY, code)
    for code, words in _MONEY_WORDS.items():
        units.update(dict.fromkeys(_spelled(words), Unit(code, FigureKind.MONEY, code)))
    for code, words in _CENTS.items():
        units.update(dict.fromkeys(_spelled(words), Unit(code, FigureKind.MONEY, code, 0.01)))
    units.update(dict.fromkeys(_spelled(_PERCENT_WORDS), PERCENT))
    points = Unit("percentage point", FigureKind.PERCENT, "percentage point")
    units.update(dict.fromkeys(_spelled(_POINT_WORDS), points))
    for (name, seconds), words in _DURATIONS.items():
        units.update(dict.fromkeys(_spelled(words), Unit(name, FigureKind.DURATION, "second", seconds)))
    for (name, base, factor), words in _MEASURES.items():
        units.update(dict.fromkeys(_spelled(words), Unit(name, FigureKind.MEASURE, base, factor)))
    return units


_AFTER = _units_after()
_BEFORE = {sign.lower(): Unit(code, FigureKind.MONEY, code) for sign, code in _SIGNS.items()} | {
    code.lower(): Unit(code, FigureKind.MONEY, code) for code in _CODES
}
_WORDS_AFTER = either(word for word in _AFTER if word[0].isalpha())
_SIGNS_AFTER = either(word for word in _AFTER if not word[0].isalpha())

UNIT_AFTER = rf"(?:\s?(?:{_SIGNS_AFTER})(?![^\W\d])|[\s-]?(?:{_WORDS_AFTER})(?!\w))"
"""Pattern, without groups, of a unit behind its number in lower-case text, with the gap before it."""

CURRENCY_BEFORE = rf"(?<!\w)(?:{either(_BEFORE)})\s?(?=\d)"
"""Pattern, without groups, of a currency before its number in lower-case text."""

DURATION = either(word for word, unit in _AFTER.items() if unit.kind is FigureKind.DURATION)

_GAPS = re.compile(r"\s+")


def unit_after(said: str) -> Unit | None:
    """The unit that a match of `UNIT_AFTER` names, given as the text writes it; None for "try", which is no lira."""
    word = _GAPS.sub(" ", said.lstrip("- \t\r\n\xa0\u202f\u2009"))
    return None if word.upper() in _CODES and not word.isupper() else _AFTER[word.lower()]


def unit_before(said: str) -> Unit | None:
    """The currency that a match of `CURRENCY_BEFORE` names, given as the text writes it; None for "all 8,000"."""
    word = said.strip()
    return None if word.upper() in _CODES and not word.isupper() else _BEFORE[word.lower()]
