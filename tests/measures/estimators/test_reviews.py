"""Scores of reviews, agreement and severity: published digits, by hand, brute force, and planted effects."""

import json
from collections.abc import Callable
from itertools import permutations
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.agreement import Level, Weights, alpha, cohen, fleiss
from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.review_score import Mark, review_score, reviews_needed, weighted_mean, worst_part
from relevo.measures.estimators.severity import Severity, severity

CASES = {c["id"]: c for c in json.loads((Path(__file__).parents[2] / "cases" / "support.json").read_text())["cases"]}


# The score of a review ------------------------------------------------------------------------------------


def _of_tables(case: dict[str, Any]) -> dict[str, list[float | None]]:
    found = [cohen(table) for table in case["tables"]]
    return {"po": [each.raw for each in found], "kappa": [each.kappa for each in found]}


ASKED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "QA-01": lambda i: {"iqs": weighted_mean(i["review_scores"], np.ones(len(i["review_scores"]))).value},
    "QA-05": _of_tables,
    "QA-06": lambda i: {"kappa": fleiss(i["counts"]).kappa},
}


@pytest.mark.parametrize("key", ASKED)
def test_the_case(key: str) -> None:
    case = CASES[key]
    found = ASKED[key](case["input"])
    for name, wanted in case["expected"].items():
        assert found[name] == pytest.approx(wanted, abs=case["tolerance"])


def test_a_review_is_the_weighted_mean_of_what_applies() -> None:
    """(2 x 2/4 + 1 x 4/4) / 3 = 2/3; the third criterion does not apply and leaves the denominator."""
    assert review_score([Mark(2, 4, 2), Mark(4, 4), Mark(None, 4, 9)]) == pytest.approx(200 / 3)
    assert review_score([Mark(None, 4)]) is None
    assert review_score([]) is None
    assert review_score([Mark(3, 4, 0)]) is None


@pytest.mark.parametrize(("points", "score"), [(1, 0.0), (2, 75.0), (None, 100.0)])
def test_a_critical_criterion_below_half_fails_all(points: float | None, score: float) -> None:
    """Half of its points is enough; where it does not apply it fails nothing."""
    assert review_score([Mark(points, 4, is_critical=True), Mark(4, 4)]) == score


# Means of samples with unequal chances --------------------------------------------------------------------


def test_a_mean_weighs_by_one_over_the_chance() -> None:
    """60 with chance 1/2 and 90 with chance 1/4: (2 x 60 + 4 x 90) / 6 = 80.

    Deviations -20 and 10: squares under the weights (2 x 20)^2 + (4 x 10)^2 = 3200, times 2/1, over 36: error 13.33.
    The spread is sqrt(2 x (2 x 400 + 4 x 100) / 6) = 20.
    """
    found = weighted_mean([60, 90], [2, 4])
    assert found.n == 2
    assert found.value == pytest.approx(80)
    assert found.spread == pytest.approx(20)
    assert (found.low, found.high) == (0, 100)  # 12.7 x 13.33 to each side is wider than the scale
    wide = weighted_mean([60, 90], [2, 4], top=1000)
    assert wide.high == pytest.approx(80 + student_t95(1) * sqrt(6400) / 6)


def test_equal_chances_are_students_mean() -> None:
    """50, 60, 70, 80: mean 65, s 12.91, error 6.455."""
    found = weighted_mean([50, 60, 70, 80], [3] * 4)
    half = 3.182446 * 12.909944 / 2
    assert (found.value, found.low, found.high) == pytest.approx((65, 65 - half, 65 + half), abs=1e-4)
    assert found.spread == pytest.approx(12.909944, abs=1e-6)


def test_few_reviews_say_less() -> None:
    assert weighted_mean([], []).value is None
    one = weighted_mean([40], [7])
    assert (one.value, one.worst, one.low, one.high, one.spread) == (40, 40, None, None, None)


@pytest.mark.parametrize("weights", [[1, 0], [1, -1], [1]])
def test_a_weight_is_above_0(weights: list[float]) -> None:
    with pytest.raises(DataRefused, match="weight"):
        weighted_mean([1, 2], weights)


def test_the_worst_tenth_takes_the_edge_in_part() -> None:
    """Of 15 equal units the worst tenth is one and a half: (0 + 10 / 2) / 1.5."""
    values = [0, 10, *[90] * 13]
    assert worst_part(values, np.ones(15)) == pytest.approx(5 / 1.5)
    assert worst_part(values[::-1], np.ones(15)) == pytest.approx(5 / 1.5)


