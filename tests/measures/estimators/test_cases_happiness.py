"""The cases of happiness, funnels and case mix in tests/cases/support.json, through the product's own functions."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relevo.measures.estimators.case_mix import at_equal_mix
from relevo.measures.estimators.discoveries import believed
from relevo.measures.estimators.expected_votes import Expected, Method
from relevo.measures.estimators.funnel import exact_ratio_limits, flag_at
from relevo.measures.estimators.happiness_score import changes, score
from relevo.measures.estimators.in_context import judged
from relevo.measures.estimators.shield import shielded
from relevo.measures.estimators.voted import Voted

FILE = Path(__file__).parents[2] / "cases" / "support.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text("utf-8"))["cases"]}


def given(name: str) -> tuple[Any, Any]:
    return CASES[name]["input"], CASES[name]["expected"]


def test_hp_03_shares_change_in_points_and_counts_in_percent() -> None:
    data, expected = given("HP-03")
    found = changes(data["current"], data["previous"])
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-9)


def test_hp_05_who_did_not_answer_is_not_in_the_denominator() -> None:
    data, expected = given("HP-05")
    found = score(data["good"], 0, data["bad"])
    assert found.great is not None
    assert 100 * found.great == pytest.approx(expected["csat_percent"], abs=1e-9)


def test_hp_07_satisfied_are_four_and_five_of_five() -> None:
    data, expected = given("HP-07")
    ratings = {int(stars): n for stars, n in data["ratings"].items()}
    found = score(ratings[4] + ratings[5], ratings[3], ratings[1] + ratings[2])
    assert found.great is not None
    assert 100 * found.great == pytest.approx(expected["satisfaction_percent"], abs=1e-9)
    assert 100 * found.votes / data["sent"] == pytest.approx(expected["response_rate_percent"], abs=1e-9)


def test_hp_08_in_context_the_order_is_reversed() -> None:
    data, expected = given("HP-08")
    kinds = ("easy", "hard")
    counts, awaited = [], []
    for agent in ("agent_A", "agent_B"):
        for kind in kinds:
            n, great, bad = (data[agent][kind][k] for k in ("n", "great", "not_good"))
            counts.append([great, n - great - bad, bad])
            awaited.append([data["team_expected"][kind]["great"], data["team_expected"][kind]["not_good"]])
    made = np.array(counts, dtype=float)
    codes = np.array([[0, 0], [1, 0], [0, 0], [1, 0]])
    votes = Voted(codes, np.array([0, 0, 1, 1]), np.zeros(4, dtype=np.intp), made, made.sum(axis=1))
    shares = np.array(awaited)
    found = judged(votes, of=Expected(shares[:, 0], shares[:, 1], Method.TABLE)).groups
    for one, agent in zip(found, ("agent_A", "agent_B"), strict=True):
        told = {"raw": one.raw.value, "expected": one.expected, "in_context": one.difference}
        assert told == pytest.approx(expected[agent], abs=1e-9)


@pytest.mark.parametrize("name", ["FN-02", "FN-03"])
def test_fn_exact_limits_of_a_ratio(name: str) -> None:
    data, expected = given(name)
    ends = exact_ratio_limits(data["expected_events"]), exact_ratio_limits(data["expected_events"], 0.001)
    found = dict(zip(("ll95", "ul95", "ll998", "ul998"), (*ends[0], *ends[1]), strict=True))
    assert found == pytest.approx(expected, abs=1e-6)


def test_fn_06_prediction_limits_of_counts() -> None:
    data, expected = given("FN-06")
    assert [flag_at(e) for e in data["expected_bad_ratings"]] == expected["flag_high_if_observed_at_least"]


def observed_over_expected(results: dict[str, dict[str, tuple[int, int]]]) -> list[float]:
    """Each one's raw score over what everybody's rates give on its own mix: the two figures that a page tells."""
    cells = [(who, s, *counts) for who, mine in results.items() for s, counts in mine.items()]
    people, kinds = sorted(results), sorted({s for _, s, *_ in cells})
    made = np.array([[well, 0, n - well] for _, _, well, n in cells], dtype=float)
    kind = np.array([kinds.index(s) for _, s, *_ in cells])
    pooled = np.array([made[kind == k, 0].sum() / made[kind == k].sum() for k in range(len(kinds))])[kind]
    person = np.array([people.index(who) for who, *_ in cells])
    votes = Voted(np.stack([kind, 0 * kind], 1), person, np.zeros(len(cells), dtype=np.intp), made, made.sum(axis=1))
    # A share of great alone: what did not go well is taken for okay.
    great = Voted(votes.traits, person, votes.fold, made[:, [0, 2, 1]], votes.squares)
    found = judged(great, of=Expected(pooled, 0 * pooled, Method.TABLE)).groups
    return [(one.raw.value or 0.0) / (one.expected or 1.0) for one in found]


def test_cm_01_every_stratum_and_both_standards_favour_the_other() -> None:
    data, expected = given("CM-01")
    results = {name: {s: (int(r[0]), int(r[1])) for s, r in mine.items()} for name, mine in data.items()}
    rates = at_equal_mix(results)
    assert rates is not None
    assert observed_over_expected(results) == pytest.approx(expected["oe_pooled"], abs=1e-9)
    assert [float(rates[name]) for name in "AB"] == pytest.approx(expected["direct_standardised"], abs=1e-9)
    for name in "AB":
        shares = [results[name][s][0] / results[name][s][1] for s in ("easy", "hard")]
        assert shares == pytest.approx(expected[f"stratum_{name}"], abs=1e-9)


def test_cm_02_a_shortfall_on_a_hard_case_does_not_count() -> None:
    data, expected = given("CM-02")
    cases = data["cases"]
    found = shielded([c["observed"] for c in cases], [c["expected"] for c in cases], data["hard_if_expected_at_most"])
    assert (found.measured, found.pay) == pytest.approx((expected["measured"], expected["pay"]), abs=1e-9)


def test_cm_03_one_more_hard_case_changes_no_pay() -> None:
    data, expected = given("CM-03")
    more = [*data["base"], [data["append"]["observed"], data["append"]["expected"]]]
    line = data["hard_if_expected_at_most"]
    before, after = (shielded(*zip(*cases, strict=True), line) for cases in (data["base"], more))
    assert (before.pay, after.pay) == pytest.approx((expected["pay_before"], expected["pay_after"]), abs=1e-9)


def test_ci_02_four_of_fifteen_stand_out() -> None:
    data, expected = given("CI-02")
    p = data["p_values"]
    assert sum(believed(p) <= data["alpha"]) == expected["rejected_bh"]
    assert sum(each <= data["alpha"] / len(p) for each in p) == expected["rejected_bonferroni"]
