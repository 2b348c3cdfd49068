"""CAC: the lag of spend, what belongs to a slice, unknown spend, other currencies, commissions."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.base.periods import Grain, parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.exchange import Exchange
from relevo.measures.histograms import median
from relevo.measures.revenue.acquisition import commission_cost, lag
from tests.measures.small_economics import MEMORY, book, customers, deal, pays, spent


def cac(made: Book, **question: object) -> list[Record]:
    return list(ask(made, "cac", Ask(**question)).rows)  # type: ignore[arg-type]


def two_months(**tables: list[Record]) -> Book:
    """Spend of 12,500 and then 15,000; five customers in each of two months (published example UE-016)."""
    spans = [pays(f"{m}{i}", m, None, 10_000) for m in ("2025-01", "2025-02") for i in range(5)]
    spend = [spent("2025-01", 1_250_000), spent("2025-02", 1_500_000)]
    return book("2025-02-28", spans, spend=spend, **tables)


def test_without_a_deal_spend_is_that_of_the_same_month() -> None:
    first, second = cac(two_months())
    assert (first["spend_cents"], first["new_customers"], first["cac_cents"]) == (1_250_000, 5, 250_000)
    assert (second["month"], second["cac_cents"], second["lag_months"]) == ("2025-02", 300_000, 0)


def test_spend_runs_ahead_by_the_median_cycle_and_is_unknown_before_it_is_loaded() -> None:
    deals = [deal(i, "2025-01-01T10:00:00", f"2025-02-{d:02d}T08:00:00") for i, d in enumerate((3, 4, 25))]
    deals += [deal(9, "2024-01-01", None), deal(8, "2024-01-01", "2026-01-01")]
    first, second = cac(two_months(deal=deals))
    assert first["lag_months"] == second["lag_months"] == 1
    assert (first["spend_cents"], first["cac_cents"], first["new_customers"]) == (None, None, 5)
    assert (second["spend_cents"], second["cac_cents"]) == (1_250_000, 250_000)


def test_the_lag_can_be_assumed() -> None:
    rows = cac(two_months(), assumptions=Assumptions(lag_months=1))
    assert [r["cac_cents"] for r in rows] == [None, 250_000]


def test_a_period_sums_its_months() -> None:
    spans = [pays(f"c{m}", f"2025-{m:02d}", None, 10_000) for m in (1, 2, 3)]
    made = book("2025-03-31", spans, spend=[spent(f"2025-{m:02d}", 100_000 * m) for m in (1, 2, 3)])
    (row,) = cac(made, grain=Grain.QUARTER)
    assert (row["month"], row["spend_cents"], row["new_customers"], row["cac_cents"]) == (
        "2025-03",
        600_000,
        3,
        200_000,
    )


def test_a_month_without_new_customers_has_spend_and_no_cac() -> None:
    made = book("2025-03-31", [pays("a", "2025-01", None, 1)], spend=[spent(f"2025-0{m}", 300) for m in (1, 3)])
    assert [(r["spend_cents"], r["cac_cents"]) for r in cac(made)] == [(300, 300), (0, None), (300, None)]


def test_spend_belongs_to_a_slice_only_where_it_says_so() -> None:
    spans = [pays(c, "2025-01", None, 10_000) for c in "abcd"]
    names = customers({"a": "smb", "b": "smb", "c": "ent", "d": None})
    spend = [spent("2025-01", 100, segment="smb", channel="web"), spent("2025-01", 50, segment=None)]
    made = book("2025-01-31", spans, customer=names, spend=spend)
    rows = {r["segment"]: (r["spend_cents"], r["new_customers"], r["cac_cents"]) for r in cac(made, by="segment")}
    assert rows == {"(none)": (50, 1, None), "ent": (0, 1, 0), "smb": (100, 2, 50)}
    assert cac(made)[0]["cac_cents"] == 38
    (only,) = cac(made, where=(("segment", "smb"),))
    assert (only["spend_cents"], only["new_customers"], only["cac_cents"]) == (100, 2, 50)


def test_by_a_dimension_that_spend_does_not_name_all_of_it_is_none() -> None:
    spans = [pays(c, "2025-01", None, 10_000) for c in "ab"]
    names = [{"customer_id": c, "name": c, "country": k, "segment": "smb"} for c, k in (("a", "ES"), ("b", None))]
    made = book("2025-01-31", spans, customer=names, spend=[spent("2025-01", 100, segment="smb")])
    rows = {r["country"]: (r["spend_cents"], r["cac_cents"]) for r in cac(made, by="country")}
    assert rows == {"(none)": (100, None), "ES": (None, None)}
    (only,) = cac(made, where=(("country", "ES"),))
    assert (only["spend_cents"], only["new_customers"], only["cac_cents"]) == (None, 1, None)
    everybody_without = {r["channel"]: r["cac_cents"] for r in cac(made, by="channel")}
    assert everybody_without == {"(none)": 50}


def test_parts_of_the_spend_add_up_to_the_rounded_whole() -> None:
    spans = [pays(c, "2025-01", None, 10_000) for c in "abc"]
    names = customers({"a": "x", "b": "y", "c": "z"})
    spend = [spent("2025-01", 1, segment=s, currency="USD") for s in "xyz"]
    rates = [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.5"}]
    made = book("2025-01-31", spans, customer=names, spend=spend, fx_rate=rates)
    assert sum(r["spend_cents"] for r in cac(made, by="segment")) == cac(made)[0]["spend_cents"] == 2


def test_spend_is_valued_at_its_months_rate_or_at_the_nearest_known_one() -> None:
    spans = [pays("a", "2025-02", None, 10_000), pays("b", "2025-03", None, 10_000)]
    rates = [{"currency": "USD", "on_date": d, "rate": r} for d, r in (("2025-01-01", "0.5"), ("2025-03-01", "0.8"))]
    spend = [spent(m, 1000, currency="USD") for m in ("2025-01", "2025-02", "2025-03")]
    made = book("2025-03-31", spans, spend=spend, fx_rate=rates)
    assert [r["spend_cents"] for r in cac(made)] == [500, 800]
    early = cac(made, assumptions=Assumptions(lag_months=1))
    assert [r["spend_cents"] for r in early] == [500, 500]


def test_spend_in_a_currency_without_a_rate_is_refused() -> None:
    made = book("2025-01-31", [pays("a", "2025-01", None, 1)], spend=[spent("2025-01", 1, currency="CHF")])
    with pytest.raises(DataRefused, match="2025-01 is in CHF, which has no exchange rate"):
        cac(made)
    with pytest.raises(DataRefused):
        Exchange.of([]).rate("EUR", 1)


def test_customers_there_before_history_were_not_won_in_its_first_month() -> None:
    rows = {
        "subscription_span": [pays("old", "2025-01", None, 100), pays("new", "2025-02", None, 100)],
        "spend": [spent("2025-01", 10), spent("2025-02", 10)],
    }
    made = MEMORY.book(rows, date(2025, 2, 28), history_starts_on=date(2025, 1, 1))
    assert [(r["new_customers"], r["cac_cents"]) for r in cac(made)] == [(0, None), (1, 10)]


def test_s3_33_commissions_count_when_due_or_by_cohort() -> None:
    """Ten months of a first MRR of 100.00 per customer, due a month after the win."""
    assumed = {"commission_months": Fraction(10), "commission_deferral_months": 1}
    due = [r["spend_cents"] for r in cac(two_months(), assumptions=Assumptions(**assumed))]
    cohort = [
        r["spend_cents"] for r in cac(two_months(), assumptions=Assumptions(**assumed, commission_by_cohort=True))
    ]
    assert due == [1_250_000, 1_500_000 + 500_000]
    assert cohort == [1_250_000 + 500_000, 1_500_000 + 500_000]
    january, march, april = (parse_month(m) for m in ("2025-01", "2025-03", "2025-04"))
    entries = [(january, march, Fraction(600)), (january, april, Fraction(300)), (march, march, Fraction(50))]
    assert commission_cost(entries) == {march: 650, april: 300}
    assert commission_cost(entries, by_cohort=True) == {january: 900, march: 50}


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 5), max_size=8))
def test_the_median_of_a_histogram_is_that_of_its_values(counts: dict[int, int]) -> None:
    values = sorted(v for v, n in counts.items() for _ in range(n))
    middle = len(values) // 2
    plain = (
        None
        if not values
        else (values[middle] if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2))
    )
    assert median(counts) == plain


def test_a_cycle_becomes_whole_months_half_up() -> None:
    assert [lag({days: 1}, Assumptions()) for days in (-3, 0, 15, 16, 41, 78)] == [0, 0, 0, 1, 1, 3]
    assert lag({}, Assumptions()) == 0
