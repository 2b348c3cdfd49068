"""How many minutes a conversation takes, measured or estimated, and how many one like it may be expected to take.

Expected minutes are a mean over conversations alike in what was known when they arrived: category, channel, tier and
priority as first set. They are the unit of load: one case of 40 minutes is as much as eight of five.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.periods import first_day, month_of
from relevo.book.schema import Tables
from relevo.measures.card import Frame, Record
from relevo.measures.estimators.balance import in_top_fifth
from relevo.measures.estimators.shrunk_means import shrunk_means
from relevo.measures.support.hours import starts_at

# What is known when a conversation arrives, the most telling first: the means of small cells are drawn to those of
# the first ones.
ARRIVAL = ("category", "channel", "tier", "priority")
# A reply takes so long where no system measures any: a guess, said to be one wherever it is used.
ASSUMED_SECONDS = 300
# Conversations of so many days tell what is to be expected.
LEARNT_FROM_DAYS = 365
# One that was never closed is taken as over after so many days.
OVER_AFTER_DAYS = 30

Cell = tuple[str | None, ...]


def first_month(frame: Frame) -> int:
    """The month with which the window begins that ends with the as-of day's."""
    return month_of(frame.as_of) - frame.window + 1


def window_begins(frame: Frame) -> datetime:
    """The first instant of that month in the company's time zone: UTC without saying so."""
    return starts_at(first_day(first_month(frame)), frame.timezone)


def finished(tables: Tables, frame: Frame) -> ir.Table:
    """Sums over the conversations of a year that are over, per cell of what was known at arrival."""
    since = frame.until - timedelta(days=LEARNT_FROM_DAYS)
    rows = over(tables, frame).filter(lambda t: t.begun_at >= since)
    return rows.group_by(list(ARRIVAL)).aggregate(**sums_of_time(rows))


def over(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations that are over, with measured seconds, by how many replies, and the replies nobody measured.

    Over is what was closed, and what began a month ago where nothing is ever closed.
    """
    rows = tables.episode
    settled = frame.until - timedelta(days=OVER_AFTER_DAYS)
    is_over = (rows.closed_at < frame.until) | (rows.closed_at.isnull() & (rows.begun_at < settled))
    known = rows.measured_replies.fill_null(0)
    rest = ibis.greatest(rows.replies.fill_null(0) - known, 0)
    timed = rows.mutate(known_s=rows.seconds_spent.fill_null(0), known_replies=known, rest=rest)
    return timed.filter((rows.begun_at < frame.until) & is_over.fill_null(False))


def sums_of_time(rows: ir.Table) -> dict[str, ir.Value]:
    """What the mean and the spread of a time need, whatever a reply that nobody measured will be taken for."""
    return {
        "n": rows.count(),
        "known_s": _sum(rows.known_s),
        "known_replies": _sum(rows.known_replies),
        "rest": _sum(rows.rest),
        "known_known": _sum(rows.known_s * rows.known_s),
        "known_rest": _sum(rows.known_s * rows.rest),
        "rest_rest": _sum(rows.rest * rows.rest),
    }


def _sum(values: ir.NumericValue) -> ir.IntegerValue:
    return values.sum().cast("int64")


def cell_of(row: Record) -> Cell:
    """What was known of a row's conversations when they arrived."""
    return row["category"], row["channel"], row["tier"], row["priority"]


@dataclass(frozen=True)
class Effort:
    """Minutes to be expected by cell, which cells are hard, and what a reply that nobody measured is taken for.

    `measured` is the part of the year's minutes that a system measured; None where there were none. `seconds` is what
    the others are taken for, per reply. `overall` is the mean of all; 0 where nothing was learnt.
    """

    minutes: Mapping[Cell, float]
    overall: float
    hard: frozenset[Cell]
    seconds: float
    measured: float | None


def seconds_per_reply(rows: Iterable[Record]) -> float:
    """What a measured reply took on average; five minutes where none was measured."""
    known = [(int(row["known_s"]), int(row["known_replies"])) for row in rows]
    replies = sum(each for _, each in known)
    return sum(seconds for seconds, _ in known) / replies if replies else float(ASSUMED_SECONDS)


def effort_of(rows: Sequence[Record], wanted: Iterable[Cell] = ()) -> Effort:
    """What is to be expected in every cell that was learnt from or is `wanted`, from the rows of `finished`.

    A cell is hard if at most a fifth of the year's conversations were to be expected to take longer, half of those
    alike counted. Without a finished conversation nothing is expected.
    """
    known = {cell_of(row): row for row in rows}
    cells = sorted({*known, *wanted}, key=lambda cell: tuple((value is not None, value or "") for value in cell))
    seconds = seconds_per_reply(rows)
    found = [known.get(cell) for cell in cells]
    n = np.array([0 if row is None else int(row["n"]) for row in found], dtype=float)
    total, squares = (np.array([0.0 if r is None else f(r, seconds) for r in found]) for f in (_total, _squares))
    learnt = shrunk_means(_codes(cells), n, total / 60, squares / 3600)
    means = learnt.means
    hard = in_top_fifth(means, n) if n.sum() else np.zeros(n.size, dtype=bool)
    return Effort(
        minutes={cell: float(mean) for cell, mean in zip(cells, means, strict=True) if n.sum()},
        overall=learnt.overall if n.sum() else 0.0,
        hard=frozenset(cell for cell, is_hard in zip(cells, hard, strict=True) if is_hard),
        seconds=seconds,
        measured=sum(int(r["known_s"]) for r in rows) / total.sum() if total.sum() else None,
    )


def _total(row: Record, seconds: float) -> float:
    return float(int(row["known_s"]) + seconds * int(row["rest"]))


def _squares(row: Record, seconds: float) -> float:
    cross, rest = int(row["known_rest"]), int(row["rest_rest"])
    return float(int(row["known_known"]) + 2 * seconds * cross + seconds**2 * rest)


def _codes(cells: Sequence[Cell]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Cells as numbers, level by level."""
    names = [{value: place for place, value in enumerate({cell[k] for cell in cells})} for k in range(len(ARRIVAL))]
    codes = [[names[k][cell[k]] for k in range(len(ARRIVAL))] for cell in cells]
    return np.array(codes, dtype=np.int64).reshape(len(cells), len(ARRIVAL))
