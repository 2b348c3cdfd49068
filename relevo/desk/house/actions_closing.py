"""Everything that writes which months are closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from relevo.base.errors import WrongUse
from relevo.base.periods import month_text, parse_month
from relevo.desk.house.models import PeriodClose
from relevo.desk.people.actions import log_audit


@dataclass(frozen=True)
class MonthEvidence:
    """What a month is closed with: YYYY-MM, its file and hash, the book and policy it was read from, its figures."""

    month: str
    file: str
    sha256: str
    book: str
    policy: str
    policy_hash: str
    figures: Mapping[str, int]


def closed_months() -> list[PeriodClose]:
    """The closings in force, in the order of the months."""
    return list(PeriodClose.objects.filter(reopened_at__isnull=True))


def recorded_files() -> frozenset[str]:
    """The names of the files of every closing there ever was."""
    return frozenset(PeriodClose.objects.values_list("file", flat=True))


def close_months(months: Sequence[MonthEvidence], who: str, reason: str, now: datetime) -> None:
    """Close months that follow one another and the last closed one: all of them or none. Audited.

    WrongUse where they do not follow, or where somebody else closed one of them in the meantime.
    """
    with transaction.atomic():
        _refuse_gap(months)
        for each in months:
            try:
                with transaction.atomic():
                    PeriodClose.objects.create(**vars(each), closed_at=now, closed_by=who, reason=reason)
            except IntegrityError:
                raise WrongUse(f"{each.month} was closed in the meantime.", "relevo closed lists the months.") from None
            details = {"book": each.book, "policy": each.policy_hash, "file": each.file, "reason": reason}
            log_audit(who, "period.closed", each.month, now, details)


def _refuse_gap(months: Sequence[MonthEvidence]) -> None:
    held = [parse_month(each.month) for each in closed_months()]
    last = held[-1] if held else None
    for each in months:
        month = parse_month(each.month)
        if last is not None and month > last + 1:
            raise WrongUse(f"{each.month} does not follow {month_text(last)}.", "Close the months between first.")
        last = month


def reopen_months(month: str, who: str, reason: str, now: datetime, *, with_later: bool = False) -> list[str]:
    """Reopen a closed month, which must be the last one unless the later ones go with it; the months reopened.

    A reason is required. The records and files of the closing stay; each reopening is audited.
    """
    if not reason.strip():
        raise WrongUse(f"{month} was given no reason to be reopened.", "Say in a sentence why: --reason WHY.")
    with transaction.atomic():
        held = [each for each in closed_months() if each.month >= month]
        if not held or held[0].month != month:
            raise WrongUse(f"{month} is not closed.", "relevo closed lists the months.")
        if len(held) > 1 and not with_later:
            raise WrongUse(
                f"{held[1].month} to {held[-1].month} were closed after {month} and stand on it.",
                "Reopen them with it: --with-later.",
            )
        for each in held:
            PeriodClose.objects.filter(pk=each.pk).update(reopened_at=now, reopened_by=who, reopen_reason=reason)
            log_audit(who, "period.reopened", each.month, now, {"file": each.file, "reason": reason})
    return [each.month for each in held]
