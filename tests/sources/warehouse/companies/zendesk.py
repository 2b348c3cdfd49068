"""Acme asks in Zendesk twice: one ticket is solved on January 3rd and one is open. Three messages, two of them Acme's.

Airbyte tells what happened by audits, dlt by events that have the field that changed.
"""

from typing import Any

from tests.sources.warehouse.landers import Objects, Row

SYSTEM = "zendesk"
FIGURES = {
    "SELECT count(*) FROM conversation": 2,
    "SELECT resolved_at::VARCHAR FROM conversation WHERE resolved_at IS NOT NULL": "2024-01-03 12:00:00",
    "SELECT count(*) FROM message WHERE author_kind = 'customer'": 2,
    # Each ticket gets its status when it is made, the first is solved later; it is also given to Sam.
    "SELECT count(*) FROM conversation_event WHERE kind = 'status'": 3,
    "SELECT to_value FROM conversation_event WHERE kind = 'assigned'": "zendesk:7",
    "SELECT domain FROM customer": "acme.example",
    # Both tickets were asked about, the solved one was rated: bad is 0 of 1.
    "SELECT conversation_id || ' ' || customer_id || ' ' || score || '/' || scale_max FROM rating": (
        "zendesk:1 zendesk:100 0/1"
    ),
    "SELECT count(*) FROM survey_invite": 2,
    # Monday and Tuesday, nine to five.
    "SELECT string_agg(weekday || ' ' || opens || '-' || closes, ', ' ORDER BY weekday) FROM schedule": (
        "mon 09:00-17:00, tue 09:00-17:00"
    ),
}


def _at(day: int, hour: int = 9) -> str:
    return f"2024-01-0{day}T{hour:02}:00:00Z"


def _ticket(id_: int, status: str, assignee: int | None) -> Row:
    return {
        "id": id_, "created_at": _at(2), "updated_at": _at(3), "organization_id": 100, "requester_id": 11,
        "submitter_id": 11, "assignee_id": assignee, "group_id": 5, "subject": f"Ticket {id_}", "priority": "high",
        "status": status, "type": "problem", "url": f"https://z.example/{id_}",
        "via": {"channel": "email", "source": {"rel": None}},
    }  # fmt: skip


def _user(id_: int, name: str, role: str, organization: int | None) -> Row:
    return {
        "id": id_, "name": name, "email": f"{name.lower()}@x.example", "role": role, "organization_id": organization,
        "time_zone": "Madrid", "iana_time_zone": "Europe/Madrid", "created_at": _at(1), "active": True,
        "suspended": False, "locale": "es",
    }  # fmt: skip


TICKETS = [_ticket(1, "solved", 7), _ticket(2, "open", None)]
USERS = [_user(7, "Sam", "agent", None), _user(11, "Ana", "end-user", 100)]
ORGANIZATIONS = [
    {"id": 100, "name": "Acme", "created_at": _at(1), "external_id": "a", "shared_tickets": False,
     "shared_comments": False, "url": "https://z.example/o", "domain_names": ["acme.example", "acme.test"]}
]  # fmt: skip
GROUPS = [{"id": 5, "name": "Support", "created_at": _at(1), "url": "https://z.example/g"}]
RATINGS = [
    {"id": 21, "ticket_id": 1, "requester_id": 11, "assignee_id": 7, "score": "bad_with_comment", "comment": "Slow",
     "reason": "The issue took too long", "created_at": _at(3), "updated_at": _at(4)},
    {"id": 22, "ticket_id": 2, "requester_id": 11, "assignee_id": None, "score": "offered", "comment": None,
     "reason": None, "created_at": _at(4), "updated_at": _at(4)},
]  # fmt: skip
MONDAY = 24 * 60
SCHEDULES = [
    {
        "id": 3, "name": "Hours", "time_zone": "Madrid",
        "intervals": [
            {"start_time": day * MONDAY + 9 * 60, "end_time": day * MONDAY + 17 * 60} for day in (1, 2)
        ],
    }
]  # fmt: skip
# Ticket, id, author, when, whether customers see it, what it says.
COMMENTS = [
    (1, 501, 11, _at(2), True, 'It says "no"\nand nothing more, sorry'),
    (1, 502, 7, _at(2, 10), True, "Try again"),
    (2, 503, 11, _at(2), True, "Hello?"),
]
# Ticket, by whom, when, which fields got which values: the audits of a ticket.
CHANGES: list[tuple[int, int, str, str, dict[str, Any]]] = [
    (1, 11, _at(2), "Create", {"status": "new", "priority": "high"}),
    (1, 7, _at(2, 10), "Change", {"assignee_id": "7"}),
    (1, 7, _at(3, 12), "Change", {"status": "solved"}),
    (2, 11, _at(2), "Create", {"status": "open"}),
]


