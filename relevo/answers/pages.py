"""Which measures each page shows: the budget of a page, and the law that no page is made of efficiency alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from relevo.answers.header import BUDGET
from relevo.base.errors import WrongUse
from relevo.measures.card import Kind
from relevo.measures.catalog import find


@dataclass(frozen=True)
class Shown:
    """A page by its route: the measures of its tiles, the star first, and those it shows below.

    WrongUse where tiles are too many, where a measure is none, or where every measure is one of efficiency: how fast
    people work says nothing of what became of the customers.
    """

    route: str
    tiles: tuple[str, ...]
    below: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a page that breaks the law."""
        if len(self.tiles) > BUDGET:
            raise WrongUse(
                f"The page {self.route} would have {len(self.tiles)} tiles.",
                f"Take one away for each beyond {BUDGET}: one star and three guardrails are read, more are not.",
            )
        kinds = {find(name).card.kind for name in self.measures}
        if kinds == {Kind.EFFICIENCY}:
            raise WrongUse(
                f"The page {self.route} would show efficiency alone: {', '.join(self.measures)}.",
                "Add a measure of outcome, such as net_revenue_retention, beside them.",
            )

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure the page shows, once."""
        return tuple(dict.fromkeys((*self.tiles, *self.below)))


_PAGES = (
    Shown(
        "today",
        ("mrr_movements", "net_revenue_retention", "quick_ratio", "renewals_due"),
        ("gross_revenue_retention", "logo_churn", "movement_log"),
    ),
    Shown(
        "money",
        ("mrr_movements", "net_revenue_retention", "logo_churn", "arpa"),
        (
            "gross_revenue_retention", "gross_mrr_churn", "mrr", "arpa_by_tenure", "cohort_retention", "survival",
            "survival_compare",
        ),
    ),
    Shown(
        "unit-economics",
        ("ltv_to_cac", "cac_payback", "cac", "ltv"),
        (
            "payback_curve", "survival", "ltv_bridge", "net_revenue_retention", "gross_revenue_retention", "win_rate",
            "time_to_close", "pipeline_velocity",
        ),
    ),
    Shown(
        "ahead",
        ("forecast", "committed_mrr", "expected_churn", "renewals_due"),
        ("mrr", "expected_churn_scored"),
    ),
    Shown(
        "conversations",
        ("happiness", "waits", "waits", "work_types"),
        ("gross_revenue_retention", "support_map"),
    ),
    Shown("waits", ("waits", "waits"), ("gross_revenue_retention", "cover", "waits_compat")),
    Shown("load", (), ("load", "avoidance", "gross_revenue_retention")),
    Shown("work-types", (), ("work_types",)),
    Shown("reconcile", (), ("reconcile",)),
    Shown("customer", (), ("mrr", "movement_log")),
    Shown("customers", (), ("mrr",)),
    Shown("promises", (), ("promises",)),
)  # fmt: skip
PAGES: Mapping[str, Shown] = {page.route: page for page in _PAGES}
