"""One dense company against the oracle: what a single changed operator in roll-ups or measures cannot slip through.

`python tools/mutate.py` changes one operator or constant at a time and runs these tests. The company is random with a
fixed seed, so that it holds every feature many times; the oracle works its figures out day by day.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.measures.companies import (
    _AMOUNTS,
    _INTERVALS,
    _QUANTITIES,
    _STATUSES,
    AS_OF,
    DAYS,
    FIRST,
    SEGMENTS,
    Small,
)
from tests.measures.memory import Memory
from tests.measures.test_laws_oracle import _agrees

CUSTOMERS = 24
MAY = 2025 * 12 + 4


def dense(seed: int, timezone: str) -> Small:
    """A company in which every feature of spans occurs many times."""
    # A fixed seed, so that the company is the same on every machine.
    draw = random.Random(seed)  # noqa: S311
    names = [f"c{n}" for n in range(CUSTOMERS)]
    spans = [row for name in names for number in range(draw.randint(1, 3)) for row in item(draw, name, number)]
    rates = [
        {"currency": c, "on_date": FIRST + timedelta(days=d), "rate": str(draw.choice((0.5, 0.91, 1.1, 2)))}
        for c in ("USD", "JPY", "KWD")
        for d in (0, *sorted(draw.sample(range(1, DAYS), 4)))
    ]
    customers = [{"customer_id": n, "name": n, "segment": draw.choice(SEGMENTS)} for n in names]
    return Small({"subscription_span": spans, "customer": customers, "fx_rate": rates}, timezone)


def item(draw: random.Random, customer: str, number: int) -> list[dict[str, Any]]:
    """The spans of one item."""
    marks = sorted(draw.sample(range(DAYS), draw.randint(1, 5)))
    hour = draw.choice((0, 0, 6, 20))
    starts = [datetime.combine(FIRST, datetime.min.time()) + timedelta(days=m, hours=hour) for m in marks]
    fixed = {
        "subscription_id": f"s-{customer}-{number % 2}", "item_id": f"i{number}", "customer_id": customer,
        "currency": draw.choice(("EUR", "EUR", "USD", "JPY", "KWD")),
        "collection": draw.choice((None, "charge", "invoice")),
    }  # fmt: skip
    rows = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        ends = following and max(start, following - timedelta(days=draw.choice((0, 0, 0, 10, 29, 30, 31, 45))))
        if following is None and draw.random() < 0.5:
            ends = start + timedelta(days=40)
        if ends is None or ends > start:
            rows.append({**fixed, **terms(draw), "valid_from": start, "valid_to": ends})
    return rows


def terms(draw: random.Random) -> dict[str, Any]:
    """What a span says beside when it holds."""
    unit, count = draw.choice(_INTERVALS)
    kind = draw.choice((None, None, None, "forever", "repeating", "once"))
    return {
        "plan": draw.choice(("basic", "pro", None)), "unit_amount_cents": draw.choice(_AMOUNTS),
        "quantity": draw.choice(_QUANTITIES), "interval_unit": unit, "interval_count": count,
        "discount_cents": draw.choice((1, 50, 3000)) if kind else None, "discount_kind": kind,
        "status": draw.choice(_STATUSES), "usage": draw.choice(("licensed",) * 9 + ("metered",)),
    }  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


@pytest.fixture(scope="module")
def book(memory: Memory) -> Book:
    return dense(5, "Pacific/Auckland").book(memory)


def test_a_dense_company_says_what_the_days_say(memory: Memory) -> None:
    _agrees(memory, dense(5, "Pacific/Auckland"))


@pytest.mark.parametrize("name", ["mrr", "mrr_movements", "net_revenue_retention", "logo_churn"])
def test_the_slices_add_up_to_the_whole(book: Book, name: str) -> None:
    whole, sliced = ask(book, name, Ask()).rows, ask(book, name, Ask(by="segment")).rows
    exact = [c for c in whole[0] if c.endswith("_cents") or c in ("customers", "opening_customers", "lost")]
    for row in whole:
        same = [s for s in sliced if s["month"] == row["month"]]
        assert {c: sum(s[c] or 0 for s in same) for c in exact} == {c: row[c] or 0 for c in exact}


def test_every_bridge_closes(book: Book) -> None:
    rows = ask(book, "mrr_movements", Ask()).rows
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"] + row["fx_cents"]
        lost = row["contraction_cents"] + row["churn_cents"]
        extra = row.get("prior_period_adj_cents", 0) + row.get("identity_adj_cents", 0)
        assert row["opening_cents"] + gained - lost + extra == row["closing_cents"]
        assert following is None or following["opening_cents"] == row["closing_cents"]


def contract(customer: str, start: date, end: date | None, cents: int, **more: Any) -> dict[str, Any]:
    """A monthly span of a customer."""
    return {
        "subscription_id": f"s-{customer}", "item_id": "i", "customer_id": customer, "valid_from": start,
        "valid_to": end, "unit_amount_cents": cents, "quantity": "1", "interval_unit": "month", "interval_count": 1,
        "currency": "EUR", "status": "active", "usage": "licensed", **more,
    }  # fmt: skip


def company(memory: Memory, spans: list[dict[str, Any]], as_of: date = AS_OF) -> Book:
    names = sorted({s["customer_id"] for s in spans})
    customers = [{"customer_id": n, "name": n, "segment": "smb"} for n in names]
    return memory.book({"subscription_span": spans, "customer": customers}, as_of)


def test_renewals_are_due_from_the_day_after_to_the_last_day_of_the_window(memory: Memory) -> None:
    """As of 30 June: due is what ends its term in the ninety days after it."""
    ends = [AS_OF + timedelta(days=d) for d in (-1, 0, 1, 30, 89, 90, 91)]
    spans = [
        contract(f"r{n}", date(2024, 7, 1), None, 100 * 2**n, term_end_on=end, auto_renew=n % 2 == 0)
        for n, end in enumerate(ends)
    ]
    rows = ask(company(memory, spans), "renewals_due").rows
    assert [(r["customer_id"], r["term_end_on"], r["mrr_cents"], r["auto_renew"]) for r in rows] == [
        (f"r{n}", ends[n], 100 * 2**n, n % 2 == 0) for n in (2, 3, 4, 5)
    ]


def test_a_movement_says_what_it_is_in_the_customers_own_money(memory: Memory) -> None:
    """1200.00 USD a year is 100.00 USD a month, and 90.00 EUR at 0.9."""
    yearly = contract("usd", date(2025, 2, 3), None, 120000, currency="USD", interval_unit="year")
    rates = [{"currency": "USD", "on_date": date(2024, 1, 1), "rate": "0.9"}]
    customers = [{"customer_id": "usd", "name": "usd", "segment": "smb"}]
    told = memory.book({"subscription_span": [yearly], "customer": customers, "fx_rate": rates}, AS_OF)
    (row,) = ask(told, "movement_log").rows
    assert (row["kind"], row["amount_cents"], row["currency"], row["base_cents"]) == ("new", 10000, "USD", 9000)


def test_who_pays_nothing_after_the_discount_is_no_paying_customer(memory: Memory) -> None:
    free = contract("f", date(2025, 1, 1), None, 500, discount_cents=500, discount_kind="forever")
    more = contract("g", date(2025, 1, 1), None, 500, discount_cents=700, discount_kind="forever")
    paid = contract("p", date(2025, 1, 1), None, 500, discount_cents=499, discount_kind="forever")
    (row,) = ask(company(memory, [free, more, paid]), "mrr", Ask(first=MAY, last=MAY)).rows
    assert (row["customers"], row["mrr_cents"]) == (1, 1)
