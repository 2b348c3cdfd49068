"""What a customer is shown through its link: what was understood, and nothing that is said among colleagues."""

from dataclasses import dataclass
from datetime import date, datetime

from relevo.desk.relay.links import CustomerLink, LinkVoid
from relevo.desk.relay.models import HandOff, HandOffItem, Promise
from relevo.desk.relay.states import State

# A customer is asked about what was given and stands.
SHOWN = (State.GIVEN, State.ACCEPTED, State.CONFIRMED)


@dataclass(frozen=True)
class Promised:
    """What was promised to the customer, and by which day where one was named."""

    text: str
    due_on: date | None


@dataclass(frozen=True)
class Understood:
    """The texts of a hand-off by item as they were given, its promises, and what the customer said of them so far."""

    items: tuple[tuple[str, str], ...]
    promises: tuple[Promised, ...]
    confirmed_at: datetime | None
    said: str


def understood_with(link: CustomerLink) -> Understood:
    """What a link shows. LinkVoid where it was replaced, or its hand-off was returned, withdrawn or never given.

    A promise that was withdrawn, or that those refused who would have to keep it, is not repeated to the customer.
    """
    row = HandOff.objects.filter(pk=link.handoff_id, link_revision=link.revision, state__in=SHOWN).first()
    if row is None:
        raise LinkVoid("This link does not hold any more.", "Ask whoever sent it for a new one.")
    texts = dict(HandOffItem.objects.filter(handoff=row).exclude(text="").values_list("item", "text"))
    stands = Promise.objects.filter(handoff=row, withdrawn_at__isnull=True, refused_at__isnull=True)
    return Understood(
        items=tuple((item, texts[item]) for item in row.items if item in texts),
        promises=tuple(Promised(p.text, p.due_on) for p in stands.order_by("made_at", "id")),
        confirmed_at=row.customer_confirmed_at,
        said=row.customer_says,
    )
