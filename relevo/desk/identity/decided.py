"""Decisions about identity as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from django.db.models import Q, QuerySet

from relevo.book.matching.decisions import Decision
from relevo.desk.identity.models import IdentityDecision


class DecisionKind(StrEnum):
    """What was decided: the two are one customer, or they are not."""

    MERGE = "merge"
    APART = "apart"


@dataclass(frozen=True)
class KeptDecision:
    """A decision as it was made; `undone_at` is None while it holds. Ids are as they were then."""

    id: int
    kind: str
    customer_id: str
    other_id: str
    reason: str
    decided_at: datetime
    decided_by: str
    undone_at: datetime | None
    undone_by: str
    undo_reason: str

    @property
    def pair(self) -> frozenset[str]:
        """The two customers, in no order."""
        return frozenset((self.customer_id, self.other_id))


def decisions_in_force(at: datetime | None = None) -> tuple[KeptDecision, ...]:
    """The decisions that hold now, or held at a moment, the oldest first."""
    if at is None:
        found = _every().filter(undone_at__isnull=True)
    else:
        found = _every().filter(Q(undone_at__isnull=True) | Q(undone_at__gt=at), decided_at__lte=at)
    return tuple(reversed([_kept(row) for row in found]))


def decisions_for_build(at: datetime | None = None) -> tuple[Decision, ...]:
    """The decisions that hold now, or held at a moment, as a build is told of them."""
    return tuple(_told(kept) for kept in decisions_in_force(at))


def every_decision() -> tuple[KeptDecision, ...]:
    """All that was ever decided, the latest first."""
    return tuple(_kept(row) for row in _every())


def decisions_about(customer_ids: Collection[str]) -> tuple[KeptDecision, ...]:
    """What was decided about a customer under any of its ids, undone ones among it, the latest first."""
    ids = list(customer_ids)
    return tuple(_kept(row) for row in _every().filter(Q(customer_id__in=ids) | Q(other_id__in=ids)))


def decision_with(key: int) -> KeptDecision | None:
    """One decision, undone or not; None where there is none."""
    found = _every().filter(pk=key).first()
    return _kept(found) if found else None


def _every() -> QuerySet[IdentityDecision]:
    return IdentityDecision.objects.all()


def _told(kept: KeptDecision) -> Decision:
    kind: Literal["merge", "apart"] = "merge" if kept.kind == DecisionKind.MERGE else "apart"
    return Decision(kind, kept.customer_id, kept.other_id, kept.decided_at, kept.reason)


def _kept(row: IdentityDecision) -> KeptDecision:
    return KeptDecision(
        row.pk, row.kind, row.customer_id, row.other_id, row.reason, row.decided_at, row.decided_by, row.undone_at,
        row.undone_by, row.undo_reason,
    )  # fmt: skip
