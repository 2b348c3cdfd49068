"""Customers that left before they paid back what they cost to win, and what was not recovered of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import ibis
import ibis.expr.types as ir

from relevo.base.money import BASE_SCALE, MONTHS_PER_YEAR, apportion, half_up
from relevo.base.periods import month_text
from relevo.book.book import Book
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame, Record
from relevo.measures.revenue.by_segment import by_segment, dimension_of
from relevo.measures.revenue.earned import earned
from relevo.measures.revenue.payback import Economics, Payback, acquired
from relevo.measures.rounding import mrr
from relevo.measures.slices import SLICE, sliced


def left_customers(tables: Tables, frame: Frame) -> ir.Table:
    """Customers that left for good in the frame's window: first and churn month, slice, and all they paid (sum_e16)."""
    months = acquired(frame)
    starts = tables.customer_start
    gone = starts.filter((starts.churn_month >= months[0]) & (starts.churn_month <= months[-1]))
    rows = gone.select("customer_id", "first_month", "churn_month").left_join(
        earned(tables, frame.last_complete).rename(payer="customer_id"), [("customer_id", "payer")]
    )
    known = rows.select(
        "customer_id", "first_month", "churn_month", sum_e16=rows.sum_e16.fill_null(ibis.literal(0).cast(EXACT))
    )
    return sliced(known.mutate(key_month=known.first_month), tables, by_segment(frame))


def _before_payback(rows: ir.Table, floors: Mapping[str, int]) -> ir.Table:
    """Those whose payments, in their slice, lie below the floor from which the cost is covered."""
    cases = [(rows[SLICE] == name, _exact(floor)) for name, floor in sorted(floors.items())]
    floor = ibis.cases(*cases, else_=_exact(0)) if cases else _exact(0)
    return rows.filter(rows.sum_e16 < floor)


def _exact(value: int) -> ir.Value:
    return ibis.literal(value, type=EXACT)


def floors(known: Economics) -> dict[str, int]:
    """Per slice with a cost and a margin: the sum_e16 at which a customer has paid back."""
    found = {}
    for name, each in _slices(known):
        if each.cost.cents is not None and each.margin.share > 0:
            found[name] = ceil(each.cost.cents / each.margin.share * BASE_SCALE * MONTHS_PER_YEAR)
    return found


def _slices(known: Economics) -> Iterator[tuple[str, Payback]]:
    yield from ((name, known.of(name)) for name in known.names())


@dataclass(frozen=True)
class Lost:
    """Customers lost before payback, and the exact part of their cost that their margin did not cover."""

    customers: int
    cents: Fraction


def lost_before_payback(book: Book, frame: Frame, known: Economics) -> dict[str, Lost]:
    """Per slice with a cost: who left in the window before paying back. Slices whose cost is unknown are absent."""
    asked = floors(known)
    rows = _before_payback(left_customers(book.tables, frame), asked)
    found = book.run(
        rows.group_by(SLICE).aggregate(n=rows.count(), sum_e16=rows.sum_e16.sum().cast(EXACT))
    ).dicts()  # fmt: skip
    by_name = {r[SLICE]: r for r in found}
    lost = {}
    for name in asked:
        row = by_name.get(name, {"n": 0, "sum_e16": 0})
        each, n = known.of(name), int(row["n"])
        cost = each.cost.cents or Fraction(0)
        lost[name] = Lost(n, n * cost - each.margin.share * mrr(row["sum_e16"]))
    return lost


def lost_rows(book: Book, frame: Frame, known: Economics) -> list[Record]:
    """The customers behind `lost_before_payback`, largest loss first; a slice's rows add up to its lost_cents."""
    rows = _before_payback(left_customers(book.tables, frame), floors(known))
    found = book.run(rows.order_by("customer_id")).dicts()
    listed: list[Record] = []
    for name in sorted({r[SLICE] for r in found}):
        listed += _listed([r for r in found if r[SLICE] == name], known.of(name), frame)
    return sorted(listed, key=lambda r: (-r["lost_cents"], r["customer_id"]))


def _listed(found: Sequence[Record], each: Payback, frame: Frame) -> list[Record]:
    cost = each.cost.cents or Fraction(0)
    margin = [each.margin.share * mrr(r["sum_e16"]) for r in found]
    exact = [cost - m for m in margin]
    cents = apportion(exact, half_up(sum(exact, Fraction(0))))
    return [
        {
            "customer_id": r["customer_id"],
            dimension_of(frame): r[SLICE],
            "began": month_text(r["first_month"]),
            "ended": month_text(r["churn_month"]),
            "tenure_month": r["churn_month"] - r["first_month"],
            "cac_cents": half_up(cost),
            "margin_cents": half_up(m),
            "lost_cents": lost,
            "currency": frame.currency,
        }
        for r, m, lost in zip(found, margin, cents, strict=True)
    ]
