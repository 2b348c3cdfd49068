"""Where promises go unmet: the expectation gap by customer, deal, person, segment or state of the product.

A raw gap of few promises says little, so each group is pulled to the whole by how little it knows, and none is said
to stand out on fewer than five.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, lgamma
from typing import Literal, get_args

import numpy as np

from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask
from relevo.measures.estimators.beta import beta_quantile
from relevo.measures.estimators.lives import Array
from relevo.measures.slices import NONE, SLICE
from relevo.measures.success.promises import PROMISES, judged

By = Literal["customer", "deal", "person", "segment", "product_state"]
FEWEST_DUE = 5
FALSE_ALARMS = 0.05
METHOD = (
    "Gap = unmet / due, pulled to the whole: beta-binomial with the mean of the whole and a uniform shrinkage prior "
    "(Daniels 1999), which weighs every degree of pulling by how well it explains the groups. A group stands out where "
    "Fisher's exact test (1935) against everybody else's promises says that more go unmet, with Holm's correction "
    "(1979) over all groups of five due promises or more: of twenty companies whose groups are alike, at most one is "
    "told of any. An association: who is asked for what is not taken out, and promises of one deal are taken to be "
    "kept or broken each by itself."
)
_ENDS = np.array([[0.025], [0.975]])
# How many degrees of pulling are weighed, from nearly none to nearly all.
_DEGREES = 40
_COLUMNS = {"customer": "customer_id", "deal": "deal_id"}


@dataclass(frozen=True)
class PromiseRow:
    """A promise of a group, or several: how many were due, and how many of these were broken or late."""

    group: str
    due: int
    unmet: int


@dataclass(frozen=True)
class Gap:
    """One group: its promises due and unmet, the gap as it is and pulled to the whole with its 95 % interval.

    `gap` is None where nothing was due; what then stands in `pooled` is the whole's. `p` is the chance of as many unmet
    promises or more where the group is like everybody else, None where fewer than `FEWEST_DUE` were due: such a group
    is not judged and never `stands_out`.
    """

    group: str
    due: int
    unmet: int
    gap: float | None
    pooled: float
    low: float
    high: float
    p: float | None
    stands_out: bool

    @cached_property
    def own_interval(self) -> tuple[float, float] | None:
        """The exact 95 % interval of the group's own gap (Clopper and Pearson 1934); None where nothing was due.

        The one to show of a group that stands out: such a group is not like the others, and the pulled interval, which
        takes it for one of them, lies too near to the whole.
        """
        if not self.due:
            return None
        kept = self.due - self.unmet
        low = float(beta_quantile(0.025, self.unmet, kept + 1)) if self.unmet else 0.0
        return low, float(beta_quantile(0.975, self.unmet + 1, kept)) if kept else 1.0

    @property
    def shown(self) -> tuple[float, float, float]:
        """What a picture shows, with its interval: the pulled gap, but its own of a group that stands out."""
        if self.stands_out and self.gap is not None and self.own_interval:
            return (self.gap, *self.own_interval)
        return self.pooled, self.low, self.high


def gaps(rows: Iterable[PromiseRow], false_alarms: float = FALSE_ALARMS) -> tuple[Gap, ...]:
    """Every group, the largest pooled gap first; see `METHOD`.

    Three of four unmet in one group and none of four in another: gaps of 0.75 and 0, pulled towards each other.
    `false_alarms` is the chance that any group at all stands out where all are alike.
    """
    known = _summed(rows)
    whole = sum(due for due, _ in known.values()), sum(unmet for _, unmet in known.values())
    pulled = _pulled(known, whole)
    chances = {pair: _chance(pair, whole) for pair in pulled if pair[0] >= FEWEST_DUE}
    level = _level([chances[pair] for pair in known.values() if pair in chances], false_alarms)
    found = [_gap(group, pair, pulled[pair], chances.get(pair), level) for group, pair in known.items()]
    return tuple(sorted(found, key=lambda g: (-g.pooled, -(g.gap or 0.0), -g.due, g.group)))


def promise_rows(book: Book, by: By) -> tuple[PromiseRow, ...]:
    """What is due and unmet in a book by the end of its as-of day, one row per group; '(none)' where it has none.

    WrongUse for what promises are not grouped by. A customer's segment is its value when the promise was made.
    """
    if by not in get_args(By):
        raise WrongUse(f"Promises are not compared by {by!r}.", f"Compare by {', '.join(get_args(By))}.")
    column = _COLUMNS.get(by)
    frame = frame_of(book, PROMISES.card, Ask(by=None if column else by))
    found = judged(book.tables, frame)
    group = found[column or SLICE].fill_null(NONE)
    rows = found.group_by(held=group).aggregate(due=found.due.sum(), unmet=(found.late + found.broken).sum())
    return tuple(PromiseRow(held, int(due), int(unmet)) for held, due, unmet in book.run(rows.order_by("held")).rows)


Pair = tuple[int, int]


def _summed(rows: Iterable[PromiseRow]) -> dict[str, Pair]:
    known: dict[str, Pair] = {}
    for row in rows:
        due, unmet = known.get(row.group, (0, 0))
        known[row.group] = due + row.due, unmet + row.unmet
    return known


def _gap(group: str, pair: Pair, told: tuple[float, float, float], p: float | None, level: float) -> Gap:
    (due, unmet), (pooled, low, high) = pair, told
    stands_out = p is not None and p <= level
    return Gap(group, due, unmet, unmet / due if due else None, pooled, low, high, p, stands_out)


def _pulled(known: Mapping[str, Pair], whole: Pair) -> dict[Pair, tuple[float, float, float]]:
    """Mean and 95 % interval of what is to be thought of a group, by its counts: groups of equal counts share it.

    The mean of the whole has Jeffreys' half a promise of either kind. The posterior, a mixture over degrees of
    pulling, is told by the beta of the same mean and variance.
    """
    if not known:
        return {}
    alike = Counter(known.values())
    pairs = sorted(alike)
    due, unmet = np.array(pairs, float).T
    mean = (whole[1] + 0.5) / (whole[0] + 1)
    sizes = _sizes(whole[0] / len(known))
    weights = _weights(sizes, mean, alike)
    a = mean * sizes[:, None] + unmet
    n = sizes[:, None] + due
    centre = weights @ (a / n)
    spread = weights @ (a / n * (1 - a / n) / (n + 1) + (a / n) ** 2) - centre**2
    size = centre * (1 - centre) / spread - 1
    low, high = beta_quantile(_ENDS, centre * size, (1 - centre) * size)
    return {pair: (float(c), float(lo), float(hi)) for pair, c, lo, hi in zip(pairs, centre, low, high, strict=True)}


def _sizes(usual: float) -> Array:
    """How many promises the whole weighs against a group's own, for degrees of pulling evenly from 0 to 1.

    A group of the usual number of due promises is pulled by size / (size + that number).
    """
    pull = (np.arange(_DEGREES) + 0.5) / _DEGREES
    return max(usual, 1.0) * pull / (1 - pull)


def _weights(sizes: Array, mean: float, alike: Mapping[Pair, int]) -> Array:
    """How well each size explains the groups: their beta-binomial likelihood, summing to 1."""
    log = np.array([sum(n * _likelihood(pair, mean * s, (1 - mean) * s) for pair, n in alike.items()) for s in sizes])
    weights = np.exp(log - log.max())
    return np.asarray(weights / weights.sum())


def _likelihood(pair: Pair, a: float, b: float) -> float:
    """Logarithm of the chance of the unmet among the due under a Beta(a, b), without the choice of which they are."""
    due, unmet = pair
    return _log_beta(a + unmet, b + due - unmet) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _chance(pair: Pair, whole: Pair) -> float:
    """Fisher's exact test, one-sided: as many unmet or more among the group's, drawn from all promises."""
    (due, unmet), (every, missed) = pair, whole
    draws = range(unmet, min(due, missed) + 1)
    log = [_choose(missed, k) + _choose(every - missed, due - k) - _choose(every, due) for k in draws]
    return min(1.0, sum(map(exp, log)))


def _choose(n: int, k: int) -> float:
    """Logarithm of the binomial coefficient; minus infinity where it is 0."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) if 0 <= k <= n else float("-inf")


def _level(chances: Sequence[float], false_alarms: float) -> float:
    """The largest chance that still stands out, -1 for none: Holm's step-down.

    The smallest is held against the level over all, the next over all but one, until one is larger.
    """
    level = -1.0
    for place, p in enumerate(sorted(chances)):
        if p > false_alarms / (len(chances) - place):
            break
        level = p
    return level
