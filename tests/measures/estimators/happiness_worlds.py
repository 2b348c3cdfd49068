"""Made-up teams whose skill is known: who answers which cases, and what customers then say.

Great and not good have log-odds a + skill - difficulty and b - skill + difficulty against okay. `lean` is how much the
skilled take the hard topics, by their rank or `by_skill`, `hidden` how much worse a case of unseen severity goes, and
`inside` how much the skilled take the severe ones inside a topic; a `lane` of that part of the cases is dealt at
random. A `sign` is a figure of a case; it follows severity by `trace`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.hidden_difficulty import Sign
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import POINTS, Voted

TOPICS, CHANNELS, WAITS = 10, 3, 4
HARDNESS = np.linspace(-1.5, 1.5, TOPICS)
CHANNEL = np.array([0.0, 0.2, -0.2])
WAIT = np.array([0.0, 0.1, 0.25, 0.5])
GREAT, NOT_GOOD = 1.4, -1.0


@dataclass(frozen=True)
class World:
    """How a team is made; `spread` is the standard deviation of skill in log-odds."""

    people: int = 12
    ratings: int = 250
    spread: float = 0.25
    lean: float = 0.35
    hidden: float = 0.0
    inside: float = 0.0
    trace: float = 0.0
    lane: float = 0.0
    by_skill: bool = False


@dataclass(frozen=True, eq=False)
class Team:
    """One made team: its votes, its sign, and for each person the true skill and what is true of its own cases.

    `ahead` is the score expected of the person on its cases less that of the average colleague on the same cases, and
    `lane_ahead` the same on the cases that were dealt at random.
    """

    votes: Voted
    sign: Sign
    lane: Voted
    skill: Array
    ahead: Array
    lane_ahead: Array
    hard: NDArray[np.intp]


def team(seed: int, world: World) -> Team:
    """One team by its seed."""
    rng = np.random.default_rng(seed)
    skill = np.sort(rng.normal(0, world.spread, world.people)) if world.spread else np.zeros(world.people)
    rank = np.linspace(-1.5, 1.5, world.people) if not world.by_skill else skill / world.spread
    person = np.repeat(np.arange(world.people), world.ratings)
    dealt = np.arange(person.size) % world.ratings < world.lane * world.ratings
    leaning = _drawn(rng, np.exp(world.lean * rank[:, None] * HARDNESS), person)
    topic = np.where(dealt, rng.integers(0, TOPICS, person.size), leaning)
    channel, wait = rng.integers(0, CHANNELS, person.size), rng.integers(0, WAITS, person.size)
    severity = rng.normal(0, 1, person.size) + world.inside * rank[person] * ~dealt
    difficulty = HARDNESS[topic] + CHANNEL[channel] + WAIT[wait] + world.hidden * severity
    shares = _shares(skill[person], difficulty)
    mean = np.mean([_score(_shares(np.full(person.size, s), difficulty)) for s in skill], axis=0)
    answer = (rng.random(person.size)[:, None] > shares.cumsum(axis=1)).sum(axis=1).clip(0, 2)
    sign = rng.poisson(np.exp(0.5 + world.trace * severity))
    fold = rng.integers(0, 5, person.size)
    keys = np.stack([topic, channel, wait, person, fold], axis=1)
    votes, signs = _grouped(keys, answer, sign.astype(float))
    lane = _grouped(keys[dealt], answer[dealt], sign[dealt].astype(float))[0]
    beyond = _score(shares) - mean
    ahead = np.bincount(person, beyond) / world.ratings
    lane_ahead = np.bincount(person, beyond * dealt) / max(1, int(dealt.sum()) // world.people)
    heaviest = np.argsort(np.bincount(person, HARDNESS[topic]))[-3:]
    return Team(votes, signs, lane, skill, ahead, lane_ahead, heaviest)


def _drawn(rng: np.random.Generator, weights: Array, person: NDArray[np.intp]) -> NDArray[np.intp]:
    shares = (weights / weights.sum(axis=1, keepdims=True)).cumsum(axis=1)
    return np.asarray((rng.random(person.size)[:, None] > shares[person]).sum(axis=1).clip(0, TOPICS - 1))


def _shares(skill: Array, difficulty: Array) -> Array:
    great, not_good = np.exp(GREAT + skill - difficulty), np.exp(NOT_GOOD - skill + difficulty)
    return np.stack([great, np.ones_like(great), not_good], axis=1) / (1 + great + not_good)[:, None]


def _score(shares: Array) -> Array:
    return np.asarray(shares @ POINTS)


def _grouped(keys: NDArray[np.intp], answer: NDArray[np.intp], sign: Array) -> tuple[Voted, Sign]:
    rows, row = np.unique(keys, axis=0, return_inverse=True)
    row, size = row.ravel(), len(rows)
    counts = np.stack([np.bincount(row, answer == k, size) for k in range(3)], axis=1)
    votes = Voted(rows[:, :3], rows[:, 3], rows[:, 4], counts, counts.sum(axis=1))
    sums = (np.bincount(row, v, size) for v in (sign, sign**2, sign * POINTS[answer]))
    return votes, Sign(*sums)
