"""Help desks for the measures of load: hand-made conversations, and random ones that an oracle works out one by one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from relevo.book.book import Book
from tests.making import span
from tests.measures.memory import Memory

Row = dict[str, Any]
AS_OF = date(2026, 3, 31)
PEOPLE = ("ana", "ben", "eva", "ola")


@cache
def _memory() -> Memory:
    return Memory()


def desk(tables: Mapping[str, Sequence[Row]], as_of: date = AS_OF, **more: Any) -> Book:
    """The book of some rows with its ledger."""
    return _memory().book(tables, as_of, ledger=True, **more)


def moment(text: str) -> datetime:
    """An instant, `2026-03-02 10:00`."""
    return datetime.fromisoformat(text)


def talk(
    name: str, opened: str, replies: Sequence[tuple[str, str, int | None]], events: Sequence[tuple[Any, ...]] = (),
    **known: Any,
) -> dict[str, list[Row]]:  # fmt: skip
    """A conversation that a customer opens, with replies (when, who, seconds spent) and events (when, kind, to, by)."""
    begun = moment(opened)
    lines = [{"at": begun, "author_kind": "customer", "author_id": None, "seconds_spent": None}]
    lines += [
        {"at": moment(at), "author_kind": "human", "author_id": who, "seconds_spent": s} for at, who, s in replies
    ]
    row = {"conversation_id": name, "customer_id": "acme", "channel": "mail", "opened_at": begun, **known}
    return {
        "conversation": [{k: moment(v) if k.endswith("ed_at") and isinstance(v, str) else v for k, v in row.items()}],
        "message": [
            {"message_id": f"{name}-{i}", "conversation_id": name, "is_public": True, **line}
            for i, line in enumerate(lines)
        ],
        "conversation_event": [
            {"event_id": f"{name}-e{i}", "conversation_id": name, "at": moment(e[0]), "kind": e[1], "to_value": e[2],
             "by_id": e[3]}
            for i, e in enumerate(events)
        ],
    }  # fmt: skip


def together(*parts: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows of several, by table."""
    found: dict[str, list[Row]] = {}
    for part in parts:
        for name, rows in part.items():
            found.setdefault(name, []).extend(rows)
    return found


def ledger(book: Book, table: str) -> list[Row]:
    """The rows of a table of the ledger."""
    return book.run(getattr(book.tables, table)).dicts()


def random_desk(seed: int, talks: int = 160, *, shifts: bool = True, timezone: str = "UTC") -> dict[str, list[Row]]:
    """Half a year of conversations of eight customers with everything that may be there or lack."""
    draw = Random(seed)  # noqa: S311 the same company on every machine
    parts = [_random_talk(draw, f"t{k:03}") for k in range(talks)]
    customers = [{"customer_id": f"c{k}", "name": f"c{k}", "segment": ("smb", "ent", None)[k % 3]} for k in range(8)]
    paid = [span(f"c{k}", f"2025-{10 + k % 3}-05", "2026-02-10" if k == 5 else None, 10000) for k in range(6)]
    rest: dict[str, list[Row]] = {"customer": customers, "subscription_span": paid}
    if shifts:
        rest["shift"] = [_shift(who, day) for who in PEOPLE[:3] for day in range(190) if (day + len(who)) % 7 < 5]
        rest["absence"] = [{"person_id": "ana", "from_on": date(2026, 2, 2), "to_on": date(2026, 2, 9)}]
    return together(*parts, rest)


def _shift(who: str, day: int) -> Row:
    begins = moment("2025-10-01 08:00") + timedelta(days=day)
    return {"person_id": who, "from_at": begins, "to_at": begins + timedelta(hours=8)}


def _random_talk(draw: Random, name: str) -> dict[str, list[Row]]:
    at = moment("2025-10-01") + timedelta(minutes=draw.randrange(0, 185 * 24 * 60))
    opened, minutes = at, draw.choice((20, 200, 3000))
    known: Row = {
        "conversation_id": name, "opened_at": opened, "channel": draw.choice(("mail", "chat")),
        "customer_id": draw.choice((*(f"c{k}" for k in range(8)), None)), "priority": draw.choice(("high", None)),
        "category": draw.choice(("billing", "export", "sso", None)), "tier": draw.choice(("gold", None)),
        "language": draw.choice(("en", "en", "de")),
    }  # fmt: skip
    messages: list[Row] = [_said(name, 0, at, "customer", None, None)]
    events: list[Row] = []
    if draw.random() < 0.7:
        at += timedelta(minutes=draw.randrange(1, minutes))
        who = draw.choice(PEOPLE)
        by = draw.choice((who, who, who, None, "lead"))
        events.append({"event_id": f"{name}-e", "conversation_id": name, "at": at, "kind": "assigned", "to_value": who,
                       "by_id": by})  # fmt: skip
    spent = {"billing": 120, "export": 300, "sso": 2400, None: 600}[known["category"]]
    for k in range(draw.choice((0, 1, 1, 2, 3))):
        at += timedelta(minutes=draw.randrange(1, minutes))
        seconds = draw.choice((None, round(spent * draw.uniform(0.5, 1.5))))
        messages.append(_said(name, 2 * k + 1, at, "human", draw.choice(PEOPLE), seconds))
        at += timedelta(minutes=draw.randrange(1, minutes))
        if draw.random() < 0.4:
            messages.append(_said(name, 2 * k + 2, at, "customer", None, None))
    if draw.random() < 0.8:
        known["closed_at"] = at + timedelta(minutes=30)
        known["close_reason"] = draw.choice(("solved", "solved", "no_reply", "spam"))
    return {"conversation": [known], "message": messages, "conversation_event": events}


def _said(name: str, number: int, at: datetime, kind: str, who: str | None, seconds: int | None) -> Row:
    return {
        "message_id": f"{name}-{number}", "conversation_id": name, "at": at, "author_kind": kind, "author_id": who,
        "is_public": True, "seconds_spent": seconds,
    }  # fmt: skip
