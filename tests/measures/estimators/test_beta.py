"""The beta distribution against closed forms and printed tables of Student's t."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.estimators.beta import beta_cdf, beta_quantile, student_t95

# Two-sided 95 %, as every book of statistics prints them (Student 1908 and after).
PRINTED = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 20: 2.086, 30: 2.042, 60: 2.000, 120: 1.980}
SHARES = st.floats(0.02, 0.98)
SIZES = st.floats(0.3, 400)


@pytest.mark.parametrize(("degrees", "point"), PRINTED.items())
def test_students_t_is_the_printed_one(degrees: int, point: float) -> None:
    assert round(student_t95(degrees), 3) == point


def test_students_t_of_many_is_normal() -> None:
    assert student_t95(10**6) == pytest.approx(1.959966, abs=1e-6)


@given(SHARES, SIZES)
def test_with_one_side_at_one_it_is_a_power(x: float, size: float) -> None:
    assert float(beta_cdf(x, size, 1)) == pytest.approx(x**size, abs=1e-12)
    assert float(beta_cdf(x, 1, size)) == pytest.approx(1 - (1 - x) ** size, abs=1e-12)


def test_whole_sizes_are_sums_of_binomials() -> None:
    """At most 3 of 10 at a share of 0.2: 0.8791; a Beta(4, 7) lies above 0.2 with that chance."""
    assert 1 - float(beta_cdf(0.2, 4, 7)) == pytest.approx(0.8791261184, abs=1e-10)


@given(SHARES, SIZES, SIZES)
def test_turned_round_it_is_the_rest(x: float, a: float, b: float) -> None:
    assert float(beta_cdf(x, a, b)) == pytest.approx(1 - float(beta_cdf(1 - x, b, a)), abs=1e-10)


@given(st.floats(0.01, 0.99), SIZES, SIZES)
def test_a_quantile_has_its_share_below(p: float, a: float, b: float) -> None:
    assert float(beta_cdf(beta_quantile(p, a, b), a, b)) == pytest.approx(p, abs=1e-8)


def test_many_at_once_are_each_its_own() -> None:
    a, b = np.array([0.5, 3.0, 80.0]), np.array([4.0, 1.5, 20.0])
    each = [float(beta_quantile(0.1, p, q)) for p, q in zip(a, b, strict=True)]
    assert beta_quantile(0.1, a, b) == pytest.approx(each)


def test_where_nearly_all_lies_at_an_end() -> None:
    """Of a Beta(0.01, 5), half lies below 10^-31: the quantile is 0 as far as a share can tell, and 1 turned round."""
    assert 0 <= float(beta_quantile(0.5, 0.01, 5)) < 1e-12
    assert 1 - 1e-12 < float(beta_quantile(0.5, 5, 0.01)) <= 1
    assert [float(v) for v in beta_cdf([0.0, 1.0], 2, 3)] == [0, 1]
