"""Renewals due: which terms end soon, how much hangs on them, who holds the customer."""

from collections.abc import Sequence
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number, month_of
from relevo.book.baton import HOLDERS
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.rounding import mrr, settle
from relevo.measures.slices import SLICE, group, sliced

HORIZON_DAYS = 90


def due(tables: Tables, frame: Frame) -> ir.Table:
    """Subscriptions in force whose term ends within the horizon, with their run-rate at the last known rate."""
    rates, fx = tables.run_rate, tables.fx_day
    until = frame.as_of + timedelta(days=HORIZON_DAYS)
    live = rates.filter(rates.to_day.isnull() & (rates.term_end_on > frame.as_of) & (rates.term_end_on <= until))
    month, today = month_of(frame.as_of), day_number(frame.as_of)
    latest = fx.filter((fx.from_day <= today) & (fx.to_day > today))
    priced = live.inner_join(latest.select("currency", "rate_e10"), "currency")
    worth = priced.mutate(
        worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT), key_month=ibis.literal(month, "int64")
    )
    rows = sliced(worth, tables, frame)
    grouped = rows.group_by(group(frame, "customer_id", "subscription_id", "term_end_on")).aggregate(
        base_e16=rows.worth.sum().cast(EXACT), auto_renew=rows.auto_renew.min()
    )
    return (
        grouped.left_join(_owners(tables, frame), "customer_id")
        .drop("customer_id_right")
        .order_by("term_end_on", "subscription_id")
    )


def _owners(tables: Tables, frame: Frame) -> ir.Table:
    """Per customer the person of the first open assignment in the order of roles."""
    held = tables.assignment
    open_now = held.filter(
        (held.from_at.date() <= frame.as_of)
        & (held.to_at.isnull() | (held.to_at.date() > frame.as_of))
        & held.role.isin(HOLDERS)
    )
    rank = open_now.role.cases(*((role, i) for i, role in enumerate(HOLDERS)), else_=len(HOLDERS))
    order = ibis.window(group_by="customer_id", order_by=[rank, ibis.desc("from_at"), "person_id"])
    placed = open_now.mutate(place=ibis.row_number().over(order))
    return placed.filter(placed.place == 0).select("customer_id", owner="person_id")


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = [
        {
            "customer_id": r["customer_id"],
            "subscription_id": r["subscription_id"],
            **({frame.by: r[SLICE]} if frame.by else {}),
            "term_end_on": r["term_end_on"],
            "mrr_cents": 0,
            "auto_renew": r["auto_renew"],
            "owner": r["owner"],
            "currency": frame.currency,
        }
        for r in found
    ]
    settle(rows, [{"mrr_cents": mrr(r["base_e16"])} for r in found], [])
    return rows


RENEWALS_DUE = Measure(
    Card(
        name="renewals_due",
        title="Renewals due",
        question="Which contracts come up for renewal in the next 90 days, and who holds them?",
        unit=Unit.MONEY,
        grain="one row per subscription and term end",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("gross_revenue_retention",),
        columns=(
            Out("customer_id", Unit.TEXT, "Whose contract it is."),
            Out("subscription_id", Unit.TEXT, "The subscription."),
            Out("term_end_on", Unit.DATE, "The day its term ends."),
            Out("mrr_cents", Unit.MONEY, "What it pays per month now."),
            Out("auto_renew", Unit.BOOLEAN, "Whether it renews by itself; null if the source does not say."),
            Out("owner", Unit.TEXT, "The person who holds the customer; null where nobody does."),
        ),
        definition="Subscriptions in force whose term ends after the as-of day and within 90 days of it.",
        source="Owner: open assignment of success, account manager, implementation, sales, in this order.",
        has_months=False,
    ),
    due,
    _finish,
)
