"""Near-duplicates: one agency text that many outlets print, whole, lightly edited or cut.

An article's news is taken as a set of shingles, runs of SHINGLE_WORDS words (Broder, "On the resemblance and
containment of documents", 1997). MinHash signatures, cut into bands, find the articles that may share many of
them (Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", chapter 3); what they share is then counted
from the shingles themselves, so that no estimate decides.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE_WORDS = 5

FEWEST_SHINGLES = 8
"""A text of fewer is one shingle as a whole: it has no near-duplicates but those of just the same words."""

PERMUTATIONS = 128
ROWS = 2
"""Hash values a band; few, so that a text cut to a quarter, whose Jaccard similarity is 0.25, is still found.

With r rows in b bands, two texts of similarity s share a band with probability 1 - (1 - s^r)^b: here 0.984
for 0.25, 0.9997 for 0.35, and 0.006 for 0.01, which is as alike as two texts on one event mostly are.
"""

SEED = 1

DUPLICATE_FROM = 0.6
"""The share of the shorter text's shingles that the longer must have."""

SHORTEST_CUT = 0.25
"""The share of the longer text that the shorter must be: what is shorter is a quotation, and not surely found."""

MOST_CANDIDATES = 1_000
"""Texts that are compared with one, those that share most bands first."""

SHINGLES = np.dtype("<u4")
BANDS = np.dtype("<i8")

_SHINGLES_AT_ONCE = 8_192

# Chinese and Japanese are written without spaces: each of their characters is taken for a word.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article that prints the same text as another."""

    path: str
    title: str
    outlet: str | None
    published: date | None
    shared: float
    """The share of the shorter text that stands in the longer one, DUPLICATE_FROM to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What of a text is kept to find its near-duplicates.

    Some 2.7 kB for an article of 400 words: 4 bytes a shingle, and 8 for each of the 64 bands, which stand
    in a table of their own once more.
    """

    shingles: NDArray[np.uint32]
    """Hashes of its distinct shingles, ascending."""
    bands: NDArray[np.int64]
    """Two hash values of its MinHash signature each, distinct, ascending; none for a text without words."""

    @classmethod
    def of(cls, news: str) -> "Signature":
        """The signature of a text; about a millisecond for an article of 400 words."""
        shingles = _shingles(news)
        return cls(shingles, _bands(shingles))

    @classmethod
    def from_bytes(cls, shingles: bytes, bands: bytes) -> "Signature":
        """A signature as it is kept, see `SHINGLES` and `BANDS`."""
        return cls(np.frombuffer(shingles, SHINGLES), np.frombuffer(bands, BANDS))

    def same_as(self, other: "Signature") -> bool:
        """Whether both are of the same shingles and bands."""
        return np.array_equal(self.shingles, other.shingles) and np.array_equal(self.bands, other.bands)

    def shared_with(self, other: "Signature") -> float:
        """How much of the shorter text stands in the longer one: Broder's containment, 0 to 1.

        0 if the shorter is less than SHORTEST_CUT of the longer.
        """
        shorter, longer = sorted((len(self.shingles), len(other.shingles)))
        if not shorter or shorter < SHORTEST_CUT * longer:
            return 0.0
        both = np.intersect1d(self.shingles, other.shingles, assume_unique=True)
        return len(both) / shorter


def _shingles(news: str) -> NDArray[np.uint32]:
    words = _WORD.findall(unicodedata.normalize("NFKC", news).casefold())
    if not words:
        return np.zeros(0, SHINGLES)
    length = SHINGLE_WORDS if len(words) - SHINGLE_WORDS + 1 >= FEWEST_SHINGLES else len(words)
    texts = {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
    hashes = b"".join(hashlib.blake2b(text.encode(), digest_size=4).digest() for text in texts)
    return np.unique(np.frombuffer(hashes, SHINGLES))


def _bands(shingles: NDArray[np.uint32]) -> NDArray[np.int64]:
    if not len(shingles):
        return np.zeros(0, BANDS)
    min_hash = _empty_min_hash().copy()
    for start in range(0, len(shingles), _SHINGLES_AT_ONCE):
        min_hash.update_batch(shingles[start : start + _SHINGLES_AT_ONCE].tolist())
    # As bands of two 32-bit values, one number each. The band's place needs no number: two values of different
    # permutations agree by a chance of 2^-64 only, and would make no more than a candidate.
    return np.unique(np.asarray(min_hash.digest(), SHINGLES).view(BANDS))


@cache
def _empty_min_hash() -> "MinHash":
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, SEED, hashfunc=int, scheme="affine32")
