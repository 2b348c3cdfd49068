"""Expected churn: how many customers will leave in the next months, by segment and age, with a prediction interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import ibis.expr.types as ir
import numpy as np

from relevo.base.money import half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.revenue.by_segment import by_segment, dimension_of
from relevo.measures.revenue.leaving import (
    Array,
    Exposure,
    Factor,
    Hazards,
    Lives,
    chance,
    exposure,
    factors,
    hazards,
)
from relevo.measures.revenue.levels import levels_at
from relevo.measures.revenue.survival import lifetimes, with_begin
from relevo.measures.rounding import mrr
from relevo.measures.slices import SLICE, group, sliced

DRAWS = 2000
SEED = 20_260_601
LOW, HIGH = 2.5, 97.5
# First month of tenure of each band.
BANDS = ((0, "0-2"), (3, "3-5"), (6, "6-11"), (12, "12-23"), (24, "24-35"), (36, "36+"))


def band_of(age: int) -> str:
    """The age band of a customer: months since its first MRR."""
    return [name for first, name in BANDS if first <= max(age, 0)][-1]


def past(tables: Tables, frame: Frame) -> ir.Table:
    """Counted lives of every customer so far, per slice."""
    return lifetimes(tables, by_segment(frame))


def present(tables: Tables, frame: Frame) -> ir.Table:
    """Customers paying at the end of the last complete month and their MRR, per slice and age."""
    return aged(tables, by_segment(frame), frame.last_complete)


def aged(tables: Tables, frame: Frame, month: int) -> ir.Table:
    """Customers paying at a month's end and what they pay, per slice and age in months."""
    starts = tables.customer_start.select("customer_id", "first_month")
    held = levels_at(tables, [month]).inner_join(with_begin(starts, tables, frame), "customer_id")
    rows = sliced(held.mutate(key_month=held.month, age=held.month - held.begin), tables, frame)
    return rows.group_by(group(frame, "age")).aggregate(n=rows.count(), base_e16=rows.base_e16.sum().cast(EXACT))


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the past says about leaving: the company's hazards and a factor per group."""

    company: Hazards
    factors: Mapping[str, Factor]

    def chance(self, group: str, age: int, months: int) -> float:
        """The expected chance that a customer of a group and age leaves within the months."""
        return float(chance(self.company.mean, self._factor(group).mean, age, months))

    def lost(self, group: str, ages: Mapping[int, int], months: int) -> Array:
        """Draws of how many of a group's customers (counted by age) leave: parameters and chance both drawn."""
        rng = np.random.default_rng(SEED)
        monthly = self.company.draws(rng, DRAWS)
        factor = self._factor(group).draws(rng, DRAWS)
        total = np.zeros(DRAWS)
        for age, n in sorted(ages.items()):
            total += rng.binomial(n, chance(monthly, factor, age, months))
        return total

    def _factor(self, group: str) -> Factor:
        weight = next(iter(self.factors.values())).weight
        return self.factors.get(group, Factor(0.0, 0.0, weight))


def outlook(lives: Mapping[str, Lives]) -> Outlook | None:
    """The outlook from counted lives per group; None where nobody was ever at risk."""
    seen = {name: exposure(each) for name, each in lives.items()}
    at_risk = sum((each.at_risk for each in seen.values()), np.zeros(1))
    events = sum((each.events for each in seen.values()), np.zeros(1))
    company = hazards(Exposure(np.asarray(at_risk), np.asarray(events)))
    if company is None:
        return None
    return Outlook(company, dict(zip(seen, factors(list(seen.values()), company), strict=True)))


def _finish(found: Found, frame: Frame) -> list[Record]:
    known = outlook(lives_by_slice(found["past"]))
    if known is None:
        return []
    cells: dict[tuple[str, str], list[Record]] = {}
    for r in found["present"]:
        cells.setdefault((r[SLICE], band_of(r["age"])), []).append(r)
    order = [name for _, name in BANDS]
    keys = sorted(cells, key=lambda key: (key[0], order.index(key[1])))
    return [_row(known, key, cells[key], frame) for key in keys]


def lives_by_slice(found: Sequence[Record]) -> dict[str, Lives]:
    """Counted lives per slice from the rows of `past`."""
    lives: dict[str, dict[tuple[int, int, int], int]] = {}
    for r in found:
        lives.setdefault(r[SLICE], {})[r["entry"], r["duration"], r["event"]] = int(r["n"])
    return {name: lives[name] for name in sorted(lives)}


def _row(known: Outlook, key: tuple[str, str], members: Sequence[Record], frame: Frame) -> Record:
    name, band = key
    chances = {r["age"]: known.chance(name, r["age"], frame.window) for r in members}
    ages = {r["age"]: int(r["n"]) for r in members}
    draws = known.lost(name, ages, frame.window)
    low, high = np.percentile(draws, [LOW, HIGH], method="inverted_cdf")
    return {
        dimension_of(frame): name,
        "age_band": band,
        "customers": sum(ages.values()),
        "expected_lost": round(sum(n * chances[age] for age, n in ages.items()), 2),
        "low": int(low),
        "high": int(high),
        "mrr_at_risk_cents": half_up(
            sum((Fraction(chances[r["age"]]) * mrr(r["base_e16"]) for r in members), Fraction(0))
        ),
        "currency": frame.currency,
    }


EXPECTED_CHURN = Model(
    Card(
        name="expected_churn",
        title="Expected churn",
        question="How many of today's customers will leave in the next twelve months, and with how much revenue?",
        unit=Unit.COUNT,
        grain="one row per segment and age band of the customers paying now",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("logo_churn", "expected_churn_scored"),
        columns=(
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by."),
            Out("age_band", Unit.TEXT, "Months since the first MRR."),
            Out("customers", Unit.COUNT, "Customers paying at the end of the last complete month (n)."),
            Out("expected_lost", Unit.COUNT, "How many of them are expected to leave."),
            Out("low", Unit.COUNT, "Lower end of the 95 % prediction interval."),
            Out("high", Unit.COUNT, "Upper end of the 95 % prediction interval."),
            Out("mrr_at_risk_cents", Unit.MONEY, "Sum over them of MRR x chance to leave."),
        ),
        definition=(
            "The company's monthly chance to leave by month of tenure (losses / customers at risk, delayed entry "
            "respected; beyond 36 months the same month of other years is pooled; each month with half an event of "
            "the overall rate), times one factor per segment. The factor is pulled towards 1, the more the fewer "
            "losses the segment has had (gamma-Poisson, its weight fitted to how much segments differ). The interval "
            "draws parameters and then customers: it is one for a count to come, not for a mean. A contract's term "
            "end enters through tenure alone, and a future that is unlike the past does not enter. Frozen once a "
            "month when a book is published and scored later."
        ),
        source="Discrete hazards (losses / exposures); Clayton and Kaldor 1987 for the pooling.",
        months=12,
        has_months=False,
    ),
    {"past": past, "present": present},
    _finish,
)
