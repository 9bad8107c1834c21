"""Datelines: where and when a report was filed answers nothing."""

from pathlib import Path

import pytest
from test_comparing import article, ask, said

from bot.language.datelines import datelines_in, datelines_to_ignore


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("(CNN) -- Here is another reason.", "(CNN) -- "),
        ("BAGHDAD, Iraq (CNN) -- Security forces arrested six.", "BAGHDAD, Iraq (CNN) -- "),
        ("CIUDAD JUAREZ, Mexico (CNN) -- Gunmen burst in.", "CIUDAD JUAREZ, Mexico (CNN) -- "),
        ("BEIRUT, Aug 5 (Sample Wire) - At least 78 died.", "BEIRUT, Aug 5 (Sample Wire) - "),
        ("Beirut, Lebanon (dpa) - Ten died.", "Beirut, Lebanon (dpa) - "),
        ("PARIS/BERLIN (Reuters) - Two died.", "PARIS/BERLIN (Reuters) - "),
        ("NUR-SULTAN - Kazakhstan's president spoke.", "NUR-SULTAN - "),
        ("WASHINGTON — “We are ready,” he said.", "WASHINGTON — "),
        ("MOSCOW, January 5. /TASS/. The ministry said so.", "MOSCOW, January 5. /TASS/. "),
        ("Madrid, 5 enero (EFE).- El presidente habló.", "Madrid, 5 enero (EFE).- "),
        ("NATO - the alliance - said so.", None),
        ("The CSTO (an alliance) - said so.", None),
        ("He said it was over - Reuters knew.", None),
        ("9 January - The city was quiet.", None),
        ("Saturday, 9 May - The bridge was opened.", None),
        ("SATURDAY - The bridge was opened.", None),
        ("Putin - Russia's leader - said so.", None),
    ],
)
def test_a_dateline_is_told_from_a_sentence(text: str, dateline: str | None) -> None:
    assert [text[start:end] for start, end in datelines_in(text)] == ([dateline] if dateline else [])
    assert [start for start, _ in datelines_in(f"By A. Writer\n\n{text}")] == ([14] if dateline else [])


TEAM = (
    "LUANDA, Angola (CNN) -- Gunmen fired on a bus carrying Togo's team on Friday, killing the driver. It had just"
    " crossed into the enclave of Cabinda when it came under fire, a player said."
)


def test_where_it_was_filed_is_not_where_it_was(tmp_path: Path) -> None:
    answer = ask(tmp_path, "Where was the Togo team bus attacked?", {"a.txt": article("2010-01-09", "News", TEAM)})
    assert "Cabinda" in str(said(answer))
    assert "LUANDA" not in str(said(answer))
    assert all(quote.text in TEAM for quote in answer.quotes)


def test_where_nothing_else_says_so_a_dateline_does(tmp_path: Path) -> None:
    bomb = "KABUL (Agency) - A bomb hidden under a bench killed three people on Sunday, police said."
    articles = {"a.txt": article("2010-01-09", "News", bomb)}
    assert said(ask(tmp_path, "Where did the bomb kill people?", articles)) in (["KABUL"], ["under a bench"])
    assert datelines_to_ignore("Who hid the bomb?", bomb) == [(0, 17)]
    assert datelines_to_ignore("In which city was the bomb?", bomb) == []
