"""Zendesk: the tables that loaders land."""

from relevo.sources.raw.model import Field, Kind, RawTable, Recipe, System

_TICKET = RawTable(
    "ticket",
    (
        Field("id", required=True),
        Field("created_at", Kind.TIME, required=True),
        Field("organization_id"),
        Field("requester_id"),
        Field("assignee_id"),
        Field("subject"),
        Field("priority"),
        Field("status", required=True),
        Field("type"),
        Field("via_channel"),
        Field("updated_at", Kind.TIME),
        Field("_fivetran_synced", Kind.TIME),
    ),
    is_loader=True,
    key=("id",),
)
_USER = RawTable(
    "user",
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("email"),
        Field("role", required=True),
        Field("organization_id"),
        Field("locale"),
        Field("suspended", Kind.FLAG),
        Field("created_at", Kind.TIME),
    ),
    is_loader=True,
    key=("id",),
)
_COMMENT = RawTable(
    "ticket_comment",
    (
        Field("id", required=True),
        Field("ticket_id", required=True),
        Field("created", Kind.TIME, ("created", "created_at")),
        Field("user_id"),
        Field("public", Kind.FLAG, ("public", "is_public")),
        Field("body"),
    ),
    is_loader=True,
    key=("id",),
)

ZENDESK = System(
    "zendesk",
    "Zendesk",
    (_TICKET, _USER, _COMMENT),
    (
        Recipe(
            "conversation",
            "ticket",
            {
                "conversation_id": "'zendesk:' || this.id",
                "customer_id": "'zendesk:' || coalesce(this.organization_id, u.organization_id)",
                "contact_id": "'zendesk:' || this.requester_id",
                "channel": "coalesce(this.via_channel, 'other')",
                "priority": "this.priority",
                "subject": "this.subject",
                "opened_at": "this.created_at",
                "assignee_id": "'zendesk:' || this.assignee_id",
            },
            joins="LEFT JOIN {user} u ON u.id = this.requester_id",
            where="this.status IS DISTINCT FROM 'deleted'",
            rest="they were deleted",
        ),
        Recipe(
            "message",
            "ticket_comment",
            {
                "message_id": "'zendesk:' || this.id",
                "conversation_id": "'zendesk:' || this.ticket_id",
                "at": "this.created",
                "author_kind": "CASE WHEN u.role IN ('agent', 'admin') THEN 'human' ELSE 'customer' END",
                "author_id": "'zendesk:' || this.user_id",
                "is_public": "this.public",
                "body": "this.body",
            },
            joins="LEFT JOIN {user} u ON u.id = this.user_id",
        ),
    ),
    {"user": "who wrote a message, and which customer asks, stays unknown."},
)
