"""Which measures have one figure a month that a whole company can read first, and in which column it stands."""

HEADLINES = {
    "net_revenue_retention": "rate",
    "gross_revenue_retention": "rate",
    "logo_churn": "rate",
    "gross_mrr_churn": "rate",
    "net_mrr_churn": "rate",
    "upgrade_rate": "rate",
    "quick_ratio": "ratio",
    "renewal_rate": "rate",
    "mrr": "mrr_cents",
    "arr": "arr_cents",
    "arpa": "arpa_cents",
}
