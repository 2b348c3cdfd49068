"""What was answered and decided about the fit of deals, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from relevo.desk.relay.models import DeclinedDeal, FitAnswer, FitOverride


class Why(StrEnum):
    """Why something was not sold."""

    NO_FIT = "no_fit"
    CANNOT_BE_KEPT = "cannot_be_kept"
    TOO_SMALL = "too_small"
    TOO_COSTLY = "too_costly"
    OTHER = "other"


@dataclass(frozen=True)
class KeptAnswer:
    """An answer: to which question of which deal, when and by whom."""

    deal_id: str
    question: str
    answer: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True)
class KeptOverride:
    """That somebody let a deal pass the gate, with which score (None: nothing answered) and why."""

    deal_id: str
    customer_id: str
    score: Fraction | None
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True)
class KeptDecline:
    """Something that was not sold on purpose. `amount_cents` is None where nobody knows."""

    id: int
    deal_id: str
    customer_id: str
    name: str
    person_id: str
    amount_cents: int | None
    currency: str
    why: str
    reason: str
    declined_on: date
    created_by: str


def answers_of(deal_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptAnswer]]:
    """Answers given here, by deal and question."""
    found: dict[str, dict[str, KeptAnswer]] = {}
    for row in FitAnswer.objects.filter(deal_id__in=list(deal_ids)):
        kept = KeptAnswer(row.deal_id, row.question, row.answer, row.answered_at, row.answered_by)
        found.setdefault(row.deal_id, {})[row.question] = kept
    return found


def overrides(limit: int = 200) -> tuple[KeptOverride, ...]:
    """Deals that somebody let pass the gate, the latest first."""
    return tuple(_override(row) for row in FitOverride.objects.all()[:limit])


def declined(limit: int, offset: int = 0) -> tuple[KeptDecline, ...]:
    """What was not sold on purpose, the latest first."""
    rows = DeclinedDeal.objects.filter(withdrawn_at__isnull=True)[offset : offset + limit]
    return tuple(_decline(row) for row in rows)


def _decline(row: DeclinedDeal) -> KeptDecline:
    told: dict[str, Any] = {name: getattr(row, name) for name in KeptDecline.__dataclass_fields__ if name != "id"}
    return KeptDecline(id=row.pk, **told)


def _override(row: FitOverride) -> KeptOverride:
    score = None if row.score is None else Fraction(row.score, 1_000_000)
    return KeptOverride(row.deal_id, row.customer_id, score, row.reason, row.at, row.who)
