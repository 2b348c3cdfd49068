"""The chance to leave by tenure: monthly hazards of the company, and one factor per group pulled towards 1.

Pure functions of counted lives (entry, duration, event). A customer is at risk in tenure month `t` if it entered
before `t` and had not left before, so whoever was there when history starts counts only from then on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import lgamma

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Counts of customers by entry, duration in months and event (1 left, 0 still here).
Lives = Mapping[tuple[int, int, int], int]

# Beyond three years, months of tenure share a cell with the same month of other years: contracts end yearly.
SINGLE_MONTHS = 36
CELLS = SINGLE_MONTHS + 1
# A cell of its own weighs its events against half an event at the company's overall rate.
PRIOR_EVENTS = 0.5
# Weights from "groups differ wildly" to "groups are alike"; in customers expected to leave.
_WEIGHTS = np.logspace(-1, 4, 101)


def cell_of(tenure: int) -> int:
    """The cell of a month of tenure: itself up to 36, then 25 to 36 again and again."""
    return tenure if tenure <= SINGLE_MONTHS else SINGLE_MONTHS - 11 + (tenure - SINGLE_MONTHS - 1) % 12


@dataclass(frozen=True, eq=False)
class Exposure:
    """Customer-months at risk and customers that left, per cell of tenure."""

    at_risk: Array
    events: Array


def exposure(lives: Lives) -> Exposure:
    """At risk and events per cell, from counted lives."""
    at_risk, events = np.zeros(CELLS), np.zeros(CELLS)
    for (entry, duration, event), n in lives.items():
        np.add.at(at_risk, list(_cells(max(entry + 1, 0), duration)), n)
        if event and duration > entry:
            events[cell_of(duration)] += n
    return Exposure(at_risk, events)


@lru_cache(maxsize=65536)
def _cells(first: int, last: int) -> tuple[int, ...]:
    return tuple(cell_of(t) for t in range(first, last + 1))


@dataclass(frozen=True, eq=False)
class Hazards:
    """Per cell the gamma distribution (shape, rate) of the monthly chance to leave; `mean` is its mean."""

    shape: Array
    rate: Array

    @property
    def mean(self) -> Array:
        """The expected monthly chance to leave per cell."""
        return np.asarray(np.minimum(self.shape / self.rate, 1.0))

    def draws(self, rng: np.random.Generator, size: int) -> Array:
        """`size` draws of all cells: rows are draws."""
        return np.asarray(np.minimum(rng.gamma(self.shape, 1 / self.rate, (size, CELLS)), 1.0))


def hazards(seen: Exposure) -> Hazards | None:
    """Monthly hazards: events / at risk, each cell with half an event of the overall rate as its prior.

    A cell nobody has reached yet has the overall rate. None where nobody was ever at risk. Where nobody ever left,
    the overall rate is half an event over all months at risk.
    """
    months = seen.at_risk.sum()
    if not months:
        return None
    overall = max(seen.events.sum(), PRIOR_EVENTS) / months
    return Hazards(seen.events + PRIOR_EVENTS, seen.at_risk + PRIOR_EVENTS / overall)


@dataclass(frozen=True)
class Factor:
    """How much more (above 1) or less often a group leaves than the company at the same tenures.

    `events` left where `expected` would have at the company's hazards. The factor's distribution is a gamma with
    shape `weight + events` and rate `weight + expected`: a small group is near 1, a large one near events / expected.
    """

    events: float
    expected: float
    weight: float

    @property
    def mean(self) -> float:
        """The factor pulled towards 1."""
        return (self.weight + self.events) / (self.weight + self.expected)

    def draws(self, rng: np.random.Generator, size: int) -> Array:
        """Draws of the factor."""
        return np.asarray(rng.gamma(self.weight + self.events, 1 / (self.weight + self.expected), size))


def factors(groups: Sequence[Exposure], company: Hazards) -> list[Factor]:
    """One factor per group, all with the weight that fits how much the groups differ.

    Gamma-Poisson shrinkage; the weight maximises the marginal (negative binomial) likelihood of the groups' events.
    Source: Clayton and Kaldor 1987 (empirical Bayes estimates of relative risks).
    """
    pairs = [(float(g.events.sum()), float((g.at_risk * company.mean).sum())) for g in groups]
    weight = _weight(pairs)
    return [Factor(events, expected, weight) for events, expected in pairs]


def _weight(pairs: Iterable[tuple[float, float]]) -> float:
    known = [(d, e) for d, e in pairs if e > 0]
    likelihood = [sum(_marginal(d, e, k) for d, e in known) for k in _WEIGHTS]
    return float(_WEIGHTS[int(np.argmax(likelihood))]) if len(known) > 1 else float(_WEIGHTS[-1])


def _marginal(events: float, expected: float, weight: float) -> float:
    """The log likelihood of a group's events, the factor integrated out, up to a constant."""
    share = np.log(weight / (weight + expected))
    return float(
        lgamma(weight + events) - lgamma(weight) + weight * share + events * np.log(expected / (weight + expected))
    )


def chance(monthly: Array, factor: Array | float, age: int, months: int) -> Array:
    """The chance to leave within the next `months` at an age; `monthly` has the cells in its last axis."""
    ahead = monthly[..., [cell_of(age + j) for j in range(1, months + 1)]]
    scaled = np.minimum(ahead * np.asarray(factor)[..., None], 1.0)
    return np.asarray(1 - np.prod(1 - scaled, axis=-1))
