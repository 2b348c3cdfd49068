"""Customers counted by what was left empty at the hand-off after their sale, and by what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.periods import month_of
from relevo.book.book import Book, Tables
from relevo.insight.relay.lost_items import ITEMS, Cells, LostItems, lost_items

# A hand-off belongs to a won deal if it was given no more than so many days before it closed.
BEFORE_DAYS = 30
# Re-asks of a younger hand-off are still to come.
SETTLED_DAYS = 30
NO_SEGMENT = ""
_COUNTED = ["segment", "empty", "figure", "event"]


def lost_items_of(book: Book) -> LostItems:
    """What a lost item costs in a book, as of its day; the engine counts, the estimates are made of the counts.

    A customer counts with its first won deal of kind new and the first hand-off after it, if its completeness is
    known. First value is the first milestone of that kind; a customer left when its MRR went to 0 for good.
    """
    return lost_items(*(_cells(book, rows) for rows in (_waits(book), _reasks(book), _stays(book))))


def handed_on(tables: Tables, until: datetime) -> ir.Table:
    """Per customer: its segment, the UTC day its first deal was won, items left empty, re-asks, when it was given."""
    deals, given = tables.deal, tables.handoff
    won = deals.filter(
        (deals.kind == "new") & (deals.outcome == "won") & deals.customer_id.notnull() & (deals.closed_at < until)
    )
    won = _first(won, "closed_at", "deal_id").select("customer_id", "closed_at")
    joined = won.inner_join(given.filter(given.given_at < until), "customer_id")
    after = joined.filter(joined.given_at >= joined.closed_at - ibis.interval(days=BEFORE_DAYS))
    first = _first(after, "given_at", "handoff_id").filter(lambda t: t.completeness.notnull())
    named = first.left_join(tables.customer.select("customer_id", "segment"), "customer_id")
    asked = named["items"].fill_null(ITEMS)
    return named.select(
        "customer_id",
        "given_at",
        "reasks",
        segment=named.segment.fill_null(NO_SEGMENT),
        closed_on=named.closed_at.date(),
        empty=ibis.greatest((asked * (1 - named.completeness) + 0.5).floor(), 0).cast("int64"),
    )


def _first(rows: ir.Table, at: str, key: str) -> ir.Table:
    """The first row of every customer."""
    place = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=[at, key]))
    return rows.mutate(place=place).filter(lambda t: t.place == 0).drop("place")


def _waits(book: Book) -> ir.Table:
    """Days from the won deal to first value; censored on leaving, else on the as-of day."""
    tables, handed = book.tables, handed_on(book.tables, book.until)
    steps = tables.milestone.filter(lambda t: (t.kind == "first_value") & (t.reached_at < book.until))
    value = steps.group_by("customer_id").aggregate(reached_on=steps.reached_at.min().date())
    both = handed.left_join(value, "customer_id").drop("customer_id_right")
    every = both.left_join(_left_on(tables), "customer_id").drop("customer_id_right")
    left_on = ibis.ifelse(every.left_on >= every.closed_on, every.left_on, ibis.null("date"))
    ended_on = ibis.coalesce(every.reached_on, left_on, ibis.literal(book.as_of))
    return every.select(
        "segment",
        "empty",
        figure=ibis.greatest(ended_on.delta(every.closed_on, unit="day"), 0).cast("int64"),
        event=every.reached_on.notnull().cast("int64"),
    )


def _left_on(tables: Tables) -> ir.Table:
    starts, days = tables.customer_start, tables.calendar_day
    gone = starts.inner_join(days, starts.churn_day == days.day)
    return gone.select("customer_id", left_on="on_date")


def _reasks(book: Book) -> ir.Table:
    """Re-asks of hand-offs that have settled; where nobody counted them they are unknown."""
    handed = handed_on(book.tables, book.until)
    settled = handed.filter(handed.reasks.notnull() & (handed.given_at < book.until - timedelta(days=SETTLED_DAYS)))
    return settled.select("segment", "empty", figure=settled.reasks.cast("int64"), event=ibis.literal(1))


def _stays(book: Book) -> ir.Table:
    """Months from the first MRR until it went to 0 for good; who paid before history starts is not counted."""
    tables, last = book.tables, book.last_complete_month
    starts = tables.customer_start.filter(lambda t: t.first_month <= last)
    opened: date | None = book.manifest.history_starts_on
    if opened is not None:
        starts = starts.filter(starts.first_month > month_of(opened))
    both = handed_on(tables, book.until).inner_join(starts, "customer_id")
    left = (both.churn_month <= last).fill_null(False)
    end = ibis.ifelse(left, both.churn_month, last)
    return both.select("segment", "empty", figure=end - both.first_month, event=left.cast("int64"))


def _cells(book: Book, rows: ir.Table) -> Cells:
    counted = rows.group_by(_COUNTED).aggregate(n=rows.count()).order_by(_COUNTED)
    found: Sequence[dict[str, object]] = book.run(counted).dicts()
    columns = (np.array([r[c] for r in found], dtype=np.int64) for c in ("empty", "figure", "event", "n"))
    return Cells([str(r["segment"]) for r in found], *columns)
