"""Questions about what somebody said, and questions that ask for yes or no."""

import re

_SAY = (
    r"say|said|claim|claimed|tell|told|announce|announced|think|thought|call|called|promise|promised|deny|denied|demand"
    r"|demanded|report|reported|write|written|wrote|state|stated|declare|declared|describe|described|warn|warned|argue"
    r"|argued|explain|explained|insist|insisted|admit|admitted|confirm|confirmed|acknowledge|acknowledged|accuse"
    r"|accused|blame|blamed|justify|justified|respond|responded|react|reacted|comment|commented|define|defined"
    r"|characteri[sz]e|characteri[sz]ed|suggest|suggested|believe|believed|estimate|estimated|count|counted|condemn"
    r"|condemned|reject|rejected|answer|answered|put it|put the|give as|have to say|go on record|speak of|spoken of"
)
_WHO = r"(?P<who>[^,?]{2,80}?)"
_SPEECH_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|how|why|whom?|which|when|where|how (?:many|much))\b[^?]{{0,60}}?\b(?:did|does|do|has|have|had)"
        rf" {_WHO} (?:also |ever |later |then |now )?(?:{_SAY})\b",
        rf"^(?:and |so |but )?(?:did|does|do|has|have|had) {_WHO} (?:ever |also |really |actually )?(?:{_SAY})\b",
        r"\b(?:according to|in the (?:words|view|opinion) of|as told by|as reported by) (?P<who>[^,?]{2,80}?)"
        r"(?:,|\?|$| (?:how|what|who|when|where|why|was|were|is|are|did|does|has|have)\b)",
        rf"\bwhat (?:is|was|are|were) {_WHO}(?:['’]s|(?<=s)['’]) (?:account|version|figures?|estimates?|count"
        r"|position|view"
        r"|words|statement|comment|explanation|answer|response|reaction|toll|claims?)\b",
        r"\b(?:tolls?|figures?|numbers?|counts?|estimates?|totals?)"
        r" (?:given|reported|announced|published|released|cited) by"
        r" (?P<who>[^,?]{2,80}?)(?: (?:about|after|at|for|in|on|of)\b|,|\?|$)",
        rf"\bwhat (?:\w+ )?(?:toll|figure|number|count|estimate|total) (?:did|does|do|has|have|had) {_WHO}"
        r" (?:give|gave|given|publish|published|release|released|cite|cited|name|named)\b",
        r"\bwhat (?:was|is|has been) (?:said|claimed|reported|announced) by (?P<who>[^,?]{2,80}?)"
        r"(?: (?:about|on|of|regarding)\b|,|\?|$)",
        r"\bqu[ée] (?:ha |han )?(?:dijo|dijeron|dice|dicen|dicho|declar\w+|afirm\w+|anunci\w+|asegur\w+) "
        r"(?P<who>[^,?]{2,80}?)(?: (?:sobre|acerca|de los|de las|del|de la|en|el|al)\b|,|\?|$)",
        r"\bcómo (?:describ\w+|justific\w+|calific\w+|explic\w+) (?P<who>[^,?]{2,80}?)"
        r"(?: (?:los|las|el|la|lo|su|sus)\b|,|\?|$)",
        r"\bsegún (?P<who>[^,?¿]{2,80}?)(?:,|\?|$| ¿)",
        r"\bчто (?:сказал|заявил|сообщил|говорит|говорил|ответил|пообещал|объявил)[аио]? (?P<who>[^,?]{2,80}?)"
        r"(?: (?:о|об|про|насчёт|в|на)\b|,|\?|$)",
        r"\bпо (?:словам|данным|мнению) (?P<who>[^,?]{2,80}?)(?:,|\?|$)",
    )
)
_SPEAKER_ASKED = re.compile(
    rf"\b(?:who|which \w+|what \w+) (?:has |have |had |also |first )?(?:{_SAY}|says|claims|reports|announces"
    rf"|denies|insists"
    r"|blames|calls)\b|\bwhose (?:claim|figure|count|estimate|words|quote|statement)\b|\bwho (?:is|was) quoted\b"
    r"|\bquién(?:es)? (?:dijo|dijeron|dice|afirm\w+|anunci\w+)\b|\bкто (?:сказал|заявил|сообщил|говорит)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"(?:he|she|it|they|you|we|i|one|people|anyone|anybody|somebody|someone|that|this|him|her|them|él|ella|ellos)\Z|"
    r"(?:the )?(?:articles?|reports?|texts?|papers?|news|sources?)\Z",
    re.IGNORECASE,
)

