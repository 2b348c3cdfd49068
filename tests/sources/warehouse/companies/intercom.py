"""Acme asks in Intercom on January 2nd, Sam answers, closes the conversation on January 3rd and is rated 4 of 5."""

from tests.sources.warehouse.landers import Objects, Row

SYSTEM = "intercom"
FIGURES = {
    "SELECT count(*) FROM message": 2,
    "SELECT author_kind FROM message WHERE message_id = 'intercom:source:c1'": "customer",
    "SELECT resolved_at::VARCHAR FROM conversation": "2024-01-03 00:00:00",
    "SELECT score || ' of ' || scale_max FROM rating": "4 of 5",
    "SELECT customer_id FROM conversation": "intercom:o1",
    "SELECT count(*) FROM conversation_event WHERE kind = 'closed'": 1,
}
JAN_1, DAY = 1704067200, 86_400
AT = [JAN_1 + n * DAY for n in range(4)]  # midnight UTC of January 1st, 2nd, 3rd and 4th, 2024

ADMINS = [{"id": "7", "name": "Sam", "email": "sam@us.example", "job_title": "Support agent", "type": "admin"}]
COMPANIES = [
    {"id": "o1", "company_id": "acme", "name": "Acme", "created_at": AT[0], "remote_created_at": None,
     "updated_at": AT[1], "website": "https://acme.example", "industry": "Retail", "user_count": 3,
     "session_count": 9, "monthly_spend": 50, "size": 12, "plan": {"id": "1", "name": "Gold"}}
]  # fmt: skip
CONTACTS = [
    {"id": "u1", "role": "user", "email": "ana@acme.example", "name": "Ana", "created_at": AT[0], "updated_at": AT[1],
     "workspace_id": "w", "external_id": "x", "owner_id": 7, "custom_attributes": {"job_title": "CFO"},
     "companies": {"type": "list", "data": [{"id": "o1", "type": "company", "url": "/o1"}], "total_count": 1}}
]  # fmt: skip
PARTS = [
    {"id": "p1", "part_type": "comment", "body": "<p>Try again</p>", "created_at": AT[1] + 60, "updated_at": AT[1] + 60,
     "notified_at": AT[1] + 60, "author": {"id": "7", "type": "admin"}, "assigned_to": None},
    {"id": "p2", "part_type": "assignment", "body": None, "created_at": AT[1] + 90, "updated_at": AT[1] + 90,
     "notified_at": AT[1] + 90, "author": {"id": "7", "type": "admin"}, "assigned_to": {"id": "7", "type": "admin"}},
    {"id": "p3", "part_type": "close", "body": None, "created_at": AT[2], "updated_at": AT[2], "notified_at": AT[2],
     "author": {"id": "7", "type": "admin"}, "assigned_to": None},
]  # fmt: skip
CONVERSATION: Row = {
    "id": "c1", "created_at": AT[1], "updated_at": AT[3], "state": "closed", "read": True, "priority": "priority",
    "admin_assignee_id": 7, "waiting_since": None, "snoozed_until": None,
    "conversation_rating": {"rating": 4, "created_at": AT[3], "remark": "Fine"},
    "source": {"id": "s1", "type": "conversation", "subject": None, "body": "<p>It is broken</p>", "url": "/app",
               "author": {"id": "u1", "type": "user"}},
    "contacts": {"type": "contact.list", "contacts": [{"id": "u1", "type": "contact"}]},
}  # fmt: skip
_BOTH: Objects = {"admins": ADMINS, "companies": COMPANIES, "contacts": CONTACTS}
AIRBYTE: Objects = {
    **_BOTH,
    "conversations": [CONVERSATION],
    "conversation_parts": [{**part, "conversation_id": "c1", "conversation_updated_at": AT[3]} for part in PARTS],
}
DLT: Objects = {
    **_BOTH,
    "conversations": [{**CONVERSATION, "conversation_parts": {"conversation_parts": PARTS, "total_count": 3}}],
}
FIVETRAN: Objects = {
    "admin": ADMINS,
    "company_history": [{**c, "plan_name": "Gold", "plan": None} for c in COMPANIES],
    "contact_history": [{**c, "custom_job_title": "CFO", "admin_id": 7, "companies": None} for c in CONTACTS],
    "contact_company_history": [{"contact_id": "u1", "company_id": "o1", "contact_updated_at": AT[1]}],
    "conversation_history": [
        {
            **{name: value for name, value in CONVERSATION.items() if not isinstance(value, dict)},
            "assignee_id": 7, "assignee_type": "admin", "conversation_rating_value": 4,
            "conversation_rating_created_at": AT[3], "conversation_rating_remark": "Fine", "source_id": "s1",
            "source_type": "conversation", "source_body": "<p>It is broken</p>", "source_author_id": "u1",
            "source_author_type": "user", "source_url": "/app",
        }
    ],
    "conversation_part_history": [
        {
            **{name: value for name, value in part.items() if not isinstance(value, dict)},
            "conversation_id": "c1", "author_id": "7", "author_type": "admin", "conversation_updated_at": AT[3],
            "assigned_to_id": (part["assigned_to"] or {}).get("id"),
            "assigned_to_type": (part["assigned_to"] or {}).get("type"),
        }
        for part in PARTS
    ],
    "conversation_contact_history": [
        {"conversation_id": "c1", "contact_id": "u1", "conversation_updated_at": AT[3]}
    ],
}  # fmt: skip
