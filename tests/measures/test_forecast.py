"""The forecast: parts that make the total, a steady company that stays as it is, the worth of a point of churn."""

from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer


def month(i: int) -> str:
    """The tenth of the i-th month from January 2023."""
    return f"{2023 + i // 12}-{i % 12 + 1:02}-10"


def steady(arrivals: int = 24) -> list[Row]:
    """Twelve customers of 100 a month from January 2023, and one more each month; nobody leaves or changes."""
    rows = [span(f"old{i:02}", month(0), None, 10000) for i in range(12)]
    return rows + [span(f"new{i:02}", month(i), None, 10000) for i in range(1, arrivals)]


def forecast(rows: list[Row], as_of: str = "2024-12-31", ask_: Ask | None = None, **more: list[Row]) -> list[Record]:
    return list(ask(book_of({"subscription_span": rows, **more}, as_of), "forecast", ask_).rows)


def test_a_steady_company_goes_on() -> None:
    found = forecast(steady())
    assert [r["month"] for r in found] == [f"2025-{m:02}" for m in range(1, 13)]
    assert {r["existing_cents"] for r in found} == {350000}
    assert [r["new_cents"] for r in found] == [10000 * h for h in range(1, 13)]
    assert {(r["low_cents"], r["high_cents"]) for r in found} == {(r["total_cents"],) * 2 for r in found}
    assert {r["customers"] for r in found} == {35}


def test_parts_make_the_total_to_the_cent() -> None:
    rows = [
        span(f"c{i:02}", month(i % 20), month(i % 20 + 3 + i % 7) if i % 3 else None, 3333 + 7 * i) for i in range(60)
    ]
    found = forecast(rows)
    for r in found:
        assert r["existing_cents"] + r["new_cents"] == r["total_cents"]
        assert r["low_cents"] <= r["total_cents"] <= r["high_cents"]
    assert found[0]["existing_cents"] > found[-1]["existing_cents"] > 0


def test_one_point_of_churn_is_worth_so_many_new_customers() -> None:
    """One point of 3,500.00 a month is 35.00 after a year; a new customer brings 100.00: 0.35 of one."""
    last = forecast(steady())[-1]
    assert (last["churn_point_cents"], last["churn_point_customers"]) == (3500, 0.35)
    alone = forecast(steady(1))[-1]
    assert (alone["new_cents"], alone["churn_point_customers"]) == (0, None)


def test_the_window_is_how_far_it_looks() -> None:
    assert len(forecast(steady(), ask_=Ask(months=3))) == 3


def test_little_history_has_no_interval_and_none_has_no_forecast() -> None:
    young = forecast([span("a", "2024-10-10", None, 10000)])
    assert young[0]["total_cents"] > 0
    assert (young[0]["low_cents"], young[0]["high_cents"]) == (None, None)
    assert forecast([]) == []
    assert forecast([span("a", "2023-10-10", "2024-11-10", 10000)]) == []
    assert forecast([span("a", "2024-12-10", None, 10000)]) == []


def test_a_month_after_all_had_left_surprises_nobody() -> None:
    rows = [span("a", "2023-01-10", "2023-06-10", 10000), span("b", "2024-02-10", None, 10000)]
    found = forecast(rows)
    assert found[0]["existing_cents"] > 0


def test_a_condition_keeps_base_past_and_arrivals_of_the_same_customers() -> None:
    rows = [*steady(), *(span(f"x{i}", month(i), None, 70000) for i in range(20))]
    who = [customer(f"x{i}", segment="ent") for i in range(20)]
    asked = Ask(where=(("segment", "(none)"),))
    assert forecast(rows, customer=who, ask_=asked)[0]["total_cents"] == forecast(steady())[0]["total_cents"]


def test_growth_of_those_who_stay_is_in_what_exists() -> None:
    """Everybody pays a tenth more from the second month on: the youngest have that ahead."""
    rows = []
    for i in range(24):
        rows += [span(f"c{i}", month(i), month(i + 1), 10000)]
        rows += [span(f"c{i}", month(i + 1), None, 11000, cause="contracted_ramp")] if i < 23 else []
    now = ask(book_of({"subscription_span": rows}, "2024-12-31"), "mrr").rows[-1]["mrr_cents"]
    assert forecast(rows)[0]["existing_cents"] > now
