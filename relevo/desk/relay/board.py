"""Hand-offs for the board: by state and page, each question bounded, with what a card tells beside them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, Q

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

    def sees(self, customer_id: str, giver: str, receiver: str) -> bool:
        """Whether a hand-off is among them."""
        return self.customers is None or (
            customer_id in self.customers or giver in self.persons or receiver in self.persons
        )


@dataclass(frozen=True)
class After:
    """Where a page goes on: at a moment, behind the hand-off with an id; None where none of that moment was shown."""

    at: datetime
    id: int | None = None


Listed = Mapping[State, tuple[int, ...]]


def listed(whose: Whose, states: Collection[State], since: datetime, after: After | None = None) -> Listed:
    """The ids of every hand-off in some states that is seen, by state, the one changed last first.

    Confirmed ones are those changed since a moment; behind a place, where one is given.

    All of the company's are read and those of others left out here: a sight of thousands of customers takes a database
    longer to look for than a board has rows.
    """
    found: dict[str, list[int]] = {state: [] for state in states}
    for state, key, *about in _light(states, since, after):
        if whose.sees(*about):
            found[state].append(key)
    return {state: tuple(found[state]) for state in states}


def overdue(now: datetime) -> frozenset[int]:
    """The ids of all that were given and not accepted by the day they were due."""
    return frozenset(HandOff.objects.filter(state=State.GIVEN, due_at__lt=now).order_by().values_list("id", flat=True))


def with_ids(ids: Collection[int]) -> Mapping[int, KeptHandOff]:
    """Hand-offs by their ids."""
    return {row.pk: kept(row) for row in HandOff.objects.filter(pk__in=list(ids)).order_by()}


def red_promises(keys: Collection[int]) -> Mapping[int, int]:
    """How many promises of each hand-off have nothing behind them: no product, no issue, no link."""
    held = Promise.objects.filter(handoff_id__in=list(keys), product_state=ProductState.ABSENT, link="")
    # Most promises have no issue and stand: neither is a key by which to look for those of a few hand-offs.
    bare = held.exclude(issue_id__gt="").exclude(withdrawn_at__isnull=False)
    rows = bare.order_by().values("handoff_id").annotate(n=Count("id"))
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


def _light(states: Collection[State], since: datetime, after: After | None) -> Iterator[tuple[str, int, str, str, str]]:
    """State, id, customer, giver and receiver; the one changed last first."""
    others = [str(state) for state in states if state is not State.CONFIRMED]
    shown = Q(state__in=others)
    if State.CONFIRMED in states:
        shown |= Q(state=State.CONFIRMED, changed_at__gte=since)
    rows = HandOff.objects.filter(shown)
    if after is not None:
        of_then = Q(changed_at=after.at) if after.id is None else Q(changed_at=after.at, id__lt=after.id)
        rows = rows.filter(Q(changed_at__lt=after.at) | of_then)
    columns = ("state", "id", "customer_id", "from_person_id", "to_person_id")
    yield from rows.order_by("-changed_at", "-id").values_list(*columns)
