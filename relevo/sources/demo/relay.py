"""Who held the customer and what was handed on: assignment, milestone, handoff, handoff_item, promise, target."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.customers import ENTERPRISE, SEGMENTS, SMB, Customers
from relevo.sources.demo.frame import (
    DAY,
    EARLY_MONTHS,
    MONTHS,
    NONE,
    Flags,
    Floats,
    Frame,
    Ints,
    choose_rows,
    known_until,
)
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.product import ISSUES_PER_MONTH
from relevo.sources.demo.selling import NEW, WON, Deals
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import PROMISES
from relevo.sources.demo.truths.p01_sellers import HIGHEST, LOWEST, seller_factors
from relevo.sources.demo.writer import Day, Id, Maybe, Moment, Same, Where, Word, Writer

_SALES_DAYS, _ONBOARDING_DAYS = 35, 60
_MILESTONES = (("set_up", 3, 20, 0.97), ("first_value", 10, 50, 0.9), ("go_live", 20, 85, 0.88),
               ("adopted", 60, 170, 0.66), ("reference", 200, 700, 0.06), ("story", 240, 800, 0.03))  # fmt: skip
_EXPECTED = {"set_up": 14, "first_value": 30, "go_live": 60}
_ITEMS = ("goal", "why_now", "people", "current_process", "data_and_systems", "promises")
_VALUES = ("Plan a week in an hour", "New warehouse opens", "Owner, planner and two drivers", "Spreadsheets by mail",
           "Accounting to be connected", "None beyond the offer")  # fmt: skip
_STATES = ("exists", "planned", "absent")
_TARGETS = (("net_revenue_retention", 1.0, 0.001), ("logo_churn", 0.014, -0.0001), ("happiness", 62.0, 0.2),
            ("demos_booked", 40.0, 12.0), ("new_customers", 12.0, 2.4))  # fmt: skip


def write_relay(
    frame: Frame, cast: Cast, customers: Customers, owners: Owners, deals: Deals, served: Served, out: Writer
) -> None:
    """Write the tables about holding and handing on."""
    _assignments(frame, cast, customers, owners, served, out)
    _milestones(frame, customers, served, out)
    won = deals.only((deals.kind == NEW) & (deals.outcome == WON))
    handoffs = _handoffs(frame, customers, owners, won)
    _write_handoffs(frame, handoffs, out)
    _promises(frame, cast, customers, won, out)
    _targets(frame, out)


def _assign(role: str, who: Ints, person: Ints, start: Ints, stop: Ints, end: int, out: Writer) -> None:
    kept = np.flatnonzero((person >= 0) & (start < stop) & (start < end))
    out.add(
        "assignment",
        {
            "customer_id": Id("c", who[kept]),
            "role": Same(role),
            "person_id": person_id(person[kept]),
            "from_at": Moment(start[kept]),
            "to_at": Moment(known_until(stop[kept], end)),
        },
        len(kept),
    )


def _assignments(frame: Frame, cast: Cast, customers: Customers, owners: Owners, served: Served, out: Writer) -> None:
    """Sales until shortly after the start, onboarding for two months, success as long as the customer stays."""
    end, left = frame.calendar.end_second, cast.left * DAY
    first = np.flatnonzero(served.life == 0)
    who, start, stop = served.who[first], served.start[first], served.stop[first]
    keeps = np.where(customers.segment[who] == SMB, start + _SALES_DAYS * DAY, stop)
    seller, specialist = customers.seller[who], customers.implementer[who]
    _assign("sales", who, seller, start - 3 * DAY, np.minimum(np.minimum(keeps, stop), left[seller]), end, out)
    done = np.minimum(start + _ONBOARDING_DAYS * DAY, stop)
    _assign("implementation", who, specialist, start, np.minimum(done, left[specialist]), end, out)
    who, start, stop = served.who, served.start, served.stop
    one, two = owners.first_until[who], owners.second_until[who]
    _assign("success", who, owners.first[who], start, np.minimum(stop, one), end, out)
    _assign("success", who, owners.second[who], np.maximum(start, one), np.minimum(stop, two), end, out)
    head = np.full(len(who), owners.head)
    _assign("success", who, head, np.maximum(start, np.maximum(one, two)), stop, end, out)
    _named_support(frame, cast, customers, served, out)


def _named_support(frame: Frame, cast: Cast, customers: Customers, served: Served, out: Writer) -> None:
    """Large customers have a named colleague in support."""
    rng = frame.stream("named_support")
    pick = np.flatnonzero(customers.segment[served.who] == ENTERPRISE)
    month = frame.calendar.month(served.start[pick] // DAY)
    agents = cast.roster("senior_support_agent", "support_agent", otherwise="head_of_support")
    person = agents.pick(month, rng.random(len(pick)))
    stop = np.minimum(served.stop[pick], cast.left[person] * DAY)
    _assign("support", served.who[pick], person, served.start[pick], stop, frame.calendar.end_second, out)


def _milestones(frame: Frame, customers: Customers, served: Served, out: Writer) -> None:
    rng, number = frame.stream("milestones"), 0
    first = np.flatnonzero(served.life == 0)
    who, start, stop = served.who[first], served.start[first], served.stop[first]
    slower = np.array([0.8, 1.1, 1.5])[customers.segment[who]]
    for kind, soonest, latest, share in _MILESTONES:
        size = len(who)
        at = start + (rng.integers(soonest * DAY, latest * DAY, size) * slower).astype(np.int64)
        reached = np.where((rng.random(size) < share) & (at < stop), known_until(at, frame.calendar.end_second), NONE)
        expected = start // DAY + (_EXPECTED.get(kind, 0) * slower).astype(np.int64)
        keep = np.flatnonzero((reached >= 0) | (kind in _EXPECTED))
        out.add(
            "milestone",
            {
                "milestone_id": Id("ms", number + np.arange(len(keep))),
                "customer_id": Id("c", who[keep]),
                "kind": Same(kind),
                "expected_on": Day(expected[keep]) if kind in _EXPECTED else Same(None),
                "reached_at": Moment(reached[keep]),
                "person_id": person_id(np.where(reached >= 0, customers.implementer[who], NONE)[keep]),
            },
            len(keep),
        )
        number += len(keep)


@dataclass(frozen=True)
class _Handoffs:
    """Two for each new customer: sales to implementation, then implementation to success."""

    who: Ints
    deal: Ints
    second: Flags
    giver: Ints
    taker: Ints
    given: Ints
    filled: Flags
    right: Flags
    known: Flags


def _handoffs(frame: Frame, customers: Customers, owners: Owners, won: Deals) -> _Handoffs:
    rng, size = frame.stream("handoffs"), len(won.who)
    given = np.concatenate(
        [won.closed + rng.integers(3_600, 5 * DAY, size), won.closed + rng.integers(45, 75, size) * DAY]
    )
    second = np.repeat([False, True], size)
    who = np.tile(won.who, 2)
    specialist = customers.implementer[won.who]
    giver = np.concatenate([won.person, specialist])
    taker = np.concatenate([specialist, owners.at(won.who, given[size:])])
    filled = rng.random((2 * size, len(_ITEMS))) < rng.choice((0.62, 0.85, 0.97), (2 * size, 1))
    right = filled & (rng.random(filled.shape) < 0.91)
    known = given < frame.calendar.end_second
    return _Handoffs(who, np.tile(won.number, 2), second, giver, taker, given, filled, right, known)


def _write_handoffs(frame: Frame, rows: _Handoffs, out: Writer) -> None:
    rng, end, size = frame.stream("handoff_table"), frame.calendar.end_second, len(rows.who)
    returned = np.where(
        rng.random(size) < 0.09, known_until(rows.given + rng.integers(3_600, 2 * DAY, size), end), NONE
    )
    accepted = np.where(rng.random(size) < 0.95, known_until(rows.given + rng.integers(2, 6, size) * DAY, end), NONE)
    confirmed = np.where(accepted >= 0, known_until(accepted + rng.integers(5, 40, size) * DAY, end), NONE)
    missing = len(_ITEMS) - rows.filled.sum(axis=1)
    unfilled = rng.binomial(missing, 0.6)
    asked = unfilled + rng.binomial(rows.filled.sum(axis=1), 0.05)
    keep = np.flatnonzero(rows.known)
    right = rows.right.sum(axis=1) / np.maximum(rows.filled.sum(axis=1), 1)
    columns = {
        "handoff_id": Id("ho", keep),
        "customer_id": Id("c", rows.who[keep]),
        "deal_id": Id("d", rows.deal[keep]),
        "template": Word(rows.second[keep].astype(np.int64), ("sold_to_onboarding", "onboarding_to_success")),
        "from_role": Word(rows.second[keep].astype(np.int64), ("sales", "implementation")),
        "to_role": Word(rows.second[keep].astype(np.int64), ("implementation", "success")),
        "from_person_id": person_id(rows.giver[keep]),
        "to_person_id": person_id(rows.taker[keep]),
        "given_at": Moment(rows.given[keep]),
        "returned_at": Moment(returned[keep]),
        "accepted_at": Moment(accepted[keep]),
        "confirmed_at": Moment(confirmed[keep]),
        "completeness": np.round(rows.filled.mean(axis=1)[keep], 6),
        "accuracy": Maybe(np.round(right, 6)[keep], (confirmed >= 0)[keep]),
        "items": np.full(len(keep), len(_ITEMS)),
        "reasks": asked[keep],
        "reasks_unfilled": unfilled[keep],
        "customer_confirmed_at": Moment(np.where(rng.random(size) < 0.5, confirmed, NONE)[keep]),
    }
    out.add("handoff", columns, len(keep))
    _write_items(rows, confirmed, keep, out)


def _write_items(rows: _Handoffs, confirmed: Ints, keep: Ints, out: Writer) -> None:
    for place, item in enumerate(_ITEMS):
        filled = rows.filled[keep, place]
        out.add(
            "handoff_item",
            {
                "handoff_id": Id("ho", keep),
                "item": Same(item),
                "value": Where(filled, Same(_VALUES[place])),
                "said_by": Where(filled, Id("k", rows.who[keep] * CONTACTS_MOST, 8)),
                "at": Moment(np.where(filled, rows.given[keep], NONE)),
                "confirmed": Maybe(rows.right[keep, place], filled & (confirmed[keep] >= 0)),
            },
            len(keep),
        )


def _promises(frame: Frame, cast: Cast, customers: Customers, won: Deals, out: Writer) -> None:
    """What was promised while selling; where sellers differ, those who lose customers promise what does not exist."""
    rng, end = frame.stream("promises"), frame.calendar.end_second
    pick = np.flatnonzero(rng.random(len(won.who)) < np.array([0.3, 0.6, 0.85])[customers.segment[won.who]])
    who, size = won.who[pick], len(pick)
    state = choose_rows(rng, _promise_shares(frame, cast, won.person[pick]))
    made = won.opened[pick] + ((won.closed[pick] - won.opened[pick]) * rng.random(size)).astype(np.int64)
    due = made // DAY + rng.integers(45, 200, size)
    good = rng.random(size) < np.array([0.95, 0.62, 0.24])[state]
    kept = np.where(good, known_until((due + rng.integers(-40, 25, size)) * DAY, end), NONE)
    broken = np.where(~good & (rng.random(size) < 0.7), known_until((due + rng.integers(5, 60, size)) * DAY, end), NONE)
    accepted = rng.random(size) < np.array([0.97, 0.8, 0.45])[state]
    seen = known_until(won.closed[pick] + 6 * DAY, end)
    issue = np.minimum(frame.calendar.month(made // DAY) * ISSUES_PER_MONTH, MONTHS * ISSUES_PER_MONTH - 1)
    out.add(
        "promise",
        {
            "promise_id": Id("pr", np.arange(size)),
            "customer_id": Id("c", who),
            "deal_id": Id("d", won.number[pick]),
            "handoff_id": Same(None),
            "issue_id": Id("j", np.where(state > 0, issue, NONE), 5),
            "contact_id": Id("k", who * CONTACTS_MOST, 8),
            "person_id": person_id(won.person[pick]),
            "made_at": Moment(made),
            "text": Word(rng.integers(0, len(PROMISES), size), PROMISES),
            "product_state": Word(state, _STATES),
            "due_on": Day(due),
            "accepted_at": Moment(np.where(accepted, seen, NONE)),
            "refused_at": Moment(np.where(accepted, NONE, seen)),
            "kept_at": Moment(kept),
            "broken_at": Moment(broken),
        },
        size,
    )


def _promise_shares(frame: Frame, cast: Cast, seller: Ints) -> Floats:
    """Shares of what exists, is planned, and is absent, for each promise."""
    base = np.tile(np.array([0.66, 0.24, 0.10]), (len(seller), 1))
    if not frame.company.sellers_differ:
        return base
    pressure = np.log(seller_factors(frame, cast)[seller] / LOWEST) / np.log(HIGHEST / LOWEST)
    return np.asarray(base + 0.3 * (pressure - 0.4)[:, None] * np.array([-1.0, 0.3, 0.7]), dtype=np.float64)


def _targets(frame: Frame, out: Writer) -> None:
    """Monthly goals: for the company, and new revenue by segment."""
    months = np.arange(EARLY_MONTHS, MONTHS)
    for measure, first, step in _TARGETS:
        _target(frame, months, measure, None, first + step * np.arange(len(months), dtype=np.float64), out)
    for segment, base in zip(SEGMENTS, (4_000.0, 9_000.0, 11_000.0), strict=True):
        _target(frame, months, "new_mrr", segment, base * 1.03 ** np.arange(len(months), dtype=np.float64), out)


def _target(frame: Frame, months: Ints, measure: str, segment: str | None, value: Floats, out: Writer) -> None:
    out.add(
        "target",
        {
            "month": Day(frame.calendar.starts[months]),
            "measure": Same(measure),
            "segment": Same(segment),
            "value": np.round(value, 4),
        },
        len(months),
    )
