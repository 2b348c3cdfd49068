"""Conversations of Intercom as a list of messages, one line each, as third programs export them."""

from relevo.sources.raw.model import RawTable, Recipe, fields

_MESSAGES = RawTable(
    "messages_export",
    fields("""
        message_id!
        conversation_id!
        at! time = message_created_at
        author_type! = message_author_type
        author_id = message_author_id
        author_user_id = message_author_user_id
        author_name = message_author_name
        author_email = message_author_email
        companies = message_author_companies
        body = message_body
        type = message_type
        tags = conversation_tags
        state = conversation_state
        opened_at! time = conversation_created_at
        replied_at time = conversation_first_response_at
        closed_at time = conversation_closed_at
        app_id
        app_name
    """),
    key=("message_id",),
)
TABLES = (_MESSAGES,)
_IS_OURS = "lower(this.author_type) IN ('admin', 'team', 'teammate', 'operator')"
_FIRST = """LEFT JOIN (SELECT conversation_id, min(message_id) AS message_id,
        max(split_part(companies, ',', 1)) AS company, max(author_id) AS author_id, max(author_email) AS author_email
    FROM {messages_export} WHERE lower(author_type) IN ('user', 'lead', 'contact') GROUP BY conversation_id) asker
    ON asker.conversation_id = this.conversation_id
    LEFT JOIN (SELECT conversation_id, min(message_id) AS message_id FROM {messages_export} GROUP BY ALL) first
    ON first.conversation_id = this.conversation_id"""
RECIPES = (
    Recipe(
        "conversation",
        "messages_export",
        {
            "conversation_id": "'intercom:' || this.conversation_id",
            "customer_id": """'intercom:' || coalesce('named:' || nullif(trim(asker.company), ''),
                'mail:' || lower(asker.author_email))""",
            "contact_id": "'intercom:' || asker.author_id",
            "channel": "'chat'",
            "opened_at": "this.opened_at",
            "resolved_at": "CASE WHEN lower(this.state) = 'closed' THEN this.closed_at END",
        },
        joins=_FIRST,
        where="this.message_id = first.message_id",
        rest="their conversation is told by its first message",
    ),
    Recipe(
        "message",
        "messages_export",
        {
            "message_id": "'intercom:' || this.message_id",
            "conversation_id": "'intercom:' || this.conversation_id",
            "at": "this.at",
            "author_kind": f"""CASE WHEN {_IS_OURS} THEN 'human' WHEN lower(this.author_type) = 'bot' THEN 'bot'
                WHEN lower(this.author_type) IN ('user', 'lead', 'contact') THEN 'customer' END""",
            "author_id": "'intercom:' || this.author_id",
            "is_public": "lower(this.type) IS DISTINCT FROM 'note'",
            "body": "this.body",
        },
    ),
)
