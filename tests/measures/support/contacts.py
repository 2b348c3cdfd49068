"""Customers and their conversations in few words, by days of the book."""

from datetime import datetime, timedelta
from typing import Any

from relevo.book.book import Book
from tests.making import span
from tests.measures.memory import Memory, Rows

MEMORY = Memory()
Row = dict[str, Any]


def day(text: str, hours: float = 10) -> datetime:
    """An instant of a day: 10:00 UTC, or so many hours into it."""
    return datetime.fromisoformat(text) + timedelta(hours=hours)


def pays(customer: str, start: str, end: str | None = None, cents: int = 10_000, **more: Any) -> Row:
    """A customer that pays 100 a month."""
    return span(customer, start, end, cents, **more)


def asked(
    number: int, customer: str | None, on: str, *, wait_hours: float | None = 1, resolved_hours: float | None = 2,
    answer: int | None = None, answer_hours: float = 3, person: str = "ana", **more: Any,
) -> dict[str, list[Row]]:  # fmt: skip
    """A conversation begun at 10:00 of a day: the hours until a person replied, until it was solved, and the rating."""
    name, at = f"t{number}", day(on)
    lines = [_line(f"{name}-q", name, at, "customer", customer)]
    if wait_hours is not None:
        lines.append(_line(f"{name}-a", name, at + timedelta(hours=wait_hours), "human", person))
    solved = None if resolved_hours is None else at + timedelta(hours=resolved_hours)
    talk: Row = {
        "conversation_id": name, "customer_id": customer, "channel": "mail", "category": "usage", "opened_at": at,
        "assignee_id": person, "resolved_at": solved, "closed_at": solved,
        "close_reason": None if solved is None else "solved", **more,
    }  # fmt: skip
    given = [] if answer is None else [_rated(name, customer, at + timedelta(hours=answer_hours), answer)]
    return {"conversation": [talk], "message": lines, "rating": given}


def _line(key: str, talk: str, at: datetime, kind: str, author: str | None) -> Row:
    return {
        "message_id": key, "conversation_id": talk, "at": at, "author_kind": kind, "author_id": author,
        "is_public": True,
    }  # fmt: skip


def _rated(talk: str, customer: str | None, at: datetime, score: int) -> Row:
    return {
        "rating_id": f"{talk}-r", "kind": "happiness", "score": score, "at": at, "customer_id": customer,
        "conversation_id": talk,
    }  # fmt: skip


def book(as_of: str, spans: Rows, *talks: dict[str, list[Row]], timezone: str = "UTC", **tables: Rows) -> Book:
    """The book of spans, conversations and other tables; every customer is small unless a table says otherwise."""
    rows: dict[str, list[Row]] = {"conversation": [], "message": [], "rating": []}
    for talk in talks:
        for name, listed in talk.items():
            rows[name] += listed
    names = dict.fromkeys(row["customer_id"] for row in spans)
    customers = [{"customer_id": c, "name": c, "segment": "small"} for c in names]
    every = {"customer": customers, "subscription_span": list(spans), **rows, **tables}
    return MEMORY.book(every, datetime.fromisoformat(as_of).date(), timezone=timezone, ledger=True)
