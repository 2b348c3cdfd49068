"""Plans of absence and departure: made whole or not at all, given, ended, and spread evenly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as suppose
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import AlreadyOpen, NewHandOff, accept, draft, give, withdraw
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.actions_plans import NewPlan, end_plan, give_plan, hand_over_book
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with, items_of
from relevo.desk.relay.models import HandOff, Plan
from relevo.desk.relay.plans import (
    KeptPlan,
    Progress,
    handoffs_back,
    handoffs_of,
    overlap_until,
    plan_with,
    plans_of,
    progress_of,
    spread,
    under_way,
)
from relevo.desk.relay.templates import DEFAULTS, Template

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
INSIDE = DEFAULTS["success_to_success"]
AWAY = NewPlan("absence", "cleo", date(2026, 9, 20), date(2026, 10, 4), 5, "Leave")


def to(customer: str, receiver: str, **more: object) -> NewHandOff:
    return NewHandOff(customer, INSIDE, "cleo", receiver, **more)  # type: ignore[arg-type]


def made(*handoffs: NewHandOff, new: NewPlan = AWAY) -> KeptPlan:
    found = plan_with(hand_over_book(new, handoffs or (to("C1", "dora"), to("C2", "emil")), "mia", NOON))
    assert found
    return found


def handoff(key: int) -> KeptHandOff:
    found = handoff_with(key)
    assert found
    return found


def accepted(plan: KeptPlan, *, only: int | None = None) -> None:
    for each in handoffs_of(plan)[:only]:
        accept(each.id, "", {}, each.revision, each.to_person_id, NOON + DAY)


def test_a_plan_and_its_drafts_are_made_together() -> None:
    plan = made()
    assert (plan.kind, plan.person_id, plan.until_on, plan.reason) == ("absence", "cleo", date(2026, 10, 4), "Leave")
    assert [(h.customer_id, h.to_person_id, h.state, h.plan_id) for h in handoffs_of(plan)] == [
        ("C1", "dora", "draft", plan.id), ("C2", "emil", "draft", plan.id)
    ]  # fmt: skip
    assert progress_of(handoffs_of(plan)) == Progress(2, 0, 0)
    assert under_way(["C1", "C3"]) == {("C1", "success"): handoffs_of(plan)[0].id}
    assert AuditEntry.objects.filter(action="plan.made", about="cleo").count() == 1
    assert str(Plan.objects.get()) == "absence of cleo from 2026-09-20"


def test_where_one_draft_cannot_be_made_nothing_is() -> None:
    draft(to("C2", "zoe"), "cleo", NOON)
    with pytest.raises(AlreadyOpen):
        made()
    assert (Plan.objects.count(), HandOff.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("new", "handoffs", "complaint"),
    [
        (NewPlan("holiday", "cleo", date(2026, 9, 20)), (to("C1", "dora"),), "'holiday' is no plan"),
        (NewPlan("absence", "cleo", date(2026, 9, 20)), (to("C1", "dora"),), "has a last day"),
        (NewPlan("departure", "cleo", date(2026, 9, 20), date(2026, 9, 21)), (to("C1", "dora"),), "departure has none"),
        (NewPlan("absence", "cleo", date(2026, 9, 20), date(2026, 9, 19)), (to("C1", "dora"),), "before it begins"),
        (NewPlan("departure", "cleo", date(2026, 9, 20), None, 91), (to("C1", "dora"),), "days side by side"),
        (NewPlan("departure", "cleo", date(2026, 9, 20)), (), "no customer"),
        (NewPlan("departure", "cleo", date(2026, 9, 20)), (to("C1", "cleo"),), "lead away"),
        (NewPlan("departure", "cleo", date(2026, 9, 20)), (to("C1", ""),), "lead away"),
        (NewPlan("departure", "zoe", date(2026, 9, 20)), (to("C1", "dora"),), "lead away"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    new: NewPlan, handoffs: tuple[NewHandOff, ...], complaint: str
) -> None:  # fmt: skip
    with pytest.raises(WrongUse, match=complaint):
        hand_over_book(new, handoffs, "mia", NOON)
    assert Plan.objects.count() == 0


def test_all_drafts_are_given_at_once_in_time_for_the_days_side_by_side() -> None:
    plan = made()
    assert (give_plan(plan.id, "mia", NOON).given, progress_of(handoffs_of(plan))) == (2, Progress(2, 2, 0))
    # 19 days until the 20th, five of them side by side.
    assert {h.due_at for h in handoffs_of(plan)} == {NOON + 14 * DAY}
    assert give_plan(plan.id, "mia", NOON).given == 0
    accepted(plan, only=1)
    assert progress_of(handoffs_of(plan)) == Progress(2, 2, 1)


def test_what_changed_hands_lately_stays_a_draft_and_says_why() -> None:
    first = draft(NewHandOff("C1", INSIDE, "zoe", "cleo"), "zoe", NOON - 30 * DAY)
    give(first, handoff(first).revision, "zoe", NOON - 30 * DAY)
    accept(first, "", {}, handoff(first).revision, "cleo", NOON - 30 * DAY)
    plan = made()
    given = give_plan(plan.id, "mia", NOON)
    assert given.given == 1
    ((key, why),) = given.refused.items()
    assert handoff(key).state == "draft"
    assert "changed hands in success on 2026-08-02" in why
    withdraw(key, "again", handoff(key).revision, "mia", NOON)
    assert progress_of(handoffs_of(plan)) == Progress(1, 1, 0)
    reasoned = made(to("C1", "dora", override_reason="Cleo is away"))
    assert give_plan(reasoned.id, "mia", NOON).refused == {}


def test_after_an_absence_everybody_comes_back_with_what_is_written() -> None:
    known = {"needs": ItemText("Two warehouses", "Ana")}
    plan = made(to("C1", "dora", known=known), to("C2", "emil"), to("C3", "emil"))
    give_plan(plan.id, "mia", NOON)
    accepted(plan, only=2)
    end_plan(plan.id, "mia", NOON + 30 * DAY)
    back = handoffs_back(plan)
    assert [(h.customer_id, h.from_person_id, h.to_person_id, h.state) for h in back] == [
        ("C1", "dora", "cleo", "draft"), ("C2", "emil", "cleo", "draft")
    ]  # fmt: skip
    assert (items_of(back[0].id)["needs"].text, items_of(back[0].id)["needs"].said_by) == ("Two warehouses", "Ana")
    assert [h.state for h in handoffs_of(plan)] == ["accepted", "accepted", "withdrawn"]
    # Two changes in 60 days, and the absence is the reason.
    give(back[0].id, back[0].revision, "dora", NOON + 30 * DAY)
    assert plan_with(plan.id).ended_at == NOON + 30 * DAY  # type: ignore[union-attr]
    with pytest.raises(WrongUse, match="ended before"):
        end_plan(plan.id, "mia", NOON + 31 * DAY)
    assert len(handoffs_back(plan)) == 2


def test_who_went_on_to_somebody_else_does_not_come_back() -> None:
    plan = made(to("C1", "dora"), to("C2", "dora"))
    give_plan(plan.id, "mia", NOON)
    accepted(plan)
    on = draft(NewHandOff("C1", INSIDE, "dora", "zoe", override_reason="Dora fell ill"), "dora", NOON + 2 * DAY)
    give(on, handoff(on).revision, "dora", NOON + 2 * DAY)
    accept(on, "", {}, handoff(on).revision, "zoe", NOON + 2 * DAY)
    draft(NewHandOff("C2", INSIDE, "dora", "zoe"), "dora", NOON + 2 * DAY)
    assert end_plan(plan.id, "mia", NOON + 30 * DAY) == ()


def test_nobody_comes_back_from_a_departure() -> None:
    plan = made(to("C1", "dora"), new=NewPlan("departure", "cleo", date(2026, 9, 20)))
    with pytest.raises(WrongUse, match="Nobody comes back"):
        end_plan(plan.id, "mia", NOON)
    with pytest.raises(WrongUse, match="no plan 77"):
        give_plan(77, "mia", NOON)
    assert plan_with(77) is None


def test_plans_are_found_by_who_goes_and_by_who_takes_over() -> None:
    plan = made()
    assert [p.id for p in plans_of({"cleo"})] == [p.id for p in plans_of({"emil", "dora"})] == [plan.id]
    assert plans_of({"zoe"}) == ()
    assert [p.id for p in plans_of(None)] == [plan.id]


def test_a_role_without_a_template_of_its_own_can_be_handed_over() -> None:
    shape = Template("sales_to_sales", "sales", "sales")
    plan = made(NewHandOff("C1", shape, "cleo", "dora"))
    give_plan(plan.id, "mia", NOON)
    accepted(plan)
    (back,) = (handoff(key) for key in end_plan(plan.id, "mia", NOON + DAY))
    assert (back.template, back.from_role, back.to_role, back.items) == (
        "sales_to_sales", "sales", "sales", shape.items
    )  # fmt: skip


def test_side_by_side_ends_on_the_day_before() -> None:
    assert overlap_until(date(2026, 9, 20), 5) == date(2026, 9, 19)
    assert overlap_until(date(2026, 9, 20), 0) is None


_IDS = st.text(max_size=4)


@suppose(st.lists(_IDS, unique=True, max_size=40), st.lists(_IDS, unique=True, max_size=7))
def test_a_book_is_spread_evenly(keys: list[str], receivers: list[str]) -> None:
    found = spread(keys, receivers)
    assert set(found) == (set(keys) if receivers else set())
    counts = [list(found.values()).count(each) for each in receivers]
    assert not counts or max(counts) - min(counts) <= 1
