"""Matched curves and the jackknife: weights and shares by hand, the variance of a mean, and what is refused."""

import numpy as np
import pytest

from relevo.base.errors import DataRefused
from relevo.measures.estimators.jackknife import without_each
from relevo.measures.estimators.matched import Followed, matched, matched_mean, weights


def lives(*rows: tuple[int, bool, int, int, bool, float]) -> Followed:
    """Rows of stratum, helped, group, days, gone, n."""
    stratum, helped, group, days, gone, n = (np.array(each) for each in zip(*rows, strict=True))
    return Followed(stratum, helped, group, days, gone, n.astype(float))


def test_others_weigh_as_many_as_were_helped_of_their_kind() -> None:
    """Three helped of kind 0 beside six others: each other counts a half; kinds with one side alone count nothing."""
    stratum = np.array([0, 0, 1, 2])
    found = weights(stratum, np.array([True, False, True, False]), np.array([3.0, 6.0, 5.0, 7.0]))
    assert found.tolist() == [1.0, 0.5, 0.0, 0.0]


def test_curves_of_the_same_mix_by_hand() -> None:
    """Kind 0 leaves a tenth by day 30, kind 1 a half; the helped are 100 and 20, the others 50 and 200.

    Helped: (10 + 10) / 120 gone. Others weighted to the mix: the same. Unweighted they would be (5 + 100) / 250.
    """
    rows = []
    for group in (0, 1):
        rows += [(0, True, group, 30, True, 5), (0, True, group, 400, False, 45), (1, True, group, 30, True, 5),
                 (1, True, group, 400, False, 5), (0, False, group, 30, True, 2.5), (0, False, group, 400, False, 22.5),
                 (1, False, group, 30, True, 50), (1, False, group, 400, False, 50)]  # fmt: skip
    found = matched(lives(*rows), (30, 90))
    for stays in found.stays:
        assert stays.helped.value == pytest.approx(100 / 120)
        assert stays.others.value == pytest.approx(100 / 120)
        assert stays.difference.value == pytest.approx(0, abs=1e-12)
        assert stays.difference.standard_error == pytest.approx(0, abs=1e-12)
    assert [s.days for s in found.stays] == [30, 90]
    assert (found.n_helped, found.n_matched, found.n_others) == (120, 120, 250)


def test_who_was_followed_for_less_is_censored_and_not_dropped() -> None:
    """Ten helped, five seen for 20 days alone, one of the rest gone on day 25: 4/5 stay, and not 9/10 nor 4/5 of 5."""
    rows = [(0, True, g % 2, 20, False, 1) for g in range(5)] + [(0, True, 0, 10, True, 1)]
    rows += [(0, True, 0, 25, True, 1), (0, True, 1, 60, False, 3), (0, False, 0, 60, False, 5),
             (0, False, 1, 60, False, 5)]  # fmt: skip
    found = matched(lives(*rows), (30,))
    assert found.n_helped == 10
    assert found.stays[0].helped.value == pytest.approx(9 / 10 * 3 / 4)
    assert np.isnan(matched(lives(*rows), (90,)).stays[0].helped.value)


def test_nobody_alike_is_refused() -> None:
    with pytest.raises(DataRefused, match="Nobody who was helped"):
        matched(lives((0, True, 0, 30, False, 1), (1, False, 1, 30, False, 1)), (30,))


def test_use_after_over_use_before_of_the_same_mix() -> None:
    """Kind 0 keeps its use, kind 1 loses half; helped are one of each, others three of kind 0 and one of kind 1."""
    stratum, helped = np.array([0, 1, 0, 1]), np.array([True, True, False, False])
    n, before = np.array([1.0, 1.0, 3.0, 1.0]), np.array([10.0, 10.0, 30.0, 10.0])
    after = np.array([10.0, 5.0, 30.0, 5.0])
    assert matched_mean(stratum, helped, n, before, after).tolist() == pytest.approx([0.75, 0.75, 0.0])
    assert np.isnan(matched_mean(stratum, helped, n, 0 * before, after)).all()


def test_the_jackknife_of_a_mean_is_the_classical_standard_error() -> None:
    """With one row a group it is s / sqrt(n): 2, 4, 9 have mean 5, s = sqrt(13), so 2.0817; t(2) = 4.3027."""
    values = np.array([2.0, 4.0, 9.0])
    (found,) = without_each(lambda keep: np.array([values[keep].mean()]), [7, 8, 9])
    assert (found.value, found.standard_error) == pytest.approx((5.0, np.sqrt(13 / 3)))
    assert found.high == pytest.approx(5 + 4.30265 * np.sqrt(13 / 3), abs=1e-3)


def test_one_group_says_nothing_of_spread() -> None:
    with pytest.raises(DataRefused, match="one group"):
        without_each(lambda keep: np.array([float(keep.sum())]), [1, 1])
