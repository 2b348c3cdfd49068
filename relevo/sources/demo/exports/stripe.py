"""Stripe: the exports of its dashboard, and its objects as a loader lands them.

An export knows the price of now, no discount, and of a dispute the amount and the day.
"""

from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.systems.stripe import STRIPE

# Headings of the English dashboard say (UTC); files of other languages show the older ones, in local time.
_SUBSCRIPTIONS = Sheet(
    "subscriptions_export",
    "subscriptions.csv",
    """SELECT sub_id AS id, customer_id, email AS customer_email, name AS customer_name, plan, quantity,
            lower(currency) AS currency, CASE months WHEN 3 THEN '3 months' ELSE interval_unit END AS "interval",
            unit_amount_cents AS amount, sub.status, start AS created, start, period_start AS current_start,
            period_end AS current_end, CASE WHEN trial_end IS NOT NULL THEN start END AS trial_start, trial_end,
            asked_at AS canceled_at, ended AS ended_at,
            CASE WHEN is_unpaid THEN 'payment_failed' WHEN is_over THEN 'cancellation_requested' END AS reason
        FROM sub JOIN customer USING (customer_id) ORDER BY start DESC, sub_id""",
    said="""
        created = Created (UTC) | Created | Created | Created
        start = Start Date (UTC) | Start Date | Start | Start (UTC)
        current_start = Current Period Start (UTC) | Current Period Start | Current Period Start | Current Period Start
        current_end = Current Period End (UTC) | Current Period End | Current Period End | Current Period End
        trial_start = Trial Start (UTC) | Trial Start | Trial Start | Trial Start
        trial_end = Trial End (UTC) | Trial End | Trial End | Trial End
        canceled_at = Canceled At (UTC) | Canceled At | Canceled At | Canceled At
        ended_at = Ended At (UTC) | Ended At | Ended At | Ended At
    """,
    more=("Customer Description", "salesperson (metadata)"),
)
_CUSTOMERS = Sheet(
    "customers_export",
    "customers.csv",
    """SELECT customer_id AS id, NULL AS description, email, name, created_at AS created, country, tax_id,
            false AS delinquent FROM customer ORDER BY customer_id DESC""",
    said="""
        created = Created (UTC) | Created | Created | Created (UTC)
        country = Address Country | Card Address Country
    """,
    more=("Card ID", "Plan", "Status"),
)
_INVOICES = Sheet(
    "invoices_export",
    "invoices.csv",
    """SELECT invoice_id AS id, 'INV-' || invoice_id AS number, customer_id, subscription_id,
            midday(issued_on) AS date, midday(due_on) AS due, midday(paid_on) AS paid_at,
            amount_cents + tax_cents AS amount_due, amount_cents + tax_cents AS total, tax_cents AS tax,
            lower(currency) AS currency, CASE WHEN paid_on IS NULL THEN 'open' ELSE 'paid' END AS status
        FROM invoice ORDER BY invoice_id DESC""",
    said="""
        customer_id = Customer
        date = Date (UTC) | Date | Created | Date (UTC)
        due = Due Date (UTC) | Due Date | Due Date | Due Date
        paid_at = Paid At (UTC) | Paid At | Paid At | Paid At
    """,
    more=("Amount Paid", "Attempt Count"),
)
_PAYMENTS = Sheet(
    "payments_export",
    "payments.csv",
    """SELECT a.payment_id AS id, NULL AS customer_description, NULL AS seller_message, a."at" AS created,
            a.amount_cents AS amount, coalesce(r.amount_cents, 0) AS refunded, lower(a.currency) AS currency,
            CASE a.status WHEN 'failed' THEN 'Failed' WHEN 'succeeded' THEN
                CASE WHEN r.amount_cents IS NULL THEN 'Paid' ELSE 'Refunded' END END AS status,
            a.customer_id, email AS customer_email, a.status <> 'failed' AS captured, r."at" AS refunded_at,
            d.amount_cents AS disputed, CASE WHEN d.amount_cents IS NOT NULL THEN 'lost' END AS dispute_status,
            d."at" AS dispute_at, a.invoice_id
        FROM attempt a JOIN customer USING (customer_id)
        LEFT JOIN back r ON r.attempt_id = a.payment_id AND r.status = 'refunded'
        LEFT JOIN back d ON d.attempt_id = a.payment_id AND d.status = 'disputed'
        ORDER BY a."at" DESC""",
    said="""
        created = Created (UTC) | Created | Created | Created (UTC)
        refunded_at = Refunded date (UTC) | Refunded date | Refunded date | Refunded date
        dispute_at = Dispute Date (UTC) | Dispute Date | Dispute Date | Dispute Date
    """,
    more=("Statement Descriptor", "Card Last4", "PaymentIntent ID"),
)
_SPANS = """SELECT subscription_id, customer_id, valid_from, valid_to, plan, unit_amount_cents, quantity, interval_unit,
        interval_count, currency, status, usage, term_end_on, cancel_requested_at FROM subscription_span"""
