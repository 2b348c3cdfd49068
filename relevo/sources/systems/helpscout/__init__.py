"""Help Scout: conversations and ratings by the names of its API, as programs export them.

No export of the screen was at hand; a file with other headings is asked about.
"""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_CONVERSATIONS = RawTable(
    "conversations",
    fields("""
        id! = id | Conversation ID
        number! = number | Conversation Number
        mailbox = mailbox | Mailbox | Inbox | mailbox_id
        subject = subject | Subject
        status! = status | Status
        type = type | Type
        customer = customer | Customer | customer_name | Customer Name
        email! = customer_email | Customer Email | primary_customer_email
        company = customer_company | Company | organization
        assignee = assignee | Assigned To | Assignee
        created! time = created_at | Created At | createdAt
        closed time = closed_at | Closed At | closedAt
        tags = tags | Tags
        threads whole = threads | Threads | Thread Count
    """),
    key=("id",),
)
_RATINGS = RawTable(
    "ratings",
    fields("""
        id! = id | Rating ID
        rating_id = ratingId
        conversation! = number | Conversation Number | conversation_number | conversationNumber
        conversation_id = Conversation ID | conversation_id | conversationId
        thread = threadid | Thread ID | thread_id
        rating! = rating | Rating
        comments! = ratingComments | Comments | Rating Comments | comments
        at! time = ratingCreatedAt | Rating Created At | Rated At | createdAt | created_at
        customer = ratingCustomerName | Customer Name
        user = ratingUserName | User Name | Rated User
    """),
    key=("id",),
)
# In the report of happiness the id is that of the conversation; a rating is of one thread, which is a reply.
_IS_REPORT = "this.rating_id IS NOT NULL"
_WHOSE = "'helpscout:' || coalesce('named:' || this.company, 'mail:' || lower(this.email))"
HELPSCOUT = System(
    "helpscout",
    "Help Scout",
    (_CONVERSATIONS, _RATINGS),
    (
        Recipe(
            "conversation",
            "conversations",
            {
                "conversation_id": "'helpscout:' || this.id",
                "customer_id": _WHOSE,
                "contact_id": "'helpscout:mail:' || lower(this.email)",
                "channel": "coalesce(lower(this.type), 'email')",
                "subject": "this.subject",
                "opened_at": "this.created",
                "resolved_at": "CASE WHEN lower(this.status) = 'closed' THEN this.closed END",
                "closed_at": "CASE WHEN lower(this.status) = 'closed' THEN this.closed END",
                "assignee_id": "'helpscout:named:' || this.assignee",
            },
            where="lower(this.status) IS DISTINCT FROM 'spam'",
            rest="they are spam",
        ),
        Recipe(
            "rating",
            "ratings",
            {
                "rating_id": f"""'helpscout:' || CASE WHEN {_IS_REPORT}
                    THEN coalesce('thread:' || this.thread, this.id || ':' || this.rating_id) ELSE this.id END""",
                "kind": "'happiness'",
                "score": """CASE lower(this.rating) WHEN 'great' THEN 1 WHEN 'okay' THEN 0 WHEN 'ok' THEN 0
                    WHEN 'not good' THEN -1 WHEN 'not_good' THEN -1 WHEN '1' THEN 1 WHEN '2' THEN 0 WHEN '3' THEN -1
                    END""",
                "at": "this.at",
                "customer_id": "'helpscout:' || coalesce('named:' || about.company, 'mail:' || lower(about.email))",
                "conversation_id": f"""'helpscout:' || coalesce(
                    this.conversation_id, CASE WHEN {_IS_REPORT} THEN this.id END, about.id)""",
                "message_id": "'helpscout:' || this.thread",
                "person_id": "'helpscout:named:' || this.\"user\"",
                "comment": "this.comments",
            },
            joins="""LEFT JOIN (SELECT number, min(id) AS id, min(company) AS company, min(email) AS email
                FROM {conversations} GROUP BY number) about ON about.number = this.conversation""",
        ),
    ),
    {"conversations": "which conversation and customer a rating is about stays unknown."},
)
