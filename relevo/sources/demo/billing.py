"""What was billed and paid, and who cancelled: invoice, invoice_line, payment, cancellation.

An invoice's amount is without tax and equals the sum of its lines; tax stands beside it. Cards are charged on the day
of the invoice; invoiced customers pay some weeks later. A failed card is tried again until it works or is given up.
"""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.customers import (
    CURRENCIES,
    INTERVAL_MONTHS,
    INVOICE,
    SMB,
    Customers,
)  # fmt: skip
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Frame, Ints, choose, known_until
from relevo.sources.demo.prices import calls_price
from relevo.sources.demo.states import NEVER, PAID, Bills, Departures, Lives
from relevo.sources.demo.subscriptions import amounts, subscription_id
from relevo.sources.demo.writer import Cell, Day, Id, Maybe, Moment, Same, Where, Word, Writer

_TAX_PERCENT = np.array([21, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
_NET_DAYS = 30
_SETUP_MONTHS = 2
_REFUND, _DISPUTE = 0.004, 0.0015
_RETRY_DAYS = 3
_RECURRING, _DISCOUNT, _USAGE, _ONE_OFF = "recurring", "discount", "usage", "one_off"
REASONS = ("too_expensive", "missing_feature", "switched", "no_longer_needed", "poor_fit", "service", "went_silent",
           "closed_business", "payment_failed")  # fmt: skip
_REASON_SHARES = [20.0, 19, 14, 13, 16, 7, 6, 5]
_SWITCHED = REASONS.index("switched")
_COMPETITORS = ("Tandem Desk", "Pilaris", "Orbita Suite", "Konto One")
_COMMENTS = ("We expected it to work with our warehouse system.", "The team went back to spreadsheets.",
             "It does what it says, but not what we were told.", "Budget was cut for next year.",
             "Nobody here used it after our administrator left.")  # fmt: skip


@dataclass(frozen=True)
class Invoices:
    """Bills with amounts in minor units and days; the row number is the invoice's number."""

    bills: Bills
    gross: Ints
    off: Ints
    insights: Ints
    calls: Ints
    setup: Ints
    issued: Ints
    paid: Ints

    @property
    def total(self) -> Ints:
        """What the invoice asks for, without tax."""
        return self.gross - self.off + self.insights + self.calls + self.setup


def draw_invoices(frame: Frame, customers: Customers, bills: Bills) -> Invoices:
    """Amounts and days of every invoice."""
    rng = frame.stream("billing")
    who, months = bills.who, np.array(INTERVAL_MONTHS)[bills.interval]
    money = amounts(customers, bills)
    volume = np.where(customers.has_metered[who], customers.seats[who] * 0.35 * rng.uniform(0.6, 1.5, len(who)), 0)
    first = (bills.tenure == 0) & (customers.segment[who] != SMB)
    setup = np.where(first, money.gross // months * _SETUP_MONTHS // 10 * 10, 0)
    issued = bills.at // DAY
    wait = np.clip(rng.lognormal(3.2, 0.45, len(who)), 4, 80).astype(np.int64)
    paid = issued + np.where(customers.collection[who] == INVOICE, wait, bills.days_late)
    paid = np.where(bills.paid == NEVER, NONE, known_until(paid, frame.calendar.end))
    calls = (volume * months).astype(np.int64) * calls_price(customers.currency[who])
    return Invoices(bills, money.gross, money.off, money.insights, calls, setup, issued, paid)


def write_billing(frame: Frame, customers: Customers, lives: Lives, out: Writer) -> None:
    """Write invoices, their lines, payments and cancellations."""
    invoices = draw_invoices(frame, customers, lives.bills)
    rng = frame.stream("payments")
    refunded = (invoices.paid >= 0) & (rng.random(len(invoices.issued)) < _REFUND)
    _invoice(customers, invoices, refunded, out)
    for line, kind in enumerate((_RECURRING, _DISCOUNT, "insights", _USAGE, _ONE_OFF)):
        _line(frame, invoices, line, kind, out)
    _payments(frame, customers, invoices, refunded, out)
    _cancellation(frame, lives.departures, out)


def _invoice(customers: Customers, rows: Invoices, refunded: Flags, out: Writer) -> None:
    who, total = rows.bills.who, rows.total
    tax = total * _TAX_PERCENT[customers.country[who]] // 100
    net = np.where(customers.collection[who] == INVOICE, _NET_DAYS, 0)
    out.add(
        "invoice",
        {
            "invoice_id": Id("in", np.arange(len(who)), 8),
            "customer_id": Id("c", who),
            "subscription_id": subscription_id(who, rows.bills.life),
            "issued_on": Day(rows.issued),
            "due_on": Day(rows.issued + net),
            "paid_on": Day(rows.paid),
            "amount_cents": total,
            "tax_cents": tax,
            "refunded_cents": Maybe(total, refunded),
            "currency": Word(customers.currency[who], CURRENCIES),
        },
        len(who),
    )


def _line(frame: Frame, rows: Invoices, line: int, kind: str, out: Writer) -> None:
    """The lines of one kind; invoices without an amount of the kind have none."""
    amount = (rows.gross, -rows.off, rows.insights, rows.calls, rows.setup)[line]
    keep = np.flatnonzero((amount != 0) | (line == 0))
    bills, months = rows.bills, np.array(INTERVAL_MONTHS)[rows.bills.interval[keep]]
    day = rows.issued[keep]
    month = frame.calendar.month(day)
    ends = frame.calendar.starts[month + months] + (day - frame.calendar.starts[month])
    dated = line != 4
    out.add(
        "invoice_line",
        {
            "invoice_id": Id("in", keep, 8),
            "line_id": Same(str(line + 1)),
            "subscription_id": subscription_id(bills.who[keep], bills.life[keep]),
            "kind": Same(_RECURRING if kind == "insights" else kind),
            "period_from": Day(day) if dated else Same(None),
            "period_to": Day(ends) if dated else Same(None),
            "amount_cents": amount[keep],
        },
        len(keep),
    )


def _payments(frame: Frame, customers: Customers, rows: Invoices, refunded: Flags, out: Writer) -> None:
    """One success per paid invoice; failures before a recovery or a loss; refunds and disputes after."""
    rng, end = frame.stream("payment_times"), frame.calendar.end_second
    second = rows.bills.at % DAY
    good = np.flatnonzero((rows.paid >= 0) & (rows.total > 0))
    disputed = good[rng.random(len(good)) < _DISPUTE]
    failed = np.flatnonzero((rows.bills.paid != PAID) & (rows.total > 0))
    again = np.flatnonzero((rows.bills.paid == NEVER) & (rows.total > 0))
    backs = np.flatnonzero(refunded & (rows.total > 0))
    groups = (
        ("succeeded", good, rows.paid[good] * DAY + second[good] + HOUR // 2),
        ("failed", failed, rows.bills.at[failed] + 60),
        ("failed", again, rows.bills.at[again] + _RETRY_DAYS * DAY + 60),
        ("failed", again, rows.bills.at[again] + 3 * _RETRY_DAYS * DAY + 60),
        ("refunded", backs, rows.paid[backs] * DAY + second[backs] + 9 * DAY),
        ("disputed", disputed, rows.paid[disputed] * DAY + second[disputed] + 21 * DAY),
    )
    number = 0
    for status, picked, at in groups:
        kept, when = picked[at < end], at[at < end]
        out.add("payment", _payment(customers, rows, kept, when, status, number), len(kept))
        number += len(kept)


def _payment(
    customers: Customers, rows: Invoices, picked: Ints, at: Ints, status: str, number: int
) -> dict[str, "Cell | Ints"]:
    who = rows.bills.who[picked]
    total = rows.total[picked]
    tax = total * _TAX_PERCENT[customers.country[who]] // 100
    return {
        "payment_id": Id("pay", number + np.arange(len(picked)), 8),
        "invoice_id": Id("in", picked, 8),
        "customer_id": Id("c", who),
        "at": Moment(at),
        "amount_cents": total + tax,
        "currency": Word(customers.currency[who], CURRENCIES),
        "status": Same(status),
    }


def _cancellation(frame: Frame, gone: Departures, out: Writer) -> None:
    rng, size = frame.stream("cancellations"), len(gone.who)
    reason = choose(rng, _REASON_SHARES, size)
    reason = np.where(gone.voluntary == 1, reason, len(REASONS) - 1)
    rival = np.where(reason == _SWITCHED, rng.integers(0, len(_COMPETITORS), size), NONE)
    says = (gone.voluntary == 1) & (rng.random(size) < 0.3)
    out.add(
        "cancellation",
        {
            "customer_id": Id("c", gone.who),
            "at": Moment(gone.at),
            "requested_at": Moment(gone.requested),
            "reason": Word(reason, REASONS),
            "voluntary": gone.voluntary == 1,
            "competitor": Word(rival, _COMPETITORS),
            "comment": Where(says, Word(rng.integers(0, len(_COMMENTS), size), _COMMENTS)),
        },
        size,
    )
