"""Staying by the time a solution took: bins by hand, what is hidden, and hard cases that take long anyway."""

from typing import Any

import pytest

from relevo.insight.talks.dose import BINS, DIFFICULTY, doses, doses_of
from tests.measures.support.contacts import asked, book, pays


def cell(place: int, n: int, lost: int, **more: Any) -> dict[str, Any]:
    return {**dict.fromkeys(DIFFICULTY, "same"), "bin": place, "n": n, "lost": lost, **more}


def test_cases_fall_into_bins_of_hours_and_the_fresh_ones_are_left_out() -> None:
    """Just under and at an hour, four and 24 hours, three and seven days; one is 90 days old, one 89."""
    hours = [0.99, 1, 3.99, 4, 23.99, 24, 71.99, 72, 167.99, 168]
    names = [f"c{i}-{k}" for i in range(len(hours)) for k in range(10)]
    talks = [
        asked(i, c, "2026-01-05", wait_hours=hours[i // 10], resolved_hours=hours[i // 10]) for i, c in enumerate(names)
    ]
    fresh = [asked(900, "old", "2026-04-01", wait_hours=0.5), asked(901, "new", "2026-04-02", wait_hours=0.5)]
    of = book("2026-06-30", [pays(c, "2025-01-01") for c in (*names, "old", "new")], *talks, *fresh)
    found = doses_of(of)
    assert [(d.from_hours, d.until_hours, d.n) for d in found] == [
        (0, 1, 11), (1, 4, 20), (4, 24, 20), (24, 72, 20), (72, 168, 20), (168, None, 10),
    ]  # fmt: skip
    assert {d.raw for d in found} == {1.0}
    assert {d.kept for d in found} == {None}


def test_who_left_within_90_days_is_lost() -> None:
    """Solved on 5 January: gone on day 90 counts, on day 91 it does not."""
    names = [f"c{i}" for i in range(10)]
    ends = {"c0": "2026-04-05", "c1": "2026-04-06"}
    of = book("2026-06-30", [pays(c, "2025-01-01", ends.get(c)) for c in names],
              *(asked(i, c, "2026-01-05", wait_hours=0.1, resolved_hours=0.5) for i, c in enumerate(names)))  # fmt: skip
    assert [(d.n, d.raw) for d in doses_of(of)] == [(10, 0.9)]


def test_bins_of_fewer_than_ten_are_hidden() -> None:
    found = doses([cell(0, 100, 10), cell(1, 9, 1), cell(2, 10, 3)])
    assert [(d.from_hours, d.n) for d in found] == [(0, 100), (4, 10)]
    assert doses([]) == ()


def test_hard_cases_that_take_long_do_not_make_time_look_bad() -> None:
    """Easy ones lose 2 %, hard ones 10 %, whatever time they take; nine in ten hard ones take over a week."""
    rows = [cell(0, 5000, 100, category="easy"), cell(0, 500, 50, category="hard"),
            cell(len(BINS), 500, 10, category="easy"), cell(len(BINS), 4500, 450, category="hard")]  # fmt: skip
    soon, late = doses(rows)
    assert (soon.raw, late.raw) == pytest.approx((1 - 150 / 5500, 1 - 460 / 5000))
    wanted = 1 - (5500 * 0.02 + 5000 * 0.10) / 10500
    assert (soon.kept, late.kept) == pytest.approx((wanted, wanted), abs=1e-6)
    assert late.low is not None
    assert late.high is not None
    assert late.low < wanted < late.high


def test_where_nobody_left_shares_are_as_seen_alone() -> None:
    assert [(d.raw, d.kept) for d in doses([cell(0, 50, 0), cell(1, 50, 0)])] == [(1.0, None), (1.0, None)]
