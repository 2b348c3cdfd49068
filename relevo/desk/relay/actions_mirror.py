"""Noting that the book has what the Desk wrote down."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.apps import apps
from django.db import transaction

from relevo.desk.relay.mirrored import Seen
from relevo.desk.relay.models import DeclinedDeal, FitAnswer, HandOff, Promise

_AT_ONCE = 500


def note_mirrored(seen: Iterable[Seen]) -> int:
    """Note of rows that the book has them as they were read; how many. What was changed since then stays new."""
    return note_seen("relay", seen)


def note_seen(app: str, seen: Iterable[Seen]) -> int:
    """The same for the rows of any app of the Desk."""
    with transaction.atomic():
        groups = groupby(seen, key=lambda each: each.model)
        return sum(_noted(app, model, list(group)) for model, group in groups)


def note_lost() -> None:
    """Note that the landing has nothing of the Desk any more: everything is new to it."""
    with transaction.atomic():
        HandOff.objects.filter(given_at__isnull=False).update(is_new=True)
        for rows in (Promise.objects, FitAnswer.objects, DeclinedDeal.objects):
            rows.update(is_new=True)


def _noted(app: str, model: str, seen: Sequence[Seen]) -> int:
    return sum(_noted_at_once(app, model, seen[start : start + _AT_ONCE]) for start in range(0, len(seen), _AT_ONCE))


def _noted_at_once(app: str, model: str, seen: Sequence[Seen]) -> int:
    """The rows are locked, or nobody else writes at all, between looking and noting."""
    rows = apps.get_model(app, model)._default_manager
    held = rows.select_for_update().filter(pk__in=[each.id for each in seen], is_new=True)
    same = set(held.values_list("pk", *seen[0].mark))
    noted = [each.id for each in seen if (each.id, *each.mark.values()) in same]
    return int(rows.filter(pk__in=noted).update(is_new=False))
