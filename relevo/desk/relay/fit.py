"""What was answered and decided about the fit of deals, as values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max

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
    return _by_deal(FitAnswer.objects.filter(deal_id__in=list(deal_ids)))


def every_answer() -> Mapping[str, Mapping[str, KeptAnswer]]:
    """All answers given here, by deal and question."""
    return _by_deal(FitAnswer.objects.all())


def overrides_by_deal() -> Mapping[str, KeptOverride]:
    """The last override of each deal that has one."""
    return {row.deal_id: _override(row) for row in reversed(FitOverride.objects.all())}


def overrides_of(deal_id: str) -> tuple[KeptOverride, ...]:
    """The overrides of one deal, the latest first."""
    return tuple(_override(row) for row in FitOverride.objects.filter(deal_id=deal_id))


def fingerprint() -> tuple[object, ...]:
    """Changes with every answer and override: what was worked out from them holds as long as it is the same."""
    answers = FitAnswer.objects.aggregate(n=Count("id"), last=Max("answered_at"), newest=Max("id"))
    passed = FitOverride.objects.aggregate(n=Count("id"), last=Max("at"), newest=Max("id"))
    return (*answers.values(), *passed.values())


def declined_deal_ids() -> frozenset[str]:
    """Deals that were declined here, by their ids in the CRM."""
    rows = DeclinedDeal.objects.filter(withdrawn_at__isnull=True).exclude(deal_id="")
    return frozenset(rows.values_list("deal_id", flat=True))


def declined_with(key: int) -> KeptDecline | None:
    """One declined deal; None where there is none, and for one that was taken back."""
    row = DeclinedDeal.objects.filter(pk=key, withdrawn_at__isnull=True).first()
    return _decline(row) if row else None


def declined(limit: int, offset: int = 0) -> tuple[KeptDecline, ...]:
    """What was not sold on purpose, the latest first."""
    rows = DeclinedDeal.objects.filter(withdrawn_at__isnull=True)[offset : offset + limit]
    return tuple(_decline(row) for row in rows)


def _by_deal(rows: Iterable[FitAnswer]) -> Mapping[str, Mapping[str, KeptAnswer]]:
    found: dict[str, dict[str, KeptAnswer]] = {}
    for row in rows:
        kept = KeptAnswer(row.deal_id, row.question, row.answer, row.answered_at, row.answered_by)
        found.setdefault(row.deal_id, {})[row.question] = kept
    return found


def _decline(row: DeclinedDeal) -> KeptDecline:
    told: dict[str, Any] = {name: getattr(row, name) for name in KeptDecline.__dataclass_fields__ if name != "id"}
    return KeptDecline(id=row.pk, **told)


def _override(row: FitOverride) -> KeptOverride:
    score = None if row.score is None else Fraction(row.score, 1_000_000)
    return KeptOverride(row.deal_id, row.customer_id, score, row.reason, row.at, row.who)
