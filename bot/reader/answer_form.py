"""The form that people give answers in: what can answer a question at all, and where an answer ends."""

import re
from collections.abc import Callable

from bot.language.calendar_words import MONTHS, WEEKDAYS
from bot.language.number_words import either
from bot.language.places import is_country, says_a_country
from bot.language.source_names import spelled_alike
from index.sentences import Sentence

_COUNT_ASKED = re.compile(r".*\bhow many\b", re.IGNORECASE | re.DOTALL)
_NAME_ASKED = re.compile(r"\W*(?:who|whose|whom|where|why)\b", re.IGNORECASE)
_WHO_ASKED = re.compile(r"\W*(?:who|whom)\b", re.IGNORECASE)
_WHICH_ASKED = re.compile(
    r"\W*(?:(?:in|on|at|to|from|for|of|by|with)\s+)?which\b|.*\bwhat (?:is|was|are|were) the names? of\b",
    re.IGNORECASE | re.DOTALL,
)
_COUNTRY_ASKED = re.compile(
    r".*\b(?:which|what) (?:(?!(?:is|was|are|were)\b)[\w-]+ )?(?:country|nation)\b"
    r"(?! (?:albums?|artist|band|club|house|music|road|singer|song|star)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CITY_ASKED = re.compile(
    r".*\b(?:which|what) (?:(?!(?:is|was|are|were)\b)[\w-]+ )?(?:city|town|village)\b(?!['’]s)",
    re.IGNORECASE | re.DOTALL,
)
_SHARE_ASKED = re.compile(
    r".*\b(?:(?:which|what) (?:percent(?:age)?|share|proportion)\b|how many per ?cent\b)", re.IGNORECASE | re.DOTALL
)
_SHARE = re.compile(
    r"\d|%|\b(?:per ?cent|percent\w*|hal(?:f|ves)|thirds?|quarters?|fifths?|tenths?|all|none|most|majority|minority|one"
    r"|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)
_HOW_LONG_ASKED = re.compile(r".*\bhow long\b", re.IGNORECASE | re.DOTALL)
_NUMBER_ALONE = re.compile(r"\W*\d+\W*")
_STARTS_WITH_NUMBER = re.compile(r"\W*\d")
_WHEN_ASKED = re.compile(
    r"\W*(?:and |so |but )?(?:since |until )?when (?:did|do|does|is|are|was|were|will|has|have|had|would|can)\b"
    r"(?!.*, (?:what|who|which|where|how)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(
    rf"\d|\b(?:{either(MONTHS)}|{either(WEEKDAYS)}|when|while|after|before|prior|during|until|till|since|as|once|if|upon"
    r"|following|throughout|upcoming|every|each|daily|annual\w*|years?|months?|weeks?|\w*days?|weekend|\w*night|mornings?|evenings?"
    r"|afternoon|noon|hours?|minutes?|seconds?|decades?|centur\w+|today|yesterday|tomorrow|now|then|ago|later|earlier"
    r"|early|late|soon(?:er)?|past|future|never|always|often|sometimes|spring|summer|autumn|fall|winter|seasons?|times?|period"
    r"|age|era|dawn|dusk|start|beginning|end|middle|mid|birth|death|war|elections?|last|next|first|christmas|easter"
    r"|ramadan|medieval|modern|ancient|\w+ly|\w+ties)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\W*\d{1,2}:\d{2}\W*(?:[ap]\.?m\.?)?\W*", re.IGNORECASE)
_HOUR_ASKED = re.compile(
    r".*\b(?:what|which) time (?:did|do|does|has|had|is|was|were|will)\b", re.IGNORECASE | re.DOTALL
)
_HOUR = re.compile(
    r"\d|\b(?:noon|midnight|midday|dawn|dusk|sunrise|sunset|o['’]?clock|mornings?|evenings?|nights?|afternoons?|hours?|minutes?"
    r"|early|late|later|before|after|when|while|during|nightfall|daybreak|lunch\w*|dinner|breakfast|tonight|overnight|same"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter)\b",
    re.IGNORECASE,
)
_YEARS_COUNTED = re.compile(
    r".*\bhow many (?:more |whole |full )?(?:years|months|weeks|days|hours|minutes|decades|centuries)\b",
    re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"\W*(?:in |since |from )?(?:1\d|20)\d\d\W*", re.IGNORECASE)
