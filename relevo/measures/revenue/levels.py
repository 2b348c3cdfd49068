"""Levels: what each customer pays at the end of a month, and at both ends of a window."""

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.revenue.overlaps import apart, stock, within
from relevo.measures.slices import cut, group, sliced


def levels_at(tables: Tables, months: Sequence[int]) -> ir.Table:
    """Customers paying at month ends: customer_id, month, base_e16 at that month's closing rate."""
    return _valued(tables, _month_ends(tables, months)).rename(base_e16="worth")


def totals_at(tables: Tables, frame: Frame) -> ir.Table:
    """Sum of base run-rate and count of paying customers per asked month end (and slice)."""
    alone, several = apart(tables)
    summed = stock(cut(within(alone, frame.ends), tables, frame), tables, frame.ends, group(frame))
    rows = sliced(laid_out(tables, several, frame.ends).mutate(key_month=ibis._.month), tables, frame)
    others = rows.group_by(group(frame, "month")).aggregate(
        base_e16=rows.base_e16.sum().cast(EXACT), customers=rows.count().cast("int64")
    )
    return together([summed, others], group(frame, "month"))


def stock_of(customers: ir.Table, tables: Tables, ends: Sequence[int], keys: Sequence[str]) -> ir.Table:
    """What customers pay at month ends: month, keys, base_e16, customers. Keys are columns of `customers`."""
    alone, several = apart(tables)
    known = within(alone, ends).inner_join(customers, "customer_id")
    rows = laid_out(tables, several, ends).inner_join(customers, "customer_id")
    others = rows.group_by(["month", *keys]).aggregate(
        base_e16=rows.base_e16.sum().cast(EXACT), customers=rows.count().cast("int64")
    )
    return together([stock(known, tables, ends, keys), others], ["month", *keys])


def laid_out(tables: Tables, several: ir.Table, months: Sequence[int]) -> ir.Table:
    """Paying customers at month ends as in `levels_at`, where one level alone does not say what a customer pays."""
    return _added(tables, several, _month_ends(tables, months)).rename(base_e16="worth")


def _month_ends(tables: Tables, months: Sequence[int]) -> ir.Table:
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(months)))
    return asked.select("month", at="month", rate_month="month")


def together(parts: Sequence[ir.Table], keys: Sequence[str]) -> ir.Table:
    """Sums over disjoint customers added up: every column that is no key."""
    names = [name for name in parts[0].columns if name not in keys]
    both = ibis.union(*(part.select(*keys, *names) for part in parts))
    return both.group_by(keys).aggregate(**{n: both[n].sum().cast(both[n].type()) for n in names})


def windows(tables: Tables, frame: Frame) -> ir.Table:
    """Customers paying when a window opened: customer_id, month (its end), opening_e16, closing_e16.

    Constant currency: both ends are valued at the opening month's closing rate.
    """
    return _windows(tables, frame, lambda moments: _valued(tables, moments))


def laid_out_windows(tables: Tables, several: ir.Table, frame: Frame) -> ir.Table:
    """The same where one level alone does not say what a customer pays."""
    return _windows(tables, frame, lambda moments: _added(tables, several, moments))


def _windows(tables: Tables, frame: Frame, worth: Callable[[ir.Table], ir.Table]) -> ir.Table:
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(frame.ends)))
    ends = asked.select("month", opened=asked.month - frame.window)
    opening = worth(ends.select("month", at="opened", rate_month="opened"))
    closing = worth(ends.select("month", at="month", rate_month="opened"))
    joined = opening.rename(opening_e16="worth").left_join(
        closing.rename(closing_e16="worth"), ["customer_id", "month"]
    )
    return joined.select(
        "customer_id", "month", "opening_e16",
        closing_e16=ibis.coalesce(joined.closing_e16, ibis.literal(0).cast(EXACT)),
        key_month=joined.month - frame.window,
    )  # fmt: skip


def _valued(tables: Tables, moments: ir.Table) -> ir.Table:
    """Paying customers at `at`, in the book's currency at the rate of `rate_month`: customer_id, month, worth.

    Nearly every customer has one level at a time; only the others' are added up.
    """
    alone, several = apart(tables)
    return ibis.union(_worth(tables, alone, moments), _added(tables, several, moments))


def _added(tables: Tables, levels: ir.Table, moments: ir.Table) -> ir.Table:
    """Paying customers at `at` with their levels added up: customer_id, month, worth."""
    each = _worth(tables, levels, moments)
    added = each.group_by("customer_id", "month").aggregate(worth=each.worth.sum().cast(EXACT))
    return added.filter(added.worth > 0)


def _worth(tables: Tables, levels: ir.Table, moments: ir.Table) -> ir.Table:
    """Levels at `at`: customer_id, month, worth."""
    rates = tables.fx_month.rename(rated="month")
    held = levels.inner_join(moments, (levels.from_month <= moments["at"]) & (moments["at"] < levels.to_month))
    priced = held.inner_join(rates, (held.currency == rates.currency) & (held.rate_month == rates.rated))
    return priced.select("customer_id", "month", worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
