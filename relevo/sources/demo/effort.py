"""Where the team's time went: touch and work."""

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.conversations import Conversations
from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.customers import SMB, Customers
from relevo.sources.demo.frame import DAY, Frame, Ints, choose
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.selling import NEW, WON, Deals
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import TOUCH_SUBJECTS
from relevo.sources.demo.threads import Thread
from relevo.sources.demo.writer import Day, Id, Maybe, Moment, Same, Where, Word, Writer

_MONTHLY_TOUCHES = np.array([0.3, 0.85, 2.0])
_KINDS = ("call", "meeting", "mail", "visit", "interview", "other")
_KIND_SHARES = [34.0, 22, 36, 3, 2, 3]
_KIND_MINUTES = np.array([24, 45, 8, 120, 50, 15])
_ONBOARDING_DAYS = 56
_DAY_BITS, _WHO_BITS = 16, 22


def write_touches(frame: Frame, customers: Customers, owners: Owners, served: Served, out: Writer) -> None:
    """Write the touches of a part and the success work they took."""
    rng = frame.stream("touches", served.part)
    times = rng.poisson(_MONTHLY_TOUCHES[customers.segment[served.who]] * served.months)
    row = np.repeat(np.arange(len(times)), times)
    size = len(row)
    day = (served.start[row] + (rng.random(size) * (served.stop[row] - served.start[row])).astype(np.int64)) // DAY
    at = np.minimum(day * DAY + rng.integers(8 * 3_600, 16 * 3_600, size), served.stop[row] - 60)
    who = served.who[row]
    person = owners.at(who, at)
    kind = choose(rng, _KIND_SHARES, size)
    minutes = np.maximum(3, (_KIND_MINUTES[kind] * rng.lognormal(0, 0.4, size)).astype(np.int64))
    out.add(
        "touch",
        {
            "touch_id": Id("t", out.rows.get("touch", 0) + np.arange(size), 8),
            "customer_id": Id("c", who),
            "person_id": person_id(person),
            "contact_id": Where(rng.random(size) < 0.9, Id("k", who * CONTACTS_MOST + rng.integers(0, 2, size), 8)),
            "at": Moment(at),
            "kind": Word(kind, _KINDS),
            "minutes": Maybe(minutes, kind != 5),
            "subject": Word(rng.integers(0, len(TOUCH_SUBJECTS), size), TOUCH_SUBJECTS),
            "body": Same(None),
        },
        size,
    )
    write_work("success", person, who, at // DAY, minutes + 5, out)


def write_support_work(frame: Frame, rows: Conversations, thread: Thread, out: Writer) -> None:
    """Write the minutes that answering the conversations of a part took, by agent, customer and day."""
    rng = frame.stream("support_work", rows.part)
    minutes = np.maximum(2, rng.lognormal(2.3, 0.7, rows.size)).astype(np.int64)
    keep = np.flatnonzero(thread.picker >= 0)
    write_work("support", thread.picker[keep], rows.who[keep], thread.picked[keep] // DAY, minutes[keep], out)


def write_selling_work(frame: Frame, cast: Cast, customers: Customers, deals: Deals, out: Writer) -> None:
    """Write what winning and setting up each new customer took."""
    rng = frame.stream("selling_work")
    won = deals.only((deals.kind == NEW) & (deals.outcome == WON))
    days = rng.integers(2, 7, len(won.who)) + customers.segment[won.who] * 3
    row = np.repeat(np.arange(len(won.who)), days)
    span = won.closed[row] - won.opened[row]
    at = won.opened[row] + (rng.random(len(row)) * span).astype(np.int64)
    write_work("selling", won.person[row], won.who[row], at // DAY, rng.integers(10, 95, len(row)), out)
    larger = np.flatnonzero(customers.segment[won.who[row]] != SMB)
    month = frame.calendar.month(won.closed[row[larger]] // DAY)
    engineers = cast.roster("solutions_engineer", otherwise="head_of_presales")
    engineer = engineers.pick(month, np.modf(won.who[row[larger]] * 0.61803)[0])
    helps = np.flatnonzero((engineer >= 0) & (rng.random(len(larger)) < 0.4))
    chosen = row[larger[helps]]
    minutes = rng.integers(20, 150, len(helps))
    write_work("presales", engineer[helps], won.who[chosen], at[larger[helps]] // DAY, minutes, out)
    _onboarding(frame, customers, won, out)


def _onboarding(frame: Frame, customers: Customers, won: Deals, out: Writer) -> None:
    rng = frame.stream("onboarding_work")
    days = 2 + rng.poisson(np.array([1.5, 5.0, 14.0])[customers.segment[won.who]])
    row = np.repeat(won.who, days)
    day = customers.start_day[row] + rng.integers(0, _ONBOARDING_DAYS, len(row))
    keep = day < frame.calendar.end
    minutes = rng.integers(15, 140, len(row))
    write_work("onboarding", customers.implementer[row[keep]], row[keep], day[keep], minutes[keep], out)


def write_work(activity: str, person: Ints, who: Ints, day: Ints, minutes: Ints, out: Writer) -> None:
    """Write work of one activity, added up by person, customer and day."""
    if not out.wants("work"):
        return
    key = ((person << _WHO_BITS) + who << _DAY_BITS) + day
    unique, place = np.unique(key, return_inverse=True)
    total = np.bincount(place, weights=minutes, minlength=len(unique)).astype(np.int64)
    rest = unique >> _DAY_BITS
    out.add(
        "work",
        {
            "person_id": person_id(rest >> _WHO_BITS),
            "customer_id": Id("c", rest & ((1 << _WHO_BITS) - 1)),
            "activity": Same(activity),
            "on_date": Day(unique & ((1 << _DAY_BITS) - 1)),
            "minutes": total,
        },
        len(unique),
    )
