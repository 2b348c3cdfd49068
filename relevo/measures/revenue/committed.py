"""Committed MRR: what is paid now with every change that is already known, month by month into the future."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.errors import WrongUse
from relevo.base.money import half_up
from relevo.base.periods import Grain, day_from_number, day_number, last_day, month_of
from relevo.book.rollups.run_rate import run_rate
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.rounding import mrr
from relevo.measures.slices import sliced

# Changes noted further ahead than this are not looked for.
HORIZON_MONTHS = 36


def known_changes(tables: Tables, frame: Frame) -> ir.Table:
    """Per day: by how much the committed run-rate changes, in the book's currency at the rate of the as-of day.

    The as-of day has what is in force on it.
    """
    now = day_number(frame.as_of)
    rates = _without_notice(_run_rate_ahead(tables, frame), tables, now)
    ahead = rates.filter(rates.to_day.isnull() | (rates.to_day > now))
    today = ibis.literal(month_of(frame.as_of), "int64")
    rates = sliced(ahead.mutate(key_month=today), tables, replace(frame, by=None))
    begins = rates.select("currency", "arr_e6", day=ibis.ifelse(rates.from_day <= now, now, rates.from_day))
    ended = rates.filter(rates.to_day.notnull())
    ends = ended.select("currency", arr_e6=-ended.arr_e6, day="to_day")
    steps = ibis.union(begins, ends)
    fx = tables.fx_day
    latest = fx.filter((fx.from_day <= now) & (fx.to_day > now)).select(rated="currency", rate_e10="rate_e10")
    priced = steps.inner_join(latest, steps.currency == latest.rated)
    worth = priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
    return worth.group_by("day").aggregate(base_e16=worth.worth.sum().cast(EXACT)).order_by("day")


def _run_rate_ahead(tables: Tables, frame: Frame) -> ir.Table:
    """Run-rates under the policy with everything that is known up to the horizon, not only to the as-of day."""
    horizon = day_number(last_day(month_of(frame.as_of) + HORIZON_MONTHS))
    ahead = tables.calendar_day.mutate(day=ibis.literal(horizon, "int64"))
    return run_rate(tables.replacing(calendar_day=ahead), frame.policy)


def _without_notice(rates: ir.Table, tables: Tables, now: int) -> ir.Table:
    """Rates without the items for which the customer has given notice: they leave on the day it was given."""
    spans = tables.billing_span
    told = spans.filter(
        (spans.requested_day <= now) & (spans.from_day <= now) & (spans.to_day.isnull() | (spans.to_day > now))
    )
    gone = told.select(quitter="subscription_id", item="item_id").distinct()
    return rates.anti_join(gone, (rates.subscription_id == gone.quitter) & (rates.item_id == gone.item))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    """One row per month from the as-of day's to that of the last known change."""
    if frame.grain is not Grain.MONTH:
        raise WrongUse("committed_mrr is a row per month.", "Leave --grain out.")
    changes: dict[int, Fraction] = {}
    for r in found:
        month = month_of(day_from_number(r["day"]))
        changes[month] = changes.get(month, Fraction(0)) + mrr(r["base_e16"])
    rows, total = [], Fraction(0)
    for month in range(month_of(frame.as_of), max(changes, default=-1) + 1):
        total += changes.get(month, Fraction(0))
        rows.append({"month": month, "cmrr_cents": half_up(total), "currency": frame.currency})
    return rows


COMMITTED_MRR = Measure(
    Card(
        name="committed_mrr",
        title="Committed MRR",
        question="What will customers pay us per month when everything already signed or cancelled has taken effect?",
        unit=Unit.MONEY,
        grain="one row per month from the as-of day's to the last one with a known change",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("mrr", "renewals_due", "forecast"),
        columns=(
            Out("month", Unit.MONTH, "The month at whose end it holds."),
            Out("cmrr_cents", Unit.MONEY, "MRR with all changes known on the as-of day that take effect by then."),
        ),
        definition=(
            "MRR in force, plus spans that begin later (signed contracts, ramps, announced prices), minus spans whose "
            "end is known, minus everything a customer has given notice for, from the day of the notice although it "
            "still pays. A debt ends with its grace. A term that ends without a notice counts on: renewals_due "
            "lists it. Months after the last known change have no row, because nothing is known of them. At the "
            "exchange rates of the as-of day; changes up to 36 months ahead."
        ),
        source="Scheduled changes move committed MRR and not MRR (docs/decisions/0005-revenue-policy.md).",
        can_slice=False,
        has_months=False,
    ),
    known_changes,
    _finish,
)
