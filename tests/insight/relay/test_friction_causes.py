"""What friction goes with: a planted cause is the largest bar, nothing is told of few, and unknown stays unknown."""

from dataclasses import replace

import numpy as np
import pytest

from relevo.insight.relay.friction_causes import (
    CAUSES,
    COLLINEAR,
    FEWEST_NEW,
    LEAST,
    Bar,
    Cause,
    Causes,
    People,
    Rows,
    causes_of,
    rows_of,
)  # fmt: skip
from tests.insight.relay.friction_seeds import Drawn, drawn, facts


def told(company: Drawn, new_people: int = 50) -> Causes:
    return causes_of(rows_of(company.facts, company.people, new_people))


def bar(found: Causes, cause: Cause) -> Bar:
    return next(b for b in found.bars if b.cause is cause)


@pytest.mark.parametrize("cause", CAUSES)
def test_the_planted_cause_is_the_largest_bar(cause: Cause) -> None:
    found = told(drawn(1, cause, 200))
    assert (found.n, found.missing) == (200, 0)
    assert found.bars[0].cause is cause
    assert found.bars[0].stands_out
    assert (found.bars[0].low or 0) > 0
    sizes = [abs(b.estimate or 0) for b in found.bars]
    assert sizes == sorted(sizes, reverse=True)


def _rows(n: int, slopes: tuple[float, float, float], new_people: int = 50) -> Rows:
    """Customers alike whose friction is an exact sum of the causes, and of the logarithm of their days."""
    rng = np.random.default_rng(3)
    causes, days = rng.normal(size=(n, 3)), np.exp(rng.normal(4, 0.3, n))
    return Rows(["smb|1"] * n, causes @ slopes + 5 * np.log(days), causes, days, new_people)


def test_points_are_for_one_standard_deviation() -> None:
    """Friction is 3 new - 2 uneven + 1 transfers: each bar is its slope times the spread of the cause."""
    rows = _rows(150, (3, -2, 1))
    found, spread = causes_of(rows), rows.causes.std(axis=0)
    assert [b.cause for b in found.bars] == [Cause.NEW_PEOPLE, Cause.UNEVEN, Cause.TRANSFERS]
    assert [b.estimate for b in found.bars] == pytest.approx([3 * spread[0], -2 * spread[1], spread[2]])
    assert [b.step for b in found.bars] == pytest.approx(list(spread))
    assert all(b.inflation is not None and 1 <= b.inflation < 1.2 and not b.is_entangled for b in found.bars)


def test_causes_that_go_together_are_said_to() -> None:
    rows = _rows(150, (3, -2, 1))
    causes = rows.causes.copy()
    causes[:, 2] = causes[:, 0] + 0.1 * causes[:, 2]
    found = causes_of(replace(rows, causes=causes))
    assert bar(found, Cause.TRANSFERS).is_entangled
    assert bar(found, Cause.NEW_PEOPLE).is_entangled
    assert not bar(found, Cause.UNEVEN).is_entangled
    assert (bar(found, Cause.TRANSFERS).inflation or 0) > 20 * COLLINEAR / 5


def test_causes_that_are_one_are_not_told() -> None:
    rows = _rows(150, (3, -2, 1))
    causes = rows.causes.copy()
    causes[:, 2] = 2 * causes[:, 0]
    found = causes_of(replace(rows, causes=causes))
    assert [(b.estimate, b.why_not) for b in found.bars] == [(None, "same")] * 3


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_few_customers_say_nothing_but_how_many_are_lacking(n: int) -> None:
    found = causes_of(_rows(n, (3, -2, 1)))
    assert (found.n, found.missing) == (n, LEAST - n)
    assert [(b.known, b.estimate, b.why_not) for b in found.bars] == [(n, None, "few")] * 3
    assert causes_of(_rows(LEAST, (3, -2, 1))).missing == 0


