"""What other help desks would show of a small desk, by hand, and the cases of replies (RM) of the support reference."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relevo.base.business_time import Calendar, Hours
from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from relevo.measures.support.compat import REASONS, reasons_of
from relevo.measures.support.native import Clock, at_the_moment
from tests.base.business_hours import seconds
from tests.book.ledger.talks import Row, at, ledger, office, rows, talk, together
from tests.measures.memory import Memory

FILE = Path(__file__).parents[1] / "cases" / "support.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}
HOUR, MIN = 3600, 60


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def told(
    memory: Memory, *parts: Mapping[str, Sequence[Row]], as_of: str = "2026-03-31", month: str = "2026-03"
) -> dict[tuple[str, str], Record]:
    """The rows of one month by tool and figure."""
    book = memory.book(together(*parts), date.fromisoformat(as_of), ledger=True)
    return {(r["tool"], r["figure"]): r for r in ask(book, "waits_compat", Ask()).rows if r["month"] == month}


def pair(row: Record) -> tuple[Any, Any]:
    return row["theirs"], row["ours"]


# Figures by hand


def test_zendesk_starts_at_creation_and_counts_what_an_agent_began(memory: Memory) -> None:
    """Created at 9:00, asked at 10:00, answered at 11:00; one that Ana began at 9:00, and wrote in again at 12:00."""
    found = told(
        memory,
        office(),
        talk("late", [("10:00", "c"), ("11:00", "ana")], opened="9:00"),
        talk("ours", [("9:00", "ana"), ("10:00", "c"), ("12:00", "ana")]),
    )
    row = found["zendesk", "first_reply_s"]
    assert pair(row) == ((2 + 3) * HOUR / 2, HOUR)
    assert (row["theirs_n"], row["ours_n"]) == (2, 1)
    assert row["reason"] == (
        "1 were created before the customer's first message, with which ours begins; 1 were begun by an agent, and ours"
        " has no first answer of them."
    )
    assert pair(found["intercom", "first_response_s"]) == (2 * HOUR, HOUR)  # what we began is no inbound conversation


def test_what_is_answered_later_counts_where_it_was_created(memory: Memory) -> None:
    late = talk("late", [("29+10:00", "c"), ("31+10:00", "ana")])
    soon = talk("soon", [("10:00", "c"), ("10:30", "ana")])
    march = told(memory, late, soon, as_of="2026-04-30")
    assert pair(march["zendesk", "first_reply_s"]) == ((30 * MIN + 48 * HOUR) // 2, 30 * MIN)
    assert "1 were answered after the period in which they were created" in march["zendesk", "first_reply_s"]["reason"]
    assert "1 who still wait are left out" in march["zendesk", "first_reply_s"]["reason"]
    april = told(memory, late, soon, as_of="2026-04-30", month="2026-04")
    assert pair(april["zendesk", "first_reply_s"]) == (None, 48 * HOUR)
    assert pair(april["helpscout", "first_response_s"]) == (48 * HOUR, 48 * HOUR)
    assert april["helpscout", "first_response_s"]["reason"] == ""


def test_intercom_can_take_the_time_with_a_bot_off(memory: Memory) -> None:
    found = told(memory, talk("t", [("10:00", "c"), ("10:01", "b"), ("10:20", "b"), ("10:50", "ana"), ("11:00", "b")]))
    assert pair(found["intercom", "first_response_s"]) == (50 * MIN, 50 * MIN)
    row = found["intercom", "first_response_without_bot_s"]
    assert pair(row) == (30 * MIN, 50 * MIN)
    assert row["reason"] == "1 met a bot first, and that time is taken off."


def test_help_scout_averages_and_filters_by_office_hours(memory: Memory) -> None:
    """30 minutes, an hour, and a night from 16:30 to 9:30: the mean by the wall is 1110 / 3 minutes, in hours 50."""
    spans = (("9:00", "9:30"), ("10:00", "11:00"), ("16:30", "1+9:30"))
    talks = [talk(f"t{i}", [(a, "c"), (b, "ana")]) for i, (a, b) in enumerate(spans)]
    found = told(memory, office(), *talks)
    assert pair(found["helpscout", "first_response_s"]) == (1110 // 3 * MIN, 60 * MIN)
    assert pair(found["helpscout", "first_response_office_s"]) == (50 * MIN, 60 * MIN)
    assert found["helpscout", "first_response_s"]["reason"].startswith("It is an average")
    without = told(memory, *talks)
    assert pair(without["helpscout", "first_response_office_s"]) == (None, None)
    assert pair(without["zendesk", "first_reply_business_s"]) == (None, None)


def test_a_later_episode_has_an_answer_of_its_own_in_ours_alone(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:30", "ana"), ("8+9:00", "c"), ("8+9:10", "ben")]
    found = told(memory, talk("t", said, events=[("11:00", "closed", "solved")]))
    row = found["zendesk", "first_reply_s"]
    assert pair(row) == (30 * MIN, 20 * MIN)
    assert row["reason"] == "1 later episodes have an answer of their own in ours."


def test_touches_differ_by_what_was_solved_without_a_reply_and_what_came_back(memory: Memory) -> None:
    """Five solved ones: one reply; one and a reopening that took another; two by two persons; two by Ana; none."""
    done = {"resolved_at": "15:00", "close_reason": "solved"}
    back = [("11:00", "status", "solved"), ("12:00", "reopened", "open"), ("15:00", "status", "solved")]
    parts = [
        talk("one", [("10:00", "c"), ("10:30", "ana")], **done),
        talk("back", [("10:00", "c"), ("10:30", "ana"), ("12:00", "c"), ("14:00", "ana")], events=back, **done),
        talk("two", [("10:00", "c"), ("10:30", "ana"), ("12:00", "c"), ("12:30", "ben")], **done),
        talk("alone", [("10:00", "c"), ("10:30", "ana"), ("12:00", "c"), ("12:30", "ana")], **done),
        talk("none", [("10:00", "c")], **done),
    ]
    found = told(memory, *parts)
    assert pair(found["zendesk", "one_touch_rate"]) == (0.4, 0.25)
    assert found["zendesk", "one_touch_rate"]["reason"] == "1 were solved without any reply and count as one touch."
    assert (found["zendesk", "one_touch_rate"]["theirs_n"], found["zendesk", "one_touch_rate"]["ours_n"]) == (5, 4)
    assert pair(found["intercom", "first_contact_rate"]) == (0.4, 0.25)
    assert pair(found["helpscout", "one_reply_rate"]) == (0.25, 0.25)
    assert pair(found["zendesk", "reopens"]) == (1, 1)


def test_a_thank_you_reopens_in_the_tool_and_not_here(memory: Memory) -> None:
    events = [("11:00", "status", "solved"), ("12:00", "status", "open"), ("13:00", "status", "solved")]
    said = [("10:00", "c"), ("10:30", "ana"), ("12:00", "c")]
    found = told(memory, talk("t", said, events=events, resolved_at="13:00", close_reason="solved"))
    row = found["zendesk", "reopens"]
    assert pair(row) == (1, 0)
    assert row["reason"] == "Every return counts, thanks too; ours are those that somebody worked on."


def test_a_month_of_nothing_has_nothing(memory: Memory) -> None:
    found = told(memory, talk("t", [("10:00", "c")]), as_of="2026-04-30", month="2026-04")
    assert {pair(row) for row in found.values()} == {(None, None), (0, 0)}
    assert len(found) == 10


# Schedules that change


def test_zendesk_takes_the_hours_of_the_reply_for_the_whole_span(memory: Memory) -> None:
    """Case BT-13 through the measure: the hours change on the day of the reply."""
    given, expected = CASES["BT-13"]["input"], CASES["BT-13"]["expected"]
    change = {"1": {"valid_to": "2020-09-30"}, "2": {"valid_from": "2020-09-30"}}
    schedule = [
        {"schedule_id": "one", "timezone": "UTC", **row, **change[which]}
        for which in ("1", "2")
        for row in _weekly(given[f"schedule_{which}_minutes_of_week_utc"])
    ]
    opened, first = (_instant(given[key]) for key in ("ticket_created", "first_public_agent_reply"))
    lines = [
        {"message_id": f"m{kind}", "conversation_id": "t", "at": when, "author_kind": kind, "author_id": who,
         "is_public": True}
        for kind, when, who in (("customer", opened, None), ("human", first, "ana"))
    ]  # fmt: skip
    rows_of = {"conversation": [{"conversation_id": "t", "channel": "email", "opened_at": opened}], "message": lines}
    found = told(memory, {"schedule": schedule}, rows_of, as_of="2020-09-30", month="2020-09")
    row = found["zendesk", "first_reply_business_s"]
    assert row["theirs"] == round(expected["first_reply_business_minutes"] * 60)
    assert row["ours"] != row["theirs"]
    assert row["reason"] == "in 1 of them the hours had changed, and those at the reply count for the whole span."
    assert found["helpscout", "first_response_office_s"]["theirs"] == row["ours"]


def _weekly(minutes: list[list[int]]) -> list[Row]:
    """Minutes of a week that begins on Sunday as rows of a schedule."""
    days = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
    clock = [[f"{m % 1440 // 60:02d}:{m % 60:02d}" for m in each] for each in minutes]
    return [
        {"weekday": days[each[0] // 1440], "opens": opens, "closes": closes}
        for each, (opens, closes) in zip(minutes, clock, strict=True)
    ]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def test_several_schedules_together_are_taken_each_in_its_zone() -> None:
    """Madrid works from 9 to 17 until 2 March, then from 10; New York always from 9. The 2nd is a Monday."""
    madrid = Calendar(
        "m", "Europe/Madrid",
        (Hours(0, "09:00", "17:00", None, date(2026, 3, 2)), Hours(0, "10:00", "17:00", date(2026, 3, 2), None)),
    )  # fmt: skip
    york = Calendar("y", "America/New_York", (Hours(0, "09:00", "17:00"),))
    spans = [("2026-02-23T00:00", "2026-02-24T00:00"), ("2026-03-02T00:00", "2026-03-03T00:00")]
    start, end = (np.array([seconds(span[side]) for span in spans]) for side in (0, 1))
    # 8:00 to 16:00 UTC and 14:00 to 22:00 are fourteen hours; from 9:00 thirteen.
    assert at_the_moment((madrid, york), start, end).tolist() == [14 * HOUR, 13 * HOUR]
    assert at_the_moment((york,), start, end).tolist() == [8 * HOUR, 8 * HOUR]


def test_before_there_were_hours_no_time_was_open() -> None:
    late = Calendar("l", "UTC", (Hours(0, "09:00", "17:00", date(2026, 3, 2), None),))
    start, end = (np.array([seconds(text)]) for text in ("2026-02-23T00:00", "2026-02-24T00:00"))
    assert at_the_moment((late,), start, end).tolist() == [0]
    clock = Clock.of(((100, 200), (300, 400)))
    assert clock.passed(np.array([0, 150, 250]), np.array([50, 350, 500])).tolist() == [0, 100, 100]


def test_hours_that_nobody_can_read_and_days_off_are_as_the_ledger_has_them(memory: Memory) -> None:
    """The Tuesday is a day off, and a schedule in no zone is none: from Monday 16:00 to Wednesday 10:00 are 2 hours."""
    lost = {"schedule_id": "lost", "timezone": "Mars", "weekday": "tue", "opens": "00:00", "closes": "24:00"}
    hours = together(
        office(), {"schedule": [lost], "holiday": [{"schedule_id": "office", "on_date": date(2026, 3, 3)}]}
    )
    found = told(memory, hours, talk("t", [("16:00", "c"), ("2+10:00", "ana")]))
    assert pair(found["zendesk", "first_reply_business_s"]) == (2 * HOUR, 2 * HOUR)


def test_a_schedule_in_two_zones_is_open_in_both_for_every_tool(memory: Memory) -> None:
    """9 to 17 in London and in New York, five hours behind: 9 to 22 UTC. From Monday 16:00 to Tuesday 10:00: 6 + 1."""
    both = [office("two", "UTC"), office("two", "America/New_York")]
    found = told(memory, *both, talk("t", [("16:00", "c"), ("1+10:00", "ana")]))
    assert pair(found["zendesk", "first_reply_business_s"]) == (7 * HOUR, 7 * HOUR)
    assert pair(found["helpscout", "first_response_office_s"]) == (7 * HOUR, 7 * HOUR)


# The cases of replies


def said_of(case: str) -> list[tuple[str, str]]:
    events = CASES[case]["input"]["events"]
    names = {("customer", True): "c", ("agent", True): "ana", ("agent", False): "-ana"}
    return [(event["at"], names[event["author"], event["public"]]) for event in events]


@pytest.mark.parametrize("case", ["RM-02", "RM-03"])
def test_case_rm_02_and_rm_03_reply_times(memory: Memory, case: str) -> None:
    given, expected = CASES[case]["input"], CASES[case]["expected"]
    events = [(given["assigned_at"], "assigned", "ana")] if "assigned_at" in given else []
    shift = {"shift": [{"person_id": "ana", "from_at": at("0:00"), "to_at": at("23:59")}]}
    book = ledger(memory, talk("t", said_of(case), events=events), shift)
    found = rows(book, "customer_wait", "number", "wait_s", "reaction_s")
    minutes = [wait // MIN for _number, wait, _own in found]
    assert minutes == expected["reply_segments_minutes"]
    assert (minutes[0], sum(minutes)) == (expected["first_reply_minutes"], expected["total_reply_minutes"])
    if "reply_from_assignment_minutes" in expected:
        assert found[0][2] == expected["reply_from_assignment_minutes"] * MIN
    shown = told(memory, talk("t", said_of(case)))
    assert {pair(shown[tool, "first_re" + name]) for tool, name in (
        ("zendesk", "ply_s"), ("intercom", "sponse_s"), ("helpscout", "sponse_s"),
    )} == {(expected["first_reply_minutes"] * MIN,) * 2}  # fmt: skip


def test_case_rm_04_a_thank_you_adds_nothing_to_the_resolution(memory: Memory) -> None:
    assert CASES["RM-04"]["expected"] == {"resolved": True, "resolution_time": "t2-t1"}
    t1, t2, t3, t4 = "10:00", "10:30", "11:00", "18:00"
    book = ledger(memory, talk("t", [(t1, "c"), (t2, "ana"), (t3, "c")], closed_at=t4, close_reason="solved"))
    ((begun, resolved, outcome),) = rows(book, "episode", "begun_at", "resolved_at", "outcome")
    assert (resolved - begun, outcome) == (at(t2) - at(t1), "solved")


def test_case_rm_12_who_replied_is_credited_and_who_holds_it_is_known_apart(memory: Memory) -> None:
    given, expected = CASES["RM-12"]["input"], CASES["RM-12"]["expected"]
    first, holder, last = (given[key] for key in ("first_reply_by", "assignee_at_event", "resolved_while_assigned_to"))
    events = [("10:01", "assigned", holder), ("12:00", "assigned", last)]
    book = ledger(memory, talk("t", [("10:00", "c"), ("10:30", first)], events=events, resolved_at="13:00"))
    ((credited, held),) = rows(book, "episode", "first_person_id", "holder_id")
    assert f"{credited} (newer: message sender)" in expected["first_response_credit"]
    assert held == expected["resolution_credit"]


def test_a_reason_falls_into_its_sentences_and_their_numbers() -> None:
    """Whatever is told together, in whatever order; two of the sentences have a semicolon of their own."""
    every = list(REASONS.values())
    for told in (every, every[::-1]):
        numbers = {words: place if "%(n)s" in words else None for place, words in enumerate(told)}
        whole = "; ".join(words % {"n": n} for words, n in numbers.items()) + "."
        assert reasons_of(whole) == tuple(numbers.items())
    assert reasons_of("") == ()
