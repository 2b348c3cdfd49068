"""Intercom's objects as loaders land them: every version of each.

A conversation begins with its source, which is a message; what follows are parts, some of which only tell that
something was done: assigned, closed, opened again, snoozed.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_ADMIN = RawTable(
    "admin",
    fields("""
        id!
        name!
        email!
        job_title
    """),
    files=("admins",),
    is_loader=True,
    key=("id",),
)
_COMPANY = RawTable(
    "company_history",
    fields("""
        id!
        updated_at! time
        company_id!
        name
        created_at time
        remote_created_at time
        website
        industry
        plan_name
        user_count!
        session_count
        monthly_spend
        size
    """),
    files=("company", "companies"),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_CONTACT = RawTable(
    "contact_history",
    fields("""
        id!
        updated_at! time
        role!
        email
        name
        job_title = custom_job_title | job_title
        created_at time
        external_id
        workspace_id!
        admin_id
    """),
    files=("contact", "contacts"),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_OF_COMPANY = RawTable(
    "contact_company_history",
    fields("""
        contact_id!
        company_id!
        contact_updated_at! time
    """),
    files=("contact_company",),
    is_loader=True,
    key=("contact_id",),
    version="contact_updated_at",
)
_CONVERSATION = RawTable(
    "conversation_history",
    fields("""
        id!
        updated_at! time
        created_at! time
        state!
        assignee_id
        assignee_type
        priority
        rating = conversation_rating_value
        rated_at time = conversation_rating_created_at
        remark = conversation_rating_remark
        source_author_id
        source_author_type!
        source_type
        source_body
        source_subject
        source_url
        source_id
        snoozed_until time
        waiting_since time
        read
    """),
    files=("conversation", "conversations"),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_PART = RawTable(
    "conversation_part_history",
    fields("""
        id!
        updated_at! time
        created_at! time
        conversation_id!
        part_type!
        author_id
        author_type!
        assigned_to_id
        assigned_to_type
        body
        notified_at
        conversation_updated_at
    """),
    files=("conversation_part", "conversation_parts"),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_ASKED = RawTable(
    "conversation_contact_history",
    fields("""
        conversation_id!
        contact_id!
        conversation_updated_at! time
    """),
    files=("conversation_contact",),
    is_loader=True,
    key=("conversation_id",),
    version="conversation_updated_at",
)
TABLES = (_ADMIN, _COMPANY, _CONTACT, _OF_COMPANY, _CONVERSATION, _PART, _ASKED)

_CLOSED = """LEFT JOIN (SELECT conversation_id, max(created_at) FILTER (part_type = 'close') AS closed_at
    FROM {conversation_part_history} GROUP BY conversation_id) parts ON parts.conversation_id = this.id"""
_WHO = """LEFT JOIN {conversation_contact_history} asked ON asked.conversation_id = this.id
    LEFT JOIN {contact_company_history} employer
        ON employer.contact_id = coalesce(asked.contact_id, CASE WHEN this.source_author_type IN ('user', 'lead',
            'contact') THEN this.source_author_id END)"""
_ASKER = """coalesce(asked.contact_id, CASE WHEN this.source_author_type IN ('user', 'lead', 'contact')
    THEN this.source_author_id END)"""


def _author(column: str) -> str:
    return f"""CASE {column} WHEN 'admin' THEN 'human' WHEN 'team' THEN 'human' WHEN 'bot' THEN 'bot'
        WHEN 'user' THEN 'customer' WHEN 'lead' THEN 'customer' WHEN 'contact' THEN 'customer' END"""


RECIPES = (
    Recipe(
        "person",
        "admin",
        {
            "person_id": "'intercom:' || this.id",
            "name": "this.name",
            "email": "this.email",
            "team": "team_of(this.job_title, 'support')",
            "role": "this.job_title",
        },
    ),
    Recipe(
        "customer",
        "company_history",
        {
            "customer_id": "'intercom:' || this.id",
            "name": "coalesce(this.name, this.company_id)",
            "domain": "domain_of(this.website)",
            "created_at": "coalesce(this.remote_created_at, this.created_at)",
            "industry": "this.industry",
        },
    ),
    Recipe(
        "customer_alias",
        "company_history",
        {
            "source": "'intercom:company_id'",
            "external_id": "this.company_id",
            "customer_id": "'intercom:' || this.id",
        },
        where="this.company_id IS NOT NULL",
        rest="the company gave them no id of its own",
    ),
    Recipe(
        "contact",
        "contact_history",
        {
            "contact_id": "'intercom:' || this.id",
            "customer_id": "'intercom:' || employer.company_id",
            "name": "this.name",
            "email": "this.email",
            "title": "this.job_title",
        },
        joins="LEFT JOIN {contact_company_history} employer ON employer.contact_id = this.id",
        where="employer.company_id IS NOT NULL",
        rest="they are of no company",
    ),
    Recipe(
        "conversation",
        "conversation_history",
        {
            "conversation_id": "'intercom:' || this.id",
            "customer_id": "'intercom:' || employer.company_id",
            "contact_id": f"'intercom:' || {_ASKER}",
            "channel": "coalesce(nullif(this.source_type, 'conversation'), 'chat')",
            "priority": "CASE this.priority WHEN 'priority' THEN 'high' END",
            "subject": "this.source_subject",
            "opened_at": "this.created_at",
            "resolved_at": "CASE WHEN this.state = 'closed' THEN parts.closed_at END",
            "assignee_id": "'intercom:' || nullif(this.assignee_id, '0')",
        },
        joins=f"{_WHO} {_CLOSED}",
    ),
    Recipe(
        "message",
        "conversation_history",
        {
            "message_id": "'intercom:source:' || this.id",
            "conversation_id": "'intercom:' || this.id",
            "at": "this.created_at",
            "author_kind": _author("this.source_author_type"),
            "author_id": "'intercom:' || this.source_author_id",
            "is_public": "true",
            "body": "this.source_body",
        },
    ),
    Recipe(
        "message",
        "conversation_part_history",
        {
            "message_id": "'intercom:' || this.id",
            "conversation_id": "'intercom:' || this.conversation_id",
            "at": "this.created_at",
            "author_kind": _author("this.author_type"),
            "author_id": "'intercom:' || this.author_id",
            "is_public": "this.part_type <> 'note'",
            "body": "this.body",
        },
        where="this.body IS NOT NULL",
        rest="they say that something was done, not what was said",
    ),
    Recipe(
        "conversation_event",
        "conversation_part_history",
        {
            "event_id": "'intercom:' || this.id",
            "conversation_id": "'intercom:' || this.conversation_id",
            "at": "this.created_at",
            "kind": """CASE WHEN this.part_type = 'close' THEN 'closed' WHEN this.part_type = 'open' THEN 'reopened'
                WHEN this.part_type LIKE '%snooze%' THEN 'snoozed'
                WHEN this.assigned_to_type = 'team' THEN 'group' ELSE 'assigned' END""",
            "to_value": "'intercom:' || this.assigned_to_id",
            "by_id": "'intercom:' || this.author_id",
        },
        where="""this.part_type IN ('close', 'open') OR this.part_type LIKE '%snooze%'
            OR this.part_type LIKE '%assign%'""",
        rest="nothing but a message is in them",
    ),
    Recipe(
        "rating",
        "conversation_history",
        {
            "rating_id": "'intercom:' || this.id",
            "kind": "'csat'",
            "score": "this.rating",
            "scale_max": "5",
            "at": "this.rated_at",
            "customer_id": "'intercom:' || employer.company_id",
            "contact_id": f"'intercom:' || {_ASKER}",
            "conversation_id": "'intercom:' || this.id",
            "person_id": "CASE WHEN this.assignee_type = 'admin' THEN 'intercom:' || this.assignee_id END",
            "comment": "this.remark",
        },
        joins=_WHO,
        where="this.rating IS NOT NULL",
        rest="they were not rated",
    ),
)
IGNORED = (
    "article_history", "collection_history", "company_tag_history", "contact_tag_history", "conversation_tag_history",
    "help_center_history", "tag", "team", "team_admin",
)  # fmt: skip
WITHOUT = {
    "contact_company_history": "which company asks stays unknown.",
    "conversation_contact_history": "who asks stays unknown where the conversation was begun by us.",
    "conversation_part_history": "when a conversation was closed stays unknown.",
}
