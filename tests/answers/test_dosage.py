"""Figures of people's work wait for the stage of the company: nothing, the company, teams, persons (tension T04)."""

from dataclasses import replace
from datetime import date

import pytest

from relevo.answers.measures import show
from relevo.answers.reading import OPERATOR, Reading, Refused
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask
from tests.book.ledger.talks import Row, talk, together
from tests.measures.memory import Memory

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def reading(memory: Memory, employees: int | None) -> Reading:
    """Two colleagues of one team who answered a customer each, in a company of that many."""
    said = (talk("one", [("9:00", "c"), ("9:30", "ana")]), talk("two", [("9:00", "c"), ("10:30", "ben")]))
    people: list[Row] = [{"person_id": who, "name": who, "team": "support"} for who in ("ana", "ben")]
    marks: list[Row] = [
        {"review_id": f"r{who}", "conversation_id": name, "reviewer_id": "cem", "person_id": who, "criterion": "tone",
         "at": date(2026, 5, 4), "score": 3, "max_score": 4, "sampling": "random", "probability": "0.5"}
        for name, who in (("one", "ana"), ("two", "ben"))
    ]  # fmt: skip
    counted: list[Row] = [] if employees is None else [{"on_date": date(2026, 1, 1), "employees": employees}]
    rows = together(*said, {"person": people, "review": marks, "headcount": counted})
    return Reading(memory.book(rows, AS_OF, ledger=True), OPERATOR)


def test_the_same_question_is_locked_of_the_team_and_of_persons(memory: Memory) -> None:
    with pytest.raises(Refused) as told:
        show(reading(memory, 4), "reviews", Ask())
    assert told.value.message == (
        "Peer reviews: shown from stage 2 on, above 5 employees; the book counts 4, which is stage 1."
    )
    assert told.value.hint == "Wait, or write down in the house rule early_figures why you do not."
    with pytest.raises(Refused, match="Figures of teams: shown from stage 3 on, above 20 employees"):
        show(reading(memory, 12), "reviews", Ask())
    assert show(reading(memory, 12), "waits", Ask()).rows
    of_teams = show(reading(memory, 60), "reviews", Ask())
    assert [(r["team"], r["n"]) for r in of_teams.rows] == [("support", 2)]
    assert "person_id" not in {column.name for column in of_teams.columns}
    of_persons = show(reading(memory, 300), "reviews", Ask())
    assert [(r["person_id"], r["n"]) for r in of_persons.rows] == [("ana", 1), ("ben", 1)]


@pytest.mark.parametrize("ask", [Ask(by="person"), Ask(where=(("person", "ana"),))])
def test_persons_are_refused_before_their_stage_as_cut_and_as_condition(memory: Memory, ask: Ask) -> None:
    with pytest.raises(Refused, match=r"Figures of single people: shown from stage 5 on, above 250 employees"):
        show(reading(memory, 60), "waits", ask)
    assert show(reading(memory, 300), "waits", ask).measure == "waits"


def test_without_a_headcount_nothing_is_locked(memory: Memory) -> None:
    assert len(show(reading(memory, None), "reviews", Ask()).rows) == 2


def test_who_says_why_does_not_wait(memory: Memory) -> None:
    early = replace(reading(memory, 60), assumed=lambda: Assumptions(early_figures="We are two teams of twelve."))
    assert len(show(early, "reviews", Ask()).rows) == 2


def test_the_limits_are_those_of_the_house(memory: Memory) -> None:
    strict = replace(reading(memory, 300), assumed=lambda: Assumptions(stage_limits=(5, 20, 100, 1000)))
    assert [r["team"] for r in show(strict, "reviews", Ask()).rows] == ["support"]


def test_figures_of_revenue_know_no_stage(memory: Memory) -> None:
    assert show(reading(memory, 4), "mrr", Ask()).measure == "mrr"
