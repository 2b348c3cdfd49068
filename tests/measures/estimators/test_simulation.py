"""Bias, coverage and false alarms over many drawn companies; each bound leaves chance four standard errors."""

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chain_ladder import chain_ladder
from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import cox
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.estimators.survival import kaplan_meier, restricted_mean

pytestmark = pytest.mark.sims
RUNS = 1500
Draws = np.random.Generator
Ints = NDArray[np.int64]


def near(share: float, wanted: float, runs: int = RUNS, slack: float = 0.0) -> bool:
    """Whether a share of runs is the wanted one but for chance and a slack that a comment explains."""
    return abs(share - wanted) <= 4 * sqrt(wanted * (1 - wanted) / runs) + slack


def lives(draw: Draws, hazard: float | NDArray[np.float64], size: int, late: bool = False) -> tuple[Ints, Ints, Ints]:
    """Months to the end, events and entries; those seen late are drawn until one is still there at its entry."""
    entries = draw.integers(1, 10, size) * (draw.random(size) < 0.5) if late else np.zeros(size, dtype=np.int64)
    left = entries + draw.geometric(hazard, size)
    seen = entries + draw.integers(1, 30, size)
    return np.minimum(left, seen), (left <= seen).astype(np.int64), entries


@pytest.mark.parametrize("late", [False, True])
def test_the_curve_is_unbiased_and_its_band_covers(late: bool) -> None:
    draw, at, covered = np.random.default_rng(1), [], 0
    for _ in range(RUNS):
        durations, events, entries = lives(draw, 0.05, 150, late)
        curve = kaplan_meier(durations, events, entries=entries)
        (low,), (high,) = curve.bounds_at([12])
        at.append(float(curve.at([12])[0]))
        covered += bool(low <= 0.95**12 <= high)
    assert np.mean(at) == pytest.approx(0.95**12, abs=4 * np.std(at) / sqrt(RUNS))
    # The band is an approximation for large numbers; with 150 it misses by less than a point and a half.
    assert near(covered / RUNS, 0.95, slack=0.015)


def test_the_restricted_mean_is_unbiased_and_its_interval_covers() -> None:
    draw, found = np.random.default_rng(2), []
    wanted = sum(0.95**m for m in range(18))
    for _ in range(RUNS):
        durations, events, _ = lives(draw, 0.05, 150)
        found.append(restricted_mean(kaplan_meier(durations, events), 18).mean)
    assert np.mean([m.value for m in found]) == pytest.approx(wanted, abs=0.1)
    assert np.mean([m.standard_error for m in found]) == pytest.approx(np.std([m.value for m in found]), rel=0.08)
    assert near(float(np.mean([m.low <= wanted <= m.high for m in found])), 0.95, slack=0.015)


def test_an_incidence_is_unbiased_and_its_band_covers() -> None:
    draw, at, covered = np.random.default_rng(3), [], 0
    wanted = 0.04 / 0.06 * (1 - 0.94**12)
    for _ in range(RUNS):
        durations, events, _ = lives(draw, 0.06, 200)
        causes = events * np.where(draw.random(200) < 2 / 3, 1, 2)
        one = cumulative_incidence(durations, causes).by_cause[1]
        place = int(np.searchsorted(one.times, 12, side="right")) - 1
        at.append(float(one.incidence[place]))
        covered += bool(one.low[place] <= wanted <= one.high[place])
    assert np.mean(at) == pytest.approx(wanted, abs=4 * np.std(at) / sqrt(RUNS))
    assert near(covered / RUNS, 0.95, slack=0.015)


