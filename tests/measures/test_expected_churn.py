"""Expected churn: who is counted, what is expected of them, and how forecasts are scored."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relevo.base.periods import month_of
from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.revenue.churn_scored import actual, score, scored
from relevo.measures.revenue.expected_churn import EXPECTED_CHURN, band_of
from tests.making import make_book
from tests.measures.forward_books import book_of, customer, lives


def company(leavers: int = 4, n: int = 40) -> dict[str, list[dict[str, Any]]]:
    """`n` customers that began in January 2024; the first `leavers` of them left at tenure 5, in June."""
    names = [f"c{i:02}" for i in range(n)]
    spans = lives({c: ("2024-01-10", "2024-06-10" if i < leavers else None) for i, c in enumerate(names)})
    return {
        "customer": [customer(c, segment="smb" if i % 2 else "mid") for i, c in enumerate(names)],
        "subscription_span": spans,
    }


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(company(), "2024-12-31")


def test_bands_of_age() -> None:
    assert [band_of(a) for a in (-1, 0, 2, 3, 11, 12, 24, 36, 90)] == [
        "0-2", "0-2", "0-2", "3-5", "6-11", "12-23", "24-35", "36+", "36+",
    ]  # fmt: skip


def test_customers_and_their_mrr_are_those_that_pay_now(book: Book) -> None:
    rows = ask(book, "expected_churn").rows
    assert {(r["segment"], r["age_band"], r["customers"]) for r in rows} == {("mid", "6-11", 18), ("smb", "6-11", 18)}
    for r in rows:
        assert r["low"] <= r["expected_lost"] <= r["high"]
        assert r["mrr_at_risk_cents"] == pytest.approx(r["expected_lost"] * 10000, abs=60)


def test_the_same_losses_are_expected_again() -> None:
    """All leave at tenure 5 or never; those who began later still have that month before them."""
    rows = company(20)
    rows["subscription_span"] += lives({f"n{i:02}": ("2024-11-10", None) for i in range(30)})
    found = {
        r["age_band"]: r for r in ask(book_of(rows, "2024-12-31"), "expected_churn").rows if r["segment"] == "(none)"
    }
    assert found["0-2"]["expected_lost"] == pytest.approx(15, abs=4)
    shorter = ask(book_of(rows, "2024-12-31"), "expected_churn", Ask(months=3)).rows
    early = next(r for r in shorter if r["age_band"] == "0-2")
    assert early["expected_lost"] < 3


def test_another_dimension_takes_the_place_of_the_segment(book: Book) -> None:
    rows = ask(book, "expected_churn", Ask(by="country")).rows
    assert [set(r) & {"country", "segment"} for r in rows] == [{"country"}]


def test_without_history_there_is_no_forecast() -> None:
    assert ask(book_of({}, "2024-12-31"), "expected_churn").rows == ()


def test_a_slice_without_a_past_is_the_company() -> None:
    """A segment known only from later on: its customers were counted elsewhere when they began."""
    rows = company(4)
    rows["customer_attribute"] = [
        {"customer_id": "c30", "name": "segment", "value": "new", "from_at": "2024-09-01"},
    ]
    found = {r["segment"]: r for r in ask(book_of(rows, "2024-12-31"), "expected_churn").rows}
    assert found["new"]["customers"] == 1


def test_what_happened_stands_beside_what_was_expected() -> None:
    later = book_of(company(4), "2024-12-31")
    frame = frame_of(later, EXPECTED_CHURN.card, Ask())
    happened = actual(later, frame, month_of(date(2024, 3, 1)), 6)
    assert happened == {("mid", "0-2"): (20, 2), ("smb", "0-2"): (20, 2)}
    forecast = [
        {"segment": "mid", "age_band": "0-2", "customers": 20, "expected_lost": 1.0, "low": 0, "high": 3},
        {"segment": "smb", "age_band": "0-2", "customers": 20, "expected_lost": 5.0, "low": 3, "high": 8},
    ]
    rows = scored(forecast, happened, "segment")
    assert [(r["lost"], r["inside"]) for r in rows] == [(2, True), (2, False)]


def test_the_score_of_forecasts_by_hand() -> None:
    """Twenty customers at 5 %, two left: 2 x 0.95^2 + 18 x 0.05^2 = 1.85; at 25 %: 2 x 0.75^2 + 18 x 0.25^2 = 2.25."""
    rows = [
        {"customers": 20, "expected_lost": 1.0, "lost": 2, "inside": True},
        {"customers": 20, "expected_lost": 5.0, "lost": 2, "inside": False},
        {"customers": 9, "expected_lost": 5.0, "lost": None, "inside": None},
    ]
    found = score(rows)
    assert (found.cells, found.customers, found.expected, found.lost) == (2, 40, 6.0, 4)
    assert found.inside == 0.5
    assert found.bias == 0.5
    assert found.brier == pytest.approx((1.85 + 2.25) / 40, abs=1e-6)
    nothing = score([])
    assert (nothing.inside, nothing.bias, nothing.brier) == (None, None, None)


def test_forecasts_are_made_again_from_the_book_as_it_was(tmp_path: Path) -> None:
    """As of June 2025 the last twelve months are known: who left in them is scored, and had no part in the forecast."""
    rows = company(4, 20)
    rows["subscription_span"] += lives({f"x{i}": ("2024-02-10", "2025-03-10") for i in range(6)})
    book = make_book(tmp_path, rows, "2025-06-30")
    found = [r for r in ask(book, "expected_churn_scored").rows if r["segment"] == "(none)"]
    assert [(r["made_on"].isoformat(), r["months"], r["customers"], r["lost"]) for r in found] == [
        ("2024-12-31", 6, 6, 6), ("2024-06-30", 12, 6, 6),
    ]  # fmt: skip
    assert [(r["frozen"], r["inside"]) for r in found] == [(False, False), (False, False)]
    young = make_book(tmp_path / "young", company(1, 3), "2024-03-31")
    assert ask(young, "expected_churn_scored").rows == ()
