"""How far people who judge the same thing agree: never a coefficient without raw agreement and prevalence beside it.

The same 85 % of equal marks give a kappa of 0.70 where good and bad are as frequent, and of 0.32 where nearly all is
good (Feinstein and Cicchetti 1990): one of these numbers alone deceives.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array


class Weights(StrEnum):
    """How much a disagreement counts: all alike, or by its distance."""

    NONE = "none"
    LINEAR = "linear"


class Level(StrEnum):
    """What marks are: names, an order, numbers whose differences count, numbers whose ratios count.

    Marks of reviews are an order; the published figures of all four hold the method to its source.
    """

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Agreement:
    """What people agree on: the units judged more than once, the part of equal marks, how frequent each mark is.

    `kappa` and `prevalence` belong together; `kappa` is None where everybody always gave one and the same mark.
    """

    n: int
    raw: float | None
    kappa: float | None
    prevalence: tuple[float, ...]


def cohen(table: ArrayLike, weights: Weights = Weights.NONE) -> Agreement:
    """Two people's agreement beyond chance from a square table of counts: one's marks in rows, the other's in columns.

    Cohen 1960, and 1968 for the weighted form, in which categories are ordered and evenly spaced. Raw agreement and
    prevalence stay those of equal marks.
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise DataRefused("Marks of two people are no square table of counts.", "Give both the same categories.")
    n = float(counts.sum())
    if not n:
        return Agreement(0, None, None, ())
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    cost = _costs(len(counts), weights)
    by_chance = float((cost * np.outer(rows, columns)).sum())
    kappa = 1 - float((cost * shares).sum()) / by_chance if by_chance else None
    return Agreement(round(n), float(np.trace(shares)), kappa, _tuple((rows + columns) / 2))


def _costs(size: int, weights: Weights) -> Array:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    return np.asarray(apart > 0 if weights is Weights.NONE else apart, dtype=float)


def fleiss(counts: ArrayLike) -> Agreement:
    """The agreement of as many people for every unit: units in rows, how many gave each category in columns.

    Fleiss 1971; case QA-06. Raw agreement is the mean part of agreeing pairs. Reviews are told by
    `alpha`.
    """
    found = np.asarray(counts, dtype=float)
    if found.ndim != 2 or not len(found):
        return Agreement(0, None, None, ())
    raters = found.sum(axis=1)
    if (raters != raters[0]).any() or raters[0] < 2:
        raise DataRefused("Units were judged by different numbers of people.", "Ask for Krippendorff's alpha.")
    many = float(raters[0])
    raw = float(((found * (found - 1)).sum(axis=1) / (many * (many - 1))).mean())
    share = found.sum(axis=0) / found.sum()
    by_chance = float(share @ share)
    kappa = (raw - by_chance) / (1 - by_chance) if by_chance < 1 else None
    return Agreement(len(found), raw, kappa, _tuple(share))


def alpha(marks: ArrayLike, level: Level = Level.ORDINAL) -> float | None:
    """Krippendorff's alpha of marks, units in rows and people in columns, NaN where somebody did not judge.

    1 is full agreement, 0 what chance gives (Krippendorff 2004, chapter 11). None where no unit was judged twice, or
    every mark is the same.
    """
    found = np.asarray(marks, dtype=float)
    if found.ndim != 2:
        raise DataRefused("Marks are no table of units and people.", "Give a row for each unit.")
    values = np.unique(found[~np.isnan(found)])
    counts = np.stack([(found == value).sum(axis=1) for value in values], axis=1) if len(values) else np.zeros((0, 0))
    counts = counts[counts.sum(axis=1) > 1].astype(float)
    if not len(counts):
        return None
    together = counts.T @ (counts / (counts.sum(axis=1) - 1)[:, None])
    together -= np.diag((counts / (counts.sum(axis=1) - 1)[:, None]).sum(axis=0))
    margins = together.sum(axis=0)
    apart = _DISTANCES[level](values, margins)
    by_chance = float((apart * np.outer(margins, margins)).sum()) / (float(margins.sum()) - 1)
    return 1 - float((apart * together).sum()) / by_chance if by_chance else None


def _ordinal(margins: Array) -> Array:
    """The marks that lie between two of them, with half of each end."""
    middle = np.cumsum(margins) - margins / 2
    return np.asarray(np.subtract.outer(middle, middle) ** 2, dtype=float)


def _ratio(values: Array) -> Array:
    sums = np.add.outer(values, values)
    apart = np.subtract.outer(values, values)
    return np.asarray(np.divide(apart, sums, out=np.zeros_like(apart), where=sums != 0) ** 2, dtype=float)


_DISTANCES: Mapping[Level, Callable[[Array, Array], Array]] = {
    Level.NOMINAL: lambda values, _: np.not_equal.outer(values, values).astype(float),
    Level.ORDINAL: lambda _, margins: _ordinal(margins),
    Level.INTERVAL: lambda values, _: np.asarray(np.subtract.outer(values, values) ** 2, dtype=float),
    Level.RATIO: lambda values, _: _ratio(values),
}


def _tuple(shares: Array) -> tuple[float, ...]:
    return tuple(float(each) for each in shares)
