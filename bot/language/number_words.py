"""Numbers as news writes them: in digits of any country's style, in words, or both ("1.6 million", "8 тысяч")."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and how finely it is told: 8,000 by the thousand, 1,600 by the hundred, "two dozen" by the dozen."""

    value: float
    granularity: float


_SMALL = {
    word: number
    for number, words in {
        1: "one uno una un один одна одного одной",
        2: "two dos два две двух",
        3: "three tres три трех трёх",
        4: "four cuatro четыре четырех четырёх",
        5: "five cinco пять пяти",
        6: "six seis шесть шести",
        7: "seven siete семь семи",
        8: "eight ocho восемь восьми",
        9: "nine nueve девять девяти",
        10: "ten diez десять десяти",
        11: "eleven once одиннадцать",
        12: "twelve doce двенадцать",
        13: "thirteen trece тринадцать",
        14: "fourteen catorce четырнадцать",
        15: "fifteen quince пятнадцать",
        16: "sixteen dieciséis шестнадцать",
        17: "seventeen diecisiete семнадцать",
        18: "eighteen dieciocho восемнадцать",
        19: "nineteen diecinueve девятнадцать",
        20: "twenty veinte двадцать",
        30: "thirty treinta тридцать",
        40: "forty cuarenta сорок",
        50: "fifty cincuenta пятьдесят",
        60: "sixty sesenta шестьдесят",
        70: "seventy setenta семьдесят",
        80: "eighty ochenta восемьдесят",
        90: "ninety noventa девяносто",
        100: "cien ciento сто",
        200: "doscientos doscientas двести",
        300: "trescientos trescientas триста",
        400: "cuatrocientos cuatrocientas четыреста",
        500: "quinientos quinientas пятьсот",
        600: "seiscientos seiscientas шестьсот",
        700: "setecientos setecientas семьсот",
        800: "ochocientos ochocientas восемьсот",
        900: "novecientos novecientas девятьсот",
    }.items()
    for word in words.split()
} | {"zero": 0, "cero": 0, "ноль": 0}

_ARTICLES = frozenset({"un", "una", "uno", "once"})
"""They number nothing on their own: "un" is "a", and "once" is an English word."""

_DOZEN, _HUNDRED = 12, 100

_SCALES = {
    word: number
    for number, words in {
        _DOZEN: "dozen docena дюжина",
        _HUNDRED: "hundred сотня",
        1_000: "thousand mil тысяча тысячи тысяч тыс. тыс k",
        100_000: "lakh lakhs",
        1_000_000: "million millions millón millones миллион миллиона миллионов млн. млн mln mn m",
        10_000_000: "crore crores",
        1_000_000_000: "billion billions миллиард миллиарда миллиардов млрд. млрд bln bn",
        1_000_000_000_000: "trillion trillions триллион триллиона триллионов трлн. трлн trn tn",
    }.items()
    for word in words.split()
}
_HALVES = frozenset({"half", "medio"})
_TOGETHER = frozenset({"k", "m"})
"""Scales written right behind the digits only: "100m" may be a hundred million, "100 m" is a length."""


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_GAP = "[ \xa0\u2009\u202f]"
_DIGITS = (
    rf"(?<![\w.,])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)?"
    rf"|\d{{1,3}}\.\d{{3}},\d{{1,2}}"
    rf"|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d{{1,3}}(?:{_GAP}\d{{3}})+(?:[.,]\d{{1,2}})?|\d{{1,3}}(?:['’]\d{{3}})+"
    r"|\d+[.,]\d+|\d+)(?!\d)"
)
SCALE_WORDS = either(word for word in _SCALES if word not in _TOGETHER)
"""Pattern, without groups, of "thousand", "million" and the like."""

