"""The monthly chance to leave as a logistic function of what is known, from counted cells; and ratios read off it.

A cell is `n` months of customers alike in everything the model knows, and in how many of them the customer left. Every
customer leaves at most once, so its months add to the likelihood one after the other and need no allowance for coming
from one customer: what is left over in a month does not depend on the months before it (Singer and Willett 1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array, Estimate
from relevo.measures.estimators.newton import Peak, maximise
from relevo.measures.intervals import Z95

# A log odds ratio beyond it, or a standard error, is one that has run off to infinity.
FURTHEST = 10.0
# A column of which less than this share of the information is its own cannot be told apart from the others.
OWN = 1e-6


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """Coefficients (the level first) with their covariance.

    `own` is the share of each column's information that the others do not have. `is_penalised` says that the
    likelihood alone had no end.
    """

    coefficients: Array
    covariance: Array
    own: Array
    is_penalised: bool

    def chances(self, columns: ArrayLike) -> Array:
        """The chance to leave in each row of columns (without the level)."""
        return _expit(_levelled(np.asarray(columns, dtype=float)) @ self.coefficients)


def logistic(columns: ArrayLike, n: ArrayLike, events: ArrayLike) -> LogisticFit:
    """The fit to `events` among `n` per row of `columns`; refuses no events, and counts that cannot be.

    Where events are so spread that a coefficient runs off to infinity, Jeffreys' penalty keeps it (Firth 1993; Heinze
    and Schemper 2002): its estimate is finite, with a wide interval.
    """
    rows = _levelled(np.asarray(columns, dtype=float))
    many, left = np.asarray(n, dtype=float), np.asarray(events, dtype=float)
    _refuse(rows, many, left)
    kept = many > 0
    rows, many, left = rows[kept], many[kept], left[kept]
    start = np.zeros(rows.shape[1])
    start[0] = np.log(left.sum() / (many.sum() - left.sum()))
    try:
        peak = maximise(lambda at: _likelihood(at, rows, many, left), start)
    except DataRefused:
        return _penalised(rows, many, left, start)
    fit = _fit(peak, is_penalised=False)
    return _penalised(rows, many, left, start) if _has_run_off(fit) else fit


def _refuse(rows: Array, many: Array, left: Array) -> None:
    if not rows.shape[0] == many.size == left.size:
        raise DataRefused(
            f"There are {rows.shape[0]} rows of columns, {many.size} counts and {left.size} numbers of events.",
            "Aggregate all of them by the same columns.",
        )
    if bool((left < 0).any() or (left > many).any()):
        raise DataRefused("Events must lie between 0 and the count of the same row.", "Count them again.")
    if not 0 < left.sum() < many.sum():
        raise DataRefused("Nobody left, or everybody did: there is nothing to compare.", "Wait for more months.")


def _penalised(rows: Array, many: Array, left: Array, start: Array) -> LogisticFit:
    peak = maximise(lambda at: _with_jeffreys(at, rows, many, left), start, 1e-8)
    return _fit(peak, is_penalised=True)


def _fit(peak: Peak, *, is_penalised: bool) -> LogisticFit:
    """Directions in which nothing is known, as of columns that follow from others, get no variance."""
    covariance = np.linalg.pinv(peak.information, rcond=1e-10, hermitian=True)
    own = np.array([_own_part(peak.information, place) for place in range(peak.at.size)])
    return LogisticFit(peak.at, np.asarray(covariance, dtype=float), own, is_penalised)


def _own_part(information: Array, place: int) -> float:
    """The share of a column's information that the others do not have."""
    others = np.delete(np.arange(len(information)), place)
    across, rest, whole = information[place, others], information[np.ix_(others, others)], information[place, place]
    explained = float(across @ np.linalg.pinv(rest, rcond=1e-10, hermitian=True) @ across)
    return max(0.0, 1 - explained / float(whole)) if whole > 0 else 0.0


def _has_run_off(fit: LogisticFit) -> bool:
    known = fit.own[1:] > OWN
    errors = np.sqrt(np.diag(fit.covariance)[1:])
    return bool((known & ((np.abs(fit.coefficients[1:]) > FURTHEST) | (errors > FURTHEST))).any())


def _likelihood(at: Array, rows: Array, many: Array, left: Array) -> tuple[float, Array, Array]:
    eta = rows @ at
    chance = _expit(eta)
    height = float(left @ eta - many @ np.logaddexp(0.0, eta))
    weighted = rows * (many * chance * (1 - chance))[:, None]
    return height, rows.T @ (left - many * chance), -(rows.T @ weighted)


def _with_jeffreys(at: Array, rows: Array, many: Array, left: Array) -> tuple[float, Array, Array]:
    """The likelihood with half the log determinant of the information; the curvature is that of the likelihood."""
    height, _, curve = _likelihood(at, rows, many, left)
    chance = _expit(rows @ at)
    weight = many * chance * (1 - chance)
    values, vectors = np.linalg.eigh(-curve)
    some = values > 1e-10 * values.max()
    inverse = (vectors[:, some] / values[some]) @ vectors[:, some].T
    reach = weight * np.einsum("ij,jk,ik->i", rows, inverse, rows)
    slope = rows.T @ (left - many * chance + reach * (0.5 - chance))
    return height + 0.5 * float(np.log(values[some]).sum()), slope, curve


