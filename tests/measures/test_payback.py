"""CAC payback: published figures, survival-adjusted months, who left before, the curve; small books and laws."""

from fractions import Fraction
from itertools import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.catalog import find
from relevo.measures.revenue.cac_payback import lost_before_payback_rows
from relevo.measures.revenue.lifetime_curve import curve_of
from relevo.measures.revenue.lifetime_forms import cash_payback, simple_payback
from relevo.measures.revenue.payback import prolonged, survival_payback
from tests.measures.small_economics import book, customers, lived, pays, spent


def payback(made: Book, name: str = "cac_payback", **question: object) -> dict[str, Record]:
    rows = ask(made, name, Ask(**question)).rows  # type: ignore[arg-type]
    return {r.get("segment", r.get("country")): r for r in rows}


def constant(churn: float) -> list[float]:
    """Survival by age at one chance to leave, over a hundred years."""
    return [(1 - churn) ** t for t in range(1200)]


def test_s0_55_1200_at_125_and_80_percent_is_twelve_months() -> None:
    spans = [pays("a", "2025-01", None, 12_500), pays("b", "2025-01", None, 12_500)]
    made = book("2025-12-31", spans, spend=[spent("2025-01", 240_000)])
    row = payback(made)["total"]
    assert (row["cac_cents"], row["margin_cents"], row["simple_months"]) == (120_000, 10_000, 12.0)
    assert (row["gross_margin"], row["margin_from"]) == (0.8, "assumption")
    # Nobody has left, so those who stay are everybody.
    assert (row["survival_months"], row["lost_before_payback"], row["lost_cents"]) == (12, 0, 0)


def test_survival_makes_twelve_months_fifteen_and_some_never() -> None:
    """Published example UE-015: 3 % monthly churn; never where CAC > margin / churn."""
    assert survival_payback(Fraction(1200), Fraction(100), repeat(1.0)) == 12
    assert survival_payback(Fraction(1200), Fraction(100), constant(0.03)) == 15
    assert survival_payback(Fraction(3333), Fraction(100), constant(0.03)) is not None
    assert survival_payback(Fraction(3334), Fraction(100), constant(0.03)) is None
    assert survival_payback(Fraction(1200), Fraction(0), constant(0.03)) is None


def test_the_denominator_decides_and_cash_is_not_margin() -> None:
    """Published examples UE-017 (new, new and expansion, net new) and UE-018 (a year paid up front)."""
    shown = [simple_payback(80_000, Fraction(m) * 4 / 5) for m in (5000, 6250, 5250)]
    assert [None if v is None else round(float(v), 2) for v in shown] == [20.0, 16.0, 19.05]
    assert simple_payback(100, 0) is None
    assert cash_payback(900, [1200, *repeat(0, 11)]) == 1
    assert cash_payback(900, [100] * 6) is None
    assert cash_payback(900, [100] * 9) == 9


