"""How many of those who were asked answered, and who is asked too often."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from relevo.answers.customers import names_of_customers
from relevo.answers.reading import Reading
from relevo.answers.voices.lines import is_seen
from relevo.base.scales import response_percent
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.voices.rules import asking_rules
from relevo.insight.voices.asked import asked_often, response

WINDOW, SHOWN = timedelta(days=90), 20
# What is too soon where the house has no pause.
USUAL_DAYS = 14
_ROWS: Remembered[Any] = Remembered(8)


@dataclass(frozen=True)
class AskedOften:
    """A contact who was asked again too soon, `times` in the last 90 days; a customer where no contact is known."""

    contact: str | None
    customer_id: str
    customer: str | None
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Asked:
    """The company's response rate of the book's last 90 days, and the contacts in sight who were asked too often.

    Shares are in percent; None where nobody is known to have been asked. `days` is what too soon means.
    """

    conversations: int
    conversations_answered: int
    customers: int
    customers_answered: int
    days: int
    often: tuple[AskedOften, ...]
    often_found: int

    @property
    def by_conversations(self) -> Fraction | None:
        """Percent of the conversations that were asked about that were rated."""
        return response_percent(self.conversations_answered, self.conversations)

    @property
    def by_customers(self) -> Fraction | None:
        """Percent of the customers that were asked that rated anything."""
        return response_percent(self.customers_answered, self.customers)


def asked(reading: Reading) -> Asked:
    """Who was asked and who answered, as of the book. NotReady before the first book."""
    book = reading.company_book
    days = asking_rules(book.as_of).pause.days or USUAL_DAYS
    counts: tuple[int, int, int, int] = _ROWS.get(book, "response", lambda: _counts(book))
    rows = [row for row in _ROWS.get(book, ("often", days), lambda: _often(book, days)) if is_seen(reading, row[1])]
    names = names_of_customers(reading)
    often = tuple(AskedOften(row[0], row[1], names.get(row[1]), row[2], row[3]) for row in rows[:SHOWN])
    return Asked(*counts, days=days, often=often, often_found=len(rows))


def _counts(book: Book) -> tuple[int, int, int, int]:
    row = book.run(response(book.tables, book.until - WINDOW, book.until)).rows[0]
    conversations, answered, customers, who_answered = (int(each or 0) for each in row)
    return conversations, answered, customers, who_answered


def _often(book: Book, days: int) -> list[tuple[str | None, str, int, datetime]]:
    """Name of the contact, customer, times and the last moment, most often first."""
    found = asked_often(book.tables, book.until - WINDOW, book.until, days)
    people = book.tables.contact.select("contact_id", contact="name")
    rows = book.run(found.left_join(people, "contact_id")).dicts()
    told = [(row["contact"] or row["contact_id"], row["customer_id"] or "", row["times"], row["last"]) for row in rows]
    ordered = sorted(told, key=lambda row: (-row[2], row[3], row[0] or "", row[1]))
    return [(who, whose, times, last.replace(tzinfo=UTC)) for who, whose, times, last in ordered]
