"""Movements: how a customer's run-rate changed, netted per customer and day, and the levels between them.

Kinds test zero before magnitude: `new` the first time a customer pays, `reactivation` from 0 with history,
`churn` to 0, `expansion` and `contraction` between. A plan swapped on one day is one movement, not churn and new.
"""

from collections.abc import Callable
from functools import partial

import ibis
import ibis.expr.types as ir

from relevo.book.policy import Policy
from relevo.book.rollups.recognition import service_start_levels
from relevo.book.schema import EXACT, OPEN, Tables


def item_steps(rates: ir.Table, on: ir.Table | None = None) -> ir.Table:
    """One row per customer, day, currency and item whose rate began or ended that day, with the likely cause.

    With `on`, of these customers and days alone.
    """
    shared = ("customer_id", "subscription_id", "item_id", "currency", "interval")
    begins = rates.select(
        *shared, day="from_day", delta_e6="arr_e6", start_cause="start_cause", end_cause=ibis.null("string"),
        began=rates.is_first, ended=ibis.literal(False),
    )  # fmt: skip
    finished = rates.filter(rates.to_day.notnull())
    ends = finished.select(
        *shared, day="to_day", delta_e6=-finished.arr_e6, start_cause=ibis.null("string"), end_cause="end_cause",
        began=ibis.literal(False), ended=finished.is_last,
    )  # fmt: skip
    sides = (begins, ends) if on is None else (rows.semi_join(on, ["customer_id", "day"]) for rows in (begins, ends))
    both = ibis.union(*sides)
    steps = both.group_by("customer_id", "day", "currency", "subscription_id", "item_id").aggregate(
        delta_e6=both.delta_e6.sum().cast("int64"),
        start_cause=both.start_cause.max(),
        end_cause=both.end_cause.max(),
        began=both.began.max(),
        ended=both.ended.max(),
        interval_low=both.interval.min(),
        interval_high=both.interval.max(),
    )
    return steps.mutate(cause=_step_cause(steps))


def _step_cause(steps: ir.Table) -> ir.StringColumn:
    return ibis.cases(
        (steps.start_cause.notnull(), steps.start_cause),
        ((steps.delta_e6 > 0) & steps.began, "add_on"),
        else_=steps.end_cause,
    )


def mrr_change(tables: Tables) -> ir.Table:
    """Net change of run-rate per customer, day and currency, also in the book's currency at that day's rate.

    `items` counts the changes of items that were netted; `cause` is that of the only one.
    """
    days, rates = tables.calendar_day, tables.fx_day
    # A rate for each day first: then both join by equality, and no change is held against every rate.
    daily = days.inner_join(rates, (days.day >= rates.from_day) & (days.day < rates.to_day))
    net = net_of(_steps(tables.run_rate))
    valued = net.inner_join(daily.select("currency", "day", "month", "rate_e10"), ["currency", "day"])
    return valued.select(
        "customer_id", "day", "month", "currency", "delta_e6",
        base_e16=valued.delta_e6.cast(EXACT) * valued.rate_e10.cast(EXACT), items="items", cause="cause",
    )  # fmt: skip


def _steps(rates: ir.Table) -> ir.Table:
    """Changes of items, where a rate that takes over from another is one change and needs no grouping."""
    begins = rates.select("customer_id", "currency", "cause", day="from_day", delta_e6=rates.arr_e6 - rates.was_e6)
    ending = rates.filter(rates.to_day.notnull() & ~rates.goes_on)
    ends = ending.select("customer_id", "currency", cause="end_cause", day="to_day", delta_e6=-ending.arr_e6)
    return ibis.union(begins, ends)


def net_of(steps: ir.Table) -> ir.Table:
    """Steps netted per customer, day and currency, with how many there are and the cause of one that is alone."""
    moving = steps.filter(steps.delta_e6 != 0)
    net = moving.group_by("customer_id", "day", "currency").aggregate(
        delta_e6=moving.delta_e6.sum().cast("int64"), items=moving.count(), cause=moving.cause.max()
    )
    return net.filter(net.delta_e6 != 0).mutate(cause=ibis.ifelse(net.items == 1, net.cause, ibis.null("string")))


