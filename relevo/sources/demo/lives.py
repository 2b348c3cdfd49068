"""What happens to each customer after the start: stays, grows, shrinks, pauses, pays late, leaves, comes back.

All customers are stepped through their months of service at once. The result is a list of stretches (one state of one
subscription from an instant on), of bills, and of departures; nothing here knows about tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.customers import (
    CHARGE,
    INTERVAL_MONTHS,
    MID,
    MONTHLY,
    ONCE,
    PLANS,
    REPEATING,
    YEARLY,
    Customers,
)  # fmt: skip
from relevo.sources.demo.frame import DAY, MONTHS, NONE, Flags, Floats, Frame, Ints, known_until
from relevo.sources.demo.prices import RISE_MONTH
from relevo.sources.demo.states import (
    ACTIVE,
    ADD_ON,
    CANCEL,
    CANCELED,
    DELINQUENT,
    DISCOUNT_END,
    LATE,
    NEVER,
    PAID,
    PAST_DUE,
    PAUSE,
    PAUSED,
    PERIOD,
    PLAN,
    PRICE,
    RESUME,
    SEATS,
    TRIALING,
    UNPAID,
    Bills,
    Departures,
    Lives,
    Stretches,
)  # fmt: skip
from relevo.sources.demo.truths import p01_sellers, p02_clawback, p09_survivors, p11_premium, p22_silent

HAZARD = np.array([0.018, 0.0115, 0.0072])
FIRST_YEAR, LATER = 1.1, 0.92
TERM_LOYALTY = 0.9
_UNPAID_SHARE = 0.16
_LATE = 0.009
_PAUSE = 0.16
_RETURNS = 0.09
_MORE_SEATS = np.array([0.0115, 0.021, 0.028])
_FEWER_SEATS = np.array([0.006, 0.006, 0.005])
_PLAN_UP, _PLAN_DOWN = 0.0038, 0.0018
_ADD_ON = np.array([0.004, 0.007, 0.009])
_ADD_ON_OFF = 0.005
_TO_YEARLY = 0.004
_MONTHS_AHEAD = 3
"""Months simulated past the end, so that what was asked for but has not yet taken effect is known."""


@dataclass
class _Log:
    """Rows collected step by step; `table` puts them together."""

    columns: dict[str, list[Ints]] = field(default_factory=dict)

    def add(self, **columns: Ints) -> None:
        for name, values in columns.items():
            self.columns.setdefault(name, []).append(values)

    def table(self, names: Sequence[str]) -> dict[str, Ints]:
        empty = [np.zeros(0, dtype=np.int64)]
        return {n: np.concatenate(self.columns.get(n, empty)).astype(np.int64) for n in names}


class _Simulation:
    """The state of all customers at one month of service."""

    top_plan = np.array([1, len(PLANS) - 2, len(PLANS) - 1])

    def __init__(self, frame: Frame, cast: Cast, customers: Customers) -> None:
        self.frame, self.customers = frame, customers
        self.rng = frame.stream("lives")
        size = customers.size
        self.hazard = _personal_hazard(frame, cast, customers)
        self.growing = _growing(frame, customers)
        self.premium_from = p11_premium.premium_from(frame, customers)
        self.behaves_as = customers.segment if frame.company.has_signal else np.full(size, MID)
        self.is_alive, self.is_paused = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self.back_at = np.full(size, NONE)
        self.life, self.anchor, self.began = (np.zeros(size, dtype=np.int64) for _ in range(3))
        self.plan, self.seats = customers.plan.copy(), customers.seats.copy()
        self.interval = customers.interval.copy()
        self.level = (customers.start_month >= RISE_MONTH).astype(np.int64)
        self.discounted = (customers.discount >= 0).astype(np.int64)
        self.insights = (self.rng.random(size) < np.array([0.08, 0.2, 0.3])[customers.segment]).astype(np.int64)
        self.stretches, self.bills, self.departures = _Log(), _Log(), _Log()

    def at(self, who: Ints, tenure: int) -> Ints:
        """The instant of the month of service."""
        c = self.customers
        return self.frame.calendar.day(c.start_month[who] + tenure, c.day_of_month[who]) * DAY + c.second[who]

    def draw(self, who: Ints) -> Floats:
        return self.rng.random(len(who))

    def has_premium(self, who: Ints, tenure: int) -> Flags:
        """Whether customers have the premium tier at the month of service."""
        since = self.premium_from[who]
        return np.asarray((since >= 0) & (since <= self.at(who, tenure)), dtype=np.bool_)

    def months_in_term(self, who: Ints, tenure: int) -> Ints:
        return np.asarray((tenure - self.anchor[who]) % np.array(INTERVAL_MONTHS)[self.interval[who]], dtype=np.int64)

    def write(self, who: Ints, at: Ints, status: int, cause: Ints | int, tenure: int, requested: int = NONE) -> None:
        """Note the present state of some customers as a new stretch."""
        term = tenure - self.months_in_term(who, tenure) + np.array(INTERVAL_MONTHS)[self.interval[who]]
        c = self.customers
        ends = self.frame.calendar.day(c.start_month[who] + np.maximum(term, 0), c.day_of_month[who])
        full = np.zeros(len(who), dtype=np.int64)
        self.stretches.add(
            who=who, life=self.life[who], at=at, status=full + status, cause=full + cause, plan=self.plan[who],
            seats=self.seats[who], level=self.level[who], interval=self.interval[who],
            is_discounted=self.discounted[who], has_insights=self.insights[who],
            term_end=np.where(self.interval[who] == MONTHLY, NONE, ends), requested=full + requested,
        )  # fmt: skip

    def bill(self, who: Ints, tenure: int, paid: Ints, days_late: Ints) -> None:
        """Bill those whose term begins at this month of service."""
        due = self.months_in_term(who, tenure) == 0
        w = who[due]
        self.bills.add(
            who=w, life=self.life[w], at=self.at(w, tenure), tenure=np.full(len(w), tenure), plan=self.plan[w],
            seats=self.seats[w], level=self.level[w], interval=self.interval[w],
            is_discounted=self.discounted[w], has_insights=self.insights[w], paid=paid[due],
            days_late=days_late[due],
        )  # fmt: skip

    def begin(self) -> None:
        """Trials, then the first paid month."""
        c = self.customers
        trial = np.flatnonzero(c.trial_days > 0)
        self.write(trial, c.start[trial] - c.trial_days[trial] * DAY, TRIALING, NONE, 0)
        lost = np.flatnonzero(~c.converts)
        self._end(lost, c.start[lost])
        who = np.flatnonzero(c.converts)
        self.is_alive[who] = True
        self.write(who, c.start[who], ACTIVE, NONE, 0)
        self.bill(who, 0, np.full(len(who), PAID), np.zeros(len(who), dtype=np.int64))

    def _end(self, who: Ints, at: Ints, cause: int = NONE, requested: Ints | int = NONE, tenure: int = 0) -> None:
        """Close what is open: the closing row keeps when it was asked for."""
        full = np.zeros(len(who), dtype=np.int64)
        self.write(who, at, CANCELED, cause, tenure)
        self.stretches.columns["requested"][-1] = full + requested

    def step(self, tenure: int) -> None:
        """One month of service for everybody whose month lies inside the calendar."""
        inside = np.flatnonzero(self.customers.start_month + tenure < MONTHS + _MONTHS_AHEAD)
        active = inside[self.is_alive[inside] & ~self.is_paused[inside]]
        paused = inside[self.is_paused[inside]]
        returning = inside[(self.back_at[inside] == tenure) & ~self.is_paused[inside]]
        staying = self._leave(active, tenure)
        staying, paid, days = self._pay(staying, tenure)
        self._change(staying[paid == PAID], tenure)
        self.bill(staying, tenure, paid, days)
        self._resume(paused[self.back_at[paused] == tenure], tenure)
        self._return(returning, tenure)

    def _leave(self, who: Ints, tenure: int) -> Ints:
        """Those who leave now, by their own wish or by not paying; the rest is returned."""
        leaves = self.draw(who) < self._chance_to_leave(who, tenure)
        gone = who[leaves]
        unpaid = (self.draw(gone) < _UNPAID_SHARE) & (self.customers.collection[gone] == CHARGE)
        unpaid &= self.frame.company.has_signal
        self._cancel(gone[~unpaid], tenure)
        self._stop_paying(gone[unpaid], tenure)
        staying: Ints = who[~leaves]
        return staying

    def _chance_to_leave(self, who: Ints, tenure: int) -> Floats:
        c, company = self.customers, self.frame.company
        chance = p11_premium.hazard(self.frame, self.hazard[who], self.has_premium(who, tenure))
        if not company.has_signal:
            return chance
        chance = chance * (FIRST_YEAR if tenure <= 12 else LATER)
        if company.has_clawback:
            held = p02_clawback.hold_back(tenure, c.start_month[who])
            bound = c.is_executive_sale[who] & (self.interval[who] == MONTHLY) & (self.life[who] == 0)
            chance = np.where(bound, chance * held, chance)
        months = np.array(INTERVAL_MONTHS)[self.interval[who]]
        whole_term = (1 - (1 - np.minimum(chance, 0.9)) ** months) * np.where(months == 12, TERM_LOYALTY, 1.0)
        return np.where(self.months_in_term(who, tenure) == 0, whole_term, 0.0)

    def _cancel(self, who: Ints, tenure: int) -> None:
        at = self.at(who, tenure)
        ahead = np.where(self.interval[who] == MONTHLY, self.rng.integers(1, 26, len(who)),
                         self.rng.integers(28, 80, len(who)))  # fmt: skip
        requested = np.maximum(at - ahead * DAY + 3_600, self.at(who, 0) + DAY)
        requested = np.minimum(requested, at)
        self._end(who, at, CANCEL, requested, tenure)
        self._gone(who, at, requested, 1, tenure)
        returns = who[self.draw(who) < _RETURNS]
        self.back_at[returns] = tenure + self.rng.integers(2, 9, len(returns))

    def _gone(self, who: Ints, at: Ints, requested: Ints, voluntary: int, tenure: int) -> None:
        self.is_alive[who] = False
        self.back_at[who] = NONE
        full = np.zeros(len(who), dtype=np.int64)
        self.departures.add(who=who, at=at, requested=requested, voluntary=full + voluntary, tenure=full + tenure)

    def _stop_paying(self, who: Ints, tenure: int) -> None:
        """Past due for 30 days, unpaid for another 30, then closed."""
        at = self.at(who, tenure)
        self.write(who, at, PAST_DUE, NONE, tenure)
        self.bill(who, tenure, np.full(len(who), NEVER), np.zeros(len(who), dtype=np.int64))
        self.write(who, at + 30 * DAY, UNPAID, DELINQUENT, tenure)
        self._end(who, at + 60 * DAY, NONE, NONE, tenure)
        self._gone(who, at + 30 * DAY, np.full(len(who), NONE), 0, tenure)

    def _pay(self, who: Ints, tenure: int) -> tuple[Ints, Ints, Ints]:
        """How those who stay pay: some cards fail and recover within three weeks."""
        due = (self.months_in_term(who, tenure) == 0) & (self.customers.collection[who] == CHARGE)
        late = due & (self.draw(who) < _LATE)
        days = np.where(late, self.rng.integers(2, 21, len(who)), 0)
        slow, at = who[late], self.at(who[late], tenure)
        self.write(slow, at, PAST_DUE, NONE, tenure)
        self.write(slow, at + days[late] * DAY, ACTIVE, NONE, tenure)
        return who, np.where(late, LATE, PAID), days

    def _change(self, who: Ints, tenure: int) -> None:
        """At most one change a month for each customer; a new term is written even where nothing changes."""
        cause = np.full(len(who), NONE)
        for act in (self._end_discount, self._raise_price, self._pause, self._to_yearly, self._change_plan,
                    self._change_seats, self._change_insights):  # fmt: skip
            act(who, tenure, cause)
        renews = (self.months_in_term(who, tenure) == 0) & (self.interval[who] != MONTHLY)
        noted = ((cause != NONE) | renews) & (cause != PAUSE)
        self.write(who[noted], self.at(who[noted], tenure), ACTIVE, cause[noted], tenure)

    def _mark(self, who: Ints, cause: Ints, chosen: Flags, why: int) -> Ints:
        """Take those chosen who have no other change yet."""
        taken = chosen & (cause == NONE)
        cause[taken] = why
        chosen_who: Ints = who[taken]
        return chosen_who

    def _end_discount(self, who: Ints, tenure: int, cause: Ints) -> None:
        c = self.customers
        kind = c.discount[who]
        once = (kind == ONCE) & (self.months_in_term(who, tenure) == 0)
        repeating = (kind == REPEATING) & (tenure >= c.discount_months[who])
        taken = self._mark(who, cause, (once | repeating) & (self.discounted[who] == 1), DISCOUNT_END)
        self.discounted[taken] = 0

    def _raise_price(self, who: Ints, tenure: int, cause: Ints) -> None:
        due = self.months_in_term(who, tenure) == 0
        rises = due & (self.level[who] == 0) & (self.customers.start_month[who] + tenure >= RISE_MONTH)
        self.level[self._mark(who, cause, rises, PRICE)] = 1

    def _pause(self, who: Ints, tenure: int, cause: Ints) -> None:
        may = (self.interval[who] == MONTHLY) & (tenure >= 3) & self.frame.company.has_signal
        taken = self._mark(who, cause, may & (self.draw(who) < _PAUSE * self.hazard[who]), PAUSE)
        self.write(taken, self.at(taken, tenure), PAUSED, PAUSE, tenure)
        self.is_paused[taken] = True
        self.back_at[taken] = tenure + self.rng.integers(1, 4, len(taken))

    def _to_yearly(self, who: Ints, tenure: int, cause: Ints) -> None:
        may = (self.interval[who] == MONTHLY) & (tenure >= 4)
        taken = self._mark(who, cause, may & (self.draw(who) < _TO_YEARLY), PERIOD)
        self.interval[taken], self.anchor[taken] = YEARLY, tenure

    def _change_plan(self, who: Ints, _tenure: int, cause: Ints) -> None:
        drawn, top = self.draw(who), self.top_plan[self.behaves_as[who]]
        up = (drawn < _PLAN_UP * self.growing[who]) & (self.plan[who] < top)
        down = (drawn > 1 - _PLAN_DOWN) & (self.plan[who] > 0)
        self.plan[self._mark(who, cause, up, PLAN)] += 1
        self.plan[self._mark(who, cause, down, PLAN)] -= 1

    def _change_seats(self, who: Ints, _tenure: int, cause: Ints) -> None:
        drawn, segment = self.draw(who), self.behaves_as[who]
        more = self._mark(who, cause, drawn < _MORE_SEATS[segment] * self.growing[who], SEATS)
        self.seats[more] += np.maximum(1, np.rint(self.seats[more] * self.rng.uniform(0.08, 0.34, len(more)))).astype(
            int
        )
        shrinks = (drawn > 1 - _FEWER_SEATS[segment]) & (self.seats[who] > 2)
        fewer = self._mark(who, cause, shrinks, SEATS)
        cut = np.maximum(1, np.rint(self.seats[fewer] * self.rng.uniform(0.08, 0.3, len(fewer)))).astype(int)
        self.seats[fewer] -= cut

    def _change_insights(self, who: Ints, _tenure: int, cause: Ints) -> None:
        drawn, has = self.draw(who), self.insights[who] == 1
        buys = ~has & (drawn < _ADD_ON[self.behaves_as[who]] * self.growing[who])
        self.insights[self._mark(who, cause, buys, ADD_ON)] = 1
        self.insights[self._mark(who, cause, has & (drawn < _ADD_ON_OFF), ADD_ON)] = 0

    def _resume(self, who: Ints, tenure: int) -> None:
        back = self.draw(who) < 0.82
        self.is_paused[who] = False
        self._cancel(who[~back], tenure)
        on = who[back]
        self.back_at[on] = NONE
        self.anchor[on] = tenure
        self.write(on, self.at(on, tenure), ACTIVE, RESUME, tenure)
        self.bill(on, tenure, np.full(len(on), PAID), np.zeros(len(on), dtype=np.int64))

    def _return(self, who: Ints, tenure: int) -> None:
        """A new subscription on the list price of the day."""
        self.is_alive[who], self.back_at[who] = True, NONE
        self.life[who] += 1
        self.anchor[who] = tenure
        self.discounted[who] = 0
        self.level[who] = (self.customers.start_month[who] + tenure >= RISE_MONTH).astype(np.int64)
        self.write(who, self.at(who, tenure), ACTIVE, NONE, tenure)
        self.bill(who, tenure, np.full(len(who), PAID), np.zeros(len(who), dtype=np.int64))


def _personal_hazard(frame: Frame, cast: Cast, customers: Customers) -> Floats:
    """The monthly hazard of each customer apart from tenure: segment, size, who sold it, who looks after it."""
    if not frame.company.has_signal:
        return np.full(customers.size, p22_silent.HAZARD)
    executives, directors = cast.roster("account_executive"), cast.roster("account_director")
    looks_after = cast.roster(*p01_sellers.MANAGER_ROLES, otherwise="head_of_success")
    factors, month = p01_sellers.seller_factors(frame, cast), customers.start_month
    by_executive = p01_sellers.relative(factors, executives, customers.seller, month)
    by_director = p01_sellers.relative(factors, directors, customers.seller, month)
    sellers = np.where(customers.is_executive_sale, by_executive, by_director)
    care = p01_sellers.relative(p01_sellers.manager_factors(frame, cast), looks_after, customers.manager, month)
    size = p09_survivors.leaving(customers.relative_size)
    return np.asarray(HAZARD[customers.segment] * size * sellers * care, dtype=np.float64)


def _growing(frame: Frame, customers: Customers) -> Floats:
    if not frame.company.has_signal:
        return np.ones(customers.size)
    return p09_survivors.growing(customers.relative_size)


def live(frame: Frame, cast: Cast, customers: Customers) -> Lives:
    """Step everybody through their months of service and return what happened before the calendar ends."""
    simulation = _Simulation(frame, cast, customers)
    simulation.begin()
    for tenure in range(1, MONTHS + _MONTHS_AHEAD):
        simulation.step(tenure)
    end = frame.calendar.end_second
    bills = simulation.bills.table(list(Bills.__dataclass_fields__))
    departures = simulation.departures.table(list(Departures.__dataclass_fields__))
    return Lives(
        _stretches(simulation.stretches, end),
        Bills(**_before(bills, end)),
        Departures(**_before(departures, end)),
    )


def _before(table: dict[str, Ints], end: int) -> dict[str, Ints]:
    kept = np.flatnonzero(table["at"] < end)
    kept = kept[np.lexsort((table["at"][kept], table["who"][kept]))]
    return {name: values[kept] for name, values in table.items()}


def _stretches(log: _Log, end: int) -> Stretches:
    """Order the rows, close each with the next of its subscription, and give the last one its request."""
    names = [n for n in Stretches.__dataclass_fields__ if n != "until"]
    rows = log.table(names)
    order = np.lexsort((rows["at"], rows["life"], rows["who"]))
    rows = {n: v[order] for n, v in rows.items()}
    same = (rows["who"][1:] == rows["who"][:-1]) & (rows["life"][1:] == rows["life"][:-1])
    rows["until"] = known_until(np.append(np.where(same, rows["at"][1:], NONE), NONE), end)
    rows["requested"] = known_until(np.append(np.where(same, rows["requested"][1:], NONE), NONE), end)
    return Stretches(**{n: v[rows["at"] < end] for n, v in rows.items()})
