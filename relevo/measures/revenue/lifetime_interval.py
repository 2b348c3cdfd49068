"""The uncertainty of a lifetime value, from the sufficient statistics of the curve (delta method).

Two things are uncertain: the monthly chances to leave (binomial in those at risk, independent between ages, as in
Greenwood's formula) and what customers pay. Customers seen at a higher age were seen at the lower ones too, so means
of two ages share the customers of the higher: their covariance is that of what one customer pays, taken as wholly
correlated, divided by the larger number of customers. That is a little cautious where what a customer pays changes.
The interval is symmetric on the log scale. Spend, margin, discount and horizon count as known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from relevo.measures.intervals import Z95
from relevo.measures.revenue.lifetime_curve import Curve, Curves, tail_ages
from relevo.measures.revenue.lifetime_parts import Array, Experience

# Hanley and Lippman-Hand 1983: where none of n had the event, 3/n is the upper 95 % bound of its chance.
RULE_OF_THREE = 3


def rule_of_three(n: int) -> float | None:
    """The upper 95 % bound of a chance of which nothing was seen in n trials; None without a trial (case UE-013)."""
    return min(1.0, RULE_OF_THREE / n) if n else None


def variance(seen: Experience, curve: Curve, factors: Array) -> float:
    """The variance of sum(factors x paid x survival) over ages, from what was seen.

    The gradient is taken at `curve`, the uncertainty from `seen`, so that a pooled curve can be given.
    """
    weights = factors * curve.survival
    return _from_leaving(seen, curve, weights * curve.paid) + _from_paying(seen, weights)


def _from_leaving(seen: Experience, curve: Curve, worth: Array) -> float:
    ahead = np.cumsum(worth[::-1])[::-1]
    slope = -ahead / np.maximum(1 - curve.hazard, 1e-12)
    slope = _onto_observed(slope, seen, seen.at_risk)
    known = seen.at_risk > 0
    share = np.where(known, seen.left / np.maximum(seen.at_risk, 1), 0.0)
    spread = np.where(known, share * (1 - share) / np.maximum(seen.at_risk, 1), 0.0)
    return float((slope**2 * spread).sum())


def _from_paying(seen: Experience, weights: Array) -> float:
    alive = seen.alive
    slope = _onto_observed(weights, seen, alive)
    mean = np.where(alive > 0, seen.paid / np.maximum(alive, 1), 0.0)
    spread = np.where(alive > 1, seen.squared / np.maximum(alive, 1) - mean**2, 0.0)
    part = slope * np.sqrt(np.maximum(spread, 0.0) * alive / np.maximum(alive - 1, 1))
    shared = np.maximum(np.maximum.outer(alive, alive), 1)
    return float(part @ (1 / shared) @ part)


def _onto_observed(slope: Array, seen: Experience, size: Array) -> Array:
    """The slope by what was observed: the tail is pooled from its ages in proportion to `size`."""
    mask = tail_ages(seen) * size
    own = _own_ages(seen, size)
    tail = slope[~own].sum()
    whole = mask.sum()
    return np.where(own, slope, 0.0) + (tail * mask / whole if whole else 0.0)


def _own_ages(seen: Experience, size: Array) -> NDArray[np.bool_]:
    """Which ages have an estimate of their own; the others take the tail's."""
    mask = tail_ages(seen)
    last = int(np.flatnonzero(mask)[-1]) if mask.any() else -1
    return np.asarray((np.arange(len(size)) <= last) & (size > 0))


@dataclass(frozen=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


def around(value: float, spread: float) -> Interval:
    """Value and variance as an interval, on the log scale where the value is positive."""
    half = Z95 * sqrt(max(spread, 0.0))
    if value <= 0:
        return Interval(value - half, value + half)
    return Interval(value * exp(-half / value), value * exp(half / value))


def combined(parts: Iterable[tuple[float, float, Interval]]) -> Interval:
    """The interval of a weighted sum of independent estimates from (weight, value, interval).

    Distances to the ends add as squares, each side by itself (Zou and Donner 2008, method of variance estimates
    recovery), so that intervals need not be symmetric.
    """
    value = below = above = 0.0
    for weight, each, interval in parts:
        value += weight * each
        below += (weight * (each - interval.low)) ** 2
        above += (weight * (interval.high - each)) ** 2
    return Interval(value - sqrt(below), value + sqrt(above))


def lowest(seen: Experience, curve: Curve, factors: Array) -> float | None:
    """The value if as many left as may have gone unseen; None unless nobody was seen to leave (rule of three)."""
    months = int(seen.at_risk.sum())
    if seen.left.sum() or not months:
        return None
    bound = rule_of_three(months) or 0.0
    return float((factors * curve.paid * np.cumprod(np.full(len(factors), 1 - bound))).sum())


def slice_variance(curves: Curves, name: str, company: Experience, factors: Array) -> float:
    """The variance of a slice's value; for a pooled slice that of as many customers who live like the company.

    Pooling moves the centre of a small slice and not the width: how much slices differ is not known from a few of
    them, and what its own few customers show would be too narrow (nobody may have left yet).
    """
    seen, curve = curves.seen[name], curves.slices[name]
    if curve.weight == 1.0:
        return variance(seen, curve, factors)
    return variance(company, curves.company, factors) * company.customers / seen.customers
