"""Lines of subscriptions, movements of MRR, invoices, payments and cancellations."""

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables
from relevo.insight.lines import line

KIND = "money"


def subscription_span(tables: Tables) -> list[ir.Table]:
    """Terms as they began, and requests to cancel."""
    rows = tables.subscription_span
    name = ibis.coalesce(rows.plan, rows.item_id) + ", " + rows.status
    asked = rows.filter(rows.cancel_requested_at.notnull()).distinct(on=["subscription_id", "cancel_requested_at"])
    return [
        line(rows, "valid_from", KIND, "span.began", what=name, amount="unit_amount_cents", currency="currency"),
        line(asked, "cancel_requested_at", KIND, "span.cancel_requested", what="plan"),
    ]


def invoice(tables: Tables) -> list[ir.Table]:
    """Invoices as they were issued and paid."""
    rows = tables.invoice
    named = {"what": "invoice_id", "amount": "amount_cents", "currency": "currency"}
    return [
        line(rows, "issued_on", KIND, "invoice.issued", **named),
        line(rows, "paid_on", KIND, "invoice.paid", **named),
    ]


def payment(tables: Tables) -> list[ir.Table]:
    """Payments as they succeeded, failed, were given back or disputed."""
    rows = tables.payment
    return [
        line(
            rows, "at", KIND, "payment." + rows.status,
            what="invoice_id", amount="amount_cents", currency="currency",
        )
    ]  # fmt: skip


def cancellation(tables: Tables) -> list[ir.Table]:
    """Cancellations with what was said about them."""
    rows = tables.cancellation
    said = ibis.coalesce(rows.comment, rows.reason)
    return [line(rows, "at", KIND, "cancellation", what=said)]


LINES = {
    "subscription_span": subscription_span,
    "invoice": invoice,
    "payment": payment,
    "cancellation": cancellation,
}
