"""Published tables and figures that can be done by hand."""

from itertools import pairwise

import numpy as np
import pytest

from relevo.measures.estimators.chain_ladder import chain_ladder, pooled_row
from relevo.measures.estimators.hazards import constant_hazard, discrete_hazards, event_rate, losses_of
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.estimators.survival import kaplan_meier, restricted_mean, survival_sum
from tests.measures.casebook import cases

# Survivors of the two segments of Fader and Hardie 2007, table 1, at signing and after each renewal.
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
# Taylor and Ashe 1983: claims paid by ten years of accident, cumulated by year.
CLAIMS = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
]


def bullhound() -> list[list[float]]:
    """The published triangle of COH-001 as amounts."""
    given = cases()["COH-001"]["input"]["cohorts"]
    return [[c["initial_mrr"] * pct / 100 for pct in c["retention_pct"]] for c in given]


def test_the_table_of_6_mp() -> None:
    case = cases()["SUR-001"]
    curve = kaplan_meier(case["input"]["time"], case["input"]["event"])
    steps = curve.events > 0
    assert curve.times[steps].tolist() == case["expected"]["time"]
    assert curve.at_risk[steps].tolist() == case["expected"]["at_risk"]
    assert curve.events[steps].tolist() == case["expected"]["events"]
    assert curve.survival[steps] == pytest.approx(case["expected"]["S"], abs=1e-6)
    assert curve.quantile()[0] == case["expected"]["median"]
    # Greenwood's standard errors as Klein and Moeschberger 2003 print them in table 4.1A.
    errors = (curve.survival * np.sqrt(curve.greenwood))[steps]
    assert errors == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-5)


def test_ten_customers_half_still_here() -> None:
    case = cases()["SUR-006"]
    given, expected = case["input"], case["expected"]
    curve = kaplan_meier(given["months"], given["churned"])
    assert curve.at([2, 3, 5, 8]) == pytest.approx(list(expected["S"].values()), abs=1e-4)
    rate = event_rate(given["months"], given["churned"])
    assert rate.rate == pytest.approx(expected["events_per_customer_month"], abs=1e-6)
    assert rate.rate is not None
    assert 1 / rate.rate == pytest.approx(9.6)


def test_lifetime_value_from_the_curve() -> None:
    curve = kaplan_meier(cases()["SUR-006"]["input"]["months"], cases()["SUR-006"]["input"]["churned"])
    expected = cases()["SUR-009"]["expected"]
    assert restricted_mean(curve, 9).mean.value == pytest.approx(expected["sum_S"], abs=1e-6)
    assert survival_sum(curve, [80.0] * 9).value == pytest.approx(expected["ltv_9m"], abs=0.01)


def test_events_come_before_censorings() -> None:
    case = cases()["SUR-008"]
    assert kaplan_meier(case["input"]["months"], case["input"]["churned"]).at([6])[0] == case["expected"]["S_6"]


def test_history_that_begins_in_the_middle() -> None:
    """Two seen from the start, four from month 6 or 7 on: who came late could not have been seen leaving before."""
    durations, events, entries = [5, 8, 9, 9, 10, 12], [1, 0, 0, 0, 1, 0], [0, 0, 6, 6, 6, 7]
    assert kaplan_meier(durations, events, entries=entries).at([10])[0] == pytest.approx(0.25)
    assert kaplan_meier(durations, events).at([10])[0] == pytest.approx(5 / 12)


def test_two_ways_to_leave() -> None:
    """100 customers: 20 cancel, then 20 cards fail, then 6 of the 60 left cancel, 54 stay."""
    durations, causes, n = [1, 2, 3, 4], [1, 2, 1, 0], [20, 20, 6, 54]
    found = cumulative_incidence(durations, causes, n)
    assert found.by_cause[1].incidence[-1] == pytest.approx(0.26)
    assert found.by_cause[2].incidence[-1] == pytest.approx(0.20)
    alone = kaplan_meier(durations, [c == 1 for c in causes], n)
    assert 1 - alone.survival[-1] == pytest.approx(0.28)


def test_hazards_of_a_contract_cohort() -> None:
    case = cases()["SUR-003"]
    exposed, lost = losses_of(case["input"]["active_at_renewal"])
    assert [h.hazard for h in discrete_hazards(exposed, lost)] == pytest.approx(case["expected"]["hazards"], abs=1e-5)
    overall = constant_hazard(exposed, lost)
    assert overall.hazard == pytest.approx(case["expected"]["theta_exact"], abs=1e-6)
    assert overall.low is not None
    assert overall.high is not None
    assert overall.low < 0.271665 < overall.high


@pytest.mark.parametrize(
    ("active", "alpha", "beta"),
    [
        # Fader and Hardie 2007 fit all seven renewals of each segment; Fader and Hardie 2014 the first four.
        (HIGH_END, 0.668, 3.806),
        (REGULAR, 0.704, 1.182),
        (REGULAR[:5], 0.764, 1.296),
    ],
)
def test_the_published_shifted_beta_geometric_fits(active: list[int], alpha: float, beta: float) -> None:
    model = fit(*losses_of(active))
    assert (model.alpha, model.beta) == pytest.approx((alpha, beta), abs=5e-4)


