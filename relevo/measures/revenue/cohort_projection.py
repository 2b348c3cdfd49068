"""Where the cohorts are heading: each carried on by the pooled steps of the others, and beyond them by a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from relevo.base.errors import DataRefused
from relevo.base.periods import month_text
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.chain_ladder import ChainLadder, ProjectedCell, chain_ladder
from relevo.measures.estimators.lives import cell
from relevo.measures.estimators.shifted_beta_geometric import ShiftedBetaGeometric, fit
from relevo.measures.estimators.survival import SurvivalCurve
from relevo.measures.intervals import Z95
from relevo.measures.revenue.cohorts import triangle_parts
from relevo.measures.revenue.survival import FEWEST_AT_RISK, curve_by_month, lifetimes
from relevo.measures.revenue.triangle import Triangle, triangles
from relevo.measures.slices import SLICE

AGES = 36
TOTAL = "total"
# A model that misses the observed curve by more than so much at any age is not shown.
WORST_MISS = 0.05


@dataclass(frozen=True)
class Leaving:
    """A model that follows the observed curve: the k-th chance to leave is the k-th month after the first.

    `stayed` is the share that did not leave within the first month itself, which hardly anybody can.
    """

    model: ShiftedBetaGeometric
    stayed: float


def leaving_of(curve: SurvivalCurve) -> Leaving | None:
    """The shifted-beta-geometric model of a curve by month of tenure; None where it cannot be fitted or does not fit.

    Contracts that end yearly leave in bursts that no such model follows: then it misses the curve, and
    `renewal_hazards` has to be read instead.
    """
    few = np.flatnonzero(curve.at_risk < FEWEST_AT_RISK)
    seen = int(few[0]) if few.size else curve.times.size
    try:
        model = fit(curve.at_risk[1:seen].tolist(), curve.events[1:seen].tolist())
    except DataRefused:
        return None
    stayed = float(curve.survival[0])
    missed = np.abs(stayed * model.survival(seen - 1) - curve.survival[:seen]).max()
    return Leaving(model, stayed) if missed <= WORST_MISS else None


@dataclass(frozen=True)
class Projection:
    """Everything one slice's rows are read from; `reach` is the last age that enough customers lead to."""

    triangle: Triangle
    customers: ChainLadder
    money: ChainLadder
    leaving: Leaving | None

    @property
    def reach(self) -> int:
        """The last age that an unbroken chain of steps over at least ten customers leads to."""
        enough = [step.amount >= FEWEST_AT_RISK for step in self.customers.steps]
        return enough.index(False) if False in enough else len(enough)


def projection_of(triangle: Triangle, curve: SurvivalCurve) -> Projection:
    """The chain ladders of customers and of money, and the model of the curve."""
    return Projection(
        triangle, chain_ladder(triangle.customers, counts=True), chain_ladder(triangle.base_e16), leaving_of(curve)
    )


def _finish(found: Found, frame: Frame) -> list[Record]:
    rows: list[Record] = []
    for name, triangle in triangles(found["triangle"], frame).items():
        lives = [r for r in found["lives"] if r.get(SLICE) == name]
        columns = ([int(r[c]) for r in lives] for c in ("duration", "event", "n", "entry"))
        projection = projection_of(triangle, curve_by_month(*columns))
        cut = {frame.by: name} if frame.by else {}
        for place, cohort in enumerate(triangle.cohorts):
            label = {"cohort": month_text(cohort), **cut}
            rows += [{**label, **row} for row in _cohort_rows(projection, place)]
        rows += [{"cohort": TOTAL, **cut, **row} for row in _total_rows(projection)]
    return rows


def _cohort_rows(projection: Projection, place: int) -> list[Record]:
    customers, money = projection.customers.cohorts[place], projection.money.cohorts[place]
    began, first = customers[0].amount or 0.0, money[0].amount or 0.0
    modelled = _modelled(projection.leaving, customers, began)
    rows = []
    for age in range(AGES + 1):
        seen = age < len(customers) and customers[age].seen
        known = seen or age <= min(projection.reach, len(customers) - 1)
        low, high = _interval(customers[age]) if known else (None, None)
        rows.append(
            {
                "age": age,
                "seen": seen,
                "n_started": int(began),
                "customer_rate": _over(customers[age].amount, began) if known else None,
                "low": _over(low, began),
                "high": _over(high, began),
                "mrr_rate": _over(money[age].amount, first) if known else None,
                **modelled[age],
            }
        )
    return rows


def _over(part: float | None, whole: float) -> float | None:
    return None if part is None or not whole else cell(part / whole)


def _interval(projected: ProjectedCell) -> tuple[float | None, float | None]:
    """The 95 % interval of a projected amount; none for what was seen or has no known error."""
    if not projected.amount or projected.standard_error is None:
        return None, None
    return _lognormal(projected.amount, projected.standard_error)


