"""Splitting: tables for what news does to sentences, properties for what must never happen."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.passage import split_passages
from index.sentences import LONGEST_SENTENCE, Sentence, split_paragraphs


def sentences(text: str) -> list[Sentence]:
    return [sentence for paragraph in split_paragraphs(text) for sentence in paragraph.sentences]


def quotable(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text) if s.quotable]


SPLITS = [
    ["The U.S. Secretary met Gen. Smith on Jan. 5 at 5 p.m.", "He left."],
    ["Prices rose 3.5% in district No. 5.", "“Go!”", "They went."],
    ["K. Tokayev and J. R. Smith spoke.", "Mr. Lee did not."],
    ["The court cited Brown v. Board of Education.", "It was 1954."],
    ["He asked: “Is it a coup?” and left.", "Nobody answered..."],
    ["It ended...", "But not for all."],
    ["She came from the U.S.", "The flight was long."],
    ["“Their goal was to undermine the order.", "This was an attempted coup.”"],
    ["По данным г. Алматы, это 12 млн. тенге.", "К. Токаев молчал."],
    ["El Sr. Duran vive en EE.UU. desde 2009.", "¿Quién lo sabe?", "Nadie."],
    ["政府说没有。", "「好。」", "我们走。"],
    ["Wait!?", "No."],
    ["The toll is 16 dead (see p. 5).", "More follows."],
]


@pytest.mark.parametrize("expected", SPLITS, ids=lambda expected: expected[0][:30])
def test_sentences_end_where_readers_see_them_end(expected: list[str]) -> None:
    joiner = "" if expected[0].endswith("。") else " "
    assert quotable(joiner.join(expected)) == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The government of the country said on Monday that order had been\n"
        "restored in all regions, and that the state of emergency would be\n"
        "lifted on the nineteenth. Nobody was there to ask how.\n"
        "\n"
        "A second paragraph follows here and is wrapped at the same width as\n"
        "the first one was.\n"
    )
    assert [sentence.split("\n")[0][:12] for sentence in quotable(text)] == [
        "The governme",
        "Nobody was t",
        "A second par",
    ]


def test_lines_that_are_not_wrapped_stand_alone() -> None:
    text = "Cesar Romero\n3 min de lectura\nThe president spoke on Monday to the nation.\nTokayev Video Conference\n"
    assert quotable(text) == ["The president spoke on Monday to the nation."]


def test_markers_and_tags_are_kept_but_not_quoted() -> None:
    text = "# Heading\n\n- First point made.\n> A block quote said so.\n<Anna / resident> “I saw it.”\n1. One thing.\n"
    assert quotable(text) == ["First point made.", "A block quote said so.", "“I saw it.”", "One thing."]
    assert [text[s.start : s.end] for s in sentences(text) if not s.quotable] == [
        "#", "Heading", "-", ">", "<Anna / resident>", "1.",
    ]  # fmt: skip


def test_very_long_lines_are_cut() -> None:
    text = "word " * 2000 + "\n" + "x" * 5000
    pieces = sentences(text)
    assert max(piece.end - piece.start for piece in pieces) <= LONGEST_SENTENCE
    assert sum(piece.end - piece.start for piece in pieces) > len(text) * 0.9


anything = st.text() | st.text(alphabet=st.sampled_from("aB.!?… \n\r\t\u2028\x85\"“”。#->*<>[]1I'"), max_size=400)


@given(anything, st.integers(0, 20))
@settings(max_examples=400, deadline=None)
def test_every_character_that_is_not_space_is_in_exactly_one_sentence_and_passage(text: str, start: int) -> None:
    start = min(start, len(text))
    passages = list(split_passages(text, start, target_length=50))
    parts = [sentence for passage in passages for sentence in passage.sentences]
    for spans in (passages, parts):
        assert all(start <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        covered = {place for span in spans for place in range(span.start, span.end)}
        assert all(place in covered for place in range(start, len(text)) if not text[place].isspace())
    assert all(not text[part.start].isspace() and not text[part.end - 1].isspace() for part in parts)
    assert all(passage.start == passage.sentences[0].start for passage in passages)
    assert all(passage.end == passage.sentences[-1].end for passage in passages)


def test_passages_are_about_as_long_as_asked() -> None:
    text = "\n\n".join("This is a sentence of the article. " * 12 for _ in range(20))
    lengths = [passage.end - passage.start for passage in split_passages(text, target_length=600)]
    assert max(lengths) <= 600
    assert min(lengths[:-1]) >= 300
