"""What is followed up of hand-offs, as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from relevo.desk.relay.following import (
    DATES,
    How,
    Standing,
    Status,
    Watch,
    from_millionths,
    share_realised,
    slip_days,
    standing_of,
    watch_of,
)
from relevo.desk.relay.models import FollowUp, RelayEvent


@dataclass(frozen=True)
class KeptFollowUp:
    """A line as it stands. Numbers are in `unit`; words and numbers are None where the reader may not read words.

    `said_how` is '' while nobody and nothing said anything of it.
    """

    id: int
    handoff_id: int
    customer_id: str
    item: str
    source_key: str
    text: str | None
    priority: str
    first_due_on: date | None
    due_on: date | None
    metric: str | None
    unit: str | None
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    evidence: str | None
    watch: Watch | None
    status: Status
    said_how: str
    reason: str | None
    done_on: date | None
    promise_id: int | None
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str

    @property
    def share(self) -> Fraction | None:
        """The part of the expected change that was realised; None where a part is missing or none was expected."""
        return share_realised(self.baseline, self.target, self.actual)

    @property
    def slip(self) -> int | None:
        """Days from the day planned first to the day it happened, or else the day planned now; of a calendar alone."""
        if self.item != DATES:
            return None
        return slip_days(self.first_due_on, self.done_on or self.due_on)

    def standing(self, today: date) -> Standing:
        """How it stands by a day, where the company is."""
        return standing_of(self.item, self.status, self.due_on, self.done_on, self.share, today)


def follow_up_with(key: int) -> KeptFollowUp | None:
    """One line; None where there is none, and for one that was taken back."""
    row = standing_rows().filter(pk=key).select_related("handoff").first()
    return kept_follow_up(row) if row else None


def follow_ups_of(handoff_id: int) -> tuple[KeptFollowUp, ...]:
    """The lines of a hand-off, in the order in which they were taken over."""
    return _kept(standing_rows().filter(handoff_id=handoff_id))


def follow_ups_about(customer_ids: Collection[str]) -> tuple[KeptFollowUp, ...]:
    """The lines of every hand-off of a customer under any of its ids, those of the latest hand-off first."""
    rows = standing_rows().filter(handoff__customer_id__in=list(customer_ids)).exclude(handoff__state="withdrawn")
    return _kept(rows.order_by("-handoff_id", "id"))


def watched() -> tuple[KeptFollowUp, ...]:
    """The open lines about which the book may tell, and no person did."""
    rows = standing_rows().filter(status=Status.OPEN).exclude(watch="").exclude(said_how=How.PERSON)
    return _kept(rows.exclude(handoff__state="withdrawn"))


def taken_keys(handoff_id: int) -> frozenset[tuple[str, str]]:
    """Item and key of each line of the texts that was taken over; those taken back are not proposed again."""
    rows = FollowUp.objects.filter(handoff_id=handoff_id).exclude(source_key="")
    return frozenset(rows.values_list("item", "source_key"))


def text_first_given(handoff_id: int, item: str) -> str:
    """What stood in an item when its hand-off was given first; '' where nothing did or it was not given."""
    events = RelayEvent.objects.filter(handoff_id=handoff_id)
    given = events.filter(kind="given").order_by("id").first()
    if given is None:
        return ""
    saved = events.filter(kind="item.saved", item=item, id__lt=given.pk).order_by("-id").first()
    return saved.text if saved else ""


def standing_rows() -> QuerySet[FollowUp]:
    """The rows of every line but those that were taken back."""
    return FollowUp.objects.filter(withdrawn_at__isnull=True)


def kept_follow_up(row: FollowUp) -> KeptFollowUp:
    """A row as a value."""
    same: dict[str, Any] = {name: getattr(row, name) for name in KeptFollowUp.__dataclass_fields__
                            if name not in ("id", "customer_id")}  # fmt: skip
    numbers = {name: from_millionths(same[name]) for name in ("baseline", "target", "actual")}
    watch = watch_of(row.watch, row.counts or "events", row.least or 1)
    return KeptFollowUp(
        id=row.pk, customer_id=row.handoff.customer_id, **{**same, **numbers, "watch": watch,
                                                           "status": Status(row.status)},
    )  # fmt: skip


def _kept(rows: QuerySet[FollowUp]) -> tuple[KeptFollowUp, ...]:
    return tuple(kept_follow_up(row) for row in rows.select_related("handoff"))
