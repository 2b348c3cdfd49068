"""Hazards by tenure and factors per group: counted by hand, pulled to the company, equal under relabelling."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.revenue.leaving import (
    CELLS,
    PRIOR_EVENTS,
    Exposure,
    cell_of,
    chance,
    exposure,
    factors,
    hazards,
)


def flat(at_risk: float, events: float, cell: int = 1) -> Exposure:
    """An exposure with everything in one cell."""
    n, d = np.zeros(CELLS), np.zeros(CELLS)
    n[cell], d[cell] = at_risk, events
    return Exposure(n, d)


def test_months_of_later_years_share_the_cell_of_their_month() -> None:
    assert [cell_of(t) for t in (0, 12, 24, 36)] == [0, 12, 24, 36]
    assert [cell_of(t) for t in (37, 48, 60, 61)] == [25, 36, 36, 25]
    assert {cell_of(t) for t in range(200)} == set(range(CELLS))


def test_whoever_entered_late_is_at_risk_from_then_on() -> None:
    """Two seen from the beginning, one that entered at tenure 4 and left at 6, one that left before it was seen."""
    seen = exposure({(-1, 2, 1): 1, (-1, 5, 0): 1, (4, 6, 1): 1, (6, 6, 1): 1})
    assert seen.at_risk[:8].tolist() == [2, 2, 2, 1, 1, 2, 1, 0]
    assert seen.events[:8].tolist() == [0, 0, 1, 0, 0, 0, 1, 0]


def test_a_hazard_is_losses_over_exposures_with_half_an_event_of_the_overall_rate() -> None:
    company = hazards(flat(100, 10))
    assert company is not None
    assert company.mean[1] == pytest.approx((10 + PRIOR_EVENTS) / (100 + PRIOR_EVENTS / 0.1))
    assert company.mean[30] == pytest.approx(0.1)
    assert hazards(flat(0, 0)) is None


def test_nobody_left_yet_is_not_a_hazard_of_nothing() -> None:
    company = hazards(flat(50, 0))
    assert company is not None
    assert 0 < company.mean[1] < 0.02


def test_a_small_group_is_near_the_company_and_a_large_one_near_itself() -> None:
    company = hazards(flat(10000, 500))
    assert company is not None
    small, large, usual = factors([flat(20, 3), flat(4000, 600), flat(5980, 100)], company)
    assert small.events / small.expected == pytest.approx(3.0, rel=0.05)
    assert 1 < small.mean < small.events / small.expected
    assert abs(large.mean - large.events / large.expected) < 0.1
    assert usual.mean < 1


def test_groups_that_are_alike_are_all_the_company() -> None:
    company = hazards(flat(10000, 500))
    assert company is not None
    found = factors([flat(2500, 125)] * 4, company)
    assert [f.mean for f in found] == pytest.approx([1.0] * 4, abs=0.01)
    assert factors([flat(100, 50)], company)[0].mean == pytest.approx(1.0, abs=0.01)


def test_the_chance_within_months_is_one_minus_the_product() -> None:
    monthly = np.full(CELLS, 0.1)
    assert chance(monthly, 1.0, 0, 3) == pytest.approx(1 - 0.9**3)
    assert chance(monthly, 2.0, 40, 2) == pytest.approx(1 - 0.8**2)
    assert chance(monthly, 20.0, 5, 1) == 1


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 20)), min_size=2, max_size=5), st.randoms())
def test_the_order_of_groups_does_not_matter(pairs: list[tuple[int, int]], random: Random) -> None:
    groups = [flat(n, min(n, d)) for n, d in pairs]
    company = hazards(flat(sum(n for n, _ in pairs), max(sum(min(n, d) for n, d in pairs), 1)))
    assert company is not None
    order = list(range(len(groups)))
    random.shuffle(order)
    straight = [f.mean for f in factors(groups, company)]
    mixed = [f.mean for f in factors([groups[i] for i in order], company)]
    assert mixed == pytest.approx([straight[i] for i in order])
