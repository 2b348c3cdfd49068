"""Why customers leave, as competing risks: who chose to leave, whose payment failed, and where nobody says.

A customer that left for one reason cannot leave for another any more. 1 - Kaplan-Meier per reason takes such
customers for still exposed and overstates every reason; cumulative incidence (Aalen-Johansen) does not, and with
survival the reasons sum to 1.
"""

from collections.abc import Mapping, Sequence
from math import isnan

import ibis
import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.incidence import STILL_HERE, Incidences, cumulative_incidence
from relevo.measures.revenue.survival import NEVER_LATE, with_begin
from relevo.measures.rounding import slices_of
from relevo.measures.slices import SLICE, group, sliced

CAUSES = ("voluntary", "involuntary", "unknown")
STAYED = "stayed"
# A cancellation belongs to a churn if it was noted within so many days of it.
NEAR_DAYS = 45


def lifetimes_by_cause(tables: Tables, frame: Frame) -> ir.Table:
    """Counts of customers by entry, duration in months and cause of leaving (or `stayed`), per slice."""
    starts = tables.customer_start.filter(lambda t: t.first_month <= frame.last_complete)
    left = (starts.churn_month.notnull() & (starts.churn_month <= frame.last_complete)).fill_null(False)
    ended = starts.mutate(left=left, end=ibis.ifelse(left, starts.churn_month, frame.last_complete))
    dated = with_begin(ended, tables, frame).left_join(_said(tables), "customer_id").drop("customer_id_right")
    caused = dated.mutate(cause=ibis.ifelse(dated.left, dated.cause.fill_null("unknown"), STAYED))
    rows = sliced(caused.mutate(key_month=caused.first_month), tables, frame)
    timed = rows.mutate(
        entry=ibis.ifelse(rows.begin < rows.first_month, rows.first_month - rows.begin, NEVER_LATE).cast("int64"),
        duration=rows.end - rows.begin,
    )
    return timed.group_by(group(frame, "entry", "duration", "cause")).aggregate(n=timed.count())


def _said(tables: Tables) -> ir.Table:
    """Per customer whose last churn is known: its cause. Failed payments speak first, then the cancellation."""
    gone = tables.customer_start.filter(lambda t: t.churn_day.notnull()).select("customer_id", "churn_day")
    moves = tables.movement.filter(lambda t: t.kind == "churn").select(mover="customer_id", moved="day", why="cause")
    told = gone.left_join(moves, (gone.customer_id == moves.mover) & (gone.churn_day == moves.moved))
    near = _cancellations(tables)
    both = told.left_join(
        near,
        (told.customer_id == near.leaver)
        & (near.said_day >= told.churn_day - NEAR_DAYS)
        & (near.said_day <= told.churn_day + NEAR_DAYS),
    )
    unpaid = (both.why == "delinquent").fill_null(False)
    return both.group_by("customer_id").aggregate(
        cause=ibis.cases(
            (unpaid.max() | both.failed.max().fill_null(False), "involuntary"),
            (both.chose.max().fill_null(False), "voluntary"),
            else_="unknown",
        )
    )


def _cancellations(tables: Tables) -> ir.Table:
    """Cancellations that say whether the customer chose to leave, by UTC day."""
    said = tables.cancellation.filter(lambda t: t.voluntary.notnull())
    days = tables.calendar_day.select(said_day="day", said_on="on_date")
    noted = said.mutate(noted_on=said["at"].date())
    dated = noted.inner_join(days, noted.noted_on == days.said_on)
    return dated.select(leaver="customer_id", said_day="said_day", chose="voluntary", failed=~dated.voluntary)


def incidences(lives: Mapping[tuple[int, int, str], int]) -> Incidences:
    """The Aalen-Johansen estimate from counts by (entry, duration, cause), with every month up to the last one."""
    months = range(max((d for _, d, _ in lives), default=-1) + 1)
    # A month in which nobody's life ends is a cell of nobody, so that it has its row.
    cells = [
        *((e, d, _code(c), n) for (e, d, c), n in lives.items()),
        *((NEVER_LATE, m, STILL_HERE, 0) for m in months),
    ]
    return cumulative_incidence(*([cell[i] for cell in cells] for i in (1, 2, 3, 0)))


def _code(cause: str) -> int:
    return CAUSES.index(cause) + 1 if cause in CAUSES else STILL_HERE


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name in slices_of(found, sliced=bool(frame.by)):
        known = incidences(
            {(r["entry"], r["duration"], r["cause"]): int(r["n"]) for r in found if r.get(SLICE) == name}
        )
        rows += [_row(known, i, cause, name, frame) for i in range(known.times.size) for cause in CAUSES]
    return rows


def _row(known: Incidences, at: int, cause: str, name: str | None, frame: Frame) -> Record:
    mine = known.by_cause.get(_code(cause))
    return {
        "tenure_month": int(known.times[at]),
        "cause": cause,
        **({frame.by: name} if frame.by else {}),
        "events": int(mine.events[at]) if mine else 0,
        "at_risk": int(known.at_risk[at]),
        "incidence": round(float(mine.incidence[at]), 6) if mine else 0.0,
        "low": _known(mine.low[at]) if mine else None,
        "high": _known(mine.high[at]) if mine else None,
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else round(float(value), 6)


CHURN_CAUSES = Measure(
    Card(
        name="churn_causes",
        title="Causes of churn",
        question="What share of customers has left by its own choice, and what share because a payment failed?",
        unit=Unit.RATE,
        grain="one row per month of tenure and cause",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("survival", "logo_churn"),
        columns=(
            Out("tenure_month", Unit.MONTHS, "Months since the first MRR."),
            Out("cause", Unit.TEXT, "voluntary, involuntary (a payment failed) or unknown."),
            Out("events", Unit.COUNT, "Customers that left for it in that month and have not come back."),
            Out("at_risk", Unit.COUNT, "Customers that could still leave in that month."),
            Out("incidence", Unit.RATE, "Share that has left for it by then."),
            Out("low", Unit.RATE, "Lower end of the 95 % interval."),
            Out("high", Unit.RATE, "Upper end of the 95 % interval."),
        ),
        definition=(
            "Cumulative incidence (Aalen-Johansen) from the first MRR to the final churn so far; with survival the "
            "causes sum to 1. Involuntary: the revenue stopped because of a debt, or a cancellation within 45 days "
            "says that the customer did not choose. Voluntary: such a cancellation says that it chose. Unknown: "
            "nobody says; it is shown and not shared out. Delta-method variance, log-log interval."
        ),
        source="Aalen and Johansen 1978; Marubini and Valsecchi 1995.",
        has_months=False,
    ),
    lifetimes_by_cause,
    _finish,
)
