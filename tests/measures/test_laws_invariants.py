"""Laws that hold for every company: parts make the whole, and what must not matter does not."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.periods import month_of, parse_month
from relevo.book.book import Book
from relevo.book.policy import Policy
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.revenue.movements import BRIDGE
from tests.measures.companies import AS_OF, FIRST, Small, companies, constant
from tests.measures.memory import Memory

MONTHS = range(month_of(FIRST) - 1, month_of(AS_OF) + 1)
WINDOW = 6
OPENED = parse_month("2024-12")
RATES = ("net_revenue_retention", "gross_revenue_retention", "logo_churn", "gross_mrr_churn", "net_mrr_churn")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def rows(book: Book, name: str, *, first: int = MONTHS[0], last: int = MONTHS[-1], **more: Any) -> Rows:
    return list(ask(book, name, Ask(first=first, last=last, **more)).rows)


@given(companies())
@settings(max_examples=5)
def test_parts_make_the_whole(memory: Memory, small: Small) -> None:
    book = small.book(memory)
    _bridge_holds(book)
    for dimension in ("segment", "plan"):
        _slices_sum(book, dimension)
    _diagonals_are_snapshots(book)
    memory.forget(book)


def _bridge_holds(book: Book) -> None:
    bridges, stock = rows(book, "mrr_movements"), rows(book, "mrr")
    for row in bridges:
        assert sum(sign * row[column] for column, sign in BRIDGE.items()) == 0
    for row, following in pairwise(bridges):
        assert row["closing_cents"] == following["opening_cents"]
    assert [r["closing_cents"] for r in bridges] == [r["mrr_cents"] for r in stock]


def _slices_sum(book: Book, by: str) -> None:
    columns = {
        "mrr": ("mrr_cents", "customers"), "arr": ("arr_cents", "customers"), "mrr_movements": tuple(BRIDGE),
        "net_revenue_retention": ("opening_cents", "kept_cents", "customers"),
        "logo_churn": ("opening_customers", "lost"), "upgrade_rate": ("opening_cents", "upgrade_cents", "upgraded"),
        "quick_ratio": ("gained_cents", "lost_cents"),
    }  # fmt: skip
    for name, summed in columns.items():
        whole, parts = rows(book, name), rows(book, name, by=by)
        for total in whole:
            here = [p for p in parts if p["month"] == total["month"]]
            assert len({p[by] for p in here}) == len(here)
            assert {c: sum(p[c] for p in here) for c in summed} == {c: total[c] for c in summed}
    for part in rows(book, "mrr_movements", by=by):
        assert sum(sign * part[column] for column, sign in BRIDGE.items()) == 0
    _gross_is_at_most_net(rows(book, "net_revenue_retention", by=by), rows(book, "gross_revenue_retention", by=by))


def _gross_is_at_most_net(net: Rows, gross: Rows) -> None:
    for n, g in zip(net, gross, strict=True):
        assert (n["rate"] is None) == (g["rate"] is None)
        if n["rate"] is not None:
            assert g["rate"] <= min(1, n["rate"])


def _diagonals_are_snapshots(book: Book) -> None:
    cells = rows(book, "cohort_retention")
    for stock in rows(book, "mrr"):
        month = parse_month(stock["month"])
        seen = [c for c in cells if parse_month(c["cohort"]) + c["age"] == month]
        assert sum(c["mrr_cents"] for c in seen) == stock["mrr_cents"]
        assert sum(c["customers"] for c in seen) == stock["customers"]


def _copy(small: Small, name: str, change: Callable[[Rows], Rows]) -> tuple[Rows, Rows]:
    """The company again under another name, as a segment, with its spans changed."""
    spans = [
        {**s, "customer_id": f"{name}/{s['customer_id']}", "subscription_id": f"{name}/{s['subscription_id']}"}
        for s in small.spans
    ]
    changed = change(spans)
    customers = sorted({s["customer_id"] for s in changed})
    return changed, [{"customer_id": c, "name": c, "segment": name} for c in customers]


def _as_it_is(spans: Rows) -> Rows:
    return spans


def _in_halves(spans: Rows) -> Rows:
    """Every item as two with half the quantity and half the discount."""
    return [
        {**s, "item_id": f"{s['item_id']}{part}", "quantity": "1", "discount_cents": s["discount_cents"] and 25}
        for s in spans
        for part in ("a", "b")
    ]


def _with_swaps(spans: Rows) -> Rows:
    """Every long span of an active item becomes two at one price: the second of another plan."""
    changed = []
    for s in spans:
        middle = s["valid_from"] + timedelta(days=15)
        if s["status"] != "active" or (s["valid_to"] and s["valid_to"] <= middle):
            changed.append(s)
        else:
            changed += [{**s, "valid_to": middle}, {**s, "valid_from": middle, "plan": "other"}]
    return changed


def _with_new_items(spans: Rows) -> Rows:
    """The same, where the second plan is an item of its own."""
    return [{**s, "item_id": f"{s['item_id']}-2"} if s["plan"] == "other" else s for s in _with_swaps(spans)]


def _with_outsiders(spans: Rows) -> Rows:
    """More customers, none of whom pays when the window opens."""
    base = {**spans[0], "status": "active", "usage": "licensed", "unit_amount_cents": 777, "quantity": "1"}
    opened = spans[0]["valid_from"].replace(year=2025, month=1, day=3)
    name = spans[0]["customer_id"].split("/")[0]
    late = [
        {**base, "customer_id": f"{name}/late{n}", "subscription_id": f"{name}/late{n}", "item_id": "x",
         "valid_from": opened, "valid_to": opened + timedelta(days=n) if n else None}
        for n in (0, 40, 90)
    ]  # fmt: skip
    return [*spans, *late]


CHANGES = {
    "halves": _in_halves,
    "swaps": _with_swaps,
    "new items": _with_new_items,
    "outsiders": _with_outsiders,
}


def _plain(small: Small) -> Small:
    """The company with quantities and discounts that can be halved and prices that need no rounding."""
    spans = [
        {**s, "quantity": "2", "discount_cents": s["discount_cents"] and 50, "interval_count": 1} for s in small.spans
    ]
    return small.having(subscription_span=spans)


@given(companies())
@settings(max_examples=4)
def test_what_must_not_matter_does_not(memory: Memory, small: Small) -> None:
    if not small.spans:
        return
    spans, customers = _copy(_plain(small), "as it is", _as_it_is)
    for name, change in CHANGES.items():
        more = _copy(_plain(small), name, change)
        spans, customers = [*spans, *more[0]], [*customers, *more[1]]
    book = small.having(subscription_span=spans, customer=customers).book(memory)
    for measure in RATES:
        question = {"months": WINDOW, "by": "segment", "first": OPENED + WINDOW, "last": OPENED + WINDOW}
        found = {r["segment"]: r for r in rows(book, measure, **question)}
        count = "opening_customers" if measure == "logo_churn" else "rate"
        for name in CHANGES if found else ():
            assert (found[name]["rate"], found[name][count]) == (found["as it is"]["rate"], found["as it is"][count])
    _movements_are_alike(book)
    memory.forget(book)


def _movements_are_alike(book: Book) -> None:
    moves: dict[str, set[Any]] = {name: set() for name in ("as it is", *CHANGES)}
    for move in book.run(book.tables.movement).dicts():
        name, customer = move["customer_id"].split("/")
        if not customer.startswith("late"):
            moves[name].add((customer, move["day"], move["kind"], move["base_e16"]))
    for name in CHANGES:
        assert moves[name] == moves["as it is"]


@given(companies(), st.randoms(use_true_random=False))
@settings(max_examples=4)
def test_constant_currency_does_not_know_later_rates_nor_the_order_of_rows(
    memory: Memory, small: Small, chance: Random
) -> None:
    early = [{"currency": c, "on_date": FIRST, "rate": "0.75"} for c in ("USD", "JPY", "KWD")]
    later = [{"currency": c, "on_date": AS_OF.replace(month=2, day=15), "rate": "7.5"} for c in ("USD", "JPY", "KWD")]
    mixed = chance.sample(small.spans, len(small.spans))
    one = small.having(fx_rate=early).book(memory)
    other = small.having(fx_rate=[*later, *early], subscription_span=mixed).book(memory)
    for measure in RATES:
        question = {"months": WINDOW, "first": OPENED + 2, "last": OPENED + WINDOW}
        assert rows(one, measure, **question) == rows(other, measure, **question)
    for book in (one, other):
        memory.forget(book)


@given(companies())
@settings(max_examples=5)
def test_constant_rates_make_no_exchange_rate_line(memory: Memory, small: Small) -> None:
    book = small.having(fx_rate=constant(small.tables["fx_rate"])).book(memory)
    assert {r["fx_cents"] for r in rows(book, "mrr_movements")} == {0}
    memory.forget(book)


@given(companies())
@settings(max_examples=2)
def test_the_more_discounts_count_the_less_is_paid(memory: Memory, small: Small) -> None:
    order: tuple[Any, ...] = ("all", "recurring_in_force", "forever_only", "none")
    books = [small.book(memory, policy=Policy(discounts=kind)) for kind in order]
    for book, following in pairwise(books):
        for less, more in zip(rows(book, "mrr"), rows(following, "mrr"), strict=True):
            assert less["mrr_cents"] <= more["mrr_cents"]
    for book in books:
        memory.forget(book)
