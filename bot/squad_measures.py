"""SQuAD's measures of a short answer, as its evaluation program has them (Rajpurkar et al., 2016)."""

import re
import string
from collections import Counter

_ARTICLES = re.compile(r"\b(a|an|the)\b")
# The typographic marks are those that news uses and SQuAD's own program leaves standing.
_BLANKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’—–", " "))


def normalised(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_BLANKS)).split())


def word_f1(prediction: str, gold: str) -> float:
    """The F1 of the words that two texts share, from 0 to 1; two without words agree."""
    predicted, wanted = normalised(prediction).split(), normalised(gold).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    same = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * same / (len(predicted) + len(wanted))
