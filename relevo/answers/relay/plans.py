"""Absence and departure: whose customers are handed over, to whom, and how far a plan is.

What a person holds is as of the book; plans and their hand-offs stand on the Desk and are as of now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from relevo.answers.identity import current_id
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.relay.acting import acts_for, as_read, person_names, sees, takes_part
from relevo.answers.relay.held import HeldLine, held_by, known_items
from relevo.answers.relay.pickable import people_to_choose
from relevo.answers.relay.shapes import within_role
from relevo.answers.relay.sight import all_names
from relevo.desk.relay.actions import NewHandOff
from relevo.desk.relay.handoffs import KeptHandOff
from relevo.desk.relay.plans import (
    KeptPlan,
    PlanKind,
    Progress,
    handoffs_back,
    handoffs_of,
    overlap_until,
    plan_with,
    plans_of,
    progress_of,
    spread,
)

# One plan takes so many customers; the next one takes the rest.
MOST = 300


@dataclass(frozen=True)
class Proposal:
    """A book to be handed over: the least known customers first, each with the receiver that is proposed for it.

    `found` counts all customers of the person that the viewer may see; `lines` are cut to what one plan takes.
    """

    person_id: str
    person: str
    receivers: tuple[tuple[str, str], ...]
    lines: tuple[HeldLine, ...]
    found: int
    as_of: date


@dataclass(frozen=True)
class PlanLine:
    """A plan with whose it is and how far it is. `may_change` says whether the viewer acts for this person."""

    plan: KeptPlan
    person: str
    progress: Progress
    may_change: bool


@dataclass(frozen=True)
class PlannedHandOff:
    """A hand-off of a plan with the names of its customer and its receiver."""

    handoff: KeptHandOff
    customer: str
    receiver: str


@dataclass(frozen=True)
class PlanPage:
    """One plan: its hand-offs away and back, as far as the viewer sees them, and how far all of them are."""

    line: PlanLine
    away: tuple[PlannedHandOff, ...]
    back: tuple[PlannedHandOff, ...]


def persons_to_plan_for(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Id and name of the persons whose customers the viewer may hand over, by name; oneself first."""
    who, me = reading.viewer.acts_for, reading.viewer.me
    named = [(key, name) for key, name in people_to_choose(reading).items() if who is None or key in who]
    return tuple(sorted(named, key=lambda pair: (pair[0] not in me, pair[1].casefold(), pair[0])))


def receivers_for(reading: Reading, person_id: str) -> tuple[tuple[str, str], ...]:
    """Id and name of everybody else who could take over, by name."""
    others = [(key, name) for key, name in people_to_choose(reading).items() if key != person_id]
    return tuple(sorted(others, key=lambda pair: (pair[1].casefold(), pair[0])))


def plan_lines(reading: Reading) -> tuple[PlanLine, ...]:
    """The plans of persons for whom the viewer acts, and those in which one of them takes over; newest first."""
    if not takes_part(reading):
        return ()
    return tuple(_line(reading, plan) for plan in plans_of(reading.viewer.acts_for))


def proposal(reading: Reading, person_id: str, receivers: Sequence[str], today: date) -> Proposal:
    """What a plan for somebody would hand over, each customer with a receiver in turn.

    Refused for a person for whom the viewer does not act, NotFound for a receiver or a person whom nobody knows.
    """
    names = person_names(reading)
    check_plans_for(reading, person_id)
    chosen = tuple((each, _known(names, each)) for each in dict.fromkeys(receivers) if each != person_id)
    lines = sorted(held_by(reading, person_id, today), key=_least_known)
    free = [each.customer_id for each in lines if each.under_way is None]
    proposed = spread(free, [key for key, _ in chosen])
    shown = tuple(replace(each, receiver=proposed.get(each.customer_id, "")) for each in lines[:MOST])
    return Proposal(
        person_id, _known(names, person_id), chosen, shown, len(lines), reading.company_book.as_of
    )  # fmt: skip


