"""Stripe's exports of the dashboard: amounts in major units, times in UTC where their heading says so.

The amount of a subscription is taken for the price of one unit. Discounts are in no column of the export, so that what
its subscriptions bring is before discounts.
"""

from relevo.sources.raw.model import RawTable, Recipe, fields

_SUBSCRIPTIONS = RawTable(
    "subscriptions_export",
    fields("""
        id! = id
        customer_id! = Customer ID
        customer_description = Customer Description
        customer_email = Customer Email
        customer_name = Customer Name
        plan = Plan | Price ID
        product = Product | Product Name
        quantity number = Quantity
        currency = Currency
        interval! = Interval
        amount! major = Amount
        status! = Status
        reason = Cancellation Reason
        created time = Created (UTC) | Created
        start time = Start Date (UTC) | Start (UTC) | Start Date | Start
        current_start time = Current Period Start (UTC) | Current Period Start
        current_end time = Current Period End (UTC) | Current Period End
        trial_start time = Trial Start (UTC) | Trial Start
        trial_end time = Trial End (UTC) | Trial End
        canceled_at time = Canceled At (UTC) | Canceled At
        ended_at time = Ended At (UTC) | Ended At
        cancel_at_end flag = Cancel At Period End
    """),
    files=("subscriptions",),
    key=("id",),
)
_CUSTOMERS = RawTable(
    "customers_export",
    fields("""
        id! = id
        name = Name
        description! = Description
        email! = Email
        created! time = Created (UTC) | Created
        country = Address Country | Card Address Country
        tax_id = Tax ID | Business Vat ID
        delinquent flag = Delinquent
        card = Card ID
        spend = Total Spend
        count = Payment Count
        plan = Plan
        status = Status
        currency = Currency
    """),
    files=("customers", "unified_customers"),
    key=("id",),
)
_INVOICES = RawTable(
    "invoices_export",
    fields("""
        id! = id
        number! = Number
        customer_id! = Customer | Customer ID
        subscription_id = Subscription
        date! time = Date (UTC) | Finalized At (UTC) | Created (UTC) | Date | Created
        due time = Due Date (UTC) | Due Date
        paid_at time = Paid At (UTC) | Paid At
        amount_due major = Amount Due
        total! major = Total
        tax major = Tax
        currency! = Currency
        status! = Status
        amount_paid major = Amount Paid
        attempts = Attempt Count
        period_start time = Period Start (UTC) | Period Start | Minimum Line Item Period Start (UTC)
        period_end time = Period End (UTC) | Period End | Maximum Line Item Period End (UTC)
    """),
    files=("invoices",),
    key=("id",),
)
_PAYMENTS = RawTable(
    "payments_export",
    fields("""
        id! = id
        customer_id! = Customer ID
        customer_email = Customer Email
        customer_description = Customer Description
        invoice_id = Invoice ID
        created! time = Created (UTC) | Created date (UTC) | Created
        amount! major = Amount
        refunded major = Amount Refunded
        currency! = Currency
        status! = Status
        disputed major = Disputed Amount
        dispute_status = Dispute Status
        dispute_at time = Dispute Date (UTC) | Dispute Date
        refunded_at time = Refunded date (UTC)
        seller_message = Seller Message
        fee major = Fee
        captured flag = Captured
    """),
    files=("payments", "unified_payments"),
    key=("id",),
)
TABLES = (_SUBSCRIPTIONS, _CUSTOMERS, _INVOICES, _PAYMENTS)

