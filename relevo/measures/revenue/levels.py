"""Levels: what each customer pays at the end of a month, and at both ends of a window."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame


def levels_at(tables: Tables, months: Sequence[int]) -> ir.Table:
    """Customers paying at month ends: customer_id, month, base_e16 at that month's closing rate."""
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(months)))
    return _valued(tables, asked.select("month", at="month", rate_month="month"), "base_e16")


def windows(tables: Tables, frame: Frame) -> ir.Table:
    """Customers paying when a window opened: customer_id, month (its end), opening_e16, closing_e16.

    Constant currency: both ends are valued at the opening month's closing rate.
    """
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(frame.ends)))
    ends = asked.select("month", opened=asked.month - frame.window)
    opening = _valued(tables, ends.select("month", at="opened", rate_month="opened"), "opening_e16")
    closing = _valued(tables, ends.select("month", at="month", rate_month="opened"), "closing_e16")
    joined = opening.left_join(closing, ["customer_id", "month"])
    return joined.select(
        "customer_id", "month", "opening_e16",
        closing_e16=ibis.coalesce(joined.closing_e16, ibis.literal(0).cast(EXACT)),
        key_month=joined.month - frame.window,
    )  # fmt: skip


def _valued(tables: Tables, moments: ir.Table, name: str) -> ir.Table:
    """Paying customers at `at`, in the book's currency at the rate of `rate_month`."""
    levels, rates = tables.mrr_level, tables.fx_month.rename(rated="month")
    held = levels.inner_join(moments, (levels.from_month <= moments["at"]) & (moments["at"] < levels.to_month))
    priced = held.inner_join(rates, (held.currency == rates.currency) & (held.rate_month == rates.rated))
    worth = priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
    total = worth.group_by("customer_id", "month").aggregate(**{name: worth.worth.sum().cast(EXACT)})
    return total.filter(total[name] > 0)
