"""Cases on churn, retention, revenue per customer, cohorts and survival."""

from math import prod
from typing import Any

from relevo.base.periods import first_day
from tests.measures.casebook import LAST_MONTH, Adapter, Maker, View
from tests.measures.cases_movements import SINCE, bridge_company

FEBRUARY, LEFT = "2025-02", "2025-02-10"


def _logos(maker: Maker, opening: int, lost: int, new: int = 0, new_lost: int = 0, back: int = 0) -> None:
    """Customers of 10 a month: some of the opening ones leave in February, some come, some come and leave."""
    for place in range(opening):
        maker.pays(f"old{place}", SINCE, LEFT if place < lost + back else None, 10)
        if lost <= place < lost + back:
            maker.pays(f"old{place}", "2025-02-20", None, 10)
    for place in range(new):
        maker.pays(f"new{place}", "2025-02-03", LEFT if place < new_lost else None, 10)


def _returners(maker: Maker) -> None:
    given = maker.input
    both = given["joined_and_churned"], given["churned_and_reactivated"]
    _logos(maker, given["opening_customers"], given["churned"] - sum(both), both[0], both[0], both[1])


def _logo_rate(view: View) -> float | None:
    rate: float | None = view.row("logo_churn", FEBRUARY)["rate"]
    return rate


def _logo_answer(view: View) -> dict[str, Any]:
    return {
        "logo_churn": _logo_rate(view),
        "opening_cohort": _logo_rate(view),
        "naive_total_over_opening": _logo_rate(view),
    }


def _net_churn(view: View) -> dict[str, Any]:
    return {"net_churn": {"relevo_default_excl": view.row("net_mrr_churn", FEBRUARY)["rate"]}}


def _cancel_and_downgrade(maker: Maker) -> None:
    (jane, _, yearly, unit), (john, _, before, after, _) = maker.input["events"]
    maker.pays(jane, SINCE, LEFT, yearly, interval_unit=unit)
    maker.pays(john, SINCE, LEFT, before)
    maker.pays(john, LEFT, None, after)


def _lost(view: View) -> dict[str, Any]:
    bridge = view.row("mrr_movements", FEBRUARY)
    return {
        "churn": bridge["churn_cents"] / 100,
        "contraction": bridge["contraction_cents"] / 100,
        "churned_revenue": view.money("gross_mrr_churn", FEBRUARY, "lost_cents"),
    }


def _upgraded_cohort(maker: Maker) -> None:
    given = maker.input
    for place in range(given["cohort"]):
        leaves, grows = place < given["churned"], given["churned"] <= place < given["churned"] + given["upgraded"]
        maker.pays(f"{place}", SINCE, LEFT if leaves or grows else None, given["price"])
        if grows:
            maker.pays(f"{place}", LEFT, None, given["upgrade_price"])


def _slip(view: View) -> dict[str, Any]:
    rate = view.row("net_revenue_retention", FEBRUARY, months=1)["rate"]
    expansion = view.money("mrr_movements", FEBRUARY, "expansion_cents")
    return {
        "published_revenue_retention": rate,
        "published_expansion": expansion,
        "correct_expansion": expansion,
        "correct_revenue_retention": rate,
    }


def _came_and_went(maker: Maker) -> None:
    """Over a year: the opening cohort stays, most of what is won within the window is lost again."""
    given = maker.input
    maker.pays("old", SINCE, None, given["opening"])
    maker.pays("won", "2025-03-01", None, given["new_in_window"] - given["churn_of_those_new"])
    maker.pays("lost", "2025-03-01", "2025-09-01", given["churn_of_those_new"])


def _cohort_grr(view: View) -> dict[str, Any]:
    rate = view.row("gross_revenue_retention", "2026-01", months=12)["rate"]
    return {"movement_grr": rate, "cohort_grr": rate}


def _three_months(maker: Maker) -> None:
    months = [("2025-01-01", "2025-02-01"), ("2025-02-01", "2025-03-01"), ("2025-03-01", None)]
    for (start, end), amounts in zip(months, maker.input["mrr"].values(), strict=True):
        for customer, amount in amounts.items():
            maker.pays(customer, start, end, amount)


def _chained(view: View) -> dict[str, Any]:
    monthly = [r["rate"] for r in view.asked("net_revenue_retention", FEBRUARY, "2025-03", months=1)]
    return {
        "monthly": monthly,
        "chain_linked": prod(monthly),
        "two_month_cohort": view.row("net_revenue_retention", "2025-03", months=2)["rate"],
    }


def _nrr_grr(view: View) -> dict[str, Any]:
    return {
        "nrr": view.row("net_revenue_retention", FEBRUARY, months=1)["rate"],
        "grr": view.row("gross_revenue_retention", FEBRUARY, months=1)["rate"],
    }


def _average(maker: Maker) -> None:
    """As many customers as the case says, paying its MRR in equal parts; the new ones come in February."""
    given = maker.input
    new, new_mrr = given.get("new_customers", 0), given.get("new_mrr", 0)
    mrr, customers = given.get("mrr", given.get("closing_mrr")), given.get("active_subscribers")
    old = (customers or given["closing_customers"]) - new
    for place in range(old):
        maker.pays(f"old{place}", SINCE, None, 1)
    maker.pays("old0", SINCE, None, mrr - new_mrr - old, item_id="rest")
    for place in range(new):
        maker.pays(f"new{place}", LEFT, None, new_mrr / new)


def _arpa(view: View) -> dict[str, Any]:
    row = view.row("arpa", FEBRUARY)
    return {"arpa": view.major(row["arpa_cents"]), "asp_new": view.major(row["new_asp_cents"])}


