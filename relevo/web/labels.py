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
    "ltv_to_cac": _("Lifetime value per unit of cost"),
    "payback": _("Months to earn a customer back"),
    "payback_months": _("months to pay back"),
    "lost_before_payback": _("left before that, in a year"),
    "cac": _("Cost of a new customer"),
    "ltv": _("Lifetime value"),
    "lifetime_value": _("lifetime value"),
    "still_here": _("still here after two years"),
    "forecast": _("Forecast of MRR"),
    "from_existing": _("from customers you have"),
    "committed": _("Committed MRR"),
    "mrr_now": _("now"),
    "expected_to_leave": _("Expected to leave in a year"),
    "mrr_with_them": _("MRR with them"),
    "happiness": _("Happiness, −100 to 100"),
    "first_response": _("Wait for a first answer"),
    "open_hours": _("Wait in open hours"),
    "grr_year": _("of last year’s revenue kept"),
    "within_promise": _("Answered when promised"),
    "still_waiting": _("still waiting at its end"),
    "contact_rate": _("Conversations per 100 customers in three months"),
    "largest_type": _("takes most of the time"),
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

# What moved a lifetime value.
LIFETIME_PARTS: Names = {
    "opening": pgettext_lazy("bar", "the year before"),
    "closing": pgettext_lazy("bar", "last year"),
    "mix": _("mix"),
    "retention": _("retention"),
    "expansion": pgettext_lazy("part of lifetime value", "expansion"),
    "price": _("price"),
    "margin": _("margin"),
    "cost": _("cost to win"),
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
    "desk": _("Written here"),
}

# Value events with their number in front.
BENEFITS: Names = {
    "set_up": _("set up"),
    "first_value": _("reached first value"),
    "go_live": _("went live"),
    "adopted": _("adopted it widely"),
    "renewed": _("renewed"),
    "reference": _("became a reference"),
    "story": _("told their story"),
    "promise_kept": _("promise kept"),
    "fix": _("fix of what they had reported"),
}

NOTE_KINDS: Names = {
    "call": _("Call"),
    "mail": _("Mail"),
    "meeting": _("Meeting"),
    "note": _("Note"),
}

TABS: Names = {
    "timeline": _("Timeline"),
    "notes": _("Notes and tasks"),
    "hand-offs": _("Hand-offs"),
    "contacts": _("People there"),
    "deals": _("Deals"),
    "conversations": _("Conversations"),
    "usage": _("Use"),
    "money": _("Money"),
    "traits": _("Traits and names"),
    "joins": _("Joined from"),
}

DEAL_KINDS: Names = {
    "new": pgettext_lazy("deal", "new"),
    "expansion": pgettext_lazy("deal", "expansion"),
    "renewal": pgettext_lazy("deal", "renewal"),
}

OUTCOMES: Names = {
    "open": pgettext_lazy("deal", "open"),
    "won": pgettext_lazy("deal", "won"),
    "lost": pgettext_lazy("deal", "lost"),
    "declined": pgettext_lazy("deal", "declined by us"),
}

PARTS: Names = {
    "sold_by": _("sold by"),
    "sourced_by": _("brought in by"),
    "presales": _("presales"),
    "implementation": _("implementation"),
    "success": _("success"),
    "overlay": _("specialist"),
    "manager": _("manager"),
}

TOUCHES: Names = {
    "call": _("call"),
    "meeting": _("meeting"),
    "mail": _("mail"),
    "visit": _("visit"),
    "interview": _("interview"),
    "other": pgettext_lazy("touch", "other"),
}

RATINGS: Names = {
    "happiness": _("happiness"),
    "csat": _("satisfaction"),
    "nps": _("would recommend"),
    "ces": _("effort"),
}

PAYMENTS: Names = {
    "succeeded": _("received"),
    "failed": pgettext_lazy("payment", "failed"),
    "refunded": _("paid back"),
    "disputed": _("disputed"),
}

TERM_STATES: Names = {
    "trialing": _("trial"),
    "active": _("active"),
    "past_due": _("past due"),
    "paused": _("paused"),
    "canceled": _("cancelled"),
    "unpaid": _("unpaid"),
}

TRAITS: Names = {
    "segment": _("Segment"),
    "industry": _("Industry"),
    "size_band": _("Size"),
    "persona": _("Persona"),
    "acquisition_channel": _("Came through"),
    "country": _("Country"),
    "timezone": _("Time zone"),
    "parent_id": _("Parent"),
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

# Pages by their route, for lists of where something is shown.
PAGE_NAMES: Names = {
    "today": _("Today"),
    "money": _("Money: kept"),
    "unit-economics": _("Money: unit economics"),
    "ahead": _("Money: ahead"),
    "reconcile": _("Money: compare with another tool"),
    "conversations": _("Conversations"),
    "waits": _("Conversations: waits"),
    "load": _("Conversations: load"),
    "work-types": _("Conversations: types"),
    "customers": _("Customers"),
    "customer": _("Customer"),
    "promises": _("Promises"),
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
