"""How faithfully what was known of a customer was handed on, as reality confirmed it later (row S1-27).

One hand-off: 5 of 6 items filled in, 4 of the 5 right, one re-ask about the empty one. Its fidelity is
5/6 x 4/5 x (1 - 1/6) = 0.555556: complete at first sight, and little more than half arrived.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number, first_day, month_of
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Dimension, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.intervals import mean_of_shares
from relevo.measures.rounding import rate
from relevo.measures.slices import by_slice, group, labelled, sliced_by_own

# Where nobody said how many items the form has.
USUAL_ITEMS = 6
OWN = (
    Dimension("from_person", "who gave, as a person_id.", is_person=True),
    Dimension("to_person", "who received, as a person_id.", is_person=True),
    Dimension("template", "the form that was used."),
)
# Shares with so many decimals have exact products and sums on every engine.
_SHARE = "decimal(10, 9)"


def confirmed(tables: Tables, frame: Frame) -> ir.Table:
    """Hand-offs that can be judged, with the slice asked for: shares, items, and re-asks about empty ones."""
    given = tables.handoff_day
    known = given.filter(
        (given.confirmed_day <= day_number(frame.as_of))
        & given.completeness.between(0, 1)
        & given.accuracy.between(0, 1)
    )
    if frame.window:
        begins = first_day(month_of(frame.as_of) - frame.window + 1)
        known = known.filter(known.confirmed_day >= day_number(begins))
    items = ibis.ifelse(known.items.fill_null(0) > 0, known.items, ibis.literal(USUAL_ITEMS, "int64"))
    rows = known.select(
        "customer_id", "template",
        completeness=known.completeness.cast(_SHARE), accuracy=known.accuracy.cast(_SHARE),
        from_person="from_person_id", to_person="to_person_id", key_month=known.given_month.fill_null(0), items=items,
        unfilled=ibis.least(known.reasks_unfilled.fill_null(0), items),
    )  # fmt: skip
    return sliced_by_own(rows, tables, frame, [each.name for each in OWN])


def parts(tables: Tables, frame: Frame) -> ir.Table:
    """Exact sums over hand-offs with as many items and re-asks (by slice), and how much their products vary."""
    rows = confirmed(tables, frame)
    rows = rows.mutate(product=rows.completeness * rows.accuracy)
    return rows.group_by(group(frame, "items", "unfilled")).aggregate(
        n=rows.count(),
        completeness=rows.completeness.sum(),
        accuracy=rows.accuracy.sum(),
        products=rows["product"].sum(),
        variance=rows["product"].cast("float64").var(how="sample"),
    )


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers handed over, per slice."""
    rows, keys = confirmed(tables, frame), group(frame)
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    return labelled({of: _row(rows) for of, rows in by_slice(found[""], frame).items()}, frame)


@dataclass(frozen=True)
class _Alike:
    """Hand-offs with one re-ask rate: how many, and the sum and sample variance of their fidelities."""

    n: int
    reask_rate: Fraction
    total: Fraction
    variance: float

    @classmethod
    def of(cls, row: Record) -> "_Alike":
        """From a row of `parts`."""
        n, rate_of = int(row["n"]), Fraction(int(row["unfilled"]), int(row["items"]))
        spread = float(row["variance"]) if n > 1 else 0.0
        return cls(n, rate_of, (1 - rate_of) * Fraction(row["products"]), float(1 - rate_of) ** 2 * spread)


def _row(found: Sequence[Record]) -> Record:
    """The figures of one group: means of the parts, and the mean of the products with its interval."""
    parts_of = [_Alike.of(row) for row in found]
    n, total = sum(each.n for each in parts_of), sum((each.total for each in parts_of), Fraction(0))
    low, high = mean_of_shares(n, total / max(n, 1), _variance(parts_of))
    return {
        "n": n,
        "completeness": rate(_sum(found, "completeness"), n),
        "accuracy": rate(_sum(found, "accuracy"), n),
        "reask_rate": rate(sum((each.n * each.reask_rate for each in parts_of), Fraction(0)), n),
        "fidelity": rate(total, n),
        "low": low,
        "high": high,
    }


def _sum(found: Sequence[Record], column: str) -> Fraction:
    return sum((Fraction(row[column]) for row in found), Fraction(0))


def _variance(parts_of: Sequence[_Alike]) -> float:
    """The sample variance of all, from what lies within the parts and between them; 0 where it is undefined."""
    n, total = sum(each.n for each in parts_of), sum((each.total for each in parts_of), Fraction(0))
    within = sum((each.n - 1) * each.variance for each in parts_of)
    between = sum((each.n * (each.total / each.n - total / n) ** 2 for each in parts_of), Fraction(0))
    return (within + float(between)) / max(n - 1, 1)


HANDOFF_FIDELITY = Model(
    Card(
        name="handoff_fidelity",
        title="Hand-off fidelity",
        question="How much of what was known of a customer arrives with the next person, as it later proved?",
        unit=Unit.RATE,
        grain="one row, or one per slice",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("promises", "gross_revenue_retention"),
        columns=(
            Out("n", Unit.COUNT, "Confirmed hand-offs that can be judged."),
            Out("completeness", Unit.RATE, "Mean part of the items that were filled in."),
            Out("accuracy", Unit.RATE, "Mean part of the filled items that proved right."),
            Out("reask_rate", Unit.RATE, "Mean of re-asks about empty items over items, at most 1."),
            Out("fidelity", Unit.RATE, "Mean of completeness x accuracy x (1 - re-ask rate), each hand-off by itself."),
            Out("low", Unit.RATE, "Lower end of the 95 % interval of fidelity (Student's t); null below two."),
            Out("high", Unit.RATE, "Upper end of the 95 % interval of fidelity; null below two."),
        ),
        definition=(
            "Fidelity of a hand-off is completeness x accuracy x (1 - re-ask rate), with 5 of 6 items filled, 4 of the "
            "5 right and one re-ask 5/6 x 4/5 x 5/6 = 0.555556. Of a group it is the mean of the products and not the "
            "product of the means. Hand-offs count once their receiver has confirmed them, by the end of the as-of "
            "day in the company's time zone; one without completeness or accuracy between 0 and 1 cannot be judged "
            "and is in no figure. Where items is unknown or 0, re-asks are counted against 6. Re-asks that nobody "
            "recorded as about an empty item count as none. With --months N, hand-offs confirmed in the N months "
            "that end with the as-of day's. A customer's slice is its value in the month in which it was given, at "
            "the earliest that of its first paying month."
        ),
        source="Row S1-27; interval: Student 1908, clipped to 0 to 1.",
        months=0,
        has_months=False,
        own_dimensions=OWN,
    ),
    {"": parts, BEHIND: behind},
    _finish,
)