@given(st.integers(1, 5_000), st.integers(20, 500), st.floats(0, 0.5))
@settings(max_examples=20)
def test_survival_never_pays_back_sooner_and_without_churn_at_the_simple_month(
    cost: int, margin: int, churn: float
) -> None:
    simple = -(-cost // margin)
    exact = survival_payback(Fraction(cost), Fraction(margin), repeat(1.0))
    assert exact == simple
    found = survival_payback(Fraction(cost), Fraction(margin), constant(churn))
    assert found is None or found >= simple


def two_segments() -> Book:
    """Six small and two large customers; some small ones leave after 3 and 6 months; spend names the small ones."""
    ages = (3, 6, None, None, None, None)
    small = [pays(f"s{i}", "2025-01", months, 10_000) for i, months in enumerate(ages)]
    large = [pays(f"l{i}", "2025-01", None, 50_000) for i in range(2)]
    names = customers({**{f"s{i}": "smb" for i in range(6)}, "l0": "ent", "l1": "ent"})
    spend = [
        spent("2025-01", 300_000, segment="smb"),
        spent("2025-01", 500_000, segment="ent"),
        spent("2025-01", 8_000),
    ]
    return book("2025-12-31", [*small, *large], customer=names, spend=spend)


def test_customers_lost_before_payback_are_listed_with_what_was_not_recovered() -> None:
    """Each small customer cost 500.00 and brought 80.00 a month: after 3 and 6 months 260.00 and 20.00 were missing."""
    made = two_segments()
    rows = payback(made)
    small, large, total = (rows[name] for name in ("smb", "ent", "total"))
    assert (small["cac_cents"], small["margin_cents"], small["simple_months"]) == (50_000, 8_000, 6.25)
    assert (small["lost_before_payback"], small["lost_cents"]) == (2, 26_000 + 2_000)
    assert (large["lost_before_payback"], large["lost_cents"], large["simple_months"]) == (0, 0, 6.25)
    assert (total["lost_before_payback"], total["lost_cents"], total["cac_cents"]) == (2, 28_000, 101_000)
    listed = lost_before_payback_rows(made, frame_of(made, find("cac_payback").card, Ask()))
    assert [(r["customer_id"], r["tenure_month"], r["margin_cents"], r["lost_cents"]) for r in listed] == [
        ("s0", 3, 24_000, 26_000), ("s1", 6, 48_000, 2_000),
    ]  # fmt: skip
    assert [(r["began"], r["ended"], r["segment"], r["cac_cents"]) for r in listed] == [
        ("2025-01", "2025-04", "smb", 50_000), ("2025-01", "2025-07", "smb", 50_000),
    ]  # fmt: skip


def test_a_window_counts_its_own_losses_and_its_own_customers() -> None:
    rows = payback(two_segments(), months=6)
    assert rows["smb"]["lost_before_payback"] is None
    assert (rows["smb"]["cac_cents"], rows["smb"]["margin_cents"], rows["smb"]["new_customers"]) == (None, None, 0)
    assert (rows["total"]["simple_months"], rows["total"]["survival_months"], rows["total"]["lost_cents"]) == (
        None,
    ) * 3


def test_where_spend_names_no_slice_every_row_has_the_company_cost_and_says_so() -> None:
    spans = [pays("a", "2025-01", None, 10_000), pays("b", "2025-01", None, 30_000)]
    made = book("2025-06-30", spans, customer=customers({"a": "smb", "b": "ent"}), spend=[spent("2025-01", 80_000)])
    rows = payback(made)
    assert {n: (r["cac_cents"], r["cac_from"], r["simple_months"]) for n, r in rows.items()} == {
        "ent": (40_000, "company", 1.666667), "smb": (40_000, "company", 5.0), "total": (40_000, "own", 2.5),
    }  # fmt: skip
    by_country = payback(made, by="country")
    assert (by_country["(none)"]["cac_cents"], by_country["(none)"]["cac_from"]) == (40_000, "own")


def test_margin_is_measured_where_its_cost_is_loaded() -> None:
    """Revenue is 400.00 a month; a quarter of it is the cost of running it, half of the small segment's."""
    spans = [pays("a", "2025-01", None, 10_000), pays("b", "2025-01", None, 30_000)]
    names, won = customers({"a": "smb", "b": "ent"}), [spent("2025-01", 80_000)]

    def shares(*cost: Record) -> dict[str, tuple[float, str]]:
        made = book("2025-06-30", spans, customer=names, spend=[*won, *cost])
        return {n: (r["gross_margin"], r["margin_from"]) for n, r in payback(made).items()}

    kind = "cost_of_revenue"
    own = [spent("2025-02", 5_000, kind, segment="smb"), spent("2025-02", 5_000, kind, segment="ent")]
    assert shares(*own) == {
        "ent": (0.833333, kind), "smb": (0.5, kind), "total": (0.75, kind),
    }  # fmt: skip
    whole = (0.75, f"{kind} of the company")
    assert shares(spent("2025-02", 10_000, kind)) == {"ent": whole, "smb": whole, "total": (0.75, kind)}
    assert shares(own[0])["ent"] == (0.875, f"{kind} of the company")
    assert shares(spent("2024-01", 10_000, kind))["total"] == (0.8, "assumption")
    late = [pays("c", "2025-05", None, 10_000)]
    cost = [spent("2025-02", 5_000, kind, segment=n) for n in ("smb", "ent", "late")]
    made = book("2025-06-30", [*spans, *late], customer=[*names, *customers({"c": "late"})], spend=[*won, *cost])
    # Cost of a slice without revenue in those months says nothing of its margin: it has the company's.
    assert payback(made)["late"]["margin_from"] == f"{kind} of the company"


def test_more_cost_than_revenue_never_pays_back() -> None:
    cost = spent("2025-01", 20_000, "cost_of_revenue")
    made = book("2025-03-31", [pays("a", "2025-01", 1, 10_000)], spend=[spent("2025-01", 100), cost])
    row = payback(made)["total"]
    assert (row["gross_margin"], row["margin_cents"]) == (-1.0, -10_000)
    assert (row["simple_months"], row["survival_months"], row["lost_before_payback"]) == (None, None, None)


def test_without_spend_payback_is_undefined_and_without_customers_there_are_no_rows() -> None:
    row = payback(book("2025-03-31", [pays("a", "2025-01", None, 10_000)]))["total"]
    assert row["margin_cents"] == 8_000
    assert [row[c] for c in ("cac_cents", "simple_months", "survival_months", "lost_cents")] == [None] * 4
    empty = book("2025-03-31", [])
    for name in ("cac_payback", "payback_curve"):
        assert ask(empty, name).rows == ()
    assert lost_before_payback_rows(empty, frame_of(empty, find("cac_payback").card, Ask())) == []


def test_the_curve_crosses_the_cost_at_the_payback() -> None:
    made = two_segments()
    whole = ask(made, "payback_curve").rows
    total = payback(made)["total"]
    crossing = next(r["tenure_month"] for r in whole if r["survival_cents"] >= r["cac_cents"])
    assert crossing == total["survival_months"]
    assert [r["simple_cents"] for r in whole[:3]] == [0, 16_000, 32_000]
    assert all(r["survival_cents"] <= r["simple_cents"] for r in whole)
    parts = ask(made, "payback_curve", Ask(by="segment", assumptions=Assumptions(payback_line_months=9))).rows
    assert {(r["segment"], r["n"], r["line_months"]) for r in parts} == {("ent", 2, 9), ("smb", 6, 9)}
    assert len(parts) == 2 * len(whole) == 2 * 37
    nothing = ask(book("2025-03-31", [pays("a", "2025-01", None, 1)]), "payback_curve", Ask(months=1)).rows
    assert {(r["simple_cents"], r["cac_cents"]) for r in nothing} == {(None, None)}


def test_survival_is_carried_on_with_its_tail() -> None:
    curve = curve_of(lived(4, [(1, 1, 10.0), (3, 0, 10.0)]))
    assert curve is not None
    assert prolonged(curve, 2) == pytest.approx([1.0, 0.5])
    known = prolonged(curve, 6)
    assert known[:4] == pytest.approx([1.0, 0.5, 0.5, 0.5])
    assert known[5] == pytest.approx(0.5 * (1 - 1 / 6) ** 2)