def _lognormal(amount: float, error: float) -> tuple[float, float]:
    """The interval of a positive amount (Mack 1994): never below 0."""
    spread = log(1 + (error / amount) ** 2)
    return amount * exp(-spread / 2 - Z95 * sqrt(spread)), amount * exp(-spread / 2 + Z95 * sqrt(spread))


def _modelled(
    leaving: Leaving | None, customers: Sequence[ProjectedCell], began: float
) -> list[dict[str, float | None]]:
    """By age: what the model expects of those left at the last seen age; nothing for ages that were seen."""
    last = [c for c in customers if c.seen][-1]
    none: list[dict[str, float | None]] = [_model_cells(None, None, None)] * (AGES + 1)
    if leaving is None or not last.amount or last.age >= AGES:
        return none
    left = last.amount / began * (1.0 if last.age else leaving.stayed)
    return [*none[: last.age + 1], *_ahead(leaving.model, last.age, left, last.amount)[1:]]


def _ahead(
    model: ShiftedBetaGeometric, age: int, left: float, customers: float | None
) -> list[dict[str, float | None]]:
    """From an age on, at which a share is left: the model's share at it and every later age."""
    shares = left * model.kept(age, AGES - age)
    low, high = (left * bound for bound in model.kept_bounds(age, AGES - age, customers))
    return [_model_cells(s, a, b) for s, a, b in zip(shares, low, high, strict=True)]


def _model_cells(share: float | None, low: float | None, high: float | None) -> dict[str, float | None]:
    names = ("model_rate", "model_low", "model_high")
    return {n: None if v is None else cell(v) for n, v in zip(names, (share, low, high), strict=True)}


def _total_rows(projection: Projection) -> list[Record]:
    """A customer of any cohort: the product of the pooled steps, and the model from the beginning."""
    many, much = projection.customers, projection.money
    began = int(sum(c[0].amount or 0.0 for c in many.cohorts))
    none = [_model_cells(None, None, None)] * (AGES + 1)
    modelled = (
        none if projection.leaving is None else _ahead(projection.leaving.model, 0, projection.leaving.stayed, None)
    )
    rows = []
    for age in range(AGES + 1):
        known = age <= projection.reach
        share, error = (many.shares[age], many.share_errors[age]) if known else (None, None)
        low, high = _lognormal(share, error) if share and error else (None, None)
        rates = {"customer_rate": _over(share, 1.0), "low": _over(low, 1.0), "high": _over(high, 1.0)}
        rates["mrr_rate"] = _over(much.shares[age], 1.0) if known else None
        rows.append({"age": age, "seen": False, "n_started": began, **rates, **modelled[age]})
    return rows


COHORT_PROJECTION = Model(
    Card(
        name="cohort_projection",
        title="Where cohorts are heading",
        question="How much of each cohort will be there in two or three years if it goes on like the others?",
        unit=Unit.RATE,
        grain="one row per cohort and age in months, 0 to 36, and a total",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("cohort_retention", "cohort_total", "survival"),
        columns=(
            Out("cohort", Unit.TEXT, "Month of the first MRR, YYYY-MM; 'total' is a customer of any cohort."),
            Out("age", Unit.MONTHS, "Months since then."),
            Out("seen", Unit.BOOLEAN, "Whether the figures of that age are observed; else they are projected."),
            Out("n_started", Unit.COUNT, "Customers that started."),
            Out("customer_rate", Unit.RATE, "Share of them there; projected by the chain ladder, null beyond it."),
            Out("low", Unit.RATE, "Lower end of a projection's 95 % interval (Mack)."),
            Out("high", Unit.RATE, "Upper end."),
            Out("mrr_rate", Unit.RATE, "MRR against that of the first month; projected likewise."),
            Out("model_rate", Unit.RATE, "Share expected by the model of unlike customers; also beyond the oldest."),
            Out("model_low", Unit.RATE, "Lower end of its 95 % interval, if the model is right."),
            Out("model_high", Unit.RATE, "Upper end."),
        ),
        definition=(
            "Two projections. Chain ladder: from age to age the pooled ratio of all cohorts that show both ages, as "
            "far as steps over ten customers or more lead; null after that; its interval is Mack's with at least the "
            "spread of customers that each stay or leave. Model: shifted-beta-geometric over months "
            "of tenure (everyone keeps a chance of leaving, and the chances differ), which also answers beyond the "
            "oldest cohort; it is shown only where it stays within 5 points of the observed curve, which it does not "
            "where contracts end yearly: read renewal_hazards there. Both assume that later cohorts behave like "
            "earlier ones at the same age."
        ),
        source="Mack 1993 and 1994; Fader and Hardie 2007.",
    ),
    {"triangle": triangle_parts, "lives": lifetimes},
    _finish,
)
