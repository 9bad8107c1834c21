"""What the store gives back: small frozen values, nothing of how they are kept."""

from dataclasses import dataclass
from datetime import date, datetime

from corpus.article import Article
from index.passage import Passage


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made the vectors and passages; answers from a mixture of two would be wrong."""

    model: str
    fingerprint: str
    """SHA-256 that stands for the model's weights."""
    splitter_version: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the article it is a span of, under the first of its paths."""

    id: int
    article: Article
    passage: Passage

    @property
    def text(self) -> str:
        """The passage as it stands in the article."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article that prints the same text as another, whole, lightly edited or cut."""

    path: str
    title: str
    outlet: str | None
    published: date | None
    shared: float
    """The share of the shorter of the two texts that stands in the longer one, at most 1; see `index.duplicates`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of the corpus folder that is not indexed, or only partly, and why."""

    path: str
    reason: str
    skipped: bool = True


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much one generation of the store holds."""

    articles: int
    passages: int
    vectors: int
    """Texts to embed, identical ones counted once."""
    pending: int
    """Of those, how many are not embedded yet; their passages are found by their words only."""
    generation: int
    updated: datetime | None
    """When the last generation was committed, in UTC; None when there is none yet."""
