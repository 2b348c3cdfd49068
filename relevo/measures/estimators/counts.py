"""Exact probabilities of counts: one that is binomial, one whose chances differ, and how unevenly counts are shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, log

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chi_square import chi_square_tail
from relevo.measures.estimators.lives import Array, Numbers

# Equal probabilities differ in their last digits.
_ALIKE = 1 + 1e-9
# Chi-square is trusted where at least so much is expected of everybody (Cochran 1954).
_ENOUGH = 5.0
# Ways to share that are gone through one by one.
_MOST_WAYS = 50_000


@dataclass(frozen=True, eq=False)
class Sharing:
    """How counts lie against exposure: each one's rate over that of all, and how likely chance is as uneven.

    `p` is None where nothing can be uneven: one sharer, or nothing to share. `is_exact` says that every way to share
    was gone through; else it is the tail of chi-square.
    """

    ratios: Array
    statistic: float
    degrees: int
    p: float | None
    is_exact: bool


def shared_by_chance(counts: Numbers, exposure: Numbers) -> Sharing:
    """Whether whole counts are more uneven than chance would share them in proportion to exposure.

    Pearson's chi-square; where somebody's expected count is below 5 and the ways to share are few, the exact
    multinomial test on the same statistic. Refuses counts without exposure. Whoever has neither is left out.
    """
    found, open_to = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    _refuse(found, open_to)
    share = open_to / open_to.sum() if open_to.sum() else open_to
    total, takes_part = float(found.sum()), open_to > 0
    expected = share * total
    ratios = np.divide(found, expected, out=np.full_like(found, np.nan), where=expected > 0)
    degrees = int(takes_part.sum()) - 1
    if degrees < 1 or not total:
        return Sharing(ratios, 0.0, max(degrees, 0), None, is_exact=True)
    statistic = float(((found - expected) ** 2)[takes_part] @ (1 / expected[takes_part]))
    ways = comb(int(total) + degrees, degrees)
    if expected[takes_part].min() < _ENOUGH and ways <= _MOST_WAYS:
        return Sharing(ratios, statistic, degrees, _exact(statistic, int(total), share[takes_part]), is_exact=True)
    return Sharing(ratios, statistic, degrees, chi_square_tail(statistic, degrees), is_exact=False)


def binomial_two_sided(k: int, n: int, chance: float) -> float:
    """The probability of a binomial count that is no more likely than `k`: the exact test by likelihood.

    It is the definition of R's binom.test and SciPy's binomtest.
    """
    if not 0 < chance < 1:
        return 1.0 if k == n * chance else 0.0
    ways, many = _log_factorials(n), np.arange(n + 1)
    likely = np.exp(ways[n] - ways - ways[::-1] + many * log(chance) + (n - many) * log(1 - chance))
    return min(float(likely[likely <= likely[k] * _ALIKE].sum()), 1.0)


def distribution(chances: Numbers) -> Array:
    """The probabilities of 0, 1, ... of independent events that happen with these chances (Poisson binomial)."""
    given = np.asarray(chances, dtype=float)
    known = np.zeros(given.size + 1)
    known[0] = 1.0
    for upto, chance in enumerate(given, start=1):
        moved = known[:upto] * chance
        known[:upto] *= 1 - chance
        known[1 : upto + 1] += moved
    return known


def _refuse(found: Array, open_to: Array) -> None:
    if found.shape != open_to.shape or found.ndim != 1:
        raise DataRefused(
            f"{found.size} counts came with {open_to.size} exposures.", "Give one exposure for each count."
        )
    if bool(((found > 0) & (open_to <= 0)).any()) or bool((found < 0).any()):
        raise DataRefused("Somebody has a count without exposure.", "Leave out who has no hours, or count cases.")


def _exact(statistic: float, total: int, share: Array) -> float:
    ways = np.array(list(_ways(total, share.size)), dtype=float)
    expected = share * total
    far = ((ways - expected) ** 2) @ (1 / expected)
    known = _log_factorials(total)
    logs = known[total] - known[ways.astype(int)].sum(axis=1) + ways @ np.log(share)
    return min(float(np.exp(logs[far >= statistic / _ALIKE]).sum()), 1.0)


def _log_factorials(upto: int) -> Array:
    return np.cumsum(np.log(np.maximum(np.arange(upto + 1), 1)))


def _ways(total: int, among: int) -> Iterator[tuple[int, ...]]:
    """Every way to share a whole number among so many."""
    if among == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _ways(total - first, among - 1):
            yield (first, *rest)
