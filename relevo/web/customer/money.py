"""The tab of money: terms in force, invoices and payments; and the history as a file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.customer_history import customer_history
from relevo.answers.customer_money import CustomerMoney, InvoiceRow, PaymentRow, TermRow, customer_money
from relevo.answers.reading import Reading
from relevo.web import format as written
from relevo.web.customer.head import local
from relevo.web.labels import PAYMENTS, TERM_STATES, label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import clock


def money(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """Terms, invoices and payments; who may not see them is told so."""
    page, zone = customer_money(reading, customer_id), clock()
    if not page.sees_money:
        return {"hidden": _("The money of this customer is not for your role.")}
    return {
        "grid": _terms(page, zone),
        "empty": _("No terms are in force."),
        "second": _invoices(page),
        "second_title": _shown(_("Invoices"), len(page.invoices), page.invoices_found),
        "second_empty": _("No invoice is known: load the table invoice."),
        "third": _payments(page, zone),
        "third_title": _shown(_("Payments"), len(page.payments), page.payments_found),
        "third_empty": _("No payment is known: load the table payment."),
    }


def money_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Every invoice and payment, for a file; nothing for who may not see them."""
    page = customer_money(reading, customer_id, limit=None)
    invoices = [{"what": "invoice", "on": i.issued_on, **vars(i)} for i in page.invoices]
    payments = [{"what": "payment", "on": p.at, **vars(p)} for p in page.payments]
    columns = ["what", "on", "invoice_id", "due_on", "paid_on", "status", "amount_cents", "refunded_cents", "currency"]
    return columns, [*invoices, *payments]


def history_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """MRR by month, for a file; nothing for who may not see it."""
    months = customer_history(reading, customer_id).months
    return ["month", "mrr_cents"], [{"month": month, "mrr_cents": cents} for month, cents in months]


def _shown(name: str, shown: int, found: int) -> str:
    if shown == found:
        return name
    values = {"name": name, "shown": written.count(shown), "found": written.count(found)}
    return _("%(name)s: the last %(shown)s of %(found)s") % values


def _terms(page: CustomerMoney, zone: ZoneInfo) -> Grid:
    heads = (
        Head(_("Plan")),
        Head(_("State")),
        Head(_("Quantity"), is_number=True),
        Head(_("Price of one"), is_number=True),
        Head(_("Every")),
        Head(_("Since")),
        Head(_("Term ends on")),
        Head(_("Renews by itself")),
    )
    return Grid(_("Terms in force"), heads, tuple(_term(t, zone) for t in page.terms))


def _term(term: TermRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    off = term.discount_cents
    asked = term.cancel_requested_at
    return (
        Cell(term.plan),
        Cell(
            label(TERM_STATES, term.status),
            small=_("asked to cancel on %(day)s") % {"day": written.day(local(asked, zone))} if asked else "",
        ),
        Cell(_quantity(term.quantity), is_number=True),
        Cell(
            written.money(term.unit_amount_cents, term.currency),
            is_number=True,
            small=_("less %(amount)s") % {"amount": written.money(off, term.currency)} if off else "",
        ),
        Cell(_every(term)),
        Cell(written.day(local(term.began_at, zone))),
        Cell(written.day(term.term_end_on)),
        Cell(written.yes_or_no(term.auto_renew)),
    )


def _quantity(value: Decimal) -> str:
    return written.number(value, 0 if value == value.to_integral_value() else 2)


def _every(term: TermRow) -> str:
    n = term.every
    forms = {
        "day": ngettext("day", "%(n)s days", n),
        "week": ngettext("week", "%(n)s weeks", n),
        "month": ngettext("month", "%(n)s months", n),
        "year": ngettext("year", "%(n)s years", n),
    }
    return forms[term.interval] % {"n": written.count(n)}


def _invoices(page: CustomerMoney) -> Grid:
    heads = (
        Head(_("Invoice")),
        Head(_("Issued")),
        Head(_("Due")),
        Head(_("Paid")),
        Head(_("Amount without tax"), is_number=True),
    )
    return Grid(_("Invoices"), heads, tuple(_invoice(i) for i in page.invoices))


def _invoice(row: InvoiceRow) -> tuple[Cell, ...]:
    link = row.url if (row.url or "").startswith(("https://", "http://")) else ""
    back = _("%(amount)s given back") % {"amount": written.money(row.refunded_cents, row.currency)}
    return (
        Cell(row.invoice_id, link or ""),
        Cell(written.day(row.issued_on)),
        Cell(written.day(row.due_on)),
        Cell(written.day(row.paid_on), small=_("late") if row.is_late else ""),
        Cell(written.money(row.amount_cents, row.currency), is_number=True, small=back if row.refunded_cents else ""),
    )


def _payments(page: CustomerMoney, zone: ZoneInfo) -> Grid:
    heads = (Head(_("Day")), Head(_("How it ended")), Head(_("Invoice")), Head(_("Amount"), is_number=True))
    return Grid(_("Payments"), heads, tuple(_payment(p, zone) for p in page.payments))


def _payment(row: PaymentRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    return (
        Cell(written.day(local(row.at, zone))),
        Cell(label(PAYMENTS, row.status)),
        Cell(row.invoice_id or ""),
        Cell(written.money(row.amount_cents, row.currency), is_number=True),
    )
