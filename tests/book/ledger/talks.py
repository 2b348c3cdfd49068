"""Help desks in a few words: rows of the canonical tables from times of one day, and the ledger made of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from relevo.book.book import Book
from tests.measures.memory import Memory

Row = dict[str, Any]
Said = tuple[str, str]
# A Monday.
DAY = datetime(2026, 3, 2)  # noqa: DTZ001 the book holds UTC without saying so
KINDS = {"c": "customer", "b": "bot", "s": "system"}


def at(text: str) -> datetime:
    """'10:30' of the Monday, or '3+10:30' three days later."""
    days, _, clock = text.rpartition("+")
    hours, minutes = clock.split(":")
    return DAY + timedelta(days=int(days or 0), hours=int(hours), minutes=int(minutes))


def talk(name: str, said: Sequence[Said], **known: Any) -> dict[str, list[Row]]:
    """A conversation: who said when (`c` the customer, `b` a bot, `-ana` a note of Ana's, any other name a reply)."""
    lines = [_line(name, i, when, who) for i, (when, who) in enumerate(said)]
    opened = at(known.pop("opened", said[0][0] if said else "0:00"))
    events = [
        {"event_id": f"{name}-e{i}", "conversation_id": name, "at": at(when), "kind": kind, "to_value": value}
        for i, (when, kind, value) in enumerate(known.pop("events", ()))
    ]
    times = {key: at(known.pop(key)) for key in ("resolved_at", "closed_at") if key in known}
    row = {"conversation_id": name, "customer_id": "acme", "channel": "email", "opened_at": opened, **times, **known}
    return {"conversation": [row], "message": lines, "conversation_event": events}


def _line(name: str, number: int, when: str, who: str) -> Row:
    author = who.removeprefix("-")
    kind = KINDS.get(author, "human")
    return {
        "message_id": f"{name}-{number}", "conversation_id": name, "at": at(when), "author_kind": kind,
        "author_id": author if kind == "human" else None, "is_public": not who.startswith("-"),
    }  # fmt: skip


def together(*parts: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows of several, by table."""
    found: dict[str, list[Row]] = {}
    for part in parts:
        for name, rows in part.items():
            found.setdefault(name, []).extend(rows)
    return found


def office(
    name: str = "office", timezone: str = "UTC", opens: str = "09:00", closes: str = "17:00"
) -> dict[str, list[Row]]:
    """A schedule from Monday to Friday."""
    days = ("mon", "tue", "wed", "thu", "fri")
    rows = [{"schedule_id": name, "timezone": timezone, "weekday": d, "opens": opens, "closes": closes} for d in days]
    return {"schedule": rows}


def ledger(memory: Memory, *parts: Mapping[str, Sequence[Row]]) -> Book:
    """A book with the ledger of some rows."""
    return memory.book(together(*parts), date(2026, 6, 30), ledger=True)


def rows(book: Book, table: str, *columns: str) -> list[Any]:
    """The rows of a table, in the order of their columns; single values where one column is asked."""
    found = book.run(getattr(book.tables, table).select(*columns)).rows
    return sorted((row[0] if len(columns) == 1 else row for row in found), key=repr)
