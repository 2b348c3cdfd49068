"""Chargebee: its exports of subscriptions, by the names of its API (amounts in minor units) or by labels (in major).

The labels are those of its documentation and of programs that read such files; no export of the screen was at hand.
"""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_NAMED = RawTable(
    "subscriptions",
    fields("""
        id!
        customer_id!
        plan_id!
        quantity number = plan_quantity
        unit_price minor = plan_unit_price
        mrr minor
        currency = currency_code
        status!
        trial_start time
        trial_end time
        term_start time = current_term_start
        term_end time = current_term_end
        created time = created_at
        started time = started_at
        activated time = activated_at
        cancelled time = cancelled_at
        cancel_reason
        paused time = pause_date
        period whole = billing_period
        period_unit = billing_period_unit
        due_invoices_count whole
    """),
    key=("id",),
)
_LABELLED = RawTable(
    "subscriptions_export",
    fields("""
        id! = Subscription Id | Subscription ID
        customer_id! = Customer Id | Customer ID
        plan_id! = Plan Id | Plan ID | Plan Name
        quantity number = Plan Quantity
        unit_price major = Plan Unit Price | Plan Amount
        mrr major = MRR | Monthly Recurring Revenue
        currency = Currency Code | Currency
        status! = Status | Subscription Status
        trial_start time = Trial Start
        trial_end time = Trial End
        term_start time = Current Term Start
        term_end time = Current Term End
        created time = Created At
        started time = Started At | Start Date
        activated time = Activated At
        cancelled time = Cancelled At
        cancel_reason = Cancel Reason
        paused time = Pause Date
        period whole = Billing Period
        period_unit = Billing Period Unit
        due_invoices_count whole = Due Invoices Count
    """),
    key=("id",),
)
_CURRENCY = "upper(coalesce(this.currency, {currency}))"


def _spans(of: str, price: str, mrr: str) -> Recipe:
    """The price of a unit per billing period where both are told, else the MRR that Chargebee worked out."""
    is_priced = "this.unit_price IS NOT NULL AND this.period_unit IS NOT NULL"
    return Recipe(
        "subscription_span",
        of,
        {
            "subscription_id": "'chargebee:' || this.id",
            "item_id": "'plan'",
            "customer_id": "'chargebee:' || this.customer_id",
            "valid_from": "stretch.from_at",
            "valid_to": "stretch.to_at",
            "plan": "this.plan_id",
            "unit_amount_cents": f"CASE WHEN {is_priced} THEN {price} ELSE {mrr} END",
            "quantity": f"CASE WHEN {is_priced} THEN coalesce(this.quantity, 1) ELSE 1 END",
            "interval_unit": f"CASE WHEN {is_priced} THEN interval_unit(this.period_unit) ELSE 'month' END",
            "interval_count": f"CASE WHEN {is_priced} THEN coalesce(this.period, 1) ELSE 1 END",
            "currency": _CURRENCY,
            "status": """CASE WHEN this.status IS NULL THEN NULL
                WHEN lower(this.status) = 'in_trial' OR stretch.from_at < this.trial_end THEN 'trialing'
                WHEN lower(this.status) = 'paused' AND stretch.from_at >= coalesce(this.paused, this.term_start)
                THEN 'paused' ELSE 'active' END""",
            "usage": "'licensed'",
            "term_end_on": "CAST(this.term_end AS DATE)",
            "auto_renew": "lower(this.status) <> 'non_renewing'",
            "cancel_requested_at": "CASE WHEN lower(this.status) = 'non_renewing' THEN this.cancelled END",
        },
        joins="""CROSS JOIN UNNEST(stretches(coalesce(this.started, this.activated, this.created),
            CASE WHEN lower(this.status) IN ('cancelled', 'non_renewing') THEN this.cancelled END,
            [CASE WHEN lower(this.status) <> 'in_trial' THEN this.trial_end END,
             CASE WHEN lower(this.status) = 'paused' THEN coalesce(this.paused, this.term_start) END])
            ) AS cut(stretch)""",
        where="coalesce(lower(this.status), '') NOT IN ('future', 'transferred')",
        rest="they have not begun, or went to another site",
        tells_all_of=("subscription_id", "item_id"),
    )


def _cancellations(of: str) -> Recipe:
    return Recipe(
        "cancellation",
        of,
        {
            "customer_id": "'chargebee:' || this.customer_id",
            "at": "this.cancelled",
            "reason": "this.cancel_reason",
            "voluntary": """CASE WHEN lower(this.cancel_reason) IN ('not_paid', 'no_card', 'fraud_review_failed',
                'non_compliant_eu_customer', 'tax_calculation_failed') THEN false
                WHEN this.cancel_reason IS NULL THEN NULL ELSE true END""",
        },
        where="lower(this.status) IN ('cancelled', 'non_renewing') AND this.cancelled IS NOT NULL",
        rest="they are not cancelled",
    )


CHARGEBEE = System(
    "chargebee",
    "Chargebee",
    (_NAMED, _LABELLED),
    (
        _spans("subscriptions", "this.unit_price", "this.mrr"),
        _cancellations("subscriptions"),
        _spans("subscriptions_export", f"cents(this.unit_price, {_CURRENCY})", f"cents(this.mrr, {_CURRENCY})"),
        _cancellations("subscriptions_export"),
    ),
    {},
)
