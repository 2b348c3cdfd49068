"""Deals as fit looks at them, from the book: open ones, those won in the last year, those that were declined."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from relevo.answers.reading import Reading
from relevo.answers.viewers import HERE
from relevo.base.money import half_up
from relevo.base.periods import day_in, month_of
from relevo.book.book import Book
from relevo.book.engine import quoted
from relevo.book.remembering import Remembered
from relevo.measures.exchange import Exchange

YEAR = timedelta(days=365)
NEW, OPEN, WON, DECLINED = "new", "open", "won", "declined"
_DEALS: Remembered[Mapping[str, "FitDeal"]] = Remembered(2)
_ANSWERS: Remembered["ByDeal"] = Remembered(2)
_OF_FIT = """
    outcome = 'declined' OR (
        kind = 'new' AND (outcome = 'open' OR closed_at >= {until} OR (outcome = 'won' AND closed_at >= {since}))
    )
"""
_SQL = """
    SELECT deal_id, coalesce(customer_id, ''), coalesce(name, deal_id), kind, coalesce(person_id, ''), outcome,
        opened_at, closed_at, amount_cents, coalesce(currency, ''), coalesce(lost_reason, '')
    FROM deal WHERE opened_at < {until} AND ({of_fit})
"""
_SAID = """
    SELECT deal_id, question, answer, answered_at FROM fit_answer
    WHERE answer IS NOT NULL AND (answered_at IS NULL OR answered_at < {until}) AND deal_id IN ({deals})
"""
_FIRST_WINS = """
    SELECT customer_id, arg_min(deal_id, (closed_at, deal_id)), min(closed_at) FROM deal
    WHERE kind = 'new' AND outcome = 'won' AND customer_id IS NOT NULL AND closed_at < {until} GROUP BY customer_id
"""


@dataclass(frozen=True)
class FitDeal:
    """A deal as of the book's day. Ids and names are '' where there are none.

    `amount_cents` is in minor units of the book's currency at the rate of its month; None where nobody knows, or where
    its currency has no rate. `why` is why it was lost or declined, in the company's words.
    """

    deal_id: str
    customer_id: str
    name: str
    kind: str
    person_id: str
    outcome: str
    opened_on: date
    closed_on: date | None
    amount_cents: int | None
    why: str

    @property
    def is_open(self) -> bool:
        """Whether it is new business that may still be won."""
        return self.kind == NEW and self.outcome == OPEN


@dataclass(frozen=True)
class Said:
    """An answer that a file brought, and the day of it where the company is; None where nobody noted the day."""

    answer: str
    on: date | None
    at: datetime | None


ByDeal = Mapping[str, Mapping[str, Said]]


def fit_deals(reading: Reading) -> Mapping[str, FitDeal]:
    """Deals for new business that are open or were won within a year, and declined ones, by id. NotReady before a book.

    What was closed after the book's day is open. Lost ones are not among them.
    """
    book = reading.company_book
    return _DEALS.get(book, "deals", lambda: _read(book))


def said_before(reading: Reading) -> ByDeal:
    """The answers that files brought, of these deals."""
    book = reading.company_book
    return _ANSWERS.get(book, "fit", lambda: _said(book, f"SELECT deal_id FROM deal WHERE {_of_fit(book)}"))


def first_wins(reading: Reading) -> Mapping[str, tuple[str, date]]:
    """By customer the first deal for new business that was won, and the day."""
    book = reading.company_book
    rows = book.in_files.run_sql(_FIRST_WINS.format(until=quoted(str(book.until)))).rows
    return {customer_id: (deal_id, day_in(at, book.company.timezone)) for customer_id, deal_id, at in rows}


def said_of(reading: Reading, deal_ids: Collection[str]) -> ByDeal:
    """The answers that files brought, of some deals; all of them where these are many."""
    if len(deal_ids) > 1_000:
        return _said(reading.company_book, "SELECT deal_id FROM deal WHERE kind = 'new'")
    return _said(reading.company_book, ", ".join(map(quoted, deal_ids)) or "NULL")


def _read(book: Book) -> Mapping[str, FitDeal]:
    exchange = Exchange.of(book.run(book.tables.fx_month.select("currency", "month", "rate_e10")).dicts())
    sql = _SQL.format(until=quoted(str(book.until)), of_fit=_of_fit(book))
    found = (_deal(book, exchange, *row) for row in book.in_files.run_sql(sql).rows)
    return {deal.deal_id: deal for deal in found if not deal.deal_id.startswith(HERE)}


def _deal(book: Book, exchange: Exchange, *row: Any) -> FitDeal:
    deal_id, customer_id, name, kind, person_id, outcome, opened_at, closed_at, cents, currency, why = row
    zone, is_closed = book.company.timezone, closed_at is not None and closed_at < book.until
    opened_on = day_in(opened_at, zone)
    closed_on = day_in(closed_at, zone) if is_closed else None
    amount = _in_base(exchange, currency, closed_on or book.as_of, cents)
    return FitDeal(
        deal_id, customer_id, name, kind, person_id, outcome if is_closed else OPEN, opened_on, closed_on, amount, why
    )


def _in_base(exchange: Exchange, currency: str, on: date, cents: int | None) -> int | None:
    if cents is None or currency not in exchange.rates:
        return None
    return half_up(exchange.amount(currency, month_of(on), cents))


def _said(book: Book, deals: str) -> ByDeal:
    found: dict[str, dict[str, Said]] = {}
    sql = _SAID.format(until=quoted(str(book.until)), deals=deals)
    for deal_id, question, answer, at in book.in_files.run_sql(sql).rows:
        on = day_in(at, book.company.timezone) if at else None
        found.setdefault(deal_id, {})[question] = Said(answer, on, at)
    return found


def _of_fit(book: Book) -> str:
    return _OF_FIT.format(until=quoted(str(book.until)), since=quoted(str(book.until - YEAR)))
