"""What a channel takes: worked out by hand, and minute by minute."""

from fractions import Fraction
from random import Random

import pytest

from relevo.base.business_time import WEEKDAYS
from relevo.base.errors import WrongUse
from relevo.planning.channel_sheet import AT_ONCE, Cover, Proposal, Working, share_within, staffing

NINE, FIVE = 9 * 60, 17 * 60
OFFICE = Cover(WEEKDAYS[:5], NINE, FIVE, 2)


def test_being_there_takes_more_than_the_work_in_a_small_team() -> None:
    """Two people for five days of eight hours are 80 h; 200 calls of 12 minutes are 40 h a month, 9.2 h a week."""
    found = staffing(Proposal("phone", 200, Fraction(12), OFFICE))
    assert found.cover_hours == found.hours == 80
    assert float(found.work_hours) == pytest.approx(40 * 12 * 7 / 365.25)
    assert float(found.busy_hours) == pytest.approx(9.1992 / 0.85, abs=1e-3)
    assert found.is_bound_by_cover
    # One person is there 28 of 40 hours: 80 / 28 = 2.86.
    assert (found.people, found.whole_people, found.at_once) == (Fraction(20, 7), 3, 1)
    # 20/7 people of 40 hours for 4.3482 weeks are 496.94 h, at 30.00 an hour.
    assert found.cost(3000) == 1_490_816


def test_the_work_takes_more_than_being_there_once_there_is_enough() -> None:
    """3,000 of 20 minutes are 1,000 h a month: 229.98 a week, in 270.56 hours of people who are 85 % busy."""
    found = staffing(Proposal("chat", 3000, Fraction(20), OFFICE))
    assert (float(found.work_hours), float(found.hours)) == pytest.approx((229.979, 270.564), abs=1e-3)
    assert (found.is_bound_by_cover, found.whole_people) == (False, 10)
    assert found.at_once == 7  # 270.56 h in 40 open ones


def test_what_is_answered_later_needs_no_plan() -> None:
    found = staffing(Proposal("mail", 3000, Fraction(20)))
    assert (found.cover_hours, found.at_once, found.is_bound_by_cover, found.whole_people) == (None, None, False, 10)


@pytest.mark.parametrize("channel", [name for name, at_once in AT_ONCE.items() if at_once])
def test_what_answers_at_once_is_not_worked_out_without_a_plan(channel: str) -> None:
    """Row S3-27: adding phone requires a filled coverage plan."""
    with pytest.raises(WrongUse, match="answers at once") as told:
        Proposal(channel, 200, Fraction(12))
    assert "days, from when, until when, and how many people at once" in told.value.hint


def test_a_week_that_is_edited_changes_the_people_and_not_the_hours() -> None:
    usual = staffing(Proposal("phone", 1, Fraction(1), OFFICE))
    other = staffing(Proposal("phone", 1, Fraction(1), OFFICE, Working(Fraction(35), Fraction(20, 100), Fraction(1))))
    assert usual.hours == other.hours
    assert other.people == Fraction(80, 28)  # 35 h less 20 % are 28 as well


@pytest.mark.parametrize("seed", range(20))
def test_open_minutes_and_what_came_in_them_minute_by_minute(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 the same plan on every machine
    days = tuple(day for day in WEEKDAYS if draw.random() < 0.5) or ("sun",)
    opens = draw.randrange(0, 1440)
    closes = draw.choice([minute for minute in range(1441) if minute != opens])
    plan, asked = Cover(days, opens, closes, 1), [draw.randrange(0, 3) for _ in range(7 * 1440)]
    wanted = []
    for minute in range(7 * 1440):
        day, of_day = WEEKDAYS[minute // 1440], minute % 1440
        before = WEEKDAYS[minute // 1440 - 1]
        late = closes <= opens
        today = day in days and of_day >= opens and (late or of_day < closes)
        wanted.append(today or (late and before in days and of_day < closes))
    assert list(plan.minutes) == wanted
    assert plan.open_hours == Fraction(sum(wanted), 60)
    inside = sum(n for n, is_open in zip(asked, wanted, strict=True) if is_open)
    assert share_within(plan, asked) == inside / sum(asked)


def test_a_whole_week_has_every_question_and_none_has_no_share() -> None:
    always = Cover(WEEKDAYS, 0, 1440, 1)
    assert (always.open_hours, share_within(always, [1] * 10080), share_within(always, [0] * 10080)) == (168, 1.0, None)


@pytest.mark.parametrize(
    ("days", "opens", "closes", "people"),
    [((), 0, 60, 1), (("someday",), 0, 60, 1), (("mon",), 60, 60, 1), (("mon",), 1440, 60, 1), (("mon",), -1, 60, 1),
     (("mon",), 0, 1441, 1), (("mon",), 0, 60, 0)],
)  # fmt: skip
def test_a_plan_that_says_nothing_is_refused(days: tuple[str, ...], opens: int, closes: int, people: int) -> None:
    with pytest.raises(WrongUse):
        Cover(days, opens, closes, people)


@pytest.mark.parametrize(("paid", "away", "occupancy"), [(0, 0, 1), (169, 0, 1), (40, 1, 1), (40, -1, 1), (40, 0, 0),
                                                         (40, 0, 2)])  # fmt: skip
def test_a_week_nobody_can_work_is_refused(paid: int, away: int, occupancy: int) -> None:
    with pytest.raises(WrongUse, match="Nobody can work"):
        Working(Fraction(paid), Fraction(away), Fraction(occupancy))


def test_a_channel_nobody_knows_and_nothing_to_do_are_refused() -> None:
    with pytest.raises(WrongUse, match="There is no channel"):
        Proposal("pigeon", 1, Fraction(1), OFFICE)
    for talks, minutes in ((-1, 1), (1, 0)):
        with pytest.raises(WrongUse, match="cannot be"):
            Proposal("mail", talks, Fraction(minutes))
