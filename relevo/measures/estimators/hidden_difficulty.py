"""Signs of difficulty that the expectation does not know, in what is seen of a case besides its traits.

A sign is a figure of a case that may go along with its difficulty, such as having been escalated. Where one person's
cases carry more of it than cases of the same traits do elsewhere, and cases that carry more of it are rated worse
whoever has them, then the product of the two is what the person's figure misses, by the formula of the omitted
variable. It is a reason to look and never a correction: work can leave the sign too, and difficulty that leaves none
is not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from relevo.measures.estimators.chi_square import normal_two_sided
from relevo.measures.estimators.discoveries import FALSE_ALARMS, believed
from relevo.measures.estimators.indicators import Indicators
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import POINTS, Voted, sums

# A smaller shift than this many points is no reason to warn.
LEAST_POINTS = 1.0
# Votes below which nothing is looked for.
LOOK_FROM = 300
_RIDGE = 1.0


@dataclass(frozen=True, eq=False)
class Sign:
    """Sums over the votes of each row: of the sign, of its square, and of its product with the vote's points."""

    total: Array
    square: Array
    with_points: Array


@dataclass(frozen=True)
class Hidden:
    """A warning for one person: by how much its cases carry more of a sign, and the points this may have cost it.

    `excess` is in the sign's unit against cases of the same traits elsewhere; `points` is below 0 where the cases
    look harder than what was expected knows, and above 0 where they look easier.
    """

    person: int
    sign: str
    excess: float
    points: float


@dataclass(frozen=True, eq=False)
class _Level:
    """A figure's mean per row by traits and persons, and its mean by traits for the average colleague."""

    own: Array
    average: Array


def hidden_difficulty(votes: Voted, signs: Mapping[str, Sign]) -> tuple[Hidden, ...]:
    """The warnings, one per person at most: of several signs the one that moves most points.

    Both halves must be beyond chance, so a pair's chance is the larger of the two; over all persons and signs at most
    one team in twenty without hidden difficulty is warned (Benjamini and Hochberg 1995).
    """
    if votes.n.sum() < LOOK_FROM:
        return ()
    rated = _level(votes, votes.points)
    found = [(Hidden(p, name, e, s), chance) for name, sign in signs.items()
             for p, e, s, chance in _shifts(votes, sign, rated)]  # fmt: skip
    sure = believed([chance for _, chance in found]) <= FALSE_ALARMS
    kept = [each for (each, _), told in zip(found, sure, strict=True) if told and abs(each.points) >= LEAST_POINTS]
    most = {each.person: each for each in sorted(kept, key=lambda h: abs(h.points))}
    return tuple(most[person] for person in sorted(most))


def _shifts(votes: Voted, sign: Sign, rated: _Level) -> list[tuple[int, float, float, float]]:
    """Per person the excess of the sign, the points it moves, and the chance of so much where nothing is hidden."""
    level = _level(votes, sign.total)
    left = _squares(votes.n, sign.total, sign.square, level.own)
    if left <= 1e-9 * max(float(sign.square.sum()), 1.0):
        return []
    slope, slope_error = _slope(votes, sign, level, rated, left)
    n = np.maximum(sums(votes.person, votes.n, votes.persons), 1e-300)
    excess = sums(votes.person, sign.total - votes.n * level.average, votes.persons) / n
    worth = n**2 / np.maximum(sums(votes.person, votes.squares, votes.persons), 1e-300)
    error = np.sqrt(left / votes.n.sum() / worth)
    return [
        (p, float(excess[p]), slope * float(excess[p]), max(_two_sided(slope, slope_error), _two_sided(e, float(s))))
        for p, (e, s) in enumerate(zip(excess, error, strict=True))
        if n[p] >= 1
    ]


def _slope(votes: Voted, sign: Sign, level: _Level, rated: _Level, left: float) -> tuple[float, float]:
    """Points per unit of the sign among cases of the same traits and the same person, with its standard error."""
    both = float(
        (sign.with_points - level.own * votes.points - rated.own * sign.total + votes.n * level.own * rated.own).sum()
    )
    slope = both / left
    unexplained = _squares(votes.n, votes.points, votes.counts @ POINTS**2, rated.own) - slope * both
    return slope, sqrt(max(unexplained, 0.0) / float(votes.n.sum()) / left)


def _squares(n: Array, total: Array, square: Array, level: Array) -> float:
    """The sum of squares about a level per row, from the sums of the row."""
    return float((square - 2 * level * total + n * level**2).sum())


def _level(votes: Voted, total: Array) -> _Level:
    """Least squares on traits and persons with a small ridge, which leaves the whole's mean alone."""
    one = np.zeros(len(votes.person), dtype=np.intp)
    design = Indicators.of([one, *votes.traits.T, votes.person])
    held = np.diag([1e-9, *[_RIDGE] * (design.columns - 1)])
    slopes = np.asarray(np.linalg.solve(design.gram(votes.n) + held, design.summed(total)), dtype=np.float64)
    of_persons = slopes[-votes.persons :]
    own = design.times(slopes)
    return _Level(own, own - of_persons[votes.person] + of_persons.mean())


def _two_sided(value: float, error: float) -> float:
    return normal_two_sided(value / error) if error > 0 else 1.0
