"""When customers were served: the interval of each life, and the customers of one part of the company.

Tables that grow with customers and time are drawn part by part, `PART` customers at a time, so that memory is flat.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import Floats, Frame, Ints
from relevo.sources.demo.states import ACTIVE, CANCELED, Stretches

PART = 20_000


@dataclass(frozen=True)
class Served:
    """Intervals of service, one per life: `leaves` is 1 where the interval ended because the customer left."""

    part: int
    who: Ints
    life: Ints
    start: Ints
    stop: Ints
    leaves: Ints

    @property
    def months(self) -> Floats:
        """Length in months of 30.4 days."""
        return np.asarray((self.stop - self.start) / (86_400 * 30.4), dtype=np.float64)

    def cut(self, part: int, rows: slice) -> "Served":
        """Some of the intervals, under the number of their part."""
        return Served(part, self.who[rows], self.life[rows], self.start[rows], self.stop[rows], self.leaves[rows])


def served(frame: Frame, rows: Stretches, since: int = 0) -> Served:
    """The intervals of all customers from an instant on: every paid life, cut at the end of the calendar."""
    group = np.append(True, (rows.who[1:] != rows.who[:-1]) | (rows.life[1:] != rows.life[:-1]))
    first = np.flatnonzero(group)
    last = np.append(first[1:] - 1, len(rows.who) - 1)
    paid = np.where(rows.status[first] == ACTIVE, first, np.minimum(first + 1, last))
    gone = rows.status[last] == CANCELED
    start = np.maximum(rows.at[paid], since)
    stop = np.where(gone, rows.at[last], frame.calendar.end_second)
    kept = np.flatnonzero((stop > start + 3_600) & (rows.status[paid] == ACTIVE))
    life = rows.life[first][kept]
    return Served(0, rows.who[first][kept], life, start[kept], stop[kept], gone[kept].astype(np.int64))


def parts(everybody: Served, customers: Customers) -> Iterator[Served]:
    """The intervals in parts of at most `PART` customers."""
    for number, first in enumerate(range(0, customers.size, PART)):
        low, high = np.searchsorted(everybody.who, (first, first + PART))
        if high > low:
            cut = slice(int(low), int(high))
            yield everybody.cut(number, cut)
