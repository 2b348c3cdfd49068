"""Expected minutes of a cell: by hand, by laws, and better than raw means on drawn companies."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.shrunk_means import shrunk_means

CELL = st.tuples(st.integers(0, 2), st.integers(0, 2), st.lists(st.integers(1, 90), max_size=6))


def of(cells: list[tuple[int, int, list[int]]]):  # type: ignore[no-untyped-def]
    values = [v for *_, v in cells]
    return shrunk_means(
        np.array([c[:2] for c in cells]).reshape(-1, 2), [len(v) for v in values], [sum(v) for v in values],
        [sum(x * x for x in v) for v in values],
    )  # fmt: skip


def test_one_level_by_hand() -> None:
    """Cells (8, 12) and (28, 32): within 8; means 10 and 30 of 20; far = 2x100 + 2x100 = 400, less 8, over 4 - 8/4 = 2:
    between 196. A cell's weight is 2 x 196 / (392 + 8) = 0.98: 10.2 and 29.8. A cell nobody saw: 20."""
    found = shrunk_means(np.array([[0], [1], [2]]), [2, 2, 0], [20, 60, 0], [208, 1808, 0])
    assert (found.overall, found.within) == (20.0, 8.0)
    assert list(found.means) == pytest.approx([10.2, 29.8, 20.0])


def test_alike_cells_are_one() -> None:
    """Means 10 and 10.2 with a spread of some 50 within: the cells tell no difference."""
    found = of([(0, 0, [3, 17, 10]), (1, 0, [4, 17, 10])])
    assert list(found.means) == pytest.approx([61 / 6, 61 / 6])


def test_without_spread_within_a_cell_its_mean_is_known() -> None:
    assert list(of([(0, 0, [5, 5]), (1, 0, [9, 9])]).means) == pytest.approx([5, 9])


def test_single_values_shrink_by_the_spread_of_all() -> None:
    """Each cell was seen once: nothing tells cells from chance, so all is pooled."""
    found = of([(0, 0, [10]), (1, 0, [30])])
    assert list(found.means) == pytest.approx([20, 20])
    assert list(of([(0, 0, [7])]).means) == [7]


def test_nothing_seen_is_not_known() -> None:
    found = of([(0, 0, []), (1, 0, [])])
    assert [isnan(v) for v in (*found.means, found.overall, found.within)] == [True] * 4


def test_unequal_tables_are_refused() -> None:
    with pytest.raises(DataRefused):
        shrunk_means(np.array([[0], [1]]), [1, 2], [1], [1, 2])


@given(st.lists(CELL, min_size=1, max_size=8, unique_by=lambda c: c[:2]))
def test_laws(cells: list[tuple[int, int, list[int]]]) -> None:
    """Every mean lies among the values; the order of cells, and values twice as large, change nothing else."""
    found, values = of(cells), [x for *_, v in cells for x in v]
    if not values:
        return
    assert all(min(values) - 1e-6 <= m <= max(values) + 1e-6 for m in found.means)
    assert list(of(cells[::-1]).means)[::-1] == pytest.approx(list(found.means))
    doubled = of([(a, b, [2 * x for x in v]) for a, b, v in cells])
    assert list(doubled.means) == pytest.approx([2 * m for m in found.means])


def test_smoothed_is_nearer_the_truth_than_raw() -> None:
    """60 topics of unlike weight in 3 channels, few values each: the mean squared error is smaller than the raw one."""
    draw, better = np.random.default_rng(5), 0
    for _ in range(20):
        topic = np.repeat(np.arange(20), 3)
        truth = 20 + 8 * draw.normal(size=20)[topic] + 3 * draw.normal(size=60)
        n = draw.integers(1, 12, 60)
        seen = [draw.gamma(1.5, max(t, 2) / 1.5, k) for t, k in zip(truth, n, strict=True)]
        total, squares = np.array([s.sum() for s in seen]), np.array([s @ s for s in seen])
        levels = np.column_stack([topic, np.tile(np.arange(3), 20)])
        means = shrunk_means(levels, n, total, squares).means
        better += float(((means - truth) ** 2).mean()) < float(((total / n - truth) ** 2).mean())
    assert better >= 19
