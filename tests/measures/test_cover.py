"""Cover by hour, by hand: who asked when, on whose clock, and whether anybody was there."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind
from relevo.measures.card import Ask, Record
from relevo.measures.support.cover import hours_of_week
from tests.base.business_hours import seconds
from tests.book.ledger.talks import Row, at, office, talk, together
from tests.measures.memory import Memory

CUSTOMER = Ask(where=(("clock", "customer"),))


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def book(memory: Memory, *parts: Mapping[str, Sequence[Row]], as_of: str = "2026-04-30", **more: Any) -> Book:
    return memory.book(together(*parts), date.fromisoformat(as_of), ledger=True, **more)


def asked(found: Book, question: Ask | None = None) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What is told of the hours in which anybody asked."""
    rows = ask(found, "cover", question).rows
    assert len(rows) in (0, 168)
    return {(r["weekday"], r["hour"]): told(r) for r in rows if r["asked"]}


def told(row: Record) -> tuple[Any, ...]:
    return row["asked"], row["covered"], row["uncovered_share"], row["n"]


def question(name: str, when: str, **more: Any) -> dict[str, list[Row]]:
    return talk(name, [(when, "c")], **more)


# Open hours and shifts


def test_hours_of_a_schedule_cover_what_begins_in_them(memory: Memory) -> None:
    """Open from 9 to 17: asked at 8:59, 9:00, 16:59 and 17:00 of the Monday, and on Saturday."""
    whens = ("8:59", "9:00", "16:59", "17:00", "5+12:00")
    found = asked(book(memory, office(), *(question(f"t{i}", when) for i, when in enumerate(whens))))
    assert found == {
        ("mon", 8): (1, 0, 1.0, 1), ("mon", 9): (1, 1, 0.0, 1), ("mon", 16): (1, 1, 0.0, 1),
        ("mon", 17): (1, 0, 1.0, 1), ("sat", 12): (1, 0, 1.0, 1),
    }  # fmt: skip


def test_where_shifts_are_kept_they_decide_and_before_and_after_them_the_schedule(memory: Memory) -> None:
    """Ana is there on Tuesday from 10 to 12, Ben on Thursday from 18 to 20; the schedule is open from 9 to 17."""
    spans = (("ana", "1+10:00", "1+12:00"), ("ben", "3+18:00", "3+20:00"), ("ben", "3+18:30", "3+19:00"))
    shifts = {"shift": [{"person_id": p, "from_at": at(a), "to_at": at(b)} for p, a, b in spans]}
    whens = ("9:00", "1+9:30", "1+11:00", "2+9:30", "3+19:00", "3+20:00", "4+9:00")
    found = asked(book(memory, office(), shifts, *(question(f"t{i}", when) for i, when in enumerate(whens))))
    covered = {hour: row[1] for hour, row in found.items()}
    assert covered == {
        ("mon", 9): 1,  # before the first shift the schedule is open
        ("tue", 9): 1,
        ("tue", 11): 1,
        ("wed", 9): 0,  # open, and nobody on shift
        ("thu", 19): 1,  # closed, and somebody on shift
        ("thu", 20): 0,
        ("fri", 9): 1,  # after the last shift
    }


def test_without_hours_nobody_knows(memory: Memory) -> None:
    assert asked(book(memory, question("t", "9:00"))) == {("mon", 9): (1, None, None, 0)}
    assert asked(book(memory, office())) == {}


def test_a_calendar_that_was_closed_all_the_while_covers_nothing(memory: Memory) -> None:
    past = {"schedule": [{**row, "valid_to": date(2025, 1, 1)} for row in office("gold")["schedule"]]}
    early = talk("old", [("-500+9:00", "c")])
    assert asked(book(memory, past, early, question("t", "9:00"))) == {("mon", 9): (1, 0, 1.0, 1)}


def test_every_wait_counts_and_not_the_first_alone(memory: Memory) -> None:
    said = [("9:00", "c"), ("9:10", "c"), ("9:30", "ana"), ("1+10:00", "c"), ("1+10:05", "ana"), ("1+10:06", "ana")]
    assert set(asked(book(memory, talk("t", said)))) == {("mon", 9), ("tue", 10)}


def test_the_window_is_some_months_up_to_the_day(memory: Memory) -> None:
    """April and the two months before; the 1st of February is a Sunday, 29 days before the Monday of `at`."""
    parts = [question("in", "-29+0:00"), question("out", "-30+23:59"), question("last", "59+23:59")]
    found = book(memory, *parts, question("later", "60+0:00"))
    assert set(asked(found)) == {("sun", 0), ("thu", 23)}
    assert set(asked(found, Ask(months=1))) == {("thu", 23)}
    assert set(asked(found, Ask(months=4))) == {("sun", 0), ("thu", 23), ("sat", 23)}


# Clocks


def test_local_hours_stay_where_they_are_when_clocks_change(memory: Memory) -> None:
    """Asked at nine in Madrid on the Fridays before and after 29 March: 8:00 and 7:00 UTC, both open from 9 on."""
    parts = [question("winter", "25+8:00"), question("summer", "32+7:00"), question("early", "32+6:59")]
    found = book(memory, office(timezone="Europe/Madrid"), *parts, timezone="Europe/Madrid")
    assert asked(found) == {("fri", 9): (2, 2, 0.0, 2), ("fri", 8): (1, 0, 1.0, 1)}


