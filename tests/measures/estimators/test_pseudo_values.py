"""Pseudo-values of the restricted mean: by hand, against leaving each life out, and what they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.pseudo_values import time_spent
from relevo.measures.estimators.survival import kaplan_meier, restricted_mean


def test_three_lives_by_hand() -> None:
    """Left at 2, censored at 4, left at 6: the curve is 1 until 2 and 2/3 until 6, its area 2 + 8/3 = 14/3.

    Without the first it is 6, without the second 2 + 4/2 = 4, without the third as well. 3 x 14/3 - 2 x those:
    14 - 12 = 2, 14 - 8 = 6, 6. The one censored at 4 counts as the 6 it would have reached.
    """
    assert time_spent([2, 4, 6], [1, 0, 1], [1, 1, 1], 6) == pytest.approx([2, 6, 6])


def test_without_censoring_it_is_the_time_itself_cut_at_the_horizon() -> None:
    assert time_spent([3, 5, 5, 40], [1, 1, 1, 1], [2, 1, 1, 3], 10) == pytest.approx([3, 5, 5, 10])


def test_what_happens_after_the_horizon_is_not_seen() -> None:
    later, censored = time_spent([3, 11, 12], [1, 1, 0], [1, 1, 1], 10)[1:]
    assert later == pytest.approx(censored) == pytest.approx(10)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1), st.integers(1, 3)), min_size=2, max_size=12))
def test_each_is_what_leaving_one_life_out_changes(rows: list[tuple[int, int, int]]) -> None:
    horizon = 8.0
    # Two are followed through, so that the curve reaches the horizon whoever is left out.
    durations, events, n = (np.array(c) for c in zip(*rows, (20, 0, 2), strict=True))
    found = time_spent(durations, events, n, horizon)
    whole, total = _mean(durations, events, n, horizon), n.sum()
    for cell in range(len(n)):
        less = n - (np.arange(len(n)) == cell)
        assert found[cell] == pytest.approx(total * whole - (total - 1) * _mean(durations, events, less, horizon))


def _mean(durations: np.ndarray, events: np.ndarray, n: np.ndarray, horizon: float) -> float:
    kept = n > 0
    return restricted_mean(kaplan_meier(durations[kept], events[kept], n[kept]), horizon).mean.value


def test_a_horizon_that_nobody_reached_is_refused() -> None:
    with pytest.raises(DataRefused, match="Nobody was followed for 10; the longest is 4"):
        time_spent([2, 4], [1, 0], [1, 1], 10)
    assert time_spent([2, 4], [1, 1], [1, 1], 10) == pytest.approx([2, 4])
