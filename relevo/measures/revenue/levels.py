"""Levels: what each customer pays at the end of a month, and at both ends of a window."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.slices import NONE, SLICE, group, sliced


def levels_at(tables: Tables, months: Sequence[int]) -> ir.Table:
    """Customers paying at month ends: customer_id, month, base_e16 at that month's closing rate."""
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(months)))
    return _valued(tables, asked.select("month", at="month", rate_month="month"), "base_e16")


def totals_at(tables: Tables, frame: Frame) -> ir.Table:
    """Sum of base run-rate and count of paying customers per asked month end (and slice).

    Levels are added up by the month in which they begin or end, and then over time, so no customer is laid out per
    month. Only who has a negative level or several currencies, and so pays where the sum is above 0, is.
    """
    levels = tables.mrr_level
    mixed = _mixed(levels)
    laid_out = tables.replacing(mrr_level=levels.semi_join(mixed, "customer_id"))
    rows = sliced(levels_at(laid_out, frame.ends).mutate(key_month=ibis._.month), tables, frame)
    some = rows.group_by(group(frame, "month")).aggregate(
        base_e16=rows.base_e16.sum().cast(EXACT), customers=rows.count().cast("int64")
    )
    both = ibis.union(_added_up(tables, levels.anti_join(mixed, "customer_id"), frame), some)
    return both.group_by(group(frame, "month")).aggregate(
        base_e16=both.base_e16.sum().cast(EXACT), customers=both.customers.sum().cast("int64")
    )


def _mixed(levels: ir.Table) -> ir.Table:
    """Customers of whom one level alone does not say what they pay: negative somewhere, or in several currencies."""
    each = levels.group_by("customer_id").aggregate(
        least=levels.arr_e6.min(), one=levels.currency.min(), other=levels.currency.max()
    )
    return each.filter((each.least <= 0) | (each.one != each.other)).select("customer_id")


def _added_up(tables: Tables, levels: ir.Table, frame: Frame) -> ir.Table:
    """The totals of customers each of whose levels alone says that it pays."""
    spans = levels.mutate(sign=ibis.literal(1, "int64"))
    if frame.by:
        spans = _by_value(tables, spans, frame.by)
    key = group(frame, "currency")
    steps = ibis.union(
        spans.select(*key, month="from_month", arr_e6=spans.arr_e6.cast(EXACT), customers="sign"),
        spans.select(*key, month="to_month", arr_e6=-spans.arr_e6.cast(EXACT), customers=-spans.sign),
    )
    summed = steps.group_by([*key, "month"]).aggregate(
        arr_e6=steps.arr_e6.sum().cast(EXACT), customers=steps.customers.sum().cast("int64")
    )
    asked = tables.calendar_month.filter(lambda t: t.month.isin(list(frame.ends))).select(at_month="month")
    until = summed.inner_join(asked, summed.month <= asked.at_month)
    held = until.group_by([*key, "at_month"]).aggregate(
        arr_e6=until.arr_e6.sum().cast(EXACT), customers=until.customers.sum().cast("int64")
    )
    rates = tables.fx_month.select(rate_currency="currency", rate_month="month", rate_e10="rate_e10")
    priced = held.inner_join(
        rates.filter(rates.rate_month.isin(list(frame.ends))),
        [held.currency == rates.rate_currency, held.at_month == rates.rate_month],
    )
    worth = priced.mutate(month=priced.at_month, base_e16=priced.arr_e6 * priced.rate_e10.cast(EXACT))
    total = worth.group_by(group(frame, "month")).aggregate(
        base_e16=worth.base_e16.sum().cast(EXACT), customers=worth.customers.sum().cast("int64")
    )
    return total.filter(total.customers > 0)


def _by_value(tables: Tables, spans: ir.Table, name: str) -> ir.Table:
    """Levels cut where the value of a dimension changes; what no value covers is shown as having none.

    That is: every level without a value, once more with each value while it holds, and as often taken off the former.
    """
    traits = tables.customer_trait.filter(lambda t: t.name == name).select(
        trait_customer="customer_id", slice="value", trait_from="from_month", trait_to="to_month"
    )
    joined = spans.inner_join(
        traits,
        (spans.customer_id == traits.trait_customer)
        & (spans.from_month < traits.trait_to)
        & (traits.trait_from < spans.to_month),
    )
    inside = joined.mutate(
        from_month=ibis.greatest(joined.from_month, joined.trait_from),
        to_month=ibis.least(joined.to_month, joined.trait_to),
    ).select("currency", "arr_e6", "from_month", "to_month", "sign", SLICE)
    every = spans.select("currency", "arr_e6", "from_month", "to_month", "sign", slice=ibis.literal(NONE))
    off = inside.mutate(slice=ibis.literal(NONE), arr_e6=-inside.arr_e6, sign=-inside.sign)
    return ibis.union(every, inside, off.select("currency", "arr_e6", "from_month", "to_month", "sign", SLICE))


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
    """Paying customers at `at`, in the book's currency at the rate of `rate_month`.

    Nearly every customer has one level at a time; only the others' are added up.
    """
    levels = tables.mrr_level
    mixed = _mixed(levels)
    alone = _worth(tables, levels.anti_join(mixed, "customer_id"), moments)
    several = _worth(tables, levels.semi_join(mixed, "customer_id"), moments)
    added = several.group_by("customer_id", "month").aggregate(worth=several.worth.sum().cast(EXACT))
    total = ibis.union(alone, added).select("customer_id", "month", **{name: "worth"})
    return total.filter(total[name] > 0)


def _worth(tables: Tables, levels: ir.Table, moments: ir.Table) -> ir.Table:
    """Levels at `at`: customer_id, month, worth."""
    rates = tables.fx_month.rename(rated="month")
    held = levels.inner_join(moments, (levels.from_month <= moments["at"]) & (moments["at"] < levels.to_month))
    priced = held.inner_join(rates, (held.currency == rates.currency) & (held.rate_month == rates.rated))
    return priced.select("customer_id", "month", worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
