"""The value ledger: what each customer has brought so far, and what it is expected to bring yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.errors import WrongUse
from relevo.base.money import BASE_SCALE, MONTHS_PER_YEAR, apportion, half_up
from relevo.base.periods import month_text
from relevo.book.book import Book
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.revenue.by_segment import by_segment, dimension_of
from relevo.measures.revenue.earned import earned
from relevo.measures.revenue.levels import levels_at
from relevo.measures.revenue.lifetime_value import Lifetimes
from relevo.measures.revenue.payback import economics, observed
from relevo.measures.revenue.survival import with_begin
from relevo.measures.rounding import mrr
from relevo.measures.slices import SLICE, sliced

# Parts of a minor unit in which a ledger is added up before it is rounded once.
SCALE = 10**12


def accounts(tables: Tables, frame: Frame) -> ir.Table:
    """Every customer that ever paid: age, whether it left, all it paid (sum_e16), what it pays now, its slice."""
    last = frame.last_complete
    starts = tables.customer_start.filter(tables.customer_start.first_month <= last)
    left = starts.churn_month.notnull() & (starts.churn_month <= last)
    dated = with_begin(starts.mutate(gone=left.cast("int64")), tables, frame)
    so_far = dated.left_join(earned(tables, last).rename(payer="customer_id"), [("customer_id", "payer")])
    now = levels_at(tables, [last]).select(holder="customer_id", now_e16="base_e16")
    both = so_far.left_join(now, so_far.customer_id == now.holder)
    zero = ibis.literal(0).cast(EXACT)
    known = both.select(
        "customer_id", "gone", age=last - both.begin, sum_e16=both.sum_e16.fill_null(zero),
        now_e16=both.now_e16.fill_null(zero), key_month=ibis.literal(observed(frame).since - 1, "int64"),
    )  # fmt: skip
    return sliced(known, tables, by_segment(frame)).order_by("customer_id")


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a unit of MRR of a customer that is still here is expected to bring, by its slice and age."""

    lifetimes: Lifetimes
    frame: Frame

    @cached_property
    def _discounts(self) -> Sequence[float]:
        assumed = self.frame.assumptions
        months = np.arange(1, assumed.horizon_months + 1)
        return [float(v) for v in (1 + float(assumed.discount_per_year)) ** (-months / 12)]

    def shares(self, name: str, age: int) -> list[float]:
        """Per coming month the chance to be still here, given the age, times the discount."""
        curve = self.lifetimes.curves.slices[name]
        horizon = len(self._discounts)
        hazard = [float(h) for h in curve.hazard[age + 1 : age + 1 + horizon]]
        hazard += [curve.tail_hazard] * (horizon - len(hazard))
        staying = np.cumprod(1 - np.array(hazard))
        return [float(s) * v for s, v in zip(staying, self._discounts, strict=True)]

    def margin(self, name: str) -> Fraction:
        """The gross margin of a slice."""
        return self.lifetimes.margin(name).share


def outlook(book: Book, frame: Frame) -> Outlook | None:
    """The outlook of the whole company, whoever asks; None where nobody ever paid."""
    known = economics(replace(book, scope=None), frame)
    return None if known is None else Outlook(known.lifetimes, frame)


def _compute(book: Book, frame: Frame) -> list[Record]:
    known = outlook(book, frame)
    if known is None:
        return []
    found = book.run(accounts(book.tables, frame)).dicts()
    kept = {(r[SLICE], int(r["age"])) for r in found if not r["gone"]}
    ahead = {(name, age): known.margin(name) * Fraction(sum(known.shares(name, age))) for name, age in kept}
    realised = _rounded([_scaled(r["sum_e16"], known.margin(r[SLICE])) for r in found])
    expected = _rounded([_scaled(r["now_e16"], ahead.get((r[SLICE], r["age"]))) for r in found])
    return [_row(r, a, b, frame) for r, a, b in zip(found, realised, expected, strict=True)]


def _scaled(base_e16: Decimal | int, factor: Fraction | None) -> int:
    """MRR x factor in units of 1/SCALE of a minor unit: integers, because there may be a row for every customer."""
    if factor is None:
        return 0
    return int(base_e16) * factor.numerator * SCALE // (factor.denominator * BASE_SCALE * MONTHS_PER_YEAR)


