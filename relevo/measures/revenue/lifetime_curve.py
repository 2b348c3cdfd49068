"""The curve of a lifetime: by age the chance to leave and what a remaining customer pays, observed and then assumed.

Pure functions of what was seen (`Experience`).

*Tail rule.* An age is observed while at least ten customers were at risk (or any, where there never were ten).
Beyond the last such age the chance to leave is the one pooled over the last twelve observed ages (losses / customers
at risk), and so is what a customer pays. Twelve, because contracts end yearly. Where nobody left in those ages the
chance is 0, the curve never ends, and only the horizon caps the lifetime.

*Pooling.* A slice of fewer than thirty customers counts with the weight n/30; the rest is the company's curve.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from relevo.measures.revenue.lifetime_parts import Array, Experience, together

FEWEST_AT_RISK = 10
FULL_WEIGHT = 30
TAIL_AGES = 12


@dataclass(frozen=True, eq=False)
class Curve:
    """Per age from 0 to the horizon: the monthly chance to leave and the mean MRR of those who remain.

    `observed` ages come from data, the rest from the tail rule, whose chance is `tail_hazard`. `weight` is the share
    of the curve that is the slice's own.
    """

    hazard: Array
    paid: Array
    observed: int
    tail_hazard: float
    customers: int
    weight: float = 1.0

    @property
    def survival(self) -> Array:
        """The share still there at the end of each age."""
        return np.asarray(np.cumprod(1 - self.hazard))

    @property
    def never_ends(self) -> bool:
        """Whether nobody leaves beyond the last observed age, so that only a horizon ends the sum."""
        return self.tail_hazard == 0


def observed_ages(seen: Experience) -> int:
    """How many ages from 0 are observed; 0 where nobody was at risk."""
    for fewest in (FEWEST_AT_RISK, 1):
        enough = np.flatnonzero(seen.at_risk >= fewest)
        if len(enough):
            return int(enough[-1]) + 1
    return 0


def tail_ages(seen: Experience) -> Array:
    """1 for the ages that the tail is pooled from, else 0: the last twelve observed ones with anybody at risk."""
    known = np.flatnonzero(seen.at_risk[: observed_ages(seen)] > 0)[-TAIL_AGES:]
    mask = np.zeros(len(seen.at_risk))
    mask[known] = 1
    return mask


def curve_of(seen: Experience) -> Curve | None:
    """The curve of what was seen, unpooled; None where nobody was at risk. Ages without anybody take the tail."""
    observed = observed_ages(seen)
    if not observed:
        return None
    mask = tail_ages(seen)
    tail_hazard = float((seen.left * mask).sum() / (seen.at_risk * mask).sum())
    alive = seen.alive
    tail_paid = _over((seen.paid * mask).sum(), (alive * mask).sum())
    within = np.arange(len(seen.at_risk)) < observed
    hazard = np.where(within & (seen.at_risk > 0), seen.left / np.maximum(seen.at_risk, 1), tail_hazard)
    paid = np.where(within & (alive > 0), seen.paid / np.maximum(alive, 1), tail_paid)
    return Curve(hazard, paid, observed, tail_hazard, seen.customers)


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def weight_of(seen: Experience) -> float:
    """The weight of a slice's own curve: its customers / 30, at most 1."""
    return min(1.0, seen.customers / FULL_WEIGHT)


def pooled(own: Curve | None, company: Curve, seen: Experience) -> Curve:
    """A slice's curve pulled towards the company's by its weight; the company's where it has none of its own."""
    weight = weight_of(seen) if own is not None else 0.0
    if own is None or weight == 1.0:
        return own or Curve(
            company.hazard, company.paid, company.observed, company.tail_hazard, seen.customers, 0.0
        )  # fmt: skip
    mixed = (weight * a + (1 - weight) * b for a, b in ((own.hazard, company.hazard), (own.paid, company.paid)))
    hazard, paid = (np.asarray(m) for m in mixed)
    tail = weight * own.tail_hazard + (1 - weight) * company.tail_hazard
    return Curve(hazard, paid, max(own.observed, company.observed), tail, seen.customers, weight)


@dataclass(frozen=True, eq=False)
class Curves:
    """The company's curve, every slice's pooled one, and what they were made from."""

    company: Curve
    slices: Mapping[str, Curve]
    seen: Mapping[str, Experience]

    def of(self, name: str | None) -> Curve:
        """The curve of a slice, or of the company."""
        return self.company if name is None else self.slices[name]


def curves_of(seen: Mapping[str, Experience], ages: int) -> Curves | None:
    """Curves of every slice and of the company; None where nobody was at risk."""
    company = curve_of(together(seen.values(), ages))
    if company is None:
        return None
    return Curves(company, {name: pooled(curve_of(e), company, e) for name, e in seen.items()}, seen)
