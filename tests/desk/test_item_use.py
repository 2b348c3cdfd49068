"""Which items are filled in and read, and how long filling takes: by hand, and by properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as suppose
from hypothesis import strategies as st

from relevo.desk.relay.actions import NewHandOff, draft, give, give_back, withdraw
from relevo.desk.relay.actions_items import ItemText, note_read, save_item
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.item_use import Saved, fill_times, item_uses
from relevo.desk.relay.models import ItemRead
from relevo.desk.relay.templates import DEFAULTS

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SHAPE = DEFAULTS["sales_to_success"]


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found
    return found.revision


def given(customer: str, *items: str, at: datetime = NOON) -> int:
    """A hand-off whose items were saved a minute apart, given ten minutes after it was begun."""
    key = draft(NewHandOff(customer, SHAPE, "sam", "cleo"), "sam", at)
    for place, item in enumerate(items):
        save_item(key, item, ItemText(f"{customer} {item}"), 0, "sam", at + place * MINUTE)
    give(key, revision(key), "sam", at + 10 * MINUTE)
    return key


def save(item: str, minutes: float, who: str = "sam") -> Saved:
    return Saved(item, who, NOON + minutes * MINUTE)


def test_time_is_that_between_two_saves_of_one_writer() -> None:
    saves = [save("needs", 0), save("calendar", 2), save("needs", 7), save("objectives", 12.5), save("needs", 3, "pia")]
    # Two minutes to the calendar, five to the needs; a longer pause is a break, and Pia saved once.
    assert fill_times(saves) == {"calendar": 120, "needs": 300}
    assert fill_times([]) == {}
    assert fill_times([save("needs", 0)]) == {}


@suppose(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["sam", "pia"]), st.integers(0, 10_000))))
def test_time_is_bounded_and_does_not_depend_on_the_order_of_rows(rows: list[tuple[str, str, int]]) -> None:
    saves = [Saved(item, who, NOON + timedelta(seconds=after)) for item, who, after in rows]
    found = fill_times(saves)
    times = [each.at for each in saves]
    writers = {each.who for each in saves}
    span = (max(times) - min(times)).total_seconds() if times else 0
    assert 0 <= sum(found.values()) <= min(span * len(writers), 300 * len(saves))
    assert sum(fill_times(reversed(saves)).values()) == sum(found.values())


@pytest.mark.django_db
def test_what_is_given_filled_and_read() -> None:
    one, other = given("C1", "objectives", "needs", "calendar"), given("C2", "needs")
    note_read(one, "needs", "cleo", NOON + DAY)
    note_read(one, "needs", "ben", NOON + DAY)
    note_read(other, "needs", "cleo", NOON + DAY)
    uses = {use.item: use for use in item_uses(NOON + 2 * DAY)}
    assert set(uses) == set(SHAPE.items)
    assert {i: (u.given, u.filled, u.read) for i, u in uses.items() if u.filled} == {
        "objectives": (2, 1, 0), "needs": (2, 2, 2), "calendar": (2, 1, 0)
    }  # fmt: skip
    # The first save of each writer tells no time; the others came a minute later.
    assert {i: u.seconds for i, u in uses.items() if u.seconds is not None} == {"needs": 60, "calendar": 60}


@pytest.mark.django_db
def test_what_nobody_read_of_many_is_proposed_for_removal() -> None:
    keys = [given(f"C{i}", "needs") for i in range(5)]
    note_read(keys[0], "needs", "cleo", NOON + DAY)
    assert {use.item for use in item_uses(NOON + DAY) if use.is_unread} == set(SHAPE.items) - {"needs"}
    withdraw(keys[1], "Not sold", revision(keys[1]), "sam", NOON)
    assert not any(use.is_unread for use in item_uses(NOON + DAY))


@pytest.mark.django_db
def test_what_was_given_or_read_long_ago_counts_no_more() -> None:
    key = given("C1", "needs")
    note_read(key, "needs", "cleo", NOON + DAY)
    assert item_uses(NOON + 91 * DAY) == ()
    assert item_uses(NOON - DAY) == ()
    # Read lately, though it was given earlier: nobody proposes to take it away.
    ItemRead.objects.update(at=NOON + 120 * DAY)
    for i in range(5):
        given(f"D{i}", at=NOON + 120 * DAY)
    uses = {use.item: use for use in item_uses(NOON + 121 * DAY)}
    assert (uses["needs"].given, uses["needs"].read, uses["needs"].is_unread) == (5, 0, False)
    assert uses["calendar"].is_unread


@pytest.mark.django_db
def test_time_ends_with_the_first_giving() -> None:
    key = given("C1", "objectives", "needs")
    give_back(key, ["calendar"], "When?", revision(key), "cleo", NOON + DAY)
    save_item(key, "needs", ItemText("Again"), 1, "sam", NOON + DAY)
    save_item(key, "calendar", ItemText("In May"), 0, "sam", NOON + DAY + 4 * MINUTE)
    give(key, revision(key), "sam", NOON + DAY + 5 * MINUTE)
    uses = {use.item: use for use in item_uses(NOON + 2 * DAY)}
    assert (uses["needs"].seconds, uses["calendar"].seconds) == (60, None)
