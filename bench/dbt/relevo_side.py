"""Relevo's side: load the landed tables as CSV, build a book, and ask it."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.dbt.made_stripe import NOW
from relevo.base.config import Company, Config, Home
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.sources.load import load_path

COMPANY = Company("Norte Software", "EUR", "Europe/Madrid")
RATES = {"USD": "0.5", "GBP": "2"}  # made up, and exact, so that totals can be held against the measure
_LEVELS = """
    SELECT item_id, currency, arr_e6, month_of.first FROM run_rate JOIN (
        SELECT CAST(d AS DATE) AS first, date_diff('day', DATE '1970-01-01', last_day(CAST(d AS DATE))) AS last
        FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '{until}', INTERVAL 1 MONTH) t(d)) month_of
    ON from_day <= month_of.last AND (to_day IS NULL OR to_day > month_of.last)"""
# A wait begins with the customer's first public message, and with each that follows one of ours.
_REPLIES = """
    WITH spoken AS (
            SELECT conversation_id, "at", author_kind, lag(author_kind) OVER (
                PARTITION BY conversation_id ORDER BY "at", author_kind) AS before
            FROM message WHERE is_public AND author_kind IN ('customer', 'human')),
        waits AS (
            SELECT asked.conversation_id, asked.before IS NULL AS is_first,
                date_diff('second', asked."at", min(reply."at")) AS seconds
            FROM spoken asked JOIN spoken reply ON reply.conversation_id = asked.conversation_id
                AND reply.author_kind = 'human' AND reply."at" > asked."at"
            WHERE asked.author_kind = 'customer' AND asked.before IS DISTINCT FROM 'customer'
            GROUP BY asked.conversation_id, asked."at", asked.before)
    SELECT CAST(substr(conversation_id, 9) AS BIGINT), sum(seconds) FILTER (is_first), sum(seconds)
    FROM conversation LEFT JOIN waits USING (conversation_id) GROUP BY ALL"""


def built(home: Path, folder: Path) -> Book:
    """A book of the tables under `folder`, as of the day on which they were landed."""
    rates = "\n".join(f"{currency},2023-01-01,{rate}" for currency, rate in RATES.items())
    (folder / "fx_rate.csv").write_text(f"currency,on_date,rate\n{rates}\n", encoding="utf-8")
    landing, store, config = Landing(Home(home).landing), Store(Home(home).books), Config(COMPANY)
    now = NOW.replace(tzinfo=UTC) + timedelta(days=2)
    load_path(folder, landing, config, now)
    build(landing, store, config, Order(NOW.date(), now), lambda _step: None)
    return Book.open(Home(home).books)


def mrr_by_item(book: Book) -> dict[tuple[str, date], Fraction]:
    """Minor units a month of each item and month in which it counts."""
    rows = book.run_sql(_LEVELS.format(until=NOW.date())).dicts()
    return {(row["item_id"], row["first"]): Fraction(row["arr_e6"], 12_000_000) for row in rows}


def totals(book: Book) -> dict[str, int]:
    """The measure `mrr`: minor units of the book's currency by month."""
    return {str(row["month"]): row["mrr_cents"] for row in _cells(book)}


def _cells(book: Book) -> Iterator[dict[str, Any]]:
    yield from ask(book, "mrr", Ask()).rows


def replies(book: Book) -> dict[int, tuple[int | None, ...]]:
    """Seconds to the first reply of each ticket in the book, and seconds waited in all, from its messages."""
    rows = book.run_sql(_REPLIES).rows
    return {row[0]: tuple(None if cell is None else int(cell) for cell in row[1:]) for row in rows}
