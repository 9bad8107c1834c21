"""Answering a question: the story of an answer, from the question to proven quotes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.answer import LONGEST_QUESTION, Answer, Quote, Status
from bot.comparing import Comparison, compare
from bot.counting import counted_answer, mention_asked
from bot.filters import Filter
from bot.language.asking import Asked, asked_of
from bot.library import Library
from bot.narrowing import Narrowing, narrowing_of
from bot.notes import WordsOf
from bot.over_time import change_of, timeline_of
from bot.positions import provable, proven_positions
from bot.quoting import quote_span
from bot.reader.protocol import Candidate
from bot.tallies import gives_such_a_figure
from index.search import Hit

PASSAGES_READ = 20
"""How many passages retrieval hands to the reader, which reads on only while it is not sure."""

PASSAGES_SKIMMED = 50
"""Of so many, those that give a figure such as is asked for are read in any case, since articles may differ."""

MOST_READ_ON = 12
"""So many of them at most, so that a comparing answer takes less than twice as long as a plain one."""

CLOSEST = 3

_PRONOUN = re.compile(r"(?:its?|he|his|she|her|they|their)\b", re.IGNORECASE)

NO_FILTER = Filter()


def answer_question(
    question: str,
    library: Library,
    within: Filter = NO_FILTER,
    on_found: Callable[[str, Sequence[Hit]], None] = lambda _, __: None,
) -> Answer:
    """Answer `question` from the articles `within`, with quotes that are verbatim now, or say "not found".

    A date or an outlet in the question says where to look, too, and how many articles mention something is counted;
    the answer's notes say so. Where that finds nothing, nothing else is searched. `within` has the outlets and
    articles as the index spells them, see `bot.filters.known_filter`. `on_found` is told what is looked for, and the
    passages that are about to be read, the best first.
    A question that cannot be one (empty, or too long) is an answer with the status "error".
    Raises `IndexMismatchError`, `IndexDamagedError` and `ModelError` when the index is of no use.
    """
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    if not text:
        return Answer(question, Status.ERROR, error="The question is empty.")
    if len(text) > LONGEST_QUESTION:
        return Answer(question, Status.ERROR, error=f"The question is longer than {LONGEST_QUESTION:,} characters.")

    with library.store.snapshot() as snapshot:
        where = narrowing_of(text, within, snapshot)
        mention = mention_asked(where.question)
        if mention is not None:
            return counted_answer(question, mention, where, snapshot, library.folder)
        asked = asked_of(where.question)
        where = replace(where, question=asked.to_read, undated=asked_of(where.undated).to_read)
        hits = where.search(library.searcher, snapshot, PASSAGES_SKIMMED)
        on_found(where.question, hits)
        candidates = _read(asked, where, hits, library)
        found = compare(asked, candidates, library.min_confidence, hits=hits, of_then=where.is_of_then)
        found = provable(found, library.folder)
        positions, also = proven_positions(found, snapshot, library.folder)

    if not positions:
        return replace(_not_found(question, candidates, library), notes=where.notes)
    return Answer(
        question,
        Status.DISPUTED if len(positions) > 1 else Status.ANSWERED,
        max(position.confidence for position in positions),
        tuple(quote for position in (*positions, *also) for quote in position.quotes),
        positions=positions,
        also=also,
        change=change_of(found.positions),
        timeline=timeline_of(found.positions),
        notes=(*where.notes, *_whose_words(asked, found)),
    )


def _whose_words(asked: Asked, found: Comparison) -> Iterator[WordsOf]:
    """Whether what was found is said by whom the question names; nothing where that is unclear."""
    who, said = asked.speaker, [each for group in found.positions for each in group]
    if who is None or not said:
        return
    theirs = any(each.is_said_by(who) for each in said)
    unclear = any(_PRONOUN.match(each.source or "") or each.names(who) for each in said)
    if theirs or not unclear:
        yield WordsOf(who, theirs)


def _read(asked: Asked, where: Narrowing, hits: Sequence[Hit], library: Library) -> list[Candidate]:
    """What the reader finds; where figures may differ, in all passages that give one."""
    candidates = where.read(library.reader, hits[:PASSAGES_READ])
    read = {candidate.hit.found.id for candidate in candidates}
    unread = [hit for hit in hits if hit.found.id not in read and gives_such_a_figure(asked, hit.found.text)]
    candidates += where.read(library.reader, unread[:MOST_READ_ON], every=True)
    return sorted(candidates, key=lambda candidate: -candidate.confidence)


def _not_found(question: str, candidates: Sequence[Candidate], library: Library) -> Answer:
    best = candidates[0].confidence if candidates else 0.0
    return Answer(question, Status.NOT_FOUND, best, closest=tuple(islice(_closest(candidates, library), CLOSEST)))


def _closest(candidates: Sequence[Candidate], library: Library) -> Iterator[Quote]:
    """The best quote of each passage, with nothing in it marked as an answer."""
    seen: set[int] = set()
    for each in candidates:
        quote = quote_span(library.folder, each.hit.found.article, each.start, each.end)
        if quote is not None and each.hit.found.id not in seen:
            seen.add(each.hit.found.id)
            yield quote
