"""Upgrade rate: who chose to buy more, not who was charged more."""

from collections.abc import Sequence

import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.levels import windows
from relevo.measures.revenue.snapshot import filled, labels
from relevo.measures.rounding import mrr, rate, settle
from relevo.measures.slices import group, sliced

CHOSEN = ("seats", "plan", "add_on")
# An add-on given back is a cancelled item of a customer that goes on paying.
GIVEN_BACK = (*CHOSEN, "cancel")


def upgrade_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per window end (and slice): the opening cohort, how many upgraded on balance, and by how much."""
    cohort = sliced(windows(tables, frame), tables, frame)
    moves = tables.movement.filter(
        lambda t: (
            ((t.kind == "expansion") & t.cause.isin(CHOSEN)) | ((t.kind == "contraction") & t.cause.isin(GIVEN_BACK))
        )
    )
    moves = moves.select(mover="customer_id", moved="month", moved_e16="base_e16")
    inside = cohort.left_join(
        moves,
        (cohort.customer_id == moves.mover)
        & (moves.moved > cohort.month - frame.window)
        & (moves.moved <= cohort.month),
    )
    keys = group(frame, "month")
    net = inside.group_by([*keys, "customer_id", "opening_e16"]).aggregate(net_e16=inside.moved_e16.sum().cast(EXACT))
    up = (net.net_e16 > 0).fill_null(False)
    return net.group_by(keys).aggregate(
        customers=net.count(),
        upgraded=up.sum(),
        opening_e16=net.opening_e16.sum().cast(EXACT),
        upgrade_e16=net.net_e16.sum(where=up).cast(EXACT),
    )


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
