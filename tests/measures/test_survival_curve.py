"""The product-limit estimate against published tables and textbook rules, and intervals against published ones."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.intervals import wilson
from relevo.measures.revenue.survival import NEVER_LATE, kaplan_meier
from tests.measures.casebook import cases


def lives(times: list[int], events: list[int], entries: list[int] | None = None) -> Counter[tuple[int, int, int]]:
    entered = entries or [NEVER_LATE] * len(times)
    return Counter(zip(entered, times, events, strict=True))


def test_the_published_table_of_6_mp() -> None:
    case = cases()["SUR-001"]
    curve = kaplan_meier(lives(case["input"]["time"], case["input"]["event"]))
    steps = [p for p in curve if p.events]
    assert [p.time for p in steps] == case["expected"]["time"]
    assert [p.at_risk for p in steps] == case["expected"]["at_risk"]
    assert [p.survival for p in steps] == pytest.approx(case["expected"]["S"], abs=1e-6)
    # Interval on the log(-log) scale as R's survfit(conf.type = "log-log") prints it for this table.
    assert (steps[0].low, steps[0].high) == pytest.approx((0.620, 0.952), abs=5e-4)
    assert (steps[-1].low, steps[-1].high) == pytest.approx((0.188, 0.680), abs=5e-4)


def test_whoever_enters_late_is_at_risk_only_from_then_on() -> None:
    """Four customers seen from tenure 0, 0, 4 and 6; the ones seen later cannot have left before."""
    curve = kaplan_meier(lives([3, 8, 9, 10], [1, 1, 0, 1], [NEVER_LATE, NEVER_LATE, 4, 6]))
    at = {p.time: p for p in curve}
    assert (at[3].at_risk, at[4].at_risk, at[5].at_risk, at[7].at_risk) == (2, 1, 2, 3)
    assert at[3].survival == pytest.approx(1 / 2)
    assert at[8].survival == pytest.approx(1 / 2 * 2 / 3)
    assert at[10].survival == 0
    assert (at[10].low, at[10].high) == (None, None)
    naive = kaplan_meier(lives([3, 8, 9, 10], [1, 1, 0, 1]))
    assert naive[3].survival == pytest.approx(3 / 4)


def test_a_month_with_nobody_at_risk_leaves_the_curve_where_it_is() -> None:
    curve = kaplan_meier(lives([2, 7], [0, 1], [NEVER_LATE, 5]))
    assert [p.at_risk for p in curve] == [1, 1, 1, 0, 0, 0, 1, 1]
    assert [p.survival for p in curve] == [1, 1, 1, 1, 1, 1, 1, 0]


def test_events_come_before_censorings_and_leaving_at_once_counts() -> None:
    assert kaplan_meier(lives([6, 6], [1, 0]))[6].survival == 0.5
    assert kaplan_meier(lives([0, 1], [1, 0]))[0].survival == 0.5
    assert kaplan_meier({}) == []


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_without_censoring_it_is_the_share_still_there(times: list[int]) -> None:
    for point in kaplan_meier(lives(times, [1] * len(times))):
        assert point.survival == pytest.approx(float(Fraction(sum(t > point.time for t in times), len(times))))


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 1)), min_size=1, max_size=30))
def test_a_curve_only_falls_and_lies_in_its_interval(pairs: list[tuple[int, int]]) -> None:
    curve = kaplan_meier(lives([t for t, _ in pairs], [e for _, e in pairs]))
    assert all(a.survival >= b.survival for a, b in pairwise(curve))
    for point in curve:
        if point.low is not None and point.high is not None:
            assert 0 <= point.low <= point.survival <= point.high <= 1


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe 1998, table I, Wilson score method without continuity correction.
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)  # fmt: skip
def test_wilson_intervals_are_the_published_ones(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_no_interval_without_observations() -> None:
    assert wilson(0, 0) == (None, None)
