"""Every published and derived case on the measures of this book; other tools' keys are in test_cases_tools.py."""

from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company
from relevo.book.book import Book
from tests.making import make_book, span
from tests.measures import (
    cases_arithmetic,
    cases_movements,
    cases_retention,
    cases_run_rate,
    cases_unit_economics,
)
from tests.measures.casebook import AS_OF, Maker, Tables, View, cases, problems

ADAPTERS = {
    **cases_run_rate.CASES,
    **cases_movements.CASES,
    **cases_retention.CASES,
    **cases_arithmetic.CASES,
    **cases_unit_economics.CASES,
}
OWN_BOOK = {"CAL-002"}
# Cases that hold under another policy alone: tests/measures/test_cases_tools.py.
OTHER_POLICY = {"MOV-014", "RET-005"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """One book with every case as a segment of its own."""
    tables: Tables = {}
    for name, adapter in ADAPTERS.items():
        maker = Maker(cases()[name])
        adapter.make(maker)
        for table, rows in maker.tables.items():
            tables.setdefault(table, []).extend(rows)
    return make_book(tmp_path_factory.mktemp("cases"), tables, AS_OF)


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_a_case_holds(book: Book, name: str) -> None:
    case, adapter = cases()[name], ADAPTERS[name]
    found = adapter.answer(View(book, case, adapter.digits))
    assert problems(found, case["expected"], case["tolerance"], adapter.other) == [], case["title"]


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_the_time_zone_decides_the_month_of_a_churn(tmp_path: Path, zone: str) -> None:
    case = cases()["CAL-002"]
    row = span("A", "2025-01-01T12:00:00Z", case["input"]["cancel_effective_utc"], case["input"]["amount"] * 100)
    made = make_book(tmp_path, {"subscription_span": [row]}, AS_OF, company=Company(timezone=zone))
    (churn,) = [r for r in View(made, case).book_log() if r["kind"] == "churn"]
    assert f"{churn['at']:%Y-%m}" == case["expected"]["churn_month"][zone]


def test_every_case_is_run() -> None:
    assert set(ADAPTERS) | OWN_BOOK | OTHER_POLICY == set(cases())


def test_what_must_differ_is_told_from_what_must_be_equal() -> None:
    expected: dict[str, Any] = {"a": 1.0, "b": None, "wrong_c": 2.0, "stripe_d": 9, "e": [["new", 1]]}
    none: frozenset[str] = frozenset()
    assert problems({"a": 1.004, "b": None, "wrong_c": 3.0, "e": [["new", 1]]}, expected, 0.005, none) == []
    assert problems({"a": 1.0, "b": 0, "wrong_c": 2.0, "e": []}, expected, 0.005, none) == [
        ".b: 0 instead of None",
        ".wrong_c: shows the wrong 2.0",
        ".e: [] instead of [['new', 1]]",
    ]
    assert problems({}, {"a": 1}, 0.1, none) == [".a: the product gave nothing"]
