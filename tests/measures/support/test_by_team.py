"""Measures of persons told of teams: whoever is in a team counts in it, at that time, and nobody is named."""

from datetime import date, datetime

import pytest

from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.book.ledger.talks import Row, talk, together
from tests.measures.memory import Memory

AS_OF = date(2026, 3, 31)


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def desk() -> dict[str, list[Row]]:
    """Ana and Ben in support, Cem in success since March; each takes a conversation and answers within the hour."""
    people: list[Row] = [
        {"person_id": who, "name": who, "team": team}
        for who, team in (("ana", "support"), ("ben", "support"), ("cem", "success"))
    ]
    roles: list[Row] = [
        {"person_id": "cem", "team": "support", "from_on": date(2025, 1, 1), "to_on": date(2026, 3, 3)},
        {"person_id": "cem", "team": "success", "from_on": date(2026, 3, 3), "to_on": None},
    ]
    shifts: list[Row] = [
        {"person_id": who, "from_at": datetime(2026, 3, 2, 8), "to_at": datetime(2026, 3, 2, 18)}  # noqa: DTZ001
        for who in ("ana", "ben", "cem")
    ]
    talks = [
        talk(f"{who}{day}", [(f"{day}+9:00", "c"), (f"{day}+9:{minute}", who)], closed_at=f"{day}+12:00",
             close_reason="solved", customer_id=f"of-{who}", events=[(f"{day}+9:01", "assigned", who)])
        for who, day, minute in (("ana", 0, 10), ("ben", 0, 30), ("cem", 0, 50), ("cem", 1, 20))
    ]  # fmt: skip
    rows = together(*talks, {"person": people, "person_role": roles, "shift": shifts})
    for event in rows["conversation_event"]:
        event["by_id"] = event["to_value"]
    return rows


@pytest.mark.parametrize("name", ["load", "support_map", "avoidance"])
def test_rows_are_teams_and_name_nobody(memory: Memory, name: str) -> None:
    book = memory.book(desk(), AS_OF, ledger=True)
    of_persons, of_teams = ask(book, name).rows, ask(book, name, Ask(by="team")).rows
    assert {row["person_id"] for row in of_persons} == {"ana", "ben", "cem"}
    assert {row["team"] for row in of_teams} == {"success", "support"}
    assert all("person_id" not in row for row in of_teams)


def test_what_a_colleague_did_counts_in_the_team_of_that_day(memory: Memory) -> None:
    book = memory.book(desk(), AS_OF, ledger=True)
    cases = {row["team"]: row["n"] for row in ask(book, "load", Ask(by="team")).rows}
    assert cases == {"support": 3, "success": 1}
    helped = {row["team"]: row["customers"] for row in ask(book, "support_map", Ask(by="team")).rows}
    assert helped == {"support": 3, "success": 1}
    picks = {row["team"]: row["n"] for row in ask(book, "avoidance", Ask(by="team")).rows}
    assert picks == {"support": 3, "success": 1}


def test_one_team_can_be_asked_for_with_its_persons(memory: Memory) -> None:
    book = memory.book(desk(), AS_OF, ledger=True)
    rows = ask(book, "load", Ask(where=(("team", "support"),))).rows
    assert {row["person_id"]: row["n"] for row in rows} == {"ana": 1, "ben": 1, "cem": 1}


def test_whose_team_is_not_known_is_shown(memory: Memory) -> None:
    rows = {**desk(), "person": [], "person_role": []}
    book = memory.book(rows, AS_OF, ledger=True)
    assert [row["team"] for row in ask(book, "load", Ask(by="team")).rows] == ["(none)"]
