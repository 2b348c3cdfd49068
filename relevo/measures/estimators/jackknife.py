"""Intervals from customers in groups: what the figure would be without each group (the delete-a-group jackknife).

Rows of one customer are in one group, so however much they hang together, groups do not.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.lives import Array, Estimate

Kept = NDArray[np.bool_]


def without_each(figures: Callable[[Kept], Array], groups: ArrayLike) -> tuple[Estimate, ...]:
    """Each figure of all rows with its 95 % interval (Kott 2001; Student's t with one less than the groups).

    `figures` is given which rows to keep. A figure that cannot be told without some group has no interval. Refuses
    fewer than two groups.
    """
    of = np.asarray(groups)
    named = np.unique(of)
    if named.size < 2:
        raise DataRefused("Customers fall into one group.", "Group them by something that differs.")
    whole = figures(np.ones(of.size, dtype=bool))
    parts = np.stack([figures(of != name) for name in named])
    away = parts - parts.mean(axis=0)
    errors = np.sqrt((named.size - 1) / named.size * (away**2).sum(axis=0))
    half = student_t95(named.size - 1) * errors
    return tuple(
        Estimate(float(v), float(e), float(v - h), float(v + h)) for v, e, h in zip(whole, errors, half, strict=True)
    )
