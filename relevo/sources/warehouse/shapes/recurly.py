"""Recurly's objects. Where a loader keeps every version of one, each counts: that is the history recipes read."""

from relevo.sources.warehouse.shape import Shapes, shape

_VERSION = "id, updated_at"
_LINE = """
    id
    updated_at
    invoice_id = {0}
    subscription_id
    plan_id
    currency
    amount
    type
    origin
    start_date
    end_date
    proration_rate
    add_on_id
    original_line_item_invoice_id
"""
RECURLY = Shapes(
    "recurly",
    (
        shape(
            "account_history",
            "accounts | account",
            """
            id
            updated_at
            created_at
            deleted_at
            code
            state
            email
            company
            account_first_name = first_name
            account_last_name = last_name
            vat_number
            account_country = address.country
            bill_to
            """,
            same=_VERSION,
        ),
        shape(
            "subscription_history",
            "subscriptions | subscription",
            """
            id
            updated_at
            account_id = account.id
            plan_id = plan.id
            state
            created_at
            activated_at
            canceled_at
            expires_at
            paused_at
            trial_started_at
            trial_ends_at
            current_term_ends_at
            auto_renew
            currency
            unit_amount
            quantity
            add_ons_total
            collection_method
            expiration_reason
            """,
            same=_VERSION,
        ),
        shape(
            "plan_history",
            "plans | plan",
            """
            id
            updated_at
            code
            name
            interval_unit
            interval_length
            trial_unit
            trial_length
            total_billing_cycles
            """,
            same=_VERSION,
        ),
        shape(
            "coupon_redemption_history",
            "account_coupon_redemptions | coupon_redemptions",
            """
            id
            updated_at
            account_id = account.id
            coupon_id = coupon.id
            created_at
            removed_at
            currency
            state
            """,
            same=_VERSION,
        ),
        shape(
            "coupon_discount",
            "coupons | coupon",
            """
            coupon_id = id
            type = discount.type
            percentage = discount.percent
            """,
            where={"discount.type": ("percent", "free_trial")},
        ),
        shape(
            "coupon_discount",
            "coupons | coupon",
            """
            coupon_id = ^id
            type = ^discount.type
            amount
            currency
            """,
            unfold="discount.currencies",
            where={"^discount.type": ("fixed",)},
        ),
        shape(
            "invoice_history",
            "invoices | invoice",
            """
            id
            updated_at
            account_id = account.id
            created_at
            due_at
            closed_at
            state
            type
            number
            currency
            total
            tax
            paid
            balance
            net_terms
            refundable_amount
            """,
            same=_VERSION,
        ),
        shape(
            "invoice_subscription_history",
            "invoices | invoice",
            """
            invoice_id = ^id
            subscription_id = .
            invoice_updated_at = ^updated_at
            """,
            unfold="subscription_ids",
            same=_VERSION,
        ),
        shape("line_item_history", "line_items | line_item", _LINE.format("invoice_id"), same=_VERSION),
        shape(
            "line_item_history",
            "invoices | invoice",
            _LINE.format("invoice_id | ^id"),
            unfold="line_items.data | line_items",
            instead=True,
        ),
        shape(
            "transaction",
            "transactions | transaction",
            """
            id
            created_at
            collected_at
            account_id = account.id
            invoice_id = invoice.id
            original_transaction_id
            type
            origin
            status
            success
            currency
            amount
            gateway_reference
            """,
        ),
    ),
    needs=("account_history",),
)
