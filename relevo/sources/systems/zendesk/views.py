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
_SCORE = "lower(this.score)"
_GOOD, _BAD = f"{_SCORE} LIKE 'good%'", f"{_SCORE} LIKE 'bad%'"
# Several tickets tell of one customer and of one requester: the first of them is read.
_FIRST = """LEFT JOIN (SELECT organization, min(id) AS id FROM {view_export} GROUP BY ALL) first
    ON first.organization = this.organization"""
_ASKED = """LEFT JOIN (SELECT coalesce(requester_id, lower(email)) AS who, min(id) AS id FROM {view_export}
    GROUP BY ALL) asker ON asker.who = coalesce(this.requester_id, lower(this.email))"""
RECIPES = (
    Recipe(
        "customer",
        "view_export",
        {
            "customer_id": "'zendesk:named:' || this.organization",
            "name": "this.organization",
        },
        joins=_FIRST,
        where="this.id = first.id",
        rest="they name no organisation, or one that another ticket names",
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
        joins=_ASKED,
        where=f"this.id = asker.id AND {_WHOSE} IS NOT NULL",
        rest="nothing tells who asked, or another ticket does",
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
            "csat_offered": f"CASE WHEN {_GOOD} OR {_BAD} OR {_SCORE} = 'offered' THEN true "
            f"WHEN {_SCORE} IN ('not offered', 'unoffered') THEN false END",
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
            "score": f"CASE WHEN {_GOOD} THEN 1 WHEN {_BAD} THEN 0 END",
            "scale_max": "1",
            "at": "coalesce(this.solved, this.updated)",
            "customer_id": _WHOSE,
            "contact_id": _CONTACT,
            "conversation_id": "'zendesk:' || this.id",
        },
        where=f"{_GOOD} OR {_BAD}",
        rest="they were not rated",
    ),
)
