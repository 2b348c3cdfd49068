"""Which months the Desk calls closed: in order, once at a time, reopened with a reason, audited."""

from datetime import UTC, datetime

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.house.actions_closing import MonthEvidence, close_months, closed_months, reopen_months
from relevo.desk.house.models import PeriodClose
from relevo.desk.people.models import AuditEntry

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)


def evidence(month: str, sha256: str = "a" * 64) -> MonthEvidence:
    return MonthEvidence(month, f"{month}-a.parquet", sha256, "book-1", "relevo", "0123456789ab", {"closing_cents": 5})


@pytest.mark.django_db
def test_months_are_closed_in_order_and_once() -> None:
    close_months([evidence("2026-01"), evidence("2026-02")], "ines", "first", NOON)
    with pytest.raises(WrongUse, match="2026-04 does not follow 2026-02"):
        close_months([evidence("2026-04")], "ines", "", NOON)
    with pytest.raises(WrongUse, match="2026-02 was closed in the meantime"):
        close_months([evidence("2026-02"), evidence("2026-03")], "ines", "", NOON)
    assert [c.month for c in closed_months()] == ["2026-01", "2026-02"], "all of them or none"
    assert str(closed_months()[0]) == "2026-01 closed, closed by ines from book-1"
    entries = AuditEntry.objects.filter(action="period.closed")
    assert {(e.who, e.about, e.details["reason"]) for e in entries} == {
        ("ines", "2026-01", "first"), ("ines", "2026-02", "first"),
    }  # fmt: skip


@pytest.mark.django_db
def test_reopening_is_reasoned_from_the_end_and_kept() -> None:
    close_months([evidence("2026-01"), evidence("2026-02")], "ines", "", NOON)
    with pytest.raises(WrongUse, match="no reason"):
        reopen_months("2026-02", "ines", " ", NOON)
    with pytest.raises(WrongUse, match="2026-03 is not closed"):
        reopen_months("2026-03", "ines", "why", NOON)
    with pytest.raises(WrongUse, match="--with-later"):
        reopen_months("2026-01", "ines", "why", NOON)
    assert reopen_months("2026-01", "ines", "wrong rates", NOON, with_later=True) == ["2026-01", "2026-02"]
    assert closed_months() == []
    record = PeriodClose.objects.get(month="2026-01")
    assert (record.reopened_by, record.reopen_reason) == ("ines", "wrong rates")
    assert str(record).startswith("2026-01 reopened by ines")
    close_months([evidence("2026-01", "b" * 64)], "ines", "again", NOON)
    assert PeriodClose.objects.filter(month="2026-01").count() == 2
    assert AuditEntry.objects.filter(action="period.reopened").count() == 2
