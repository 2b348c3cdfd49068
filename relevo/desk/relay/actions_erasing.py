"""Take people out of hand-offs, promises and what was answered about fit: rows, times and scores stay, texts go.

What a customer who is forgotten is spoken of in goes whole. Of a contact goes what the contact said and was promised.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from relevo.book.erased import MARK
from relevo.book.landing_store import OWN_IDS
from relevo.desk.relay.models import (
    DeclinedDeal,
    FitAnswer,
    FitOverride,
    FollowUp,
    HandOff,
    HandOffItem,
    Promise,
    ReAsk,
    RelayEvent,
)

# What of an event's details is a text that somebody wrote or a name.
_PERSONAL_DETAILS = ("said_by", "before")
_UNFOLLOWED = {"text": MARK, "source_key": "", "metric": "", "unit": "", "evidence": "", "reason": ""}
_FOLLOWED = ("text", "metric", "unit", "evidence", "reason")
_NOTHING = {"text": "", "text_key": "", "said_by": "", "link": "", "source": "", "remark": ""}


@dataclass(frozen=True)
class Whom:
    """Who is forgotten: a value without them, whether a text names one, ids of contacts, of customers and of what

    they talked about with us.
    """

    clean: Callable[[Any], Any]
    names: Callable[[str], bool]
    contacts: frozenset[str]
    customers: frozenset[str]
    conversations: frozenset[str] = frozenset()

    def is_contact(self, told: str) -> bool:
        """Whether a contact's id, or a name as written, is one of theirs."""
        return bool(told) and (self.clean(told) in self.contacts or self.names(told))

    def is_customer(self, customer_id: str) -> bool:
        """Whether a customer's id is one of theirs."""
        return bool(customer_id) and self.clean(customer_id) in self.customers

    def is_conversation(self, conversation_id: str) -> bool:
        """Whether a conversation's id is that of one of theirs."""
        return self.clean(conversation_id) in self.conversations


def promises_to(whom: Whom) -> tuple[str, ...]:
    """The promises that were made to the forgotten, as the book calls them."""
    return tuple(f"{OWN_IDS}{key}" for key in _promises(whom))


def erase_from_relay(whom: Whom) -> int:
    """Blank what was said by the forgotten, promised to them and written about them; how many rows changed."""
    with transaction.atomic():
        handoffs = _theirs(HandOff.objects.all(), whom)
        # Before the items go: they say who said what is followed up.
        followed, promises = _followed(whom), _promises(whom)
        changed = _erase_followed(followed) + _erase_items(whom, handoffs) + _erase_promises(promises)
        changed += HandOff.objects.filter(pk__in=handoffs).update(customer_says="", override_reason="")
        changed += ReAsk.objects.filter(handoff__in=handoffs).update(note="")
        changed += _erase_events(RelayEvent.objects.filter(handoff__in=handoffs))
        changed += _rows(FitAnswer.objects.all(), whom).update(answer="")
        changed += _rows(FitOverride.objects.all(), whom).update(reason="")
        changed += _rows(DeclinedDeal.objects.all(), whom).update(name=MARK, reason="")
    return changed


def _theirs(rows: models.QuerySet[Any], whom: Whom) -> list[int]:
    return [key for key, customer in rows.values_list("pk", "customer_id") if whom.is_customer(customer)]


def _rows(rows: models.QuerySet[Any], whom: Whom) -> models.QuerySet[Any]:
    return rows.filter(pk__in=_theirs(rows, whom))


def _promises(whom: Whom) -> list[int]:
    rows = Promise.objects.values_list("pk", "customer_id", "to_whom")
    theirs = {key for key, customer, told in rows if whom.is_customer(customer) or whom.is_contact(told)}
    asked = FollowUp.objects.filter(pk__in=_followed(whom), promise__isnull=False)
    return sorted(theirs | set(asked.values_list("promise_id", flat=True)))


def _followed(whom: Whom) -> list[int]:
    """The lines that go: of a customer's hand-offs, of items that a contact said, and those that name one."""
    items = HandOffItem.objects.values_list("handoff_id", "item", "said_by", "text")
    said = {(key, item) for key, item, by, text in items if whom.is_contact(by) or whom.names(text)}
    return [
        row.pk for row in FollowUp.objects.select_related("handoff").iterator()
        if (row.handoff_id, row.item) in said or whom.is_customer(row.handoff.customer_id)
        or any(whom.names(getattr(row, name)) for name in _FOLLOWED)
    ]  # fmt: skip


def _erase_followed(keys: Iterable[int]) -> int:
    """Times, states and shares stay. What was written of a line stood in the history under its number."""
    rows = FollowUp.objects.filter(pk__in=list(keys))
    events = sum(_erase_events(RelayEvent.objects.filter(handoff=row.handoff_id, details__line=row.pk)) for row in rows)
    return events + rows.update(**_UNFOLLOWED)


def _erase_items(whom: Whom, handoffs: Iterable[int]) -> int:
    """What they said stood in the history too, under the same hand-off and item."""
    all_of, changed = set(handoffs), 0
    for item in HandOffItem.objects.iterator():
        if item.handoff_id in all_of or whom.is_contact(item.said_by) or whom.names(item.text):
            HandOffItem.objects.filter(pk=item.pk).update(**_NOTHING)
            changed += 1 + _erase_events(RelayEvent.objects.filter(handoff=item.handoff_id, item=item.item))
    events = RelayEvent.objects.filter(handoff__isnull=False).exclude(details={})
    said = [each.pk for each in events if whom.is_contact(str(each.details.get("said_by") or ""))]
    return changed + _erase_events(RelayEvent.objects.filter(pk__in=said))


def _erase_promises(keys: Iterable[int]) -> int:
    rows = Promise.objects.filter(pk__in=list(keys))
    events = _erase_events(RelayEvent.objects.filter(promise__in=rows))
    return events + rows.update(text=MARK, to_whom="", decided_why="", link="")


def _erase_events(events: models.QuerySet[RelayEvent]) -> int:
    for each in events:
        kept = {name: value for name, value in each.details.items() if name not in _PERSONAL_DETAILS}
        RelayEvent.objects.filter(pk=each.pk).update(text="", details=kept)
    return len(events)
