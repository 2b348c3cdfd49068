"""The picture of CAC payback: cumulative margin by month, with and without those who leave."""

from fractions import Fraction

from relevo.base.money import half_up
from relevo.book.book import Book
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.payback import ASSUMES, Payback, economics, prolonged

LAST_MONTH = 36


def _compute(book: Book, frame: Frame) -> list[Record]:
    known = economics(book, frame, cut=frame.by is not None)
    if known is None:
        return []
    names: list[str | None] = [*known.names()] if frame.by else [None]
    return [row for name in names for row in _curve(known.of(name), name, frame)]


def _curve(each: Payback, name: str | None, frame: Frame) -> list[Record]:
    rows, lived = [], Fraction(0)
    survival = prolonged(each.curve, LAST_MONTH)
    for months in range(LAST_MONTH + 1):
        lived += Fraction(survival[months - 1]) if months else 0
        rows.append(_row(each, name, months, lived, frame))
    return rows


def _row(each: Payback, name: str | None, months: int, lived: Fraction, frame: Frame) -> Record:
    monthly, cost = each.monthly, each.cost.cents
    return {
        "tenure_month": months,
        **({frame.by: name} if frame.by else {}),
        "simple_cents": None if monthly is None else half_up(monthly * months),
        "survival_cents": None if monthly is None else half_up(monthly * lived),
        "cac_cents": None if cost is None else half_up(cost),
        "line_months": frame.assumptions.payback_line_months,
        "n": each.curve.customers,
        "currency": frame.currency,
    }


PAYBACK_CURVE = Composite(
    Card(
        name="payback_curve",
        title="Payback curve",
        question="How does the margin of a new customer grow towards what it cost?",
        unit=Unit.MONEY,
        grain="one row per month since the first MRR, 0 to 36",
        direction=Direction.UP,
        kind=Kind.CONTEXT,
        read_with=("cac_payback", "survival"),
        columns=(
            Out("tenure_month", Unit.MONTHS, "Months paid."),
            Out("simple_cents", Unit.MONEY, "Cumulative gross margin as if nobody left."),
            Out("survival_cents", Unit.MONEY, "The same per customer won: those who left bring nothing more."),
            Out("cac_cents", Unit.MONEY, "The cost to cover; null where spend is not loaded."),
            Out("line_months", Unit.MONTHS, "Where the line of habit is drawn (house rule)."),
            Out("n", Unit.COUNT, "Customers whose lives make the survival curve."),
        ),
        definition=(
            "Cumulative margin by month for the customers won in the window; where a curve crosses the cost is the "
            "payback of cac_payback, simple or survival-adjusted."
        ),
        source="The curve behind CAC payback.",
        months=12,
        has_months=False,
        assumes=ASSUMES,
        never_scoped=True,
    ),
    _compute,
)
