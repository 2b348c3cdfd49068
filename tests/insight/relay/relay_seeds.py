"""A demo company's relay of one seed as what the estimators read: customers counted, promises by seller."""

from dataclasses import dataclass

import numpy as np

from relevo.insight.relay.lost_items import Cells
from relevo.sources.demo.customers import SEGMENTS
from relevo.sources.demo.frame import DAY, NONE
from relevo.sources.demo.milestones import FIRST_VALUE
from relevo.sources.demo.truths import p07_promises
from tests.sources.demo.planted import Relay


@dataclass(frozen=True, eq=False)
class Seen:
    """Waits, re-asks and stays of the customers that were handed on after their sale."""

    waits: Cells
    reasks: Cells
    stays: Cells


def seen(relay: Relay) -> Seen:
    """What a book would count of a company drawn in memory, customer by customer."""
    first = np.flatnonzero(relay.handed.is_known & ~relay.handed.is_second)
    who, closed = relay.handed.who[first], relay.won.closed[first] // DAY
    empty, one = (~relay.handed.filled[first]).sum(axis=1), np.ones(len(first), dtype=np.int64)
    segment = [SEGMENTS[s] for s in relay.customers.segment[who]]
    lives = np.flatnonzero(relay.served.life == 0)
    place = np.full(relay.customers.size, NONE)
    place[relay.served.who[lives]] = lives
    life, steps = place[who], relay.milestones[FIRST_VALUE]
    reached = np.full(relay.customers.size, NONE)
    reached[steps.who] = steps.reached
    has_value, stop = reached[who] >= 0, relay.served.stop[life]
    left = relay.served.leaves[life]
    days = np.where(has_value, reached[who], stop) // DAY - closed
    month = relay.frame.calendar.month
    return Seen(
        Cells(segment, empty, np.maximum(days, 0), has_value.astype(np.int64), one),
        Cells(segment, empty, relay.handed.reasks[first], one, one),
        Cells(segment, empty, month(stop // DAY) - month(relay.served.start[life] // DAY), left, one),
    )


def promised(relay: Relay) -> dict[int, tuple[int, int]]:
    """Per seller: promises whose day has passed by the end, and how many of these were not kept by it."""
    rows, due = relay.promises, relay.promises.due < relay.frame.calendar.end
    unmet = due & rows.unmet()
    counted = {int(s): rows.seller == s for s in np.unique(rows.seller)}
    return {seller: (int((due & own).sum()), int((unmet & own).sum())) for seller, own in counted.items()}


def planted(relay: Relay) -> int:
    """Whose promises are unmet; -1 for nobody's."""
    return p07_promises.planted(relay.frame, relay.cast, relay.won.person)
