"""What stands around every page: places by the journey, the stamp of the book, language and theme."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relevo.answers.stamp import stamp
from relevo.web.reader import reading_of

THEME_COOKIE = "relevo-theme"
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Place:
    """One entry of the rail: its route, which is its icon too, and its name."""

    route: str
    name: str | Promise


PLACES = (
    Place("today", _("Today")),
    Place("customers", _("Customers")),
    Place("money", _("Money")),
    Place("data", _("Data")),
)
DEFINITIONS = Place("definitions", _("Definitions"))
# Pages that lie under a place of the rail.
_UNDER = {"customer": "customers", "rows": "money", "measure": "money"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Signed-out pages get no rail and no book."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    told: dict[str, Any] = {
        "theme": theme if theme in THEMES else "",
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "here": request.get_full_path(),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return told
    reading = reading_of(request)
    return told | {
        "places": [{"place": p, "url": reverse(p.route), "is_here": p.route == _place(request)} for p in _rail()],
        "stamp": stamp(reading) if reading.published else None,
    }


def _rail() -> tuple[Place, ...]:
    return (*PLACES, DEFINITIONS)


def _place(request: HttpRequest) -> str:
    match = request.resolver_match
    name = match.url_name or "" if match else ""
    return _UNDER.get(name, name)
