"""LTV: margin times survival over a horizon, per segment and then weighted by the mix, with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from relevo.base.money import half_up
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Card, Direction, Expression, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.exchange import Exchange, month_rates
from relevo.measures.revenue.acquisition import spend_rows
from relevo.measures.revenue.by_segment import TOTAL, by_segment, dimension_of
from relevo.measures.revenue.gross_margin import Margin, Margins, margins, revenue_steps
from relevo.measures.revenue.lifetime_curve import Curve, Curves, curves_of
from relevo.measures.revenue.lifetime_interval import (
    Interval,
    around,
    combined,
    lowest,
    slice_variance,
)
from relevo.measures.revenue.lifetime_parts import Array, Window, experiences, lives, paid, together, watched

# Months of history in which lives are watched, unless --months says otherwise.
OBSERVED_MONTHS = 60


def discounts(assumptions: Assumptions) -> Array:
    """What one unit of money in month t is worth now, t from 0 to the horizon: (1 + d)^(-t/12)."""
    ages = np.arange(assumptions.horizon_months)
    return np.asarray((1 + float(assumptions.discount_per_year)) ** (-ages / 12))


@dataclass(frozen=True)
class Lifetime:
    """A lifetime value in exact minor units and how far it rests on data.

    `extrapolated_share` is the part of the value from ages beyond those observed; `capped` says that nobody leaves
    at those ages, so that only the horizon ends the sum.
    """

    cents: Fraction
    interval: Interval
    extrapolated_share: float
    capped: bool


def lifetime_value(curve: Curve, margin: Fraction, factors: Array) -> Fraction:
    """Margin x sum over ages of paid x survival x discount, in minor units.

    With a constant chance c to leave, no discount and a long horizon it is margin x paid / c (case UE-003, S0-59:
    paid at ages 0, 1, 2, ... by the share still there at the end of each age).
    """
    return margin * Fraction(float((factors * curve.survival * curve.paid).sum()))


def extrapolated_share(curve: Curve, factors: Array) -> float:
    """The share of the value that comes from ages beyond the last observed one."""
    worth = factors * curve.survival * curve.paid
    whole = worth.sum()
    return float(worth[curve.observed :].sum() / whole) if whole else 0.0


def capped(curve: Curve) -> bool:
    """Whether only the horizon ends the sum: nobody leaves at the ages beyond those observed."""
    return curve.never_ends and bool(curve.survival[-1] > 0)


@dataclass(frozen=True, eq=False)
class Lifetimes:
    """Curves, margins and values of every slice and of the company, weighted by customers."""

    curves: Curves
    margins: Margins
    window: Window
    factors: Array

    def names(self) -> list[str]:
        """The slices in order."""
        return list(self.curves.slices)

    def margin(self, name: str | None) -> Margin:
        """The gross margin of a slice or the company in the window."""
        return self._margins[name]

    @cached_property
    def _margins(self) -> Mapping[str | None, Margin]:
        return {name: self.margins.of(name, self.window.months()) for name in (None, *self.names())}

    def each(self) -> dict[str, Lifetime]:
        """The lifetime value of every slice."""
        company = together(self.curves.seen.values(), len(self.factors))
        return {n: self._of(n, slice_variance(self.curves, n, company, self.factors)) for n in self.names()}

    def _of(self, name: str, unit_variance: float) -> Lifetime:
        curve, margin = self.curves.slices[name], self.margin(name).share
        cents = lifetime_value(curve, margin, self.factors)
        least = lowest(self.curves.seen[name], curve, self.factors)
        interval = around(float(cents), unit_variance * float(margin) ** 2)
        if least is not None:
            interval = Interval(min(interval.low, least * float(margin)), interval.high)
        return Lifetime(cents, interval, extrapolated_share(curve, self.factors), capped(curve))

    def whole(self, each: Mapping[str, Lifetime]) -> Lifetime:
        """The company: its slices' values weighted by customers (case UE-021), never the value of an average one."""
        n = {name: self.curves.seen[name].customers for name in each}
        cents = mix_weighted([(n[name], life.cents) for name, life in each.items()])
        share = {name: n[name] / sum(n.values()) for name in each}
        interval = combined([(share[name], float(life.cents), life.interval) for name, life in each.items()])
        worth = sum(share[name] * float(life.cents) for name, life in each.items())
        beyond = sum(share[name] * float(life.cents) * life.extrapolated_share for name, life in each.items())
        return Lifetime(cents, interval, beyond / worth if worth else 0.0, any(life.capped for life in each.values()))


