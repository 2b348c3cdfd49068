"""A score in context: the promises T1, T2 and T4, the gate, the shield, hidden difficulty against a dense model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.measures.estimators.expected_votes import Expected, Method
from relevo.measures.estimators.hidden_difficulty import LEAST_POINTS, Sign, hidden_difficulty
from relevo.measures.estimators.in_context import judged
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.shield import hard_line, shielded
from relevo.measures.estimators.voted import POINTS, Codes, Voted
from tests.measures.estimators.happiness_worlds import World, team

# Four kinds of case, each rated the same whoever answers it: shares of great, okay, not good.
KINDS = np.array([[0.9, 0.06, 0.04], [0.7, 0.2, 0.1], [0.5, 0.25, 0.25], [0.2, 0.3, 0.5]])


def alike(mixes: Array, n: int = 1000) -> Voted:
    """Persons with the same performance on every kind of case and these mixes of kinds; every fold the same."""
    people, kinds = mixes.shape
    person, kind, fold = (a.ravel() for a in np.meshgrid(range(people), range(kinds), range(5), indexing="ij"))
    counts = n / 5 * mixes[person, kind][:, None] * KINDS[kind]
    return Voted(np.stack([kind, 0 * kind], axis=1), person, fold, counts, counts.sum(axis=1))


def test_t1_the_same_work_on_another_mix_is_the_same_in_context() -> None:
    """Raw, the takers of hard cases lie far below; in context all are equal to a tenth of a point."""
    votes = alike(np.array([[0.7, 0.2, 0.1, 0.0], [0.25, 0.25, 0.25, 0.25], [0.0, 0.1, 0.2, 0.7]]))
    found = judged(votes)
    raw = [each.raw.value for each in found.groups]
    assert raw[0] - raw[2] > 60
    assert found.method is Method.MODEL
    assert [each.difference for each in found.groups] == pytest.approx([0, 0, 0], abs=0.1)
    assert not any(each.stands_out or each.shown for each in found.groups)


mixes = st.lists(st.lists(st.floats(0.05, 1), min_size=4, max_size=4), min_size=2, max_size=5)


@settings(max_examples=25)
@given(mixes)
def test_t1_holds_for_any_mixes(parts: list[list[float]]) -> None:
    mix = np.array(parts)
    found = judged(alike(mix / mix.sum(axis=1, keepdims=True)))
    assert [each.difference for each in found.groups] == pytest.approx([0] * len(parts), abs=0.6)


cases = st.lists(st.tuples(st.sampled_from((100.0, 0.0, -100.0)), st.floats(-100, 100)), max_size=20)


@given(cases, st.sampled_from((100.0, 0.0, -100.0)), st.floats(-100, 100), st.floats(-100, 100))
def test_t2_one_more_hard_case_never_lowers_pay(
    known: list[tuple[float, float]], got: float, awaited: float, line: float
) -> None:
    more = [*known, (got, min(awaited, line))]
    before, after = (shielded([o for o, _ in c], [e for _, e in c], line).pay for c in (known, more))
    assert after >= before - 1e-9
    assert shielded([got], [awaited], line).pay >= shielded([got], [awaited], line).measured


def test_t4_permuting_persons_permutes_what_is_found() -> None:
    made = team(21, World(people=6, ratings=150))
    order = np.array([3, 1, 5, 0, 2, 4])
    votes = made.votes
    other = Voted(votes.traits, order[votes.person], votes.fold, votes.counts, votes.squares)
    before, after = judged(votes).groups, judged(other).groups
    for person in range(6):
        assert after[order[person]].pooled == pytest.approx(before[person].pooled, abs=1e-3)
        assert after[order[person]].raw == before[person].raw


def test_a_person_with_two_ratings_has_a_wide_interval_and_no_figure() -> None:
    made = alike(np.full((6, 4), 0.25))
    few = Voted(
        np.vstack([made.traits, [[0, 0]]]), np.append(made.person, 6), np.append(made.fold, 0),
        np.vstack([made.counts, [[2.0, 0, 0]]]), np.append(made.squares, 2.0),
    )  # fmt: skip
    one = judged(few).groups[6]
    assert one.raw.low is not None
    assert one.raw.high is not None
    assert one.raw.high - one.raw.low > 80
    assert not one.shown


def test_enough_ratings_and_enough_difference_are_shown_and_too_few_say_how_many_more() -> None:
    """Four persons great with 0.9, 0.75, 0.6, 0.45 on the same cases: with 400 votes each all are shown, with 40 none
    is, and the votes that are asked for are enough.
    """
    shares = np.array([0.9, 0.75, 0.6, 0.45])
    person, fold = (a.ravel() for a in np.meshgrid(range(4), range(5), indexing="ij"))

    def of(n: float) -> Voted:
        great = n / 5 * shares[person]
        counts = np.stack([great, 0 * great, n / 5 - great], axis=1)
        return Voted(np.zeros((20, 2), dtype=np.intp), person, fold, counts, counts.sum(axis=1))

    many, few = judged(of(400)).groups, judged(of(12)).groups
    assert all(each.shown and each.more == 0 for each in many)
    assert [each.pooled > 0 for each in many if each.pooled is not None] == [True, True, False, False]
    assert not any(each.shown for each in few)
    assert all(each.more is not None and each.more > 0 for each in few)


def test_whose_cases_nobody_else_takes_is_not_compared() -> None:
    found = judged(alike(np.array([[0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0, 1.0]])))
    assert [each.comparable for each in found.groups] == [True, True, False]
    assert not found.groups[2].shown


def test_with_few_votes_nothing_is_expected_and_raw_stands_alone() -> None:
    found = judged(alike(np.full((2, 4), 0.25), n=10))
    assert found.method is Method.NONE
    assert found.groups[0].expected is None
    assert found.groups[0].raw.value == pytest.approx(100 * (KINDS[:, 0] - KINDS[:, 2]).mean())
    assert not found.groups[0].shown


def test_groups_of_persons_are_judged_as_wholes() -> None:
    """Two teams of two: raw is that of all their votes, and weights of one change nothing."""
    votes = alike(np.full((4, 4), 0.25))
    found = judged(votes, group=votes.person // 2, weights=np.ones(len(votes.person)))
    assert len(found.groups) == 2
    assert found.groups[0].raw.votes == pytest.approx(2000)


def test_a_vote_that_stands_for_more_counts_for_more() -> None:
    """What is expected is 0 for all. One great vote with weight 3 and one not good with 1: (3 - 1) / 4 x 100 = 50."""
    counts = np.array([[1.0, 0, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]])
    person, fold = np.array([0, 0, 1, 1]), np.zeros(4, dtype=np.intp)
    votes = Voted(np.zeros((4, 2), dtype=np.intp), person, fold, counts, np.ones(4))
    none = Expected(np.full(4, 0.5), np.full(4, 0.5), Method.TABLE)
    found = judged(votes, weights=np.array([3.0, 1, 1, 1]), of=none).groups
    assert found[0].difference == pytest.approx(50)
    assert found[0].raw.value == 0
    # Each vote varies by 100^2: (9 + 1) / 16 of it.
    assert found[0].error == pytest.approx(100 * (10 / 16) ** 0.5)


def test_the_lowest_fifth_is_hard() -> None:
    points = np.array([50.0, 10, 80, -20])
    assert hard_line(points, np.array([40.0, 15, 40, 5])) == 10
    assert hard_line(points, np.array([1.0, 1, 97, 1])) < 80
    assert hard_line(points, np.array([1.0, 1, 97, 1])) >= 50
    assert hard_line(np.full(3, 5.0), np.ones(3)) == float("-inf")
    assert hard_line(np.array([]), np.array([])) == float("-inf")


def test_alike_cases_count_as_often_as_they_are() -> None:
    many = shielded([100.0, -100], [20.0, -50], -40, [3, 2])
    each = shielded([100.0, 100, 100, -100, -100], [20.0, 20, 20, -50, -50], -40)
    assert many == each
    assert many.measured == pytest.approx(240 - 100)
    assert many.pay == pytest.approx(240)


def signed(seed: int, slope: float, lean: float, n: int = 900) -> tuple[Voted, Sign, Array, Codes, Array, Codes]:
    """Single votes with a sign that three persons' cases carry to different degrees, and that lowers votes."""
    rng = np.random.default_rng(seed)
    person, topic = rng.integers(0, 3, n), rng.integers(0, 4, n)
    sign = rng.normal(lean * (person == 0), 1)
    worse = rng.random(n) < 1 / (1 + np.exp(1 - slope * sign + 0.3 * topic))
    answer = np.where(worse, 2, 0)
    counts = np.eye(3)[answer]
    votes = Voted(np.stack([topic, 0 * topic], axis=1), person, rng.integers(0, 5, n), counts, np.ones(n))
    return votes, Sign(sign, sign**2, sign * POINTS[answer]), sign, person, POINTS[answer], topic


