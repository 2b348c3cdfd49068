"""subscription_span: the stretches of each life as dated items (seats, add-on, metered calls) with their prices."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from relevo.sources.demo.customers import (
    COLLECTIONS,
    CURRENCIES,
    DISCOUNTS,
    INTERVAL_MONTHS,
    MONTHLY,
    ONCE,
    PLANS,
    Customers,
)  # fmt: skip
from relevo.sources.demo.frame import NONE, Flags, Floats, Ints
from relevo.sources.demo.prices import calls_price, discount, insights_price, seat_price
from relevo.sources.demo.states import (
    ACTIVE,
    ADD_ON,
    CANCELED,
    CAUSES,
    DELINQUENT,
    PAST_DUE,
    PAUSE,
    PERIOD,
    PLAN,
    PRICE,
    RESUME,
    STATUSES,
    TRIALING,
    Stretches,
)  # fmt: skip
from relevo.sources.demo.writer import Cell, Day, Id, Joined, Maybe, Moment, Plain, Same, Where, Word, Writer

_INTERVAL_UNITS = ("month", "month", "year")
_INTERVAL_COUNTS = np.array([1, 3, 1])
_STOPS = (PAUSE, RESUME, DELINQUENT)


class Sold(Protocol):
    """Rows that say what was in force: a stretch or a bill."""

    @property
    def who(self) -> Ints:
        """Customer numbers."""

    @property
    def plan(self) -> Ints:
        """Plan codes."""

    @property
    def seats(self) -> Ints:
        """Seats."""

    @property
    def level(self) -> Ints:
        """Which price list."""

    @property
    def interval(self) -> Ints:
        """Billing interval codes."""

    @property
    def is_discounted(self) -> Ints:
        """1 where a discount applies."""

    @property
    def has_insights(self) -> Ints:
        """1 where the add-on is in force."""


@dataclass(frozen=True)
class Amounts:
    """What each row bills per interval, in minor units of the customer's currency."""

    unit: Ints
    gross: Ints
    off: Ints
    insights: Ints

    @property
    def net(self) -> Ints:
        """Seats less discount, plus the add-on."""
        return self.gross - self.off + self.insights


def amounts(customers: Customers, rows: Sold) -> Amounts:
    """Price the rows of a list of stretches or bills."""
    currency = customers.currency[rows.who]
    unit = seat_price(rows.plan, currency, rows.interval, rows.level)
    gross = unit * rows.seats
    insights = insights_price(rows.plan, currency, rows.interval, rows.level)
    off = discount(gross, customers.discount_percent[rows.who], rows.is_discounted == 1)
    return Amounts(unit, gross, off, np.where(rows.has_insights == 1, insights, 0))


def run_rate(customers: Customers, rows: Sold) -> Floats:
    """Monthly run-rate of each row in minor units: a once-only discount on a monthly price does not lower it."""
    money = amounts(customers, rows)
    for_one_month = (customers.discount[rows.who] == ONCE) & (rows.interval == MONTHLY)
    counted = money.net + np.where(for_one_month, money.off, 0)
    return np.asarray(counted / np.array(INTERVAL_MONTHS)[rows.interval], dtype=np.float64)


def earns(rows: Stretches) -> Flags:
    """Stretches that count as revenue: active, and past due, which lasts 30 days at most."""
    return np.asarray((rows.status == ACTIVE) | (rows.status == PAST_DUE), dtype=np.bool_)


def subscription_id(who: Ints, life: Ints) -> Joined:
    """A subscription's id: the customer's number and which of its lives it is."""
    return Joined((Id("s", who), "-", Id("", life + 1, 1)))


@dataclass(frozen=True)
class _Item:
    """Rows of one kind of item before neighbours that say the same are joined."""

    name: str
    pick: Ints
    status: Ints
    unit: Ints
    quantity: Floats
    off: Ints
    causes: tuple[int, ...]
    is_metered: bool = False


def write_spans(customers: Customers, rows: Stretches, out: Writer) -> None:
    """Write subscription_span, item by item."""
    for item in _items(customers, rows):
        _write_item(customers, rows, item, out)


def _items(customers: Customers, rows: Stretches) -> tuple[_Item, ...]:
    every = tuple(c for c in range(len(CAUSES)) if c != ADD_ON)
    money = amounts(customers, rows)
    everything = np.arange(len(rows.who))
    seats = _Item("seats", everything, rows.status, money.unit, rows.seats.astype(np.float64), money.off, every)
    return seats, _insights(customers, rows), _calls(customers, rows)


