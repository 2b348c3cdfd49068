"""Selling: leads, deals, who took part in them, and what was asked before the sale."""

from relevo.book.table import Table, boolean, choice, decimal, integer, text, timestamp

TABLES = (
    Table(
        name="lead",
        key=("lead_id",),
        grain="one row per lead",
        doc="Somebody who may become a customer, before there is a deal.",
        columns=(
            text("lead_id", "Identifies the lead."),
            timestamp("created_at", "When the lead came in, in UTC."),
            text("channel", "Where the lead came from, for example webinar.", null=True),
            boolean(
                "qualified",
                "Whether somebody judged the lead worth pursuing; null while nobody has.",
                null=True,
            ),
            text("person_id", "The person of the company who works on the lead.", null=True),
            text("customer_id", "The customer the lead became or belongs to.", null=True),
            timestamp(
                "converted_at",
                "When the lead became a deal or a customer, in UTC; null if it has not.",
                null=True,
            ),
        ),
    ),
    Table(
        name="deal",
        key=("deal_id",),
        grain="one row per sales opportunity",
        doc="A sale that was tried: what was offered, to whom, how it ended and what it promised in money.",
        columns=(
            text("deal_id", "Identifies the deal."),
            text(
                "customer_id",
                "The customer the deal is with; null while the buyer is not a customer yet.",
                null=True,
            ),
            text("subscription_id", "The subscription that the won deal started or changed.", null=True),
            text("name", "The deal's name in the CRM.", null=True),
            choice(
                "kind",
                "Whether the deal wins a customer, sells more to one, or renews one.",
                ("new", "expansion", "renewal"),
            ),
            text("person_id", "The person who owns the deal in the CRM.", null=True),
            text("channel", "The channel through which the deal was sold.", null=True),
            text("plan", "The plan that was sold or offered.", null=True),
            timestamp("opened_at", "When the deal was opened, in UTC."),
            timestamp("closed_at", "When the deal was won, lost or declined, in UTC; null while open.", null=True),
            choice(
                "outcome",
                "How the deal ended; declined means the company itself chose not to sell.",
                ("open", "won", "lost", "declined"),
            ),
            text("lost_reason", "Why the deal was lost or declined, in the company's own words.", null=True),
            integer(
                "amount_cents",
                "Value of the deal over its whole term, in minor units of `currency`.",
                null=True,
            ),
            integer(
                "mrr_cents",
                "Monthly recurring revenue sold, in minor units of `currency`; null where it is unknown.",
                null=True,
            ),
            integer(
                "list_mrr_cents",
                "Monthly recurring revenue at list price, in minor units of `currency`.",
                null=True,
            ),
            text("currency", "ISO 4217 code of the deal's amounts."),
            integer("term_months", "Length of the contract in months.", null=True, low=0),
            integer("prepaid_months", "Months paid for in advance.", null=True, low=0),
            timestamp("forecast_at", "When the deal is expected to close, in UTC.", null=True),
        ),
    ),
    Table(
        name="deal_role",
        key=("deal_id", "role", "person_id"),
        grain="one row per deal, role and person",
        doc="Who took part in a deal and as what; it decides whose customer it counts as.",
        columns=(
            text("deal_id", "The deal."),
            choice(
                "role",
                "What the person did in the deal; seller, ae and the like are read as sold_by.",
                ("sold_by", "sourced_by", "presales", "implementation", "success", "overlay", "manager"),
                is_open=True,
            ),
            text("person_id", "The person who had the role."),
            decimal(
                "share",
                "Part of the role that is this person's, from 0 to 1; null means shared equally.",
                null=True,
                low=0,
            ),
        ),
    ),
    Table(
        name="deal_stage",
        key=("deal_id", "at"),
        grain="one row per deal and moment at which its stage changed",
        doc="How a deal moved through the sales process.",
        columns=(
            text("deal_id", "The deal."),
            timestamp("at", "When the deal entered the stage, in UTC."),
            text("stage", "The stage entered, in the words of the CRM."),
        ),
    ),
    Table(
        name="fit_answer",
        key=("deal_id", "question"),
        grain="one row per deal and question",
        doc="What was answered before the sale about whether the customer fits the product.",
        columns=(
            text("deal_id", "The deal the question was asked in."),
            text("question", "The question, or its lower_snake name."),
            text(
                "answer",
                "The answer as given; null if it was asked and not answered.",
                null=True,
                personal=True,
            ),
            timestamp("answered_at", "When it was answered, in UTC.", null=True),
            text("person_id", "The person of the company who wrote the answer down.", null=True),
        ),
    ),
)
