"""What the estimators refuse, in words that say what to do; and what is undefined rather than 0."""

from collections.abc import Callable

import numpy as np
import pytest

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chain_ladder import chain_ladder, pooled_row
from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import cox
from relevo.measures.estimators.hazards import constant_hazard, discrete_hazards, event_rate
from relevo.measures.estimators.incidence import cumulative_incidence
from relevo.measures.estimators.lives import cell
from relevo.measures.estimators.newton import maximise
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.estimators.survival import kaplan_meier, nelson_aalen, restricted_mean, survival_sum

MANY = list(range(1, 5002))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: kaplan_meier([1, 2], [1]), "one duration, event, count and entry each"),
        (lambda: kaplan_meier([-1], [1]), "negative"),
        (lambda: kaplan_meier([float("nan")], [1]), "missing"),
        (lambda: kaplan_meier([1], [2]), "neither 0 nor 1"),
        (lambda: kaplan_meier([1], [1], [-1]), "count is negative"),
        (lambda: kaplan_meier([1, 2], [1, 1], times=[1]), "miss some of the events"),
        (lambda: log_rank({"one": Lives([1], [1])}), "two groups"),
        (lambda: discrete_hazards([1], [2]), "between 0 and the exposures"),
        (lambda: constant_hazard([1, 2], [1]), "between 0 and the exposures"),
        (lambda: fit([5], [6]), "between 0 and the exposures"),
        (lambda: fit([5], [1]), "1 renewal opportunities"),
        (lambda: fit([5, 4], [0, 0]), "with 0 losses"),
        (lambda: fit([10, 9], [1, 0]), "lie at the first renewal"),
        (lambda: fit([100, 60], [40, 10]).residual_lifetime(0, 0.0), "no finite sum"),
        (lambda: cox([[1.0]], [0], [1], entries=[3]), "Nobody was ever at risk"),
        (lambda: cox([[1], [1]], [1, 2], [1, 1], names=["plan"]), "plan is the same for everybody"),
        (lambda: cox([[0, 1], [1, 0], [0, 1]], [1, 2, 3], [1, 1, 1], names=["a", "b"]), "a, b follow from one another"),
        (lambda: cox([[0], [1]], [1, 2], [0, 0]), "None of 2 left"),
        (lambda: cox([[0], [1]], [1, 2], [0, 1], names=["plan"]), "were alike in plan"),
        (
            lambda: cox([[0], [1], [0], [1]], [5, 1, 6, 2], [1, 1, 1, 1], names=["plan"]),
            "An effect of plan is infinite",
        ),
        (lambda: cox([[i] for i in MANY], MANY, [1] * len(MANY)), "too many cells"),
        (lambda: maximise(lambda x: (float(x[0]), np.ones(1), -np.eye(1)), np.zeros(1)), "kept rising"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_way_on(act: Callable[[], object], said: str) -> None:
    with pytest.raises(DataRefused) as refused:
        act()
    assert said in refused.value.message
    assert refused.value.hint


def test_a_climb_ends_where_no_step_is_higher() -> None:
    """A ridge so sharp that a double cannot tell the steps apart any more."""
    peak = maximise(lambda x: (-float(np.abs(x[0] - 1)) - 1e9, -np.sign(x - 1.0), -np.eye(1)), np.full(1, 1 - 1e-12))
    assert peak.at[0] == pytest.approx(1)


def test_what_is_undefined_is_not_zero() -> None:
    nobody = kaplan_meier([], [])
    assert (nobody.last, nobody.times.size) == (0.0, 0)
    assert np.isnan(nobody.quantile()[0])
    assert cumulative_incidence([], []).by_cause == {}
    assert nelson_aalen([3], [0]).low.tolist() == pytest.approx([float("nan")], nan_ok=True)
    assert event_rate([0], [0]).rate is None
    assert (event_rate([4], [0]).rate, event_rate([4], [0]).low) == (0.0, None)
    assert constant_hazard([], []).hazard is None
    assert [h.survival for h in discrete_hazards([10, 0, 5], [1, 0, 1])] == [0.9, None, None]
    assert (cell(float("nan")), cell(float("inf")), cell(1 / 3)) == (None, None, 0.333333)
    no_event_together = log_rank({"a": Lives([1], [1]), "b": Lives([2], [1])})
    assert no_event_together.statistic == pytest.approx(1.0)
    apart = log_rank({"a": Lives([1], [1]), "b": Lives([5], [1], [1], [3])})
    assert (apart.statistic, apart.p) == (None, None)


def test_nothing_is_said_beyond_the_last_duration_unless_all_left() -> None:
    seen = kaplan_meier([2, 5], [1, 0])
    assert seen.at([1, 2, 5]).tolist() == [1.0, 0.5, 0.5]
    assert np.isnan(seen.at([6])).all()
    assert np.isnan(survival_sum(seen, [1.0] * 7).value)
    assert restricted_mean(seen, 60).horizon == 5
    gone = kaplan_meier([2, 5], [1, 1])
    assert gone.at([6]).tolist() == [0.0]
    assert restricted_mean(gone, 60).horizon == 60
    assert survival_sum(gone, [1.0] * 7).value == pytest.approx(2 + 3 * 0.5)


def test_a_triangle_ends_where_nothing_is_left_to_compare() -> None:
    empty = chain_ladder([])
    assert (empty.shares, empty.cohorts) == ((1.0,), ())
    assert pooled_row([]) == []
    gone = chain_ladder([[10, 0, 0], [8, 4], [5]])
    assert [s.ratio for s in gone.steps] == [4 / 18, None]
    nothing = chain_ladder([[0, 0, 0], [0, 0]])
    assert [s.ratio for s in nothing.steps] == [None, None]
    assert nothing.shares == (1.0, None, None)
    assert nothing.cohorts[1][2].amount is None
    assert pooled_row([[0, 0]])[1].share is None
    # From one cohort alone a spread is unknown, and with it every later error.
    single = chain_ladder([[10, 9, 8], [10]])
    assert single.steps[0].variance is None
    assert single.cohorts[1][2].amount == pytest.approx(8)
    assert single.cohorts[1][2].standard_error is None
    assert chain_ladder([[10, 9, 8], []]).cohorts[1] == ()
    # Two cohorts that move alike show no spread; nothing is carried on from no spread either.
    alike = chain_ladder([[10, 8, 4, 2], [20, 16, 8], [10, 8]])
    assert [s.variance for s in alike.steps] == pytest.approx([0, 0, 0])
