"""Contacts and active customers by month, asked of the book."""

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.insight.talks.contacts import Contacts
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame
from relevo.measures.slices import NONE, SLICE, sliced
from relevo.measures.support.work_types import WORK_TYPES

SEGMENT = "segment"
_KEY = ["customer_id", "month"]


def contacts_of(book: Book, months: int = 13) -> dict[int, Contacts]:
    """Contacts of the months that end with the as-of day's, by month index; the last one may not be over.

    A contact is a conversation that begins. A customer is active in a month at whose end it pays, and in the segment
    that it had then.
    """
    frame = replace(frame_of(book, WORK_TYPES.card, Ask(months=months)), by=SEGMENT)
    asked = range(month_of(book.as_of) - months + 1, month_of(book.as_of) + 1)
    customers: dict[int, dict[str, int]] = {month: {} for month in asked}
    known: dict[int, dict[tuple[str, str], int]] = {month: {} for month in asked}
    others: dict[int, dict[str, int]] = {month: {} for month in asked}
    for row in book.run(_customers(book.tables, frame, list(asked))).dicts():
        customers[int(row["month"])][str(row[SLICE])] = int(row["customers"])
    for row in book.run(_contacts(book.tables, frame, list(asked))).dicts():
        month, driver, n = int(row["month"]), str(row["category"]), int(row["contacts"])
        if row["is_active"]:
            known[month][driver, str(row[SLICE])] = n
        else:
            others[month][driver] = others[month].get(driver, 0) + n
    return {month: Contacts(customers[month], known[month], others[month]) for month in asked}


def _active(tables: Tables, asked: list[int]) -> ir.Table:
    """Customers with a month at whose end they pay."""
    months = tables.calendar_month.filter(lambda t: t.month.isin(asked)).select("month")
    paid = tables.mrr_level.filter(lambda t: t.arr_e6 > 0)
    both = paid.inner_join(months, (paid.from_month <= months.month) & (months.month < paid.to_month))
    return both.select(*_KEY).distinct()


def _customers(tables: Tables, frame: Frame, asked: list[int]) -> ir.Table:
    rows = sliced(_active(tables, asked).mutate(key_month=ibis._.month), tables, frame)
    return rows.group_by(["month", SLICE]).aggregate(customers=rows.count())


def _contacts(tables: Tables, frame: Frame, asked: list[int]) -> ir.Table:
    begun = tables.episode.filter(lambda t: t.begun_month.isin(asked) & (t.begun_at < frame.until))
    told = begun.select(
        "customer_id", month="begun_month", key_month="begun_month", category=begun.category.fill_null(NONE)
    )
    cut = sliced(told, tables, frame)
    active = _active(tables, asked).rename(payer="customer_id", paid="month")
    both = cut.left_join(active, (cut.customer_id == active.payer) & (cut.month == active.paid))
    rows = both.select("month", "category", SLICE, is_active=both.payer.notnull())
    return rows.group_by(["month", "category", SLICE, "is_active"]).aggregate(contacts=rows.count())
