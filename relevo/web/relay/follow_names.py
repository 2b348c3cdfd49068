"""The names of what is said of lines that are followed up: priorities, what is counted, and how each kind stands."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from relevo.desk.relay.following import DATES, EVENTS, NEEDS, VALUES, WISHES
from relevo.web.labels import Names, label

PRIORITIES: Names = {
    "": pgettext_lazy("priority", "not said"),
    "must": pgettext_lazy("priority", "must"),
    "nice": pgettext_lazy("priority", "nice to have"),
}
COUNTS: Names = {
    "events": gettext_lazy("times it was used"),
    "users": gettext_lazy("users on one day"),
    "days": gettext_lazy("days of use"),
}
STANDINGS: Mapping[str, Names] = {
    NEEDS: {
        "open": pgettext_lazy("need", "open"),
        "delivered": pgettext_lazy("need", "delivered"),
        "dropped": pgettext_lazy("need", "dropped"),
    },
    WISHES: {
        "open": pgettext_lazy("wish", "not looked into yet"),
        "exists": pgettext_lazy("wish", "the product has it"),
        "planned": pgettext_lazy("wish", "planned"),
        "absent": pgettext_lazy("wish", "the product does not have it"),
    },
    VALUES: {
        "open": pgettext_lazy("value", "expected"),
        "reached": pgettext_lazy("value", "reached"),
        "missed": pgettext_lazy("value", "below what was expected"),
    },
    DATES: {
        "open": pgettext_lazy("day of a calendar", "planned"),
        "reached": pgettext_lazy("day of a calendar", "happened"),
        "late": pgettext_lazy("day of a calendar", "happened late"),
        "missed": pgettext_lazy("day of a calendar", "its day is over"),
        "dropped": pgettext_lazy("day of a calendar", "dropped"),
    },
    EVENTS: {
        "open": pgettext_lazy("event", "awaited"),
        "reached": pgettext_lazy("event", "reached"),
        "late": pgettext_lazy("event", "reached late"),
        "missed": pgettext_lazy("event", "missed"),
    },
}


def standing_words(item: str, standing: str) -> str:
    """How a line of an item stands."""
    return label(STANDINGS.get(item, {}), standing)
