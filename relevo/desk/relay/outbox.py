"""What is told to webhooks: events of the history as messages without a word that somebody wrote."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from relevo.desk.relay.models import Delivery, RelayEvent
from relevo.desk.relay.paths import BOARD, handoff_path, promise_path

# What the history calls it, and what webhooks do.
EVENTS: Mapping[str, str] = {
    "given": "handoff.given", "returned": "handoff.returned", "accepted": "handoff.accepted",
    "confirmed": "handoff.confirmed", "withdrawn": "handoff.withdrawn", "promised": "promise.made",
    "promise.broken": "promise.broken", "promise.kept": "promise.kept",
}  # fmt: skip
DROPPED = "baton.dropped"
ALL_EVENTS = (*EVENTS.values(), DROPPED)
# A younger entry may stand beside one that is not committed yet.
_SETTLED = timedelta(seconds=10)


@dataclass(frozen=True)
class Message:
    """One event: a key by which a receiver knows it again, its name, and what is told."""

    key: str
    event: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Waiting:
    """A message on its way to a hook: its row, how often it was tried, and since when it waits."""

    id: int
    hook: str
    message: Message
    queued_at: datetime
    tries: int


def last_event() -> int:
    """The position of the history now; 0 where it is empty."""
    return RelayEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0


def events_after(position: int, now: datetime, limit: int = 1_000) -> tuple[tuple[Message, ...], int]:
    """The next messages of the history, and the position up to which it was read."""
    found = []
    rows = RelayEvent.objects.filter(id__gt=position).select_related("handoff", "promise").order_by("id")
    for row in rows[:limit]:
        if now - _SETTLED < row.at <= now:
            break
        position = row.pk
        if row.kind in EVENTS:
            found.append(_message(row))
    return tuple(found), position


def dropped_message(deal_id: str, customer_id: str, owner: str, closed_at: datetime) -> Message:
    """A deal that was won and not handed on; once for each deal."""
    told = {"at": closed_at.isoformat(), "deal_id": deal_id, "customer_id": customer_id, "owner": owner, "path": BOARD}
    return Message(f"{DROPPED}:{deal_id}", DROPPED, told)


def due(hooks: Collection[str], now: datetime, limit: int) -> tuple[Waiting, ...]:
    """Messages to these hooks that are to be tried now, the oldest first."""
    rows = _waiting(hooks).filter(next_at__lte=now).order_by("id")[:limit]
    return tuple(
        Waiting(r.pk, r.hook, Message(r.key, r.event, r.payload), r.queued_at, r.tries) for r in rows
    )  # fmt: skip


def waiting(hooks: Collection[str]) -> int:
    """How many messages to these hooks were neither taken nor given up."""
    return _waiting(hooks).count()


def lost(hooks: Collection[str], since: datetime) -> Iterator[tuple[str, int, str]]:
    """Hooks that were given up on since a moment and took nothing after it: how many messages, and the last answer."""
    for hook in hooks:
        rows = Delivery.objects.filter(hook=hook)
        taken = rows.filter(delivered_at__isnull=False).order_by("-delivered_at").first()
        gone = rows.filter(given_up_at__gt=max(since, taken.delivered_at or since) if taken else since)
        last = gone.order_by("-given_up_at").first()
        if last:
            yield hook, gone.count(), last.answered


def _waiting(hooks: Collection[str]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(hook__in=list(hooks), delivered_at__isnull=True, given_up_at__isnull=True)


def _message(row: RelayEvent) -> Message:
    """Ids, roles, states and days; texts stay here."""
    told: dict[str, Any] = {"at": row.at.isoformat(), "by": row.who}
    if row.handoff:
        told |= {
            "handoff": row.handoff.pk, "customer_id": row.handoff.customer_id, "deal_id": row.handoff.deal_id,
            "from_role": row.handoff.from_role, "to_role": row.handoff.to_role,
            "from_person_id": row.handoff.from_person_id, "to_person_id": row.handoff.to_person_id,
            "path": handoff_path(row.handoff.pk),
        }  # fmt: skip
    if row.promise:
        due_on = row.promise.due_on.isoformat() if row.promise.due_on else None
        told |= {
            "promise": row.promise.pk, "customer_id": row.promise.customer_id, "deal_id": row.promise.deal_id,
            "person_id": row.promise.person_id, "product_state": row.promise.product_state, "due_on": due_on,
            "path": promise_path(row.promise.pk),
        }  # fmt: skip
    return Message(f"event:{row.pk}", EVENTS[row.kind], told)
