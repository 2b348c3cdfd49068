"""How evenly work lies on people: Gini, Jain, the top share, whoever is among the top fifth, topics with one holder."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.lives import Array, Numbers

# The top fifth: four fifths of all lie below, half of those alike counted.
TOP = 0.8
# Of fewer cases a topic says nothing of its holder, who has this part of them or more.
LEAST_CASES, HOLDS = 10, 0.8


def gini(values: Numbers) -> float:
    """The Gini coefficient of shares that are 0 or more: 0 for equal ones, (n - 1) / n where one has all.

    Gini 1912, as half the relative mean absolute difference; NaN without values or where all are 0.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    n, total = ordered.size, float(ordered.sum())
    if not total:
        return float("nan")
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered) / (n * total)


def jain(values: Numbers) -> float:
    """Jain's fairness index: 1 for equal values, k / n where k of n share alike and the others have nothing.

    Jain, Chiu and Hawe 1984; NaN without values or where all are 0.
    """
    given = np.asarray(values, dtype=float)
    squares = float(given @ given)
    return float(given.sum()) ** 2 / (given.size * squares) if squares else float("nan")


def top_share(values: Numbers) -> float:
    """The part of the whole that whoever has most has; NaN where there is nothing."""
    given = np.asarray(values, dtype=float)
    total = float(given.sum())
    return float(given.max()) / total if total else float("nan")


def in_top_fifth(values: Numbers, n: Numbers | None = None) -> NDArray[np.bool_]:
    """Whether each value is above 0 and among the top fifth: at most a fifth lies above it, half of its equals counted.

    `n` is how many units each value stands for. Where many are alike they are all in it or all out: of equal values
    none is.
    """
    given = np.asarray(values, dtype=float)
    units = np.ones_like(given) if n is None else np.asarray(n, dtype=float)
    total = float(units.sum())
    if not total:
        return np.zeros(given.shape, dtype=bool)
    distinct, place = np.unique(given, return_inverse=True)
    each = np.bincount(place.ravel(), weights=units, minlength=distinct.size)
    rank = (np.cumsum(each) - each / 2) / total
    return np.asarray((rank[place.ravel()] >= TOP) & (given > 0))


@dataclass(frozen=True)
class Holder:
    """A topic, whoever holds most of it, that part, and how much there is."""

    topic: str
    person: str
    share: float
    n: int


def single_holders(held: Mapping[str, Mapping[str, int]]) -> tuple[Holder, ...]:
    """Topics of which one person holds four fifths or more, among those with ten cases: gone with that person.

    `held` is cases by topic and person; the largest topics come first.
    """
    found = []
    for topic, by in held.items():
        n = sum(by.values())
        person = max(by, key=lambda name: (by[name], name), default="")
        if n >= LEAST_CASES and by[person] >= HOLDS * n:
            found.append(Holder(topic, person, by[person] / n, n))
    return tuple(sorted(found, key=lambda each: (-each.n, each.topic)))


def weighted_median(values: Numbers, weights: Numbers) -> float:
    """The value at which half of the weight lies at or below; NaN without weight.

    Where exactly half lies below a gap, the middle of the gap, so that equal weights give the usual median.
    """
    given, by = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    order = np.argsort(given, kind="stable")
    given, by = given[order][by[order] > 0], by[order][by[order] > 0]
    if not by.size:
        return float("nan")
    passed: Array = np.cumsum(by) / by.sum()
    low = int(np.searchsorted(passed, 0.5 - 1e-12))
    high = int(np.searchsorted(passed, 0.5 + 1e-12))
    return float(given[low] + given[min(high, given.size - 1)]) / 2
