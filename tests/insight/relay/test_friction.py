"""The friction of the four stages: by hand, unknown is not 0, and what happens in one stage stays in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.insight.relay.friction import DAY, FEWEST, PARTS, Facts, Part, Stage, StageFriction, friction
from relevo.measures.estimators.beta import student_t95
from tests.insight.relay.friction_seeds import UNTIL, facts

IMPLEMENTATION = 1


def told(rows: Sequence[dict[str, Any]], stage: int = IMPLEMENTATION) -> StageFriction:
    return friction(facts(rows), UNTIL)[stage]


def part(found: StageFriction, name: Part) -> tuple[float | None, int]:
    share = found.parts[PARTS.index(name)]
    return share.share, share.n


def test_the_parts_and_their_mean_by_hand() -> None:
    """Before, twenty customers took 10 days; now five took 20, 20, 10, 10 and 40: 1/2, 1/2, 0, 0 and 3/4 on top.

    They waited 2, 4, 1, 1 and 4 days: shares of 0.1, 0.2, 0.1, 0.1 and 0.1. Means 0.35, 0.12, over plan 0.4.
    """
    before = [{"customer": f"b{i}", "ago": 400, "days": 10} for i in range(20)]
    now = [
        {"customer": f"n{i}", "days": days, "waited": waited, "over_plan": over}
        for i, (days, waited, over) in enumerate([(20, 2, 1), (20, 4, 1), (10, 1, 0), (10, 1, 0), (40, 4, 0)])
    ]
    found = told([*before, *now])
    assert (found.n, found.days, found.usual, found.waited) == (5, 20, 10, pytest.approx(2.4))
    assert part(found, Part.LONGER) == (pytest.approx(0.35), 5)
    assert part(found, Part.WAITING) == (pytest.approx(0.12), 5)
    assert part(found, Part.OVER_PLAN) == (pytest.approx(0.4), 5)
    assert found.score == pytest.approx(100 * (0.35 + 0.12 + 0.4) / 3)
    # Nothing is unknown, so it is the interval of a mean: that of each customer's own mean of the three.
    own = np.array([0.5 + 0.1 + 1, 0.5 + 0.2 + 1, 0 + 0.1, 0 + 0.1, 0.75 + 0.1]) / 3
    half = student_t95(4) * own.std(ddof=1) / 5**0.5
    assert found.high == pytest.approx(100 * (own.mean() + half))
    assert found.low == pytest.approx(max(0.0, 100 * (own.mean() - half)))


def test_unknown_is_not_nothing() -> None:
    """Only two parts are known, one of them of five of ten customers: the mean is of these two."""
    rows = [{"customer": f"c{i}", "asked": 1.0, "effort": 0.2 if i < 5 else np.nan} for i in range(10)]
    found = told(rows)
    assert [p.share for p in found.parts] == [None, None, None, 1.0, pytest.approx(0.2)]
    assert [p.n for p in found.parts] == [0, 0, 0, 10, 5]
    assert (found.score, found.waited, found.usual) == (pytest.approx(60), None, None)


@pytest.mark.parametrize("stage", [0, 2, 3])
def test_a_stage_without_data_says_nothing(stage: int) -> None:
    found = told([{"customer": f"c{i}", "asked": 1.0} for i in range(10)], stage)
    assert (found.n, found.days, found.score, found.low, found.high) == (0, None, None, None, None)
    assert all((p.share, p.n) == (None, 0) for p in found.parts)


def test_few_customers_tell_nothing_and_one_more_does() -> None:
    rows = [{"customer": f"c{i}", "asked": i % 2} for i in range(FEWEST)]
    few = told(rows[:-1])
    assert (few.n, few.days, few.score) == (FEWEST - 1, None, None)
    assert told(rows).score == pytest.approx(40)


def test_where_nobody_wrote_waiting_is_unknown() -> None:
    quiet = told([{"customer": f"c{i}", "waited": 0.0, "wrote": 0} for i in range(9)])
    assert part(quiet, Part.WAITING) == (None, 0)
    one = told([{"customer": f"c{i}", "waited": 0.0, "wrote": int(i == 0)} for i in range(9)])
    assert part(one, Part.WAITING) == (0.0, 9)


def test_nobody_waits_longer_than_a_stage_takes_nor_less_than_a_day_counts() -> None:
    found = told([{"customer": f"c{i}", "days": 0.25, "waited": 0.25} for i in range(5)])
    assert part(found, Part.WAITING) == (0.25, 5)


def _drawn(seed: int, size: int = 60) -> Facts:
    """Customers in any stage, lately and before, of whom anything may be unknown."""
    rng = np.random.default_rng(seed)

    def maybe(values: Any) -> Any:
        return np.where(rng.random(size) < 0.7, values, np.nan)

    known = (rng.gamma(1, 2, size), rng.integers(0, 2, size), rng.random(size) < 0.4, rng.random(size))
    columns = zip(rng.integers(0, 4, size), rng.integers(1, 90, size), rng.integers(1, 700, size),
                  *(maybe(each) for each in known), strict=True)  # fmt: skip
    return facts([
        {"customer": f"c{i}", "stage": stage, "days": days, "ago": ago, "waited": wait, "over_plan": plan, "asked": ask,
         "effort": hard}
        for i, (stage, days, ago, wait, plan, ask, hard) in enumerate(columns)
    ])  # fmt: skip


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.integers(1, 10), st.booleans())
def test_more_waiting_in_implementation_worsens_that_stage_alone(seed: int, many: int, is_later: bool) -> None:
    """Ten days of waiting more for some customers, within the stage as it was or with an end that is as much later."""
    before = _drawn(seed, 200)
    is_told = (before.stage == IMPLEMENTATION) & (before.ended > UNTIL - 365 * DAY) & np.isfinite(before.waited)
    chosen = np.flatnonzero(is_told)[:many]
    waited, began = before.waited.copy(), before.began.copy()
    waited[chosen] += 10 * DAY
    began[chosen] -= 10 * DAY * is_later
    after = Facts(before.customer, before.segment, before.stage, began, before.ended, waited, before.wrote,
                  before.over_plan, before.asked, before.effort)  # fmt: skip
    for old, new in zip(friction(before, UNTIL), friction(after, UNTIL), strict=True):
        if old.stage is not Stage.IMPLEMENTATION:
            assert new == old
            continue
        assert old.score is not None
        assert new.score is not None
        # Whoever waited for all of the stage cannot wait for more of it.
        has_room = bool((before.waited[chosen] / DAY < before.days[chosen]).any())
        assert new.score > old.score if has_room else new.score >= old.score


@given(st.integers(0, 10_000))
def test_every_part_and_score_lies_within_its_bounds(seed: int) -> None:
    for found in friction(_drawn(seed), UNTIL):
        assert all(p.share is None or 0 <= p.share <= 1 for p in found.parts)
        if found.score is not None:
            assert found.low is not None
            assert found.high is not None
            assert 0 <= found.low <= found.score <= found.high <= 100
