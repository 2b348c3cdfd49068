"""A group's own interval of its gap: the exact one, against scipy and at its ends."""

import pytest
from scipy import stats

from relevo.insight.relay.promise_gap import PromiseRow, gaps


@pytest.mark.parametrize(("due", "unmet"), [(1, 0), (1, 1), (5, 2), (40, 40), (40, 0), (98, 70)])
def test_it_is_the_exact_binomial_interval(due: int, unmet: int) -> None:
    (found,) = gaps([PromiseRow("a", due, unmet)])
    exact = stats.binomtest(unmet, due).proportion_ci(method="exact")
    assert found.own_interval == pytest.approx((exact.low, exact.high))


def test_none_of_four_by_hand() -> None:
    """Nothing unmet: the upper end x is where (1 - x)^4 = 0.025."""
    (found,) = gaps([PromiseRow("a", 4, 0)])
    assert found.own_interval == pytest.approx((0.0, 1 - 0.025**0.25))


def test_where_nothing_was_due_there_is_none() -> None:
    (found,) = gaps([PromiseRow("a", 0, 0)])
    assert found.own_interval is None


def test_a_picture_shows_it_of_who_stands_out_and_the_pulled_one_of_the_others() -> None:
    found = {g.group: g for g in gaps([PromiseRow("worse", 40, 38), PromiseRow("b", 40, 4), PromiseRow("c", 40, 5)])}
    worse, other = found["worse"], found["b"]
    assert worse.own_interval
    assert worse.stands_out
    assert worse.shown == (38 / 40, *worse.own_interval)
    assert not other.stands_out
    assert other.shown == (other.pooled, other.low, other.high)
