"""Happiness in context on made-up teams whose skill is known: does it find it, spare the hard cases, and warn?

`make sims` runs 200 teams of each kind and prints the table; `make test` runs a few with the same assertions, looser.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import rankdata

from relevo.measures.estimators.hidden_difficulty import hidden_difficulty
from relevo.measures.estimators.in_context import InContext, judged
from relevo.measures.estimators.lives import Array
from tests.measures.estimators.happiness_worlds import Team, World, team

RUNS = 200
SEEN = World()
EQUALS = World(spread=0.0)
BY_SKILL = World(by_skill=True)
HIDDEN = World(hidden=0.5, inside=0.2, trace=0.7, lane=0.15)
UNTRACED = World(hidden=0.5, inside=0.2, trace=0.0)
UNSORTED = World(hidden=0.5, inside=0.0, trace=0.5)


@dataclass(frozen=True)
class Run:
    """One team judged: rank correlations with skill, bias of the three with the hardest cases, alarms and warnings."""

    raw: float
    ours: float
    bias: float
    lane: float
    covered: float
    shown: float
    alarm: bool
    warned: bool
    warned_hard: bool


def run(made: Team) -> Run:
    groups = judged(made.votes).groups
    raw, ours = _values(groups, lambda g: g.raw.value), _values(groups, lambda g: g.pooled)
    ends = np.array([(g.low, g.high) for g in groups], dtype=float)
    warnings = hidden_difficulty(made.votes, {"messages": made.sign})
    return Run(
        raw=_ranked(raw, made.skill),
        ours=_ranked(ours, made.skill),
        bias=float((ours - made.ahead)[made.hard].mean()),
        lane=_lane_bias(made),
        covered=float(np.mean((ends[:, 0] <= made.ahead) & (made.ahead <= ends[:, 1]))),
        shown=float(np.mean([g.shown for g in groups])),
        alarm=any(g.stands_out or (g.shown and not (g.low or 0) <= 0 <= (g.high or 0)) for g in groups),
        warned=bool(warnings),
        warned_hard=any(w.person in made.hard and w.points < 0 for w in warnings),
    )


def _lane_bias(made: Team) -> float:
    """What the cases that were dealt at random say of the three, by themselves."""
    if not len(made.lane.person):
        return float("nan")
    differences = _values(judged(made.lane).groups, lambda g: g.difference)
    return float((differences - made.lane_ahead)[made.hard].mean())


def _values(groups: tuple[InContext, ...], of: Callable[[InContext], float | None]) -> Array:
    return np.array([of(group) for group in groups], dtype=float)


def _ranked(found: Array, skill: Array) -> float:
    """Spearman's rank correlation; undefined where all are equally skilled."""
    if np.ptp(skill) == 0:
        return float("nan")
    return float(np.corrcoef(rankdata(found), rankdata(skill))[0, 1])


def runs(world: World, many: int) -> dict[str, Array]:
    """The runs of seeds 0 to `many`, as columns."""
    found = [run(team(seed, world)) for seed in range(many)]
    return {name: np.array([getattr(each, name) for each in found], dtype=float) for name in Run.__annotations__}


Say = Callable[[str, dict[str, Array]], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Prints a line of the table, whatever pytest captures."""

    def line(name: str, found: dict[str, Array]) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{told(name, found)}")

    return line


def told(name: str, found: dict[str, Array]) -> str:
    """A line of the table."""
    n = len(found["raw"])
    error = found["bias"].std(ddof=1) / n**0.5
    return (
        f"{name:32} {n:4} teams | rank with skill: raw {found['raw'].mean():+.2f} ours {found['ours'].mean():+.2f}"
        f" | bias of the three {found['bias'].mean():+.2f} ({error:.2f}) lane {found['lane'].mean():+.2f}"
        f" | covered {found['covered'].mean():.2f} shown {found['shown'].mean():.2f}"
        f" | any flag {int(found['alarm'].sum())} warned {int(found['warned'].sum())}"
        f" of the three {int(found['warned_hard'].sum())}"
    )


@pytest.mark.sims
def test_skill_is_found_where_raw_ranks_backwards_and_hard_cases_cost_nothing(say: Say) -> None:
    found = runs(SEEN, RUNS)
    say("skilled take the hard cases", found)
    assert found["raw"].mean() < 0
    assert found["ours"].mean() >= 0.85
    assert abs(found["bias"].mean()) < 0.3
    assert found["covered"].mean() > 0.9
    assert found["warned"].sum() <= 16


@pytest.mark.sims
def test_who_leans_by_skill_is_found_as_well(say: Say) -> None:
    """How far somebody leans to hard cases follows skill and not its rank: the best lean furthest."""
    found = runs(BY_SKILL, RUNS)
    say("the best lean furthest", found)
    assert found["raw"].mean() < 0
    assert found["ours"].mean() >= 0.85
    assert abs(found["bias"].mean()) < 0.6


@pytest.mark.sims
def test_of_equals_hardly_anybody_is_flagged(say: Say) -> None:
    found = runs(EQUALS, RUNS)
    say("a team of equals", found)
    assert found["alarm"].sum() <= 16
    assert found["warned"].sum() <= 16


@pytest.mark.sims
def test_t5_hidden_difficulty_shows_as_bias_and_the_warning_appears(say: Say) -> None:
    """With difficulty that no trait tells, no adjustment can be right: the three are held too low, and it is said."""
    found = runs(HIDDEN, RUNS)
    say("hidden difficulty, with a sign", found)
    assert found["bias"].mean() < -3
    assert abs(found["lane"].mean()) < 2
    assert found["warned"].sum() >= 0.8 * RUNS
    assert found["warned_hard"].sum() >= 0.7 * RUNS


@pytest.mark.sims
def test_hidden_difficulty_without_a_trace_is_not_seen(say: Say) -> None:
    """The limit of the warning: the same bias, and nothing to see it by."""
    found = runs(UNTRACED, RUNS)
    say("hidden difficulty, no sign of it", found)
    assert found["bias"].mean() < -3
    assert found["warned"].sum() <= 16


@pytest.mark.sims
def test_severity_that_falls_on_all_alike_is_no_reason_to_warn(say: Say) -> None:
    found = runs(UNSORTED, RUNS)
    say("unseen severity, dealt evenly", found)
    assert abs(found["bias"].mean()) < 0.3
    assert found["warned"].sum() <= 16


def test_a_dozen_teams_tell_the_same() -> None:
    seen, equals, hidden = (runs(world, 12) for world in (SEEN, EQUALS, HIDDEN))
    assert seen["ours"].mean() > 0.85 > 0 > seen["raw"].mean()
    assert abs(seen["bias"].mean()) < 2
    assert equals["alarm"].sum() + equals["warned"].sum() <= 3
    assert hidden["warned"].sum() >= 8
    assert hidden["bias"].mean() < -2
