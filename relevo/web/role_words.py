"""Names of roles, of what they see and may change, of doors and of what a key may ask."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relevo.web.labels import Names

ROLE_NAMES: Names = {
    "owner": pgettext_lazy("role", "Owner"),
    "sales_lead": _("Sales lead"),
    "success_lead": _("Success lead"),
    "support_lead": _("Support lead"),
    "seller": _("Seller"),
    "csm": _("Customer success manager"),
    "agent": _("Support agent"),
    "finance": _("Finance"),
    "product": _("Product"),
    "analyst": _("Analyst"),
    "": _("no role"),
}
SIGHT_COLUMNS: Names = {
    "customers": _("Customers"),
    "money": _("Money of customers"),
    "persons": _("Figures of persons"),
    "conversations": _("Words of customers"),
}
SIGHTS: Names = {
    "none": pgettext_lazy("sight", "none"),
    "own": pgettext_lazy("sight", "own"),
    "team": pgettext_lazy("sight", "team"),
    "all": pgettext_lazy("sight", "all"),
}
RIGHTS: Names = {
    "people": _("people, roles, audit"),
    "data": _("files and how they are read"),
    "house": _("house rules"),
    "house_money": _("house rules of money"),
    "identity": _("which customers are one"),
}
DOORS: Names = {
    "password": _("password"),
    "link": _("link"),
    "openid": _("OpenID Connect"),
    "password+code": _("password and code"),
    "link+code": _("link and code"),
    "": _("before this list was kept"),
}
SCOPES: Names = {
    "read": _("read what stands in no other scope"),
    "read:money": _("read money of customers"),
    "read:persons": _("read figures of persons"),
    "read:conversations": _("read words of customers"),
    "write:views": _("write saved views"),
    "write:house": _("write house rules"),
    "write:identity": _("decide which customers are one"),
    "write:voices": _("ask customers for ratings"),
    "write:relay": _("write hand-offs, promises and fit"),
    "write:reviews": _("write peer reviews and coaching"),
    "admin": _("people, keys and audit"),
}
