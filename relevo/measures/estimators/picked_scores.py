"""Does somebody pick what is likelier to please? The score to be expected of each pick against all that waited then.

Under random picking the mean of what waits is what a pick is worth, whatever was picked before: the differences are a
martingale, whose variance is the sum of the variances among what waited, as in `picks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.picks import NOBODY
from relevo.measures.estimators.waiting_line import Ints, WaitingLine
from relevo.measures.intervals import Z95

# From so many choices on the sum of differences is read as normal.
FEWEST_CHOICES = 20
# Scores are added up in thousandths of a point, so that sums are exact and the same on every machine.
_PART = 1_000
# Below this variance, in squared thousandths, all that waited was alike.
_ALIKE = 0.01


@dataclass(frozen=True, eq=False)
class Scored:
    """What waited in queues, a case a place: queue, from when to when in seconds, score in points, who took it.

    A case whose score changes while it waits is several places, one after the other, of which the last has the picker.
    `picker` is `NOBODY` where it was not picked by somebody's own choice.
    """

    queue: Ints
    begun: Ints
    left: Ints
    score: Array
    picker: Ints


@dataclass(frozen=True)
class Taste:
    """One person's choices: how many points more was to be expected of what was picked than of what waited, on average.

    A choice is a pick when not all that waited was alike. `low` to `high` is the 95 % interval, as wide as random
    picking makes it, and `p` the two-sided chance of a difference as large; None below `FEWEST_CHOICES`.
    """

    n: int
    difference: float
    low: float | None
    high: float | None
    p: float | None


def tastes(cases: Scored) -> Mapping[int, Taste]:
    """Everybody who had a choice, by number."""
    chosen = np.flatnonzero(cases.picker != NOBODY)
    score = np.asarray(np.rint(cases.score * _PART), dtype=np.int64)
    mean, variance = _among(cases, score, chosen)
    is_open = variance > _ALIKE
    who, beyond, spread = cases.picker[chosen][is_open], (score[chosen] - mean)[is_open], variance[is_open]
    return {int(name): _taste(beyond[who == name], spread[who == name]) for name in np.unique(who)}


def _among(cases: Scored, score: Ints, chosen: NDArray[np.intp]) -> tuple[Array, Array]:
    """Mean and variance of the scores among what waited at each pick, the picked one too."""
    line = WaitingLine(cases.queue, cases.begun, cases.left)
    queue, at = cases.queue[chosen], cases.left[chosen]
    many = line.waiting(queue, at, at)
    mean = line.summed(score, queue, at) / many
    return np.asarray(mean), np.asarray(line.summed(score * score, queue, at) / many - mean * mean)


def _taste(beyond: Array, variance: Array) -> Taste:
    n = beyond.size
    difference, error = float(beyond.mean()) / _PART, sqrt(float(variance.sum())) / n / _PART
    if n < FEWEST_CHOICES:
        return Taste(n, difference, None, None, None)
    chance = erfc(abs(difference) / error / sqrt(2))
    return Taste(n, difference, difference - Z95 * error, difference + Z95 * error, chance)
