"""The names of what a hand-off says, as colleagues read them and as its customer does."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relevo.web.labels import label

ITEMS: Mapping[str, str | Promise] = {
    "objectives": _("Objectives"),
    "needs": _("Needs"),
    "wanted_solution": _("Solution they want"),
    "expected_value": _("Value they expect"),
    "calendar": _("Calendar"),
    "value_events": _("When value shows"),
    "summary": _("What the next person should know"),
    "promises": _("Promises"),
    "other": pgettext_lazy("item of a hand-off", "Something else"),
}
# The same, said to the customer.
TO_CUSTOMER: Mapping[str, str | Promise] = {
    "objectives": _("What you want to reach"),
    "needs": _("What you need"),
    "wanted_solution": _("The solution you have in mind"),
    "expected_value": _("The value you expect"),
    "calendar": _("Your calendar"),
    "value_events": _("When you expect to see value"),
    "summary": _("In short"),
}


def item_name(item: str) -> str:
    """What an item is called among colleagues; one that a house added is called as the house wrote it."""
    return label(ITEMS, item) if item in ITEMS else house_words(item)


def customers_item(item: str) -> str:
    """What an item is called towards the customer."""
    return label(TO_CUSTOMER, item) if item in TO_CUSTOMER else house_words(item)


def house_words(name: str) -> str:
    """A lower_snake name of the house's own as it is read: `go_live_risks` gives 'Go live risks'."""
    return name.replace("_", " ").capitalize()
