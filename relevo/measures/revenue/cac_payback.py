"""CAC payback by segment: simple and survival-adjusted months, and the customers lost before payback."""

from fractions import Fraction

from relevo.base.money import half_up
from relevo.book.book import Book
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.by_segment import TOTAL, dimension_of
from relevo.measures.revenue.payback import ASSUMES, Payback, economics
from relevo.measures.revenue.payback_lost import Lost, lost_before_payback, lost_rows
from relevo.measures.rounding import rate


def lost_before_payback_rows(book: Book, frame: Frame) -> list[Record]:
    """The customers that left in the window before they had paid back, and the lost amount of each (S0-55).

    Their lost_cents add up to the measure's, slice by slice. Columns: customer_id, the dimension, began, ended,
    tenure_month, cac_cents, margin_cents (what came back), lost_cents.
    """
    known = economics(book, frame)
    return [] if known is None else lost_rows(book, frame, known)


def _compute(book: Book, frame: Frame) -> list[Record]:
    known = economics(book, frame)
    if known is None:
        return []
    lost = lost_before_payback(book, frame, known)
    rows = [_row(name, known.of(name), lost.get(name), frame) for name in known.names()]
    whole = Lost(sum(e.customers for e in lost.values()), sum((e.cents for e in lost.values()), Fraction(0)))
    total = _row(TOTAL, known.of(None), whole if lost else None, frame)
    total["lost_cents"] = sum(r["lost_cents"] or 0 for r in rows) if lost else None
    return [*rows, total]


def _row(name: str, each: Payback, lost: Lost | None, frame: Frame) -> Record:
    cost, monthly, simple = each.cost.cents, each.monthly, each.simple_months
    return {
        dimension_of(frame): name,
        "cac_cents": None if cost is None else half_up(cost),
        "margin_cents": None if monthly is None else half_up(monthly),
        "simple_months": None if simple is None else rate(simple, 1),
        "survival_months": each.survival_months,
        "lost_before_payback": None if lost is None else lost.customers,
        "lost_cents": None if lost is None else half_up(lost.cents),
        "n": each.curve.customers,
        "new_customers": each.customers,
        "cac_from": "own" if each.cost.is_own else "company",
        "gross_margin": round(float(each.margin.share), 6),
        "margin_from": each.margin.source,
        "currency": frame.currency,
    }


CAC_PAYBACK = Composite(
    Card(
        name="cac_payback",
        title="CAC payback",
        question="After how many months has a new customer paid back what it cost to win?",
        unit=Unit.MONTHS,
        grain="one row per segment and a total",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=("ltv_to_cac", "survival", "cac"),
        columns=(
            Out("segment", Unit.TEXT, "The segment, or the dimension asked with --by; the last row is the total."),
            Out("cac_cents", Unit.MONEY, "Acquisition cost of a new customer, over the window; see cac."),
            Out("margin_cents", Unit.MONEY, "Gross margin of a new customer in a month: first MRR x margin."),
            Out("simple_months", Unit.RATIO, "cac / margin: as if nobody left."),
            Out("survival_months", Unit.MONTHS, "Months until those who stay have paid back all; null if never."),
            Out("lost_before_payback", Unit.COUNT, "Customers that left in the window before paying back."),
            Out("lost_cents", Unit.MONEY, "Their cost less the margin they brought."),
            Out("n", Unit.COUNT, "Customers whose lives make the survival curve."),
            Out("new_customers", Unit.COUNT, "Customers won in the window."),
            Out("cac_from", Unit.TEXT, "own, or company where spend does not name this slice."),
            Out("gross_margin", Unit.RATE, "Margin as a share of revenue."),
            Out("margin_from", Unit.TEXT, "cost_of_revenue where it is loaded, the company's, or the assumption."),
        ),
        definition=(
            "CAC and the first MRR of customers won in the window (12 months) whose spend, a sales cycle earlier, is "
            "loaded. Survival months: the smallest n with margin x (S(0) + ... + S(n-1)) >= CAC, S as in ltv, carried "
            "on with its tail; always at least the simple months. Spend that names no segment is in the total alone; "
            "where spend names none, or another dimension is asked, every row has the company's CAC and says so. "
            "Lost: left for good in the window with less margin to date than its CAC; lost_cents is what was missing. "
            "The line at 12 months is a habit, not a law: house rule payback_line_months."
        ),
        source="Simple payback against survival-adjusted payback; 12 becomes 15 months at 3 % monthly churn.",
        months=12,
        has_months=False,
        assumes=ASSUMES,
        never_scoped=True,
    ),
    _compute,
)
