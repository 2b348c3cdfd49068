"""Picks from a queue by hand and against a count of every pair."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.estimators.picks import NOBODY, Waiting, pickers, picks_of

# queue, begun, how long it waited, hard, who picked it
CASES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9), st.booleans(), st.integers(-1, 2)),
    max_size=14,
)
Case = tuple[int, int, int, bool, int]


def line(cases: list[Case]) -> Waiting:
    columns = list(zip(*cases, strict=True)) or [()] * 5
    queue, begun, waited, hard, picker = (np.array(c, dtype=np.int64) for c in columns)
    return Waiting(queue, begun, begun + waited, hard.astype(bool), picker)


def test_four_cases_by_hand() -> None:
    """At 10 ana takes the younger easy one of three (an old hard one since 0 waits); at 12 ben takes the hard one."""
    cases = line([(0, 0, 12, True, 1), (0, 5, 5, False, 0), (0, 6, 90, False, NOBODY), (1, 0, 99, True, NOBODY)])
    found = picks_of(cases, 8)
    assert (found.picker.tolist(), found.waiting.tolist()) == ([1, 0], [2, 3])
    assert (found.hard_waiting.tolist(), found.aged_waiting.tolist()) == ([1, 1], [1, 1])
    assert (found.took_aged.tolist(), found.skipped.tolist()) == ([True, False], [False, True])
    assert not picks_of(cases, 11).skipped.any()
    by = pickers(found)
    assert (by[0].easy_share, by[0].expected_share) == (1.0, pytest.approx(2 / 3))
    assert (by[1].easy_share, by[1].expected_share, by[1].skipped) == (0.0, 0.5, 0)
    # Ana: one easy of one, chance 2/3, and no aged one, 2/3: twice that is more than 1. Ben: certain, both.
    assert (by[0].p, by[1].p) == (1.0, 1.0)


@given(CASES, st.integers(0, 5))
def test_sorted_searches_count_like_pairs(cases: list[Case], aged_after: int) -> None:
    found = picks_of(line(cases), aged_after)
    wanted = []
    for queue, begun, waited, hard, picker in cases:
        if picker == NOBODY:
            continue
        at = begun + waited
        beside = [(b, h) for q, b, w, h, _ in cases if q == queue and b <= at <= b + w]
        aged = [b for b, h in beside if h and b + aged_after <= at]
        wanted.append((
            picker, len(beside), sum(h for _, h in beside), len(aged), hard, hard and begun + aged_after <= at,
            not hard and any(b < begun for b in aged),
        ))  # fmt: skip
    names = ("picker", "waiting", "hard_waiting", "aged_waiting", "took_hard", "took_aged", "skipped")
    told = [getattr(found, name).tolist() for name in names]
    assert list(zip(*told, strict=True)) == wanted


def test_each_queue_has_its_own_patience() -> None:
    cases = line([(q, b, w, h, p) for q in (0, 1) for b, w, h, p in ((0, 99, True, NOBODY), (3, 4, False, 0))])
    assert picks_of(cases, np.array([7, 8])).skipped.tolist() == [True, False]


def test_ten_easy_picks_beside_one_hard_case() -> None:
    """Each time one of two: ten easy ones have the chance 1/2 ** 10, and so has leaving the aged one; doubled."""
    cases = [(0, 0, 1000, True, NOBODY)] + [(0, 10 * k, 5, False, 0) for k in range(1, 11)]
    (found,) = pickers(picks_of(line(cases), 3)).values()
    assert (found.n, found.easy, found.expected_easy, found.skipped) == (10, 10, 5.0, 10)
    assert found.p == pytest.approx(2 / 2**10)
    # Aged only after everything was picked: one test, not doubled.
    (fresh,) = pickers(picks_of(line(cases), 10_000)).values()
    assert (fresh.p, fresh.skipped) == (pytest.approx(1 / 2**10), 0)


def test_nothing_hard_tells_nothing() -> None:
    (found,) = pickers(picks_of(line([(0, 0, 5, False, 0), (0, 1, 8, False, NOBODY)]), 3)).values()
    assert (found.p, found.easy_share, found.expected_share) == (None, 1.0, 1.0)
    assert pickers(picks_of(line([]), 3)) == {}


def test_many_picks_are_judged_by_the_normal_distribution() -> None:
    """1200 picks of one in two, 650 easy: next to the exact binomial tail, doubled for two tests."""
    cases: list[Case] = []
    for k in range(1200):
        cases += [(0, 100 * k, 50, k >= 650, 0), (0, 100 * k, 51, k < 650, NOBODY)]
    (found,) = pickers(picks_of(line(cases), 10)).values()
    exact = sum(comb(1200, k) for k in range(650, 1201)) / 2**1200
    assert found.p == pytest.approx(2 * exact, rel=0.02)
