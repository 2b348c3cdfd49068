"""The company whose measures are compared: the demo with some customers, and rows that engines read differently."""

from datetime import date
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Config, Home, House
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.sources.demo import write_demo
from relevo.sources.load import load_path
from tests.making import NOW, span, write_table

ENDS_ON = date(2026, 10, 31)
CUSTOMERS = 150
# Quotes, backslashes, wildcards, what COPY takes for null, a line break, other scripts, letters that sort apart.
NAMES = (
    'O\'Brien "& Söhne"',
    "back\\slash \\N",
    "100%_sure",
    "_",
    "two\nlines\tand a tab",
    "東京 😀",
    "a",
    "Z",
    "é",
    "null",
)


def make_company(folder: Path) -> Path:
    """The folder of the published book; time zones with daylight saving, history from a day on."""
    home = Home(folder / "home")
    config = Config(Company("Norte Software", "EUR", "Europe/Madrid"), House(history_starts_on=date(2023, 6, 1)))
    for name, rows in nasty().items():
        write_table(folder / "nasty", name, rows)
    load_path(folder / "nasty", Landing(home.landing), config, NOW)
    write_demo(folder / "demo", customers=CUSTOMERS, ends_on=ENDS_ON)
    load_path(folder / "demo", Landing(home.landing), config, NOW)
    report = build(Landing(home.landing), Store(home.books), config, Order(ENDS_ON, NOW), lambda _step: None)
    assert report.published, report.findings
    return home.books


def nasty() -> dict[str, list[dict[str, Any]]]:
    """Rows at the edges of what the tables allow."""
    return {
        "customer": [_customer(i, name) for i, name in enumerate(NAMES)],
        "subscription_span": [row for i in range(len(NAMES)) for row in _spans(i)],
        "customer_attribute": [row for i in range(len(NAMES)) for row in _attributes(i)],
        "fx_rate": [
            {"currency": "KWD", "on_date": "2024-02-29", "rate": "2.987654321012345678"},
            {"currency": "KWD", "on_date": "2025-12-31", "rate": "3.000000000000000001"},
            {"currency": "JPY", "on_date": "2024-03-31", "rate": "0.0061234567890123"},
        ],
        "deal": [_deal(i) for i in range(len(NAMES))],
        "deal_role": [
            {"deal_id": f"N{i}", "role": "sold_by", "person_id": who, "share": share}
            for i in (1, 4, 7) for who, share in (("é", None), ("Z", "0.3333333"), ("a", "0.3333333"))
        ],
        "assignment": [row for i in range(len(NAMES)) for row in _assignments(i)],
        "handoff": [row for i in range(len(NAMES)) for row in _handoffs(i)],
        "conversation": [
            {"conversation_id": f"N{i}", "customer_id": _customer(i, NAMES[i])["customer_id"] if i % 3 else None,
             "channel": "mail", "opened_at": "2026-01-01"}
            for i in range(len(NAMES))
        ],
        "conversation_event": [row for i in range(len(NAMES)) for row in _events(i)],
        "message": [row for i in range(len(NAMES)) for row in _messages(i)],
        "schedule": [
            {"schedule_id": name, "timezone": zone, "weekday": day, "opens": opens, "closes": closes}
            for name, zone, opens, closes in (("é", "Asia/Kathmandu", "22:15", "06:45"), ("Z", "UTC", "00:00", "24:00"))
            for day in ("mon", "tue", "thu")
        ],
        "shift": [
            {"person_id": who, "from_at": f"2026-0{month}-02T08:00:00Z", "to_at": f"2026-0{month}-20T16:30:00Z"}
            for who in ("é", "Z") for month in (1, 2)
        ],
    }  # fmt: skip


def _customer(i: int, name: str) -> dict[str, Any]:
    return {
        "customer_id": f"N{i} {name}".strip().replace("\n", " ").replace("\t", " "),
        "name": name,
        "segment": (None, "smb", "Ent", "é", "_", "smb")[i % 6],
        "country": ("ES", None)[i % 2],
        "created_at": ("1970-01-01T00:00:00Z", "2024-02-29T00:00:00Z", "2020-10-25T00:30:00Z")[i % 3],
        "parent_id": f"N{i - 1} {NAMES[i - 1]}" if i in (6, 7) else None,
    }


def _spans(i: int) -> list[dict[str, Any]]:
    """Items that begin and end on one day, change at night, overlap, pause, fall due and come back."""
    who = _customer(i, NAMES[i])["customer_id"]
    shared = {"currency": ("EUR", "KWD", "JPY", "USD")[i % 4], "plan": ("basic", None, "Ünï", "pro")[i % 4]}
    odd = {**shared, "interval_unit": ("month", "week", "day", "year")[i % 4], "interval_count": (7, 3, 45, 2)[i % 4]}
    return [
        span(who, "2024-01-31T23:30:00Z", "2024-03-31T00:30:00Z", 333 + i, quantity="2.333333", **odd),
        span(who, "2024-03-31T00:30:00Z", "2024-03-31T21:00:00Z", 999, **odd),
        span(who, "2024-03-31T21:00:00Z", "2025-02-28", 10_001, quantity="3", **odd, cause="seats"),
        span(who, "2025-03-20", "2025-12-31T23:59:59Z", 7_777, **odd, status="past_due", collection="invoice"),
        span(who, "2026-03-01", None, 1_234_567_890, item_id="large", **shared, term_end_on="2026-12-31"),
        span(who, "2024-02-29", "2025-02-28", 500, item_id="cut", **shared, discount_cents=501, discount_kind="once"),
        span(who, "2024-05-01", "2024-06-01", 0, item_id="free", **shared),
        span(who, "2024-06-01", "2024-09-01", 4_200, item_id="free", **shared, status="paused"),
        span(who, "2024-09-01", None, 4_200, item_id="free", **shared, auto_renew=True, term_end_on="2027-02-28"),
    ]


