"""What waits in queues at an instant, counted and added up: queues laid end to end on one line of time."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class WaitingLine:
    """Cases that wait, each in its queue from `begun` to `left`, both ends included, in whole seconds.

    Sorted, so that each question is a search: the work grows with n log n and not with pairs of cases.
    """

    def __init__(self, queue: Ints, begun: Ints, left: Ints) -> None:
        self._origin = int(begun.min()) if begun.size else 0
        self._span = int(left.max()) - self._origin + 2 if begun.size else 2
        self._begun, self._left = self.key(queue, begun), self.key(queue, left)
        self._all_begun, self._all_left = np.sort(self._begun), np.sort(self._left)

    def key(self, queue: Ints, at: Ints) -> Ints:
        """Where an instant of a queue lies on the line."""
        return np.asarray(queue * self._span + np.clip(at - self._origin, -1, self._span - 1), dtype=np.int64)

    def waiting(self, queue: Ints, until: Ints, at: Ints) -> Ints:
        """How many that had begun by `until` waited at an instant."""
        came = np.searchsorted(self._all_begun, self.key(queue, until), side="right")
        return np.asarray(came - np.searchsorted(self._all_left, self.key(queue, at), side="left"), dtype=np.int64)

    def summed(self, values: Ints, queue: Ints, at: Ints) -> Ints:
        """The sum of a whole number over the cases that waited at an instant."""
        came, gone = (np.argsort(each, kind="stable") for each in (self._begun, self._left))
        before = [np.concatenate([[0], np.cumsum(values[order])]) for order in (came, gone)]
        place = self.key(queue, at)
        first = np.searchsorted(self._all_begun, place, side="right")
        last = np.searchsorted(self._all_left, place, side="left")
        return np.asarray(before[0][first] - before[1][last], dtype=np.int64)
