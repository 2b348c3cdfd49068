"""Load: Gini, Jain and the test of hard shares by the cases of LB-01 to LB-03, by hand, and by brute force."""

import json
from itertools import product
from math import comb, isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.balance import (
    gini,
    in_top_fifth,
    jain,
    single_holders,
    top_share,
    weighted_median,
)
from relevo.measures.estimators.counts import binomial_two_sided, distribution, shared_by_chance
from relevo.measures.estimators.discoveries import believed

FILE = Path(__file__).parents[2] / "cases" / "support.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text("utf-8"))["cases"]}
LOADS = st.lists(st.integers(0, 60), min_size=1, max_size=8)


def case(name: str) -> tuple[Any, Any, float]:
    return CASES[name]["input"], CASES[name]["expected"], CASES[name]["tolerance"]


def test_lb_01_ten_of_a_hundred_share_alike() -> None:
    _, expected, tolerance = case("LB-01")
    assert jain([1] * 10 + [0] * 90) == pytest.approx(expected["jain"], abs=tolerance)


def test_lb_02_gini_and_jain() -> None:
    asked, expected, tolerance = case("LB-02")
    assert [gini(loads) for loads in asked["loads"]] == pytest.approx(expected["gini"], abs=tolerance)
    assert [jain(loads) for loads in asked["loads"]] == pytest.approx(expected["jain"], abs=tolerance)


def test_lb_03_hard_cases_per_hour() -> None:
    asked, expected, tolerance = case("LB-03")
    found = shared_by_chance(asked["hard_cases"], asked["available_hours"])
    assert list(found.ratios) == pytest.approx(expected["hard_per_hour_ratio_to_team"], abs=tolerance)
    assert found.p == pytest.approx(expected["chi2_p_value"], abs=tolerance)
    assert (found.degrees, found.is_exact) == (2, False)


@given(LOADS)
def test_gini_is_half_the_relative_mean_difference_of_all_pairs(loads: list[int]) -> None:
    n, total = len(loads), sum(loads)
    if not total:
        assert isnan(gini(loads))
        assert isnan(jain(loads))
        assert isnan(top_share(loads))
        return
    pairs = sum(abs(a - b) for a, b in product(loads, loads))
    assert gini(loads) == pytest.approx(pairs / (2 * n * total), abs=1e-12)
    assert 1 / n - 1e-12 <= jain(loads) <= 1 + 1e-12
    assert top_share(loads) == max(loads) / total


def test_one_of_five_with_three_fifths() -> None:
    """Row S0-44: 60 % with one of five is a Gini of 0.4, and an equal split one of 0."""
    assert top_share([60, 10, 10, 10, 10]) == 0.6
    # Ordered 10 10 10 10 60: weights -4 -2 0 2 4 give 10(-4-2+0+2) + 60*4 = 200; 200 / (5 * 100) = 0.4.
    assert gini([60, 10, 10, 10, 10]) == pytest.approx(0.4)
    assert gini([20] * 5) == 0


def test_a_small_count_is_judged_exactly() -> None:
    """Four hard cases, two people with equal hours: all four with one has the chance 2 / 16."""
    found = shared_by_chance([4, 0], [10, 10])
    assert (found.p, found.is_exact, found.statistic) == (pytest.approx(0.125), True, pytest.approx(4.0))
    # Three cases, hours 1 to 2: 3-0 is expected 1-2, chi-square 4 + 2 = 6; only it (1/27) is as far.
    assert shared_by_chance([3, 0], [1, 2]).p == pytest.approx(1 / 27)
    assert list(shared_by_chance([3, 0], [1, 2]).ratios) == [3.0, 0.0]


def test_exact_and_chi_square_agree_where_both_may_be_asked() -> None:
    """Nine cases each for two: 4.5 is expected, so it is exact; twice as many are not, and the tails are near."""
    exact, approximate = shared_by_chance([7, 2], [1, 1]), shared_by_chance([14, 4], [1, 1])
    assert exact.p == pytest.approx(2 * sum(comb(9, k) for k in (7, 8, 9)) / 2**9)
    assert (exact.is_exact, approximate.is_exact) == (True, False)
    # Too many ways to share: 60 cases among eight people.
    assert not shared_by_chance([60, *[0] * 7], [100, *[1] * 7]).is_exact


