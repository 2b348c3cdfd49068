"""Frozen answers: kept once, audited, and refused where somebody changed them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from relevo.base.errors import DataRefused
from relevo.desk.house.actions_frozen import freeze
from relevo.desk.house.frozen import Frozen, frozen_answers, is_frozen
from relevo.desk.house.models import FrozenAnswer
from relevo.desk.people.models import AuditEntry

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
ANSWER = Frozen(
    "expected_churn", "2026-04", 6, "b1", date(2026, 4, 30), "abc123",
    ({"segment": "smb", "expected_lost": 1.07, "low": 0, "mrr_at_risk_cents": 123456789012},),
)  # fmt: skip


@pytest.mark.django_db
def test_an_answer_is_kept_as_it_was_given() -> None:
    assert freeze(ANSWER, "publish", NOON)
    (kept,) = frozen_answers("expected_churn")
    assert (kept.answer, kept.frozen_at) == (ANSWER, NOON)
    assert is_frozen("expected_churn", "2026-04", 6)
    assert not is_frozen("expected_churn", "2026-04", 12)
    assert str(FrozenAnswer.objects.get()) == "expected_churn of 2026-04 for 6 months, from b1"
    assert AuditEntry.objects.get(action="answer.frozen").details["sha256"] == ANSWER.sha256


@pytest.mark.django_db
def test_the_first_answer_of_a_month_stays() -> None:
    freeze(ANSWER, "publish", NOON)
    assert not freeze(replace(ANSWER, book="b2", rows=()), "publish", NOON)
    assert [kept.answer.book for kept in frozen_answers("expected_churn")] == ["b1"]
    assert freeze(replace(ANSWER, months=12), "publish", NOON)
    assert AuditEntry.objects.filter(action="answer.frozen").count() == 2


@pytest.mark.django_db
def test_a_changed_forecast_is_refused() -> None:
    freeze(ANSWER, "publish", NOON)
    FrozenAnswer.objects.update(rows=[{**ANSWER.rows[0], "low": 1}])
    with pytest.raises(DataRefused, match="is not what was frozen"):
        frozen_answers("expected_churn")


def test_the_hash_covers_all_that_was_said() -> None:
    other = (replace(ANSWER, months=12), replace(ANSWER, book="b2"), replace(ANSWER, policy_hash="x"))
    assert len({ANSWER.sha256, *(each.sha256 for each in other)}) == 4
