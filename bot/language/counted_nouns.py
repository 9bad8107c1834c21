"""What a number counts, by the words around it: "8,000 detainees", "164 were killed", "the number of dead: 164"."""

import re

from bot.language.news_terms import events_in

_STOP = frozenset(
    "a an the and or but nor of in on at to by for from with without as than then that this these those which who whom"
    " whose what when where while if because since until till after before during over under between among amid about"
    " against across into onto out off up down near below above per via around"
    " is are was were be been being am has have had having do does did will would can could may might shall"
    " should must not no yes it its they them their he him his she her"
    " we our you your i me my so too also only just even still already again more less most many much all both each"
    " every some any such very there here now so-called including said says told reported according died die dies fled"
    " took take takes went go came come got left lost won fell rose hit made said saw held kept began ago later earlier"
    " de del la el los las en y o con por para que se han ha fueron son están fue"
    " а и в на с по из от к у о были было был за для не что".split()
)
_PLURALS = frozenset("people men women children troops staff personnel crew cattle police".split())
_MODIFIERS = frozenset("police staff crew injured wounded missing dead homeless sports arms news us".split())
"""They stand before another noun as well as alone: "20 police", "20 police officers"."""

_STATES = frozenset("dead wounded injured detained killed missing arrested hurt homeless infected".split())
_WORD = re.compile(
    r"(?:\s+(?:of\s+|de\s+)?(?:the\s+|its\s+|their\s+|his\s+|her\s+|new\s+|more\s+)?[\"“«‘']?|-)([^\W\d_][\w’'-]*)"
)
_NEXT_WORD = re.compile(r"\s+([^\W\d_][\w’'-]*)")
_PASSIVE = re.compile(
    r"(?:\s+(?:more|others|of\s+(?:them|whom|these|those)))?"
    r"\s+(?:(?:were|was|are|is|have|has|had|be|been|being|remain|remained)\s+)+"
    r"(?:\w+ly\s+|still\s+|also\s+|already\s+)?(killed|dead|injured|wounded|missing|hurt|\w{3,}ed)\b"
)
_ACTIVE = re.compile(
    r"\b(killed|killing|injured|injuring|wounded|wounding|detained|detaining|arrested|arresting|dead)\s+\Z"
)
_STATE_AT = re.compile(
    r"\bthe (dead|injured|wounded|missing|detained|arrested|killed)(?: (?:at|as|is|was|were|to|now))*\s+\Z"
)
_NUMBER_OF = re.compile(r"\bnumber(?=\s+of\s[^.;]{0,80}\Z)")
_TOLL = re.compile(
    r"\b((?:death\s+)?toll|casualties|fatalities|deaths|arrests|injuries)\b[^.;,]{0,50}\s(?:to|at|is|was|of|:)\s+\Z"
)
_ENDS = re.compile(rf"\W*(?:\Z|[.,;:!?]|\s(?:{'|'.join(sorted(_STOP))})\b)")
"""Behind a word that ends a noun phrase."""
_MOST_WORDS = 3
_WINDOW = 100


def counted_at(lower: str, start: int, end: int) -> str:
    """The word or short phrase that the number at `lower[start:end]` counts, as it stands; "" if unclear.

    The noun phrase behind the number, up to its first plural; else a passive behind it ("were detained"), a verb
    right before it ("killed two"), or "number of ..." and "death toll" earlier in the sentence.
    """
    phrase = _phrase_behind(lower, end)
    if phrase:
        return phrase
    passive = _PASSIVE.match(lower, end)
    if passive:
        return passive[1]
    before = max(0, start - _WINDOW)
    found = _ACTIVE.search(lower, before, start)
    if found:
        return found[1]
    found = _STATE_AT.search(lower, before, start)
    if found:
        return found[1]
    found = _NUMBER_OF.search(lower, before, start)
    if found:
        return _phrase_behind(lower, found.end())
    found = _TOLL.search(lower, before, start)
    return " ".join(found[1].split()) if found else ""


def _phrase_behind(lower: str, end: int) -> str:
    word = _WORD.match(lower, end)
    if word is None or word[1] in _STOP or word[1].endswith(("ly", "ing")):
        return ""
    if _is_participle(word[1]) and _ENDS.match(lower, word.end()):
        return ""
    last = word
    while word[0][0] != "-" and lower.count(" ", word.start(1), last.end()) < _MOST_WORDS - 1:
        following = _NEXT_WORD.match(lower, last.end())
        if following is None or not _goes_on(last[1], following[1]):
            break
        last = following
    return " ".join(lower[word.start(1) : last.end(1)].split()).rstrip("’'-")


def _goes_on(word: str, following: str) -> bool:
    """Whether a noun phrase goes on: up to its first plural, and no further than a participle or adverb."""
    if following in _STOP or following.endswith(("ing", "ly")):
        return False
    if following.endswith("ed") or following in _STATES:
        return False
    return word in _MODIFIERS or not _is_plural(word)


def _is_participle(word: str) -> bool:
    """Whether a word after a number names nothing that is counted: the 2,500 "mentioned when it was sent"."""
    return word.endswith("ed") and not any(events_in(word))


def _is_plural(word: str) -> bool:
    return word in _PLURALS or word in _STATES or (word.endswith("s") and not word.endswith(("ss", "us", "’s", "'s")))
