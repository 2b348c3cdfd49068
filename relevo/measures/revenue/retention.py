"""Who and what stayed: NRR, GRR and churn over the customers paying when a window opened."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.intervals import wilson
from relevo.measures.revenue.opening_cohorts import cohort_sums
from relevo.measures.revenue.snapshot import filled, labels
from relevo.measures.revenue.tool_rates import chained_sums, daily_sums, linked, movement_sums, summed_days
from relevo.measures.rounding import mrr, rate, settle

_EMPTY: Record = {
    "opening_e16": 0, "closing_e16": 0, "gross_e16": 0, "customers": 0, "lost": 0, "joined": 0, "share": Fraction(0),
}  # fmt: skip


def retention_sums(tables: Tables, frame: Frame) -> ir.Table:
    """The sums behind net and gross retention by the policy's method."""
    if frame.policy.nrr_method == "movement":
        return movement_sums(tables, frame)
    if frame.policy.nrr_method == "chained":
        return chained_sums(tables, frame, cohort_sums)
    return cohort_sums(tables, frame)


def churn_sums(tables: Tables, frame: Frame) -> ir.Table:
    """The sums behind gross and net MRR churn by the policy's method."""
    if frame.policy.mrr_churn == "cohort":
        return cohort_sums(tables, frame)
    return movement_sums(tables, frame, reactivation=frame.policy.mrr_churn == "movement_with_reactivation")


def logo_sums(tables: Tables, frame: Frame) -> ir.Table:
    """The counts behind customer churn by the policy's method."""
    if frame.policy.logo_churn == "opening_cohort":
        return cohort_sums(tables, frame)
    if frame.policy.logo_churn == "sum_of_days":
        return daily_sums(tables, frame)
    return movement_sums(tables, frame)


def _kept(column: str) -> Callable[[Sequence[Record], Frame], list[Record]]:
    def finish(found: Sequence[Record], frame: Frame) -> list[Record]:
        if frame.policy.nrr_method == "chained":
            found = linked(found, frame, column)
        ordered = filled(found, frame, _EMPTY)
        rows = [{**labels(r, frame), "months": frame.window} for r in ordered]
        exact = [{"opening_cents": mrr(r["opening_e16"]), "kept_cents": mrr(r[column])} for r in ordered]
        settle(rows, exact, ["month"])
        for row, cells, r in zip(rows, exact, ordered, strict=True):
            row["rate"] = rate(cells["kept_cents"], cells["opening_cents"])
            row["customers"] = int(r["customers"])
            row["currency"] = frame.currency
        return rows

    return finish


def _lost(column: str) -> Callable[[Sequence[Record], Frame], list[Record]]:
    def finish(found: Sequence[Record], frame: Frame) -> list[Record]:
        ordered = filled(found, frame, _EMPTY)
        rows = [labels(r, frame) for r in ordered]
        exact = [_losses(r, column) for r in ordered]
        settle(rows, exact, ["month"])
        for row, cells in zip(rows, exact, strict=True):
            row["rate"] = rate(cells["lost_cents"], cells["opening_cents"])
            row["currency"] = frame.currency
        return rows

    return finish


def _losses(record: Record, column: str) -> dict[str, Fraction]:
    opening = mrr(record["opening_e16"])
    return {"opening_cents": opening, "lost_cents": opening - mrr(record[column])}


def _finish_logos(found: Sequence[Record], frame: Frame) -> list[Record]:
    """Counts and rate; the interval stands for the cohort form alone, whose numerator is a part of its denominator."""
    method = frame.policy.logo_churn
    rows = []
    for r in filled(summed_days(found, frame) if method == "sum_of_days" else found, frame, _EMPTY):
        opening, lost = int(r["customers"]), int(r["lost"])
        low, high = wilson(lost, opening) if method == "opening_cohort" else (None, None)
        rows.append(
            {
                **labels(r, frame), "opening_customers": opening, "lost": lost, "rate": _logo_rate(r, method),
                "low": low, "high": high,
            }
        )  # fmt: skip
    return rows


def _logo_rate(record: Record, method: str) -> float | None:
    """Lost customers over what the policy divides them by."""
    opening, lost = int(record["customers"]), int(record["lost"])
    if method == "sum_of_days":
        return rate(record["share"], 1) if opening else None
    joined = int(record.get("joined") or 0)
    if method == "all_over_opening_and_new":
        return rate(lost, opening + joined)
    if method == "all_over_midpoint":
        return rate(2 * lost, 2 * opening + joined - lost)
    return rate(lost, opening)


