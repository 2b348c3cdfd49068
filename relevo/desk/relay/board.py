"""Hand-offs for the board: by state and page, each question bounded, with what a card tells beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from relevo.desk.relay.handoffs import KeptHandOff, kept, scores_of_all
from relevo.desk.relay.models import HandOff, Promise, RelayEvent
from relevo.desk.relay.promises import ProductState
from relevo.desk.relay.scoring import completeness
from relevo.desk.relay.states import State


@dataclass(frozen=True)
class Whose:
    """Whose hand-offs: those of some customers, and those that some persons give or receive; None is everybody's."""

    customers: frozenset[str] | None = None
    persons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class After:
    """Where a page goes on: at a moment, behind the hand-off with an id; None where none of that moment was shown."""

    at: datetime
    id: int | None = None


def in_state(
    state: State, whose: Whose, limit: int, after: After | None = None, since: datetime | None = None
) -> tuple[KeptHandOff, ...]:
    """A page of the hand-offs in a state, the one changed last first; those changed since a moment."""
    rows = _of(state, whose, since)
    if after is not None:
        of_then = Q(changed_at=after.at) if after.id is None else Q(changed_at=after.at, id__lt=after.id)
        rows = rows.filter(Q(changed_at__lt=after.at) | of_then)
    return tuple(kept(row) for row in rows.order_by("-changed_at", "-id")[:limit])


def number_in(state: State, whose: Whose, since: datetime | None = None) -> int:
    """How many there are in a state."""
    return _of(state, whose, since).count()


def number_overdue(whose: Whose, now: datetime) -> int:
    """How many were given and not accepted by the day they were due."""
    return _of(State.GIVEN, whose, None).filter(due_at__lt=now).count()


def red_promises(keys: Collection[int]) -> Mapping[int, int]:
    """How many promises of each hand-off have nothing behind them: no product, no issue, no link."""
    held = Promise.objects.filter(
        handoff_id__in=list(keys), product_state=ProductState.ABSENT, issue_id="", link="", withdrawn_at__isnull=True
    )
    rows = held.order_by().values("handoff_id").annotate(n=Count("id"))
    return {row["handoff_id"]: row["n"] for row in rows}


def written_so_far(handoffs: Collection[KeptHandOff]) -> Mapping[int, Fraction]:
    """How complete each hand-off is as it stands now: that of the last giving is kept with it, this is not."""
    scores = scores_of_all([h.id for h in handoffs])
    return {h.id: completeness(scores.get(h.id, {}), h.items) for h in handoffs}


def last_event(key: int) -> int:
    """The number of the last entry in the history of a hand-off; 0 where there is none."""
    found = RelayEvent.objects.filter(handoff_id=key).order_by("-id").values_list("id", flat=True).first()
    return int(found or 0)


def others_since(key: int, event: int, who: str) -> bool:
    """Whether anybody else did something with a hand-off after an entry of its history."""
    return RelayEvent.objects.filter(handoff_id=key, id__gt=event).exclude(who=who).exists()


def _of(state: State, whose: Whose, since: datetime | None) -> QuerySet[HandOff]:
    rows = HandOff.objects.filter(state=state)
    if since is not None:
        rows = rows.filter(changed_at__gte=since)
    if whose.customers is None:
        return rows
    named = list(whose.persons)
    is_party = Q(from_person_id__in=named) | Q(to_person_id__in=named)
    return rows.filter(Q(customer_id__in=list(whose.customers)) | is_party)
