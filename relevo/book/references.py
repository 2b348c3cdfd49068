"""Which columns name a row of another table, and which dates may lie ahead."""

from relevo.book.tables import TABLES

# (table, column, table it refers to); customers are checked through subscription spans by identity.
_BY_NAME = {
    "customer_id": "customer",
    "parent_id": "customer",
    "contact_id": "contact",
    "person_id": "person",
    "manager_id": "person",
    "assignee_id": "person",
    "reviewer_id": "person",
    "coach_id": "person",
    "from_person_id": "person",
    "to_person_id": "person",
    "deal_id": "deal",
    "invoice_id": "invoice",
    "conversation_id": "conversation",
    "issue_id": "issue",
    "article_id": "article",
    "handoff_id": "handoff",
}

REFERENCES: tuple[tuple[str, str, str], ...] = tuple(
    (table.name, column, target)
    for table in TABLES.values()
    for column, target in _BY_NAME.items()
    if column in table.column_names and table.key != (column,)
)

# Dates that state a plan, a term or a promise rather than something that has happened.
FUTURE_ALLOWED = frozenset(
    {
        ("subscription_span", "valid_from"),
        ("subscription_span", "valid_to"),
        ("subscription_span", "term_end_on"),
        ("invoice", "due_on"),
        ("invoice_line", "period_from"),
        ("invoice_line", "period_to"),
        ("deal", "forecast_at"),
        ("deal", "closed_at"),
        ("cancellation", "at"),
        ("absence", "from_on"),
        ("absence", "to_on"),
        ("person", "ended_on"),
        ("person", "started_on"),
        ("person_role", "from_on"),
        ("person_role", "to_on"),
        ("holiday", "on_date"),
        ("schedule", "valid_from"),
        ("schedule", "valid_to"),
        ("shift", "from_at"),
        ("shift", "to_at"),
        ("milestone", "expected_on"),
        ("promise", "due_on"),
        ("target", "month"),
        ("spend", "month"),
        ("fx_rate", "on_date"),
        ("contact", "left_on"),
        ("assignment", "from_at"),
        ("assignment", "to_at"),
        ("headcount", "on_date"),
    }
)
