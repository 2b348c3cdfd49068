"""Stages by headcount: limits, three month ends before a change, unknown without headcount."""

from datetime import date

import pytest

from relevo.base.periods import last_day, parse_month
from relevo.planning.stages import UNKNOWN, Stage, is_locked, size_of, stage


@pytest.mark.parametrize(
    ("employees", "number"),
    [(0, 1), (5, 1), (6, 2), (20, 2), (21, 3), (100, 3), (101, 4), (250, 4), (251, 5), (4000, 5)],
)
def test_limits(employees: int, number: int) -> None:
    assert size_of(employees) == number


def monthly(first: str, *counts: int) -> list[tuple[date, int]]:
    start = parse_month(first)
    return [(last_day(start + i), n) for i, n in enumerate(counts)]


def test_a_company_of_unknown_size_has_no_stage_and_no_locks() -> None:
    assert stage([], date(2026, 1, 1)) == UNKNOWN
    assert not is_locked(5, UNKNOWN)


def test_headcount_after_the_day_is_not_known_yet() -> None:
    assert stage(monthly("2026-03", 30), date(2026, 1, 31)) == UNKNOWN


def test_the_third_month_end_above_a_limit_changes_the_stage() -> None:
    rows = monthly("2026-01", 18, 22, 23, 24)
    assert stage(rows, date(2026, 3, 31)).number == 2
    assert stage(rows, date(2026, 4, 29)).number == 2
    assert stage(rows, date(2026, 4, 30)) == Stage(3, date(2026, 4, 30), 24)


def test_one_month_back_below_the_limit_starts_the_count_again() -> None:
    rows = monthly("2026-01", 18, 22, 19, 22, 23, 24)
    assert stage(rows, date(2026, 5, 31)).number == 2
    assert stage(rows, date(2026, 6, 30)).number == 3


def test_shrinking_needs_three_month_ends_too() -> None:
    rows = monthly("2026-01", 120, 90, 90, 90)
    assert stage(rows, date(2026, 3, 31)).number == 4
    assert stage(rows, date(2026, 4, 30)).number == 3


def test_a_jump_goes_as_far_as_all_three_agree() -> None:
    rows = monthly("2026-01", 4, 30, 300, 300)
    assert stage(rows, date(2026, 4, 30)).number == 3


def test_months_without_a_row_keep_the_last_headcount() -> None:
    assert stage([(date(2026, 1, 1), 4), (date(2026, 2, 1), 30)], date(2026, 4, 30)).number == 3


def test_what_belongs_to_a_later_stage_is_locked() -> None:
    assert is_locked(3, Stage(2, date(2026, 1, 1), 12))
    assert not is_locked(3, Stage(3, date(2026, 1, 1), 40))
