"""Gross margin: what is left of recurring revenue after the cost of running it, measured where that is loaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, OPEN, Tables
from relevo.measures.card import Found, Frame, Record
from relevo.measures.exchange import Exchange, running
from relevo.measures.revenue.acquisition import COST_OF_REVENUE, by_month
from relevo.measures.revenue.overlaps import SPAN
from relevo.measures.slices import NONE, SLICE, group, sliced_at

MEASURED, COMPANY, ASSUMED = "cost_of_revenue", "cost_of_revenue of the company", "assumption"


def revenue_steps(tables: Tables, frame: Frame, since: int) -> ir.Table:
    """Changes of run-rate by month and currency (and slice, taken when the window opens): delta_e6 per year."""
    levels = tables.mrr_level
    if frame.by or frame.where:
        known = sliced_at(_holders(tables, since - 1), tables, frame)
        levels = levels.inner_join(known.select(*group(frame, "customer_id")), "customer_id")
    each = levels.group_by([*group(frame, "currency"), *SPAN]).aggregate(
        delta_e6=levels.arr_e6.cast(EXACT).sum().cast(EXACT)
    )
    keys = group(frame, "currency", "month")
    began = each.filter(each.from_month <= frame.last_complete).mutate(month=lambda t: t.from_month)
    ended = each.filter((each.to_month <= frame.last_complete) & (each.to_month < OPEN))
    ended = ended.mutate(month=ended.to_month, delta_e6=-ended.delta_e6)
    steps = ibis.union(began.select(*keys, "delta_e6"), ended.select(*keys, "delta_e6"))
    return steps.group_by(keys).aggregate(delta_e6=steps.delta_e6.sum().cast(EXACT))


def _holders(tables: Tables, opened: int) -> ir.Table:
    """Every customer with a level, and the month whose value counts: those that paid, and who only ever owed less."""
    starts, levels = tables.customer_start, tables.mrr_level
    paid = starts.select("customer_id", moment=ibis.greatest(starts.first_month, opened))
    below = levels.filter(levels.arr_e6 <= 0).select("customer_id").distinct().anti_join(starts, "customer_id")
    return ibis.union(paid, below.mutate(moment=ibis.literal(opened, "int64")))


@dataclass(frozen=True)
class Margin:
    """A gross margin as a share of revenue, and what it was taken from."""

    share: Fraction
    source: str


@dataclass(frozen=True)
class Margins:
    """Revenue and its cost by slice and month, in exact minor units; revenue is the MRR at each month's end."""

    revenue: Mapping[tuple[str, int], Fraction]
    cost: Mapping[tuple[str, int], Fraction]
    assumed: Fraction

    def of(self, name: str | None, months: Iterable[int]) -> Margin:
        """1 - cost of revenue / revenue, over the months for which cost is loaded.

        A slice has a margin of its own where all cost names a slice and some names this one; else it has the
        company's, and the company without any loaded cost has the assumed one.
        """
        asked = set(months)
        loaded = {m for _, m in self.cost} & asked
        named = {own for own, m in self.cost if m in loaded}
        if name is not None and name in named and (NONE not in named or named == {NONE} == self._slices()):
            own = self._share(name, loaded)
            if own is not None:
                return Margin(own, MEASURED)
        company = self._share(None, loaded)
        if company is None:
            return Margin(self.assumed, ASSUMED)
        return Margin(company, MEASURED if name is None else COMPANY)

    def _slices(self) -> set[str]:
        return {name for name, _ in self.revenue}

    def _share(self, name: str | None, months: set[int]) -> Fraction | None:
        revenue, cost = (_sum(kind, name, months) for kind in (self.revenue, self.cost))
        return 1 - cost / revenue if revenue > 0 else None


def _sum(amounts: Mapping[tuple[str, int], Fraction], name: str | None, months: set[int]) -> Fraction:
    return sum((v for (own, m), v in amounts.items() if m in months and name in (None, own)), Fraction(0))


def margins(found: Found, frame: Frame) -> Margins:
    """Margins from the rows of `revenue_steps`, `spend_rows` and `month_rates`."""
    exchange = Exchange.of(found["rates"])
    cost = by_month([r for r in found["spend"] if r["kind"] == COST_OF_REVENUE], exchange)
    return Margins(_revenue(found["revenue"], exchange, frame), cost, frame.assumptions.gross_margin)


def _revenue(rows: Iterable[Record], exchange: Exchange, frame: Frame) -> dict[tuple[str, int], Fraction]:
    steps: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for r in rows:
        steps.setdefault((r.get(SLICE, NONE), r["currency"]), []).append((int(r["month"]), int(r["delta_e6"])))
    total: dict[tuple[str, int], Fraction] = {}
    for (name, currency), changes in steps.items():
        months = range(min(m for m, _ in changes), frame.last_complete + 1)
        for month, level in zip(months, running(changes, months), strict=True):
            money = exchange.mrr(currency, month, level)
            total[name, month] = total.get((name, month), Fraction(0)) + money
    return total
