"""Amounts in lower-case text: a number or a vague quantity with its unit, or a range of two."""

import re
from dataclasses import dataclass

from bot.language.number_words import NUMBER, SCALE_WORDS, read_number
from bot.language.quantifiers import NONE_AT_ALL, SHARE, VAGUE, read_share, read_vague
from bot.language.units import CURRENCY_BEFORE, NO_UNIT, PERCENT, UNIT_AFTER, FigureKind, Unit, unit_after, unit_before


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of `low` to `high` of a unit; `value` is the number named, None for a range and for "dozens"."""

    start: int
    end: int
    value: float | None
    low: float
    high: float
    unit: Unit
    granularity: float

    @property
    def is_range(self) -> bool:
        """Whether it is told by two numbers, or by a vague word."""
        return self.low != self.high


_AMOUNT = re.compile(
    rf"(?P<none>{NONE_AT_ALL})|(?P<share>{SHARE})"
    rf"|(?P<currency>{CURRENCY_BEFORE})?(?:(?P<number>{NUMBER})"
    rf"|(?P<vague>{VAGUE}))(?P<unit>(?:\sof(?=\s))?{UNIT_AFTER})?"
)
_AN_UNIT = re.compile(
    r"(?:\A|(?<=\bfor )|(?<=\blasted )|(?<=\blasting )|(?<=\bwithin )|(?<=\btook )|(?<=\bthan )|(?<=\bleast )"
    rf"|(?<=\babout )|(?<=\balmost )|(?<=\bnearly )|(?=half))(?P<half>(?<!\w)half\s)?(?:an?|una?)(?P<unit>{UNIT_AFTER})"
    r"(?!\s(?:earlier|later|before|after|ago)\b)"
)
_JOIN = re.compile(r"\s?[-–—]\s?|\s(?:to|or|o|u|a|до|или|and|y|и)\s")
_AND = frozenset({"and", "y", "и"})
_UPWARDS = frozenset({"to", "a", "до", "-", "–", "—"})
_BETWEEN = re.compile(
    r"(?<!\w)(?:between|from|entre|de|desde|от|с|между)\s+(?:(?:about|around|some|roughly|approximately|nearly"
    r"|almost)\s+)?\Z"
)
_LONGEST_BETWEEN = 24
_PER_VOLUME = re.compile(r"\s(?:per|a|an|por|за)\s(?:litre|liter|gallon|kilo|kg|kilowatt|litro|литр)")
_LENGTH_FOLLOWS = re.compile(
    r"\s(?:away|from|tall|high|deep|long|wide|above|below|race|sprint|freestyle|hurdles|relay)\b"
)
_SCALED = re.compile(rf"(?P<below>.*\w)[\s-]?(?:(?<=\d)[km]|{SCALE_WORDS})")


def next_amount(text: str, searched: str, position: int) -> Amount | None:
    """The first amount from `position` on, or None.

    `searched` is the text in lower case and without what tells no figure, character by character.
    """
    match = _AMOUNT.search(searched, position)
    an_unit = _AN_UNIT.search(searched, position, match.start() + 1 if match else len(searched))
    if an_unit is not None:
        unit = unit_after(text[an_unit.start("unit") : an_unit.end()])
        if unit is not None and unit.kind is FigureKind.DURATION:
            number = 0.5 if an_unit["half"] else 1.0
            return Amount(*an_unit.span(), number, number, number, unit, number)
    if match is None:
        return None
    first = _amount(text, searched, match)
    return _range_from(text, searched, first, match, position) or first


def _amount(text: str, searched: str, match: re.Match[str]) -> Amount:
    start, end = match.span()
    if match["none"]:
        return Amount(start, end, 0.0, 0.0, 0.0, NO_UNIT, 1.0)
    if match["share"]:
        share = read_share(match["share"])
        return Amount(start, end, share.value, share.value, share.value, PERCENT, share.granularity)
    unit, end = _unit(text, match)
    if match["vague"]:
        low, high = read_vague(match["vague"])
        return Amount(start, end, low if low == high else None, low, high, unit or NO_UNIT, max(low, 1.0))
    said = match["number"]
    if unit is None and re.search(r"\dm\Z", said) and _LENGTH_FOLLOWS.match(searched, end):
        unit, said = unit_after("m"), said[:-1]
    number = read_number(said, decimal=unit is not None and _is_told_with_decimals(unit, searched, end))
    # Fifty cents are half a dollar; other units keep their own numbers, and are converted only to be compared.
    parts = unit.factor if unit and unit.kind is FigureKind.MONEY else 1.0
    unit = Unit(unit.name, unit.kind, unit.base) if unit and parts != 1 else unit
    value = number.value * parts
    return Amount(start, end, value, value, value, unit or NO_UNIT, number.granularity * parts)


def _unit(text: str, match: re.Match[str]) -> tuple[Unit | None, int]:
    """The unit before or behind the number, and where the amount ends with it."""
    end = max(match.end("number"), match.end("vague"))
    before = unit_before(text[match.start("currency") : match.end("currency")]) if match["currency"] else None
    if match["unit"] is None:
        return before, end
    of = len(" of") if match["unit"].startswith(" of") else 0
    after = unit_after(text[match.start("unit") + of : match.end("unit")])
    if after is None or (before is not None and after.kind is not FigureKind.MONEY):
        return before, end
    return (before or after), match.end("unit")


def _is_told_with_decimals(unit: Unit, searched: str, end: int) -> bool:
    """Whether three digits behind a dot are decimals: of percent, of a measure, of the price of a litre."""
    if unit.kind is FigureKind.MONEY:
        return _PER_VOLUME.match(searched, end) is not None
    return unit.kind in {FigureKind.PERCENT, FigureKind.MEASURE}


def _range_from(text: str, searched: str, first: Amount, at: re.Match[str], position: int) -> Amount | None:
    """The range that begins with `first`: "3-5", "16 or 17", "from 60 to 120 tenge", "between 3 and 5"."""
    join = _JOIN.match(searched, first.end)
    match = _AMOUNT.match(searched, join.end()) if join and at["number"] else None
    if join is None or match is None or not match["number"]:
        return None
    second = _amount(text, searched, match)
    is_said = first.unit is not NO_UNIT
    if is_said and second.unit is not NO_UNIT and first.unit.base != second.unit.base:
        return None
    unit = first.unit if second.unit is NO_UNIT else second.unit
    begin = _scaled_like(first.low, match["number"]) if first.end == at.end("number") else first.low
    begin = begin * first.unit.factor / unit.factor if is_said else begin
    introduced = _BETWEEN.search(searched, max(position, first.start - _LONGEST_BETWEEN), first.start)
    word = join[0].strip()
    is_step = searched.endswith("by ", 0, first.start)  # "rose by 500 to 1,700"
    if introduced is None and (word in _AND or (word in _UPWARDS and (begin >= second.low or is_step))):
        return None
    start = introduced.start() if introduced else first.start
    low, high = sorted((begin, second.low))
    return Amount(start, second.end, None, low, high, unit, second.granularity)


def _scaled_like(first: float, second: str) -> float:
    """The first number of "3 to 5 million" is three million; that of "800 to 1,200" is what it says."""
    scaled = _SCALED.fullmatch(second)
    if scaled is None:
        return first
    below = read_number(scaled["below"], decimal=True).value
    return first * read_number(second).value / below if 0 < first < 10 * below else first
