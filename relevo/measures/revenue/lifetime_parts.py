"""What is seen of customers' lives between two months: who was at risk of leaving at which age, and what they paid.

Both are counted in the engine by age, so that what comes back is bounded by months, currencies and slices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame, Record
from relevo.measures.exchange import Exchange, running
from relevo.measures.revenue.survival import with_begin
from relevo.measures.slices import NONE, SLICE, group, sliced_at

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Window:
    """Months, both included, in which lives are watched."""

    since: int
    until: int

    def months(self) -> range:
        """Every month of the window."""
        return range(self.since, self.until + 1)


def watched(frame: Frame) -> Window:
    """The last months of a frame's window."""
    return Window(frame.last_complete - frame.window + 1, frame.last_complete)


def lives(tables: Tables, frame: Frame, window: Window) -> ir.Table:
    """Customers counted by entry, duration and event (and slice), ages in months since they began.

    A customer is at risk at an age above `entry`; `event` is 1 where it left in the window and has not come back.
    """
    rows = sliced_at(_seen(tables, frame, window), tables, frame)
    timed = rows.mutate(entry=rows.seen_from - rows.begin - 1, duration=rows.end - rows.begin)
    return timed.group_by(group(frame, "entry", "duration", "event")).aggregate(n=timed.count())


def paid(tables: Tables, frame: Frame, window: Window) -> ir.Table:
    """Changes by age of what the customers seen pay, per currency (and slice).

    `delta_e6` is a change of the sum of run-rates per year, `delta_squared` one of the sum of their squares. The sum
    up to an age is what the customers seen at that age pay.
    """
    known = sliced_at(_seen(tables, frame, window), tables, frame).select(
        *group(frame, "customer_id", "begin", "seen_from")
    )
    held = tables.mrr_level.inner_join(known, "customer_id")
    first, last = ibis.greatest(held.from_month, held.seen_from), ibis.least(held.to_month, window.until + 1)
    clipped = held.mutate(first=first - held.begin, last=last - held.begin, arr=held.arr_e6.cast(EXACT))
    shown = clipped.filter(clipped["first"] < clipped["last"])
    keys = group(frame, "currency", "age")
    # Added up by the ages in which levels begin and end, before either becomes a change.
    few = shown.group_by([*group(frame, "currency"), "first", "last"]).aggregate(
        arr=shown.arr.sum().cast(EXACT), squared=_squared(shown).sum().cast(EXACT)
    )
    steps = ibis.union(
        few.mutate(age=few["first"]).select(*keys, "arr", "squared"),
        few.mutate(age=few["last"], arr=-few.arr, squared=-few.squared).select(*keys, "arr", "squared"),
    )
    return steps.group_by(keys).aggregate(
        delta_e6=steps.arr.sum().cast(EXACT), delta_squared=steps.squared.sum().cast(EXACT)
    )


def _squared(rows: ir.Table) -> ir.Value:
    return (rows.arr.cast(EXACT) * rows.arr.cast(EXACT)).cast(EXACT)


def _seen(tables: Tables, frame: Frame, window: Window) -> ir.Table:
    """Customers alive in the window: begin, the first month in which each is at risk, the last one, whether it left,
    and the month by whose value it is cut: when the window opens.

    Whoever paid already when history starts is known to be alive in its first month, so it is at risk from the next.
    """
    starts = tables.customer_start.filter(lambda t: t.first_month <= window.until)
    left = starts.churn_month.notnull() & (starts.churn_month <= window.until)
    end = ibis.ifelse(left, starts.churn_month, window.until)
    dated = with_begin(starts.mutate(event=left.cast("int64"), end=end), tables, frame)
    known = ibis.ifelse(dated.begin < dated.first_month, dated.first_month + 1, dated.first_month)
    entered = dated.mutate(seen_from=ibis.greatest(known, window.since))
    kept = entered.filter(entered.end >= entered.seen_from)
    opened = ibis.greatest(kept.first_month, window.since - 1)
    return kept.select("customer_id", "begin", "seen_from", "end", "event", moment=opened)


@dataclass(frozen=True, eq=False)
class Experience:
    """Per age from 0: customers at risk, those that left, what those still there paid in a month (minor units).

    `squared` is the sum of squares of the latter over customers; `customers` counts all that were seen.
    """

    at_risk: Array
    left: Array
    paid: Array
    squared: Array
    customers: int

    @property
    def alive(self) -> Array:
        """Customers seen to be still there at the end of each age."""
        return np.asarray(self.at_risk - self.left)


def experiences(
    lives_found: Iterable[Record], paid_found: Iterable[Record], exchange: Exchange, month: int, ages: int
) -> dict[str, Experience]:
    """What was seen per slice over ages 0 to `ages` - 1; money at one month's rates, so that no rate moves it."""
    by_slice: dict[str, tuple[list[Record], list[Record]]] = {}
    for r in lives_found:
        by_slice.setdefault(r.get(SLICE, NONE), ([], []))[0].append(r)
    for r in paid_found:
        by_slice[r.get(SLICE, NONE)][1].append(r)
    return {n: _experience(*by_slice[n], exchange, month, ages) for n in sorted(by_slice)}


def _experience(
    counted: list[Record], payments: list[Record], exchange: Exchange, month: int, ages: int
) -> Experience:  # fmt: skip
    enters, leaves, left = np.zeros(ages + 1), np.zeros(ages + 1), np.zeros(ages)
    for r in counted:
        entry, duration, n = int(r["entry"]), int(r["duration"]), int(r["n"])
        if entry + 1 < ages:
            enters[entry + 1] += n
            leaves[min(duration + 1, ages)] += n
        if r["event"] and duration < ages:
            left[duration] += n
    at_risk = np.cumsum(enters - leaves)[:ages]
    money, squares = _paid_by_age(payments, exchange, month, ages)
    return Experience(at_risk, left, money, squares, sum(int(r["n"]) for r in counted))


def _paid_by_age(payments: list[Record], exchange: Exchange, month: int, ages: int) -> tuple[Array, Array]:
    money, squares = [Fraction(0)] * ages, [Fraction(0)] * ages
    for currency in sorted({r["currency"] for r in payments}):
        mine = [r for r in payments if r["currency"] == currency]
        arr = running([(int(r["age"]), r["delta_e6"]) for r in mine], range(ages))
        squared = running([(int(r["age"]), r["delta_squared"]) for r in mine], range(ages))
        for age in range(ages):
            money[age] += exchange.mrr(currency, month, arr[age])
            squares[age] += exchange.mrr_squared(currency, month, squared[age])
    return np.array([float(v) for v in money]), np.array([float(v) for v in squares])


def together(seen: Iterable[Experience], ages: int) -> Experience:
    """The company: the sum of its slices."""
    listed = list(seen)
    zero = np.zeros(ages)
    return Experience(
        sum((e.at_risk for e in listed), zero), sum((e.left for e in listed), zero),
        sum((e.paid for e in listed), zero), sum((e.squared for e in listed), zero),
        sum(e.customers for e in listed),
    )  # fmt: skip
