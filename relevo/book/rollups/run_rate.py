"""Run-rate: what each subscription item earns per year while it is in force, under a policy.

Grain: one row per item and stretch of days with one rate. The chain of an item's spans also tells why a rate began
or ended; an explicit cause of the source wins over a derived one.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from relevo.base.money import ARR_SCALE
from relevo.book.policy import Policy
from relevo.book.rollups.recognition import locked, recognised, refunded
from relevo.book.schema import OPEN, Tables

_UNITS = ("day", "week", "month", "year")
# Shortest intervals that cover two months: a one-off discount on them is spread over the period.
_MULTIMONTH = {"day": 61, "week": 9, "month": 2, "year": 1}


def run_rate(tables: Tables, policy: Policy) -> ir.Table:
    """Paying stretches known on the as-of day, which is the calendar's last: columns of `schema.ROLLUPS`."""
    as_of_day = tables.calendar_day.day.max().as_scalar()
    spans = recognised(tables, tables.billing_span, policy, as_of_day)
    steps = _explained(_bridged(_tokens(_valued(_account(tables, spans, policy), policy, as_of_day), policy), policy))
    rates = steps.filter(steps.arr_e6 != 0).select(*_COLUMNS)
    if policy.refunds == "net":
        refunds = _account(tables, refunded(tables, as_of_day), policy)
        rates = ibis.union(rates, refunds.select(*_COLUMNS))
    return locked(tables, rates) if policy.fx == "locked" else rates


_COLUMNS = (
    "customer_id", "subscription_id", "item_id", "plan", "currency", "arr_e6", "from_day", "to_day",
    "interval", "start_cause", "end_cause", "is_first", "is_last", "term_end_on", "auto_renew", "was_e6", "goes_on",
    "cause",
)  # fmt: skip


def _account(tables: Tables, spans: ir.Table, policy: Policy) -> ir.Table:
    """Spans at the roll-up level of the policy."""
    if policy.level == "account":
        return spans
    roots = tables.customer_root
    joined = spans.left_join(roots, spans.customer_id == roots.customer_id).drop("customer_id_right")
    return joined.mutate(customer_id=ibis.coalesce(joined.root_id, joined.customer_id)).drop("root_id")


def _valued(spans: ir.Table, policy: Policy, as_of_day: ir.IntegerScalar) -> ir.Table:
    """Spans known on the day with their yearly value; 0 where the policy counts nothing."""
    known = spans.filter(spans.from_day <= as_of_day)
    to_day = _visible_end(known, policy, as_of_day)
    gross = known.quantity_e6 * known.unit_amount
    discount = known.discount * ARR_SCALE * _discount_counts(known, policy).cast("int64")
    per_interval = ibis.ifelse(gross < 0, gross, ibis.greatest(gross - discount, 0))
    return known.select(
        *_TERMS,
        to_day=to_day,
        interval=known.interval_unit + ":" + known.interval_count.cast("string"),
        period=known.interval_unit.cases(*_PERIODS.items(), else_=0) + known.interval_count * 10,
        state=known.status.cases(*_STATES.items(), else_=0),
        gross_e6=gross,
        arr_e6=ibis.ifelse(_counts(known, policy), _per_year(known, per_interval, policy), 0),
        graced=(known.status == "past_due") & to_day.notnull() & (to_day == _grace_end(known, policy)),
    )


# Numbers for what neighbouring spans are compared by: a window over many rows carries them at half the cost of text.
ACTIVE, PAST_DUE, UNPAID, PAUSED, CANCELED = range(1, 6)
_STATES = {"active": ACTIVE, "past_due": PAST_DUE, "unpaid": UNPAID, "paused": PAUSED, "canceled": CANCELED}
_PERIODS = {unit: place for place, unit in enumerate(_UNITS, 1)}
# What later steps read of a span as it is.
_TERMS = (
    "customer_id", "subscription_id", "item_id", "from_day", "plan", "unit_amount", "quantity_e6", "discount",
    "currency", "usage", "cause", "collection", "term_end_on", "auto_renew",
)  # fmt: skip


def _tokens(steps: ir.Table, policy: Policy) -> ir.Table:
    """Where a customer at 0 is not gone: who paid before and is active at 0 goes on with the smallest rate there is.

    A millionth of a minor unit per year keeps the customer among those that pay and never shows in a sum of money.
    """
    if policy.zero_mrr_is_churn:
        return steps
    earlier = ibis.window(rows=(None, -1), group_by="subscription_id", order_by=["from_day", "item_id"])
    paid = steps.arr_e6.max().over(earlier).fill_null(0) > 0
    stays = paid & (steps.state == ACTIVE) & (steps.usage == "licensed") & (steps.arr_e6 == 0)
    return steps.mutate(arr_e6=ibis.ifelse(stays, 1, steps.arr_e6))


