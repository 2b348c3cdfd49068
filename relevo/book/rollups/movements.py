"""Movements: how a customer's run-rate changed, netted per customer and day, and the levels between them.

Kinds test zero before magnitude: `new` the first time a customer pays, `reactivation` from 0 with history,
`churn` to 0, `expansion` and `contraction` between. A plan swapped on one day is one movement, not churn and new.
"""

import ibis
import ibis.expr.types as ir

from relevo.book.policy import Policy
from relevo.book.rollups.recognition import service_start_levels
from relevo.book.schema import EXACT, OPEN, Tables


def item_steps(rates: ir.Table) -> ir.Table:
    """One row per customer, day, currency and item whose rate began or ended that day, with the likely cause."""
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
    both = ibis.union(begins, ends)
    return both.group_by("customer_id", "day", "currency", "subscription_id", "item_id").aggregate(
        delta_e6=both.delta_e6.sum(),
        start_cause=both.start_cause.max(),
        end_cause=both.end_cause.max(),
        began=both.began.max(),
        ended=both.ended.max(),
        interval_low=both.interval.min(),
        interval_high=both.interval.max(),
    )


def mrr_change(tables: Tables) -> ir.Table:
    """Net change of run-rate per customer, day and currency, also in the book's currency at that day's rate."""
    steps = item_steps(tables.run_rate)
    net = steps.group_by("customer_id", "day", "currency").aggregate(delta_e6=steps.delta_e6.sum())
    net = net.filter(net.delta_e6 != 0)
    days, rates = tables.calendar_day, tables.fx_day
    # A rate for each day first: then both join by equality, and no change is held against every rate.
    daily = days.inner_join(rates, (days.day >= rates.from_day) & (days.day < rates.to_day))
    valued = net.inner_join(daily.select("currency", "day", "month", "rate_e10"), ["currency", "day"])
    return valued.select(
        "customer_id", "day", "month", "currency", "delta_e6",
        base_e16=valued.delta_e6.cast(EXACT) * valued.rate_e10.cast(EXACT),
    )  # fmt: skip


def movement(tables: Tables, policy: Policy) -> ir.Table:
    """One row per customer and day on which its run-rate changed: kind, cause, signed amounts.

    `amount_e6` is in `currency` where one currency moved; null, with the base amount alone, where several did.
    """
    return movements_of(tables.mrr_change, item_steps(tables.run_rate), policy.reactivation_window_days)


def movements_of(change: ir.Table, steps: ir.Table, window: int | None) -> ir.Table:
    """Movements of changes and the steps of items behind them; `window` in the unit in which `day` counts."""
    net = change.group_by("customer_id", "day", "month").aggregate(
        native_e6=change.delta_e6.sum(),
        base_e16=change.base_e16.sum().cast(EXACT),
        first_currency=change.currency.min(),
        currency=change.currency.max(),
    )
    history = ibis.cumulative_window(group_by="customer_id", order_by="day")
    levels = net.mutate(after=net.native_e6.sum().over(history).cast("int64"))
    earlier = ibis.window(rows=(None, -1), group_by="customer_id", order_by="day")
    kinds = levels.mutate(
        before=levels.after - levels.native_e6,
        peak=levels.after.max().over(earlier).fill_null(0),
    )
    if window is not None:
        kinds = kinds.mutate(peak=ibis.ifelse(_is_long_gone(kinds, window), 0, kinds.peak))
    kinds = kinds.mutate(kind=_kind(kinds)).filter(lambda t: t.kind.notnull())
    named = kinds.left_join(_causes(steps), ["customer_id", "day"])
    single = named.first_currency == named.currency
    return named.select(
        "customer_id", "day", "month", "kind",
        cause=_cause(named),
        currency=ibis.ifelse(single, named.currency, ibis.null("string")),
        amount_e6=ibis.ifelse(single, named.native_e6, ibis.null("int64")),
        base_e16="base_e16",
    )  # fmt: skip


def _is_long_gone(t: ir.Table, days: int) -> ir.BooleanColumn:
    """Whether a customer at 0 has been there for longer than some days, so that its return is new business."""
    since = t.day.lag().over(ibis.window(group_by="customer_id", order_by="day"))
    return ((t.before <= 0) & (t.day - since > days)).fill_null(False)


def _kind(t: ir.Table) -> ir.StringColumn:
    return ibis.cases(
        ((t.before <= 0) & (t.after > 0) & (t.peak <= 0), "new"),
        ((t.before <= 0) & (t.after > 0), "reactivation"),
        ((t.before > 0) & (t.after <= 0), "churn"),
        ((t.before > 0) & (t.base_e16 > 0), "expansion"),
        ((t.before > 0) & (t.base_e16 < 0), "contraction"),
        else_=ibis.null("string"),
    )


def _causes(steps: ir.Table) -> ir.Table:
    """Per customer and day: the cause of the largest rise and of the largest fall, and whether items were swapped.

    Nearly always one item alone moves; only the others are ranked.
    """
    label = ibis.ifelse(
        steps.start_cause.notnull(), steps.start_cause,
        ibis.ifelse((steps.delta_e6 > 0) & steps.began, "add_on", steps.end_cause),
    )  # fmt: skip
    labelled = steps.mutate(label=label, rising=steps.delta_e6 > 0)
    days = _told(labelled, labelled.rising, ~labelled.rising)
    alone = days.filter(days.items == 1)
    crowded = days.filter(days.items > 1).select("customer_id", "day")
    several = labelled.semi_join(crowded, ["customer_id", "day"])
    order = ibis.window(
        group_by=["customer_id", "day", "rising"],
        order_by=[several.delta_e6.abs().desc(), "subscription_id", "item_id"],
    )
    ranked = several.mutate(place=ibis.row_number().over(order))
    top = ranked.place == 0
    return ibis.union(alone, _told(ranked, top & ranked.rising, top & ~ranked.rising))


def _told(steps: ir.Table, rises: ir.BooleanColumn, falls: ir.BooleanColumn) -> ir.Table:
    """What the steps of a customer's day say; the causes are those of the steps named."""
    return steps.group_by("customer_id", "day").aggregate(
        items=steps.count(),
        rise_cause=steps.label.max(where=rises),
        fall_cause=steps.label.max(where=falls),
        stated=steps.start_cause.max(where=steps.began),
        began=steps.began.max(),
        ended=steps.ended.max(),
        one_interval=steps.interval_low.min() == steps.interval_high.max(),
    )


def _cause(t: ir.Table) -> ir.StringColumn:
    """A swap of items is a change of plan or of billing period, unless the source states another cause."""
    swapped = t.began & t.ended & t.kind.isin(["expansion", "contraction"])
    swap = ibis.coalesce(t.stated, ibis.ifelse(t.one_interval, "plan", "billing_period_change"))
    first = ibis.ifelse(t.rise_cause == "add_on", ibis.null("string"), t.rise_cause)
    return ibis.cases(
        (swapped, swap),
        (t.kind == "new", first),
        (t.kind == "reactivation", first),
        (t.base_e16 > 0, t.rise_cause),
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
    last = ibis.window(group_by="customer_id", order_by=ibis.desc("day"))
    placed = moves.mutate(place=ibis.row_number().over(last))
    gone = (placed.place == 0) & (placed.kind == "churn")
    return placed.group_by("customer_id").aggregate(
        first_day=placed.day.min(where=placed.kind == "new"),
        first_month=placed.month.min(where=placed.kind == "new"),
        churn_day=placed.day.max(where=gone),
        churn_month=placed.month.max(where=gone),
    )
