"""Who avoids hard work is found, and who picks at random is not: drawn queues from which several people pick.

A queue holds 30 cases, one in five hard; whoever's turn it is takes one, and another comes. Somebody who avoids puts
half of the hard cases back that have waited for more than half the usual wait, and draws again. Flagged is whoever's
p stays at 0.05 or below beside the tests of the colleagues (Benjamini and Hochberg).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from relevo.measures.estimators.discoveries import believed
from relevo.measures.estimators.picks import Picker, Waiting, pickers, picks_of

LEVEL = 0.05
PICKS, SEEDS, SLOTS, HARD = 400, 200, 30, 0.2
AGED = SLOTS // 2


@dataclass(frozen=True)
class Team:
    """How many pick, which of them avoid, what share of the aged hard ones they skip, and whether the oldest first."""

    people: int
    avoid: tuple[int, ...] = ()
    skipped: float = 0.5
    oldest_first: bool = False


def queues(team: Team, seeds: int, picks: int = PICKS, seed: int = 1) -> list[Waiting]:
    """One queue per seed, all drawn side by side: a row is a queue, a column a place in it."""
    draw = np.random.default_rng(seed)
    steps, rows = team.people * picks, np.arange(seeds)
    turns = np.array([draw.permutation(np.repeat(np.arange(team.people), picks)) for _ in rows])
    begun = -draw.integers(1, SLOTS, (seeds, SLOTS))
    hard = draw.random((seeds, SLOTS)) < HARD
    taken = []
    for step in range(steps):
        aged = hard & (step - begun >= AGED)
        liking = draw.normal(0, 5, (seeds, SLOTS)) - begun if team.oldest_first else draw.random((seeds, SLOTS))
        place = liking.argmax(axis=1)
        avoids = np.isin(turns[:, step], team.avoid) & aged[rows, place] & (draw.random(seeds) < team.skipped)
        other = np.where(aged, -np.inf, liking).argmax(axis=1)
        place = np.where(avoids & ~aged.all(axis=1), other, place)
        taken.append((begun[rows, place], np.full(seeds, step), hard[rows, place], turns[:, step]))
        begun[rows, place], hard[rows, place] = step, draw.random(seeds) < HARD
    left = [(begun[:, k], np.full(seeds, steps), hard[:, k], np.full(seeds, -1)) for k in range(SLOTS)]
    # What comes after a pick at a step waits from the next instant on: two instants a step.
    columns = [np.array(column).T for column in zip(*taken, *left, strict=True)]
    return [
        Waiting(np.zeros(b.size, dtype=np.int64), 2 * b + 1, 2 * u, h.astype(bool), p)
        for b, u, h, p in zip(*columns, strict=True)
    ]


def flagged(queue: Waiting, people: int) -> NDArray[np.bool_]:
    """Who of the team is flagged in one queue."""
    found = pickers(picks_of(queue, 2 * AGED))
    p = np.array([_p(found[k]) for k in range(people)])
    return np.asarray(believed(p) <= LEVEL)


def _p(one: Picker) -> float:
    return np.nan if one.p is None else one.p


def told(team: Team, seeds: int = SEEDS, picks: int = PICKS) -> tuple[float, int]:
    """The share of those who avoid that is flagged, and in how many queues anybody else is."""
    found = np.array([flagged(queue, team.people) for queue in queues(team, seeds, picks)])
    others = [k for k in range(team.people) if k not in team.avoid]
    power = float(found[:, list(team.avoid)].mean()) if team.avoid else float("nan")
    return power, int(found[:, others].any(axis=1).sum())


def printed(name: str, team: Team, power: float, false: int) -> None:
    print(f"{name:<44} people {team.people:>2}  power {power:6.3f}  queues with a false alarm {false:>3} of {SEEDS}")  # noqa: T201


@pytest.mark.sims
@pytest.mark.parametrize("people", [1, 3, 6, 12])
def test_who_skips_half_of_the_aged_hard_ones_is_found(people: int, capsys: pytest.CaptureFixture[str]) -> None:
    team = Team(people, avoid=(0,))
    power, false = told(team)
    with capsys.disabled():
        printed("half of the aged hard ones skipped", team, power, false)
    assert power >= 0.8
    # The others are flagged beside a true one in one of twenty flags at most: 5 % of some 200, and chance.
    assert false <= 24


@pytest.mark.sims
@pytest.mark.parametrize("people", [1, 3, 6, 12])
def test_random_picking_is_not_flagged(people: int, capsys: pytest.CaptureFixture[str]) -> None:
    team = Team(people)
    power, false = told(team)
    with capsys.disabled():
        printed("random picking", team, power, false)
    assert false <= 16


@pytest.mark.sims
@pytest.mark.parametrize(("avoid", "least"), [((), None), ((0,), 0.8)])
def test_the_oldest_first_is_no_avoidance(
    avoid: tuple[int, ...], least: float | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """A team that works from the oldest on; the one who skips there takes too many easy ones."""
    team = Team(6, avoid=avoid, oldest_first=True)
    power, false = told(team)
    with capsys.disabled():
        printed("oldest first" + (", one skips half" if avoid else ""), team, power, false)
    assert false <= 16
    assert least is None or power >= least


@pytest.mark.sims
def test_two_of_six_avoid(capsys: pytest.CaptureFixture[str]) -> None:
    """What they leave is taken by the others, who are not blamed for it."""
    team = Team(6, avoid=(0, 1))
    power, false = told(team)
    with capsys.disabled():
        printed("two of them skip half", team, power, false)
    assert power >= 0.8
    assert false <= 24


@pytest.mark.parametrize(("team", "flags"), [(Team(2, avoid=(0,), skipped=1.0), [True, False]), (Team(2), [False] * 2)])
def test_one_drawn_queue(team: Team, flags: Sequence[bool]) -> None:
    """A single seed for every run of the tests: who never takes an aged hard case, and who does not care."""
    (queue,) = queues(team, 1, picks=150)
    assert flagged(queue, team.people).tolist() == list(flags)
