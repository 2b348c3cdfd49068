"""Noting that the book has what the Desk wrote down."""

from collections.abc import Iterable

from django.apps import apps
from django.db import transaction

from relevo.desk.relay.mirrored import Seen
from relevo.desk.relay.models import DeclinedDeal, FitAnswer, HandOff, Promise


def note_mirrored(seen: Iterable[Seen]) -> int:
    """Note of rows that the book has them as they were read; how many. What was changed since then stays new."""
    with transaction.atomic():
        return sum(_noted(each) for each in seen)


def note_lost() -> None:
    """Note that the landing has nothing of the Desk any more: everything is new to it."""
    with transaction.atomic():
        HandOff.objects.filter(given_at__isnull=False).update(is_new=True)
        for rows in (Promise.objects, FitAnswer.objects, DeclinedDeal.objects):
            rows.update(is_new=True)


def _noted(seen: Seen) -> int:
    rows = apps.get_model("relay", seen.model)._default_manager.filter(pk=seen.id, is_new=True, **seen.mark)
    return int(rows.update(is_new=False))
