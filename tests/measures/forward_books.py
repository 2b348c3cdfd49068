"""Books in memory for the measures that look ahead or at persons, from the fewest rows that say something."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from relevo.book.book import Book
from tests.making import span
from tests.measures.memory import Memory, Rows

Row = dict[str, Any]


@cache
def _memory() -> Memory:
    return Memory()


def book_of(tables: Mapping[str, Rows], as_of: str, **more: Any) -> Book:
    """The book of some rows as of a day; tables that are not named are empty."""
    return _memory().book(tables, date.fromisoformat(as_of), **more)


def lives(customers: Mapping[str, tuple[str, str | None]], cents: int = 10000, **more: Any) -> list[Row]:
    """One span per customer, from a day to a day (or still open)."""
    return [span(name, begin, end, cents, **more) for name, (begin, end) in customers.items()]


def customer(name: str, **more: Any) -> Row:
    """A customer's row."""
    return {"customer_id": name, "name": name, **more}


def won(name: str, person: str, closed: str, **more: Any) -> Row:
    """The won new deal of a customer."""
    return {
        "deal_id": f"deal-{name}", "customer_id": name, "kind": "new", "person_id": person, "opened_at": closed,
        "closed_at": closed, "outcome": "won", "currency": "EUR", **more,
    }  # fmt: skip
