"""How much a figure changes with each of several others at once, within strata: least squares, and how they overlap."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.lives import Array, Estimate

Places = NDArray[np.intp]
# A column of which less than this is its own, beside the others, cannot be told apart from them.
_OWN = 1e-6


def within_slopes(xs: ArrayLike, y: ArrayLike, strata: ArrayLike) -> tuple[Estimate, ...]:
    """The slope of y on each column of `xs`, the others held fixed, with a level of its own for every stratum.

    One row per unit. Intervals are 95 % by Student's t with the errors HC3 (MacKinnon and White 1985), which allow
    spread to differ between units and are careful with few. A stratum of one unit tells nothing and is left out.
    Refuses columns that do not vary inside strata or follow from each other, and no more units than parameters.
    """
    columns, up, layer = _told(xs, y, strata)
    along, height, alone = _centred(columns, layer), _centred(up[:, None], layer)[:, 0], 1 / np.bincount(layer)[layer]
    free = len(up) - columns.shape[1] - len(np.unique(layer))
    if free <= 0:
        raise DataRefused(f"{len(up)} units cannot tell {columns.shape[1]} slopes.", "Wait for more.")
    if min(_own_parts(along), default=1.0) < _OWN:
        raise DataRefused("What is compared is the same for everybody, or follows from the rest.", "Leave one out.")
    bread = np.linalg.inv(along.T @ along)
    slopes = bread @ along.T @ height
    reach = alone + np.einsum("ij,jk,ik->i", along, bread, along)
    left = (height - along @ slopes) / np.maximum(1 - reach, _OWN)
    errors = np.sqrt(np.diag(bread @ (along.T * left**2) @ along @ bread))
    return tuple(_estimate(float(s), float(e), student_t95(free)) for s, e in zip(slopes, errors, strict=True))


def inflations(xs: ArrayLike, strata: ArrayLike) -> tuple[float, ...]:
    """How many times each column's slope is less certain because the others go along with it (VIF); 1 is not at all.

    Infinite for a column that the others give exactly, or that does not vary inside strata.
    """
    columns, _, layer = _told(xs, np.zeros(len(np.asarray(xs))), strata)
    own = _own_parts(_centred(columns, layer))
    return tuple(1 / part if part >= _OWN else float("inf") for part in own)


def within_spreads(xs: ArrayLike, strata: ArrayLike) -> tuple[float, ...]:
    """The standard deviation of each column inside strata: the root of the mean square from the strata's means."""
    columns, _, layer = _told(xs, np.zeros(len(np.asarray(xs))), strata)
    return tuple(float(v) for v in np.sqrt((_centred(columns, layer) ** 2).sum(axis=0) / max(len(columns), 1)))


def _told(xs: ArrayLike, y: ArrayLike, strata: ArrayLike) -> tuple[Array, Array, Places]:
    """The units of strata that have more than one, and the place of each one's stratum."""
    columns, up = np.asarray(xs, dtype=float), np.asarray(y, dtype=float)
    layer = np.unique(np.asarray(strata), return_inverse=True)[1].ravel()
    keep = np.bincount(layer)[layer] > 1 if len(layer) else np.zeros(0, dtype=bool)
    return columns[keep], up[keep], np.unique(layer[keep], return_inverse=True)[1].ravel()


def _centred(columns: Array, layer: Places) -> Array:
    many = np.bincount(layer)
    means = [np.bincount(layer, weights=column) / many for column in columns.T]
    return np.asarray(columns - np.column_stack([mean[layer] for mean in means]))


def _own_parts(along: Array) -> Sequence[float]:
    """The part of each column's variation that the others do not give; 0 for a column without variation."""
    parts = []
    for i, column in enumerate(along.T):
        others = np.delete(along, i, axis=1)
        rest = column - others @ np.linalg.lstsq(others, column, rcond=None)[0] if others.size else column
        whole = float(column @ column)
        parts.append(float(rest @ rest) / whole if whole > _OWN**2 * len(column) else 0.0)
    return parts


def _estimate(slope: float, error: float, t: float) -> Estimate:
    return Estimate(slope, error, slope - t * error, slope + t * error)
