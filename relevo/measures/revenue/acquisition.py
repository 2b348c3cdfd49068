"""What winning customers cost: acquisition spend, the sales cycle by which it runs ahead, and who was won.

Spend belongs to a slice only where its own channel or segment says so. What names none is '(none)', and is in the
company's figure alone: it is never spread over slices.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.base.periods import month_of
from relevo.book.schema import EXACT, Tables
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Expression, Found, Frame, Record
from relevo.measures.exchange import Exchange, month_rates
from relevo.measures.histograms import median
from relevo.measures.revenue.overlaps import moves_by_kind
from relevo.measures.rounding import mrr
from relevo.measures.slices import NONE, SLICE, group

ACQUISITION, COST_OF_REVENUE = "acquisition", "cost_of_revenue"
# The dimensions that a row of spend can name.
CARRIED = ("segment", "channel")
DAYS_PER_MONTH = Fraction(365, 12)


def spend_rows(tables: Tables, frame: Frame) -> ir.Table:
    """Spend by month, kind, currency and slice up to the as-of day: amount in native minor units."""
    spend = tables.spend
    kept = spend.filter(spend.kind.isin([ACQUISITION, COST_OF_REVENUE]) & (spend.month <= frame.as_of))
    for name in sorted(dict(frame.where)):
        if name in CARRIED:
            kept = kept.filter(kept[name].fill_null(NONE).isin([v for key, v in frame.where if key == name]))
    at = kept.month.year().cast("int64") * 12 + kept.month.month().cast("int64") - 1
    own = kept[frame.by].fill_null(NONE) if frame.by in CARRIED else ibis.literal(NONE)
    rows = kept.select("kind", "currency", month_index=at, **{SLICE: own}, amount=kept.amount_cents.cast(EXACT))
    grouped = rows.group_by("month_index", "kind", "currency", SLICE)
    return grouped.aggregate(amount=rows.amount.sum().cast(EXACT)).rename(month="month_index")


def cycles(tables: Tables, frame: Frame) -> ir.Table:
    """Won new deals closed by the as-of day, counted by days from opening to closing."""
    deals = tables.deal
    won = deals.filter((deals.kind == "new") & (deals.outcome == "won") & deals.closed_at.notnull())
    closed = won.filter(won.closed_at.date() <= frame.as_of)
    days = closed.closed_at.date().delta(closed.opened_at.date(), unit="day").cast("int64")
    timed = closed.select(days=days)
    return timed.group_by("days").aggregate(n=timed.count())


def won_customers(tables: Tables, frame: Frame) -> ir.Table:
    """Customers by the month of their first MRR (and slice) and what they began with.

    Those who paid already when history starts were not won in its first month and are left out.
    """
    moves = tables.movement.filter((tables.movement.kind == "new") & (tables.movement.month <= frame.last_complete))
    if frame.history_starts_on is not None:
        moves = moves.filter(moves.month > month_of(frame.history_starts_on))
    return moves_by_kind(moves, tables, frame, 0).select(*group(frame, "month"), "base_e16", n="customers")


EXPRESSIONS: Mapping[str, Expression] = {
    "spend": spend_rows,
    "rates": month_rates,
    "cycles": cycles,
    "won": won_customers,
}


def lag(counts: Mapping[int, int], assumptions: Assumptions) -> int:
    """Whole months by which spend runs ahead of the customer it wins: the median sales cycle, or the assumed one.

    Without a won deal it is 0: spend and customers of the same month.
    """
    if assumptions.lag_months is not None:
        return assumptions.lag_months
    days = median(counts)
    return 0 if days is None else max(half_up(days / DAYS_PER_MONTH), 0)


Won = tuple[int, Fraction]


@dataclass(frozen=True)
class Acquisition:
    """Acquisition spend and new customers by slice and month, in exact minor units of the book's currency.

    `loaded` is the first and the last month with spend; outside it spend is unknown, inside it a missing month is 0.
    `is_split` says whether any spend names a value of the dimension that is asked. A slice of None is the company.
    """

    spent: Mapping[tuple[str, int], Fraction]
    won: Mapping[tuple[str, int], Won]
    loaded: tuple[int, int] | None
    lag_months: int
    assumptions: Assumptions
    is_split: bool
    is_known: bool = True

    def names(self, months: Iterable[int]) -> list[str]:
        """The slices with spend or new customers in some months."""
        asked = set(months)
        spent = {name for name, m in self.spent if m + self.lag_months in asked}
        return sorted(spent | {name for name, m in self.won if m in asked})

    def covers(self, month: int) -> bool:
        """Whether the spend that won a month's customers is loaded."""
        paid = month - self.lag_months
        return self.is_known and self.loaded is not None and self.loaded[0] <= paid <= self.loaded[1]

    def spend(self, name: str | None, months: Iterable[int]) -> Fraction:
        """Spend, one sales cycle earlier, for the customers won in some months, with their commissions."""
        return sum((self._spend_in(name, m) for m in months), Fraction(0))

    def new(self, name: str | None, months: Iterable[int]) -> Won:
        """New customers of some months and their first MRR."""
        asked = set(months)
        found = [v for (own, m), v in self.won.items() if m in asked and name in (None, own)]
        return sum(n for n, _ in found), sum((money for _, money in found), Fraction(0))

    def is_own(self, name: str, names: Sequence[str]) -> bool:
        """Whether spend can be divided by this slice's customers: it names them, or there is no other slice."""
        return list(names) == [NONE] or (self.is_split and name != NONE)

    def _spend_in(self, name: str | None, month: int) -> Fraction:
        paid = month - self.lag_months
        spent = sum((v for (own, m), v in self.spent.items() if m == paid and name in (None, own)), Fraction(0))
        return spent + self._commissions(name, month)

    def _commissions(self, name: str | None, month: int) -> Fraction:
        assumed = self.assumptions
        deferred = 0 if assumed.commission_by_cohort else assumed.commission_deferral_months
        return assumed.commission_months * self.new(name, [month - deferred])[1]


