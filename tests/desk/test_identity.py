"""Decisions about identity: what is kept of them, which hold when, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from relevo.base.errors import WrongUse
from relevo.desk.identity.actions import AlreadyDecided, Contradicted, NewDecision, decide, undo
from relevo.desk.identity.decided import (
    decision_with,
    decisions_about,
    decisions_in_force,
    every_decision,
)
from relevo.desk.identity.models import IdentityDecision
from relevo.desk.people.models import AuditEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def merge(into: str, other: str, instead_of: int = 0) -> NewDecision:
    return NewDecision("merge", into, other, "the same tax id", instead_of)


def apart(one: str, other: str, instead_of: int = 0) -> NewDecision:
    return NewDecision("apart", one, other, "another company of that name", instead_of)


def held() -> set[tuple[str, str, str]]:
    return {(d.kind, d.customer_id, d.other_id) for d in decisions_in_force()}


def test_a_decision_is_kept_with_who_when_and_why() -> None:
    key = decide(NewDecision("merge", "A", "B", "  the same\n tax id "), "ines", NOON)
    (kept,) = decisions_in_force()
    assert (kept.id, kept.kind, kept.customer_id, kept.other_id, kept.reason) == (key, "merge", "A", "B",
                                                                                 "the same tax id")  # fmt: skip
    assert (kept.decided_at, kept.decided_by, kept.undone_at) == (NOON, "ines", None)
    assert kept.pair == {"A", "B"}
    assert decisions_about(["B", "X"]) == decisions_about(["A"]) == (kept,)
    assert decisions_about(["X"]) == ()
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.action, entry.about) == ("ines", "identity.merge", "A")
    assert entry.details == {"decision": key, "other": "B", "reason": "the same tax id", "instead_of": 0}
    assert str(IdentityDecision.objects.get()) == "merge A B by ines"


def test_undoing_keeps_the_row_and_says_who_and_why() -> None:
    key = decide(merge("A", "B"), "ines", NOON)
    undone = undo(key, "leo", "two companies after all", NOON + HOUR)
    assert (undone.undone_at, undone.undone_by, undone.undo_reason) == (NOON + HOUR, "leo", "two companies after all")
    assert decisions_in_force() == ()
    assert every_decision() == (undone,)
    assert AuditEntry.objects.filter(action="identity.undone", who="leo", about="A").count() == 1
    with pytest.raises(AlreadyDecided, match="undone before"):
        undo(key, "ines", "again", NOON + HOUR)
    with pytest.raises(WrongUse, match="no decision 987654"):
        undo(987654, "ines", "why", NOON)
    assert str(IdentityDecision.objects.get()) == "merge A B by ines, undone by leo"


def test_what_held_at_a_moment_is_told_as_of_then() -> None:
    key = decide(merge("A", "B"), "ines", NOON)
    undo(key, "ines", "wrong", NOON + 2 * HOUR)
    known = {hours: len(decisions_in_force(NOON + hours * HOUR)) for hours in (-1, 0, 1, 2, 3)}
    assert known == {-1: 0, 0: 1, 1: 1, 2: 0, 3: 0}


def test_a_pair_decided_anew_replaces_what_was_said_and_keeps_it() -> None:
    first = decide(merge("A", "B"), "ines", NOON)
    second = decide(apart("B", "A", instead_of=first), "leo", NOON + HOUR)
    assert held() == {("apart", "B", "A")}
    before = decision_with(first)
    assert before is not None
    assert (before.undone_at, before.undone_by) == (NOON + HOUR, "leo")
    assert [d.id for d in every_decision()] == [second, first]
    assert len(decisions_in_force(NOON)) == 1
    third = decide(merge("B", "A", instead_of=second), "leo", NOON + 2 * HOUR)
    assert decide(merge("A", "B", instead_of=third), "leo", NOON + 3 * HOUR), "the other way round is another decision"
    assert held() == {("merge", "A", "B")}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewDecision("perhaps", "A", "B", "why"), "no decision 'perhaps'"),
        (NewDecision("merge", "A", "A", "why"), "names two customers"),
        (NewDecision("merge", "", "A", "why"), "names two customers"),
        (NewDecision("merge", "A", "B", " \n"), "1 to 500 characters"),
        (NewDecision("merge", "A", "B", "x" * 501), "1 to 500 characters"),
    ],
)
def test_what_is_no_decision_is_refused(new: NewDecision, told: str) -> None:
    with pytest.raises(WrongUse, match=told):
        decide(new, "ines", NOON)
    assert not IdentityDecision.objects.exists()
    assert not AuditEntry.objects.exists()


def test_who_did_not_see_what_holds_is_told() -> None:
    first = decide(merge("A", "B"), "ines", NOON)
    with pytest.raises(AlreadyDecided, match="ines decided this pair in the meantime: merge"):
        decide(apart("B", "A"), "leo", NOON)
    with pytest.raises(AlreadyDecided, match="decided already, by ines"):
        decide(merge("A", "B", instead_of=first), "leo", NOON)
    undo(first, "ines", "wrong", NOON)
    with pytest.raises(AlreadyDecided, match="undone in the meantime"):
        decide(apart("A", "B", instead_of=first), "leo", NOON)
    assert AuditEntry.objects.count() == 2


def test_of_two_who_decide_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had written: the database itself holds one decision of a pair at a time."""
    decide(merge("A", "B"), "ines", NOON)
    monkeypatch.setattr("relevo.desk.identity.actions.decisions_in_force", tuple)
    with pytest.raises(AlreadyDecided, match="in the meantime"):
        decide(apart("B", "A"), "leo", NOON)
    assert held() == {("merge", "A", "B")}
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("pair", [("A", "B"), ("B", "A")])
def test_the_database_refuses_a_second_decision_of_a_pair(pair: tuple[str, str]) -> None:
    decide(merge("A", "B"), "ines", NOON)
    row = {"kind": "apart", "customer_id": pair[0], "other_id": pair[1], "decided_at": NOON, "decided_by": "leo"}
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityDecision.objects.create(**row)
    assert IdentityDecision.objects.create(**row, undone_at=NOON), "an undone one stands beside it"


