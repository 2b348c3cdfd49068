"""Who is unhappy though solved, who was happy and left, who was asked: by hand, with planted customers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import ibis.expr.types as ir
import pytest

from relevo.book.book import Book
from relevo.insight.voices.asked import asked_often, response
from relevo.insight.voices.gone import happy_then_gone
from relevo.insight.voices.unhappy import detractors, unhappy_votes
from tests.book.ledger.talks import at, talk, together
from tests.measures.memory import Memory

Rows = dict[str, list[dict[str, Any]]]
SINCE, UNTIL = datetime(2026, 1, 1), datetime(2026, 7, 1)  # noqa: DTZ001 the book holds UTC without saying so
SOLVED = {"resolved_at": "0+12:00", "closed_at": "0+12:00", "close_reason": "solved"}
SAID = [("10:00", "c"), ("10:30", "ana")]


@pytest.fixture
def memory() -> Memory:
    return Memory()


def book(memory: Memory, *parts: Rows) -> Book:
    return memory.book(together(*parts), date(2026, 6, 30), ledger=True)


def rated(name: str, talk_id: str | None, score: int, when: str, **more: Any) -> Rows:
    row = {"rating_id": name, "kind": "happiness", "score": score, "at": at(when), "conversation_id": talk_id}
    return {"rating": [{**row, "customer_id": "acme", **more}]}


def found(book: Book, question: Callable[..., ir.Table], *columns: str, **more: Any) -> list[Any]:
    rows = book.run(question(book.tables, SINCE, UNTIL, **more)).dicts()
    return sorted(tuple(row[name] for name in columns) for row in rows)


def test_not_good_after_solved_is_on_the_list_and_a_better_later_vote_takes_it_off(memory: Memory) -> None:
    told = book(
        memory,
        talk("bad", SAID, **SOLVED), rated("r1", "bad", -1, "13:00"),
        talk("better", SAID, **SOLVED), rated("r2", "better", -1, "13:00"), rated("r3", "better", 1, "14:00"),
        talk("okay", SAID, **SOLVED), rated("r4", "okay", 0, "13:00"),
        talk("stars", SAID, **SOLVED), rated("r5", "stars", 2, "13:00", kind="csat", scale_max=5),
        talk("open", SAID), rated("r6", "open", -1, "13:00"),
    )  # fmt: skip
    assert found(told, unhappy_votes, "rating_id", "conversation_id") == [("r1", "bad"), ("r5", "stars")]


def test_a_detractor_after_a_solved_conversation_is_on_the_list(memory: Memory) -> None:
    """Solved on 2 March at its last answer, 10:30: day 30 counts from there."""
    nps = {"kind": "nps", "scale_max": 10}
    told = book(
        memory,
        talk("one", SAID, **SOLVED), talk("two", [("1+10:00", "c"), ("1+11:00", "ana")], customer_id="beta"),
        rated("soon", None, 6, "30+10:29", **nps, contact_id="k1"),
        rated("late", None, 0, "30+10:30", **nps, contact_id="k2"),
        rated("passive", None, 7, "1+10:00", **nps, contact_id="k3"),
        rated("before", None, 0, "1+10:00", **nps, contact_id="k4"),
        rated("since", None, 9, "2+10:00", **nps, contact_id="k4"),
        rated("open", None, 0, "2+10:00", **nps, customer_id="beta"),
        rated("named", "one", 3, "90+10:00", **nps, contact_id="k5"),
        rated("stranger", None, 1, "1+10:00", **nps, customer_id="gamma"),
    )  # fmt: skip
    assert found(told, detractors, "rating_id", "conversation_id") == [("named", "one"), ("soon", "one")]


def great(name: str, customer: str, **more: Any) -> tuple[Rows, Rows]:
    """A conversation about billing, solved on Monday at noon and called great at 13:00."""
    return (
        talk(name, SAID, customer_id=customer, category="billing", **SOLVED),
        rated(f"r-{name}", name, more.pop("score", 1), "13:00", customer_id=customer, **more),
    )


def again(name: str, customer: str, when: str, category: str = "billing") -> Rows:
    return talk(name, [(when, "c")], customer_id=customer, category=category)


def left(customer: str, when: str, asked: str | None = None) -> Rows:
    row = {"customer_id": customer, "at": at(when), "requested_at": at(asked) if asked else None}
    return {"cancellation": [row]}


def test_planted_who_was_great_and_came_back_or_left(memory: Memory) -> None:
    told = book(
        memory,
        *great("a", "back"), again("a2", "back", "7+13:00"),
        *great("b", "late"), again("b2", "late", "7+13:01"),
        *great("c", "other"), again("c2", "other", "1+13:00", "login"),
        *great("d", "quit"), left("quit", "2+13:00"),
        *great("e", "month"), left("month", "30+13:00"),
        *great("f", "after"), left("after", "30+13:01"),
        *great("g", "knew"), left("knew", "20+13:00", asked="9:00"),
        *great("h", "asked"), left("asked", "60+13:00", asked="1+9:00"),
        *great("i", "sad", score=-1), left("sad", "1+13:00"),
        *great("j", "both"), again("j2", "both", "1+13:00"), again("j3", "both", "2+13:00"), left("both", "3+13:00"),
        *great("k", "calm"),
    )  # fmt: skip
    day = timedelta(days=1)
    one = at("13:00")
    assert found(told, happy_then_gone, "customer_id", "again_id", "again_at", "left_at") == [
        ("asked", None, None, at("1+9:00")),
        ("back", "a2", one + 7 * day, None),
        ("both", "j2", one + day, one + 3 * day),
        ("month", None, None, one + 30 * day),
        ("quit", None, None, one + 2 * day),
    ]


def invite(name: str, when: str, **more: Any) -> Rows:
    return {"survey_invite": [{"invite_id": name, "kind": "happiness", "at": at(when), **more}]}


def test_the_response_rate_is_told_by_conversations_and_by_customers(memory: Memory) -> None:
    """Asked: t1 (twice), t2, t3 of acme, t4 of beta by its help desk. Answered: t1 and t4; t9 was not asked."""
    told = book(
        memory,
        *(talk(name, SAID, **SOLVED) for name in ("t1", "t2", "t3", "t9")),
        talk("t4", SAID, customer_id="beta", csat_offered=True, **SOLVED),
        invite("i1", "11:00", conversation_id="t1"), invite("i2", "12:00", conversation_id="t1"),
        invite("i3", "11:00", conversation_id="t2"), invite("i4", "11:00", conversation_id="t3"),
        rated("r1", "t1", 1, "13:00"), rated("r4", "t4", 1, "13:00", customer_id=None), rated("r9", "t9", 1, "13:00"),
    )  # fmt: skip
    columns = ("conversations", "conversations_answered", "customers", "customers_answered")
    assert found(told, response, *columns) == [(4, 2, 2, 2)]


def test_where_nobody_is_known_to_be_asked_nothing_is_said(memory: Memory) -> None:
    told = book(memory, talk("t1", SAID, **SOLVED), rated("r1", "t1", 1, "13:00"))
    assert found(told, response, "conversations", "customers") == [(0, 0)]


@pytest.mark.parametrize(("days", "wanted"), [(14, [("c", None, 1), ("k1", "k1", 2)]), (5, [("k1", "k1", 1)])])
def test_contacts_who_are_asked_again_too_soon(memory: Memory, days: int, wanted: list[Any]) -> None:
    """k1: days 0, 3 and 10 about three conversations; k2: twice about one; k3: 14 days apart; c, a customer: 6 days."""
    told = book(
        memory,
        invite("a1", "10:00", contact_id="k1", conversation_id="t1"),
        invite("a2", "3+10:00", contact_id="k1", conversation_id="t2"),
        invite("a3", "10+10:00", contact_id="k1"),
        invite("b1", "10:00", contact_id="k2", conversation_id="t3"),
        invite("b2", "2+10:00", contact_id="k2", conversation_id="t3"),
        invite("c1", "10:00", contact_id="k3", conversation_id="t4"),
        invite("c2", "14+10:00", contact_id="k3", conversation_id="t5"),
        invite("d1", "10:00", customer_id="c"), invite("d2", "6+10:00", customer_id="c"),
        {"conversation": []},
    )  # fmt: skip
    rows = book_rows(told, days)
    assert sorted(rows) == wanted


def book_rows(told: Book, days: int) -> list[Any]:
    found_rows = told.run(asked_often(told.tables, SINCE, UNTIL, days)).dicts()
    return [(row["who"], row["contact_id"], row["times"]) for row in found_rows]
