"""The logistic hazard: a two by two table by hand, statsmodels' and Firth's answers found otherwise, and laws."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from relevo.base.errors import DataRefused
from relevo.measures.estimators.levels import held_equal, told
from relevo.measures.estimators.logistic import Contrast, against_average, contrast, logistic, standardised
from tests.measures.estimators.lives import FEW

CASES = {c["id"]: c for c in json.loads((Path(__file__).parents[2] / "cases" / "support.json").read_text())["cases"]}


def test_a_two_by_two_table_is_told_as_by_hand() -> None:
    """40 of 1000 with, 20 of 1000 without: ratio 2; Var log ratio 1/40 - 1/1000 + 1/20 - 1/1000 = 0.073."""
    columns, n, events = [[1.0], [0.0]], [1000, 1000], [40, 20]
    fit = logistic(columns, n, events)
    assert fit.coefficients == pytest.approx([np.log(20 / 980), np.log((40 / 960) / (20 / 980))])
    found = contrast(fit, columns, n, events, 0)
    half = 1.959963984540054 * np.sqrt(0.073)
    assert (found.n, found.events) == (1000, 40)
    assert found.expected == pytest.approx(20)
    assert (found.ratio, found.low, found.high) == pytest.approx((2.0, 2 * np.exp(-half), 2 * np.exp(half)))
    assert fit.chances(columns) == pytest.approx([0.04, 0.02])
    assert not fit.is_penalised


def test_what_is_held_equal_takes_a_difference_of_mix_away() -> None:
    """Small ones leave 10 %, large ones 2 %, contact or not; nine in ten of those in contact are small."""
    columns = np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=float)  # contact, small
    n, events = np.array([900, 100, 1000, 9000]), np.array([90, 2, 100, 180])
    raw = (92 / 1000) / (280 / 10000)
    found = contrast(logistic(columns, n, events), columns, n, events, 0)
    assert raw == pytest.approx(3.2857, abs=1e-4)
    assert found.ratio == pytest.approx(1.0, abs=1e-6)
    assert found.expected == pytest.approx(92, abs=1e-4)


def test_the_means_of_everybody_with_and_without_a_level() -> None:
    """The same company: without and with contact 10 % of the 1900 small and 2 % of the 9100 large leave."""
    columns = np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=float)
    n, events = np.array([900, 100, 1000, 9000]), np.array([90, 2, 100, 180])
    without, having = standardised(logistic(columns, n, events), columns, n, [0])
    wanted = (1900 * 0.1 + 9100 * 0.02) / 11000
    assert (without.value, having.value) == pytest.approx((wanted, wanted), abs=1e-7)
    assert having.low < wanted < having.high
    assert having.standard_error > without.standard_error


def test_each_group_is_held_against_the_average_group() -> None:
    """10 % of 1000 and 2 % of 3000: the average group loses 4 % of anybody, so 40 and 120 are expected."""
    columns, n, events = np.array([[1.0], [0.0]]), [1000, 3000], [100, 60]
    fit = logistic(columns, n, events)
    one, other = against_average(fit, columns, n, events, [0], 0), against_average(fit, columns, n, events, [0], -1)
    assert (one.events, one.expected, one.ratio) == (100, pytest.approx(40), pytest.approx(2.5))
    assert (other.events, other.expected, other.ratio) == (60, pytest.approx(120), pytest.approx(0.5))
    assert 1 < (one.low or 0) < 2.5 < (one.high or 0)
    turned = against_average(logistic(1 - columns, n, events), 1 - columns, n, events, [0], 0)
    assert (turned.ratio, turned.low) == (pytest.approx(0.5), pytest.approx(other.low))


def test_a_group_that_another_column_says_too_is_not_told_against_the_average() -> None:
    columns, n, events = np.array([[1.0, 1.0], [0.0, 0.0]]), [100, 100], [10, 20]
    assert against_average(logistic(columns, n, events), columns, n, events, [0], 0).ratio is None


def test_a_level_in_which_nobody_left_gets_a_finite_wide_interval() -> None:
    """Firth's estimate for 0 of 50 and 10 of 100 is the log odds ratio with half a customer more in each cell."""
    columns, n, events = [[1.0], [0.0]], [50, 100], [0, 10]
    fit = logistic(columns, n, events)
    assert fit.is_penalised
    assert fit.coefficients == pytest.approx([np.log(10.5 / 90.5), np.log((0.5 / 50.5) / (10.5 / 90.5))], abs=1e-4)
    found = contrast(fit, columns, n, events, 0)
    assert 0 < (found.low or 0) < (found.ratio or 0) < 1 < (found.high or 0)


def test_the_penalised_peak_is_the_one_a_search_finds() -> None:
    """Jeffreys' penalised likelihood written out, climbed by a general program."""
    draw = np.random.default_rng(3)
    columns = draw.integers(0, 2, (40, 3)).astype(float)
    n = draw.integers(1, 9, 40)
    events = np.where(columns[:, 0] > 0, 0, draw.binomial(n, 0.3))
    rows = np.column_stack([np.ones(40), columns])

    def downhill(at: np.ndarray) -> float:
        eta = rows @ at
        chance = 1 / (1 + np.exp(-eta))
        information = (rows * (n * chance * (1 - chance))[:, None]).T @ rows
        return -float(events @ eta - n @ np.log1p(np.exp(eta)) + 0.5 * np.linalg.slogdet(information)[1])

    enough = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000}
    searched = minimize(downhill, np.zeros(4), method="Nelder-Mead", options=enough)
    fit = logistic(columns, n, events)
    assert fit.is_penalised
    assert fit.coefficients == pytest.approx(searched.x, abs=1e-4)


