"""MRR, ARR and revenue per customer: the stock at the end of a month."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.levels import totals_at
from relevo.measures.revenue.overlaps import moves_by_kind
from relevo.measures.revenue.reported import cut_by, moves_in, stock_at
from relevo.measures.rounding import arr, mrr, settle
from relevo.measures.slices import SLICE, group, sliced

_MONTH = Out("month", Unit.MONTH, "The month at whose end the stock is taken.")
_CUSTOMERS = Out("customers", Unit.COUNT, "Customers that pay at that moment.")
_SOURCE = "Point-in-time stock as Stripe, ChartMogul and Recurly define it; docs/decisions/0005-revenue-policy.md."


def snapshot(tables: Tables, frame: Frame) -> ir.Table:
    """Sum of base run-rate and count of paying customers per month end (and slice)."""
    if frame.closed_through is None:
        return totals_at(tables, frame)
    rows = sliced(stock_at(tables, frame, frame.ends).mutate(key_month=ibis._.month), cut_by(tables, frame), frame)
    return rows.group_by(group(frame, "month")).aggregate(
        base_e16=rows.base_e16.sum().cast(EXACT), customers=rows.count()
    )


def _stock(column: str, exact: Callable[..., Fraction]) -> Callable[[Sequence[Record], Frame], list[Record]]:
    def finish(found: Sequence[Record], frame: Frame) -> list[Record]:
        ordered = filled(found, frame, {"base_e16": 0, "customers": 0})
        rows = [{**labels(r, frame), column: 0, "customers": r["customers"]} for r in ordered]
        settle(rows, [{column: exact(r["base_e16"])} for r in ordered], ["month"])
        return [{**r, "currency": frame.currency} for r in rows]

    return finish


def filled(found: Sequence[Record], frame: Frame, empty: Record) -> list[Record]:
    """Records of every asked month in order; an unsliced month without rows is a true zero."""
    if frame.by:
        return sorted(found, key=lambda r: (r["month"], r[SLICE]))
    known = {r["month"]: r for r in found}
    return [known.get(m, {"month": m, **empty}) for m in frame.ends]


def labels(record: Record, frame: Frame) -> Record:
    """The leading cells of a row: its month and its slice under the dimension's name."""
    return {"month": record["month"], **({frame.by: record[SLICE]} if frame.by else {})}


def arpa_parts(tables: Tables, frame: Frame) -> ir.Table:
    """The snapshot, with the new MRR and new customers of the periods that end there."""
    stock = snapshot(tables, frame).mutate(new_e16=ibis.literal(0).cast(EXACT), new_customers=ibis.literal(0))
    came = _came(tables, frame)
    zero = ibis.literal(0)
    started = came.select(
        *group(frame, "month"), base_e16=zero.cast(EXACT), customers=zero, new_e16="base_e16", new_customers="customers"
    )
    both = ibis.union(_same(stock, frame), _same(started, frame))
    return both.group_by(group(frame, "month")).aggregate(
        base_e16=both.base_e16.sum().cast(EXACT), customers=both.customers.sum(),
        new_e16=both.new_e16.sum().cast(EXACT), new_customers=both.new_customers.sum(),
    )  # fmt: skip


def _came(tables: Tables, frame: Frame) -> ir.Table:
    """New MRR and new customers of the periods (and slice)."""
    new = moves_in(tables, frame).filter(lambda t: t.kind == "new")
    if frame.closed_through is None:
        return moves_by_kind(new, tables, frame, 0)
    rows = sliced(new.mutate(key_month=new.month), cut_by(tables, frame), frame)
    return rows.group_by(group(frame, "month")).aggregate(
        base_e16=rows.base_e16.sum().cast(EXACT), customers=rows.count()
    )


def _same(rows: ir.Table, frame: Frame) -> ir.Table:
    return rows.select(
        *group(frame, "month"), base_e16=rows.base_e16.cast(EXACT), customers=rows.customers.cast("int64"),
        new_e16=rows.new_e16.cast(EXACT), new_customers=rows.new_customers.cast("int64"),
    )  # fmt: skip


def _finish_arpa(found: Sequence[Record], frame: Frame) -> list[Record]:
    empty = {"base_e16": 0, "customers": 0, "new_e16": 0, "new_customers": 0}
    ordered = filled(found, frame, empty)
    rows = [{**labels(r, frame), "mrr_cents": 0, "customers": r["customers"]} for r in ordered]
    settle(rows, [{"mrr_cents": mrr(r["base_e16"])} for r in ordered], ["month"])
    for row, r in zip(rows, ordered, strict=True):
        row["arpa_cents"] = half_up(mrr(r["base_e16"]), r["customers"]) if r["customers"] else None
        row["new_asp_cents"] = half_up(mrr(r["new_e16"]), r["new_customers"]) if r["new_customers"] else None
        row["currency"] = frame.currency
    return rows


MRR = Measure(
    Card(
        name="mrr",
        title="Monthly recurring revenue",
        question="What do our customers pay us per month, as of a month's end?",
        unit=Unit.MONEY,
        grain="one row per month",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "logo_churn"),
        columns=(
            _MONTH,
            Out("mrr_cents", Unit.MONEY, "Run-rate of everything in force, per month."),
            _CUSTOMERS,
        ),
        definition=(
            "Sum over items in force at the end of the month's last day of quantity x net price x month factor "
            "(year 1/12, week 52/12, day 365/12), at that day's exchange rate. Standing discounts are taken off; "
            "trials, metered use, one-off charges and tax count 0; past due counts for 30 days."
        ),
        source=_SOURCE,
        has_reported=True,
    ),
    snapshot,
    _stock("mrr_cents", mrr),
)

ARR = Measure(
    Card(
        name="arr",
        title="Annual recurring revenue",
        question="What do our customers pay us per year, as of a month's end?",
        unit=Unit.MONEY,
        grain="one row per month",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "logo_churn"),
        columns=(
            _MONTH,
            Out("arr_cents", Unit.MONEY, "Run-rate of everything in force, per year."),
            _CUSTOMERS,
        ),
        definition="Sum of native yearly amounts in force at the month's end; not twelve times a rounded MRR.",
        source=_SOURCE,
        has_reported=True,
    ),
    snapshot,
    _stock("arr_cents", arr),
)

ARPA = Measure(
    Card(
        name="arpa",
        title="Average revenue per customer",
        question="What does a customer pay on average, and what do new ones pay?",
        unit=Unit.MONEY,
        grain="one row per month",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("logo_churn", "mrr"),
        columns=(
            _MONTH,
            Out("mrr_cents", Unit.MONEY, "MRR at the month's end."),
            _CUSTOMERS,
            Out("arpa_cents", Unit.MONEY, "MRR divided by paying customers, both at the same instant."),
            Out("new_asp_cents", Unit.MONEY, "Mean first MRR of the customers that came in the month."),
        ),
        definition=(
            "Closing MRR / closing paying customers. The average of new customers stands beside it because payback "
            "depends on what new ones pay, not on what the base pays."
        ),
        source=_SOURCE,
        has_reported=True,
    ),
    arpa_parts,
    _finish_arpa,
)
