"""A reconciliation adds up, ends at our figure, and each step is the doing of its convention, down to customers."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from relevo.base.periods import last_complete_month, parse_month
from relevo.book.book import Book
from relevo.book.policy import LEVEL_FIELDS, PROFILES, Policy
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.revenue.reconcile import OURS, THEIRS, CustomerStep, customers_behind
from tests.making import span
from tests.measures.companies import AS_OF as LAST_DAY
from tests.measures.companies import Small, companies
from tests.measures.memory import Memory

AS_OF, MAY = date(2025, 6, 30), parse_month("2025-05")
STRIPE = PROFILES["stripe"]
ROWS = [
    span("forever", "2025-01-01", None, 1000, discount_cents=100, discount_kind="forever"),
    span("coupon", "2025-01-01", None, 1000, discount_cents=333, discount_kind="repeating", interval_count=3),
    span("coupon2", "2025-01-01", None, 1000, discount_cents=333, discount_kind="repeating", interval_count=3),
    span("leaving", "2025-01-01", "2025-06-10", 700, cancel_requested_at="2025-04-10"),
    span("late", "2025-01-01", "2025-03-01", 50),
    span("late", "2025-03-01", None, 50, status="past_due"),
]


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


@pytest.fixture(scope="module")
def book(memory: Memory) -> Book:
    names = {row["customer_id"] for row in ROWS}
    customers = [{"customer_id": name, "name": name.title()} for name in sorted(names)]
    return memory.book({"subscription_span": ROWS, "customer": customers}, AS_OF)


def bridge(book: Book, theirs: Policy | None, month: int = MAY, **more: Any) -> list[tuple[str, int, int | None]]:
    rows = ask(book, "reconcile", Ask(first=month, last=month, theirs=theirs, **more)).rows
    assert {row["month"] for row in rows} == {"2025-05"}
    assert {row["currency"] for row in rows} == {"EUR"}
    return [(row["cause"], row["amount_cents"], row["customers"]) for row in rows]


def test_the_walk_from_stripe_worked_out_by_hand(book: Book) -> None:
    # Theirs: 900 + 2 x 1000/3 + 0 (asked to cancel) + 50 = 1616.67; ours: 900 + 2 x 667/3 + 700 + 0 = 2044.67.
    assert bridge(book, STRIPE) == [
        (THEIRS, 1617, 4),
        ("discounts", -222, 2),
        ("cancel_recognition", 700, 1),
        ("past_due_grace_days", -50, 1),
        (OURS, 2045, 4),
    ]


def test_a_stated_figure_is_bridged_to_what_its_profile_gives(book: Book) -> None:
    rows = bridge(book, STRIPE, stated=((MAY, 1700),))
    assert rows[:2] == [(THEIRS, 1700, None), ("unexplained", -83, None)]
    assert rows[0][1] + sum(amount for _, amount, _ in rows[1:-1]) == rows[-1][1] == 2045
    assert bridge(book, STRIPE, stated=((MAY - 1, 1700),)) == bridge(book, STRIPE)


def test_the_house_against_itself_has_nothing_between(book: Book) -> None:
    assert bridge(book, PROFILES["relevo"]) == bridge(book, None) == [(THEIRS, 2045, 4), (OURS, 2045, 4)]


def test_profiles_that_differ_in_rates_alone_have_the_same_mrr(book: Book) -> None:
    assert bridge(book, PROFILES["baremetrics"]) == bridge(book, None)


def test_months_are_asked_together(book: Book) -> None:
    rows = ask(book, "reconcile", Ask(first=MAY - 5, last=MAY, theirs=STRIPE)).rows
    last = [r["amount_cents"] for r in rows if r["cause"] == OURS]
    mrr = ask(book, "mrr", Ask(first=MAY - 5, last=MAY)).rows
    assert last == [r["mrr_cents"] for r in mrr]


def test_the_customers_behind_a_step(book: Book) -> None:
    assert customers_behind(book, STRIPE, MAY, "discounts") == [
        CustomerStep("coupon", 333, 222, -111),
        CustomerStep("coupon2", 333, 222, -111),
    ]
    assert customers_behind(book, STRIPE, MAY, "cancel_recognition") == [CustomerStep("leaving", 0, 700, 700)]
    assert [step.customer_id for step in customers_behind(book, STRIPE, MAY, THEIRS)] == [
        "forever", "coupon", "coupon2", "late",
    ]  # fmt: skip
    assert [(s.before_cents, s.after_cents) for s in customers_behind(book, STRIPE, MAY, OURS)][:2] == [
        (0, 900),
        (0, 700),
    ]
    assert customers_behind(book, STRIPE, MAY, "unexplained") == []
    assert customers_behind(book, STRIPE, MAY, "fx") == []


def test_foreign_money_at_the_start_of_its_service_period(memory: Memory) -> None:
    rows = [span("usd", "2025-01-10", None, 1000, currency="USD"), span("eur", "2025-01-10", None, 100)]
    rates = [
        {"currency": "USD", "on_date": on, "rate": rate} for on, rate in (("2025-01-01", "0.9"), ("2025-05-15", "0.8"))
    ]
    foreign = memory.book({"subscription_span": rows, "fx_rate": rates}, AS_OF)
    theirs = Policy(name="tool", fx="service_start")
    assert bridge(foreign, theirs) == [(THEIRS, 1000, 2), ("fx", -100, 1), (OURS, 900, 2)]
    assert customers_behind(foreign, theirs, MAY, "fx") == [CustomerStep("usd", 900, 800, -100)]


def test_rows_are_those_of_the_scope_and_figures_are_not(book: Book) -> None:
    mine = replace(book).scoped(frozenset({"coupon", "late"}))
    assert [s.customer_id for s in customers_behind(mine, STRIPE, MAY, "discounts")] == ["coupon"]
    assert [s.customer_id for s in customers_behind(mine, STRIPE, MAY, THEIRS)] == ["coupon", "late"]
    assert bridge(mine, STRIPE) == bridge(book, STRIPE)


ORDER = ("none", "forever_only", "recurring_in_force", "all")


@given(companies())
@settings(max_examples=2)
def test_every_walk_adds_up_and_ends_at_our_mrr(memory: Memory, small: Small) -> None:
    _walks_add_up(memory, small)


@pytest.mark.nightly
@given(companies())
@settings(max_examples=100, derandomize=False)
def test_every_walk_of_many_companies_adds_up(memory: Memory, small: Small) -> None:
    _walks_add_up(memory, small)


def _walks_add_up(memory: Memory, small: Small) -> None:
    book = small.book(memory)
    end = last_complete_month(LAST_DAY)
    span_asked = Ask(first=end - 3, last=end)
    ours = [row["mrr_cents"] for row in ask(book, "mrr", span_asked).rows]
    for name in ("stripe", "profitwell"):
        rows = ask(book, "reconcile", replace(span_asked, theirs=PROFILES[name])).rows
        by_month: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_month.setdefault(row["month"], []).append(row)
        for month in by_month.values():
            assert month[0]["amount_cents"] + sum(r["amount_cents"] for r in month[1:-1]) == month[-1]["amount_cents"]
            assert {r["cause"] for r in month[1:-1]} <= set(LEVEL_FIELDS)
        assert [month[-1]["amount_cents"] for month in by_month.values()] == ours
    memory.forget(book)


def test_mrr_falls_with_every_discount_that_is_taken_off(book: Book) -> None:
    """More kinds of discount taken off never make a customer's MRR larger."""
    levels = [
        {s.customer_id: s.after_cents for s in customers_behind(book, Policy(discounts=kind), MAY, THEIRS)}  # type: ignore[arg-type]
        for kind in ORDER
    ]
    for more, less in pairwise(levels):
        assert all(less.get(customer, 0) <= cents for customer, cents in more.items())
    assert sum(levels[0].values()) > sum(levels[-1].values())
