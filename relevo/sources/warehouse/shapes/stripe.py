"""Stripe's objects. Items, their prices and the discount stand inside the subscription."""

from relevo.sources.warehouse.shape import Shapes, shape

_OF_SUBSCRIPTION = "subscriptions | subscription"
_PLAN_PATHS = (
    "amount", "currency", "interval", "interval_count", "nickname", "usage_type", "billing_scheme",
    "trial_period_days", "livemode",
)  # fmt: skip
_PRICE_PATHS = (
    "unit_amount", "unit_amount_decimal", "currency", "nickname", "lookup_key", "billing_scheme", "type", "livemode",
)  # fmt: skip
_COUPON_PATHS = ("amount_off", "percent_off", "currency", "duration", "duration_in_months", "name", "times_redeemed")


def _inside(name: str, paths: tuple[str, ...]) -> str:
    return "\n".join(f"{path} = {name}{path}" for path in ("id", *paths))


def _plan(at: str) -> str:
    return f"{_inside(at, _PLAN_PATHS)}\nproduct_id = {at}product.id | {at}product"


def _price(at: str) -> str:
    recurring = "\n".join(f"recurring_{x} = {at}recurring.{x}" for x in ("interval", "interval_count", "usage_type"))
    return f"{_inside(at, _PRICE_PATHS)}\n{recurring}\nproduct_id = {at}product.id | {at}product"


_DISCOUNT = """
    id = {0}id
    coupon_id = {0}coupon.id | {0}coupon | {0}source.coupon
    customer_id = {0}customer
    subscription_id = {1}id
    checkout_session = {0}checkout_session
    invoice_item_id = {0}invoice_item
    start = {0}start
    end = {0}end
"""
_LINE = """
    id
    invoice_id = {0}
    amount
    currency
    period_start = period.start
    period_end = period.end
    plan_id = plan.id
    price_id = price.id
    proration
    quantity
    subscription_id = subscription
    subscription_item_id = subscription_item
    type
    unique_id
    unit_amount_excluding_tax
"""
STRIPE = Shapes(
    "stripe",
    (
        shape(
            "customer",
            "customers | customer",
            """
            id
            name
            email
            description
            created
            currency
            address_country = address.country
            tax_info_tax_id = tax_info.tax_id
            is_deleted
            delinquent
            invoice_prefix
            livemode
            """,
        ),
        shape(
            "subscription",
            _OF_SUBSCRIPTION,
            """
            id
            customer_id = customer.id | customer
            status
            created
            start_date
            trial_start
            trial_end
            canceled_at
            cancel_at
            cancel_at_period_end
            ended_at
            current_period_start
            current_period_end
            billing = collection_method | billing
            cancellation_details_reason = cancellation_details.reason
            cancellation_details_comment = cancellation_details.comment
            cancellation_details_feedback = cancellation_details.feedback
            livemode
            """,
        ),
        shape(
            "subscription_item",
            _OF_SUBSCRIPTION,
            """
            id
            subscription_id = ^id
            plan_id = price.id | plan.id
            quantity
            created
            """,
            unfold="items.data",
        ),
        shape(
            "subscription_item",
            "subscription_items | subscription_item",
            """
            id
            subscription_id = subscription
            plan_id = price.id | plan.id
            quantity
            created
            """,
            instead=True,
        ),
        shape("plan", "plans | plan", _plan("")),
        shape("plan", _OF_SUBSCRIPTION, _plan("plan."), unfold="items.data", where={"plan.id": ()}, instead=True),
        shape("price", "prices | price", _price("")),
        shape("price", _OF_SUBSCRIPTION, _price("price."), unfold="items.data", where={"price.id": ()}, instead=True),
        shape(
            "product",
            "products | product",
            """
            id
            name
            active
            unit_label
            statement_descriptor
            created
            """,
        ),
        shape("coupon", "coupons | coupon", _inside("", _COUPON_PATHS)),
        shape(
            "coupon",
            _OF_SUBSCRIPTION,
            _inside("discount.coupon.", _COUPON_PATHS),
            where={"discount.coupon.id": ()},
            instead=True,
        ),
        shape("subscription_discount", _OF_SUBSCRIPTION, _DISCOUNT.format("discount.", ""), where={"discount.id": ()}),
        shape(
            "subscription_discount",
            _OF_SUBSCRIPTION,
            _DISCOUNT.format("", "^"),
            unfold="discounts",
            where={"id": (), "coupon.id | source.coupon": ()},
        ),
        shape(
            "invoice",
            "invoices | invoice",
            """
            id
            customer_id = customer.id | customer
            subscription_id = subscription.id | subscription | parent.subscription_details.subscription
            created
            due_date
            status_transitions_finalized_at = status_transitions.finalized_at
            status_transitions_paid_at = status_transitions.paid_at
            period_start
            period_end
            currency
            total
            tax
            amount_due
            amount_paid
            post_payment_credit_notes_amount
            status
            billing_reason
            number
            paid
            """,
        ),
        shape(
            "invoice_line_item",
            "invoice_line_items",
            _LINE.format("invoice_id | invoice"),
            same="id, invoice_id, invoice",
        ),
        shape("invoice_line_item", "invoices | invoice", _LINE.format("^id"), unfold="lines.data", instead=True),
        shape(
            "charge",
            "charges | charge",
            """
            id
            amount
            amount_refunded
            created
            currency
            customer_id = customer.id | customer
            invoice_id = invoice.id | invoice
            status
            captured
            failure_code
            payment_intent_id = payment_intent
            outcome_type = outcome.type
            receipt_email
            """,
        ),
        shape(
            "refund",
            "refunds | refund",
            """
            id
            amount
            charge_id = charge.id | charge
            created
            currency
            reason
            receipt_number
            status
            """,
        ),
        shape(
            "dispute",
            "disputes | dispute",
            """
            id
            amount
            charge_id = charge.id | charge
            created
            currency
            evidence_details_due_by = evidence_details.due_by
            is_charge_refundable
            reason
            status
            """,
        ),
    ),
    needs=("customer",),
)
