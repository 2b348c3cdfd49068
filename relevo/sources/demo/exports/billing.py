"""Chargebee, ChartMogul and Recurly: subscriptions without what was billed, and a loader's tables with every version.

None of them says since when a subscription is past due: the invoice is, and the subscription goes on.
"""

from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.systems.chargebee import CHARGEBEE
from relevo.sources.systems.chartmogul import CHARTMOGUL
from relevo.sources.systems.recurly import RECURLY

# A stretch that is past due is part of the one before.
_PLAIN = """SELECT sub_id AS subscription_id, customer_id, start AS valid_from, coalesce(paid_from, ended) AS valid_to,
        plan, 'trialing' AS status FROM sub WHERE trial_end IS NOT NULL
    UNION ALL SELECT sub_id, customer_id, paid_from, ended, plan, 'active' FROM sub WHERE paid_from IS NOT NULL"""
_TERMS = "sub.unit_amount_cents, sub.quantity, sub.interval_unit, sub.interval_count, sub.currency"
_LEFT = 'SELECT customer_id, "at", voluntary FROM cancellation'
_CHARGEBEE_TELLS = {
    "subscription_span": f"""SELECT spans.*, {_TERMS}, 'licensed' AS usage, CAST(period_end AS DATE) AS term_end_on
        FROM ({_PLAIN}) spans JOIN sub ON sub_id = subscription_id""",
    "cancellation": _LEFT,
}


def _chargebee(reason: str) -> str:
    """The rows of either export; one of labels capitalises its words."""
    return f"""SELECT sub_id AS id, customer_id, plan AS plan_id, quantity, unit_amount_cents AS unit_price,
            currency, CASE WHEN is_over THEN 'cancelled' WHEN paid_from IS NULL THEN 'in_trial'
                ELSE 'active' END AS status,
            CASE WHEN trial_end IS NOT NULL THEN start END AS trial_start, trial_end, period_start AS term_start,
            period_end AS term_end, start AS created, start AS started, paid_from AS activated, ended AS cancelled,
            {reason} AS cancel_reason, interval_count AS period, interval_unit AS period_unit
        FROM sub ORDER BY sub_id DESC"""


_REASON = "CASE WHEN is_unpaid THEN 'not_paid' WHEN is_over THEN 'order_change' END"
CHARGEBEE_EXPORTS = Export(
    "chargebee",
    CHARGEBEE,
    (Sheet("subscriptions_export", "chargebee_subscriptions.csv", _chargebee(_REASON)),),
    _CHARGEBEE_TELLS,
)
CHARGEBEE_NAMED = Export(
    "chargebee_named",
    CHARGEBEE,
    (Sheet("subscriptions", "subscriptions.csv", _chargebee(_REASON), more=("object", "deleted")),),
    _CHARGEBEE_TELLS,
    is_loaded=True,
)
_CHARTMOGUL = Sheet(
    "subscriptions",
    "chartmogul.csv",
    """SELECT customer_id AS customer_uuid, customer_id || '|ext_' || customer_id AS external_ids, name, email, country,
            sub_id AS subscription_id, 'Stripe' AS billing_system, 'pl_' || plan AS plan_uuid, plan, quantity,
            unit_amount_cents * quantity // months AS mrr, unit_amount_cents * quantity // months * 12 AS arr,
            currency, interval_unit, interval_count, CASE WHEN is_over THEN 'Cancelled' WHEN sub.status = 'past_due'
                THEN 'Past_Due' ELSE 'Active' END AS status, paid_from AS start, ended AS "end"
        FROM sub JOIN customer USING (customer_id) WHERE paid_from IS NOT NULL ORDER BY name, start""",
)
CHARTMOGUL_EXPORTS = Export(
    "chartmogul",
    CHARTMOGUL,
    (_CHARTMOGUL,),
    {
        "subscription_span": """SELECT sub_id AS subscription_id, customer_id, paid_from AS valid_from,
            ended AS valid_to, plan, unit_amount_cents * quantity // months AS unit_amount_cents, 1 AS quantity,
            'month' AS interval_unit, 1 AS interval_count, currency, 'licensed' AS usage, 'active' AS status
            FROM sub WHERE paid_from IS NOT NULL""",
        "customer": """SELECT customer_id, name, country FROM customer WHERE customer_id IN
            (SELECT customer_id FROM sub WHERE paid_from IS NOT NULL)""",
    },
)

_PLAN = "'plan_' || plan || '_' || months"
# A loader keeps a version for each time at which something was said: when it began, was cancelled, and ended.
_VERSIONS = f"""SELECT sub_id AS id, seen.updated_at, customer_id AS account_id, {_PLAN} AS plan_id,
        CASE WHEN seen.updated_at = ended THEN 'expired' WHEN seen.updated_at = asked_at THEN 'canceled'
            ELSE 'active' END AS state, start AS created_at, start AS activated_at,
        CASE WHEN seen.updated_at >= asked_at THEN asked_at END AS canceled_at,
        CASE WHEN seen.updated_at >= asked_at THEN ended END AS expires_at,
        CASE WHEN trial_end IS NOT NULL THEN start END AS trial_started_at, trial_end AS trial_ends_at,
        period_end AS current_term_ends_at, currency, major(unit_amount_cents, currency) AS unit_amount, quantity,
        CASE WHEN seen.updated_at = ended AND is_unpaid THEN 'nonpayment'
            WHEN seen.updated_at >= asked_at THEN 'canceled' END AS expiration_reason
    FROM sub CROSS JOIN UNNEST(list_filter(list_distinct([start, asked_at, ended]), lambda t: t IS NOT NULL))
        AS seen(updated_at)"""
