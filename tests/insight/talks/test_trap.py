"""Ever against never: the published trap in exact counts (RC-01), and who counts as what in a book, by hand."""

import json
from pathlib import Path

import pytest

from relevo.insight.talks.trap import Trap, trap, trap_of
from tests.measures.support.contacts import asked, book, pays

CASES = {c["id"]: c for c in json.loads((Path(__file__).parents[2] / "cases" / "support.json").read_text())["cases"]}


def test_rc_01_ever_against_never_says_36_against_64_where_nothing_is() -> None:
    """Everybody leaves at a tenth a month, a fifth gets in touch first: 10^12 customers, so that none is a fraction."""
    case = CASES["RC-01"]
    months, leave, touch = (case["input"][k] for k in ("months", "monthly_churn_all", "monthly_first_contact"))
    never, ever, gone = 1e12, 0.0, {True: 0.0, False: 0.0}
    for _ in range(months):
        ever, never = ever + never * touch, never * (1 - touch)
        gone = {True: gone[True] + ever * leave, False: gone[False] + never * leave}
        ever, never = ever * (1 - leave), never * (1 - leave)
    rows = [(True, True, gone[True]), (True, False, ever), (False, True, gone[False]), (False, False, never)]
    found = trap((e, lost, round(n)) for e, lost, n in rows)
    assert found.ever_share == pytest.approx(case["expected"]["ever_contacted_churn"], abs=1e-9)
    assert found.never_share == pytest.approx(case["expected"]["never_contacted_churn"], abs=1e-9)


def test_who_wrote_in_the_window_while_paying_was_ever_in_contact() -> None:
    """The window is November 2024 to October 2025: before it and after leaving is never; the late one did not begin."""
    spans = [
        pays("wrote", "2024-01-01"), pays("before", "2024-01-01"), pays("left", "2024-01-01", "2025-03-10"),
        pays("left after", "2024-01-01", "2025-03-10"), pays("late", "2025-01-01"),
    ]  # fmt: skip
    talks = [asked(1, "wrote", "2025-05-01"), asked(2, "before", "2024-10-30"), asked(3, "left", "2025-03-09"),
             asked(4, "left after", "2025-03-12"), asked(5, "late", "2025-05-01")]  # fmt: skip
    assert trap_of(book("2025-10-31", spans, *talks)) == Trap(ever=2, ever_lost=1, never=2, never_lost=1)


def test_shares_of_nobody_are_unknown() -> None:
    found = trap([])
    assert (found.ever_share, found.never_share) == (None, None)
