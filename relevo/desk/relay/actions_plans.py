"""Everything that writes plans: somebody's customers handed over together, given together, and handed back.

Whoever calls these has checked that the actor acts for the person of the plan (`relevo.answers.relay.plans`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions import NewHandOff, draft, give, withdraw
from relevo.desk.relay.actions_history import one_line
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.handoffs import KeptHandOff, items_of, taken_since
from relevo.desk.relay.models import LONGEST_REASON, HandOff, Plan
from relevo.desk.relay.plans import KeptPlan, PlanKind, handoffs_of, plan_with
from relevo.desk.relay.states import OPEN, TAKEN, State
from relevo.desk.relay.templates import USUAL_DAYS, Template

LONGEST_OVERLAP = 90
# What a draft takes along of a text that stands in an earlier hand-off.
_TEXT = ("text", "said_by", "said_on", "sure", "link")


@dataclass(frozen=True)
class NewPlan:
    """Whose customers, why the person goes, the first day without it, the last one of an absence, days side by side."""

    kind: str
    person_id: str
    from_on: date
    until_on: date | None = None
    overlap_days: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """How giving a plan's drafts ended: how many were given, and by key why others were not."""

    given: int
    refused: Mapping[int, str]


def hand_over_book(new: NewPlan, handoffs: tuple[NewHandOff, ...], who: str, now: datetime) -> int:
    """Make a plan with the drafts of its hand-offs, or nothing at all; the id of the plan.

    `handoffs` say the customers, templates and receivers; the plan and its days are set here. WrongUse for days that
    make no sense, a plan of nobody's customers, and a hand-off to the person who goes. AlreadyOpen where one of a
    customer into a role is under way.
    """
    _check(new, handoffs)
    with transaction.atomic():
        told = {**vars(new), "reason": one_line(new.reason, LONGEST_REASON)}
        plan = Plan.objects.create(**told, created_at=now, created_by=who)
        for each in handoffs:
            draft(_of_plan(each, plan.pk), who, now)
        log_audit(who, "plan.made", new.person_id, now, {"plan": plan.pk, "handoffs": len(handoffs)})
    return int(plan.pk)


def give_plan(key: int, who: str, now: datetime) -> Given:
    """Give every draft of a plan, to be accepted before the days side by side begin.

    One that cannot be given stays a draft, and why is told.
    """
    plan, given, refused = _plan(key), 0, {}
    days = max(USUAL_DAYS, (plan.from_on - now.date()).days - plan.overlap_days)
    for each in handoffs_of(plan):
        if each.state is State.DRAFT:
            try:
                give(each.id, each.revision, who, now, days)
                given += 1
            except WrongUse as problem:
                refused[each.id] = f"{problem.message} {problem.hint}".strip()
    log_audit(who, "plan.given", plan.person_id, now, {"plan": key, "given": given})
    return Given(given, refused)


def end_plan(key: int, who: str, now: datetime) -> tuple[int, ...]:
    """End an absence: drafts by which every customer that was taken over comes back, and their ids.

    What was not accepted never left, and is withdrawn. A customer that went on to somebody else in the meantime stays
    there, and so does one of which another hand-off into the role is under way. WrongUse for a departure, and for a
    plan that was ended before.
    """
    plan = _plan(key)
    if plan.kind is PlanKind.DEPARTURE:
        raise WrongUse("Nobody comes back from a departure.", "Make a plan for whoever follows.")
    with transaction.atomic():
        if not Plan.objects.filter(pk=key, ended_at__isnull=True).update(ended_at=now):
            raise WrongUse("This plan was ended before.", "Look at its hand-offs back.")
        made = [_back(each, plan, who, now) for each in _returning(plan, who, now)]
        log_audit(who, "plan.ended", plan.person_id, now, {"plan": key, "handoffs": len(made)})
    return tuple(made)


def _check(new: NewPlan, handoffs: tuple[NewHandOff, ...]) -> None:
    if new.kind not in set(PlanKind):
        raise WrongUse(f"{new.kind[:40]!r} is no plan.", f"Known: {', '.join(PlanKind)}.")
    if (new.until_on is not None) != (new.kind == PlanKind.ABSENCE):
        raise WrongUse("An absence has a last day, a departure has none.", "Name it, or leave it out.")
    if new.until_on and new.until_on < new.from_on:
        raise WrongUse("This absence ends before it begins.", "Exchange the days.")
    if not 0 <= new.overlap_days <= LONGEST_OVERLAP:
        raise WrongUse("The days side by side are no such number.", f"Write 0 to {LONGEST_OVERLAP}.")
    if not handoffs:
        raise WrongUse("This plan hands over no customer.", "Choose a receiver for one at least.")
    if any(not h.to_person_id or h.to_person_id == new.person_id or h.from_person_id != new.person_id
           for h in handoffs):  # fmt: skip
        raise WrongUse("A hand-off of this plan does not lead away from its person.", "Choose somebody else.")


def _of_plan(each: NewHandOff, plan_id: int) -> NewHandOff:
    return NewHandOff(**{**vars(each), "plan_id": plan_id})


def _plan(key: int) -> KeptPlan:
    found = plan_with(key)
    if found is None:
        raise WrongUse(f"There is no plan {key}.", "Look for it under Hand-offs, Absences.")
    return found


def _returning(plan: KeptPlan, who: str, now: datetime) -> list[KeptHandOff]:
    """Hand-offs whose customers come back; what was not taken over is withdrawn on the way."""
    found = []
    for each in handoffs_of(plan):
        if each.state in OPEN:
            withdraw(each.id, "The absence is over.", each.revision, who, now)
        elif each.state in TAKEN and _still_there(each):
            found.append(each)
    return found


def _still_there(each: KeptHandOff) -> bool:
    """Whether who took a customer over in a plan holds it still, with nothing under way."""
    since = each.accepted_at or each.changed_at
    last = next(h for h in taken_since([each.customer_id], since) if h.to_role == each.to_role)
    moves = HandOff.objects.filter(customer_id=each.customer_id, to_role=each.to_role, state__in=list(OPEN))
    return last.id == each.id and not moves.exists()


def _back(each: KeptHandOff, plan: KeptPlan, who: str, now: datetime) -> int:
    """The draft by which a customer comes back, with what is written in the hand-off away."""
    shape = Template(each.template, each.to_role, each.from_role, each.items, checklist=tuple(each.checklist))
    kept = items_of(each.id)
    known = {
        item: ItemText(**{name: getattr(kept[item], name) for name in _TEXT}, source=f"relevo:{each.id}")
        for item in each.items
        if item in kept
    }
    new = NewHandOff(
        each.customer_id, shape, each.to_person_id, plan.person_id, each.deal_id, known=known, plan_id=plan.id,
        override_reason=f"The absence of plan {plan.id} is over.",
    )  # fmt: skip
    return draft(new, who, now)
