"""Steps on the way to value: when they were expected and when they were reached."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, NONE, Frame, Ints, known_until
from relevo.sources.demo.people import person_id
from relevo.sources.demo.service import Served
from relevo.sources.demo.truths import p06_handoffs
from relevo.sources.demo.writer import Day, Id, Moment, Same, Writer

FIRST_VALUE = "first_value"
# Soonest and latest day after the start in a middling segment, and the share of customers that ever get there.
_STEPS = {
    "set_up": (3, 20, 0.97),
    FIRST_VALUE: (10, 50, 0.9),
    "go_live": (20, 85, 0.88),
    "adopted": (60, 170, 0.66),
    "reference": (200, 700, 0.06),
    "story": (240, 800, 0.03),
}
_EXPECTED = {"set_up": 14, FIRST_VALUE: 30, "go_live": 60}
_SLOWER = np.array([0.8, 1.1, 1.5])


@dataclass(frozen=True)
class Milestones:
    """One kind of milestone of every customer that was served: expected day (or -1), instant reached (or -1)."""

    kind: str
    who: Ints
    expected: Ints
    reached: Ints


def share_reached(kind: str) -> float:
    """The share of customers that get to a milestone if they stay long enough."""
    return _STEPS[kind][2]


def draw_milestones(frame: Frame, customers: Customers, served: Served, empty: Ints) -> list[Milestones]:
    """When customers reached what, all of them in the order of customers; `empty` items delay some steps (P06)."""
    rng = frame.stream("milestones")
    first = np.flatnonzero(served.life == 0)
    who, start, stop = served.who[first], served.start[first], served.stop[first]
    slower, size, drawn = _SLOWER[customers.segment[who]], len(who), []
    for kind, (soonest, latest, share) in _STEPS.items():
        at = start + (rng.integers(soonest * DAY, latest * DAY, size) * slower).astype(np.int64)
        at += p06_handoffs.delay_days(frame.company, kind, empty[who]) * DAY
        reached = np.where((rng.random(size) < share) & (at < stop), known_until(at, frame.calendar.end_second), NONE)
        expected = start // DAY + (_EXPECTED.get(kind, 0) * slower).astype(np.int64)
        drawn.append(Milestones(kind, who, expected if kind in _EXPECTED else np.full(size, NONE), reached))
    return drawn


def write_milestones(customers: Customers, drawn: list[Milestones], out: Writer) -> None:
    """Write what was reached, and what was expected and was not."""
    number = 0
    for rows in drawn:
        keep = np.flatnonzero((rows.reached >= 0) | (rows.expected >= 0))
        who, reached = rows.who[keep], rows.reached[keep]
        out.add(
            "milestone",
            {
                "milestone_id": Id("ms", number + np.arange(len(keep))),
                "customer_id": Id("c", who),
                "kind": Same(rows.kind),
                "expected_on": Day(rows.expected[keep]),
                "reached_at": Moment(reached),
                "person_id": person_id(np.where(reached >= 0, customers.implementer[who], NONE)),
            },
            len(keep),
        )
        number += len(keep)