def test_the_customers_clock_is_told_where_it_is_known(memory: Memory) -> None:
    """15:00 UTC on a Monday is 8:00 in Los Angeles until 8 March; half past eight in the evening in Kolkata."""
    zones = {"la": "America/Los_Angeles", "kol": "Asia/Kolkata", "lost": "Mars", "none": None}
    people = {"customer": [{"customer_id": c, "name": c, "timezone": zone} for c, zone in zones.items()]}
    parts = [people, office(), *(question(c, "15:00", customer_id=c) for c in zones)]
    found = book(memory, *parts, question("dst", "7+15:00", customer_id="la"))
    assert asked(found) == {("mon", 15): (5, 5, 0.0, 5)}
    assert asked(found, CUSTOMER) == {
        ("mon", 7): (1, 1, 0.0, 1), ("mon", 8): (1, 1, 0.0, 1), ("mon", 20): (1, 1, 0.0, 1),
    }  # fmt: skip
    rows = ask(found, "cover", Ask(by="clock")).rows
    assert {clock: sum(r["asked"] for r in rows if r["clock"] == clock) for clock in ("company", "customer")} == {
        "company": 5, "customer": 3,
    }  # fmt: skip
    assert ask(found, "cover", Ask(where=(("clock", "moon"),))).rows == ()


@pytest.mark.parametrize("zone", ["Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"])
def test_hours_of_the_week_are_those_of_the_wall(zone: str) -> None:
    start = seconds("2026-01-01T00:00")
    instants = np.random.default_rng(3).integers(start, start + 365 * 86_400, 2000)
    walls = [datetime.fromtimestamp(int(each), ZoneInfo(zone)) for each in instants]
    assert hours_of_week(instants, zone).tolist() == [wall.weekday() * 24 + wall.hour for wall in walls]


def test_an_hour_that_is_repeated_counts_twice_and_one_left_out_never() -> None:
    autumn = np.arange(seconds("2026-10-25T00:00"), seconds("2026-10-25T03:00"), 600)
    spring = np.arange(seconds("2026-03-29T00:00"), seconds("2026-03-29T03:00"), 600)
    sunday = 6 * 24
    assert np.bincount(hours_of_week(autumn, "Europe/Madrid") - sunday).tolist() == [0, 0, 12, 6]
    assert np.bincount(hours_of_week(spring, "Europe/Madrid") - sunday).tolist() == [0, 6, 0, 6, 6]


# Slices and a slow count


def test_slices_add_up(memory: Memory) -> None:
    parts = [
        question("a", "9:00", channel="chat"),
        question("b", "9:30", channel="email"),
        question("c", "18:00", channel="email"),
    ]
    found = book(memory, office(), *parts)
    rows = ask(found, "cover", Ask(by="channel")).rows
    assert list(rows[0]) == ["channel", "weekday", "hour", "asked", "covered", "uncovered_share", "n"]
    sums = {of: sum(r["asked"] for r in rows if r["channel"] == of) for of in ("chat", "email")}
    assert (len(rows), sums) == (336, {"chat": 1, "email": 2})
    assert set(asked(found, Ask(where=(("channel", "chat"),)))) == {("mon", 9)}
    assert customers_behind(found, "cover", Ask()) == {None: 1}
    assert customers_behind(found, "cover", Ask(by="channel")) == {"chat": 1, "email": 1}


def test_random_questions_are_counted_as_a_slow_count_counts_them(memory: Memory) -> None:
    """Three hundred questions around a change of clocks, asked of the rows one by one; shifts of ten days in March."""
    random, zone = np.random.default_rng(11), "Europe/Madrid"
    whens = [datetime(2026, 3, 1) + timedelta(seconds=int(s)) for s in random.integers(0, 55 * 86_400, 300)]  # noqa: DTZ001
    lines = [
        {"message_id": f"m{i}", "conversation_id": f"t{i}", "at": when, "author_kind": "customer", "is_public": True}
        for i, when in enumerate(whens)
    ]
    talks = [{"conversation_id": f"t{i}", "channel": "email", "opened_at": when} for i, when in enumerate(whens)]
    begins = [datetime(2026, 3, 10, 6) + timedelta(hours=30 * i) for i in range(8)]  # noqa: DTZ001
    shifts = [(each, each + timedelta(hours=11)) for each in begins]
    tables = {"conversation": talks, "message": lines,
              "shift": [{"person_id": "ana", "from_at": a, "to_at": b} for a, b in shifts]}  # fmt: skip
    found = asked(book(memory, office(timezone=zone), tables, timezone=zone), Ask(months=2))
    slow: dict[tuple[str, int], list[int]] = {}
    for when in whens:
        wall = when.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        cell = slow.setdefault((wall.strftime("%a").lower(), wall.hour), [0, 0])
        cell[0] += 1
        if shifts[0][0] <= when < shifts[-1][1]:
            cell[1] += any(a <= when < b for a, b in shifts)
        else:
            cell[1] += wall.weekday() < 5 and 9 <= wall.hour < 17
    assert {hour: list(row[:2]) for hour, row in found.items()} == slow
