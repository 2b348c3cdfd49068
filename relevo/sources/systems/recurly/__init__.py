"""Recurly, as loaders land it: every version of an object with the time from which it holds."""

from relevo.sources.raw.model import RawTable, Recipe, System, fields

_ACCOUNT = RawTable(
    "account_history",
    fields("""
        id!
        updated_at! time
        created_at time
        deleted_at time
        code!
        state
        email
        company
        account_first_name
        account_last_name
        vat_number
        account_country
        bill_to
    """),
    files=("account",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_SUBSCRIPTION = RawTable(
    "subscription_history",
    fields("""
        id!
        updated_at! time
        account_id!
        plan_id!
        state!
        created_at time
        activated_at time
        canceled_at time
        expires_at time
        paused_at time
        trial_started_at time
        trial_ends_at time
        current_term_ends_at time
        auto_renew flag
        currency!
        unit_amount! number
        quantity number
        add_ons_total number
        collection_method
        expiration_reason
    """),
    files=("subscription",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_PLAN = RawTable(
    "plan_history",
    fields("""
        id!
        updated_at time
        code!
        name!
        interval_unit!
        interval_length! whole
        trial_unit
        trial_length
        total_billing_cycles
    """),
    files=("plan",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_REDEMPTION = RawTable(
    "coupon_redemption_history",
    fields("""
        id!
        updated_at! time
        account_id!
        coupon_id!
        created_at! time
        removed_at time
        currency
        state
    """),
    files=("coupon_redemption",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_DISCOUNT = RawTable(
    "coupon_discount",
    fields("""
        coupon_id!
        fivetran_id
        amount number
        currency
        percentage! number
        trial_length
        type!
    """),
    is_loader=True,
    key=("coupon_id", "currency"),
)
_INVOICE = RawTable(
    "invoice_history",
    fields("""
        id!
        updated_at! time
        account_id!
        created_at! time
        due_at time
        closed_at time
        state!
        type
        number
        currency!
        total! number
        tax number
        paid number
        balance number
        net_terms
        refundable_amount
    """),
    files=("invoice",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_OF_INVOICE = RawTable(
    "invoice_subscription_history",
    fields("""
        invoice_id!
        subscription_id!
        invoice_updated_at! time
    """),
    files=("invoice_subscription",),
    is_loader=True,
    key=("invoice_id",),
    version="invoice_updated_at",
)
_LINE = RawTable(
    "line_item_history",
    fields("""
        id!
        updated_at! time
        invoice_id!
        subscription_id
        plan_id
        currency!
        amount! number
        subtotal number
        discount number
        type
        origin
        start_date time
        end_date time
        proration_rate
        add_on_id
        original_line_item_invoice_id
    """),
    files=("line_item",),
    is_loader=True,
    key=("id",),
    version="updated_at",
)
_TRANSACTION = RawTable(
    "transaction",
    fields("""
        id!
        created_at! time
        collected_at time
        account_id!
        invoice_id
        original_transaction_id
        type!
        origin
        status!
        success flag
        currency!
        amount! number
        gateway_reference
    """),
    is_loader=True,
    key=("id",),
)
_NOTHING_YET = "this.state IN ('future', 'failed')"
# The first version that is known holds since the subscription began.
_BEGAN = "CASE WHEN this._before IS NULL THEN coalesce(this.activated_at, this.created_at) ELSE this.updated_at END"
_GIVEN = """
    SELECT r.account_id, list({'from_at': r.created_at, 'to_at': r.removed_at, 'percent': d.percentage,
        'amount': d.amount, 'currency': d.currency}) AS coupons
    FROM {coupon_redemption_history} r JOIN {coupon_discount} d ON d.coupon_id = r.coupon_id
    WHERE d.type IN ('percent', 'fixed') GROUP BY ALL"""
# Versions after the end tell nothing of it any more.
_NOT_OVER = "(this._before IS NOT NULL AND this.updated_at >= this.expires_at) IS NOT TRUE"
_JOINS = f"""
    LEFT JOIN {{plan_history}} plan ON plan.id = this.plan_id
    LEFT JOIN ({_GIVEN}) given ON given.account_id = this.account_id
    CROSS JOIN UNNEST(stretches({_BEGAN}, least(this._next, this.expires_at),
        list_concat([this.trial_ends_at, this.paused_at], list_transform(given.coupons, lambda c: c.from_at),
            list_transform(given.coupons, lambda c: c.to_at)))) AS cut(stretch)"""
_IN_FORCE = """list_filter(given.coupons, lambda c: c.from_at <= stretch.from_at
    AND (c.to_at IS NULL OR stretch.from_at < c.to_at) AND (c.currency IS NULL OR c.currency = this.currency))"""


def _span(item: str, amount: str, quantity: str, off: str, where: str, rest: str) -> Recipe:
    """The spans of the plan or of the add-ons of a subscription; `off` is what coupons take off, in major units."""
    return Recipe(
        "subscription_span",
        "subscription_history",
        {
            "subscription_id": "'recurly:' || this.id",
            "item_id": f"'{item}'",
            "customer_id": "'recurly:' || this.account_id",
            "valid_from": "stretch.from_at",
            "valid_to": "stretch.to_at",
            "plan": "coalesce(plan.name, this.plan_id)",
            "unit_amount_cents": f"cents({amount}, this.currency)",
            "quantity": quantity,
            "interval_unit": "interval_unit(plan.interval_unit)",
            "interval_count": "plan.interval_length",
            "discount_cents": f"rounded_cents({off}, this.currency)",
            "discount_kind": f"CASE WHEN len({_IN_FORCE}) > 0 THEN 'repeating' END",
            "currency": "this.currency",
            "status": """CASE WHEN this.state IS NULL THEN NULL
                WHEN stretch.from_at < this.trial_ends_at THEN 'trialing'
                WHEN stretch.from_at >= this.paused_at THEN 'paused' ELSE 'active' END""",
            "usage": "'licensed'",
            "collection": "CASE this.collection_method WHEN 'automatic' THEN 'charge' WHEN 'manual' THEN 'invoice' END",
            "term_end_on": "CAST(this.current_term_ends_at AS DATE)",
            "auto_renew": "this.auto_renew",
            "cancel_requested_at": "this.canceled_at",
        },
        joins=_JOINS,
        where=f"({_NOTHING_YET}) IS NOT TRUE AND {_NOT_OVER}{where}",
        rest=rest,
        tells_all_of=("subscription_id", "item_id"),
        of_versions=True,
        missing={"interval_unit": "how often it is paid is not known: the table plan_history does not have its plan"},
    )


_PERCENT = f"list_sum(list_transform({_IN_FORCE}, lambda c: c.percent / 100))"
_FIXED = f"list_sum(list_transform({_IN_FORCE}, lambda c: c.amount))"
_PLAN_COST = "this.unit_amount * coalesce(this.quantity, 1)"
_SPANS = (
    _span(
        "plan", "this.unit_amount", "coalesce(this.quantity, 1)",
        f"least(coalesce({_PLAN_COST} * {_PERCENT}, 0) + coalesce({_FIXED}, 0), {_PLAN_COST})",
        "", "they have not begun, failed, or had ended",
    ),
    _span(
        "add_ons", "this.add_ons_total", "1", f"coalesce(this.add_ons_total * {_PERCENT}, 0)",
        " AND this.add_ons_total > 0", "they have no add-ons, or have not begun, failed, or had ended",
    ),
)  # fmt: skip
_CUSTOMER = Recipe(
    "customer",
    "account_history",
    {
        "customer_id": "'recurly:' || this.id",
        "name": """coalesce(this.company, nullif(trim(concat_ws(' ', this.account_first_name,
            this.account_last_name)), ''), this.email, this.code)""",
        "tax_id": "this.vat_number",
        "created_at": "this.created_at",
        "country": "this.account_country",
    },
)
_CONTACT = Recipe(
    "contact",
    "account_history",
    {
        "contact_id": "'recurly:' || this.id",
        "customer_id": "'recurly:' || this.id",
        "name": "nullif(trim(concat_ws(' ', this.account_first_name, this.account_last_name)), '')",
        "email": "this.email",
    },
    where="this.email IS NOT NULL",
    rest="they have no address",
)
_CANCELLATION = Recipe(
    "cancellation",
    "subscription_history",
    {
        "customer_id": "'recurly:' || this.account_id",
        "at": "coalesce(this.expires_at, this.canceled_at)",
        "requested_at": "this.canceled_at",
        "reason": "this.expiration_reason",
        "voluntary": """CASE WHEN this.expiration_reason LIKE '%nonpayment%' THEN false
            WHEN this.expiration_reason LIKE 'cancel%' THEN true END""",
    },
    where="this.canceled_at IS NOT NULL OR this.state = 'expired'",
    rest="they are not cancelled",
)
_INVOICES = Recipe(
    "invoice",
    "invoice_history",
    {
        "invoice_id": "'recurly:' || this.id",
        "customer_id": "'recurly:' || this.account_id",
        "subscription_id": "'recurly:' || of_subscription.subscription_id",
        "issued_on": "CAST(this.created_at AS DATE)",
        "due_on": "CAST(this.due_at AS DATE)",
        "paid_on": "CASE WHEN this.state = 'paid' THEN CAST(this.closed_at AS DATE) END",
        "amount_cents": "cents(this.total - coalesce(this.tax, 0), this.currency)",
        "tax_cents": "cents(this.tax, this.currency)",
        "currency": "this.currency",
    },
    joins="LEFT JOIN {invoice_subscription_history} of_subscription ON of_subscription.invoice_id = this.id",
    where="this.state IS NULL OR this.state NOT IN ('open', 'voided')",
    rest="they are open drafts or void",
)
_LINES = Recipe(
    "invoice_line",
    "line_item_history",
    {
        "invoice_id": "'recurly:' || this.invoice_id",
        "line_id": "this.id",
        "subscription_id": "'recurly:' || this.subscription_id",
        "kind": """CASE WHEN this.origin LIKE '%proration%' OR this.proration_rate IS NOT NULL THEN 'proration'
            WHEN this.origin IN ('plan', 'add_on', 'plan_trial') THEN 'recurring'
            WHEN this.origin = 'usage_add_on' THEN 'usage' ELSE 'one_off' END""",
        "period_from": "CAST(this.start_date AS DATE)",
        "period_to": "CAST(this.end_date AS DATE)",
        "amount_cents": "cents(coalesce(this.subtotal - coalesce(this.discount, 0), this.amount), this.currency)",
    },
)
_PAYMENTS = Recipe(
    "payment",
    "transaction",
    {
        "payment_id": "'recurly:' || this.id",
        "invoice_id": "'recurly:' || this.invoice_id",
        "customer_id": "'recurly:' || this.account_id",
        "at": "coalesce(this.collected_at, this.created_at)",
        "amount_cents": "cents(this.amount, this.currency)",
        "currency": "this.currency",
        "status": """CASE WHEN this.type = 'refund' THEN 'refunded' WHEN this.success THEN 'succeeded'
            ELSE 'failed' END""",
    },
    where="this.type IN ('purchase', 'capture', 'refund') AND this.status NOT IN ('void', 'pending', 'processing')",
    rest="they only verify a card, were void, or are not through",
)
RECURLY = System(
    "recurly",
    "Recurly",
    (
        _ACCOUNT, _SUBSCRIPTION, _PLAN, _REDEMPTION, _DISCOUNT, _INVOICE, _OF_INVOICE, _LINE, _TRANSACTION,
    ),
    (_CUSTOMER, _CONTACT, *_SPANS, _CANCELLATION, _INVOICES, _LINES, _PAYMENTS),
    {
        "plan_history": "how often a subscription is paid stays unknown, so that none can be read.",
        "coupon_redemption_history": "amounts are without discounts.",
        "coupon_discount": "amounts are without discounts.",
        "invoice_subscription_history": "which subscription an invoice is for stays unknown.",
    },
    (
        "account_balance_history", "account_note_history", "billing_info_history", "credit_payment_history",
        "invoice_coupon_redemption_history", "plan_currency_history", "subscription_add_on_history",
        "subscription_change_history", "transaction_subscription",
    ),
)  # fmt: skip
