"""Promises made to customers and what became of them: kept, kept late, broken (row S0-11)."""

from collections.abc import Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Dimension, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.rounding import rate
from relevo.measures.slices import by_slice, group, labelled, sliced_by_own

OWN = (
    Dimension("person", "who promised, as a person_id.", is_person=True),
    Dimension("product_state", "whether the product could do it then: exists, planned, absent."),
)
COUNTS = ("made", "due", "kept", "late", "broken")


def judged(tables: Tables, frame: Frame) -> ir.Table:
    """Promises made by the as-of day, with the slice asked for, and 1 or 0 for each of due, kept, late and broken.

    A promise is due once its day has come, or once it was kept or called broken. What is due is exactly one of kept,
    late and broken.
    """
    rows, today = tables.promise_day, day_number(frame.as_of)
    made = rows.filter(rows.made_day <= today)
    is_kept = (made.kept_day <= today).fill_null(False)
    is_late = is_kept & (made.kept_after_broken | (made.kept_day > made.due_day).fill_null(False))
    is_due = is_kept | (made.due_day <= today).fill_null(False) | (made.broken_day <= today).fill_null(False)
    told = made.select(
        "customer_id", "promise_id", "deal_id", "product_state", person="person_id", key_month="made_month",
        due=_one(is_due), kept=_one(is_kept & ~is_late), late=_one(is_late), broken=_one(is_due & ~is_kept),
    )  # fmt: skip
    return sliced_by_own(told, tables, frame, [each.name for each in OWN])


def _one(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, ibis.literal(1, "int64"), ibis.literal(0, "int64"))


def counts(tables: Tables, frame: Frame) -> ir.Table:
    """How many promises were made, and of these how many were due, kept, kept late and broken (by slice)."""
    rows = judged(tables, frame)
    sums = {name: rows[name].sum().cast("int64") for name in COUNTS[1:]}
    return _by_slice(rows, frame).aggregate(made=rows.count(), **sums)


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers to whom they were made, per slice."""
    rows = judged(tables, frame)
    return _by_slice(rows, frame).aggregate(customers=rows.customer_id.nunique())


def _by_slice(rows: ir.Table, frame: Frame) -> ir.Table:
    keys = group(frame)
    return rows.group_by(keys) if keys else rows


def _finish(found: Found, frame: Frame) -> list[Record]:
    return labelled({of: _row(rows) for of, rows in by_slice(found[""], frame).items()}, frame)


def _row(found: Sequence[Record]) -> Record:
    made, due, kept, late, broken = (sum(int(r[name] or 0) for r in found) for name in COUNTS)
    gap = rate(Fraction(late + broken), due)
    return {"made": made, "due": due, "kept": kept, "late": late, "broken": broken, "gap": gap, "n": made}


PROMISES = Model(
    Card(
        name="promises",
        title="Promises",
        question="Of what was promised to customers, how much was not kept in time?",
        unit=Unit.RATE,
        grain="one row, or one per slice",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("handoff_fidelity", "net_revenue_retention"),
        columns=(
            Out("made", Unit.COUNT, "Promises made."),
            Out("due", Unit.COUNT, "Those whose day has come, or that were kept or called broken before it."),
            Out("kept", Unit.COUNT, "Those of the due that were kept, on their day at the latest."),
            Out("late", Unit.COUNT, "Those kept after their day, or after they were called broken."),
            Out("broken", Unit.COUNT, "Those that have not been kept."),
            Out("gap", Unit.RATE, "Expectation gap: (broken + late) / due; null where nothing is due."),
            Out("n", Unit.COUNT, "The promises on which the figures rest: those made."),
        ),
        definition=(
            "Promises made by the end of the as-of day. One is due when its day has come, or when it was kept or "
            "called broken, even before or without a day. What is due is kept, late or broken, and nothing else: "
            "kept by the end of the day it was promised for, or at any time where no day was named; late when kept "
            "after that day, or after it was called broken; broken when not kept by the end of the as-of day. Days "
            "are those of the company's time zone. A customer's slice is its value in the month in which the promise "
            "was made, at the earliest that of its first paying month."
        ),
        source="The expectation gap of row S0-11, by its parts.",
        has_months=False,
        own_dimensions=OWN,
    ),
    {"": counts, BEHIND: behind},
    _finish,
)
