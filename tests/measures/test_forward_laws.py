"""Laws of the measures that look ahead, for random companies: they start from what the other measures say."""

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given, settings

from relevo.measures.asking import ask
from relevo.measures.card import Record
from tests.measures.companies import AS_OF, Small, companies
from tests.measures.forward_books import book_of, won

LAST = "2025-06"


def asked(small: Small, **more: Any) -> Any:
    tables = {**small.tables, **more}
    book = book_of(tables, AS_OF.isoformat(), timezone=small.timezone)
    return lambda name: list(ask(book, name).rows)


def at(rows: list[Record]) -> Record | None:
    return next((r for r in rows if r["month"] == LAST), None)


@given(companies())
@settings(max_examples=6)
def test_they_start_from_what_is_there_now(small: Small) -> None:
    tiers = [
        {"customer_id": c["customer_id"], "name": "tier", "value": v, "from_at": date(2024, 6, 1)}
        for c, v in zip(small.tables["customer"], ("priority", "standard", "priority"), strict=False)
    ]
    rows = asked(small, customer_attribute=tiers)
    now = at(rows("mrr"))
    if now is None:
        return
    committed, stays = at(rows("committed_mrr")), [r for r in rows("support_tiers") if r["month"] == LAST]
    assert (committed["cmrr_cents"] if committed else 0) == now["mrr_cents"]
    assert sum(r["mrr_cents"] for r in stays) == now["mrr_cents"]
    assert sum(r["customers"] for r in stays) == now["customers"]
    assert sum(r["customers"] for r in rows("expected_churn")) == now["customers"]
    for r in rows("expected_churn"):
        assert 0 <= r["low"] <= r["high"] <= r["customers"]
        assert 0 <= r["expected_lost"] <= r["customers"]
    for r in rows("forecast"):
        assert r["existing_cents"] + r["new_cents"] == r["total_cents"]
        assert r["customers"] == now["customers"]


@given(companies())
@settings(max_examples=6)
def test_causes_are_all_of_churn_and_sold_books_are_all_that_was_sold(small: Small) -> None:
    names = [c["customer_id"] for c in small.tables["customer"]]
    deals = [won(name, f"p{i % 3}", "2024-01-05 09:00:00") for i, name in enumerate(names)]
    rows = asked(small, deal=deals)
    lost: Counter[int] = Counter()
    for r in rows("churn_causes"):
        lost[r["tenure_month"]] += r["events"]
    assert {t: n for t, n in lost.items() if n} == {
        r["tenure_month"]: r["events"] for r in rows("survival") if r["events"]
    }
    book = rows("sold_book")
    now = at(rows("mrr"))
    assert sum(r["kept_customers"] for r in book) == (now["customers"] if now else 0)
    assert sum(r["customers"] for r in book) == sum(r["customers"] for r in rows("seller_quality"))
    apart = sum(r["now_cents"] for r in book) - sum(r["now_cents"] for r in rows("seller_quality"))
    assert abs(apart) <= len(book)  # a cent per row that is rounded
    for r in rows("renewal_rate"):
        assert 0 <= r["renewed_cents"] <= r["available_cents"]
        assert 0 <= r["renewed"] <= r["available"]
