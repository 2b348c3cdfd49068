"""Forecast of recurring revenue: what today's customers will still pay, and what customers still to come will pay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import ibis.expr.types as ir
import numpy as np

from relevo.base.money import half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.revenue.expected_churn import DRAWS, HIGH, LOW, SEED, aged
from relevo.measures.revenue.leaving import CELLS, Array, cell_of
from relevo.measures.revenue.opening_cohorts import window_sums
from relevo.measures.revenue.overlaps import moves_by_kind
from relevo.measures.revenue.survival import with_begin
from relevo.measures.rounding import mrr, rounded_parts

LEARNED_MONTHS = 24
RECENT_MONTHS = 12
# A month of tenure weighs its own ratio against the company's as if fifty customers had been seen at the company's.
PRIOR_CUSTOMERS = 50
FEWEST_MONTHS = 6
# A month in which everybody left; not 0, because later months are read off it.
_LITTLE = 1e-6


def base(tables: Tables, frame: Frame) -> ir.Table:
    """Customers paying at the end of the last complete month and their MRR, by age."""
    return aged(tables, replace(frame, by=None), frame.last_complete)


def steps(tables: Tables, frame: Frame) -> ir.Table:
    """Per past month and age: what customers paid when it opened and what the same ones paid when it closed."""
    ends = tuple(range(frame.last_complete - LEARNED_MONTHS + 1, frame.last_complete + 1))
    starts = tables.customer_start.select("customer_id", "first_month")
    known = with_begin(starts, tables, frame).select("customer_id", "begin")
    sums = window_sums(tables, replace(frame, ends=ends, window=1, by=None), known)
    rows = sums.mutate(age=sums.month - sums.begin)
    return rows.group_by("month", "age").aggregate(
        n=rows.customers.sum().cast("int64"), opening_e16=rows.opening_e16.sum().cast(EXACT),
        closing_e16=rows.closing_e16.sum().cast(EXACT),
    )  # fmt: skip


def won(tables: Tables, frame: Frame) -> ir.Table:
    """MRR and customers that came or came back per past month."""
    moves = tables.movement.filter(
        lambda t: (
            t.kind.isin(["new", "reactivation"])
            & (t.month > frame.last_complete - LEARNED_MONTHS)
            & (t.month <= frame.last_complete)
        )
    )
    found = moves_by_kind(moves, tables, replace(frame, by=None), 0)
    return found.select("month", "base_e16", kind="part", n="customers")


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the past months say: net retention by cell of tenure, how single months differed, what came per month."""

    ratio: Array
    surprises: Array
    arrivals: Array
    first_mrr: float | None

    def stays(self, age: int, months: int) -> float:
        """The expected share of a customer's MRR that is there after some months, growth included."""
        return float(np.prod([self.ratio[cell_of(age + j)] for j in range(1, months + 1)]))

    def existing(self, ages: Sequence[tuple[int, float]], months: int) -> Array:
        """What those who pay now will pay after 1, 2, ... months."""
        return np.array([sum(amount * self.stays(age, h) for age, amount in ages) for h in range(1, months + 1)])

    def new(self, months: int) -> Array:
        """Per month of arrival (rows) and month ahead (columns) what those who come will pay, per unit of arrivals."""
        kept = [self.stays(0, h) for h in range(months)]
        return np.array([[kept[h - j] if h >= j else 0.0 for h in range(months)] for j in range(months)])


def learn(found: Found, last: int) -> Outlook | None:
    """The outlook from the past months; None where nobody paid in them."""
    seen, paid, kept = np.zeros(CELLS), np.zeros(CELLS), np.zeros(CELLS)
    for r in found["steps"]:
        cell = cell_of(max(r["age"], 1))
        seen[cell] += r["n"]
        paid[cell] += float(r["opening_e16"])
        kept[cell] += float(r["closing_e16"])
    if not paid.sum():
        return None
    overall = kept.sum() / paid.sum()
    own = np.divide(kept, paid, out=np.full(CELLS, overall), where=paid > 0)
    ratio = (seen * own + PRIOR_CUSTOMERS * overall) / (seen + PRIOR_CUSTOMERS)
    months = sorted({r["month"] for r in found["steps"]})
    came = {m: sum(float(mrr(r["base_e16"])) for r in found["won"] if r["month"] == m) for m in months}
    arrivals = np.array([came[m] for m in months])
    return Outlook(ratio, _surprises(found["steps"], months, ratio), arrivals, _first_mrr(found["won"], last))


def _surprises(found: Sequence[Record], months: Sequence[int], ratio: Array) -> Array:
    """Per past month: what the customers paid at its end over what their ages let expect."""
    closing, expected = dict.fromkeys(months, 0.0), dict.fromkeys(months, 0.0)
    for r in found:
        closing[r["month"]] += float(r["closing_e16"])
        expected[r["month"]] += float(r["opening_e16"]) * float(ratio[cell_of(max(r["age"], 1))])
    return np.array([closing[m] / expected[m] if expected[m] else 1.0 for m in months])


