"""Counting articles: "How many articles mention snipers?" is answered by a text search, and says so."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answer import Answer, CountedArticle, CountedArticles, Quote, Status
from bot.language.dates import dates_in
from bot.narrowing import Narrowing
from bot.notes import NoMention, OtherForms
from bot.quoting import quote_span, verified_text
from corpus.article import Article
from index.sentences import split_paragraphs
from index.snapshot import Snapshot

QUOTED = 20
"""Of how many of the counted articles a sentence is quoted; the others are listed only."""

_ARTICLES = r"(?:news\s+)?(?:articles|stories|reports|pieces|texts|items|documents|article|story|report)"
_PLACE = r"(?:\s+(?:here|there|in\s+(?:the\s+|this\s+|my\s+)?(?:corpus|folder|index|archive|collection)))?"
_WHEN = (
    r"(?:\s+(?:(?:published|printed|written|that\s+appeared)\s+)?"
    r"(?P<when>(?:on|in|of|from|since|before|after|until|up\s+to|between|during|by)\s+\S.{2,40}?))??"
)
_MENTION = (
    r"(?:\s+(?:that|which|to|do|does|did))?\s+(?:(?:even|ever|also)\s+)?"
    r"(?:(?:are|is|were|was|be|being)\s+(?:all\s+)?about|(?:talk|write|speak|report|tell|talks?|talking|writing|speaking"
    r"|reporting|wrote|spoke|talked|reported)\s+(?:about|of|on)|(?:refer|refers|referred|referring)\s+to"
    r"|mention|mentions|mentioned|mentioning|name|names|named|naming|contain|contains|contained|containing"
    r"|discuss|discusses|discussed|discussing|cover|covers|covered|covering|use|uses|used|using|about|on|with)"
)
_TERM = r"\s+(?P<term>\S.*?)"
_END = r"\s*[?.!]*\s*"
_FORMS = tuple(
    re.compile(rf"\s*{form}{_END}", re.IGNORECASE)
    for form in (
        rf"(?:in\s+)?how\s+many(?:\s+of\s+the)?\s+{_ARTICLES}{_PLACE}{_WHEN}{_PLACE}{_MENTION}{_TERM}{_PLACE}",
        rf"how\s+many\s+{_ARTICLES}\s+are\s+there{_PLACE}{_WHEN}{_MENTION}{_TERM}",
        rf"(?:which|what)(?:\s+of\s+the)?\s+{_ARTICLES}{_PLACE}{_WHEN}{_MENTION}{_TERM}{_PLACE}",
        rf"(?:(?:please\s+)?(?:list|show|show\s+me|give\s+me|find|find\s+me|count|name)\s+)(?:all\s+|me\s+)?(?:of\s+)?(?:the\s+)?"
        rf"{_ARTICLES}{_PLACE}{_WHEN}{_MENTION}{_TERM}{_PLACE}",
        rf"(?:what\s+is\s+the\s+|the\s+)?number\s+of\s+{_ARTICLES}{_PLACE}{_WHEN}{_MENTION}{_TERM}{_PLACE}",
        rf"(?:in\s+)?(?:how\s+many|which|what)\s+{_ARTICLES}{_PLACE}{_WHEN}\s+(?:is|are|was|were|do|does|did)\s+"
        r"(?P<term>\S.*?)\s+(?:mentioned|named|discussed|covered|talked\s+about|referred\s+to|appear|appears|occur|occurs"
        r"|come\s+up|comes\s+up)",
    )
)
_CALLED = re.compile(
    r"\A(?:the\s+)?(?:exact\s+)?(?:words?|terms?|names?|phrases?|expressions?)\s+(?=[\"“”'‘«\w])", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”'‘«„](.+)[\"“”'’»‘]")
_ARTICLE_FIRST = re.compile(r"\A(?:the|a|an|any)\s+(?=\S)", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:on|in|of|from|since|before|after|until|up to|between|during|by|and|to|the|\W)*", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_SOME_DAY = date(2000, 12, 31)
"""Stands for the day of publication where it matters only whether a date is named at all."""
_APOSTROPHES = "'’ʼ‘"


@dataclass(frozen=True, slots=True)
class Mention:
    """What a question wants the articles counted or listed for."""

    term: str
    when: str = ""
    """The words that say of what days the articles are: "from 10 January"; empty if none do."""


def mention_asked(question: str) -> Mention | None:
    """What `question` wants the articles counted or listed for, if that is what it asks.

    "How many articles mention snipers?", "Which reports of 10 January talk about looting?", "List the articles
    about bread." It is not asked by "How many towns saw protests?", nor by "Which articles of the constitution
    name the president?": between the articles and what they mention only a date may stand.
    """
    for form in _FORMS:
        found = form.fullmatch(question)
        if found is None:
            continue
        when = found["when"] or ""
        term = _ARTICLE_FIRST.sub("", _CALLED.sub("", found["term"], count=1), count=1).strip(" ,;:")
        quoted = _QUOTED.fullmatch(_CALLED.sub("", found["term"], count=1).strip(" ,;:"))
        term = quoted[1].strip() if quoted else term
        if _WORD.search(term) and (not when or _is_date(when)):
            return Mention(term, when)
    return None


def counted_answer(
    question: str, mention: Mention, narrowing: Narrowing, snapshot: Snapshot, folder: Path | None
) -> Answer:
    """The answer that counts the articles in which `mention.term` stands, newest first.

    It stands there as whole words, one after the other, in any case, in the title or below it, page furniture
    included: as a person counts with a text search. Only if no article has the very words are their other forms
    counted ("sniper" for "snipers"), and the answer says so. An article whose file is not what was indexed is not
    counted. No article at all is "not found".
    """
    narrowing = narrowing.only_of(mention.when, snapshot)
    exact = _exact(mention.term)
    paths = [text.path for text in snapshot.texts(narrowing.allowed) if exact.search(f"{text.title}\n{text.body}")]
    others = snapshot.paths_saying(" ".join(_WORD.findall(mention.term)), narrowing.allowed)
    in_other_forms = not paths and bool(others)
    articles = _proven(sorted(others) if in_other_forms else paths, snapshot, folder)
    if not articles:
        return Answer(question, Status.NOT_FOUND, notes=(*narrowing.notes, NoMention(mention.term)))
    further = len(others - set(paths))
    notes = (*narrowing.notes, OtherForms(further, mention.term))
    wanted = _about(mention.term) if in_other_forms else exact
    counted = CountedArticles(mention.term, tuple(_listed(articles, wanted, folder)), in_other_forms)
    quotes = tuple(each.quote for each in counted.articles if each.quote)
    return Answer(
        question, Status.ANSWERED, 1.0, quotes, counted=counted,
        notes=notes if further and not in_other_forms else narrowing.notes,
    )  # fmt: skip


def _is_date(when: str) -> bool:
    """Whether nothing but dates, and what joins them, stands there."""
    rest, end = [], 0
    for span in dates_in(when, _SOME_DAY):
        rest.append(when[end : span.start])
        end = span.end
    return end > 0 and all(_PREPOSITION.fullmatch(each) for each in [*rest, when[end:]])


def _exact(term: str) -> re.Pattern[str]:
    """Finds the words of `term` as whole words; white space and the sort of an apostrophe do not count."""
    words = [re.escape(unicodedata.normalize("NFC", word)) for word in term.split()]
    pattern = re.sub(f"[{_APOSTROPHES}]", f"[{_APOSTROPHES}]", r"\s+".join(words))
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def _about(term: str) -> re.Pattern[str]:
    """Finds words that begin as those of `term` do: good enough to choose a sentence with another form of them."""
    beginnings = [re.escape(word[: max(4, len(word) - 3)]) for word in _WORD.findall(term)]
    return re.compile(r"\W+".join(rf"\b{each}\w*" for each in beginnings), re.IGNORECASE)


def _proven(paths: list[str], snapshot: Snapshot, folder: Path | None) -> list[Article]:
    """The articles at these paths whose files are what was indexed, newest first, those without a date last."""
    articles = [article for path in paths if (article := snapshot.article(path)) is not None]
    proven = [article for article in articles if verified_text(folder, article) is not None]
    return sorted(proven, key=lambda each: (-(each.published or date.min).toordinal(), each.path))


def _listed(articles: list[Article], wanted: re.Pattern[str], folder: Path | None) -> Iterator[CountedArticle]:
    for number, article in enumerate(articles):
        quote = _first_quote(article, wanted, folder) if number < QUOTED else None
        yield CountedArticle(article.path, article.title, article.outlet, article.published, quote)


def _first_quote(article: Article, wanted: re.Pattern[str], folder: Path | None) -> Quote | None:
    """The first sentence of news that says it; None where only the title or page furniture does."""
    for paragraph in split_paragraphs(article.text, article.body_start):
        for sentence in paragraph.sentences:
            if sentence.quotable and wanted.search(article.text, sentence.start, sentence.end):
                return quote_span(folder, article, sentence.start, sentence.end)
    return None
