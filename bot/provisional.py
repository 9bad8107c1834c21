"""What can be shown before an answer is read: the sentence nearest to the question, which need not answer it."""

from collections.abc import Sequence

import numpy as np

from bot.answer import Quote
from bot.library import Library
from bot.quoting import quote_span
from index.search import Hit

PASSAGES_LOOKED_AT = 3
"""The best passages, of which the first that can be quoted is; the file of an article may have been edited."""


def provisional_quote(question: str, hits: Sequence[Hit], library: Library) -> Quote | None:
    """The sentence of the best passage whose embedding is nearest to that of `question`; None if none can be proven.

    It costs the embedding of one passage, a small part of what reading twenty does. Nothing in it is marked as an
    answer, since nobody has looked for one yet.
    """
    for hit in hits[:PASSAGES_LOOKED_AT]:
        article = hit.found.article
        sentences = [sentence for sentence in hit.found.passage.sentences if sentence.quotable]
        if not sentences:
            continue
        texts = [article.text[sentence.start : sentence.end] for sentence in sentences]
        vectors = library.searcher.encoder.encode([question, *texts])
        nearest = sentences[int(np.argmax(vectors[1:] @ vectors[0]))]
        quote = quote_span(library.folder, article, nearest.start, nearest.end)
        if quote is not None:
            return quote
    return None