def _first_mrr(found: Sequence[Record], last: int) -> float | None:
    """Mean first MRR of the new customers of the last year."""
    recent = [r for r in found if r["kind"] == "new" and r["month"] > last - RECENT_MONTHS]
    n = sum(int(r["n"]) for r in recent)
    return sum(float(mrr(r["base_e16"])) for r in recent) / n if n else None


def _interval(known: Outlook, existing: Array, new: Array, months: int) -> tuple[Array, Array] | None:
    """Percentiles of paths of months drawn from the past; surprises of retention act on the new ones too."""
    if known.surprises.size < FEWEST_MONTHS:
        return None
    rng = np.random.default_rng(SEED)
    drift = np.cumprod(np.maximum(_paths(rng, known.surprises, months), _LITTLE), axis=1)
    came = _paths(rng, known.arrivals[-RECENT_MONTHS:], months)
    total = drift * (existing + (came / drift) @ new)
    low, high = np.percentile(total, [LOW, HIGH], axis=0)
    return low, high


def _paths(rng: np.random.Generator, past: Array, months: int) -> Array:
    """Paths of months: each draws its own past first, so that the mean is uncertain too, and then months from it.

    Draws from so few values vary too little; they are spread by n / (n - 1).
    """
    n = past.size
    values = np.maximum(past.mean() + (past - past.mean()) * np.sqrt(n / (n - 1)), past.min() / 2)
    world = rng.integers(0, n, (DRAWS, n))
    return np.asarray(values[np.take_along_axis(world, rng.integers(0, n, (DRAWS, months)), axis=1)])


def _finish(found: Found, frame: Frame) -> list[Record]:
    # Floats are added in the order of the rows, and engines give them in any.
    found = {part: sorted(rows, key=repr) for part, rows in found.items()}
    known = learn(found, frame.last_complete)
    ages = [(r["age"], float(mrr(r["base_e16"]))) for r in found["base"]]
    now = sum((mrr(r["base_e16"]) for r in found["base"]), Fraction(0))
    if known is None or not now:
        return []
    months, customers = frame.window, sum(int(r["n"]) for r in found["base"])
    existing, arriving = known.existing(ages, months), known.new(months)
    new = known.arrivals[-RECENT_MONTHS:].mean() * arriving.sum(axis=0)
    band = _interval(known, existing, arriving, months)
    rows = []
    for h in range(months):
        kept, came = rounded_parts([Fraction(float(existing[h])), Fraction(float(new[h]))])
        point = now * (h + 1) / (100 * RECENT_MONTHS)
        rows.append(
            {
                "month": frame.last_complete + h + 1, "existing_cents": kept, "new_cents": came,
                "total_cents": kept + came,
                "low_cents": half_up(Fraction(float(band[0][h]))) if band else None,
                "high_cents": half_up(Fraction(float(band[1][h]))) if band else None,
                "churn_point_cents": half_up(point), "churn_point_customers": _as_new(point, known.first_mrr),
                "customers": customers, "currency": frame.currency,
            }
        )  # fmt: skip
    return rows


def _as_new(amount: Fraction, first_mrr: float | None) -> float | None:
    """How many new customers bring the same MRR; none where nobody came in the last year."""
    return round(float(amount) / first_mrr, 2) if first_mrr else None


FORECAST = Model(
    Card(
        name="forecast",
        title="Revenue forecast",
        question="What will recurring revenue be, and how much of it will come from customers we already have?",
        unit=Unit.MONEY,
        grain="one row per coming month",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "committed_mrr", "expected_churn"),
        columns=(
            Out("month", Unit.MONTH, "The month at whose end it is expected."),
            Out("existing_cents", Unit.MONEY, "MRR of the customers that pay now."),
            Out("new_cents", Unit.MONEY, "MRR of those that do not pay now: new ones and those that come back."),
            Out("total_cents", Unit.MONEY, "existing + new."),
            Out("low_cents", Unit.MONEY, "Lower end of the 95 % prediction interval of the total."),
            Out("high_cents", Unit.MONEY, "Upper end of the 95 % prediction interval of the total."),
            Out("churn_point_cents", Unit.MONEY, "MRR kept by then if one point less of it left per year."),
            Out("churn_point_customers", Unit.RATIO, "The new customers that bring as much, at their mean first MRR."),
            Out("customers", Unit.COUNT, "Customers that pay now (n)."),
        ),
        definition=(
            "Existing: today's MRR by age times the net retention of each month of age over the last 24 months "
            "(growth, losses and returns within a month included; constant currency), each month of age pulled "
            "towards the company's with the weight of fifty customers. New: the mean of MRR won and won back per "
            "month over the last 12, ageing in the same way. No growth of sales and no season is assumed. The "
            "interval draws paths from the past months (a bootstrap of months, so that their mean is uncertain too); "
            "none with less than six months of history. At the rates of the last complete month."
        ),
        source="Chain ladder by age for the existing; income comes from existing or new customers (S0-41).",
        months=12,
        can_slice=False,
        has_months=False,
    ),
    {"base": base, "steps": steps, "won": won},
    _finish,
)
