"""Noting that the book has what reviews and coaching say."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from relevo.desk.relay.mirrored import Seen
from relevo.desk.reviews.kept import is_complete
from relevo.desk.reviews.models import CoachingTalk, Review


def note_mirrored(seen: Iterable[Seen]) -> int:
    """Note of rows that the book has them as they were read; how many. What was changed since then stays new."""
    with transaction.atomic():
        return sum(_noted(each) for each in seen)


def note_lost() -> None:
    """Note that the landing has nothing of the Desk any more: everything is new to it."""
    with transaction.atomic():
        done = Review.objects.filter(done_at__isnull=False, given_back_at__isnull=True).select_related("draw")
        whole = [row.pk for row in done.iterator() if is_complete(row.draw)]
        Review.objects.filter(pk__in=whole).update(is_new=True, landed_revision=0)
        CoachingTalk.objects.update(is_new=True)


def _noted(seen: Seen) -> int:
    if seen.model == "review":
        rows = Review.objects.filter(pk=seen.id, is_new=True, **seen.mark)
        return int(rows.update(is_new=False, landed_revision=F("revision")))
    return int(CoachingTalk.objects.filter(pk=seen.id, is_new=True, **seen.mark).update(is_new=False))
