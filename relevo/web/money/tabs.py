"""The tabs of Money: one page for each question."""

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.web.tab_links import tab_links

TABS: dict[str, str | Promise] = {
    "money": gettext_lazy("Kept"),
    "unit-economics": gettext_lazy("Unit economics"),
    "ahead": gettext_lazy("Ahead"),
    "reconcile": gettext_lazy("Compare"),
}


def money_tabs(here: str) -> SafeString:
    """Links to the pages of Money, the one that is open marked."""
    return tab_links(TABS, _("Money"), here)
