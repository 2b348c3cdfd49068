"""Does somebody pick easy work? Each pick against a random one among what waited at that moment in the same queue.

Under random picking the chance of an easy one is the share of easy ones among those that wait, whatever was picked
before, so that the picks' means and variances add up even where several people pick from one queue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.counts import distribution
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.waiting_line import Ints, WaitingLine

Flags = NDArray[np.bool_]
NOBODY = -1
# Beyond so many picks whose outcome was open the normal distribution stands for the exact one.
_MOST_EXACT = 1_000


@dataclass(frozen=True, eq=False)
class Waiting:
    """What waited in queues, a case a place: its queue, from when to when in seconds, whether it is hard, who took it.

    `left` is when it was picked, given to somebody, or gone; for a case that still waits, any later instant than all
    picks. `picker` is `NOBODY` where it was not picked by somebody's own choice.
    """

    queue: Ints
    begun: Ints
    left: Ints
    hard: Flags
    picker: Ints


@dataclass(frozen=True, eq=False)
class Picks:
    """Every pick: who, how many waited then (itself too), the hard and the aged hard among them, and what was taken.

    `skipped` says that an easy case was taken while an older hard one had waited too long.
    """

    picker: Ints
    waiting: Ints
    hard_waiting: Ints
    aged_waiting: Ints
    took_hard: Flags
    took_aged: Flags
    skipped: Flags


@dataclass(frozen=True)
class Picker:
    """One person's picks: the share that was easy, what random picking would have made it, and how likely that is.

    `p` is twice the smaller of two chances under random picking (at most 1): of so many easy ones, and of so few of the
    aged hard ones; of one alone where the other was never open. It is None where no pick was open: nothing hard ever
    waited, or nothing else.
    """

    n: int
    easy: int
    expected_easy: float
    p: float | None
    skipped: int

    @property
    def easy_share(self) -> float:
        """The share of picks that were easy."""
        return self.easy / self.n

    @property
    def expected_share(self) -> float:
        """The share that random picking among those waiting would have given."""
        return self.expected_easy / self.n


def picks_of(cases: Waiting, aged_after: int | Ints) -> Picks:
    """Every pick with what waited beside it; a case is aged once it has waited `aged_after` seconds (of its queue).

    Sorted, not compared in pairs: the work grows with n log n. What is picked at one instant waits for each of these
    picks.
    """
    queues = int(cases.queue.max(initial=0)) + 1
    patience = np.broadcast_to(np.asarray(aged_after, dtype=np.int64), (queues,))
    line = _Line(cases)
    chosen = np.flatnonzero(cases.picker != NOBODY)
    queue, at, hard = cases.queue[chosen], cases.left[chosen], cases.hard[chosen]
    ripe = at - patience[queue]
    is_aged = hard & (cases.begun[chosen] <= ripe)
    oldest = np.minimum(ripe, cases.begun[chosen] - 1)
    return Picks(
        picker=cases.picker[chosen],
        waiting=line.waiting(queue, at, at),
        hard_waiting=line.hard_waiting(queue, at),
        aged_waiting=line.aged_waiting(cases.hard, queue, at, patience),
        took_hard=hard,
        took_aged=is_aged,
        skipped=~hard & line.any_hard(queue, oldest, at),
    )


class _Line(WaitingLine):
    """The same line with the hard ones apart."""

    def __init__(self, cases: Waiting) -> None:
        super().__init__(cases.queue, cases.begun, cases.left)
        self._cases = cases
        hard = np.flatnonzero(cases.hard)
        by_age = hard[np.argsort(self._begun[hard], kind="stable")]
        self._hard_begun = self._begun[by_age]
        self._hard_left = np.sort(self._left[hard])
        self._hard_until = np.maximum.accumulate(self._left[by_age])

    def hard_waiting(self, queue: Ints, at: Ints) -> Ints:
        """How many hard ones waited at an instant."""
        came = np.searchsorted(self._hard_begun, self.key(queue, at), side="right")
        return np.asarray(came - np.searchsorted(self._hard_left, self.key(queue, at), side="left"), dtype=np.int64)

    def aged_waiting(self, hard: Flags, queue: Ints, at: Ints, patience: Ints) -> Ints:
        """Hard ones that had waited their queue's patience: those old enough, less those that left since or before.

        A case counts from the instant at which it is aged; one that leaves earlier never does.
        """
        whose = self._cases.queue
        aged_at = self._cases.begun + patience[whose]
        known = hard & (aged_at <= self._cases.left)
        came = np.sort(self.key(whose[known], aged_at[known]))
        gone = np.sort(self._left[known])
        place = self.key(queue, at)
        found = np.searchsorted(came, place, side="right") - np.searchsorted(gone, place, side="left")
        return np.asarray(found, dtype=np.int64)

    def any_hard(self, queue: Ints, begun_by: Ints, at: Ints) -> Flags:
        """Whether a hard one that had begun by an instant still waited at another."""
        place = np.searchsorted(self._hard_begun, self.key(queue, begun_by), side="right") - 1
        if not self._hard_until.size:
            return np.zeros(place.shape, dtype=bool)
        # The latest end among all that began before, of this queue or of one laid before it on the line.
        return np.asarray((place >= 0) & (self._hard_until[np.maximum(place, 0)] >= self.key(queue, at)))


def pickers(picks: Picks) -> Mapping[int, Picker]:
    """The picks of each person who made any, judged."""
    return {int(name): _judged(picks, np.flatnonzero(picks.picker == name)) for name in np.unique(picks.picker)}


def _judged(picks: Picks, mine: NDArray[np.intp]) -> Picker:
    many = picks.waiting[mine]
    easy = 1 - picks.hard_waiting[mine] / many
    aged = picks.aged_waiting[mine] / many
    took_easy, took_aged = ~picks.took_hard[mine], picks.took_aged[mine]
    tails = [_at_least(took_easy, easy), _at_least(~took_aged, 1 - aged)]
    known = [p for p in tails if p is not None]
    return Picker(
        n=int(mine.size),
        easy=int(took_easy.sum()),
        expected_easy=float(easy.sum()),
        p=min(1.0, len(known) * min(known)) if known else None,
        skipped=int(picks.skipped[mine].sum()),
    )


def _at_least(happened: Flags, chance: Array) -> float | None:
    """The probability of so many or more; None where every outcome was certain."""
    is_open = (chance > 0) & (chance < 1)
    count, chances = int(happened[is_open].sum()), chance[is_open]
    if not chances.size:
        return None
    if chances.size <= _MOST_EXACT:
        return min(1.0, float(distribution(chances)[count:].sum()))
    spread = sqrt(float(chances @ (1 - chances)))
    return erfc((count - 0.5 - float(chances.sum())) / spread / sqrt(2)) / 2
