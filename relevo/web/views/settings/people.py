"""Settings, people: the list, an invitation, and a page for each."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from relevo.answers.reading import NotFound
from relevo.answers.settings_people import Somebody, people_page
from relevo.base.errors import WrongUse
from relevo.desk.people.actions_members import NewMember, change_role, invite, new_link, set_active
from relevo.desk.people.actions_second import switch_off_codes
from relevo.desk.people.roles import DEFAULTS
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import reading_of
from relevo.web.role_words import ROLE_NAMES
from relevo.web.views.settings.tabs import settings_page


@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody; a POST invites somebody and shows the link, this once."""
    reading = reading_of(request)
    everybody = people_page(reading, now())
    if request.method == "GET":
        return _list(request, everybody)
    email = request.POST.get("email", "").strip()
    new = NewMember(email, email, request.POST.get("role", ""), request.POST.get("name", "").strip())
    try:
        token = invite(new, reading.viewer.name, now())
    except WrongUse as problem:
        return _list(request, everybody, problem=problem)
    return _list(request, people_page(reading, now()), link=_link(request, token), whom=email)


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One user; a POST gives a role, a link, closes or opens the doors, or switches codes off."""
    reading = reading_of(request)
    if request.method == "GET":
        return _person(request, username)
    _find(request, username)
    try:
        shown = _DEEDS.get(request.POST.get("do", ""), _nothing)(request, username, reading.viewer.name)
    except WrongUse as problem:
        return _person(request, username, problem=problem)
    if shown:
        return _person(request, username, link=shown)
    return HttpResponseRedirect(reverse("person", args=[username]) + "?done=yes")


def _role(request: HttpRequest, username: str, who: str) -> str:
    change_role(username, request.POST.get("role", ""), who, now())
    return ""


def _new_link(request: HttpRequest, username: str, who: str) -> str:
    return _link(request, new_link(username, who, now()))


def _deactivate(request: HttpRequest, username: str, who: str) -> str:  # noqa: ARG001 - every deed has this shape
    set_active(username, who, now(), active=False)
    return ""


def _activate(request: HttpRequest, username: str, who: str) -> str:  # noqa: ARG001
    set_active(username, who, now(), active=True)
    return ""


def _codes_off(request: HttpRequest, username: str, who: str) -> str:  # noqa: ARG001
    switch_off_codes(User.objects.get(username=username), who, now())
    return ""


def _nothing(request: HttpRequest, username: str, who: str) -> str:  # noqa: ARG001
    raise WrongUse("Nothing was asked for.", "Use the buttons of the page.")


_DEEDS: dict[str, Callable[[HttpRequest, str, str], str]] = {
    "role": _role,
    "link": _new_link,
    "deactivate": _deactivate,
    "activate": _activate,
    "codes-off": _codes_off,
}


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("enter", args=[token]))


def _find(request: HttpRequest, username: str) -> Somebody:
    found = [each for each in people_page(reading_of(request), now()) if each.username == username]
    if not found:
        raise NotFound(f"There is no user {username[:80]!r}.", "Look under Settings, People.")
    return found[0]


def _person(request: HttpRequest, username: str, problem: WrongUse | None = None, link: str = "") -> HttpResponse:
    somebody = _find(request, username)
    told = {"who": somebody, "role": label(ROLE_NAMES, somebody.role), "roles": _roles(somebody.role), "link": link}
    return settings_page(request, "people", told, "person", problem)


def _list(
    request: HttpRequest, everybody: tuple[Somebody, ...], problem: WrongUse | None = None, **told: Any
) -> HttpResponse:
    active = sum(each.is_active for each in everybody)
    context = {"grid": _grid(everybody), "active": active, "roles": _roles(request.POST.get("role", "")), **told}
    return settings_page(request, "people", context, problem=problem)


def _roles(chosen: str) -> list[tuple[str, str, bool]]:
    return [(name, label(ROLE_NAMES, name), name == chosen) for name in DEFAULTS]


def _grid(everybody: tuple[Somebody, ...]) -> Grid:
    names = (_("Who"), _("Mail address"), _("Role"), _("Last sign-in"), _("One-time codes"), _("State"))
    return Grid(_("People"), tuple(Head(name) for name in names), tuple(_row(each) for each in everybody))


def _row(each: Somebody) -> tuple[Cell, ...]:
    return (
        Cell(each.name or each.username, reverse("person", args=[each.username]), small=_("you") if each.is_me else ""),
        Cell(each.email or written.MISSING),
        Cell(label(ROLE_NAMES, each.role)),
        Cell(written.moment(each.last_sign_in)),
        Cell(_("on") if each.gives_codes else _("off")),
        Cell(_state(each)),
    )


def _state(each: Somebody) -> str:
    if not each.is_active:
        return _("deactivated")
    if each.last_sign_in is None and each.invited_until:
        return _("invited until %(when)s") % {"when": written.moment(each.invited_until)}
    return pgettext("state of a person", "active") if each.last_sign_in else _("not signed in yet")
