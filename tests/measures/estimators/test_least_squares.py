"""Several slopes within strata: by hand, against the dense model, how columns overlap, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.least_squares import inflations, within_slopes, within_spreads


def test_a_slope_and_its_error_by_hand() -> None:
    """x 0 0 1 1, y 0 2 3 5: slope 3, residuals -1 1 -1 1; each reaches 1/4 + 1/4, so they are doubled.

    The sum of (x e)^2 is 4 x 0.25 x 4 = 4, the spread of x is 1: an error of 2, with 4 - 2 degrees of freedom.
    """
    (found,) = within_slopes([[0], [0], [1], [1]], [0, 2, 3, 5], ["a"] * 4)
    assert (found.value, found.standard_error) == pytest.approx((3, 2))
    assert (found.low, found.high) == pytest.approx((3 - 2 * student_t95(2), 3 + 2 * student_t95(2)))


def test_two_columns_that_do_not_overlap_are_told_at_once() -> None:
    """y = 10 x1 + 2 x2 in stratum a, 100 more in b."""
    xs = [[0, 0], [0, 1], [1, 0], [1, 1]] * 2
    y = [0, 2, 10, 12, 100, 102, 110, 112]
    first, second = within_slopes(xs, y, ["a"] * 4 + ["b"] * 4)
    assert (first.value, second.value) == pytest.approx((10, 2))
    assert first.standard_error == pytest.approx(0, abs=1e-9)
    assert inflations(xs, ["a"] * 4 + ["b"] * 4) == pytest.approx((1, 1))


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(8, 30), st.integers(1, 3))
def test_it_is_the_dense_model_with_errors_hc3(seed: int, n: int, strata: int) -> None:
    rng = np.random.default_rng(seed)
    xs, y, layer = rng.normal(size=(n, 2)), rng.normal(size=n), np.arange(n) % strata
    design = np.column_stack([xs, *(layer == s for s in range(strata))])
    bread = np.linalg.inv(design.T @ design)
    slopes = bread @ design.T @ y
    left = (y - design @ slopes) / (1 - np.diag(design @ bread @ design.T))
    errors = np.sqrt(np.diag(bread @ (design.T * left**2) @ design @ bread))
    found = within_slopes(xs, y, layer)
    assert [f.value for f in found] == pytest.approx(list(slopes[:2]))
    assert [f.standard_error for f in found] == pytest.approx(list(errors[:2]))


def test_a_stratum_of_one_tells_nothing() -> None:
    xs, y = [[0], [0], [1], [1]], [0, 2, 3, 5]
    assert within_slopes([*xs, [9]], [*y, 999], ["a"] * 4 + ["b"]) == within_slopes(xs, y, ["a"] * 4)
    assert within_spreads([*xs, [9]], ["a"] * 4 + ["b"]) == pytest.approx((0.5,))
    assert within_spreads([[1], [2]], ["a", "b"]) == (0,)


def test_columns_that_go_together_are_told_by_their_inflation() -> None:
    """Of x2 = x1 + e, with e across x1 and a third as wide, a tenth is its own: ten times the variance."""
    xs = [[-3, -4], [-3, -2], [3, 2], [3, 4]]
    assert inflations(xs, ["a"] * 4) == pytest.approx((10, 10))
    assert inflations([[0, 1], [1, 1], [2, 1]], ["a"] * 3) == pytest.approx((1, float("inf")))
    assert inflations([[0, 0], [1, 2], [2, 4]], ["a"] * 3) == (float("inf"),) * 2


@pytest.mark.parametrize("xs", [[[1], [1], [2], [2]], [[1], [1], [1], [1]]])
def test_without_a_difference_within_strata_there_is_no_slope(xs: list[list[float]]) -> None:
    with pytest.raises(DataRefused, match="same for everybody, or follows from the rest"):
        within_slopes([*xs, *xs], range(8), ["a", "a", "b", "b"] * 2)


def test_as_many_units_as_parameters_are_refused() -> None:
    with pytest.raises(DataRefused, match="3 units cannot tell 2 slopes"):
        within_slopes([[0, 1], [1, 0], [2, 2]], [1, 2, 3], ["a"] * 3)
    with pytest.raises(DataRefused, match="0 units cannot tell 1 slopes"):
        within_slopes(np.zeros((0, 1)), [], [])
