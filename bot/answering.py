"""Answering a question: the story of an answer, from the question to proven quotes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.answer import Answer, Quote, Status
from bot.counting import counted_answer, mention_asked
from bot.filters import Filter
from bot.library import Library
from bot.narrowing import narrowing_of
from bot.quoting import quote_span
from bot.reader.protocol import Candidate

PASSAGES_READ = 20
"""How many passages retrieval hands to the reader, which reads on only while it is not sure."""

NO_FILTER = Filter()

MOST_QUOTES = 5
CLOSEST = 3

WORTH_BESIDE_THE_BEST = 0.14
"""A further quote is shown if its confidence is at least this share of the best one's.

Chosen on the sample articles, whose figures contradict each other: low enough to show the second
count of detainees, high enough to leave out counts of something else.
"""

LONGEST_QUESTION = 1_000
"""Characters; what is longer is no question, and the encoder reads 256 tokens only."""


def answer_question(question: str, library: Library, within: Filter = NO_FILTER) -> Answer:
    """Answer `question` from the articles `within`, with quotes that are verbatim now, or say "not found".

    A date or an outlet in the question says where to look, too, and how many articles mention something is counted;
    the answer's notes say so. Where that finds nothing, nothing else is searched. `within` has the outlets and
    articles as the index spells them, see `bot.filters.known_filter`.
    A question that cannot be one (empty, or too long) is an answer with the status "error".
    Raises `IndexMismatchError`, `IndexDamagedError` and `ModelError` when the index is of no use.
    """
    asked = " ".join(question.encode("utf-8", "replace").decode().split())
    if not asked:
        return Answer(question, Status.ERROR, error="The question is empty.")
    if len(asked) > LONGEST_QUESTION:
        return Answer(question, Status.ERROR, error=f"The question is longer than {LONGEST_QUESTION:,} characters.")

    with library.store.snapshot() as snapshot:
        where = narrowing_of(asked, within, snapshot)
        mention = mention_asked(where.question)
        if mention is not None:
            return counted_answer(question, mention, where, snapshot, library.folder)
        hits = where.search(library.searcher, snapshot, PASSAGES_READ)
    candidates = where.read(library.reader, hits)
    confident = [each for each in candidates if each.confidence >= library.min_confidence]

    proven = list(islice(_prove(_distinct(confident), library.folder), MOST_QUOTES))
    if proven:
        quotes = tuple(quote for _, quote in proven)
        return Answer(question, Status.ANSWERED, proven[0][0].confidence, quotes, notes=where.notes)
    best = candidates[0].confidence if candidates else 0.0
    closest = islice(_prove(_one_a_passage(candidates), library.folder, highlight=False), CLOSEST)
    return Answer(question, Status.NOT_FOUND, best, closest=tuple(quote for _, quote in closest), notes=where.notes)


def _prove(
    candidates: Iterable[Candidate], folder: Path | None, *, highlight: bool = True
) -> Iterator[tuple[Candidate, Quote]]:
    """Those candidates whose quotes are proven verbatim, with the quotes."""
    for each in candidates:
        quote = quote_span(folder, each.hit.found.article, each.start, each.end, each.answer if highlight else None)
        if quote is not None:
            yield each, quote


def _distinct(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The best, those in other articles that say the same, and one for each other thing that is said.

    Only what is nearly as good as the best; a sentence that several articles share, as agency texts
    do, is quoted once.
    """
    seen: set[str] = set()
    for each in candidates:
        if each.confidence < WORTH_BESIDE_THE_BEST * candidates[0].confidence:
            return
        article = each.hit.found.article
        sentence = article.text[each.start : each.end]
        said = each.answer_text.casefold() or sentence
        where = article.path if said == candidates[0].answer_text.casefold() else "anywhere"
        keys = {sentence, f"{said}\n{where}"}
        if not seen & keys:
            yield each
        seen |= keys


def _one_a_passage(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    seen: set[int] = set()
    for each in candidates:
        if each.hit.found.id not in seen:
            seen.add(each.hit.found.id)
            yield each
