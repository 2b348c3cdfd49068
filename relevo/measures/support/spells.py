"""Periods of instants: where a period ends, in which one something fell, and what a calendar's clock showed by then.

An instant of the ledger is UTC; a period's end is one too, worked out here from the company's time zone, so that no
engine needs to know of zones.
"""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from relevo.base.periods import first_day
from relevo.book.ledger.hours import SHIFT
from relevo.book.schema import OPEN, Tables
from relevo.measures.card import Frame
from relevo.measures.support.hours import seconds as instant_s
from relevo.measures.support.hours import starts_at


def begin(frame: Frame) -> datetime:
    """The instant at which the first of the periods asked for begins."""
    return starts_at(first_day(frame.ends[0] - frame.grain.months + 1), frame.timezone)


def ends(frame: Frame) -> dict[int, datetime]:
    """The instant at which each period ends, by its last month; the open one ends with the as-of day."""
    closing = {month: starts_at(first_day(month + 1), frame.timezone) for month in frame.ends}
    return {month: min(at, frame.until) for month, at in closing.items()}


def period_of(at: ir.TimestampValue, frame: Frame) -> ir.IntegerValue:
    """The last month of the first period that ends after an instant; `OPEN` where none does, or none is known."""
    later = ((at < end, ibis.literal(month, "int64")) for month, end in ends(frame).items())
    return ibis.cases(*later, else_=ibis.literal(OPEN, "int64"))


def fell_in(at: ir.TimestampValue, frame: Frame) -> ir.IntegerValue:
    """The last month of the period in which an instant falls; `OPEN` where it falls in none that is asked for."""
    return ibis.ifelse(at < begin(frame), ibis.literal(OPEN, "int64"), period_of(at, frame))


def periods(frame: Frame) -> ir.Table:
    """One row per period: `month`, and the second since 1970 at which it ends as `end_s`."""
    months = ibis.array([ibis.literal(month, "int64") for month in frame.ends]).unnest().name("month").as_table()
    second = ((month, ibis.literal(instant_s(end), "int64")) for month, end in ends(frame).items())
    return months.select(month=months.month.cast("int64"), end_s=months.month.cases(*second))


def seconds(at: ir.TimestampValue) -> ir.IntegerValue:
    """Whole seconds since 1970; what is finer is cut off on every engine."""
    return at.truncate("s").epoch_seconds().cast("int64")


def readings(tables: Tables, frame: Frame) -> ir.Table:
    """What the clock of each calendar showed when each period ended: calendar, month, reading_s.

    A calendar that had not opened by then has no row: its clock showed 0.
    """
    hours = tables.open_hours.filter(lambda t: ~t.calendar.startswith(SHIFT))
    begun = hours.inner_join(ended := periods(frame), hours.from_s <= ended.end_s)
    shown = begun.before_s + ibis.least(begun.to_s, begun.end_s) - begun.from_s
    return begun.group_by(open_calendar=begun.calendar, read_month=begun.month).aggregate(reading_s=shown.max())
