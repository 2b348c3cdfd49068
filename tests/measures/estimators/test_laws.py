"""What holds for all lives: laws of the estimators, found on drawn lives."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chain_ladder import chain_ladder, pooled_row
from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import CoxFit, cox
from relevo.measures.estimators.hazards import discrete_hazards, losses_of
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.estimators.survival import kaplan_meier, nelson_aalen, restricted_mean, survival_sum
from tests.measures.estimators.lives import FEW, LIFE, LIVES, Life, columns, counted


@FEW
@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_without_censoring_the_curve_is_the_share_still_there(durations: list[int]) -> None:
    curve = kaplan_meier(durations, [1] * len(durations))
    for t, s in zip(curve.times, curve.survival, strict=True):
        assert s == pytest.approx(float(Fraction(sum(d > t for d in durations), len(durations))), abs=1e-12)
    mean = restricted_mean(curve, max(durations))
    assert mean.mean.value == pytest.approx(float(np.mean(durations)), abs=1e-9)
    # Its variance is then that of a mean of independent durations.
    assert mean.mean.standard_error == pytest.approx(float(np.std(durations) / np.sqrt(len(durations))), abs=1e-9)


@FEW
@given(LIVES)
def test_counting_first_changes_nothing(lives: list[Life]) -> None:
    one, other = kaplan_meier(*columns(lives)), kaplan_meier(*counted(lives))
    for name in ("times", "at_risk", "events", "censored", "survival", "greenwood"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-12)


@FEW
@given(LIVES)
def test_a_curve_falls_and_lies_in_its_band(lives: list[Life]) -> None:
    curve = kaplan_meier(*columns(lives))
    assert all(a >= b for a, b in pairwise([1.0, *curve.survival]))
    inside = ~np.isnan(curve.low)
    assert (curve.low <= curve.survival)[inside].all()
    assert (curve.survival <= curve.high)[inside].all()
    hazard = nelson_aalen(*columns(lives))
    assert (np.exp(-hazard.hazard) >= curve.survival - 1e-12).all()


@FEW
@given(LIVES, st.integers(1, 12))
def test_the_restricted_mean_is_a_sum_of_the_curve(lives: list[Life], horizon: int) -> None:
    """Durations are whole months, so the area is the sum of the heights at each month's beginning."""
    curve = kaplan_meier(*columns(lives))
    found = restricted_mean(curve, horizon)
    months = survival_sum(curve, [1.0] * int(found.horizon))
    assert found.mean.value == pytest.approx(months.value)
    assert found.mean.standard_error == pytest.approx(months.standard_error, abs=1e-12)
    assert 0 <= found.mean.value <= found.horizon


@FEW
@given(LIVES)
def test_survival_and_incidences_make_one(lives: list[Life]) -> None:
    durations, events, n, entries = columns(lives)
    causes = [e * (1 + x.group) for e, x in zip(events, lives, strict=True)]
    found = cumulative_incidence(durations, causes, n, entries)
    total = found.survival + sum((c.incidence for c in found.by_cause.values()), np.zeros_like(found.survival))
    assert total == pytest.approx(np.ones_like(total))
    for cause in found.by_cause.values():
        alone = kaplan_meier(durations, [c == cause.cause for c in causes], n, entries)
        assert (cause.incidence <= 1 - alone.survival + 1e-12).all()


@FEW
@given(LIVES)
def test_with_one_cause_the_incidence_is_what_the_curve_lost(lives: list[Life]) -> None:
    durations, events, n, entries = columns(lives)
    assume(any(events))
    curve, found = kaplan_meier(durations, events, n, entries), cumulative_incidence(durations, events, n, entries)
    known = curve.survival > 0
    assert found.by_cause[1].incidence == pytest.approx(1 - curve.survival)
    assert found.by_cause[1].variance[known] == pytest.approx((curve.survival**2 * curve.greenwood)[known], abs=1e-12)


def by_group(lives: list[Life]) -> dict[int, Lives]:
    found = {}
    for group in sorted({x.group for x in lives}):
        durations, events, n, entries = columns([x for x in lives if x.group == group])
        found[group] = Lives(durations, events, n, entries)
    return found


