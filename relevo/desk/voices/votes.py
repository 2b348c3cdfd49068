"""Votes and links as they are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from relevo.base.scales import Answer
from relevo.book.landing_store import OWN_IDS
from relevo.desk.voices.links import RatingVoid, SignedElsewhere, is_from_ahead
from relevo.desk.voices.models import Invitation, Vote


class How(StrEnum):
    """A button was pressed, or the page sent the vote itself once somebody moved on it."""

    PRESSED = "pressed"
    MOVED = "moved"


@dataclass(frozen=True)
class Asked:
    """What a customer with a link is asked about, and what was said before; nothing said is None and ''."""

    language: str
    answer: Answer | None
    reason: str
    comment: str
    expires_at: datetime | None


@dataclass(frozen=True)
class KeptVote:
    """A vote that stands, with what it is about; `rating_id` is its id in the book."""

    rating_id: str
    answer: Answer
    at: datetime
    reason: str
    comment: str
    conversation_id: str
    message_id: str
    customer_id: str
    contact_id: str


def asked_with(link: int | SignedElsewhere, lasts: timedelta, now: datetime) -> Asked:
    """What a link opens; RatingVoid where there is no such invitation, or it is over.

    One that was signed elsewhere and not used yet holds for as long as the house says (`lasts`).
    """
    row = invitation_of(link, now)
    if row is None:
        if isinstance(link, SignedElsewhere) and now >= link.made_at + lasts:
            raise RatingVoid
        return Asked("", None, "", "", None)
    vote = Vote.objects.filter(invitation=row, withdrawn_at__isnull=True).first()
    if vote is None:
        return Asked(row.language, None, "", "", row.expires_at)
    return Asked(row.language, Answer(vote.answer), vote.reason, vote.comment, row.expires_at)


def invitation_of(link: int | SignedElsewhere, now: datetime) -> Invitation | None:
    """The invitation of a link that holds; None for one that was signed elsewhere and that nobody has used yet."""
    if isinstance(link, SignedElsewhere):
        if is_from_ahead(link.made_at, now):
            raise RatingVoid
        row = Invitation.objects.filter(signed_elsewhere=link.key).first()
        if row is None:
            return None
    else:
        row = Invitation.objects.filter(pk=link, signed_elsewhere="").first()
    if row is None or now >= row.expires_at:
        raise RatingVoid
    return row


def votes_since(since: datetime) -> tuple[KeptVote, ...]:
    """The votes that stand and were given since a moment, the latest first."""
    rows = Vote.objects.filter(at__gte=since, withdrawn_at__isnull=True).select_related("invitation")
    return tuple(_kept(row) for row in rows)


def withdrawn_ids(ids: Collection[str]) -> frozenset[str]:
    """Which of these ratings of the book were withdrawn here since."""
    keys = [int(each.removeprefix(OWN_IDS)) for each in ids if each.startswith(OWN_IDS)]
    found = Vote.objects.filter(pk__in=keys, withdrawn_at__isnull=False)
    return frozenset(f"{OWN_IDS}{key}" for key in found.values_list("pk", flat=True))


def last_asked(contact_id: str, customer_id: str, but: str) -> datetime | None:
    """When this contact was asked last about another conversation than `but`; the customer where no contact is known.

    None where that never happened, or neither is known.
    """
    if not contact_id and not customer_id:
        return None
    asked = {"contact_id": contact_id} if contact_id else {"customer_id": customer_id}
    rows = Invitation.objects.filter(**asked, signed_elsewhere="").exclude(conversation_id=but)
    return rows.order_by("-made_at").values_list("made_at", flat=True).first()


def _kept(row: Vote) -> KeptVote:
    asked = row.invitation
    return KeptVote(
        f"{OWN_IDS}{row.pk}", Answer(row.answer), row.at, row.reason, row.comment, asked.conversation_id,
        asked.message_id, asked.customer_id, asked.contact_id,
    )  # fmt: skip
