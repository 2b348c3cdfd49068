"""Zendesk's objects. What happened to a ticket stands in its audits (Airbyte) or its events (dlt).

An event of dlt's names the field that changed by having it: each field that the book follows is a shape of its own.
"""

from relevo.sources.warehouse.shape import Shape, Shapes, shape

_CHANGES = ("Change", "Create")
_ORGANIZATIONS = "organizations | organization"


def _event(field: str) -> Shape:
    return shape(
        "ticket_field_history",
        "ticket_events",
        f"""
        ticket_id = ^ticket_id
        field_name = '{field}'
        updated = ^created_at | ^timestamp
        value = {field}
        user_id = ^updater_id
        """,
        unfold="child_events",
        where={"event_type": _CHANGES, field: ()},
    )


ZENDESK = Shapes(
    "zendesk",
    (
        shape(
            "ticket",
            "tickets | ticket",
            """
            id
            created_at
            organization_id
            requester_id
            assignee_id
            group_id
            subject
            priority
            status
            type
            via_channel = via.channel
            updated_at
            url
            submitter_id
            """,
        ),
        shape(
            "user",
            "users | user",
            """
            id
            name
            email
            role
            organization_id
            time_zone = iana_time_zone | time_zone
            created_at
            active
            suspended
            locale
            ticket_restriction
            """,
        ),
        shape(
            "organization",
            _ORGANIZATIONS,
            """
            id
            name
            created_at
            external_id
            shared_tickets
            shared_comments
            url
            """,
        ),
        shape(
            "domain_name",
            _ORGANIZATIONS,
            """
            organization_id = ^id
            domain_name = .
            index = #
            """,
            unfold="domain_names",
        ),
        shape(
            "ticket_comment",
            "ticket_comments | ticket_comment",
            """
            id
            ticket_id
            created = created_at
            user_id = author_id
            public
            body
            """,
        ),
        shape(
            "ticket_comment",
            "ticket_events",
            """
            id
            ticket_id = ^ticket_id
            created = created_at | ^created_at | ^timestamp
            user_id = author_id | ^updater_id
            public
            body
            """,
            unfold="child_events",
            where={"event_type": ("Comment",)},
            instead=True,
        ),
        shape(
            "ticket_comment",
            "ticket_audits",
            """
            id
            ticket_id = ^ticket_id
            created = ^created_at
            user_id = author_id | ^author_id
            public
            body
            """,
            unfold="events",
            where={"type": ("Comment",)},
            instead=True,
        ),
        shape(
            "ticket_field_history",
            "ticket_audits",
            """
            ticket_id = ^ticket_id
            field_name
            updated = ^created_at
            value
            user_id = ^author_id
            """,
            unfold="events",
            where={"type": _CHANGES},
        ),
        *(_event(field) for field in ("status", "assignee_id", "group_id", "priority")),
        shape(
            "satisfaction_rating",
            "satisfaction_ratings | satisfaction_rating",
            """
            id
            ticket_id
            requester_id
            assignee_id
            score
            comment
            reason
            created_at
            updated_at
            """,
        ),
        shape(
            "group",
            "groups | group",
            """
            id
            name
            created_at
            url
            """,
        ),
        shape(
            "schedule",
            "schedules | schedule",
            """
            id = ^id
            name = ^name
            time_zone = ^time_zone
            start_time
            end_time
            """,
            unfold="intervals",
        ),
    ),
    needs=("ticket",),
)
