"""Sums at month ends from intervals of months, without laying customers out per month.

Nearly every customer has one currency and no level below 0, so that each of its levels alone says what it pays. Such
levels are counted by the months in which they begin and end (`counted`); the few counts are then held against the
month ends asked and valued there (`at_ends`). The others' levels are laid out, see measures.revenue.levels.
"""

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.slices import cut, group

SPAN = ("from_month", "to_month")
# Amounts are run-rates per year in `currency`; counts are of customers.
Sums = Sequence[str]


def mixed(levels: ir.Table) -> ir.Table:
    """Customers of whom one level alone does not say what they pay: negative somewhere, or in several currencies."""
    each = levels.group_by("customer_id").aggregate(
        least=levels.arr_e6.min(), one=levels.currency.min(), other=levels.currency.max()
    )
    return each.filter((each.least <= 0) | (each.one != each.other)).select("customer_id")


def apart(tables: Tables) -> tuple[ir.Table, ir.Table]:
    """The levels of customers each of which alone says what it pays, and the levels of all others."""
    levels = tables.mrr_level
    several = mixed(levels)
    return levels.anti_join(several, "customer_id"), levels.semi_join(several, "customer_id")


def within(spans: ir.Table, ends: Iterable[int]) -> ir.Table:
    """Spans that hold at a month between the first and the last asked; where none is asked, none."""
    asked = sorted(ends) or [0]
    return spans.filter((spans.from_month <= asked[-1]) & (spans.to_month > asked[0]))


def moved(spans: ir.Table, months: int) -> ir.Table:
    """Spans that hold so many months later."""
    return spans.mutate(from_month=spans.from_month + months, to_month=spans.to_month + months)


def counted(spans: ir.Table, keys: Sequence[str], amounts: Sums, counts: Sums) -> ir.Table:
    """Spans added up where keys, currency, first and last month are the same."""
    return spans.group_by([*keys, "currency", *SPAN]).aggregate(
        **{name: spans[name].cast(EXACT).sum().cast(EXACT) for name in amounts},
        **{name: spans[name].sum().cast("int64") for name in counts},
    )


def at_ends(
    held: ir.Table, tables: Tables, ends: Iterable[int], keys: Sequence[str], amounts: Sums, counts: Sums, lag: int = 0
) -> ir.Table:
    """What counted spans sum to at month ends: `month`, keys, counts, and amounts in the book's currency.

    An amount is valued at the closing rate of `lag` months before and named `*_e16` for its `*_e6`.
    """
    rates = tables.fx_month.select(rated="currency", at_month=tables.fx_month.month + lag, rate_e10="rate_e10")
    asked = tables.calendar_month.filter(lambda t: t.month.isin(sorted(ends))).select(at_month="month")
    rated = rates.semi_join(asked, "at_month")
    there = held.inner_join(
        rated,
        (held.currency == rated.rated) & (held.from_month <= rated.at_month) & (rated.at_month < held.to_month),
    )
    worth = {name: there[name].cast(EXACT) * there.rate_e10.cast(EXACT) for name in amounts}
    rows = there.select(*keys, *counts, month="at_month", **worth)
    return rows.group_by(["month", *keys]).aggregate(
        **{name.replace("_e6", "_e16"): rows[name].sum().cast(EXACT) for name in amounts},
        **{name: rows[name].sum().cast("int64") for name in counts},
    )


def overlaps(opening: ir.Table, closing: ir.Table, window: int) -> ir.Table:
    """Spans that held `window` months before, each while a span of the same customer holds: when both do.

    The columns are those of `opening`, and `later_e6`, the run-rate in `closing`.
    """
    then = moved(opening, window)
    later = closing.select(payer="customer_id", later_e6="arr_e6", later_from="from_month", later_to="to_month")
    both = then.inner_join(
        later,
        (then.customer_id == later.payer) & (then.from_month < later.later_to) & (later.later_from < then.to_month),
    )
    return both.mutate(
        from_month=ibis.greatest(both.from_month, both.later_from), to_month=ibis.least(both.to_month, both.later_to)
    ).select(*opening.columns, "later_e6")


def going_on(opening: ir.Table) -> ir.Table:
    """Months at whose end the level still holds that a span, a piece of it, held of a month before.

    `until_month` says when the level ends. With `followed` these are the overlaps of a window of one month.
    """
    still = opening.mutate(
        from_month=opening.from_month + 1, to_month=ibis.least(opening.to_month + 1, opening.until_month)
    )
    return still.filter(still.from_month < still.to_month)


def followed(opening: ir.Table, closing: ir.Table) -> ir.Table:
    """Months at whose end another level has just taken the place of one: the columns of `overlaps`."""
    last = opening.filter(opening.to_month == opening.until_month)
    following = closing.select(payer="customer_id", taken="from_month", later_e6="arr_e6")
    both = last.inner_join(following, (last.customer_id == following.payer) & (last.until_month == following.taken))
    ended = both.select(*opening.columns, "later_e6")
    return ended.mutate(from_month=ended.until_month, to_month=ended.until_month + 1)


def stock(spans: ir.Table, tables: Tables, ends: Iterable[int], keys: Sequence[str], lag: int = 0) -> ir.Table:
    """Base run-rate and customers of spans at month ends: month, keys, base_e16, customers; see `at_ends`."""
    rows = spans.mutate(base_e6=spans.arr_e6, customers=ibis.literal(1, "int64"))
    sums = (("base_e6",), ("customers",))
    return at_ends(counted(rows, keys, *sums), tables, ends, keys, *sums, lag)


def moves_by_kind(rows: ir.Table, tables: Tables, frame: Frame, lag: int) -> ir.Table:
    """Movements with the `month` of their period added up: month, part (the kind), slice, base_e16, customers.

    A movement is cut by the value of `lag` months before its month.
    """
    spans = rows.select("customer_id", "kind", "base_e16", from_month="month", to_month=rows.month + 1)
    found = cut(spans, tables, frame, lag)
    named = found.mutate(month=found.from_month, part=found.kind)
    return named.group_by(group(frame, "month", "part")).aggregate(
        base_e16=named.base_e16.sum().cast(EXACT), customers=named.count().cast("int64")
    )
