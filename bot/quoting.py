"""The quote contract: a quote is a slice of its article, proven at the moment of answering."""

import hashlib
from pathlib import Path

from bot.answer import Quote
from corpus.article import Article, text_digest
from corpus.errors import ArticleError
from corpus.reading import read_bytes


def quote_span(
    folder: Path | None, article: Article, start: int, end: int, answer: tuple[int, int] | None = None
) -> Quote | None:
    """Quote characters `start` to `end` of `article`, or None if that cannot be proven verbatim.

    See `verified_text`: of a file that was edited or deleted since it was indexed nothing is quoted.
    `answer` is the part that answers, as (start, end) in the article's text; it must lie within the
    quote to be shown.
    """
    text = verified_text(folder, article)
    if text is None or not 0 <= start < end <= len(text):
        return None
    inside = answer if answer is not None and start <= answer[0] < answer[1] <= end else None
    return Quote(
        text=text[start:end],
        article=article.path,
        title=article.title,
        published=article.published,
        outlet=article.outlet,
        start=start,
        end=end,
        sha256=article.sha256,
        answer=text[inside[0] : inside[1]] if inside else None,
        answer_start=inside[0] - start if inside else None,
    )


def verified_text(folder: Path | None, article: Article) -> str | None:
    """The article's text as its file holds it now; None if the file is not what was indexed.

    The file in `folder` is read again, and its bytes must have the article's SHA-256. Without a folder,
    the text that was kept must have the SHA-256 that was noted with it.
    """
    if folder is None:
        return article.text if text_digest(article.text) == article.text_sha256 else None
    try:
        data = read_bytes(folder, article.path)
    except ArticleError:
        return None
    if hashlib.sha256(data).hexdigest() != article.sha256:
        return None
    return data.decode(article.encoding)