@pytest.mark.parametrize(
    ("before", "new", "told"),
    [
        ([merge("A", "B"), merge("B", "C")], merge("C", "A"), "C is joined into A already"),
        ([merge("A", "B"), merge("B", "C")], merge("X", "C"), "C is joined into B already"),
        ([merge("A", "B"), merge("A", "C")], apart("B", "C"), "B and C would be one"),
        ([merge("A", "B"), merge("B", "C")], apart("A", "C"), "A and C would be one"),
        ([merge("A", "B"), apart("B", "C")], merge("A", "C"), "B and C would be one"),
        ([apart("B", "C"), merge("A", "B")], merge("C", "A"), "B and C would be one"),
    ],
)
def test_what_contradicts_other_decisions_is_refused(before: list[NewDecision], new: NewDecision, told: str) -> None:
    for each in before:
        decide(each, "ines", NOON)
    with pytest.raises(Contradicted, match=told):
        decide(new, "leo", NOON)
    assert len(decisions_in_force()) == len(before)


def test_merges_may_form_a_chain_and_a_star() -> None:
    for each in (merge("A", "B"), merge("C", "A"), merge("C", "D"), apart("D", "E"), apart("F", "C")):
        decide(each, "ines", NOON)
    assert len(decisions_in_force()) == 5


def test_a_forgotten_person_is_gone_from_reasons() -> None:
    from relevo.desk.people.actions_erasing import erase_from_desk

    decide(NewDecision("merge", "A", "B", "Rosa Gil said so"), "ines", NOON)
    clean: Callable[[object], object] = lambda v: v.replace("Rosa Gil", "[erased]") if isinstance(v, str) else v  # noqa: E731
    erase_from_desk(clean, lambda _text: False, "e1", NOON)
    assert decisions_in_force()[0].reason == "[erased] said so"
