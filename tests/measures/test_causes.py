"""Why a rate changed, read off the neighbouring spans where the source does not say."""

from pathlib import Path
from typing import Any

import pytest

from relevo.book.policy import profile
from relevo.measures.asking import ask
from tests.making import make_book, span

DAY = "2025-03-10"
OTHERS: dict[str, dict[str, Any]] = {
    "trial": {"before": {"status": "trialing"}, "says": ("new", None)},
    "seats": {"after": {"quantity": 3}, "says": ("expansion", "seats")},
    "plan": {"after": {"plan": "big", "unit_amount_cents": 15000}, "says": ("expansion", "plan")},
    "price": {"after": {"unit_amount_cents": 11000}, "says": ("expansion", "price_increase")},
    "cheaper": {"after": {"unit_amount_cents": 9000}, "says": ("contraction", "price_decrease")},
    "period": {
        "after": {"unit_amount_cents": 100000, "interval_unit": "year"},
        "says": ("contraction", "billing_period_change"),
    },
    "discount": {"after": {"discount_cents": 1000}, "says": ("contraction", "discount_start")},
    "discount over": {"before": {"discount_cents": 1000}, "says": ("expansion", "discount_end")},
    "stated": {
        "after": {"unit_amount_cents": 11000, "cause": "contracted_ramp"},
        "says": ("expansion", "contracted_ramp"),
    },
    "pause": {"after": {"status": "paused"}, "says": ("churn", "pause")},
    "unpaid": {"after": {"status": "unpaid"}, "says": ("churn", "delinquent")},
    "ended": {"after": {"status": "canceled"}, "says": ("churn", "cancel")},
    "free": {"after": {"unit_amount_cents": 0}, "says": ("churn", "free_plan")},
    "given away": {"after": {"discount_cents": 10000}, "says": ("churn", "discount_100")},
}  # fmt: skip


# Items of which one ends and others begin on the day: what begins then, and what is said of the day.
SWAPS: dict[str, tuple[list[dict[str, Any]], tuple[str, str | None]]] = {
    "smaller by far": ([{"unit_amount_cents": 1000}], ("contraction", "plan")),
    "larger by far": ([{"unit_amount_cents": 90000}], ("expansion", "plan")),
    "to years": ([{"unit_amount_cents": 100000, "interval_unit": "year"}], ("contraction", "billing_period_change")),
    "stated twice": (
        [
            {"unit_amount_cents": 6000, "cause": "add_on", "item_id": "b"},
            {"unit_amount_cents": 5000, "cause": "contracted_ramp", "item_id": "a"},
        ],
        ("expansion", "contracted_ramp"),
    ),
}

# What each of three items costs before and after the day, in cents; the change of the most money tells the cause.
MOVED: dict[str, tuple[dict[str, tuple[int, dict[str, Any]]], tuple[str, str | None]]] = {
    "price most": (
        {"a": (10000, {"unit_amount_cents": 30000}), "b": (1000, {"quantity": 2}), "c": (5000, {})},
        ("expansion", "price_increase"),
    ),
    "seats most": (
        {"a": (10000, {"unit_amount_cents": 10500}), "b": (9000, {"quantity": 2}), "c": (5000, {"quantity": 2})},
        ("expansion", "seats"),
    ),
    "dearer, fewer": (
        {"a": (10000, {"unit_amount_cents": 30000}), "b": (1000, {"quantity": 2}), "c": (9000, {"plan": "z"})},
        ("expansion", "price_increase"),
    ),
    "cheaper most": (
        {"a": (10000, {"unit_amount_cents": 2000}), "b": (10000, {"discount_cents": 100}), "c": (900, {"quantity": 2})},
        ("contraction", "price_decrease"),
    ),
    "discount most": (
        {"a": (10000, {"unit_amount_cents": 9900}), "b": (9000, {"discount_cents": 5000}), "c": (900, {"quantity": 2})},
        ("contraction", "discount_start"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str | None]]:
    """Per customer the kind and cause of its movement of the day."""
    spans = []
    for name, case in OTHERS.items():
        spans.append(span(name, "2025-01-01", DAY, 10000, plan="small", **case.get("before", {})))
        spans.append(
            span(name, DAY, None, 10000, **{"plan": "small", "unit_amount_cents": 10000, **case.get("after", {})})
        )
    for name, status in (("back", "paused"), ("recovered", "unpaid")):
        spans += [
            span(name, "2025-01-01", "2025-02-01", 10000),
            span(name, "2025-02-01", DAY, 10000, status=status),
            span(name, DAY, None, 10000),
        ]
    for name, (begins, _) in SWAPS.items():
        spans.append(span(name, "2025-01-01", DAY, 10000, item_id="ends"))
        spans += [span(name, DAY, None, 0, **{"item_id": "begins", **each}) for each in begins]
    for name, (items, _) in MOVED.items():
        for item, (cents, change) in items.items():
            spans.append(span(name, "2025-01-01", DAY, cents, item_id=item))
            spans.append(span(name, DAY, None, **{"cents": cents, "item_id": item, **change}))
    for item in ("kept", "one", "other"):
        spans.append(span("two more", DAY if item != "kept" else "2025-01-01", None, 10000, item_id=item))
        spans.append(span("two fewer", "2025-01-01", DAY if item != "kept" else None, 10000, item_id=item))
    book = make_book(tmp_path_factory.mktemp("causes"), {"subscription_span": spans}, "2025-03-31")
    rows = [r for r in ask(book, "movement_log").rows if str(r["at"]) == DAY]
    return {r["customer_id"]: (r["kind"], r["cause"]) for r in rows}


@pytest.mark.parametrize("name", list(OTHERS))
def test_the_cause_is_read_off_the_spans(last: dict[str, tuple[str, str | None]], name: str) -> None:
    assert last[name] == OTHERS[name]["says"]


def test_who_comes_back_from_a_pause_resumes(last: dict[str, tuple[str, str | None]]) -> None:
    assert last["back"] == ("reactivation", "resume")


def test_who_comes_back_from_not_paying_has_no_cause(last: dict[str, tuple[str, str | None]]) -> None:
    assert last["recovered"] == ("reactivation", None)


def test_items_that_only_begin_or_only_end_are_no_swap(last: dict[str, tuple[str, str | None]]) -> None:
    assert last["two more"] == ("expansion", "add_on")
    assert last["two fewer"] == ("contraction", "cancel")


@pytest.mark.parametrize("name", list(SWAPS))
def test_items_swapped_on_one_day_are_a_change_of_plan_unless_it_is_stated(
    last: dict[str, tuple[str, str | None]], name: str
) -> None:
    assert last[name] == SWAPS[name][1]


@pytest.mark.parametrize("name", list(MOVED))
def test_of_several_items_the_largest_change_tells_the_cause(
    last: dict[str, tuple[str, str | None]], name: str
) -> None:
    assert last[name] == MOVED[name][1]


@pytest.mark.parametrize("tool", ["chartmogul", "recurly"])
def test_who_was_counted_while_unpaid_and_comes_back_dearer_has_the_cause_of_the_price(
    tmp_path: Path, tool: str
) -> None:
    spans = [
        span("A", "2025-01-01", "2025-02-01", 10000),
        span("A", "2025-02-01", DAY, 10000, status="unpaid"),
        span("A", DAY, None, 12000),
    ]
    book = make_book(tmp_path, {"subscription_span": spans}, "2025-03-31").at(policy=profile(tool))
    moved = [(r["kind"], r["cause"]) for r in ask(book, "movement_log").rows if str(r["at"]) == DAY]
    assert moved == [("expansion", "price_increase")]