def test_the_projection_holds_where_a_constant_hazard_fails() -> None:
    """From four renewals to the seventh: 241 of 1000 are there; the model says within 3 %, a constant rate a third."""
    exposed, lost = losses_of(REGULAR[:5])
    model = fit(exposed, lost)
    said = 1000 * model.survival(7)
    assert said[5:] == pytest.approx(REGULAR[5:], rel=0.05)
    flat = constant_hazard(exposed, lost).hazard
    assert flat is not None
    assert 1000 * (1 - flat) ** 7 < 0.5 * REGULAR[7]
    low, high = model.survival_bounds(7)
    assert all(low[t] < model.survival(7)[t] < high[t] for t in range(1, 8))


def test_who_stayed_longer_is_worth_more_to_come() -> None:
    """Fader and Hardie 2010: retention rates of an individual are constant, yet the residual lifetime rises."""
    model = fit(*losses_of(REGULAR[:5]))
    values = [model.residual_lifetime(renewed, 0.1) for renewed in range(6)]
    assert values == pytest.approx([2.883, 3.941, 4.677, 5.236, 5.684, 6.054], abs=1e-3)
    assert all(a < b for a, b in pairwise(values))


def test_the_published_triangle() -> None:
    expected = cases()["COH-001"]["expected"]
    shares = [100 * cell.share for cell in pooled_row(bullhound()) if cell.share is not None]
    assert shares == pytest.approx(expected["recomputed_from_rounded_cells_pct"], abs=1e-3)
    assert shares == pytest.approx(expected["published_weighted_average_pct"], abs=0.7)


def test_the_chain_ladder_does_not_blame_retention_for_the_mix() -> None:
    """Month 13 of the published triangle: 79.6 % by pooled ratios, 74.1 % where only the oldest cohorts are seen."""
    share, ragged = chain_ladder(bullhound()).shares[13], pooled_row(bullhound())[13].share
    assert (share, ragged) == pytest.approx((0.796, 0.741), abs=5e-4)


def test_cells_that_cannot_be_seen_yet_are_in_neither_sum() -> None:
    expected = cases()["COH-003"]["expected"]
    row = pooled_row(list(cases()["COH-003"]["input"]["cohorts"].values()))
    assert [c.share for c in row] == [1.0, expected["pooled_m1"], expected["pooled_m2"]]
    assert [(c.cohorts, c.began, c.kept) for c in row] == [(3, 60, 60), (2, 30, 27), (1, 10, 8)]


def test_mack_s_own_example() -> None:
    """Mack 1993, tables 2 and 3: ratios, sigma squared, reserves and their standard errors."""
    found = chain_ladder(CLAIMS)
    assert [s.ratio for s in found.steps] == pytest.approx(
        [3.490607, 1.747333, 1.457413, 1.173852, 1.103824, 1.086269, 1.053874, 1.076555, 1.017725], abs=5e-7
    )
    assert [s.variance for s in found.steps] == pytest.approx(
        [160280.3275, 37736.8550, 41965.2130, 15182.9027, 13731.3239, 8185.7716, 446.6166, 1147.3660, 446.6166],
        abs=1e-4,
    )
    last = [cells[-1] for cells in found.cohorts]
    reserves = [(c.amount or 0) - row[-1] for c, row in zip(last, CLAIMS, strict=True)]
    assert [round(r) for r in reserves] == [
        0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811,
    ]  # fmt: skip
    assert [round(c.standard_error) for c in last if c.standard_error is not None] == [
        75535, 121699, 133549, 261406, 411010, 558317, 875328, 971258, 1363155,
    ]  # fmt: skip


def test_customers_that_stay_or_leave_spread_at_least_like_coins() -> None:
    """One cohort shows each step: Mack cannot tell a spread, customers have at least that of coins."""
    alone = chain_ladder([[100, 90, 81], [50]])
    assert [s.variance for s in alone.steps] == [None, None]
    counted = chain_ladder([[100, 90, 81], [50]], counts=True)
    assert [s.variance for s in counted.steps] == pytest.approx([0.09, 0.09])
    # 45 expected of 50: binomial noise 4.5, and the ratio itself rests on 100 customers.
    assert counted.cohorts[1][1].standard_error == pytest.approx(45 * (0.09 / 0.81 * (1 / 50 + 1 / 100)) ** 0.5)


def test_customers_that_are_all_alike_get_the_constant_hazard_with_its_interval() -> None:
    model = fit([1000, 800, 640], [200, 160, 128])
    low, high = model.survival_bounds(3)
    assert model.even
    assert model.survival(3) == pytest.approx([1, 0.8, 0.64, 0.512])
    assert all(a < 0.8**t < b for t, (a, b) in enumerate(zip(low, high, strict=True)) if t)
