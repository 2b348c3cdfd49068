"""What reviews and coaching say as rows of the book: those that the book does not have yet, a batch at a time.

Marks of a pair are taken together, once both are in: before, nobody sees them, and no figure does.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from relevo.book.landing_store import OWN_IDS as OWN
from relevo.desk.relay.mirrored import BATCH, News, Row, Seen, person_row
from relevo.desk.reviews.kept import BILLION
from relevo.desk.reviews.models import CoachingTalk, Review


def has_news() -> bool:
    """Whether anything waits to be taken into the book."""
    return _new_reviews().exists() or _new_talks().exists()


def has_mirrored() -> bool:
    """Whether anything was taken into a book that stands still."""
    return (
        Review.objects.filter(is_new=False, landed_revision__gt=0).exists()
        or CoachingTalk.objects.filter(is_new=False, withdrawn_at__isnull=True).exists()
    )


def news(currency: str, limit: int = BATCH) -> News:  # noqa: ARG001 - as of every part of the Desk
    """The next rows that the book does not have, of each kind at most `limit`."""
    with transaction.atomic():
        reviews, talks = list(_new_reviews()[:limit]), list(_new_talks()[:limit])
        rows: dict[str, Sequence[Row]] = {
            "review": [row for each in reviews for row in _review_rows(each)],
            "coaching": [_talk_row(each) for each in talks if each.withdrawn_at is None],
            "person": _persons(),
        }
        gone = {
            # Of what was marked again, a criterion may apply no more.
            "review": frozenset(f"{OWN}{each.pk}" for each in reviews if each.landed_revision),
            "coaching": frozenset(f"{OWN}{each.pk}" for each in talks if each.withdrawn_at is not None),
        }
        seen = [Seen("review", each.pk, {"revision": each.revision, "changed_at": each.changed_at}) for each in reviews]
        seen += [Seen("coachingtalk", each.pk, {"withdrawn_at": each.withdrawn_at}) for each in talks]
        return News(rows, gone, tuple(seen))


def rows_standing(table: str, ids: Collection[str], currency: str) -> list[Row]:  # noqa: ARG001 - as above
    """The rows of reviews or talks with some ids of the book that were not withdrawn, in their order."""
    keys = [int(each.removeprefix(OWN)) for each in ids]
    if table == "review":
        reviews = Review.objects.filter(pk__in=keys, done_at__isnull=False).select_related("draw")
        return [row for each in reviews.order_by("pk") for row in _review_rows(each)]
    talks = CoachingTalk.objects.filter(pk__in=keys, withdrawn_at__isnull=True)
    return [_talk_row(each) for each in talks.order_by("pk")]


def _new_reviews() -> QuerySet[Review]:
    rows = Review.objects.filter(is_new=True, done_at__isnull=False, given_back_at__isnull=True)
    return rows.select_related("draw").order_by("pk")


def _new_talks() -> QuerySet[CoachingTalk]:
    return CoachingTalk.objects.filter(is_new=True).order_by("pk")


def _review_rows(row: Review) -> list[Row]:
    """One row per criterion that applied."""
    draw, most = row.draw, {str(each["criterion"]): int(each["points"]) for each in row.rubric}
    fixed: Row = {
        "review_id": f"{OWN}{row.pk}", "conversation_id": draw.conversation_id, "reviewer_id": row.reviewer_id,
        "person_id": draw.person_id, "at": row.done_at,
    }  # fmt: skip
    told: Row = {
        "sampling": draw.sampling, "probability": None if draw.chance is None else str(Decimal(draw.chance) / BILLION),
        "pair_id": f"{OWN}{draw.pk}" if draw.needs > 1 else None, "recorded_at": row.changed_at,
    }  # fmt: skip
    return [
        {**fixed, "criterion": name, "score": points, "max_score": most[name], **told}
        for name, points in row.marks.items()
        if points is not None
    ]


def _talk_row(row: CoachingTalk) -> Row:
    return {
        "coaching_id": f"{OWN}{row.pk}", "person_id": row.person_id, "coach_id": row.coach_id, "at": row.at,
        "review_id": f"{OWN}{row.review_id}" if row.review_id else None, "recorded_at": row.created_at,
    }  # fmt: skip


def _persons() -> list[Row]:
    """Who reviews or coaches here and is nobody of the book."""
    named = {*_own(Review.objects.values_list("reviewer_id", flat=True)),
             *_own(CoachingTalk.objects.values_list("coach_id", flat=True))}  # fmt: skip
    users = User.objects.filter(username__in=[each.removeprefix(OWN) for each in named])
    return [person_row(each) for each in users.order_by("username")]


def _own(ids: Iterable[str]) -> set[str]:
    return {each for each in ids if each.startswith(OWN)}
