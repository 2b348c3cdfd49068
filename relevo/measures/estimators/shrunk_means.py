"""Means of small cells, drawn towards those of the larger cells that hold them: credibility by level."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array, Numbers

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ShrunkMeans:
    """A mean for each cell, the mean of all, and the spread within cells (a variance; NaN where it cannot be told)."""

    means: Array
    overall: float
    within: float


def shrunk_means(levels: NDArray[np.int64], n: Numbers, total: Numbers, squares: Numbers) -> ShrunkMeans:
    """The expected value of every cell, from its own values and those of its parents.

    `levels` names each cell (a row) by its value on every level, the coarsest first: cells alike in the first values
    share a parent. `n`, `total` and `squares` are how many values a cell has, their sum and the sum of their squares;
    a cell without values gets its parent's mean. A cell's own mean counts with n a / (n a + s), where `s` is the
    variance within cells and `a` that between cells of one parent, estimated at each level (Buehlmann and Straub 1970).
    Refuses tables of unequal length; all is NaN where no cell has a value.
    """
    count, added, powers = (np.asarray(v, dtype=float) for v in (n, total, squares))
    if not count.shape == added.shape == powers.shape:
        raise DataRefused("Cells came with unequal numbers of counts, sums and squares.", "Aggregate them together.")
    units = float(count.sum())
    if not units:
        return ShrunkMeans(np.full(count.shape, np.nan), float("nan"), float("nan"))
    named = np.asarray(levels, dtype=np.int64).reshape(count.size, -1)
    overall = float(added.sum()) / units
    within = _within(count, added, powers, overall)
    nodes = [np.zeros(count.size, dtype=np.int64), *_nodes(named)]
    means = np.full(count.size, overall)
    for parents, own in pairwise(nodes):
        means = _level(parents, own, count, added, means, within)
    return ShrunkMeans(means, overall, within)


def _nodes(named: Codes) -> list[Codes]:
    """For every level, which cell of that level each row lies in."""
    found = []
    for upto in range(1, named.shape[1] + 1):
        _, place = np.unique(named[:, :upto], axis=0, return_inverse=True)
        found.append(np.asarray(place, dtype=np.int64).ravel())
    return found


def _within(count: Array, added: Array, powers: Array, overall: float) -> float:
    """The pooled variance within cells; that of all where no cell has two values; 0 where there is but one."""
    free = float(np.maximum(count - 1, 0).sum())
    if free:
        means = np.divide(added, count, out=np.zeros_like(added), where=count > 0)
        return max(float((powers - added * means).sum()) / free, 0.0)
    units = float(count.sum())
    return max(float(powers.sum()) - units * overall**2, 0.0) / max(units - 1, 1.0)


def _level(parents: Codes, own: Codes, count: Array, added: Array, above: Array, within: float) -> Array:
    """The means of one level's cells, given those of the level above."""
    size, sums = (np.asarray(np.bincount(own, weights=v), dtype=float) for v in (count, added))
    raw = np.divide(sums, size, out=np.zeros_like(sums), where=size > 0)
    prior, parent = np.zeros_like(raw), np.zeros(raw.size, dtype=np.int64)
    prior[own], parent[own] = above, parents
    between = _between(parent, size, raw, within)
    weight = np.divide(size * between, size * between + within, out=(size * between > 0) * 1.0, where=within > 0)
    return np.asarray((weight * raw + (1 - weight) * prior)[own])


def _between(parent: Codes, size: Array, raw: Array, within: float) -> float:
    """The variance between cells of one parent, by the method of moments; 0 where nothing tells it."""
    whole, seen = np.bincount(parent, weights=size), size > 0
    middle = np.divide(np.bincount(parent, weights=size * raw), whole, out=np.zeros_like(whole), where=whole > 0)
    far = float(size @ (raw - middle[parent]) ** 2)
    spare = int(seen.sum()) - int((whole > 0).sum())
    squared = np.bincount(parent, weights=size**2)
    scale = float((whole - np.divide(squared, whole, out=np.zeros_like(whole), where=whole > 0)).sum())
    return max(far - spare * within, 0.0) / scale if scale > 0 else 0.0
