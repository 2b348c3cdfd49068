"""A strip of weeks: what gives a signal, that it is given once, and when the next one is new."""

from datetime import date, timedelta

import pytest

from relevo.insight.talks.strain import PersonWeek, strip_of, strips
from tests.measures.support.desks import desk, moment, random_desk, talk, together

MONDAY = date(2026, 1, 5)


def weeks(loads: list[float | None], **more: object) -> list[PersonWeek]:
    """Weeks of 1000 minutes on shift, with so many per cent of them; None is a week off."""
    return [
        PersonWeek(MONDAY + timedelta(days=7 * k), 10.0 * (load or 0), 1000.0 if load is not None else 0.0,
                   **{"timed": 10, "outside": 0, "is_hard": False, **more})  # type: ignore[arg-type]
        for k, load in enumerate(loads)
    ]  # fmt: skip


def told(loads: list[float | None], **more: object) -> list[tuple[int, tuple[str, ...]]]:
    """The places of the signals, with their reasons."""
    found = strip_of("ana", weeks(loads, **more))
    return [((each.begins_on - MONDAY).days // 7, each.reasons) for each in found.signals]


def test_six_weeks_of_overload_are_told_once() -> None:
    """Row S0-66: the signal comes in the third week above 85 %, and none in the fourth to the sixth."""
    assert told([60, 60, *[95] * 6, 60, 60]) == [(4, ("load",))]


@pytest.mark.parametrize(
    ("loads", "signals"),
    [
        ([85] * 6, []),  # not above
        ([95, 95, 60, 95, 95], []),  # never three in a row
        ([95, 95, None, 95, 95, 95], [5]),  # a week off is none of overload
        ([95] * 3 + [60] + [95] * 3, [2, 6]),  # three weeks until three are above again: gone for two of them
        ([95] * 3 + [60] * 3 + [95] * 3, [2, 8]),
        ([], []),
    ],
)
def test_weeks_in_a_row(loads: list[float | None], signals: list[int]) -> None:
    assert [place for place, _ in told(loads)] == signals


def test_a_short_pause_is_no_new_state() -> None:
    """Late replies hold over four weeks; one week below the bound does not end it."""
    late = weeks([50] * 9)
    outside = [3, 3, 3, 3, 0, 4, 3, 3, 3]
    changed = [
        PersonWeek(w.begins_on, w.minutes, w.available, 10, o, False) for w, o in zip(late, outside, strict=True)
    ]
    found = strip_of("ana", changed)
    assert [(s.begins_on, s.reasons) for s in found.signals] == [(MONDAY + timedelta(days=7), ("after_hours",))]
    assert found.reasons == ("after_hours",)
    assert not found.is_new


def test_few_replies_say_nothing_of_hours() -> None:
    assert told([50] * 4, timed=4, outside=4) == []
    assert told([50] * 2, timed=10, outside=4) == [(1, ("after_hours",))]


def test_a_second_reason_is_a_change() -> None:
    """Hard weeks in a row come up in the fourth week, load in the third."""
    assert told([95] * 5, is_hard=True) == [(2, ("load",)), (3, ("hard",))]
    found = strip_of("ana", weeks([95] * 4, is_hard=True))
    assert (found.is_new, found.reasons) == (True, ("load", "hard"))


def test_it_ends() -> None:
    assert strip_of("ana", weeks([95, 95, 95, 50])).reasons == ("load",)
    assert strip_of("ana", weeks([95, 95, 95, 50, 50])).reasons == ()
    assert not strip_of("ana", []).is_new


def test_strips_of_a_book() -> None:
    """Ana's weeks: 60 minutes of work each in an hour on shift, all out of hours, over whole weeks of the window."""
    mondays = [date(2026, 1, 5) + timedelta(days=7 * k) for k in range(13)]
    told_ = [
        talk(f"t{k}{n}", f"{day} 09:00", [(f"{day} 22:00", "ana", 600)], closed_at=f"{day} 23:00")
        for k, day in enumerate(mondays) for n in range(6)
    ]  # fmt: skip
    shift = [
        {"person_id": "ana", "from_at": moment(f"{day} 09:00"), "to_at": moment(f"{day} 10:00")} for day in mondays
    ]
    other = talk("x", "2026-03-03 09:00", [("2026-03-03 10:00", "ben", 600)], closed_at="2026-03-03 11:00")
    ana, ben = strips(desk(together(*told_, other, {"shift": shift})), 3)
    # 1 January 2026 is a Thursday and 31 March a Tuesday: twelve whole weeks from 5 January on.
    assert [week.begins_on for week in ana.weeks] == mondays[:12]
    assert {(round(w.minutes, 6), w.available, w.timed, w.outside) for w in ana.weeks} == {(60, 60, 6, 6)}
    assert [(s.begins_on, s.reasons) for s in ana.signals] == [(mondays[2], ("load",)), (mondays[3], ("after_hours",))]
    assert {(w.available, w.load) for w in ben.weeks} == {(None, None)}
    assert ben.signals == ()


def test_a_window_that_ends_with_a_week() -> None:
    """Sunday 29 March is the last day of its week."""
    found = strips(desk(random_desk(1), as_of=date(2026, 3, 29)), 1)
    assert found[0].weeks[-1].begins_on == date(2026, 3, 23)
    assert found[0].weeks[0].begins_on == date(2026, 3, 2)
