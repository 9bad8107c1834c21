"""Nearest vectors by cosine; the only file that imports faiss."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors


class VectorIndex:
    """Exact inner-product search over the vectors of one generation of the store.

    Derived and disposable: it is built from the stored vectors in memory, so it cannot be torn
    on disk nor disagree with them.
    """

    def __init__(self, ids: Sequence[int], vectors: Vectors) -> None:
        """`ids` are the store's, one a row of `vectors`, which has shape (len(ids), dimension)."""
        import faiss

        self._size = len(ids)
        self._faiss = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
        if self._size:
            self._faiss.add_with_ids(vectors, np.asarray(ids, dtype=np.int64))

    def nearest(self, query: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
        """The `count` ids nearest to `query` (shape (dimension,)) with their cosine, best first."""
        count = min(count, self._size)
        if count == 0:
            return []
        cosines, ids = self._faiss.search(query.reshape(1, -1), count)
        return [(int(key), float(cosine)) for key, cosine in zip(ids[0], cosines[0], strict=True)]
