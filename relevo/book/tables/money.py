"""Money: what customers pay, what was billed and paid, and what the company spends."""

from relevo.book.table import Table, boolean, choice, date, decimal, integer, text, timestamp

TABLES = (
    Table(
        name="subscription_span",
        key=("subscription_id", "item_id", "valid_from"),
        grain="one row per subscription item and moment from which its terms hold",
        doc="What a customer pays again and again and when that changed: the only table MRR is made from.",
        columns=(
            text("subscription_id", "The subscription, a contract with one customer."),
            text("item_id", "The line of the subscription; one plan or add-on each."),
            text("customer_id", "The customer who pays."),
            timestamp("valid_from", "When these terms begin to hold, in UTC."),
            timestamp(
                "valid_to",
                "When these terms stop to hold, in UTC and exclusive; null while they hold.",
                null=True,
            ),
            text("plan", "The plan or add-on sold.", null=True),
            integer("unit_amount_cents", "Price of one unit for one interval, in minor units of `currency`."),
            decimal("quantity", "Units sold, for example seats; may be fractional.", low=0),
            choice("interval_unit", "Unit of the billing interval.", ("day", "week", "month", "year")),
            integer(
                "interval_count",
                "How many interval units make one billing interval: 3 months, 1 year.",
                low=1,
            ),
            integer(
                "discount_cents",
                "Taken off the whole item once per interval, in minor units of `currency`.",
                null=True,
                low=0,
            ),
            choice(
                "discount_kind",
                "How long the discount lasts; once does not lower MRR unless it covers two months or more.",
                ("forever", "repeating", "once"),
                null=True,
            ),
            text("currency", "ISO 4217 code of the amounts."),
            choice(
                "status",
                "State of the subscription during the span.",
                ("trialing", "active", "past_due", "paused", "canceled", "unpaid"),
            ),
            choice(
                "usage",
                "Whether a fixed quantity is paid for, or what was used; metered is not MRR.",
                ("licensed", "metered"),
            ),
            text("cause", "Why the terms changed, for example seats, plan or price_increase.", null=True),
            choice(
                "collection",
                "Whether a card is charged or an invoice is sent; an invoiced renewal may be 30 days late.",
                ("charge", "invoice"),
                null=True,
            ),
            date("term_end_on", "Last day of the contract term.", null=True),
            boolean("auto_renew", "Whether the contract goes on by itself after term_end_on.", null=True),
            timestamp(
                "cancel_requested_at",
                "When the customer asked to cancel, in UTC; the span may still be in force.",
                null=True,
            ),
        ),
    ),
    Table(
        name="invoice",
        key=("invoice_id",),
        grain="one row per invoice or credit note",
        doc="What was billed, when it was due and when it was paid.",
        columns=(
            text("invoice_id", "Identifies the invoice."),
            text("customer_id", "The customer billed."),
            text("subscription_id", "The subscription billed, where it is only one.", null=True),
            date("issued_on", "Day of issue."),
            date("due_on", "Day by which it must be paid.", null=True),
            date("paid_on", "Day on which it was paid in full; null while it is not.", null=True),
            integer(
                "amount_cents", "Total without tax, in minor units of `currency`; a credit note is negative."
            ),
            integer("tax_cents", "Tax on top of amount_cents, in minor units of `currency`.", null=True),
            integer(
                "refunded_cents",
                "Part given back after payment, in minor units of `currency`.",
                null=True,
                low=0,
            ),
            text("currency", "ISO 4217 code of the amounts."),
        ),
    ),
    Table(
        name="invoice_line",
        key=("invoice_id", "line_id"),
        grain="one row per line of an invoice",
        doc="What an invoice is made of; it has the currency of its invoice.",
        columns=(
            text("invoice_id", "The invoice."),
            text("line_id", "The line within the invoice."),
            text("subscription_id", "The subscription the line bills.", null=True),
            choice(
                "kind",
                "What the line bills.",
                ("recurring", "one_off", "usage", "proration", "discount", "tax"),
            ),
            date("period_from", "First day of the service the line bills.", null=True),
            date("period_to", "First day after the service the line bills.", null=True),
            integer(
                "amount_cents", "Amount of the line without tax, in minor units of the invoice's currency."
            ),
        ),
    ),
    Table(
        name="payment",
        key=("payment_id",),
        grain="one row per attempt to pay",
        doc="Money that came in, failed to come in, or went back.",
        columns=(
            text("payment_id", "Identifies the attempt."),
            text("invoice_id", "The invoice paid, where it is known.", null=True),
            text("customer_id", "The customer who pays."),
            timestamp("at", "When it was tried, in UTC."),
            integer("amount_cents", "Amount of the attempt, in minor units of `currency`."),
            text("currency", "ISO 4217 code of the amount."),
            choice("status", "How the attempt ended.", ("succeeded", "failed", "refunded", "disputed")),
        ),
    ),
    Table(
        name="cancellation",
        key=("customer_id", "at"),
        grain="one row per customer and moment at which the customer left",
        doc="Why a customer left, as far as somebody asked; that it left is read from subscription_span.",
        columns=(
            text("customer_id", "The customer who left."),
            timestamp("at", "When the service ended, in UTC."),
            timestamp("requested_at", "When the customer asked to leave, in UTC.", null=True),
            text("reason", "The reason in the company's own words, for example price.", null=True),
            boolean(
                "voluntary", "Whether the customer chose to leave; false when a payment failed.", null=True
            ),
            text("competitor", "The product the customer went to.", null=True),
            text("comment", "What the customer wrote about it.", null=True, personal=True),
        ),
    ),
    Table(
        name="fx_rate",
        key=("currency", "on_date"),
        grain="one row per currency and day",
        doc="What foreign money is worth; the rate of a day is the last one on or before it.",
        columns=(
            text("currency", "ISO 4217 code of the foreign currency."),
            date("on_date", "The day from which the rate holds."),
            decimal(
                "rate", "Value of 1 unit of `currency` in the book's currency, greater than zero.", low=0
            ),
        ),
    ),
    Table(
        name="spend",
        key=("month", "kind", "channel", "segment"),
        grain="one row per month, kind, channel and segment",
        doc="What the company spent to win, serve and keep customers.",
        columns=(
            date("month", "First day of the month of the spending."),
            choice(
                "kind",
                "What the money was spent for.",
                (
                    "acquisition",
                    "onboarding",
                    "support",
                    "success",
                    "delivery",
                    "cost_of_revenue",
                    "overhead",
                ),
            ),
            text(
                "channel", "The acquisition channel it was spent on; null if it was not for one.", null=True
            ),
            text("segment", "The segment it was spent on; null if it was not for one.", null=True),
            integer("amount_cents", "Amount in minor units of `currency`; a correction may be negative."),
            text("currency", "ISO 4217 code of the amount."),
        ),
    ),
)