def check_plans_for(reading: Reading, person_id: str) -> None:
    """Raise Refused unless the viewer acts for this person."""
    if not acts_for(reading, person_id):
        raise Refused("The customers of this person are not yours to hand over.", "Ask who leads this person.")


def planned(
    reading: Reading, found: Proposal, chosen: Mapping[str, str], reasons: Mapping[str, str], from_on: date,
    overlap_days: int, today: date,
) -> tuple[tuple[NewHandOff, ...], tuple[str, ...]]:  # fmt: skip
    """The hand-offs of a plan for the customers that have a receiver, and the names of those that lack a reason.

    A reason is needed where the person in the role changed within 60 days before.
    """
    lines = [each for each in found.lines if chosen.get(each.customer_id) and each.under_way is None]
    told = {each.customer_id: reasons.get(each.customer_id, "").strip() for each in lines if each.changed_on}
    lacking = tuple(each.customer for each in lines if told.get(each.customer_id) == "")
    until = overlap_until(from_on, overlap_days)
    made = []
    for each in lines:
        shape, since = within_role(reading, each.role, today)
        made.append(
            NewHandOff(
                each.customer_id, shape, found.person_id, chosen[each.customer_id], template_from=since,
                known=known_items(reading, each.customer_id), overlap_until=until,
                override_reason=told.get(each.customer_id, ""),
            )
        )  # fmt: skip
    return tuple(made), lacking


def plan_page(reading: Reading, key: int) -> PlanPage:
    """One plan. NotFound where there is none, or none that the viewer may see."""
    plan = plan_seen(reading, key)
    return PlanPage(_line(reading, plan), _named(reading, handoffs_of(plan)), _named(reading, handoffs_back(plan)))


def plan_seen(reading: Reading, key: int) -> KeptPlan:
    """A plan of a person for whom the viewer acts, or in which such a person takes over; NotFound otherwise."""
    plan = plan_with(key)
    if plan is None or not takes_part(reading) or not _concerns(reading, plan):
        raise NotFound(f"There is no plan {key} here.", "Look for it under Hand-offs, Absences.")
    return plan


def plan_to_change(reading: Reading, key: int) -> KeptPlan:
    """A plan that the viewer may carry on: that of a person for whom the viewer acts; Refused otherwise."""
    plan = plan_seen(reading, key)
    check_plans_for(reading, plan.person_id)
    return plan


def may_end(reading: Reading, plan: KeptPlan) -> bool:
    """Whether the viewer may hand the customers of an absence back."""
    return plan.kind is PlanKind.ABSENCE and plan.ended_at is None and acts_for(reading, plan.person_id)


def _concerns(reading: Reading, plan: KeptPlan) -> bool:
    return acts_for(reading, plan.person_id) or any(acts_for(reading, h.to_person_id) for h in handoffs_of(plan))


def _line(reading: Reading, plan: KeptPlan) -> PlanLine:
    names = person_names(reading)
    may = acts_for(reading, plan.person_id)
    return PlanLine(plan, names.get(plan.person_id, plan.person_id), progress_of(handoffs_of(plan)), may)


def _named(reading: Reading, found: Sequence[KeptHandOff]) -> tuple[PlannedHandOff, ...]:
    people, customers = person_names(reading), all_names(reading)
    return tuple(
        PlannedHandOff(
            as_read(reading, each), customers.get(current_id(reading, each.customer_id), each.customer_id),
            people.get(each.to_person_id, each.to_person_id),
        )
        for each in found
        if sees(reading, each)
    )  # fmt: skip


def _known(names: Mapping[str, str], person_id: str) -> str:
    if person_id not in names:
        raise NotFound(f"There is nobody {person_id[:80]!r} here.", "Choose somebody of the list.")
    return names[person_id]


def _least_known(line: HeldLine) -> tuple[float, str, str]:
    """What nobody wrote down comes first: it is lost with the person."""
    return (-1 if line.filled is None else line.filled, line.customer.casefold(), line.customer_id)
