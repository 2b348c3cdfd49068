"""What stands around every page: places by the journey, the stamp of the book, language, looks and the person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from relevo.answers.north_star import star_figure
from relevo.answers.reading import Reading
from relevo.answers.stamp import stamp
from relevo.web.labels import label
from relevo.web.reader import reading_of
from relevo.web.role_words import ROLE_NAMES
from relevo.web.sentences import prose
from relevo.web.toggle import toggle

THEME_COOKIE = "relevo-theme"
THEMES = ("light", "dark")
DENSITY_COOKIE = "relevo-density"
DENSITIES = ("compact",)


@dataclass(frozen=True)
class Place:
    """One entry of the rail: its route, which is its icon too, its name, and a word for the narrow bar of a phone.

    Without a word for it the bar has the name.
    """

    route: str
    name: str | Promise
    brief: str | Promise = ""


# The journey of a customer, never the departments of the company.
PLACES = (
    Place("today", _("Today")),
    Place("customers", _("Customers")),
    Place("money", _("Money")),
    Place("hand-offs", _("Hand-offs")),
    Place("conversations", _("Conversations"), pgettext_lazy("conversations, in at most nine letters", "Talks")),
    Place("data", _("Data")),
)
BELOW = (Place("definitions", _("Definitions")), Place("settings", _("Settings")))
OWN = (Place("sessions", _("Sessions")),)
# Pages whose address does not begin with that of their place.
_UNDER = {"rows": "money", "measure": "money", "kit": "definitions", "review": "today"}
_UNDER |= dict.fromkeys(("promises", "fit"), "hand-offs")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Signed-out pages get no rail and no book."""
    told: dict[str, Any] = {
        "theme": _kept(request, THEME_COOKIE, THEMES),
        "density": _kept(request, DENSITY_COOKIE, DENSITIES),
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "here": request.get_full_path(),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return told
    reading, here = reading_of(request), _place(request)
    name = user.get_full_name() or user.get_username()
    return told | {
        "places": _entries(PLACES, here),
        "below": _entries(BELOW, here),
        "person": {"name": name, "initials": initials(name), "links": _entries(OWN, here), "role": _role(reading)},
        "star": _star(reading),
        "stamp": stamp(reading) if reading.published else None,
        "toggle": toggle(request),
    }


def _role(reading: Reading) -> str:
    return label(ROLE_NAMES, reading.viewer.role) if reading.viewer.role else ""


def _star(reading: Reading) -> dict[str, str] | None:
    """The one measure that the whole company reads first, at the head of every page."""
    figure = star_figure(reading)
    if figure is None:
        return None
    return {
        "name": _now(figure.code),
        "value": prose(figure.value),
        "href": reverse("definition", args=[figure.measure]),
    }


def initials(name: str) -> str:
    """Up to two first letters of a name or mail address: 'ines.prat@norte.example' gives 'IP'."""
    words = re.findall(r"[^\W_]+", name.partition("@")[0])
    return "".join(word[0] for word in words[:2]).upper() or "–"


def _kept(request: HttpRequest, cookie: str, known: Iterable[str]) -> str:
    value = request.COOKIES.get(cookie, "")
    return value if value in known else ""


def _entries(places: Iterable[Place], here: str) -> list[dict[str, Any]]:
    """Places as links; one whose page does not exist is left out."""
    found = [(place, _address(place.route)) for place in places]
    return [{"place": p, "url": url, "is_here": p.route == here} for p, url in found if url]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _place(request: HttpRequest) -> str:
    """The route of the place under which a page lies, which is the first part of its address for most."""
    match = request.resolver_match
    name = match.url_name or "" if match else ""
    return _UNDER.get(name) or request.path.strip("/").partition("/")[0] or name
