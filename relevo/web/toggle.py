"""Mine or team: who holds customers and leads others narrows every page to the own ones, and widens it again."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from relevo.web.reader import MINE, whole_reading_of


def toggle(request: HttpRequest) -> list[dict[str, Any]]:
    """The two choices with their addresses; none for who sees the own customers alone, or holds none."""
    viewer = whole_reading_of(request).viewer
    if not viewer.own or viewer.own == viewer.scope:
        return []
    is_mine = request.GET.get("scope") == MINE
    wide = _("Company") if viewer.scope is None else _("Team")
    return [
        {"name": _("Mine"), "href": _address(request, MINE), "on": is_mine},
        {"name": wide, "href": _address(request, ""), "on": not is_mine},
    ]


def _address(request: HttpRequest, scope: str) -> str:
    """The same page for one scope, from its first row on."""
    asked = request.GET.copy()
    for name in ("scope", "offset", "panel"):
        asked.pop(name, None)
    if scope:
        asked["scope"] = scope
    return request.path + (f"?{asked.urlencode(safe=':,')}" if asked else "")
