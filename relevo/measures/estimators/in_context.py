"""A person's score in context: what customers said, what the average colleague would have got, and the difference."""

from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.comparability import MOST_ALONE, part_alone
from relevo.measures.estimators.discoveries import FALSE_ALARMS, believed
from relevo.measures.estimators.expected_votes import Expected, Method, expected
from relevo.measures.estimators.funnel import spread_between, two_sided
from relevo.measures.estimators.happiness_score import Score, score
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.pooling import GATE, Pooled, pooled, votes_needed
from relevo.measures.estimators.shield import hard_line
from relevo.measures.estimators.voted import Codes, Voted, sums


@dataclass(frozen=True)
class InContext:
    """One group, a person for example. Points from -100 to 100; None is unknown.

    `raw` is the score with its own interval; `expected` what the average colleague would have got on these cases;
    `difference` what is observed beyond it, each vote standing for those who did not answer; `pooled` that difference
    pulled to peers with a similar mix, with its 95 % interval `low` to `high`. `reliability` is the part of what
    differs between groups that is not chance, and `more` the votes still needed for `shown`. `alone` is the part of
    the cases that nobody else takes; above a half the group is not `comparable`. `chance` is that of a difference as
    large in the funnel, and `stands_out` whether it does among all of them.
    """

    raw: Score
    expected: float | None
    difference: float | None
    error: float | None
    pooled: float | None
    low: float | None
    high: float | None
    reliability: float | None
    more: int | None
    hard_share: float | None
    alone: float
    chance: float | None
    stands_out: bool

    @property
    def comparable(self) -> bool:
        """Whether colleagues take such cases too."""
        return self.alone <= MOST_ALONE

    @property
    def shown(self) -> bool:
        """Whether a figure in context may be shown: enough is known of it, and there is something to compare with."""
        return self.comparable and self.reliability is not None and self.reliability >= GATE


@dataclass(frozen=True, eq=False)
class Judged:
    """All groups by their code, and what they were judged by.

    `line` is the expected score at or below which a case is hard. `between` is the variance between groups beyond
    chance and mix, `wider` the one by which the funnel is widened, `of_one_vote` that of a vote about what is
    expected of it, all in squared points.
    """

    groups: tuple[InContext, ...]
    method: Method
    line: float
    between: float | None
    wider: float
    of_one_vote: float | None


@dataclass(frozen=True, eq=False)
class _Differences:
    """Per group: the mean difference from what was expected, its variance, hard share, and what skill is worth."""

    mean: Array
    variance: Array
    hard: Array
    room: Array


def judged(
    votes: Voted, group: Codes | None = None, weights: Array | None = None, of: Expected | None = None
) -> Judged:
    """Every group in context; groups are persons where no other code is given for the rows.

    `weights` are those of `answer_weights`, and `of` what is expected where that was frozen before.
    """
    code = votes.person if group is None else group
    size = int(code.max(initial=-1)) + 1
    raw = _raw(votes, code, size)
    awaited = expected(votes) if of is None else of
    alone = part_alone(Voted(votes.traits, code, votes.fold, votes.counts, votes.squares))
    if awaited.method is Method.NONE:
        return Judged(tuple(_unknown(s, float(a)) for s, a in zip(raw, alone, strict=True)), awaited.method,
                      float("-inf"), None, 0.0, None)  # fmt: skip
    line = hard_line(awaited.points, votes.n)
    weight = np.ones(len(code)) if weights is None else weights
    found = _differences(votes, code, size, weight, awaited, line)
    means = sums(code, votes.n * awaited.points, size) / sums(code, votes.n, size)
    return _judged(raw, alone, means, found, awaited, votes, line)


def _judged(
    raw: list[Score], alone: Array, means: Array, found: _Differences, awaited: Expected, votes: Voted, line: float
) -> Judged:
    pull = pooled(found.mean, found.variance, found.hard, found.room)
    error = np.sqrt(found.variance)
    wider = spread_between(found.mean / error, error)
    chances = two_sided(found.mean, found.variance, wider)
    told = (believed(chances) <= FALSE_ALARMS).tolist()
    groups = tuple(
        _one(raw[i], float(means[i]), found, pull, i, float(alone[i]), chances[i], told[i]) for i in range(len(raw))
    )
    of_one = float(votes.n @ awaited.variance / votes.n.sum())
    return Judged(groups, awaited.method, line, pull.between, wider, of_one)


def _one(
    raw: Score, mean: float, found: _Differences, pull: Pooled, i: int, alone: float, chance: float, told: bool
) -> InContext:
    reliability = float(pull.reliability[i])
    return InContext(
        raw=raw,
        expected=mean,
        difference=float(found.mean[i]),
        error=float(np.sqrt(found.variance[i])),
        pooled=float(pull.mean[i]),
        low=float(pull.low[i]),
        high=float(pull.high[i]),
        reliability=reliability,
        more=votes_needed(raw.votes, reliability),
        hard_share=float(found.hard[i]),
        alone=alone,
        chance=chance,
        stands_out=told,
    )


def _unknown(raw: Score, alone: float) -> InContext:
    return InContext(raw, None, None, None, None, None, None, None, None, None, alone, None, False)


def _raw(votes: Voted, code: Codes, size: int) -> list[Score]:
    answers = np.stack([sums(code, column, size) for column in votes.counts.T], axis=1)
    squares = sums(code, votes.squares, size)
    return [
        score(float(row[0]), float(row[1]), float(row[2]), float(row.sum() ** 2 / square) if square else 0.0)
        for row, square in zip(answers, squares, strict=True)
    ]


def _differences(votes: Voted, code: Codes, size: int, weight: Array, awaited: Expected, line: float) -> _Differences:
    """Weighted means of observed less expected. A vote varies as much as one of the case usually does."""
    whole = sums(code, weight * votes.n, size)
    beyond = sums(code, weight * (votes.points - votes.n * awaited.points), size)
    noise = sums(code, weight**2 * votes.squares * awaited.variance, size)
    votes_of = sums(code, votes.n, size)
    hard = sums(code, votes.n * (awaited.points <= line), size) / votes_of
    # The variance of a vote is also how fast its mean moves with the log-odds of great, and of not good the other way.
    room = sums(code, votes.n * awaited.variance, size) / votes_of / 100
    return _Differences(beyond / whole, noise / whole**2, hard, room)
