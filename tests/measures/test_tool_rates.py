"""Rates as other tools count them: sums of movements, chains of months, days; and rates over other lengths of time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.policy import Policy
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.revenue.annualising import (
    mean_lifetime,
    monthly_of_days,
    monthly_of_yearly,
    over,
    yearly_of_days,
    yearly_of_monthly,
)
from relevo.measures.revenue.trials import Trials, trial_conversion
from tests.making import span
from tests.measures.memory import Memory

FEBRUARY = parse_month("2025-02")
SEGMENTS = {"old": "a", "left": "a", "brief": "a", "back": "b", "up": "b"}
ROWS = [
    span("old", "2024-10-01", None, 1000),
    span("left", "2024-10-01", "2025-02-10", 500),
    span("brief", "2025-02-03", "2025-02-20", 300),
    span("back", "2024-10-01", "2024-12-01", 200),
    span("back", "2025-02-12", None, 250),
    span("up", "2024-10-01", "2025-01-15", 100),
    span("up", "2025-01-15", "2025-02-15", 400),
    span("up", "2025-02-15", None, 350),
    span("tried", "2025-01-01", "2025-02-01", 50, status="trialing"),
]


@pytest.fixture(scope="module")
def book() -> Book:
    customers = [{"customer_id": c, "name": c, "segment": s} for c, s in SEGMENTS.items()]
    return Memory().book({"subscription_span": ROWS, "customer": customers}, date(2025, 4, 30))


def row(book: Book, name: str, **policy: Any) -> dict[str, Any]:
    """The row of February under a policy on rates, which needs no other roll-ups."""
    (found,) = rows(book, name, Ask(first=FEBRUARY, last=FEBRUARY), **policy)
    return found


def rows(book: Book, name: str, question: Ask, **policy: Any) -> list[dict[str, Any]]:
    return list(ask(replace(book, policy=Policy(**policy)), name, question).rows)


@pytest.mark.parametrize(
    ("method", "lost", "rate"),
    # Opening 1900: old, left, up. February: churn 500 + 300, contraction 50, new 300, came back 250.
    [("cohort", 550, 550 / 1900), ("movement", 850, 850 / 1900), ("movement_with_reactivation", 600, 600 / 1900)],
)
def test_net_churn_by_method(book: Book, method: str, lost: int, rate: float) -> None:
    found = row(book, "net_mrr_churn", mrr_churn=method)
    assert (found["opening_cents"], found["lost_cents"]) == (1900, lost)
    assert found["rate"] == pytest.approx(rate, abs=1e-6)


@pytest.mark.parametrize(
    ("method", "lost", "rate"),
    [("opening_cohort", 1, 1 / 3), ("all_over_opening", 2, 2 / 3), ("all_over_opening_and_new", 2, 2 / 4),
     ("all_over_midpoint", 2, 2 / 2.5), ("sum_of_days", 2, 1 / 4 + 1 / 4)],
)  # fmt: skip
def test_logo_churn_by_method(book: Book, method: str, lost: int, rate: float) -> None:
    found = row(book, "logo_churn", logo_churn=method)
    assert (found["opening_customers"], found["lost"]) == (3, lost)
    assert found["rate"] == pytest.approx(rate, abs=1e-6)
    assert (found["low"] is None) == (method != "opening_cohort")


def test_logo_churn_by_days_and_slice(book: Book) -> None:
    question = Ask(first=FEBRUARY, last=FEBRUARY, by="segment")
    found = rows(book, "logo_churn", question, logo_churn="sum_of_days")
    # a: two of old, left, brief leave from three and from two; b keeps all.
    assert [(r["segment"], r["opening_customers"], r["lost"], r["rate"]) for r in found] == [
        ("a", 2, 2, pytest.approx(1 / 3 + 1 / 2, abs=1e-6)),
        ("b", 1, 0, 0.0),
    ]
    empty = rows(
        book, "logo_churn", Ask(first=parse_month("2024-09"), last=parse_month("2024-09")), logo_churn="sum_of_days"
    )
    assert [r["rate"] for r in empty] == [None]


@pytest.mark.parametrize(
    ("method", "net", "gross"),
    # Two months from the end of December: old 1000, left 500, up 100. January: up +300.
    [("cohort", 1350 / 1600, 1100 / 1600), ("movement", 1050 / 1600, 750 / 1600),
     ("chained", 1900 / 1600 * 1350 / 1900, 1600 / 1600 * 1350 / 1900)],
)  # fmt: skip
def test_retention_by_method(book: Book, method: str, net: float, gross: float) -> None:
    question = Ask(first=FEBRUARY, last=FEBRUARY, months=2)
    for name, rate in (("net_revenue_retention", net), ("gross_revenue_retention", gross)):
        (found,) = rows(book, name, question, nrr_method=method)
        assert (found["opening_cents"], found["customers"]) == (1600, 3)
        assert found["rate"] == pytest.approx(rate, abs=1e-6)


def test_a_chain_by_slice_and_one_that_is_broken(book: Book) -> None:
    question = Ask(first=FEBRUARY, last=FEBRUARY, months=2, by="segment")
    found = rows(book, "net_revenue_retention", question, nrr_method="chained")
    assert [(r["segment"], r["rate"]) for r in found] == [("a", pytest.approx(1000 / 1500, abs=1e-6)), ("b", 3.5)]
    before = parse_month("2024-11")
    (broken,) = rows(book, "net_revenue_retention", Ask(first=before, last=before, months=2), nrr_method="chained")
    assert (broken["opening_cents"], broken["rate"]) == (0, None)


def test_the_quick_ratio_with_and_without_those_who_came_back(book: Book) -> None:
    assert row(book, "quick_ratio")["ratio"] == pytest.approx(550 / 850, abs=1e-6)
    assert row(book, "quick_ratio", quick_ratio="without_reactivation")["ratio"] == pytest.approx(300 / 850, abs=1e-6)


def test_trials_that_never_convert_and_months_without_any(book: Book) -> None:
    found = trial_conversion(book, [FEBRUARY, FEBRUARY + 1])
    assert [(r["month"], r["ended"], r["converted"], r["rate"]) for r in found] == [
        ("2025-02", 1, 0, 0.0),
        ("2025-03", 0, 0, None),
    ]
    assert Trials(4, 3, 5).conversion(Policy(trial_conversion="rolling")) == 1.25


def test_a_rate_over_another_length_of_time() -> None:
    assert monthly_of_yearly(yearly_of_monthly(0.05)) == pytest.approx(0.05)
    assert yearly_of_monthly(0.08) == pytest.approx(0.632, abs=5e-4)
    assert yearly_of_days(0.1, 365) == pytest.approx(0.1)
    assert monthly_of_days(0.1, 90) == pytest.approx(monthly_of_yearly(yearly_of_days(0.1, 90)))
    assert yearly_of_monthly(-0.01) == pytest.approx(1 - 1.01**12)
    assert [over(rate, 12) for rate in (None, 1.2)] == [None, None]
    assert [mean_lifetime(rate) for rate in (None, 0, 1.5, 0.05)] == [None, None, None, 20]