def test_a_column_that_follows_from_others_is_not_told() -> None:
    columns = np.array([[1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float)
    n, events = [100, 100, 100], [10, 20, 5]
    found = contrast(logistic(columns, n, events), columns, n, events, 0)
    assert found == Contrast(100, 10, found.expected, None, None, None)
    assert contrast(logistic(columns, n, events), columns, n, events, 2).ratio == pytest.approx(4.0)


def test_a_column_that_nobody_has_is_not_told() -> None:
    columns, n, events = np.array([[0.0, 1.0], [0.0, 0.0]]), [100, 100], [10, 5]
    assert contrast(logistic(columns, n, events), columns, n, events, 0).ratio is None


@pytest.mark.parametrize(
    ("n", "events", "told_of"),
    [([10, 10], [0, 0], "Nobody left"), ([10, 10], [10, 10], "everybody did"), ([10, 10], [11, 0], "between 0"),
     ([10, 10], [-1, 5], "between 0"), ([10], [1], "2 rows")],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused(n: list[int], events: list[int], told_of: str) -> None:
    with pytest.raises(DataRefused, match=told_of):
        logistic([[1.0], [0.0]], n, events)


CELL = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(1, 40), st.floats(0, 1))


@FEW
@given(st.lists(CELL, min_size=4, max_size=20), st.randoms())
def test_split_cells_and_another_order_change_nothing(cells: list[tuple[int, int, int, float]], random: object) -> None:
    """A law: n months in one cell are n cells of one month each."""
    n = np.array([c[2] for c in cells])
    events = np.array([round(c[3] * c[2]) for c in cells])
    if not 0 < events.sum() < n.sum():
        return
    columns = np.array([[c[0], c[1] == 1, c[1] == 2] for c in cells], dtype=float)
    whole = logistic(columns, n, events)
    singles = np.repeat(columns, n, axis=0)
    left = np.concatenate([np.repeat([1, 0], [e, m - e]) for e, m in zip(events, n, strict=True)])
    order = np.random.default_rng(1).permutation(len(left))
    apart = logistic(singles[order], np.ones(len(left)), left[order])
    assert apart.chances(columns) == pytest.approx(whole.chances(columns), abs=1e-4)


def test_the_likelihood_s_peak_balances_what_was_seen() -> None:
    """At the peak as many are expected as left, in total and of every column (the score equations)."""
    draw = np.random.default_rng(5)
    columns = draw.integers(0, 2, (300, 4)).astype(float)
    n = draw.integers(1, 30, 300)
    events = draw.binomial(n, 0.1)
    fitted = n * logistic(columns, n, events).chances(columns)
    assert fitted.sum() == pytest.approx(events.sum())
    assert columns.T @ fitted == pytest.approx(columns.T @ events)


def test_words_become_columns_and_rare_ones_are_pooled() -> None:
    """At a pace of 10 %, 40 and 30 months stand for 4 and 3 who leave: pooled; 'big' is compared with."""
    n, events = np.array([500.0, 200.0, 40.0, 30.0]), np.array([50.0, 20.0, 4.0, 3.0])
    found = held_equal({"segment": ["big", "mid", "few", "odd"]}, n, events)
    assert found.names == (("segment", "(other)"), ("segment", "mid"))
    assert found.numbers.tolist() == [[0, 0], [0, 1], [1, 0], [1, 0]]
    assert found.place("segment", "mid") == 1
    assert found.place("segment", "few") is None


def test_a_pool_too_small_goes_to_the_commonest() -> None:
    n, events = np.array([500.0, 10.0, 20.0]), np.array([50.0, 5.0, 1.0])
    assert held_equal({"plan": ["a", "b", "c"]}, n, events).names == ()
    assert held_equal({}, n, events).numbers.shape == (3, 0)
    assert held_equal({"plan": []}, np.zeros(0), np.zeros(0)).names == ()


def test_what_the_question_is_about_is_never_pooled() -> None:
    found = told("answer", ["none", "happy", "none", "unhappy"], "none")
    assert found.names == (("answer", "happy"), ("answer", "unhappy"))
    assert told("answer", ["none"], "none").numbers.shape == (1, 0)


def test_rc_01_person_months_find_the_true_ratio_where_ever_against_never_does_not() -> None:
    """RC-01, in exact expected counts: everybody leaves at 10 % a month, a fifth gets in touch each month."""
    case = CASES["RC-01"]
    months, leave, touch = (case["input"][k] for k in ("months", "monthly_churn_all", "monthly_first_contact"))
    cells, never, ever = [], 1.0, 0.0
    for _ in range(months):
        ever, never = ever + never * touch, never * (1 - touch)
        cells += [(1.0, ever), (0.0, never)]
        ever, never = ever * (1 - leave), never * (1 - leave)
    columns, n = np.array([[c[0]] for c in cells]), 1000 * np.array([c[1] for c in cells])
    found = contrast(logistic(columns, n, leave * n), columns, n, leave * n, 0)
    assert found.ratio == pytest.approx(case["expected"]["true_hazard_ratio"], abs=1e-9)