def test_false_alarms_of_the_log_rank_test_and_of_cox() -> None:
    """Three groups that leave alike: one test in twenty says otherwise, for the test and for the ratio test."""
    draw, alarms = np.random.default_rng(4), np.zeros(3)
    for _ in range(RUNS):
        durations, events, entries = lives(draw, 0.06, 180, late=True)
        group = draw.integers(0, 3, 180)
        tested = log_rank({g: Lives(durations[group == g], events[group == g], None, entries[group == g])
                           for g in range(3)})  # fmt: skip
        model = cox(np.column_stack([group == 1, group == 2]), durations, events, entries=entries)
        alarms += [(tested.p or 1) < 0.05, model.ratio_p < 0.05, model.terms[0].p < 0.05]
    # Ties of whole months and Wald's normal approximation: within a point.
    assert all(near(share, 0.05, slack=0.01) for share in alarms / RUNS), alarms / RUNS


def test_a_planted_hazard_ratio_is_found_and_its_interval_covers() -> None:
    """Two in whole months: the continuous ratio is that of the logarithms of what stays."""
    draw, found = np.random.default_rng(5), []
    wanted = float(np.log(-np.log(0.94) / -np.log(0.97)))
    for _ in range(RUNS):
        fast = draw.random(300) < 0.5
        exact = draw.exponential(1 / np.where(fast, -np.log(0.94), -np.log(0.97)))
        seen = draw.uniform(1, 40, 300)
        model = cox(fast[:, None], np.minimum(exact, seen), exact <= seen)
        found.append((model.terms[0].coefficient, np.log(model.terms[0].low), np.log(model.terms[0].high)))
    values, low, high = np.array(found).T
    assert values.mean() == pytest.approx(wanted, abs=4 * values.std() / sqrt(RUNS) + 0.01)
    assert near(float(((low <= wanted) & (wanted <= high)).mean()), 0.95, slack=0.01)


def test_the_projection_is_unbiased_and_its_interval_covers() -> None:
    """1000 customers with unlike coins, seen for five renewals, projected to the tenth."""
    draw, at, covered, fitted = np.random.default_rng(6), [], 0, 0
    alpha, beta = 0.8, 2.5
    wanted = float(np.prod([(beta + t) / (alpha + beta + t) for t in range(10)]))
    for _ in range(RUNS):
        left = draw.geometric(draw.beta(alpha, beta, 1000))
        exposed = [int((left >= k).sum()) for k in range(1, 6)]
        try:
            model = fit(exposed, [int((left == k).sum()) for k in range(1, 6)])
        except DataRefused:
            continue
        low, high = model.survival_bounds(10)
        fitted += 1
        at.append(float(model.survival(10)[10]))
        covered += bool(low[10] <= wanted <= high[10])
    assert fitted == RUNS
    assert np.mean(at) == pytest.approx(wanted, abs=0.01)
    assert near(covered / fitted, 0.95, slack=0.015)


@pytest.mark.parametrize(("counts", "at_least"), [(True, 0.93), (False, 0.85)])
def test_the_chain_ladder_s_interval_covers_what_comes(counts: bool, at_least: float) -> None:
    """Twelve cohorts of 200 that leave at one pace, one projected from age 5 to 11, beside what then came.

    Mack's sigma of the last steps rests on two or three cohorts: without the floor for counts nine in ten are
    covered, with it 97 in 100.
    """
    draw, inside, misses = np.random.default_rng(7), 0, []
    for _ in range(RUNS):
        grown = np.full((12, 12), 200)
        for age in range(1, 12):
            grown[:, age] = draw.binomial(grown[:, age - 1], 0.95)
        seen = [[int(n) for n in row[: 12 - place]] for place, row in enumerate(grown)]
        projected = chain_ladder(seen, counts=counts).cohorts[6][11]
        assert projected.amount is not None
        assert projected.standard_error is not None
        misses.append(projected.amount - grown[6, 11])
        inside += bool(abs(misses[-1]) <= 1.96 * projected.standard_error)
    assert np.mean(misses) == pytest.approx(0, abs=4 * np.std(misses) / sqrt(RUNS))
    assert at_least <= inside / RUNS <= 0.98, inside / RUNS
