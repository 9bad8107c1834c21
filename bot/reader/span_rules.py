"""What a span cannot be the answer to by the words around it: who did it, for how long, another than was asked for."""

import re

from bot.language.asking import stems_of
from bot.language.figures import FigureKind, figures_in
from bot.language.matter import ANYWHERE
from bot.reader.answer_form import EDGE, asks_when

NEAR = 40
"""Characters around a span, in which the rest of its figure stands: "crowns" of "70 to 80 million crowns"."""
MOST_OTHER_NAMES = 2
"""Of a person, beside the one by which the question has it."""

_MONEY_ASKED = re.compile(
    r".*\bhow much (?:(?:of the|of their|of his|of her|[\w-]+) )?(?:bail|cash|compensation|damages|money|ransom)\b"
    r"|.*\bhow much (?:did|do|does|has|have|had|is|was|were|will|would)\b.*"
    r"\b(?:bail|cost|donated?|earn|earned|fined|owed?|paid|pay|raised?|sell for|sold|spend|spent|worth)\b",
    re.IGNORECASE | re.DOTALL,
)
_FOR = re.compile(
    r"\bfor (?:(?:about|around|almost|nearly|over|more than|up to|at least|another|the (?:first|last|next|past)) )?\Z",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"(?!.*\b(?:ago|before|after|earlier|later)\b)"
    r".*\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centuries)\W*",
    re.IGNORECASE | re.DOTALL,
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
_NAME_ASKED = re.compile(r"\W*(?:(?:and|so|but)\s+)?(?:who|whom|which|where)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile(
    r"(?<![,;])(?<!\bin)(?<!\bof)(?<!\bfrom)(?<!\bto)(?<!\bon)(?<!\bfor)(?<!\bby)(?<!\bwith)(?<!\bat)\s(?:which|whether|whose)\s\Z",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|least|less|more|many|much|all|every|until|before|after|sure|yet)\b)"
    r"|no longer(?! than\b))[^\S\n]+"
    r"(?:\w+ing[^\S\n]+)?(?:(?:because[^\S\n]+of|about|after|at|by|for|from|in|into|of|on|to|with)[^\S\n]+)?"
    r"(?:(?:the|an?|his|her|its|their)[^\S\n]+)?(?:[\w'’-]+[^\S\n]+)?\Z",
    re.IGNORECASE,
)
_BUT = re.compile(r"[^.;:!?\n]{0,60}?\bbut\b(?! also\b)", re.IGNORECASE)
_RATHER_THAN = re.compile(
    r"\b(?:rather than|instead of)[^\S\n]+(?:(?:at|by|for|from|in|on|to|with)[^\S\n]+)?"
    r"(?:(?:the|an?|his|her|its|their)[^\S\n]+)?\Z",
    re.IGNORECASE,
)
_DENIAL_ASKED = re.compile(
    r"\b(?:not|\w+n['’]t|never|no|nor|neither|without|instead|rather|than|den(?:y|ies|ied)|refus\w+|reject\w*|avoid\w*|replac\w*|before|used"
    r"|formerly|other|prior|previous\w*|first|original\w*)\b",
    re.IGNORECASE,
)
_LANGUAGE_ASKED = re.compile(r".*\b(?:which|what) languages?\b", re.IGNORECASE | re.DOTALL)
_OF_A_COUNTRY = re.compile(
    r"\s+(?:\w+al\s+)?(?:ambassador|army|authorit\w+|border|capital|cit(?:y|ies)|citizens?|counterpart|economy|embassy|forces"
    r"|foreign|government|leaders?|media|military|minist\w+|nationals?|officials?|opposition|parliament|people|police"
    r"|politic\w+|president\w*|prime|protest\w*|republic|security|side|soldiers?|state|troops)\b",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+(?P<word>[^\W\d_][\w'’-]*)")


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


def is_how_long(question: str, text: str, start: int, end: int) -> bool:
    """Whether it is asked when, and a span says for how long: "some hours" of "it came back for some hours".

    Of 3,899 labelled answers to such questions 1 is such.
    """
    if not asks_when(question) or _HOW_LONG.fullmatch(text, start, end) is None:
        return False
    return _FOR.search(text, max(0, start - NEAR), start) is not None


def is_who_did_it(question: str, text: str, start: int, end: int) -> bool:  # noqa: ARG001 - one of a row of rules
    """Whether it is asked what something befell, and a span is what did it: attacked "by" them, not what was attacked.

    Of 3,703 labelled answers to such questions 5 are such.
    """
    asked = _BEFALLEN.match(question)
    done = _DONE_BY.search(text, max(0, start - NEAR), start) if asked else None
    return asked is not None and done is not None and stems_of(asked["done"]) == stems_of(done["done"])


def is_left_open(question: str, text: str, start: int, end: int) -> bool:  # noqa: ARG001 - one of a row of rules
    """Whether a name is asked for, and a span is what its sentence leaves open: "I do not care which office wins".

    Of 14,546 labelled answers to such questions 9 are such.
    """
    asked = _NAME_ASKED.match(question) is not None
    return asked and _LEFT_OPEN.search(text, max(0, start - NEAR), start) is not None


def is_denied(question: str, text: str, start: int, end: int) -> bool:
    """Whether a span is what its sentence sets what is so against: "not in Switzerland but at Ober Tann"."""
    first = max(0, start - NEAR)
    against = _SET_AGAINST.search(text, first, start)
    denied = against and (_BUT.match(text, end) or against.group().lower().startswith("no longer"))
    if not denied and _RATHER_THAN.search(text, first, start) is None:
        return False
    return _DENIAL_ASKED.search(question) is None


def is_no_language(question: str, text: str, start: int, end: int) -> bool:  # noqa: ARG001 - one of a row of rules
    """Whether a language is asked for, and a span says whose president or army somebody is: "Kazakh".

    Of 91 labelled answers to such questions none is such.
    """
    return _LANGUAGE_ASKED.match(question) is not None and _OF_A_COUNTRY.match(text, end) is not None


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
    said = text[start:end].strip(EDGE).split()
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
