"""Load before it hurts: the gauge turns red, and overloaded weeks are marked and told apart from others."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from relevo.insight.talks.pressure import contrast, gauges, pressure
from relevo.insight.talks.stretches import Stretch

CALM = Stretch(
    begins_on=date(2026, 1, 5), days=7, conversations=60, arriving=900.0, spent=900.0, helped=30, people=3,
    available=1500.0, touches=4, is_over=True,
)  # fmt: skip


def week(number: int, **more: object) -> Stretch:
    return replace(CALM, begins_on=CALM.begins_on + timedelta(days=7 * number), **more)


def test_the_gauge_turns_red_when_customers_double() -> None:
    """Row S0-10: 60 % of the hours are asked for; twice the customers with the same people ask for 120 %.

    Nothing else moved: no customer waits longer yet.
    """
    now, _, doubled = gauges([CALM, CALM, replace(CALM, arriving=1800.0)], [300, 300, 600])
    assert (now.level, now.month.utilisation, now.customers_per_person) == ("calm", 0.6, 100)
    assert (doubled.level, doubled.month.utilisation, doubled.customers_per_person) == ("over", 1.2, 200)


def test_the_gauge_turns_where_replies_are_a_small_part_of_a_shift() -> None:
    """6 % of the hours are asked for, then 8 %, 9.6 % and 12 %: 1, 4/3, 1.6 and twice the usual."""
    months = [replace(CALM, arriving=90.0)] * 4 + [replace(CALM, arriving=n) for n in (120.0, 144.0, 180.0)]
    found = gauges(months, [300] * 7)
    assert [each.level for each in found] == ["calm"] * 4 + ["tight", "over", "over"]
    assert [each.against_usual for each in found[4:]] == [pytest.approx(4 / 3), pytest.approx(1.6), 2]
    # By people where no shifts are known.
    assert [each.level for each in gauges([replace(m, available=None) for m in months], [300] * 7)][3:5] == [
        "calm", "tight",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arriving", "available", "level"),
    [(850, 1000, "calm"), (851, 1000, "tight"), (1000, 1000, "tight"), (1001, 1000, "over"), (10, None, "calm")],
)
def test_levels(arriving: float, available: float | None, level: str | None) -> None:
    (found,) = gauges([replace(CALM, arriving=arriving, available=available)], [1])
    assert found.level == level


def test_nobody_replied() -> None:
    (found,) = gauges([replace(CALM, people=0, available=None)], [10])
    assert (found.customers_per_person, found.against_usual, found.level) == (None, None, None)


def test_planted_overload_is_marked_and_told_apart() -> None:
    """Row S0-43: every fourth week brings more than 85 % of the hours, and customers get 20 minutes for 30."""
    weeks = [week(k, arriving=1300.0, spent=600.0 + k) if k % 4 == 3 else week(k, spent=900.0 + k) for k in range(24)]
    found = pressure([*weeks, week(24, is_over=False)])
    assert [k for k, each in enumerate(found.weeks) if each.is_overloaded] == [3, 7, 11, 15, 19, 23]
    assert found.by_shifts
    assert (found.contrast.overloaded, found.contrast.others) == (6, 18)
    assert found.contrast.difference == pytest.approx(-10, abs=0.2)
    assert found.contrast.high is not None
    assert found.contrast.high < 0
    # Where every week is as full, none stands out beside the others, and the hours alone say it: 85 % and above.
    for arriving, is_overloaded in ((1275.0, False), (1276.0, True)):
        alike = pressure([week(k, arriving=arriving) for k in range(4)])
        assert {each.is_overloaded for each in alike.weeks} == {is_overloaded}


def test_without_shifts_a_week_is_held_against_the_usual_one() -> None:
    weeks = [week(k, available=None, arriving=1200.0 if k == 2 else 900.0) for k in range(6)]
    found = pressure([*weeks, week(6, available=None, people=0)])
    assert [each.is_overloaded for each in found.weeks] == [False, False, True, False, False, False, False]
    assert not found.by_shifts
    assert (found.contrast.overloaded, found.contrast.difference) == (1, None)
    assert pressure([]).weeks == ()


def test_the_interval_is_welchs() -> None:
    draw = np.random.default_rng(3)
    a, b = draw.normal(20, 4, 7), draw.normal(30, 9, 12)
    found, known = contrast(a.tolist(), b.tolist()), stats.ttest_ind(a, b, equal_var=False)
    assert found.difference == pytest.approx(a.mean() - b.mean())
    wanted = known.confidence_interval()
    # Degrees of freedom are rounded down: the interval is a little wider.
    assert found.low == pytest.approx(wanted.low, rel=0.02)
    assert found.high == pytest.approx(wanted.high, rel=0.02)
    assert found.low <= wanted.low


def test_weeks_alike_have_no_spread() -> None:
    found = contrast([20.0, 20.0], [30.0, 30.0])
    assert (found.difference, found.low, found.high) == (-10, -10, -10)
    assert contrast([], []).with_overload is None