def _cohorts(maker: Maker) -> None:
    """Customers per cohort and month: those who are not there any more left at the start of that month."""
    for cohort, counts in maker.input["cohorts"].items():
        year, start = int(cohort[:4]), int(cohort[5:])
        for place in range(counts[0]):
            seen = sum(place < n for n in counts)
            gone = f"{year}-{start + seen:02d}-01" if seen < len(counts) else None
            maker.pays(f"{cohort} {place}", f"{cohort}-05", gone, 10)


def _triangle(view: View) -> dict[str, Any]:
    first, last = "2025-01", "2025-03"
    early = View(view.book.at(as_of=first_day(LAST_MONTH).replace(year=2025, month=3, day=31)), view.case)
    cells = early.asked("cohort_retention", first, last)
    triangle: dict[str, list[float | None]] = {}
    for cell in cells:
        triangle.setdefault(cell["cohort"], []).append(cell["customer_rate"])
    pooled = {age: _pooled(cells, age) for age in (1, 2)}
    return {
        "triangle": triangle,
        "pooled_m1": pooled[1],
        "pooled_m2": pooled[2],
        "wrong_with_zero_fill_m1": pooled[1],
    }


def _pooled(cells: list[dict[str, Any]], age: int) -> float:
    """Share of customers at an age over the cohorts that can be seen at that age."""
    seen = {c["cohort"]: c["customers"] for c in cells if c["age"] == age and c["customers"] is not None}
    started = sum(c["customers"] for c in cells if c["age"] == 0 and c["cohort"] in seen)
    return float(sum(seen.values()) / started)


def _lives(maker: Maker, months: list[int], left: list[int]) -> None:
    """Customers by tenure, censored at the last complete month or gone in it."""
    for place, (tenure, gone) in enumerate(zip(months, left, strict=True)):
        end = str(first_day(LAST_MONTH)) if gone else None
        start = first_day(LAST_MONTH - tenure)
        maker.pays(f"{place}", str(start), end, 10)


def _curve(view: View) -> list[dict[str, Any]]:
    return view.asked("survival")


def _kaplan_meier(view: View) -> dict[str, Any]:
    curve = _curve(view)
    steps = [r for r in curve if r["events"]]
    return {
        "time": [r["tenure_month"] for r in steps],
        "at_risk": [r["at_risk"] for r in steps],
        "events": [r["events"] for r in steps],
        "S": [r["survival"] for r in steps],
        "median": next(r["tenure_month"] for r in curve if r["survival"] <= 0.5),
        "naive_event_fraction": 1 - curve[-1]["survival"],
    }


def _renewals(maker: Maker) -> None:
    """A contract per customer; whoever is not active at the next renewal left twelve months after the one before."""
    active = maker.input["active_at_renewal"]
    last = 12 * (len(active) - 1)
    for place in range(active[0]):
        years = sum(place < n for n in active)
        gone = years < len(active)
        end = str(first_day(LAST_MONTH - last + 12 * years)) if gone else None
        maker.pays(f"{place}", str(first_day(LAST_MONTH - last)), end, 10, interval_unit="year")


def _hazards(view: View) -> dict[str, Any]:
    steps = [r for r in _curve(view) if r["events"]]
    theta = sum(r["events"] for r in steps) / sum(r["at_risk"] for r in steps)
    return {
        "theta_mle": theta,
        "theta_exact": theta,
        "hazards": [r["events"] / r["at_risk"] for r in steps],
    }


def _ten(view: View) -> dict[str, Any]:
    curve = _curve(view)
    exposure = sum(r["at_risk"] for r in curve if r["tenure_month"])
    hazard = sum(r["events"] for r in curve) / exposure
    return {
        "S": {str(r["tenure_month"]): r["survival"] for r in curve},
        "naive_churned_over_all": 1 - curve[-1]["survival"],
        "naive_mean_tenure_of_churned": 1 / hazard,
        "events_per_customer_month": hazard,
    }


def _tie(view: View) -> dict[str, Any]:
    at_six = _curve(view)[6]["survival"]
    return {"S_6": at_six, "wrong_if_censored_first": at_six}


CASES = {
    "RET-002": Adapter(lambda m: bridge_company(m, m.input), _net_churn),
    "RET-004": Adapter(_returners, _logo_answer),
    "RET-006": Adapter(
        lambda m: _logos(m, 1000, m.input["lost_from_opening"], m.input["new"], m.input["lost_from_new"]),
        _logo_answer,
        other=frozenset({"midpoint_style"}),
    ),
    "RET-008": Adapter(lambda m: _logos(m, m.input["opening"], m.input["left"], m.input["new"]), _logo_answer),
    "RET-009": Adapter(_cancel_and_downgrade, _lost),
    "RET-011": Adapter(_upgraded_cohort, _slip),
    "RET-013": Adapter(_came_and_went, _cohort_grr),
    "RET-014": Adapter(_three_months, _chained),
    "UE-001": Adapter(_average, _arpa),
    "UE-010": Adapter(lambda m: bridge_company(m, m.input), _nrr_grr),
    "UE-020": Adapter(_average, _arpa),
    "COH-003": Adapter(_cohorts, _triangle),
    "SUR-001": Adapter(lambda m: _lives(m, m.input["time"], m.input["event"]), _kaplan_meier),
    "SUR-003": Adapter(_renewals, _hazards),
    "SUR-006": Adapter(lambda m: _lives(m, m.input["months"], m.input["churned"]), _ten),
    "SUR-008": Adapter(lambda m: _lives(m, m.input["months"], m.input["churned"]), _tie),
}
