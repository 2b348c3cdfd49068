"""The checks a skeptic would run, row by row of docs/requirements.md, on companies small enough to count by hand."""

from pathlib import Path
from typing import Any

from relevo.base.periods import parse_month
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import make_book, span

Rows = list[dict[str, Any]]


def at(month: str, **more: Any) -> Ask:
    return Ask(first=parse_month(month), last=parse_month(month), **more)


def test_s0_36_a_hundred_tiny_customers_lower_the_average_while_bookings_rise(tmp_path: Path) -> None:
    large = [span(f"L{i}", "2025-01-10", None, 100_000) for i in range(10)]
    tiny = [span(f"T{i}", "2025-03-05", None, 1_000) for i in range(100)]
    book = make_book(tmp_path, {"subscription_span": [*large, *tiny]}, "2025-03-31")
    before, after = (ask(book, "arpa", at(m)).rows[0] for m in ("2025-02", "2025-03"))
    assert ask(book, "mrr_movements", at("2025-03")).rows[0]["new_cents"] == 100_000
    assert before["arpa_cents"] == 100_000
    # 1,100,000 over 110 customers; the new ones pay 1,000.
    assert (after["arpa_cents"], after["new_asp_cents"]) == (10_000, 1_000)


def ten_accounts() -> Rows:
    """Ten customers at 100.00 when March opens: one leaves, one halves, two buy more; two join in March, one leaves."""
    stay = [span(f"S{i}", "2025-01-01", None, 10_000) for i in range(6)]
    return [
        *stay,
        span("left", "2025-01-01", "2025-03-10", 10_000),
        span("half", "2025-01-01", "2025-03-12", 10_000),
        span("half", "2025-03-12", None, 5_000, plan="small"),
        *[s for c in ("up1", "up2") for s in seats(c)],
        span("new", "2025-03-02", None, 10_000),
        span("brief", "2025-03-02", "2025-03-20", 10_000),
    ]


def seats(customer: str) -> Rows:
    return [
        span(customer, "2025-01-01", "2025-03-15", 10_000),
        span(customer, "2025-03-15", None, 10_000, quantity=2),
    ]


def test_s3_16_three_rates_of_ten_accounts_without_those_that_joined_in_the_month(tmp_path: Path) -> None:
    book = make_book(tmp_path, {"subscription_span": ten_accounts()}, "2025-03-31")
    logos = ask(book, "logo_churn", at("2025-03")).rows[0]
    dollars = ask(book, "gross_mrr_churn", at("2025-03")).rows[0]
    upgrades = ask(book, "upgrade_rate", at("2025-03")).rows[0]
    assert (logos["opening_customers"], logos["lost"], logos["rate"]) == (10, 1, 0.1)
    assert (dollars["opening_cents"], dollars["lost_cents"], dollars["rate"]) == (100_000, 15_000, 0.15)
    assert (upgrades["upgraded"], upgrades["rate"], upgrades["revenue_rate"]) == (2, 0.2, 0.2)


def test_s4_08_the_owners_number_ties_opening_to_closing_to_the_cent(tmp_path: Path) -> None:
    book = make_book(tmp_path, {"subscription_span": ten_accounts()}, "2025-03-31")
    opening = 0
    for row in ask(book, "mrr_movements").rows:
        net = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
        net -= row["contraction_cents"] + row["churn_cents"]
        assert row["opening_cents"] == opening
        assert row["opening_cents"] + net == row["closing_cents"]
        opening = row["closing_cents"]
    assert opening == 100_000 - 15_000 + 20_000 + 10_000


def test_s0_40_only_the_large_stay_so_survivors_rise_while_all_who_started_fall(tmp_path: Path) -> None:
    small = [span(f"s{i}", "2024-01-05", f"2024-{3 + i:02d}-05", 10_000) for i in range(8)]
    large = [span(f"l{i}", "2024-01-05", None, 50_000) for i in range(4)]
    book = make_book(tmp_path, {"subscription_span": [*small, *large]}, "2025-01-31")
    rows = ask(book, "arpa_by_tenure").rows[:12]
    survivors = [r["survivors_cents"] for r in rows]
    everyone = [r["all_started_cents"] for r in rows]
    assert survivors == sorted(survivors)
    assert everyone == sorted(everyone, reverse=True)
    # (8 x 100 + 4 x 500) / 12 at the start; 4 x 500 over 4 and over 12 at the end.
    assert (survivors[0], everyone[0]) == (23_333, 23_333)
    assert (survivors[-1], everyone[-1]) == (50_000, 16_667)
    assert (rows[-1]["n"], rows[-1]["n_started"]) == (4, 12)
