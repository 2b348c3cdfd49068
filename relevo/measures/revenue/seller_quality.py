"""The quality of what each seller sold: churn and kept revenue against what was to be expected, pulled to the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.money import half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.intervals import Z95
from relevo.measures.revenue.expected_churn import DRAWS, HIGH, LOW, SEED, Outlook, lives_by_slice, outlook
from relevo.measures.revenue.leaving import cell_of
from relevo.measures.revenue.sold_book import sold_customers, then
from relevo.measures.revenue.squares import whole_cents
from relevo.measures.revenue.survival import lifetimes
from relevo.measures.rounding import mrr, rate
from relevo.measures.slices import NONE, sliced

MONTHS_PER_YEAR = 12


def lives(tables: Tables, frame: Frame) -> ir.Table:
    """Counted lives of the customers of each seller."""
    return lifetimes(tables, replace(frame, by="seller"))


def kept(tables: Tables, frame: Frame) -> ir.Table:
    """Per seller and age of the customers: what they opened with, what they pay now, and sums of squares of both."""
    sold = then(sold_customers(tables, frame).mutate(at=ibis.literal(frame.last_complete, "int64")), tables)
    sold = sliced(sold.mutate(key_month=sold.first_month), tables, replace(frame, by=None))
    began, now = whole_cents(sold.opening_e16), whole_cents(sold.later_e16)
    rows = sold.mutate(age=sold["at"] - sold.first_month, oo=began * began, on=began * now, nn=now * now)
    return rows.group_by("person_id", "age").aggregate(
        customers=rows.count(),
        opening_e16=rows.opening_e16.sum().cast(EXACT),
        now_e16=rows.later_e16.sum().cast(EXACT),
        oo=rows.oo.sum().cast(EXACT), on=rows.on.sum().cast(EXACT), nn=rows.nn.sum().cast(EXACT),
    )  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """One seller's revenue: opened with, pays now, expected now at the team's rates by age; variance of now."""

    customers: int
    opening: Fraction
    now: Fraction
    expected: float
    variance: float

    @property
    def index(self) -> float:
        """What is there now over what was expected."""
        return float(self.now) / self.expected if self.expected else 1.0

    @property
    def error(self) -> float:
        """The variance of the index; infinite where nothing was to be expected."""
        return self.variance / self.expected**2 if self.expected else float("inf")


def kept_by_seller(found: Sequence[Record]) -> dict[str, Kept]:
    """Each seller's revenue against the team's at the same ages.

    The variance per customer is the team's (residuals over squared openings), because three deals cannot say theirs.
    """
    team = _retention(found)
    spread = sum(_residual(r, team[r["age"]]) for r in found)
    squares = sum(float(r["oo"]) for r in found)
    residual = spread / squares if squares else 0.0
    people = sorted({r["person_id"] for r in found})
    return {p: _kept([r for r in found if r["person_id"] == p], team, residual) for p in people}


def _kept(mine: Sequence[Record], team: Mapping[int, float], per_square: float) -> Kept:
    return Kept(
        sum(int(r["customers"]) for r in mine),
        sum((mrr(r["opening_e16"]) for r in mine), Fraction(0)),
        sum((mrr(r["now_e16"]) for r in mine), Fraction(0)),
        sum(float(mrr(r["opening_e16"])) * team[r["age"]] for r in mine),
        per_square * sum(float(r["oo"]) for r in mine),
    )


def _residual(r: Record, kept: float) -> float:
    """The sum of (now - kept x opening)^2 over the customers of a cell."""
    return float(r["nn"]) - 2 * kept * float(r["on"]) + kept**2 * float(r["oo"])


def _retention(found: Sequence[Record]) -> dict[int, float]:
    """The team's now / opening by age."""
    ages: dict[int, tuple[float, float]] = {}
    for r in found:
        opening, now = ages.get(r["age"], (0.0, 0.0))
        ages[r["age"]] = opening + float(r["opening_e16"]), now + float(r["now_e16"])
    return {age: now / opening if opening else 0.0 for age, (opening, now) in ages.items()}


@dataclass(frozen=True)
class Pulled:
    """An index pulled to the team's mean, with its 95 % interval."""

    value: float
    low: float
    high: float


def pulled(known: Mapping[str, Kept]) -> dict[str, Pulled]:
    """Indexes shrunk to their mean by how much sellers differ beyond chance (normal empirical Bayes).

    The spread between sellers is DerSimonian and Laird's moment estimate (1986); none of it means that all are at the
    mean. Source: Efron and Morris 1975.
    """
    rows = {p: k for p, k in known.items() if 0 < k.error < float("inf")}
    mean, spread = _between([k.index for k in rows.values()], [k.error for k in rows.values()])
    found = {}
    for person, k in known.items():
        share = spread / (spread + k.error) if person in rows and spread else 0.0
        value = mean + share * (k.index - mean)
        half = Z95 * sqrt(share * k.error if share else spread)
        found[person] = Pulled(value, max(value - half, 0.0), value + half)
    return found


