"""Figures of persons told by team: added up before anything is judged, and the queue stays whole."""

from datetime import date
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.measures.asking import ask, customers_behind
from relevo.measures.card import Ask
from tests.measures.support.desks import desk, random_desk

# Ana moved from support to success on 1 February; Ola is nobody's.
TEAMS = {
    "person": [{"person_id": "ana", "name": "Ana", "team": "success"}, {"person_id": "ben", "name": "Ben", "team":
               "support"}, {"person_id": "eva", "name": "Eva", "team": "support"}],
    "person_role": [{"person_id": "ana", "team": "support", "from_on": date(2025, 1, 1), "to_on": date(2026, 2, 1)},
                    {"person_id": "ana", "team": "success", "from_on": date(2026, 2, 1)}],
}  # fmt: skip
BY_TEAM = Ask(by="team")


def book() -> Any:
    return desk({**random_desk(2, talks=300), **TEAMS})


def rows(name: str, question: Ask | None = None, of: Any = None) -> list[dict[str, Any]]:
    return list(ask(of or book(), name, question).rows)


@pytest.mark.parametrize("name", ["load", "avoidance", "support_map"])
def test_by_team_the_column_of_persons_is_gone(name: str) -> None:
    by_person, by_team = rows(name), rows(name, BY_TEAM)
    assert [r["team"] for r in by_team] == ["(none)", "success", "support"]
    assert list(by_team[0]) == ["team", *list(by_person[0])[1:]]


def test_the_load_of_teams_is_that_of_their_people() -> None:
    by_person, by_team = rows("load"), rows("load", BY_TEAM)
    assert sum(r["expected_minutes"] for r in by_team) == pytest.approx(
        sum(r["expected_minutes"] for r in by_person), abs=0.3
    )
    # Two of a team in one case are one case of the team.
    assert sum(r["n"] for r in by_team) < sum(r["n"] for r in by_person)
    assert {r["team"]: r["p"] is None for r in by_team} == {"(none)": True, "success": False, "support": False}


def test_the_picks_of_a_team_are_judged_together() -> None:
    """The same picks from the same queue: sums over people are those over teams."""
    by_person, by_team = rows("avoidance"), rows("avoidance", BY_TEAM)
    for column in ("easy_pick_share", "expected_share"):
        totals = [sum(r[column] * r["n"] for r in told) for told in (by_person, by_team)]
        assert totals[0] == pytest.approx(totals[1], abs=0.01)
    assert sum(r["aged_hard_skipped"] for r in by_person) == sum(r["aged_hard_skipped"] for r in by_team)


def test_a_condition_on_teams_keeps_the_queue_whole() -> None:
    """The people of support alone, each as in the whole company: what others left waits all the same."""
    of = book()
    every = {r["person_id"]: r for r in rows("avoidance", of=of)}
    kept = rows("avoidance", Ask(where=(("team", "support"),)), of)
    whole = {r["person_id"]: r for r in kept}
    assert set(whole) == {"ana", "ben", "eva"}
    assert whole["ben"] == every["ben"]
    assert whole["ana"]["n"] < every["ana"]["n"]
    people = {r["person_id"] for r in rows("support_map", Ask(where=(("team", "(none)"),)), of)}
    assert people == {"ola"}


def test_the_customers_behind_a_team() -> None:
    of = book()
    for name in ("load", "avoidance"):
        found, every = customers_behind(of, name, BY_TEAM), customers_behind(of, name, Ask())
        assert found is not None
        assert set(found) == {"(none)", "success", "support"}
        assert every == {None: 8}
        assert max(found.values()) <= 8
    assert customers_behind(of, "support_map", Ask()) is None


def test_persons_are_not_cut_by_what_customers_are() -> None:
    with pytest.raises(WrongUse, match="not sliced"):
        rows("load", Ask(by="segment"))
