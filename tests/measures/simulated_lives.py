"""Simulated customers with a known lifetime value, to see whether intervals hold what they say."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from relevo.measures.revenue.lifetime_curve import curves_of
from relevo.measures.revenue.lifetime_interval import Interval, around, lowest, slice_variance
from relevo.measures.revenue.lifetime_parts import Array, Experience, together

AGES = 60
FACTORS: Array = np.asarray(1.1 ** (-np.arange(AGES) / 12))
Hazard = Callable[[Array], Array]


@dataclass(frozen=True)
class World:
    """Customers that start evenly over `watched` months; sizes are lognormal and each leaves with its own hazard."""

    n: int
    watched: int
    hazard: float
    yearly: float = 0.0
    spread: float = 0.6
    small_leave_more: float = 0.0

    def draw(self, rng: np.random.Generator) -> Experience:
        """What is seen of one drawn company."""
        sizes = np.exp(rng.normal(0, self.spread, self.n)) * 100
        ages = rng.integers(0, self.watched, self.n)
        return self._seen(sizes, ages, self._lasts(rng, sizes))

    def _monthly(self, sizes: Array) -> Array:
        return np.asarray(self.hazard * np.exp(-self.small_leave_more * np.log(sizes / 100)))

    def hazards(self, sizes: Array) -> Array:
        """The chance to leave by customer (rows) and age; renewals at each twelfth month leave more."""
        by_age = np.repeat(self._monthly(sizes)[:, None], AGES, axis=1)
        by_age[:, 12::12] += self.yearly
        by_age[:, 0] = 0
        return np.asarray(np.minimum(by_age, 1))

    def _lasts(self, rng: np.random.Generator, sizes: Array) -> Array:
        gone = rng.random((len(sizes), AGES)) < self.hazards(sizes)
        return np.asarray(np.where(gone.any(axis=1), gone.argmax(axis=1), AGES))

    def _seen(self, sizes: Array, ages: Array, lasts: Array) -> Experience:
        at_risk, left, paid, squared = (np.zeros(AGES) for _ in range(4))
        for size, seen, last in zip(sizes, ages, lasts, strict=True):
            end = int(min(seen, last, AGES - 1))
            at_risk[: end + 1] += 1
            gone = last <= seen and last < AGES
            left[end] += gone
            shown = slice(0, end if gone else end + 1)
            paid[shown] += size
            squared[shown] += size**2
        return Experience(at_risk, left, paid, squared, len(sizes))

    def truth(self) -> float:
        """The lifetime value of a customer, over very many drawn sizes."""
        sizes = np.exp(np.random.default_rng(1).normal(0, self.spread, 200_000)) * 100
        value = 0.0
        for part in np.array_split(sizes, 40):
            survival = np.cumprod(1 - self.hazards(part), axis=1)
            value += float((survival * FACTORS * part[:, None]).sum())
        return value / len(sizes)


def estimate(groups: dict[str, Experience], name: str) -> tuple[float, Interval]:
    """The value of a slice and its interval, as `ltv` makes them with a margin of 1."""
    curves = curves_of(groups, AGES)
    assert curves is not None
    company = together(groups.values(), AGES)
    curve = curves.slices[name]
    value = float((FACTORS * curve.survival * curve.paid).sum())
    interval = around(value, slice_variance(curves, name, company, FACTORS))
    least = lowest(groups[name], curve, FACTORS)
    return value, interval if least is None else Interval(min(interval.low, least), interval.high)


def coverage(world: World, runs: int, seed: int) -> tuple[float, float]:
    """How often the interval of a company of one slice holds the truth, and the mean relative error."""
    rng, truth = np.random.default_rng(seed), world.truth()
    held, error = 0, 0.0
    for _ in range(runs):
        value, interval = estimate({"all": world.draw(rng)}, "all")
        held += interval.low <= truth <= interval.high
        error += value / truth - 1
    return held / runs, error / runs
