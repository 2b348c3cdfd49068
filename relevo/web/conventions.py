"""The words for conventions of recurring revenue: tools, causes of a difference, and how each side counts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

TOOLS: Mapping[str, str] = {
    "relevo": "Relevo",
    "stripe": "Stripe",
    "chartmogul": "ChartMogul",
    "baremetrics": "Baremetrics",
    "profitwell": "ProfitWell",
    "recurly": "Recurly",
    "maxio": "Maxio",
}

CAUSES: Mapping[str, str | Promise] = {
    "unexplained": _("not explained"),
    "fx": pgettext_lazy("cause of a difference", "exchange rates"),
    "discounts": _("discounts"),
    "once_on_multimonth": _("one-off discounts"),
    "refunds": _("refunds"),
    "metered": _("metered use"),
    "weeks_per_year": _("weekly plans"),
    "days_per_year": _("daily plans"),
    "new_recognition": _("when revenue begins"),
    "cancel_recognition": _("when a cancellation counts"),
    "past_due_grace_days": _("late payers"),
    "unpaid": _("given-up debts"),
    "pause": _("pauses"),
    "zero_mrr_is_churn": _("customers at 0"),
    "gap_tolerance_days_charge": _("late renewals by card"),
    "gap_tolerance_days_invoice": _("late renewals by invoice"),
    "level": _("groups of companies"),
}

WAYS: Mapping[tuple[str, str], str | Promise] = {
    ("fx", "closing_bridge"): _("at the rate of the month’s end"),
    ("fx", "locked"): _("at the rate of the day of purchase"),
    ("fx", "service_start"): _("at the rate of the day the period of service began"),
    ("discounts", "recurring_in_force"): _("standing discounts are taken off"),
    ("discounts", "all"): _("every discount is taken off"),
    ("discounts", "forever_only"): _("only discounts without end are taken off"),
    ("discounts", "none"): _("no discount is taken off"),
    ("refunds", "ignore"): _("a refund changes nothing"),
    ("refunds", "net"): _("taken off in the month of the refund"),
    ("metered", "exclude"): _("does not count"),
    ("metered", "as_billed"): _("counts"),
    ("new_recognition", "service_start"): _("from the start of service"),
    ("new_recognition", "paid"): _("from the first paid invoice"),
    ("new_recognition", "issued"): _("from the first invoice"),
    ("cancel_recognition", "service_end"): _("when the service ends"),
    ("cancel_recognition", "request"): _("when the customer asks"),
    ("unpaid", "zero"): _("does not count"),
    ("unpaid", "keep"): _("counts"),
    ("pause", "zero"): _("does not count"),
    ("pause", "keep"): _("counts"),
    ("zero_mrr_is_churn", "True"): _("has left"),
    ("zero_mrr_is_churn", "False"): _("is still a customer"),
    ("past_due_grace_days", "None"): _("counts however late"),
    ("level", "account"): _("each account by itself"),
    ("level", "parent"): _("a group is one customer"),
}


def tool_name(tool: str) -> str:
    """A tool as it writes itself."""
    return TOOLS.get(tool, tool)


def cause_name(cause: str, tool: str) -> str:
    """What a row of a bridge is called: the tool, Relevo, or the convention."""
    if cause in ("theirs", "ours"):
        return tool_name(tool if cause == "theirs" else "relevo")
    return str(CAUSES.get(cause, cause.replace("_", " ")))


def way(cause: str, value: str) -> str:
    """How a side counts, in words."""
    if (cause, value) in WAYS:
        return str(WAYS[cause, value])
    if cause.endswith("_per_year"):
        return gettext("%(n)s a year") % {"n": value}
    if "_days" in cause:
        return gettext("for %(n)s days") % {"n": value}
    return value.replace("_", " ")
