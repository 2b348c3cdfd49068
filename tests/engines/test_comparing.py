"""The comparison of engines can fail: one changed cell is found."""

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from tests.engines.comparing import answer, compared, differences, questions, rollup
from tests.making import span
from tests.measures.memory import Memory

ROWS = [{"month": "2026-01", "mrr_cents": 100, "rate": 0.5, "at": None}, {"month": "2026-02", "mrr_cents": 7}]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("mrr_cents", 101),
        ("mrr_cents", 100.0),
        ("mrr_cents", Decimal(100)),
        ("mrr_cents", None),
        ("rate", 0.5 + 1e-8),
        ("rate", None),
        ("rate", math.nan),
        ("at", 0),
        ("month", "2026-03"),
    ],
)
def test_a_changed_cell_is_found(column: str, value: Any) -> None:
    changed = [{**ROWS[0], column: value}, ROWS[1]]
    assert differences(ROWS, changed) == [f"row 0: {column} is {ROWS[0][column]!r} and {value!r}"]
    assert differences(changed, ROWS)


def test_what_is_alike_is_not_found() -> None:
    assert differences(ROWS, [{**ROWS[0], "rate": 0.5 + 1e-11}, dict(ROWS[1])]) == []
    assert differences([{"a": [(1, math.nan)]}], [{"a": [(1, math.nan)]}]) == []


def test_missing_rows_other_order_and_other_columns_are_found() -> None:
    assert differences(ROWS, ROWS[:1]) == ["2 rows and 1"]
    assert len(differences(ROWS, ROWS[::-1])) == 2
    assert differences([{"a": 1}], [{"b": 1}]) == ["row 0: columns ['a'] and ['b']"]
    assert differences([{"a": [1]}], [{"a": [1, 2]}]) == ["row 0: a is [1] and [1, 2]"]


def test_books_that_differ_in_one_span_differ_in_their_answers() -> None:
    memory, spans = Memory(), [paid(1000), paid(2000)]
    first = memory.book({"subscription_span": spans}, date(2026, 10, 31))
    other = memory.book({"subscription_span": [spans[0], paid(2001)]}, date(2026, 10, 31))
    books = {"first": first, "same": first, "other": other}
    found = compared(books, lambda book: answer(book, "mrr", Ask()))
    assert found["other"][0] == "row 0: mrr_cents is 3000 and 3001"
    assert list(compared(books, lambda book: rollup(book, "run_rate"))) == list(found) == ["other"]


def test_every_measure_is_asked_and_a_refusal_is_an_answer() -> None:
    book = Memory().book({"subscription_span": [paid(100)]}, date(2026, 10, 31))
    assert all(questions(measure) for measure in MEASURES.values())
    assert set(questions(MEASURES["mrr"])) == {"", "by plan", "some segments, by quarter"}
    assert set(questions(MEASURES["survival"])) == {"", "by plan", "some segments, by quarter"}
    refused = answer(book, "mrr", Ask(by="nothing"))
    assert refused[0]["error"].startswith(WrongUse.__name__)


def paid(cents: int) -> dict[str, Any]:
    return {**span(f"C{cents}", "", None, cents), "valid_from": datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)}
