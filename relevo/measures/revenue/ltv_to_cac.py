"""LTV to CAC: what a new customer brings for each unit spent on winning it."""

from fractions import Fraction

from relevo.base.money import half_up
from relevo.book.book import Book
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.by_segment import TOTAL, dimension_of
from relevo.measures.revenue.lifetime_forms import endless_value, ratio
from relevo.measures.revenue.lifetime_parts import Experience, together
from relevo.measures.revenue.lifetime_value import Lifetime
from relevo.measures.revenue.payback import Economics, economics
from relevo.measures.rounding import rate


def _compute(book: Book, frame: Frame) -> list[Record]:
    known = economics(book, frame)
    if known is None:
        return []
    each = known.lifetimes.each()
    rows = [_row(known, name, life, frame) for name, life in each.items()]
    return [*rows, _row(known, None, known.lifetimes.whole(each), frame)]


def _row(known: Economics, name: str | None, life: Lifetime, frame: Frame) -> Record:
    each = known.of(name)
    cost = each.cost.cents
    simple = endless_value(_mean_paid(known, name) * each.margin.share, _churn(known, name))
    return {
        dimension_of(frame): TOTAL if name is None else name,
        "ltv_cents": half_up(life.cents),
        "cac_cents": None if cost is None else half_up(cost),
        "ratio": _shown(ratio(life.cents, cost)),
        "low": _shown(ratio(Fraction(life.interval.low), cost)),
        "high": _shown(ratio(Fraction(life.interval.high), cost)),
        "simple_ratio": _shown(ratio(simple, cost)),
        "line": rate(frame.assumptions.target_ratio, 1),
        "n": known.lifetimes.curves.of(name).customers,
        "cac_from": "own" if each.cost.is_own else "company",
        "capped": life.capped,
        "currency": frame.currency,
    }


def _shown(value: Fraction | None) -> float | None:
    return None if value is None else rate(value, 1)


def _seen(known: Economics, name: str | None) -> Experience:
    curves = known.lifetimes.curves
    return together(curves.seen.values(), len(known.lifetimes.factors)) if name is None else curves.seen[name]


def _churn(known: Economics, name: str | None) -> Fraction | None:
    """Monthly churn of all ages together: customers that left / customer-months at risk after the first."""
    seen = _seen(known, name)
    months = round(float(seen.at_risk[1:].sum()))
    return Fraction(round(float(seen.left.sum())), months) if months else None


def _mean_paid(known: Economics, name: str | None) -> Fraction:
    """Mean MRR over all customer-months seen."""
    seen = _seen(known, name)
    months = float(seen.alive.sum())
    return Fraction(float(seen.paid.sum()) / months) if months else Fraction(0)


LTV_TO_CAC = Composite(
    Card(
        name="ltv_to_cac",
        title="LTV to CAC",
        question="How much gross margin does a new customer bring for each unit spent on winning it?",
        unit=Unit.RATIO,
        grain="one row per segment and a total",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("ltv", "cac", "cac_payback"),
        columns=(
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by; the last row is the total."),
            Out("ltv_cents", Unit.MONEY, "Discounted margin over the horizon; see ltv."),
            Out("cac_cents", Unit.MONEY, "Acquisition cost of a new customer over the window; see cac."),
            Out("ratio", Unit.RATIO, "ltv / cac; null without a cost."),
            Out("low", Unit.RATIO, "Lower end of the 95 % interval."),
            Out("high", Unit.RATIO, "Upper end of the 95 % interval."),
            Out("simple_ratio", Unit.RATIO, "(mean MRR x margin / monthly churn) / cac; null where nobody left."),
            Out("line", Unit.RATIO, "The line of habit, 3 unless a house rule says otherwise."),
            Out("n", Unit.COUNT, "Customers whose lives make the value."),
            Out("cac_from", Unit.TEXT, "own, or company where spend does not name this slice."),
            Out("capped", Unit.BOOLEAN, "Nobody leaves beyond the ages observed: only the horizon ends the sum."),
        ),
        definition=(
            "Margin LTV (60 months, discounted) / CAC of the customers won in the window (12 months), its spend one "
            "sales cycle earlier. The simple ratio beside it has no horizon, no discount and one churn for all ages: "
            "the same customer can have anything from 2 to 8, by definition alone. The interval is that of the LTV; "
            "spend and customers won are counted, not estimated. The line at 3 is folklore, hence a house rule."
        ),
        source="Lagged CAC, margin LTV; the rule of three to one is folklore without a source.",
        months=12,
        has_months=False,
        assumes=("gross_margin", "horizon_months", "discount_per_year", "lag_months", "target_ratio",
                 "commission_months", "commission_deferral_months", "commission_by_cohort"),
        never_scoped=True,
    ),
    _compute,
)  # fmt: skip
