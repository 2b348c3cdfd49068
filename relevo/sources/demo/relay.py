"""Who held the customer and what was handed on: assignment and target here, the rest of the relay in its modules."""

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.customers import ENTERPRISE, SEGMENTS, SMB, Customers
from relevo.sources.demo.frame import DAY, EARLY_MONTHS, MONTHS, Floats, Frame, Ints, known_until
from relevo.sources.demo.handoffs import draw_handoffs, write_handoffs
from relevo.sources.demo.milestones import draw_milestones, write_milestones
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.promises import draw_promises, write_promises
from relevo.sources.demo.selling import Deals
from relevo.sources.demo.service import Served
from relevo.sources.demo.writer import Day, Id, Moment, Same, Writer

_SALES_DAYS, _ONBOARDING_DAYS = 35, 60
_TARGETS = (("net_revenue_retention", 1.0, 0.001), ("logo_churn", 0.014, -0.0001), ("happiness", 62.0, 0.2),
            ("demos_booked", 40.0, 12.0), ("new_customers", 12.0, 2.4))  # fmt: skip


def write_relay(
    frame: Frame, cast: Cast, customers: Customers, owners: Owners, deals: Deals, served: Served, out: Writer
) -> None:
    """Write the tables about holding and handing on."""
    _assignments(frame, cast, customers, owners, served, out)
    won = deals.new_won
    handed = draw_handoffs(frame, customers, owners, won)
    write_milestones(customers, draw_milestones(frame, customers, served, handed.empty_after_sale(customers.size)), out)
    write_handoffs(frame, handed, out)
    write_promises(draw_promises(frame, cast, customers, won, handed), out)
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