def test_nothing_to_share_has_no_p() -> None:
    assert shared_by_chance([0, 0], [1, 1]).p is None
    assert shared_by_chance([5], [1]).p is None
    assert shared_by_chance([5, 0], [1, 0]).p is None
    assert shared_by_chance([], []).degrees == 0
    assert isnan(shared_by_chance([5, 0], [1, 0]).ratios[1])


@pytest.mark.parametrize(("counts", "hours"), [([1], [1, 2]), ([1, 1], [1, 0]), ([-1, 1], [1, 1])])
def test_counts_without_exposure_are_refused(counts: list[int], hours: list[int]) -> None:
    with pytest.raises(DataRefused):
        shared_by_chance(counts, hours)


@pytest.mark.parametrize(
    ("k", "n", "chance"), [(0, 10, 0.3), (3, 10, 0.3), (8, 10, 0.3), (18, 30, 0.5), (1, 400, 0.02)]
)
def test_the_binomial_test_counts_what_is_no_likelier(k: int, n: int, chance: float) -> None:
    likely = [comb(n, i) * chance**i * (1 - chance) ** (n - i) for i in range(n + 1)]
    wanted = sum(p for p in likely if p <= likely[k] * (1 + 1e-9))
    assert binomial_two_sided(k, n, chance) == pytest.approx(min(wanted, 1.0))


def test_a_certain_event_has_a_certain_count() -> None:
    assert [binomial_two_sided(k, 3, 1.0) for k in (3, 2)] == [1.0, 0.0]
    assert binomial_two_sided(0, 3, 0.0) == 1.0


def test_events_of_unlike_chances() -> None:
    """Both of 1/2 and 1/4: 1/8; neither: 3/8."""
    assert list(distribution([0.5, 0.25])) == pytest.approx([0.375, 0.5, 0.125])
    assert list(distribution([])) == [1.0]


@pytest.mark.parametrize(
    ("values", "n", "wanted"),
    [
        ([1, 2, 3, 4, 5], None, [0, 0, 0, 0, 1]),
        (range(10), None, [0] * 8 + [1, 1]),
        ([3, 3, 3], None, [0, 0, 0]),  # of equals nobody is on top
        ([1, 2], None, [0, 0]),  # the upper of two is the upper half
        ([1, 9], [75, 25], [0, 1]),  # 75 below and half of 25: 0.875
        ([1, 5, 9], [60, 30, 10], [0, 0, 1]),  # 60 and half of 30: 0.75
        ([0, 0, 0, 0, 0], None, [0] * 5),
        ([7], None, [0]),
        ([], None, []),
        ([0, -1, -1, -1, -1], None, [0] * 5),  # nothing is not on top of less
    ],
)
def test_the_top_fifth(values: Any, n: Any, wanted: list[int]) -> None:
    assert in_top_fifth(np.array(list(values), dtype=float), n).tolist() == [bool(w) for w in wanted]


def test_topics_that_go_with_a_person() -> None:
    held = {
        "sso": {"ana": 18, "ben": 2}, "export": {"ana": 5, "ben": 5}, "rare": {"eva": 9}, "even": {"ben": 10},
        "none": {},
    }  # fmt: skip
    assert [(h.topic, h.person, h.share, h.n) for h in single_holders(held)] == [
        ("sso", "ana", 0.9, 20), ("even", "ben", 1.0, 10),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=9))
def test_a_weighted_median_is_the_median_of_as_many_values(pairs: list[tuple[int, int]]) -> None:
    repeated = [value for value, weight in pairs for _ in range(weight)]
    found = weighted_median([v for v, _ in pairs], [w for _, w in pairs])
    assert isnan(found) if not repeated else found == pytest.approx(float(np.median(repeated)))


def test_tests_that_were_made_together() -> None:
    """By hand: 0.01 x 4, 0.02 x 4 / 2, 0.03 x 4 / 3, 0.5; the one that could not be made does not count."""
    assert list(believed([0.03, 0.01, float("nan"), 0.5, 0.02]))[:2] == pytest.approx([0.04, 0.04])
    assert list(believed([0.9, 0.8])) == pytest.approx([0.9, 0.9])
    assert isnan(believed([float("nan")])[0])
    assert believed([]).size == 0
