"""Who holds the baton by the hand-offs of the Desk. Pure.

It moves at one instant, when a receiver accepts, so that at any time exactly one person holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from relevo.desk.relay.handoffs import KeptHandOff


@dataclass(frozen=True)
class Stretch:
    """Who held a customer in which role from a moment until another, half-open; None is without end.

    `handoff_id` is the hand-off by which it was taken over, None for the giver of the first one.
    """

    person_id: str
    role: str
    since: datetime | None
    until: datetime | None
    handoff_id: int | None

    def holds(self, at: datetime) -> bool:
        """Whether this person holds the customer at a moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


def stretches(handoffs: Iterable[KeptHandOff]) -> tuple[Stretch, ...]:
    """Every holder of one customer in order, without gap or overlap; nothing where nobody gave or took it.

    Of two hand-offs accepted at one instant the one begun later counts. While nothing was accepted the giver of the
    first hand-off that is open holds it.
    """
    known = sorted(handoffs, key=lambda each: each.id)
    taken = {each.accepted_at: each for each in known if each.accepted_at}
    moments = sorted(taken)
    first = taken[moments[0]] if moments else next((each for each in known if each.is_open), None)
    if first is None:
        return ()
    ends = [*moments, None]
    found = [Stretch(first.from_person_id, first.from_role, None, ends[0], None)]
    for place, moment in enumerate(moments):
        each = taken[moment]
        found.append(Stretch(each.to_person_id, each.to_role, moment, ends[place + 1], each.id))
    return tuple(found)


def holder_now(handoffs: Iterable[KeptHandOff]) -> Stretch | None:
    """Who holds the customer now by the Desk alone; None where it knows nothing."""
    found = stretches(handoffs)
    return found[-1] if found else None
