"""The slope within strata: by hand, against the dense model, as counted cells, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.slopes import within_slope
from relevo.measures.intervals import Z95


def test_a_slope_and_its_error_by_hand() -> None:
    """x 0 0 1 1, y 0 2 3 5: means 1 and 4, slope 3, residuals -1 1 -1 1. From its mean x is half a step away, so the
    spread is 1 and the sum of (x e)^2 is 4 x 0.25 = 1; times 4 / (4 - 2) that is 2: error sqrt(2).
    """
    found = within_slope([0, 0, 1, 1], [0, 2, 3, 5], [1, 1, 1, 1], ["a"] * 4)
    assert found.value == pytest.approx(3)
    assert found.standard_error == pytest.approx(2**0.5)
    assert (found.low, found.high) == pytest.approx((3 - Z95 * 2**0.5, 3 + Z95 * 2**0.5))


def test_a_difference_between_strata_is_no_slope() -> None:
    """Within a and within b y does not move; b only has more of both."""
    found = within_slope([0, 1, 5, 6], [10, 10, 90, 90], [5, 5, 5, 5], ["a", "a", "b", "b"])
    assert found.value == pytest.approx(0)
    assert found.standard_error == pytest.approx(0)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 30), st.integers(0, 4), st.sampled_from("ab")),
        min_size=4, max_size=25,
    )
)  # fmt: skip
def test_counted_cells_are_the_dense_model_of_single_units(rows: list[tuple[int, int, int, str]]) -> None:
    x, y, n, strata = (list(column) for column in zip(*rows, strict=True))
    units = [(a, b, s) for a, b, count, s in rows for _ in range(count)]
    layers = sorted({s for *_, s in units})
    design = np.array([[a, *(s == name for name in layers)] for a, _, s in units], dtype=float)
    # A level without units is a parameter too many; cells of no unit are left out before anybody asks.
    if len(layers) < len(set(strata)) or np.linalg.matrix_rank(design) <= len(layers) or len(units) <= len(layers) + 1:
        return
    target = np.array([b for _, b, _ in units], dtype=float)
    found = within_slope(x, y, n, strata)
    solved = np.linalg.lstsq(design, target, rcond=None)[0]
    bread, left = np.linalg.inv(design.T @ design), target - design @ solved
    meat = (design * left[:, None] ** 2).T @ design
    variance = (bread @ meat @ bread)[0, 0] * len(units) / (len(units) - design.shape[1])
    assert found.value == pytest.approx(solved[0], abs=1e-9)
    assert found.standard_error == pytest.approx(np.sqrt(variance), abs=1e-6)


def test_without_a_difference_within_strata_there_is_no_slope() -> None:
    with pytest.raises(DataRefused, match="same for everybody"):
        within_slope([1, 1, 2, 2], [3, 4, 5, 6], [1, 1, 1, 1], ["a", "a", "b", "b"])


def test_as_many_units_as_parameters_are_refused() -> None:
    with pytest.raises(DataRefused, match="2 units cannot tell a slope and 1 levels"):
        within_slope([1, 2], [3, 4], [1, 1], ["a", "a"])