_MONTH = Out("month", Unit.MONTH, "The window's last month.")
_OPENING = Out("opening_cents", Unit.MONEY, "MRR of the opening cohort when the window opened.")
_RETENTION_COLUMNS = (
    _MONTH,
    Out("months", Unit.MONTHS, "Length of the window."),
    _OPENING,
    Out("kept_cents", Unit.MONEY, "What the same customers pay at the window's end, at the opening's rates."),
    Out("rate", Unit.RATE, "kept / opening."),
    Out("customers", Unit.COUNT, "Customers paying when the window opened."),
)
_CHURN_COLUMNS = (
    _MONTH,
    _OPENING,
    Out("lost_cents", Unit.MONEY, "What the cohort pays less at the window's end."),
    Out("rate", Unit.RATE, "lost / opening."),
)
_SOURCE = "Cohort form of public filers (Confluent, GitLab) and of the SaaS Metrics Standards Board."

NET_REVENUE_RETENTION = Measure(
    Card(
        name="net_revenue_retention",
        title="Net revenue retention",
        question="Of what customers paid us a year ago, how much do the same customers pay now?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("gross_revenue_retention", "logo_churn"),
        columns=_RETENTION_COLUMNS,
        definition=(
            "Sum of closing MRR / sum of opening MRR over the customers paying when the window opened, in constant "
            "currency (the opening month's rates). Customers that came later count in neither."
        ),
        source=_SOURCE,
        months=12,
    ),
    retention_sums,
    _kept("closing_e16"),
)

GROSS_REVENUE_RETENTION = Measure(
    Card(
        name="gross_revenue_retention",
        title="Gross revenue retention",
        question="Of what customers paid us a year ago, how much is still there before any expansion?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "logo_churn"),
        columns=_RETENTION_COLUMNS,
        definition=(
            "Sum over the opening cohort of min(closing, opening) / sum of opening, per customer and in constant "
            "currency; never above 1. One customer's growth cannot hide another's loss."
        ),
        source=_SOURCE,
        months=12,
    ),
    retention_sums,
    _kept("gross_e16"),
)

LOGO_CHURN = Measure(
    Card(
        name="logo_churn",
        title="Customer churn",
        question="What share of the customers we had is gone?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("gross_mrr_churn", "net_revenue_retention"),
        columns=(
            _MONTH,
            Out("opening_customers", Unit.COUNT, "Customers paying when the window opened."),
            Out("lost", Unit.COUNT, "Those that do not pay at its end."),
            Out("rate", Unit.RATE, "lost / opening customers."),
            Out("low", Unit.RATE, "Lower end of the 95 % Wilson interval."),
            Out("high", Unit.RATE, "Upper end of the 95 % Wilson interval."),
        ),
        definition="Customers paying at the opening and not at the closing / customers paying at the opening.",
        source="ChartMogul's standard; Stripe adds new subscribers to the denominator and gets a lower figure.",
        months=1,
    ),
    logo_sums,
    _finish_logos,
)

GROSS_MRR_CHURN = Measure(
    Card(
        name="gross_mrr_churn",
        title="Gross MRR churn",
        question="What share of recurring revenue did we lose before any expansion?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("logo_churn", "net_mrr_churn"),
        columns=_CHURN_COLUMNS,
        definition="Sum of max(0, opening - closing) / sum of opening over the opening cohort; 1 - gross retention.",
        source=_SOURCE,
        months=1,
    ),
    churn_sums,
    _lost("gross_e16"),
)

NET_MRR_CHURN = Measure(
    Card(
        name="net_mrr_churn",
        title="Net MRR churn",
        question="What share of recurring revenue did we lose after the same customers' expansion?",
        unit=Unit.RATE,
        grain="one row per window end",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("gross_mrr_churn", "logo_churn"),
        columns=_CHURN_COLUMNS,
        definition=(
            "1 - net retention of the window's opening cohort; negative where expansion outweighs losses. Customers "
            "that came back from before the window do not count (ChartMogul counts them)."
        ),
        source=_SOURCE,
        months=1,
    ),
    churn_sums,
    _lost("closing_e16"),
)
