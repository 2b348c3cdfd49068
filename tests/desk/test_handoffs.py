"""Hand-offs on the Desk: states, scores, two editors, re-asks, confirmation, and what the history keeps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import (
    AlreadyOpen,
    Decided,
    NeedsReason,
    NewHandOff,
    Verdict,
    accept,
    confirm,
    draft,
    give,
    give_back,
    withdraw,
)
from relevo.desk.relay.actions_history import SET_ASIDE, Overtaken
from relevo.desk.relay.actions_items import ItemText, name_receiver, note_read, note_reask, save_item, set_meeting, tick
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with, history_of, items_of, reasks_of
from relevo.desk.relay.models import HandOff, ItemRead
from relevo.desk.relay.states import NotNow, State
from relevo.desk.relay.templates import DEFAULTS, DISCOVERY

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TEMPLATE = DEFAULTS["sales_to_success"]


def begun(customer: str = "C1", **more: object) -> int:
    return draft(NewHandOff(customer, TEMPLATE, "sam", "cleo", **more), "sam", NOON)  # type: ignore[arg-type]


def handoff(key: int) -> KeptHandOff:
    found = handoff_with(key)
    assert found is not None
    return found


def seen(key: int) -> int:
    return handoff(key).revision


def filled(key: int, *items: str) -> None:
    for item in items:
        save_item(key, item, ItemText(f"{item}: what they said, 4 hours a week"), 0, "sam", NOON)


def taken(customer: str = "C1", *items: str) -> int:
    key = begun(customer)
    filled(key, *items)
    give(key, seen(key), "sam", NOON)
    accept(key, "", {}, seen(key), "cleo", NOON + DAY)
    return key


def test_the_whole_way_of_a_hand_off() -> None:
    key = begun(deal_id="D1", known={"objectives": ItemText("Plan a week in an hour", source="deal D1")})
    assert handoff(key).state is State.DRAFT
    filled(key, "needs", "calendar")
    assert give(key, seen(key), "sam", NOON) == Fraction(1, 2)
    assert handoff(key).due_at == NOON + 3 * DAY
    give_back(key, ["expected_value", "promises"], "Which number do they expect?", seen(key), "cleo", NOON + DAY)
    assert handoff(key).state is State.RETURNED
    save_item(key, "expected_value", ItemText("Hours from 12 to 4", "Ana", NOON.date(), "certain"), 0, "sam", NOON)
    assert give(key, seen(key), "sam", NOON + DAY) == Fraction(4, 6)
    assert handoff(key).returned_at is None
    accept(key, "", {}, seen(key), "cleo", NOON + 2 * DAY)
    assert handoff(key).state is State.ACCEPTED
    later = NOON + 32 * DAY
    verdicts = {i: Verdict(i != "needs", "They needed more") for i in ("objectives", "needs", "calendar",
                                                                      "expected_value")}  # fmt: skip
    assert confirm(key, verdicts, True, seen(key), "cleo", later) == Fraction(3, 4)
    kept = handoff(key)
    assert (kept.state, kept.accuracy, kept.completeness, kept.unwritten) == (
        State.CONFIRMED, Fraction(3, 4), Fraction(666667, 1_000_000), True
    )  # fmt: skip
    assert items_of(key)["needs"].was_right is False
    assert [e.kind for e in history_of(key) if "." not in e.kind] == [
        "drafted", "given", "returned", "given", "accepted", "confirmed"
    ]  # fmt: skip
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == [f"handoff.{a}" for a in ("drafted", "given", "returned", "given", "accepted", "confirmed")]


def test_what_was_given_stands_until_it_is_returned() -> None:
    key = begun()
    give(key, seen(key), "sam", NOON)
    with pytest.raises(NotNow, match="what was given stands"):
        save_item(key, "needs", ItemText("Two warehouses"), 0, "sam", NOON)
    assert [e.text for e in history_of(key) if e.kind == SET_ASIDE] == ["Two warehouses"]
    assert "needs" not in items_of(key)


def test_of_two_editors_none_overwrites_the_other_and_both_texts_stay() -> None:
    key = begun()
    first = save_item(key, "needs", ItemText("Two warehouses"), 0, "sam", NOON)
    assert (first.revision, first.overtaken_by) == (1, None)
    second = save_item(key, "needs", ItemText("Three warehouses"), 0, "pia", NOON)
    assert second.overtaken_by is not None
    assert second.overtaken_by.text == "Two warehouses"
    assert items_of(key)["needs"].text == "Two warehouses"
    assert [(e.who, e.text) for e in history_of(key) if e.kind == SET_ASIDE] == [("pia", "Three warehouses")]
    assert save_item(key, "needs", ItemText("Three warehouses"), second.revision, "pia", NOON).revision == 2
    assert save_item(key, "needs", ItemText("Three warehouses"), 1, "sam", NOON).overtaken_by is None


def test_acting_on_what_somebody_changed_meanwhile_is_refused_and_its_words_are_kept() -> None:
    key = begun()
    give(key, seen(key), "sam", NOON)
    old = seen(key)
    tick(key, "introduced", True, "cleo", NOON)
    with pytest.raises(Overtaken):
        give_back(key, ["needs"], "What do they need?", old, "cleo", NOON)
    assert handoff(key).state is State.GIVEN
    assert [e.text for e in history_of(key) if e.kind == SET_ASIDE] == ["What do they need?"]


@pytest.mark.parametrize(
    "act",
    [
        lambda key: accept(key, "cleo", {}, seen(key), "cleo", NOON),
        lambda key: give_back(key, ["needs"], "", seen(key), "cleo", NOON),
        lambda key: confirm(key, {}, None, seen(key), "cleo", NOON),
    ],
)
def test_a_draft_cannot_be_taken_returned_or_confirmed(act: Callable[[int], object]) -> None:
    with pytest.raises(NotNow, match="is draft"):
        act(begun())


def test_nothing_happens_to_a_hand_off_that_is_not_there() -> None:
    with pytest.raises(WrongUse, match="no hand-off 77"):
        give(77, 1, "sam", NOON)
    with pytest.raises(WrongUse, match="no hand-off 77"):
        save_item(77, "needs", ItemText("x"), 0, "sam", NOON)


def test_one_open_hand_off_of_a_customer_into_a_role() -> None:
    key = begun()
    with pytest.raises(AlreadyOpen, match=f"Hand-off {key} of this customer"):
        begun()
    withdraw(key, "Not sold after all.", seen(key), "sam", NOON)
    assert handoff(key).state is State.WITHDRAWN
    assert begun() != key
    with pytest.raises(WrongUse, match="customer and a giver"):
        begun(customer="")


def test_it_is_returned_for_named_gaps_and_withdrawn_for_a_reason() -> None:
    key = begun()
    give(key, seen(key), "sam", NOON)
    for gaps in ([], ["weather"]):
        with pytest.raises(WrongUse, match="for items that it has"):
            give_back(key, gaps, "more", seen(key), "cleo", NOON)
    with pytest.raises(WrongUse, match="for a reason"):
        withdraw(key, " ", seen(key), "sam", NOON)


def test_somebody_takes_over_and_decides_every_promise() -> None:
    key = draft(NewHandOff("C1", TEMPLATE, "sam"), "sam", NOON)
    promise = make_promise(
        NewPromise("C1", "SSO by June", "absent", NOON, "sam", handoff_id=key), "sam", NOON
    )  # fmt: skip
    give(key, seen(key), "sam", NOON)
    with pytest.raises(WrongUse, match="Somebody takes the customer over"):
        accept(key, "", {promise: Decided(True)}, seen(key), "cleo", NOON)
    with pytest.raises(WrongUse, match="1 promises of this hand-off"):
        accept(key, "cleo", {}, seen(key), "cleo", NOON)
    with pytest.raises(WrongUse, match="refused for a reason"):
        accept(key, "cleo", {promise: Decided(False)}, seen(key), "cleo", NOON)
    assert handoff(key).state is State.GIVEN
    accept(key, "cleo", {promise: Decided(False, "Not on the roadmap")}, seen(key), "cleo", NOON)
    assert handoff(key).to_person_id == "cleo"
    assert "promise.refused" in [e.kind for e in history_of(key)]


def test_a_promise_of_another_hand_off_is_not_decided_with_this_one() -> None:
    key, other = begun("C1"), begun("C2")
    theirs = make_promise(NewPromise("C2", "SSO", "absent", NOON, "sam", handoff_id=other), "sam", NOON)
    give(key, seen(key), "sam", NOON)
    with pytest.raises(WrongUse, match="does not go with this hand-off"):
        accept(key, "cleo", {theirs: Decided(True)}, seen(key), "cleo", NOON)


def test_it_is_confirmed_after_thirty_days_and_item_by_item() -> None:
    key = taken("C1", "needs")
    early = NOON + DAY + timedelta(days=30, seconds=-1)
    with pytest.raises(NotNow, match="after 30 days"):
        confirm(key, {"needs": Verdict(True)}, None, seen(key), "cleo", early)
    with pytest.raises(WrongUse, match="Every item that was filled in"):
        confirm(key, {}, None, seen(key), "cleo", early + DAY)
    assert confirm(key, {"needs": Verdict(True)}, None, seen(key), "cleo", NOON + 31 * DAY) == 1


def test_an_empty_hand_off_is_complete_to_nothing_and_wrong_in_nothing() -> None:
    key = taken("C1")
    assert handoff(key).completeness == 0
    assert confirm(key, {}, None, seen(key), "cleo", NOON + 32 * DAY) == 1


def test_what_says_nothing_was_copied_or_has_no_number_does_not_count() -> None:
    first, second = begun("C1"), begun("C2")
    words = "They plan two warehouses with five people on Mondays"
    save_item(first, "needs", ItemText(words), 0, "sam", NOON)
    save_item(second, "needs", ItemText(words.upper() + "."), 0, "sam", NOON)
    save_item(second, "objectives", ItemText("T.B.D."), 0, "sam", NOON)
    save_item(second, "expected_value", ItemText("Faster planning"), 0, "sam", NOON)
    assert give(first, seen(first), "sam", NOON) == Fraction(1, 6)
    assert give(second, seen(second), "sam", NOON) == Fraction(1, 12)


def test_a_short_text_that_two_customers_share_is_no_copy() -> None:
    for customer in ("C1", "C2"):
        key = begun(customer)
        save_item(key, "needs", ItemText("Two warehouses"), 0, "sam", NOON)
        assert give(key, seen(key), "sam", NOON) == Fraction(1, 6)


def test_a_re_ask_counts_against_who_left_it_empty_or_did_not_read() -> None:
    key = taken("C1", "needs")
    assert note_reask(key, "needs", "customer", "Told it twice", "cleo", NOON + 2 * DAY) is True
    assert note_reask(key, "calendar", "agent", "", "ben", NOON + 2 * DAY) is False
    assert note_reask(key, "other", "receiver", "", "cleo", NOON + 2 * DAY) is False
    assert [(r.item, r.was_filled, r.told_by) for r in reasks_of(key)] == [
        ("needs", True, "customer"), ("calendar", False, "agent"), ("other", False, "receiver")
    ]  # fmt: skip
    with pytest.raises(WrongUse, match="no item 'weather'"):
        note_reask(key, "weather", "agent", "", "ben", NOON)
    with pytest.raises(WrongUse, match="reports nothing"):
        note_reask(key, "needs", "owl", "", "ben", NOON)
    with pytest.raises(NotNow, match="Nobody has received"):
        note_reask(begun("C9"), "needs", "agent", "", "ben", NOON)


def test_the_second_change_of_a_person_in_sixty_days_needs_a_reason() -> None:
    inside = DEFAULTS["success_to_success"]
    first = draft(NewHandOff("C1", inside, "cleo", "dora"), "cleo", NOON)
    give(first, seen(first), "cleo", NOON)
    accept(first, "", {}, seen(first), "dora", NOON)
    second = draft(NewHandOff("C1", inside, "dora", "emil"), "dora", NOON + 59 * DAY)
    with pytest.raises(NeedsReason, match="changed hands in success on 2026-09-01"):
        give(second, seen(second), "dora", NOON + 60 * DAY)
    give(second, seen(second), "dora", NOON + 61 * DAY)
    give_back(second, ["needs"], "", seen(second), "emil", NOON + 61 * DAY)
    withdraw(second, "again", seen(second), "dora", NOON)
    third = draft(NewHandOff("C1", inside, "dora", "emil", override_reason="She left."), "dora", NOON + 2 * DAY)
    assert give(third, seen(third), "dora", NOON + 2 * DAY) == 0


def test_the_relay_from_seller_to_success_is_no_second_change() -> None:
    taken("C1")
    key = draft(NewHandOff("C1", DEFAULTS["success_to_success"], "cleo", "dora"), "cleo", NOON + 5 * DAY)
    assert give(key, seen(key), "cleo", NOON + 5 * DAY) == 0


def test_what_is_beside_it_is_kept_too() -> None:
    key = begun()
    name_receiver(key, "dora", "sam", NOON)
    tick(key, "introduced", True, "sam", NOON)
    tick(key, "introduced", False, "sam", NOON)
    set_meeting(key, NOON + DAY, "sam", NOON)
    note_read(key, "needs", "cleo", NOON)
    note_read(key, "needs", "cleo", NOON + DAY)
    kept = handoff(key)
    assert (kept.to_person_id, kept.checklist["introduced"], kept.meeting_at) == ("dora", None, NOON + DAY)
    assert ItemRead.objects.get().at == NOON + DAY
    assert [e.kind for e in history_of(key)] == ["drafted", "receiver.named", "ticked", "unticked", "meeting.set"]
    with pytest.raises(WrongUse, match="no line 'weather'"):
        tick(key, "weather", True, "sam", NOON)


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        (ItemText("x" * 8_001), "8001 characters"),
        (ItemText("x", sure="very"), "'very' sure"),
        (ItemText("x", link="javascript:alert(1)"), "no link"),
        (ItemText("x", said_by="a" * 300), "300 characters"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused(new: ItemText, complaint: str) -> None:
    with pytest.raises(WrongUse, match=complaint):
        save_item(begun(), "needs", new, 0, "sam", NOON)


def test_an_item_that_the_template_does_not_have_is_refused() -> None:
    with pytest.raises(WrongUse, match="no item 'weather'"):
        save_item(begun(), "weather", ItemText("Rain"), 0, "sam", NOON)


def test_rows_say_what_they_are() -> None:
    key = taken("C1", *DISCOVERY)
    assert str(HandOff.objects.get(pk=key)) == f"accepted hand-off {key} of C1, sales to success"
