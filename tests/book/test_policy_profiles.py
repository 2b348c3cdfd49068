"""The conventions of other tools: each switch does what it says, and a walk leads from one policy to another."""

import json
from dataclasses import asdict, fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.policy import LEVEL_FIELDS, PROFILES, RATE_FIELDS, Policy, differences, walk
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import span
from tests.measures.memory import Memory

AS_OF = date(2025, 6, 30)
START = "2025-01-01"
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def mrr(book: Book, month: str) -> int:
    at = parse_month(month)
    cents: int = ask(book, "mrr", Ask(first=at, last=at)).rows[0]["mrr_cents"]
    return cents


def moves(book: Book) -> list[tuple[str, str, str, int]]:
    """Movements as (day, kind, cause, cents)."""
    rows = ask(book, "movement_log").rows
    return [(str(r["at"]), r["kind"], r["cause"], r["base_cents"]) for r in rows]


def late(status: str) -> list[dict[str, Any]]:
    return [span("A", START, "2025-03-01", 1000), span("A", "2025-03-01", None, 1000, status=status)]


CANCELLED = {
    "subscription_span": [
        span("A", START, "2025-02-01", 1000),
        span("A", "2025-02-01", "2025-06-01", 2000, cancel_requested_at="2025-03-10"),
    ]
}
# Asked before the terms began, and asked after the book's day.
ASKED = {
    "subscription_span": [
        span("A", "2025-02-01", "2025-06-01", 2000, cancel_requested_at="2025-01-10"),
        span("B", "2025-02-01", None, 500, cancel_requested_at="2025-09-10"),
    ]
}
BILLED = {
    "subscription_span": [
        span("A", START, "2025-03-01", 1000),
        span("A", "2025-03-01", None, 1500),
        span("B", START, None, 10, subscription_id="never-billed"),
        span("C", START, "2025-02-01", 100, subscription_id="late"),
        span("C", "2025-02-01", None, 100, subscription_id="late", status="past_due"),
        span("D", START, None, 7, subscription_id="unpaid"),
    ],
    "invoice": [
        {"invoice_id": i, "customer_id": s, "subscription_id": s, "issued_on": issued, "paid_on": paid,
         "amount_cents": 1000, "currency": "EUR"}
        for i, s, issued, paid in (
            ("1", "sub-A", "2025-02-03", "2025-04-10"), ("2", "sub-A", "2025-03-03", "2025-03-04"),
            ("3", "late", "2025-01-01", "2025-02-20"), ("4", "unpaid", "2025-01-05", None),
        )
    ],
}  # fmt: skip
REFUNDED = {
    "subscription_span": [span("A", START, None, 1000)],
    "payment": [
        {"payment_id": p, "invoice_id": i, "customer_id": "A", "at": at, "amount_cents": 300, "currency": "EUR",
         "status": status}
        for p, i, at, status in (
            ("1", None, "2025-04-10", "refunded"), ("2", "setup", "2025-05-10", "refunded"),
            ("3", "plan", "2025-06-10", "refunded"), ("4", None, "2025-04-11", "succeeded"),
            ("5", None, "2025-07-10", "refunded"),
        )
    ],
    "invoice_line": [
        {"invoice_id": "setup", "line_id": "1", "kind": "one_off", "amount_cents": 300},
        {"invoice_id": "plan", "line_id": "1", "kind": "recurring", "amount_cents": 1000},
        {"invoice_id": "plan", "line_id": "2", "kind": "one_off", "amount_cents": 300},
    ],
}  # fmt: skip
FOREIGN = {
    "subscription_span": [
        span("A", "2025-01-31", None, 1000, currency="USD"),
        span("B", "2025-02-10", None, 1200, currency="USD", interval_unit="year"),
        span("C", "2025-01-06", None, 5200, currency="USD", interval_unit="week", interval_count=52),
        span("D", START, None, 100),
    ],
    "fx_rate": [
        {"currency": "USD", "on_date": on, "rate": rate}
        for on, rate in ((START, "0.9"), ("2025-02-15", "0.8"), ("2025-03-31", "0.5"))
    ],
}
LEVELS: list[tuple[str, Any, Tables, dict[str, int]]] = [
    ("past_due_grace_days", None, {"subscription_span": late("past_due")}, {"2025-06": 1000}),
    ("past_due_grace_days", 30, {"subscription_span": late("past_due")}, {"2025-03": 0, "2025-06": 0}),
    ("unpaid", "zero", {"subscription_span": late("unpaid")}, {"2025-03": 0}),
    ("unpaid", "keep", {"subscription_span": late("unpaid")}, {"2025-06": 1000}),
    ("cancel_recognition", "request", CANCELLED, {"2025-02": 2000, "2025-03": 0}),
    ("cancel_recognition", "service_end", CANCELLED, {"2025-03": 2000, "2025-06": 0}),
    ("cancel_recognition", "request", ASKED, {"2025-02": 500, "2025-06": 500}),
    ("new_recognition", "service_start", BILLED, {"2025-01": 1117, "2025-03": 1517}),
    ("new_recognition", "issued", BILLED, {"2025-01": 117, "2025-02": 1117, "2025-03": 1517}),
    ("new_recognition", "paid", BILLED, {"2025-01": 10, "2025-02": 10, "2025-03": 10, "2025-04": 1510}),
    ("refunds", "ignore", REFUNDED, {"2025-04": 1000}),
    ("refunds", "net", REFUNDED, {"2025-03": 1000, "2025-04": 700, "2025-05": 1000, "2025-06": 700}),
    ("days_per_year", Fraction("365.28"), {"subscription_span": [span("A", START, None, 100, interval_unit="day")]},
     {"2025-06": 3044}),
    ("days_per_year", Fraction(0), {"subscription_span": [span("A", START, None, 100, interval_unit="day")]},
     {"2025-06": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("switch", "value", "tables", "expected"), LEVELS)
def test_a_switch_changes_mrr(
    memory: Memory, switch: str, value: Any, tables: Tables, expected: dict[str, int]
) -> None:
    book = memory.book(tables, AS_OF, policy=replace(Policy(), **{switch: value}))
    assert {month: mrr(book, month) for month in expected} == expected


def _priced(fx: str, month: str) -> list[tuple[float, float]]:
    """Monthly amounts in minor units and their rate under each way of valuing."""
    amounts = [1000.0, 100.0, 5200.0 / 12, 100.0]
    rates = {
        ("closing_bridge", "2025-02"): [0.8, 0.8, 0.8, 1],
        ("closing_bridge", "2025-04"): [0.5, 0.5, 0.5, 1],
        ("locked", "2025-02"): [0.9, 0.9, 0.9, 1],
        ("locked", "2025-04"): [0.9, 0.9, 0.9, 1],
        # A began on the 31st, so its period begins on the last day of a shorter month; B and C run for a year.
        ("service_start", "2025-02"): [0.8, 0.9, 0.9, 1],
        ("service_start", "2025-03"): [0.5, 0.9, 0.9, 1],
        ("service_start", "2025-04"): [0.5, 0.9, 0.9, 1],
    }
    return list(zip(amounts, rates[fx, month], strict=True))


@pytest.mark.parametrize(
    ("fx", "month"),
    [("closing_bridge", "2025-02"), ("closing_bridge", "2025-04"), ("locked", "2025-02"),
     ("locked", "2025-04"), ("service_start", "2025-02"), ("service_start", "2025-03"),
     ("service_start", "2025-04")],
)  # fmt: skip
def test_foreign_money_is_valued_at_the_day_the_policy_names(memory: Memory, fx: Any, month: str) -> None:
    book = memory.book(FOREIGN, AS_OF, policy=Policy(fx=fx))
    assert mrr(book, month) == round(sum(c * r for c, r in _priced(fx, month)))
    if fx == "locked":
        at = parse_month("2025-04")
        rows = ask(book, "mrr_movements", Ask(first=at - 2, last=at)).rows
        assert [r["fx_cents"] for r in rows] == [0, 0, 0]


def test_who_pays_in_two_currencies_is_one_customer(memory: Memory) -> None:
    rows = [
        span("A", START, None, 100),
        span("A", START, None, 1000, currency="USD", item_id="one"),
        span("A", START, None, 2000, currency="USD", item_id="two"),
        span("B", START, None, 7),
    ]
    tables = {"subscription_span": rows, "fx_rate": FOREIGN["fx_rate"]}
    book = memory.book(tables, AS_OF, policy=Policy(fx="service_start"))
    at = parse_month("2025-02")
    found = ask(book, "mrr", Ask(first=at, last=at + 2)).rows
    # The periods began on the first of each month.
    assert [(r["mrr_cents"], r["customers"]) for r in found] == [(2807, 2), (2507, 2), (1607, 2)]


def test_who_pays_nothing_but_stays_is_no_loss_where_the_policy_says_so(memory: Memory) -> None:
    rows = [
        span("A", START, "2025-03-01", 1000),
        span("A", "2025-03-01", "2025-05-01", 1000, discount_cents=1000, discount_kind="repeating"),
        span("A", "2025-05-01", None, 1000),
        span("F", START, None, 0),
        span("L", START, "2025-03-01", 10),
        span("L", "2025-03-01", None, 10, status="canceled"),
    ]
    kept = memory.book({"subscription_span": rows}, AS_OF, policy=Policy(zero_mrr_is_churn=False))
    assert [m for m in moves(kept) if abs(m[3]) == 1000] == [
        (START, "new", None, 1000),
        ("2025-03-01", "contraction", "discount_start", -1000),
        ("2025-05-01", "expansion", "discount_end", 1000),
    ]
    at = parse_month("2025-04")
    assert ask(kept, "mrr", Ask(first=at, last=at)).rows[0]["customers"] == 1
    assert mrr(kept, "2025-04") == 0
    house = memory.book({"subscription_span": rows}, AS_OF)
    assert [m[1] for m in moves(house) if abs(m[3]) == 1000] == ["new", "churn", "reactivation"]


@pytest.mark.parametrize(
    ("days", "minutes", "kind"),
    [(None, None, "reactivation"), (90, None, "new"), (92, None, "reactivation"), (0, None, "new"), (90, 60, "new")],
)
def test_a_return_is_new_business_after_the_window(
    memory: Memory, days: int | None, minutes: int | None, kind: str
) -> None:
    rows = [span("A", START, "2025-02-01", 1000), span("A", "2025-05-04", None, 1000)]
    policy = Policy(reactivation_window_days=days, net_window_minutes=minutes)
    book = memory.book({"subscription_span": rows}, AS_OF, policy=policy)
    assert [m[1] for m in moves(book)] == ["new", "churn", kind]


def test_netting_by_minutes_keeps_grace_and_gaps(memory: Memory) -> None:
    rows = [
        span("O", "1999-01-01", "2004-05-06", 700),
        span("A", START, "2025-03-01", 1000, collection="invoice"),
        span("A", "2025-03-11", None, 1000, collection="invoice"),
        span("B", START, "2025-03-01", 500),
        span("B", "2025-03-01", None, 500, status="past_due"),
    ]
    daily = memory.book({"subscription_span": rows}, AS_OF)
    fine = memory.book({"subscription_span": rows}, AS_OF, policy=Policy(net_window_minutes=60))
    assert moves(fine) == moves(daily)
    assert moves(memory.book({"subscription_span": late("past_due")}, AS_OF, policy=PROFILES["chartmogul"])) == [
        (START, "new", None, 1000)
    ]


def test_rates_do_not_change_what_roll_ups_depend_on(memory: Memory) -> None:
    under = memory.book({}, AS_OF).at(policy=PROFILES["baremetrics"])
    assert (under.schema, under.policy.name) == ("main", "baremetrics")
    assert PROFILES["baremetrics"].rolled == Policy().rolled
    assert PROFILES["stripe"].rolled != Policy().rolled
    assert set(RATE_FIELDS) & set(LEVEL_FIELDS) == set()
    assert {*RATE_FIELDS, *LEVEL_FIELDS, "name", "reactivation_window_days", "net_window_minutes"} == {
        f.name for f in fields(Policy)
    }


def test_a_walk_takes_over_one_convention_at_a_time() -> None:
    theirs, ours = PROFILES["profitwell"], PROFILES["relevo"]
    steps = walk(theirs, ours)
    assert [name for name, _ in steps] == ["fx", "discounts", "metered", "new_recognition", "past_due_grace_days"]
    before = theirs
    for name, policy in steps:
        assert differences(before, policy) == (name,)
        before = policy
    assert set(differences(before, ours)) & set(LEVEL_FIELDS) == set()
    assert walk(ours, ours) == []


def test_a_policy_of_an_older_book_has_the_defaults_of_what_it_does_not_name() -> None:
    stored = json.loads(json.dumps(asdict(PROFILES["recurly"]), default=str))
    assert Policy.of(stored) == PROFILES["recurly"]
    assert Policy.of(stored).hash == PROFILES["recurly"].hash
    older = {"name": "relevo", "weeks_per_year": 52, "days_per_year": 365, "past_due_grace_days": 30}
    assert Policy.of(older) == Policy()
    assert Policy.of(older).hash == Policy().hash
    assert Policy.of({"name": "relevo"}) == Policy()
