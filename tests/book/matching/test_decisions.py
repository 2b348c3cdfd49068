"""Which decisions hold: the last about two customers, no merge against a later parting, none of the future."""

from datetime import UTC, datetime, timedelta

from relevo.book.matching.decisions import Decision, fingerprint, in_force, settled
from relevo.book.matching.evidence import read
from relevo.book.matching.groups import keeping_apart

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def merge(kept: str, other: str, minute: int = 0) -> Decision:
    return Decision("merge", kept, other, NOON + timedelta(minutes=minute))


def apart(stays: str, leaves: str, minute: int = 0) -> Decision:
    return Decision("apart", stays, leaves, NOON + timedelta(minutes=minute))


def held(*decisions: Decision) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    merges, parted = settled(in_force(decisions))
    return [(d.customer_id, d.other_id) for d in merges], [(d.customer_id, d.other_id) for d in parted]


def test_the_last_decision_about_two_customers_holds_whoever_is_named_first() -> None:
    assert held(merge("A", "B"), apart("B", "A", 1)) == ([], [("B", "A")])
    assert held(apart("A", "B"), merge("B", "A", 1)) == ([("B", "A")], [])
    assert held(merge("A", "A")) == ([], [])


def test_decisions_of_later_than_what_was_known_do_not_count() -> None:
    both = (merge("A", "B"), apart("A", "B", 10))
    assert in_force(both, NOON) == in_force(both, NOON.replace(tzinfo=None)) == both[:1]
    assert in_force(both) == both[1:]


def test_a_parting_undoes_what_led_from_one_to_the_other_and_the_second_leaves() -> None:
    """C was merged into B and B into A. Apart from A, C goes, and B stays."""
    chain = (merge("B", "C"), merge("A", "B", 1))
    assert held(*chain, apart("A", "C", 2)) == ([("A", "B")], [("A", "C")])
    assert held(apart("A", "C"), merge("B", "C", 1), merge("A", "B", 2)) == ([("B", "C"), ("A", "B")], [])


def test_into_whom_somebody_was_merged_last_holds() -> None:
    assert held(merge("A", "C"), merge("B", "C", 1)) == ([("B", "C")], [])


def test_the_fingerprint_follows_decisions_and_not_their_reasons_or_order() -> None:
    one, other = merge("A", "B"), apart("C", "D")
    assert fingerprint(()) == ""
    assert fingerprint((one, other)) == fingerprint((other, one)) != fingerprint((one,))
    reasoned = Decision(one.kind, one.customer_id, one.other_id, one.decided_at, "I asked them.")
    assert fingerprint((reasoned,)) == fingerprint((one,))


def test_who_is_said_to_leave_is_joined_last_and_others_by_their_evidence() -> None:
    triangle = [(1, 2, 7.0), (2, 3, 9.0), (1, 3, 8.0)]
    assert keeping_apart(triangle, [(1, 3)]) == [(1, 2)]
    assert keeping_apart(triangle, [(3, 1)]) == [(2, 3)]
    assert keeping_apart([(1, 2, 7.0), (2, 3, 9.0)], [(7, 8)]) == [(2, 3), (1, 2)]


def test_evidence_that_an_erasure_has_replaced_is_none() -> None:
    assert read("erased-1234") == ()
    (told,) = read('[{"kind": "name", "left": "A", "right": null, "weight": 9.0, "says": "for"}]')
    assert (told.kind, told.left, told.right, told.weight, told.says) == ("name", "A", "", 9.0, "for")
