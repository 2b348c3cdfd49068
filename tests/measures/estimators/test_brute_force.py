"""The estimators against slow programs written another way."""

from itertools import pairwise
from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import betaln, hyp2f1
from scipy.stats import chi2, norm

from relevo.measures.estimators.chi_square import chi_square_tail, normal_two_sided
from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import cox
from relevo.measures.estimators.hazards import losses_of
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.estimators.survival import kaplan_meier, restricted_mean
from relevo.measures.estimators.ties import LISTED, tied_fractions
from tests.measures.estimators.lives import FEW, LIVES, Life, columns


@FEW
@given(LIVES)
def test_the_curve_one_life_at_a_time(lives: list[Life]) -> None:
    curve, survival, greenwood = kaplan_meier(*columns(lives)), 1.0, 0.0
    for place, t in enumerate(curve.times):
        risk = sum((x.entry < t or x.entry == 0) and t <= x.duration for x in lives)
        gone = sum(x.duration == t and x.event == 1 for x in lives)
        survival *= 1 - gone / risk
        greenwood += gone / (risk * (risk - gone)) if risk > gone else 0
        assert (curve.at_risk[place], curve.events[place]) == (risk, gone)
        assert curve.survival[place] == pytest.approx(survival)
        assert curve.greenwood[place] == pytest.approx(greenwood)


def test_the_variance_of_the_restricted_mean_by_its_double_sum() -> None:
    """Var = integral over u and v of S(u) S(v) G(min(u, v)), with G Greenwood's sum: on whole months a double sum."""
    durations, events = [1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 9], [1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0]
    curve = kaplan_meier(durations, events, times=range(10))
    s, g = curve.survival[:8], curve.greenwood[:8]
    double = sum(s[u] * s[v] * g[min(u, v)] for u in range(8) for v in range(8))
    assert restricted_mean(curve, 8).mean.standard_error ** 2 == pytest.approx(double)


@FEW
@given(LIVES)
def test_the_variance_of_an_incidence_term_by_term(lives: list[Life]) -> None:
    durations, events, n, entries = columns(lives)
    causes = [e * (1 + x.group % 2) for e, x in zip(events, lives, strict=True)]
    found = cumulative_incidence(durations, causes, n, entries)
    for cause in found.by_cause.values():
        for end in range(len(found.times)):
            total = 0.0
            for j in range(end + 1):
                y, d = found.at_risk[j], sum(c.events[j] for c in found.by_cause.values())
                gap, mine = cause.incidence[end] - cause.incidence[j], cause.events[j]
                total += gap**2 * d / (y * (y - d)) if y - d > 1e-9 else 0
                total += before(found.survival, j) ** 2 * mine * (y - mine) / y**3
                total -= 2 * gap * before(found.survival, j) * mine / y**2
            assert cause.variance[end] == pytest.approx(max(total, 0), abs=1e-9)


def before(survival: np.ndarray, place: int) -> float:
    """S just before a time."""
    return float(survival[place - 1]) if place else 1.0


def test_log_rank_by_every_split_of_the_events() -> None:
    """With one time of events the statistic's moments are those of drawing d events from two urns without return."""
    risk, mine, d = 12, 5, 4
    groups = {
        "a": Lives([1, 2], [1, 0], [3, mine - 3]),
        "b": Lives([1, 2], [1, 0], [d - 3, risk - mine - d + 3]),
    }
    chance = {k: comb(mine, k) * comb(risk - mine, d - k) / comb(risk, d) for k in range(d + 1)}
    mean = sum(k * p for k, p in chance.items())
    variance = sum((k - mean) ** 2 * p for k, p in chance.items())
    assert log_rank(groups).statistic == pytest.approx((3 - mean) ** 2 / variance)


def efron(at: np.ndarray, x: np.ndarray, lives: list[Life]) -> float:
    """Efron's log partial likelihood, one tied event after the other."""
    theta, total = np.exp(x @ at), 0.0
    for t in sorted({life.duration for life in lives if life.event}):
        risk = sum(theta[i] for i, a in enumerate(lives) if (a.entry < t or a.entry == 0) and t <= a.duration)
        dead = [i for i, a in enumerate(lives) if a.event and a.duration == t]
        tied = sum(theta[i] for i in dead)
        total += sum(float(x[i] @ at) for i in dead)
        total -= sum(log(risk - k / len(dead) * tied) for k in range(len(dead)))
    return total


def drawn_lives(seed: int, size: int) -> tuple[list[Life], np.ndarray]:
    draw = np.random.default_rng(seed)
    entries = draw.integers(0, 4, size)
    groups = draw.integers(0, 3, size)
    stay = 1 + draw.geometric(0.15 * 1.5 ** (groups == 1), size)
    lives = [Life(int(e), int(e + s), int(v), int(g)) for e, s, v, g in zip(
        entries, np.minimum(stay, 10), stay <= 10, groups, strict=True)]  # fmt: skip
    return lives, np.column_stack([groups == 1, groups == 2, draw.normal(size=size)]).astype(float)


