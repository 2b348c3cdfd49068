"""Every address of the pages, by its name, with examples in the place of its arguments.

The list is made from the addresses themselves, so that a new one is in every test that walks them.
"""

from django.urls import URLPattern, reverse

from relevo.web.urls import urlpatterns

# Who has not signed in may open these.
OPEN = {
    "sign-in", "sign-in-code", "openid-start", "openid_connect_callback", "enter", "healthz", "preferences",
    "customer-link", "rating",
}  # fmt: skip
# The customer is Ana's (even), so that Ben may not see it; what a number stands for is not there.
EXAMPLES = {
    "customer_id": "C02",
    "person_id": "ana",
    "name": "mrr",
    "form": "csv",
    "token": "never-made",
    "username": "ines",
    "provider_id": "company",
    "view_id": 987654,
    "key": 987654,
    "file": "never-loaded.csv",
    "item": "needs",
    "act": "return",
    "handoff_id": "H1",
    "deal_id": "never-made",
    "line": 987654,
}
# What the same argument stands for elsewhere.
_MEANT: dict[tuple[str, str], str | int] = {("rule", "key"): "gross_margin"}
# They write: GET does nothing.
WRITES = {
    "sign-out", "preferences", "mail-test", "close-month", "reopen-month", "file-note", "withdraw-note", "add-task",
    "finish-task", "reopen-task", "move-task", "freeze-review", "view-save", "view-change", "view-delete",
    "save-profile", "end-session", "revoke-key", "decide-identity", "undo-identity",
    "upload", "take-back", "read-again", "plan-give", "plan-end", "write-hand-off", "do-hand-off", "decline-deal",
    "take-back-decline", "follow-ups", "follow-up", "take-review", "pick-review", "note-coaching", "withdraw-coaching",
}  # fmt: skip


def patterns() -> dict[str, URLPattern]:
    """The patterns of pages by name; what is included from elsewhere is not among them."""
    return {str(p.name): p for p in urlpatterns if isinstance(p, URLPattern) and p.name}


def address(name: str) -> str:
    """An address with examples filled in."""
    found = patterns()[name]
    pattern = found.pattern
    wanted = {*getattr(pattern, "converters", {}), *getattr(getattr(pattern, "regex", None), "groupindex", {})}
    filled = {argument: _MEANT.get((name, argument), EXAMPLES[argument]) for argument in wanted}
    return reverse(name, kwargs={**filled, **found.default_args})


def readable() -> list[str]:
    """The addresses that somebody who signed in can open."""
    return sorted(address(name) for name in patterns() if name not in OPEN | WRITES)
