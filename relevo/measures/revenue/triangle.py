"""The total row of the cohort triangle: what all cohorts that reached an age kept together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.chain_ladder import pooled_row
from relevo.measures.intervals import wilson
from relevo.measures.revenue.cohorts import triangle_parts
from relevo.measures.rounding import rate, slices_of
from relevo.measures.slices import SLICE


@dataclass(frozen=True)
class Triangle:
    """The cohorts of one slice by month: what they began with, and customers and exact run-rate by age as seen."""

    cohorts: tuple[int, ...]
    customers: tuple[tuple[int, ...], ...]
    base_e16: tuple[tuple[int, ...], ...]


def triangles(found: Sequence[Record], frame: Frame) -> dict[str | None, Triangle]:
    """The triangle of every slice from the rows of `triangle_parts`; age 0 counts all customers that started."""
    return {
        name: _triangle([r for r in found if r.get(SLICE) == name], frame)
        for name in slices_of(found, sliced=bool(frame.by))
    }


def _triangle(mine: Sequence[Record], frame: Frame) -> Triangle:
    cells: Mapping[tuple[int, int | None], Record] = {(r["first_month"], r["month"]): r for r in mine}
    cohorts = tuple(m for m in frame.ends if (m, None) in cells)
    return Triangle(
        cohorts,
        tuple(_seen(cells, m, "customers", frame) for m in cohorts),
        tuple(_seen(cells, m, "base_e16", frame) for m in cohorts),
    )


def _seen(cells: Mapping[tuple[int, int | None], Record], cohort: int, column: str, frame: Frame) -> tuple[int, ...]:
    """A cohort's values from its own month to the last complete one; where it has no row nobody was left."""
    months = range(cohort, frame.last_complete + 1)
    values = [int(cells[cohort, m][column]) if (cohort, m) in cells else 0 for m in months]
    if column == "customers":
        values[0] = int(cells[cohort, None][column])
    return tuple(values)


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows = []
    for name, triangle in triangles(found, frame).items():
        customers, money = pooled_row(triangle.customers), pooled_row(triangle.base_e16)
        for many, much in zip(customers, money, strict=True):
            began, kept = int(many.began), int(many.kept)
            low, high = wilson(kept, began)
            rows.append(
                {
                    "age": many.age,
                    **({frame.by: name} if frame.by else {}),
                    "cohorts": many.cohorts,
                    "n_started": began,
                    "customers": kept,
                    "customer_rate": rate(kept, began),
                    "low": low,
                    "high": high,
                    "mrr_rate": rate(int(much.kept), int(much.began)),
                }
            )
    return rows


COHORT_TOTAL = Measure(
    Card(
        name="cohort_total",
        title="All cohorts together",
        question="Of all that started long enough ago, how much is there at each age?",
        unit=Unit.RATE,
        grain="one row per age in months",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("cohort_retention", "cohort_projection"),
        columns=(
            Out("age", Unit.MONTHS, "Months since the first MRR."),
            Out("cohorts", Unit.COUNT, "Cohorts that reached that age."),
            Out("n_started", Unit.COUNT, "Customers that started in them."),
            Out("customers", Unit.COUNT, "Those paying at that age."),
            Out("customer_rate", Unit.RATE, "customers / n_started."),
            Out("low", Unit.RATE, "Lower end of its 95 % interval (Wilson)."),
            Out("high", Unit.RATE, "Upper end."),
            Out("mrr_rate", Unit.RATE, "Their MRR / the MRR of the same cohorts at the end of their first month."),
        ),
        definition=(
            "The total row of cohort_retention, weighted by what the cohorts began with. A cohort that has not "
            "reached an age is in neither sum. Late ages know the oldest cohorts alone, so a drop along the row may "
            "be the mix of cohorts; cohort_projection is free of that."
        ),
        source="Weighted average of a cohort triangle; Wilson 1927.",
    ),
    triangle_parts,
    _finish,
)