_SPEECH_ENDS = re.compile(r"[,.!?][\"”]\s+\S")
_MANNER_ASKED = re.compile(
    r"\W*(?:(?:and|so|but)\s+)?how (?:did|do|does|was|were)\b"
    r"(?!.*\b(?:abbreviated?|called?|contact|describe[ds]?|identif\w+|known|named?|pronounced?|raised|shorten(?:ed)?|spel(?:l|led|t)|titled?|written?)\b)",
    re.IGNORECASE | re.DOTALL,
)
_NAME_ALONE = re.compile(
    r"\W*(?:[Tt]he |[Aa]n? )?[A-Z][\w'’.-]*(?:\s+(?:of |the |and |de |& ?)*[A-Z][\w'’.-]*)+\W*|"
    r"(?:(?:about|around|on|in|at|early|late) )*\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\W*"
)
_NAMED = (
    r"(?:\w+(?:[eo]rs?|ists?|ents?|ants?|ians?|m[ae]n|ees?|boys?|girls?)|child|baby|sons?|wife|husband|pilot|judge|nurse|hero"
    r"|spy|king|queen|prince|princess|chief|guard|dog|cat|horse|poodle|tiger|bear|whale|ship|ferry|boat|vessel|plane|school"
    r"|company|firm|bank|hotel|club|village|town|city|river|island|bridge|airport|hospital|university|party|newspaper|band"
    r"|song|album|film|movie|book|charity|street|restaurant|bar|airline|agency|gang|storm|hurricane|typhoon|cyclone)"
)
_WHOLE = r"(?:full |real |first |last )?"
_SOME_WORDS = r"(?:[\w'’-]+ ){0,3}?"
_PROPER_NAME_ASKED = re.compile(
    rf"(?:.*\bwhat (?:is|was|are|were) (?:the )?{_WHOLE}|\W*(?:the )?)"
    rf"(?:names? of (?:the |an? |his |her |its |their )?{_SOME_WORDS}{_NAMED}\b"
    rf"|{_SOME_WORDS}{_NAMED}['’]s? {_WHOLE}names?\b)",
    re.IGNORECASE | re.DOTALL,
)
_CAPITAL = re.compile(r"[^\W_a-zа-я]")
_AGE_ASKED = re.compile(r".*\bhow old\b", re.IGNORECASE | re.DOTALL)
_AGE = re.compile(
    r"(?<![\d.,])(?:1[0-2]\d|\d{1,2})(?![\d.,]*\d)|\b(?:month|year|decade|centur)|[a-z]+(?:teen|ty)\b",
    re.IGNORECASE,
)
_THING_ASKED = re.compile(
    r"(?!.*\b(?:when|since|until|dates?|days?|times?|years?|months?|decades?|centur\w+|periods?|eras?|seasons?|weeks?|nights?|points?|ages?"
    r"|stages?|deadlines?|moments?|events?|terms?|holidays?|mornings?|evenings?|editions?|drafts?|stud(?:y|ies)|versions?"
    r"|how (?:long|old|soon|often|much|many))\b)"
    r".*\b(?:what|which)\s+(?!(?:is|was|are|were|did|does|do|has|have|had|will|would|can|could|happened|happens|else)\b)\w",
    re.IGNORECASE | re.DOTALL,
)
_WHY_ASKED = re.compile(r"\W*(?:(?:and|so|but) )?(?:why|how come|for what reason)\b", re.IGNORECASE)
_TIME_ALONE = re.compile(
    r"(?:(?:in|on|at|by|the|near|last|next|this|early|late)\s+)*(?:future|past|today|yesterday|tomorrow|week|month|year"
    rf"|mornings?|evenings?|nights?|afternoons?|(?:19|20)\d\d|{either(MONTHS)}|{either(WEEKDAYS)})"
    rf"(?:\s+(?:mornings?|evenings?|nights?|afternoons?|\d{{1,2}}|\d{{4}}))*\W*",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|o|или)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_COUNT = re.compile(
    r"\d|\b(?:zero|none|no|nobody|no one|nothing|an?|one|once|both|two|twice|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|dozens?|scores?|half|third|quarter|majority|most|all|every|each|many|few|fewer|several"
    r"|some|single|double|couple|pair|handful|neither)\b",
    re.IGNORECASE,
)
_BOUND_BEFORE = re.compile(
    r"\b(?:(?:more|less|fewer|greater) than|no (?:more|fewer|less) than|at (?:least|most)|as (?:many|much) as|up to"
    r"|over|under|about|around|nearly|almost|approximately|roughly|some|close to|an estimated)\s+\Z",
    re.IGNORECASE,
)
_FOCUS_FIRST = re.compile(r"(?:only|just|merely)\s+", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"[$€£¥₸]?\s?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|half|a (?:dozen|hundred|thousand|million))\b",
    re.IGNORECASE,
)
_NOT_THE_OTHER = re.compile(
    r",?\s+(?:(?:and|but)\s+)?(?:not|rather than|instead of)\s+[$€£]?\d[\d.,]*\w*\Z", re.IGNORECASE
)
"""Of "6.6 and not 6.4" what answers nothing."""

_ABBREVIATED = re.compile(r"(?:\b[ap]\.m|(?:\b|\.)[A-Z]\.[A-Z]|\b(?:Jr|Sr|Inc|Corp|Ltd))\Z")
"""What keeps the full stop behind it."""
EDGE = " \t\r\n\xa0,.;:!?“”\"'‘’()*_"


