"""The value ledger: its rows add up, each cell opens to its months, and earned sums are those of the snapshots."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings

from relevo.base.errors import WrongUse
from relevo.base.money import half_up
from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Frame
from relevo.measures.catalog import find
from relevo.measures.revenue.customer_value import customer_value_entries
from relevo.measures.revenue.earned import earned
from relevo.measures.rounding import mrr
from tests.measures.companies import Small, companies
from tests.measures.memory import Memory
from tests.measures.small_economics import book, customers, pays, spent

SPANS = [
    pays("a", "2025-01", None, 10_000), pays("b", "2025-01", 2, 3_333), pays("c", "2025-02", None, 5_000),
    pays("d", "2025-01", 1, 1_000), pays("d", "2025-04", None, 1_000),
]  # fmt: skip
NAMES = customers({"a": "ent", "b": "smb", "c": "smb", "d": None})


@cache
def made() -> Book:
    return book("2025-04-30", SPANS, customer=NAMES, spend=[spent("2025-02", 3_000, "cost_of_revenue")])


def frame(**question: object) -> Frame:
    return frame_of(made(), find("customer_value").card, Ask(**question))  # type: ignore[arg-type]


def test_s1_02_rows_add_up_to_realised_margin_to_date_and_the_stated_expectation() -> None:
    rows = ask(made(), "customer_value").rows
    assert [(r["customer_id"], r["segment"], r["tenure_month"], r["active"]) for r in rows] == [
        ("a", "ent", 3, True), ("b", "smb", 3, False), ("c", "smb", 2, True), ("d", "(none)", 3, True),
    ]  # fmt: skip
    # February brings 183.33 and costs 30.00; months of MRR: 4 x 100, 2 x 33.33, 3 x 50, 2 x 10.
    margin = 1 - Fraction(3_000, 10_000 + 3_333 + 5_000)
    paid = [4 * 10_000, 2 * 3_333, 3 * 5_000, 2 * 1_000]
    assert sum(r["realised_cents"] for r in rows) == half_up(margin * sum(paid))
    assert all(abs(r["realised_cents"] - margin * p) < 1 for r, p in zip(rows, paid, strict=True))
    assert all(r["total_cents"] == r["realised_cents"] + r["expected_cents"] for r in rows)
    assert (rows[1]["expected_cents"], rows[1]["total_cents"]) == (0, rows[1]["realised_cents"])


def test_s1_02_each_cell_opens_to_its_months() -> None:
    for row in ask(made(), "customer_value").rows:
        months = customer_value_entries(made(), frame(), row["customer_id"])
        for kind in ("realised", "expected"):
            assert sum(m["margin_cents"] for m in months if m["kind"] == kind) == row[f"{kind}_cents"]
    listed = customer_value_entries(made(), frame(), "d")
    assert [(m["month"], m["mrr_cents"]) for m in listed if m["kind"] == "realised"] == [
        ("2025-01", 1_000), ("2025-04", 1_000),
    ]  # fmt: skip
    coming = [m for m in listed if m["kind"] == "expected"]
    assert (len(coming), coming[0]["month"], coming[0]["mrr_cents"]) == (60, "2025-05", 1_000)
    assert all(a["chance"] >= b["chance"] for a, b in pairwise(coming))
    assert not [m for m in customer_value_entries(made(), frame(), "b") if m["kind"] == "expected"]
    with pytest.raises(WrongUse, match="'z' has no value here"):
        customer_value_entries(made(), frame(), "z")
    with pytest.raises(WrongUse, match="never paid"):
        customer_value_entries(book("2025-04-30", []), frame(), "a")


def test_the_expectation_is_that_of_the_curve_given_the_age() -> None:
    """Nobody ever left: without a discount the coming ten months bring ten times margin."""
    young = book("2025-03-31", [pays("a", "2025-01", None, 10_000), pays("b", "2025-03", None, 2_000)])
    assumed = Assumptions(horizon_months=10, discount_per_year=Fraction(0))
    rows = ask(young, "customer_value", Ask(assumptions=assumed)).rows
    assert [r["expected_cents"] for r in rows] == [80_000, 16_000]
    discounted = ask(young, "customer_value", Ask(assumptions=replace(assumed, discount_per_year=Fraction(1, 10)))).rows
    months = sum(1.1 ** (-m / 12) for m in range(1, 11))
    assert sum(r["expected_cents"] for r in discounted) == half_up(Fraction((8_000 + 1_600) * months))
    assert discounted[0]["expected_cents"] == pytest.approx(8_000 * months, abs=1)


def test_a_customer_that_pauses_without_leaving_for_good_is_expected_to_bring_nothing_now() -> None:
    spans = [pays("a", "2025-01", 2, 10_000), pays("a", "2025-04", None, 10_000), pays("b", "2025-01", None, 1)]
    rows = ask(book("2025-03-31", spans), "customer_value").rows
    assert (rows[0]["active"], rows[0]["expected_cents"], rows[0]["realised_cents"]) == (False, 0, 16_000)


def test_rows_are_those_in_sight_and_the_curve_is_the_company_s() -> None:
    whole = {r["customer_id"]: r for r in ask(made(), "customer_value").rows}
    (mine,) = ask(made().scoped(frozenset({"c"})), "customer_value").rows
    assert abs(mine["total_cents"] - whole["c"]["total_cents"]) <= 1
    one = ask(made(), "customer_value", Ask(where=(("segment", "ent"),))).rows
    assert [r["customer_id"] for r in one] == ["a"]


@given(companies())
@settings(max_examples=3)
def test_what_was_earned_is_the_sum_of_the_month_ends(small: Small) -> None:
    memory = Memory()
    made = small.book(memory)
    last = made.last_complete_month
    found = {r["customer_id"]: mrr(r["sum_e16"]) for r in made.run(earned(made.tables, last)).dicts()}
    oracle = small.oracle()
    for customer in oracle.customers:
        slow = sum((oracle.level(customer, m) for m in oracle.months), Fraction(0))
        assert abs(found.get(customer, Fraction(0)) - slow) < Fraction(1, 10**4)
