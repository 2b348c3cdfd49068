"""Every page that a reader can open in the small company, by the name of its picture."""

PAGES = {
    "today": "/",
    "review": "/review",
    "customers": "/customers",
    "customers-filtered": "/customers?f=segment:is:smb&f=mrr:min:50&columns=name,mrr,seller,plan",
    "no-customers": "/customers?q=nobody+of+that+name",
    "customer": "/customers/C00",
    **{
        f"customer-{tab}": f"/customers/C00?tab={tab}"
        for tab in ("notes", "contacts", "deals", "conversations", "usage", "money", "traits")
    },
    "never-paid": "/customers/C39",
    "search": "/search?q=customer",
    "money": "/money",
    "money-movements": "/money?method=movement&cells=count&survival_by=plan&by=plan",
    "unit-economics": "/money/unit-economics",
    "ahead": "/money/ahead",
    "reconcile": "/money/reconcile",
    "rows": "/rows/mrr",
    "definitions": "/definitions",
    "definition": "/definitions/ltv",
    "kit": "/kit",
    "data": "/data",
    "loads": "/data/loads",
    "aside": "/data/aside",
    "compare": "/data/compare",
    "closing": "/data/closing",
    "settings": "/settings",
    "password": "/settings/password",
    "codes": "/settings/codes",
    "sessions": "/settings/sessions",
    "keys": "/settings/keys",
    "people": "/settings/people",
    "person": "/settings/people/mia",
    "roles": "/settings/roles",
    "house": "/settings/house",
    "rule": "/settings/house/gross_margin",
    "goals": "/settings/goals",
    "running": "/settings/running",
    "audit": "/settings/audit",
    "api": "/api/v1/docs",
    "not-found": "/customers/nobody",
}
# What somebody who has not signed in sees.
OUTSIDE = {"sign-in": "/sign-in", "link-refused": "/enter/never-made"}
