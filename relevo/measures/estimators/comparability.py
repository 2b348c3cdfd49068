"""Whether a person can be compared at all, and how large a difference nobody sees would undo what is found."""

import numpy as np

from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Voted, sums

# A stratum in which all others together have fewer votes is one that nobody else takes.
FEWEST_OF_OTHERS = 5.0
# With more than this part of the votes there, a person is not compared.
MOST_ALONE = 0.5


def part_alone(votes: Voted) -> Array:
    """Per person the part of the votes that lie in strata which nobody else takes; NaN without votes."""
    size = int(votes.stratum.max(initial=-1)) + 1
    own = sums(votes.stratum * votes.persons + votes.person, votes.n, size * votes.persons)
    table = own.reshape(size, votes.persons)
    alone = table.sum(axis=1, keepdims=True) - table < FEWEST_OF_OTHERS
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((table * alone).sum(axis=0) / table.sum(axis=0))


def erased_by(low: float, high: float) -> float | None:
    """The hidden difference in points that would take 0 into the interval; None where 0 lies in it already.

    So much easier or harder than colleagues' cases of the same kind would all of a person's cases have to be.
    """
    return None if low <= 0 <= high else min(abs(low), abs(high))
