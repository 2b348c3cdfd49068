"""The sample of a week: who answered what, what is hard, and chances that are known and come true."""

from collections import Counter
from datetime import datetime

import pytest

from relevo.insight.reviewable import HARD, ORDINARY, Reviewable, hard_cells, reviewable, sample
from tests.measures.forward_books import Row, book_of

BEGINS, ENDS = datetime(2026, 6, 1), datetime(2026, 6, 8)  # noqa: DTZ001 - UTC as books have it


def talk(key: str, resolved: str | None, category: str | None = "bug", **more: str) -> Row:
    return {"conversation_id": key, "customer_id": "c", "channel": "mail", "category": category,
            "resolved_at": resolved, **more}  # fmt: skip


def said(talk: str, who: str | None, times: int = 1, at: str = "2026-06-01T10:00:00", **more: object) -> list[Row]:
    return [
        {"message_id": f"{talk}{who}{i}", "conversation_id": talk, "at": at, "author_kind": "human",
         "author_id": who, "is_public": True, **more}
        for i in range(times)
    ]  # fmt: skip


def test_who_answered_what_was_solved_in_the_week() -> None:
    talks = [
        talk("t1", "2026-06-01T00:00:00"),
        talk("t2", "2026-06-07T23:59:59", "howto"),
        talk("late", "2026-06-08T00:00:00"),
        talk("early", "2026-05-31T23:59:59", "howto"),
        talk("open", None),
        talk("spam", "2026-06-02T00:00:00", close_reason="spam"),
        talk("alone", "2026-06-02T00:00:00"),
        talk("old", "2026-02-01T00:00:00", "howto"),
    ]
    messages = [
        *said("t1", "ana", 5), *said("t1", "ben"), *said("t2", "ana"), *said("late", "ana"), *said("open", "ana"),
        *said("spam", "ana"), *said("early", "ana", at="2026-05-30T10:00:00"), *said("old", "ana", 99),
        *said("alone", "bot", author_kind="bot"), *said("alone", "cyd", is_public=False), *said("alone", None),
        *said("t2", "dan", at="2026-06-08T00:00:01"),
    ]  # fmt: skip
    found = reviewable(book_of({"conversation": talks, "message": messages}, "2026-06-30"), BEGINS, ENDS)
    both = frozenset({"ana", "ben"})
    assert found == [
        Reviewable("t1", "c", "ana", both, "mail", "bug", HARD),
        Reviewable("t1", "c", "ben", both, "mail", "bug", HARD),
        Reviewable("t2", "c", "ana", frozenset({"ana"}), "mail", "howto", ORDINARY),
    ]


def test_hard_is_what_takes_the_most_answers_up_to_a_third() -> None:
    """Answers a conversation: 5 for bug (30 of 100), 3 for billing (10): together 40, more than a third."""
    cells = [("bug", "mail", 30, 150), ("billing", "mail", 10, 30), (None, "chat", 60, 60)]
    assert hard_cells(cells) == {("bug", "mail")}
    assert hard_cells([("bug", "mail", 40, 400), ("howto", "mail", 60, 60)]) == frozenset()
    assert hard_cells([]) == frozenset()


def units(person: str, ordinary: int, hard: int) -> list[Reviewable]:
    return [
        Reviewable(f"{person}{i}", None, person, frozenset({person}), "mail", None, HARD if i < hard else ORDINARY)
        for i in range(ordinary + hard)
    ]


def test_the_same_seed_draws_the_same() -> None:
    both = [*units("ana", 12, 4), *units("ben", 3, 0), *units("cyd", 1, 0)]
    one = sample(both, 2, 7)
    assert one == sample(list(reversed(both)), 2, 7)
    assert [each.unit.conversation_id for each in one] != [each.unit.conversation_id for each in sample(both, 2, 8)]
    assert Counter(each.unit.person_id for each in one) == {"ana": 2, "ben": 2, "cyd": 1}


def test_each_is_drawn_with_the_chance_that_is_kept() -> None:
    """Two of 12 ordinary and 4 hard: 12 + 2 x 4 = 20 weights, chances 0.1 and 0.2."""
    times: Counter[str] = Counter()
    for seed in range(3000):
        for each in sample(units("ana", 12, 4), 2, seed):
            assert each.chance == pytest.approx(0.2 if each.unit.band == HARD else 0.1)
            times[each.unit.conversation_id] += 1
    assert all(abs(times[f"ana{i}"] / 3000 - 0.2) < 0.03 for i in range(4))
    assert all(abs(times[f"ana{i}"] / 3000 - 0.1) < 0.025 for i in range(4, 16))
