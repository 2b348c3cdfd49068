"""The explicit list of measures. One that is not here does not exist."""

from collections.abc import Mapping

from relevo.base.errors import WrongUse
from relevo.measures.card import AnyMeasure, Composite, Expression
from relevo.measures.revenue.cohorts import ARPA_BY_TENURE, COHORT_RETENTION
from relevo.measures.revenue.movements import MOVEMENT_LOG, MRR_MOVEMENTS, QUICK_RATIO
from relevo.measures.revenue.renewals import RENEWALS_DUE
from relevo.measures.revenue.retention import (
    GROSS_MRR_CHURN,
    GROSS_REVENUE_RETENTION,
    LOGO_CHURN,
    NET_MRR_CHURN,
    NET_REVENUE_RETENTION,
)
from relevo.measures.revenue.snapshot import ARPA, ARR, MRR
from relevo.measures.revenue.survival import SURVIVAL
from relevo.measures.revenue.upgrades import UPGRADE_RATE

MEASURES: dict[str, AnyMeasure] = {
    measure.card.name: measure
    for measure in (
        MRR,
        ARR,
        MRR_MOVEMENTS,
        MOVEMENT_LOG,
        NET_REVENUE_RETENTION,
        GROSS_REVENUE_RETENTION,
        LOGO_CHURN,
        GROSS_MRR_CHURN,
        NET_MRR_CHURN,
        UPGRADE_RATE,
        QUICK_RATIO,
        ARPA,
        ARPA_BY_TENURE,
        COHORT_RETENTION,
        SURVIVAL,
        RENEWALS_DUE,
    )
}


def find(name: str) -> AnyMeasure:
    """The measure of that name; wrong use for a name that is none."""
    if name not in MEASURES:
        raise WrongUse(f"{name!r} is not a measure.", f"Known: {', '.join(MEASURES)}.")
    return MEASURES[name]


def expressions_of(measure: AnyMeasure) -> Mapping[str, Expression]:
    """The expressions an engine runs for a measure, by part; none where it asks other measures."""
    return {} if isinstance(measure, Composite) else measure.expressions
