"""Promises as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from relevo.desk.relay.handoffs import KeptEvent
from relevo.desk.relay.models import Promise, RelayEvent


class ProductState(StrEnum):
    """Whether the product could do it when it was promised."""

    EXISTS = "exists"
    PLANNED = "planned"
    ABSENT = "absent"


class Standing(StrEnum):
    """What became of a promise: kept late is kept after its day; broken is past its day, or known not to be kept."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


class EndedHow(StrEnum):
    """What said that a promise was kept or broken."""

    PERSON = "person"
    DATE = "date"
    ISSUE = "issue"


@dataclass(frozen=True)
class KeptPromise:
    """A promise as it stands. Ids are those of the book, '' where nothing is named.

    `is_late` says of a kept one whether it was kept after its day, where the company is.
    """

    id: int
    customer_id: str
    deal_id: str
    handoff_id: int | None
    text: str
    person_id: str
    to_whom: str
    product_state: str
    issue_id: str
    link: str
    made_at: datetime
    due_on: date | None
    accepted_at: datetime | None
    refused_at: datetime | None
    decided_by: str
    decided_why: str
    kept_at: datetime | None
    broken_at: datetime | None
    is_late: bool
    ended_how: str
    created_by: str
    revision: int

    @property
    def is_red(self) -> bool:
        """Whether nothing stands behind it: the product cannot do it, and no issue or link says that it will."""
        return self.product_state == ProductState.ABSENT and not self.issue_id and not self.link

    def standing(self, today: date) -> Standing:
        """What became of it by a day, where the company is. Its own day is over with the end of it."""
        if self.kept_at:
            return Standing.LATE if self.is_late else Standing.KEPT
        is_over = self.due_on is not None and self.due_on < today
        return Standing.BROKEN if self.broken_at or is_over else Standing.OPEN


def promise_with(key: int) -> KeptPromise | None:
    """One promise; None where there is none, and for one that was withdrawn."""
    row = not_withdrawn().filter(pk=key).first()
    return kept_promise(row) if row else None


def promises_of(handoff_id: int) -> tuple[KeptPromise, ...]:
    """The promises that go with a hand-off, the oldest first."""
    # The same as not_withdrawn, said so that SQLite looks by the hand-off and not through all that stand.
    rows = Promise.objects.filter(handoff_id=handoff_id).exclude(withdrawn_at__isnull=False).order_by()
    return tuple(kept_promise(row) for row in sorted(rows, key=lambda row: (row.made_at, row.pk)))


def overdue(today: date) -> tuple[KeptPromise, ...]:
    """Promises neither kept nor broken whose day was over before this one, the one due first first."""
    rows = not_withdrawn().filter(kept_at__isnull=True, broken_at__isnull=True, due_on__lt=today)
    return tuple(kept_promise(row) for row in rows.order_by("due_on", "id"))


def waiting_for_issues() -> tuple[KeptPromise, ...]:
    """Promises that an issue would keep and that are not kept, broken ones too, the oldest first."""
    rows = not_withdrawn().filter(kept_at__isnull=True).exclude(issue_id="")
    return tuple(kept_promise(row) for row in rows.order_by("made_at", "id"))


def history_of_promise(key: int) -> tuple[KeptEvent, ...]:
    """Everything that happened to a promise, in order."""
    rows = RelayEvent.objects.filter(promise_id=key)
    return tuple(KeptEvent(r.at, r.who, r.kind, r.item, r.text, r.details) for r in rows)


def kept_promise(row: Promise) -> KeptPromise:
    """A row as a value."""
    told: dict[str, Any] = {name: getattr(row, name) for name in KeptPromise.__dataclass_fields__ if name != "id"}
    return KeptPromise(id=row.pk, **told)


def not_withdrawn() -> QuerySet[Promise]:
    """The rows of every promise but those that were taken back."""
    return Promise.objects.filter(withdrawn_at__isnull=True)


def is_standing(standing: Standing, today: date) -> Q:
    """The same as `KeptPromise.standing`, for the database."""
    kept, marked = Q(kept_at__isnull=False), Q(broken_at__isnull=False)
    over = Q(due_on__lt=today)
    return {
        Standing.OPEN: ~kept & ~marked & (Q(due_on__isnull=True) | Q(due_on__gte=today)),
        Standing.KEPT: kept & Q(is_late=False),
        Standing.LATE: kept & Q(is_late=True),
        Standing.BROKEN: ~kept & (marked | over),
    }[standing]