def movement(tables: Tables, policy: Policy) -> ir.Table:
    """One row per customer and day on which its run-rate changed: kind, cause, signed amounts.

    `amount_e6` is in `currency` where one currency moved; null, with the base amount alone, where several did.
    """
    return movements_of(tables.mrr_change, partial(item_steps, tables.run_rate), policy.reactivation_window_days)


def movements_of(change: ir.Table, steps_on: Callable[[ir.Table], ir.Table], window: int | None) -> ir.Table:
    """Movements of net changes; `window` is in the unit in which `day` counts.

    On nearly every day one item of a customer moves, and the change says all there is to say. `steps_on` tells the
    steps of the items on the other days.
    """
    rows = _levelled(change)
    moves = ibis.union(_of_one_item(rows), _of_several(rows.filter(~rows.alone), steps_on))
    begun = moves.filter(moves.rises).group_by("customer_id").aggregate(begun_on=lambda t: t.day.min())
    known = moves.left_join(begun, "customer_id")
    kinds = known.mutate(kind=_kind(known, window)).filter(lambda t: t.kind.notnull())
    return kinds.select(
        "customer_id", "day", "month", "kind",
        cause=ibis.ifelse(kinds.rises & (kinds.cause == "add_on"), ibis.null("string"), kinds.cause),
        currency="currency",
        amount_e6=ibis.ifelse(kinds.currency.notnull(), kinds.native_e6, ibis.null("int64")),
        base_e16="base_e16",
    )  # fmt: skip


def _levelled(change: ir.Table) -> ir.Table:
    """Changes with the customer's level at the day's end; `alone` says that nothing else of it moved that day."""
    by_day = ibis.window(group_by="customer_id", order_by="day")
    through = ibis.range_window(preceding=None, following=0, group_by="customer_id", order_by="day")
    rows = change.mutate(
        after=change.delta_e6.sum().over(through).cast("int64"),
        day_before=change.day.lag().over(by_day),
        day_after=change.day.lead().over(by_day),
    )
    others = (rows.day_before == rows.day).fill_null(False) | (rows.day_after == rows.day).fill_null(False)
    return rows.mutate(alone=(rows.items == 1) & ~others)


_MOVE = ("customer_id", "day", "month", "native_e6", "base_e16", "currency", "after", "day_before", "cause", "rises")


def _of_one_item(rows: ir.Table) -> ir.Table:
    single = rows.filter(rows.alone).mutate(native_e6="delta_e6")
    return single.mutate(rises=_rises(single)).select(*_MOVE)


def _of_several(rows: ir.Table, steps_on: Callable[[ir.Table], ir.Table]) -> ir.Table:
    """The days on which several items of a customer moved, with the cause that the items tell."""
    net = rows.group_by("customer_id", "day", "month").aggregate(
        native_e6=rows.delta_e6.sum().cast("int64"),
        base_e16=rows.base_e16.sum().cast(EXACT),
        first_currency=rows.currency.min(),
        last_currency=rows.currency.max(),
        after=rows.after.max(),
        day_before=rows.day_before.min(),
    )
    told = net.left_join(_causes(steps_on(net.select("customer_id", "day"))), ["customer_id", "day"])
    told = told.mutate(rises=_rises(told))
    single = told.first_currency == told.last_currency
    currency = ibis.ifelse(single, told.first_currency, ibis.null("string"))
    return told.mutate(cause=_cause_of_several(told), currency=currency).select(*_MOVE)


def _rises(t: ir.Table) -> ir.BooleanColumn:
    """Whether a customer that pays nothing begins to pay."""
    return (t.after - t.native_e6 <= 0) & (t.after > 0)


