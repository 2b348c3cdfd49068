"""What customers have paid so far: month-end MRR summed over months at each month's rate, without laying months out."""

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables


def earned(tables: Tables, until: int) -> ir.Table:
    """Per customer that ever had MRR at a month's end: sum_e16 over its months up to `until`.

    A level that holds from month a to month b brings run-rate x (rate(a) + ... + rate(b)); the sums of rates run over
    the few currencies and months, so no row per customer and month is made. `mrr_from_base` turns it into money.
    """
    levels = tables.mrr_level.filter(tables.mrr_level.from_month <= until)
    held = levels.mutate(last_month=ibis.least(levels.to_month - 1, until))
    rates = _rates_so_far(tables)
    first = rates.rename(first_currency="currency", from_month="month", rate_at_first="rate", first_sum="so_far")
    last = rates.select(last_currency="currency", last_month="month", last_sum="so_far")
    opened = held.inner_join(first, (held.currency == first.first_currency) & (held.from_month == first.from_month))
    closed = opened.inner_join(last, (opened.currency == last.last_currency) & (opened.last_month == last.last_month))
    months = (closed.last_sum - closed.first_sum + closed.rate_at_first).cast(EXACT)
    worth = closed.select("customer_id", worth=(closed.arr_e6.cast(EXACT) * months).cast(EXACT))
    return worth.group_by("customer_id").aggregate(sum_e16=worth.worth.sum().cast(EXACT))


def _rates_so_far(tables: Tables) -> ir.Table:
    """Per currency and month: the rate, and the sum of rates of that month and all before it."""
    rates = tables.fx_month.select("currency", "month", rate=tables.fx_month.rate_e10.cast(EXACT))
    order = ibis.cumulative_window(group_by="currency", order_by="month")
    return rates.mutate(so_far=rates.rate.sum().over(order).cast(EXACT))
