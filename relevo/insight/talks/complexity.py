"""Whether conversations take more than they did (row S0-23): as many tickets, each longer, need more people.

Minutes per conversation move for two reasons: other kinds of cases arrive, or cases alike take longer. What the kinds
alone would make is their expected minutes, learnt over the whole year; the rest is within them.
"""

from dataclasses import dataclass
from math import fsum

import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.book import Book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame, Record
from relevo.measures.support.effort import ARRIVAL, Effort, cell_of, effort_of, finished, over, sums_of_time
from relevo.measures.support.load import LOAD


@dataclass(frozen=True)
class Month:
    """Conversations that began in a month and are over: mean minutes, what their kinds let expect, replies, hand-offs.

    `minutes`, `expected`, `replies` and `handoffs` are per conversation. Those that are not over yet are the longer
    ones, so that the last month may rise still.
    """

    month: int
    n: int
    minutes: float
    expected: float
    replies: float
    handoffs: float

    @property
    def within(self) -> float:
        """How much longer or shorter a conversation took than others of its kind in the year: 1.1 is a tenth longer."""
        return self.minutes / self.expected if self.expected else 1.0


@dataclass(frozen=True)
class Complexity:
    """Months in order, those without a finished conversation left out; `measured` as in `Effort`."""

    months: tuple[Month, ...]
    measured: float | None

    @property
    def growth(self) -> float | None:
        """Minutes of the last month over those of the first; None with fewer than two months."""
        if len(self.months) < 2 or not self.months[0].minutes:
            return None
        return self.months[-1].minutes / self.months[0].minutes


def complexity(book: Book, months: int = 12) -> Complexity:
    """What conversations took in each of the months that end with the as-of day's."""
    frame = frame_of(book, LOAD.card, Ask(months=months))
    effort = effort_of(book.run(finished(book.tables, frame)).dicts())
    asked = range(month_of(book.as_of) - months + 1, month_of(book.as_of) + 1)
    rows: dict[int, list[Record]] = {month: [] for month in asked}
    for row in book.run(_by_month(book, frame, list(asked))).dicts():
        rows[int(row["begun_month"])].append(row)
    return Complexity(tuple(_month(month, found, effort) for month, found in rows.items() if found), effort.measured)


def _by_month(book: Book, frame: Frame, asked: list[int]) -> ir.Table:
    rows = over(book.tables, frame).filter(lambda t: t.begun_month.isin(asked))
    return rows.group_by(["begun_month", *ARRIVAL]).aggregate(
        replies=rows.replies.fill_null(0).sum().cast("int64"), handoffs=rows.handoffs.sum().cast("int64"),
        **sums_of_time(rows),
    )  # fmt: skip


def _month(month: int, rows: list[Record], effort: Effort) -> Month:
    n = sum(int(row["n"]) for row in rows)
    took = sum(int(row["known_s"]) for row in rows) + effort.seconds * sum(int(row["rest"]) for row in rows)
    # Cells of before the year learnt from have none of their own.
    expected = fsum(row["n"] * effort.minutes.get(cell_of(row), effort.overall) for row in rows)
    replies, handoffs = (sum(int(row[name]) for row in rows) for name in ("replies", "handoffs"))
    return Month(month, n, took / 60 / n, expected / n, replies / n, handoffs / n)
