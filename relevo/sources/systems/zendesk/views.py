"""The CSV of a Zendesk view: one line a ticket, with counts and minutes from which no message is made."""

from relevo.sources.raw.model import RawTable, Recipe, fields

_VIEW = RawTable(
    "view_export",
    fields("""
        id! = Id
        requester! = Requester
        requester_id = Requester id
        external_id = Requester external id
        email = Requester email
        requester_domain = Requester domain
        submitter = Submitter
        assignee = Assignee
        group = Group
        subject! = Subject
        tags = Tags
        status! = Status
        priority = Priority
        via! = Via
        type = Ticket type
        created! time = Created at
        updated time = Updated at
        organization = Organization
        solved time = Solved at
        score = Satisfaction Score
        reopens whole = Reopens
        replies whole = Replies
        first_reply = First reply time in minutes
        full_resolution = Full resolution time in minutes
        assigned_at = Assigned at
        summation = Summation column
    """),
    key=("id",),
)
TABLES = (_VIEW,)
_WHOSE = "'zendesk:' || coalesce('named:' || this.organization, 'mail:' || lower(this.email))"
_CONTACT = "'zendesk:' || coalesce(this.requester_id, 'mail:' || lower(this.email))"
RECIPES = (
    Recipe(
        "customer",
        "view_export",
        {
            "customer_id": "'zendesk:named:' || this.organization",
            "name": "this.organization",
        },
        where="this.organization IS NOT NULL",
        rest="they name no organisation",
    ),
    Recipe(
        "contact",
        "view_export",
        {
            "contact_id": _CONTACT,
            "customer_id": _WHOSE,
            "name": "this.requester",
            "email": "this.email",
        },
        where=f"{_CONTACT} IS NOT NULL AND {_WHOSE} IS NOT NULL",
        rest="nothing tells who asked",
    ),
    Recipe(
        "conversation",
        "view_export",
        {
            "conversation_id": "'zendesk:' || this.id",
            "customer_id": _WHOSE,
            "contact_id": _CONTACT,
            "channel": "lower(this.via)",
            "category": "lower(this.type)",
            "priority": "lower(this.priority)",
            "subject": "this.subject",
            "opened_at": "this.created",
            "resolved_at": "CASE WHEN lower(this.status) IN ('solved', 'closed') THEN this.solved END",
            "assignee_id": "'zendesk:named:' || this.assignee",
            "csat_offered": "CASE WHEN this.score IS NOT NULL THEN lower(this.score) <> 'not offered' END",
        },
        where="lower(this.status) IS DISTINCT FROM 'deleted'",
        rest="they were deleted",
    ),
    Recipe(
        "rating",
        "view_export",
        {
            "rating_id": "'zendesk:' || this.id",
            "kind": "'csat'",
            "score": "CASE WHEN lower(this.score) LIKE 'good%' THEN 1 WHEN lower(this.score) LIKE 'bad%' THEN 0 END",
            "scale_max": "1",
            "at": "coalesce(this.solved, this.updated)",
            "customer_id": _WHOSE,
            "contact_id": _CONTACT,
            "conversation_id": "'zendesk:' || this.id",
        },
        where="lower(this.score) LIKE 'good%' OR lower(this.score) LIKE 'bad%'",
        rest="they were not rated",
    ),
)