def test_a_cause_that_is_known_of_few_or_the_same_for_all_is_left_out() -> None:
    rows = _rows(150, (3, -2, 1))
    causes = rows.causes.copy()
    causes[: 150 - LEAST + 1, 0] = np.nan
    causes[:, 1] = 0.25
    found = causes_of(replace(rows, causes=causes))
    assert found.n == 150
    assert found.bars[0].cause is Cause.TRANSFERS
    assert bar(found, Cause.NEW_PEOPLE) == Bar(Cause.NEW_PEOPLE, LEAST - 1, why_not="few")
    assert bar(found, Cause.UNEVEN) == Bar(Cause.UNEVEN, 150, why_not="same")


def test_customers_of_whom_a_cause_is_unknown_are_left_out_of_all() -> None:
    rows = _rows(150, (3, -2, 1))
    causes = rows.causes.copy()
    causes[:20, 2] = np.nan
    assert causes_of(replace(rows, causes=causes)).n == 130
    # Each is known of enough, but all of them together of too few.
    causes[-40:, 0] = np.nan
    found = causes_of(replace(rows, causes=causes))
    assert (found.n, found.missing) == (90, 10)
    assert all(b.estimate is None for b in found.bars)


def test_so_few_new_people_that_one_could_be_named_are_not_told() -> None:
    assert bar(causes_of(_rows(150, (3, -2, 1), FEWEST_NEW - 1)), Cause.NEW_PEOPLE).why_not == "people"
    assert bar(causes_of(_rows(150, (3, -2, 1), FEWEST_NEW)), Cause.NEW_PEOPLE).estimate is not None


def test_stages_of_one_length_have_no_length_to_hold_fixed() -> None:
    rows = _rows(150, (3, -2, 1))
    same = replace(rows, friction=rows.causes @ (3, -2, 1), days=np.full(150, 90.0))
    assert bar(causes_of(same), Cause.NEW_PEOPLE).estimate == pytest.approx(3 * rows.causes[:, 0].std())


def test_a_customers_friction_is_beside_those_alike() -> None:
    """Three customers of a segment in implementation: asked again 1, 0, 0; the mean is 1/3. A fourth is elsewhere.

    Effort of two is 0.4 and 0.2: 0.1 from their mean. Whoever has both has the mean of the two differences.
    """
    found = facts([
        {"customer": "a", "asked": 1.0, "effort": 0.4, "days": 10}, {"customer": "b", "asked": 0.0, "effort": 0.2},
        {"customer": "c", "asked": 0.0}, {"customer": "d", "asked": 1.0, "segment": "mid"}, {"customer": "e"},
    ])  # fmt: skip
    rows = rows_of(found, {"a": People(0.5, 2), "b": People(None, 0)}, 1)
    assert list(rows.friction) == pytest.approx([100 * (2 / 3 + 0.1) / 2, 100 * (-1 / 3 - 0.1) / 2, -100 / 3, 0])
    assert [name.split("|")[0] for name in rows.alike] == ["smb", "smb", "smb", "mid"]
    assert np.array_equal(rows.causes[:, 0], [0.5, np.nan, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(rows.causes[:, 2], [2, 0, np.nan, np.nan], equal_nan=True)


def test_unevenness_is_how_far_stages_lie_from_the_median() -> None:
    """Implementations of 5, 10 and 20 days: a halving and a doubling are equally far from 10; its mean over stages."""
    rows = [{"customer": c, "days": d, "asked": 0.0} for c, d in (("a", 5), ("b", 10), ("c", 20))]
    found = rows_of(facts([*rows, {"customer": "a", "stage": 2, "days": 7}]), {}, 0)
    assert list(found.causes[:, 1]) == pytest.approx([np.log(2) / 2, 0, np.log(2)])
    assert list(found.days) == [12, 10, 20]


def test_without_any_stage_there_is_nothing() -> None:
    found = causes_of(rows_of(facts([]), {}, 0))
    assert (found.n, found.missing) == (0, LEAST)
