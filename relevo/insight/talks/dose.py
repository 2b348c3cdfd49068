"""Who stays by how long the solution took, adjusted for how difficult the case was when it came (row S2-32)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.errors import DataRefused
from relevo.book.book import Book, Tables
from relevo.insight.talks.moments import Followed, followed, helped
from relevo.measures.estimators.levels import held_equal, told
from relevo.measures.estimators.logistic import logistic, standardised

DAYS = 90
# A bin of fewer cases is not shown.
FEWEST = 10
HOUR = 3_600
# Bins by the hours that a solution took, each up to and without its last; the last has no end.
BINS = (1, 4, 24, 72, 168)
# What the case was like when it came.
DIFFICULTY = ("category", "channel", "priority", "tier", "quarter", "tenure", "segment", "used")
METHOD = (
    "The first case of a customer and quarter that was solved, by the hours from the customer's first message to the "
    "solution, and whether the customer still pays 90 days after it; cases solved in the last 90 days are too fresh. "
    "A logistic model holds equal what was known when the case came: category, channel, priority and tier, and the "
    "customer's tenure, segment and use. A share is that of all cases if each had taken so long. Bins of fewer than 10 "
    "cases are left out. An association: what is hard to solve may drive customers away by itself."
)
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Dose:
    """Cases whose solution took so long: up to `until_hours` (None: longer than all others), and who stayed.

    `kept` is adjusted with its 95 % interval; `raw` is what was seen.
    """

    from_hours: int
    until_hours: int | None
    n: int
    raw: float
    kept: float | None
    low: float | None
    high: float | None


def doses_of(book: Book) -> tuple[Dose, ...]:
    """The bins of a book that have enough cases."""
    of = Followed.of(book)
    return doses(book.run(dose_cells(book.tables, of)).dicts())


def dose_cells(tables: Tables, of: Followed) -> ir.Table:
    """Counted cases by bin and difficulty: how many, and whose customer had left within 90 days."""
    solved = helped(tables, of, "first_resolved_at")
    took = solved.first_resolved_at.epoch_seconds() - solved.begun_at.epoch_seconds()
    bins = ibis.cases(*((took < hours * HOUR, place) for place, hours in enumerate(BINS)), else_=len(BINS))
    words = {name: solved[name].fill_null("") for name in ("category", "channel", "priority", "tier")}
    moments = solved.select("customer_id", "day", "month", "quarter", bin=bins.cast("int64"), **words)
    rows = followed(moments.filter(moments.day + DAYS <= of.as_of), tables, of)
    gone = rows.mutate(gone=(rows.until_day <= rows.day + DAYS).fill_null(False).cast("int64"))
    return gone.group_by(["bin", *DIFFICULTY]).aggregate(
        n=gone.count().cast("int64"), lost=gone.gone.sum().cast("int64")
    )


def doses(cells: Rows) -> tuple[Dose, ...]:
    """The bins with enough cases, from counted cells."""
    rows = sorted(cells, key=lambda r: tuple(str(r[name]) for name in ("bin", *DIFFICULTY)))
    sizes = {place: sum(int(r["n"]) for r in rows if r["bin"] == place) for place in range(len(BINS) + 1)}
    shown = [place for place, n in sizes.items() if n >= FEWEST]
    kept = [r for r in rows if r["bin"] in shown]
    adjusted = _adjusted(kept, shown)
    return tuple(_dose(place, kept, adjusted.get(place, (None, None, None))) for place in shown)


def _adjusted(rows: Rows, shown: Sequence[int]) -> dict[int, tuple[float | None, ...]]:
    """The share kept of each bin with its interval; nothing where there is nothing to compare."""
    if len(shown) < 2:
        return {}
    n, lost = (np.array([float(r[name]) for r in rows]) for name in ("n", "lost"))
    about = told("bin", [r["bin"] for r in rows], shown[0])
    columns = about.beside(held_equal({name: [r[name] for r in rows] for name in DIFFICULTY}, n, lost))
    try:
        fit = logistic(columns.numbers, n, lost)
    except DataRefused:
        return {}
    found = standardised(fit, columns.numbers, n, range(len(about.names)))
    order = (shown[0], *(int(str(value)) for _, value in about.names))
    return {place: (1 - one.value, 1 - one.high, 1 - one.low) for place, one in zip(order, found, strict=True)}


def _dose(place: int, rows: Rows, adjusted: tuple[float | None, ...]) -> Dose:
    mine = [r for r in rows if r["bin"] == place]
    n, lost = (sum(int(r[name]) for r in mine) for name in ("n", "lost"))
    first = BINS[place - 1] if place else 0
    return Dose(first, BINS[place] if place < len(BINS) else None, n, 1 - lost / n, *adjusted)
