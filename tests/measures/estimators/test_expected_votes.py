"""What is expected of a case: the model against a dense one, strata by hand, who is left out, and laws."""

import numpy as np
import pytest
from scipy.optimize import minimize

from relevo.base.errors import DataRefused
from relevo.measures.estimators import graded as graded_module
from relevo.measures.estimators.answered import MOST, answer_weights
from relevo.measures.estimators.expected_votes import Method, by_model, by_strata, expected
from relevo.measures.estimators.graded import graded
from relevo.measures.estimators.indicators import Indicators
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Voted
from tests.measures.estimators.happiness_worlds import World, team


def made(rows: list[tuple[int, int, int, int, int, int, int]]) -> Voted:
    """Rows of topic, channel, person, fold and the three counts."""
    table = np.array(rows)
    counts = table[:, 4:].astype(float)
    return Voted(table[:, :2], table[:, 2], table[:, 3], counts, counts.sum(axis=1))


def dense(votes: Voted, sizes: tuple[int, ...]) -> Array:
    columns = [np.ones((len(votes.person), 1))]
    for code, size in zip([*votes.traits.T, votes.person], sizes, strict=True):
        columns.append(np.eye(size)[code])
    return np.hstack(columns)


def test_sums_and_products_without_laying_columns_out() -> None:
    rng = np.random.default_rng(3)
    codes = [rng.integers(0, 3, 50), rng.integers(0, 4, 50), rng.integers(0, 2, 50)]
    design, weights = Indicators.of(codes, (3, 4, 2)), rng.random(50)
    laid = np.hstack([np.eye(size)[code] for code, size in zip(codes, (3, 4, 2), strict=True)])
    slopes = rng.normal(size=9)
    assert design.columns == 9
    assert design.times(slopes) == pytest.approx(laid @ slopes)
    assert design.summed(weights) == pytest.approx(laid.T @ weights)
    assert design.gram(weights) == pytest.approx((laid.T * weights) @ laid)


def test_the_model_is_the_one_a_general_optimiser_finds() -> None:
    votes = team(5, World(people=4, ratings=60)).votes
    sizes = (10, 3, 4, 4)
    laid = dense(votes, sizes)
    held = np.r_[0.0, np.full(laid.shape[1] - 1, graded_module.RIDGE)]

    def lost(at: Array) -> float:
        logs = laid @ at.reshape(2, -1).T
        whole = np.log(1 + np.exp(logs).sum(axis=1))
        said = votes.counts[:, 0] @ logs[:, 0] + votes.counts[:, 2] @ logs[:, 1] - votes.n @ whole
        return float(-said + (held * at.reshape(2, -1) ** 2).sum() / 2)

    best = minimize(lost, np.zeros(2 * laid.shape[1]), method="BFGS", options={"gtol": 1e-5, "maxiter": 2000})
    found = graded(votes, sizes).slopes
    assert lost(found.ravel()) <= best.fun + 1e-7
    assert found == pytest.approx(best.x.reshape(2, -1), abs=2e-3)


def test_a_model_begun_near_ends_where_one_from_nothing_does() -> None:
    votes = team(6, World(people=6, ratings=100)).votes
    sizes, other = (10, 3, 4, 6), votes.kept(votes.fold != 2)
    whole = graded(votes, sizes)
    assert graded(other, sizes, whole).slopes == pytest.approx(graded(other, sizes).slopes, abs=2e-3)


def test_a_model_begun_far_away_still_ends_there() -> None:
    """From another team's model the first steps go too far or help little, and the curvature is looked at again."""
    votes, other = (team(7, World(people=3, ratings=90, lean=lean)).votes for lean in (1.5, -1.5))
    sizes = (10, 3, 4, 3)
    assert graded(votes, sizes, graded(other, sizes)).slopes == pytest.approx(graded(votes, sizes).slopes, abs=5e-3)


def test_a_step_that_goes_too_far_is_halved() -> None:
    """A curvature far too flat asks for a step that would end lower."""
    votes, sizes = team(8, World(people=3, ratings=90)).votes, (10, 3, 4, 3)
    whole = graded(votes, sizes)
    flat = graded_module.Graded(np.zeros_like(whole.slopes), 3, whole.curve / 50, whole.n)
    assert graded(votes, sizes, flat).slopes == pytest.approx(whole.slopes, abs=5e-3)


def test_a_climb_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graded_module, "MOST_STEPS", 1)
    with pytest.raises(DataRefused, match="did not settle in 1 steps"):
        graded(team(9, World(people=3, ratings=90)).votes, (10, 3, 4, 3))


def test_the_average_colleague_is_the_mean_over_persons_of_what_the_model_gives_them() -> None:
    votes, sizes = team(10, World(people=3, ratings=90)).votes, (10, 3, 4, 3)
    model = graded(votes, sizes)
    great = []
    for person in range(3):
        same = Voted(votes.traits, np.full(len(votes.person), person), votes.fold, votes.counts, votes.squares)
        odds = np.exp(dense(same, sizes) @ model.slopes.T)
        great.append(odds[:, 0] / (1 + odds.sum(axis=1)))
    assert model.average_colleague(votes, sizes)[0] == pytest.approx(np.mean(great, axis=0))


def test_nobodys_votes_are_expected_from_their_own_customers() -> None:
    """What fold 0 answered changes what is expected of the other folds and not of itself."""
    votes = team(11, World(people=5, ratings=100)).votes
    turned = np.where((votes.fold == 0)[:, None], votes.counts[:, ::-1], votes.counts)
    other = Voted(votes.traits, votes.person, votes.fold, turned, votes.squares)
    before, after = by_model(votes), by_model(other)
    own = votes.fold == 0
    assert after[:, own] == pytest.approx(before[:, own], abs=2e-3)
    assert np.abs(after[:, ~own] - before[:, ~own]).max() > 0.01


