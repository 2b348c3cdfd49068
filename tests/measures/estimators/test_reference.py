"""Every estimator gives lifelines' digits on lifelines' data sets and on made lives."""

from collections import Counter

import numpy as np
import pytest

from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import CoxFit, cox
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.survival import kaplan_meier, nelson_aalen, restricted_mean
from tests.measures.estimators.reference import FIGURES, SETS, ReferenceSet, reference_set

DIGITS = 1e-9
# Two iterations that stop near the same peak: what the fitters' own tolerance leaves.
FITTED = 2e-6


def sets_with(key: str) -> list[str]:
    return [name for name, said in SETS.items() if key in said]


def test_the_figures_say_who_said_them() -> None:
    assert FIGURES["lifelines"] == "0.30.3"


@pytest.mark.parametrize("name", SETS)
def test_the_curve_its_band_and_its_median(name: str) -> None:
    found = reference_set(name)
    said = found.said["curve"]
    curve = kaplan_meier(found.durations, found.events, entries=found.entries)
    low, high = curve.bounds_at(said["times"])
    inside = ~np.isnan(low)
    assert curve.at(said["times"]) == pytest.approx(said["survival"], abs=DIGITS)
    assert low[inside] == pytest.approx(np.array(said["low"])[inside], abs=DIGITS)
    assert high[inside] == pytest.approx(np.array(said["high"])[inside], abs=DIGITS)
    assert inside.sum() > 1
    median = curve.quantile()[0]
    assert (np.inf if np.isnan(median) else median) == said["median"]


@pytest.mark.parametrize("name", SETS)
def test_the_restricted_mean(name: str) -> None:
    found = reference_set(name)
    said = found.said["curve"]
    curve = kaplan_meier(found.durations, found.events, entries=found.entries)
    assert restricted_mean(curve, said["horizon"]).mean.value == pytest.approx(said["restricted_mean"], abs=1e-7)


@pytest.mark.parametrize("name", SETS)
def test_the_cumulative_hazard(name: str) -> None:
    found = reference_set(name)
    said = found.said["curve"]
    hazard = nelson_aalen(found.durations, found.events, entries=found.entries)
    place = np.searchsorted(hazard.times, said["times"], side="right") - 1
    assert hazard.hazard[place] == pytest.approx(said["cumulative_hazard"], abs=DIGITS)
    some = hazard.hazard[place] > 0
    assert hazard.low[place][some] == pytest.approx(np.array(said["hazard_low"])[some], abs=DIGITS)
    assert hazard.high[place][some] == pytest.approx(np.array(said["hazard_high"])[some], abs=DIGITS)


@pytest.mark.parametrize("name", sets_with("log_rank"))
def test_the_log_rank_statistic(name: str) -> None:
    found = reference_set(name)
    group = found.codes(found.said["spec"]["group"])
    lives = {g: Lives(found.durations[group == g], found.events[group == g]) for g in np.unique(group)}
    result = log_rank(lives)
    assert result.statistic == pytest.approx(found.said["log_rank"]["statistic"], abs=1e-7)
    assert result.p == pytest.approx(found.said["log_rank"]["p"], rel=1e-6)


def fitted(found: ReferenceSet, key: str) -> CoxFit:
    names = found.said[key]["names"]
    strata = found.codes(found.said["spec"]["strata"]) if key == "cox_strata" else None
    return cox(
        found.matrix(names), found.durations, found.events, entries=found.entries, strata=strata, names=names
    )  # fmt: skip


@pytest.mark.parametrize(("name", "key"), [(n, k) for k in ("cox", "cox_strata") for n in sets_with(k)])
def test_the_hazard_ratios(name: str, key: str) -> None:
    found = reference_set(name)
    said, fit = found.said[key], fitted(found, key)
    assert [t.name for t in fit.terms] == said["names"]
    assert [t.coefficient for t in fit.terms] == pytest.approx(said["coefficient"], abs=FITTED)
    assert [t.standard_error for t in fit.terms] == pytest.approx(said["standard_error"], rel=FITTED)
    assert [t.p for t in fit.terms] == pytest.approx(said["p"], rel=1e-4, abs=1e-9)
    assert [t.low for t in fit.terms] == pytest.approx(said["low"], rel=1e-5)
    assert [t.high for t in fit.terms] == pytest.approx(said["high"], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(said["log_likelihood"], abs=1e-6)
    assert fit.ratio_statistic == pytest.approx(said["ratio_statistic"], abs=1e-6)
    if said["concordance"] is not None:
        assert fit.concordance == pytest.approx(said["concordance"], abs=1e-6)


@pytest.mark.parametrize("name", sets_with("incidence"))
def test_the_cumulative_incidence(name: str) -> None:
    found = reference_set(name)
    split = found.numbers(found.said["spec"]["cause"])
    assert split is not None
    result = cumulative_incidence(found.durations, found.events * (1 + (split > np.median(split))))
    for cause, said in found.said["incidence"].items():
        mine = result.by_cause[int(cause)]
        place = np.searchsorted(mine.times, said["times"], side="right") - 1
        assert mine.incidence[place] == pytest.approx(said["incidence"], abs=DIGITS)
        assert mine.variance[place] == pytest.approx(said["variance"], abs=DIGITS)


@pytest.mark.parametrize("name", ["rossi", "kidney_transplant", "made_months", "made_late"])
def test_counted_cells_give_what_rows_give(name: str) -> None:
    found = reference_set(name)
    names = found.said["cox"]["names"]
    entries = np.zeros_like(found.durations) if found.entries is None else found.entries
    cells = Counter(zip(map(tuple, found.matrix(names)), found.durations, found.events, entries, strict=True))
    x, durations, events, entered = zip(*cells, strict=True)
    counted = cox(x, durations, events, list(cells.values()), entered, names=names)
    assert counted.log_likelihood == pytest.approx(fitted(found, "cox").log_likelihood, abs=1e-9)
    assert [t.coefficient for t in counted.terms] == pytest.approx(
        [t.coefficient for t in fitted(found, "cox").terms], abs=1e-9
    )
