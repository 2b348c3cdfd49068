"""The curve of a book by month of tenure, against printed tables and textbook rules; intervals of shares."""

import numpy as np
import pytest

from relevo.measures.estimators.survival import SurvivalCurve
from relevo.measures.intervals import wilson
from relevo.measures.revenue.survival import NEVER_LATE, curve_by_month
from tests.measures.casebook import cases


def curve(times: list[int], events: list[int], entries: list[int] | None = None) -> SurvivalCurve:
    return curve_by_month(times, events, [1] * len(times), entries or [NEVER_LATE] * len(times))


def test_the_published_band_of_6_mp() -> None:
    case = cases()["SUR-001"]
    found = curve(case["input"]["time"], case["input"]["event"])
    steps = np.flatnonzero(found.events)
    assert found.times.tolist() == list(range(36))
    assert found.times[steps].tolist() == case["expected"]["time"]
    # Interval on the log(-log) scale as R's survfit(conf.type = "log-log") prints it for this table.
    assert (found.low[steps[0]], found.high[steps[0]]) == pytest.approx((0.620, 0.952), abs=5e-4)
    assert (found.low[steps[-1]], found.high[steps[-1]]) == pytest.approx((0.188, 0.680), abs=5e-4)


def test_whoever_enters_late_is_at_risk_only_from_then_on() -> None:
    """Four customers seen from tenure 0, 0, 4 and 6; the ones seen later cannot have left before."""
    found = curve([3, 8, 9, 10], [1, 1, 0, 1], [NEVER_LATE, NEVER_LATE, 4, 6])
    assert found.at_risk[[3, 4, 5, 7]].tolist() == [2, 1, 2, 3]
    assert found.survival[3] == pytest.approx(1 / 2)
    assert found.survival[8] == pytest.approx(1 / 2 * 2 / 3)
    assert found.survival[10] == 0
    assert np.isnan([found.low[10], found.high[10]]).all()
    assert curve([3, 8, 9, 10], [1, 1, 0, 1]).survival[3] == pytest.approx(3 / 4)


def test_a_month_with_nobody_at_risk_leaves_the_curve_where_it_is() -> None:
    found = curve([2, 7], [0, 1], [NEVER_LATE, 5])
    assert found.at_risk.tolist() == [1, 1, 1, 0, 0, 0, 1, 1]
    assert found.survival.tolist() == [1, 1, 1, 1, 1, 1, 1, 0]


def test_events_come_before_censorings_and_leaving_at_once_counts() -> None:
    assert curve([6, 6], [1, 0]).survival[6] == 0.5
    assert curve([0, 1], [1, 0]).survival[0] == 0.5
    assert curve([], []).times.size == 0


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