def test_two_with_one_mean_differ_in_their_worst_tenth() -> None:
    """S2-37: the same mean, another spread."""
    even, uneven = weighted_mean([80] * 10, [1] * 10), weighted_mean([100] * 8 + [0] * 2, [1] * 10)
    assert even.value == uneven.value == 80
    assert (even.spread, even.worst) == (0, 80)
    assert uneven.spread == pytest.approx(42.1637, abs=1e-4)
    assert uneven.worst == 0


def test_sixty_two_reviews_for_five_points() -> None:
    """support.md section 5: (1.96 x 20 / 5)^2 = 61.47."""
    assert reviews_needed(20, 5) == 62
    assert reviews_needed(0, 5) == 2
    with pytest.raises(DataRefused, match="half-width"):
        reviews_needed(20, 0)


def test_the_weighted_interval_covers_and_the_plain_mean_is_biased() -> None:
    """A company drew hard conversations three times as often, and they score 30 less: plain reads 60, weighted 75.

    Two strata of 3000 easy (mean 85) and 1000 hard (mean 55), 30 of each drawn: truth 77.5.
    """
    rng = np.random.default_rng(4)
    truth, inside, plain = 0.75 * 85 + 0.25 * 55, 0, []
    for _ in range(400):
        y = np.clip(np.concatenate([rng.normal(85, 8, 30), rng.normal(55, 8, 30)]), 0, 100)
        found = weighted_mean(y, [100.0] * 30 + [1000 / 30] * 30)
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= truth <= found.high
        plain.append(y.mean())
    assert inside >= 372  # 93 %; strata only make it wider than needed
    assert np.mean(plain) == pytest.approx(70, abs=1)


# Agreement ------------------------------------------------------------------------------------------------


def test_weighted_kappa_by_hand() -> None:
    """Three ordered marks, 10 units: observed cost 2 x 1/10; by chance from margins .4 .3 .3 each.

    2 x (.4 x .3 + .3 x .3 + 2 x .4 x .3) = .9, kappa 1 - .2 / .9.
    """
    table = [[3, 1, 0], [1, 2, 0], [0, 0, 3]]
    assert cohen(table, Weights.LINEAR).kappa == pytest.approx(1 - 0.2 / 0.9)
    found = cohen(table)
    assert (found.n, found.raw) == (10, pytest.approx(0.8))
    assert found.prevalence == pytest.approx((0.4, 0.3, 0.3))
    assert found.kappa == pytest.approx((0.8 - 0.34) / 0.66)


def test_where_all_is_one_mark_there_is_no_kappa_but_agreement() -> None:
    assert (cohen([[7, 0], [0, 0]]).raw, cohen([[7, 0], [0, 0]]).kappa) == (1, None)
    assert (fleiss([[3, 0], [3, 0]]).raw, fleiss([[3, 0], [3, 0]]).kappa) == (1, None)
    assert cohen([[0, 0], [0, 0]]).raw is None
    assert fleiss([]).raw is None


@pytest.mark.parametrize("table", [[[1, 2]], [1, 2], [[1, -1], [0, 1]]])
def test_a_table_of_agreement_is_square(table: Any) -> None:
    with pytest.raises(DataRefused, match="square"):
        cohen(table)


@pytest.mark.parametrize("counts", [[[2, 1], [1, 1]], [[1, 0], [0, 1]]])
def test_fleiss_needs_as_many_for_each(counts: Any) -> None:
    with pytest.raises(DataRefused, match="different numbers"):
        fleiss(counts)


_ = float("nan")
# Krippendorff, Computing Krippendorff's alpha-reliability (2011), section E: four observers, twelve units.
MISSING = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]).T  # fmt: skip


