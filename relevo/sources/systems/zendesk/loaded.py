"""Zendesk's objects as loaders land them. A ticket keeps no times of its solution: its field history does."""

from relevo.book.engine import quoted
from relevo.sources.raw.model import RawTable, Recipe, fields
from relevo.sources.systems.zendesk.zones import ZONES

_TICKET = RawTable(
    "ticket",
    fields("""
        id!
        created_at! time
        organization_id
        requester_id!
        assignee_id
        group_id
        subject
        priority
        status!
        type
        via_channel
        updated_at time
        url
        merged_ticket_ids
        submitter_id
    """),
    files=("tickets",),
    is_loader=True,
    key=("id",),
)
_USER = RawTable(
    "user",
    fields("""
        id!
        name!
        email
        role!
        organization_id
        time_zone
        created_at time
        active flag
        suspended flag
        locale
        ticket_restriction
    """),
    files=("users",),
    is_loader=True,
    key=("id",),
)
_ORGANIZATION = RawTable(
    "organization",
    fields("""
        id!
        name!
        created_at time
        external_id
        shared_tickets! flag
        shared_comments flag
        url
    """),
    files=("organizations",),
    is_loader=True,
    key=("id",),
)
_DOMAIN = RawTable(
    "domain_name",
    fields("""
        organization_id!
        domain_name!
        index whole
    """),
    is_loader=True,
    key=("organization_id",),
)
_COMMENT = RawTable(
    "ticket_comment",
    fields("""
        id!
        ticket_id!
        created! time = created | created_at
        user_id = user_id | author_id
        public! flag = public | is_public
        body
        voice_comment
    """),
    files=("ticket_comments",),
    is_loader=True,
    key=("id",),
)
_HISTORY = RawTable(
    "ticket_field_history",
    fields("""
        ticket_id!
        field_name!
        updated! time
        value
        user_id
    """),
    is_loader=True,
    key=("ticket_id", "field_name", "updated"),
)
_SATISFACTION = RawTable(
    "satisfaction_rating",
    fields("""
        id!
        ticket_id!
        requester_id
        assignee_id
        score!
        comment
        reason
        created_at! time
        updated_at time
        group_id
        url
    """),
    files=("satisfaction_ratings",),
    is_loader=True,
    key=("id",),
)
_GROUP = RawTable(
    "group",
    fields("""
        id!
        name!
        created_at time
        url
    """),
    files=("groups",),
    is_loader=True,
    key=("id",),
)
_SCHEDULE = RawTable(
    "schedule",
    fields("""
        id!
        name
        time_zone!
        start_time! whole
        end_time! whole
        is_deleted flag = _fivetran_deleted
    """),
    files=("schedules",),
    is_loader=True,
    key=("id", "start_time"),
)
_HOLIDAY = RawTable(
    "schedule_holiday",
    fields("""
        id!
        schedule_id!
        name
        start_date! day
        end_date! day
        is_deleted flag = _fivetran_deleted
    """),
    is_loader=True,
    key=("id",),
)
TABLES = (_TICKET, _USER, _ORGANIZATION, _DOMAIN, _COMMENT, _HISTORY, _SATISFACTION, _GROUP, _SCHEDULE, _HOLIDAY)

_OURS = "('agent', 'admin')"
_NOT_DELETED = "this.is_deleted IS NOT TRUE"
_SOLVED = """
    LEFT JOIN (SELECT ticket_id, max(updated) FILTER (value IN ('solved', 'closed') AND was NOT IN ('solved', 'closed'))
            AS solved_at, max(updated) FILTER (value = 'closed') AS closed_at
        FROM (SELECT *, lag(value, 1, '') OVER (PARTITION BY ticket_id ORDER BY updated) AS was
            FROM {ticket_field_history} WHERE field_name = 'status') GROUP BY ticket_id) history
        ON history.ticket_id = this.id"""
_EVENTS = "'status', 'assignee_id', 'group_id', 'priority'"
_WAS = """LEFT JOIN (SELECT ticket_id, field_name, updated, lag(value) OVER (PARTITION BY ticket_id, field_name
        ORDER BY updated) AS value FROM {ticket_field_history}) was
    ON was.ticket_id = this.ticket_id AND was.field_name = this.field_name AND was.updated = this.updated"""
_ZONES = f"MAP {{{', '.join(f'{quoted(name)}: {quoted(zone)}' for name, zone in ZONES.items())}}}"
_ZONE = f"CASE WHEN this.time_zone LIKE '%/%' THEN this.time_zone ELSE {_ZONES}[this.time_zone] END"
_WEEKDAY = "['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][1 + (this.start_time // 1440) % 7]"

_RATER = """LEFT JOIN {ticket} ticket ON ticket.id = this.ticket_id
    LEFT JOIN {user} rater ON rater.id = coalesce(this.requester_id, ticket.requester_id)"""
_RATED = "'zendesk:' || coalesce(ticket.organization_id, rater.organization_id)"


def _clock(minutes: str) -> str:
    return f"printf('%02d:%02d', ({minutes}) // 60, ({minutes}) % 60)"


def _named(value: str) -> str:
    """People and groups get the ids by which the book knows them."""
    return f"CASE WHEN this.field_name IN ('assignee_id', 'group_id') THEN 'zendesk:' || {value} ELSE {value} END"


