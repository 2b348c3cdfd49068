"""P11, counted in what customers live through: the premium tier keeps nobody, until a switch makes it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from relevo.sources.demo.cast import cast
from relevo.sources.demo.customers import draw_customers
from relevo.sources.demo.frame import frame
from relevo.sources.demo.lives import live
from relevo.sources.demo.service import served
from relevo.sources.demo.truths import p11_premium
from tests.sources.demo.conftest import ENDS_ON

CUSTOMERS = 20_000
YEAR = 365.25 * 86_400
MONTHS = 48
Counts = NDArray[np.float64]


def _years(company: str, seed: int, helps: bool) -> tuple[Counts, Counts]:
    """Departures and years of service without and with the tier (columns), by segment and month of age (rows).

    Years end when somebody leaves; those with the tier begin when they take it.
    """
    run = frame(CUSTOMERS, seed, ENDS_ON, company)
    run = replace(run, company=replace(run.company, premium_helps=helps))
    people = cast(run)
    buyers = draw_customers(run, people)
    lives = served(run, live(run, people, buyers).stretches)
    first = lives.life == 0
    who, start, stop, leaves = lives.who[first], lives.start[first], lives.stop[first], lives.leaves[first] == 1
    taken = p11_premium.premium_from(run, buyers)[who]
    taken = np.where(taken >= 0, taken, np.iinfo(np.int64).max)
    left, years = np.zeros((3 * MONTHS, 2)), np.zeros((3 * MONTHS, 2))
    for age in range(MONTHS):
        low, high = start + (age - 0.5) * YEAR / 12, start + (age + 0.5) * YEAR / 12
        row = buyers.segment[who] * MONTHS + age
        for tier, (a, b) in enumerate(((start, np.minimum(stop, taken)), (np.maximum(start, taken), stop))):
            inside = np.clip(np.minimum(b, high) - np.maximum(a, low), 0, None)
            gone = leaves & (stop > low) & (stop <= high) & ((stop > taken) == (tier == 1))
            np.add.at(years[:, tier], row, inside / YEAR)
            np.add.at(left[:, tier], row, gone)
    return left, years


def _naive(left: Counts, years: Counts) -> float:
    """Departures a year with the tier less those without, whoever they are."""
    rate = left.sum(axis=0) / years.sum(axis=0)
    return float(rate[1] - rate[0])


def _matched(left: Counts, years: Counts) -> tuple[float, float]:
    """The same among customers of one segment and age, weighed as those with the tier; and its standard error."""
    known = (years > 2).all(axis=1)
    left, years = left[known], years[known]
    weight = years[:, 1] / years[:, 1].sum()
    gap = (left[:, 1] / years[:, 1] - left[:, 0] / years[:, 0]) * weight
    error = np.sqrt((weight**2 * (left / years**2).sum(axis=1)).sum())
    return float(gap.sum()), float(error)


@pytest.mark.parametrize("seed", [20260101, 5])
class TestThePremiumTier:
    def test_who_has_it_leaves_far_less_often_but_not_among_their_like(self, seed: int) -> None:
        left, years = _years("norte", seed, helps=False)
        gap, error = _matched(left, years)
        assert years[:, 1].sum() > 1_000
        assert _naive(left, years) < -0.035
        assert error < 0.013
        assert abs(gap) < 3 * error

    def test_where_it_helps_four_in_a_hundred_fewer_leave_in_a_year(self, seed: int) -> None:
        without, _ = _matched(*_years("norte", seed, helps=False))
        gap, error = _matched(*_years("norte", seed, helps=True))
        assert p11_premium.HELPS == 0.04
        assert gap - without == pytest.approx(-0.04, abs=3 * error)
        assert gap < -2 * error

    def test_in_the_silent_company_nobody_differs(self, seed: int) -> None:
        left, years = _years("silent", seed, helps=False)
        gap, error = _matched(left, years)
        assert abs(gap) < 3 * error
        assert abs(_naive(left, years)) < 0.025
