"""The happiness score: published figures, its interval where votes are many and few, and laws."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.estimators.happiness_score import changes, score
from relevo.measures.intervals import Z95


def test_help_scouts_own_example() -> None:
    """41 great, 34 okay, 35 not good of 110: 37.27 %, 30.91 %, 31.82 %, and 37.27 - 31.82 = 5.45."""
    found = score(41, 34, 35)
    assert found.great == pytest.approx(0.3727, abs=5e-5)
    assert found.okay == pytest.approx(0.3091, abs=5e-5)
    assert found.not_good == pytest.approx(0.3182, abs=5e-5)
    assert found.value == pytest.approx(100 * 6 / 110)


def test_a_hundred_and_ten_votes_leave_fifteen_points_either_way() -> None:
    """(76/110 - (6/110)^2) / 110 = 0.0062538; times 1.96 its root is 0.155."""
    found = score(41, 34, 35)
    assert found.variance == pytest.approx(1e4 * (76 / 110 - (6 / 110) ** 2) / 110)
    half = 100 * Z95 * sqrt((76 / 110 - (6 / 110) ** 2) / 110)
    assert half == pytest.approx(15.5, abs=0.05)
    assert (found.low, found.high) == pytest.approx((100 * 6 / 110 - half, 100 * 6 / 110 + half))


def test_two_great_votes_tell_next_to_nothing() -> None:
    """Wilson's ends of 2 of 2 are 0.34238 and 1, of 0 of 2 0 and 0.65762; they join to 1 - 0.65762 sqrt(2) = 0.07."""
    found = score(2, 0, 0)
    assert found.value == 100
    assert found.low == pytest.approx(100 * (1 - 0.657620 * sqrt(2)), abs=1e-3)
    assert found.high == 100


def test_votes_that_all_say_the_same_keep_an_interval() -> None:
    found = score(0, 0, 400)
    assert found.value == -100
    assert found.low == -100
    assert found.high is not None
    assert -99.5 < found.high < -97


def test_no_votes_are_no_score() -> None:
    found = score(0, 0, 0)
    assert found.votes == 0
    assert {found.great, found.okay, found.not_good, found.value, found.variance, found.low, found.high} == {None}


def test_shares_of_votes_are_worth_as_many_votes_as_they_are() -> None:
    """Forty votes, half of each a person's: as certain as forty whole votes, and the same score."""
    halves, whole = score(12, 4, 4, worth=20**2 / (40 * 0.25)), score(24, 8, 8)
    assert halves == whole


def test_nothing_before_is_no_change() -> None:
    assert changes({"great": 3}, {"great": 0}) == {"great": None, "great_count": None}


counts = st.integers(0, 400)


@given(counts, counts, counts)
def test_the_score_lies_in_its_interval_and_both_in_their_bounds(great: int, okay: int, bad: int) -> None:
    found = score(great, okay, bad)
    if great + okay + bad:
        assert found.low is not None
        assert found.value is not None
        assert found.high is not None
        assert -100 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 100


@given(counts, counts, st.integers(1, 400))
def test_great_and_not_good_are_mirrors(great: int, okay: int, bad: int) -> None:
    one, other = score(great, okay, bad), score(bad, okay, great)
    assert one.value == pytest.approx(-(other.value or 0))
    assert one.low == pytest.approx(-(other.high or 0), abs=1e-9)
