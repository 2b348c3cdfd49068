"""How long customers stay: Kaplan-Meier by months since the first MRR.

The engine aggregates to (entry, duration, event) counts; the curve is computed from these few rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.intervals import Z95
from relevo.measures.rounding import slices_of
from relevo.measures.slices import SLICE, group, sliced

NEVER_LATE = -1


def lifetimes(tables: Tables, frame: Frame) -> ir.Table:
    """Counts of customers by entry, duration in months and event (1 left, 0 still here), per slice.

    `entry` is the tenure at which a customer that was already paying when history starts was first seen.
    """
    starts = tables.customer_start.filter(lambda t: t.first_month <= frame.last_complete)
    left = starts.churn_month.notnull() & (starts.churn_month <= frame.last_complete)
    end = ibis.ifelse(left, starts.churn_month, frame.last_complete)
    dated = with_begin(starts.mutate(event=left.cast("int64"), end=end), tables, frame)
    rows = sliced(dated.mutate(key_month=dated.first_month), tables, frame)
    timed = rows.mutate(
        entry=ibis.ifelse(rows.begin < rows.first_month, rows.first_month - rows.begin, NEVER_LATE).cast("int64"),
        duration=rows.end - rows.begin,
    )
    return timed.group_by(group(frame, "entry", "duration", "event")).aggregate(n=timed.count())


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


@dataclass(frozen=True)
class CurvePoint:
    """One month of tenure: who could leave, who did, the share surviving it with its 95 % interval."""

    time: int
    at_risk: int
    events: int
    survival: float
    low: float | None
    high: float | None


def kaplan_meier(lives: Mapping[tuple[int, int, int], int]) -> list[CurvePoint]:
    """The product-limit estimate with delayed entry from counts by (entry, duration, event).

    A customer is at risk at `t` if it entered before `t` and had not left before; events come before censorings at
    ties. Variance by Greenwood, interval by log(-log S) (Kalbfleisch and Prentice).
    """
    points, survival, greenwood = [], 1.0, 0.0
    for t in range(max((d for _, d, _ in lives), default=-1) + 1):
        here = {life: n for life, n in lives.items() if life[0] < t <= life[1]}
        at_risk = sum(here.values())
        events = sum(n for (_, duration, event), n in here.items() if event and duration == t)
        survival *= 1 - events / at_risk if at_risk else 1.0
        greenwood += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
        points.append(CurvePoint(t, at_risk, events, survival, *_log_log(survival, greenwood)))
    return points


def _log_log(survival: float, greenwood: float) -> tuple[float | None, float | None]:
    """The 95 % interval of S from Greenwood's sum on the log(-log) scale; none where S is 0 or 1."""
    if not 0 < survival < 1:
        return None, None
    half = Z95 * sqrt(greenwood) / abs(log(survival))
    return survival ** exp(half), survival ** exp(-half)


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name in slices_of(found, sliced=bool(frame.by)):
        lives = {(r["entry"], r["duration"], r["event"]): int(r["n"]) for r in found if r.get(SLICE) == name}
        rows += [_row(point, name, frame) for point in kaplan_meier(lives)]
    return rows


def _row(point: CurvePoint, name: str | None, frame: Frame) -> Record:
    return {
        "tenure_month": point.time,
        **({frame.by: name} if frame.by else {}),
        "at_risk": point.at_risk,
        "events": point.events,
        "survival": round(point.survival, 6),
        "low": None if point.low is None else round(point.low, 6),
        "high": None if point.high is None else round(point.high, 6),
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
        read_with=("arpa_by_tenure", "cohort_retention"),
        columns=(
            Out("tenure_month", Unit.MONTHS, "Months since the first MRR."),
            Out("at_risk", Unit.COUNT, "Customers that could still leave in that month."),
            Out("events", Unit.COUNT, "Customers whose MRR went to 0 in it and has not come back."),
            Out("survival", Unit.RATE, "Estimated share still here after it."),
            Out("low", Unit.RATE, "Lower end of the 95 % interval."),
            Out("high", Unit.RATE, "Upper end of the 95 % interval."),
        ),
        definition=(
            "Kaplan-Meier from the first MRR to the final churn so far; customers still paying are censored at the "
            "last complete month, events before censorings. Where history_starts_on is set, customers already there "
            "enter at their age (delayed entry). Greenwood variance, log-log interval."
        ),
        source="Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice.",
        has_months=False,
    ),
    lifetimes,
    _finish,
)
