"""Weeks and months: by hand, and against the ledger row by row."""

from datetime import date, timedelta
from typing import Any

import pytest

from relevo.insight.talks.stretches import months, weeks
from relevo.measures.support.effort import cell_of
from tests.measures.support.desks import desk, ledger, moment, random_desk, talk, together
from tests.measures.support.test_load import effort


def test_a_week_by_hand() -> None:
    """Ten conversations of ten minutes come in the week of 2 March; eight hours are there, four on a day off."""
    told = [talk(f"t{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "ana" if k else "ben", 600)],
                 customer_id=f"c{k % 4}", closed_at="2026-03-04 00:00") for k in range(10)]  # fmt: skip
    begins = ("2026-03-02 09:00", 4), ("2026-03-08 23:00", 4), ("2026-03-04 09:00", 4), ("2026-03-09 09:00", 8)
    shift = [{"person_id": "ana", "from_at": moment(at), "to_at": moment(at) + timedelta(hours=h)} for at, h in begins]
    absent = [{"person_id": "ana", "from_on": date(2026, 3, 4), "to_on": date(2026, 3, 5)}]
    touch = [{"touch_id": str(k), "customer_id": "c1", "person_id": "ana", "at": moment(at), "kind": "call"}
             for k, at in enumerate(("2026-03-08 23:59", "2026-03-09 00:00"))]  # fmt: skip
    book = desk(together(*told, {"shift": shift, "absence": absent, "touch": touch}))
    found = weeks(book, 1)
    assert [w.begins_on for w in found.found] == [date(2026, 2, 23) + timedelta(days=7 * k) for k in range(6)]
    assert [w.is_over for w in found.found] == [True] * 5 + [False]
    week = found.found[1]
    assert (week.conversations, week.arriving, week.spent) == (10, pytest.approx(100), 100)
    assert (week.helped, week.people, week.available, week.touches, week.days) == (4, 2, 480, 1, 7)
    assert (week.utilisation, week.per_customer) == (pytest.approx(100 / 480), 25)
    assert week.hours_per_person_week == pytest.approx(100 / 60 / 2)
    assert found.measured == 1.0
    empty = found.found[3]
    assert (empty.utilisation, empty.per_customer, empty.hours_per_person_week) == (None, None, None)
    (march,) = months(book, 1).found
    assert (march.begins_on, march.days, march.available, march.is_over) == (date(2026, 3, 1), 31, 960, True)


def test_without_shifts_nobody_knows_what_there_was() -> None:
    found = weeks(desk(talk("t", "2026-03-03 09:00", [("2026-03-03 10:00", "ana", None)])), 1)
    assert {w.available for w in found.found} == {None}
    assert found.found[1].spent == 5.0
    assert found.measured is None


@pytest.mark.parametrize("seed", range(3))
def test_against_the_ledger(seed: int) -> None:
    book = desk(random_desk(seed))
    expected, known = effort(book), ledger(book, "reply")
    for found in (weeks(book, 3), months(book, 3)):
        assert found.measured == expected.measured
        for one in found.found:
            begins = moment(one.begins_on.isoformat())
            ends = min(begins + timedelta(days=one.days), moment("2026-04-01"))
            came = [r for r in ledger(book, "episode") if begins <= r["begun_at"] < ends]
            done = [r for r in known if begins <= r["at"] < ends]
            assert one.conversations == len(came)
            assert one.arriving == pytest.approx(sum(expected.minutes[cell_of(r)] for r in came))
            assert one.spent == pytest.approx(sum(_seconds(r, expected.seconds) for r in done) / 60)
            assert one.helped == len({r["customer_id"] for r in done} - {None})
            assert one.people == len({r["person_id"] for r in done})


def _seconds(row: dict[str, Any], otherwise: float) -> float:
    return otherwise if row["seconds_spent"] is None else row["seconds_spent"]