@pytest.mark.parametrize(
    ("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_as_published(level: str, printed: float) -> None:
    assert alpha(MISSING, Level(level)) == pytest.approx(printed, abs=0.0005)


def test_alpha_of_nothing() -> None:
    assert alpha(np.full((3, 2), _)) is None
    assert alpha([[1, _], [_, 2]]) is None  # nobody judged the same
    assert alpha([[1, 1], [1, 1]]) is None  # nothing varies
    assert alpha(np.array([[0, 0], [1, 1]]), Level.RATIO) == 1
    with pytest.raises(DataRefused, match="table"):
        alpha([1, 2])


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from([Level.NOMINAL, Level.INTERVAL, Level.RATIO]))
def test_alpha_is_its_definition_by_pairs(seed: int, level: Level) -> None:
    """Disagreement inside units over disagreement among all marks that have a partner, pair by pair."""
    rng = np.random.default_rng(seed)
    marks = rng.integers(0, 4, (6, 3)).astype(float)
    marks[rng.random((6, 3)) < 0.3] = _

    def apart(a: float, b: float) -> float:
        if level is Level.NOMINAL:
            return float(a != b)
        return ((a - b) / (a + b if level is Level.RATIO and a + b else 1)) ** 2

    units = [[v for v in row if not np.isnan(v)] for row in marks]
    units = [u for u in units if len(u) > 1]
    every = [v for u in units for v in u]
    inside = sum(sum(apart(a, b) for a, b in permutations(u, 2)) / (len(u) - 1) for u in units)
    among = sum(apart(a, b) for a, b in permutations(every, 2))
    found = alpha(marks, level)
    if not among:
        assert found is None
    else:
        assert found == pytest.approx(1 - inside / len(every) / (among / len(every) / (len(every) - 1)))


# Severity -------------------------------------------------------------------------------------------------


def test_a_planted_harsh_reviewer_is_found_and_removed() -> None:
    """S2-36: of five reviewers one takes off 15; who got that one more often looks worse by up to 9 points.

    Ten people of true level 70 to 79, 40 reviews each, noise 6. Persons 0 to 4 get the harsh one for 24 of 40.
    """
    rng = np.random.default_rng(7)
    truth = {person: 70.0 + person for person in range(10)}
    persons = [p for p in range(10) for _ in range(40)]
    reviewers = [int(r) for p in range(10) for r in rng.choice(5, 40, p=_shares(p < 5))]
    marks = [truth[p] - 15 * (r == 0) + float(rng.normal(0, 6)) for p, r in zip(persons, reviewers, strict=True)]
    found = severity(marks, persons, reviewers)
    assert found.effects[0] == pytest.approx(-12, abs=2)  # against the mean of all five, which is 3 below the others
    assert sum(found.effects.values()) == pytest.approx(0, abs=1e-9)
    low, high = found.low(0), found.high(0)
    assert low is not None
    assert high is not None
    assert low < -12 < high < -9
    raw, adjusted = _levels(marks, persons), _levels(_without(marks, reviewers, found), persons)
    wanted = np.array([truth[p] for p in range(10)])
    assert np.std(raw - wanted) > 3.5
    assert np.std(adjusted - wanted) < 1.5


def _without(marks: list[float], reviewers: list[int], found: Severity) -> list[float]:
    return [mark - found.effects[reviewer] for mark, reviewer in zip(marks, reviewers, strict=True)]


def _shares(often: bool) -> list[float]:
    return [0.6, 0.1, 0.1, 0.1, 0.1] if often else [0.05, 0.2375, 0.2375, 0.2375, 0.2375]


def _levels(marks: list[float], persons: list[int]) -> np.ndarray:
    return np.array([np.mean([m for m, p in zip(marks, persons, strict=True) if p == each]) for each in range(10)])


def test_reviewers_alike_are_left_alone() -> None:
    """Without severity the likeliest penalty is complete, or leaves next to nothing."""
    rng = np.random.default_rng(1)
    persons, reviewers = list(rng.integers(0, 8, 300)), list(rng.integers(0, 6, 300))
    found = severity([float(v) for v in rng.normal(80, 10, 300)], persons, reviewers)
    assert max(abs(each) for each in found.effects.values()) < 1.5


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_it_is_the_penalised_dense_model(seed: int) -> None:
    """With persons as columns and a ridge of 1 / ratio on reviewers; the likelihood is that of the dense matrix."""
    rng = np.random.default_rng(seed)
    persons, reviewers = list(rng.integers(0, 3, 24)), list(rng.integers(0, 4, 24))
    effects = rng.normal(0, 3, 4)
    y = np.array([effects[r] + 5 * p + rng.normal() for p, r in zip(persons, reviewers, strict=True)])
    found = severity([float(v) for v in y], persons, reviewers)
    names = list(found.effects)
    x = np.array([[float(p == each) for each in sorted(set(persons))] for p in persons])
    z = np.array([[float(r == each) for each in names] for r in reviewers])
    if found.ratio:
        both = np.hstack([x, z])
        ridge = np.diag([0.0] * x.shape[1] + [1 / found.ratio] * z.shape[1])
        told = np.linalg.solve(both.T @ both + ridge, both.T @ y)[x.shape[1] :]
        assert list(found.effects.values()) == pytest.approx(list(told), abs=1e-6)
        spent = y - both @ np.linalg.solve(both.T @ both + ridge, both.T @ y)
        chance = y @ spent / (len(y) - x.shape[1])
        centre = np.eye(len(names)) - 1 / len(names)
        spreads = np.linalg.inv(both.T @ both + ridge)[x.shape[1] :, x.shape[1] :]
        errors = np.sqrt(chance * np.diag(centre @ spreads @ centre))
        assert list(found.errors.values()) == pytest.approx(list(errors), abs=1e-6)
    near = [found.ratio * f for f in (0.9, 1, 1.1)] if 1e-3 < found.ratio < 99 else []
    losses = [_restricted(y, x, z, ratio) for ratio in near]
    assert not losses or losses[1] <= min(losses) + 0.05


def _restricted(y: np.ndarray, x: np.ndarray, z: np.ndarray, ratio: float) -> float:
    """Minus twice the restricted log likelihood, without constants, from the matrix of all marks."""
    inverse = np.linalg.inv(np.eye(len(y)) + ratio * z @ z.T)
    bread = x.T @ inverse @ x
    rest = y - x @ np.linalg.solve(bread, x.T @ inverse @ y)
    free = len(y) - x.shape[1]
    return float(-np.linalg.slogdet(inverse)[1] + np.linalg.slogdet(bread)[1] + free * np.log(rest @ inverse @ rest))


def test_who_cannot_be_told_apart_keeps_nothing() -> None:
    """Each person has one reviewer: harsh reviewer or weak person, nobody can say."""
    found = severity([60, 62, 90, 92], ["a", "a", "b", "b"], ["x", "x", "y", "y"])
    assert found.effects == {"x": 0, "y": 0}
    assert severity([], [], []).effects == {}
    assert (found.low("x"), found.high("x")) == (None, None)
    assert severity([5, 5, 5], ["a", "a", "a"], ["x", "y", "x"]).ratio == 0


# Two hundred companies -------------------------------------------------------------------------------------

SEEDS = 200


def company_of(seed: int, harsh: float) -> tuple[list[float], list[int], list[int], np.ndarray]:
    """Twelve people of true level 70 to 81 with 40 reviews each, five reviewers, noise 10; the first takes `harsh` off.

    People with an even number have the first reviewer for 16 of 40, the others for 4.
    """
    rng = np.random.default_rng(seed)
    persons = [p for p in range(12) for _ in range(40)]
    shares = {0: [0.4, 0.15, 0.15, 0.15, 0.15], 1: [0.1, 0.225, 0.225, 0.225, 0.225]}
    reviewers = [int(r) for p in range(12) for r in rng.choice(5, 40, p=shares[p % 2])]
    marks = [70.0 + p - harsh * (r == 0) + float(rng.normal(0, 10)) for p, r in zip(persons, reviewers, strict=True)]
    return marks, persons, reviewers, np.arange(70.0, 82.0)


def told_of(seed: int, harsh: float) -> tuple[float, float, float, int]:
    """How far raw and adjusted levels favour whom the first reviewer saw less; its effect; how many are named."""
    marks, persons, reviewers, truth = company_of(seed, harsh)
    found = severity(marks, persons, reviewers)
    gaps = []
    for told in (marks, _without(marks, reviewers, found)):
        off = np.array([np.mean([m for m, p in zip(told, persons, strict=True) if p == each]) for each in range(12)])
        gaps.append(float((off - truth)[1::2].mean() - (off - truth)[::2].mean()))
    ends = [(found.low(each), found.high(each)) for each in range(5)]
    return gaps[0], gaps[1], found.effects[0], sum(low is not None and high is not None and low * high > 0
                                                   for low, high in ends)  # fmt: skip


@pytest.mark.sims
def test_severity_on_two_hundred_companies() -> None:
    """A reviewer who takes 15 off is taken out; where all mark alike hardly anybody is named."""
    planted = np.array([told_of(seed, 15.0) for seed in range(SEEDS)])
    alike = np.array([told_of(seed, 0.0) for seed in range(SEEDS)])
    rows = [("harsh by 15", planted), ("all alike", alike)]
    print("\n  company        raw gap  adjusted gap  effect of the first  reviewers named of 1000")  # noqa: T201
    for name, found in rows:
        raw, adjusted, effect, named = (*found[:, :3].mean(axis=0), found[:, 3].sum())
        print(f"  {name:13}  {raw:7.2f}  {adjusted:12.2f}  {effect:19.2f}  {named:23.0f}")  # noqa: T201
    assert planted[:, 0].mean() > 4
    assert abs(planted[:, 1].mean()) < 0.5
    assert alike[:, 3].sum() <= 60
