"""Support tiers: they add up to what is billed, and say what their support costs."""

from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer

AS_OF = "2025-03-31"


def tier(name: str, value: str, since: str = "2025-01-01") -> Row:
    return {"customer_id": name, "name": "tier", "value": value, "from_at": f"{since} 00:00:00"}


def company(**more: list[Row]) -> dict[str, list[Row]]:
    """a is standard and becomes priority in March, b is priority, c says nothing."""
    return {
        "customer": [customer(c) for c in "abc"],
        "subscription_span": [
            span(c, "2025-01-05", None, cents) for c, cents in (("a", 1001), ("b", 2000), ("c", 3333))
        ],
        "customer_attribute": [tier("a", "standard"), tier("a", "priority", "2025-03-01"), tier("b", "priority")],
        **more,
    }


def rows(tables: dict[str, list[Row]], question: Ask | None = None) -> dict[tuple[str, str], Record]:
    return {(r["month"], r["tier"]): r for r in ask(book_of(tables, AS_OF), "support_tiers", question).rows}


def test_tiers_with_none_make_the_mrr_of_the_month() -> None:
    rates = [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.333333"}]
    tables = company(fx_rate=rates)
    tables["subscription_span"] += [span(f"u{i}", "2025-01-05", None, 1001 + i, currency="USD") for i in range(4)]
    tables["customer_attribute"] += [tier("u0", "standard"), tier("u1", "priority"), tier("u2", "standard")]
    found = rows(tables)
    for r in ask(book_of(tables, AS_OF), "mrr").rows:
        parts = [row for (month, _), row in found.items() if month == r["month"]]
        assert sum(p["mrr_cents"] for p in parts) == r["mrr_cents"]
        assert sum(p["customers"] for p in parts) == r["customers"]


def test_the_tier_is_the_one_of_the_month() -> None:
    found = rows(company())
    assert {k: r["mrr_cents"] for k, r in found.items() if k[0] != "2025-01"} == {
        ("2025-02", "(none)"): 3333, ("2025-02", "priority"): 2000, ("2025-02", "standard"): 1001,
        ("2025-03", "(none)"): 3333, ("2025-03", "priority"): 3001,
    }  # fmt: skip
    march = found["2025-03", "priority"]
    assert (march["attach_rate"], march["arpa_cents"]) == (0.666667, 1501)
    assert (march["support_cost_cents"], march["margin_rate"]) == (None, None)


def test_support_time_costs_what_the_person_costs() -> None:
    """90 minutes at 20.00 an hour and 30 at 10.00 USD (0.50): 30.00 + 2.50; selling is no support."""
    people = [
        {"person_id": "eva", "name": "Eva", "hourly_cost_cents": 2000, "currency": "EUR"},
        {"person_id": "leo", "name": "Leo", "hourly_cost_cents": 1000, "currency": "USD"},
        {"person_id": "new", "name": "New"},
    ]
    work = [
        {"person_id": p, "customer_id": "b", "activity": what, "on_date": "2025-02-10", "minutes": minutes}
        for p, what, minutes in (
            ("eva", "support", 90),
            ("leo", "support", 30),
            ("eva", "selling", 60),
            ("new", "support", 9),
        )
    ]
    rates = [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.5"}]
    found = rows(company(person=people, work=work, fx_rate=rates))
    assert found["2025-02", "priority"]["support_cost_cents"] == 3250
    assert found["2025-02", "priority"]["margin_rate"] == -0.625
    assert found["2025-03", "priority"]["support_cost_cents"] is None


def test_asked_for_some_months() -> None:
    assert {month for month, _ in rows(company(), Ask(first=2025 * 12 + 1, last=2025 * 12 + 1))} == {"2025-02"}
