"""Upgrade rate: who chose to buy more, not who was charged more."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.levels import laid_out_windows, together
from relevo.measures.revenue.opening_cohorts import opening_levels
from relevo.measures.revenue.overlaps import apart, moved, stock
from relevo.measures.revenue.snapshot import filled, labels
from relevo.measures.rounding import mrr, rate, settle
from relevo.measures.slices import cut, group, sliced

CHOSEN = ("seats", "plan", "add_on")
# An add-on given back is a cancelled item of a customer that goes on paying.
GIVEN_BACK = (*CHOSEN, "cancel")


def upgrade_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per window end (and slice): the opening cohort, how many upgraded on balance, and by how much."""
    alone, several = apart(tables)
    rises, keys = _rises(tables, frame), group(frame, "month")
    opening = cut(opening_levels(alone, frame), tables, frame)
    rose = opening.inner_join(
        rises,
        (opening.customer_id == rises.mover)
        & (opening.from_month <= rises.month - frame.window)
        & (rises.month - frame.window < opening.to_month),
    )
    began = stock(moved(opening, frame.window), tables, frame.ends, group(frame), frame.window)
    laid_out = sliced(laid_out_windows(tables, several, frame), tables, frame)
    others = laid_out.inner_join(rises, (laid_out.customer_id == rises.mover) & (laid_out.month == rises.month))
    sides = [began.rename(opening_e16="base_e16"), _sums(laid_out, keys, "opening_e16", "customers")]
    ups = [_sums(rows, keys, "upgrade_e16", "upgraded") for rows in (rose, others)]
    zero, none = ibis.literal(0).cast(EXACT), ibis.literal(0, "int64")
    columns = (*keys, "customers", "upgraded", "opening_e16", "upgrade_e16")
    return together(
        [
            *(side.mutate(upgraded=none, upgrade_e16=zero).select(*columns) for side in sides),
            *(side.mutate(customers=none, opening_e16=zero).select(*columns) for side in ups),
        ],
        keys,
    )


def _sums(rows: ir.Table, keys: list[str], amount: str, count: str) -> ir.Table:
    return rows.group_by(keys).aggregate(**{amount: rows[amount].sum().cast(EXACT), count: rows.count().cast("int64")})


def _rises(tables: Tables, frame: Frame) -> ir.Table:
    """Customers that bought more on balance within a window: mover, month (its end), upgrade_e16."""
    moves = tables.movement.filter(
        lambda t: (
            ((t.kind == "expansion") & t.cause.isin(CHOSEN)) | ((t.kind == "contraction") & t.cause.isin(GIVEN_BACK))
        )
    ).select("customer_id", "base_e16", at="month")
    ends = tables.calendar_month.filter(lambda t: t.month.isin(list(frame.ends))).select("month")
    inside = moves.inner_join(ends, (moves["at"] > ends.month - frame.window) & (moves["at"] <= ends.month))
    net = inside.group_by("customer_id", "month").aggregate(upgrade_e16=inside.base_e16.sum().cast(EXACT))
    return net.filter(net.upgrade_e16 > 0).rename(mover="customer_id")


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    ordered = filled(found, frame, {"customers": 0, "upgraded": 0, "opening_e16": 0, "upgrade_e16": 0})
    rows = []
    for r in ordered:
        customers, upgraded = int(r["customers"]), int(r["upgraded"] or 0)
        rows.append(
            {
                **labels(r, frame), "opening_customers": customers, "upgraded": upgraded,
                "rate": rate(upgraded, customers),
            }
        )  # fmt: skip
    exact = [{"opening_cents": mrr(r["opening_e16"]), "upgrade_cents": mrr(r["upgrade_e16"])} for r in ordered]
    settle(rows, exact, ["month"])
    for row, cells in zip(rows, exact, strict=True):
        row["revenue_rate"] = rate(cells["upgrade_cents"], cells["opening_cents"])
        row["currency"] = frame.currency
    return rows


UPGRADE_RATE = Measure(
    Card(
        name="upgrade_rate",
        title="Upgrade rate",
        question="What share of our customers chose to buy more?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("logo_churn", "net_revenue_retention"),
        columns=(
            Out("month", Unit.MONTH, "The window's last month."),
            Out("opening_customers", Unit.COUNT, "Customers paying when the window opened."),
            Out("upgraded", Unit.COUNT, "Those whose seats, plan and add-ons rose on balance within it."),
            Out("rate", Unit.RATE, "upgraded / opening customers."),
            Out("opening_cents", Unit.MONEY, "MRR of the opening cohort."),
            Out(
                "upgrade_cents",
                Unit.MONEY,
                "By how much the upgraded rose, at the rates of the days it happened.",
            ),
            Out("revenue_rate", Unit.RATE, "upgrade / opening MRR."),
        ),
        definition=(
            "Opening customers with a net rise from seats, plan or add-ons in the window / opening customers; what was "
            "given back within it is taken off. Price rises, ended discounts, changes of billing period and exchange "
            "rates do not count."
        ),
        source="No accepted definition exists; this is ours (docs/decisions/0005-revenue-policy.md).",
        months=1,
    ),
    upgrade_sums,
    _finish,
)
