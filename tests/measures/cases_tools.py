"""Cases as other tools count them: which policy each key of `expected` that names a tool or a method belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from relevo.base.periods import parse_month
from relevo.book.policy import PROFILES, Policy
from relevo.measures.revenue.trials import trial_conversion
from tests.measures.casebook import Maker, View
from tests.measures.cases_retention import FEBRUARY
from tests.measures.cases_run_rate import MONTH, SINCE


@dataclass(frozen=True)
class ToolKey:
    """One key (a path through `expected`) and how the product answers it under its policy."""

    case: str
    path: tuple[str, ...]
    policy: Policy
    answer: Callable[[View], Any]


def _each(view: View) -> list[float | None]:
    return [r["amount"] for r in sorted(view.log(), key=lambda r: r["customer_id"])]


def _january(view: View) -> float | None:
    return view.mrr(MONTH)


def _logo(view: View) -> float | None:
    rate: float | None = view.row("logo_churn", FEBRUARY)["rate"]
    return rate


def _net(view: View) -> float | None:
    rate: float | None = view.row("net_mrr_churn", FEBRUARY)["rate"]
    return rate


def _paused(view: View) -> dict[str, float | None]:
    return {month: view.mrr(month) for month in ("2025-04", "2025-05")}


def _trial_rate(view: View) -> float | None:
    (row,) = trial_conversion(view.book, [parse_month("2025-06")])
    rate: float | None = row["rate"]
    return rate


def _chain(view: View) -> float | None:
    rate: float | None = view.row("net_revenue_retention", "2025-03", months=2)["rate"]
    return rate


def _movement_grr(view: View) -> float | None:
    rate: float | None = view.row("gross_revenue_retention", "2026-01", months=12)["rate"]
    return rate


def _ratio(view: View) -> float | None:
    rate: float | None = view.row("quick_ratio", FEBRUARY)["ratio"]
    return rate


def _same_day(view: View, second: str) -> list[list[Any]]:
    """The movements of the customer whose second event came at that time; they have no order within the day."""
    mine = [r for r in view.log() if r["customer_id"].endswith(second)]
    return sorted(([r["kind"], r["amount"]] for r in mine), key=lambda pair: pair[0] != "new")


STRIPE, CHARTMOGUL, BAREMETRICS = PROFILES["stripe"], PROFILES["chartmogul"], PROFILES["baremetrics"]
PROFITWELL, RECURLY, MAXIO = PROFILES["profitwell"], PROFILES["recurly"], PROFILES["maxio"]
FIRST = "mrr_in_first_month"

TOOL_KEYS = (
    ToolKey("MRR-008", ("by_policy", "30"), RECURLY, _january),
    ToolKey("MRR-008", ("by_policy", "30.44"), Policy(days_per_year=Fraction("365.28")), _january),
    ToolKey("MRR-008", ("by_policy", "dbt_stripe"), Policy(days_per_year=Fraction(0)), _january),
    ToolKey("DIS-003", (FIRST, "profitwell_all"), PROFITWELL, _each),
    ToolKey("DIS-003", (FIRST, "chartmogul"), CHARTMOGUL, _each),
    ToolKey("DIS-003", (FIRST, "stripe_legacy"), STRIPE, _each),
    ToolKey("DIS-003", (FIRST, "saasgrid"), Policy(discounts="forever_only"), _each),
    ToolKey("DIS-003", (FIRST, "chargebee_excl_non_recurring"), Policy(once_on_multimonth="ignore"), _each),
    ToolKey("DIS-003", (FIRST, "paddle_ignore"), Policy(discounts="none"), _each),
    ToolKey("REF-001", ("recurly_mrr_2025-04",), RECURLY, lambda v: v.mrr("2025-04")),
    ToolKey("TRI-003", ("stripe_rate",), STRIPE, _trial_rate),
    ToolKey("PAU-001", ("maxio",), MAXIO, _paused),
    ToolKey("RET-002", ("net_churn", "chartmogul_incl_reactivation"), CHARTMOGUL, _net),
    ToolKey("RET-002", ("net_churn", "baremetrics_excl"), BAREMETRICS, _net),
    ToolKey("RET-005", ("period",), Policy(logo_churn="sum_of_days"), _logo),
    ToolKey("RET-005", ("point_to_point",), Policy(), _logo),
    ToolKey("RET-006", ("stripe_style",), STRIPE, _logo),
    ToolKey("RET-006", ("midpoint_style",), Policy(logo_churn="all_over_midpoint"), _logo),
    ToolKey("RET-006", ("naive_total_over_opening",), BAREMETRICS, _logo),
    ToolKey("RET-013", ("movement_grr",), Policy(nrr_method="movement"), _movement_grr),
    ToolKey("RET-014", ("chain_linked",), Policy(nrr_method="chained"), _chain),
    ToolKey("QR-001", ("quick_ratio_baremetrics",), BAREMETRICS, _ratio),
    ToolKey("MOV-014", ("grouped",), CHARTMOGUL, lambda v: _same_day(v, "10:55")),
    ToolKey("MOV-014", ("ungrouped",), Policy(net_window_minutes=0), lambda v: _same_day(v, "10:55")),
    ToolKey("MOV-014", ("if_second_event_at_11:05",), CHARTMOGUL, lambda v: _same_day(v, "11:05")),
)


def _two_events(maker: Maker) -> None:
    """Amounts are totals; each customer's second event comes at another time of the day."""
    (first, _, amount), (_, _, more) = maker.input["events"]
    for second in ("10:55", "11:05"):
        at = f"2025-02-03T{second}:00Z"
        maker.pays(second, f"2025-02-03T{first}:00Z", at, amount)
        maker.pays(second, at, None, more)


def _shrinking_days(maker: Maker) -> None:
    """As many customers at the end of each day as the case says; who is gone left on the day's morning."""
    counts = maker.input["daily_active"]
    for place in range(counts[0]):
        seen = sum(place < n for n in counts)
        maker.pays(f"{place}", SINCE, f"2025-02-{9 + seen:02d}" if seen < len(counts) else None, 10)


MAKERS = {"RET-005": _shrinking_days, "MOV-014": _two_events}
