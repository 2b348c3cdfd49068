"""Short names of what answers speak of by code: figures, columns, dimensions, kinds, causes. One place, translated."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Names = Mapping[str, str | Promise]

FIGURES: Names = {
    "mrr": _("Monthly recurring revenue"),
    "paying_customers": _("paying customers"),
    "net_new_mrr": _("New + upsell − churn"),
    "lost_mrr": _("lost"),
    "gained_mrr": _("Won: new, back and upsell"),
    "nrr": _("Net revenue retention"),
    "grr": _("gross"),
    "logo_churn": _("Customers lost in a year"),
    "gross_churn": _("revenue lost before upsell"),
    "arpa": _("Average per customer"),
    "renewals": _("Renewals due in 90 days"),
    "renewals_by_hand": _("do not renew by themselves"),
}

DIMENSIONS: Names = {
    "segment": _("Segment"),
    "plan": _("Plan"),
    "seller": _("Seller"),
    "country": _("Country"),
    "industry": _("Industry"),
    "size_band": _("Size"),
    "persona": _("Persona"),
    "channel": _("Channel"),
    "parent": _("Parent"),
    "cohort": _("Started in"),
}

KINDS: Names = {
    "opening": pgettext_lazy("bar", "a year ago"),
    "closing": pgettext_lazy("bar", "now"),
    "new": pgettext_lazy("movement", "new"),
    "reactivation": pgettext_lazy("movement", "came back"),
    "expansion": pgettext_lazy("movement", "expansion"),
    "contraction": pgettext_lazy("movement", "contraction"),
    "churn": pgettext_lazy("movement", "churn"),
    "other": pgettext_lazy("movement", "other"),
    "fx": pgettext_lazy("movement", "exchange rates"),
    "prior_period_adj": pgettext_lazy("movement", "late changes"),
    "identity_adj": pgettext_lazy("movement", "merges"),
    "gained": pgettext_lazy("movement", "gained"),
    "lost": pgettext_lazy("movement", "lost"),
    "net": pgettext_lazy("movement", "net"),
    "change": pgettext_lazy("movement", "change"),
}

CAUSES: Names = {
    "seats": _("seats"),
    "plan": _("plan"),
    "add_on": _("add-on"),
    "price_increase": _("price increase"),
    "contracted_ramp": _("agreed ramp"),
    "discount_start": _("discount began"),
    "discount_end": _("discount ended"),
    "discount_100": _("discounted to nothing"),
    "billing_period_change": _("billing period changed"),
    "pause": _("pause"),
    "resume": _("resumed"),
    "delinquent": _("did not pay"),
    "cancel": _("cancelled"),
    "free_plan": _("free plan"),
    "correction": _("correction"),
}

STATUSES: Names = {
    "paying": _("paying"),
    "left": pgettext_lazy("status of a customer", "left"),
    "never": _("never paid"),
}

LINE_KINDS: Names = {
    "conversations": _("Conversation"),
    "money": _("Money"),
    "product": _("Product"),
    "relay": _("Relay"),
    "selling": _("Selling"),
    "voice": _("Voice"),
}

ROLES: Names = {
    "sales": _("sales"),
    "presales": _("presales"),
    "implementation": _("implementation"),
    "success": _("success"),
    "support": _("support"),
    "account_manager": _("account manager"),
    "champion": _("champion"),
    "economic_buyer": _("economic buyer"),
    "admin": _("administrator"),
    "user": _("user"),
    "other": pgettext_lazy("role", "other"),
}

MEASURE_KINDS: Names = {
    "efficiency": _("efficiency"),
    "outcome": _("outcome"),
    "context": _("context"),
}

SEVERITIES: Names = {
    "critical": _("stops a book"),
    "warning": _("warning"),
    "info": _("for your information"),
}

UNITS: Names = {
    "month": _("a month"),
    "money": _("money"),
    "rate": _("share"),
    "ratio": _("ratio"),
    "count": _("a number"),
    "months": _("months"),
    "text": _("text"),
    "date": _("a day"),
    "boolean": _("yes or no"),
}

NONE = _("(none)")


def label(names: Names, code: str | None) -> str:
    """The name of a code; the code itself, with blanks, where a source brought a word of its own."""
    if code is None:
        return ""
    return str(names[code]) if code in names else code.replace("_", " ")


def slice_value(value: str | None) -> str:
    """A value of a dimension as it stands in the data; '(none)' in the reader's language."""
    return str(NONE) if value == "(none)" else value or ""