def mix_weighted(parts: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The mean of values weighted by customers: (customers, value) per segment; case UE-021."""
    return sum((n * value for n, value in parts), Fraction(0)) / sum(n for n, _ in parts)


def lifetimes(found: Found, frame: Frame, window: Window, part: str = "") -> Lifetimes | None:
    """Curves and margins of a window from the rows of `EXPRESSIONS`; None where nobody was at risk in it."""
    horizon = frame.assumptions.horizon_months
    exchange = Exchange.of(found["rates"])
    seen = experiences(found["lives" + part], found["paid" + part], exchange, frame.last_complete, horizon)
    curves = curves_of(seen, horizon)
    if curves is None:
        return None
    return Lifetimes(curves, margins(found, frame), window, discounts(frame.assumptions))


EXPRESSIONS: Mapping[str, Expression] = {
    "lives": lambda tables, frame: lives(tables, by_segment(frame), watched(frame)),
    "paid": lambda tables, frame: paid(tables, by_segment(frame), watched(frame)),
    "rates": month_rates,
    "spend": lambda tables, frame: spend_rows(tables, by_segment(frame)),
    "revenue": lambda tables, frame: revenue_steps(tables, by_segment(frame), watched(frame).since),
}


def _finish(found: Found, frame: Frame) -> list[Record]:
    known = lifetimes(found, frame, watched(frame))
    if known is None:
        return []
    each = known.each()
    rows = [_row(known, name, life, frame) for name, life in each.items()]
    return [*rows, _row(known, None, known.whole(each), frame)]


def _row(known: Lifetimes, name: str | None, life: Lifetime, frame: Frame) -> Record:
    curve, margin = known.curves.of(name), known.margin(name)
    return {
        dimension_of(frame): TOTAL if name is None else name,
        "ltv_cents": half_up(life.cents),
        "low": half_up(Fraction(life.interval.low)),
        "high": half_up(Fraction(life.interval.high)),
        "horizon_months": frame.assumptions.horizon_months,
        "discount": round(float(frame.assumptions.discount_per_year), 6),
        "n": curve.customers,
        "capped": life.capped,
        "extrapolated_share": round(life.extrapolated_share, 6),
        "weight": round(curve.weight, 6),
        "gross_margin": round(float(margin.share), 6),
        "margin_from": margin.source,
        "currency": frame.currency,
    }


LTV = Model(
    Card(
        name="ltv",
        title="Lifetime value",
        question="What gross margin does a new customer bring over its lifetime?",
        unit=Unit.MONEY,
        grain="one row per segment and a total",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("survival", "ltv_to_cac", "cac_payback"),
        columns=(
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by; the last row is the total."),
            Out("ltv_cents", Unit.MONEY, "Discounted gross margin over the horizon."),
            Out("low", Unit.MONEY, "Lower end of the 95 % interval."),
            Out("high", Unit.MONEY, "Upper end of the 95 % interval."),
            Out("horizon_months", Unit.MONTHS, "Months after which nothing counts (assumption)."),
            Out("discount", Unit.RATE, "Effective discount per year (assumption)."),
            Out("n", Unit.COUNT, "Customers seen in the months watched."),
            Out("capped", Unit.BOOLEAN, "Nobody leaves beyond the ages observed: only the horizon ends the sum."),
            Out("extrapolated_share", Unit.RATE, "Share of the value from ages beyond those observed."),
            Out("weight", Unit.RATE, "Share of the curve that is the segment's own; the rest is the company's."),
            Out("gross_margin", Unit.RATE, "Margin as a share of revenue."),
            Out("margin_from", Unit.TEXT, "cost_of_revenue where it is loaded, the company's, or the assumption."),
        ),
        definition=(
            "margin x sum over months t below the horizon of paid(t) x S(t) / (1 + d)^(t/12): S is Kaplan-Meier over "
            "the months watched (60, --months), paid(t) what those still there pay at age t, at today's exchange "
            "rates. Not ARPA / churn. An age counts as observed while ten customers were at risk; beyond it the chance "
            "to leave and the payment are those of the last twelve observed ages pooled, and extrapolated_share says "
            "how much of the value that is. Segments of fewer than 30 customers take n/30 of their own curve and the "
            "rest from the company's. The total weights segments by customers; it is not the value of an average "
            "customer. Gross margin = 1 - spend on cost_of_revenue / revenue (month-end MRR) over the months with "
            "cost, else the house rule gross_margin. Interval: delta method over chances to leave and payments "
            "(rule of three where nobody left), for a pooled segment as wide as that of as many of the company's "
            "customers, combined over segments; margin, horizon and discount count as known."
        ),
        source="Restricted mean lifetime by margin, discounted as Skok recommends; Greenwood; Hanley 1983; Zou 2008.",
        months=OBSERVED_MONTHS,
        has_months=False,
        assumes=("gross_margin", "horizon_months", "discount_per_year"),
        never_scoped=True,
    ),
    EXPRESSIONS,
    _finish,
)
