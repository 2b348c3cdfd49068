"""The tabs of Money: one page for each question."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TABS: dict[str, str | Promise] = {
    "money": gettext_lazy("Kept"),
    "unit-economics": gettext_lazy("Unit economics"),
    "ahead": gettext_lazy("Ahead"),
    "reconcile": gettext_lazy("Compare"),
}


def money_tabs(here: str) -> SafeString:
    """Links to the pages of Money, the one that is open marked."""
    links = format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        (
            (reverse(route), SafeString(' aria-current="page"') if route == here else "", name)
            for route, name in TABS.items()
        ),
    )
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', _("Money"), links)
