"""Intercom's objects. Where a loader keeps every version of one, each counts: that is the history recipes read."""

from relevo.sources.warehouse.shape import Shapes, shape

_VERSION = "id, updated_at"
_CONVERSATIONS = "conversations | conversation"
_PART = """
    id
    updated_at
    created_at
    conversation_id = {0}
    part_type
    author_id = author.id
    author_type = author.type
    assigned_to_id = assigned_to.id
    assigned_to_type = assigned_to.type
    body
    notified_at
"""
INTERCOM = Shapes(
    "intercom",
    (
        shape(
            "admin",
            "admins | admin",
            """
            id
            name
            email
            job_title
            """,
        ),
        shape(
            "company_history",
            "companies | company",
            """
            id
            updated_at
            company_id
            name
            created_at
            remote_created_at
            website
            industry
            plan_name = plan.name
            user_count
            session_count
            monthly_spend
            size
            """,
            same=_VERSION,
        ),
        shape(
            "contact_history",
            "contacts | contact",
            """
            id
            updated_at
            role
            email
            name
            job_title = custom_attributes.job_title
            created_at
            external_id
            workspace_id
            admin_id = owner_id
            """,
            same=_VERSION,
        ),
        shape(
            "contact_company_history",
            "contacts | contact",
            """
            contact_id = ^id
            company_id = id | .
            contact_updated_at = ^updated_at
            """,
            unfold="companies.data | companies",
            same=_VERSION,
        ),
        shape(
            "contact_company_history",
            "contact_companies",
            """
            contact_id
            company_id = id
            contact_updated_at = updated_at
            """,
            same="contact_id, id, updated_at",
            instead=True,
        ),
        shape(
            "conversation_history",
            _CONVERSATIONS,
            """
            id
            updated_at
            created_at
            state
            assignee_id = admin_assignee_id | assignee.id
            assignee_type = assignee.type | 'admin'
            priority
            rating = conversation_rating.rating
            rated_at = conversation_rating.created_at
            remark = conversation_rating.remark
            source_author_id = source.author.id
            source_author_type = source.author.type
            source_type = source.type
            source_body = source.body
            source_subject = source.subject
            source_url = source.url
            source_id = source.id
            snoozed_until
            waiting_since
            read
            """,
            same=_VERSION,
        ),
        shape("conversation_part_history", "conversation_parts", _PART.format("conversation_id"), same=_VERSION),
        shape(
            "conversation_part_history",
            _CONVERSATIONS,
            _PART.format("^id"),
            unfold="conversation_parts.conversation_parts | conversation_parts",
            instead=True,
        ),
        shape(
            "conversation_contact_history",
            _CONVERSATIONS,
            """
            conversation_id = ^id
            contact_id = id
            conversation_updated_at = ^updated_at
            """,
            unfold="contacts.contacts | contacts",
            same=_VERSION,
        ),
    ),
    needs=("conversation_history",),
)
