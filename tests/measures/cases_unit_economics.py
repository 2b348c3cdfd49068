"""Cases of unit economics that are arithmetic on given figures: the simple forms, asked with the case's numbers."""

from fractions import Fraction
from typing import Any

from relevo.measures.estimators.survival import kaplan_meier
from relevo.measures.revenue.lifetime_forms import (
    Segment,
    blended_value,
    cash_payback,
    churn_of,
    endless_floor,
    endless_value,
    mean_value,
    monthly_churn,
    simple_payback,
    value_until,
)
from relevo.measures.revenue.lifetime_interval import rule_of_three
from relevo.measures.revenue.lifetime_value import mix_weighted
from tests.measures.casebook import Adapter, Maker, View, cases


def exact(number: float) -> Fraction:
    """A number as the case writes it."""
    return Fraction(str(number))


def shown(value: Fraction | None) -> float | None:
    """A figure as it is compared."""
    return None if value is None else float(value)


def _nothing(_maker: Maker) -> None:
    """No rows."""


def _rounded_churn(view: View) -> dict[str, Any]:
    given = view.case["input"]
    value = shown(endless_value(given["arpa"], churn_of(given["churned"], given["opening"])))
    return {"published_ltv": value, "exact_ltv": value}


def _nobody_left(view: View) -> dict[str, Any]:
    given = view.case["input"]
    customers, lost = given["customers"], given["churned"]
    return {
        "ltv_simple": shown(endless_value(given["arpa"], churn_of(lost, customers))),
        "upper95_monthly_churn_rule_of_three": rule_of_three(customers),
        "ltv_lower_bound": shown(endless_floor(given["arpa"], customers, lost)),
    }


def _prepaid(view: View) -> dict[str, Any]:
    given = view.case["input"]
    contract, cost = given["contract"], given["cac"]
    monthly = Fraction(contract["amount"], 12) * exact(given["gross_margin"])
    return {
        "margin_payback_months": shown(simple_payback(cost, monthly)),
        "cash_payback_months": cash_payback(cost, [contract["amount"], *[0] * 11]),
    }


def _mixed_units(view: View) -> dict[str, Any]:
    given = view.case["input"]
    monthly = monthly_churn(given["annual_churn"])
    value = shown(endless_value(given["arpa_monthly"], Fraction(monthly)))
    return {"wrong": value, "right_monthly_churn": monthly, "right_ltv": value}


def _average_of_segments(view: View) -> dict[str, Any]:
    listed = [Segment(s["n"], exact(s["arpa"]), exact(s["monthly_churn"])) for s in view.case["input"]["segments"]]
    return {
        "blended_arpa": shown(mix_weighted([(s.customers, s.arpa) for s in listed])),
        "blended_churn": shown(mix_weighted([(s.customers, s.churn) for s in listed])),
        "blended_ltv": shown(blended_value(listed)),
        "segment_ltv": [shown(endless_value(s.arpa, s.churn)) for s in listed],
        "mix_weighted_ltv": shown(mean_value(listed)),
    }


def _as_far_as_seen(view: View) -> dict[str, Any]:
    given = view.case["input"]
    lives = cases()[given["same_curve"]]["input"]
    curve = kaplan_meier(lives["months"], lives["churned"])
    survival = curve.at(range(given["horizon_months"])).tolist()
    margin = given["arpa"] * exact(given["gross_margin"])
    hazard = churn_of(sum(lives["churned"]), sum(lives["months"]))
    return {
        "sum_S": shown(value_until(1, survival, given["horizon_months"])),
        "ltv_9m": shown(value_until(margin, survival, given["horizon_months"])),
        "constant_hazard_ltv_infinite": shown(endless_value(margin, hazard)),
    }


CASES = {
    "UE-003": Adapter(_nothing, _rounded_churn),
    "UE-013": Adapter(_nothing, _nobody_left),
    "UE-018": Adapter(_nothing, _prepaid),
    "UE-019": Adapter(_nothing, _mixed_units),
    "UE-021": Adapter(_nothing, _average_of_segments),
    "SUR-009": Adapter(_nothing, _as_far_as_seen),
}
