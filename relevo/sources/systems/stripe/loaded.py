"""Stripe's objects as loaders land them: amounts in minor units of Stripe's own, times in UTC.

A subscription item keeps no past: its price and quantity of now hold for as long as the subscription has run. What
is known of the past are the trial, discounts and the end, and the span of an item is cut there.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_CUSTOMER = RawTable(
    "customer",
    fields("""
        id!
        name
        email
        description
        created! time
        currency
        address_country
        tax_info_tax_id
        is_deleted flag
        delinquent flag
        invoice_prefix
        livemode flag
    """),
    is_loader=True,
    key=("id",),
)
_SUBSCRIPTION = RawTable(
    "subscription",
    fields("""
        id!
        customer_id! = customer_id | customer
        status!
        created time
        start_date time
        trial_start time
        trial_end time
        canceled_at time
        cancel_at time
        cancel_at_period_end flag
        ended_at time
        current_period_start time
        current_period_end time
        billing = billing | collection_method
        cancellation_details_reason
        cancellation_details_comment
        cancellation_details_feedback
        livemode flag
    """),
    files=("subscription_history", "subscriptions"),
    is_loader=True,
    key=("id",),
)
_ITEM = RawTable(
    "subscription_item",
    fields("""
        id!
        subscription_id! = subscription_id | subscription
        plan_id = plan_id | price_id | price
        quantity number
        created! time
        current_period_start time
        current_period_end time
        is_deleted flag = _fivetran_deleted
        synced time = _fivetran_synced
    """),
    files=("subscription_items",),
    is_loader=True,
    key=("id",),
)
_PLAN = RawTable(
    "plan",
    fields("""
        id!
        amount! minor
        currency!
        interval!
        interval_count whole
        nickname
        product_id = product_id | product
        usage_type
        billing_scheme
        trial_period_days
        livemode flag
    """),
    files=("plans",),
    is_loader=True,
    key=("id",),
)
_PRICE = RawTable(
    "price",
    fields("""
        id!
        unit_amount! number
        unit_amount_decimal number
        currency!
        nickname
        lookup_key
        product_id = product_id | product
        recurring_interval!
        recurring_interval_count whole
        recurring_usage_type
        billing_scheme
        type
        livemode flag
    """),
    files=("prices",),
    is_loader=True,
    key=("id",),
)
_PRODUCT = RawTable(
    "product",
    fields("""
        id!
        name!
        active flag
        unit_label
        statement_descriptor
        created time
    """),
    files=("products",),
    is_loader=True,
    key=("id",),
)
_COUPON = RawTable(
    "coupon",
    fields("""
        id!
        amount_off minor
        percent_off! number
        currency
        duration!
        duration_in_months whole
        name
        times_redeemed whole
    """),
    files=("coupons",),
    is_loader=True,
    key=("id",),
)
_DISCOUNT = RawTable(
    "subscription_discount",
    fields("""
        id!
        coupon_id!
        customer_id
        subscription_id!
        checkout_session
        invoice_item_id
        start! time
        end time
    """),
    files=("discount", "discounts"),
    is_loader=True,
    key=("id",),
)
_INVOICE = RawTable(
    "invoice",
    fields("""
        id!
        customer_id! = customer_id | customer
        subscription_id = subscription_id | subscription
        created time
        due_date time
        status_transitions_finalized_at time
        status_transitions_paid_at time
        period_start time
        period_end time
        currency!
        total! minor
        tax minor
        amount_due minor
        amount_paid minor
        post_payment_credit_notes_amount minor
        status
        billing_reason
        number
        paid flag
        livemode flag
    """),
    files=("invoices",),
    is_loader=True,
    key=("id",),
)
_LINE = RawTable(
    "invoice_line_item",
    fields("""
        id!
        invoice_id!
        amount! minor
        currency
        period_start time
        period_end time
        plan_id
        price_id
        proration flag
        quantity number
        subscription_id
        subscription_item_id
        type
        unique_id
        unit_amount_excluding_tax number
        livemode flag
    """),
    files=("invoice_line_items", "invoice_line"),
    is_loader=True,
    key=("invoice_id", "id"),
)
_CHARGE = RawTable(
    "charge",
    fields("""
        id!
        amount! minor
        amount_refunded minor
        created! time
        currency!
        customer_id = customer_id | customer
        invoice_id = invoice_id | invoice
        status!
        captured flag
        failure_code
        payment_intent_id
        outcome_type
        receipt_email
        livemode flag
    """),
    files=("charges",),
    is_loader=True,
    key=("id",),
)
_REFUND = RawTable(
    "refund",
    fields("""
        id!
        amount! minor
        charge_id! = charge_id | charge
        created! time
        currency
        reason
        receipt_number
        status
    """),
    files=("refunds",),
    is_loader=True,
    key=("id",),
)
_DISPUTE = RawTable(
    "dispute",
    fields("""
        id!
        amount! minor
        charge_id! = charge_id | charge
        created! time
        currency
        evidence_details_due_by
        is_charge_refundable
        reason
        status!
    """),
    files=("disputes",),
    is_loader=True,
    key=("id",),
)
TABLES = (
    _CUSTOMER, _SUBSCRIPTION, _ITEM, _PLAN, _PRICE, _PRODUCT, _COUPON, _DISCOUNT, _INVOICE, _LINE, _CHARGE, _REFUND,
    _DISPUTE,
)  # fmt: skip


def _minor(amount: str, currency: str, cents: str = "cents") -> str:
    """An amount as the book has it: Stripe tells some currencies in other units than ISO 4217.

    Kronur and Ugandan shillings come in hundredths, which they no longer have, and ariary without their hundredths.
    What is no whole krona is set aside, or rounded where `cents` says so.
    """
    hundredths = f"{cents}(CAST({amount} AS DECIMAL(18, 2)) * 0.01, upper({currency}))"
    return (
        f"CASE WHEN upper({currency}) IN ('ISK', 'UGX') THEN {hundredths} "
        f"WHEN upper({currency}) = 'MGA' THEN {amount} * 100 ELSE {amount} END"
    )


_CURRENCY = "coalesce(price.currency, plan.currency)"
# Items of a subscription share a discount of a fixed amount by what they cost: parts of running sums add up exactly.
_COSTS = """
    SELECT id, sum(cost) OVER (whole ORDER BY id) AS up_to, cost, sum(cost) OVER whole AS total FROM (
        SELECT i.id, i.subscription_id, coalesce(i.quantity, 1) * coalesce(price.unit_amount, plan.amount) AS cost
        FROM {subscription_item} i LEFT JOIN {price} price ON price.id = i.plan_id
        LEFT JOIN {plan} plan ON plan.id = i.plan_id
    ) WINDOW whole AS (PARTITION BY subscription_id)"""
_GIVEN = """
    SELECT d.subscription_id, list({'from_at': d.start, 'to_at': d."end", 'percent': c.percent_off,
        'amount': c.amount_off, 'currency': upper(c.currency), 'kind': c.duration}) AS discounts
    FROM {subscription_discount} d JOIN {coupon} c ON c.id = d.coupon_id AND c.duration <> 'once' GROUP BY ALL"""
_LIVE = "this.livemode IS NOT FALSE"
_CHARGE_LIVE = "charge.livemode IS NOT FALSE"
_OR_TEST = "or they are of Stripe's test mode"
# Stripe moved the billing period from the subscription to its items in March 2025.
_PERIOD_FROM = "coalesce(this.current_period_start, s.current_period_start)"
_IN_TROUBLE = "s.status IN ('past_due', 'unpaid', 'paused')"
# What is not paid is what was invoiced when the period began: a discount that comes or goes later does not change it.
_CUTS = f"""list_filter(list_concat([CASE WHEN s.status <> 'trialing' THEN s.trial_end END,
        CASE WHEN {_IN_TROUBLE} THEN {_PERIOD_FROM} END],
        list_transform(given.discounts, lambda d: d.from_at), list_transform(given.discounts, lambda d: d.to_at)),
        lambda t: ({_IN_TROUBLE} AND t > {_PERIOD_FROM}) IS NOT TRUE)"""
_ENDED = "CASE WHEN s.status = 'canceled' OR s.ended_at IS NOT NULL THEN coalesce(s.ended_at, s.canceled_at) END"
# Stripe forgets an item that is taken out; the loader notes when it found it gone.
_UNTIL = f"least({_ENDED}, CASE WHEN this.is_deleted THEN this.synced END)"
# Items made with their subscription are as old as it says, even before it was made; others since they were added.
_FROM = f"""CASE WHEN this.created > s.created + INTERVAL 1 HOUR AND this.created < coalesce({_UNTIL}, 'infinity')
        THEN this.created ELSE coalesce(s.start_date, s.created, this.created) END"""
_STRETCHES = f"""
    LEFT JOIN {{subscription}} s ON s.id = this.subscription_id
    LEFT JOIN {{price}} price ON price.id = this.plan_id
    LEFT JOIN {{plan}} plan ON plan.id = this.plan_id
    LEFT JOIN {{product}} product ON product.id = coalesce(price.product_id, plan.product_id)
    LEFT JOIN ({_COSTS}) costs ON costs.id = this.id
    LEFT JOIN ({_GIVEN}) given ON given.subscription_id = this.subscription_id
    CROSS JOIN UNNEST(stretches(
        {_FROM},
        {_UNTIL},
        {_CUTS})) AS cut(stretch)"""
_IN_FORCE = """list_filter(given.discounts, lambda d: d.from_at <= stretch.from_at
        AND (d.to_at IS NULL OR stretch.from_at < d.to_at)
        AND (d.currency IS NULL OR d.currency = upper(coalesce(price.currency, plan.currency))))"""
_NO_CHARGE = {"customer_id": "whose it is is not known: the table charge does not have its charge"}
_SPAN = Recipe(
    "subscription_span",
    "subscription_item",
    {
        "subscription_id": "'stripe:' || this.subscription_id",
        "item_id": "this.id",
        "customer_id": "'stripe:' || s.customer_id",
        "valid_from": "stretch.from_at",
        "valid_to": "stretch.to_at",
        "plan": "coalesce(price.nickname, plan.nickname, product.name, this.plan_id)",
        "unit_amount_cents": _minor("CAST(round(coalesce(price.unit_amount, plan.amount)) AS BIGINT)", _CURRENCY),
        "quantity": "coalesce(this.quantity, 1)",
        "interval_unit": "coalesce(price.recurring_interval, plan.interval)",
        "interval_count": "coalesce(price.recurring_interval_count, plan.interval_count, 1)",
        "discount_cents": _minor(
            f"""CAST(list_sum(list_transform({_IN_FORCE}, lambda d: coalesce(round(costs.cost * d.percent / 100),
            round(d.amount * costs.up_to / costs.total) - round(d.amount * (costs.up_to - costs.cost) / costs.total)
            ))) AS BIGINT)""",
            _CURRENCY,
            "rounded_cents",
        ),
        "discount_kind": f"""CASE WHEN len({_IN_FORCE}) > 0 THEN
            CASE WHEN len(list_filter({_IN_FORCE}, lambda d: d.kind = 'repeating')) > 0 THEN 'repeating'
            ELSE 'forever' END END""",
        "currency": f"upper({_CURRENCY})",
        "status": f"""CASE WHEN s.status IS NULL THEN NULL
            WHEN s.status = 'trialing' OR stretch.from_at < s.trial_end THEN 'trialing'
            WHEN {_IN_TROUBLE} AND stretch.from_at >= {_PERIOD_FROM} THEN s.status ELSE 'active' END""",
        "usage": "coalesce(price.recurring_usage_type, plan.usage_type, 'licensed')",
        "collection": "CASE s.billing WHEN 'send_invoice' THEN 'invoice' WHEN 'charge_automatically' THEN 'charge' END",
        "term_end_on": "CAST(coalesce(this.current_period_end, s.current_period_end) AS DATE)",
        "auto_renew": "NOT coalesce(s.cancel_at_period_end, false)",
        "cancel_requested_at": "s.canceled_at",
    },
    joins=_STRETCHES,
    where="s.livemode IS NOT FALSE AND (s.status IS NULL OR s.status NOT IN ('incomplete', 'incomplete_expired'))",
    rest=f"the first payment of their subscription never came, {_OR_TEST}",
    tells_all_of=("subscription_id", "item_id"),
    missing={
        "customer_id": "whose it is is not known: the table subscription does not have its subscription",
        "unit_amount_cents": "what it costs is not known: neither the table price nor plan has its plan",
        "interval_unit": "how often it is paid is not known: neither the table price nor plan has its plan",
        "currency": "in what it is paid is not known: neither the table price nor plan has its plan",
    },
)
_CUSTOMERS = Recipe(
    "customer",
    "customer",
    {
        "customer_id": "'stripe:' || this.id",
        "name": "coalesce(this.name, this.description, this.email, this.id)",
        "tax_id": "this.tax_info_tax_id",
        "created_at": "this.created",
        "country": "this.address_country",
    },
    where=_LIVE,
    rest="they are of Stripe's test mode",
)
_CONTACTS = Recipe(
    "contact",
    "customer",
    {
        "contact_id": "'stripe:' || this.id",
        "customer_id": "'stripe:' || this.id",
        "name": "this.name",
        "email": "this.email",
    },
    where=f"this.email IS NOT NULL AND {_LIVE}",
    rest=f"they have no address, {_OR_TEST}",
)
_CANCELLATIONS = Recipe(
    "cancellation",
    "subscription",
    {
        "customer_id": "'stripe:' || this.customer_id",
        "at": """coalesce(this.ended_at, CASE WHEN this.status = 'canceled' THEN this.canceled_at END, this.cancel_at,
            this.current_period_end)""",
        "requested_at": "this.canceled_at",
        "reason": "coalesce(this.cancellation_details_feedback, this.cancellation_details_reason)",
        "voluntary": """CASE this.cancellation_details_reason WHEN 'payment_failed' THEN false
            WHEN 'payment_disputed' THEN false WHEN 'cancellation_requested' THEN true END""",
        "comment": "this.cancellation_details_comment",
    },
    where=f"(this.status = 'canceled' OR this.canceled_at IS NOT NULL) AND {_LIVE}",
    rest=f"they are not cancelled, {_OR_TEST}",
)
_INVOICES = Recipe(
    "invoice",
    "invoice",
    {
        "invoice_id": "'stripe:' || this.id",
        "customer_id": "'stripe:' || this.customer_id",
        "subscription_id": "'stripe:' || this.subscription_id",
        "issued_on": "CAST(coalesce(this.status_transitions_finalized_at, this.created, this.period_end) AS DATE)",
        "due_on": "CAST(this.due_date AS DATE)",
        "paid_on": "CAST(this.status_transitions_paid_at AS DATE)",
        "amount_cents": _minor("(this.total - coalesce(this.tax, 0))", "this.currency"),
        "tax_cents": _minor("this.tax", "this.currency"),
        "refunded_cents": _minor("this.post_payment_credit_notes_amount", "this.currency"),
        "currency": "upper(this.currency)",
    },
    where=f"(this.status IS NULL OR this.status NOT IN ('draft', 'void', 'deleted')) AND {_LIVE}",
    rest=f"they are drafts or void, {_OR_TEST}",
)
_LINES = Recipe(
    "invoice_line",
    "invoice_line_item",
    {
        "invoice_id": "'stripe:' || this.invoice_id",
        "line_id": "this.id",
        "subscription_id": "'stripe:' || this.subscription_id",
        "kind": """CASE WHEN this.proration THEN 'proration'
            WHEN this.subscription_id IS NULL AND this.type IS DISTINCT FROM 'subscription' THEN 'one_off'
            ELSE 'recurring' END""",
        "period_from": "CAST(this.period_start AS DATE)",
        "period_to": "CAST(this.period_end AS DATE)",
        "amount_cents": _minor("this.amount", "this.currency"),
    },
    where=_LIVE,
    rest="they are of Stripe's test mode",
)
_PAYMENTS = Recipe(
    "payment",
    "charge",
    {
        "payment_id": "'stripe:' || this.id",
        "invoice_id": "'stripe:' || this.invoice_id",
        "customer_id": "'stripe:' || this.customer_id",
        "at": "this.created",
        "amount_cents": _minor("this.amount", "this.currency"),
        "currency": "upper(this.currency)",
        "status": "CASE WHEN this.status = 'failed' THEN 'failed' WHEN this.status IS NOT NULL THEN 'succeeded' END",
    },
    where=f"this.status IS DISTINCT FROM 'pending' AND {_LIVE}",
    rest=f"they are still pending, {_OR_TEST}",
)
# Refunds and disputes tell of a charge, which knows whose it is.
_CHARGED = {
    "payment_id": "'stripe:' || this.id",
    "invoice_id": "'stripe:' || charge.invoice_id",
    "customer_id": "'stripe:' || charge.customer_id",
    "at": "this.created",
    "amount_cents": _minor("this.amount", "coalesce(this.currency, charge.currency)"),
    "currency": "upper(coalesce(this.currency, charge.currency))",
}
_OF_CHARGE = "LEFT JOIN {charge} charge ON charge.id = this.charge_id"
_REFUNDS = Recipe(
    "payment",
    "refund",
    {**_CHARGED, "status": "'refunded'"},
    joins=_OF_CHARGE,
    missing=_NO_CHARGE,
    where=f"(this.status IS NULL OR this.status IN ('succeeded', 'pending')) AND {_CHARGE_LIVE}",
    rest=f"they failed, {_OR_TEST}",
)
_DISPUTES = Recipe(
    "payment",
    "dispute",
    {**_CHARGED, "status": "'disputed'"},
    joins=_OF_CHARGE,
    missing=_NO_CHARGE,
    where=f"this.status IS DISTINCT FROM 'won' AND this.status NOT LIKE 'warning%' AND {_CHARGE_LIVE}",
    rest=f"they were won, or only warned of, {_OR_TEST}",
)
RECIPES = (_CUSTOMERS, _CONTACTS, _SPAN, _CANCELLATIONS, _INVOICES, _LINES, _PAYMENTS, _REFUNDS, _DISPUTES)
IGNORED = (
    "account", "balance_transaction", "card", "credit_note", "credit_note_line_item", "fee", "payment_intent",
    "payment_method", "payment_method_card", "payout", "payout_balance_transaction", "transfer",
)  # fmt: skip
WITHOUT = {
    "subscription": "whose an item is, and since when it runs, stays unknown, so that no item can be read.",
    "plan": "the amount of items stays unknown where no price tells it.",
    "price": "the amount of items stays unknown where no plan tells it.",
    "subscription_discount": "amounts are without discounts.",
    "coupon": "amounts are without discounts.",
    "charge": "whose a refund or a dispute is stays unknown.",
}