_TELLS = {
    "subscription_span": _SPANS,
    "cancellation": 'SELECT customer_id, "at", requested_at, voluntary FROM cancellation',
    "invoice": "SELECT * FROM invoice",
    "payment": "SELECT * FROM payment",
    "customer": "SELECT customer_id, name, tax_id, created_at, country FROM customer",
    "contact": "SELECT customer_id AS contact_id, customer_id, name, email FROM customer",
}
STRIPE_EXPORTS = Export("stripe", STRIPE, (_SUBSCRIPTIONS, _CUSTOMERS, _INVOICES, _PAYMENTS), _TELLS)

_PRICE = "'price_' || md5(concat_ws('/', plan, unit_amount_cents, months, currency))"
_LOADED = (
    Sheet(
        "customer",
        "customer.csv",
        """SELECT customer_id AS id, name, email, created_at AS created, country AS address_country,
            tax_id AS tax_info_tax_id, false AS is_deleted, true AS livemode FROM customer""",
    ),
    Sheet(
        "subscription",
        "subscription_history.csv",
        """SELECT sub_id AS id, customer_id, status, start AS created, start AS start_date,
            CASE WHEN trial_end IS NOT NULL THEN start END AS trial_start, trial_end, asked_at AS canceled_at,
            ended AS ended_at, period_start AS current_period_start, period_end AS current_period_end,
            CASE WHEN is_unpaid THEN 'payment_failed' WHEN is_over THEN 'cancellation_requested' END
                AS cancellation_details_reason, true AS livemode FROM sub""",
    ),
    Sheet(
        "subscription_item",
        "subscription_item.csv",
        f"""SELECT 'si_' || sub_id AS id, sub_id AS subscription_id, {_PRICE} AS plan_id, quantity, start AS created
            FROM sub""",
    ),
    Sheet(
        "price",
        "price.csv",
        f"""SELECT DISTINCT {_PRICE} AS id, CAST(unit_amount_cents AS VARCHAR) AS unit_amount,
            lower(currency) AS currency, 'prod_' || plan AS product_id, interval_unit AS recurring_interval,
            interval_count AS recurring_interval_count, 'licensed' AS recurring_usage_type, true AS livemode
            FROM sub""",
    ),
    Sheet("product", "product.csv", "SELECT DISTINCT 'prod_' || plan AS id, plan AS name, true AS active FROM sub"),
    Sheet(
        "invoice",
        "invoice.csv",
        """SELECT invoice_id AS id, customer_id, subscription_id, midday(issued_on) AS created,
            midday(due_on) AS due_date, midday(issued_on) AS status_transitions_finalized_at,
            midday(paid_on) AS status_transitions_paid_at, lower(currency) AS currency,
            amount_cents + tax_cents AS total, tax_cents AS tax, amount_cents + tax_cents AS amount_due,
            CASE WHEN paid_on IS NULL THEN 'open' ELSE 'paid' END AS status, paid_on IS NOT NULL AS paid
            FROM invoice""",
    ),
    Sheet(
        "charge",
        "charge.csv",
        """SELECT payment_id AS id, amount_cents AS amount, "at" AS created, lower(currency) AS currency, customer_id,
            invoice_id, status, status <> 'failed' AS captured FROM attempt""",
    ),
    Sheet(
        "refund",
        "refund.csv",
        """SELECT payment_id AS id, amount_cents AS amount, attempt_id AS charge_id, "at" AS created,
            lower(currency) AS currency, 'succeeded' AS status FROM back WHERE status = 'refunded'""",
    ),
    Sheet(
        "dispute",
        "dispute.csv",
        """SELECT payment_id AS id, amount_cents AS amount, attempt_id AS charge_id, "at" AS created,
            lower(currency) AS currency, 'fraudulent' AS reason, 'lost' AS status FROM back
            WHERE status = 'disputed'""",
    ),
)
_DISCOUNTS = (
    Sheet(
        "coupon",
        "coupon.csv",
        """SELECT 'co_' || sub_id AS id, amount AS amount_off, NULL AS percent_off, lower(currency) AS currency,
            'repeating' AS duration, 3 AS duration_in_months FROM reduction""",
    ),
    Sheet(
        "subscription_discount",
        "subscription_discount.csv",
        """SELECT 'di_' || sub_id AS id, 'co_' || sub_id AS coupon_id, customer_id, sub_id AS subscription_id,
            from_at AS start, to_at AS "end" FROM reduction""",
    ),
)
_BILLED = ("invoice", "charge", "refund", "dispute")
STRIPE_REDUCED = Export(
    "stripe_reduced",
    STRIPE,
    (*(sheet for sheet in _LOADED if sheet.table not in _BILLED), *_DISCOUNTS),
    {
        "subscription_span": """SELECT subscription_id, customer_id, valid_from, valid_to, plan, unit_amount_cents,
            quantity, interval_unit, interval_count, currency, status, discount_cents FROM reduced_span""",
    },
    is_loaded=True,
)
STRIPE_LOADED = Export("stripe_loaded", STRIPE, _LOADED, _TELLS, is_loaded=True)