_RECURLY = (
    Sheet(
        "account_history",
        "account_history.csv",
        """SELECT customer_id AS id, created_at AS updated_at, created_at, 'code_' || customer_id AS code,
            'active' AS state, email, name AS company, tax_id AS vat_number, country AS account_country
            FROM customer""",
    ),
    Sheet("subscription_history", "subscription_history.csv", _VERSIONS),
    Sheet(
        "plan_history",
        "plan_history.csv",
        f"""SELECT DISTINCT {_PLAN} AS id, TIMESTAMP '2020-01-01' AS updated_at, {_PLAN} AS code, plan AS name,
            'months' AS interval_unit, months AS interval_length FROM sub""",
    ),
    Sheet(
        "invoice_history",
        "invoice_history.csv",
        """SELECT invoice_id AS id, midday(issued_on) AS updated_at, customer_id AS account_id,
            midday(issued_on) AS created_at, midday(due_on) AS due_at, midday(paid_on) AS closed_at,
            CASE WHEN paid_on IS NULL THEN 'past_due' ELSE 'paid' END AS state, 'charge' AS type, currency,
            major(amount_cents + tax_cents, currency) AS total, major(tax_cents, currency) AS tax FROM invoice""",
    ),
    Sheet(
        "invoice_subscription_history",
        "invoice_subscription_history.csv",
        "SELECT invoice_id, subscription_id, midday(issued_on) AS invoice_updated_at FROM invoice",
    ),
    Sheet(
        "transaction",
        "transaction.csv",
        """SELECT payment_id AS id, "at" AS created_at, "at" AS collected_at, customer_id AS account_id, invoice_id,
            CASE status WHEN 'refunded' THEN 'refund' ELSE 'purchase' END AS type,
            CASE status WHEN 'failed' THEN 'declined' ELSE 'success' END AS status, status <> 'failed' AS success,
            currency, major(amount_cents, currency) AS amount FROM payment WHERE status <> 'disputed'""",
    ),
)
_SOLD = ("account_history", "subscription_history", "plan_history")
_CUT = """SELECT spans.subscription_id, spans.customer_id, spans.plan, spans.status, cut.stretch.from_at AS valid_from,
        cut.stretch.to_at AS valid_to FROM (SELECT *, list_filter([asked_at], lambda t: t > valid_from AND t < valid_to)
            AS cuts FROM spans) spans
    CROSS JOIN UNNEST(list_transform(list_zip(list_concat([valid_from], cuts), list_concat(cuts, [valid_to])),
        lambda part: {'from_at': part[1], 'to_at': part[2]})) AS cut(stretch)"""
_COUPONS = (
    Sheet(
        "coupon_redemption_history",
        "coupon_redemption_history.csv",
        """SELECT 'r_' || sub_id AS id, from_at AS updated_at, customer_id AS account_id, 'co_' || sub_id AS coupon_id,
            from_at AS created_at, to_at AS removed_at, currency, 'active' AS state FROM reduction""",
    ),
    Sheet(
        "coupon_discount",
        "coupon_discount.csv",
        """SELECT 'co_' || sub_id AS coupon_id, major(amount, currency) AS amount, currency, NULL AS percentage,
            'fixed' AS type FROM reduction""",
    ),
)
RECURLY_REDUCED = Export(
    "recurly_reduced",
    RECURLY,
    (*(sheet for sheet in _RECURLY if sheet.table in _SOLD), *_COUPONS),
    {"customer": "SELECT customer_id, name, tax_id, created_at, country FROM customer"},
    is_loaded=True,
)
RECURLY_LOADED = Export(
    "recurly_loaded",
    RECURLY,
    _RECURLY,
    {
        "subscription_span": f"""WITH spans AS (SELECT plain.*, asked_at FROM ({_PLAIN}) plain
                JOIN sub ON sub_id = subscription_id)
            SELECT cuts.*, sub.unit_amount_cents, sub.quantity, 'month' AS interval_unit, months AS interval_count,
                sub.currency, 'licensed' AS usage, CAST(period_end AS DATE) AS term_end_on
            FROM ({_CUT}) cuts JOIN sub ON sub_id = subscription_id""",
        "cancellation": 'SELECT customer_id, "at", requested_at, voluntary FROM cancellation',
        "invoice": "SELECT * FROM invoice",
        "payment": "SELECT * FROM payment WHERE status <> 'disputed'",
        "customer": "SELECT customer_id, name, tax_id, created_at, country FROM customer",
        "contact": "SELECT customer_id AS contact_id, customer_id, email FROM customer",
    },
    is_loaded=True,
)