RECIPES = (
    Recipe(
        "customer",
        "organization",
        {
            "customer_id": "'zendesk:' || this.id",
            "name": "this.name",
            "domain": "domain_of(first.domain_name)",
            "created_at": "this.created_at",
        },
        joins="LEFT JOIN {domain_name} first ON first.organization_id = this.id",
    ),
    Recipe(
        "contact",
        "user",
        {
            "contact_id": "'zendesk:' || this.id",
            "customer_id": "'zendesk:' || this.organization_id",
            "name": "this.name",
            "email": "this.email",
        },
        where=f"this.role NOT IN {_OURS} AND this.organization_id IS NOT NULL",
        rest="they are our own people, or of no organisation",
    ),
    Recipe(
        "person",
        "user",
        {
            "person_id": "'zendesk:' || this.id",
            "name": "this.name",
            "email": "this.email",
            "team": "'support'",
            "role": "this.role",
            "timezone": _ZONE,
        },
        where=f"this.role IN {_OURS}",
        rest="they are customers' people",
    ),
    Recipe(
        "conversation",
        "ticket",
        {
            "conversation_id": "'zendesk:' || this.id",
            "customer_id": "'zendesk:' || coalesce(this.organization_id, asker.organization_id)",
            "contact_id": "'zendesk:' || this.requester_id",
            "channel": "coalesce(this.via_channel, 'other')",
            "category": "this.type",
            "priority": "this.priority",
            "subject": "this.subject",
            "opened_at": "this.created_at",
            "resolved_at": "CASE WHEN this.status IN ('solved', 'closed') THEN history.solved_at END",
            "closed_at": "CASE WHEN this.status = 'closed' THEN history.closed_at END",
            "assignee_id": "'zendesk:' || this.assignee_id",
        },
        joins=f"LEFT JOIN {{user}} asker ON asker.id = this.requester_id {_SOLVED}",
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
            "author_kind": f"""CASE WHEN author.role IN {_OURS} THEN 'human' WHEN author.role IS NOT NULL
                OR this.user_id = ticket.requester_id THEN 'customer' WHEN this.user_id = '-1' THEN 'system' END""",
            "author_id": "'zendesk:' || this.user_id",
            "is_public": "this.public",
            "body": "this.body",
        },
        joins="""LEFT JOIN {user} author ON author.id = this.user_id
            LEFT JOIN {ticket} ticket ON ticket.id = this.ticket_id""",
        missing={"author_kind": "its writer is not known: the table user does not have them"},
    ),
    Recipe(
        "rating",
        "satisfaction_rating",
        {
            "rating_id": "'zendesk:' || this.id",
            "kind": "'csat'",
            "score": "CASE WHEN this.score LIKE 'good%' THEN 1 WHEN this.score LIKE 'bad%' THEN 0 END",
            "scale_max": "1",
            "at": "coalesce(this.updated_at, this.created_at)",
            "customer_id": _RATED,
            "contact_id": "'zendesk:' || this.requester_id",
            "conversation_id": "'zendesk:' || this.ticket_id",
            "person_id": "'zendesk:' || this.assignee_id",
            "reason": "this.reason",
            "comment": "this.comment",
        },
        joins=_RATER,
        where="this.score LIKE 'good%' OR this.score LIKE 'bad%'",
        rest="they were offered and not answered",
    ),
    Recipe(
        "survey_invite",
        "satisfaction_rating",
        {
            "invite_id": "'zendesk:' || this.id",
            "kind": "'csat'",
            "at": "this.created_at",
            "contact_id": "'zendesk:' || this.requester_id",
            "customer_id": _RATED,
            "conversation_id": "'zendesk:' || this.ticket_id",
        },
        joins=_RATER,
        where="this.score IS DISTINCT FROM 'unoffered'",
        rest="nobody was asked",
    ),
    Recipe(
        "conversation_event",
        "ticket_field_history",
        {
            "event_id": "'zendesk:' || this.ticket_id || ':' || this.field_name || ':' || epoch_ms(this.updated)",
            "conversation_id": "'zendesk:' || this.ticket_id",
            "at": "this.updated",
            "kind": """CASE this.field_name WHEN 'assignee_id' THEN 'assigned' WHEN 'group_id' THEN 'group'
                WHEN 'priority' THEN 'priority' ELSE 'status' END""",
            "from_value": _named("was.value"),
            "to_value": _named("this.value"),
            "by_id": "'zendesk:' || this.user_id",
        },
        joins=_WAS,
        where=f"this.field_name IN ({_EVENTS})",
        rest="they tell of fields that the book does not follow",
    ),
    Recipe(
        "schedule",
        "schedule",
        {
            "schedule_id": "'zendesk:' || this.id",
            "timezone": _ZONE,
            "weekday": _WEEKDAY,
            "opens": _clock("this.start_time % 1440"),
            "closes": _clock("this.end_time - this.start_time + this.start_time % 1440"),
        },
        where=_NOT_DELETED,
        rest="they were deleted",
    ),
    Recipe(
        "holiday",
        "schedule_holiday",
        {
            "schedule_id": "'zendesk:' || this.schedule_id",
            "on_date": "CAST(each.on_date AS DATE)",
            "name": "this.name",
        },
        joins="""LEFT JOIN UNNEST(generate_series(CAST(this.start_date AS TIMESTAMP),
            CAST(this.end_date AS TIMESTAMP), INTERVAL 1 DAY)) AS each(on_date) ON true""",
        where=_NOT_DELETED,
        rest="they were deleted",
    ),
)
IGNORED = (
    "audit_log", "brand", "daylight_time", "organization_tag", "sla_policy_metric_history", "ticket_chat",
    "ticket_chat_event", "ticket_form_history", "ticket_schedule", "ticket_sla_policy", "ticket_tag", "time_zone",
    "user_tag",
)  # fmt: skip
WITHOUT = {
    "user": "who wrote a message, and which customer asks, stays unknown where the ticket does not tell.",
    "ticket": "who wrote a message stays unknown where the table user does not tell.",
    "ticket_field_history": "when a ticket was solved stays unknown.",
    "domain_name": "the domain of an organisation stays unknown.",
}