def _grace_end(spans: ir.Table, policy: Policy) -> ir.IntegerValue:
    """The day on which a debt stops to count; never, where grace has no limit."""
    if policy.past_due_grace_days is None:
        return ibis.literal(OPEN, "int64")
    return spans.from_day + policy.past_due_grace_days


def _visible_end(spans: ir.Table, policy: Policy, as_of_day: ir.IntegerScalar) -> ir.IntegerColumn:
    """The day a span ends, past-due ones after their grace; null while that is not known to have happened."""
    end = spans.to_day.fill_null(OPEN)
    ended = ibis.ifelse(spans.status == "past_due", ibis.least(end, _grace_end(spans, policy)), end)
    return ibis.ifelse(ended > as_of_day, ibis.null("int64"), ended)


def _counts(spans: ir.Table, policy: Policy) -> ir.BooleanColumn:
    """Whether the policy counts a span's amount as recurring while it is in force."""
    kept = {"paused": policy.pause, "unpaid": policy.unpaid}
    paying = ["active", "past_due", *(status for status, what in kept.items() if what == "keep")]
    counted = spans.status.isin(paying)
    return counted & (spans.usage == "licensed") if policy.metered == "exclude" else counted


def _discount_counts(spans: ir.Table, policy: Policy) -> ir.BooleanColumn:
    """Whether the policy takes a span's discount off; a discount without a kind is taken as standing."""
    kind = spans.discount_kind.fill_null("forever")
    if policy.discounts == "none":
        return ibis.literal(False)
    if policy.discounts == "forever_only":
        return kind == "forever"
    if policy.discounts == "all":
        return ibis.literal(True)
    standing = kind != "once"
    return standing | _covers_two_months(spans) if policy.once_on_multimonth == "spread" else standing


def _covers_two_months(spans: ir.Table) -> ir.BooleanColumn:
    shortest = spans.interval_unit.cases(*_MULTIMONTH.items(), else_=OPEN)
    return spans.interval_count >= shortest


def _per_year(spans: ir.Table, amount: ir.IntegerColumn, policy: Policy) -> ir.IntegerColumn:
    """Amount per interval as amount per year: a whole factor where there is one, else rounded half-up.

    The rounding is of a millionth of a minor unit and exact below 2^52 of them (45 million a year in EUR per item).
    """
    per_unit = {unit: policy.intervals_per_year(unit) for unit in _UNITS}
    intervals = spans.interval_unit.cases(*((u, f.numerator) for u, f in per_unit.items()), else_=0)
    count = spans.interval_count
    if any(f.denominator != 1 for f in per_unit.values()):
        count = count * spans.interval_unit.cases(*((u, f.denominator) for u, f in per_unit.items()), else_=1)
    whole = (intervals / count).round().cast("int64")  # portable: used where exact; counts are 1 or more
    rest = (amount * intervals) % count
    rounded_up = (2 * rest >= count).cast("int64")
    exact = ((amount * intervals - rest) / count).round().cast("int64") + rounded_up  # portable: exact
    return ibis.ifelse(intervals % count == 0, amount * whole, exact)


def _explained(steps: ir.Table) -> ir.Table:
    """Each span with why its rate began and ended, read off the neighbouring spans of the same customer's item."""
    chain = ibis.window(group_by=["customer_id", "subscription_id", "item_id"], order_by="from_day")
    before = {f"was_{c}": steps[c].lag().over(chain) for c in _BEFORE}
    after = {f"next_{c}": steps[c].lead().over(chain) for c in _AFTER}
    linked = steps.mutate(**before, **after)
    follows = (linked.was_to_day == linked.from_day).fill_null(False)
    followed = (linked.next_from_day == linked.to_day).fill_null(False) & (linked.next_arr_e6 != 0)
    told = linked.mutate(
        start_cause=linked.cause.fill_null(ibis.ifelse(follows, _began(linked), ibis.null("string"))),
        end_cause=_ended(linked),
        is_first=~(follows & (linked.was_arr_e6 != 0)),
        is_last=linked.to_day.notnull() & ~followed,
        was_e6=ibis.ifelse(follows & (linked.was_currency == linked.currency), linked.was_arr_e6, 0),
        goes_on=followed & (linked.next_currency == linked.currency),
    )
    return told.mutate(cause=_step_cause(told))


_BEFORE = (
    "arr_e6", "state", "plan", "quantity_e6", "unit_amount", "period", "discount", "to_day", "currency",
)  # fmt: skip
_AFTER = ("arr_e6", "gross_e6", "state", "from_day", "cause", "currency")


