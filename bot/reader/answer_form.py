"""The form that people give answers in: what can answer a question at all, and where an answer ends."""

import re
from collections.abc import Callable

from bot.language.asking import stems_of
from bot.language.calendar_words import MONTHS, WEEKDAYS
from bot.language.figures import FigureKind, figures_in
from bot.language.matter import ANYWHERE
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
_MONEY_ASKED = re.compile(
    r".*\bhow much (?:(?:of the|of their|of his|of her|[\w-]+) )?(?:bail|cash|compensation|damages|money|ransom)\b"
    r"|.*\bhow much (?:did|do|does|has|have|had|is|was|were|will|would)\b.*"
    r"\b(?:bail|cost|donated?|earn|earned|fined|owed?|paid|pay|raised?|sell for|sold|spend|spent|worth)\b",
    re.IGNORECASE | re.DOTALL,
)
NEAR = 40
"""Characters around a span, in which the rest of its figure stands: "crowns" of "70 to 80 million crowns"."""
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
_AGE_ASKED = re.compile(r".*\bhow old\b", re.IGNORECASE | re.DOTALL)
_AGE = re.compile(
    r"(?<![\d.,])(?:1[0-2]\d|\d{1,2})(?![\d.,]*\d)|\b(?:month|year|decade|centur)|[a-z]+(?:teen|ty)\b",
    re.IGNORECASE,
)
_WHO_IS = re.compile(
    r"\W*who(?:['’]s|\s+is|\s+was)\s+(?!(?:the|an?|his|her|their|its)\b)(?P<name>[\w'’.-]+(?:\s+[\w'’.-]+){0,2}?)\W*\Z",
    re.IGNORECASE,
)
_ANOTHER_THAN = re.compile(
    r"\W*who\b.*\b(?:before|after|besides|instead of|(?:other|rather) than|apart from)\s+(?:[\w'’.-]+\s+){0,2}?"
    r"(?P<name>[\w'’-]+)\W*\Z",
    re.IGNORECASE,
)
_REST_OF_NAME = re.compile(r"\w*(?:\s+[\w'’-]+)?")
_BEFALLEN = re.compile(
    r"\W*(?:(?:and|so|but)\s+)?(?:(?:what|which)(?:\s+\w+){0,2}|whom?)\s+(?:else\s+)?(?:was|were|is|are|got|(?:has|have|had)"
    r" been)\s+(?:\w+ly\s+|being\s+)?(?P<done>\w+)\b(?!.*\bby\W*\Z)",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"\b(?P<done>\w+) by (?:(?:the|an?|some|several|its|his|her|their)\s+)?(?:\w+\s+)?\W*\Z", re.IGNORECASE
)
_THING_ASKED = re.compile(
    r"(?!.*\b(?:when|since|until|dates?|days?|times?|years?|months?|decades?|centur\w+|periods?|eras?|seasons?|weeks?|nights?|points?|ages?"
    r"|stages?|deadlines?|moments?|events?|terms?|holidays?|mornings?|evenings?|editions?|drafts?|stud(?:y|ies)|versions?"
    r"|how (?:long|old|soon|often|much|many))\b)"
    r".*\b(?:what|which)\s+(?!(?:is|was|are|were|did|does|do|has|have|had|will|would|can|could|happened|happens|else)\b)\w",
    re.IGNORECASE | re.DOTALL,
)
_TIME_ALONE = re.compile(
    r"(?:(?:in|on|at|by|the|near|last|next|this|early|late)\s+)*(?:future|past|today|yesterday|tomorrow|week|month|year"
    rf"|mornings?|evenings?|nights?|afternoons?|(?:19|20)\d\d|{either(MONTHS)}|{either(WEEKDAYS)})"
    rf"(?:\s+(?:mornings?|evenings?|nights?|afternoons?|\d{{1,2}}|\d{{4}}))*\W*",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|o|или)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s+(?P<word>[^\W\d_][\w'’-]*)")
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
MOST_OTHER_NAMES = 2
"""Of a person, beside the one by which the question has it."""

_ABBREVIATED = re.compile(r"(?:\b[ap]\.m|(?:\b|\.)[A-Z]\.[A-Z]|\b(?:Jr|Sr|Inc|Corp|Ltd))\Z")
"""What keeps the full stop behind it."""
_EDGE = " \t\r\n\xa0,.;:!?“”\"'‘’()*_"


def can_answer(question: str, said: str) -> bool:
    """Whether what is said can answer at all.

    "How many" asks for a number, in digits or words, "how old" for one of an age, and "who" and "where" for a word
    that the question does not have, unless it leaves a choice; so does "which", where no number tells it apart.
    "How long" is not answered with a number and nothing else, which is somebody's age, nor "who" with what starts
    with one; "when" is answered with a word for a time, "which country" with a name of one or of its people, "which
    city" with none of a country, "what share" with one, and "what evidence" with no time alone. These rules refuse 1 in
    130 of the labelled answers to such questions, of those to "which country" 1 in 30, of the last 1 in 2,000.
    """
    if _WHO_ASKED.match(question) and _STARTS_WITH_NUMBER.match(said):
        return False
    if _TIME_ALONE.fullmatch(said) and _THING_ASKED.match(question):
        return False
    for asked, answers in _FORMS:
        if asked.match(question):
            return answers(question, said)
    return True


def _says_more(question: str, said: str) -> bool:
    return _CHOICE.search(question) is not None or not _repeats(question, said)


def _repeats(question: str, said: str) -> bool:
    """Whether nothing is said but words of the question, in whatever spelling: "Nazarbáyeb" for "Nazarbayev"."""
    asked = _WORD.findall(question)
    return all(any(spelled_alike(word, other) for other in asked) for word in _WORD.findall(said))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (_NAME_ASKED, lambda question, said: _LETTER.search(said) is not None and _says_more(question, said)),
    (_COUNTRY_ASKED, lambda question, said: says_a_country(said) and _says_more(question, said)),
    (_CITY_ASKED, lambda question, said: not is_country(said.strip(_EDGE)) and _says_more(question, said)),
    (_SHARE_ASKED, lambda _, said: _SHARE.search(said) is not None),
    (_WHICH_ASKED, lambda question, said: any(map(str.isdigit, said)) or _says_more(question, said)),
    (_WHEN_ASKED, lambda _, said: _TIME.search(said) is not None),
    (_HOW_LONG_ASKED, lambda _, said: _NUMBER_ALONE.fullmatch(said) is None),
    (_AGE_ASKED, lambda _, said: _AGE.search(said) is not None),
    (_COUNT_ASKED, lambda _, said: _COUNT.search(said) is not None),
)
"""Of what is asked, the first that fits, and whether something said has the form of an answer to it."""


def is_no_money(question: str, text: str, start: int, end: int) -> bool:
    """Whether money is asked for, and a span gives a number of something else: "16" of "its crew of 16".

    Of 203 labelled answers to such questions 25 are such: prices without a currency in reviews and forum posts ("31k").
    """
    if _MONEY_ASKED.match(question) is None or not any(map(str.isdigit, text[start:end])):
        return False
    first = max(0, start - NEAR)
    told = [
        each for each in figures_in(text[first : end + NEAR]) if each.start < end - first and start - first < each.end
    ]
    return not any(each.kind in (FigureKind.MONEY, FigureKind.PERCENT) for each in told)


def is_who_did_it(question: str, text: str, start: int, end: int) -> bool:  # noqa: ARG001 - one of a row of rules
    """Whether it is asked what something befell, and a span is what did it: attacked "by" them, not what was attacked.

    Of 3,703 labelled answers to such questions 5 are such.
    """
    asked = _BEFALLEN.match(question)
    done = _DONE_BY.search(text, max(0, start - NEAR), start) if asked else None
    return asked is not None and done is not None and stems_of(asked["done"]) == stems_of(done["done"])


def is_the_other(question: str, text: str, start: int, end: int) -> bool:
    """Whether a span names whom the question sets apart: "Alikhan" of "Alikhan Smailov" for "before Smailov"."""
    asked = _ANOTHER_THAN.match(question)
    if asked is None:
        return False
    rest = _REST_OF_NAME.match(text, end)
    said = text[start : rest.end() if rest else end]
    return re.search(rf"\b{re.escape(asked['name'])}\b", said, re.IGNORECASE) is not None


def only_names(question: str, text: str, start: int, end: int) -> bool:
    """Whether a span says no more of whom "who is ...?" asks about than a name: "Antony" of "Antony Blinken".

    Nor is the name of somebody else an answer, where the question has a whole name and no office: "who is the boss?".
    Two words beside the name asked for are taken to be names, too, if `text` nowhere has them without their capitals
    and news about anything does not have them with it ("Prime Minister").
    """
    asked = _WHO_IS.match(question)
    if asked is None:
        return False
    name = asked["name"].title().split()
    following = _NEXT_WORD.match(text, end)
    said = text[start:end].strip(_EDGE).split()
    if following and following["word"] in name:
        said.append(following["word"])
    others = [word for word in said if word not in name]
    if len(others) > MOST_OTHER_NAMES or (len(others) == len(said) and not _is_name_of_another(asked["name"], said)):
        return False
    return all(
        word[0].isupper() and word not in ANYWHERE and re.search(rf"\b{re.escape(word.lower())}\b", text) is None
        for word in others
    )


def _is_name_of_another(asked: str, said: list[str]) -> bool:
    """Whether what is asked for is a person's whole name, and what is said looks like another."""
    full = asked.split()
    return min(len(full), len(said)) > 1 and all(word[0].isupper() and word not in ANYWHERE for word in (*full, *said))


def without_name(question: str, text: str, start: int, end: int) -> int:
    """Where an answer to who somebody is ends before their name: "Secretary of State, [Antony] Blinken"."""
    asked = _WHO_IS.match(question)
    following = _NEXT_WORD.match(text, end)
    if asked is None or following is None or following["word"] not in asked["name"].title().split():
        return end
    comma = text.rfind(",", start, end)
    others = text[comma + 1 : end].split()
    names = all(word[0].isupper() and word not in ANYWHERE for word in others)
    return comma if comma > start and len(others) <= MOST_OTHER_NAMES and names else end


def trimmed_answer(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The span as people give answers: "more than" stands before its number, stray punctuation does not.

    None if nothing but punctuation is left.
    """
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
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
    while text[opened - 1] in _EDGE:
        opened -= 1
    return opened
