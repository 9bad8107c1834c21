"""Placing: whether a count is of the place that a question names, as far as the article's words tell."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.assertions import Assertion, sentence_before
from bot.language.asking import Asked, stems_of
from bot.language.leads import lead_in
from bot.language.places import is_country
from bot.language.scope import places_in
from corpus.article import Article

GENERAL = 0.5
"""The share of the assertions' articles whose titles name a place which they all are about."""

FEWEST_ARTICLES = 3
"""With fewer articles their titles do not tell."""

NOT_FAR = 200
"""Characters; about a sentence."""

_OF_AN_EVENT = re.compile(
    r"(?:\s+(?:\w+ly|[a-z]+al|ferry|train|mine|plane|bus|hotel|school|factory|plant|port|stadium|valley|gas|ammonia|oil))*\s+"
    r"(?:accident|attacks?|blast|bombings?|clashes|collapse|crash|crush|disaster|derailment|(?:earth)?quake|explosions?"
    r"|(?:wild|bush)?fires?|floods?|flooding|hijacking|kidnapping|landslide|leak|massacre|mudslide|protests?|raids?|riots?"
    r"|shootings?|siege|sinking|spill|stampede|storms?|strikes?|tragedy|tsunami|unrest|violence)\b",
    re.IGNORECASE,
)

_AT_ONE_PLACE = (
    r"\b(?:accident|attack|blast|blaze|bomb(?:ing)?|collapse|crash|crush|derailment|disaster|explosion|fire|leak|massacre"
    r"|shooting|siege|sinking|stampede) (?:at|in|near|of|on) (?:the )?{place}\b"
    r"|\b{place} (?:\w+ )?(?:arcade|bridge|cathedral|church|cinema|club|factory|hospital|hotel|mall|market|mine|mosque"
    r"|mutiny|picket line|plant|prison|school|stadium|station|theatre|tower|tunnel|yard)\b"
)
"""What happens at one place, and what is at one, with the place's name."""

_EVERYWHERE = re.compile(
    r"\b(?:nation|country)-?wide"
    r"|\b(?:across|throughout|all over|in|in all of) the (?:whole |entire )?(?:country|nation|republic)\b(?!['’-])"
    r"|\bin the (?:whole|entire) (?:area|city|district|province|region|state|valley)\b"
    r"|\bin (?:different|various|several|all|other|many|\w+ other) (?:regions|cities|towns|parts|places)\b",
    re.IGNORECASE,
)


def place_asked(asked: Asked, assertions: Sequence[Assertion]) -> str | None:
    """The place that the question is limited to: not the country, nor what the articles or an event are named after.

    A question without capitals names a place if one of the articles does.
    """
    articles = {each.article.sha256: each.article for each in assertions}.values()
    places = places_in(asked.text) or frozenset().union(*(_places_of(article.body) for article in articles))
    named = {_names_of(place) or place for place in places if asked.names_place(place)}
    named = {place for place in named if not _names_an_event(place, asked.text)}
    place = max((place for place in named if not _is_general(place, articles)), default=None, key=len)
    return None if place is not None and _is_where_it_happened(place, asked, assertions) else place


def _is_where_it_happened(place: str, asked: Asked, assertions: Sequence[Assertion]) -> bool:
    """Whether the place is where the one event was that the question names, as in "the crush at the Bellarosa".

    Then it limits nothing: another article may call it otherwise. One of the articles has to be headed by it, and
    nothing may be counted of any other place, of everywhere, or of this place as of one of several.
    """
    at_one_place = _AT_ONE_PLACE.format(place=re.escape(place))
    if re.search(at_one_place, asked.text, re.IGNORECASE) is None:
        return False
    placed = [each for each in assertions if each.scope.place and each.scope.time is None]
    if not all(asked.names_place(each.scope.place or "") and _is_in_the_lead(each) for each in placed):
        return False
    if any(_is_of_everywhere(each) for each in assertions):
        return False
    return any(stems_of(place) <= _headed(each.article) for each in assertions)


def _names_an_event(place: str, question: str) -> bool:
    """Whether the place is only said to name an event: "the Varzan quake", which is felt elsewhere, too."""
    named = re.escape(place)
    found = [*re.finditer(rf"\b{named}\b", question, re.IGNORECASE)]
    return bool(found) and all(_OF_AN_EVENT.match(question, each.end()) for each in found)


def is_said_of(place: str, assertion: Assertion) -> bool:
    """Whether the place is named in the sentence or the one before it, in the title, or in the article's lead.

    The title and the lead of an article say nothing of what is said of everywhere: "in different regions".
    """
    if _is_of_everywhere(assertion):
        article, candidate = assertion.article, assertion.candidate
        return stems_of(place) <= stems_of(article.text[candidate.start : candidate.end])
    return stems_of(place) <= _headed(assertion.article) or is_named_near(place, assertion)


def _is_of_everywhere(assertion: Assertion) -> bool:
    return _EVERYWHERE.search(assertion.article.text, assertion.candidate.start, assertion.candidate.end) is not None


def _is_in_the_lead(assertion: Assertion) -> bool:
    article, candidate = assertion.article, assertion.candidate
    return article.text[candidate.start : candidate.end].strip() in lead_in(article)


def _headed(article: Article) -> frozenset[str]:
    return stems_of(f"{article.title} {lead_in(article)}")


def is_or_may_be_of(place: str, asked: Asked, assertion: Assertion) -> bool:
    """Whether the place is named near, and in the sentence itself if the figure is said to be of another place."""
    if assertion.scope.place is None or asked.names_place(assertion.scope.place):
        return is_named_near(place, assertion)
    article, candidate = assertion.article, assertion.candidate
    return stems_of(place) <= stems_of(article.text[candidate.start : candidate.end])


def is_named_near(place: str, assertion: Assertion) -> bool:
    """Whether the place is named in the sentence or the one before it, or not far before where its passage begins."""
    article, candidate = assertion.article, assertion.candidate
    before = sentence_before(candidate)
    start = before.start if before else max(article.body_start, candidate.start - NOT_FAR)
    return stems_of(place) <= stems_of(article.text[start : candidate.end])


def without_general_places(assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions, no longer limited to the place that they are all about.

    That is a country, or what most of their articles are about by their titles: "Beirut", and with it "the port of
    Beirut".
    """
    articles = {each.article.path: each.article for each in assertions}.values()
    places = {each.scope.place for each in assertions if each.scope.place}
    general = {place for place in places if _is_general(place, articles)}
    return [
        replace(each, scope=replace(each.scope, place=None)) if each.scope.place in general else each
        for each in assertions
    ]


def _is_general(place: str, articles: Collection[Article]) -> bool:
    if is_country(place):
        return True
    titles = [article.title for article in articles]
    return sum(_names_of(place) in title for title in titles) >= max(GENERAL * len(titles), FEWEST_ARTICLES)


def _names_of(place: str) -> str:
    return " ".join(word for word in place.split() if not word[0].islower())


@lru_cache(maxsize=1_000)
def _places_of(text: str) -> frozenset[str]:
    return places_in(text)
