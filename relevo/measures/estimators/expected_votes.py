"""What the average colleague would have got on each case: by a model, by a table of strata, or not at all.

A model of difficulty that does not know persons takes skill for difficulty, and so holds it against whoever takes hard
cases. Here persons are in the model, and what is expected is the mean over all of them of what the model gives them
on that case. Nobody's votes are expected from their own customers: each fold of customers is left out in turn.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from relevo.measures.estimators.graded import graded
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Codes, Voted, sums

# Votes from which on the model is fitted, and below which nothing is expected at all. Defaults of the reference and
# of ours; they want tuning on a company's own data.
MODEL_FROM = 300
TABLE_FROM = 30
# How many votes of the whole a stratum is worth before its own are seen, and a person in it votes of the stratum.
PRIOR_VOTES = 10.0
# Where all votes said the same the next one may still differ: one of a hundred okay varies by p (1 - p) = 0.0099.
LEAST_VARIANCE = 0.0099
# Persons with fewer votes share one term of the model: they are one colleague together.
FEW_OF_A_PERSON = 10


class Method(StrEnum):
    """How what is expected was found."""

    MODEL = "model"
    TABLE = "table"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Expected:
    """Per row the shares of great and not good that the average colleague would get; NaN where `method` is none."""

    great: Array
    not_good: Array
    method: Method

    @property
    def points(self) -> Array:
        """The expected score, from -100 to 100."""
        return 100 * (self.great - self.not_good)

    @property
    def variance(self) -> Array:
        """How much one vote varies about it, in squared points; never less than where one in a hundred is okay."""
        varies = self.great + self.not_good - (self.great - self.not_good) ** 2
        return np.asarray(1e4 * np.maximum(varies, LEAST_VARIANCE))


def expected(votes: Voted) -> Expected:
    """What to expect of each row; nothing with fewer votes than `TABLE_FROM` or with one person only.

    A row without a vote, of any of the persons, is told what is expected of such a case and changes nothing.
    """
    n = float(votes.n.sum())
    if n < TABLE_FROM or len(np.unique(votes.person)) < 2:
        none = np.full(len(votes.person), np.nan)
        return Expected(none, none, Method.NONE)
    if n < MODEL_FROM:
        great, not_good = by_strata(votes)
        return Expected(great, not_good, Method.TABLE)
    great, not_good = by_model(votes)
    return Expected(great, not_good, Method.MODEL)


def by_model(votes: Voted) -> Array:
    """Great and not good (2 x rows) by the model of the other folds."""
    known = _with_few_together(votes)
    sizes = (*(int(code.max()) + 1 for code in known.traits.T), known.persons)
    whole, found = graded(known, sizes), np.empty((2, len(known.person)))
    for fold in np.unique(known.fold):
        here = known.fold == fold
        other = graded(known.kept(~here), sizes, whole) if known.n[~here].any() else whole
        found[:, here] = other.average_colleague(known.kept(here), sizes)
    return found


def by_strata(votes: Voted) -> Array:
    """Great and not good (2 x rows) by stratum, each share pulled to the whole's as a beta-binomial would be.

    In each stratum a person's share is pulled to the stratum's, and what is expected is the mean over persons: a
    stratum that a good colleague has nearly alone is not taken for an easy one.
    """
    strata = int(votes.stratum.max()) + 1
    cell = votes.stratum * votes.persons + votes.person
    found = []
    for answer in (0, 2):
        counts = votes.counts[:, answer]
        of_whole = counts.sum() / votes.n.sum()
        of_stratum = _pulled(votes.stratum, counts, votes.n, of_whole, strata)
        level = np.repeat(of_stratum, votes.persons)
        of_person = _pulled(cell, counts, votes.n, level, strata * votes.persons)
        found.append(of_person.reshape(strata, votes.persons).mean(axis=1)[votes.stratum])
    return np.stack(found)


def _pulled(code: Codes, counts: Array, n: Array, to: Array | float, size: int) -> Array:
    return np.asarray((sums(code, counts, size) + PRIOR_VOTES * to) / (sums(code, n, size) + PRIOR_VOTES))


def _with_few_together(votes: Voted) -> Voted:
    """The same votes, persons with few of them under one code."""
    few = sums(votes.person, votes.n, votes.persons) < FEW_OF_A_PERSON
    code = np.where(few, votes.persons, np.arange(votes.persons))[votes.person]
    person = np.unique(code, return_inverse=True)[1].ravel()
    return Voted(votes.traits, person, votes.fold, votes.counts, votes.squares)
