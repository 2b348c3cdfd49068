"""A measure of the ledger asked as of the end of an earlier month says what it said then."""

from datetime import date

import pytest

from relevo.base.errors import WrongUse
from relevo.base.periods import parse_month
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from tests.measures.support.desks import desk, random_desk

NAMES = ("load", "support_map", "avoidance", "work_types", "cover")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_end_can_be_moved_back_to_what_was_known_then(name: str, seed: int) -> None:
    rows = random_desk(seed)
    now, then = desk(rows, date(2026, 3, 31)), desk(rows, date(2026, 1, 31))
    asked = ask(now, name, Ask(last=parse_month("2026-01")))
    assert asked.frame.as_of == date(2026, 1, 31)
    assert asked.rows == ask(then, name).rows != ask(now, name).rows


def test_the_open_month_ends_on_the_day_of_the_book() -> None:
    book = desk(random_desk(3), date(2026, 3, 20))
    asked = ask(book, "load", Ask(last=parse_month("2026-03")))
    assert (asked.frame.as_of, asked.rows) == (date(2026, 3, 20), ask(book, "load").rows)
    with pytest.raises(WrongUse, match="lies after the as-of day"):
        ask(book, "load", Ask(last=parse_month("2026-04")))
    with pytest.raises(WrongUse, match="load has a window"):
        ask(book, "load", Ask(first=parse_month("2026-01")))


def test_only_measures_of_the_ledger_end_earlier() -> None:
    assert {name for name, measure in MEASURES.items() if measure.card.ends_earlier} == set(NAMES)