@dataclass(frozen=True)
class Contrast:
    """Rows with some levels beside the same rows without them: what was seen, what is expected, and their ratio.

    `expected` is how many would have left if these levels were the one compared with; `ratio` is None where the
    levels cannot be told apart from the rest.
    """

    n: float
    events: float
    expected: float
    ratio: float | None
    low: float | None
    high: float | None


def contrast(fit: LogisticFit, columns: ArrayLike, n: ArrayLike, events: ArrayLike, place: int) -> Contrast:
    """How many times as often those with column `place` left as they would have without it; 95 %, delta method.

    Chances are averaged over the rows that have the column, so that it is a ratio of chances and not of odds, and of
    those concerned (the effect on the treated, without the word effect).
    """
    rows, many = np.asarray(columns, dtype=float), np.asarray(n, dtype=float)
    mine = rows[:, place] > 0
    seen, many = _levelled(rows[mine]), many[mine]
    without = seen.copy()
    without[:, place + 1] = 0.0
    left = float(np.asarray(events, dtype=float)[mine].sum())
    (was, up), (would, down) = _total(fit, seen, many), _total(fit, without, many)
    if fit.own[place + 1] <= OWN or not was:
        return Contrast(float(many.sum()), left, would, None, None, None)
    slope = up / was - down / would
    half = Z95 * float(np.sqrt(slope @ fit.covariance @ slope))
    ratio = was / would
    return Contrast(float(many.sum()), left, would, ratio, ratio * float(np.exp(-half)), ratio * float(np.exp(half)))


def against_average(
    fit: LogisticFit, columns: ArrayLike, n: ArrayLike, events: ArrayLike, groups: Sequence[int], place: int
) -> Contrast:
    """How many times as often the rows of group `place` left as they would have in the average group.

    `groups` are the columns of the groups; rows of none of them are the one compared with. The average weighs every
    group by its own size, so what is expected is the same whichever group is the one compared with.
    """
    rows, many = np.asarray(columns, dtype=float), np.asarray(n, dtype=float)
    mine = rows[:, place] > 0 if place >= 0 else ~rows[:, list(groups)].any(axis=1)
    seen, weighed = _levelled(rows[mine]), many[mine]
    left = float(np.asarray(events, dtype=float)[mine].sum())
    (was, up), (would, down) = _total(fit, seen, weighed), _averaged(fit, rows, many, groups, (seen, weighed))
    slope = up / was - down / would
    half, ratio = Z95 * float(np.sqrt(slope @ fit.covariance @ slope)), was / would
    ends = (ratio * float(np.exp(-half)), ratio * float(np.exp(half)))
    is_known = place < 0 or fit.own[place + 1] > OWN
    return Contrast(float(weighed.sum()), left, would, *((ratio, *ends) if is_known else (None, None, None)))


def _averaged(
    fit: LogisticFit, rows: Array, many: Array, groups: Sequence[int], mine: tuple[Array, Array]
) -> tuple[float, Array]:
    """What is expected of some rows, averaged over all groups by their sizes, with its slope."""
    sizes = [many[rows[:, g] > 0].sum() for g in groups]
    total, slope = 0.0, np.zeros(fit.coefficients.size)
    for group, size in zip((None, *groups), (many.sum() - sum(sizes), *sizes), strict=True):
        asked = mine[0].copy()
        asked[:, [g + 1 for g in groups]] = 0.0
        if group is not None:
            asked[:, group + 1] = 1.0
        one, up = _total(fit, asked, mine[1])
        total, slope = total + one * size / many.sum(), slope + up * size / many.sum()
    return float(total), slope


def standardised(fit: LogisticFit, columns: ArrayLike, n: ArrayLike, places: Sequence[int]) -> tuple[Estimate, ...]:
    """The mean chance if everybody had none of the columns `places`, then if everybody had each; 95 %, logit scale.

    Averaged over all rows (direct standardisation), so that groups that differ in the other columns are compared on
    the same ones.
    """
    rows, many = np.asarray(columns, dtype=float), np.asarray(n, dtype=float)
    found = []
    for place in (None, *places):
        asked = rows.copy()
        asked[:, list(places)] = 0.0
        if place is not None:
            asked[:, place] = 1.0
        found.append(_mean(fit, _levelled(asked), many))
    return tuple(found)


def _mean(fit: LogisticFit, rows: Array, many: Array) -> Estimate:
    total, slope = _total(fit, rows, many)
    mean = total / many.sum()
    error = float(np.sqrt(slope @ fit.covariance @ slope)) / float(many.sum())
    at, half = np.log(mean / (1 - mean)), Z95 * error / (mean * (1 - mean))
    return Estimate(float(mean), error, float(_expit(at - half)), float(_expit(at + half)))


def _total(fit: LogisticFit, rows: Array, many: Array) -> tuple[float, Array]:
    """How many are expected to leave, and how that moves with the coefficients."""
    chance = _expit(rows @ fit.coefficients)
    return float(many @ chance), rows.T @ (many * chance * (1 - chance))


def _levelled(columns: Array) -> Array:
    return np.column_stack([np.ones(len(columns)), columns])


def _expit(eta: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(eta / 2)))
