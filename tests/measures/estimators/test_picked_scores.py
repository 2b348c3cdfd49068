"""Scores of what is picked, by hand, against a count of every pair, and in drawn queues.

In the simulation a queue holds 30 cases whose expected scores are those of five kinds; whoever's turn it is takes one
at random, and another comes. Who looks for happy customers draws a second case half of the time, and takes whichever is
likelier to please. Flagged is whose p stays at 0.05 or below beside the tests of the colleagues (Benjamini and
Hochberg) with a difference above 0.
"""

from math import erfc, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from relevo.measures.estimators.discoveries import believed
from relevo.measures.estimators.picked_scores import FEWEST_CHOICES, Scored, tastes
from relevo.measures.estimators.picks import NOBODY

LEVEL, PICKS, SEEDS, SLOTS = 0.05, 400, 200, 30
KINDS = np.array([-20.0, 20.0, 45.0, 60.0, 80.0])
# queue, begun, how long it waited, points, who picked it
Case = tuple[int, int, int, int, int]
CASES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9), st.integers(-100, 100), st.integers(-1, 2)),
    max_size=14,
)


def line(cases: list[Case]) -> Scored:
    columns = list(zip(*cases, strict=True)) or [()] * 5
    queue, begun, waited, score, picker = (np.array(c, dtype=np.int64) for c in columns)
    return Scored(queue, begun, begun + waited, score.astype(float), picker)


def test_two_choices_by_hand() -> None:
    """Of 80, 20 and 50 ana takes 80, then of 20 and 50 takes 20; nothing but 50 is left for ben, who has no choice."""
    found = tastes(line([(0, 0, 5, 80, 0), (0, 0, 6, 20, 0), (0, 1, 9, 50, 1), (1, 0, 99, -90, NOBODY)]))
    assert list(found) == [0]
    assert (found[0].n, found[0].difference) == (2, pytest.approx(((80 - 50) + (20 - 35)) / 2))
    assert (found[0].low, found[0].high, found[0].p) == (None, None, None)


def test_the_interval_is_as_wide_as_random_picking_makes_it() -> None:
    """20 times one of 0 and 60 waits: 60 is 30 above the mean, whose standard error is 30 / sqrt(20)."""
    pairs = [case for i in range(FEWEST_CHOICES) for case in ((i, 0, 5, 60, 0), (i, 0, 9, 0, NOBODY))]
    one = tastes(line(pairs))[0]
    error = 30 / sqrt(20)
    assert (one.n, one.difference) == (20, 30)
    assert (one.low, one.high) == pytest.approx((30 - 1.959964 * error, 30 + 1.959964 * error), abs=1e-4)
    assert one.p == pytest.approx(erfc(sqrt(20) / sqrt(2)))
    few = tastes(line(pairs[:-2]))[0]
    assert (few.n, few.difference, few.p) == (19, 30, None)


@given(CASES)
def test_sums_along_the_line_are_those_of_pairs(cases: list[Case]) -> None:
    found, wanted = tastes(line(cases)), dict[int, list[float]]()
    for queue, begun, waited, score, picker in cases:
        at = begun + waited
        beside = [s for q, b, w, s, _ in cases if q == queue and b <= at <= b + w]
        if picker != NOBODY and len(set(beside)) > 1:
            wanted.setdefault(picker, []).append(score - sum(beside) / len(beside))
    assert {who: (one.n, one.difference) for who, one in found.items()} == {
        who: (len(each), pytest.approx(sum(each) / len(each), abs=1e-9)) for who, each in wanted.items()
    }


def drawn(people: int, seekers: tuple[int, ...], seeds: int, picks: int) -> list[Scored]:
    """One queue per seed, all drawn side by side: a row is a queue, a column a place in it."""
    draw = np.random.default_rng(4)
    steps, rows = people * picks, np.arange(seeds)
    turns = np.array([draw.permutation(np.repeat(np.arange(people), picks)) for _ in rows])
    begun, score = np.full((seeds, SLOTS), -1), KINDS[draw.integers(0, 5, (seeds, SLOTS))]
    taken = []
    for step in range(steps):
        place, other = draw.integers(0, SLOTS, (2, seeds))
        seeks = np.isin(turns[:, step], seekers) & (draw.random(seeds) < 0.5)
        place = np.where(seeks & (score[rows, other] > score[rows, place]), other, place)
        taken.append((begun[rows, place], np.full(seeds, step), score[rows, place], turns[:, step]))
        begun[rows, place], score[rows, place] = step, KINDS[draw.integers(0, 5, seeds)]
    left = [(begun[:, k], np.full(seeds, steps), score[:, k], np.full(seeds, NOBODY)) for k in range(SLOTS)]
    columns = [np.array(column).T for column in zip(*taken, *left, strict=True)]
    # What comes after a pick at a step waits from the next instant on: two instants a step.
    return [
        Scored(np.zeros(b.size, dtype=np.int64), 2 * b + 1, 2 * u, s, p) for b, u, s, p in zip(*columns, strict=True)
    ]


def flagged(queue: Scored, people: int) -> NDArray[np.bool_]:
    found = tastes(queue)
    p = np.array([np.nan if found[k].p is None else found[k].p for k in range(people)], dtype=float)
    return (believed(p) <= LEVEL) & (np.array([found[k].difference for k in range(people)]) > 0)


@pytest.mark.sims
@pytest.mark.parametrize(("picks", "least"), [(PICKS, 0.8), (FEWEST_CHOICES, None)])
@pytest.mark.parametrize("seekers", [(), (0,)])
def test_who_looks_for_happy_customers_is_found_and_equals_are_not(
    picks: int, least: float | None, seekers: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    found = np.array([flagged(queue, 6) for queue in drawn(6, seekers, SEEDS, picks)])
    power = float(found[:, list(seekers)].mean()) if seekers else float("nan")
    false = int(found[:, len(seekers) :].any(axis=1).sum())
    with capsys.disabled():
        print(f"{picks:>3} picks, seekers {len(seekers)}: power {power:6.3f}, false alarms {false} of {SEEDS}")  # noqa: T201
    assert false <= 16
    assert not seekers or least is None or power >= least


@pytest.mark.parametrize(("seekers", "flags"), [((0,), [True, False]), ((), [False, False])])
def test_one_drawn_queue(seekers: tuple[int, ...], flags: list[bool]) -> None:
    """A single seed for every run of the tests."""
    (queue,) = drawn(2, seekers, 1, 200)
    assert flagged(queue, 2).tolist() == flags
