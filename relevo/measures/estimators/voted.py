"""Votes as counted rows: what the cases were, who answered them, and how they were rated."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.lives import Array

Codes = NDArray[np.intp]
# The points of the three answers: great, okay, not good.
POINTS = np.array([100.0, 0.0, -100.0])


@dataclass(frozen=True, eq=False)
class Voted:
    """Rows of votes that are alike; the work grows with the rows and not with the votes in them.

    `traits` holds the code of each trait of the case (rows x traits), the first two being what makes a stratum: what
    it was about and how it came in. `person` and `fold` are codes from 0; a customer's votes lie in one fold.
    `counts` are the answers (rows x great, okay, not good), which are shares where several persons share a vote, and
    `squares` the sums of the squared shares.
    """

    traits: Codes
    person: Codes
    fold: Codes
    counts: Array
    squares: Array

    @cached_property
    def n(self) -> Array:
        """Votes per row, shares added up."""
        return np.asarray(self.counts.sum(axis=1))

    @cached_property
    def points(self) -> Array:
        """The sum of the votes' points per row."""
        return np.asarray(self.counts @ POINTS)

    @cached_property
    def persons(self) -> int:
        """How many persons there are."""
        return int(self.person.max(initial=-1)) + 1

    @cached_property
    def stratum(self) -> Codes:
        """The code of each row's stratum: the first two traits together."""
        return np.unique(self.traits[:, :2], axis=0, return_inverse=True)[1].ravel()

    def kept(self, rows: NDArray[np.bool_]) -> "Voted":
        """The rows for which `rows` holds, with the same codes."""
        return Voted(self.traits[rows], self.person[rows], self.fold[rows], self.counts[rows], self.squares[rows])


def sums(code: Codes, values: Array, size: int) -> Array:
    """The sum of the values per code, 0 where there is none."""
    return np.asarray(np.bincount(code, weights=values, minlength=size), dtype=float)
