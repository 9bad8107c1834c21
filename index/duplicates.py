"""Near-duplicates: one agency text that many outlets print, whole, lightly edited or cut.

An article's news is taken as a set of shingles, runs of SHINGLE_WORDS words (Broder, "On the resemblance and
containment of documents", 1997). MinHash values in bands find the articles that may share many of them
(Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", chapter 3); what two really share is then counted
in the shingles themselves, so that no estimate decides.
"""

import hashlib
import re
import unicodedata
import zlib
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Shingles: TypeAlias = NDArray[np.uint32]
"""32-bit hashes of a text's distinct shingles, ascending."""

Number = TypeVar("Number", np.uint32, np.int64)

HASHES = np.dtype("<u4")
BANDS = np.dtype("<i8")

SHINGLE_WORDS = 5

FEWEST_SHINGLES = 8
"""A text of fewer is one shingle as a whole: only one of just the same words is its near-duplicate."""

PERMUTATIONS = 128
ROWS = BANDS.itemsize // HASHES.itemsize
"""MinHash values a band, two: few, so that a text cut to a third is found, whose Jaccard similarity is 0.33.

With r rows in b bands, two texts of similarity s share a band with probability 1 - (1 - s^r)^b: here above 0.999
from 0.32 on, 0.98 for 0.25, and 0.006 for 0.01, which two texts on the same event mostly stay below.
"""

DUPLICATE_FROM = 0.6
"""The share of the shorter text's shingles that the longer must have: Broder's containment.

A word that is replaced takes five shingles with it: texts with 5 of 100 words replaced share 0.75 and more, with
8 of 100 more than 0.6; a new headline, dateline or lead costs less, a cut nothing. Different texts on one event
share less than 0.1. Measured on the sample articles, as `tests/test_duplicates.py` does.
"""

SHORTEST_CUT = 0.25
"""The share of the longer text's shingles that the shorter must have: what is shorter is rather a quotation."""

_HASHED_AT_ONCE = 8_192
"""Shingles; a bound on memory, 4 MB here, for articles of any length."""

# Hash functions h -> a * h + b modulo 2^32 with odd a: permutations of all 32-bit numbers.
_A, _B = np.frombuffer(hashlib.shake_128(b"presscite").digest(8 * PERMUTATIONS), HASHES).reshape(2, -1)
_ODD_A = _A | np.uint32(1)

_BASE = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio, odd: multiplied by it, numbers that follow each other are far apart (Knuth)."""

# Chinese and Japanese are written without spaces: each of their characters is taken for a word.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def shingles_of(news: str) -> Shingles:
    """The shingles of a text; case, punctuation and line ends do not count.

    Two tenths of a millisecond for an article of 300 words; its `bands_of` take one tenth.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", news).casefold())
    length = SHINGLE_WORDS if len(words) >= FEWEST_SHINGLES + SHINGLE_WORDS - 1 else len(words)
    if not words:
        return np.zeros(0, HASHES)
    hashes = np.fromiter((zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint64)
    count = len(words) - length + 1
    runs = np.zeros(count, np.uint64)
    for place in range(length):
        # A polynomial of the words' hashes (Karp & Rabin, 1987), modulo 2^64.
        runs = runs * _BASE + hashes[place : place + count]
    # Its upper half is mixed best, once its lower half is mixed in.
    mixed = (runs ^ (runs >> np.uint64(32))) * _BASE
    return _distinct((mixed >> np.uint64(32)).astype(HASHES))


def min_hashes(shingles: Shingles) -> NDArray[np.uint32]:
    """For each of PERMUTATIONS hash functions the least value that it gives to any of these shingles, one or more.

    The share of them in which two texts agree estimates the texts' Jaccard similarity (Broder, 1997). Computed
    here: the datasketch library does the same, and takes a second to import.
    """
    starts = range(0, len(shingles), _HASHED_AT_ONCE)
    pieces = (shingles[start : start + _HASHED_AT_ONCE, np.newaxis] for start in starts)
    least: NDArray[np.uint32] = np.min([(piece * _ODD_A + _B).min(axis=0) for piece in pieces], axis=0)
    return least


def bands_of(shingles: Shingles) -> NDArray[np.int64]:
    """The bands of a text, ROWS of its MinHash values each, distinct; a text without words has none."""
    if not len(shingles):
        return np.zeros(0, BANDS)
    # Which band it is need not be said: values of other hash functions are the same by chance only, and seldom.
    return _distinct(min_hashes(shingles).view(BANDS))


def _distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Ascending, each once, as `numpy.unique` gives them, which first loads what it needs for masked arrays."""
    ascending = np.sort(numbers)
    distinct: NDArray[Number] = ascending[np.concatenate([[True], ascending[1:] != ascending[:-1]])]
    return distinct


def containment(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text that stands in the longer one, 0 to 1; 0 beyond SHORTEST_CUT."""
    shorter, longer = sorted((len(one), len(other)))
    if not shorter or shorter < SHORTEST_CUT * longer:
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / shorter