@FEW
@given(LIVES)
def test_log_rank_does_not_care_for_order_or_names(lives: list[Life]) -> None:
    groups = by_group(lives)
    assume(len(groups) > 1)
    one, other = log_rank(groups), log_rank(dict(reversed(groups.items())))
    assert one.degrees == other.degrees
    assert one.statistic == pytest.approx(other.statistic, abs=1e-9)
    observed = sum(g.observed for g in one.groups.values())
    assert sum(g.expected for g in one.groups.values()) == pytest.approx(observed)


@FEW
@given(LIVES)
def test_groups_that_are_alike_do_not_differ(lives: list[Life]) -> None:
    durations, events, n, entries = columns(lives)
    same = Lives(durations, events, n, entries)
    found = log_rank({"one": same, "other": same})
    assert found.statistic is None or found.statistic == pytest.approx(0, abs=1e-9)


def fitted(lives: list[Life], counts: list[int]) -> CoxFit | None:
    """Cox over the groups; None where it refuses."""
    durations, events, _, entries = columns(lives)
    try:
        return cox([[life.group == 1, life.group == 2] for life in lives], durations, events, counts, entries)
    except DataRefused:
        return None


@FEW
@given(st.lists(LIFE, min_size=12, max_size=40))
def test_cox_on_counted_cells_is_cox_on_rows(lives: list[Life]) -> None:
    cells = Counter(lives)
    rows, counts = fitted(lives, [1] * len(lives)), fitted(list(cells), list(cells.values()))
    assert (rows is None) == (counts is None)
    if rows is None or counts is None:
        return
    assert counts.log_likelihood == pytest.approx(rows.log_likelihood, abs=1e-8)
    assert counts.ratio_statistic >= -1e-9
    for one, other in zip(counts.terms, rows.terms, strict=True):
        assert one.coefficient == pytest.approx(other.coefficient, abs=1e-4)


@FEW
@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
def test_hazards_multiply_to_what_is_left(losses: list[int]) -> None:
    active = [sum(losses) + 5]
    for lost in losses:
        active.append(active[-1] - lost)
    exposed, lost_each = losses_of(active)
    last = discrete_hazards(exposed, lost_each)[-1]
    assert last.survival == pytest.approx(active[-1] / active[0])


@FEW
@given(st.lists(st.integers(1, 40), min_size=3, max_size=8), st.integers(1, 50))
def test_a_fitted_model_is_no_worse_than_a_constant_hazard(losses: list[int], stayed: int) -> None:
    active = [sum(losses) + stayed]
    for lost in losses:
        active.append(active[-1] - lost)
    exposed, lost_each = losses_of(active)
    model = fit(exposed, lost_each)
    flat = sum(lost_each) / sum(exposed)
    height = sum(
        d * np.log(flat) + (n - d) * np.log(1 - flat) for n, d in zip(exposed, lost_each, strict=True)
    )  # fmt: skip
    assert model.log_likelihood >= height - 1e-6
    assert all(a >= b for a, b in pairwise(model.hazards(20)))
    curve = model.survival(20)
    assert model.kept(3, 5) == pytest.approx(curve[3:9] / curve[3])


@FEW
@given(
    st.lists(st.lists(st.integers(1, 99), min_size=1, max_size=6), min_size=1, max_size=6),
    st.integers(2, 9),
)
def test_a_triangle_in_another_currency_keeps_its_shares(triangle: list[list[int]], factor: int) -> None:
    bigger = [[factor * amount for amount in cohort] for cohort in triangle]
    one, other = chain_ladder(triangle), chain_ladder(bigger)
    assert one.shares == pytest.approx(other.shares)
    assert [c.share for c in pooled_row(triangle)] == pytest.approx([c.share for c in pooled_row(bigger)])
    for cells, cohort in zip(one.cohorts, triangle, strict=True):
        assert [c.amount for c in cells if c.seen] == cohort
        assert len(cells) == len(one.shares)
