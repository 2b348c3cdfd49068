"""Who was helped beside others like them who were not: curves of who stays, from a day on which both were here.

Both begin on a day on which the customer pays (a landmark), so that nobody had to stay first in order to be counted as
helped. The others are weighted so that their mix of strata is that of the helped.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.jackknife import without_each
from relevo.measures.estimators.lives import Array, Estimate
from relevo.measures.estimators.survival import SurvivalCurve, kaplan_meier

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Followed:
    """Counted lives from the landmark on: stratum, whether helped, group of customers, days, whether left, how many."""

    stratum: Whole
    is_helped: Flags
    group: Whole
    days: Whole
    is_gone: Flags
    n: Array

    def only(self, keep: Flags) -> "Followed":
        """The rows for which a flag holds."""
        return Followed(
            self.stratum[keep], self.is_helped[keep], self.group[keep], self.days[keep], self.is_gone[keep],
            self.n[keep],
        )  # fmt: skip


def weights(stratum: Whole, is_helped: Flags, n: Array) -> Array:
    """What one life counts: helped ones 1, the others helped over others of their stratum; 0 without a counterpart."""
    size = int(stratum.max(initial=-1)) + 1
    helped = np.bincount(stratum[is_helped], weights=n[is_helped], minlength=size)
    others = np.bincount(stratum[~is_helped], weights=n[~is_helped], minlength=size)
    share = np.divide(helped, others, out=np.zeros(size), where=others > 0)
    both = (helped > 0) & (others > 0)
    return np.where(both[stratum], np.where(is_helped, 1.0, share[stratum]), 0.0)


@dataclass(frozen=True)
class Stays:
    """The shares still here so many days after: of the helped, of the others like them, and the difference."""

    days: int
    helped: Estimate
    others: Estimate
    difference: Estimate


@dataclass(frozen=True, eq=False)
class Matched:
    """Both curves, their heights at days asked, and how many of the helped have others like them."""

    helped: SurvivalCurve
    others: SurvivalCurve
    stays: tuple[Stays, ...]
    n_helped: float
    n_matched: float
    n_others: float


def matched(lives: Followed, days: tuple[int, ...]) -> Matched:
    """Kaplan-Meier of both from the landmark; the others weighted to the mix of the helped (Cole and Hernan 2004).

    Intervals by leaving groups of customers out, as a customer may be there more than once. Refuses lives of which
    none has a counterpart.
    """
    weight = weights(lives.stratum, lives.is_helped, lives.n)
    if not weight.any():
        raise DataRefused("Nobody who was helped is like anybody who was not.", "Compare by fewer traits.")
    helped, others = _curves(lives)

    def heights(keep: Flags) -> Array:
        one, other = (curve.at(days) for curve in _curves(lives.only(keep)))
        return np.concatenate([one, other, one - other])

    found = without_each(heights, lives.group)
    many = len(days)
    stays = tuple(Stays(d, *found[i::many]) for i, d in enumerate(days))
    n_helped = float(lives.n[lives.is_helped].sum())
    return Matched(
        helped, others, stays, n_helped, float((weight * lives.n)[lives.is_helped].sum()),
        float(lives.n[~lives.is_helped & (weight > 0)].sum()),
    )  # fmt: skip


def _curves(lives: Followed) -> tuple[SurvivalCurve, SurvivalCurve]:
    count = weights(lives.stratum, lives.is_helped, lives.n) * lives.n
    sides = []
    for mine in (lives.is_helped, ~lives.is_helped):
        kept = mine & (count > 0)
        sides.append(kaplan_meier(lives.days[kept], lives.is_gone[kept].astype(float), count[kept]))
    return sides[0], sides[1]


def matched_mean(stratum: Whole, is_helped: Flags, n: Array, before: Array, after: Array) -> Array:
    """After over before of the helped, of the others like them, and their difference; NaN where nothing was before.

    `before` and `after` are sums over the `n` of each row.
    """
    weight = weights(stratum, is_helped, n)
    ratios = [_ratio(float(weight[m] @ after[m]), float(weight[m] @ before[m])) for m in (is_helped, ~is_helped)]
    return np.array([*ratios, ratios[0] - ratios[1]])


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
