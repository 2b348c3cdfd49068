"""How much one customer used the product, month by month."""

from dataclasses import dataclass

import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.reading import Reading
from relevo.base.periods import month_of, month_text
from relevo.book.book import Tables
from relevo.insight.lines import monthly
from relevo.insight.one_customer import ask_about, of_customer


@dataclass(frozen=True)
class UsageMonth:
    """One month: how often the product was used, which part of it, on how many days, by how many people at most a day.

    `users` is None where the source does not count people.
    """

    month: str
    events: int
    features: int
    days: int
    users: int | None


def customer_usage(reading: Reading, customer_id: str) -> tuple[UsageMonth, ...]:
    """Every month from the first use to the book's, oldest first; a month without use counts 0.

    NotFound where the viewer may not see the customer; empty where nothing is known of its use.
    """
    customer_card(reading, customer_id)
    book = reading.company_book
    used = {month_of(row[0]): row[1:] for row in ask_about(book, customer_id, _usage).rows}
    if not used:
        return ()
    months = range(min(used), book.open_month + 1)
    return tuple(UsageMonth(month_text(m), *used.get(m, (0, 0, 0, None))) for m in months)


def _usage(tables: Tables) -> ir.Table:
    rows = monthly(of_customer(tables.usage), "on_date")
    return rows.group_by("month_start").aggregate(
        events=rows.events.sum(), features=rows.feature.nunique(), days=rows.on_date.nunique(), users=rows.users.max()
    )