@pytest.mark.parametrize("seed", [1, 2])
def test_efron_s_likelihood_maximised_by_another_program(seed: int) -> None:
    lives, x = drawn_lives(seed, 80)
    durations, events, n, entries = columns(lives)
    mine = cox(x, durations, events, n, entries)
    other = minimize(lambda at: -efron(at, x, lives), np.zeros(3), method="BFGS", options={"gtol": 1e-8})
    assert mine.log_likelihood == pytest.approx(-other.fun, abs=1e-7)
    assert [t.coefficient for t in mine.terms] == pytest.approx(list(other.x), abs=1e-5)
    assert mine.null_log_likelihood == pytest.approx(efron(np.zeros(3), x, lives))


@pytest.mark.parametrize("seed", [3])
def test_standard_errors_are_the_curvature_s(seed: int) -> None:
    lives, x = drawn_lives(seed, 60)
    durations, events, n, entries = columns(lives)
    mine = cox(x, durations, events, n, entries)
    at, step, size = np.array([t.coefficient for t in mine.terms]), 1e-3, 3
    curve = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            a, b = step * np.eye(size)[i], step * np.eye(size)[j]
            curve[i, j] = (
                efron(at + a + b, x, lives) - efron(at + a - b, x, lives)
                - efron(at - a + b, x, lives) + efron(at - a - b, x, lives)
            ) / (4 * step**2)  # fmt: skip
    assert mine.covariance == pytest.approx(np.linalg.inv(-curve), rel=1e-3, abs=1e-5)


@FEW
@given(st.integers(1, 60_000), st.floats(1, 50))
def test_a_few_fractions_sum_like_all_ties(d: int, wider: float) -> None:
    """Log, its derivative and its second derivative, also where everybody at risk leaves at once."""
    a = d * (1 + (wider - 1) / 10)
    u, w = tied_fractions(d)
    every = a - np.arange(d)
    assert u.size < 2 * LISTED + 12 * 16
    assert w @ np.log(a - d * u) == pytest.approx(np.log(every).sum(), rel=1e-13, abs=1e-10)
    assert w @ (1 / (a - d * u)) == pytest.approx((1 / every).sum(), rel=1e-12)
    assert w @ (u / (a - d * u) ** 2) == pytest.approx((np.arange(d) / d / every**2).sum(), rel=1e-12)


@pytest.mark.parametrize("active", [[1000, 631, 468, 382, 326], [50, 40, 34, 31, 29], [500, 300, 250, 230]])
def test_the_beta_geometric_likelihood_maximised_by_another_program(active: list[int]) -> None:
    def negative(at: np.ndarray) -> float:
        alpha, beta = np.exp(at)
        steps = [betaln(alpha + 1, beta + t) - betaln(alpha, beta) for t in range(len(active) - 1)]
        gone = [before - after for before, after in pairwise(active)]
        stayed = betaln(alpha, beta + len(active) - 1) - betaln(alpha, beta)
        return -float(np.dot(gone, steps) + active[-1] * stayed)

    other = minimize(negative, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-10})
    model = fit(*losses_of(active))
    assert model.log_likelihood == pytest.approx(-other.fun, abs=1e-6)
    assert (model.alpha, model.beta) == pytest.approx(tuple(np.exp(other.x)), rel=1e-4)
    alpha, beta = model.alpha, model.beta
    series = (beta + 1) / (alpha + beta + 1) * hyp2f1(1, beta + 2, alpha + beta + 2, 1 / 1.1)
    assert model.residual_lifetime(1, 0.1) == pytest.approx(series, abs=1e-6)


def test_the_model_s_interval_covers_what_the_likelihood_allows() -> None:
    """The delta method beside the profile: the ends of S(7) at which twice the log-likelihood falls by 3.84."""
    exposed, lost = losses_of([1000, 631, 468, 382, 326])
    model, inside = fit(exposed, lost), []
    n, d, ages = np.array(exposed), np.array(lost), np.arange(4.0)
    for mean in np.linspace(0.3, 0.45, 76):
        for spread in np.exp(np.linspace(-3, 1, 121)):
            h = mean / (1 + spread * ages)
            if 2 * (model.log_likelihood - (d @ np.log(h) + (n - d) @ np.log(1 - h))) < 3.841:
                inside.append(np.prod(1 - mean / (1 + spread * np.arange(7.0))))
    low, high = model.survival_bounds(7)
    assert (low[7], high[7]) == pytest.approx((min(inside), max(inside)), abs=0.01)


@FEW
@given(st.floats(0, 80), st.integers(1, 30))
def test_tail_probabilities(statistic: float, degrees: int) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(
        float(chi2.sf(statistic, degrees)), rel=1e-9, abs=1e-300
    )
    assert normal_two_sided(statistic / 10) == pytest.approx(2 * float(norm.sf(statistic / 10)), rel=1e-9)
    assert normal_two_sided(1.959963984540054) == pytest.approx(0.05)
    assert exp(-statistic / 2) == pytest.approx(chi_square_tail(statistic, 2))
