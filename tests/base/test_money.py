"""Money: exact inside, half-up at the edge, parts that sum to their whole."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.money import (
    BASE_SCALE,
    apportion,
    arr_from_base,
    decimal_text,
    exponent,
    half_up,
    mrr_from_base,
)

parts = st.lists(st.fractions(-50, 50, max_denominator=365), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (-15, 10, -2), (16667, 100, 167), (0, 7, 0)],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


def test_half_up_takes_fractions_and_divides_by_what_is_given() -> None:
    assert half_up(Fraction(1, 3), 2) == 0
    assert half_up(Fraction(7, 2)) == 4


@given(st.fractions())
def test_half_up_is_nearest_and_mirrors(value: Fraction) -> None:
    assert abs(half_up(value) - value) <= Fraction(1, 2)
    assert half_up(-value) == -half_up(value)


@pytest.mark.parametrize(("code", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XXX", 2)])
def test_minor_units_follow_iso_4217(code: str, digits: int) -> None:
    assert exponent(code) == digits


@pytest.mark.parametrize(
    ("minor", "code", "text"),
    [(1234, "EUR", "12.34"), (5, "EUR", "0.05"), (-5, "EUR", "-0.05"), (100, "JPY", "100"), (-1, "JPY", "-1"),
     (1234, "KWD", "1.234"), (0, "EUR", "0.00")],
)  # fmt: skip
def test_amounts_as_text(minor: int, code: str, text: str) -> None:
    assert decimal_text(minor, code) == text


def test_run_rate_of_the_book_as_minor_units() -> None:
    assert arr_from_base(1200 * BASE_SCALE) == 1200
    assert mrr_from_base(1000 * BASE_SCALE) == Fraction(1000, 12)


@given(parts)
def test_parts_sum_to_the_rounded_whole_and_stay_near(cells: list[Fraction]) -> None:
    whole = half_up(sum(cells, Fraction(0)))
    found = apportion(cells, whole)
    assert sum(found) == whole
    assert all(abs(f - c) < 1 for f, c in zip(found, cells, strict=True))


@given(parts, st.booleans())
def test_either_rounding_of_the_sum_is_met(cells: list[Fraction], up: bool) -> None:
    exact = sum(cells, Fraction(0))
    whole = ceil(exact) if up else floor(exact)
    assert sum(apportion(cells, whole)) == whole


def test_the_largest_remainder_gets_the_cent_and_ties_go_to_the_earlier_part() -> None:
    third = Fraction(1, 3)
    assert apportion([third, third, third], 1) == [1, 0, 0]
    assert apportion([Fraction(1, 4), Fraction(3, 4)], 1) == [0, 1]
