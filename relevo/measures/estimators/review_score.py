"""The score of one review from what each criterion got, and scores of many reviews: mean, spread, how many to ask for.

One review: accuracy 2 of 4 with weight 2, tone 4 of 4 with weight 1, next step not applicable. Its score is
100 x (2 x 0.5 + 1 x 1) / (2 + 1) = 66.67: what does not apply leaves the denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike

from relevo.base.errors import DataRefused
from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.lives import Array
from relevo.measures.intervals import Z95

TOP = 100.0
# A critical criterion with less than this part of its points fails the whole review.
FAILS_BELOW = 0.5
WORST_PART = 0.1


@dataclass(frozen=True)
class Mark:
    """What one criterion got: points of at most `most`; None where it does not apply."""

    points: float | None
    most: float
    weight: float = 1.0
    is_critical: bool = False

    @property
    def part(self) -> float | None:
        """The part of its points, from 0 to 1."""
        return None if self.points is None else self.points / self.most


@dataclass(frozen=True)
class Mean:
    """A weighted mean with its 95 % interval, the number of units and their spread; None where undefined."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    spread: float | None
    worst: float | None


def review_score(marks: Sequence[Mark]) -> float | None:
    """The score of a review from 0 to 100: the weighted mean of the parts of its criteria (Zendesk QA, Klaus).

    A criterion that does not apply leaves the denominator; a critical one below half of its points makes it 0. None
    where nothing applies, or all that does weighs nothing.
    """
    rated = [(each, each.part) for each in marks if each.part is not None]
    if any(each.is_critical and part < FAILS_BELOW for each, part in rated if part is not None):
        return 0.0
    whole = sum(each.weight for each, _ in rated)
    return TOP * sum(each.weight * part for each, part in rated if part is not None) / whole if whole else None


def weighted_mean(values: ArrayLike, weights: ArrayLike, top: float = TOP) -> Mean:
    """The mean of a sample drawn with unequal chances, each unit weighing one over its chance (Hajek 1971).

    The interval is Student's with the linearised variance of a ratio, clipped to 0 to `top`; undefined below two. The
    spread is the sample standard deviation under the same weights; `worst` is the mean of the worst tenth.
    """
    y, w = _told(values, weights)
    n = len(y)
    if not n:
        return Mean(0, None, None, None, None, None)
    whole = float(w.sum())
    mean, worst = float(w @ y) / whole, worst_part(y, w)
    if n < 2:
        return Mean(n, mean, None, None, None, worst)
    error = sqrt(n / (n - 1) * float(((w * (y - mean)) ** 2).sum())) / whole
    half = student_t95(n - 1) * error
    spread = sqrt(n / (n - 1) * float(w @ (y - mean) ** 2) / whole)
    return Mean(n, mean, max(mean - half, 0.0), min(mean + half, top), spread, worst)


def worst_part(values: ArrayLike, weights: ArrayLike) -> float:
    """The mean of the worst tenth, by weight: how bad it is when it is bad. The unit on the edge counts in part."""
    y, w = _told(values, weights)
    order = np.argsort(y, kind="stable")
    wanted, rest = WORST_PART * float(w.sum()), np.cumsum(w[order])
    taken = np.clip(wanted - (rest - w[order]), 0.0, w[order])
    return float(taken @ y[order]) / wanted


def reviews_needed(spread: float, half_width: float) -> int:
    """How many reviews make a 95 % interval reach so far to each side: (1.96 s / w) squared, and two at the least."""
    if half_width <= 0:
        raise DataRefused("An interval of no width needs every conversation.", "Ask for a half-width above 0.")
    return max(2, ceil((Z95 * spread / half_width) ** 2))


def _told(values: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if y.shape != w.shape or not (w > 0).all():
        raise DataRefused("A mean needs a weight above 0 for each value.", "Leave out what cannot have been drawn.")
    return y, w
