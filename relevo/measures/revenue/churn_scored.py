"""Expected churn scored: what was forecast some months ago beside what has happened since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.base.periods import last_day
from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.by_segment import by_segment, dimension_of
from relevo.measures.revenue.expected_churn import EXPECTED_CHURN, band_of
from relevo.measures.revenue.levels import levels_at
from relevo.measures.revenue.survival import with_begin
from relevo.measures.slices import SLICE, group, sliced

# A forecast is made for so many months and scored once they have passed.
HORIZONS = (6, 12)
FORECAST = EXPECTED_CHURN
Actual = Mapping[tuple[str, str], tuple[int, int]]


def outcome(tables: Tables, frame: Frame, made: int, months: int) -> ir.Table:
    """Per slice and age when a forecast was made: customers that paid then, and how many do not pay `months` later."""
    starts = tables.customer_start.select("customer_id", "first_month")
    levels = levels_at(tables, [made, made + months])
    before, after = levels.filter(levels.month == made), levels.filter(levels.month == made + months)
    still = after.select(payer="customer_id")
    opened = before.select("customer_id", "month").inner_join(with_begin(starts, tables, frame), "customer_id")
    both = opened.left_join(still, opened.customer_id == still.payer)
    lost = ibis.ifelse(both.payer.isnull(), 1, 0)
    rows = sliced(both.mutate(key_month=both.month, age=both.month - both.begin, lost=lost), tables, frame)
    return rows.group_by(group(frame, "age")).aggregate(n=rows.count(), lost=rows.lost.sum())


def actual(book: Book, frame: Frame, made: int, months: int) -> Actual:
    """Customers and how many of them left, per slice and age band, as the book knows it now."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for r in book.run(outcome(book.tables, by_segment(frame), made, months)).dicts():
        n, lost = found.get((r[SLICE], band_of(r["age"])), (0, 0))
        found[r[SLICE], band_of(r["age"])] = n + int(r["n"]), lost + int(r["lost"])
    return found


def scored(forecast: Sequence[Record], happened: Actual, dimension: str) -> list[Record]:
    """The rows of a forecast with what happened: lost, and whether that lies inside the interval."""
    return [_scored(row, happened.get((row[dimension], row["age_band"]), (0, 0))[1]) for row in forecast]


def _scored(row: Record, lost: int) -> Record:
    kept = {name: value for name, value in row.items() if name not in ("mrr_at_risk_cents", "currency")}
    return {**kept, "lost": lost, "inside": row["low"] <= lost <= row["high"]}


@dataclass(frozen=True)
class Score:
    """How good forecasts were: cells, share inside the interval, expected minus lost over lost, and the Brier score.

    The Brier score is the mean over customers of (chance - left)^2, every customer of a cell having the cell's chance;
    None where nothing was scored.
    """

    cells: int
    customers: int
    expected: float
    lost: int
    inside: float | None
    bias: float | None
    brier: float | None


def score(rows: Sequence[Mapping[str, Any]]) -> Score:
    """The score of scored rows (Brier 1950)."""
    done = [r for r in rows if r["lost"] is not None]
    customers, lost = sum(r["customers"] for r in done), sum(r["lost"] for r in done)
    expected = sum(r["expected_lost"] for r in done)
    return Score(
        cells=len(done),
        customers=customers,
        expected=round(expected, 2),
        lost=lost,
        inside=round(sum(r["inside"] for r in done) / len(done), 6) if done else None,
        bias=round((expected - lost) / lost, 6) if lost else None,
        brier=round(sum(_squared(r) for r in done) / customers, 6) if customers else None,
    )


def _squared(row: Mapping[str, Any]) -> float:
    chance = row["expected_lost"] / row["customers"]
    return float(row["lost"] * (1 - chance) ** 2 + (row["customers"] - row["lost"]) * chance**2)


def _compute(book: Book, frame: Frame) -> list[Record]:
    """Forecasts made again from the book as it was at earlier months' ends, with what happened since."""
    began = book.run_sql("SELECT min(first_month) FROM customer_start").rows[0][0]
    rows = []
    for months in HORIZONS:
        made = frame.last_complete - months
        if began is not None and began < made:
            past = book.at(last_day(made))
            then = replace(frame, as_of=past.as_of, last_complete=made, window=months)
            parts = {p: past.run(e(past.tables, then)).dicts() for p, e in FORECAST.expressions.items()}
            found = scored(FORECAST.finished(parts, then), actual(book, frame, made, months), dimension_of(frame))
            rows += [{"made_on": past.as_of, "months": months, "frozen": False, **row} for row in found]
    return rows


EXPECTED_CHURN_SCORED = Composite(
    Card(
        name="expected_churn_scored",
        title="Expected churn, scored",
        question="How good were our forecasts of churn?",
        unit=Unit.COUNT,
        grain="one row per forecast, segment and age band",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("expected_churn", "logo_churn"),
        columns=(
            Out("made_on", Unit.DATE, "The day as of which the forecast looks."),
            Out("months", Unit.MONTHS, "How far ahead it looked."),
            Out("frozen", Unit.BOOLEAN, "Whether it was kept when it was made; false: made again from the book."),
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by."),
            Out("age_band", Unit.TEXT, "Months since the first MRR on that day."),
            Out("customers", Unit.COUNT, "Customers that paid then (n)."),
            Out("expected_lost", Unit.COUNT, "How many were expected to leave."),
            Out("low", Unit.COUNT, "Lower end of the 95 % prediction interval."),
            Out("high", Unit.COUNT, "Upper end of the 95 % prediction interval."),
            Out("lost", Unit.COUNT, "How many did not pay at the end of the months."),
            Out("inside", Unit.BOOLEAN, "Whether that lies inside the interval."),
        ),
        definition=(
            "Forecasts for 6 and 12 months that would have been made so many months ago, computed again from what had "
            "taken effect by then, beside the customers that did not pay at their end. Forecasts that were frozen on "
            "the Desk when they were made stand beside these, once they are old enough; those alone are free of "
            "hindsight about rows that came late."
        ),
        source="Forecast evaluation by coverage, bias and Brier score (Brier 1950).",
        has_months=False,
    ),
    _compute,
)
