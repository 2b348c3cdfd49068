"""Everything that writes messages to webhooks: queued, taken, put off, given up, cleared away."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from relevo.desk.relay.models import Delivery
from relevo.desk.relay.outbox import Message, Waiting

# A message is tried for a day, each time later; what was taken is kept for a month.
TRIED_FOR = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=4)
KEPT = timedelta(days=30)
_LONGEST_ANSWER = 200


def queue(hook: str, messages: Iterable[Message], now: datetime) -> None:
    """Queue messages for a hook; one that was queued for it before stays as it is."""
    rows = [
        Delivery(hook=hook, key=m.key, event=m.event, payload=dict(m.payload), queued_at=now, next_at=now)
        for m in messages
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def note_taken(message: Waiting, answer: str, now: datetime) -> None:
    """Note that a receiver took a message."""
    _note(message, answer, delivered_at=now)


def note_refused(message: Waiting, answer: str, now: datetime) -> bool:
    """Note that a receiver did not take a message: it is tried later, and given up after a day. Whether it is."""
    if now - message.queued_at >= TRIED_FOR:
        _note(message, answer, given_up_at=now)
        return True
    pause = min(timedelta(minutes=2 ** min(message.tries, 10)), LONGEST_PAUSE)
    _note(message, answer, next_at=min(now + pause, message.queued_at + TRIED_FOR))
    return False


def clear_old(now: datetime) -> None:
    """Remove messages that ended a month ago."""
    Delivery.objects.filter(delivered_at__lt=now - KEPT).delete()
    Delivery.objects.filter(given_up_at__lt=now - KEPT).delete()


def _note(message: Waiting, answer: str, **changed: datetime) -> None:
    told = {"tries": message.tries + 1, "answered": answer[:_LONGEST_ANSWER], **changed}
    Delivery.objects.filter(pk=message.id).update(**told)
