"""The tabs of Hand-offs: one page for each question."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TABS: dict[str, str | Promise] = {
    "hand-offs": gettext_lazy("Board"),
    "promises": gettext_lazy("Promises"),
    "fit": gettext_lazy("Fit"),
    "fidelity": gettext_lazy("Fidelity"),
    "process": gettext_lazy("Process"),
    "friction": gettext_lazy("Friction"),
    "records": gettext_lazy("Records"),
    "handoff-items": gettext_lazy("Items"),
    "plans": gettext_lazy("Absences"),
}


def relay_tabs(here: str) -> SafeString:
    """Links to the pages of Hand-offs, the one that is open marked."""
    shown = [(url, route == here, name) for route, name in TABS.items() if (url := _address(route))]
    links = format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        ((url, SafeString(' aria-current="page"') if is_here else "", name) for url, is_here, name in shown),
    )
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', _("Hand-offs"), links)


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
