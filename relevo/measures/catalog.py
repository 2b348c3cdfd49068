"""The explicit list of measures. One that is not here does not exist."""

from collections.abc import Mapping

from relevo.base.errors import WrongUse
from relevo.measures.card import AnyMeasure, Composite, Expression
from relevo.measures.revenue.cac import CAC
from relevo.measures.revenue.cac_payback import CAC_PAYBACK
from relevo.measures.revenue.churn_causes import CHURN_CAUSES
from relevo.measures.revenue.churn_scored import EXPECTED_CHURN_SCORED
from relevo.measures.revenue.cohort_projection import COHORT_PROJECTION
from relevo.measures.revenue.cohorts import ARPA_BY_TENURE, COHORT_RETENTION
from relevo.measures.revenue.committed import COMMITTED_MRR
from relevo.measures.revenue.customer_value import CUSTOMER_VALUE
from relevo.measures.revenue.expected_churn import EXPECTED_CHURN
from relevo.measures.revenue.forecast import FORECAST
from relevo.measures.revenue.forgone import FORGONE_VALUE
from relevo.measures.revenue.hazard_ratios import HAZARD_RATIOS
from relevo.measures.revenue.lifetime_bridge import LTV_BRIDGE
from relevo.measures.revenue.lifetime_value import LTV
from relevo.measures.revenue.ltv_to_cac import LTV_TO_CAC
from relevo.measures.revenue.movements import MOVEMENT_LOG, MRR_MOVEMENTS, QUICK_RATIO
from relevo.measures.revenue.payback_curve import PAYBACK_CURVE
from relevo.measures.revenue.reconcile import RECONCILE
from relevo.measures.revenue.renewal_hazards import RENEWAL_HAZARDS
from relevo.measures.revenue.renewal_rate import RENEWAL_RATE
from relevo.measures.revenue.renewals import RENEWALS_DUE
from relevo.measures.revenue.retention import (
    GROSS_MRR_CHURN,
    GROSS_REVENUE_RETENTION,
    LOGO_CHURN,
    NET_MRR_CHURN,
    NET_REVENUE_RETENTION,
)
from relevo.measures.revenue.seller_quality import SELLER_QUALITY
from relevo.measures.revenue.snapshot import ARPA, ARR, MRR
from relevo.measures.revenue.sold_book import SOLD_BOOK, SOLD_BOOK_MARKS
from relevo.measures.revenue.support_tiers import SUPPORT_TIERS
from relevo.measures.revenue.survival import SURVIVAL
from relevo.measures.revenue.survival_compare import SURVIVAL_COMPARE
from relevo.measures.revenue.triangle import COHORT_TOTAL
from relevo.measures.revenue.upgrades import UPGRADE_RATE
from relevo.measures.selling.efficiency import PIPELINE_VELOCITY, TIME_TO_CLOSE, WIN_RATE
from relevo.measures.success.baton import BATON
from relevo.measures.success.dropped import DROPPED_BATONS
from relevo.measures.success.flow import HANDOFF_FLOW
from relevo.measures.success.handoff_fidelity import HANDOFF_FIDELITY
from relevo.measures.success.promises import PROMISES
from relevo.measures.support.avoidance import AVOIDANCE
from relevo.measures.support.coaching import COACHING
from relevo.measures.support.compat import WAITS_COMPAT
from relevo.measures.support.cover import COVER
from relevo.measures.support.happiness import HAPPINESS
from relevo.measures.support.load import LOAD
from relevo.measures.support.retention_after_contact import RETENTION_AFTER_CONTACT
from relevo.measures.support.review_accuracy import REVIEW_ACCURACY
from relevo.measures.support.review_agreement import REVIEW_AGREEMENT
from relevo.measures.support.review_scores import REVIEW_SCORES, REVIEW_TREND
from relevo.measures.support.review_severity import REVIEW_SEVERITY
from relevo.measures.support.reviews import REVIEWS
from relevo.measures.support.support_map import SUPPORT_MAP
from relevo.measures.support.waits import WAITS
from relevo.measures.support.work_types import WORK_TYPES

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
        COHORT_TOTAL,
        COHORT_PROJECTION,
        SURVIVAL,
        SURVIVAL_COMPARE,
        HAZARD_RATIOS,
        RENEWAL_HAZARDS,
        RENEWALS_DUE,
        RECONCILE,
        CAC,
        CAC_PAYBACK,
        PAYBACK_CURVE,
        LTV,
        LTV_TO_CAC,
        LTV_BRIDGE,
        CUSTOMER_VALUE,
        EXPECTED_CHURN,
        EXPECTED_CHURN_SCORED,
        CHURN_CAUSES,
        RENEWAL_RATE,
        COMMITTED_MRR,
        FORECAST,
        SOLD_BOOK,
        SOLD_BOOK_MARKS,
        SELLER_QUALITY,
        SUPPORT_TIERS,
        FORGONE_VALUE,
        WIN_RATE,
        TIME_TO_CLOSE,
        PIPELINE_VELOCITY,
        BATON,
        DROPPED_BATONS,
        HANDOFF_FLOW,
        HANDOFF_FIDELITY,
        PROMISES,
        WAITS,
        REVIEWS,
        REVIEW_SCORES,
        REVIEW_TREND,
        REVIEW_ACCURACY,
        REVIEW_AGREEMENT,
        REVIEW_SEVERITY,
        COACHING,
        RETENTION_AFTER_CONTACT,
        LOAD,
        WORK_TYPES,
        AVOIDANCE,
        SUPPORT_MAP,
        HAPPINESS,
        WAITS_COMPAT,
        COVER,
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
