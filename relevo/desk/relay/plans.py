"""Plans of absence and departure as values, and how a book of customers is spread over several people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, QuerySet

from relevo.desk.among import among
from relevo.desk.relay.handoffs import KeptHandOff, kept
from relevo.desk.relay.models import HandOff, Plan
from relevo.desk.relay.states import OPEN, TAKEN


class PlanKind(StrEnum):
    """An absence ends and the customers come back; a departure does not."""

    ABSENCE = "absence"
    DEPARTURE = "departure"


@dataclass(frozen=True)
class KeptPlan:
    """A plan as it stands: whose customers, the first day without this person, the last one of an absence, why."""

    id: int
    kind: PlanKind
    person_id: str
    from_on: date
    until_on: date | None
    overlap_days: int
    reason: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How many hand-offs of a plan there are, away from its person, and how many were given and accepted."""

    drafted: int
    given: int
    accepted: int


def plan_with(key: int) -> KeptPlan | None:
    """One plan; None where there is none."""
    row = Plan.objects.filter(pk=key).first()
    return _kept_plan(row) if row else None


def plans_of(persons: Collection[str] | None) -> tuple[KeptPlan, ...]:
    """Plans of persons, and those in which one of them takes over; all of them for None. Newest first."""
    rows = Plan.objects.all()
    if persons is not None:
        named = list(persons)
        rows = rows.filter(person_id__in=named) | rows.filter(handoffs__to_person_id__in=named)
    return tuple(_kept_plan(row) for row in rows.distinct().order_by("-id"))


def handoffs_of(plan: KeptPlan) -> tuple[KeptHandOff, ...]:
    """The hand-offs of a plan away from its person, in the order in which they were drafted."""
    return tuple(kept(row) for row in _of(plan).exclude(to_person_id=plan.person_id).order_by("id"))


def handoffs_back(plan: KeptPlan) -> tuple[KeptHandOff, ...]:
    """The hand-offs by which the customers come back after an absence."""
    return tuple(kept(row) for row in _of(plan).filter(to_person_id=plan.person_id).order_by("id"))


def progress_of(found: Collection[KeptHandOff]) -> Progress:
    """How far hand-offs are; what was withdrawn counts no more."""
    accepted = sum(each.state in TAKEN for each in found)
    given = accepted + sum(each.state == "given" for each in found)
    return Progress(sum(each.state in OPEN for each in found) + accepted, given, accepted)


def overlap_until(from_on: date, overlap_days: int) -> date | None:
    """The last day on which giver and receiver stand side by side: the one before the giver is gone."""
    return from_on - timedelta(days=1) if overlap_days else None


def under_way(customer_ids: Collection[str]) -> Mapping[tuple[str, str], int]:
    """The hand-off under way by customer and receiving role; at most one each."""
    rows = HandOff.objects.filter(customer_id__in=among(customer_ids), state__in=list(OPEN))
    return {(customer, role): key for customer, role, key in rows.values_list("customer_id", "to_role", "id")}


def changed_since(customer_ids: Collection[str], since: datetime) -> tuple[tuple[str, str, datetime], ...]:
    """Customer, role and moment of every change of the person in a role that was accepted at or after a moment."""
    # What was accepted stays accepted, so that its state need not be asked.
    rows = HandOff.objects.filter(customer_id__in=among(customer_ids), accepted_at__gte=since, from_role=F("to_role"))
    found = rows.order_by("id").values_list("customer_id", "to_role", "accepted_at")
    return tuple((customer_id, role, at) for customer_id, role, at in found if at is not None)


def spread(keys: Sequence[str], receivers: Sequence[str]) -> Mapping[str, str]:
    """A receiver for each key in turn, so that no two receivers differ by more than one; empty without a receiver."""
    return {key: receivers[i % len(receivers)] for i, key in enumerate(keys)} if receivers else {}


def _of(plan: KeptPlan) -> QuerySet[HandOff]:
    return HandOff.objects.filter(plan_id=plan.id)


def _kept_plan(row: Plan) -> KeptPlan:
    told = {name: getattr(row, name) for name in KeptPlan.__dataclass_fields__}
    return KeptPlan(**{**told, "kind": PlanKind(row.kind)})
