"""Times of day as news gives them: "4:12 a.m.", "around 7.30 pm", "16:20", "at noon"."""

import re
from dataclasses import dataclass

_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?:(?P<colon>[:.])(?P<minute>[0-5]\d))?(?![\d:]|[.,]\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b|\s?(?P<oclock>o['’]clock|hrs|hours?\b(?= local)))?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\b(?:(?P<noon>noon|midday)|midnight)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|shortly|just|soon|nearly|almost|some time|before|after)\s+(?:\w+\s+)?\Z", re.IGNORECASE
)

HALF_A_DAY, A_DAY = 720, 1_440
"""Minutes."""

OF_THE_HOUR, OF_FIVE = 30, 4
"""Minutes that a time may be off which is told in whole hours, or about; and one in steps of five minutes."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day."""

    minutes: int
    """Since midnight."""
    is_rough: bool = False
    """Whether it is told in whole hours, or as about so."""
    half_known: bool = True
    """Whether it is told to be before or after noon."""

    def agrees_with(self, other: "ClockTime") -> bool:
        """Whether both may mean the same moment of a day."""
        around = A_DAY if self.half_known and other.half_known else HALF_A_DAY
        apart = abs(self.minutes - other.minutes) % around
        apart = min(apart, around - apart)
        if self.is_rough or other.is_rough:
            return apart <= OF_THE_HOUR
        return apart <= (OF_FIVE if self.minutes % 5 == 0 or other.minutes % 5 == 0 else 0)


def clock_time_in(text: str) -> ClockTime | None:
    """The first time of day that `text` names; None if it names none. Bare numbers are none."""
    word = _WORDS.search(text)
    for found in _CLOCK.finditer(text):
        if word and word.start() < found.start():
            break
        if not (found["half"] or found["oclock"] or found["colon"] == ":"):
            continue
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
        is_rough = found["minute"] is None or _ABOUT.search(text, 0, found.start()) is not None
        half_known = bool(found["half"]) or 60 * hour > HALF_A_DAY or found["hour"].startswith("0")
        return ClockTime((60 * hour + minute) % A_DAY, is_rough, half_known)
    return ClockTime(HALF_A_DAY if word["noon"] else 0, is_rough=True) if word else None
