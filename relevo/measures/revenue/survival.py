"""How long customers stay: Kaplan-Meier by months since the first MRR.

The engine aggregates to (entry, duration, event) counts; the curve is computed from these few rows.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.lives import Numbers, cell
from relevo.measures.estimators.survival import SurvivalCurve, kaplan_meier
from relevo.measures.rounding import slices_of
from relevo.measures.slices import SLICE, group, sliced_at

NEVER_LATE = -1
# With fewer at risk, a step of the curve is one customer's doing.
FEWEST_AT_RISK = 10


def lifetimes(tables: Tables, frame: Frame) -> ir.Table:
    """Counts of customers by entry, duration in months and event (1 left, 0 still here), per slice."""
    rows = sliced_at(dated_lives(tables, frame), tables, frame)
    return rows.group_by(group(frame, "entry", "duration", "event")).aggregate(n=rows.count())


def dated_lives(tables: Tables, frame: Frame) -> ir.Table:
    """Every customer with its entry, duration in months and event; `moment` is the month of its first MRR.

    `entry` is the tenure at which a customer that was already paying when history starts was first seen.
    """
    starts = tables.customer_start.filter(lambda t: t.first_month <= frame.last_complete)
    left = starts.churn_month.notnull() & (starts.churn_month <= frame.last_complete)
    end = ibis.ifelse(left, starts.churn_month, frame.last_complete)
    dated = with_begin(starts.mutate(event=left.cast("int64"), end=end), tables, frame)
    return dated.select(
        "customer_id",
        "event",
        entry=ibis.ifelse(dated.begin < dated.first_month, dated.first_month - dated.begin, NEVER_LATE).cast("int64"),
        duration=dated.end - dated.begin,
        moment=dated.first_month,
    )


def with_begin(starts: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """The month a customer began: its first MRR, or its creation where it paid before history starts."""
    opened = frame.history_starts_on
    if opened is None:
        return starts.mutate(begin=starts.first_month)
    made = tables.customer.select("customer_id", "created_at")
    known = starts.left_join(made, "customer_id").drop("customer_id_right")
    created = known.created_at.year().cast("int64") * 12 + known.created_at.month().cast("int64") - 1
    late = known.first_month <= month_of(opened)
    begin = ibis.ifelse(late, ibis.least(known.first_month, created.fill_null(known.first_month)), known.first_month)
    return known.mutate(begin=begin).drop("created_at")


def curve_by_month(durations: Numbers, events: Numbers, n: Numbers, entries: Numbers) -> SurvivalCurve:
    """The survival curve at every month of tenure from 0 to the longest that was seen."""
    months = range(int(max(durations, default=-1)) + 1)
    return kaplan_meier(durations, events, n, entries, times=list(months))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name in slices_of(found, sliced=bool(frame.by)):
        mine = [r for r in found if r.get(SLICE) == name]
        columns = ([int(r[c]) for r in mine] for c in ("duration", "event", "n", "entry"))
        curve = curve_by_month(*columns)
        rows += [_row(curve, place, name, frame) for place in range(curve.times.size)]
    return rows


def _row(curve: SurvivalCurve, place: int, name: str | None, frame: Frame) -> Record:
    return {
        "tenure_month": int(curve.times[place]),
        **({frame.by: name} if frame.by else {}),
        "at_risk": int(curve.at_risk[place]),
        "events": int(curve.events[place]),
        "survival": cell(curve.survival[place]),
        "low": cell(curve.low[place]),
        "high": cell(curve.high[place]),
        "shown": bool(curve.at_risk[place] >= FEWEST_AT_RISK),
    }


SURVIVAL = Measure(
    Card(
        name="survival",
        title="Survival",
        question="What share of customers is still here after so many months?",
        unit=Unit.RATE,
        grain="one row per month of tenure",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("arpa_by_tenure", "cohort_retention", "hazard_ratios"),
        columns=(
            Out("tenure_month", Unit.MONTHS, "Months since the first MRR."),
            Out("at_risk", Unit.COUNT, "Customers that could still leave in that month."),
            Out("events", Unit.COUNT, "Customers whose MRR went to 0 in it and has not come back."),
            Out("survival", Unit.RATE, "Estimated share still here after it."),
            Out("low", Unit.RATE, "Lower end of the 95 % interval."),
            Out("high", Unit.RATE, "Upper end of the 95 % interval."),
            Out("shown", Unit.BOOLEAN, "Whether ten or more were at risk; else a step is one customer's doing."),
        ),
        definition=(
            "Kaplan-Meier from the first MRR to the final churn so far; customers still paying are censored at the "
            "last complete month, events before censorings. Where history_starts_on is set, customers already there "
            "enter at their age (delayed entry). Greenwood variance, log-log interval. Pictures stop where "
            "fewer than ten are at risk."
        ),
        source="Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice.",
        has_months=False,
    ),
    lifetimes,
    _finish,
)
