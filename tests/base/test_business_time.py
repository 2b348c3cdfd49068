"""Open hours: known answers about walls and clocks, laws of spans, and a count of minutes one by one."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.business_time import (
    Calendar,
    Hours,
    Spans,
    due,
    known_zone,
    open_seconds,
    open_spans,
    readings,
    union,
    unreadable,
    within,
)
from relevo.base.errors import DataRefused
from tests.base.business_hours import Minutes, daily, instant, seconds

HOUR = 3600


def opened(calendar: Calendar, first: str, last: str) -> list[tuple[str, str]]:
    spans = open_spans(calendar, date.fromisoformat(first), date.fromisoformat(last))
    return [(instant(start), instant(end)) for start, end in spans]


# What the wall says


def test_hours_are_local_and_days_are_named() -> None:
    tuesday = Calendar("tue", "America/New_York", (Hours(1, "09:00", "12:30"), Hours(1, "14:00", "24:00")))
    assert opened(tuesday, "2026-01-05", "2026-01-11") == [
        ("2026-01-06T14:00:00", "2026-01-06T17:30:00"),
        ("2026-01-06T19:00:00", "2026-01-07T05:00:00"),
    ]


def test_hours_run_over_midnight_into_a_day_that_has_none() -> None:
    friday = Calendar("night", "UTC", (Hours(4, "22:00", "06:00"),))
    assert opened(friday, "2026-03-02", "2026-03-06") == [("2026-03-06T22:00:00", "2026-03-07T06:00:00")]


def test_rows_that_overlap_or_touch_are_one_span() -> None:
    rows = (Hours(0, "09:00", "12:00"), Hours(0, "11:00", "13:00"), Hours(0, "13:00", "14:00"))
    assert opened(Calendar("mon", "UTC", rows), "2026-03-02", "2026-03-02") == [
        ("2026-03-02T09:00:00", "2026-03-02T14:00:00")
    ]


def test_an_hour_that_does_not_exist_does_not_count() -> None:
    assert opened(daily("01:00", "04:00", "Europe/Madrid"), "2026-03-29", "2026-03-29") == [
        ("2026-03-29T00:00:00", "2026-03-29T02:00:00")  # 01:00-02:00 and 03:00-04:00 on the wall
    ]
    assert opened(daily("02:00", "03:00", "Europe/Madrid"), "2026-03-29", "2026-03-29") == []


def test_a_repeated_hour_counts_twice_and_not_between() -> None:
    assert opened(daily("02:00", "02:30", "Europe/Madrid"), "2026-10-25", "2026-10-25") == [
        ("2026-10-25T00:00:00", "2026-10-25T00:30:00"),
        ("2026-10-25T01:00:00", "2026-10-25T01:30:00"),
    ]


def test_lord_howe_changes_by_half_an_hour() -> None:
    lengths = [
        sum(end - start for start, end in open_spans(daily("00:00", "24:00", "Australia/Lord_Howe"), day, day))
        for day in (date(2026, 4, 4), date(2026, 4, 5), date(2026, 10, 4))
    ]
    assert lengths == [24 * HOUR, 24 * HOUR + 1800, 24 * HOUR - 1800]


def test_a_day_that_was_left_out_has_no_hours() -> None:
    assert opened(daily("00:00", "24:00", "Pacific/Apia"), "2011-12-30", "2011-12-30") == []


def test_hours_hold_from_their_first_day_until_the_day_before_the_last() -> None:
    rows = (
        Hours(0, "09:00", "10:00", valid_to=date(2026, 3, 9)),
        Hours(0, "15:00", "16:00", valid_from=date(2026, 3, 9), valid_to=date(2026, 3, 16)),
    )
    assert opened(Calendar("moved", "UTC", rows), "2026-03-01", "2026-03-31") == [
        ("2026-03-02T09:00:00", "2026-03-02T10:00:00"),
        ("2026-03-09T15:00:00", "2026-03-09T16:00:00"),
    ]


def test_a_day_off_closes_the_hours_that_begin_on_it() -> None:
    nights = Calendar("night", "UTC", daily("22:00", "02:00").hours, frozenset({date(2026, 3, 3)}))
    assert opened(nights, "2026-03-02", "2026-03-04") == [
        ("2026-03-02T22:00:00", "2026-03-03T02:00:00"),  # began on the day before: still worked
        ("2026-03-04T22:00:00", "2026-03-05T02:00:00"),
    ]


def test_no_hours_are_no_spans() -> None:
    assert open_spans(Calendar("none", "UTC", ()), date(2026, 1, 1), date(2026, 1, 31)) == ()
    assert readings(()) == ()
    assert open_seconds((), 0, 100) == 0


# What cannot be read


@pytest.mark.parametrize(
    ("zone", "opens", "closes", "why"),
    [
        ("UTC", "09:00", "17:30", ""),
        ("UTC", "22:00", "06:00", ""),
        ("Europe/Madrid", "00:00", "24:00", ""),
        ("Mars/Olympus", "09:00", "17:00", "'Mars/Olympus' is no time zone of the IANA list."),
        ("Europe", "09:00", "17:00", "'Europe' is no time zone of the IANA list."),
        ("UTC", "9am", "17:00", "'9am' is no time of day."),
        ("UTC", "09:00", "24:30", "'24:30' is no time of day."),
        ("UTC", "09:00", "09:00", "Hours from 09:00 to 09:00 say neither a day nor nothing."),
        ("UTC", "24:00", "06:00", "Hours from 24:00 to 06:00 say neither a day nor nothing."),
    ],
)
def test_hours_that_nobody_can_read_say_why(zone: str, opens: str, closes: str, why: str) -> None:
    assert unreadable(zone, opens, closes) == why


def test_zones_are_those_of_the_iana_list() -> None:
    names = ("Asia/Kathmandu", "", "../etc/passwd", "CEST+9")
    assert [name for name in names if known_zone(name)] == ["Asia/Kathmandu"]


def test_wrong_hours_say_what_to_write() -> None:
    with pytest.raises(DataRefused, match=r"'25:00' is no time of day. Write weekdays from 0 .* 00:00 to 24:00"):
        Hours(0, "25:00", "26:00")
    with pytest.raises(DataRefused, match=r"7 is not a weekday. Write weekdays from 0 for Monday"):
        Hours(7, "09:00", "17:00")


def test_a_zone_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(DataRefused, match=r"The hours of 'hq' are in 'Mars', .* Write a name such as Europe/Madrid"):
        open_spans(Calendar("hq", "Mars", (Hours(0, "09:00", "17:00"),)), date(2026, 1, 1), date(2026, 1, 2))


# The version


def test_the_version_differs_as_soon_as_the_hours_do() -> None:
    base = daily("09:00", "17:00")
    others = [
        daily("09:00", "17:00", "Europe/Madrid"),
        daily("09:01", "17:00"),
        daily("09:00", "17:00", valid_from=date(2026, 1, 1)),
        daily("09:00", "17:00", valid_to=date(2026, 1, 1)),
        Calendar("daily", "UTC", base.hours[1:]),
        Calendar("daily", "UTC", base.hours, frozenset({date(2026, 1, 1)})),
    ]
    assert len({each.version for each in (base, *others)}) == 7
    assert all(len(each.version) == 12 for each in others)


def test_the_version_knows_neither_name_nor_order() -> None:
    base = daily("09:00", "17:00")
    assert Calendar("other", "UTC", base.hours[::-1]).version == base.version


# Sums and moments


def test_a_running_clock_is_read() -> None:
    spans = ((0, 10), (20, 50), (60, 61))
    assert readings(spans) == (0, 10, 40)
    asked = [(0, 10), (5, 25), (10, 20), (-5, 5), (55, 100), (25, 5), (70, 80)]
    assert [open_seconds(spans, start, end) for start, end in asked] == [10, 10, 0, 5, 1, -10, 0]
    assert open_seconds(spans, 5, 25, readings(spans)) == 10


def test_what_is_due_at_once_is_due_even_out_of_hours() -> None:
    assert due(((100, 200),), 50, 0) == 50
    assert due(((100, 200),), 250, 0) == 250


@pytest.mark.parametrize(("start", "target", "at"), [(0, 100, 200), (150, 50, 200), (150, 51, 301), (220, 1, 301)])
def test_closing_time_is_in_time_and_a_second_more_is_after_opening(start: int, target: int, at: int) -> None:
    assert due(((100, 200), (300, 400)), start, target) == at


@pytest.mark.parametrize("spans", [(), ((100, 200), (300, 400))])
def test_hours_that_end_before_say_what_to_do(spans: Spans) -> None:
    with pytest.raises(DataRefused, match=r"end before 201 s have passed since 1970-01-01 00:00:00.* Make the hours"):
        due(spans, 0, 201)


def test_what_is_open_in_both_is_open_within() -> None:
    assert within(((0, 10), (20, 30)), ((5, 25), (28, 40))) == ((5, 10), (20, 25), (28, 30))
    assert within(((0, 10),), ((10, 20),)) == ()
    assert union(((0, 10),), ((10, 20), (30, 40)), ((35, 50),)) == ((0, 20), (30, 50))
    assert union(((5, 5), (9, 7), (10, 11))) == ((10, 11),)  # a shift without length is none


# Laws

RUNS = st.lists(st.integers(1, 40), max_size=12).map(
    lambda steps: tuple(zip(*(iter(np.cumsum(steps).tolist()[: len(steps) // 2 * 2]),) * 2, strict=True))
)


def points(spans: Spans) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


@given(RUNS, RUNS)
def test_union_and_intersection_are_those_of_sets(one: Spans, other: Spans) -> None:
    assert points(union(one, other)) == points(one) | points(other)
    assert points(within(one, other)) == points(one) & points(other)
    assert within(one, other) == within(other, one)
    assert union(one, one) == union(one)


@given(RUNS, st.integers(-5, 500), st.integers(-5, 500), st.integers(-5, 500))
def test_open_time_adds_up_over_any_cut(spans: Spans, start: int, cut: int, end: int) -> None:
    whole = open_seconds(spans, start, end)
    assert whole == open_seconds(spans, start, cut) + open_seconds(spans, cut, end)
    assert open_seconds(spans, min(start, end), max(start, end)) == len(
        points(spans) & set(range(min(start, end), max(start, end)))
    )


@given(RUNS.filter(bool), st.integers(-5, 400), st.integers(1, 200))
def test_what_is_due_is_the_first_moment_at_which_the_time_has_passed(spans: Spans, start: int, target: int) -> None:
    if open_seconds(spans, start, spans[-1][1]) < target:
        with pytest.raises(DataRefused):
            due(spans, start, target)
        return
    at = due(spans, start, target)
    assert open_seconds(spans, start, at) == target
    assert open_seconds(spans, start, at - 1) == target - 1


# The bar: 10,000 spans against a count of minutes

ZONES = (
    "Europe/Madrid", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca",
    "America/St_Johns", "Pacific/Chatham", "America/Santiago", "Asia/Tehran", "UTC",
)  # fmt: skip
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
PER_CALENDAR = 500


def random_calendar(zone: str, random: np.random.Generator) -> Calendar:
    """Ten rows with random hours, some over midnight, some only for a time; twenty days off."""
    day = [FIRST + timedelta(days=int(at)) for at in random.integers(0, (LAST - FIRST).days, 40)]
    rows = []
    for number in range(10):
        opens, closes = (f"{at // 60:02d}:{at % 60:02d}" for at in random.choice(1440, 2, replace=False).tolist())
        first, last = sorted(day[number * 2 : number * 2 + 2])
        kind = number % 4
        valid = {0: (None, None), 1: (first, None), 2: (None, last), 3: (first, last)}[kind]
        rows.append(Hours(int(random.integers(7)), opens, "24:00" if number == 9 else closes, *valid))
    return Calendar("random", zone, tuple(rows), frozenset(day[20:]))


def check(calendar: Calendar, first: date, last: date, n: int, random: np.random.Generator) -> None:
    spans = open_spans(calendar, first, last)
    before = readings(spans)
    counted = Minutes(calendar, first, last)
    edge = seconds(first.isoformat()), seconds(last.isoformat())
    from_s = random.integers(*edge, n)
    lengths = np.where(random.random(n) < 0.5, random.integers(0, 4 * 86_400, n), random.integers(0, edge[1], n))
    to_s = np.minimum(from_s + lengths, edge[1])
    found = [open_seconds(spans, a, b, before) for a, b in zip(from_s.tolist(), to_s.tolist(), strict=True)]
    assert found == counted.open_seconds(from_s, to_s).tolist()


@pytest.mark.parametrize("zone", ZONES)
def test_random_spans_equal_a_count_of_minutes(zone: str) -> None:
    random = np.random.default_rng(ZONES.index(zone))
    for _ in range(2):
        check(random_calendar(zone, random), FIRST, LAST, PER_CALENDAR, random)


def test_the_random_spans_are_ten_thousand() -> None:
    assert len(ZONES) * 2 * PER_CALENDAR == 10_000


def test_a_zone_that_left_a_day_out_equals_a_count_of_minutes() -> None:
    random = np.random.default_rng(5)
    check(daily("08:15", "03:30", "Pacific/Apia"), date(2011, 6, 1), date(2012, 6, 30), 500, random)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from(ZONES))
def test_any_calendar_equals_a_count_of_minutes(seed: int, zone: str) -> None:
    random = np.random.default_rng(seed)
    check(random_calendar(zone, random), date(2026, 2, 1), date(2026, 5, 1), 20, random)