_DIGITS_SCALED = rf"{_DIGITS}(?:(?:[km](?!\w))|(?:[\s-]?(?:{SCALE_WORDS})(?!\w)){{0,3}})"
_COUNTED = either(word for word in _SMALL if word not in _ARTICLES)
_AND = r"\s+(?:and|y)\s+"
_SCALED = rf"(?:[\s-](?:{SCALE_WORDS})(?!\w))"
_NEXT = rf"(?:{_AND}|[\s-])(?:{_COUNTED})(?!\w)"
_WORDS = (
    rf"(?<![\w-])(?:{_COUNTED})(?!\w)(?:(?:[\s-](?:{_COUNTED})|(?:\sy\s)(?:{_COUNTED}))(?!\w)|{_SCALED}(?:{_NEXT})?){{0,12}}"
    rf"(?:\s+and\s+a\s+half(?:{_SCALED})?)?"
)
_ARTICLE = (
    rf"(?<![\w-])(?:an?|un|una)\s+(?:half\s+)?(?:{SCALE_WORDS})(?!\w)(?:{_SCALED}){{0,3}}(?:{_NEXT}{_SCALED}?){{0,6}}"
)
_HALF_OF = rf"(?<![\w-])half[\s-]an?[\s-](?:{SCALE_WORDS})(?!\w)|(?<![\w-])medio\s+millón"
_MIL = r"(?<![\w-])mil(?!\w)(?:\s(?:" + _COUNTED + r")(?!\w)){0,4}"

NUMBER = rf"(?>{_DIGITS_SCALED}|{_HALF_OF}|{_ARTICLE}|{_WORDS}|{_MIL})"
"""Pattern, without groups, of a number in lower-case text: atomic and of bounded length, so that no text takes long."""

_DIGITS_ONLY = re.compile(_DIGITS)
_WORD = re.compile(r"[^\s-]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,\s'’]\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}")
_THOUSANDS_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def read_number(said: str, *, decimal: bool = False) -> Number:
    """The number that a match of `NUMBER` names.

    Three digits behind a single dot are thousands, as Spanish, German and Russian texts write them
    ("1.600"): English seldom gives three decimals. They are decimals behind a zero ("0.125"), before a
    scale word ("1.625 million") and wherever the caller knows that they are (`decimal`), as with percent.
    """
    digits = _DIGITS_ONLY.match(said)
    words = _WORD.findall(said[digits.end() :] if digits else said)
    if digits is None:
        return _read_words(words)
    plain = _plain(digits[0], decimal=decimal or bool(words))
    scale = Decimal(1)
    for word in words:
        scale *= _SCALES[word]
    step = granularity_of(plain)
    return Number(float(plain * scale), float(step * scale))


def granularity_of(value: Decimal) -> Decimal:
    """The largest power of ten that the number is a multiple of: 8,000 -> 1,000; 2,030 -> 10; 1.6 -> 0.1; 0 -> 1."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _plain(digits: str, *, decimal: bool) -> Decimal:
    if _THOUSANDS.fullmatch(digits):
        return Decimal(re.sub(r"[,\s'’]", "", digits))
    by_dots = _THOUSANDS_BY_DOTS.fullmatch(digits)
    if by_dots and not digits.startswith("0") and (digits.count(".") > 1 or "," in digits or not decimal):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(re.sub(r"\s", "", digits).replace(",", "."))


def _read_words(words: list[str]) -> Number:
    """The value of number words: up to a hundred they multiply what stands before them, a thousand closes it.

    "Two hundred and twenty-five thousand" is 225 of a thousand; "ocho mil millones" is eight thousand of a million.
    """
    total, below = Decimal(0), Decimal(0)
    for word in words:
        if word in _HALVES:
            below += Decimal("0.5")
        elif word in _SCALES and _SCALES[word] <= _HUNDRED:
            below = (below or Decimal(1)) * _SCALES[word]
        elif word in _SCALES and total and not below and total < _SCALES[word]:
            total *= _SCALES[word]
        elif word in _SCALES:
            total, below = total + (below or Decimal(1)) * _SCALES[word], Decimal(0)
        elif word not in _ARTICLES:
            below += _SMALL.get(word, 0)
    by_dozen = any(_SCALES.get(word) == _DOZEN for word in words)
    return Number(float(total + below), float(_DOZEN if by_dozen else granularity_of(total + below)))
