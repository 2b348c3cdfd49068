"""How much a figure changes per step of another, within strata: least squares with an interval that trusts no model."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array, Estimate, Numbers
from relevo.measures.intervals import Z95


def within_slope(x: Numbers, y: Numbers, n: Numbers, strata: ArrayLike) -> Estimate:
    """The slope of y on x among cells of `n` units each, with a level of its own for every stratum.

    For counts it is the Poisson model with identity link: units of y per unit of x. The standard error is the sandwich
    of White 1980 with the correction N / (N - parameters), so that spread may differ between cells. Refuses data in
    which x does not vary inside any stratum, or with no more units than parameters.
    """
    at, height, count = (np.asarray(v, dtype=float) for v in (x, y, n))
    layers, layer = np.unique(np.asarray(strata), return_inverse=True)
    along, up = (_from_its_mean(v, count, layer.ravel()) for v in (at, height))
    spread, units = float(count @ along**2), float(count.sum())
    if spread < 1e-9 * max(units, 1.0):
        raise DataRefused("What is compared is the same for everybody in a stratum.", "Wait for more, or pool strata.")
    free = units - len(layers) - 1
    if free <= 0:
        raise DataRefused(f"{units:.0f} units cannot tell a slope and {len(layers)} levels.", "Wait for more.")
    slope = float(count @ (along * up)) / spread
    left = up - slope * along
    error = float(np.sqrt(units / free * (count @ (along * left) ** 2))) / spread
    return Estimate(slope, error, slope - Z95 * error, slope + Z95 * error)


def _from_its_mean(values: Array, n: Array, layer: NDArray[np.intp]) -> Array:
    """Each value less the mean of its stratum; a stratum without units has no mean and is left as it is."""
    units = np.bincount(layer, weights=n)
    total = np.bincount(layer, weights=n * values)
    mean = np.divide(total, units, out=np.zeros_like(total), where=units > 0)
    return np.asarray(values - mean[layer], dtype=float)
