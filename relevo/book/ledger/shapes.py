"""Columns of the ledger's tables. Instants are UTC; `*_s` are whole seconds; null has not happened or is unknown."""

from collections.abc import Mapping

_CASE: Mapping[str, str] = {"channel": "string", "category": "string", "tier": "string", "priority": "string"}
_CALENDAR: Mapping[str, str] = {"calendar": "string", "calendar_version": "string"}
_OF: Mapping[str, str] = {"conversation_id": "string", "episode": "int64"}

LEDGER: Mapping[str, Mapping[str, str]] = {
    # When a calendar is open: a schedule, '(all)' schedules together, or the shifts of a person ('shift:<person_id>').
    "open_hours": {
        "calendar": "string",
        "version": "string",
        "from_s": "int64",
        "to_s": "int64",
        "before_s": "int64",
    },
    # A conversation from a customer's question to its solution. Whoever comes back a week later begins another one.
    "episode": {
        **_OF,
        "customer_id": "string",
        "contact_id": "string",
        **_CASE,
        "language": "string",
        "begun_at": "timestamp",
        "begun_by": "string",
        "begun_month": "int64",
        "begun_day": "int64",
        "first_human_at": "timestamp",
        "first_person_id": "string",
        "first_wait_s": "int64",
        "first_business_s": "int64",
        **_CALENDAR,
        "replies": "int64",
        "persons": "int64",
        "customer_messages": "int64",
        "bot_messages": "int64",
        "seconds_spent": "int64",
        "measured_replies": "int64",
        "first_resolved_at": "timestamp",
        "resolved_at": "timestamp",
        "closed_at": "timestamp",
        "outcome": "string",
        "reopens": "int64",
        "handoffs": "int64",
        "bounces": "int64",
        "escalated": "boolean",
        "holder_id": "string",
        "offered": "boolean",
    },
    # A customer who waits for a person: from its oldest unanswered message to the next public reply of a human.
    "customer_wait": {
        **_OF,
        "number": "int64",
        "customer_id": "string",
        **_CASE,
        "from_at": "timestamp",
        "until_at": "timestamp",
        "given_up_at": "timestamp",
        "message_id": "string",
        "person_id": "string",
        "held_from": "timestamp",
        "wait_s": "int64",
        "business_s": "int64",
        "from_reading_s": "int64",
        **_CALENDAR,
        "reaction_s": "int64",
        "is_first": "boolean",
    },
    # A public reply of a human, whether a customer was waiting for it or not.
    "reply": {
        "message_id": "string",
        **_OF,
        "nth": "int64",
        "customer_id": "string",
        "person_id": "string",
        "at": "timestamp",
        "seconds_spent": "int64",
        "in_hours": "boolean",
        "wait_s": "int64",
        "business_s": "int64",
        "reaction_s": "int64",
        **_CASE,
    },
    # A rating of a conversation, one row per person it is credited to; their parts add up to one.
    "vote": {
        "rating_id": "string",
        "kind": "string",
        **_OF,
        "customer_id": "string",
        "contact_id": "string",
        "at": "timestamp",
        "answer": "string",
        "person_id": "string",
        "part": "int64",
        "parts": "int64",
        "is_latest": "boolean",
        "reason": "string",
        **_CASE,
        "language": "string",
        "waited_before_s": "int64",
        "handlers_before": "int64",
    },
}
