"""What receivers say about what was known and not written down (row S1-20)."""

from dataclasses import dataclass

from relevo.desk.relay.models import HandOff
from relevo.desk.relay.states import State


@dataclass(frozen=True)
class Leak:
    """Confirmed hand-offs whose receiver said whether more was known than written, and of how many it was."""

    answered: int
    unwritten: int


def leak() -> Leak:
    """The answers of all confirmed hand-offs of the Desk."""
    answered = HandOff.objects.filter(state=State.CONFIRMED, unwritten__isnull=False)
    return Leak(answered.count(), answered.filter(unwritten=True).count())
