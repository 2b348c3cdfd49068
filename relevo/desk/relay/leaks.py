"""What receivers say about what was known and not written down (row S1-20)."""

from dataclasses import dataclass

from django.db.models import Count

from relevo.desk.relay.models import HandOff


@dataclass(frozen=True)
class Leak:
    """Confirmed hand-offs whose receiver said whether more was known than written, and of how many it was."""

    answered: int
    unwritten: int


def leak() -> Leak:
    """The answers of all confirmed hand-offs of the Desk; nobody else is asked."""
    answers = HandOff.objects.filter(unwritten__isnull=False).values_list("unwritten").annotate(n=Count("id"))
    counted = dict(answers.order_by())
    return Leak(sum(counted.values()), counted.get(True, 0))