def _began(s: ir.Table) -> ir.StringColumn:
    """Why a span that follows another of the same item has another rate."""
    return ibis.cases(
        (s.was_state == PAUSED, "resume"),
        # A trial that became a customer; who was counted while unpaid is held against the rate that was counted.
        (~s.was_state.isin([ACTIVE, PAST_DUE]) & (s.was_arr_e6 == 0), ibis.null("string")),
        (s.period != s.was_period, "billing_period_change"),
        (s.plan.fill_null("") != s.was_plan.fill_null(""), "plan"),
        (s.quantity_e6 != s.was_quantity_e6, "seats"),
        (s.unit_amount > s.was_unit_amount, "price_increase"),
        (s.unit_amount < s.was_unit_amount, "price_decrease"),
        ((s.discount > s.was_discount) | (s.arr_e6 < s.was_arr_e6), "discount_start"),
        ((s.discount < s.was_discount) | (s.arr_e6 > s.was_arr_e6), "discount_end"),
        else_=ibis.null("string"),
    )


def _ended(s: ir.Table) -> ir.StringColumn:
    """Why a rate stopped: what the next span of the item is, its own cause first; nothing next is a cancellation."""
    followed = (s.next_from_day == s.to_day).fill_null(False)
    by_next = s.next_cause.fill_null(_ended_by(s.next_state, s.next_gross_e6))
    return ibis.cases((s.graced, "delinquent"), (followed, by_next), else_="cancel")


def _ended_by(state: ir.IntegerColumn, gross_e6: ir.IntegerColumn) -> ir.StringColumn:
    """Why a span that begins ends the one before it, where no source says why."""
    return ibis.cases(
        (state == PAUSED, "pause"),
        (state.isin([PAST_DUE, UNPAID]), "delinquent"),
        (state != ACTIVE, "cancel"),
        (gross_e6 == 0, "free_plan"),
        else_="discount_100",
    )


def _step_cause(s: ir.Table) -> ir.StringColumn:
    """Why the item's rate changed on the first day: why this one began, else that it is new.

    Of an item that goes on, `_began` finds what differs; the rate of an item in another currency has no cause.
    """
    return ibis.cases(
        (s.start_cause.notnull(), s.start_cause),
        (s.is_first & (s.arr_e6 > s.was_e6), "add_on"),
        else_=ibis.null("string"),
    )


def _bridged(steps: ir.Table, policy: Policy) -> ir.Table:
    """Late renewals are not churn: a customer's short gap to 0 is filled with the rate that lapsed.

    Only where nothing says that the customer stopped: a paused or cancelled span that begins in the gap, or a debt
    whose grace has passed.
    """
    tolerance = {"invoice": policy.gap_tolerance_days_invoice, "charge": policy.gap_tolerance_days_charge}
    if not any(tolerance.values()):
        return steps
    rows = steps.mutate(allowed=ibis.ifelse(steps.arr_e6 != 0, _allowed(steps, tolerance), 0))
    gaps = _gaps(steps, tolerance)
    joined = rows.left_join(gaps, (rows.customer_id == gaps.gap_customer) & (rows.to_day == gaps.gap_from))
    fills = (joined.gap_to - joined.gap_from <= joined.allowed).fill_null(False)
    return joined.mutate(to_day=ibis.ifelse(fills, joined.gap_to, joined.to_day))


def _allowed(steps: ir.Table, tolerance: Mapping[str, int]) -> ir.IntegerColumn:
    return steps.collection.fill_null("charge").cases(*tolerance.items(), else_=0)


def _gaps(steps: ir.Table, tolerance: Mapping[str, int]) -> ir.Table:
    """Stretches in which a customer paid nothing and then paid again, as long as any may be that is filled."""
    paying = steps.filter(steps.arr_e6 != 0)
    paying = paying.semi_join(paying.filter(_allowed(paying, tolerance) > 0), "customer_id")
    until = paying.to_day.fill_null(OPEN)
    earlier = ibis.window(rows=(None, -1), group_by="customer_id", order_by=["from_day", "subscription_id", "item_id"])
    seen = paying.mutate(covered=until.max().over(earlier))
    short = seen.from_day - seen.covered <= max(tolerance.values())
    found = seen.filter((seen.covered < seen.from_day) & short)
    gaps = found.select(gap_customer="customer_id", gap_from="covered", gap_to="from_day").distinct()
    stops = _stops(steps)
    return gaps.anti_join(
        stops,
        (gaps.gap_customer == stops.stop_customer) & (stops.stop_day >= gaps.gap_from) & (stops.stop_day < gaps.gap_to),
    )


def _stops(steps: ir.Table) -> ir.Table:
    """Days on which a span says that a customer stopped."""
    said = steps.state.isin([PAUSED, CANCELED])
    overdue = steps.graced & (steps.arr_e6 != 0)
    stops = steps.filter(said | overdue)
    return stops.select(stop_customer="customer_id", stop_day=ibis.ifelse(stops.graced, stops.to_day, stops.from_day))
