"""The money of one customer: terms in force, invoices and payments; for those alone who may see its amounts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.holding import until_of
from relevo.answers.reading import Reading
from relevo.book.book import Tables
from relevo.insight.one_customer import ask_about, of_customer

SHOWN = 24


@dataclass(frozen=True)
class TermRow:
    """Terms in force of one item: amounts in minor units of `currency` per `every` intervals."""

    plan: str
    status: str
    quantity: Decimal
    unit_amount_cents: int
    discount_cents: int | None
    currency: str
    every: int
    interval: str
    began_at: datetime
    term_end_on: date | None
    auto_renew: bool | None
    cancel_requested_at: datetime | None


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice; `paid_on` is None while it is not paid in full, `is_late` says so after the day it was due."""

    invoice_id: str
    issued_on: date
    due_on: date | None
    paid_on: date | None
    amount_cents: int
    refunded_cents: int | None
    currency: str
    url: str | None
    is_late: bool


@dataclass(frozen=True)
class PaymentRow:
    """One attempt to pay and how it ended."""

    at: datetime
    status: str
    amount_cents: int
    currency: str
    invoice_id: str | None


@dataclass(frozen=True)
class CustomerMoney:
    """The last invoices and payments, latest first, with how many there are. All is empty where `sees_money` is not."""

    sees_money: bool
    terms: tuple[TermRow, ...] = ()
    invoices: tuple[InvoiceRow, ...] = ()
    invoices_found: int = 0
    payments: tuple[PaymentRow, ...] = ()
    payments_found: int = 0


def customer_money(reading: Reading, customer_id: str, limit: int | None = SHOWN) -> CustomerMoney:
    """The money of a customer. NotFound where the viewer may not see the customer at all."""
    customer_card(reading, customer_id)
    if not reading.viewer.sees_money_of(customer_id):
        return CustomerMoney(sees_money=False)
    book, until = reading.company_book, until_of(reading)
    spans = [s for s in ask_about(book, customer_id, _terms).dicts() if _is_in_force(s, until)]
    invoices = [r for r in ask_about(book, customer_id, _invoices).dicts() if r["issued_on"] <= book.as_of]
    payments = [r for r in ask_about(book, customer_id, _payments).rows if r[0] < until]
    return CustomerMoney(
        sees_money=True,
        terms=tuple(TermRow(**{k: v for k, v in row.items() if k != "valid_to"}) for row in spans),
        invoices=tuple(_invoice(row, book.as_of) for row in invoices[:limit]),
        invoices_found=len(invoices),
        payments=tuple(PaymentRow(*row) for row in payments[:limit]),
        payments_found=len(payments),
    )


def _is_in_force(term: dict[str, Any], until: datetime) -> bool:
    return term["began_at"] < until and (term["valid_to"] is None or term["valid_to"] >= until)


def _invoice(row: dict[str, Any], today: date) -> InvoiceRow:
    is_late = row["due_on"] is not None and row["paid_on"] is None and row["due_on"] < today
    return InvoiceRow(**row, is_late=is_late)


def _terms(tables: Tables) -> ir.Table:
    """The columns of `TermRow` and when the terms end, latest first."""
    rows = of_customer(tables.subscription_span)
    same = ("status", "quantity", "unit_amount_cents", "discount_cents", "currency", "term_end_on", "auto_renew")
    named = rows.select(
        *same, "cancel_requested_at", "valid_to", plan=ibis.coalesce(rows.plan, rows.item_id),
        every=rows.interval_count, interval=rows.interval_unit, began_at=rows.valid_from,
    )  # fmt: skip
    return named.order_by(ibis.desc("began_at"), "plan")


def _invoices(tables: Tables) -> ir.Table:
    rows = of_customer(tables.invoice)
    return rows.select(
        "invoice_id", "issued_on", "due_on", "paid_on", "amount_cents", "refunded_cents", "currency", "url"
    ).order_by(ibis.desc("issued_on"), "invoice_id")


def _payments(tables: Tables) -> ir.Table:
    rows = of_customer(tables.payment)
    asked = rows.select("at", "status", "amount_cents", "currency", "invoice_id", "payment_id")
    return asked.order_by(ibis.desc("at"), "payment_id").drop("payment_id")
