"""LTV: closed forms it must equal, the cap and the tail, small books by hand, pooling, intervals by simulation."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.catalog import find
from relevo.measures.estimators.survival import kaplan_meier, survival_sum
from relevo.measures.exchange import Exchange
from relevo.measures.revenue.lifetime_curve import Curve, curve_of, curves_of, observed_ages, pooled
from relevo.measures.revenue.lifetime_interval import (
    Interval,
    around,
    combined,
    lowest,
    rule_of_three,
    slice_variance,
    variance,
)
from relevo.measures.revenue.lifetime_parts import experiences, together, watched
from relevo.measures.revenue.lifetime_value import EXPRESSIONS, discounts, lifetime_value
from tests.measures.companies import Small, companies
from tests.measures.memory import Memory
from tests.measures.simulated_lives import FACTORS, World, coverage, estimate
from tests.measures.small_economics import book, customers, lived, pays, spent

ENDLESS = Assumptions(horizon_months=600, discount_per_year=Fraction(0))


def ltv(made: Book, name: str = "ltv", **question: object) -> dict[str, Record]:
    rows = ask(made, name, Ask(**question)).rows  # type: ignore[arg-type]
    return {next(v for k, v in r.items() if k in ("segment", "country")): r for r in rows}


def constant(churn: float, paid: float, ages: int) -> Curve:
    hazard = np.full(ages, churn)
    hazard[0] = 0
    return Curve(hazard, np.full(ages, paid), ages, churn, 100)


# Forms it must equal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("churn", [0.02, 0.05, 0.3])
def test_s0_59_a_constant_chance_to_leave_is_margin_over_churn(churn: float) -> None:
    factors = discounts(Assumptions(horizon_months=2000, discount_per_year=Fraction(0)))
    found = lifetime_value(constant(churn, 100.0, 2000), Fraction(4, 5), factors)
    assert float(found) == pytest.approx(80 / churn, rel=1e-9)


def test_a_discount_is_one_over_the_rate_per_year() -> None:
    factors = discounts(Assumptions(horizon_months=25))
    assert [round(float(factors[t]), 6) for t in (0, 12, 24)] == [1.0, round(1 / 1.1, 6), round(1 / 1.21, 6)]


def test_s0_59_without_churn_the_horizon_caps_the_value_and_says_so() -> None:
    spans = [pays(f"c{i}", "2025-01", None, 10_000) for i in range(40)]
    row = ltv(book("2025-12-31", spans), assumptions=Assumptions(discount_per_year=Fraction(0)))["total"]
    assert row["ltv_cents"] == 60 * 8_000
    assert (row["capped"], row["horizon_months"], row["n"]) == (True, 60, 40)
    # Twelve ages are seen; the other 48 months rest on nobody having left so far.
    assert row["extrapolated_share"] == 0.8
    # Nobody of 480 customer-months left: at most 3/480 a month.
    worst = 8_000 * sum((1 - 3 / 480) ** t for t in range(1, 61))
    assert row["low"] == pytest.approx(worst, abs=1)
    assert row["high"] == row["ltv_cents"]


def test_a_book_by_hand() -> None:
    """Four start together; one leaves after two months: S is 1, 1, 3/4, 3/4; margin 80 % of 100.00."""
    spans = [pays(c, "2025-01", 2 if c == "a" else None, 10_000) for c in "abcd"]
    assumed = Assumptions(horizon_months=4, discount_per_year=Fraction(0))
    row = ltv(book("2025-04-30", spans), assumptions=assumed)["total"]
    assert row["ltv_cents"] == 8_000 * (1 + 1 + Fraction(3, 4) + Fraction(3, 4))
    assert (row["extrapolated_share"], row["capped"]) == (0.0, False)
    assert row["low"] < row["ltv_cents"] < row["high"]
    assert (row["discount"], row["gross_margin"], row["margin_from"], row["weight"]) == (0.0, 0.8, "assumption", 1.0)


def test_beyond_what_was_seen_the_last_twelve_ages_go_on() -> None:
    """One of four leaves at age 2 of 0 to 3: 1 of 4 + 4 + 4 + 3 = 15 customer-months; it goes on with 1/15 a month."""
    spans = [pays(c, "2025-01", 2 if c == "a" else None, 10_000) for c in "abcd"]
    assumed = Assumptions(horizon_months=6, discount_per_year=Fraction(0))
    row = ltv(book("2025-04-30", spans), assumptions=assumed)["total"]
    tail = 0.75 * 14 / 15 + 0.75 * (14 / 15) ** 2
    assert row["ltv_cents"] == pytest.approx(8_000 * (3.5 + tail), abs=1)
    assert row["extrapolated_share"] == pytest.approx(tail / (3.5 + tail), abs=1e-6)


def test_what_those_who_stay_pay_may_grow_and_a_pause_pays_nothing() -> None:
    spans = [
        pays("a", "2025-01", 2, 10_000), pays("a", "2025-03", None, 20_000),
        pays("b", "2025-01", 1, 10_000), pays("b", "2025-03", None, 10_000),
    ]  # fmt: skip
    made = book("2025-04-30", spans)
    assumed = Assumptions(horizon_months=4, discount_per_year=Fraction(0))
    # Nobody is gone for good: 200 + 100 + 300 + 300 over two customers, 80 % of it.
    assert ltv(made, assumptions=assumed)["total"]["ltv_cents"] == round(0.8 * (20_000 + 10_000 + 30_000 + 30_000) / 2)


def test_the_total_weights_segments_by_customers_and_is_not_the_value_of_an_average() -> None:
    spans = [pays(f"s{i}", "2025-01", 1, 5_000) for i in range(90)]
    spans += [pays(f"l{i}", "2025-01", None, 50_000) for i in range(30)]
    names = customers({**{f"s{i}": "smb" for i in range(90)}, **{f"l{i}": "ent" for i in range(30)}})
    made = book("2025-06-30", spans, customer=names)
    rows = ltv(made)
    assert rows["total"]["ltv_cents"] == pytest.approx(
        (90 * rows["smb"]["ltv_cents"] + 30 * rows["ent"]["ltv_cents"]) / 120, abs=1
    )
    by_nothing = ltv(made, by="country")
    assert by_nothing["(none)"]["ltv_cents"] != pytest.approx(rows["total"]["ltv_cents"], rel=0.05)
    assert ltv(made, where=(("segment", "smb"),))["total"]["ltv_cents"] == rows["smb"]["ltv_cents"]


def test_a_window_watches_its_own_months_alone() -> None:
    """All that left did so in January to March; watched from April on, nobody leaves."""
    spans = [pays(f"c{i}", "2024-12", 2 if i < 5 else None, 10_000) for i in range(10)]
    made = book("2025-06-30", spans)
    assert not ltv(made)["total"]["capped"]
    late = ltv(made, months=3)["total"]
    assert (late["capped"], late["n"]) == (True, 5)


def test_money_is_at_one_rate_so_that_no_rate_moves_the_value() -> None:
    rates = [{"currency": "USD", "on_date": d, "rate": r} for d, r in (("2025-01-01", "1"), ("2025-06-01", "0.5"))]
    spans = [pays("a", "2025-01", None, 10_000, currency="USD")]
    assumed = Assumptions(horizon_months=6, discount_per_year=Fraction(0))
    assert ltv(book("2025-06-30", spans, fx_rate=rates), assumptions=assumed)["total"]["ltv_cents"] == 6 * 4_000


def test_without_customers_there_is_no_value() -> None:
    empty = book("2025-03-31", [])
    for name in ("ltv", "ltv_to_cac", "ltv_bridge", "customer_value"):
        assert ask(empty, name).rows == ()
    gone = book("2025-12-31", [pays("a", "2025-01", 1, 10_000)])
    assert ask(gone, "ltv", Ask(months=3)).rows == ()


# Ratio to CAC --------------------------------------------------------------------------------------------------


def test_s3_33_3600_over_1200_is_three() -> None:
    """Margin 80 % of 75.00 is 60.00 a month for 60 months: 3,600 over a cost of 1,200."""
    spans = [pays(f"c{i}", "2025-01", None, 7_500) for i in range(10)]
    made = book("2025-12-31", spans, spend=[spent("2025-01", 1_200_000)])
    row = ltv(made, "ltv_to_cac", assumptions=Assumptions(discount_per_year=Fraction(0)))["total"]
    assert (row["ltv_cents"], row["cac_cents"], row["ratio"], row["line"]) == (360_000, 120_000, 3.0, 3.0)
    assert row["low"] < 3.0 == row["high"]
    assert (row["simple_ratio"], row["capped"], row["cac_from"]) == (None, True, "own")


def test_the_simple_ratio_stands_beside_and_differs() -> None:
    """Published example UE-022: one customer is anything from 2 to 8, by definition alone."""
    spans = [pays(f"c{i}", "2025-01", 3 if i < 2 else None, 10_000) for i in range(10)]
    made = book("2025-12-31", spans, spend=[spent("2025-01", 1_000_000)])
    row = ltv(made, "ltv_to_cac")["total"]
    # Two left in 10 + 10 + 10 + 8 x 8 customer-months at risk after the first: 80.00 / (2 / 94) over 1,000.00.
    assert row["simple_ratio"] == pytest.approx(80 * 94 / 2 / 1000)
    assert row["ratio"] < row["simple_ratio"]
    assert row["low"] < row["ratio"] < row["high"]
    one_month = ltv(book("2025-01-31", [pays("a", "2025-01", None, 100)]), "ltv_to_cac")["total"]
    assert (one_month["simple_ratio"], one_month["ratio"], one_month["cac_cents"]) == (None, None, None)


# Curves --------------------------------------------------------------------------------------------------------


def test_an_age_is_observed_while_ten_were_at_risk_or_any_where_there_never_were_ten() -> None:
    assert observed_ages(lived(8, [(2, 0, 1.0)] * 9 + [(5, 0, 1.0)])) == 3
    assert observed_ages(lived(8, [(2, 0, 1.0)] * 8 + [(5, 0, 1.0)])) == 6
    nobody = lived(8, [])
    assert (observed_ages(nobody), curve_of(nobody), curves_of({}, 8)) == (0, None, None)


def test_ages_that_nobody_was_seen_at_take_the_tail() -> None:
    """Seen from age 3 on: ages 0 to 2 take what is pooled from 3 to 5."""
    curve = curve_of(lived(6, [(5, 1, 10.0), (5, 0, 20.0)], entry=2))
    assert curve is not None
    assert curve.hazard.tolist() == pytest.approx([1 / 6] * 3 + [0, 0, 0.5])
    assert curve.paid.tolist() == pytest.approx([16.0] * 3 + [15, 15, 20])


def test_a_small_slice_takes_the_rest_from_the_company() -> None:
    company = curve_of(lived(4, [(3, 1, 10.0)] * 50 + [(3, 0, 10.0)] * 50))
    seen = lived(4, [(3, 0, 40.0)] * 15)
    assert company is not None
    mixed = pooled(curve_of(seen), company, seen)
    assert mixed.weight == 0.5
    assert mixed.hazard[3] == pytest.approx(0.25)
    assert mixed.paid[0] == pytest.approx(25.0)
    large = lived(4, [(3, 0, 40.0)] * 30)
    assert pooled(curve_of(large), company, large).paid[0] == 40.0
    unseen = pooled(None, company, lived(4, []))
    assert (unseen.weight, unseen.hazard.tolist()) == (0.0, company.hazard.tolist())


def test_everybody_leaving_is_no_cap() -> None:
    curve = curve_of(lived(4, [(0, 0, 10.0)]))
    assert curve is not None
    assert curve.never_ends
    gone = curve_of(lived(4, [(1, 1, 10.0)] * 3))
    assert gone is not None
    assert not gone.never_ends
    assert gone.paid[1] == pytest.approx(10.0)


@given(companies())
@settings(max_examples=4)
def test_what_is_seen_is_what_the_survival_curve_and_the_snapshots_say(small: Small) -> None:
    memory = Memory()
    made = small.book(memory)
    frame = frame_of(made, find("ltv").card, Ask())
    found = {n: made.run(e(made.tables, frame)).dicts() for n, e in EXPRESSIONS.items()}
    if not found["lives"]:
        return
    exchange = Exchange.of(found["rates"])
    whole = together(experiences(found["lives"], found["paid"], exchange, frame.last_complete, 60).values(), 60)
    curve = ask(made, "survival").rows
    assert [(r["at_risk"], r["events"]) for r in curve] == [
        (int(whole.at_risk[r["tenure_month"]]), int(whole.left[r["tenure_month"]])) for r in curve
    ]
    oracle = small.oracle()
    months = range(watched(frame).since, frame.last_complete + 1)
    by_age = np.zeros(60)
    for customer, first in oracle.started.items():
        for month in months:
            if month >= first:
                by_age[month - first] += float(oracle.level(customer, month, frame.last_complete))
    assert whole.paid.tolist() == pytest.approx(by_age.tolist(), rel=1e-9, abs=1e-6)


# Intervals -----------------------------------------------------------------------------------------------------


def test_intervals_of_parts_combine_side_by_side() -> None:
    assert combined([(1.0, 10.0, Interval(7, 12)), (1.0, 5.0, Interval(1, 6))]) == Interval(10, 15 + np.sqrt(5))
    assert around(0.0, 1.0).low == pytest.approx(-1.959964)
    assert around(-5.0, 0.0) == Interval(-5.0, -5.0)
    assert rule_of_three(0) is None
    assert rule_of_three(2) == 1.0


def test_only_where_nobody_left_is_there_a_lowest_value() -> None:
    seen = lived(60, [(5, 0, 10.0)] * 4)
    curve = curve_of(seen)
    assert curve is not None
    assert lowest(seen, curve, FACTORS) is not None
    assert lowest(lived(60, [(5, 1, 10.0)]), curve, FACTORS) is None
    assert lowest(lived(60, []), curve, FACTORS) is None


def test_the_variance_is_greenwoods_where_all_pay_the_same() -> None:
    """Within what is seen, without discount: the variance of a restricted mean is that of its published formula."""
    lives = [(2, 1, 1.0)] * 20 + [(3, 1, 1.0)] * 10 + [(4, 0, 1.0)] * 70
    seen = lived(5, lives)
    curve = curve_of(seen)
    assert curve is not None
    survival, ahead = curve.survival, np.cumsum(curve.survival[::-1])[::-1]
    formula = sum(
        ahead[t] ** 2 * d / (n * (n - d)) for t, (d, n) in enumerate(zip(seen.left, seen.at_risk, strict=True))
    )
    assert variance(seen, curve, np.ones(5)) == pytest.approx(formula)
    known = kaplan_meier([2, 3, 4], [1, 1, 0], n=[20, 10, 70])
    assert survival.tolist() == pytest.approx(known.at(range(5)).tolist())
    assert variance(seen, curve, np.ones(5)) == pytest.approx(survival_sum(known, np.ones(5)).standard_error ** 2)


def test_pooling_moves_the_centre_and_not_the_width() -> None:
    large, small = lived(60, [(9, 0, 10.0)] * 20 + [(5, 1, 10.0)] * 20), lived(60, [(9, 0, 10.0)] * 4)
    curves = curves_of({"large": large, "small": small}, 60)
    assert curves is not None
    company = together(curves.seen.values(), 60)
    assert slice_variance(curves, "large", company, FACTORS) == variance(large, curves.slices["large"], FACTORS)
    whole = variance(company, curves.company, FACTORS)
    assert slice_variance(curves, "small", company, FACTORS) == pytest.approx(whole * 44 / 4)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held, error = coverage(World(n=80, watched=36, hazard=0.03), runs=40, seed=5)
    assert held >= 0.85
    assert abs(error) < 0.1


@pytest.mark.sims
@pytest.mark.parametrize(
    "world",
    [
        World(n=60, watched=36, hazard=0.03),
        World(n=500, watched=36, hazard=0.01, yearly=0.15),
        World(n=300, watched=48, hazard=0.02, yearly=0.1, small_leave_more=0.5),
        World(n=100, watched=36, hazard=0.005),
    ],
)
def test_coverage_and_bias_over_many_companies(world: World) -> None:
    held, error = coverage(world, runs=600, seed=11)
    assert 0.90 <= held <= 0.99
    assert abs(error) < 0.04


@pytest.mark.sims
def test_a_small_slice_is_pulled_to_the_company_and_its_interval_still_holds_it() -> None:
    """Segments differ in their chance to leave; of ten customers the pooled value errs less than their own."""
    rng = np.random.default_rng(3)
    held, own_error, pooled_error, runs = 0, 0.0, 0.0, 150
    for _ in range(runs):
        worlds = [
            World(n, 36, float(h)) for n, h in zip((300, 300, 300, 300, 10), rng.gamma(16, 0.03 / 16, 5), strict=True)
        ]
        groups = {str(i): world.draw(rng) for i, world in enumerate(worlds)}
        truth = worlds[-1].truth()
        value, interval = estimate(groups, "4")
        alone = curve_of(groups["4"])
        assert alone is not None
        own_error += (float((FACTORS * alone.survival * alone.paid).sum()) - truth) ** 2
        pooled_error += (value - truth) ** 2
        held += interval.low <= truth <= interval.high
    assert pooled_error < own_error / 2
    assert held / runs >= 0.88
