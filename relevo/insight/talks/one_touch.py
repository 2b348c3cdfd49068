"""Solved with one reply, and still solved a week later, by how hard the case was (row S2-34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame, Record
from relevo.measures.estimators.balance import weighted_median
from relevo.measures.intervals import wilson
from relevo.measures.support.effort import ARRIVAL, Effort, cell_of, effort_of, finished, window_begins
from relevo.measures.support.load import LOAD

# Only what has stayed solved for so long is known to be.
SETTLED_DAYS = 7
BANDS = ("easy", "middle", "hard")


@dataclass(frozen=True)
class Band:
    """Solved cases of one difficulty: of `n` that can be judged, `one` needed a single reply and were not reopened.

    `low` and `high` are the 95 % interval of the share (Wilson 1927).
    """

    name: str
    one: int
    n: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The part that one reply solved; None without a case."""
        return self.one / self.n if self.n else None


@dataclass(frozen=True)
class OneTouch:
    """Cases by difficulty and all together, and every episode of the window once, by what became of it.

    Solved ones are one, two or three and more replies, or reopened; `none` were solved without a reply, `waiting` not
    a week ago, and `unsolved` are open or ended otherwise. The counts add up to all.
    """

    bands: tuple[Band, ...]
    all: Band
    one: int
    two: int
    more: int
    reopened: int
    none: int
    waiting: int
    unsolved: int


def one_touch(book: Book, months: int = 3, person_id: str | None = None) -> OneTouch:
    """What one reply solved of the conversations that began in a window; of those one person answered first."""
    frame = frame_of(book, LOAD.card, Ask(months=months))
    rows = book.run(_by_cell(book.tables, frame, person_id)).dicts()
    return one_touch_of(rows, effort_of(book.run(finished(book.tables, frame)).dicts(), [cell_of(r) for r in rows]))


def one_touch_of(rows: Sequence[Record], effort: Effort) -> OneTouch:
    """The same from counts per cell and what is to be expected of each."""
    middle = _middle(effort, rows)
    bands = {name: [0, 0] for name in BANDS}
    for row in rows:
        cell = cell_of(row)
        is_easy = effort.minutes.get(cell, middle) < middle
        held = bands["hard" if cell in effort.hard else "easy" if is_easy else "middle"]
        held[0] += int(row["one"])
        held[1] += sum(int(row[name]) for name in _JUDGED)
    sums = {name: sum(int(row[name]) for row in rows) for name in _CLASSES}
    told = tuple(_band(name, *counts) for name, counts in bands.items())
    return OneTouch(told, _band("", sums["one"], sum(sums[name] for name in _JUDGED)), **sums)


def _band(name: str, one: int, n: int) -> Band:
    return Band(name, one, n, *wilson(one, n))


def _middle(effort: Effort, rows: Sequence[Record]) -> float:
    """The expected minutes of the middle case; what is below it is easy."""
    known = [
        (effort.minutes[cell_of(r)], sum(int(r[c]) for c in _CLASSES)) for r in rows if cell_of(r) in effort.minutes
    ]
    return weighted_median(np.array([m for m, _ in known]), np.array([n for _, n in known])) if known else 0.0


_JUDGED = ("one", "two", "more", "reopened")
_CLASSES = (*_JUDGED, "none", "waiting", "unsolved")


def _by_cell(tables: Tables, frame: Frame, person_id: str | None) -> ir.Table:
    """Episodes of the window per cell, each in one class."""
    begins = window_begins(frame)
    rows = tables.episode.filter(lambda t: (t.begun_at >= begins) & (t.begun_at < frame.until))
    if person_id is not None:
        rows = rows.filter(rows.first_person_id == person_id)
    solved = rows.outcome.isin(["solved", "solved_no_reply"]) & (rows.resolved_at < frame.until).fill_null(False)
    settled = solved & (rows.closed_at < frame.until - timedelta(days=SETTLED_DAYS)).fill_null(False)
    again = rows.reopens > 0
    replies = rows.replies.fill_null(0)
    classes = {
        "one": settled & ~again & (replies == 1), "two": settled & ~again & (replies == 2),
        "more": settled & ~again & (replies > 2), "reopened": settled & again,
        "none": settled & ~again & (replies == 0), "waiting": solved & ~settled, "unsolved": ~solved,
    }  # fmt: skip
    counts = {name: _count(condition) for name, condition in classes.items()}
    return rows.group_by(list(ARRIVAL)).aggregate(**counts)


def _count(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, ibis.literal(1, "int64"), ibis.literal(0, "int64")).sum().cast("int64")
