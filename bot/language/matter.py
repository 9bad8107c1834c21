"""Whether two articles are about the same matter: figures of two different disasters are no dispute."""

import re
from functools import lru_cache

from bot.language.source_names import folded, spelled_alike
from corpus.article import Article

SHARED = 0.1
"""The share of the names of the article with fewer names that the other must have, too.

Of pairs of sample articles on one matter nearly all share more, and of pairs on two matters hardly any: the
overlap coefficient (Szymkiewicz-Simpson) of names.
"""

FEWEST_NAMES = 3
"""With fewer names an article says too little about what it is about, and is taken to be of the same matter."""

_NAME = re.compile(r"(?<=[\w,;“\"(] )[^\W\d_a-zа-я]\w{2,}")
ANYWHERE = frozenset(
    """
    January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul
    Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday President Prime Minister
    Ministry Ministers Ministries Health Interior Energy Defence Defense Foreign Finance Justice Security Council
    Service Parliament Government Wire News Agency Press Radio Post Committee National State States General
    Prosecutor Police United Nations First Deputy Chief Director Secretary Governor Mayor Court House Human Rights
    Watch Red Cross Facebook Twitter Telegram WhatsApp Instagram YouTube Google English Mrs The This That These There
    They Their And But For From With Not One Two Three What When Who Why How His Her She You
    """.split()
)
"""Words that begin with a capital in news about anything."""


def same_matter(one: Article, other: Article) -> bool:
    """Whether two articles share enough names of people, places and bodies; an article does with itself.

    Spellings of one name are one name: "Tokaev" and "Tokayev".
    """
    return one.sha256 == other.sha256 or _share(_names(one.body), _names(other.body))


@lru_cache(maxsize=10_000)
def _share(names: frozenset[str], others: frozenset[str]) -> bool:
    fewer, more = sorted((names, others), key=len)
    if len(fewer) < FEWEST_NAMES or len(fewer & more) >= SHARED * len(fewer):
        return True
    by_letter: dict[str, list[str]] = {}
    for name in more:
        by_letter.setdefault(name[0], []).append(name)
    alike = [name for name in fewer if any(spelled_alike(name, each) for each in by_letter.get(name[0], ()))]
    return len(alike) >= SHARED * len(fewer)


@lru_cache(maxsize=1_000)
def _names(text: str) -> frozenset[str]:
    return frozenset(map(folded, frozenset(_NAME.findall(text)) - ANYWHERE))
