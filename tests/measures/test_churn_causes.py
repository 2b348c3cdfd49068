"""Voluntary and involuntary churn as competing risks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.estimators.survival import kaplan_meier
from relevo.measures.revenue.churn_causes import CAUSES, incidences
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer, lives

# Entry, duration, cause -> customers.
HAND = {(-1, 1, "voluntary"): 2, (-1, 2, "involuntary"): 2, (-1, 3, "voluntary"): 2, (-1, 4, "stayed"): 4}


def test_the_shares_by_hand_and_what_one_minus_kaplan_meier_makes_of_them() -> None:
    """Ten customers: 2 leave at 1, 2 fail to pay at 2, 2 leave at 3, 4 stay: 20 % + 20 % voluntary, 20 % not."""
    found = incidences(HAND)
    voluntary, involuntary = found.by_cause[1], found.by_cause[2]
    assert voluntary.incidence.tolist() == pytest.approx([0, 0.2, 0.2, 0.4, 0.4])
    assert involuntary.incidence.tolist() == pytest.approx([0, 0, 0.2, 0.2, 0.2])
    naive = kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0], [2, 2, 2, 4])
    # Whoever failed to pay is taken for censored, as if it could still leave: 1 - 8/10 x 4/6 = 46.7 %, not 40 %.
    assert 1 - float(naive.survival[-1]) == pytest.approx(1 - 8 / 10 * 4 / 6)
    assert 1 - float(naive.survival[-1]) > float(voluntary.incidence[-1])


def test_a_published_size_of_the_overstatement() -> None:
    """A cohort of 100 that loses 20 to each cause in turn: 26 % by incidence where 1 - Kaplan-Meier says 28 %."""
    cells = {(-1, 1, "voluntary"): 10, (-1, 1, "involuntary"): 10, (-1, 2, "voluntary"): 16, (-1, 2, "stayed"): 64}
    found = incidences(cells)
    assert float(found.by_cause[1].incidence[-1]) == pytest.approx(0.26)
    naive = kaplan_meier([1, 1, 2, 2], [1, 0, 1, 0], [10, 10, 16, 64])
    assert 1 - float(naive.survival[-1]) == pytest.approx(1 - 90 / 100 * 64 / 80) == pytest.approx(0.28)


@given(
    st.dictionaries(
        st.tuples(st.integers(-1, 5), st.integers(0, 12), st.sampled_from((*CAUSES, "stayed"))),
        st.integers(1, 9),
        min_size=1,
    )
)
def test_with_survival_the_causes_make_one(cells: dict[tuple[int, int, str], int]) -> None:
    found = incidences(cells)
    total = found.survival + sum((c.incidence for c in found.by_cause.values()), 0 * found.survival)
    assert total.tolist() == pytest.approx([1.0] * found.times.size)
    assert found.times.tolist() == list(range(found.times.size))


def test_without_censoring_a_share_is_a_count() -> None:
    cells = {(-1, 1, "voluntary"): 3, (-1, 2, "unknown"): 2, (-1, 3, "involuntary"): 5}
    found = incidences(cells)
    shares = [Fraction(float(found.by_cause[i + 1].incidence[-1])).limit_denominator(100) for i in range(3)]
    assert shares == [Fraction(3, 10), Fraction(5, 10), Fraction(2, 10)]


def company() -> dict[str, list[Row]]:
    """Seven that left in April 2025 for every reason that can be known, and three that stay."""
    spans = lives(dict.fromkeys(("asked", "debt", "silent", "failed", "old", "stale"), ("2025-01-10", "2025-04-10")))
    spans += lives(dict.fromkeys(("a", "b", "c"), ("2025-01-10", None)))
    spans += [span("debt", "2025-04-10", None, 10000, status="unpaid")]
    spans += [
        span("paused", "2025-01-10", "2025-04-10", 10000),
        span("paused", "2025-04-10", None, 10000, status="paused"),
    ]
    said = [
        {"customer_id": "asked", "at": "2025-04-12 08:00:00", "voluntary": True},
        {"customer_id": "failed", "at": "2025-04-09 08:00:00", "voluntary": False},
        {"customer_id": "debt", "at": "2025-04-09 08:00:00", "voluntary": True},
        {"customer_id": "old", "at": "2025-01-15 08:00:00", "voluntary": True},
        {"customer_id": "stale", "at": "2025-04-10 08:00:00", "voluntary": None},
    ]
    return {"subscription_span": spans, "cancellation": said, "customer": [customer("asked", segment="smb")]}


def test_the_cause_is_what_somebody_said_and_a_debt_before_that() -> None:
    rows = ask(book_of(company(), "2025-06-30"), "churn_causes").rows
    at = {r["cause"]: r for r in rows if r["tenure_month"] == 3}
    assert {cause: at[cause]["events"] for cause in at} == {"voluntary": 1, "involuntary": 2, "unknown": 4}
    assert {r["at_risk"] for r in at.values()} == {10}
    assert at["involuntary"]["incidence"] == 0.2
    assert 0 < at["involuntary"]["low"] < 0.2 < at["involuntary"]["high"] < 1
    assert {(r["low"], r["high"]) for r in rows if r["tenure_month"] == 0} == {(None, None)}
    last = [r for r in rows if r["tenure_month"] == 5]
    assert sum(r["incidence"] for r in last) == pytest.approx(0.7)


def test_causes_by_segment() -> None:
    rows = ask(book_of(company(), "2025-06-30"), "churn_causes", Ask(by="segment")).rows
    smb = [r for r in rows if r["segment"] == "smb"]
    assert max(r["incidence"] for r in smb if r["cause"] == "voluntary") == 1
    assert {r["incidence"] for r in smb if r["cause"] == "involuntary"} == {0.0}
