"""Answering a question: the story of an answer, from the question to proven quotes."""

from collections.abc import Iterator, Sequence

from bot.answer import Answer, Quote, Status
from bot.asking import Asked, Sought, asked_of
from bot.assertions import says_how_many
from bot.comparing import compare
from bot.library import Library
from bot.over_time import change_of, timeline_of
from bot.positions import proven_positions
from bot.quoting import quote_span
from bot.reader.protocol import Candidate
from index.search import Hit

PASSAGES_READ = 20
"""How many passages retrieval hands to the reader, which reads on only while it is not sure."""

PASSAGES_SKIMMED = 50
"""Of so many, those that count what is asked are read in any case, since articles may differ."""

MOST_READ_ON = 12

CLOSEST = 3

LONGEST_QUESTION = 1_000
"""Characters; what is longer is no question, and the encoder reads 256 tokens only."""


def answer_question(question: str, library: Library) -> Answer:
    """Answer `question` from the articles, with quotes that are verbatim now, or say "not found".

    A question that cannot be one (empty, or too long) is an answer with the status "error".
    Raises `IndexMismatchError`, `IndexDamagedError` and `ModelError` when the index is of no use.
    """
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    if not text:
        return Answer(question, Status.ERROR, error="The question is empty.")
    if len(text) > LONGEST_QUESTION:
        return Answer(question, Status.ERROR, error=f"The question is longer than {LONGEST_QUESTION:,} characters.")

    asked = asked_of(text)
    with library.store.snapshot() as snapshot:
        hits = library.searcher.search(snapshot, text, PASSAGES_SKIMMED)
        candidates = _read(asked, hits, library)
        found = compare(asked, candidates, library.min_confidence)
        positions, also = proven_positions(found, snapshot, library.folder)

    if not positions:
        best = candidates[0].confidence if candidates else 0.0
        return Answer(question, Status.NOT_FOUND, best, closest=tuple(_closest(candidates, library))[:CLOSEST])
    return Answer(
        question,
        Status.DISPUTED if len(positions) > 1 else Status.ANSWERED,
        max(position.confidence for position in positions),
        tuple(quote for position in (*positions, *also) for quote in position.quotes),
        positions,
        also,
        change_of(found.positions),
        timeline_of(found.positions),
    )


def _read(asked: Asked, hits: Sequence[Hit], library: Library) -> list[Candidate]:
    """What the reader finds; where counts may differ, in all passages that give one."""
    candidates = library.reader.read(asked.text, hits[:PASSAGES_READ])
    if asked.sought is not Sought.COUNT:
        return candidates
    read = {candidate.hit.found.id for candidate in candidates}
    unread = [hit for hit in hits if hit.found.id not in read and says_how_many(hit.found.text, asked.event)]
    candidates += library.reader.read(asked.text, unread[:MOST_READ_ON])
    return sorted(candidates, key=lambda candidate: -candidate.confidence)


def _closest(candidates: Sequence[Candidate], library: Library) -> Iterator[Quote]:
    """The best quote of each passage, with nothing in it marked as an answer."""
    seen: set[int] = set()
    for each in candidates:
        quote = quote_span(library.folder, each.hit.found.article, each.start, each.end)
        if quote is not None and each.hit.found.id not in seen:
            seen.add(each.hit.found.id)
            yield quote
