"""What a customer says of a hand-off through its link, and making such links."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import note
from relevo.desk.relay.customer_sees import SHOWN
from relevo.desk.relay.links import CustomerLink, LinkVoid, token_of
from relevo.desk.relay.models import HandOff

# Who the history names for what came through a link.
CUSTOMER = "customer"
LONGEST_SAID = 2_000


def make_link(key: int, who: str, now: datetime) -> str:
    """The token of a new link for the customer; earlier ones are void. WrongUse for what was not given yet."""
    with transaction.atomic():
        row = HandOff.objects.select_for_update().filter(pk=key, state__in=SHOWN).first()
        if row is None:
            raise WrongUse("A customer confirms what was given.", "Give the hand-off first.")
        HandOff.objects.filter(pk=key).update(link_revision=F("link_revision") + 1)
        note(row, "link.made", who, now)
        log_audit(who, "handoff.link", row.customer_id, now, {"handoff": key})
    return token_of(CustomerLink(key, row.link_revision + 1))


def customer_says(link: CustomerLink, confirms: bool, text: str, now: datetime) -> None:
    """Keep what the customer says: that it is right, or what is not. LinkVoid where the link was replaced.

    A second word replaces the first; both stay in the history.
    """
    told = text.strip()
    if len(told) > LONGEST_SAID:
        raise WrongUse(f"This text has {len(told)} characters.", f"Write {LONGEST_SAID} at most.")
    if not confirms and not told:
        raise WrongUse("Nothing was said.", "Confirm, or write what is missing or wrong.")
    with transaction.atomic():
        held = HandOff.objects.select_for_update().filter(pk=link.handoff_id, link_revision=link.revision)
        row = held.filter(state__in=SHOWN).first()
        if row is None:
            raise LinkVoid("This link does not hold any more.", "Ask whoever sent it for a new one.")
        HandOff.objects.filter(pk=row.pk).update(
            customer_confirmed_at=now if confirms else None, customer_says=told, changed_at=now, is_new=True,
            revision=F("revision") + 1,
        )  # fmt: skip
        note(row, "customer.confirmed" if confirms else "customer.said", CUSTOMER, now, text=told)
        log_audit(CUSTOMER, "handoff.customer", row.customer_id, now, {"handoff": row.pk, "confirms": confirms})