_TROUBLED = "this.status IN ('past_due', 'unpaid', 'paused')"
_SPAN = Recipe(
    "subscription_span",
    "subscriptions_export",
    {
        "subscription_id": "'stripe:' || this.id",
        "item_id": "coalesce(this.plan, 'plan')",
        "customer_id": "'stripe:' || this.customer_id",
        "valid_from": "stretch.from_at",
        "valid_to": "stretch.to_at",
        "plan": "coalesce(this.product, this.plan)",
        "unit_amount_cents": "cents(this.amount, upper(coalesce(this.currency, {currency})))",
        "quantity": "coalesce(this.quantity, 1)",
        "interval_unit": "interval_unit(this.interval)",
        "interval_count": "interval_count(this.interval)",
        "currency": "upper(coalesce(this.currency, {currency}))",
        "status": f"""CASE WHEN this.status IS NULL THEN NULL
            WHEN this.status = 'trialing' OR stretch.from_at < this.trial_end THEN 'trialing'
            WHEN {_TROUBLED} AND stretch.from_at >= this.current_start THEN this.status ELSE 'active' END""",
        "usage": "'licensed'",
        "term_end_on": "CAST(this.current_end AS DATE)",
        "auto_renew": "NOT this.cancel_at_end",
        "cancel_requested_at": "this.canceled_at",
    },
    joins=f"""CROSS JOIN UNNEST(stretches(coalesce(this.start, this.created, this.current_start),
        CASE WHEN this.status = 'canceled' OR this.ended_at IS NOT NULL THEN
            coalesce(this.ended_at, this.canceled_at, this.current_end) END,
        [CASE WHEN this.status <> 'trialing' THEN this.trial_end END,
         CASE WHEN {_TROUBLED} THEN this.current_start END])) AS cut(stretch)""",
    where="coalesce(this.status, '') NOT IN ('incomplete', 'incomplete_expired')",
    rest="their first payment never came",
    tells_all_of=("subscription_id", "item_id"),
)
_CANCELLATIONS = Recipe(
    "cancellation",
    "subscriptions_export",
    {
        "customer_id": "'stripe:' || this.customer_id",
        "at": """coalesce(this.ended_at, CASE WHEN this.status = 'canceled' THEN this.canceled_at END,
            this.current_end, this.canceled_at)""",
        "requested_at": "this.canceled_at",
        "reason": "this.reason",
        "voluntary": """CASE WHEN this.reason LIKE '%fail%' OR this.reason LIKE '%dispute%' THEN false
            WHEN this.reason LIKE '%request%' THEN true END""",
    },
    where="this.status = 'canceled' OR this.canceled_at IS NOT NULL",
    rest="they are not cancelled",
)
_NAMED = Recipe(
    "customer",
    "subscriptions_export",
    {
        "customer_id": "'stripe:' || this.customer_id",
        "name": "coalesce(this.customer_name, this.customer_description, this.customer_email, this.customer_id)",
    },
    joins="""LEFT JOIN (SELECT customer_id, min(id) AS id FROM {subscriptions_export} GROUP BY ALL) first
        ON first.customer_id = this.customer_id
        LEFT JOIN {customers_export} known ON known.id = this.customer_id""",
    where="this.id = first.id AND known.id IS NULL",
    rest="the export of customers or another subscription tells of the same customer",
)
_CUSTOMER = Recipe(
    "customer",
    "customers_export",
    {
        "customer_id": "'stripe:' || this.id",
        "name": "coalesce(this.name, this.description, this.email, this.id)",
        "tax_id": "this.tax_id",
        "created_at": "this.created",
        "country": "this.country",
    },
)
_CONTACT = Recipe(
    "contact",
    "customers_export",
    {
        "contact_id": "'stripe:' || this.id",
        "customer_id": "'stripe:' || this.id",
        "name": "this.name",
        "email": "this.email",
    },
    where="this.email IS NOT NULL",
    rest="they have no address",
)
_INVOICE = Recipe(
    "invoice",
    "invoices_export",
    {
        "invoice_id": "'stripe:' || this.id",
        "customer_id": "'stripe:' || this.customer_id",
        "subscription_id": "'stripe:' || this.subscription_id",
        "issued_on": "CAST(this.date AS DATE)",
        "due_on": "CAST(this.due AS DATE)",
        "paid_on": "CAST(this.paid_at AS DATE)",
        "amount_cents": "cents(this.total - coalesce(this.tax, 0), upper(this.currency))",
        "tax_cents": "cents(this.tax, upper(this.currency))",
        "currency": "upper(this.currency)",
    },
    where="this.status IS NULL OR lower(this.status) NOT IN ('draft', 'void', 'deleted')",
    rest="they are drafts or void",
)
_PAYMENT = Recipe(
    "payment",
    "payments_export",
    {
        "payment_id": "'stripe:' || this.id",
        "invoice_id": "'stripe:' || this.invoice_id",
        "customer_id": "'stripe:' || this.customer_id",
        "at": "this.created",
        "amount_cents": "cents(this.amount, upper(this.currency))",
        "currency": "upper(this.currency)",
        "status": """CASE WHEN this.status IS NULL THEN NULL WHEN lower(this.status) = 'failed' THEN 'failed'
            ELSE 'succeeded' END""",
    },
    where="""coalesce(lower(this.status), '') NOT IN ('pending', 'canceled', 'incomplete', 'requires_payment_method',
        'uncaptured')""",
    rest="nothing was paid with them",
)
_REFUND = Recipe(
    "payment",
    "payments_export",
    {
        "payment_id": "'stripe:' || this.id || ':refund'",
        "invoice_id": "'stripe:' || this.invoice_id",
        "customer_id": "'stripe:' || this.customer_id",
        "at": "coalesce(this.refunded_at, this.created)",
        "amount_cents": "cents(this.refunded, upper(this.currency))",
        "currency": "upper(this.currency)",
        "status": "'refunded'",
    },
    where="this.refunded > 0",
    rest="nothing of them was refunded",
)
_DISPUTE = Recipe(
    "payment",
    "payments_export",
    {
        "payment_id": "'stripe:' || this.id || ':dispute'",
        "invoice_id": "'stripe:' || this.invoice_id",
        "customer_id": "'stripe:' || this.customer_id",
        "at": "coalesce(this.dispute_at, this.created)",
        "amount_cents": "cents(this.disputed, upper(this.currency))",
        "currency": "upper(this.currency)",
        "status": "'disputed'",
    },
    where="this.disputed > 0 AND lower(coalesce(this.dispute_status, '')) NOT SIMILAR TO '(won|warning.*)'",
    rest="nobody disputed them, or the dispute was won or only warned of",
)
RECIPES = (_NAMED, _CUSTOMER, _CONTACT, _SPAN, _CANCELLATIONS, _INVOICE, _PAYMENT, _REFUND, _DISPUTE)