def commission_cost(
    entries: Iterable[tuple[int, int, Fraction]], *, by_cohort: bool = False
) -> dict[int, Fraction]:  # fmt: skip
    """Commissions by the month in whose acquisition cost they count, from (month won, month due, amount).

    A deferred commission counts when it is due; by cohort it counts with the customers it was paid for.
    """
    cost: dict[int, Fraction] = {}
    for won, due, amount in entries:
        month = won if by_cohort else due
        cost[month] = cost.get(month, Fraction(0)) + amount
    return cost


def acquisition(found: Found, frame: Frame) -> Acquisition:
    """Spend and new customers from the rows of `EXPRESSIONS`."""
    exchange = Exchange.of(found["rates"])
    rows = [r for r in found["spend"] if r["kind"] == ACQUISITION]
    spent = by_month(rows, exchange)
    months = [int(r["month"]) for r in rows]
    return Acquisition(
        spent=spent,
        won={(r.get(SLICE, NONE), int(r["month"])): (int(r["n"]), mrr(r["base_e16"])) for r in found["won"]},
        loaded=(min(months), max(months)) if months else None,
        lag_months=lag({int(r["days"]): int(r["n"]) for r in found["cycles"]}, frame.assumptions),
        assumptions=frame.assumptions,
        is_split=any(name != NONE for name, _ in spent),
        is_known=all(name in CARRIED for name, _ in frame.where),
    )


def by_month(rows: Iterable[Record], exchange: Exchange) -> dict[tuple[str, int], Fraction]:
    """Rows of spend summed by slice and month in the book's currency."""
    total: dict[tuple[str, int], Fraction] = {}
    for r in rows:
        key = (r[SLICE], int(r["month"]))
        total[key] = total.get(key, Fraction(0)) + exchange.amount(r["currency"], key[1], r["amount"])
    return total


@dataclass(frozen=True)
class Cost:
    """CAC over some months: exact minor units per new customer, or None; `is_own` is False for the company's."""

    cents: Fraction | None
    is_own: bool


def cost_over(won: Acquisition, name: str | None, names: Sequence[str], months: Iterable[int]) -> Cost:
    """CAC of a slice over the months whose spend is loaded; the company's where spend cannot be told by slice."""
    covered = [m for m in months if won.covers(m)]
    own = name if name is not None and won.is_own(name, names) else None
    n, _ = won.new(own, covered)
    return Cost(won.spend(own, covered) / n if n else None, own is not None or name is None)
