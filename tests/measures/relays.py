"""Rows of a relay for tests: who got a customer, when, and what is told of it."""

from datetime import date, datetime, timedelta
from typing import Any

from relevo.book.book import Book
from tests.making import span
from tests.measures.memory import Memory

AS_OF = date(2026, 3, 31)
MEMORY = Memory()
Row = dict[str, Any]


def at(text: str) -> datetime:
    """An instant from text such as 2026-01-31 10:00: UTC without saying so."""
    return datetime.fromisoformat(text)


def moment(text: str | None) -> datetime | None:
    """The same of what may be unknown."""
    return None if text is None else at(text)


def held(customer: str, role: str, person: str, start: str, end: str | None = None) -> Row:
    """An assignment."""
    return {
        "customer_id": customer, "role": role, "person_id": person, "from_at": moment(start), "to_at": moment(end),
    }  # fmt: skip


def handed(
    number: int, customer: str, to: tuple[str, str | None], given: str | None = None, accepted: str | None = None
) -> Row:
    """A hand-off to a role and a person."""
    return {
        "handoff_id": f"h{number}", "customer_id": customer, "from_role": "sales", "to_role": to[0],
        "to_person_id": to[1], "given_at": moment(given), "accepted_at": moment(accepted),
    }  # fmt: skip


def sold(number: int, customer: str | None, closed: str | None, person: str | None = None, **more: Any) -> Row:
    """A won new deal."""
    return {
        "deal_id": f"d{number}", "customer_id": customer, "kind": "new", "outcome": "won", "currency": "EUR",
        "opened_at": at("2025-01-01"), "closed_at": moment(closed), "person_id": person, **more,
    }  # fmt: skip


def role(number: int, person: str, share: str | None, what: str = "sold_by") -> Row:
    """Who took part in a deal."""
    return {"deal_id": f"d{number}", "role": what, "person_id": person, "share": share}


def pays(*customers: str, start: str = "2025-01-01", end: str | None = None) -> list[Row]:
    """Customers that pay 10.00 a month."""
    return [span(c, start, end, 1000) for c in customers]


def talk(conversation: str, customer: str | None, *events: tuple[str, str, str | None]) -> tuple[Row, list[Row]]:
    """A conversation and its events: when, kind, value."""
    rows = [
        {
            "event_id": f"{conversation}-{i}", "conversation_id": conversation, "at": moment(at), "kind": kind,
            "to_value": value,
        }
        for i, (at, kind, value) in enumerate(events)
    ]  # fmt: skip
    return {"conversation_id": conversation, "customer_id": customer, "channel": "mail"}, rows


def book(*, timezone: str = "UTC", as_of: date = AS_OF, **tables: list[Row]) -> Book:
    """The book of some tables; every customer they name is one."""
    named = {row["customer_id"] for rows in tables.values() for row in rows if row.get("customer_id")}
    customers = [{"customer_id": c, "name": c, "segment": "smb"} for c in sorted(named)]
    return MEMORY.book({"customer": customers, **tables}, as_of, timezone=timezone)


def days_before(days: float) -> str:
    """So many days before the end of the as-of day, in UTC."""
    return str(at("2026-04-01") - timedelta(days=days))
