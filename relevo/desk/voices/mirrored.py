"""Links and votes as rows of the book: invitations and ratings that the book does not have yet, a batch at a time.

A vote that was withdrawn leaves the book of later moments; the book of an earlier moment shows what stood then.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from relevo.base.scales import HAPPINESS, Answer
from relevo.book.landing_store import OWN_IDS as OWN
from relevo.desk.relay.mirrored import BATCH, News, Row, Seen
from relevo.desk.voices.models import Invitation, Vote


def has_news() -> bool:
    """Whether anything waits to be taken into the book."""
    return _new_invitations().exists() or _new_votes().exists()


def has_mirrored() -> bool:
    """Whether anything was taken into a book that stands still."""
    asked = Invitation.objects.filter(is_new=False, signed_elsewhere="")
    return asked.exists() or Vote.objects.filter(is_new=False, withdrawn_at__isnull=True).exists()


def news(currency: str, limit: int = BATCH) -> News:  # noqa: ARG001 - nothing here is an amount
    """The next rows that the book does not have, of each kind at most `limit`."""
    with transaction.atomic():
        asked, votes = list(_new_invitations()[:limit]), list(_new_votes()[:limit])
        rows = {"survey_invite": [_invite_row(each) for each in asked], "rating": _rating_rows(votes)}
        gone = {"rating": frozenset(f"{OWN}{each.pk}" for each in votes if each.withdrawn_at is not None)}
        return News(rows, gone, (*map(_asked_seen, asked), *map(_vote_seen, votes)))


def rows_standing(table: str, ids: Collection[str], currency: str) -> list[Row]:  # noqa: ARG001
    """The ratings with some ids of the book that were not withdrawn, in their order; of no other table anything."""
    if table != "rating":
        return []
    keys = [int(each.removeprefix(OWN)) for each in ids]
    return _rating_rows(Vote.objects.filter(pk__in=keys).select_related("invitation").order_by("pk"))


def _new_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(is_new=True, signed_elsewhere="").order_by("pk")


def _new_votes() -> QuerySet[Vote]:
    return Vote.objects.filter(is_new=True).select_related("invitation").order_by("pk")


def _asked_seen(row: Invitation) -> Seen:
    return Seen("invitation", row.pk, {"made_at": row.made_at})


def _vote_seen(row: Vote) -> Seen:
    return Seen("vote", row.pk, {"revision": row.revision, "changed_at": row.changed_at})


def _invite_row(row: Invitation) -> Row:
    return {
        "invite_id": f"{OWN}{row.pk}", "kind": "happiness", "at": row.made_at, "contact_id": row.contact_id or None,
        "customer_id": row.customer_id or None, "conversation_id": row.conversation_id, "recorded_at": row.made_at,
    }  # fmt: skip


def _rating_rows(votes: Iterable[Vote]) -> list[Row]:
    return [_rating_row(each) for each in votes if each.withdrawn_at is None]


def _rating_row(row: Vote) -> Row:
    """One vote. Whose work it was is not said here: the ledger of replies knows who had answered."""
    asked = row.invitation
    named = ("customer_id", "contact_id", "conversation_id", "message_id")
    return {
        "rating_id": f"{OWN}{row.pk}", "kind": "happiness", "score": HAPPINESS[Answer(row.answer)], "at": row.at,
        **{name: getattr(asked, name) or None for name in named}, "reason": row.reason or None,
        "comment": row.comment or None, "recorded_at": row.changed_at,
    }  # fmt: skip