def _between(values: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """The precision-weighted mean and the variance between; 1 and 0 where there is nothing to compare."""
    if len(values) < 2:
        return 1.0, 0.0
    w, y = 1 / np.array(errors), np.array(values)
    mean = float((w * y).sum() / w.sum())
    excess = float((w * (y - mean) ** 2).sum()) - (len(values) - 1)
    spread = max(0.0, excess / float(w.sum() - (w**2).sum() / w.sum()))
    w = 1 / (np.array(errors) + spread)
    return float((w * y).sum() / w.sum()), spread


def _finish(found: Found, frame: Frame) -> list[Record]:
    known, money = outlook(lives_by_slice(found["lives"])), kept_by_seller(found["kept"])
    if known is None:
        return []
    quality = pulled(money)
    rows = [_row(p, known, money[p], quality[p], frame) for p in money if p != NONE]
    return sorted(rows, key=lambda r: (-r["quality"], r["person_id"]))


def _row(person: str, known: Outlook, money: Kept, quality: Pulled, frame: Frame) -> Record:
    factor = known.factors[person]
    low, high = np.percentile(factor.draws(np.random.default_rng(SEED), DRAWS), [LOW, HIGH])
    share = Fraction(quality.value * money.expected) / money.opening if money.opening else Fraction(0)
    return {
        "person_id": person,
        "customers": money.customers,
        "booked_cents": half_up(money.opening),
        "now_cents": half_up(money.now),
        "kept_cents": half_up(share * money.opening),
        "kept_rate": rate(share, 1) if money.opening else None,
        "quality": round(quality.value, 6),
        "low": round(quality.low, 6),
        "high": round(quality.high, 6),
        "lost": int(factor.events),
        "expected_lost": round(factor.expected, 2),
        "churn_index": round(factor.mean, 6),
        "churn_low": round(float(low), 6),
        "churn_high": round(float(high), 6),
        "ltv_cents": half_up(money.opening / money.customers * _lifetime(known, factor.mean, frame.assumptions)),
        "currency": frame.currency,
    }


def _lifetime(known: Outlook, factor: float, assumed: Assumptions) -> Fraction:
    """Months of margin that a customer is worth: survival at the seller's churn, discounted, up to the horizon."""
    monthly = float(1 + assumed.discount_per_year) ** (1 / MONTHS_PER_YEAR)
    left, worth = 1.0, 0.0
    for t in range(assumed.horizon_months):
        left *= 1 - min(factor * float(known.company.mean[cell_of(t)]), 1.0) if t else 1.0
        worth += left / monthly**t
    return assumed.gross_margin * Fraction(worth)


SELLER_QUALITY = Model(
    Card(
        name="seller_quality",
        title="Quality of what was sold",
        question="Whose sales last, once chance and the age of the customers are taken into account?",
        unit=Unit.RATIO,
        grain="one row per seller",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("sold_book", "sold_book_marks"),
        columns=(
            Out("person_id", Unit.TEXT, "Who sold it: sold_by with the largest share on the first won new deal."),
            Out("customers", Unit.COUNT, "Customers sold that began to pay (n)."),
            Out("booked_cents", Unit.MONEY, "Revenue: what they paid per month on their first day."),
            Out("now_cents", Unit.MONEY, "What they pay now."),
            Out("kept_cents", Unit.MONEY, "Kept revenue: what is expected to be there, pulled to the team's mean."),
            Out("kept_rate", Unit.RATE, "kept / booked."),
            Out("quality", Unit.RATIO, "Revenue there now / expected at the team's rates by age, pulled to the mean."),
            Out("low", Unit.RATIO, "Lower end of the 95 % interval of quality."),
            Out("high", Unit.RATIO, "Upper end of the 95 % interval of quality."),
            Out("lost", Unit.COUNT, "Customers that have left for good."),
            Out("expected_lost", Unit.COUNT, "How many would have at the company's hazards by month of tenure."),
            Out("churn_index", Unit.RATIO, "lost / expected, pulled to 1; above 1 is more churn than expected."),
            Out("churn_low", Unit.RATIO, "Lower end of the 95 % interval of the churn index."),
            Out("churn_high", Unit.RATIO, "Upper end of the 95 % interval of the churn index."),
            Out("ltv_cents", Unit.MONEY, "Worth of a mean customer: booked x margin x months stayed at that churn."),
        ),
        definition=(
            "A seller is compared with what the company's customers of the same age did, never with a raw rate. Both "
            "indexes are pulled to the team's mean, the more the fewer customers stand behind them (revenue: normal "
            "empirical Bayes with the team's variance per customer; churn: gamma-Poisson). An association: who gets "
            "which leads is not taken out. Lifetime value: margin, discount and horizon of the house (80 %, 10 % a "
            "year, 60 months), without growth. Amounts at the exchange rates of the month of the start."
        ),
        source="Efron and Morris 1975; DerSimonian and Laird 1986; Clayton and Kaldor 1987.",
        can_slice=False,
        has_months=False,
        assumes=("gross_margin", "discount_per_year", "horizon_months"),
    ),
    {"lives": lives, "kept": kept},
    _finish,
)
