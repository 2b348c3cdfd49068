"""One customer: what it pays and paid, who holds it, and how it is doing. What lies in its tabs is answered beside."""

from dataclasses import dataclass

from relevo.answers.customer_head import Head, customer_head
from relevo.answers.customer_history import History, customer_history
from relevo.answers.customers import CustomerRow, Status, customer_card
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count, day, money, text
from relevo.base.periods import month_of, month_text

YEAR = 12


@dataclass(frozen=True)
class CustomerPage:
    """What stands above the tabs of a customer. `tenure_months` counts from its first to its last day, None unpaid.

    `history` holds no amount where the viewer may not see them.
    """

    stamp: Stamp
    card: CustomerRow
    sentence: Sentence
    mrr_year_before_cents: int | None
    tenure_months: int | None
    head: Head
    history: History
    timezone: str
    sees_money: bool = True
    reads_conversations: bool = True


def customer_page(reading: Reading, customer_id: str) -> CustomerPage:
    """The page of a customer. NotFound if the viewer may not see it."""
    card = customer_card(reading, customer_id)
    book, viewer = reading.company_book, reading.viewer
    sees_money = viewer.sees_money_of(customer_id)
    history = customer_history(reading, customer_id)
    tenure = _tenure(card, book.open_month)
    before = dict(history.months).get(month_text(book.open_month - YEAR))
    return CustomerPage(
        stamp=stamp(reading),
        card=card,
        sentence=_sentence(card, book.company.currency, _months_paid(history, tenure), sees_money=sees_money),
        mrr_year_before_cents=before if sees_money else None,
        tenure_months=tenure,
        head=customer_head(reading, customer_id),
        history=history,
        timezone=book.company.timezone,
        sees_money=sees_money,
        reads_conversations=viewer.reads_conversations_of(customer_id),
    )


def _tenure(card: CustomerRow, this_month: int) -> int | None:
    if card.since is None:
        return None
    return (month_of(card.left_on) if card.left_on else this_month) - month_of(card.since)


def _months_paid(history: History, tenure: int | None) -> int:
    """Months with revenue at their end, of which a customer who never paused has one more than it has been here."""
    return history.paid_months if tenure is None else min(history.paid_months, max(tenure, 1))


def _sentence(card: CustomerRow, currency: str, months: int, *, sees_money: bool) -> Sentence:
    values = {
        "name": text(card.name),
        "mrr": money(card.mrr_cents, currency),
        "since": day(card.since),
        "left": day(card.left_on),
        "months": count(months),
    }
    if card.status is Status.PAYING and not sees_money:
        return Sentence("customer.paying_unsaid", {n: v for n, v in values.items() if n != "mrr"})
    return Sentence(f"customer.{card.status}", values)
