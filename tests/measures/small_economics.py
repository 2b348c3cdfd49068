"""Small companies for unit economics: customers that start in a month, pay the same, and leave at known ages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from relevo.base.periods import first_day, parse_month
from relevo.book.book import Book
from relevo.measures.revenue.lifetime_parts import Experience
from tests.making import span
from tests.measures.memory import Memory

Row = dict[str, Any]
MEMORY = Memory()


def spent(month: str, cents: int, kind: str = "acquisition", **more: Any) -> Row:
    """One row of spend."""
    return {
        "month": first_day(parse_month(month)), "kind": kind, "amount_cents": cents, "currency": "EUR",
        "channel": None, "segment": None, **more,
    }  # fmt: skip


def deal(number: int, opened: str, closed: str | None, **more: Any) -> Row:
    """A won new deal."""
    return {
        "deal_id": f"d{number}", "kind": "new", "outcome": "won" if closed else "open", "opened_at": opened,
        "closed_at": closed, "currency": "EUR", **more,
    }  # fmt: skip


def pays(customer: str, start: str, months: int | None, cents: int, **more: Any) -> Row:
    """A customer that starts on the fifth of a month and leaves after some months, or stays."""
    begin = parse_month(start)
    end = None if months is None else f"{first_day(begin + months):%Y-%m}-05"
    return span(customer, f"{start}-05", end, cents, **more)


def customers(segments: Mapping[str, str | None]) -> list[Row]:
    """Rows of customers with their segments."""
    return [{"customer_id": c, "name": c.upper(), "segment": s} for c, s in segments.items()]


def book(as_of: str, spans: Iterable[Row], **tables: list[Row]) -> Book:
    """A book in memory of spans and other tables, looking to a day."""
    more = {k: v for k, v in tables.items() if k != "history_starts_on"}
    return MEMORY.book({"subscription_span": list(spans), **more}, date.fromisoformat(as_of))


def lived(ages: int, lives: Iterable[tuple[int, int, float]], *, entry: int = -1) -> Experience:
    """What is seen of customers (duration, whether it left, what it pays a month) over some ages."""
    at_risk, left, paid, squared = (np.zeros(ages) for _ in range(4))
    listed = list(lives)
    for duration, event, money in listed:
        at_risk[entry + 1 : duration + 1] += 1
        left[duration : duration + 1] += event
        seen = slice(entry + 1, duration if event else duration + 1)
        paid[seen] += money
        squared[seen] += money**2
    return Experience(at_risk, left, paid, squared, len(listed))