_QUESTION_WORD = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how|qué|quién|quiénes|cuándo|dónde|cómo|cuál|cuáles|cuánt[oa]s?|кто"
    r"|что|когда|где|куда|откуда|почему|зачем|как|какой|какая|какие|какую|сколько|чей)\b",
    re.IGNORECASE,
)
_AUXILIARY = r"did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|am|shall"
_ASKS_FIRST = re.compile(
    rf"(?:(?:and|so|but|then|ok|well|y|а|и)\b,? )?(?:(?:in|on|at|by|during|after|before|since) [^,?]{{2,50}}, ?)?"
    rf"(?:{_AUXILIARY}|(?:{_AUXILIARY})n['’]?t)\b(?= \S)",
    re.IGNORECASE,
)
_TELL_ME = re.compile(
    rf"(?:(?:can|could|would|will) (?:you|i|anyone|someone)\b|(?:do|does|did|is|are|was) (?:you|we|anyone"
    rf"|anybody|it|there)"
    rf" (?:any(?:one|thing)? )?(?:know|known|clear|remember|sure)\b)[^?]*?{_QUESTION_WORD.pattern}",
    re.IGNORECASE,
)
_TAG_AT_END = re.compile(
    rf",? (?:right|correct|true|no|or not|isn['’]?t it|(?:{_AUXILIARY})n['’]?t (?:he|she|it|they|there)|verdad|cierto"
    r"|правда|верно)\s*\?*\Z",
    re.IGNORECASE,
)
_IS_TRUE = re.compile(
    r"\b(?:true that|true or false|whether or not|es (?:verdad|cierto) que|правда ли|верно ли)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"\bor\b(?! (?:not|no)\b)(?! (?:any|anyone|anything)\b)", re.IGNORECASE)
_ASKS_IN_RUSSIAN = re.compile(r"\bли\b|\A(?:разве|неужели)\b", re.IGNORECASE)
_ASKS_IN_SPANISH = re.compile(
    r"(?:es|son|fue|fueron|era|eran|está|están|estaba|ha|han|había|hay|hubo|se|puede|pueden|tiene|tienen|sigue|siguen"
    r"|[^\W\d_]+(?:ó|aron|ieron))\s+\S",
    re.IGNORECASE,
)
_STATED = re.compile(rf"\b(?:{_AUXILIARY})\b", re.IGNORECASE)
_SHORTEST_STATEMENT = 4
"""Words; a shorter question without a question word is a fragment: "and in Almaty?"."""


def speech_asked(question: str) -> str | None:
    """Of whom the question asks what they say: the X of "what did X say about …", "according to X, …".

    As it stands in the question, without a title being taken off; None if nobody is named.
    """
    asked = " ".join(question.split())
    for pattern in _SPEECH_ASKED:
        for found in pattern.finditer(asked):
            who = found["who"].strip(" \"“”'.:;?!¿")
            if who and _NOT_A_NAME.match(who) is None and _QUESTION_WORD.match(who) is None:
                return who
    return None


def speaker_asked(question: str) -> bool:
    """Whether the question asks who says something: "who said that …?", "whose figure is …?"."""
    return _SPEAKER_ASKED.search(question) is not None


def yes_no_asked(question: str) -> bool:  # noqa: PLR0911 - a chain of forms
    """Whether the question asks for yes or no: "Did the army fire on protesters?", "was the internet cut?".

    A choice ("a coup or a protest?") and a question in a question ("do you know how many …?") do not.
    """
    asked = " ".join(question.split()).strip()
    bare = asked.strip("¿?! ")
    if not bare or _TELL_ME.match(bare) is not None:
        return False
    if _IS_TRUE.search(bare) is not None or _ASKS_IN_RUSSIAN.search(bare) is not None:
        return True
    if _ASKS_FIRST.match(bare) is not None:
        return _CHOICE.search(bare) is None
    if _QUESTION_WORD.search(bare) is not None:
        return False
    if _TAG_AT_END.search(asked) is not None:
        return True
    if "¿" in asked and _ASKS_IN_SPANISH.match(bare) is not None:
        return True
    return asked.endswith("?") and len(bare.split()) >= _SHORTEST_STATEMENT and _STATED.search(bare) is not None
