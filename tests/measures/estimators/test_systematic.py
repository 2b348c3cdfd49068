"""Systematic samples: chances that add up, strata that are spread over, every unit drawn as often as it should be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.systematic import chances, drawn


def test_chances_are_in_proportion_and_at_most_one() -> None:
    """Two of four with weights 1 1 1 6: the last would have 4/3, is certain, and the others share one."""
    assert list(chances([1, 1, 2], 2)) == pytest.approx([0.5, 0.5, 1])
    assert list(chances([1, 1, 1, 6], 2)) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1])
    assert list(chances([1, 5], 3)) == [1, 1]
    assert list(chances([1, 1], 0)) == [0, 0]
    assert list(chances([], 2)) == []


@pytest.mark.parametrize(("weights", "wanted"), [([1, 0], 1), ([1, -2], 1), ([1], -1)])
def test_what_cannot_be_drawn_is_refused(weights: list[float], wanted: float) -> None:
    with pytest.raises(DataRefused, match="weight"):
        chances(weights, wanted)


def test_strata_are_spread_over() -> None:
    """Eight easy and two hard along the order, five drawn: four and one, whatever the start."""
    for start in np.linspace(0.001, 0.999, 97):
        found = drawn([0.5] * 10, float(start))
        assert (len(found), sum(each >= 8 for each in found)) == (5, 1)


def test_each_is_drawn_as_often_as_its_chance() -> None:
    chance = chances([1, 2, 3, 4, 30], 2)
    starts = (np.arange(100_000) + 0.5) / 100_000
    times = np.zeros(5)
    for start in starts[::20]:
        times[drawn(chance, float(start))] += 1
    assert list(times / len(starts[::20])) == pytest.approx(list(chance), abs=0.001)


@settings(max_examples=60)
@given(st.lists(st.floats(0.1, 9), max_size=30), st.integers(0, 10), st.floats(0, 0.999999))
def test_the_number_drawn_is_the_one_wanted(weights: list[float], wanted: int, start: float) -> None:
    chance = chances(weights, wanted)
    assert float(chance.sum()) == pytest.approx(min(wanted, len(weights)))
    assert len(drawn(chance, start)) == min(wanted, len(weights))
