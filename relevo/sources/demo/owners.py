"""Who looks after a customer at any time: the first success manager, a successor if they left, the head after that."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import HEADS, SUCCESS, Cast
from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, Frame, Ints
from relevo.sources.demo.truths.p01_sellers import MANAGER_ROLES


@dataclass(frozen=True)
class Owners:
    """The chain of success managers per customer and the instants at which the first and second left."""

    first: Ints
    second: Ints
    head: int
    first_until: Ints
    second_until: Ints

    def at(self, who: Ints, when: Ints) -> Ints:
        """The success manager of customers at instants."""
        later = np.where(when < self.second_until[who], self.second[who], self.head)
        return np.where(when < self.first_until[who], self.first[who], later)


def draw_owners(frame: Frame, cast: Cast, customers: Customers) -> Owners:
    """Successors are drawn from those there through the whole month in which the first manager left."""
    rng = frame.stream("owners")
    left = cast.left
    first_until = left[customers.manager]
    month = frame.calendar.month(np.minimum(first_until, frame.calendar.end - 1))
    roster = cast.roster(*MANAGER_ROLES, otherwise=HEADS[SUCCESS])
    second = roster.pick(month, rng.random(customers.size))
    head = next(p.number for p in cast.people if p.team == SUCCESS and p.is_head)
    second = np.where(left[second] > first_until, second, head)
    return Owners(customers.manager, second, head, first_until * DAY, left[second] * DAY)
