"""The days from which customers are followed: when they were helped, or a day like it for those who were not.

Both begin on a day on which the customer pays. Of one customer, the first such day of a quarter counts; others have one
day in every quarter, chosen by their place and never by what became of them.
"""

from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number
from relevo.book.book import Book, Tables
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame
from relevo.measures.catalog import find
from relevo.measures.slices import SLICE, sliced_at
from relevo.measures.support.person_months import DAYS

# Customers by place modulo so many: intervals leave out one group of customers after the other.
GROUPS = 20
YEAR = 365
_DAY = 86_400
_STARTS, _ENDS = ("new", "reactivation"), ("churn",)
# What makes customers alike on the day.
ALIKE = ("quarter", "tenure", "segment", "used")


@dataclass(frozen=True)
class Followed:
    """Which months moments lie in, and up to which day customers are followed."""

    frame: Frame
    first: int
    last: int
    as_of: int

    @classmethod
    def of(cls, book: Book) -> "Followed":
        """The months of `retention_after_contact`: the last 24 complete ones."""
        frame = frame_of(book, find("retention_after_contact").card, Ask())
        return cls(frame, frame.last_complete - frame.window + 1, frame.last_complete, day_number(book.as_of))


def day_of(at: ir.TimestampValue) -> ir.IntegerValue:
    """The UTC day of an instant, in days since 1970-01-01."""
    seconds = at.epoch_seconds().cast("int64")
    return ((seconds - seconds % _DAY) / _DAY).cast("int64")  # portable: the division is exact


def spells(tables: Tables) -> ir.Table:
    """Stretches in which a customer pays, from the day it begins to the day it ends (exclusive; null while it pays).

    Whoever came back has several: each end is told on its own day.
    """
    moved = tables.movement.filter(tables.movement.kind.isin((*_STARTS, *_ENDS)))
    order = ibis.window(group_by="customer_id", order_by="day")
    following = moved.mutate(until_day=moved.day.lead().over(order))
    begun = following.filter(following.kind.isin(_STARTS))
    return begun.select(payer="customer_id", since_day="day", until_day="until_day")


def helped(tables: Tables, of: Followed, when: str) -> ir.Table:
    """The first episode of a customer and quarter in which a person helped: by `first_human_at` or `first_resolved_at`.

    An episode in which the customer wrote and a person answered; with its own columns.
    """
    talks = tables.episode
    real = talks.filter((talks.replies > 0) & (talks.customer_messages > 0) & (talks[when] < of.frame.until))
    days = tables.calendar_day.filter(tables.calendar_day.month.between(of.first, of.last))
    dated = real.mutate(helped_day=day_of(real[when]))
    known = dated.inner_join(days.select("day", "month"), dated.helped_day == days.day).select(
        *talks.columns, "day", "month"
    )
    quartered = known.mutate(quarter=known.month - known.month % 3)
    order = ibis.window(group_by=["customer_id", "quarter"], order_by=[when, "conversation_id", "episode"])
    return quartered.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0).drop("place")


def others(tables: Tables, of: Followed) -> ir.Table:
    """Customers by quarter on the first day of one of its months, with no contact in the 90 days before."""
    placed = groups(tables)
    calendar = tables.calendar_month.filter(tables.calendar_month.month.between(of.first, of.last))
    months = calendar.select("month", day="first_day")
    joined = placed.inner_join(months, placed.place % 3 == months.month % 3).select("customer_id", "month", "day")
    each = joined.mutate(quarter=joined.month - joined.month % 3)
    wrote = tables.episode.filter(tables.episode.customer_messages > 0).select(
        writer="customer_id", wrote_day="begun_day"
    )
    return each.anti_join(
        wrote,
        (each.customer_id == wrote.writer) & (wrote.wrote_day >= each.day - DAYS) & (wrote.wrote_day <= each.day),
    )


def groups(tables: Tables) -> ir.Table:
    """Every customer's place in the order in which they began to pay."""
    starts = tables.customer_start
    order = ibis.window(order_by=["first_day", "customer_id"])
    placed = starts.mutate(place=ibis.row_number().over(order).cast("int64"))
    return placed.select("customer_id", "first_day", "place")


def followed(moments: ir.Table, tables: Tables, of: Followed) -> ir.Table:
    """Moments (customer_id, day, month) on which the customer pays, with what it is like then and what became of it.

    `until_day` is the day it left, null while it pays; `group` is its group for intervals.
    """
    paying = spells(tables)
    there = moments.inner_join(
        paying,
        (moments.customer_id == paying.payer) & (paying.since_day <= moments.day)
        & (paying.until_day.isnull() | (paying.until_day > moments.day)),
    ).select(*moments.columns, "until_day")  # fmt: skip
    placed = groups(tables).select(starter="customer_id", first_day="first_day", place="place")
    known = there.inner_join(placed, there.customer_id == placed.starter).select(*there.columns, "first_day", "place")
    age = known.day - known.first_day
    tenure = ibis.cases((age < 90, "90 days"), (age < 365, "1 year"), (age < 730, "2 years"), else_="longer")
    told = known.mutate(tenure=tenure, group=known.place % GROUPS, moment=known.month, before=known.month - 1)
    named = sliced_at(told, tables, replace(of.frame, by="segment")).rename(segment=SLICE)
    return _with_use(named, tables).drop("moment", "before", "first_day", "place")


def _with_use(rows: ir.Table, tables: Tables) -> ir.Table:
    """`used` says how many digits the use of the month before has; 0 where none is known."""
    monthly = use_by_month(tables)
    both = rows.left_join(monthly, (rows.customer_id == monthly.user) & (rows.before == monthly.used_month))
    known = both.select(*rows.columns, "events")
    digits = ibis.ifelse(known.events > 0, known.events.cast("string").length(), 0)
    return known.mutate(used=digits.fill_null(0).cast("int64")).drop("events")


def use_by_month(tables: Tables) -> ir.Table:
    """How much each customer used the product by month."""
    used = tables.usage
    month = (used.on_date.year() * 12 + used.on_date.month() - 1).cast("int64")
    dated = used.select("customer_id", "events", used_month=month)
    return dated.group_by(user="customer_id", used_month="used_month").aggregate(
        events=dated.events.sum().cast("int64")
    )
