"""How often customers change hands in their first year, and what goes with it: who stays, and how soon value comes.

Association, not proof (row S1-24): customers are not handed on at random.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number
from relevo.book.book import Book, Tables
from relevo.measures.intervals import wilson

By = Literal["team", "person"]
YEAR = timedelta(days=365)
# So many hand-offs and more are one group.
MOST = 5
# Fewer customers than these tell nothing of a group.
FEWEST = 5
METHOD = (
    "Hand-offs are steps of the customer's relay, that is of its assignments and accepted hand-offs, within 365 days "
    "of its first MRR; equal neighbours are one. Who stays is told of customers that were there after the first year "
    "and began two years ago or earlier: the share still there after the second, with Wilson's 95 % interval. Days to "
    "first value are the median of those that reached it."
)
_DAY = ibis.literal(date(1970, 1, 1))


@dataclass(frozen=True)
class Handed:
    """Customers with so many hand-offs in their first year (`MOST` stands for as many and more).

    `customers` counts those whose first year is over. Of `settled` that were there after it and began two years ago,
    `stayed` were there after the second; `rate` with its 95 % interval is None where `settled` is below `FEWEST`. Of
    `valued` the day of first value is known: `days` is the median, between the quartiles `soon` and `late`.
    """

    hand_offs: int
    customers: int
    settled: int
    stayed: int
    rate: float | None
    low: float | None
    high: float | None
    valued: int
    days: float | None
    soon: float | None
    late: float | None


def first_years(book: Book, by: By) -> tuple[Handed, ...]:
    """The groups by number of hand-offs, the fewest first; as of the book's day."""
    rows = _customers(book, by)
    aged, year = day_number(book.as_of) - YEAR.days, YEAR.days
    over = rows.filter(rows.first_day <= aged)
    settled = (over.first_day <= aged - year) & (over.churn_day.isnull() | (over.churn_day > over.first_day + year))
    stayed = settled & (over.churn_day.isnull() | (over.churn_day > over.first_day + 2 * year))
    counted = over.group_by("hand_offs").aggregate(
        customers=over.count(), settled=settled.sum(), stayed=stayed.sum(), valued=over.days.count(),
        median=over.days.quantile(0.5), soon=over.days.quantile(0.25), late=over.days.quantile(0.75),
    )  # fmt: skip
    return tuple(_handed(*row) for row in book.run(counted.order_by("hand_offs")).rows)


def _handed(
    hand_offs: int, customers: int, settled: int, stayed: int, valued: int, *days: float | None
) -> Handed:  # fmt: skip
    is_told = settled >= FEWEST
    low, high = wilson(stayed, settled) if is_told else (None, None)
    rate = stayed / settled if is_told else None
    median, soon, late = days if valued >= FEWEST else (None, None, None)
    return Handed(hand_offs, customers, settled, stayed, rate, low, high, valued, median, soon, late)


def _customers(book: Book, by: By) -> ir.Table:
    """Every customer that ever paid: hand-offs of its first year, when it left, days to its first value."""
    starts, tables = book.tables.customer_start, book.tables
    handed = _steps(tables, book, by).group_by(who="customer_id").aggregate(many=lambda t: t.count())
    value = _first_value(tables, book)
    both = starts.left_join(handed, starts.customer_id == handed.who).left_join(
        value, starts.customer_id == value.reached_by
    )  # fmt: skip
    days = both.value_day - both.first_day
    return both.select(
        "first_day", "churn_day", hand_offs=ibis.least(both.many.fill_null(0), MOST),
        days=ibis.ifelse(days >= 0, days, ibis.null("int64")),
    )  # fmt: skip


def steps_of(tables: Tables, until: datetime, by: By) -> ir.Table:
    """Every hand-off until an instant: events whose team or person is not that of the one before."""
    events = _events(tables, until).filter(lambda t: t[by].notnull())
    order = ibis.window(group_by="customer_id", order_by=["at", "team", "person"])
    seen = events.mutate(before=events[by].lag().over(order))
    return seen.filter(seen.before.notnull() & (seen.before != seen[by]))


def _steps(tables: Tables, book: Book, by: By) -> ir.Table:
    """The hand-offs within each customer's first year."""
    steps = steps_of(tables, book.until, by)
    starts = tables.customer_start.select(began_by="customer_id", first_day="first_day")
    dated = steps.inner_join(starts, steps.customer_id == starts.began_by)
    day = dated["at"].date().delta(_DAY, unit="day")
    return dated.filter((day >= dated.first_day) & (day < dated.first_day + YEAR.days))


def _events(tables: Tables, until: datetime) -> ir.Table:
    begun = tables.assignment.filter(lambda t: t.from_at < until)
    taken = tables.handoff.filter(lambda t: t.accepted_at < until)
    return ibis.union(
        begun.select("customer_id", at=begun.from_at, team=begun.role, person=begun.person_id),
        taken.select("customer_id", at=taken.accepted_at, team=taken.to_role, person=taken.to_person_id),
    )


def _first_value(tables: Tables, book: Book) -> ir.Table:
    """The UTC day on which each customer first reached value, as a day number."""
    reached = tables.milestone.filter(lambda t: (t.kind == "first_value") & (t.reached_at < book.until))
    day = reached.reached_at.date().delta(_DAY, unit="day")
    return reached.mutate(day=day).group_by(reached_by="customer_id").aggregate(value_day=lambda t: t.day.min())
