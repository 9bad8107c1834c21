"""Measure retrieval alone: how early the right article comes, by several ways of searching; prints one table.

    python tests/benchmarks/retrieval.py QUESTIONS.jsonl GOLD.jsonl --corpus DIR

The files are those of quality.py; questions without a gold article are left out. Every way searches the
same passages. "hybrid" is the product's; the other shares and reciprocal rank fusion (k = 60) stand
beside it. "dense, plain" embeds questions and passages with sentence-transformers as it is (float32).

  hit@1, hit@5   share of questions with a gold article first, or among the first five
  MRR@10         mean of 1 / rank of the first gold article, 0 beyond the tenth
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean

import numpy as np
from quality import read_pair

from bot.labelled import LabelledQuestion
from bot.library import Library, open_library
from index.embedding import bundled_folder
from index.search import DENSE_SHARE, DEPTH, combined, lexical

FUSION_CONSTANT = 60
SHARES = (0.2, 0.4, 0.6, 0.8)

Ranking = Mapping[int, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    labelled = [row for row in read_pair(options.questions, options.gold) if row.answerable and row.articles]
    ranks: dict[str, list[int | None]] = {}
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        ours = open_library(options.corpus, Path(first))
        plain = open_library(options.corpus, Path(second), model=str(bundled_folder()))
        ours.refresh()
        plain.refresh()
        dense, dense_plain = Dense(ours), Dense(plain)
        for row in labelled:
            for name, order in orders(row.question, ours, dense, dense_plain).items():
                ranks.setdefault(name, []).append(rank(order, row))
    print(f"{len(labelled)} questions\n\n| search | hit@1 | hit@5 | MRR@10 |\n| --- | --- | --- | --- |")
    for name, found in ranks.items():
        hits = [fmean(place is not None and place <= among for place in found) for among in (1, 5)]
        reciprocal = fmean(1 / place if place is not None else 0.0 for place in found)
        print(f"| {name} | {hits[0]:.3f} | {hits[1]:.3f} | {reciprocal:.3f} |")


class Dense:
    """Exact dense search over all passages of a library; gives article paths with their scores."""

    def __init__(self, library: Library) -> None:
        with library.store.snapshot() as snapshot:
            ids, self._vectors = map(np.concatenate, zip(*snapshot.vector_batches(), strict=True))
            self._passages = list(snapshot.passages_with(ids.tolist()).values())
            self.paths = {found.id: found.article.path for found in snapshot.all_passages(500)}
        self._encoder = library.searcher.encoder

    def scores(self, question: str) -> dict[int, float]:
        cosines = self._vectors @ self._encoder.encode([question])[0]
        return {key: float(c) for passages, c in zip(self._passages, cosines, strict=True) for key in passages}


def orders(question: str, library: Library, dense: Dense, plain: Dense) -> dict[str, list[str]]:
    """For each way of searching, the article paths, best first, each once."""
    cosines = dense.scores(question)
    with library.store.snapshot() as snapshot:
        bm25 = dict(lexical(snapshot, question, DEPTH))
        hybrid = library.searcher.search(snapshot, question, DEPTH)
    nearest = sorted(cosines, key=lambda key: -cosines[key])[:DEPTH]
    best = max(bm25.values(), default=0.0) or 1.0
    both = {*nearest, *bm25}
    rankings: dict[str, Ranking] = {
        "lexical": bm25,
        "dense": cosines,
        "reciprocal rank fusion": reciprocal_rank_fusion(nearest, sorted(bm25, key=lambda key: -bm25[key])),
    }
    for share in SHARES:
        rankings[f"dense share {share}"] = {
            k: combined(cosines.get(k, 0.0), bm25.get(k, 0.0) / best, share) for k in both
        }
    rankings[f"hybrid (dense share {DENSE_SHARE})"] = {hit.found.id: hit.score for hit in hybrid}
    paths = {name: by_score(ranking, dense.paths) for name, ranking in rankings.items()}
    return paths | {"dense, plain": by_score(plain.scores(question), plain.paths)}


def by_score(ranking: Ranking, paths: Mapping[int, str]) -> list[str]:
    return list(dict.fromkeys(paths[key] for key in sorted(ranking, key=lambda key: -ranking[key])))


def reciprocal_rank_fusion(*rankings: list[int]) -> dict[int, float]:
    """The sum of 1 / (k + rank), ranks from 1 (Cormack, Clarke & Buettcher, 2009)."""
    fused: dict[int, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, start=1):
            fused[key] = fused.get(key, 0.0) + 1.0 / (FUSION_CONSTANT + place)
    return fused


def rank(order: list[str], row: LabelledQuestion) -> int | None:
    """The place of the first gold article among the first ten, from 1."""
    right = {Path(name).stem for name in row.articles}
    return next((place for place, path in enumerate(order[:10], start=1) if Path(path).stem in right), None)


if __name__ == "__main__":
    main()
