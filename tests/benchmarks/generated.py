"""Generated articles: everyday words as often as news has them, rare words by Zipf's law; imported by benchmarks.

The words come from the sample articles and, beyond those, from made-up syllables; a word of rank r is drawn
with a chance of about 1 / r (Zipf, 1949), so that full-text lists are as long as those of real text.
"""

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.settings import sample_articles

VOCABULARY = 60_000
SYLLABLES = [a + b for a in "b d f g k l m n p r s t v z".split() for b in "a e i o u ar en or".split()]
SENTENCES = range(40, 81)
WORDS = range(8, 26)


def vocabulary() -> list[str]:
    """The words, the most frequent first."""
    text = " ".join(file.read_text(encoding="utf-8") for file in sorted(sample_articles().glob("*.md")))
    real = [word for word, _ in Counter(re.findall(r"[a-z]+", text.lower())).most_common()]
    made_up = ("".join(parts) for length in (2, 3) for parts in itertools.product(SYLLABLES, repeat=length))
    return real + list(itertools.islice(made_up, VOCABULARY - len(real)))


def articles(count: int, seed: int = 1) -> Iterator[str]:
    """The texts of `count` articles of some 700 to 1,300 words."""
    chance = random.Random(seed)
    words = vocabulary()
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for number in range(count):
        drawn = iter(chance.choices(words, cum_weights=weights, k=SENTENCES.stop * WORDS.stop))
        lines = [f"Article {number}: {' '.join(itertools.islice(drawn, 6))}", ""]
        for _ in range(chance.choice(SENTENCES) // 5):
            sentences = [" ".join(itertools.islice(drawn, chance.choice(WORDS))).capitalize() for _ in range(5)]
            lines += [". ".join(sentences) + ".", ""]
        yield "\n".join(lines)


def write_folder(folder: Path, count: int, seed: int = 1) -> None:
    """Write articles into sub-folders of a thousand, each older than a file system's clock is coarse."""
    for number, text in enumerate(articles(count, seed)):
        file = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
