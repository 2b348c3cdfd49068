"""CAC payback: how many months of margin win back what a customer cost, with and without those who leave first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from relevo.book.book import Book, Tables
from relevo.book.compiling import compile_sql
from relevo.measures.card import Expression, Found, Frame
from relevo.measures.revenue.acquisition import EXPRESSIONS as ACQUISITION_PARTS
from relevo.measures.revenue.acquisition import Acquisition, Cost, acquisition, cost_over
from relevo.measures.revenue.by_segment import by_segment
from relevo.measures.revenue.gross_margin import Margin, revenue_steps
from relevo.measures.revenue.lifetime_curve import Curve
from relevo.measures.revenue.lifetime_forms import simple_payback
from relevo.measures.revenue.lifetime_parts import Window, lives, paid
from relevo.measures.revenue.lifetime_value import OBSERVED_MONTHS, Lifetimes, lifetimes

# The house rules on which a payback depends.
ASSUMES = (
    "gross_margin", "lag_months", "payback_line_months", "commission_months", "commission_deferral_months",
    "commission_by_cohort",
)  # fmt: skip

# A payback that takes longer than a hundred years is none.
LONGEST = 1200


def survival_payback(cost: Fraction, margin: Fraction, survival: Iterable[float]) -> int | None:
    """The smallest n with margin x (S(0) + ... + S(n-1)) >= cost; None if the given survival never reaches it.

    Case UE-015: cost 1200, margin 100, 3 % churn takes 15 months instead of 12, and never where cost > margin / churn.
    """
    back = Fraction(0)
    for months, share in enumerate(survival, 1):
        back += margin * Fraction(share)
        if margin > 0 and back >= cost:
            return months
    return None


def prolonged(curve: Curve, months: int = LONGEST) -> list[float]:
    """Survival by age, carried on beyond the curve's horizon with its tail."""
    known = [float(s) for s in curve.survival[:months]]
    while len(known) < months:
        known.append(known[-1] * (1 - curve.tail_hazard))
    return known


@dataclass(frozen=True, eq=False)
class Payback:
    """One slice: what a customer costs, what it brings in a month, and its curve."""

    cost: Cost
    first_mrr: Fraction | None
    margin: Margin
    curve: Curve
    customers: int

    @property
    def monthly(self) -> Fraction | None:
        """Gross margin of a new customer in a month, in minor units; None without new customers."""
        return None if self.first_mrr is None else self.first_mrr * self.margin.share

    @property
    def simple_months(self) -> Fraction | None:
        """CAC / margin per month."""
        if self.cost.cents is None or self.monthly is None:
            return None
        return simple_payback(self.cost.cents, self.monthly)

    @property
    def survival_months(self) -> int | None:
        """Months until those still there have paid back everybody; None if never."""
        if self.cost.cents is None or self.monthly is None:
            return None
        return survival_payback(self.cost.cents, self.monthly, prolonged(self.curve))


@dataclass(frozen=True, eq=False)
class Economics:
    """Acquisition over some months beside the lifetimes of the customers watched."""

    won: Acquisition
    lifetimes: Lifetimes
    months: Sequence[int]

    def names(self) -> list[str]:
        """The slices with customers, in order."""
        return self.lifetimes.names()

    def of(self, name: str | None) -> Payback:
        """A slice, or the company."""
        covered = [m for m in self.months if self.won.covers(m)] or list(self.months)
        n, money = self.won.new(name, covered)
        known = self.lifetimes
        cost = cost_over(self.won, name, self._all_names(), self.months)
        return Payback(cost, money / n if n else None, known.margin(name), known.curves.of(name), n)

    def _all_names(self) -> list[str]:
        return sorted({*self.names(), *self.won.names(self.months)})


def observed(frame: Frame) -> Window:
    """The months in which lives are watched, whatever the window of acquisition is."""
    return Window(frame.last_complete - OBSERVED_MONTHS + 1, frame.last_complete)


def acquired(frame: Frame) -> range:
    """The months whose new customers are counted: the last ones of the frame's window."""
    return range(frame.last_complete - frame.window + 1, frame.last_complete + 1)


def parts(*, cut: bool = True) -> Mapping[str, Expression]:
    """Everything unit economics needs of a book; cut by segment where nothing else is asked, or not at all."""

    def framed(expression: Expression) -> Expression:
        return (lambda tables, frame: expression(tables, by_segment(frame))) if cut else expression

    own: dict[str, Expression] = {
        "lives": lambda tables, frame: lives(tables, frame, observed(frame)),
        "paid": lambda tables, frame: paid(tables, frame, observed(frame)),
        "revenue": lambda tables, frame: revenue_steps(tables, frame, observed(frame).since),
    }
    return {name: framed(expression) for name, expression in {**ACQUISITION_PARTS, **own}.items()}


def gathered(book: Book, frame: Frame, expressions: Mapping[str, Expression]) -> Found:
    """The rows of several expressions over a book; the SQL of each is compiled once per frame."""
    dialect = book.engine.dialect
    return {n: book.run_sql(_compiled(each, frame, book.scope, dialect)).dicts() for n, each in expressions.items()}


@lru_cache(maxsize=256)
def _compiled(expression: Expression, frame: Frame, scope: str | None, dialect: str) -> str:
    return compile_sql(expression(Tables.within(scope), frame), dialect)


def economics(book: Book, frame: Frame, *, cut: bool = True) -> Economics | None:
    """Acquisition and lifetimes of a book; None where nobody ever paid."""
    found = gathered(book, frame, _CUT if cut else _WHOLE)
    known = lifetimes(found, frame, observed(frame))
    return None if known is None else Economics(acquisition(found, frame), known, acquired(frame))


_CUT, _WHOLE = parts(), parts(cut=False)
