"""Every switch of the policy does what it says, and each changes the policy's hash."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.base.periods import day_from_number, parse_month
from relevo.book.policy import PROFILES, Policy, profile
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import span
from tests.measures.memory import Memory

AS_OF = date(2025, 6, 30)
START, MAY = "2025-01-01", "2025-05-01"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def mrr(memory: Memory, policy: Policy, rows: Rows, month: str = "2025-06") -> int:
    """MRR in cents at a month's end under a policy."""
    book = memory.book({"subscription_span": rows}, AS_OF, policy=policy)
    asked = parse_month(month)
    cents: int = ask(book, "mrr", Ask(first=asked, last=asked)).rows[0]["mrr_cents"]
    memory.forget(book)
    return cents


def off(kind: str | None, **more: Any) -> Rows:
    return [span("A", START, None, 1000, discount_cents=300, discount_kind=kind, **more)]


WEEKLY = [span("A", START, None, 1200, interval_unit="week")]
DAILY = [span("A", START, None, 120, interval_unit="day")]
METERED = [span("A", START, None, 1000, usage="metered")]
PAUSED = [span("A", START, None, 1000, status="paused")]
OVERDUE = [span("A", START, MAY, 1000), span("A", MAY, None, 1000, status="past_due")]


def gap(collection: str | None) -> Rows:
    """Ten days without pay over the end of May."""
    fixed = {"collection": collection}
    return [span("A", START, "2025-05-25", 1000, **fixed), span("A", "2025-06-04", None, 1000, **fixed)]


SWITCHES = [
    ("weeks_per_year", 52, WEEKLY, 5200), ("weeks_per_year", 48, WEEKLY, 4800),
    ("days_per_year", 365, DAILY, 3650), ("days_per_year", 360, DAILY, 3600),
    ("discounts", "recurring_in_force", off("repeating"), 700), ("discounts", "recurring_in_force", off("once"), 1000),
    ("discounts", "recurring_in_force", off(None), 700), ("discounts", "all", off("once"), 700),
    ("discounts", "forever_only", off("repeating"), 1000), ("discounts", "forever_only", off("forever"), 700),
    ("discounts", "none", off("forever"), 1000),
    ("once_on_multimonth", "spread", off("once", interval_count=2), 350),
    ("once_on_multimonth", "ignore", off("once", interval_count=2), 500),
    ("once_on_multimonth", "spread", off("once", interval_count=3, interval_unit="week"), 1444),
    ("metered", "exclude", METERED, 0), ("metered", "as_billed", METERED, 1000),
    ("past_due_grace_days", 30, OVERDUE, 0), ("past_due_grace_days", 61, OVERDUE, 1000),
    ("pause", "zero", PAUSED, 0), ("pause", "keep", PAUSED, 1000),
]  # fmt: skip


@pytest.mark.parametrize(("switch", "value", "rows", "cents"), SWITCHES)
def test_a_switch_changes_what_counts(memory: Memory, switch: str, value: Any, rows: Rows, cents: int) -> None:
    assert mrr(memory, replace(Policy(), **{switch: value}), rows) == cents


@pytest.mark.parametrize(
    ("invoice", "charge", "collection", "in_may"),
    [(30, 0, "invoice", 1000), (30, 0, "charge", 0), (30, 0, None, 0), (9, 0, "invoice", 0), (10, 0, "invoice", 1000),
     (0, 0, "invoice", 0), (0, 10, "charge", 1000), (0, 10, None, 1000), (0, 10, "invoice", 0)],
)  # fmt: skip
def test_a_gap_is_bridged_as_far_as_its_way_of_paying_tolerates(
    memory: Memory, invoice: int, charge: int, collection: str | None, in_may: int
) -> None:
    policy = Policy(gap_tolerance_days_invoice=invoice, gap_tolerance_days_charge=charge)
    assert mrr(memory, policy, gap(collection), "2025-05") == in_may


def test_the_day_of_a_late_payers_churn_and_its_cause(memory: Memory) -> None:
    book = memory.book({"subscription_span": OVERDUE}, AS_OF)
    moves = book.run(book.tables.movement).dicts()
    assert [(str(day_from_number(m["day"])), m["kind"], m["cause"]) for m in moves[1:]] == [
        ("2025-05-31", "churn", "delinquent")
    ]


def test_at_parent_level_a_group_is_one_customer(memory: Memory) -> None:
    tables = {
        "subscription_span": [
            span("P1", START, None, 600), span("P2", START, "2025-06-10", 400), span("S", START, None, 1),
        ],
        "customer": [
            {"customer_id": c, "name": c, "parent_id": p, "created_at": datetime(2025, 1, 1, tzinfo=UTC)}
            for c, p in (("P", None), ("P1", "P"), ("P2", "P1"), ("S", None))
        ],
    }  # fmt: skip
    book = memory.book(tables, AS_OF, policy=Policy(level="parent"))
    (row,) = ask(book, "mrr_movements", Ask(first=parse_month("2025-06"), last=parse_month("2025-06"))).rows
    assert (row["opening_cents"], row["contraction_cents"], row["churn_cents"]) == (1001, 400, 0)
    assert {m["customer_id"] for m in book.run(book.tables.movement).dicts()} == {"P", "S"}


def test_intervals_of_a_year() -> None:
    units = ("day", "week", "month", "year")
    assert [Policy().intervals_per_year(u) for u in units] == [Fraction(n) for n in (365, 52, 12, 1)]
    with pytest.raises(KeyError):
        Policy().intervals_per_year("decade")


def test_every_switch_changes_the_hash() -> None:
    changed = {"days_per_year": 360, "weeks_per_year": 48, "past_due_grace_days": 1, "gap_tolerance_days_charge": 1}
    changed |= {"gap_tolerance_days_invoice": 1}
    hashes = {replace(Policy(), **{f.name: changed.get(f.name, "other")}).hash for f in fields(Policy)}
    assert len({*hashes, Policy().hash}) == len(fields(Policy)) + 1
    assert Policy().hash == Policy().hash
    assert len(Policy().hash) == 12


def test_profiles_are_found_by_name() -> None:
    assert profile("relevo") == Policy() == PROFILES["relevo"]
    with pytest.raises(WrongUse, match="Known: baremetrics, chartmogul, maxio, profitwell, recurly, relevo, stripe"):
        profile("nobody")
