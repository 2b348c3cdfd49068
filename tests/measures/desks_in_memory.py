"""Help desks whose customers rate: many alike conversations in few words, as a book with its ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from relevo.book.book import Book
from tests.measures.forward_books import book_of

Row = dict[str, Any]
AS_OF = "2026-06-30"
BEGIN = datetime(2026, 5, 4, 9)  # noqa: DTZ001 the book holds UTC without saying so
SCORES = {"great": 1, "okay": 0, "not_good": -1}


def rated(
    name: str, person: str, answer: str | None, *, customer: str | None = None, opened: datetime = BEGIN,
    rating: Mapping[str, Any] | None = None, others: Sequence[str] = (), **known: Any,
) -> dict[str, list[Row]]:  # fmt: skip
    """One conversation that a person, after `others`, answers, and its rating an hour after the last reply."""
    writers = [*others, person]
    talk = {
        "conversation_id": name, "customer_id": customer or f"c{name}", "channel": "email", "category": "how to",
        "opened_at": opened, "csat_offered": True, **known,
    }  # fmt: skip
    said: list[Row] = [_message(name, 0, opened, "customer", None)]
    said += [_message(name, i, opened + timedelta(hours=i), "human", who) for i, who in enumerate(writers, 1)]
    given = {
        "rating_id": f"r{name}", "kind": "happiness", "score": SCORES[answer] if answer else 0,
        "at": opened + timedelta(hours=len(writers) + 1), "customer_id": talk["customer_id"],
        "conversation_id": name, **(rating or {}),
    }  # fmt: skip
    return {"conversation": [talk], "message": said, "rating": [given] if answer else []}


def _message(name: str, number: int, at: datetime, kind: str, author: str | None) -> Row:
    return {
        "message_id": f"{name}-{number}", "conversation_id": name, "at": at, "author_kind": kind, "author_id": author,
        "is_public": True,
    }  # fmt: skip


def many(person: str, category: str, answers: Mapping[str, int], **known: Any) -> list[dict[str, list[Row]]]:
    """Conversations of one person and category, so many with each answer, each of a customer of its own."""
    said = [answer for answer, n in answers.items() for _ in range(n)]
    return [
        rated(
            f"{person}-{category}-{i}", person, answer, category=category, customer=f"{i}-{category}-{person}", **known
        )
        for i, answer in enumerate(said)
    ]


def desk(*parts: Mapping[str, Sequence[Row]], as_of: str = AS_OF, **tables: Sequence[Row]) -> Book:
    """The book of these conversations, with its ledger."""
    found: dict[str, list[Row]] = {name: list(rows) for name, rows in tables.items()}
    for part in parts:
        for name, rows in part.items():
            found.setdefault(name, []).extend(rows)
    return book_of(found, str(date.fromisoformat(as_of)), ledger=True)
