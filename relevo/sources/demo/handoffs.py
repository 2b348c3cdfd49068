"""Hand-offs: what the seller passed on, what onboarding passed on, and what was asked again afterwards."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.customers import Customers
from relevo.sources.demo.dropped import dropped
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Frame, Ints, known_until
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.selling import Deals
from relevo.sources.demo.texts import HANDED_ON
from relevo.sources.demo.truths import p06_handoffs
from relevo.sources.demo.writer import Id, Maybe, Moment, Same, Where, Word, Writer

ITEMS = tuple(HANDED_ON)
_RETURNED, _IN_TIME, _RIGHT, _CUSTOMER_CONFIRMS = 0.09, 0.95, 0.91, 0.5


@dataclass(frozen=True)
class Handoffs:
    """Two for each won deal: first all from sales to implementation, then all from implementation to success.

    `is_known` is false for what was dropped and for what would be given after the end. Items are columns.
    """

    who: Ints
    deal: Ints
    is_second: Flags
    giver: Ints
    taker: Ints
    given: Ints
    returned: Ints
    accepted: Ints
    confirmed: Ints
    filled: Flags
    right: Flags
    reasks_empty: Ints
    reasks_filled: Ints
    customer_confirmed: Ints
    is_known: Flags

    @property
    def reasks(self) -> Ints:
        """How often the customer was asked again about anything."""
        return np.asarray(self.reasks_empty + self.reasks_filled, dtype=np.int64)

    def empty_after_sale(self, customers: int) -> Ints:
        """Items left empty at the hand-off after the sale, per customer; 0 where there was none."""
        counted = np.zeros(customers, dtype=np.int64)
        first = np.flatnonzero(self.is_known & ~self.is_second)
        counted[self.who[first]] = (~self.filled[first]).sum(axis=1)
        return counted


def draw_handoffs(frame: Frame, customers: Customers, owners: Owners, won: Deals) -> Handoffs:
    """Who handed on whom to whom, how completely, and what came of it."""
    rng, size = frame.stream("handoffs"), len(won.who)
    given = np.concatenate(
        [_after_sale(frame, won, rng.integers(HOUR, 5 * DAY, size)), won.closed + rng.integers(45, 75, size) * DAY]
    )
    specialist = customers.implementer[won.who]
    filled = rng.random((2 * size, len(ITEMS))) < rng.choice(p06_handoffs.FILLED, (2 * size, 1))
    right = filled & (rng.random(filled.shape) < _RIGHT)
    return Handoffs(
        who=np.tile(won.who, 2), deal=np.tile(won.number, 2), is_second=np.repeat([False, True], size),
        giver=np.concatenate([won.person, specialist]),
        taker=np.concatenate([specialist, owners.at(won.who, given[size:])]),
        given=given, filled=filled, right=right,
        is_known=(given < frame.calendar.end_second) & ~np.tile(dropped(frame, won), 2),
        **_afterwards(frame, given, filled),
    )  # fmt: skip


def _after_sale(frame: Frame, won: Deals, wait: Ints) -> Ints:
    """When the seller handed on: within days, and where the data end before that, half way to the end."""
    end = frame.calendar.end_second
    return np.where(won.closed + wait < end, won.closed + wait, won.closed + (end - won.closed) // 2)


def _afterwards(frame: Frame, given: Ints, filled: Flags) -> dict[str, Ints]:
    """Sent back, accepted, confirmed; and what the customer was asked again."""
    rng, end, size = frame.stream("handoff_table"), frame.calendar.end_second, len(given)
    is_returned, returned = rng.random(size) < _RETURNED, given + rng.integers(HOUR, 2 * DAY, size)
    in_time, accepted = rng.random(size) < _IN_TIME, given + rng.integers(2, 6, size) * DAY
    accepted = known_until(accepted + _later(frame, is_returned, in_time), end)
    confirmed = np.where(accepted >= 0, known_until(accepted + rng.integers(5, 40, size) * DAY, end), NONE)
    asked = rng.random(filled.shape) < p06_handoffs.asked_again(frame.company, filled)
    return {
        "returned": np.where(is_returned, known_until(returned, end), NONE),
        "accepted": accepted,
        "confirmed": confirmed,
        "reasks_empty": (asked & ~filled).sum(axis=1),
        "reasks_filled": (asked & filled).sum(axis=1),
        "customer_confirmed": np.where(rng.random(size) < _CUSTOMER_CONFIRMS, confirmed, NONE),
    }


def _later(frame: Frame, is_returned: Flags, in_time: Flags) -> Ints:
    """Seconds by which what was sent back is given again, and by which some let a hand-off lie."""
    rng, size = frame.stream("late_acceptance"), len(in_time)
    again, lies = rng.integers(3, 15, size), rng.integers(15, 60, size)
    return np.asarray((np.where(is_returned, again, 0) + np.where(in_time, 0, lies)) * DAY, dtype=np.int64)


def write_handoffs(frame: Frame, rows: Handoffs, out: Writer) -> None:
    """Write the hand-offs that took place and their items."""
    keep = np.flatnonzero(rows.is_known)
    second = rows.is_second[keep].astype(np.int64)
    right = rows.right.sum(axis=1) / np.maximum(rows.filled.sum(axis=1), 1)
    columns = {
        "handoff_id": Id("ho", keep),
        "customer_id": Id("c", rows.who[keep]),
        "deal_id": Id("d", rows.deal[keep]),
        "template": Word(second, ("sold_to_onboarding", "onboarding_to_success")),
        "from_role": Word(second, ("sales", "implementation")),
        "to_role": Word(second, ("implementation", "success")),
        "from_person_id": person_id(rows.giver[keep]),
        "to_person_id": person_id(rows.taker[keep]),
        "given_at": Moment(rows.given[keep]),
        "returned_at": Moment(rows.returned[keep]),
        "accepted_at": Moment(rows.accepted[keep]),
        "confirmed_at": Moment(rows.confirmed[keep]),
        "completeness": np.round(rows.filled.mean(axis=1)[keep], 6),
        "accuracy": Maybe(np.round(right, 6)[keep], (rows.confirmed >= 0)[keep]),
        "items": np.full(len(keep), len(ITEMS)),
        "reasks": rows.reasks[keep],
        "reasks_unfilled": rows.reasks_empty[keep],
        "customer_confirmed_at": Moment(rows.customer_confirmed[keep]),
    }
    out.add("handoff", columns, len(keep))
    _write_items(frame, rows, keep, out)


def _write_items(frame: Frame, rows: Handoffs, keep: Ints, out: Writer) -> None:
    rng = frame.stream("handoff_texts")
    for place, (item, texts) in enumerate(HANDED_ON.items()):
        filled, said = rows.filled[keep, place], rng.integers(0, len(texts), len(rows.who))[keep]
        out.add(
            "handoff_item",
            {
                "handoff_id": Id("ho", keep),
                "item": Same(item),
                "value": Where(filled, Word(said, texts)),
                "said_by": Where(filled, Id("k", rows.who[keep] * CONTACTS_MOST, 8)),
                "at": Moment(np.where(filled, rows.given[keep], NONE)),
                "confirmed": Maybe(rows.right[keep, place], filled & (rows.confirmed[keep] >= 0)),
            },
            len(keep),
        )