def _attributes(i: int) -> list[dict[str, Any]]:
    who = _customer(i, NAMES[i])["customer_id"]
    return [
        {"customer_id": who, "name": "segment", "value": "smb", "from_at": "2025-06-30T22:30:00Z"},
        {"customer_id": who, "name": "tier", "value": NAMES[i - 1] or "-", "from_at": None},
        {"customer_id": who, "name": "tier", "value": "gold", "from_at": "2026-01-31T23:00:00Z"},
    ]


def _deal(i: int) -> dict[str, Any]:
    """Won on one instant, in the night on which the clocks go back, or as the day ends in Madrid."""
    return {
        "deal_id": f"N{i}", "customer_id": _customer(i, NAMES[i])["customer_id"] if i != 5 else None, "kind": "new",
        "outcome": "won", "person_id": None if i % 3 == 1 else NAMES[i - 1], "currency": "EUR",
        "opened_at": "2025-01-01", "amount_cents": None,
        "closed_at": ("2026-10-25T00:30:00Z", "2026-10-31T22:59:59.999999Z", "2026-08-02T23:00:00Z")[i % 3],
    }  # fmt: skip


def _assignments(i: int) -> list[dict[str, Any]]:
    """Two who begin together, one who hands on as the day ends, one who held for no time."""
    who = _customer(i, NAMES[i])["customer_id"]
    rows = (
        ("sales", "Z", "2025-01-01", None),
        ("support", "a", "2026-10-25T00:30:00Z", None),
        ("success", "é", "2026-09-01", "2026-10-31T23:00:00Z"),
        ("implementation", "_", "2026-09-01", "2026-09-01"),
        ("success", "Z", "2026-08-01", "2026-10-31T22:00:00Z"),
        ("presales", NAMES[i - 1], "2026-10-24", None),
    )
    return [
        {"customer_id": who, "role": role, "person_id": person, "from_at": start, "to_at": end}
        for n, (role, person, start, end) in enumerate(rows) if (i + n) % 3
    ]  # fmt: skip


def _handoffs(i: int) -> list[dict[str, Any]]:
    """Some customers have none; two are accepted at one instant, and one names nobody."""
    who = _customer(i, NAMES[i])["customer_id"]
    rows = (
        ("Z", "2026-09-25T00:30:00Z", "2026-10-01T10:00:00Z"),
        ("a", "2026-09-25T00:29:59Z", "2026-10-01T10:00:00Z"),
        (None, "2026-07-03T23:00:00Z", "2026-10-30"),
        ("é", None, None),
    )
    return [
        {"handoff_id": f"N{i}-{n}", "customer_id": who, "from_role": "sales", "to_role": ("success", "Ünï")[n % 2],
         "to_person_id": person, "given_at": given, "accepted_at": accepted}
        for n, (person, given, accepted) in enumerate(rows) if (i + n) % 4 == 0
    ]  # fmt: skip


def _messages(i: int) -> list[dict[str, Any]]:
    """Parts of a second, two at one instant, bots, notes, what nobody answers."""
    said = (
        ("customer", None, "2026-01-01T00:00:00.999999Z", True), ("bot", None, "2026-01-01T00:00:01Z", True),
        ("human", "é", "2026-01-31T23:59:59.5Z", False), ("human", "Z", f"2026-02-0{1 + i % 3}T10:00:00.25Z", True),
        ("human", "é", f"2026-02-0{1 + i % 3}T10:00:00.25Z", True), ("customer", None, "2026-03-29T00:59:59.75Z", True),
    )  # fmt: skip
    return [
        {"message_id": f"N{i}-{n}", "conversation_id": f"N{i}", "at": at, "author_kind": kind, "author_id": who,
         "is_public": public}
        for n, (kind, who, at, public) in enumerate(said) if (i + n) % 5
    ]  # fmt: skip


def _events(i: int) -> list[dict[str, Any]]:
    """There and back again, and two things at one instant."""
    rows = (("assigned", "é"), ("group", "Z"), ("assigned", "Z"), ("assigned", "é"), ("group", "é"), ("status", "open"))
    return [
        {"event_id": f"N{i}-{n}", "conversation_id": f"N{i}", "at": f"2026-02-0{1 + n // 2}", "kind": kind,
         "to_value": None if (i + n) % 7 == 0 else value}
        for n, (kind, value) in enumerate(rows)
    ]  # fmt: skip
