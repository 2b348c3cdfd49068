"""The simple forms against published figures, and the laws that hold between them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.measures.revenue.lifetime_forms import (
    Segment,
    blended_value,
    churn_of,
    endless_floor,
    endless_value,
    growing_value,
    mean_value,
    monthly_churn,
    ratio,
    value_until,
)

churns = st.fractions(Fraction(1, 100), Fraction(9, 10), max_denominator=200)


def test_churn_that_is_not_positive_has_no_value() -> None:
    """Published example UE-012: net-negative churn would give -8,000."""
    assert endless_value(400, Fraction(-5, 100)) is None
    assert endless_value(400, 0) is None
    assert endless_value(400, None) is None
    assert churn_of(3, 0) is None
    assert growing_value(100, 5, 0) is None


def test_a_bound_exists_only_where_nobody_left() -> None:
    assert endless_floor(100, 40, 0) == Fraction(4000, 3)
    assert endless_floor(100, 2, 0) == 100
    assert endless_floor(100, 40, 1) is None
    assert endless_floor(100, 0, 0) is None


def test_ratios_of_one_customer_depend_on_the_definition() -> None:
    """S3-33: 3600 / 1200 = 3.0. As in the published example UE-022, revenue for margin or no horizon moves it."""
    assert ratio(3600, 1200) == 3
    assert ratio(None, 1200) is None
    assert ratio(3600, 0) is None
    assert ratio(3600, None) is None


@given(st.integers(1, 1000), st.integers(0, 100), churns)
@settings(max_examples=20)
def test_growing_margin_is_its_own_sum(margin: int, growth: int, churn: Fraction) -> None:
    """UE-011: m / c + g (1 - c) / c^2 is the sum over months of (m + g t)(1 - c)^t."""
    found = growing_value(margin, growth, churn)
    assert found is not None
    rest = float(sum((margin + growth * t) * (1 - float(churn)) ** t for t in range(3000)))
    assert float(found) == pytest.approx(rest, rel=1e-6)
    assert growing_value(margin, 0, churn) == endless_value(margin, churn)


@given(churns)
@settings(max_examples=10)
def test_the_endless_value_is_the_limit_of_the_restricted_one(churn: Fraction) -> None:
    survival = [float(1 - churn) ** t for t in range(3000)]
    assert float(value_until(1, survival, 3000)) == pytest.approx(float(1 / churn), rel=1e-9)
    assert monthly_churn(1 - float(1 - churn) ** 12) == pytest.approx(float(churn), rel=1e-3)


segments = st.builds(Segment, st.integers(1, 1000), st.fractions(1, 1000), churns)


@given(st.lists(segments, min_size=1, max_size=4))
@settings(max_examples=15)
def test_the_mean_of_alike_segments_is_the_value_of_the_average(listed: list[Segment]) -> None:
    alike = [Segment(s.customers, listed[0].arpa, listed[0].churn) for s in listed]
    assert mean_value(alike) == blended_value(alike) == endless_value(listed[0].arpa, listed[0].churn)
    assert mean_value([*listed, Segment(1, Fraction(1), Fraction(0))]) is None
