"""Product: its use, its known issues, and its help articles."""

from relevo.book.table import Table, choice, date, integer, text, timestamp

TABLES = (
    Table(
        name="usage",
        key=("customer_id", "on_date", "feature"),
        grain="one row per customer, day and feature",
        doc="How much a customer used the product, by day; never what a single user did.",
        columns=(
            text("customer_id", "The customer who used it."),
            date("on_date", "The day of use, in the company's time zone."),
            text("feature", "The feature used, in lower_snake."),
            integer("events", "How many times the feature was used that day.", low=0),
            integer("users", "How many different people at the customer used it that day.", null=True, low=0),
        ),
    ),
    Table(
        name="issue",
        key=("issue_id",),
        grain="one row per known problem, wish or praise about the product",
        doc="What customers run into, joined over the conversations in which they report it.",
        columns=(
            text("issue_id", "Identifies the issue."),
            choice(
                "kind",
                "What sort of issue it is.",
                ("bug", "ux", "request", "limitation", "question", "praise"),
            ),
            text("title", "The issue in one line."),
            text("product_area", "The part of the product it is about.", null=True),
            text("status", "State of the issue in the tracker's own words."),
            choice(
                "fix_kind",
                "What was done about it so far; a workaround is not a real fix.",
                ("none", "workaround", "real"),
                null=True,
            ),
            timestamp("created_at", "When it was first recorded, in UTC."),
            timestamp("shipped_at", "When the fix reached customers, in UTC; null if it has not.", null=True),
        ),
    ),
    Table(
        name="issue_report",
        key=("issue_id", "customer_id", "at"),
        grain="one row per issue, customer and moment of the report",
        doc="Which customers met an issue; it ranks issues by customers affected.",
        columns=(
            text("issue_id", "The issue met."),
            text("customer_id", "The customer who reported it."),
            text("conversation_id", "The conversation in which it was reported.", null=True),
            timestamp("at", "When it was reported, in UTC."),
        ),
    ),
    Table(
        name="article",
        key=("article_id",),
        grain="one row per help article",
        doc="What the knowledge base says, and since when.",
        columns=(
            text("article_id", "Identifies the article."),
            text("title", "Title of the article."),
            text("product_area", "The part of the product it explains.", null=True),
            text(
                "category",
                "The category of questions it answers, in the words of conversation.category.",
                null=True,
            ),
            timestamp("published_at", "When it was first published, in UTC."),
        ),
    ),
    Table(
        name="article_view",
        key=("article_id", "at", "customer_id"),
        grain="one row per article, moment and customer",
        doc="Who read which help article, to see whether it answers the question.",
        columns=(
            text("article_id", "The article read."),
            timestamp("at", "When it was read, in UTC."),
            text("customer_id", "The customer who read it; null for an unknown reader.", null=True),
            text("contact_id", "The contact who read it.", null=True),
        ),
    ),
)
