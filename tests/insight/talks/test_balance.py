"""Balance of hard work: one of five with three fifths is flagged, an equal split is not, chance seldom is."""

import numpy as np
import pytest

from relevo.insight.talks.balance import balance, balance_of
from relevo.measures.support.load import Carried
from tests.measures.support.desks import desk, moment, talk, together

TEAM = ("ana", "ben", "eva", "ola", "pia")


def people(hard: list[int]) -> dict[str, Carried]:
    return {
        name: Carried(cases=50, hard=n, minutes_by_week={0: 30.0 * n + 100}, hard_by_week={0: 30.0 * n})
        for name, n in zip(TEAM, hard, strict=True)
    }


def test_one_of_five_with_three_fifths_is_flagged() -> None:
    """Row S0-44: 60 % of the hard hours, and a Gini of 0.4; by cases and by equal hours alike."""
    for there in ({}, dict.fromkeys(TEAM, 3600)):
        found = balance_of(people([30, 5, 5, 5, 5]), there)
        assert (found.top_person, found.top_share, found.fair_share) == ("ana", 0.6, 0.2)
        assert (found.gini, found.is_flagged, found.by_hours) == (pytest.approx(0.4), True, bool(there))
        assert found.hard_minutes == 1500
    assert found.p is not None
    assert found.p < 1e-6


def test_an_equal_split_is_not() -> None:
    found = balance_of(people([10] * 5), {})
    assert (found.gini, found.jain, found.is_flagged, found.p) == (0, 1, False, 1)


def test_who_is_there_longer_may_have_more() -> None:
    """Ana works as much as the four others together: half of the hard hours are hers by right."""
    there = {**dict.fromkeys(TEAM, 1000), "ana": 4000}
    found = balance_of(people([40, 10, 10, 10, 10]), there)
    assert (found.fair_share, found.top_share, found.is_flagged) == (0.5, 0.5, False)
    assert found.gini == pytest.approx(0, abs=1e-12)


def test_three_of_three_is_no_proof() -> None:
    """All three hard cases with one of five: the chance of that is 5 / 125, and it is not flagged."""
    found = balance_of(people([3, 0, 0, 0, 0]), {})
    assert (found.top_share, found.p, found.is_flagged) == (1.0, pytest.approx(0.04), False)


def test_nothing_to_share() -> None:
    found = balance_of(people([0] * 5), {})
    assert (found.n, found.gini, found.top_person, found.p, found.is_flagged) == (5, None, None, None, False)
    assert balance_of({}, {}).n == 0
    (only,) = (balance_of({"ana": people([9, 0, 0, 0, 0])["ana"]}, {}),)
    assert (only.p, only.is_flagged) == (None, False)


def test_who_was_there_and_had_nothing_counts() -> None:
    """Two were on shift, one replied; whoever replied without a shift is left out."""
    found = balance_of({"ana": people([8] * 5)["ana"], "ben": people([8] * 5)["ben"]}, {"ana": 10, "eva": 10})
    assert (found.n, found.gini, found.top_share, found.p) == (2, 0.5, 1.0, pytest.approx(2 / 2**8))


def test_chance_is_seldom_flagged() -> None:
    """300 teams among whom 60 hard cases fall at random: by construction at most one in a hundred."""
    draw = np.random.default_rng(8)
    flagged = sum(balance_of(people(draw.multinomial(60, [0.2] * 5).tolist()), {}).is_flagged for _ in range(300))
    assert flagged <= 9


def test_a_book() -> None:
    """Nine easy cases and a hard one: Eva's twelve of sso are a topic of hers alone."""
    parts = [talk(f"l{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "ben", 600)], closed_at="2026-03-04 00:00",
                  category="login") for k in range(80)]  # fmt: skip
    parts += [talk(f"s{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "eva", 3600)], closed_at="2026-03-04 00:00",
                   category="sso") for k in range(12)]  # fmt: skip
    parts += [talk("n", "2026-03-03 09:00", [("2026-03-03 10:00", "ana", 600)], closed_at="2026-03-04 00:00")]
    shift = [{"person_id": who, "from_at": moment("2026-03-03 09:00"), "to_at": moment("2026-03-03 17:00")}
             for who in ("ana", "ben", "eva")]  # fmt: skip
    found = balance(desk(together(*parts, {"shift": shift})))
    assert (found.top_person, found.top_share, found.n, found.by_hours) == ("eva", 1.0, 3, True)
    assert found.is_flagged
    assert [(h.topic, h.person, h.n) for h in found.holders] == [("login", "ben", 80), ("sso", "eva", 12)]
