"""Hand-offs and promises that wait for somebody."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from relevo.desk.relay.handoffs import KeptHandOff, kept
from relevo.desk.relay.models import HandOff
from relevo.desk.relay.promises import KeptPromise, kept_promise, not_withdrawn
from relevo.desk.relay.states import State


def to_accept(persons: Collection[str], roles: Collection[str]) -> tuple[KeptHandOff, ...]:
    """Given to one of these persons, or to nobody by name in one of these roles; the one due first first."""
    unnamed = Q(to_person_id="", to_role__in=list(roles))
    rows = HandOff.objects.filter(Q(to_person_id__in=list(persons)) | unnamed, state=State.GIVEN)
    return tuple(kept(row) for row in rows.order_by("due_at", "id"))


def to_mend(persons: Collection[str]) -> tuple[KeptHandOff, ...]:
    """Returned to one of these persons, the longest ago first."""
    rows = HandOff.objects.filter(state=State.RETURNED, from_person_id__in=list(persons))
    return tuple(kept(row) for row in rows.order_by("returned_at", "id"))


def to_confirm(persons: Collection[str], before: datetime) -> tuple[KeptHandOff, ...]:
    """Accepted by one of these persons at or before a moment and not confirmed yet, the longest ago first."""
    rows = HandOff.objects.filter(state=State.ACCEPTED, to_person_id__in=list(persons), accepted_at__lte=before)
    return tuple(kept(row) for row in rows.order_by("accepted_at", "id"))


def due_between(persons: Collection[str], first: date, last: date) -> tuple[KeptPromise, ...]:
    """Promises of these persons that are due within some days and neither kept, refused nor broken."""
    rows = not_withdrawn().filter(kept_at__isnull=True, broken_at__isnull=True, refused_at__isnull=True)
    mine = rows.filter(person_id__in=list(persons), due_on__range=(first, last))
    return tuple(kept_promise(row) for row in mine.order_by("due_on", "id"))


def broken_between(persons: Collection[str], day: date, since: datetime, until: datetime) -> tuple[KeptPromise, ...]:
    """Promises of these persons that were due on a day and were not kept, or that somebody said were broken then."""
    said = Q(broken_at__gt=since, broken_at__lte=until)
    passed = Q(due_on=day, broken_at__isnull=True, refused_at__isnull=True)
    rows = not_withdrawn().filter(said | passed, kept_at__isnull=True, person_id__in=list(persons))
    return tuple(kept_promise(row) for row in rows.order_by("due_on", "id"))
