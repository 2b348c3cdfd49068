"""Whose customers somebody was handed: what a receiver sees before any other system says so."""

from collections.abc import Collection

from relevo.desk.relay.models import HandOff
from relevo.desk.relay.states import State

_HANDED = (State.GIVEN, State.RETURNED, State.ACCEPTED, State.CONFIRMED)


def customers_received(persons: Collection[str]) -> frozenset[str]:
    """Customers that were given to one of these persons and not withdrawn, under the ids of then."""
    rows = HandOff.objects.filter(to_person_id__in=list(persons), state__in=_HANDED)
    return frozenset(rows.values_list("customer_id", flat=True))