def _kind(t: ir.Table, window: int | None) -> ir.StringColumn:
    """Zero is tested before magnitude; a return after more than `window` is new business."""
    before = t.after - t.native_e6
    is_new = t.day == t.begun_on
    if window is not None:
        is_new = is_new | (t.day - t.day_before > window).fill_null(False)
    return ibis.cases(
        (t.rises & is_new, "new"),
        (t.rises, "reactivation"),
        ((before > 0) & (t.after <= 0), "churn"),
        ((before > 0) & (t.base_e16 > 0), "expansion"),
        ((before > 0) & (t.base_e16 < 0), "contraction"),
        else_=ibis.null("string"),
    )


def _causes(steps: ir.Table) -> ir.Table:
    """Per customer and day: the cause of the largest rise and of the largest fall, and whether items were swapped."""
    order = ibis.window(
        group_by=["customer_id", "day", steps.delta_e6 > 0],
        order_by=[steps.delta_e6.abs().desc(), "subscription_id", "item_id"],
    )
    ranked = steps.mutate(place=ibis.row_number().over(order), rising=steps.delta_e6 > 0)
    top = ranked.place == 0
    return ranked.group_by("customer_id", "day").aggregate(
        rise_cause=ranked.cause.max(where=top & ranked.rising),
        fall_cause=ranked.cause.max(where=top & ~ranked.rising),
        stated=ranked.start_cause.max(where=ranked.began),
        began=ranked.began.max(),
        ended=ranked.ended.max(),
        one_interval=ranked.interval_low.min() == ranked.interval_high.max(),
    )


def _cause_of_several(t: ir.Table) -> ir.StringColumn:
    """A swap of items is a change of plan or of billing period, unless the source states another cause."""
    goes_on = (t.after - t.native_e6 > 0) & (t.after > 0) & (t.base_e16 != 0)
    swap = ibis.coalesce(t.stated, ibis.ifelse(t.one_interval, "plan", "billing_period_change"))
    return ibis.cases(
        (t.began & t.ended & goes_on, swap),
        (t.rises | (t.base_e16 > 0), t.rise_cause),
        else_=t.fall_cause,
    )


def mrr_level(tables: Tables, policy: Policy) -> ir.Table:
    """Run-rate at month ends as half-open intervals of months, per customer and currency; no rows at 0."""
    if policy.fx == "service_start":
        return service_start_levels(tables, _native_levels(tables))
    return _native_levels(tables)


def _native_levels(tables: Tables) -> ir.Table:
    change = tables.mrr_change
    by = ["customer_id", "currency"]
    running = change.mutate(
        arr_e6=change.delta_e6.sum().over(ibis.cumulative_window(group_by=by, order_by="day")).cast("int64"),
        next_month=change.month.lead().over(ibis.window(group_by=by, order_by="day")),
    )
    ends = running.filter(running.next_month.isnull() | (running.next_month != running.month))
    spans = ends.select(*by, "arr_e6", from_month="month", to_month=ends.next_month.fill_null(OPEN))
    return spans.filter(spans.arr_e6 != 0)


def customer_start(tables: Tables) -> ir.Table:
    """Per customer that ever paid: its first day, and the day of its final churn while it has not come back."""
    moves = tables.movement
    each = moves.group_by("customer_id").aggregate(
        first_day=moves.day.min(where=moves.kind == "new"),
        first_month=moves.month.min(where=moves.kind == "new"),
        last_day=moves.day.max(),
        churn_day=moves.day.max(where=moves.kind == "churn"),
        churn_month=moves.month.max(where=moves.kind == "churn"),
    )
    gone = each.churn_day == each.last_day
    return each.select(
        "customer_id", "first_day", "first_month", churn_day=ibis.ifelse(gone, each.churn_day, ibis.null("int64")),
        churn_month=ibis.ifelse(gone, each.churn_month, ibis.null("int64")),
    )  # fmt: skip