def test_hidden_difficulty_is_the_omitted_variable_of_a_dense_model() -> None:
    """Slope: the sign's coefficient beside topics and persons. Excess: the person's own part of the sign."""
    votes, sums, sign, person, points, topic = signed(1, slope=1.0, lean=0.8)
    (found,) = [each for each in hidden_difficulty(votes, {"sign": sums}) if each.person == 0]
    laid = np.hstack([np.eye(4)[topic], np.eye(3)[person][:, 1:]])
    slope = np.linalg.lstsq(np.column_stack([laid, sign]), points, rcond=None)[0][-1]
    level = np.linalg.lstsq(laid, sign, rcond=None)[0]
    effects = np.array([0.0, *level[4:]])
    assert found.sign == "sign"
    assert found.excess == pytest.approx(effects[0] - effects.mean(), abs=0.01)
    assert found.points == pytest.approx(slope * found.excess, rel=0.01)
    assert found.points < -LEAST_POINTS


def test_a_sign_that_all_carry_alike_or_that_costs_nothing_warns_nobody() -> None:
    for slope, lean in ((1.0, 0.0), (0.0, 0.8)):
        votes, sums, *_ = signed(2, slope, lean)
        assert hidden_difficulty(votes, {"sign": sums}) == ()


def test_the_sign_that_moves_most_is_told_and_each_person_once() -> None:
    votes, sums, *_ = signed(3, slope=1.0, lean=0.8)
    weak = Sign(sums.total / 10, sums.square / 100, sums.with_points / 10)
    told = hidden_difficulty(votes, {"weak": weak, "same": sums})
    assert len({each.person for each in told}) == len(told)


def test_a_sign_that_never_varies_and_few_votes_warn_nobody() -> None:
    votes, *_ = signed(4, slope=1.0, lean=0.8)
    flat = Sign(np.ones(900), np.ones(900), votes.points)
    assert hidden_difficulty(votes, {"flat": flat}) == ()
    few, sums, *_ = signed(4, slope=1.0, lean=0.8, n=200)
    assert hidden_difficulty(few, {"sign": sums}) == ()


def test_votes_that_all_say_the_same_make_no_certainty() -> None:
    """All are great and great is expected: nobody differs, nobody is shown, and nothing is divided by 0."""
    counts = np.array([[40.0, 0, 0]] * 4)
    codes = np.zeros((4, 2), dtype=np.intp)
    votes = Voted(codes, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), counts, np.full(4, 40.0))
    found = judged(votes).groups
    assert [each.raw.value for each in found] == [100, 100]
    assert not any(each.shown for each in found)
    # (0.0099 / 80) in squared points.
    assert found[0].error == pytest.approx(100 * (0.0099 / 80) ** 0.5)