def test_one_fold_is_expected_from_itself() -> None:
    votes = team(12, World(people=3, ratings=120)).votes
    one = Voted(votes.traits, votes.person, np.zeros_like(votes.fold), votes.counts, votes.squares)
    whole = graded(one, (10, 3, 4, 3))
    assert by_model(one) == pytest.approx(whole.average_colleague(one, (10, 3, 4, 3)))


def test_strata_by_hand() -> None:
    """Two strata, two persons, a prior of 10 votes. The whole: 40 great of 80, so 0.5. Stratum 0 has 35 of 50:
    (35 + 5) / 60 = 2/3. In it person 0 has 30 of 40: (30 + 20/3) / 50 = 11/15, person 1 5 of 10:
    (5 + 20/3) / 20 = 7/12; their mean is 79/120.
    """
    votes = made([(0, 0, 0, 0, 30, 10, 0), (0, 0, 1, 0, 5, 5, 0), (1, 0, 1, 0, 5, 25, 0)])
    assert by_strata(votes)[0][0] == pytest.approx(79 / 120)
    assert by_strata(votes)[1] == pytest.approx(0)


def test_a_skilled_person_who_has_a_stratum_nearly_alone_does_not_make_it_easy() -> None:
    """All people are alike in stratum 0; in stratum 1 person 0 is better and has nine tenths of the votes. What is
    expected there lies nearer the middle of the two than the pooled rate does.
    """
    votes = made([(0, 0, 0, 0, 50, 0, 50), (0, 0, 1, 0, 50, 0, 50), (1, 0, 0, 0, 90, 0, 0), (1, 0, 1, 0, 5, 0, 5)])
    found = by_strata(votes)[0][2]
    assert 0.75 < found < 0.9


def test_what_is_known_decides_how_it_is_expected() -> None:
    rows = [(t, 0, p, (t + p) % 5, 7, 2, 1) for t in range(4) for p in range(3)]
    assert expected(made(rows)).method is Method.TABLE
    assert expected(made([(*r[:4], *(3 * c for c in r[4:])) for r in rows])).method is Method.MODEL
    assert expected(made(rows[:2])).method is Method.NONE
    alone = expected(made([(t, 0, 0, 0, 70, 20, 10) for t in range(4)]))
    assert alone.method is Method.NONE
    assert np.isnan(alone.points).all()


def test_a_case_without_a_vote_is_expected_and_changes_nothing() -> None:
    """By table and by model; a case whose fold holds all votes is told by all of them, as those votes are."""
    for times, method in ((1, Method.TABLE), (3, Method.MODEL)):
        rows = [(t, 0, p, (t + p) % 5, 7 * times, (2 + t) * times, times) for t in range(4) for p in range(3)]
        asked = [(2, 0, 0, fold, 0, 0, 0) for fold in range(5)]
        before, after = expected(made(rows)), expected(made([*rows, *asked]))
        assert after.method is method
        assert after.points[: len(rows)] == pytest.approx(before.points, abs=1e-6)
        like = {row[3]: points for row, points in zip(rows, before.points, strict=True) if row[0] == 2}
        assert {fold: after.points[len(rows) + fold] for fold in like} == pytest.approx(like, abs=1e-6)
    one = [(t, 0, p, 0, 30, 8 + t, 2) for t in range(4) for p in range(3)]
    found = expected(made([*one, *((t, 0, 0, 0, 0, 0, 0) for t in range(4)), (1, 0, 0, 1, 0, 0, 0)]))
    assert found.method is Method.MODEL
    assert found.points[-1] == pytest.approx(found.points[-4], abs=0.5)


def test_persons_with_few_votes_are_one_colleague_together() -> None:
    """Twenty persons with one vote each move the average colleague no more than one person with their votes does."""
    base = [(t, 0, p, (t + p) % 5, 30, 5, 5) for t in range(4) for p in range(3)]
    many = made([*base, *((i % 4, 0, 3 + i, i % 5, 0, 0, 1) for i in range(20))])
    one = made([*base, *((i % 4, 0, 3, i % 5, 0, 0, 1) for i in range(20))])
    assert by_model(many) == pytest.approx(by_model(one), abs=1e-6)


def test_an_answer_that_is_rare_stands_for_more() -> None:
    """Two strata of 1,000 asked, 500 and 100 answered: the whole answers 0.3. Pulled by 20 cases of 0.3 the rates
    are 506 / 1020 and 106 / 1020, the weights 0.3 over them.
    """
    found = answer_weights(np.array([0, 1]), np.array([1000.0, 1000.0]), np.array([500.0, 100.0]))
    assert found == pytest.approx([0.3 * 1020 / 506, 0.3 * 1020 / 106])


def test_no_vote_stands_for_more_than_five() -> None:
    found = answer_weights(np.array([0, 1]), np.array([10_000.0, 10_000.0]), np.array([9_000.0, 10.0]))
    assert found[1] == MOST


def test_without_knowing_who_was_asked_all_weigh_alike() -> None:
    assert answer_weights(np.array([0, 1]), np.zeros(2), np.array([3.0, 4.0])) == pytest.approx([1, 1])
    assert answer_weights(np.array([0, 1]), np.ones(2), np.zeros(2)) == pytest.approx([1, 1])
