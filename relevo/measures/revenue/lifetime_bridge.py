"""What moved the lifetime value between two windows: mix, retention, expansion, price, margin, and the cost to win."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial

import ibis.expr.types as ir
import numpy as np

from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.card import Card, Composite, Direction, Expression, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.acquisition import Acquisition, Cost, acquisition, cost_over
from relevo.measures.revenue.by_segment import TOTAL, by_segment, dimension_of
from relevo.measures.revenue.lifetime_parts import Array, Window, lives, paid
from relevo.measures.revenue.lifetime_value import Lifetimes, lifetimes
from relevo.measures.revenue.payback import acquired, gathered, parts
from relevo.measures.rounding import balanced

FACTORS = ("mix", "retention", "expansion", "price", "margin")
# Signs in: opening + what the factors and the cost did = closing.
BRIDGE = {"opening_cents": 1, **{f"{name}_cents": 1 for name in (*FACTORS, "cost")}, "closing_cents": -1}


def shapley(factors: Sequence[str], value: Callable[[frozenset[str]], Fraction]) -> dict[str, Fraction]:
    """The contribution of each factor to value(all) - value(none), where `value` says what it is with some changed.

    Each is the mean of what changing it adds over all orders in which the factors could change (Shapley 1953), so no
    order is preferred and the contributions add up exactly.
    """
    known = {frozenset(c): value(frozenset(c)) for n in range(len(factors) + 1) for c in combinations(factors, n)}
    return {name: _mean_gain(name, factors, known) for name in factors}


def _mean_gain(name: str, factors: Sequence[str], known: Mapping[frozenset[str], Fraction]) -> Fraction:
    total, size = Fraction(0), len(factors)
    for changed, before in known.items():
        if name not in changed:
            orders = factorial(len(changed)) * factorial(size - len(changed) - 1)
            total += Fraction(orders, factorial(size)) * (known[changed | {name}] - before)
    return total


@dataclass(frozen=True, eq=False)
class State:
    """One slice in one window: share of customers, survival, payment by age relative to the first, price, margin."""

    mix: Fraction
    retention: Array
    expansion: Array
    price: float
    margin: Fraction


def worth(state: State, discount: Array) -> Fraction:
    """Share x margin x price x sum over ages of discount x survival x relative payment, in minor units."""
    lifetime = float((discount * state.retention * state.expansion).sum()) * state.price
    return state.mix * state.margin * Fraction(lifetime)


def contributions(pairs: Sequence[tuple[State, State]], discount: Array) -> dict[str, Fraction]:
    """What each factor did to the summed worth of slices, from (opening, closing) states."""

    def value(changed: frozenset[str]) -> Fraction:
        return sum((worth(_mixed(a, b, changed), discount) for a, b in pairs), Fraction(0))

    return shapley(FACTORS, value)


def _mixed(opening: State, closing: State, changed: frozenset[str]) -> State:
    return State(**{name: getattr(closing if name in changed else opening, name) for name in FACTORS})


def windows(frame: Frame) -> tuple[Window, Window]:
    """The window before the frame's, and the frame's."""
    last, length = frame.last_complete, frame.window
    return Window(last - 2 * length + 1, last - length), Window(last - length + 1, last)


def _before(expression: Callable[[Tables, Frame, Window], ir.Table]) -> Expression:
    return lambda tables, frame: expression(tables, by_segment(frame), windows(frame)[0])


def _now(expression: Callable[[Tables, Frame, Window], ir.Table]) -> Expression:
    return lambda tables, frame: expression(tables, by_segment(frame), windows(frame)[1])


_PARTS: Mapping[str, Expression] = {
    **parts(), "lives": _now(lives), "paid": _now(paid), "lives_before": _before(lives), "paid_before": _before(paid),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Bridge:
    """The lifetimes of two windows, and what winning customers cost in each."""

    opening: Lifetimes
    closing: Lifetimes
    won: Acquisition
    frame: Frame

    def names(self) -> list[str]:
        """The slices of either window, in order."""
        return sorted({*self.opening.names(), *self.closing.names()})

    def pair(self, name: str) -> tuple[State, State]:
        """A slice in both windows; one that is missing in a window has share 0 there and moves the mix alone."""
        known = [side for side in (self.opening, self.closing) if name in side.curves.slices]
        opening = _state(self.opening if self.opening in known else known[0], name)
        closing = _state(self.closing if self.closing in known else known[0], name)
        return _shared(opening, self.opening, name), _shared(closing, self.closing, name)

    def cost(self, name: str | None) -> tuple[Cost, Cost]:
        """CAC in both windows."""
        months = acquired(self.frame)
        before = range(months[0] - len(months), months[0])
        names = sorted({*self.names(), *self.won.names([*before, *months])})
        return cost_over(self.won, name, names, before), cost_over(self.won, name, names, months)


def _state(side: Lifetimes, name: str) -> State:
    curve = side.curves.slices[name]
    price = float(curve.paid[0])
    relative = curve.paid / price if price else np.zeros(len(curve.paid))
    return State(Fraction(0), curve.survival, np.asarray(relative), price, side.margin(name).share)


def _shared(state: State, side: Lifetimes, name: str) -> State:
    customers = {n: c.customers for n, c in side.curves.slices.items()}
    mix = Fraction(customers.get(name, 0), sum(customers.values()))
    return State(mix, state.retention, state.expansion, state.price, state.margin)


def _alone(pair: tuple[State, State]) -> tuple[State, State]:
    """A slice by itself: no mix."""
    opening, closing = (State(Fraction(1), s.retention, s.expansion, s.price, s.margin) for s in pair)
    return opening, closing


def _compute(book: Book, frame: Frame) -> list[Record]:
    before, now = windows(frame)
    found = gathered(book, frame, _PARTS)
    opening, closing = lifetimes(found, frame, before, "_before"), lifetimes(found, frame, now)
    if opening is None or closing is None:
        return []
    bridge = Bridge(opening, closing, acquisition(found, frame), frame)
    pairs = {name: bridge.pair(name) for name in bridge.names()}
    rows = [_row(bridge, name, [_alone(pairs[name])]) for name in pairs if _in_both(pairs[name])]
    return [*rows, _row(bridge, None, list(pairs.values()))]


def _in_both(pair: Iterable[State]) -> bool:
    return all(state.mix > 0 for state in pair)


def _row(bridge: Bridge, name: str | None, pairs: Sequence[tuple[State, State]]) -> Record:
    discount, frame = bridge.closing.factors, bridge.frame
    cells = _exact(pairs, discount, bridge.cost(name))
    (shown,) = balanced([{c: cells.get(c, Fraction(0)) for c in BRIDGE}], BRIDGE)
    return {
        dimension_of(frame): TOTAL if name is None else name,
        **{c: shown[c] if c in cells else None for c in BRIDGE},
        "net_of_cac": "cost_cents" in cells,
        "months": frame.window,
        "n": bridge.closing.curves.of(name).customers,
        "currency": frame.currency,
    }


def _exact(
    pairs: Sequence[tuple[State, State]], discount: Array, costs: tuple[Cost, Cost]
) -> dict[str, Fraction]:  # fmt: skip
    """Exact cells of one bridge; without a cost in both windows it is that of the value alone."""
    did = contributions(pairs, discount)
    opening, closing = (sum((worth(p[i], discount) for p in pairs), Fraction(0)) for i in (0, 1))
    cells = {"opening_cents": opening, **{f"{n}_cents": v for n, v in did.items()}, "closing_cents": closing}
    before, now = (c.cents for c in costs)
    if before is None or now is None:
        return cells
    net = {**cells, "opening_cents": opening - before, "closing_cents": closing - now}
    return {**net, "cost_cents": before - now}


LTV_BRIDGE = Composite(
    Card(
        name="ltv_bridge",
        title="What moved the lifetime value",
        question="Did retention, expansion, price, margin or the cost to win change what a new customer is worth?",
        unit=Unit.MONEY,
        grain="one row per segment seen in both windows, and a total",
        direction=Direction.NONE,
        kind=Kind.OUTCOME,
        read_with=("ltv", "gross_revenue_retention", "cac"),
        columns=(
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by; the last row is the total."),
            Out("opening_cents", Unit.MONEY, "LTV less CAC in the window before."),
            Out("mix_cents", Unit.MONEY, "Other shares of segments among the customers; in the total alone."),
            Out("retention_cents", Unit.MONEY, "Customers stay longer or shorter at each age."),
            Out("expansion_cents", Unit.MONEY, "What they pay at each age against their first payment."),
            Out("price_cents", Unit.MONEY, "What they pay at age 0."),
            Out("margin_cents", Unit.MONEY, "Gross margin."),
            Out("cost_cents", Unit.MONEY, "Less or more spent on winning them; null where CAC is not known in both."),
            Out("closing_cents", Unit.MONEY, "LTV less CAC in the window."),
            Out("net_of_cac", Unit.BOOLEAN, "Whether opening and closing are less CAC, or LTV alone."),
            Out("months", Unit.MONTHS, "Length of each window."),
            Out("n", Unit.COUNT, "Customers seen in the later window."),
        ),
        definition=(
            "opening + mix + retention + expansion + price + margin + cost = closing, to the cent. Each window's LTV "
            "is that of ltv --months watched in it alone (chances to leave of those at risk then, ages 0 up), both at "
            "today's exchange rates. A factor's part is the mean of what changing it adds over all orders of change "
            "(Shapley), so the order does not matter. Cost adds by itself. One gross margin is measured per window "
            "where cost of revenue is loaded for it."
        ),
        source="Shapley 1953 for the attribution; the factors are those of ltv and cac.",
        months=12,
        has_months=False,
        assumes=("gross_margin", "horizon_months", "discount_per_year", "lag_months", "commission_months",
                 "commission_deferral_months", "commission_by_cohort"),
        never_scoped=True,
    ),
    _compute,
)  # fmt: skip
