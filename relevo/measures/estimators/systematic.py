"""Draw a sample in which every unit's chance is known: systematically along an order, so that strata are spread over.

Of ten units in two strata of eight and two, a sample of five takes four of the one and one of the other, always: along
the order every stretch with chances that add up to a whole number gives just as many.
"""

from collections.abc import Sequence

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array


def chances(weights: Sequence[float], wanted: float) -> Array:
    """The chance of each unit, in proportion to its weight and at most 1; they add up to `wanted`, or to all there are.

    A unit that would have more than 1 is certain, and the rest share what is left (Hartley and Rao 1962).
    """
    size = np.asarray(weights, dtype=float)
    if (size <= 0).any() or wanted < 0:
        raise DataRefused("Every unit needs a weight above 0.", "Leave out what cannot be drawn.")
    found = np.ones(len(size))
    if wanted >= len(size):
        return found
    is_open = np.ones(len(size), dtype=bool)
    while True:
        left = wanted - float((~is_open).sum())
        found[is_open] = left * size[is_open] / size[is_open].sum()
        if not (found[is_open] > 1).any():
            return np.minimum(found, 1.0)
        is_open &= found <= 1
        found[~is_open] = 1.0


def drawn(chance: Sequence[float] | Array, start: float) -> list[int]:
    """The places that are drawn along the order with one random start from 0 to 1 (Madow 1949).

    Each unit is drawn with its chance, whatever the order; the number drawn differs from the sum of all chances by
    less than one.
    """
    ends = np.round(np.cumsum(np.asarray(chance, dtype=float)), 9)
    steps = np.ceil(ends - start) - np.ceil(np.concatenate([[0.0], ends[:-1]]) - start)
    return [int(place) for place in np.flatnonzero(steps > 0)]