def _insights(customers: Customers, rows: Stretches) -> _Item:
    """The add-on while it is in force, and a canceled row that says it was given up on its own."""
    given_up = (rows.cause == ADD_ON) & (rows.has_insights == 0) & (rows.status == ACTIVE)
    pick = np.flatnonzero((rows.has_insights == 1) & (rows.status != CANCELED) | given_up)
    status = np.where(given_up[pick], CANCELED, rows.status[pick])
    currency = customers.currency[rows.who[pick]]
    unit = insights_price(rows.plan[pick], currency, rows.interval[pick], rows.level[pick])
    one, none = np.ones(len(pick), dtype=np.float64), np.zeros(len(pick), dtype=np.int64)
    return _Item("insights", pick, status, unit, one, none, (ADD_ON, PRICE, PERIOD, PLAN, *_STOPS))


def _calls(customers: Customers, rows: Stretches) -> _Item:
    """Metered calls of those who use them, never part of the run-rate."""
    served = (rows.status != CANCELED) & (rows.status != TRIALING)
    pick = np.flatnonzero(customers.has_metered[rows.who] & served)
    who = rows.who[pick]
    volume = np.asarray(np.round(customers.seats[who] * 0.35 + (who % 13) * 0.117, 3), dtype=np.float64)
    price, none = calls_price(customers.currency[who]), np.zeros(len(pick), dtype=np.int64)
    return _Item("calls", pick, rows.status[pick], price, volume, none, _STOPS, is_metered=True)


def _first_of_equal(rows: Stretches, item: _Item) -> Flags:
    """Which rows differ from the row before them in anything but their times."""
    p = item.pick
    if not len(p):
        return np.zeros(0, dtype=bool)
    facts: list[Any] = [rows.who[p], rows.life[p], item.status, item.unit, item.quantity, item.off]
    if not item.is_metered:
        facts += [rows.plan[p], rows.interval[p], rows.term_end[p]]
    differs = rows.until[p][:-1] != rows.at[p][1:]
    for values in facts:
        differs |= values[1:] != values[:-1]
    return np.append(True, differs)


def _write_item(customers: Customers, rows: Stretches, item: _Item, out: Writer) -> None:
    first = np.flatnonzero(_first_of_equal(rows, item))
    last = np.append(first[1:] - 1, len(item.pick) - 1) if len(first) else first
    p, ends = item.pick[first], item.pick[last]
    who, cause = rows.who[p], np.where(np.isin(rows.cause[p], item.causes), rows.cause[p], NONE)
    off, status = item.off[first], item.status[first]
    interval = np.where(item.is_metered, MONTHLY, rows.interval[p])
    yearly = rows.term_end[p] >= 0
    columns: dict[str, Cell | np.ndarray[Any, Any]] = {
        "subscription_id": subscription_id(who, rows.life[p]),
        "item_id": Joined((Id("i", who), "-", Id("", rows.life[p] + 1, 1), f"-{item.name}")),
        "customer_id": Id("c", who),
        "valid_from": Moment(rows.at[p]),
        "valid_to": Moment(rows.until[ends]),
        "plan": Word(rows.plan[p], PLANS),
        "unit_amount_cents": item.unit[first],
        "quantity": item.quantity[first],
        "interval_unit": Word(interval, _INTERVAL_UNITS),
        "interval_count": _INTERVAL_COUNTS[interval],
        "discount_cents": Maybe(off, off > 0),
        "discount_kind": Word(np.where(off > 0, customers.discount[who], NONE), DISCOUNTS),
        "currency": Word(customers.currency[who], CURRENCIES),
        "status": Word(status, STATUSES),
        "usage": Same("metered" if item.is_metered else "licensed"),
        "cause": Word(cause, CAUSES),
        "collection": Word(customers.collection[who], COLLECTIONS),
        "term_end_on": Day(np.where(status == CANCELED, NONE, rows.term_end[p])),
        "auto_renew": Where(status != CANCELED, Plain(~yearly | (who % 5 != 0))),
        "cancel_requested_at": Moment(rows.requested[ends]),
    }
    out.add("subscription_span", columns, len(p))
