"""Customers a colleague helped: whoever answers those who are leaving must not look worse (row S0-32, planted)."""

from typing import Any

import numpy as np
import pytest

from relevo.insight.talks.helped_by import RISK, HelpedBy, helped_by, helped_by_of, helper_cells
from relevo.insight.talks.moments import Followed
from tests.measures.support.contacts import asked, book, day, pays


def cell(person: str, leaving: bool, n: float, lost: float, **more: Any) -> dict[str, Any]:
    return {**dict.fromkeys(RISK, "same"), "person_id": person, "leaving": leaving, "n": n, "lost": lost, **more}


def team(rng: np.random.Generator | None = None, shared: int = 40) -> list[dict[str, Any]]:
    """Six colleagues alike: customers who asked to leave go with 60 %, others with 4 %; Rosa takes the former alone."""

    def lost(n: int, chance: float) -> float:
        return float(rng.binomial(n, chance)) if rng else n * chance

    rows = [cell("rosa", True, 300, lost(300, 0.6))]
    for person in ("ana", "ben", "eva", "leo", "mia"):
        rows.append(cell(person, False, 300, lost(300, 0.04)))
        rows += [cell(person, True, shared, lost(shared, 0.6))] if shared else []
    return rows


def test_who_answers_those_who_are_leaving_does_not_look_worse() -> None:
    found = {each.person_id: each for each in helped_by(team())}
    rosa, ana = found["rosa"], found["ana"]
    assert rosa.kept == pytest.approx(0.4)
    assert ana.kept == pytest.approx(1 - (12 + 24) / 340)
    assert rosa.expected == pytest.approx(0.4, abs=0.002)
    for each in found.values():
        assert each.is_comparable
        assert each.difference == pytest.approx(0, abs=0.002)
        assert each.low is not None
        assert each.high is not None
        assert each.low < 0 < each.high


def test_who_keeps_more_than_colleagues_would_is_seen() -> None:
    rows = [r if r["person_id"] != "rosa" else r | {"lost": 120.0} for r in team(shared=200)]
    rosa = next(each for each in helped_by(rows) if each.person_id == "rosa")
    assert rosa.low is not None
    assert rosa.low > 0
    assert rosa.kept == pytest.approx(0.6)


def test_whose_customers_nobody_else_takes_is_not_comparable() -> None:
    found = {each.person_id: each for each in helped_by(team(shared=0))}
    assert found["rosa"] == HelpedBy("rosa", 300, pytest.approx(0.4), None, None, None, None, is_comparable=False)
    assert found["ana"].is_comparable


def test_few_cases_few_losses_and_one_colleague_tell_nothing() -> None:
    rows = team()
    few = next(e for e in helped_by([*rows, cell("new", False, 29, 5)]) if e.person_id == "new")
    assert (few.expected, few.is_comparable, few.n) == (None, True, 29)
    assert {e.expected for e in helped_by([cell("ana", False, 50, 4), cell("ben", False, 50, 5)])} == {None}
    assert {e.expected for e in helped_by([cell("ana", False, 50, 20)])} == {None}
    assert {e.expected for e in helped_by([cell("ana", False, 50, 50), cell("ben", False, 50, 50)])} == {None}
    assert helped_by([]) == ()


def test_names_do_not_matter() -> None:
    """T4: other names, the same figures."""
    rows = team(np.random.default_rng(7))
    names = {"ana": "z", "ben": "y", "eva": "x", "leo": "w", "mia": "v", "rosa": "u"}
    other = {e.person_id: e for e in helped_by([r | {"person_id": names[r["person_id"]]} for r in rows])}
    for each in helped_by(rows):
        assert other[names[each.person_id]].difference == pytest.approx(each.difference, abs=1e-6)


@pytest.mark.sims
def test_over_200_teams_of_equals_intervals_cover() -> None:
    """1200 persons who are all alike: 95 % of the intervals hold 0, of Rosa's too."""
    held, rosa = [], []
    for seed in range(200):
        for each in helped_by(team(np.random.default_rng(seed))):
            assert each.low is not None
            assert each.high is not None
            (rosa if each.person_id == "rosa" else held).append(each.low <= 0 <= each.high)
    assert abs(np.mean(held) - 0.95) < 0.03
    assert np.mean(rosa) > 0.9


def test_cases_are_shared_by_replies_and_asking_to_leave_is_known_then() -> None:
    """Ana and Ben answered a; b had asked to leave two days before Ben answered, c a day after; all left in March."""
    both = asked(1, "a", "2026-01-05", wait_hours=1, resolved_hours=5)
    both["message"].append(both["message"][1] | {"message_id": "t1-b", "author_id": "ben", "at": day("2026-01-05", 12)})
    talks = [both, asked(2, "b", "2026-01-05", person="ben"), asked(3, "c", "2026-01-05", person="ben")]
    gone = [{"customer_id": c, "at": day("2026-03-01"), "requested_at": day(on)}
            for c, on in (("b", "2026-01-03"), ("c", "2026-01-06"))]  # fmt: skip
    of = book("2026-06-30", [pays(c, "2025-01-01", "2026-03-01") for c in "abc"], *talks, cancellation=gone)
    rows = of.run(helper_cells(of.tables, Followed.of(of))).dicts()
    assert sorted((r["person_id"], bool(r["leaving"]), float(r["n"]), float(r["lost"])) for r in rows) == [
        ("ana", False, 0.5, 0.5), ("ben", False, 1.5, 1.5), ("ben", True, 1.0, 1.0),
    ]  # fmt: skip
    assert [(h.person_id, h.kept, h.expected) for h in helped_by_of(of)] == [("ana", 0.0, None), ("ben", 0.0, None)]
