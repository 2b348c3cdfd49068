"""Promises: what was said while selling, whether the product could do it, and what became of it."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, MONTHS, NONE, Flags, Frame, Ints, choose_rows, known_until
from relevo.sources.demo.handoffs import Handoffs
from relevo.sources.demo.people import person_id
from relevo.sources.demo.product import ISSUES_PER_MONTH
from relevo.sources.demo.selling import Deals
from relevo.sources.demo.texts import PROMISES
from relevo.sources.demo.truths import p07_promises
from relevo.sources.demo.writer import Day, Id, Moment, Word, Writer

_MADE = np.array([0.3, 0.6, 0.85])
_ACCEPTED = np.array([0.97, 0.8, 0.45])
_NOTICED = 0.7
"""Of the promises that will not be kept, the share of which somebody says so."""


@dataclass(frozen=True)
class Promises:
    """One row per promise; times are seconds, `due` is a day, -1 is none."""

    who: Ints
    deal: Ints
    handoff: Ints
    issue: Ints
    seller: Ints
    made: Ints
    text: Ints
    state: Ints
    due: Ints
    accepted: Ints
    refused: Ints
    kept: Ints
    broken: Ints

    def unmet(self) -> Flags:
        """Whether a promise was not kept by the end of its due day."""
        return (self.kept < 0) | (self.kept // DAY > self.due)


def draw_promises(frame: Frame, cast: Cast, customers: Customers, won: Deals, handed: Handoffs) -> Promises:
    """At most one for each won deal; who receives the customer accepts or refuses it with the hand-off."""
    rng, end = frame.stream("promises"), frame.calendar.end_second
    pick = np.flatnonzero(rng.random(len(won.who)) < _MADE[customers.segment[won.who]])
    size, seller = len(pick), won.person[pick]
    state = choose_rows(rng, np.tile(np.array(p07_promises.STATE_SHARES), (size, 1)))
    made = won.opened[pick] + ((won.closed[pick] - won.opened[pick]) * rng.random(size)).astype(np.int64)
    due = made // DAY + rng.integers(45, 200, size)
    chance = p07_promises.kept_chance(state, seller, p07_promises.planted(frame, cast, won.person))
    good = rng.random(size) < chance
    kept = np.where(good, known_until((due + _days_from_due(frame, rng, size)) * DAY, end), NONE)
    broken = known_until((due + rng.integers(5, 60, size)) * DAY, end)
    broken = np.where(~good & (rng.random(size) < _NOTICED), broken, NONE)
    accepted = rng.random(size) < _ACCEPTED[state]
    seen = np.where(handed.is_known[pick], handed.accepted[pick], NONE)
    issue = np.minimum(frame.calendar.month(made // DAY) * ISSUES_PER_MONTH, MONTHS * ISSUES_PER_MONTH - 1)
    return Promises(
        who=won.who[pick], deal=won.number[pick], handoff=np.where(handed.is_known[pick], pick, NONE),
        issue=np.where(state > 0, issue, NONE), seller=seller, made=made, text=rng.integers(0, len(PROMISES), size),
        state=state, due=due, accepted=np.where(accepted, seen, NONE), refused=np.where(accepted, NONE, seen),
        kept=kept, broken=broken,
    )  # fmt: skip


def _days_from_due(frame: Frame, rng: np.random.Generator, size: int) -> Ints:
    """Days from the due day to the day a promise is kept: up to 40 before it, or for a few up to 25 after."""
    days = np.abs(rng.integers(-40, 25, size))
    late = frame.stream("late_promises").random(size) < p07_promises.LATE
    return np.where(late, 1 + days % 25, -days)


def write_promises(rows: Promises, out: Writer) -> None:
    """Write the table of promises."""
    size = len(rows.who)
    out.add(
        "promise",
        {
            "promise_id": Id("pr", np.arange(size)),
            "customer_id": Id("c", rows.who),
            "deal_id": Id("d", rows.deal),
            "handoff_id": Id("ho", rows.handoff),
            "issue_id": Id("j", rows.issue, 5),
            "contact_id": Id("k", rows.who * CONTACTS_MOST, 8),
            "person_id": person_id(rows.seller),
            "made_at": Moment(rows.made),
            "text": Word(rows.text, PROMISES),
            "product_state": Word(rows.state, p07_promises.STATES),
            "due_on": Day(rows.due),
            "accepted_at": Moment(rows.accepted),
            "refused_at": Moment(rows.refused),
            "kept_at": Moment(rows.kept),
            "broken_at": Moment(rows.broken),
        },
        size,
    )
