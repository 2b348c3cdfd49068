"""The published and derived cases of business time (BT) in tests/cases/support.json, through the engine of hours."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relevo.base.business_time import (
    WEEKDAYS,
    Calendar,
    Hours,
    Spans,
    due,
    open_seconds,
    open_spans,
    within,
)
from tests.base.business_hours import calendar, daily, instant, seconds

FILE = Path(__file__).parents[1] / "cases" / "support.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"] if case["id"].startswith("BT-")}
WEEK_MIN = 7 * 1440
SUNDAY = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def given(case: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return CASES[case]["input"], CASES[case]["expected"]


def hours_of(written: Calendar) -> Spans:
    return open_spans(written, date(2026, 1, 1), date(2026, 12, 31))


def of_week(at_s: int) -> int:
    """The minute of the UTC week that begins on Sunday; 1970-01-04 was one."""
    return (at_s // 60 - 3 * 1440) % WEEK_MIN


def weekly(minutes: list[list[int]]) -> Calendar:
    """Hours of UTC written as minutes of a week that begins on Sunday; they may run over midnight."""
    rows = []
    for first, last in minutes:
        opens, closes = (f"{at % 1440 // 60:02d}:{at % 60:02d}" for at in (first, last))
        rows.append(Hours(WEEKDAYS.index(SUNDAY[first // 1440]), opens, closes))
    return Calendar("weekly", "UTC", tuple(rows))


def test_every_case_of_business_time_is_tried() -> None:
    names = " ".join(globals())
    assert [case for case in CASES if f"case_{case[3:]}" not in names and case not in DUE] == []


DUE = ("BT-01", "BT-03", "BT-07")


@pytest.mark.parametrize("case", DUE)
def test_what_is_promised_is_due_in_open_hours(case: str) -> None:
    asked, expected = given(case)
    spans = hours_of(calendar(asked["calendar"]))
    found = [due(spans, seconds(asked["start"]), target) for target in asked["targets_seconds"]]
    assert [instant(at) for at in found] == expected["due"]


def test_case_08_a_hold_stops_the_clock_only_while_it_would_run() -> None:
    asked, expected = given("BT-08")
    spans = hours_of(calendar(asked["calendar"]))
    created, held, freed, resolved = (
        seconds(asked[key]) for key in ("created", "on_hold_from", "on_hold_to", "resolved")
    )
    hold = within(spans, ((held, freed),))
    gross = open_seconds(spans, created, resolved)
    net = gross - open_seconds(hold, created, resolved)
    assert open_seconds(hold, created, resolved) == expected["hold_seconds"]
    assert (gross, net) == (expected["gross_seconds"], expected["resolution_net_of_hold_seconds"])


def test_case_10_a_night_counts_from_opening() -> None:
    asked, expected = given("BT-10")
    spans = hours_of(daily(asked["schedule_opens"], asked["schedule_closes"]))
    arrived, replied = seconds(asked["arrived"]), seconds(asked["first_reply"])
    assert open_seconds(spans, arrived, replied) == expected["business_hours"] * 3600
    assert replied - arrived == expected["calendar_hours"] * 3600


def test_case_11_what_comes_and_is_answered_out_of_hours_took_no_open_time() -> None:
    asked, expected = given("BT-11")
    spans = hours_of(daily(*asked["schedule"].split("-")))
    assert open_seconds(spans, seconds(asked["arrived"]), seconds(asked["first_reply"])) == expected["business_hours"]


def test_case_13_one_schedule_applied_to_the_whole_span() -> None:
    asked, expected = given("BT-13")
    last = open_spans(weekly(asked["schedule_2_minutes_of_week_utc"]), date(2020, 9, 1), date(2020, 10, 31))
    took = open_seconds(last, seconds(asked["ticket_created"]), seconds(asked["first_public_agent_reply"]))
    assert took / 60 == pytest.approx(expected["first_reply_business_minutes"], abs=CASES["BT-13"]["tolerance"])


def test_case_14_a_week_keeps_its_minutes_in_every_zone() -> None:
    asked, expected = given("BT-14")
    zone = f"Etc/GMT-{asked['offset_minutes'] // 60}"  # POSIX signs: local time is ahead of UTC by so much
    spans = open_spans(daily("00:00", "24:00", zone), date(2026, 3, 1), date(2026, 3, 7))
    ((start, end),) = spans
    assert (end - start) // 60 == expected["weekly_minutes"]
    cut = of_week(start)
    assert [[0, cut], [cut, WEEK_MIN]] == expected["utc_slices"]
    assert of_week(end) == cut


@pytest.mark.parametrize("case", ["BT-15", "BT-16"])
def test_case_15_and_case_16_two_days_are_47_or_49_hours_where_clocks_change(case: str) -> None:
    asked, expected = given(case)
    spans = hours_of(daily("00:00", "24:00", asked["tz"]))
    start, end = (seconds(asked[key], asked["tz"]) for key in ("start_local", "end_local"))
    assert open_seconds(spans, start, end) == expected["hours"] * 3600


def test_case_17_local_hours_lie_elsewhere_in_utc_in_summer_and_in_winter() -> None:
    asked, expected = given("BT-17")
    ((row,),) = (weekly([asked["local_minutes_of_week"]]).hours,)
    found = []
    for text in asked["dates"]:
        day = date.fromisoformat(text)
        ((start, end),) = open_spans(Calendar("la", asked["tz"], (row,)), day, day)
        found.append([of_week(start), of_week(end)])
    assert found == expected["utc_minutes_of_week"]
