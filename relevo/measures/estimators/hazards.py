"""Hazards of contracts, which end only when they can be renewed, and the one rate that ignores age."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Numbers
from relevo.measures.intervals import Z95, wilson


@dataclass(frozen=True)
class Hazard:
    """One renewal opportunity: who stood before it, who left at it, the share with its Wilson 95 % interval.

    `survival` is the share of those who began that is still here after it; None where some earlier opportunity was
    never seen.
    """

    opportunity: int
    exposed: int
    lost: int
    hazard: float | None
    low: float | None
    high: float | None
    survival: float | None


def discrete_hazards(exposed: Sequence[int], lost: Sequence[int]) -> list[Hazard]:
    """Losses over exposures at the 1st, 2nd, ... renewal opportunity (Singer and Willett 1993).

    A cohort or several pooled ones: whoever stands before its k-th renewal is exposed at it, wherever it came from.
    """
    _refuse(exposed, lost)
    found: list[Hazard] = []
    survival: float | None = 1.0
    for place, (n, d) in enumerate(zip(exposed, lost, strict=True), start=1):
        hazard = d / n if n else None
        survival = None if survival is None or hazard is None else survival * (1 - hazard)
        found.append(Hazard(place, n, d, hazard, *wilson(d, n), survival))
    return found


def constant_hazard(exposed: Sequence[int], lost: Sequence[int]) -> Hazard:
    """One hazard for all opportunities: all losses over all exposures, the maximum likelihood estimate.

    It hides a hazard that falls with age, so show `discrete_hazards` beside it. `opportunity` is 0.
    """
    _refuse(exposed, lost)
    n, d = sum(exposed), sum(lost)
    return Hazard(0, n, d, d / n if n else None, *wilson(d, n), None)


def _refuse(exposed: Sequence[int], lost: Sequence[int]) -> None:
    if len(exposed) != len(lost) or any(not 0 <= d <= n for n, d in zip(exposed, lost, strict=True)):
        raise DataRefused("Losses must lie between 0 and the exposures of the same opportunity.", "Count them again.")


def losses_of(active: Sequence[int]) -> tuple[list[int], list[int]]:
    """Exposures and losses from one cohort's counts at its beginning and after each renewal."""
    return list(active[:-1]), [before - after for before, after in pairwise(active)]


@dataclass(frozen=True)
class Rate:
    """Events per unit of time at risk with a 95 % interval on the log scale; None without exposure or events."""

    events: float
    exposure: float
    rate: float | None
    low: float | None
    high: float | None


def event_rate(durations: Numbers, events: Numbers, n: Numbers | None = None, entries: Numbers | None = None) -> Rate:
    """Events over time at risk: the constant hazard in continuous time; its inverse is an exponential lifetime.

    Each life counts from its entry to its end. Interval: log rate with standard error 1 / sqrt(events).
    """
    lasted, left = np.asarray(durations, dtype=float), np.asarray(events, dtype=float)
    count = np.ones_like(lasted) if n is None else np.asarray(n, dtype=float)
    begun = np.zeros_like(lasted) if entries is None else np.maximum(np.asarray(entries, dtype=float), 0.0)
    seen = (lasted > begun) | (begun <= 0)
    total, exposure = float((left * count)[seen].sum()), float((count * (lasted - begun))[seen].sum())
    rate = total / exposure if exposure else None
    if not rate:
        return Rate(total, exposure, rate, None, None)
    factor = float(np.exp(Z95 / np.sqrt(total)))
    return Rate(total, exposure, rate, rate / factor, rate * factor)
