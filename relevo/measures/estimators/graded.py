"""How likely great and not good are for a case, and what each colleague adds: a penalised multinomial model."""

from dataclasses import dataclass

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.indicators import Indicators
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Voted

# The penalty on each coefficient: that of a normal prior with variance 10 on the log-odds.
RIDGE = 0.1
MOST_STEPS = 50
# A step that promises less than this much likelihood is not taken.
SETTLED = 1e-8
# The curvature is looked at again when a step promises more than this part of what the one before promised.
_MUCH_LESS = 0.1


@dataclass(frozen=True, eq=False)
class Graded:
    """A fitted model: the log-odds of great and of not good against okay (2 x columns), the last group the persons.

    `curve` is the negative second derivative of the penalised likelihood where it was last looked at, `n` the votes.
    """

    slopes: Array
    persons: int
    curve: Array
    n: float

    def cases(self, votes: Voted, sizes: tuple[int, ...]) -> Array:
        """The odds of great and of not good that the case alone gives (2 x rows)."""
        design = _design(votes, sizes, with_person=False)
        return np.exp(np.stack([design.times(slopes) for slopes in self.slopes[:, : -self.persons]]))

    def average_colleague(self, votes: Voted, sizes: tuple[int, ...]) -> Array:
        """Great and not good (2 x rows) as expected of the case, each person of the model answering it once."""
        case, person = self.cases(votes, sizes), np.exp(self.slopes[:, -self.persons :])
        great = case[0][:, None] * person[0]
        not_good = case[1][:, None] * person[1]
        whole = 1 + great + not_good
        return np.stack([(great / whole).mean(axis=1), (not_good / whole).mean(axis=1)])


def graded(votes: Voted, sizes: tuple[int, ...], near: Graded | None = None) -> Graded:
    """The model of the votes, by Newton's method on the penalised likelihood, which has one peak.

    `sizes` are how many values each trait has, and how many persons there are last; `near` is a model of similar votes
    to begin from. Traits and persons are penalised, the intercept is not; the person terms keep skill out of what is
    called difficulty. Hoerl and Kennard 1970; Le Cessie and van Houwelingen 1992. Refuses a climb that does not end.
    """
    design = _design(votes, sizes, with_person=True)
    at = _begin(votes, design) if near is None else near.slopes
    height, odds = _height(votes, design, at)
    solved = _Solved(_curve(votes, design, odds) if near is None else _scaled(near, votes))
    for _ in range(MOST_STEPS):
        slope = _slope(votes, design, at, odds).ravel()
        if solved.slows(slope):
            solved = _Solved(_curve(votes, design, odds))
        step, promised = solved.step(slope)
        if promised < SETTLED:
            return Graded(at, sizes[-1], solved.curve, float(votes.n.sum()))
        at, height, odds = _risen(votes, design, at, step.reshape(at.shape), height)
    raise DataRefused(
        f"The model of ratings did not settle in {MOST_STEPS} steps.", "Fewer traits or more votes would let it."
    )


class _Solved:
    """A curvature, inverted once and used for steps as long as each promises much less than the one before."""

    def __init__(self, curve: Array) -> None:
        self.curve = curve
        self._inverse = np.linalg.inv(curve)
        self._last = np.inf

    def slows(self, slope: Array) -> bool:
        return float(slope @ self._inverse @ slope) > _MUCH_LESS * self._last

    def step(self, slope: Array) -> tuple[Array, float]:
        step = self._inverse @ slope
        self._last = float(slope @ step)
        return step, self._last


def _scaled(near: Graded, votes: Voted) -> Array:
    """The curvature of a near model as if it had been fitted to so many votes."""
    held = np.diag(np.tile(_penalty(near.slopes.shape[1]), 2))
    return np.asarray((near.curve - held) * (float(votes.n.sum()) / near.n) + held)


def _design(votes: Voted, sizes: tuple[int, ...], *, with_person: bool) -> Indicators:
    one = np.zeros(len(votes.person), dtype=np.intp)
    last = (votes.person,) if with_person else ()
    return Indicators.of([one, *votes.traits.T, *last], (1, *(sizes if with_person else sizes[:-1])))


def _begin(votes: Voted, design: Indicators) -> Array:
    """No difference between cases or persons: the logs of the answers' odds, half a vote added to each."""
    total, start = votes.counts.sum(axis=0) + 0.5, np.zeros((2, design.columns))
    start[:, 0] = np.log(total[[0, 2]] / total[1])
    return start


def _penalty(columns: int) -> Array:
    held = np.full(columns, RIDGE)
    held[0] = 0.0
    return held


def _height(votes: Voted, design: Indicators, at: Array) -> tuple[float, Array]:
    """The penalised log-likelihood, and the shares of great and not good per row."""
    logs = np.stack([design.times(slopes) for slopes in at])
    top = np.maximum(logs.max(axis=0), 0.0)
    whole = np.exp(logs - top).sum(axis=0) + np.exp(-top)
    said = votes.counts[:, 0] @ logs[0] + votes.counts[:, 2] @ logs[1] - votes.n @ (np.log(whole) + top)
    return float(said - (_penalty(design.columns) * at**2).sum() / 2), np.exp(logs - top) / whole


def _slope(votes: Voted, design: Indicators, at: Array, odds: Array) -> Array:
    missed = [votes.counts[:, answer] - votes.n * odds[k] for k, answer in enumerate((0, 2))]
    return np.stack([design.summed(each) for each in missed]) - _penalty(design.columns) * at


def _curve(votes: Voted, design: Indicators, odds: Array) -> Array:
    great, not_good = odds
    own = [design.gram(votes.n * p * (1 - p)) + np.diag(_penalty(design.columns)) for p in (great, not_good)]
    both = -design.gram(votes.n * great * not_good)
    return np.block([[own[0], both], [both.T, own[1]]])


def _risen(votes: Voted, design: Indicators, at: Array, step: Array, height: float) -> tuple[Array, float, Array]:
    """The first of the step, half of it, a quarter ... that is no lower; the surface has one peak, so there is one."""
    found, odds = _height(votes, design, at + step)
    while found < height - 1e-9 * abs(height):
        step = step / 2
        found, odds = _height(votes, design, at + step)
    return at + step, found, odds
