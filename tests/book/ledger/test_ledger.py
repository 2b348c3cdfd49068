"""The ledger by hand: who waited for whom how long, what an episode came to, who is credited with a vote."""

from typing import Any

import pytest

from tests.book.ledger.talks import at, ledger, office, rows, talk
from tests.measures.memory import Memory

MIN = 60


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def waits(memory: Memory, *parts: Any) -> list[Any]:
    return rows(ledger(memory, *parts), "customer_wait", "number", "wait_s", "person_id", "is_first")


def test_a_wait_runs_from_the_oldest_unanswered_message_to_the_next_public_reply(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:30", "c"), ("10:45", "-ana"), ("11:00", "ana"), ("12:00", "c"), ("12:15", "ben")]
    assert waits(memory, talk("t", said)) == [(1, 60 * MIN, "ana", True), (2, 15 * MIN, "ben", False)]


def test_bots_and_notes_stop_no_clock(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:01", "b"), ("10:05", "-ana"), ("10:40", "ana")]
    assert waits(memory, talk("t", said)) == [(1, 40 * MIN, "ana", True)]


def test_what_we_began_has_no_first_response(memory: Memory) -> None:
    book = ledger(memory, talk("t", [("10:00", "ana"), ("11:00", "c"), ("11:20", "ana")]))
    assert rows(book, "episode", "begun_by", "first_wait_s", "replies") == [("company", None, 2)]
    assert rows(book, "customer_wait", "wait_s", "is_first") == [(20 * MIN, False)]


def test_a_call_whose_opening_was_not_written_down_waits_from_its_opening(memory: Memory) -> None:
    book = ledger(memory, talk("t", [("10:20", "ana")], opened="10:00"))
    assert rows(book, "customer_wait", "wait_s", "is_first") == [(20 * MIN, True)]


def test_a_conversation_without_messages_says_nothing_of_replies(memory: Memory) -> None:
    book = ledger(memory, talk("t", [], opened="10:00", closed_at="12:00", close_reason="solved"))
    assert rows(book, "customer_wait", "number") == []
    assert rows(book, "episode", "replies", "outcome") == [(None, "solved")]


def test_what_nobody_answered_yet_is_open_and_what_was_closed_on_it_is_given_up(memory: Memory) -> None:
    left = talk("left", [("10:00", "c")], closed_at="15:00", close_reason="no_reply")
    book = ledger(memory, talk("open", [("10:00", "c")]), left)
    found = rows(book, "customer_wait", "conversation_id", "until_at", "given_up_at")
    assert found == [("left", None, at("15:00")), ("open", None, None)]
    assert rows(book, "episode", "conversation_id", "outcome") == [("left", "no_reply"), ("open", "open")]


def test_a_thank_you_adds_no_wait_and_no_time_to_the_resolution(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:30", "ana"), ("11:00", "c")]
    book = ledger(memory, talk("t", said, closed_at="18:00", close_reason="solved"))
    assert rows(book, "customer_wait", "wait_s") == [30 * MIN]
    assert rows(book, "episode", "resolved_at", "closed_at", "reopens") == [(at("10:30"), at("18:00"), 0)]


def test_a_thank_you_after_the_resolution_is_none_either_unless_it_reopens(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:30", "ana"), ("11:00", "c")]
    known = {"resolved_at": "10:30", "closed_at": "10:31", "close_reason": "solved"}
    again = talk("again", said, **known, events=[("11:00", "reopened", "open")])
    book = ledger(memory, talk("thanks", said, **known), again)
    assert rows(book, "customer_wait", "conversation_id", "number") == [("again", 1), ("again", 2), ("thanks", 1)]


def test_who_comes_back_within_a_week_reopens_and_later_begins_another_episode(memory: Memory) -> None:
    events = [("11:00", "closed", "solved")]
    soon = talk("soon", [("10:00", "c"), ("10:30", "ana"), ("2+9:00", "c"), ("2+9:10", "ana")], events=events)
    late = talk("late", [("10:00", "c"), ("10:30", "ana"), ("8+9:00", "c"), ("8+9:10", "ben")], events=events)
    book = ledger(memory, soon, late)
    found = rows(book, "episode", "conversation_id", "episode", "reopens", "first_person_id", "first_wait_s")
    assert found == [
        ("late", 1, 0, "ana", 30 * MIN), ("late", 2, 0, "ben", 10 * MIN), ("soon", 1, 1, "ana", 30 * MIN),
    ]  # fmt: skip


def test_business_seconds_are_those_of_the_tier_else_of_the_team_else_of_everybody(memory: Memory) -> None:
    said = [("16:00", "c"), ("1+10:00", "ana")]
    book = ledger(
        memory, office("office"), office("late", opens="12:00", closes="20:00"), talk("tier", said, tier="late"),
        talk("team", said, events=[("16:01", "group", "office")]), talk("all", said),
    )  # fmt: skip
    found = rows(book, "customer_wait", "conversation_id", "calendar", "wait_s", "business_s")
    day = 18 * 60 * MIN
    assert found == [
        ("all", "(all)", day, (4 + 1) * 3600), ("team", "office", day, (1 + 1) * 3600), ("tier", "late", day, 4 * 3600),
    ]  # fmt: skip


def test_a_schedule_with_hours_in_two_zones_is_open_in_both(memory: Memory) -> None:
    """9 to 17 in London and in New York, five hours behind: from 9 to 22 UTC. From 10 to 10 the next day: 12 + 1."""
    both = [office("two", "UTC"), office("two", "America/New_York")]
    said = [("10:00", "c"), ("1+10:00", "ana")]
    book = ledger(memory, *both, talk("tier", said, tier="two"), talk("all", said))
    assert rows(book, "customer_wait", "calendar", "business_s") == [("(all)", 13 * 3600), ("two", 13 * 3600)]


def test_without_a_schedule_business_seconds_are_unknown(memory: Memory) -> None:
    book = ledger(memory, talk("t", [("16:00", "c"), ("17:00", "ana")]))
    assert rows(book, "customer_wait", "business_s", "calendar", "from_reading_s") == [(None, None, None)]


def test_a_persons_own_part_begins_when_it_got_the_case_and_counts_its_shift_alone(memory: Memory) -> None:
    shift = {"shift": [{"person_id": "ana", "from_at": at("9:00"), "to_at": at("17:00")},
                       {"person_id": "ana", "from_at": at("1+9:00"), "to_at": at("1+17:00")}]}  # fmt: skip
    events = [("16:30", "assigned", "ana")]
    book = ledger(memory, shift, talk("t", [("10:00", "c"), ("1+9:10", "ana")], events=events))
    assert rows(book, "customer_wait", "reaction_s", "wait_s") == [(40 * MIN, 23 * 3600 + 10 * MIN)]
    assert rows(book, "reply", "in_hours", "reaction_s") == [(True, 40 * MIN)]


def test_what_others_were_assigned_says_nothing_of_who_replied_in_their_place(memory: Memory) -> None:
    shift = {"shift": [{"person_id": "ben", "from_at": at("9:00"), "to_at": at("17:00")}]}
    book = ledger(memory, shift, talk("t", [("10:00", "c"), ("11:00", "ben")], events=[("10:05", "assigned", "ana")]))
    assert rows(book, "customer_wait", "reaction_s", "held_from") == [(None, None)]
    assert rows(book, "episode", "first_person_id", "holder_id") == [("ben", "ana")]


def test_passing_on_counts_once_somebody_replied_and_coming_back_is_a_bounce(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:10", "ana"), ("11:00", "c"), ("11:30", "ben"), ("12:00", "ana")]
    events = [("10:00", "assigned", "ben"), ("10:05", "assigned", "ana"), ("11:10", "assigned", "ben"),
              ("11:50", "assigned", "ana")]  # fmt: skip
    assert rows(ledger(memory, talk("t", said, events=events)), "episode", "handoffs", "bounces") == [(2, 2)]


def test_retagging_moves_no_case(memory: Memory) -> None:
    events = [("10:05", "category", "bug"), ("15:00", "category", "how_to")]
    told = talk("t", [("10:00", "c")], category="how_to", events=events)
    assert rows(ledger(memory, told), "episode", "category") == ["bug"]


def rating(when: str, score: int, **known: Any) -> dict[str, Any]:
    name = known.pop("rating_id", f"r{when}")
    row = {"rating_id": name, "kind": "happiness", "score": score, "at": at(when), "conversation_id": "t"}
    return {"rating": [{**row, "customer_id": "acme", **known}]}


CREDIT = ("person_id", "part", "parts", "handlers_before")


def test_a_vote_is_shared_by_who_had_replied_by_then_and_later_acts_move_nothing(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:10", "ana"), ("11:00", "c"), ("11:10", "ana"), ("11:20", "ben"), ("14:00", "cem")]
    told = talk("t", said, assignee_id="cem", events=[("13:00", "assigned", "cem")])
    assert rows(ledger(memory, told, rating("12:00", -1)), "vote", *CREDIT) == [("ana", 2, 3, 0), ("ben", 1, 3, 1)]


def test_a_vote_on_a_reply_is_of_its_author_alone(memory: Memory) -> None:
    told = talk("t", [("10:00", "c"), ("10:10", "ana"), ("11:20", "ben")])
    assert rows(ledger(memory, told, rating("12:00", 1, message_id="t-2")), "vote", *CREDIT) == [("ben", 1, 1, 1)]


def test_a_vote_that_nobody_had_replied_to_is_of_nobody(memory: Memory) -> None:
    book = ledger(memory, talk("t", [("10:00", "c")]), rating("12:00", 0))
    assert rows(book, "vote", *CREDIT) == [(None, 1, 1, None)]


def test_the_latest_vote_of_a_customer_on_an_episode_counts(memory: Memory) -> None:
    told = talk("t", [("10:00", "c"), ("10:10", "ana")])
    book = ledger(memory, told, rating("12:00", -1), rating("13:00", 1), rating("11:00", 0, customer_id="other"))
    assert rows(book, "vote", "answer", "is_latest") == [("great", True), ("not_good", False), ("okay", True)]


def test_a_vote_that_names_no_customer_is_of_the_conversations(memory: Memory) -> None:
    """So it is taken back by a later one that names the customer, and of two contacts' votes the last one counts."""
    told = talk("t", [("10:00", "c"), ("10:10", "ana")])
    unnamed = [rating(f"1{i}:00", -1, customer_id=None, contact_id=f"contact {i}") for i in (2, 3)]
    book = ledger(memory, told, *unnamed, rating("14:00", 1))
    assert rows(book, "vote", "customer_id", "answer", "is_latest") == [
        ("acme", "great", True), ("acme", "not_good", False), ("acme", "not_good", False),
    ]  # fmt: skip


FIVE = ["not_good", "not_good", "okay", "great", "great"]


@pytest.mark.parametrize(
    ("kind", "most", "lowest", "expected"),
    [
        ("csat", 5, 1, FIVE), ("csat", None, 1, FIVE),
        ("csat", 1, 0, ["not_good", "great"]), ("csat", 2, 1, ["not_good", "great"]),
        ("csat", 3, 1, ["not_good", "okay", "great"]), ("csat", 4, 1, ["not_good", "okay", "okay", "great"]),
        ("csat", 7, 1, ["not_good"] * 2 + ["okay"] * 3 + ["great"] * 2),
        ("csat", 10, 1, ["not_good"] * 3 + ["okay"] * 4 + ["great"] * 3),
        ("happiness", None, -1, ["not_good", "okay", "great"]), ("happiness", 5, -1, ["not_good", "okay", "great"]),
        ("csat", 6, 1, []), ("nps", 10, 0, []), ("ces", 7, 1, []),
    ],
)  # fmt: skip
def test_scores_are_read_by_the_stated_table(
    memory: Memory, kind: str, most: int | None, lowest: int, expected: list[str]
) -> None:
    """Asked from one below the lowest to one above the highest score: those are no vote."""
    told = talk("t", [("10:00", "c"), ("10:10", "ana")])
    scores = range(lowest - 1, lowest + len(expected) + 1)
    given = [rating("12:00", s, kind=kind, scale_max=most, rating_id=f"{s:+03}", customer_id=f"{s}") for s in scores]
    found = dict(rows(ledger(memory, told, *given), "vote", "customer_id", "answer"))
    assert found == {str(lowest + i): answer for i, answer in enumerate(expected)}


def test_an_invitation_makes_an_offer_of_the_episode_it_was_sent_in(memory: Memory) -> None:
    told = talk("t", [("10:00", "c"), ("10:30", "ana"), ("9+9:00", "c"), ("9+9:10", "ben")],
                events=[("11:00", "closed", "solved")], csat_offered=False)  # fmt: skip
    asked = {"survey_invite": [{"invite_id": "i", "kind": "happiness", "at": at("12:00"), "conversation_id": "t"}]}
    assert rows(ledger(memory, told, asked), "episode", "episode", "offered") == [(1, True), (2, False)]
