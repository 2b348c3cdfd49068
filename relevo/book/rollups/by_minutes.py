"""Movements under a policy that nets by minutes instead of by calendar day.

The same expressions run over moments (minutes in the company's time zone, counted as `prepared.MOMENT_DAYS` says)
where days stand otherwise. Changes of a customer that follow each other within the window are one movement, dated
as the last of them.
"""

from dataclasses import replace
from functools import partial

import ibis
import ibis.expr.types as ir

from relevo.book.policy import Policy
from relevo.book.rollups import movements
from relevo.book.rollups.prepared import MOMENT_DAYS
from relevo.book.rollups.run_rate import run_rate
from relevo.book.schema import EXACT, Tables

MINUTES = 24 * 60
# Days before the origin that a moment can lie.
_FAR = 40_000


def movement(tables: Tables, policy: Policy) -> ir.Table:
    """The movements of a book, netted per calendar day or per window of minutes, as the policy says."""
    if policy.net_window_minutes is None:
        return movements.movement(tables, policy)
    steps = _grouped(movements.item_steps(run_rate(_in_minutes(tables), _policy_in_minutes(policy))), policy)
    window = policy.reactivation_window_days
    steps_on = partial(steps.semi_join, predicates=["customer_id", "day"])
    found = movements.movements_of(_change(tables, steps), steps_on, None if window is None else window * MINUTES)
    return found.mutate(day=_day(tables, found.day))


def _origin(tables: Tables) -> ir.IntegerScalar:
    """The day whose first minute is moment 0."""
    return tables.calendar_day.day.max().as_scalar() - MOMENT_DAYS


def _day(tables: Tables, moment: ir.IntegerColumn) -> ir.IntegerColumn:
    """The day of a moment; shifted first, because the remainder of a negative number differs between engines."""
    shifted = moment + _FAR * MINUTES
    whole = ((shifted - shifted % MINUTES) / MINUTES).round().cast("int64")  # portable: an exact division
    return whole - _FAR + _origin(tables)


def _in_minutes(tables: Tables) -> Tables:
    """The tables that run-rate reads, with minutes where days stand."""
    first, refunds, fx = tables.first_invoice, tables.refund_span, tables.fx_day
    last = tables.calendar_day.aggregate(day=ibis._.day.max())
    return tables.replacing(
        billing_span=tables.minute_span,
        calendar_day=last.mutate(day=ibis.literal(MOMENT_DAYS * MINUTES + MINUTES - 1, "int64")),
        first_invoice=first.mutate(
            issued_day=_moment(tables, first.issued_day), paid_day=_moment(tables, first.paid_day)
        ),
        refund_span=refunds.mutate(from_day=_moment(tables, refunds.from_day), to_day=_moment(tables, refunds.to_day)),
        fx_day=fx.mutate(from_day=_moment(tables, fx.from_day), to_day=_moment(tables, fx.to_day)),
    )


def _moment(tables: Tables, day: ir.IntegerColumn) -> ir.IntegerColumn:
    return (day - _origin(tables)) * MINUTES


def _policy_in_minutes(policy: Policy) -> Policy:
    grace = policy.past_due_grace_days
    return replace(
        policy,
        past_due_grace_days=None if grace is None else grace * MINUTES,
        gap_tolerance_days_charge=policy.gap_tolerance_days_charge * MINUTES,
        gap_tolerance_days_invoice=policy.gap_tolerance_days_invoice * MINUTES,
    )


def _grouped(steps: ir.Table, policy: Policy) -> ir.Table:
    """Steps whose `day` is the last moment of their group."""
    moments = steps.select("customer_id", "day").distinct()
    order = ibis.window(group_by="customer_id", order_by="day")
    far = (moments.day - moments.day.lag().over(order) > policy.net_window_minutes).fill_null(True)
    marked = moments.mutate(begins=far.ifelse(1, 0))
    numbered = marked.mutate(
        group=marked.begins.sum().over(ibis.cumulative_window(group_by="customer_id", order_by="day"))
    )
    last = numbered.mutate(moment=numbered.day.max().over(ibis.window(group_by=["customer_id", "group"])))
    joined = steps.inner_join(last.select("customer_id", "day", "moment"), ["customer_id", "day"])
    return joined.select(*(c for c in steps.columns if c != "day"), day="moment")


def _change(tables: Tables, steps: ir.Table) -> ir.Table:
    """Net change of run-rate per customer, moment and currency, valued at its day's rate: as `mrr_change`."""
    net = movements.net_of(steps)
    net = net.mutate(on_day=_day(tables, net.day))
    dated = net.inner_join(tables.calendar_day.select("month", on_day="day"), "on_day").select(*net.columns, "month")
    fx = tables.fx_day
    valued = dated.inner_join(
        fx, (dated.currency == fx.currency) & (dated.on_day >= fx.from_day) & (dated.on_day < fx.to_day)
    )
    return valued.select(
        "customer_id", "day", "month", "currency", "delta_e6",
        base_e16=valued.delta_e6.cast(EXACT) * valued.rate_e10.cast(EXACT), items="items", cause="cause",
    )  # fmt: skip
