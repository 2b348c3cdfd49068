"""The tabs of Hand-offs: one page for each question."""

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.web.tab_links import tab_links

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
    return tab_links(TABS, _("Hand-offs"), here)
