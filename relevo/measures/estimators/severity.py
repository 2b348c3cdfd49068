"""How much harsher or milder each reviewer marks than the others, and what marks are without that.

A mark is a level of the person reviewed, plus an effect of the reviewer, plus chance. Persons are fixed: nobody is
drawn towards the others. Effects of reviewers are penalised: who gave few marks is held for average.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.lives import Array
from relevo.measures.intervals import Z95

# The ratios of the variance between reviewers to that of chance that are tried; the likeliest is taken.
_RATIOS = np.concatenate([[0.0], np.geomspace(1e-3, 1e2, 101)])
_NONE = 1e-9


@dataclass(frozen=True)
class Severity:
    """The effect of each reviewer on a mark, below 0 for a harsh one, and its error.

    `ratio` is the variance between reviewers over that of chance; 0 where they cannot be told apart.
    """

    effects: Mapping[Hashable, float]
    errors: Mapping[Hashable, float]
    ratio: float

    def low(self, reviewer: Hashable) -> float | None:
        """The lower end of an effect's 95 % interval; None where reviewers cannot be told apart."""
        return self.effects[reviewer] - Z95 * self.errors[reviewer] if self.ratio else None

    def high(self, reviewer: Hashable) -> float | None:
        """The upper end of an effect's 95 % interval; None where reviewers cannot be told apart."""
        return self.effects[reviewer] + Z95 * self.errors[reviewer] if self.ratio else None


def severity(values: Sequence[float], persons: Sequence[Hashable], reviewers: Sequence[Hashable]) -> Severity:
    """Additive effects of reviewers by penalised least squares, the penalty by restricted maximum likelihood.

    Patterson and Thompson 1971, Henderson 1975. Effects add up to 0. A reviewer who judged a person that nobody else
    judged cannot be told from that person and keeps 0 of it.
    """
    names, judged = _places(reviewers)
    _, whose = _places(persons)
    y = np.asarray(values, dtype=float)
    within = np.eye(len(names))[judged] if len(names) else np.zeros((0, 0))
    inner, height = _centred(within, whose), _centred(y[:, None], whose)[:, 0]
    levels, turn = np.linalg.eigh(inner.T @ inner)
    along = turn.T @ (inner.T @ height)
    levels, whole, free = np.where(levels > _NONE, levels, 0.0), float(height @ height), len(y) - _many(whose)
    ratio = _likeliest(levels, along, whole, free)
    shrunk = ratio / (1 + ratio * levels)
    found = turn @ (shrunk * along)
    chance = max(whole - float((shrunk * along**2).sum()), 0.0) / max(free, 1)
    # Errors are those of an effect less the mean of all: what all have in common is nobody's severity.
    errors = np.sqrt(chance * ((turn - turn.mean(axis=0)) ** 2 @ shrunk)) if len(names) else found
    return Severity(_named(names, found), _named(names, errors), ratio)


def _named(names: Sequence[Hashable], values: Array) -> dict[Hashable, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _likeliest(levels: Array, along: Array, whole: float, free: int) -> float:
    """The ratio with the highest restricted likelihood; 0 where nothing is left to tell it from."""
    if free <= 1 or whole <= _NONE or not levels.any():
        return 0.0
    grown = 1 + np.outer(_RATIOS, levels)
    rest = whole - (_RATIOS[:, None] * along**2 / grown).sum(axis=1)
    loss = np.log(grown).sum(axis=1) + free * np.log(np.maximum(rest, _NONE * whole))
    return float(_RATIOS[int(np.argmin(loss))])


def _places(names: Sequence[Hashable]) -> tuple[list[Hashable], Array]:
    """The distinct names in the order in which they occur, and the place of each one's."""
    known: dict[Hashable, int] = {}
    places = [known.setdefault(name, len(known)) for name in names]
    return list(known), np.asarray(places, dtype=np.intp)


def _centred(columns: Array, groups: Array) -> Array:
    """Columns less their mean in each group."""
    many = np.bincount(groups)
    means = [np.bincount(groups, weights=column) / many for column in columns.T]
    return columns - np.column_stack([mean[groups] for mean in means]) if means else columns


def _many(groups: Array) -> int:
    return int(groups.max()) + 1 if len(groups) else 0
