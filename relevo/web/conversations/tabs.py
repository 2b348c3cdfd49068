"""The tabs of Conversations: one page for each question."""

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.web.tab_links import tab_links

TABS: dict[str, str | Promise] = {
    "conversations": gettext_lazy("Overview"),
    "waits": gettext_lazy("Waits"),
    "load": gettext_lazy("Load"),
    "work-types": gettext_lazy("Types"),
    "channels": gettext_lazy("Channels"),
    "support-people": gettext_lazy("People"),
    "reviews": gettext_lazy("Reviews"),
    "call-back": gettext_lazy("Call back"),
    "after-contact": gettext_lazy("Afterwards"),
}


def conversation_tabs(here: str) -> SafeString:
    """Links to the pages of Conversations, the one that is open marked."""
    return tab_links(TABS, _("Conversations"), here)