def _comment(id_: int, author: int, public: bool, body: str) -> Row:
    return {"id": id_, "type": "Comment", "author_id": author, "public": public, "body": body}


AUDITS = [
    {
        "id": 900 + n, "ticket_id": ticket, "created_at": at, "author_id": author,
        "events": [
            {"id": n * 10 + m, "type": kind, "field_name": name, "value": value}
            for m, (name, value) in enumerate(fields.items())
        ],
    }
    for n, (ticket, author, at, kind, fields) in enumerate(CHANGES)
]  # fmt: skip
EVENTS = [
    {
        "id": 700 + n, "ticket_id": ticket, "created_at": at, "updater_id": author,
        "child_events": [
            {"id": n * 10 + m, "event_type": kind, name: value} for m, (name, value) in enumerate(fields.items())
        ],
    }
    for n, (ticket, author, at, kind, fields) in enumerate(CHANGES)
] + [
    {
        "id": 800 + n, "ticket_id": ticket, "created_at": at, "updater_id": author,
        "child_events": [{**_comment(id_, author, public, body), "event_type": "Comment"}],
    }
    for n, (ticket, id_, author, at, public, body) in enumerate(COMMENTS)
]  # fmt: skip
_BOTH: Objects = {
    "tickets": TICKETS, "users": USERS, "organizations": ORGANIZATIONS, "groups": GROUPS, "schedules": SCHEDULES,
    "satisfaction_ratings": RATINGS,
}  # fmt: skip
AIRBYTE: Objects = {
    **_BOTH,
    "ticket_comments": [
        {**_comment(id_, author, public, body), "ticket_id": ticket, "created_at": at}
        for ticket, id_, author, at, public, body in COMMENTS
    ],
    "ticket_audits": AUDITS,
}
DLT: Objects = {**_BOTH, "ticket_events": EVENTS}
FIVETRAN: Objects = {
    "ticket": [{**t, "via_channel": "email", "via": None} for t in TICKETS],
    "user": [{**u, "time_zone": u["iana_time_zone"]} for u in USERS],
    "organization": [{**o, "domain_names": None} for o in ORGANIZATIONS],
    "domain_name": [
        {"organization_id": 100, "domain_name": name, "index": n}
        for n, name in enumerate(ORGANIZATIONS[0]["domain_names"])
    ],
    "group": GROUPS,
    "satisfaction_rating": RATINGS,
    "ticket_comment": [
        {"id": id_, "ticket_id": ticket, "created": at, "user_id": author, "public": public, "body": body}
        for ticket, id_, author, at, public, body in COMMENTS
    ],
    "ticket_field_history": [
        {"ticket_id": ticket, "field_name": name, "updated": at, "value": value, "user_id": author}
        for ticket, author, at, _, fields in CHANGES
        for name, value in fields.items()
    ],
    "schedule": [
        {"id": 3, "name": "Hours", "time_zone": "Madrid", **interval} for interval in SCHEDULES[0]["intervals"]
    ],
}