def can_answer(question: str, said: str) -> bool:
    """Whether what is said can answer at all, by its form.

    - "Who" and "where" ask for a word that the question does not have, unless it leaves a choice, "who" for nothing
      that starts with a number; so does "which", where no number tells it apart.
    - "Which country" asks for one or for its people, "which city" for no country, "what share" for one, and the name
      of a person or ship for a capital.
    - "When" asks for a word for a time, "what time" for more than a day, "what evidence" and "why" for no time alone.
    - "How many" asks for a number and no time of day, "how many years" for none of them, "how old" for one of an age,
      "how long" for more than a bare number, "how did he" for no name or time alone.
    - Nothing is answered with the end of what somebody says and the words behind it.

    Of 27,422 labelled answers to such questions these rules refuse 358; to "which country" 17 of 390, of names 12 of
    404.
    """
    if _WHO_ASKED.match(question) and _STARTS_WITH_NUMBER.match(said):
        return False
    if _TIME_ALONE.fullmatch(said) and (_THING_ASKED.match(question) or _WHY_ASKED.match(question)):
        return False
    if _SPEECH_ENDS.search(said) and sum(map(said.count, '"“”')) % 2:
        return False
    for asked, answers in _FORMS:
        if asked.match(question):
            return answers(question, said)
    return True


def asks_when(question: str) -> bool:
    """Whether `question` asks when something is, was or will be."""
    return _WHEN_ASKED.match(question) is not None


def _says_more(question: str, said: str) -> bool:
    return _CHOICE.search(question) is not None or not _repeats(question, said)


def _repeats(question: str, said: str) -> bool:
    """Whether nothing is said but words of the question, in whatever spelling: "Nazarbáyeb" for "Nazarbayev"."""
    asked = [*_WORD.findall(question), "the"]
    return all(any(spelled_alike(word, other) for other in asked) for word in _WORD.findall(said))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (_NAME_ASKED, lambda question, said: _LETTER.search(said) is not None and _says_more(question, said)),
    (_COUNTRY_ASKED, lambda question, said: says_a_country(said) and _says_more(question, said)),
    (_CITY_ASKED, lambda question, said: not is_country(said.strip(EDGE)) and _says_more(question, said)),
    (_SHARE_ASKED, lambda _, said: _SHARE.search(said) is not None),
    (_PROPER_NAME_ASKED, lambda question, said: _CAPITAL.search(said) is not None and _says_more(question, said)),
    (_WHICH_ASKED, lambda question, said: any(map(str.isdigit, said)) or _says_more(question, said)),
    (_HOUR_ASKED, lambda _, said: _HOUR.search(said) is not None),
    (_WHEN_ASKED, lambda _, said: _TIME.search(said) is not None),
    (_HOW_LONG_ASKED, lambda _, said: _NUMBER_ALONE.fullmatch(said) is None),
    (_MANNER_ASKED, lambda _, said: _NAME_ALONE.fullmatch(said) is None and _TIME_ALONE.fullmatch(said) is None),
    (_AGE_ASKED, lambda _, said: _AGE.search(said) is not None),
    (_YEARS_COUNTED, lambda _, said: _COUNT.search(said) is not None and _YEAR.fullmatch(said) is None),
    (_COUNT_ASKED, lambda _, said: _COUNT.search(said) is not None and _CLOCK.fullmatch(said) is None),
)
"""Of what is asked, the first that fits, and whether something said has the form of an answer to it."""


def trimmed_answer(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The span as people give answers: "more than" stands before its number, stray punctuation does not.

    None if nothing but punctuation is left.
    """
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if start == end:
        return None
    if text.startswith(".", end) and end < sentence.end and _ABBREVIATED.search(text, start, end):
        end += 1
    end = _closed(text, sentence, start, end)
    other = _NOT_THE_OTHER.search(text[start:end])
    end = start + other.start() if other and any(map(str.isdigit, text[start : start + other.start()])) else end
    focus = _FOCUS_FIRST.match(text, start, end)
    start = focus.end() if focus else start
    if _NUMBER_FIRST.match(text, start, end):
        bound = _BOUND_BEFORE.search(text, sentence.start, start)
        start = bound.start() if bound else start
    return start, end


def _closed(text: str, sentence: Sentence, start: int, end: int) -> int:
    """Where the span ends if a quotation or bracket that it opens is closed right behind it; or a bracket left out."""
    if text.count('"', start, end) % 2 and text.startswith('"', end) and end < sentence.end:
        return end + 1
    opened = text.rfind("(", start, end)
    if opened <= start or text.find(")", opened, end) >= 0:
        return end
    if text.startswith(")", end) and end < sentence.end:
        return end + 1
    while text[opened - 1] in EDGE:
        opened -= 1
    return opened
