"""The MRR bridge, the log it is made of, and the quick ratio."""

from collections.abc import Sequence
from fractions import Fraction

import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.base.periods import day_from_number
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.bridges import restated_parts
from relevo.measures.revenue.periods import in_periods
from relevo.measures.revenue.reported import ADJUSTMENTS, KINDS, cut_by, parts_in
from relevo.measures.rounding import balanced, mrr, rate, slices_of
from relevo.measures.slices import SLICE, group, sliced

# Sign of each column in: opening + new + reactivation + expansion - contraction - churn + fx + adjustments = closing.
BRIDGE = {
    "opening_cents": 1,
    "new_cents": 1,
    "reactivation_cents": 1,
    "expansion_cents": 1,
    "contraction_cents": -1,
    "churn_cents": -1,
    "fx_cents": 1,
    "prior_period_adj_cents": 1,
    "identity_adj_cents": 1,
    "closing_cents": -1,
}


def bridge_parts(tables: Tables, frame: Frame) -> ir.Table:
    """Base run-rate per period (and slice) and part: opening, the five kinds, closing; as reported, adjustments."""
    if frame.closed_through is None:
        return restated_parts(tables, frame)
    return _summed(parts_in(tables, frame), tables, frame)


def _summed(parts: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    rows = sliced(parts.mutate(key_month=parts.month - frame.grain.months), cut_by(tables, frame), frame)
    return rows.group_by(group(frame, "month", "part")).aggregate(base_e16=rows.base_e16.sum().cast(EXACT))


def _exact_bridge(found: Sequence[Record], month: int, slice_: str | None) -> dict[str, Fraction]:
    """One exact bridge; what neither balances nor movements nor adjustments explain is the exchange rate's doing."""
    part = {r["part"]: mrr(r["base_e16"]) for r in found if r["month"] == month and r.get(SLICE) == slice_}
    cells = dict.fromkeys(BRIDGE, Fraction(0))
    for kind in KINDS:
        cells[f"{kind}_cents"] = abs(part.get(kind, Fraction(0)))
    cells["opening_cents"] = part.get("opening", Fraction(0))
    cells["closing_cents"] = part.get("closing", Fraction(0))
    for adjustment in ADJUSTMENTS:
        cells[f"{adjustment}_cents"] = part.get(adjustment, Fraction(0))
    cells["fx_cents"] = -sum((BRIDGE[c] * v for c, v in cells.items()), Fraction(0))
    return cells


def _finish_bridge(found: Sequence[Record], frame: Frame) -> list[Record]:
    by_month: dict[int, list[Record]] = {}
    for record in found:
        by_month.setdefault(record["month"], []).append(record)
    rows = []
    for month in frame.ends:
        here = by_month.get(month, [])
        names = slices_of(here, sliced=bool(frame.by))
        cells = balanced([_exact_bridge(here, month, s) for s in names], BRIDGE)
        rows += [
            {"month": month, **({frame.by: s} if frame.by else {}), **c, "currency": frame.currency}
            for s, c in zip(names, cells, strict=True)
        ]
    return rows


def log_rows(tables: Tables, frame: Frame) -> ir.Table:
    """Every movement of the asked months."""
    return sliced(in_periods(tables.movement, frame).mutate(key_month=lambda t: t.month - 1), tables, frame).order_by(
        "day", "customer_id"
    )


def _finish_log(found: Sequence[Record], frame: Frame) -> list[Record]:
    return [
        {
            "customer_id": r["customer_id"],
            "at": day_from_number(r["day"]),
            "kind": r["kind"],
            "cause": r["cause"],
            **({frame.by: r[SLICE]} if frame.by else {}),
            "amount_cents": _native_mrr(r),
            "currency": r["currency"] or frame.currency,
            "base_cents": half_up(mrr(r["base_e16"])),
        }
        for r in found
    ]


def _native_mrr(record: Record) -> int:
    """MRR in the movement's own currency; in the book's where several currencies moved on one day."""
    if record["amount_e6"] is None:
        return half_up(mrr(record["base_e16"]))
    return half_up(Fraction(record["amount_e6"], 12 * 10**6))


def _finish_quick(found: Sequence[Record], frame: Frame) -> list[Record]:
    """Cents as the bridge shows them; ratios from the exact sums, which no rounding has moved."""
    exact = {(r["month"], r.get(SLICE), r["part"]): abs(mrr(r["base_e16"])) for r in found}
    rows = []
    for bridge in _finish_bridge(found, frame):
        month, name = bridge["month"], bridge[frame.by] if frame.by else None
        part = {kind: exact.get((month, name, kind), Fraction(0)) for kind in KINDS}
        gained, lost = part["new"] + part["expansion"], part["contraction"] + part["churn"]
        back = part["reactivation"] if frame.policy.quick_ratio == "with_reactivation" else Fraction(0)
        rows.append(
            {
                "month": month,
                **({frame.by: name} if frame.by else {}),
                "gained_cents": sum(bridge[f"{kind}_cents"] for kind in ("new", "expansion", "reactivation")),
                "lost_cents": bridge["contraction_cents"] + bridge["churn_cents"],
                "ratio": rate(gained + back, lost),
                "ratio_without_reactivation": rate(gained, lost),
                "currency": frame.currency,
            }
        )
    return rows


_MONTH = Out("month", Unit.MONTH, "The period, named by its last month.")

MRR_MOVEMENTS = Measure(
    Card(
        name="mrr_movements",
        title="MRR movements",
        question="What moved our recurring revenue from one month end to the next?",
        unit=Unit.MONEY,
        grain="one row per month",
        direction=Direction.NONE,
        kind=Kind.OUTCOME,
        read_with=("net_revenue_retention", "logo_churn"),
        columns=(
            _MONTH,
            Out("opening_cents", Unit.MONEY, "MRR at the end of the period before."),
            Out("new_cents", Unit.MONEY, "First MRR of customers that never paid before."),
            Out("reactivation_cents", Unit.MONEY, "Whole MRR of customers that came back from 0."),
            Out("expansion_cents", Unit.MONEY, "Rises of paying customers, netted per customer and day."),
            Out("contraction_cents", Unit.MONEY, "Falls of customers that go on paying."),
            Out("churn_cents", Unit.MONEY, "MRR of customers that went to 0."),
            Out("fx_cents", Unit.MONEY, "What exchange rates did to unchanged contracts, signed."),
            Out("prior_period_adj_cents", Unit.MONEY, "Late changes to closed months, signed."),
            Out("identity_adj_cents", Unit.MONEY, "Merges and splits of customers, signed."),
            Out("closing_cents", Unit.MONEY, "MRR at the end of the period."),
        ),
        definition=(
            "opening + new + reactivation + expansion - contraction - churn + fx + adjustments = closing, to the "
            "cent. Movements are netted per customer and day and valued at that day's rate, balances at the closing "
            "rate; the difference is fx. A plan swapped on one day is one movement. As reported, closed months stay "
            "as they were closed, and what became known of them later is an adjustment of the first open month; "
            "restated, every month is as the book knows it now."
        ),
        source="Definitions of Stripe, ChartMogul and the dbt MRR playbook; zero is tested before magnitude.",
        has_reported=True,
    ),
    bridge_parts,
    _finish_bridge,
)

MOVEMENT_LOG = Measure(
    Card(
        name="movement_log",
        title="Movement log",
        question="Which customers moved our recurring revenue, when, and why?",
        unit=Unit.MONEY,
        grain="one row per customer and day with a change",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("mrr_movements",),
        columns=(
            Out("customer_id", Unit.TEXT, "Whose MRR moved."),
            Out("at", Unit.DATE, "The day it took effect, in the company's time zone."),
            Out("kind", Unit.TEXT, "new, reactivation, expansion, contraction or churn."),
            Out(
                "cause",
                Unit.TEXT,
                "Why: seats, plan, add_on, price_increase, pause, cancel ... null if unknown.",
            ),
            Out("amount_cents", Unit.MONEY, "Change of MRR in `currency`, signed."),
            Out("currency", Unit.TEXT, "The customer's currency; the book's where several moved on one day."),
            Out("base_cents", Unit.MONEY, "Change of MRR in the book's currency at that day's rate, signed."),
        ),
        definition="The rows behind the MRR movements, netted per customer and day.",
        source="docs/decisions/0005-revenue-policy.md.",
    ),
    log_rows,
    _finish_log,
)

QUICK_RATIO = Measure(
    Card(
        name="quick_ratio",
        title="Quick ratio",
        question="How much recurring revenue do we gain for each unit that we lose?",
        unit=Unit.RATIO,
        grain="one row per month",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("gross_revenue_retention", "mrr_movements"),
        columns=(
            _MONTH,
            Out("gained_cents", Unit.MONEY, "new + expansion + reactivation."),
            Out("lost_cents", Unit.MONEY, "contraction + churn."),
            Out("ratio", Unit.RATIO, "gained / lost; null where nothing was lost."),
            Out("ratio_without_reactivation", Unit.RATIO, "The same without customers that came back."),
        ),
        definition="(new + expansion + reactivation) / (contraction + churn). Baremetrics leaves reactivation out.",
        source="Baremetrics; the often quoted 4 is folklore of Mamoon Hamid.",
        has_reported=True,
    ),
    bridge_parts,
    _finish_quick,
)