def _rounded(scaled: Sequence[int]) -> list[int]:
    """Minor units that add up to the rounded sum, by largest remainder."""
    cents = [value // SCALE for value in scaled]
    missing = half_up(sum(scaled), SCALE) - sum(cents)
    for place in sorted(range(len(scaled)), key=lambda i: -(scaled[i] % SCALE))[:missing]:
        cents[place] += 1
    return cents


def _row(record: Record, realised: int, expected: int, frame: Frame) -> Record:
    return {
        "customer_id": record["customer_id"],
        dimension_of(frame): record[SLICE],
        "tenure_month": record["age"],
        "active": not record["gone"],
        "realised_cents": realised,
        "expected_cents": expected,
        "total_cents": realised + expected,
        "currency": frame.currency,
    }


def customer_value_entries(book: Book, frame: Frame, customer_id: str) -> list[Record]:
    """The months behind a customer's row (S1-02): what each brought, then what each coming one is expected to bring.

    `margin_cents` of the kind realised add up to realised_cents, of the kind expected to expected_cents. WrongUse for
    a customer that never paid or is out of sight.
    """
    row = next((r for r in _compute(book, frame) if r["customer_id"] == customer_id), None)
    known = outlook(book, frame)
    if row is None or known is None:
        raise WrongUse(f"{customer_id!r} has no value here: it never paid.", "Ask a customer of customer_value.")
    name = row[dimension_of(frame)]
    paid = _paid_months(book, frame, customer_id)
    margin = known.margin(name)
    realised = [(m, money, margin * money, None) for m, money in paid]
    expected = _coming(known, name, row, paid, frame) if row["active"] else []
    return [
        *_entries("realised", realised, row["realised_cents"], frame),
        *_entries("expected", expected, row["expected_cents"], frame),
    ]


Entry = tuple[int, Fraction, Fraction, float | None]


def _paid_months(book: Book, frame: Frame, customer_id: str) -> list[tuple[int, Fraction]]:
    starts = book.tables.customer_start
    first = book.run(starts.filter(starts.customer_id == customer_id).select("first_month")).rows[0][0]
    levels = levels_at(book.tables, range(first, frame.last_complete + 1))
    found = book.run(levels.filter(levels.customer_id == customer_id).order_by("month")).dicts()
    return [(int(r["month"]), mrr(r["base_e16"])) for r in found]


def _coming(
    known: Outlook, name: str, row: Record, paid: Sequence[tuple[int, Fraction]], frame: Frame
) -> list[Entry]:  # fmt: skip
    now = paid[-1][1] if paid and paid[-1][0] == frame.last_complete else Fraction(0)
    shares = known.shares(name, row["tenure_month"])
    margin = known.margin(name)
    return [(frame.last_complete + n, now, margin * now * Fraction(s), s) for n, s in enumerate(shares, 1)]


def _entries(kind: str, entries: Sequence[Entry], whole: int, frame: Frame) -> list[Record]:
    cents = apportion([margin for _, _, margin, _ in entries], whole) if entries else []
    return [
        {
            "month": month_text(month), "kind": kind, "mrr_cents": round(money),
            "chance": None if share is None else round(share, 6), "margin_cents": part, "currency": frame.currency,
        }
        for (month, money, _, share), part in zip(entries, cents, strict=True)
    ]  # fmt: skip


CUSTOMER_VALUE = Composite(
    Card(
        name="customer_value",
        title="Customer value",
        question="What has each customer brought us, and what may it bring yet?",
        unit=Unit.MONEY,
        grain="one row per customer that ever paid",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("ltv", "survival"),
        columns=(
            Out("customer_id", Unit.TEXT, "The customer."),
            Out("segment", Unit.TEXT, "Its segment, or the dimension asked with --by."),
            Out("tenure_month", Unit.MONTHS, "Months since it began."),
            Out("active", Unit.BOOLEAN, "Whether it is still here."),
            Out("realised_cents", Unit.MONEY, "Gross margin to date: month-end MRR summed x margin."),
            Out("expected_cents", Unit.MONEY, "Expected margin of the coming months; 0 for those who left."),
            Out("total_cents", Unit.MONEY, "realised + expected."),
        ),
        definition=(
            "Realised: MRR at each month's end so far, at that month's rate, x the gross margin of the segment (see "
            "ltv). Expected: today's MRR x margin x sum over the coming months up to the horizon of the chance to be "
            "still here, given its age and its segment's curve, discounted; no growth is assumed. Curve and margin "
            "are the company's, whoever looks; rows are those of the viewer. Rows add up to realised margin to date "
            "plus the stated expectation. An expectation is about many customers like it, not a forecast of one."
        ),
        source="Residual lifetime value by conditional survival; S1-02 value ledger.",
        has_months=False,
        assumes=("gross_margin", "horizon_months", "discount_per_year"),
    ),
    _compute,
)
