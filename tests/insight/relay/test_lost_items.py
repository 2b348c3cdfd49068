"""What a lost item costs, from cells counted by hand: known slopes, what is held still, and when nothing is said."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from relevo.insight.relay.lost_items import (
    HORIZON_DAYS,
    LEAST,
    Cells,
    LostItem,
    early_churn,
    later_value,
    lost_items,
    more_reasks,
    slower_value,
)

Row = tuple[str, int, int, int, int]


def cells(rows: Iterable[Row]) -> Cells:
    """Rows of segment, empty items, figure, event, customers."""
    segment, *numbers = zip(*rows, strict=True)
    return Cells(list(segment), *(np.array(c, dtype=np.int64) for c in numbers))


def around(segment: str, empty: int, middle: int, n: int) -> list[Row]:
    """Customers of one kind, half of them a little below the middle and half above, so that there is spread."""
    return [(segment, empty, middle - 2, 1, n), (segment, empty, middle + 2, 1, n)]


def _is_about(answer: LostItem, value: float) -> None:
    assert answer.estimate == pytest.approx(value)
    assert answer.low is not None
    assert answer.high is not None
    assert answer.low < value < answer.high


class TestLaterValue:
    def test_five_days_per_item_are_five_days(self) -> None:
        """20 days, and 5 more for each empty item; the larger segment needs 60 more, and loses no other number."""
        waits = cells(
            row
            for segment, base in (("smb", 20), ("enterprise", 80))
            for empty in range(4)
            for row in around(segment, empty, base + 5 * empty, 20)
        )
        found = later_value(waits)
        _is_about(found, 5)
        assert (found.n, found.left_out, found.unit, found.is_alarm) == (320, 0, "days", True)
        assert found.adjusted_for == ("segment",)
        assert found.caveat.startswith("Association, not proof: ")
        assert found.innocent

    def test_larger_customers_that_wait_longer_and_fill_in_less_are_no_cost(self) -> None:
        """Over both segments, waiting rises with empty items; inside each it does not."""
        small = [row for empty in (0, 1) for row in around("smb", empty, 20, 50)]
        large = [row for empty in (3, 4) for row in around("enterprise", empty, 90, 50)]
        found = later_value(cells([*small, *large]))
        _is_about(found, 0)
        assert not found.is_alarm
        one_segment = cells([("all", *row[1:]) for row in [*small, *large]])
        assert later_value(one_segment).is_alarm

    def test_who_never_got_there_counts_with_the_whole_horizon(self) -> None:
        """Complete ones: half in 20 days, half never, 100 days in the mean of 180. One empty: all in 110."""
        rows = [("a", 0, 20, 1, 30), ("a", 0, HORIZON_DAYS + 400, 0, 30), *around("a", 1, 110, 30)]
        _is_about(later_value(cells(rows)), 10)

    def test_who_is_still_young_is_no_early_arrival(self) -> None:
        """All need 100 days; of those with an empty item half are only 10 days old. Cut off, they are not quick."""
        rows = [*around("a", 0, 100, 40), *around("a", 1, 100, 20), ("a", 1, 10, 0, 40)]
        found = later_value(cells([*rows, ("a", 0, 500, 0, 1), ("a", 1, 500, 0, 1)]))
        assert found.estimate == pytest.approx(0, abs=1.5)
        assert not found.is_alarm

    def test_a_segment_that_nobody_saw_through_is_left_out_and_counted(self) -> None:
        rows = [row for empty in range(3) for row in around("old", empty, 30 + 5 * empty, 30)]
        found = later_value(cells([*rows, ("new", 0, 15, 0, 7), ("old", 0, 200, 0, 1), ("old", 1, 200, 0, 1)]))
        assert (found.n, found.left_out) == (182, 7)


class TestPace:
    def test_half_the_pace_is_below_one(self) -> None:
        quick = [("a", 0, day, 1, 10) for day in range(10, 30)]
        slow = [("a", 1, day, 1, 10) for day in range(10, 50)]
        found = slower_value(cells([*quick, *slow]))
        assert found.high is not None
        assert found.high < 1
        assert found.is_alarm

    def test_leaving_after_a_year_is_not_early(self) -> None:
        """All leave; with an empty item in months 13 to 24, without one in months 1 to 12: only those are early."""
        rows = [("a", empty, 12 * empty + month, 1, 10) for empty in (0, 1) for month in range(1, 13)]
        found = early_churn(cells(rows))
        assert found.why_not.startswith("An effect of empty items is infinite")
        assert (found.estimate, found.is_alarm) == (None, False)

    def test_who_leaves_twice_as_fast_has_a_ratio_near_two(self) -> None:
        """Of those left, every month 4 % leave, with an empty item 8 %: n to leave and n that stay past the year."""
        rows = []
        for empty, share in ((0, 0.04), (1, 0.08)):
            left = 10_000.0
            for month in range(1, 13):
                rows.append(("a", empty, month, 1, round(left * share)))
                left *= 1 - share
            rows.append(("a", empty, 30, 0, round(left)))
        found = early_churn(cells(rows))
        assert found.estimate == pytest.approx(np.log(0.92) / np.log(0.96), rel=0.03)
        assert found.is_alarm


class TestReasks:
    def test_half_a_question_per_item(self) -> None:
        """In the mean a quarter, three quarters, one and a quarter."""
        rows = [("a", 0, 0, 1, 30), ("a", 0, 1, 1, 10), ("a", 1, 0, 1, 10), ("a", 1, 1, 1, 30), ("a", 2, 1, 1, 30),
                ("a", 2, 2, 1, 10)]  # fmt: skip
        _is_about(more_reasks(cells(rows)), 0.5)

    def test_an_interval_on_the_other_side_is_an_alarm_too(self) -> None:
        rows = [("a", 0, 2, 1, 40), ("a", 1, 1, 1, 40), ("a", 1, 2, 1, 5), ("a", 2, 0, 1, 40)]
        found = more_reasks(cells(rows))
        assert found.high is not None
        assert found.high < 0
        assert found.is_alarm


class TestTooLittle:
    def test_it_says_how_many_customers_are_lacking(self) -> None:
        few = cells([("a", 0, 20, 1, 40), ("a", 1, 30, 1, 42)])
        for found in (slower_value(few), more_reasks(few), early_churn(few)):
            assert (found.estimate, found.missing, found.missing_of) == (None, 18, "customers")
            assert (found.n, found.is_alarm) == (82, False)

    def test_it_says_how_many_arrivals_or_departures_are_lacking(self) -> None:
        waiting = cells([("a", 0, 20, 1, 10), ("a", 1, 30, 1, 12), ("a", 0, 200, 0, 100)])
        assert (later_value(waiting).missing, later_value(waiting).missing_of) == (8, "customers with first value")
        assert slower_value(waiting).missing == 8
        late = replace(waiting, figure=waiting.figure * 2)
        assert (early_churn(late).missing, early_churn(late).missing_of) == (30, "customers lost")

    def test_equally_complete_hand_offs_say_why_there_is_no_figure(self) -> None:
        found = more_reasks(cells([("a", 1, 0, 1, 60), ("a", 1, 2, 1, 60)]))
        assert (found.estimate, found.missing) == (None, 0)
        assert found.why_not.startswith("What is compared is the same for everybody in a stratum.")

    def test_nobody_is_no_error(self) -> None:
        none = Cells([], *(np.zeros(0, dtype=np.int64) for _ in range(4)))
        found = lost_items(none, none, none)
        for answer in (found.later_value, found.slower_value, found.reasks, found.early_churn):
            assert (answer.n, answer.missing, answer.estimate) == (0, LEAST, None)
