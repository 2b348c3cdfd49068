"""Pooling, reliability, funnels and their gamma function: by hand, against scipy, and the laws they keep."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from relevo.measures.estimators.case_mix import at_equal_mix, beside
from relevo.measures.estimators.comparability import erased_by, part_alone
from relevo.measures.estimators.discoveries import FALSE_ALARMS, believed
from relevo.measures.estimators.funnel import (
    exact_ratio_limits,
    flag_at,
    normal_limits,
    spread_between,
    two_sided,
)
from relevo.measures.estimators.gamma import chi_square_quantile, gamma_cdf, poisson_at_least
from relevo.measures.estimators.pooling import pooled, votes_needed
from relevo.measures.estimators.voted import Voted


def test_pooling_by_hand() -> None:
    """Differences -6, 0, 6 with variance 12 each: Q is 72 / 12 = 6, so the variance between is
    (6 - 2) / (3/12 - 1/12) = 24. Reliability 24 / 36; each is kept by two thirds. The prior mean, 0, has
    variance 36 / 3 = 12. The interval's half width is Student's 4.3027 x sqrt(2/3 x 12 + 1/9 x 12).
    """
    found = pooled(np.array([-6.0, 0, 6]), np.full(3, 12.0), np.array([0.1, 0.2, 0.3]), np.ones(3))
    assert found.between == pytest.approx(24)
    assert found.reliability == pytest.approx([2 / 3] * 3)
    assert found.mean == pytest.approx([-4, 0, 4])
    assert found.high - found.mean == pytest.approx([4.302653 * sqrt(8 + 4 / 3)] * 3)


def test_peers_of_a_similar_mix_are_what_one_is_pulled_to() -> None:
    """Ten persons whose differences follow their hard share exactly are left where they are, however little is known
    of each: nothing of it is chance beyond the line.
    """
    mix = np.linspace(0, 0.9, 10)
    found = pooled(20 * mix - 9, np.full(10, 400.0), mix, np.full(10, 50.0))
    assert found.mean == pytest.approx(20 * mix - 9)


def test_where_there_is_less_room_the_same_skill_is_fewer_points() -> None:
    """Skill 0.1, 0.1, -0.2 at 60, 20 and 40 points a unit: 6, 2 and -8 points with errors in the same proportion are
    pulled in proportion too.
    """
    room = np.array([60.0, 20, 40])
    points = pooled(np.array([0.1, 0.1, -0.2]) * room, 0.01 * room**2, np.zeros(3), room)
    plain = pooled(np.array([0.1, 0.1, -0.2]), np.full(3, 0.01), np.zeros(3), np.ones(3))
    assert points.mean == pytest.approx(plain.mean * room)
    assert points.high == pytest.approx(plain.high * room)
    assert points.reliability == pytest.approx(plain.reliability)
    assert points.between == pytest.approx(plain.between * 40**2)


def test_one_person_is_compared_with_nobody() -> None:
    found = pooled(np.array([5.0]), np.array([4.0]), np.array([0.2]), np.ones(1))
    assert found.between == 0
    assert found.reliability == pytest.approx([0])


def test_eighty_four_ratings_for_a_true_spread_of_five_points() -> None:
    """At 90 % satisfied a vote varies by 0.09; 0.7 / 0.3 x 0.09 / 0.0025 = 84. Fifty give 0.58, and want 34 more.

    Three persons 5 points apart at 0.0009 each (a hundred votes): Q is 0.005 / 0.0009 = 5.56, and what is between is
    (5.56 - 2) x 0.0009 / 2 = 0.0016; what fifty votes are told by is 0.0025 / (0.0025 + 0.09 / 50).
    """
    found = pooled(np.array([-0.05, 0, 0.05]), np.full(3, 0.0009), np.zeros(3), np.ones(3))
    assert found.between == pytest.approx(0.0016)
    assert found.reliability == pytest.approx([0.64] * 3)
    assert votes_needed(50, 0.0025 / (0.0025 + 0.09 / 50)) == 34
    assert votes_needed(84, 0.7) == 0
    assert votes_needed(200, 0.9) == 0
    assert votes_needed(50, 0.0) is None


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.7, 40.0, 250.0])
@pytest.mark.parametrize("x", [0.0, 0.01, 0.9, 4.0, 39.0, 41.5, 260.0])
def test_gamma_is_scipys(shape: float, x: float) -> None:
    assert gamma_cdf(x, shape) == pytest.approx(stats.gamma.cdf(x, shape), abs=1e-12)


@pytest.mark.parametrize("degrees", [0.3, 1.0, 2.0, 40.0, 41.5, 900.0])
@pytest.mark.parametrize("p", [0.001, 0.025, 0.5, 0.975, 0.999, 1 - 1e-9])
def test_quantiles_of_chi_square_are_scipys(degrees: float, p: float) -> None:
    assert chi_square_quantile(p, degrees) == pytest.approx(stats.chi2.ppf(p, degrees), rel=1e-6, abs=1e-9)


def test_a_tail_of_poisson_is_its_sum() -> None:
    assert poisson_at_least(0, 3) == 1
    assert poisson_at_least(4, 3) == pytest.approx(stats.poisson.sf(3, 3))


@given(st.floats(0.05, 300))
def test_the_count_that_is_flagged_is_the_first_that_is_too_many(expected: float) -> None:
    count = flag_at(expected)
    assert stats.poisson.sf(count - 1, expected) <= 0.025 + 1e-12
    assert count == int(expected) + 1 or stats.poisson.sf(count - 2, expected) > 0.025


def test_limits_narrow_as_more_is_expected() -> None:
    ends = [exact_ratio_limits(e) for e in (2, 20, 200)]
    assert all(low < 1 < high for low, high in ends)
    assert [high - low for low, high in ends] == sorted((high - low for low, high in ends), reverse=True)


def test_limits_of_points_widen_by_what_lies_between() -> None:
    """6,000 squared points a vote, 240 votes: 25. With 39 between the half width is 1.96 x 8."""
    assert normal_limits(240, 6000, 0) == pytest.approx((-1.959964 * 5, 1.959964 * 5))
    assert normal_limits(240, 6000, 39)[1] == pytest.approx(1.959964 * 8)


def test_spread_between_by_hand() -> None:
    """z of -3, -1, 1, 3 and errors of 2. The quantiles at a tenth are -2.4 and 2.4, so 2 x 2.4^2 + 2 = 13.52;
    (13.52 - 3) / (4/4 - (4/16)/1) = 10.52 / 0.75.
    """
    assert spread_between([-3.0, -1, 1, 3], [2.0] * 4) == pytest.approx(10.52 / 0.75)


def test_calm_scores_have_nothing_between() -> None:
    assert spread_between([0.5, -0.5, 0.2], [1.0] * 3) == 0
    assert spread_between([5.0], [1.0]) == 0


def test_chances_in_a_funnel() -> None:
    assert two_sided(np.array([1.959964]), np.array([1.0]), 0.0) == pytest.approx((0.05,), abs=1e-6)
    assert two_sided(np.array([1.959964 * 2]), np.array([1.0]), 3.0) == pytest.approx((0.05,), abs=1e-6)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_who_stands_out_is_whoever_scipy_says(chances: list[float]) -> None:
    wanted = stats.false_discovery_control(chances) if chances else np.array([])
    assert list(believed(chances) <= FALSE_ALARMS) == list(wanted <= 0.05)
    assert believed(chances) == pytest.approx(wanted)


def test_a_mix_is_made_equal_only_where_all_have_enough() -> None:
    results = {"a": {"easy": (8, 10), "hard": (5, 10)}, "b": {"easy": (9, 30), "hard": (1, 9)}}
    assert at_equal_mix(results) is None
    assert at_equal_mix({"a": {"easy": (8, 10)}, "b": {"hard": (5, 10)}}) is None
    assert at_equal_mix(results, fewest=9) is not None
    assert at_equal_mix({"a": {}, "b": {}}) is None


def test_two_rates_at_the_mix_of_both_with_the_interval_of_their_difference() -> None:
    """40 easy and 20 hard together: 2/3 and 1/3. Mine 8/10 and 5/10, theirs 18/30 and 2/10: 0.7 and 0.4667.

    With a case of each kind added the shares are 9/12, 6/12, 19/32 and 3/12.
    """
    found = beside({"easy": (8, 10), "hard": (5, 10)}, {"easy": (18, 30), "hard": (2, 10)})
    assert found is not None
    assert (found.mine, found.others) == pytest.approx((0.7, 0.4 + 0.2 / 3))
    parts = (
        (2 / 3) ** 2 * 9 / 12 * 3 / 12 / 12, (1 / 3) ** 2 * 6 / 12 * 6 / 12 / 12,
        (2 / 3) ** 2 * 19 / 32 * 13 / 32 / 32, (1 / 3) ** 2 * 3 / 12 * 9 / 12 / 12,
    )  # fmt: skip
    half = 1.959963984540054 * sum(parts) ** 0.5
    assert found.difference == pytest.approx(0.7 - 0.4 - 0.2 / 3)
    assert (found.low, found.high) == pytest.approx((found.difference - half, found.difference + half))
    assert beside({"easy": (8, 10)}, {"easy": (9, 30), "hard": (1, 10)}) is None


def test_where_all_went_alike_the_difference_keeps_a_width_and_stays_on_its_scale() -> None:
    found = beside({"x": (10, 10)}, {"x": (0, 10)})
    assert found is not None
    assert (found.difference, found.high) == (1, 1)
    assert 0.5 < found.low < 1


def test_whoever_has_a_topic_alone_is_not_compared_there() -> None:
    """Person 0 has 6 of its 10 votes where others together have 4, fewer than five; of
    person 1's 24 votes 20 lie where person 0 has 4."""
    traits = np.array([[0, 0], [1, 0], [0, 0], [1, 0]])
    n = np.array([6.0, 4, 4, 20])
    votes = Voted(traits, np.array([0, 0, 1, 1]), np.zeros(4, dtype=np.intp), np.stack([n, 0 * n, 0 * n], 1), n)
    assert part_alone(votes) == pytest.approx([0.6, 20 / 24])


def test_what_would_erase_a_finding_is_its_nearer_end() -> None:
    assert erased_by(2.1, 11) == 2.1
    assert erased_by(-9, -4) == 4
    assert erased_by(-1, 3) is None
