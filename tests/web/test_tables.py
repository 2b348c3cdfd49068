"""Tables as HTML: a column keeps the room of its longest text from its heading on."""

import re
from datetime import datetime

import pytest
from django.utils import timezone, translation

from relevo.answers.values import Unit
from relevo.web.parts import Cell, Grid, Head, cell
from relevo.web.tables import table


def rooms(grid: Grid) -> list[tuple[str, str]]:
    """The kind and text of the room each heading keeps; empty where it keeps none."""
    heads = str(table(grid)).split("</thead>")[0].split("<th")[2:]
    found = [re.search(r'data-(room|total)="(.*?)"', head) for head in heads]
    return [(each[1], each[2]) if each else ("", "") for each in found]


@pytest.mark.parametrize(
    ("texts", "total", "kept"),
    [
        (("1", "22222", "333"), "4444", ("room", "22222")),
        (("1", "22"), "333333", ("total", "333333")),
        (("1", "2"), "", ("", "")),
        (("a" * 61, "a" * 61), "", ("", "")),
    ],
)
def test_a_heading_keeps_the_room_of_the_longest_text_below(
    texts: tuple[str, ...], total: str, kept: tuple[str, str]
) -> None:
    foot = (Cell(total, is_number=True),) if total else ()
    grid = Grid("Money", (Head("MRR", is_number=True),), tuple((Cell(text, is_number=True),) for text in texts), foot)
    assert rooms(grid) == [kept]


def test_room_counts_the_small_text_and_is_escaped() -> None:
    grid = Grid("Names", (Head("Name"),), ((Cell("<b>", small="& more"),), (Cell("short"),)))
    assert rooms(grid) == [("room", "&lt;b&gt; &amp; more")]


def test_an_instant_is_told_in_the_time_of_the_reader() -> None:
    """2026-01-31 23:30 UTC is half past midnight in Madrid."""
    with translation.override("en"), timezone.override("Europe/Madrid"):
        told = cell("since", Unit.INSTANT, datetime(2026, 1, 31, 23, 30), "EUR")  # noqa: DTZ001 - as books have it
        assert ("00:30" in told.text, "1" in told.text, told.is_number) == (True, True, False)
        assert cell("since", Unit.INSTANT, None, "EUR").text == cell("month", Unit.DATE, None, "EUR").text
