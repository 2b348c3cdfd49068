"""Cases that are arithmetic on rates and need no rows."""

from typing import Any

from relevo.measures.estimators.chain_ladder import pooled_row
from relevo.measures.revenue.annualising import (
    mean_lifetime,
    monthly_of_days,
    yearly_of_days,
    yearly_of_monthly,
)
from tests.measures.casebook import Adapter, Maker, View, differs


def _nothing(_maker: Maker) -> None:
    """No rows."""


def _monthly(view: View) -> dict[str, Any]:
    monthly = view.case["input"]["monthly_churn"]
    yearly = yearly_of_monthly(monthly)
    assert yearly is not None
    return {
        "annual_churn": yearly,
        "linear_wrong": yearly,
        "annual_retention": 1 - yearly,
        "mean_lifetime_months": mean_lifetime(monthly),
    }


def _odd_window(view: View) -> dict[str, Any]:
    given = view.case["input"]
    measured, days = given["measured_churn"], given["period_days"]
    return {"monthly": monthly_of_days(measured, days), "annual": yearly_of_days(measured, days)}


def _pooled(view: View) -> dict[str, Any]:
    """The total row from the printed cells. The printed row is theirs with two slips, both inside the tolerance, so
    here, unlike elsewhere, the published values are to be met.
    """
    amounts = [[c["initial_mrr"] * share / 100 for share in c["retention_pct"]] for c in view.case["input"]["cohorts"]]
    row = [100 * cell.share for cell in pooled_row(amounts) if cell.share is not None]
    assert not differs(row, view.case["expected"]["published_weighted_average_pct"], view.case["tolerance"])
    return {"recomputed_from_rounded_cells_pct": [round(share, 3) for share in row]}


CASES = {
    "COH-001": Adapter(_nothing, _pooled, other=frozenset({"published_weighted_average_pct"})),
    "RET-015": Adapter(_nothing, _monthly),
    "RET-016": Adapter(_nothing, _monthly),
    "RET-017": Adapter(_nothing, _odd_window),
}
